//! Where the codewords of a symbol lie (ISO/IEC 18004, clause 7.7.3), and which of their bits a mask
//! turns over (clause 7.8).
//!
//! `rxing` works that out again for every symbol, half of the time that it takes to read one. Here it
//! is asked once for each version: for its function patterns and its masks. What is left is the order.

use std::sync::OnceLock;

use rxing::Exceptions;
use rxing::qrcode::common::Version;
use rxing::qrcode::decoder::DataMask;

const VERSIONS: usize = 40;
const MASKS: usize = 8;

/// The modules of a row, the leftmost the lowest bit.
pub(super) type Row = [u64; 3];

/// What a [`Row`] has room for.
const ROW_BITS: u32 = 3 * u64::BITS;

/// A module, by its number if each row had [`ROW_BITS`] modules.
type Place = u16;

/// The layout of a version.
#[derive(Debug)]
pub(super) struct Layout {
    /// The modules of each codeword, the most significant bit first.
    places: Vec<[Place; 8]>,
    /// What each mask turns over in the codewords.
    masks: [Vec<u8>; MASKS],
}

impl Layout {
    pub(super) fn of(version: &Version) -> Result<&'static Self, Exceptions> {
        static LAYOUTS: [OnceLock<Layout>; VERSIONS] = [const { OnceLock::new() }; VERSIONS];
        let number = version.getVersionNumber() as usize;
        let kept = LAYOUTS.get(number - 1).ok_or(Exceptions::FORMAT)?;
        if let Some(layout) = kept.get() {
            return Ok(layout);
        }
        let layout = Self::new(version)?;
        Ok(kept.get_or_init(|| layout))
    }

    fn new(version: &Version) -> Result<Self, Exceptions> {
        let function_patterns = version.buildFunctionPattern()?;
        let modules: Vec<_> = zigzag(version.getDimensionForVersion())
            .filter(|&(x, y)| !function_patterns.get(x, y))
            .collect();
        // What remains belongs to no codeword.
        let (modules, _remainder_bits) = modules.as_chunks();
        let places = modules.iter().map(|modules| modules.map(place)).collect();
        let mut masks = [const { Vec::new() }; MASKS];
        for (number, turned) in (0..).zip(&mut masks) {
            let mask = DataMask::try_from(number)?;
            let is_masked = |&(x, y): &_| mask.isMasked(y, x);
            let codewords = modules.iter();
            *turned = codewords
                .map(|modules| codeword(modules, is_masked))
                .collect();
        }
        Ok(Self { places, masks })
    }

    /// The codewords in rows of modules that wear this mask.
    pub(super) fn codewords(&self, rows: &[Row], mask: u8) -> Result<Vec<u8>, Exceptions> {
        let mask = self.masks.get(usize::from(mask));
        let mask = mask.ok_or(Exceptions::FORMAT)?;
        let words = rows.as_flattened();
        let is_dark = |&place: &Place| words[usize::from(place / 64)] >> (place % 64) & 1 == 1;
        let codewords = self.places.iter().zip(mask);
        Ok(codewords
            .map(|(places, turned)| codeword(places, is_dark) ^ turned)
            .collect())
    }
}

/// Two columns at a time from the right, upwards and downwards in turn, and of both the right one
/// first. The column of the vertical timing pattern is left out.
fn zigzag(side: u32) -> impl Iterator<Item = (u32, u32)> {
    let pairs = (0..side / 2).flat_map(move |pair| {
        let right = side - 1 - 2 * pair;
        let right = if right > 6 { right } else { right - 1 };
        let upwards = pair % 2 == 0;
        (0..side).map(move |step| (right, if upwards { side - 1 - step } else { step }))
    });
    pairs.flat_map(|(right, y)| [(right, y), (right - 1, y)])
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the largest symbol has 177 rows"
)]
fn place((x, y): (u32, u32)) -> Place {
    (y * ROW_BITS + x) as Place
}

/// The codeword whose bits are at these places, the most significant first.
fn codeword<T>(places: &[T; 8], is_set: impl Fn(&T) -> bool) -> u8 {
    let bits = places.iter().map(|place| u8::from(is_set(place)));
    bits.fold(0, |codeword, bit| codeword << 1 | bit)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use qrgen_engine::{EncodeOptions, encode};
    use rxing::qrcode::decoder::BitMatrixParser;

    use super::super::independent::modules;
    use super::*;

    #[test]
    fn it_is_the_layout_by_which_rxing_reads_every_version_and_every_mask() {
        let (mut versions, mut masks) = (BTreeSet::new(), BTreeSet::new());
        for length in (1..2_331).step_by(7) {
            let letters = ('a'..='z').cycle().step_by(1 + length % 25);
            let text: String = letters.take(length).collect();
            let symbol = encode(&text, &EncodeOptions::default()).unwrap();
            let mut parser = BitMatrixParser::new(modules(symbol.rows()).unwrap()).unwrap();
            let layout = Layout::of(parser.readVersion().unwrap()).unwrap();
            let codewords = layout.codewords(symbol.rows(), symbol.mask().number());
            let expected = parser.readCodewords().unwrap();
            assert_eq!(codewords.unwrap(), expected, "{length} bytes");
            versions.insert(symbol.version().number());
            masks.insert(symbol.mask().number());
        }
        assert_eq!((versions.len(), masks.len()), (VERSIONS, MASKS));
    }
}
