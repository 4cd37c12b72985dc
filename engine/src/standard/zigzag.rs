//! The path of the codewords through the symbol (ISO/IEC 18004:2015, 7.7.3).
//!
//! The path winds through strips of two columns from right to left, up the first strip and down
//! the next, right module before left in every row. A strip is handled as one stream of
//! `2 × size` modules: the bits of a codeword stream are laid into its free modules, or picked
//! out of them, 64 at a time.

use super::capacity::MAX_CODEWORDS;
use super::{Line, is_set};

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
    /// The free modules, in the order of the path.
    free: [u64; 6],
}

impl Strip {
    /// The strips of a symbol, in order, from its free modules by column.
    pub(crate) fn all(free: &[Line]) -> Vec<Self> {
        let size = free.len();
        // Column 6 is all timing pattern: the path steps over it.
        let right_columns = (1..size).rev().filter(|&x| (x > 6) == (x % 2 == 0));
        right_columns
            .enumerate()
            .map(|(i, right)| {
                let upwards = i % 2 == 0;
                let mut path = [0; 6];
                for step in 0..size {
                    let y = if upwards { size - 1 - step } else { step };
                    for (side, column) in [right, right - 1].into_iter().enumerate() {
                        let place = 2 * step + side;
                        path[place / 64] |= u64::from(is_set(&free[column], y)) << (place % 64);
                    }
                }
                Self {
                    right,
                    upwards,
                    free: path,
                }
            })
            .collect()
    }

    /// The two columns, right one first.
    fn columns(&self) -> [usize; 2] {
        [self.right, self.right - 1]
    }
}

/// Lays the stream into the free modules of the columns, which must be light.
pub(crate) fn write(stream: &BitStream, strips: &[Strip], columns: &mut [Line]) {
    let size = columns.len();
    let words = (2 * size).div_ceil(64);
    let mut position = 0;
    for strip in strips {
        let mut sides = [[0; 3]; 2];
        for (word, &free) in strip.free[..words].iter().enumerate() {
            let modules = deposit(window(stream, position), free);
            position += free.count_ones() as usize;
            for (side, line) in sides.iter_mut().enumerate() {
                line[word / 2] |= even_bits(modules >> side) << (32 * (word % 2));
            }
        }
        for (side, column) in sides.iter().zip(strip.columns()) {
            let line = if strip.upwards {
                reversed(side, size)
            } else {
                *side
            };
            for (module, bits) in columns[column].iter_mut().zip(line) {
                *module |= bits;
            }
        }
    }
}

/// Picks the stream out of the free modules of the columns.
pub(crate) fn read(columns: &[Line], strips: &[Strip], stream: &mut BitStream) {
    let size = columns.len();
    let words = (2 * size).div_ceil(64);
    stream.fill(0);
    let mut position = 0;
    for strip in strips {
        let sides = strip.columns().map(|column| {
            let line = &columns[column];
            if strip.upwards {
                reversed(line, size)
            } else {
                *line
            }
        });
        for (word, &free) in strip.free[..words].iter().enumerate() {
            let [right, left] = sides.map(|side| spread(side[word / 2] >> (32 * (word % 2))));
            let bits = extract(right | left << 1, free);
            let (index, shift) = (position / 64, position % 64);
            stream[index] |= bits << shift;
            if let Some(next) = stream.get_mut(index + 1) {
                *next |= bits >> 1 >> (63 - shift);
            }
            position += free.count_ones() as usize;
        }
    }
}

/// The 64 bits of the stream from `position` on.
fn window(stream: &BitStream, position: usize) -> u64 {
    let (index, shift) = (position / 64, position % 64);
    let next = stream.get(index + 1).copied().unwrap_or(0);
    // The second shift in two steps, as one by 64 is not defined.
    stream.get(index).copied().unwrap_or(0) >> shift | next << 1 << (63 - shift)
}

/// Lays the low bits one after the other into the set places of `places`.
fn deposit(mut bits: u64, mut places: u64) -> u64 {
    if places == u64::MAX {
        return bits;
    }
    // Run by run: function patterns are compact, so there are few.
    let mut laid = 0;
    while places != 0 {
        let run = lowest_run(places);
        laid |= bits << places.trailing_zeros() & run;
        bits >>= run.count_ones();
        places ^= run;
    }
    laid
}

/// Gathers the bits at the set places of `places`: undoes [`deposit`].
fn extract(bits: u64, mut places: u64) -> u64 {
    if places == u64::MAX {
        return bits;
    }
    let mut gathered = 0;
    let mut count = 0;
    while places != 0 {
        let run = lowest_run(places);
        gathered |= (bits & run) >> places.trailing_zeros() << count;
        count += run.count_ones();
        places ^= run;
    }
    gathered
}

/// The lowest run of set bits, of a word that is neither empty nor full.
fn lowest_run(word: u64) -> u64 {
    let lowest = word & word.wrapping_neg();
    word & !word.wrapping_add(lowest)
}

/// Bits 0, 2, 4, … moved together.
fn even_bits(word: u64) -> u64 {
    let mut bits = word & 0x5555_5555_5555_5555;
    bits = (bits | bits >> 1) & 0x3333_3333_3333_3333;
    bits = (bits | bits >> 2) & 0x0F0F_0F0F_0F0F_0F0F;
    bits = (bits | bits >> 4) & 0x00FF_00FF_00FF_00FF;
    bits = (bits | bits >> 8) & 0x0000_FFFF_0000_FFFF;
    (bits | bits >> 16) & 0x0000_0000_FFFF_FFFF
}

/// The low 32 bits moved to bits 0, 2, 4, …: undoes [`even_bits`].
fn spread(word: u64) -> u64 {
    let mut bits = word & 0x0000_0000_FFFF_FFFF;
    bits = (bits | bits << 16) & 0x0000_FFFF_0000_FFFF;
    bits = (bits | bits << 8) & 0x00FF_00FF_00FF_00FF;
    bits = (bits | bits << 4) & 0x0F0F_0F0F_0F0F_0F0F;
    bits = (bits | bits << 2) & 0x3333_3333_3333_3333;
    (bits | bits << 1) & 0x5555_5555_5555_5555
}

/// The first `size` modules of the line in opposite order.
fn reversed(line: &Line, size: usize) -> Line {
    let mut mirrored = [0; 6];
    for (mirror, word) in mirrored.iter_mut().zip(line.iter().rev()) {
        *mirror = word.reverse_bits();
    }
    let (words, bits) = ((192 - size) / 64, (192 - size) % 64);
    std::array::from_fn(|w| {
        mirrored[w + words] >> bits | mirrored[w + words + 1] << 1 << (63 - bits)
    })
}
