//! Files in the order of their names, packed: an image has some 260 bytes, and an allocation and a
//! tree node of its own would take half as many again.
//!
//! The files lie one after the other in blocks, each with its name before it. A block is found
//! through a tree, and a file by going from name to name in its block; so finding one takes as long
//! among many as among few.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::iter;
use std::ops::{Bound, Range};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// What a block holds, in bytes, and more only with a file that is larger itself.
const BLOCK_BYTES: usize = 16 * 1_024;

/// A map from names to files.
#[derive(Debug, Default)]
pub(super) struct Packed {
    /// Each block under its bound: its files are not before it, and those of the block before are.
    /// The first bound is the empty name.
    blocks: BTreeMap<Vec<u8>, Vec<u8>>,
}

/// A file, where it lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct File<'a> {
    pub(super) name: &'a [u8],
    /// Kept in whole microseconds since 1970.
    pub(super) stored_at: SystemTime,
    pub(super) bytes: &'a [u8],
}

impl Packed {
    pub(super) fn get(&self, name: &[u8]) -> Option<File<'_>> {
        let (_, block) = self.blocks.range::<[u8], _>(up_to(name)).next_back()?;
        unpack(&block[place(block, name)])
    }

    /// The files whose names are not before `start`, in their order.
    pub(super) fn starting_at(&self, start: &[u8]) -> impl Iterator<Item = File<'_>> {
        let after = (Bound::Excluded(start), Bound::Unbounded);
        let within = self.blocks.range::<[u8], _>(up_to(start)).next_back();
        let later = self.blocks.range::<[u8], _>(after);
        within
            .into_iter()
            .chain(later)
            .flat_map(|(_, block)| files(block))
            .skip_while(move |file| file.name < start)
    }

    /// Puts a file and says so; one of the same name is replaced if that is wanted, or else stays. An
    /// image is far below the 4 GiB that its length can tell.
    pub(super) fn put(&mut self, file: &File<'_>, replace: bool) -> bool {
        let found = self
            .blocks
            .range_mut::<[u8], _>(up_to(file.name))
            .next_back();
        let Some((_, block)) = found else {
            self.blocks.insert(Vec::new(), pack(file));
            return true;
        };
        let place = place(block, file.name);
        if !place.is_empty() && !replace {
            return false;
        }
        let (at, mut packed) = (place.start, pack(file));
        let most = BLOCK_BYTES.saturating_sub(packed.len());
        if block.len() - place.len() <= most {
            block.drain(place);
            insert(block, at, &packed);
            return true;
        }
        block.drain(place);
        // The last files of a full block go on to the next one.
        let cut = ends(block)
            .take_while(|end| *end <= most)
            .last()
            .unwrap_or(0);
        let rest = if at <= cut {
            let rest = block.split_off(cut);
            insert(block, at, &packed);
            rest
        } else {
            packed.extend(block.drain(at..));
            packed
        };
        self.pass_on(rest);
        true
    }

    /// Puts files before the next block if it has room for them, or else into a block of their own.
    fn pass_on(&mut self, mut rest: Vec<u8>) {
        let Some(bound) = unpack(&rest).map(|first| first.name.to_vec()) else {
            return;
        };
        let after = (Bound::Excluded(bound.as_slice()), Bound::Unbounded);
        let next = self.blocks.range::<[u8], _>(after).next();
        let joined = next.filter(|(_, block)| block.len() + rest.len() <= BLOCK_BYTES);
        if let Some(next) = joined.map(|(bound, _)| bound.clone()) {
            rest.extend(self.blocks.remove(&next).unwrap_or_default());
        }
        // Room for more takes no page before it is written to, and a block that grew by moving would
        // leave holes.
        rest.reserve_exact(BLOCK_BYTES.saturating_sub(rest.len()));
        self.blocks.insert(bound, rest);
    }

    /// Removes a file, and says whether it was there.
    pub(super) fn remove(&mut self, name: &[u8]) -> bool {
        let found = self.blocks.range_mut::<[u8], _>(up_to(name)).next_back();
        let Some((bound, block)) = found else {
            return false;
        };
        let place = place(block, name);
        let removed = !place.is_empty();
        block.drain(place);
        if block.is_empty() && !bound.is_empty() {
            let bound = bound.clone();
            self.blocks.remove(&bound);
        }
        removed
    }
}

/// The bounds that are not after `name`; the last of them is that of its block.
fn up_to(name: &[u8]) -> (Bound<&[u8]>, Bound<&[u8]>) {
    (Bound::Unbounded, Bound::Included(name))
}

/// Before each file: the lengths of its name and of its bytes, and its time.
const HEAD_BYTES: usize = 2 * size_of::<u32>() + size_of::<u64>();

fn packed_len(file: &File<'_>) -> usize {
    HEAD_BYTES + file.name.len() + file.bytes.len()
}

fn pack(file: &File<'_>) -> Vec<u8> {
    let since_epoch = file
        .stored_at
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let micros = u64::try_from(since_epoch.as_micros()).unwrap_or(u64::MAX);
    let mut packed = Vec::with_capacity(packed_len(file));
    for len in [file.name.len(), file.bytes.len()] {
        packed.extend_from_slice(&u32::try_from(len).unwrap_or(u32::MAX).to_le_bytes());
    }
    packed.extend_from_slice(&micros.to_le_bytes());
    packed.extend_from_slice(file.name);
    packed.extend_from_slice(file.bytes);
    packed
}

/// Puts what is packed into its place. Nearly always that is the end; `Vec::splice` would take it there
/// byte by byte.
fn insert(block: &mut Vec<u8>, at: usize, packed: &[u8]) {
    block.extend_from_slice(packed);
    block[at..].rotate_right(packed.len());
}

/// The files of a block, in their order.
fn files(mut block: &[u8]) -> impl Iterator<Item = File<'_>> {
    iter::from_fn(move || {
        let file = unpack(block)?;
        block = &block[packed_len(&file)..];
        Some(file)
    })
}

/// Where the files of a block end.
fn ends(block: &[u8]) -> impl Iterator<Item = usize> {
    files(block).scan(0, |end, file| {
        *end += packed_len(&file);
        Some(*end)
    })
}

/// Where the file of that name lies in its block; if it does not, the empty place where it belongs.
fn place(block: &[u8], name: &[u8]) -> Range<usize> {
    let mut at = 0;
    for file in files(block) {
        let end = at + packed_len(&file);
        match file.name.cmp(name) {
            Ordering::Less => at = end,
            Ordering::Equal => return at..end,
            Ordering::Greater => break,
        }
    }
    at..at
}

/// The first file of what is left of a block; `None` at the end.
fn unpack(block: &[u8]) -> Option<File<'_>> {
    let (name_len, rest) = block.split_first_chunk()?;
    let (bytes_len, rest) = rest.split_first_chunk()?;
    let (micros, rest) = rest.split_first_chunk()?;
    let [name_len, bytes_len] = [name_len, bytes_len].map(|len| u32::from_le_bytes(*len) as usize);
    let (name, rest) = rest.split_at_checked(name_len)?;
    Some(File {
        name,
        stored_at: UNIX_EPOCH + Duration::from_micros(u64::from_le_bytes(*micros)),
        bytes: rest.get(..bytes_len)?,
    })
}

#[cfg(test)]
mod tests {
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
                let largest = files(block).map(|file| packed_len(&file)).max().unwrap_or(0);
                prop_assert!(block.len() <= BLOCK_BYTES + largest);
            }
        }
    }
}
