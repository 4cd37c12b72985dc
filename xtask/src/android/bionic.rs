//! The names that bionic exports: `xtask/android/bionic-symbols.txt`.

use anyhow::{Context as _, Result};

const LIST: &str = include_str!("../../android/bionic-symbols.txt");

/// The libraries of bionic that a library of ours may need.
pub(crate) const LIBRARIES: [&str; 4] = ["libc", "libm", "libdl", "liblog"];

/// A name in a library of bionic.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Symbol {
    pub(crate) library: &'static str,
    pub(crate) name: &'static str,
    /// The API level that brought it; 0 for one that was there at 21.
    pub(crate) since: u32,
}

/// The names that the list gives an ABI, which it calls `listed`.
pub(crate) fn symbols(listed: &str) -> Result<Vec<Symbol>> {
    let mut symbols = Vec::new();
    for line in LIST.lines() {
        let mut words = line
            .split('#')
            .next()
            .unwrap_or_default()
            .split_whitespace();
        let Some(library) = words.next() else {
            continue;
        };
        let fields = (words.next(), words.next());
        let (Some(name), Some(since)) = fields else {
            anyhow::bail!("bionic-symbols.txt: `{line}` lacks a field");
        };
        let since = since
            .parse()
            .with_context(|| format!("bionic-symbols.txt: `{line}`"))?;
        if words
            .next()
            .is_none_or(|abis| abis.split(',').any(|abi| abi == listed))
        {
            symbols.push(Symbol {
                library,
                name,
                since,
            });
        }
    }
    Ok(symbols)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_one_abi_is_not_a_name_of_another() {
        let has = |listed, name| {
            symbols(listed)
                .unwrap()
                .iter()
                .any(|symbol| symbol.name == name)
        };
        assert!(has("arm", "dl_unwind_find_exidx"));
        assert!(!has("arm64", "dl_unwind_find_exidx"));
        assert!(has("arm64", "malloc"));
    }

    #[test]
    fn every_library_of_the_list_is_one_that_is_linked() {
        for symbol in symbols("arm64").unwrap() {
            assert!(LIBRARIES.contains(&symbol.library), "{symbol:?}");
        }
    }
}
