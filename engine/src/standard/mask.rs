//! The eight data mask patterns (ISO/IEC 18004:2015, 7.8.2).

use std::fmt;

use super::{Line, set};

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

    /// The modules that the pattern inverts in row `y`.
    pub(crate) fn row(self, y: usize) -> &'static Line {
        &ROWS[usize::from(self.0)][y % PERIOD]
    }

    /// The modules that the pattern inverts in column `x`.
    pub(crate) fn column(self, x: usize) -> &'static Line {
        &COLUMNS[usize::from(self.0)][x % PERIOD]
    }
}

/// The number.
impl fmt::Display for Mask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Every pattern repeats after this many rows and after this many columns.
const PERIOD: usize = 12;

/// Table 10: whether the pattern inverts the module in row `i` of column `j`.
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

static ROWS: [[Line; PERIOD]; Mask::COUNT] = lines(false);
static COLUMNS: [[Line; PERIOD]; Mask::COUNT] = lines(true);

/// One period of rows, or of columns, of each pattern.
const fn lines(columns: bool) -> [[Line; PERIOD]; Mask::COUNT] {
    let mut lines = [[[0; 3]; PERIOD]; Mask::COUNT];
    let mut pattern = 0;
    while pattern < Mask::COUNT {
        let mut across = 0;
        while across < PERIOD {
            let mut along = 0;
            while along < 192 {
                let (i, j) = if columns {
                    (along, across)
                } else {
                    (across, along)
                };
                if inverts(pattern, i, j) {
                    set(&mut lines[pattern][across], along);
                }
                along += 1;
            }
            across += 1;
        }
        pattern += 1;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standard::is_set;

    #[test]
    fn the_words_repeat_the_conditions_of_table_10_everywhere() {
        for mask in Mask::all() {
            for i in 0..177 {
                for j in 0..177 {
                    let expected = inverts(mask.0.into(), i, j);
                    assert_eq!(
                        is_set(mask.row(i), j),
                        expected,
                        "mask {mask} row {i} column {j}"
                    );
                    assert_eq!(
                        is_set(mask.column(j), i),
                        expected,
                        "mask {mask} row {i} column {j}"
                    );
                }
            }
        }
    }
}
