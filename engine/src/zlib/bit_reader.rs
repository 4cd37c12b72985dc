//! Bits of a DEFLATE stream (RFC 1951, 3.1.1).

#![expect(
    clippy::cast_possible_truncation,
    reason = "no more than 16 bits are looked at at once"
)]

use super::Span;
use super::inflate::InflateError;

/// Bits out of bytes, lowest first (RFC 1951, 3.1.1).
///
/// Behind the end there are zeros, so that no step has to ask whether there is more; who has read
/// to the end asks once whether that was [too far](Self::is_overrun).
pub(super) struct BitReader<'a> {
    bytes: &'a [u8],
    /// How many of them were read; up to all.
    position: usize,
    /// Bits not taken yet, the next lowest. Some above `count` may be set: those are bits to come.
    pending: u64,
    /// Bits of `pending` that count as read; below 64.
    count: u32,
    /// Bytes of zero that were read from behind the end.
    overrun: usize,
}

impl<'a> BitReader<'a> {
    /// The bits of these bytes.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            position: 0,
            pending: 0,
            count: 0,
            overrun: 0,
        }
    }

    /// Bits taken, those behind the end included.
    pub(super) fn position(&self) -> usize {
        8 * (self.position + self.overrun) - self.count as usize
    }

    /// Whether the bytes start with these `count` bits.
    pub(super) fn starts_with(&self, bits: &[u8], count: usize) -> bool {
        let (whole, rest) = bits.split_at(count / 8);
        let Some((ours, more)) = self.bytes.split_at_checked(whole.len()) else {
            return false;
        };
        let first = |bytes: &[u8]| bytes.first().map(|byte| byte & !(u8::MAX << (count % 8)));
        ours == whole && (count.is_multiple_of(8) || first(more) == first(rest))
    }

    /// The bytes of the first `count` bits.
    pub(super) fn first(&self, count: usize) -> &'a [u8] {
        self.bytes.get(..count.div_ceil(8)).unwrap_or_default()
    }

    /// Goes on behind the first `count` bits, which there must be.
    pub(super) fn go_to(&mut self, count: usize) {
        *self = Self::new(self.bytes);
        self.position = count / 8;
        self.refill();
        self.skip(count as u32 % 8);
    }

    /// Makes at least 56 bits available.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a step of the innermost loop")]
    pub(super) fn refill(&mut self) {
        let Some(next) = self.rest().first_chunk() else {
            return self.refill_at_end();
        };
        self.pending |= u64::from_le_bytes(*next) << self.count;
        self.position += (63 - self.count as usize) / 8;
        // Eight times as many bits more: what is below a byte stays.
        self.count |= 0b11_1000;
    }

    #[cold]
    fn refill_at_end(&mut self) {
        while self.count < 56 {
            if let [first, ..] = self.rest() {
                self.pending |= u64::from(*first) << self.count;
                self.position += 1;
            } else {
                self.overrun += 1;
            }
            self.count += 8;
        }
    }

    /// The bytes that were not read.
    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.position..).unwrap_or_default()
    }

    /// The bits that [`refill`](Self::refill) made available, the next lowest, and bits to come.
    pub(super) fn peek(&self) -> u64 {
        self.pending
    }

    /// Drops up to 56 bits that [`refill`](Self::refill) made available.
    pub(super) fn skip(&mut self, count: u32) {
        self.count -= count;
        self.pending >>= count;
    }

    /// Takes up to 16 bits that [`refill`](Self::refill) made available.
    pub(super) fn take_available(&mut self, count: u32) -> u32 {
        let bits = self.pending as u32 & ((1 << count) - 1);
        self.skip(count);
        bits
    }

    /// Takes up to 16 bits.
    pub(super) fn take(&mut self, count: u32) -> u32 {
        self.refill();
        self.take_available(count)
    }

    /// A value of the span that a symbol stands for, by its extra bits, which must be available.
    pub(super) fn within(&mut self, span: Option<&Span>) -> Result<usize, InflateError> {
        let span = span.ok_or(InflateError::Symbol)?;
        let extra = self.take_available(u32::from(span.extra_bits));
        Ok(usize::from(span.first) + extra as usize)
    }

    /// Drops what is left of the current byte.
    pub(super) fn skip_to_byte(&mut self) {
        self.skip(self.count % 8);
    }

    /// Whether more bits were taken than there are.
    pub(super) fn is_overrun(&self) -> bool {
        8 * self.overrun > self.count as usize
    }

    /// Whole bytes that were not taken, of a stream that is not overrun.
    pub(super) fn whole_bytes_left(&self) -> usize {
        self.rest().len() + self.count as usize / 8 - self.overrun
    }
}
