//! The environment of a function.

use std::num::ParseIntError;

use qrgen_contract::{limits, proof};
use qrgen_service::{Store, StoreError};
use tracing_subscriber::filter::{LevelFilter, ParseError, Targets};

/// How a function is set up.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the images are: `QRGEN_STORE`, such as `s3://bucket`.
    pub store: Store,
    /// The URL that a proof must name: `QRGEN_PUBLIC_URL`, a base or the endpoint itself. Without
    /// it, the URL that API Gateway was asked for.
    pub public_url: Option<String>,
    /// How far the time of a proof may lie from this machine's: `QRGEN_CLOCK_SKEW_SECONDS`.
    pub skew_seconds: i64,
    /// What is logged of our own crates: `QRGEN_LOG`, such as `info` or `warn,qrgen_service=debug`.
    pub log: Targets,
}

/// An environment that a function can't work in.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// What must be set is not.
    #[error("{name} is not set: {what}")]
    Missing {
        /// The variable.
        name: &'static str,
        /// What belongs into it.
        what: &'static str,
    },
    /// `QRGEN_STORE` can't be opened.
    #[error("QRGEN_STORE: {0}")]
    Store(#[from] StoreError),
    /// `QRGEN_PUBLIC_URL` is no URL.
    #[error("QRGEN_PUBLIC_URL: {0}")]
    PublicUrl(String),
    /// `QRGEN_CLOCK_SKEW_SECONDS` is no number.
    #[error("QRGEN_CLOCK_SKEW_SECONDS is not a whole number of seconds: {0}")]
    Skew(#[from] ParseIntError),
    /// `QRGEN_CLOCK_SKEW_SECONDS` is too small or too large to be meant.
    #[error("QRGEN_CLOCK_SKEW_SECONDS is {0}; give 0 to 3600")]
    SkewOutOfRange(i64),
    /// `QRGEN_LOG` is no filter.
    #[error("QRGEN_LOG is not a filter such as info or warn,qrgen_service=debug: {0}")]
    Log(#[from] ParseError),
}

/// The longest time that a captured request may stay good for is a decision, not a slip.
const MOST_SKEW_SECONDS: i64 = 3_600;

impl Config {
    /// Reads a set of variables, such as that of the process. One that is empty is not set: a
    /// template can't leave a variable out. No request is made.
    pub fn read(
        variables: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        let variables: Vec<(String, String)> = variables
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .collect();
        let get = |name: &str| {
            let found = variables.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| value.as_str())
        };
        let spec = get("QRGEN_STORE").ok_or(ConfigError::Missing {
            name: "QRGEN_STORE",
            what: "it names the store of the images, such as s3://bucket",
        })?;
        let skew_seconds =
            get("QRGEN_CLOCK_SKEW_SECONDS").map_or(Ok(limits::PROOF_SKEW_SECONDS), str::parse)?;
        if !(0..=MOST_SKEW_SECONDS).contains(&skew_seconds) {
            return Err(ConfigError::SkewOutOfRange(skew_seconds));
        }
        let public_url = get("QRGEN_PUBLIC_URL")
            .map(proof::endpoint_url)
            .transpose()
            .map_err(|problem| ConfigError::PublicUrl(problem.detail.clone()))?;
        let log = get("QRGEN_LOG").map_or(
            Ok(Targets::new().with_default(LevelFilter::INFO)),
            str::parse,
        )?;
        Ok(Self {
            store: Store::open_with(spec, variables.iter().cloned())?,
            public_url,
            skew_seconds,
            log,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Config::read(variables.iter().map(owned))
    }

    #[test]
    fn only_the_store_must_be_set_and_an_empty_variable_is_not_set() {
        for variables in [
            &[("QRGEN_STORE", "memory:")][..],
            &[
                ("QRGEN_STORE", "memory:"),
                ("QRGEN_PUBLIC_URL", ""),
                ("QRGEN_CLOCK_SKEW_SECONDS", ""),
                ("QRGEN_LOG", ""),
            ],
        ] {
            let config = read(variables).unwrap();
            assert_eq!(config.public_url, None);
            assert_eq!(config.skew_seconds, 300);
            assert_eq!(config.log.default_level(), Some(LevelFilter::INFO));
        }
    }

    #[test]
    fn a_public_url_is_a_base_or_the_endpoint_itself() {
        for url in ["https://QR.example.com", "https://qr.example.com/v1/qr"] {
            let config = read(&[("QRGEN_STORE", "memory:"), ("QRGEN_PUBLIC_URL", url)]).unwrap();
            assert_eq!(
                config.public_url.as_deref(),
                Some("https://qr.example.com/v1/qr")
            );
        }
    }

    /// Whoever reads the log of a function that does not start must see what to change.
    #[test]
    fn a_bad_value_is_refused_by_the_name_of_its_variable() {
        let cases = [
            ("QRGEN_STORE", ""),
            ("QRGEN_STORE", "gs://bucket"),
            ("QRGEN_STORE", "s3://"),
            ("QRGEN_PUBLIC_URL", "qr.example.com"),
            ("QRGEN_PUBLIC_URL", "ftp://qr.example.com"),
            ("QRGEN_CLOCK_SKEW_SECONDS", "5 min"),
            ("QRGEN_CLOCK_SKEW_SECONDS", "-1"),
            ("QRGEN_CLOCK_SKEW_SECONDS", "3601"),
            ("QRGEN_LOG", "qrgen=loud"),
        ];
        for (name, value) in cases {
            let good = [("QRGEN_STORE", "memory:")];
            let others = good.into_iter().filter(|(good, _)| *good != name);
            let variables: Vec<_> = others.chain([(name, value)]).collect();
            let message = read(&variables).unwrap_err().to_string();
            assert!(message.starts_with(name), "{name}={value}: {message}");
        }
    }
}
