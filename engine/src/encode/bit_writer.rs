//! Bits into codewords, most significant bit first (ISO/IEC 18004:2015, 7.4.10).

/// Appends numbers of a few bits each to a buffer of bytes.
#[derive(Debug)]
pub(crate) struct BitWriter<'a> {
    bytes: &'a mut [u8],
    /// Bytes written.
    written: usize,
    /// Ends with `pending_bits` bits, below 32, that are not written yet.
    pending: u64,
    pending_bits: usize,
}

impl<'a> BitWriter<'a> {
    /// Writes from the start of a buffer that must hold all that is pushed, rounded up to 32 bits.
    pub(crate) fn new(bytes: &'a mut [u8]) -> Self {
        Self {
            bytes,
            written: 0,
            pending: 0,
            pending_bits: 0,
        }
    }

    /// Appends the low `bits` bits of `value`, at most 32; the others must be zero.
    pub(crate) fn push(&mut self, value: u64, bits: usize) {
        self.pending = self.pending << bits | value;
        self.pending_bits += bits;
        if self.pending_bits >= 32 {
            self.pending_bits -= 32;
            let word = low_word(self.pending >> self.pending_bits);
            self.bytes[self.written..self.written + 4].copy_from_slice(&word);
            self.written += 4;
        }
    }

    /// Bits pushed so far.
    pub(crate) fn len(&self) -> usize {
        8 * self.written + self.pending_bits
    }

    /// Fills up the last byte with zeros and gives the bytes of the buffer that stay unwritten.
    pub(crate) fn finish(self) -> &'a mut [u8] {
        let last = low_word(self.pending << (32 - self.pending_bits));
        let count = self.pending_bits.div_ceil(8);
        let rest = &mut self.bytes[self.written..];
        rest[..count].copy_from_slice(&last[..count]);
        &mut rest[count..]
    }
}

/// The low 32 bits, most significant byte first. Above them are bits that are written already.
fn low_word(bits: u64) -> [u8; 4] {
    let [_, _, _, _, word @ ..] = bits.to_be_bytes();
    word
}
