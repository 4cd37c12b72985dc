//! What a server is told before it starts, and what it refuses to start with.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use qrgen_contract::{limits, proof};
use qrgen_service::{Access, StoreError};

/// The port that `qrgen serve` listens on when nothing else is said.
const DEFAULT_PORT: u16 = 8787;

/// How a server is set up.
#[derive(Debug, Clone)]
pub struct ServerConfig {
    /// Where to listen; port 0 lets the system pick one. Default `127.0.0.1:8787`.
    pub listen: SocketAddr,
    /// Where the codes are kept: a folder, `memory:` or `s3://bucket/prefix`. Default `memory:`.
    pub store: String,
    /// Takes requests without a proof, from this machine only. Default false.
    pub open: bool,
    /// The base URLs that clients use, such as `https://qr.example.com`; a proof must name one of
    /// them. May stay empty on a loopback address only.
    pub public_urls: Vec<String>,
    /// How far a proof's time may be from this machine's, in seconds. Default 300.
    pub skew_seconds: i64,
    /// Bounds on time and load.
    pub limits: ServerLimits,
}

impl Default for ServerConfig {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, DEFAULT_PORT)),
            store: "memory:".to_owned(),
            open: false,
            public_urls: Vec::new(),
            skew_seconds: limits::PROOF_SKEW_SECONDS,
            limits: ServerLimits::default(),
        }
    }
}

impl ServerConfig {
    /// Who may call a server that listens on `bound`, the address it really got.
    pub(crate) fn access(&self, bound: SocketAddr) -> Result<Access, ServerError> {
        let loopback = bound.ip().is_loopback();
        match (self.open, loopback) {
            (true, true) => Ok(Access::Open),
            (true, false) => Err(ServerError::OpenNotLoopback { address: bound }),
            (false, _) => Ok(Access::Proof {
                urls: self.endpoint_urls(bound)?,
            }),
        }
    }

    /// The URLs that a proof may name (`htu`, RFC 9449 section 4.2).
    ///
    /// They come from the configuration, never from the `Host` header: the caller writes that one,
    /// so whoever receives a proof meant for another server could pass it on here by repeating that
    /// server's name.
    fn endpoint_urls(&self, bound: SocketAddr) -> Result<Vec<String>, ServerError> {
        if !self.public_urls.is_empty() {
            return self.public_urls.iter().map(|url| endpoint(url)).collect();
        }
        if !bound.ip().is_loopback() {
            return Err(ServerError::PublicUrlMissing { address: bound });
        }
        let port = bound.port();
        ["127.0.0.1", "localhost", "[::1]"]
            .iter()
            .map(|host| endpoint(&format!("http://{host}:{port}")))
            .collect()
    }
}

/// The endpoint's URL under a base URL, normalised as a proof's is.
fn endpoint(base: &str) -> Result<String, ServerError> {
    proof::endpoint_url(base).map_err(|problem| ServerError::PublicUrlInvalid {
        url: base.to_owned(),
        reason: problem.detail.clone(),
    })
}

/// Bounds on time and load.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServerLimits {
    /// Requests at work in the service at once; one more is answered `503 overloaded`. Default 256.
    pub concurrency: usize,
    /// How long a request's head may take, and how long a connection may idle between two. Default
    /// 30 s.
    pub head: Duration,
    /// How long a request's body may take. Default 10 s.
    pub body: Duration,
    /// How long the service may work on one request. Default 10 s.
    pub call: Duration,
    /// How long a stop waits for requests already accepted. Default 10 s.
    pub stop: Duration,
}

impl Default for ServerLimits {
    fn default() -> Self {
        Self {
            concurrency: 256,
            head: Duration::from_secs(30),
            body: Duration::from_secs(10),
            call: Duration::from_secs(10),
            stop: Duration::from_secs(10),
        }
    }
}

/// Why a server did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServerError {
    /// The address can't be listened on.
    #[error(
        "could not listen on {address}: {source}; \
         choose another address or port (port 0 picks a free one)"
    )]
    Listen {
        /// The address asked for.
        address: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
    /// The threads that serve can't be started.
    #[error("could not start the threads that serve: {0}")]
    Workers(std::io::Error),
    /// The store can't be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// `open` on an address that other machines can reach.
    #[error(
        "open access on {address} would let the whole network read, replace and delete every code; \
         listen on 127.0.0.1 or leave open access off"
    )]
    OpenNotLoopback {
        /// The address asked for.
        address: SocketAddr,
    },
    /// Proofs can't be held against a URL that nobody has named.
    #[error(
        "on {address} the server can't know the URL that its clients use, and a proof is only good \
         for one URL; name it as the public URL, such as https://qr.example.com"
    )]
    PublicUrlMissing {
        /// The address asked for.
        address: SocketAddr,
    },
    /// A public URL is not one.
    #[error("{url:?} is not usable as the public URL: {reason}")]
    PublicUrlInvalid {
        /// The URL as configured.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl ServerError {
    /// The stable code of this failure.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Listen { .. } => "listen_failed",
            Self::Workers(_) => "workers_failed",
            Self::Store(_) => "store_failed",
            Self::OpenNotLoopback { .. } => "open_not_loopback",
            Self::PublicUrlMissing { .. } => "public_url_missing",
            Self::PublicUrlInvalid { .. } => "public_url_invalid",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOOPBACK: &str = "127.0.0.1:9000";
    const PUBLIC: &str = "0.0.0.0:9000";

    fn access(address: &str, config: ServerConfig) -> Result<Access, ServerError> {
        config.access(address.parse().unwrap())
    }

    fn urls(access: Access) -> Vec<String> {
        match access {
            Access::Proof { urls } => urls,
            Access::Open => panic!("open access"),
        }
    }

    #[test]
    fn on_a_loopback_address_a_proof_may_use_each_of_its_names() {
        for address in [LOOPBACK, "[::1]:9000"] {
            let accepted = urls(access(address, ServerConfig::default()).unwrap());
            let expected = ["127.0.0.1", "localhost", "[::1]"];
            assert_eq!(
                accepted,
                expected.map(|host| format!("http://{host}:9000/v1/qr"))
            );
        }
    }

    #[test]
    fn elsewhere_the_public_url_must_be_named() {
        let refused = access(PUBLIC, ServerConfig::default()).unwrap_err();
        assert!(matches!(refused, ServerError::PublicUrlMissing { .. }));
    }

    #[test]
    fn a_public_url_is_a_base_or_the_endpoint_itself_and_replaces_the_loopback_names() {
        let configured = [
            "https://QR.example.com",
            "https://qr.example.com:443/",
            "https://qr.example.com/v1/qr",
        ];
        for url in configured {
            let config = ServerConfig {
                public_urls: vec![url.to_owned()],
                ..ServerConfig::default()
            };
            for address in [LOOPBACK, PUBLIC] {
                let accepted = urls(access(address, config.clone()).unwrap());
                assert_eq!(
                    accepted,
                    ["https://qr.example.com/v1/qr"],
                    "for {url} on {address}"
                );
            }
        }
        let config = ServerConfig {
            public_urls: vec!["qr".to_owned()],
            ..ServerConfig::default()
        };
        let refused = access(PUBLIC, config).unwrap_err();
        assert!(matches!(refused, ServerError::PublicUrlInvalid { .. }));
    }

    #[test]
    fn open_access_is_for_loopback_addresses_only() {
        let open = ServerConfig {
            open: true,
            ..ServerConfig::default()
        };
        assert!(matches!(access(LOOPBACK, open.clone()), Ok(Access::Open)));
        for address in [PUBLIC, "192.168.1.2:9000", "[::]:9000"] {
            let refused = access(address, open.clone()).unwrap_err();
            assert!(
                matches!(refused, ServerError::OpenNotLoopback { .. }),
                "on {address}"
            );
        }
    }
}
