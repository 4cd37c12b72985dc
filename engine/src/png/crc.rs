//! The checksum of a chunk: CRC-32 (PNG, third edition, 5.5 and Annex D).
//!
//! `crc32fast` is fast by tables of 16 to 24 KiB, which nothing compresses. An app for Android
//! downloads them once for each ABI, and checks some hundred bytes; there a table of 1 KiB does.

#[cfg(not(target_os = "android"))]
pub(crate) use crc32fast::hash as crc32;
#[cfg(target_os = "android")]
pub(crate) use small::crc32;

#[cfg(any(test, target_os = "android"))]
mod small {
    /// x³² + x²⁶ + … + 1, the lowest power in the highest bit.
    const POLYNOMIAL: u32 = 0xedb8_8320;

    /// The checksum of these bytes.
    pub(crate) fn crc32(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |crc, &byte| {
            let [low, ..] = crc.to_le_bytes();
            (crc >> 8) ^ REMAINDERS[usize::from(low ^ byte)]
        })
    }

    /// What is left of each byte, divided by the polynomial.
    static REMAINDERS: [u32; 256] = remainders();

    const fn remainders() -> [u32; 256] {
        let mut remainders = [0; 256];
        let mut byte = 0_u32;
        while byte < 256 {
            let mut remainder = byte;
            let mut bit = 0;
            while bit < 8 {
                let is_odd = remainder & 1;
                remainder = (remainder >> 1) ^ (POLYNOMIAL * is_odd);
                bit += 1;
            }
            remainders[byte as usize] = remainder;
            byte += 1;
        }
        remainders
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_small_one_gives_what_the_fast_one_gives() {
        let mut random = fastrand::Rng::with_seed(1);
        for length in 0..100 {
            let bytes: Vec<u8> = (0..length).map(|_| random.u8(..)).collect();
            assert_eq!(small::crc32(&bytes), crc32(&bytes), "{length} bytes");
        }
        // The check value that catalogues of CRCs give.
        assert_eq!(small::crc32(b"123456789"), 0xcbf4_3926);
    }
}
