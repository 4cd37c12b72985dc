//! Relocations as Android packs them: what lld writes for `--pack-dyn-relocs=android`, and bionic
//! reads since API 23.
//!
//! After the letters `APS2` come signed LEB128 numbers: how many relocations, the first offset, and
//! then groups of relocations that share what the flags of the group say (`linker_reloc_iterators.h`
//! of bionic). Offsets and addends are told as differences.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result, ensure};
use object::elf::RelocationType;

const MAGIC: &[u8] = b"APS2";

const BY_INFO: i64 = 1;
const BY_OFFSET_DELTA: i64 = 2;
const BY_ADDEND: i64 = 4;
const HAS_ADDEND: i64 = 8;

/// The types of all relocations in a packed section.
pub(crate) fn types(section: &[u8], is_64: bool) -> Result<BTreeSet<RelocationType>> {
    let packed = section.strip_prefix(MAGIC);
    let mut numbers = Numbers(packed.context("packed relocations that do not begin with APS2")?);
    let total = numbers.next()?;
    numbers.next()?; // the offset that the first difference is from
    let (mut seen, mut types) = (0, BTreeSet::new());
    while seen < total {
        let (size, flags) = (numbers.next()?, numbers.next()?);
        ensure!(
            (1..=total - seen).contains(&size),
            "a group of {size} packed relocations, {} are left",
            total - seen
        );
        let has = |flag| flags & flag != 0;
        if has(BY_OFFSET_DELTA) {
            numbers.next()?;
        }
        let common = has(BY_INFO).then(|| numbers.next()).transpose()?;
        if has(HAS_ADDEND) && has(BY_ADDEND) {
            numbers.next()?;
        }
        for _ in 0..size {
            if !has(BY_OFFSET_DELTA) {
                numbers.next()?;
            }
            let info = common.map_or_else(|| numbers.next(), Ok)?;
            if has(HAS_ADDEND) && !has(BY_ADDEND) {
                numbers.next()?;
            }
            let mask = if is_64 { 0xffff_ffff } else { 0xff };
            types.insert(RelocationType(u32::try_from(info & mask)?));
        }
        seen += size;
    }
    Ok(types)
}

/// Signed LEB128 numbers, one after the other.
struct Numbers<'a>(&'a [u8]);

impl Numbers<'_> {
    fn next(&mut self) -> Result<i64> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let (&byte, rest) = self
                .0
                .split_first()
                .context("packed relocations that end too early")?;
            self.0 = rest;
            ensure!(shift < i64::BITS, "a packed number of too many bytes");
            number |= i64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                let negative = byte & 0x40 != 0 && shift < i64::BITS;
                return Ok(if negative {
                    number | (-1 << shift)
                } else {
                    number
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use object::elf::{R_AARCH64_GLOB_DAT, R_AARCH64_RELATIVE};

    use super::*;

    /// 1,027 (`R_AARCH64_RELATIVE`) is 83 08, and 1,025 (`R_AARCH64_GLOB_DAT`) is 81 08.
    const TWO_GROUPS: &[u8] = &[
        b'A', b'P', b'S', b'2', 3, 0x80, 0x20, // three, from offset 4,096
        2, 0b1011, 8, 0x83, 0x08, 0x10,
        0x70, // two that lie 8 apart, of one type, addends of their own
        1, 0, 8, 0x81, 0x08, // one that says all of it
    ];

    #[test]
    fn every_group_tells_its_types() {
        let expected = BTreeSet::from([R_AARCH64_GLOB_DAT, R_AARCH64_RELATIVE]);
        assert_eq!(types(TWO_GROUPS, true).unwrap(), expected);
    }

    #[test]
    fn on_32_bit_the_type_is_the_low_byte() {
        let one = [b"APS2", &[1, 0, 1, 0, 4, 0x97, 0x82, 0x01][..]].concat(); // symbol 65, type 23
        let expected = BTreeSet::from([RelocationType(0x17)]);
        assert_eq!(types(&one, false).unwrap(), expected);
    }

    #[test]
    fn a_table_that_is_cut_or_lies_is_refused() {
        for end in 0..TWO_GROUPS.len() {
            assert!(types(&TWO_GROUPS[..end], true).is_err(), "{end}");
        }
        for group in [0, 4, 0x7f] {
            let mut table = TWO_GROUPS.to_vec();
            table[7] = group;
            assert!(types(&table, true).is_err(), "a group of {group}");
        }
    }
}
