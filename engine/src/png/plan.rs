//! How the images of one layout are compressed: one Huffman code for all of them.
//!
//! All symbols of a size look much the same to a compressor, so a code that fits one fits all. It is
//! made once ([`super::training`]); then each token is a look-up, and the search knows to a bit what
//! a copy saves.

use super::groups::Groups;
use super::layout::Layout;
use super::patterns::Patterns;
use super::search::{AHEAD, Copy, Rows, Rules, Search};
use crate::Symbol;
use crate::zlib::DISTANCES;
use crate::zlib::adler::Adler32;
use crate::zlib::bit_writer::{BitString, BitWriter, Bits};
use crate::zlib::deflate::{BlockCode, Coded, MAX_COPY, MIN_COPY, SpanCode, Tokens};

/// A zlib header (RFC 1950, 2.2): DEFLATE, a window of 32 KiB, made by the fastest algorithm.
const ZLIB_HEADER: [u8; 2] = [0x78, 0x01];

/// What is the same in all images of a layout.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) rules: Rules,
    /// The header of the block, and what is before the first row.
    opening: BitString,
    /// From a row to the next.
    next_row: BitString,
    /// What is behind the last row.
    closing: BitString,
    /// Groups as they are, and the last of a row.
    groups: PatternCodes,
    last_group: PatternCodes,
    /// Lengths of copies, by their groups.
    lengths: [Bits; AHEAD as usize + 1],
    /// Distances of copies, by their symbols.
    distances: [SpanCode; DISTANCES],
}

impl Plan {
    /// The plan that goes by these rules and writes in this code.
    pub(super) fn new(rules: Rules, code: BlockCode, patterns: &Patterns) -> Self {
        let frame = Frame {
            layout: rules.layout,
            groups: rules.groups,
        };
        let coded = |bits: BitString, tokens: &dyn Fn(&mut Coded<'_>)| {
            let mut coded = Coded { code: &code, bits };
            tokens(&mut coded);
            coded.bits
        };
        let groups = &rules.groups;
        Self {
            opening: coded(code.header(), &|tokens| frame.opening(tokens)),
            next_row: coded(BitString::default(), &|tokens| frame.next_row(tokens)),
            closing: coded(BitString::default(), &|tokens| frame.closing(tokens)),
            groups: PatternCodes::new(groups, groups.bytes, &code, patterns),
            last_group: PatternCodes::new(groups, groups.bytes_of_last, &code, patterns),
            lengths: std::array::from_fn(|count| match count * groups.bytes {
                length @ MIN_COPY..=MAX_COPY => code.length(length),
                _ => Bits::default(),
            }),
            distances: std::array::from_fn(|symbol| code.distance_span(symbol)),
            rules,
        }
    }

    /// Appends the zlib stream of an image. `patterns` have the scale.
    pub(super) fn write(
        &self,
        symbol: &Symbol,
        patterns: &Patterns,
        search: &mut Search,
        out: &mut Vec<u8>,
    ) {
        out.extend_from_slice(&ZLIB_HEADER);
        let mut bits = BitWriter::new(out);
        bits.put_all(&self.opening);
        let rows = (0..self.rules.layout.size).map(|y| symbol.row(y));
        search.run(
            rows,
            &self.rules,
            &mut Writer {
                plan: self,
                bits: &mut bits,
            },
        );
        bits.put_all(&self.closing);
        bits.finish();
        let checksum = self.checksum(search, patterns);
        out.extend_from_slice(&checksum.to_be_bytes());
    }

    /// The checksum of the lines of the image that was searched last.
    fn checksum(&self, search: &Search, patterns: &Patterns) -> u32 {
        let Rules { layout, groups, .. } = &self.rules;
        let mut adler = Adler32::new();
        adler.zeros(layout.margin());
        for y in 0..layout.size {
            let pieces = patterns.pieces(&search.row(y)[..groups.eights()]);
            adler.lines(groups.start, &pieces, layout.stride(), layout.scale);
        }
        adler.zeros(layout.margin());
        adler.value()
    }
}

/// The tokens of an image that are no modules.
pub(super) struct Frame {
    pub(super) layout: Layout,
    pub(super) groups: Groups,
}

impl Frame {
    /// From the last group of a row to the end of its last line.
    fn behind(&self) -> usize {
        self.layout.scale * self.layout.stride() - self.groups.end()
    }

    /// Before the first row.
    pub(super) fn opening(&self, tokens: &mut impl Tokens) {
        tokens.zeros(self.layout.margin() + self.groups.start);
    }

    /// From a row to the next. The other lines of a row are its first line again, and then comes
    /// the quiet zone on the left, which that line has, too.
    pub(super) fn next_row(&self, tokens: &mut impl Tokens) {
        self.same_again(self.behind() + self.groups.start, tokens);
    }

    /// Behind the last row.
    pub(super) fn closing(&self, tokens: &mut impl Tokens) {
        self.same_again(self.behind(), tokens);
        tokens.zeros(self.layout.margin());
        tokens.end_of_block();
    }

    fn same_again(&self, bytes: usize, tokens: &mut impl Tokens) {
        if self.layout.scale > 1 {
            tokens.long_copy(bytes, self.layout.stride());
        } else {
            tokens.zeros(bytes);
        }
    }
}

/// The bits of each pattern of a group.
#[derive(Debug)]
struct PatternCodes {
    /// As many as a word holds; mostly all.
    first: [Bits; 256],
    /// The others: as many pieces for each pattern as the longest has.
    rest: Vec<Bits>,
    pieces: usize,
}

impl PatternCodes {
    /// Those of the first `bytes` of a group.
    fn new(groups: &Groups, bytes: usize, code: &BlockCode, patterns: &Patterns) -> Self {
        let strings = groups.patterns().map(|pattern| {
            let pixels = patterns.pixels(pattern)[..bytes].iter();
            Bits::joined(pixels.map(|&byte| code.literal(byte)))
        });
        let pieces = strings
            .clone()
            .map(Iterator::count)
            .max()
            .unwrap_or(0)
            .saturating_sub(1);
        let mut codes = Self {
            first: [Bits::default(); 256],
            rest: Vec::with_capacity(strings.len() * pieces),
            pieces,
        };
        for (first, mut bits) in codes.first.iter_mut().zip(strings) {
            *first = bits.next().unwrap_or_default();
            let padded = bits.chain(std::iter::repeat(Bits::default()));
            codes.rest.extend(padded.take(pieces));
        }
        codes
    }

    #[inline(always)]
    fn put(&self, pattern: u8, bits: &mut BitWriter<'_>) {
        let pattern = usize::from(pattern);
        bits.put(self.first[pattern]);
        if self.pieces > 0 {
            for &piece in &self.rest[pattern * self.pieces..][..self.pieces] {
                bits.put(piece);
            }
        }
    }
}

/// Writes what the search finds.
struct Writer<'a, 'b> {
    plan: &'a Plan,
    bits: &'a mut BitWriter<'b>,
}

impl Rows for Writer<'_, '_> {
    fn group(&mut self, pattern: u8) {
        self.plan.groups.put(pattern, self.bits);
    }

    fn last_group(&mut self, pattern: u8) {
        self.plan.last_group.put(pattern, self.bits);
    }

    fn copy(&mut self, copy: Copy) {
        let length = self.plan.lengths[usize::from(copy.groups)];
        let distance = &self.plan.distances[usize::from(copy.symbol)];
        let distance = distance.bits(copy.distance as usize);
        self.bits.put(length.then(distance));
    }

    fn next_row(&mut self) {
        self.bits.put_all(&self.plan.next_row);
    }
}
