//! Where an image lies: `{base}images/{deviceId}/{filename}.png`.
//!
//! The key is the name with no escaping, in S3 and in a folder alike, so that a person who looks
//! into either sees the library. The rules for filenames make that safe
//! ([`qrgen_contract::filename`]), and the type [`DeviceId`] does for the rest.

use object_store::path::Path;
use qrgen_contract::{DeviceId, filename};

use super::StoreError;

/// The ending of every object.
const ENDING: &str = ".png";

/// The directory of a device's images, with a slash at its end.
pub(super) fn directory(base: &str, device: &DeviceId) -> String {
    [base, "images/", device.as_str(), "/"].concat()
}

/// The name of an image's file.
pub(super) fn file(filename: &str) -> String {
    [filename, ENDING].concat()
}

/// The key of an image.
pub(super) fn object(base: &str, device: &DeviceId, filename: &str) -> Result<Path, StoreError> {
    let key = [base, "images/", device.as_str(), "/", filename, ENDING].concat();
    Path::parse(key).map_err(|error| object_store::Error::from(error).into())
}

/// What a file of a device's directory is called as a code, if it is one. Whatever else someone has
/// put there is not of the library: a file that is no PNG or in a directory below, and a name that no
/// request may carry.
pub(super) fn filename(file: &str) -> Option<&str> {
    let filename = file.strip_suffix(ENDING)?;
    filename::check(filename).is_ok().then_some(filename)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_the_name_with_no_escaping() {
        let device = DeviceId::parse("cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s").unwrap();
        for name in ["menu", "a b", "Käse & Brot", "日本", "x.y", "+(1)"] {
            let key = object("", &device, name).unwrap();
            assert_eq!(key.as_ref(), format!("images/{device}/{name}.png"));
            assert_eq!(filename(&file(name)), Some(name));
        }
        let key = object("team/codes/", &device, "menu").unwrap();
        assert_eq!(key.as_ref(), format!("team/codes/images/{device}/menu.png"));
    }

    #[test]
    fn files_that_are_no_images_have_no_name() {
        for file in [
            "notes.txt",
            "menu.png#1",
            ".png",
            "sub/menu.png",
            "CON.png",
            "menu",
            "a\u{301}.png",
        ] {
            assert_eq!(filename(file), None, "{file}");
        }
    }
}
