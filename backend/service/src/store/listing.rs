//! What a page of a device's images is: which names, in which order, how many.

use std::time::SystemTime;

use qrgen_contract::DeviceId;

use super::key;

/// What a store says of an object without opening it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Facts {
    /// Its size in bytes.
    pub(crate) byte_size: u64,
    /// When it was put there.
    pub(crate) stored_at: SystemTime,
}

/// One image of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) filename: String,
    pub(crate) facts: Facts,
}

/// One page.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    /// The first images of the query, at most as many as it asks for. Fewer, even none, say nothing
    /// of what follows.
    pub(crate) entries: Vec<Entry>,
    /// The name that the rest comes after; `None` at the end. The rest may turn out to be empty.
    pub(crate) rest_after: Option<String>,
}

impl Listing {
    /// The page, with more to come after its last entry.
    pub(super) fn with_more(mut self) -> Self {
        self.rest_after = self.entries.last().map(|entry| entry.filename.clone());
        self
    }
}

/// Which images of a device make a page.
///
/// They come in the byte order of their **files** (`{filename}.png`), the one order that S3 lists in:
/// `menu-2` before `menu`, because `-` comes before the dot.
#[derive(Debug, Clone)]
pub(crate) struct Query {
    pub(crate) device: DeviceId,
    /// What the names begin with; empty for all.
    pub(crate) prefix: String,
    /// The name that the page before ended with.
    pub(crate) after: Option<String>,
    /// How many at most.
    pub(crate) limit: usize,
}

/// The part of a [`Query`] that chooses files.
#[derive(Debug)]
pub(super) struct Window {
    prefix: String,
    after: Option<String>,
}

impl Query {
    pub(super) fn window(&self) -> Window {
        Window {
            prefix: self.prefix.clone(),
            after: self.after.as_deref().map(key::file),
        }
    }
}

impl Window {
    /// A name that none of the window's files comes before.
    pub(super) fn start(&self) -> &str {
        let after = self.after.as_deref().unwrap_or_default();
        after.max(&self.prefix)
    }

    /// Whether the window has no file at or after this one, which is not before its start.
    pub(super) fn ends_before(&self, file: &str) -> bool {
        file > self.prefix.as_str() && !file.starts_with(&self.prefix)
    }

    /// Whether the file may belong to the page, by its beginning and its place in the order.
    pub(super) fn may_hold(&self, file: &str) -> bool {
        file.starts_with(&self.prefix) && self.after.as_deref().is_none_or(|after| file > after)
    }

    /// The name of the image in the file, if it belongs to the page.
    pub(super) fn filename<'f>(&self, file: &'f str) -> Option<&'f str> {
        // The prefix is of the name, which is shorter than the file: `menu.p` is not the beginning
        // of `menu`.
        key::filename(file).filter(|name| self.may_hold(file) && name.starts_with(&self.prefix))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_holds_the_names_with_its_prefix_after_the_last_one() {
        let window = |prefix: &str, after: Option<&str>| Window {
            prefix: prefix.to_owned(),
            after: after.map(key::file),
        };
        for (prefix, after, file, held) in [
            ("", None, "menu.png", true),
            ("menu", None, "menu.png", true),
            ("menu.", None, "menu.png", false),
            ("menu.p", None, "menu.png", false),
            ("menu.p", None, "menu.paper.png", true),
            ("menux", None, "menu.png", false),
            ("", Some("menu"), "menu.png", false),
            ("", Some("menu"), "menu-2.png", false),
            ("", Some("menu"), "menu2.png", true),
            ("", Some("menu-2"), "menu.png", true),
            ("", None, "notes.txt", false),
        ] {
            let name = window(prefix, after).filename(file);
            assert_eq!(name.is_some(), held, "{prefix:?} after {after:?}: {file}");
        }
    }
}
