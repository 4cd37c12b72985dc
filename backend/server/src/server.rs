//! The accept loop: a connection a task of some worker, a bound on everything that a client can drag out, and a
//! stop that finishes what was accepted.

use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use qrgen_service::{Config, Service, Store};
use tokio::net::{TcpListener, TcpStream};

use crate::config::{ServerConfig, ServerError, ServerLimits};
use crate::router::Router;
use crate::workers::Workers;

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
    router: Arc<Router>,
    workers: Workers,
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
            router: Arc::new(Router::new(service, &config.limits)),
            workers: Workers::start()?,
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
            match stream.into_std() {
                Ok(stream) => self.workers.spawn(serve(
                    stream,
                    Arc::clone(&self.router),
                    self.limits.head,
                    connections.watcher(),
                )),
                Err(error) => tracing::warn!(%error, "could not hand a connection over"),
            }
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
}

/// Serves one connection until its client, the bound on its head or a stop ends it.
async fn serve(stream: std::net::TcpStream, router: Arc<Router>, head: Duration, watcher: Watcher) {
    // An answer is one small write: nothing is gained by waiting for more (RFC 896).
    let stream = stream
        .set_nodelay(true)
        .and_then(|()| TcpStream::from_std(stream));
    let stream = match stream {
        Ok(stream) => stream,
        Err(error) => return tracing::debug!(%error, "connection lost"),
    };
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(head)
        .max_buf_size(CONNECTION_BUFFER_BYTES)
        // A request is finished even if its client hangs up meanwhile. To notice that, hyper would
        // read on during each request, into a buffer of 8 KiB that nothing comes into.
        .half_close(true)
        .serve_connection(
            TokioIo::new(stream),
            service_fn(|request| router.call(request)),
        );
    // A client that hangs up, or sends what is not HTTP: nothing that concerns the others.
    if let Err(error) = watcher.watch(connection).await {
        tracing::debug!(%error, "connection ended early");
    }
}
