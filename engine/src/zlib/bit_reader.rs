//! Bits of a DEFLATE stream (RFC 1951, 3.1.1).

#![expect(
    clippy::cast_possible_truncation,
    reason = "no more than 16 bits are looked at at once"
)]

use super::Span;
use super::inflate::InflateError;

/// Bits out of bytes, lowest first (RFC 1951, 3.1.1).
pub(super) struct BitReader<'a> {
    rest: &'a [u8],
    /// Bits not taken yet, the next lowest. Some above `count` may be set: those are bits to come.
    pending: u64,
    /// Bits of `pending` that count as read from `rest`.
    count: u32,
}

impl<'a> BitReader<'a> {
    /// The bits of these bytes.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self {
            rest: bytes,
            pending: 0,
            count: 0,
        }
    }

    /// Makes at least 48 bits available, or all that are left.
    #[inline]
    pub(super) fn refill(&mut self) {
        if self.count >= 48 {
            return;
        }
        let Some(next) = self.rest.first_chunk() else {
            return self.refill_at_end();
        };
        self.pending |= u64::from_le_bytes(*next) << self.count;
        let bytes = (63 - self.count) / 8;
        self.rest = &self.rest[bytes as usize..];
        self.count += 8 * bytes;
    }

    #[cold]
    fn refill_at_end(&mut self) {
        while let [first, rest @ ..] = self.rest
            && self.count < 56
        {
            self.pending |= u64::from(*first) << self.count;
            self.count += 8;
            self.rest = rest;
        }
    }

    /// The next `count` (up to 16) bits, zero beyond the end.
    pub(super) fn peek(&self, count: u32) -> u32 {
        self.pending as u32 & ((1 << count) - 1)
    }

    /// Drops `count` bits that [`refill`](Self::refill) made available; fails if there are fewer.
    pub(super) fn skip(&mut self, count: u32) -> Result<(), InflateError> {
        self.count = self
            .count
            .checked_sub(count)
            .ok_or(InflateError::Truncated)?;
        self.pending >>= count;
        Ok(())
    }

    /// Takes `count` (up to 16) bits.
    pub(super) fn take(&mut self, count: u32) -> Result<u32, InflateError> {
        self.refill();
        let bits = self.peek(count);
        self.skip(count)?;
        Ok(bits)
    }

    /// A value of the span that a symbol stands for, by its extra bits.
    pub(super) fn within(&mut self, span: Option<&Span>) -> Result<usize, InflateError> {
        let span = span.ok_or(InflateError::Symbol)?;
        let extra = self.take(u32::from(span.extra_bits))?;
        Ok(usize::from(span.first) + extra as usize)
    }

    /// Drops what is left of the current byte.
    pub(super) fn skip_to_byte(&mut self) {
        let odd = self.count % 8;
        self.pending >>= odd;
        self.count -= odd;
    }

    /// Whole bytes that were not taken.
    pub(super) fn whole_bytes_left(&self) -> usize {
        self.rest.len() + self.count as usize / 8
    }
}
