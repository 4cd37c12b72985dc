//! What crosses to other languages, by UniFFI, beside the types of this crate that say so where
//! they stand.
//!
//! Nothing here has a second life in Rust: these are types of the contract that other languages
//! need a description of, functions in a form that they can call, and the log that they can read.

mod contract;
mod describe;
mod log;
#[cfg(feature = "test-hooks")]
mod test_hooks;

pub use describe::{CodeDescription, CodeRoom};
pub use log::{LogSink, set_log_sink};
#[cfg(feature = "test-hooks")]
pub use test_hooks::*;

use crate::error::QrError;
use crate::file_device_key::FileDeviceKey;
use crate::render;

/// What a foreign implementation throws beside the errors that it may throw.
impl From<uniffi::UnexpectedUniFFICallbackError> for QrError {
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::device_key_failed(error.reason)
    }
}

/// A failure of the device key, for those who implement one to throw: the store is locked, the user
/// declined, the hardware did not answer.
#[uniffi::export]
pub fn device_key_failed(reason: String) -> QrError {
    QrError::device_key_failed(reason)
}

#[uniffi::export]
impl FileDeviceKey {
    /// Reads the key at this path, or makes one if there is none. Refuses a file that others may
    /// read, and says how to mend it.
    #[uniffi::constructor(name = "load_or_create")]
    pub fn load_or_create_at(path: &str) -> Result<Self, QrError> {
        Self::load_or_create(path)
    }
}

/// The pixels of an image of this project at another size: as many rows as columns, four bytes a
/// pixel, red, green, blue and alpha. It is the memory of an Android bitmap in its usual format.
///
/// Modules are as many whole pixels wide as fit, so that nothing is blurred; what is left over
/// makes the border wider. Fails with `size_out_of_range` when there is not a pixel for each
/// module or there are more than 8,192 a side, and with `png_unreadable` for any other image.
#[uniffi::export]
pub fn pixels(png: Vec<u8>, size_px: i32) -> Result<Vec<u8>, QrError> {
    render::pixels_from_png(&png, size_px)
}
