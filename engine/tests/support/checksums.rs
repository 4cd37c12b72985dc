//! The checksums of a PNG image, for the tests of damage and the fuzz target of the reader.

/// Sets the checksum of every chunk right, as far as there are chunks, so that a change gets past it.
pub(crate) fn repair_checksums(file: &mut [u8]) {
    let mut rest = file.get_mut(8..).unwrap_or_default();
    while let Some((length, after)) = rest.split_first_chunk_mut::<4>() {
        let length = u32::from_be_bytes(*length) as usize;
        let Some((summed, after)) = after.split_at_mut_checked(length.saturating_add(4)) else {
            return;
        };
        let Some((checksum, after)) = after.split_first_chunk_mut::<4>() else {
            return;
        };
        *checksum = crc32fast::hash(summed).to_be_bytes();
        rest = after;
    }
}
