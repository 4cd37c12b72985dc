//! Symbols as PNG images: one bit a pixel, a palette of two colours, small and quick.
//!
//! Every image has the chunks IHDR, PLTE, IDAT and IEND and no others. The palette holds the light
//! colour at index 0 and the dark one at index 1. IDAT is a zlib stream of one dynamic DEFLATE
//! block:
//!
//! - the quiet zone above and below: a zero byte and a copy of it over and over;
//! - a module row: its groups of modules, as literals and as copies of groups before ([`search`]);
//! - everything from there to the same place of the next module row: a copy of one line before, as
//!   those are the same pixels again and then the light border of the next row.
//!
//! The Huffman code of the block is one for all images of a layout ([`plan`]), and made when the
//! first is written ([`training`]). The bytes depend on symbol and style alone: the same on every
//! machine.

pub(crate) mod chunk;
pub(crate) mod crc;
mod groups;
mod head;
pub(crate) mod layout;
pub(crate) mod patterns;
mod plan;
mod search;
mod training;

use chunk::{END, IDAT};
use head::Head;
use layout::Layout;
use patterns::Patterns;
use plan::Plan;
use search::Search;

use crate::{Style, StyleError, Symbol};

/// Plans that a writer keeps; each takes some kilobytes.
const MAX_PLANS: usize = 64;

/// Writes symbols as PNG images. Keeps its memory from one image to the next, and what it has
/// learned about images of that size and style: the first one takes longer.
#[derive(Debug, Default)]
pub struct PngWriter {
    head: Head,
    patterns: Patterns,
    search: Search,
    plans: Vec<Plan>,
}

impl PngWriter {
    /// A writer that has not taken memory yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends the image of `symbol` to `out`.
    ///
    /// Nothing is appended when the style can't be drawn.
    pub fn write_into(
        &mut self,
        symbol: &Symbol,
        style: &Style,
        out: &mut Vec<u8>,
    ) -> Result<(), StyleError> {
        out.extend_from_slice(self.head.of(symbol.size(), style)?);
        let layout = Layout::new(symbol.size(), style);
        self.patterns.set(layout.scale);
        self.make_plan(layout);
        chunk::append(out, IDAT, |out| {
            if let Some(plan) = self.plans.last() {
                plan.write(symbol, &self.patterns, &mut self.search, out);
            }
        });
        out.extend_from_slice(&END);
        Ok(())
    }

    /// Makes the plan for a layout the last one.
    fn make_plan(&mut self, layout: Layout) {
        let is_known = |plan: &Plan| plan.rules.layout == layout;
        if self.plans.last().is_some_and(is_known) {
            return;
        }
        let plan = match self.plans.iter().position(is_known) {
            Some(place) => self.plans.remove(place),
            None => training::train(layout, &self.patterns, &mut self.search),
        };
        if self.plans.len() == MAX_PLANS {
            self.plans.remove(0);
        }
        self.plans.push(plan);
    }
}

/// The image of `symbol` as a PNG.
pub fn to_png(symbol: &Symbol, style: &Style) -> Result<Vec<u8>, StyleError> {
    let mut out = Vec::new();
    PngWriter::new().write_into(symbol, style, &mut out)?;
    Ok(out)
}
