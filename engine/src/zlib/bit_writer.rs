//! Bits of a DEFLATE stream (RFC 1951, 3.1.1).

/// Up to [`Bits::MOST`] bits, the first lowest; none above `count`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bits {
    value: u64,
    count: u32,
}

impl Bits {
    /// As many as can be put at once: with up to 7 that wait for their byte, they don't fill a word.
    pub(crate) const MOST: u32 = 56;

    pub(super) const fn new(value: usize, count: u32) -> Self {
        Self {
            value: value as u64,
            count,
        }
    }

    /// How many bits.
    pub(crate) const fn count(self) -> u32 {
        self.count
    }

    const fn fits(self, other: Self) -> bool {
        self.count + other.count <= Self::MOST
    }

    /// The same bits in as few pieces as there can be.
    pub(crate) fn joined(
        each: impl Iterator<Item = Self> + Clone,
    ) -> impl Iterator<Item = Self> + Clone {
        let mut each = each.peekable();
        std::iter::from_fn(move || {
            let mut bits = each.next()?;
            while let Some(next) = each.next_if(|&next| bits.fits(next)) {
                bits = bits.then(next);
            }
            Some(bits)
        })
    }

    /// These bits and then the others, together no more than [`Bits::MOST`].
    pub(crate) const fn then(self, other: Self) -> Self {
        Self {
            value: self.value | other.value << self.count,
            count: self.count + other.count,
        }
    }
}

/// Bits one after the other, in as few pieces as there can be.
#[derive(Debug, Default)]
pub(crate) struct BitString(Vec<Bits>);

impl BitString {
    pub(crate) fn push(&mut self, bits: Bits) {
        match self.0.last_mut() {
            Some(last) if last.fits(bits) => *last = last.then(bits),
            _ => self.0.push(bits),
        }
    }

    /// The pieces.
    pub(crate) fn pieces(&self) -> &[Bits] {
        &self.0
    }
}

/// Bits into bytes, lowest first (3.1.1).
pub(crate) struct BitWriter<'a> {
    out: &'a mut Vec<u8>,
    /// Where the next byte goes. Those behind are to be overwritten.
    end: usize,
    /// Bits that do not fill a byte yet, the oldest lowest.
    pending: u64,
    /// How many; below 8 between calls.
    count: u32,
}

impl<'a> BitWriter<'a> {
    /// Appends to `out`.
    pub(crate) fn new(out: &'a mut Vec<u8>) -> Self {
        let end = out.len();
        Self {
            out,
            end,
            pending: 0,
            count: 0,
        }
    }

    /// Appends bits.
    #[inline]
    pub(crate) fn put(&mut self, bits: Bits) {
        self.pending |= bits.value << self.count;
        self.count += bits.count;
        // A whole word each time, of which the bytes that are not full are written again.
        let word = self.pending.to_le_bytes();
        match self.out.get_mut(self.end..self.end + word.len()) {
            Some(bytes) => bytes.copy_from_slice(&word),
            None => self.grow(word),
        }
        let bytes = self.count / 8;
        self.end += bytes as usize;
        self.pending >>= 8 * bytes;
        self.count %= 8;
    }

    /// Writes a word, and makes room for more.
    #[cold]
    fn grow(&mut self, word: [u8; 8]) {
        self.out.truncate(self.end);
        self.out.extend_from_slice(&word);
        self.out.reserve(self.end);
        let all = self.out.capacity();
        self.out.resize(all, 0);
    }

    /// Appends all bits of a string.
    pub(crate) fn put_all(&mut self, string: &BitString) {
        for &bits in &string.0 {
            self.put(bits);
        }
    }

    /// Fills up the last byte.
    pub(crate) fn finish(self) {
        let last = usize::from(self.count > 0);
        self.out.truncate(self.end + last);
    }
}
