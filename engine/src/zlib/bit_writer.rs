//! Bits of a DEFLATE stream (RFC 1951, 3.1.1).

#![expect(
    clippy::cast_possible_truncation,
    reason = "no more than 32 bits are put at once"
)]

/// Up to 32 bits, the first lowest; none above `count`.
#[derive(Clone, Copy)]
pub(super) struct Bits {
    pub(super) value: u32,
    pub(super) count: u32,
}

impl Bits {
    pub(super) fn new(value: usize, count: u32) -> Self {
        Self {
            value: value as u32,
            count,
        }
    }

    /// These bits and then the others. The first must be below 32.
    pub(super) fn then(self, other: Self) -> Self {
        Self {
            value: self.value | other.value << self.count,
            count: self.count + other.count,
        }
    }
}

/// Bits into bytes, lowest first (3.1.1).
pub(super) struct BitWriter<'a> {
    out: &'a mut Vec<u8>,
    /// Bits not written yet, the oldest lowest.
    pending: u64,
    /// How many; below 32 between calls.
    count: u32,
}

impl<'a> BitWriter<'a> {
    /// Appends to `out`.
    pub(super) fn new(out: &'a mut Vec<u8>) -> Self {
        Self {
            out,
            pending: 0,
            count: 0,
        }
    }

    pub(super) fn put(&mut self, bits: Bits) {
        self.pending |= u64::from(bits.value) << self.count;
        self.count += bits.count;
        if self.count >= 32 {
            self.out
                .extend_from_slice(&(self.pending as u32).to_le_bytes());
            self.pending >>= 32;
            self.count -= 32;
        }
    }

    pub(super) fn finish(self) {
        let bytes = self.pending.to_le_bytes();
        self.out
            .extend_from_slice(&bytes[..self.count.div_ceil(8) as usize]);
    }
}
