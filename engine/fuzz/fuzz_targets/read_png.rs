//! Any file is read or refused, and what is read is what the file shows: written again, it is read as the
//! same, and its modules say the same.
//!
//! The checksums of chunks are set right first, so that changes get past them.

#![no_main]

#[path = "../../tests/support/checksums.rs"]
mod checksums;

use std::cell::RefCell;

use checksums::repair_checksums;
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
