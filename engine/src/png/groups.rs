//! Modules side by side that fill whole bytes: what the tokens of a row stand for.

use std::ops::RangeInclusive;

use super::layout::{Layout, NO_FILTER};

/// How the modules of a row are cut into groups.
#[derive(Clone, Copy, Debug)]
pub(super) struct Groups {
    /// Modules of a group, as a power of two; 8 at most.
    pub(super) log2: u32,
    /// Bytes of a group.
    pub(super) bytes: usize,
    /// Modules of quiet zone in the first group.
    pub(super) shift: usize,
    /// The byte of a line where it starts.
    pub(super) start: usize,
    /// Groups of a row, the last of which ends with the modules.
    pub(super) count: usize,
    /// Bytes of the last; `bytes` if it is whole.
    pub(super) bytes_of_last: usize,
}

impl Groups {
    /// As few modules as fill whole bytes.
    pub(super) fn smallest(layout: &Layout) -> Self {
        Self::new(layout, smallest(layout))
    }

    /// Eight modules.
    pub(super) fn of_eight(layout: &Layout) -> Self {
        Self::new(layout, 3)
    }

    fn new(layout: &Layout, log2: u32) -> Self {
        let modules_before = layout.quiet_zone >> smallest(layout) << smallest(layout);
        let shift = layout.quiet_zone - modules_before;
        let modules = shift + layout.size;
        let count = modules.div_ceil(1 << log2);
        let modules_of_last = modules - ((count - 1) << log2);
        Self {
            log2,
            bytes: (layout.scale << log2) / 8,
            shift,
            start: size_of_val(&NO_FILTER) + modules_before * layout.scale / 8,
            count,
            bytes_of_last: (modules_of_last * layout.scale).div_ceil(8),
        }
    }

    /// Modules of a group.
    pub(super) const fn modules(&self) -> u32 {
        1 << self.log2
    }

    /// All patterns of a group.
    pub(super) const fn patterns(&self) -> RangeInclusive<u8> {
        0..=u8::MAX >> (8 - self.modules())
    }

    /// The pattern of the first of these modules.
    pub(super) const fn pattern(&self, modules: u64) -> u8 {
        modules.to_le_bytes()[0] & *self.patterns().end()
    }

    /// Eight modules each, how many are a row, the last perhaps not whole.
    pub(super) const fn eights(&self) -> usize {
        (self.count << self.log2).div_ceil(8)
    }

    /// Groups that are whole.
    pub(super) const fn whole(&self) -> usize {
        self.count - (self.bytes_of_last < self.bytes) as usize
    }

    /// Where in a line the last group ends.
    pub(super) const fn end(&self) -> usize {
        self.start + (self.count - 1) * self.bytes + self.bytes_of_last
    }
}

/// The modules of the smallest groups, as a power of two.
fn smallest(layout: &Layout) -> u32 {
    3_u32.saturating_sub(layout.scale.trailing_zeros())
}
