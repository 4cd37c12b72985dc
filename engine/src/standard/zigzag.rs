//! The path of the codewords through the symbol (ISO/IEC 18004:2015, 7.7.3).
//!
//! The path winds through strips of two columns from right to left, up the first strip and down
//! the next, right module before left in every row. A strip is handled as one row of `2 × size`
//! modules: the bits of a codeword stream are laid into its free modules, or picked out of them,
//! 64 at a time.

use super::capacity::MAX_CODEWORDS;
use super::{Line, is_set};
use crate::simd::Simd;

/// Bits in the order of the path: bit `i % 64` of word `i / 64` is bit `i` of the message, so the
/// first bit of a codeword is its most significant. One word of zeros follows, for the remainder
/// bits.
pub(crate) type BitStream = [u64; MAX_CODEWORDS.div_ceil(64 / 8) + 1];

/// Two columns of the path.
#[derive(Debug)]
pub(crate) struct Strip {
    /// The right column; the left one is beside it.
    right: usize,
    /// Whether the path goes up here.
    upwards: bool,
    /// From top to bottom.
    parts: [Part; 6],
}

/// Up to 32 rows of a strip: 64 modules, from top to bottom, in each row the one first that comes
/// first when the path goes down, and last when it goes up.
#[derive(Clone, Copy, Debug, Default)]
struct Part {
    /// The free modules.
    free: u64,
    /// The place in the stream of the first bit that lies in this part.
    start: usize,
    /// How far the reversed bits of a word have to be moved for those in this part to be the lowest.
    excess: u32,
}

impl Strip {
    /// The strips of a symbol, in order, from its free modules by column.
    pub(crate) fn all(free: &[Line]) -> Vec<Self> {
        let size = free.len();
        // Column 6 is all timing pattern: the path steps over it.
        let right_columns = (1..size).rev().filter(|&x| (x > 6) == (x % 2 == 0));
        let mut position = 0;
        right_columns
            .enumerate()
            .map(|(i, right)| {
                let mut strip = Self {
                    right,
                    upwards: i % 2 == 0,
                    parts: [Part::default(); 6],
                };
                for y in 0..size {
                    for (side, column) in strip.columns().into_iter().enumerate() {
                        let bit = u64::from(is_set(&free[column], y)) << (2 * y % 64 + side);
                        strip.parts[y / 32].free |= bit;
                    }
                }
                let upwards = strip.upwards;
                let mut in_order = strip.parts.each_mut();
                if upwards {
                    in_order.reverse();
                }
                for part in in_order {
                    part.start = position;
                    position += part.free.count_ones() as usize;
                    // A part without free modules takes no bits, wherever they are.
                    part.excess = part.free.count_zeros().min(63);
                }
                strip
            })
            .collect()
    }

    /// The two columns, first the one whose module comes first in a row when the path goes down.
    fn columns(&self) -> [usize; 2] {
        if self.upwards {
            [self.right - 1, self.right]
        } else {
            [self.right, self.right - 1]
        }
    }
}

/// Bits 0, 2, 4, …: the modules of the first column.
const FIRST: u64 = u64::MAX / 0b11;

/// Lays the stream into the free modules of the columns, which must be light.
#[inline(always)]
pub(crate) fn write<S: Simd>(simd: S, stream: &BitStream, strips: &[Strip], columns: &mut [Line]) {
    let parts = (2 * columns.len()).div_ceil(64);
    for strip in strips {
        for (index, part) in strip.parts[..parts].iter().enumerate() {
            let mut bits = window(stream, part.start);
            if strip.upwards {
                bits = bits.reverse_bits() >> part.excess;
            }
            let modules = simd.deposit(bits, part.free);
            for (side, column) in strip.columns().into_iter().enumerate() {
                let rows = simd.extract(modules >> side, FIRST);
                columns[column][index / 2] |= rows << (32 * (index % 2));
            }
        }
    }
}

/// Picks the stream out of the free modules of the columns. There must be room for the bits of all
/// of them and one word more; bits behind the last in those words become zero.
#[inline(always)]
pub(crate) fn read<S: Simd>(simd: S, columns: &[Line], strips: &[Strip], stream: &mut [u64]) {
    let parts = (2 * columns.len()).div_ceil(64);
    stream[0] = 0;
    for strip in strips {
        let lines = strip.columns().map(|column| columns[column]);
        for step in 0..parts {
            let index = if strip.upwards {
                parts - 1 - step
            } else {
                step
            };
            let part = &strip.parts[index];
            let [first, second] =
                lines.map(|line| simd.deposit(line[index / 2] >> (32 * (index % 2)), FIRST));
            let mut bits = simd.extract(first | second << 1, part.free);
            if strip.upwards {
                bits = (bits << part.excess).reverse_bits();
            }
            let (word, shift) = (part.start / 64, part.start % 64);
            stream[word] |= bits << shift;
            // In two steps, as a shift by 64 is none at all.
            stream[word + 1] = bits >> 1 >> (63 - shift);
        }
    }
}

/// The 64 bits of the stream from `position` on.
#[inline(always)]
fn window(stream: &BitStream, position: usize) -> u64 {
    let (index, shift) = (position / 64, position % 64);
    // The second shift in two steps, as one by 64 is not defined.
    stream[index] >> shift | stream[index + 1] << 1 << (63 - shift)
}
