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

/// Column and row of a module.
type Place = [u8; 2];

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
        let places: Vec<_> = zigzag(version.getDimensionForVersion())
            .filter(|&[x, y]| !function_patterns.get(x.into(), y.into()))
            .collect();
        // What remains belongs to no codeword.
        let (places, _remainder_bits) = places.as_chunks();
        let mut masks = [const { Vec::new() }; MASKS];
        for (number, turned) in (0..).zip(&mut masks) {
            let mask = DataMask::try_from(number)?;
            *turned = codewords(places, |[x, y]| mask.isMasked(y.into(), x.into())).collect();
        }
        Ok(Self {
            places: places.to_vec(),
            masks,
        })
    }

    /// The codewords in modules that wear this mask.
    pub(super) fn codewords(
        &self,
        row: impl Fn(usize) -> Row,
        mask: u8,
    ) -> Result<Vec<u8>, Exceptions> {
        let mask = self.masks.get(usize::from(mask));
        let mask = mask.ok_or(Exceptions::FORMAT)?;
        let masked = codewords(&self.places, |[x, y]| {
            row(y.into())[usize::from(x / 64)] >> (x % 64) & 1 == 1
        });
        Ok(masked
            .zip(mask)
            .map(|(bits, turned)| bits ^ turned)
            .collect())
    }
}

/// Two columns at a time from the right, upwards and downwards in turn, and of both the right one
/// first. The column of the vertical timing pattern is left out.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the largest symbol is 177 modules wide"
)]
fn zigzag(side: u32) -> impl Iterator<Item = Place> {
    let side = side as u8;
    let pairs = (0..side / 2).flat_map(move |pair| {
        let right = side - 1 - 2 * pair;
        let right = if right > 6 { right } else { right - 1 };
        let upwards = pair % 2 == 0;
        (0..side).map(move |step| (right, if upwards { side - 1 - step } else { step }))
    });
    pairs.flat_map(|(right, y)| [[right, y], [right - 1, y]])
}

/// The bits at these places as codewords.
fn codewords(places: &[[Place; 8]], is_set: impl Fn(Place) -> bool) -> impl Iterator<Item = u8> {
    places.iter().map(move |places| {
        let bits = places.iter().map(|place| u8::from(is_set(*place)));
        bits.fold(0, |bits, bit| bits << 1 | bit)
    })
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
            let row = |y| *symbol.row(y);
            let mut parser = BitMatrixParser::new(modules(symbol.size(), row).unwrap()).unwrap();
            let layout = Layout::of(parser.readVersion().unwrap()).unwrap();
            let codewords = layout.codewords(row, symbol.mask().number());
            let expected = parser.readCodewords().unwrap();
            assert_eq!(codewords.unwrap(), expected, "{length} bytes");
            versions.insert(symbol.version().number());
            masks.insert(symbol.mask().number());
        }
        assert_eq!((versions.len(), masks.len()), (VERSIONS, MASKS));
    }
}
