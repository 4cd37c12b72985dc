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
        self.high = (self.high + count as u64 * self.low) % MODULUS;
    }

    /// Adds `times` lines of `stride` bytes, each of which holds `bytes` from position `start` on
    /// and is zero elsewhere. At most 64 lines of 2^12 bytes at once.
    pub(crate) fn lines(&mut self, start: usize, bytes: &[u8], stride: usize, times: usize) {
        // What one line adds to `low`; and to `high`, where each byte counts once for itself and
        // once for every byte of the line after it.
        let (sum, weighted) = sums(bytes);
        let after = (stride - start - bytes.len()) as u64;
        let (stride, times) = (stride as u64, times as u64);
        // `low` is `sum` higher in every further line, and all `stride` bytes of it add that up.
        let earlier_lines = stride * sum * (times * times.saturating_sub(1) / 2);
        let high = times * (stride * self.low + weighted + sum * after) + earlier_lines;
        self.high = (self.high + high) % MODULUS;
        self.low = (self.low + times * sum) % MODULUS;
    }

    /// The checksum of all bytes added.
    #[expect(clippy::cast_possible_truncation, reason = "both sums are below 2^16")]
    pub(crate) fn value(self) -> u32 {
        (self.high << 16 | self.low) as u32
    }
}

/// The sum of all bytes, and the sum of all such sums up to each byte.
fn sums(bytes: &[u8]) -> (u64, u64) {
    /// Every second byte of eight.
    const EVERY_SECOND: u64 = 0x00ff_00ff_00ff_00ff;
    /// The highest 16 bits of a product add up the four 16-bit parts of the other factor, each
    /// times what stands here in the opposite order.
    const ONCE: u64 = 0x0001_0001_0001_0001;
    const FIRST_8_TIMES: u64 = 0x0008_0006_0004_0002;
    const SECOND_7_TIMES: u64 = 0x0007_0005_0003_0001;

    let (mut sum, mut weighted) = (0, 0);
    let (words, rest) = bytes.as_chunks();
    for word in words {
        let word = u64::from_le_bytes(*word);
        let (even, odd) = (word & EVERY_SECOND, word >> 8 & EVERY_SECOND);
        let highest = |product: u64| product >> 48;
        weighted += 8 * sum
            + highest(even.wrapping_mul(FIRST_8_TIMES))
            + highest(odd.wrapping_mul(SECOND_7_TIMES));
        sum += highest((even + odd).wrapping_mul(ONCE));
    }
    for &byte in rest {
        sum += u64::from(byte);
        weighted += sum;
    }
    (sum, weighted)
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
                adler.lines(start, &bytes, start + bytes.len() + after, times);
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
            adler.lines(1, &bytes, stride, 64);
            for _ in 0..64 {
                all.push(0);
                all.extend_from_slice(&bytes);
            }
        }
        assert_eq!(adler.value(), by_definition(&all));
    }
}
