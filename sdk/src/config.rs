//! [`QrClientConfig`]: where the service is and how patient the client shall be.

use std::net::IpAddr;
use std::ops::RangeInclusive;
use std::time::Duration;

use qrgen_contract::PATH;
use qrgen_contract::proof::normalize_url;
use reqwest::Url;

use crate::code::ClientCode;
use crate::error::QrError;

/// The address by which an Android emulator reaches the machine that it runs on.
const ANDROID_EMULATOR_HOST: &str = "10.0.2.2";

/// Where the service is and how patient the client is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct QrClientConfig {
    /// The base URL of the service, such as `https://qr.example.com`; `/v1/qr` is added unless it
    /// ends so already. `https`, or `http` where nothing leaves the machine: a loopback host, or
    /// `10.0.2.2`, which is the host of an Android emulator.
    pub endpoint: String,
    /// How long to wait for a connection, TLS included. 1 to 600,000 ms; 10,000 by default.
    #[cfg_attr(feature = "uniffi", uniffi(default = 10_000))]
    pub connect_timeout_ms: i64,
    /// How long a connection may stay silent. 1 to 600,000 ms; 30,000 by default, one second more
    /// than the longest pause that a gateway in front of the service allows itself.
    #[cfg_attr(feature = "uniffi", uniffi(default = 30_000))]
    pub read_timeout_ms: i64,
    /// How long a whole call may take, with signing, waiting and all retries. 1 to 600,000 ms;
    /// 60,000 by default.
    #[cfg_attr(feature = "uniffi", uniffi(default = 60_000))]
    pub deadline_ms: i64,
    /// How often a transient failure is tried again. 0 to 10; 3 by default.
    #[cfg_attr(feature = "uniffi", uniffi(default = 3))]
    pub max_retries: i32,
    /// The longest pause before the first retry; it doubles with each further one. The pause is
    /// drawn between zero and that ("full jitter"). 0 to 60,000 ms; 200 by default.
    #[cfg_attr(feature = "uniffi", uniffi(default = 200))]
    pub first_backoff_ms: i64,
    /// Where the doubling ends. 0 to 60,000 ms; 5,000 by default.
    #[cfg_attr(feature = "uniffi", uniffi(default = 5_000))]
    pub max_backoff_ms: i64,
}

impl QrClientConfig {
    /// The defaults, for the service at `endpoint`.
    ///
    /// ```
    /// # use qrgen_sdk::QrClientConfig;
    /// let local = QrClientConfig::new("http://127.0.0.1:8787");
    /// let config = QrClientConfig { max_retries: 0, ..local };
    /// ```
    pub fn new(endpoint: impl Into<String>) -> Self {
        Self {
            endpoint: endpoint.into(),
            connect_timeout_ms: 10_000,
            read_timeout_ms: 30_000,
            deadline_ms: 60_000,
            max_retries: 3,
            first_backoff_ms: 200,
            max_backoff_ms: 5_000,
        }
    }
}

/// A configuration that was checked.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// The full URL, `…/v1/qr`.
    pub(crate) url: String,
    pub(crate) connect_timeout: Duration,
    pub(crate) read_timeout: Duration,
    pub(crate) deadline: Duration,
    pub(crate) max_retries: u32,
    pub(crate) first_backoff: Duration,
    pub(crate) max_backoff: Duration,
}

impl TryFrom<QrClientConfig> for Settings {
    type Error = QrError;

    fn try_from(config: QrClientConfig) -> Result<Self, QrError> {
        const WAIT_MS: RangeInclusive<i64> = 1..=600_000;
        const BACKOFF_MS: RangeInclusive<i64> = 0..=60_000;
        let duration = |field, value, range| {
            in_range(field, value, range)
                .map(|milliseconds| Duration::from_millis(milliseconds.into()))
        };
        Ok(Self {
            url: endpoint_url(&config.endpoint)?,
            connect_timeout: duration("connectTimeoutMs", config.connect_timeout_ms, WAIT_MS)?,
            read_timeout: duration("readTimeoutMs", config.read_timeout_ms, WAIT_MS)?,
            deadline: duration("deadlineMs", config.deadline_ms, WAIT_MS)?,
            max_retries: in_range("maxRetries", config.max_retries.into(), 0..=10)?,
            first_backoff: duration("firstBackoffMs", config.first_backoff_ms, BACKOFF_MS)?,
            max_backoff: duration("maxBackoffMs", config.max_backoff_ms, BACKOFF_MS)?,
        })
    }
}

fn in_range(field: &str, value: i64, range: RangeInclusive<i64>) -> Result<u32, QrError> {
    match u32::try_from(value) {
        Ok(unsigned) if range.contains(&value) => Ok(unsigned),
        _ => Err(QrError::invalid(
            ClientCode::ConfigOutOfRange,
            field,
            format!(
                "{value} is not between {} and {}",
                range.start(),
                range.end()
            ),
        )),
    }
}

/// The full URL of the endpoint. Its text is not repeated in a refusal: it may hold a password.
fn endpoint_url(endpoint: &str) -> Result<String, QrError> {
    const NO_URL: &str = "is not an absolute URL such as https://qr.example.com";
    let refuse = |reason| {
        Err(QrError::invalid(
            ClientCode::EndpointInvalid,
            "endpoint",
            reason,
        ))
    };
    let Ok(mut url) = Url::parse(endpoint) else {
        return refuse(NO_URL);
    };
    let stays_on_the_machine = url.host_str().is_some_and(is_local);
    match url.scheme() {
        "https" => {}
        "http" if stays_on_the_machine => {}
        "http" => {
            return refuse(
                "plain http is for this machine only (localhost, 127.0.0.1, [::1], and 10.0.2.2 \
                 in an Android emulator): use https",
            );
        }
        _ => return refuse("has to begin with https://"),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return refuse(
            "holds a user name or password: the device key signs the requests, remove it",
        );
    }
    if url.query().is_some() || url.fragment().is_some() {
        return refuse("has a query or a fragment: give the base URL alone");
    }
    let base = url.path().trim_end_matches('/');
    let path = if base.ends_with(PATH) {
        base.to_owned()
    } else {
        format!("{base}{PATH}")
    };
    url.set_path(&path);
    // The same spelling that the service compares the proofs with.
    normalize_url(url.as_str()).or_else(|_| refuse(NO_URL))
}

fn is_local(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || host == ANDROID_EMULATOR_HOST
        || address
            .parse()
            .is_ok_and(|address: IpAddr| address.is_loopback())
}
