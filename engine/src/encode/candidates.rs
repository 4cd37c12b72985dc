//! The symbol with each of the eight masks, side by side (ISO/IEC 18004:2015, 7.8.1).

use crate::standard::Line;
use crate::standard::blueprint::Blueprint;
use crate::standard::error_correction::ErrorCorrection;
use crate::standard::format::{FORMAT_LINE, format_lines_of_all, format_places};
use crate::standard::mask::{LineOfAll, Mask, column_of_all, row_of_all};

/// All modules of the eight candidates, by row and by column, format information included.
#[derive(Debug)]
pub(crate) struct Candidates {
    pub(crate) rows: Vec<LineOfAll>,
    pub(crate) columns: Vec<LineOfAll>,
}

impl Candidates {
    pub(crate) fn new() -> Self {
        Self {
            rows: Vec::new(),
            columns: Vec::new(),
        }
    }

    /// Masks a symbol whose format information is all light.
    pub(crate) fn mask(
        &mut self,
        rows: &[Line],
        columns: &[Line],
        blueprint: &Blueprint,
        level: ErrorCorrection,
    ) {
        apply_all(&mut self.rows, rows, &blueprint.free, row_of_all);
        apply_all(&mut self.columns, columns, &blueprint.free, column_of_all);
        let [row, column] = format_lines_of_all(level, rows.len());
        darken(&mut self.rows, &row, &column);
        darken(&mut self.columns, &column, &row);
    }

    /// Row `y` with that mask.
    pub(crate) fn row(&self, mask: Mask, y: usize) -> Line {
        self.rows[y].map(|words| words[usize::from(mask.number())])
    }
}

/// Inverts what each pattern inverts of the free modules of each line.
fn apply_all(
    masked: &mut Vec<LineOfAll>,
    lines: &[Line],
    free: &[Line],
    pattern: impl Fn(usize) -> &'static LineOfAll,
) {
    masked.clear();
    masked.extend(
        lines
            .iter()
            .zip(free)
            .enumerate()
            .map(|(index, (line, free))| {
                let mut all = *pattern(index);
                for ((words, line), free) in all.iter_mut().zip(line).zip(free) {
                    for word in words {
                        *word = line ^ *word & free;
                    }
                }
                all
            }),
    );
}

/// Darkens the modules of the format information: `along` lies in one line, `across` crosses the
/// others.
fn darken(lines: &mut [LineOfAll], along: &LineOfAll, across: &LineOfAll) {
    for (words, bits) in lines[FORMAT_LINE].iter_mut().zip(along) {
        for (word, bits) in words.iter_mut().zip(bits) {
            *word |= bits;
        }
    }
    for place in format_places(lines.len()) {
        let crossing = &across[place / 64];
        for (word, bits) in lines[place][FORMAT_LINE / 64].iter_mut().zip(crossing) {
            *word |= (bits >> (place % 64) & 1) << (FORMAT_LINE % 64);
        }
    }
}
