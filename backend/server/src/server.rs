//! The accept loop: a connection a task, a bound on everything that a client can drag out, and a
//! stop that finishes what was accepted.

use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use qrgen_service::{Config, Service, Store};
use tokio::net::{TcpListener, TcpStream};

use crate::config::{ServerConfig, ServerError, ServerLimits};
use crate::router;

/// The most that one connection buffers, in bytes: a head with its proof, or a body of the largest
/// size, and room.
const CONNECTION_BUFFER_BYTES: usize = 64 * 1024;

/// How long to wait after a failed `accept`, which nearly always means that file descriptors ran
/// out.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// A server that has its address and its store, and serves once [`run`](Self::run).
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    router: Router,
    limits: ServerLimits,
}

impl Server {
    /// Opens the store and takes the address. From here on connections queue up; [`run`](Self::run)
    /// serves them.
    pub async fn bind(config: ServerConfig) -> Result<Self, ServerError> {
        let listen_error = |source| ServerError::Listen {
            address: config.listen,
            source,
        };
        // Refused before anybody can connect.
        config.access(config.listen)?;
        let listener = TcpListener::bind(config.listen)
            .await
            .map_err(listen_error)?;
        let address = listener.local_addr().map_err(listen_error)?;
        let access = config.access(address)?;
        let store = Store::open(&config.store)?;
        let service = Service::new(
            store,
            Config {
                access,
                skew_seconds: config.skew_seconds,
            },
        );
        Ok(Self {
            listener,
            address,
            router: router::new(service, &config.limits),
            limits: config.limits,
        })
    }

    /// The base URL of the address it listens on, such as `http://127.0.0.1:8787`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Serves until `shutdown` is ready, then finishes the requests it has accepted, for as long as
    /// [`ServerLimits::stop`] says. What is still open after that is cut off when the runtime ends.
    pub async fn run(self, shutdown: impl Future<Output = ()>) {
        let connections = GracefulShutdown::new();
        let mut shutdown = pin!(shutdown);
        loop {
            let stream = tokio::select! {
                biased;
                () = &mut shutdown => break,
                accepted = self.listener.accept() => match accepted {
                    Ok((stream, _peer)) => stream,
                    Err(error) => {
                        tracing::warn!(%error, "could not accept a connection");
                        tokio::time::sleep(ACCEPT_PAUSE).await;
                        continue;
                    }
                },
            };
            self.serve(stream, &connections);
        }
        // From here on a new connection is refused instead of waiting for nobody.
        drop(self.listener);
        tracing::info!(connections = connections.count(), "stopping");
        if tokio::time::timeout(self.limits.stop, connections.shutdown())
            .await
            .is_err()
        {
            tracing::warn!("stopped before every accepted request was finished");
        }
    }

    fn serve(&self, stream: TcpStream, connections: &GracefulShutdown) {
        // An answer is one small write: nothing is gained by waiting for more (RFC 896).
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "could not set TCP_NODELAY");
        }
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.limits.head)
            .max_buf_size(CONNECTION_BUFFER_BYTES)
            .serve_connection(
                TokioIo::new(stream),
                TowerToHyperService::new(self.router.clone()),
            );
        let connection = connections.watch(connection);
        tokio::spawn(async move {
            // A client that hangs up, or sends what is not HTTP: nothing that concerns the others.
            if let Err(error) = connection.await {
                tracing::debug!(%error, "connection ended early");
            }
        });
    }
}
