//! Which part of the payload is written in which mode (ISO/IEC 18004:2015, 7.4.7 and annex J).
//!
//! Annex J gives rules of thumb; this is the shortest of all segmentations, by dynamic programming
//! over stretches of characters of one class. That is enough, as a boundary within one is never best:
//! a character costs 1 bit less at least in the tighter of two modes that both can write it, so all of
//! the stretch belongs to that one.
//!
//! Kanji mode is no choice of that kind: without an ECI header no other mode can write what it writes
//! ([`transcript`]), so the parts of ASCII between Kanji are segmented each by itself.

use super::stretches::Stretches;
use super::transcript;
use crate::standard::capacity::{MAX_CHARACTERS, MAX_CODEWORDS};
use crate::standard::mode::{ECI_DESIGNATOR_BITS, MODE_INDICATOR_BITS, Mode};
use crate::standard::version::Version;

/// A stretch of the payload in one mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Segment {
    pub(crate) mode: Mode,
    /// None in an ECI header.
    pub(crate) characters: usize,
}

impl Segment {
    /// Bits of mode indicator and character count indicator, or ECI designator.
    pub(crate) const fn header_bits(&self, version: Version) -> usize {
        let rest = match self.mode {
            Mode::Eci => ECI_DESIGNATOR_BITS,
            mode => mode.count_bits(version),
        };
        MODE_INDICATOR_BITS + rest
    }

    /// Bytes of the payload, or of its [`transcript`].
    pub(crate) const fn bytes(&self) -> usize {
        match self.mode {
            Mode::Kanji => 2 * self.characters,
            _ => self.characters,
        }
    }

    /// Bits of the characters.
    pub(crate) const fn data_bits(&self) -> usize {
        self.mode.data_bits(self.characters)
    }
}

/// Modes from the tightest to the one that takes every byte, in the order of their declaration. A
/// character's class is the first that takes it; all that follow take it, too.
const MODES: [Mode; 3] = [Mode::Numeric, Mode::Alphanumeric, Mode::Byte];

/// Costs are counted in sixths of a bit, so that a third of 10 bits and half of 11 are whole.
const SIXTHS: u64 = 6;
const CHARACTER_COSTS: [u64; 3] = [20, 33, 48];

/// The cost of what can't be written; far from overflow when more is added.
const IMPOSSIBLE: u64 = u64::MAX / 2;

/// What there is to know of a payload before its segments.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Survey {
    /// Bits that no segmentation goes below.
    pub(crate) least_bits: usize,
    /// The tightest mode that takes the whole payload.
    common_mode: Mode,
    /// Whether another mode may be worth its header anywhere.
    is_uniform: bool,
}

impl Survey {
    pub(crate) fn of(payload: &[u8]) -> Self {
        let mut survey = Self {
            least_bits: 0,
            common_mode: Mode::Numeric,
            is_uniform: true,
        };
        for stretch in Stretches::of(payload) {
            survey.is_uniform = survey.least_bits == 0;
            survey.least_bits += stretch.mode.data_bits(stretch.length);
            survey.common_mode = survey.common_mode.max(stretch.mode);
        }
        survey
    }
}

/// A stretch, and for each mode that it may be written in the mode of the one before it on the best
/// way there.
#[derive(Clone, Copy, Debug)]
struct Step {
    length: usize,
    came_from: [Mode; 3],
}

/// More segments fit into no symbol: each takes 18 bits at least, header and one character.
const MAX_SEGMENTS: usize = 8 * MAX_CODEWORDS / 18;

/// Finds segmentations, keeping its scratch memory.
#[derive(Debug)]
pub(crate) struct Segmenter {
    trace: Vec<Step>,
    segments: Vec<Segment>,
}

impl Segmenter {
    pub(crate) fn new() -> Self {
        Self {
            trace: Vec::with_capacity(MAX_CHARACTERS),
            segments: Vec::with_capacity(MAX_SEGMENTS),
        }
    }

    /// The segments found last.
    pub(crate) fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// Replaces the segments by this one.
    pub(crate) fn set(&mut self, segment: Segment) {
        self.segments.clear();
        self.segments.push(segment);
    }

    /// Puts the header in front that says that the bytes are UTF-8, and gives its bits.
    pub(crate) fn announce_utf_8(&mut self, version: Version) -> usize {
        let eci = Segment {
            mode: Mode::Eci,
            characters: 0,
        };
        self.segments.insert(0, eci);
        eci.header_bits(version)
    }

    /// Finds the shortest segmentation of the payload for versions with the count indicators of
    /// `version`, and gives its bits. One segment wins where several would not be shorter.
    ///
    /// A payload too long for any symbol gives the bits but no segments.
    pub(crate) fn shortest(&mut self, payload: &[u8], survey: &Survey, version: Version) -> usize {
        self.segments.clear();
        if payload.is_empty() {
            return 0;
        }
        self.append_shortest(payload, survey, version)
    }

    /// Finds the shortest segmentation of a transcript: see [`shortest`](Self::shortest).
    pub(crate) fn shortest_with_kanji(&mut self, transcript: &[u8], version: Version) -> usize {
        self.segments.clear();
        let mut bits = 0;
        for (is_kanji, part) in transcript::parts(transcript) {
            bits += if is_kanji {
                let kanji = Segment {
                    mode: Mode::Kanji,
                    characters: part.len() / 2,
                };
                push(&mut self.segments, kanji);
                kanji.header_bits(version) + kanji.data_bits()
            } else {
                self.append_shortest(part, &Survey::of(part), version)
            };
        }
        bits
    }

    /// Appends the shortest segmentation of a payload that is not empty, and gives its bits.
    fn append_shortest(&mut self, payload: &[u8], survey: &Survey, version: Version) -> usize {
        let whole = Segment {
            mode: survey.common_mode,
            characters: payload.len(),
        };
        let whole_bits = whole.header_bits(version) + whole.data_bits();
        if !survey.is_uniform {
            let (bits, last_mode) = self.search(payload, version);
            if bits < whole_bits {
                self.follow_trace(last_mode);
                return bits;
            }
        }
        push(&mut self.segments, whole);
        whole_bits
    }

    /// The bits of the shortest segmentation and its last mode; the way there is in the trace.
    fn search(&mut self, payload: &[u8], version: Version) -> (usize, Mode) {
        self.trace.clear();
        let headers =
            MODES.map(|mode| SIXTHS * (MODE_INDICATOR_BITS + mode.count_bits(version)) as u64);
        // The cost of everything so far with a segment of each mode open.
        let mut costs = headers;
        for stretch in Stretches::of(payload) {
            let (closed, closed_mode) = cheapest_closed(&costs);
            let mut came_from = MODES;
            for mode in 0..3 {
                if closed + headers[mode] < costs[mode] {
                    costs[mode] = closed + headers[mode];
                    came_from[mode] = closed_mode;
                }
                costs[mode] += CHARACTER_COSTS[mode] * stretch.length as u64;
            }
            costs[..stretch.mode as usize].fill(IMPOSSIBLE);
            if payload.len() <= MAX_CHARACTERS {
                self.trace.push(Step {
                    length: stretch.length,
                    came_from,
                });
            }
        }
        let (cost, last_mode) = cheapest_closed(&costs);
        (
            usize::try_from(cost / SIXTHS).unwrap_or(usize::MAX),
            last_mode,
        )
    }

    /// Walks the trace back from its end and joins stretches into segments.
    fn follow_trace(&mut self, last_mode: Mode) {
        let start = self.segments.len();
        let mut segment = Segment {
            mode: last_mode,
            characters: 0,
        };
        for step in self.trace.iter().rev() {
            segment.characters += step.length;
            let before = step.came_from[segment.mode as usize];
            if before != segment.mode {
                push(&mut self.segments, segment);
                segment = Segment {
                    mode: before,
                    characters: 0,
                };
            }
        }
        // What is left is the first one: the way to the first stretch leads from its own mode.
        push(&mut self.segments, segment);
        self.segments[start..].reverse();
    }
}

/// Nothing is kept of what would fit into no symbol.
fn push(segments: &mut Vec<Segment>, segment: Segment) {
    if segments.len() < MAX_SEGMENTS {
        segments.push(segment);
    }
}

/// The least cost with the open segment closed, which rounds it up to whole bits, and its mode.
fn cheapest_closed(costs: &[u64; 3]) -> (u64, Mode) {
    let mut best = (IMPOSSIBLE, Mode::Byte);
    for (cost, mode) in costs.iter().zip(MODES) {
        let closed = cost.next_multiple_of(SIXTHS);
        if closed < best.0 {
            best = (closed, mode);
        }
    }
    best
}
