//! The checksum of a zlib stream (RFC 1950, 8.2), over repeated rows in closed form.
//!
//! Adler-32 is a pair of sums modulo 65 521: `low` adds up the bytes, `high` adds up every
//! intermediate `low`. Bytes of zero leave `low` alone, and a row that is seen a second time adds
//! what it added before. So an image costs one pass over one row of pixels per row of modules.

/// The largest prime below 2^16.
const MODULUS: u64 = 65_521;

/// A running Adler-32.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Adler32 {
    low: u64,
    high: u64,
}

impl Adler32 {
    /// The checksum of no bytes.
    pub(crate) const fn new() -> Self {
        Self { low: 1, high: 0 }
    }

    /// Adds `count` bytes of zero. At most 2^32.
    pub(crate) fn zeros(&mut self, count: usize) {
        self.low %= MODULUS;
        self.high = (self.high + count as u64 * self.low) % MODULUS;
    }

    /// Adds `times` lines of `stride` bytes, each of which holds those pieces from position `start` on
    /// and is zero elsewhere. Only zeros may be behind the end of a line. At most 64 lines of 2^12
    /// bytes at once, and 2^8 times before zeros or the end.
    pub(crate) fn lines(&mut self, start: usize, pieces: &Pieces, stride: usize, times: usize) {
        // What one line adds to `low`; and to `high`, where each byte counts once for itself and
        // once for every byte of the line after it.
        let sum = pieces.all.sum();
        let from_start = (stride - start) as u64;
        let weighted = pieces.weighted() + sum * from_start - sum * pieces.bytes();
        let (stride, times) = (stride as u64, times as u64);
        // `low` is `sum` higher in every further line, and all `stride` bytes of it add that up.
        let earlier_lines = stride * sum * (times * times.saturating_sub(1) / 2);
        let high = times * (stride * self.low + weighted) + earlier_lines;
        self.high += high;
        self.low += times * sum;
    }

    /// The checksum of all bytes added.
    #[expect(clippy::cast_possible_truncation, reason = "both sums are below 2^16")]
    pub(crate) fn value(self) -> u32 {
        ((self.high % MODULUS) << 16 | (self.low % MODULUS)) as u32
    }
}

/// What up to 2^12 bytes add to the sums of a checksum: the sum of all bytes below 2^32, and times
/// 2^32 the sum of the sums up to each byte. So one addition adds both.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sums(u64);

impl Sums {
    /// Those of these bytes.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let (mut sum, mut weighted) = (0, 0);
        for &byte in bytes {
            sum += u64::from(byte);
            weighted += sum;
        }
        Self(weighted << 32 | sum)
    }

    /// Those of as many bytes, each of which is the sum of one of these and one of the others.
    pub(crate) const fn plus(self, other: Self) -> Self {
        Self(self.0.wrapping_add(other.0))
    }

    const fn sum(self) -> u64 {
        self.0 & u32::MAX as u64
    }

    const fn weighted(self) -> u64 {
        self.0 >> 32
    }
}

/// Up to 2^12 bytes in pieces of one length.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pieces {
    length: usize,
    count: usize,
    /// The sums of all pieces.
    all: Sums,
    /// For each piece the sums of those before it, all together. Only the sum of bytes is of use.
    before: Sums,
}

impl Pieces {
    /// None yet of so many bytes each.
    pub(crate) const fn new(length: usize) -> Self {
        Self {
            length,
            count: 0,
            all: Sums(0),
            before: Sums(0),
        }
    }

    /// Appends a piece.
    #[inline]
    pub(crate) const fn push(&mut self, sums: Sums) {
        self.count += 1;
        self.before = self.before.plus(self.all);
        self.all = self.all.plus(sums);
    }

    const fn bytes(&self) -> u64 {
        (self.count * self.length) as u64
    }

    /// The sum of the sums up to each byte: those of a piece are higher by what was before it.
    const fn weighted(&self) -> u64 {
        self.all.weighted() + self.length as u64 * self.before.sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 1950, 8.2, word by word.
    fn by_definition(bytes: &[u8]) -> u32 {
        let (mut low, mut high) = (1_u32, 0_u32);
        for &byte in bytes {
            low = (low + u32::from(byte)) % 65_521;
            high = (high + low) % 65_521;
        }
        high << 16 | low
    }

    /// The bytes in pieces, the last of which is filled up with zeros.
    fn pieces(bytes: &[u8], length: usize) -> Pieces {
        let mut pieces = Pieces::new(length);
        for piece in bytes.chunks(length) {
            let mut whole = [0; 64];
            whole[..piece.len()].copy_from_slice(piece);
            pieces.push(Sums::of(&whole[..length]));
        }
        pieces
    }

    #[test]
    fn closed_form_equals_the_definition() {
        let mut random = fastrand::Rng::with_seed(1);
        for round in 0..300 {
            let (mut adler, mut all) = (Adler32::new(), Vec::new());
            for _ in 0..random.usize(1..6) {
                let zeros = random.usize(0..70_000);
                adler.zeros(zeros);
                all.resize(all.len() + zeros, 0);

                let bytes: Vec<u8> = (0..random.usize(0..1_500)).map(|_| random.u8(..)).collect();
                let (start, after) = (random.usize(0..130), random.usize(0..130));
                let times = random.usize(0..=64);
                let length = random.usize(1..65);
                let stride = start + bytes.len() + after;
                adler.lines(start, &pieces(&bytes, length), stride, times);
                for _ in 0..times {
                    all.resize(all.len() + start, 0);
                    all.extend_from_slice(&bytes);
                    all.resize(all.len() + after, 0);
                }
            }
            assert_eq!(adler.value(), by_definition(&all), "round {round}");
        }
    }

    #[test]
    fn the_largest_image_does_not_overflow() {
        let (bytes, stride) = ([0xff; 1_672], 1_673);
        let (mut adler, mut all) = (Adler32::new(), Vec::new());
        for _ in 0..209 {
            adler.lines(1, &pieces(&bytes, 64), stride, 64);
            for _ in 0..64 {
                all.push(0);
                all.extend_from_slice(&bytes);
            }
        }
        assert_eq!(adler.value(), by_definition(&all));
    }
}
