//! HTTP: the one place that builds a reqwest client, and the [`Transport`] over it.
//!
//! TLS is rustls with ring and with the roots that come with this library, on every platform: the
//! verifier of the platform would abort the process on Android where nobody initialised it, and ask
//! for a C tool chain elsewhere. The price: roots age with the release, and a company's own root is
//! not known. HTTP/2 where the service offers it (ALPN). No redirects, since a proof is good for one
//! URL; no system proxy, no cookies.

use std::error::Error as StdError;
use std::io;
use std::iter::successors;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use async_trait::async_trait;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue, RETRY_AFTER};
use reqwest::redirect::Policy;
use rustls::crypto::ring::default_provider;
use rustls::{ClientConfig, RootCertStore};
use webpki_root_certs::TLS_SERVER_ROOT_CERTS;

use crate::config::Settings;
use crate::error::{NetworkFailure, QrError};
use crate::transport::{Transport, TransportRequest, TransportResponse};

/// The longest answer that is read. The contract stays below a fifth of it; what is longer comes
/// from somebody else.
const MAX_ANSWER_BYTES: usize = 1_048_576;

/// The header of the proof (RFC 9449, 4.1).
const DPOP: &str = "dpop";

const USER_AGENT: &str = concat!("qrgen-sdk/", env!("CARGO_PKG_VERSION"));

/// Speaks HTTP to the service.
pub(crate) struct HttpTransport {
    client: reqwest::Client,
    connect_timeout: Duration,
    read_timeout: Duration,
}

impl HttpTransport {
    pub(crate) fn new(settings: &Settings) -> Result<Self, QrError> {
        #[expect(
            clippy::disallowed_methods,
            reason = "this is the one place that builds a client"
        )]
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls()?)
            .redirect(Policy::none())
            .referer(false)
            .no_proxy()
            .user_agent(USER_AGENT)
            .connect_timeout(settings.connect_timeout)
            .read_timeout(settings.read_timeout)
            .build()
            .map_err(|error| network(NetworkFailure::Tls, &error))?;
        let (connect_timeout, read_timeout) = (settings.connect_timeout, settings.read_timeout);
        Ok(Self {
            client,
            connect_timeout,
            read_timeout,
        })
    }

    fn failure(&self, error: reqwest::Error) -> QrError {
        if error.is_timeout() {
            let silent_for = if error.is_connect() {
                self.connect_timeout
            } else {
                self.read_timeout
            };
            return QrError::timeout(silent_for);
        }
        network(kind_of(&error), &error)
    }
}

#[async_trait]
impl Transport for HttpTransport {
    async fn send(&self, request: TransportRequest) -> Result<TransportResponse, QrError> {
        let mut proof = HeaderValue::try_from(request.proof).map_err(|error| {
            QrError::device_key_failed(format!("its proof does not fit a header: {error}"))
        })?;
        proof.set_sensitive(true); // so that no HPACK table and no trace log keeps it
        let mut response = self
            .client
            .post(request.url)
            .header(CONTENT_TYPE, qrgen_contract::JSON)
            .header(DPOP, proof)
            .body(request.body)
            .send()
            .await
            .map_err(|error| self.failure(error))?;
        let mut body = Vec::new();
        while let Some(chunk) = response
            .chunk()
            .await
            .map_err(|error| self.failure(error))?
        {
            if body.len() + chunk.len() > MAX_ANSWER_BYTES {
                return Err(QrError::protocol(format!(
                    "it is longer than {MAX_ANSWER_BYTES} bytes"
                )));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(TransportResponse {
            status: response.status().as_u16().into(),
            retry_after_seconds: retry_after_seconds(response.headers(), SystemTime::now()),
            body,
        })
    }
}

/// TLS 1.2 and 1.3 by ring, trusting Mozilla's roots as they were at the time of the release.
fn tls() -> Result<ClientConfig, QrError> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(TLS_SERVER_ROOT_CERTS.iter().cloned());
    let mut tls = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| network(NetworkFailure::Tls, &error))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(tls)
}

/// What `Retry-After` asks for (RFC 9110, 10.2.3): a number of seconds, or a date.
fn retry_after_seconds(headers: &HeaderMap, now: SystemTime) -> Option<i64> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?;
    let seconds = match value.parse::<u64>() {
        Ok(seconds) => seconds,
        Err(_no_number) => {
            let date = httpdate::parse_http_date(value).ok()?;
            date.duration_since(now).unwrap_or_default().as_secs()
        }
    };
    i64::try_from(seconds).ok()
}

fn network(failure: NetworkFailure, error: &(dyn StdError + 'static)) -> QrError {
    // The innermost cause says what happened; the layers above it repeat the URL.
    let reason = causes(error)
        .last()
        .map(ToString::to_string)
        .unwrap_or_default();
    QrError::Network { failure, reason }
}

fn kind_of(error: &reqwest::Error) -> NetworkFailure {
    let no_route = |cause: &(dyn StdError + 'static)| {
        cause
            .downcast_ref()
            .map(io::Error::kind)
            .is_some_and(|kind| {
                use io::ErrorKind::{HostUnreachable, NetworkDown, NetworkUnreachable};
                matches!(kind, HostUnreachable | NetworkDown | NetworkUnreachable)
            })
    };
    if causes(error).any(<dyn StdError>::is::<rustls::Error>) {
        NetworkFailure::Tls
    } else if error.is_dns() {
        NetworkFailure::Dns
    } else if causes(error).any(no_route) {
        NetworkFailure::Offline
    } else if error.is_connect() {
        NetworkFailure::Connect
    } else {
        NetworkFailure::Interrupted
    }
}

/// An error and what caused it, down to the first cause. An [`io::Error`] leaves the error that it
/// wraps out of its `source`, so it is looked into.
fn causes<'e>(
    error: &'e (dyn StdError + 'static),
) -> impl Iterator<Item = &'e (dyn StdError + 'static)> {
    successors(Some(error), |&error| {
        match error
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref)
        {
            Some(wrapped) => Some(wrapped),
            None => error.source(),
        }
    })
}
