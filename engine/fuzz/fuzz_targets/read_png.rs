//! Any file is read or refused, and what is read is what the file shows: written again, it is read as the
//! same, and its modules say the same.
//!
//! The checksums of chunks are set right first, so that changes get past them.

#![no_main]

use std::cell::RefCell;

use libfuzzer_sys::fuzz_target;
use qrgen_engine::{Reader, read_matrix, read_png, to_png};

thread_local! {
    /// Kept from one input to the next: what it has read before must not show.
    static READER: RefCell<Reader> = RefCell::new(Reader::new());
}

fuzz_target!(|data: &[u8]| {
    let mut file = data.to_vec();
    repair_checksums(&mut file);
    READER.with_borrow_mut(|reader| {
        let read = reader.read(&file).cloned();
        assert_eq!(read, read_png(&file));
        let Ok(image) = read else {
            return;
        };
        assert_eq!(read_matrix(&image.symbol).as_ref(), Ok(&image.content));
        let again = to_png(&image.symbol, &image.style).expect("it was drawn before");
        assert_eq!(reader.read(&again), Ok(&image));
    });
});

/// Sets the checksum of every chunk right, as far as there are chunks.
fn repair_checksums(file: &mut [u8]) {
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
