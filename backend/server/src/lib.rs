//! The endpoint as an HTTP server, for a laptop or a container.
//!
//! | route | what it gives |
//! |---|---|
//! | `POST /v1/qr` | [`Service::call`], which alone decides, also on method and content type |
//! | `GET /healthz` | `ok`, as long as the process serves |
//! | `GET /openapi.json` | the OpenAPI 3.1 document |
//! | `GET /metrics` | OpenMetrics text |
//!
//! One walk through it: `server` accepts the connection, hands it to one of the `workers` and bounds
//! how long a head may take → `router` picks the route, inside of `observe`, which gives the request
//! its id, its line in the log and its counters, and turns a panic into an answer → `endpoint` reads
//! the body within its limits, sheds what is too much and asks the service.
//!
//! HTTP/1.1 without TLS: on a laptop nothing else is needed, in a container the load balancer ends
//! TLS and HTTP/2.
//!
//! [`Service::call`]: qrgen_service::Service::call

mod config;
mod endpoint;
mod metrics;
mod observe;
mod respond;
mod router;
mod server;
mod workers;

pub use config::{ServerConfig, ServerError, ServerLimits};
pub use server::Server;
