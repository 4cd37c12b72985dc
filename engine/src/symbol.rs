//! The finished symbol: a square of dark and light modules, without its quiet zone.

use crate::standard::Line;
use crate::standard::error_correction::ErrorCorrection;
use crate::standard::mask::Mask;
use crate::standard::version::Version;

/// A QR Code Model 2 symbol (ISO/IEC 18004:2015, 6.3).
///
/// Modules are addressed by column `x` and row `y`, both from 0 at the upper left corner. The
/// quiet zone is not part of it: outputs add their own.
#[derive(Clone)]
pub struct Symbol {
    version: Version,
    error_correction: ErrorCorrection,
    mask: Mask,
    /// That of the version.
    size: usize,
    /// Rows beyond the size, and bits of a row beyond it, are zero.
    rows: [Line; Version::MAX.size()],
}

impl Symbol {
    /// An all-light symbol, to be filled by [`Symbol::redraw`].
    pub(crate) fn blank(version: Version, error_correction: ErrorCorrection, mask: Mask) -> Self {
        Self {
            version,
            error_correction,
            mask,
            size: version.size(),
            rows: [[0; 3]; Version::MAX.size()],
        }
    }

    /// Makes it another symbol, whose row `y` is `row(y)` with all bits beyond the size zero.
    #[inline(always)]
    pub(crate) fn redraw(
        &mut self,
        version: Version,
        error_correction: ErrorCorrection,
        mask: Mask,
        row: impl Fn(usize) -> Line,
    ) {
        let (before, size) = (self.size(), version.size());
        for (y, line) in self.rows[..size].iter_mut().enumerate() {
            *line = row(y);
        }
        if size < before {
            self.rows[size..before].fill([0; 3]);
        }
        (self.version, self.error_correction, self.mask) = (version, error_correction, mask);
        self.size = size;
    }

    /// Makes it modules to be drawn that are no symbol of any version.
    #[cfg(feature = "micro")]
    pub(crate) fn redraw_smaller(&mut self, size: usize, row: impl Fn(usize) -> Line) {
        let (version, error_correction, mask) = (self.version, self.error_correction, self.mask);
        let within = |y| if y < size { row(y) } else { [0; 3] };
        self.redraw(version, error_correction, mask, within);
        self.size = size;
    }

    /// The version, which fixes the size.
    pub fn version(&self) -> Version {
        self.version
    }

    /// The error correction level that the symbol has, which may be higher than the one asked for.
    pub fn error_correction(&self) -> ErrorCorrection {
        self.error_correction
    }

    /// The data mask pattern.
    pub fn mask(&self) -> Mask {
        self.mask
    }

    /// Modules per side: 21 to 177.
    pub fn size(&self) -> usize {
        self.size
    }

    /// Whether the module in column `x` of row `y` is dark. Light everywhere outside the symbol.
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.size() && y < self.size() && self.rows[y][x / 64] >> (x % 64) & 1 == 1
    }

    /// The rows of the symbol, as many as [`size`](Self::size) says, each as [`row`](Self::row) gives it.
    pub fn rows(&self) -> &[[u64; 3]] {
        &self.rows[..self.size]
    }

    /// Row `y` as bits: bit `x % 64` of word `x / 64` is set where the module in column `x` is
    /// dark. Outside the symbol all is light, so bits there are zero.
    pub fn row(&self, y: usize) -> &[u64; 3] {
        static LIGHT: Line = [0; 3];
        self.rows.get(y).unwrap_or(&LIGHT)
    }
}

/// Where modules, version, level and mask are the same. Without a look at the rows beyond the size,
/// which are nearly all there are.
impl PartialEq for Symbol {
    fn eq(&self, other: &Self) -> bool {
        (self.version, self.error_correction, self.mask)
            == (other.version, other.error_correction, other.mask)
            && self.rows() == other.rows()
    }
}

impl Eq for Symbol {}

/// Version, level and mask, then one text line a row: `#` dark, `.` light.
impl std::fmt::Debug for Symbol {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(
            f,
            "Symbol {}-{} mask {}",
            self.version, self.error_correction, self.mask
        )?;
        for y in 0..self.size() {
            let row: String = (0..self.size())
                .map(|x| if self.is_dark(x, y) { '#' } else { '.' })
                .collect();
            writeln!(f, "{row}")?;
        }
        Ok(())
    }
}
