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

    /// Adds `times` lines of `stride` bytes, each of which holds those bytes from position `start` on
    /// and is zero elsewhere. Only zeros may be behind the end of a line. At most 64 lines of 2^12
    /// bytes at once, and 2^8 times before zeros or the end.
    pub(crate) fn lines(&mut self, start: usize, bytes: Sums, stride: usize, times: usize) {
        // What one line adds to `low`; and to `high`, where each byte counts once for itself and
        // once for every byte of the line after it.
        let [sum, weighted, length] = [bytes.sum, bytes.weighted, bytes.length].map(u64::from);
        let from_start = (stride - start) as u64;
        let weighted = weighted + sum * from_start - sum * length;
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

/// What up to 2^12 bytes add to the sums of a checksum.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sums {
    /// The sum of all bytes.
    sum: u32,
    /// The sum of the sums up to each byte.
    weighted: u32,
    /// How many bytes.
    length: u32,
}

#[expect(clippy::cast_possible_truncation, reason = "up to 2^12 bytes")]
impl Sums {
    /// Those of `count` bytes of zero.
    pub(crate) const fn zeros(count: usize) -> Self {
        Self {
            sum: 0,
            weighted: 0,
            length: count as u32,
        }
    }

    /// Those of these bytes.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let mut sums = Self::zeros(bytes.len());
        for &byte in bytes {
            sums.sum += u32::from(byte);
            sums.weighted += sums.sum;
        }
        sums
    }

    /// Those of these bytes and then the others.
    pub(crate) fn then(self, next: Self) -> Self {
        Self {
            sum: self.sum + next.sum,
            weighted: self.weighted + next.weighted + self.sum * next.length,
            length: self.length + next.length,
        }
    }

    /// Those of as many bytes that have the bits of both, where no bit is in both.
    pub(crate) fn side_by_side(self, other: Self) -> Self {
        Self {
            sum: self.sum + other.sum,
            weighted: self.weighted + other.weighted,
            length: self.length,
        }
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
                let (head, tail) = bytes.split_at(bytes.len() / 3);
                let sums = Sums::of(head).then(Sums::of(tail));
                adler.lines(start, sums, start + bytes.len() + after, times);
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
            adler.lines(1, Sums::of(&bytes), stride, 64);
            for _ in 0..64 {
                all.push(0);
                all.extend_from_slice(&bytes);
            }
        }
        assert_eq!(adler.value(), by_definition(&all));
    }
}
