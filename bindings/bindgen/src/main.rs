//! The generator of bindings: one lock file names its version and that of the library that it reads.

fn main() {
    uniffi::uniffi_bindgen_main();
}
