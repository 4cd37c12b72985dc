//! The types of the contract, described to UniFFI. The contract itself knows no binding.
//!
//! A field or variant that is missing or of another type does not compile. [`Code`] comes out of
//! the table of the contract.

use qrgen_contract::{Code, ContentKind, DetailOptions, GenerateStatus, Level};

/// Error correction level: how much of the symbol may be unreadable.
#[uniffi::remote(Enum)]
pub enum Level {
    /// About 7 % of the code words.
    L,
    /// About 15 %.
    M,
    /// About 25 %.
    Q,
    /// About 30 %.
    H,
}

/// Every value of how a code looks.
#[uniffi::remote(Record)]
pub struct DetailOptions {
    /// The lowest level that is taken.
    pub error_correction: Level,
    /// Whether the level is raised where that costs no larger symbol.
    #[uniffi(default = true)]
    pub boost: bool,
    /// Pixels a module, 1 to 64.
    #[uniffi(default = 8)]
    pub scale: i64,
    /// The light border round the symbol, 0 to 16 modules. Readers expect 4.
    #[uniffi(default = 4)]
    pub quiet_zone: i64,
    /// The colour of the dark modules, as `#rrggbb`.
    #[uniffi(default = "#000000")]
    pub dark: String,
    /// The colour of the light modules and of the border, as `#rrggbb`.
    #[uniffi(default = "#ffffff")]
    pub light: String,
}

/// What comes with each code of a page.
#[uniffi::remote(Enum)]
pub enum ContentKind {
    /// The image.
    Base64,
    /// A link to the image that is good for a while; a service over a folder has none.
    Url,
    /// Nothing but name, size and time: no image is opened, which is by far the fastest.
    None,
}

/// What making a code did to the store.
#[uniffi::remote(Enum)]
pub enum GenerateStatus {
    /// The name was free.
    Created,
    /// The same image was there already.
    Unchanged,
    /// Another image was there, and the request said that it may be replaced.
    Replaced,
}

macro_rules! describe_codes {
    ($($variant:ident = $name:literal, $status:literal $($retryable:ident)?, $title:literal, $help:literal;)*) => {
        /// Why the service refuses a request, or a client by the same rule.
        #[uniffi::remote(Enum)]
        #[non_exhaustive]
        pub enum Code {
            $(
                #[doc = $title]
                $variant,
            )*
        }
    };
}
qrgen_contract::with_codes!(describe_codes);

#[cfg(test)]
mod tests {
    use uniffi::{Lift, Lower};

    use super::*;
    use crate::UniFfiTag;

    #[test]
    fn every_code_crosses_and_comes_back() {
        for &code in Code::ALL {
            let crossing = <Code as Lower<UniFfiTag>>::lower(code);
            let back = <Code as Lift<UniFfiTag>>::try_lift(crossing).unwrap();
            assert_eq!(back, code);
        }
    }
}
