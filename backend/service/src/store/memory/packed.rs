//! Files in the order of their names, packed: an image has some 260 bytes, and an allocation and a
//! tree node of its own would take half as many again.
//!
//! The files lie in blocks. A block is found through a tree, and a file by halving its block; so
//! finding one takes as long among many as among few.

use std::collections::BTreeMap;
use std::ops::Bound;

use super::block::{Block, File};

/// What a block holds, in bytes, and more only with a file that is larger itself.
const BLOCK_BYTES: usize = 16 * 1_024;

/// A map from names to files.
#[derive(Debug, Default)]
pub(super) struct Packed {
    /// Each block under its bound: its files are not before it, and those of the block before are.
    /// The first bound is the empty name.
    blocks: BTreeMap<Vec<u8>, Block>,
}

impl Packed {
    pub(super) fn get(&self, name: &[u8]) -> Option<File<'_>> {
        let (_, block) = self.blocks.range::<[u8], _>(up_to(name)).next_back()?;
        block.get(block.find(name).ok()?)
    }

    /// The files whose names are not before `start`, in their order.
    pub(super) fn starting_at(&self, start: &[u8]) -> impl Iterator<Item = File<'_>> {
        let after = (Bound::Excluded(start), Bound::Unbounded);
        let within = self.blocks.range::<[u8], _>(up_to(start)).next_back();
        let within = within.map(|(_, block)| {
            let (Ok(first) | Err(first)) = block.find(start);
            block.files_from(first)
        });
        let later = self.blocks.range::<[u8], _>(after);
        within
            .into_iter()
            .flatten()
            .chain(later.flat_map(|(_, block)| block.files_from(0)))
    }

    /// Puts a file and says so; one of the same name is replaced if that is wanted, or else stays.
    pub(super) fn put(&mut self, file: &File<'_>, replace: bool) -> bool {
        let found = self
            .blocks
            .range_mut::<[u8], _>(up_to(file.name))
            .next_back();
        let Some((_, block)) = found else {
            let mut block = Block::default();
            block.insert(0, file);
            self.blocks.insert(Vec::new(), block);
            return true;
        };
        let number = match block.find(file.name) {
            Ok(_) if !replace => return false,
            Ok(number) => {
                block.remove(number);
                number
            }
            Err(number) => number,
        };
        let most = BLOCK_BYTES.saturating_sub(file.packed_len());
        if block.len() <= most {
            block.insert(number, file);
            return true;
        }
        // The last files of a full block go on to the next one.
        let fitting = block.fitting(most);
        let rest = if number <= fitting {
            let rest = block.split_off(fitting);
            block.insert(number, file);
            rest
        } else {
            let mut rest = block.split_off(number);
            rest.insert(0, file);
            rest
        };
        self.pass_on(rest);
        true
    }

    /// Puts files before the next block if it has room for them, or else into a block of their own.
    fn pass_on(&mut self, mut rest: Block) {
        let Some(bound) = rest.get(0).map(|first| first.name.to_vec()) else {
            return;
        };
        let after = (Bound::Excluded(bound.as_slice()), Bound::Unbounded);
        let next = self.blocks.range::<[u8], _>(after).next();
        let joined = next.filter(|(_, block)| block.len() + rest.len() <= BLOCK_BYTES);
        if let Some(next) = joined.map(|(bound, _)| bound.clone()) {
            rest.append(&self.blocks.remove(&next).unwrap_or_default());
        }
        rest.reserve(BLOCK_BYTES);
        self.blocks.insert(bound, rest);
    }

    /// Removes a file, and says whether it was there.
    pub(super) fn remove(&mut self, name: &[u8]) -> bool {
        let found = self.blocks.range_mut::<[u8], _>(up_to(name)).next_back();
        let Some((bound, block)) = found else {
            return false;
        };
        let Ok(number) = block.find(name) else {
            return false;
        };
        block.remove(number);
        if block.is_empty() && !bound.is_empty() {
            let bound = bound.clone();
            self.blocks.remove(&bound);
        }
        true
    }
}

/// The bounds that are not after `name`; the last of them is that of its block.
fn up_to(name: &[u8]) -> (Bound<&[u8]>, Bound<&[u8]>) {
    (Bound::Unbounded, Bound::Included(name))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use proptest::prelude::*;

    use super::*;

    /// Few names, so that they meet again, and files from nothing to more than a block.
    fn operation() -> impl Strategy<Value = (String, Option<Vec<u8>>)> {
        let size = prop_oneof![0..600_usize, Just(BLOCK_BYTES + 1)];
        let bytes = (size, any::<u8>()).prop_map(|(size, byte)| vec![byte; size]);
        ("[a-c]{1,4}", proptest::option::weighted(0.8, bytes))
    }

    proptest! {
        /// The map of the standard library says what must be where, in which order.
        #[test]
        fn what_is_packed_is_what_a_map_holds(
            operations in proptest::collection::vec(operation(), 1..400),
            replace in any::<bool>(),
            start in "[a-c]{0,4}",
        ) {
            let (mut packed, mut map) = (Packed::default(), BTreeMap::new());
            for (number, (name, bytes)) in operations.iter().enumerate() {
                let (name, stored_at) = (name.as_bytes(), UNIX_EPOCH + Duration::from_micros(number as u64));
                if let Some(bytes) = bytes {
                    let wanted = replace || !map.contains_key(name);
                    prop_assert_eq!(packed.put(&File { name, stored_at, bytes }, replace), wanted);
                    if wanted {
                        map.insert(name, File { name, stored_at, bytes });
                    }
                } else {
                    prop_assert_eq!(packed.remove(name), map.remove(name).is_some());
                }
                prop_assert_eq!(packed.get(name), map.get(name).copied());
            }
            let found: Vec<_> = packed.starting_at(start.as_bytes()).collect();
            let expected: Vec<_> = map.range(start.as_bytes()..).map(|(_, file)| *file).collect();
            prop_assert_eq!(found, expected);
            for block in packed.blocks.values() {
                let largest = block.files_from(0).map(|file| file.packed_len()).max().unwrap_or(0);
                prop_assert!(block.len() <= BLOCK_BYTES + largest);
            }
        }
    }
}
