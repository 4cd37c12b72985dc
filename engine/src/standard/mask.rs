//! The eight data mask patterns (ISO/IEC 18004:2015, 7.8.2).

use std::fmt;

use super::Line;
use crate::simd::Words;

/// The pattern that inverts part of the data modules, 0 to 7.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mask(u8);

impl Mask {
    /// Number of patterns.
    pub(crate) const COUNT: usize = 8;

    /// The first pattern.
    pub(crate) const MIN: Self = Self(0);

    /// The pattern of that number, if it is 0 to 7.
    pub const fn new(number: u8) -> Option<Self> {
        match number {
            0..=7 => Some(Self(number)),
            _ => None,
        }
    }

    /// The number, 0 to 7.
    pub const fn number(self) -> u8 {
        self.0
    }

    /// All patterns, in order.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        (0..8).map(Self)
    }

    /// The modules that the pattern inverts, by row.
    pub(crate) fn rows(self) -> &'static [Line; PERIOD] {
        static ROWS_OF_EACH: [[Line; PERIOD]; Mask::COUNT] = of_each(&ROWS);
        &ROWS_OF_EACH[usize::from(self.0)]
    }

    /// The modules that the pattern inverts, by column.
    pub(crate) fn columns(self) -> &'static [Line; PERIOD] {
        static COLUMNS_OF_EACH: [[Line; PERIOD]; Mask::COUNT] = of_each(&COLUMNS);
        &COLUMNS_OF_EACH[usize::from(self.0)]
    }
}

/// A line of the symbols of all masks side by side: for each 32 modules of it, those of each mask.
pub(crate) type LineOfAll = [Words; 6];

/// The number.
impl fmt::Display for Mask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Every pattern repeats after this many rows and after this many columns.
pub(crate) const PERIOD: usize = 12;

/// Table 10: whether the pattern inverts the module in row `i` of column `j`.
#[expect(
    clippy::manual_is_multiple_of,
    reason = "the conditions as the table writes them"
)]
const fn inverts(pattern: usize, i: usize, j: usize) -> bool {
    match pattern {
        0 => (i + j) % 2 == 0,
        1 => i % 2 == 0,
        2 => j % 3 == 0,
        3 => (i + j) % 3 == 0,
        4 => (i / 2 + j / 3) % 2 == 0,
        5 => i * j % 2 + i * j % 3 == 0,
        6 => (i * j % 2 + i * j % 3) % 2 == 0,
        _ => ((i + j) % 2 + i * j % 3) % 2 == 0,
    }
}

/// The modules that each pattern inverts in row `y`, at `y % PERIOD`.
pub(crate) static ROWS: [LineOfAll; PERIOD] = one_period(false);
/// The modules that each pattern inverts in column `x`, at `x % PERIOD`.
pub(crate) static COLUMNS: [LineOfAll; PERIOD] = one_period(true);

/// As many rows, or columns, as it takes for all patterns to repeat.
const fn one_period(of_columns: bool) -> [LineOfAll; PERIOD] {
    let mut lines = [[[0; Mask::COUNT]; 6]; PERIOD];
    let mut across = 0;
    while across < PERIOD {
        let mut along = 0;
        while along < 6 * 32 {
            let (i, j) = if of_columns {
                (along, across)
            } else {
                (across, along)
            };
            let mut pattern = 0;
            while pattern < Mask::COUNT {
                if inverts(pattern, i, j) {
                    lines[across][along / 32][pattern] |= 1 << (along % 32);
                }
                pattern += 1;
            }
            along += 1;
        }
        across += 1;
    }
    lines
}

/// The lines of each mask by themselves.
const fn of_each(lines: &[LineOfAll; PERIOD]) -> [[Line; PERIOD]; Mask::COUNT] {
    let mut of_each = [[[0; 3]; PERIOD]; Mask::COUNT];
    let mut across = 0;
    while across < PERIOD {
        let mut word = 0;
        while word < 6 {
            let mut mask = 0;
            while mask < Mask::COUNT {
                let bits = lines[across][word][mask] as u64;
                of_each[mask][across][word / 2] |= bits << (32 * (word % 2));
                mask += 1;
            }
            word += 1;
        }
        across += 1;
    }
    of_each
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standard::is_set;

    #[test]
    fn the_words_repeat_the_conditions_of_table_10_everywhere() {
        for mask in Mask::all() {
            let pattern = usize::from(mask.0);
            for i in 0..177 {
                for j in 0..177 {
                    let expected = inverts(pattern, i, j);
                    let column = mask.columns()[j % PERIOD];
                    assert_eq!(
                        is_set(&mask.rows()[i % PERIOD], j),
                        expected,
                        "{mask}: row {i}, column {j}"
                    );
                    assert_eq!(is_set(&column, i), expected, "{mask}: row {i}, column {j}");
                }
            }
        }
    }
}
