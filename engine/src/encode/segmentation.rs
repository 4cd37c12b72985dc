//! Which part of the payload is written in which mode (ISO/IEC 18004:2015, 7.4.7 and annex J).
//!
//! Annex J gives rules of thumb; this is the shortest of all segmentations, by dynamic programming
//! over runs of characters of one class. That is enough, as a boundary within a run is never best: a
//! character costs 1 bit less at least in the tighter of two modes that both can write it, so all of
//! the run belongs to that one.

use crate::standard::capacity::{MAX_CHARACTERS, MAX_CODEWORDS};
use crate::standard::mode::{
    ALPHANUMERIC_VALUE, ECI_DESIGNATOR_BITS, MODE_INDICATOR_BITS, Mode, NOT_ALPHANUMERIC,
};
use crate::standard::version::Version;

/// A stretch of the payload in one mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Segment {
    pub(crate) mode: Mode,
    /// Bytes of the payload, one a character; none in an ECI header.
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

/// Index into [`MODES`] of the class of each byte.
static CLASS: [u8; 256] = {
    let mut classes = [2; 256];
    let mut byte = 0;
    while byte < 256 {
        if ALPHANUMERIC_VALUE[byte] < 10 {
            classes[byte] = 0;
        } else if ALPHANUMERIC_VALUE[byte] != NOT_ALPHANUMERIC {
            classes[byte] = 1;
        }
        byte += 1;
    }
    classes
};

/// How many bytes of each class a payload has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Census([usize; 3]);

impl Census {
    pub(crate) fn of(payload: &[u8]) -> Self {
        let mut counts = [0; 3];
        for &byte in payload {
            counts[usize::from(CLASS[usize::from(byte)])] += 1;
        }
        Self(counts)
    }

    /// Bits that no segmentation goes below.
    pub(crate) fn least_bits(&self) -> usize {
        self.0
            .iter()
            .zip(MODES)
            .map(|(&count, mode)| mode.data_bits(count))
            .sum()
    }

    /// The tightest mode that takes the whole payload.
    fn common_mode(&self) -> Mode {
        MODES[self.0.iter().rposition(|&count| count > 0).unwrap_or(0)]
    }

    /// Whether all bytes are of one class.
    fn is_uniform(&self) -> bool {
        self.0.iter().filter(|&&count| count > 0).count() <= 1
    }
}

/// A run of bytes of one class, and for each mode that it may be written in the mode of the run
/// before it on the best way there.
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
    pub(crate) fn shortest(&mut self, payload: &[u8], census: &Census, version: Version) -> usize {
        self.segments.clear();
        if payload.is_empty() {
            return 0;
        }
        let whole = Segment {
            mode: census.common_mode(),
            characters: payload.len(),
        };
        let whole_bits = whole.header_bits(version) + whole.data_bits();
        if !census.is_uniform() {
            let (bits, last_mode) = self.search(payload, version);
            if bits < whole_bits {
                self.follow_trace(last_mode);
                return bits;
            }
        }
        self.segments.push(whole);
        whole_bits
    }

    /// The bits of the shortest segmentation and its last mode; the way there is in the trace.
    fn search(&mut self, payload: &[u8], version: Version) -> (usize, Mode) {
        self.trace.clear();
        let headers =
            MODES.map(|mode| SIXTHS * (MODE_INDICATOR_BITS + mode.count_bits(version)) as u64);
        // The cost of everything so far with a segment of each mode open.
        let mut costs = headers;
        for run in payload.chunk_by(|a, b| CLASS[usize::from(*a)] == CLASS[usize::from(*b)]) {
            let (closed, closed_mode) = cheapest_closed(&costs);
            let mut came_from = MODES;
            for mode in 0..3 {
                if closed + headers[mode] < costs[mode] {
                    costs[mode] = closed + headers[mode];
                    came_from[mode] = closed_mode;
                }
                costs[mode] += CHARACTER_COSTS[mode] * run.len() as u64;
            }
            let class = usize::from(CLASS[usize::from(run[0])]);
            costs[..class].fill(IMPOSSIBLE);
            if payload.len() <= MAX_CHARACTERS {
                self.trace.push(Step {
                    length: run.len(),
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

    /// Walks the trace back from its end and joins runs into segments.
    fn follow_trace(&mut self, last_mode: Mode) {
        let mut segment = Segment {
            mode: last_mode,
            characters: 0,
        };
        for step in self.trace.iter().rev() {
            segment.characters += step.length;
            let before = step.came_from[segment.mode as usize];
            if before != segment.mode {
                self.segments.push(segment);
                segment = Segment {
                    mode: before,
                    characters: 0,
                };
            }
        }
        // What is left is the first one: the way to the first run leads from its own mode.
        self.segments.push(segment);
        self.segments.reverse();
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
