//! HTTP: the one place that builds a reqwest client, and the [`Transport`] over it.
//!
//! TLS is rustls with ring and with the roots that come with this library, on every platform: the
//! verifier of the platform would abort the process on Android where nobody initialised it, and ask
//! for a C tool chain elsewhere. The price: roots age with the release, and a company's own root is
//! not known. HTTP/2 where the service offers it (ALPN) and the feature `http2` is on. No redirects,
//! since a proof is good for one URL; no system proxy, no cookies.

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
use webpki_roots::TLS_SERVER_ROOTS;

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
    /// Trusts the roots that come with this library.
    pub(crate) fn new(settings: &Settings) -> Result<Self, QrError> {
        Self::trusting(TLS_SERVER_ROOTS.iter().cloned().collect(), settings)
    }

    pub(crate) fn trusting(roots: RootCertStore, settings: &Settings) -> Result<Self, QrError> {
        #[expect(
            clippy::disallowed_methods,
            reason = "this is the one place that builds a client"
        )]
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls(roots)?)
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

/// TLS 1.2 and 1.3 by ring.
fn tls(roots: RootCertStore) -> Result<ClientConfig, QrError> {
    let mut tls = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| network(NetworkFailure::Tls, &error))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    tls.alpn_protocols = protocols();
    Ok(tls)
}

/// What is offered by ALPN (RFC 7301), the best first.
fn protocols() -> Vec<Vec<u8>> {
    let all = [(cfg!(feature = "http2"), "h2"), (true, "http/1.1")];
    all.into_iter()
        .filter(|(spoken, _)| *spoken)
        .map(|(_, name)| name.into())
        .collect()
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

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::thread;

    use rustls::pki_types::PrivateKeyDer;
    use rustls::{ServerConfig, ServerConnection, StreamOwned};

    use super::*;
    use crate::config::QrClientConfig;

    /// The way that a phone takes, but for the root: no verifier of the platform and no provider of
    /// the process has a part in it.
    #[tokio::test]
    async fn an_answer_comes_over_tls_from_a_service_that_a_root_vouches_for() {
        let certified = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let mut roots = RootCertStore::empty();
        roots.add(certified.cert.der().clone()).unwrap();
        let key = PrivateKeyDer::Pkcs8(certified.signing_key.serialize_der().into());
        let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certified.cert.into()], key)
            .unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!(
            "https://localhost:{}",
            listener.local_addr().unwrap().port()
        );

        let server = thread::spawn(move || {
            let (stream, _) = listener.accept().unwrap();
            let connection = ServerConnection::new(Arc::new(config)).unwrap();
            let mut stream = StreamOwned::new(connection, stream);
            let mut request = Vec::new();
            while !request.ends_with(b"}") {
                let mut chunk = [0; 1_024];
                let length = stream.read(&mut chunk).unwrap();
                request.extend_from_slice(&chunk[..length]);
            }
            let answer = b"HTTP/1.1 200 OK\r\nretry-after: 7\r\ncontent-length: 2\r\n\r\n{}";
            stream.write_all(answer).unwrap();
            String::from_utf8(request).unwrap()
        });

        let settings = Settings::try_from(QrClientConfig::new(&url)).unwrap();
        let transport = HttpTransport::trusting(roots, &settings).unwrap();
        let (proof, body) = ("a.b.c".to_owned(), b"{}".to_vec());
        let request = TransportRequest {
            url: settings.url,
            proof,
            body,
        };
        let answer = transport.send(request).await.unwrap();
        assert_eq!((answer.status, answer.retry_after_seconds), (200, Some(7)));
        assert_eq!(answer.body, b"{}");
        let request = server.join().unwrap();
        assert!(request.starts_with("POST /v1/qr HTTP/1.1\r\n"), "{request}");
        assert!(request.contains("dpop: a.b.c\r\n"), "{request}");
    }

    #[test]
    fn retry_after_is_a_number_of_seconds_or_a_date() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        let cases = [
            ("0", Some(0)),
            ("120", Some(120)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(0)),
            ("Sun, 06 Nov 1994 08:50:07 GMT", Some(30)),
            ("Sun, 06 Nov 1994 08:49:07 GMT", Some(0)),
            ("-1", None),
            ("1.5", None),
            ("soon", None),
            ("", None),
        ];
        for (value, seconds) in cases {
            let headers = HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_static(value))]);
            assert_eq!(retry_after_seconds(&headers, now), seconds, "{value}");
        }
        assert_eq!(retry_after_seconds(&HeaderMap::new(), now), None);
    }
}
