//! The routes, and the small ones' answers.

use std::convert::Infallible;
use std::pin::pin;

use bytes::Bytes;
use hyper::body::Incoming;
use hyper::{Method, Request};
use qrgen_contract::{Code, JSON, PATH, Problem};
use qrgen_service::Service;

use crate::config::ServerLimits;
use crate::endpoint::Endpoint;
use crate::metrics::{self, Metrics};
use crate::observe::{self, RequestId};
use crate::respond::{self, Answer, Response};

/// Every route over one service.
#[derive(Debug)]
pub(crate) struct Router {
    endpoint: Endpoint,
    metrics: Metrics,
    openapi: Bytes,
}

impl Router {
    pub(crate) fn new(service: Service, limits: &ServerLimits) -> Self {
        Self {
            endpoint: Endpoint::new(service, limits),
            metrics: Metrics::new(),
            openapi: Bytes::from(qrgen_contract::openapi().to_string()),
        }
    }

    /// Answers one request, whatever it asks.
    pub(crate) async fn call(&self, request: Request<Incoming>) -> Result<Response, Infallible> {
        let id = RequestId::of(request.headers());
        // Pinned here: it is large, and would be copied each time it is passed on.
        let answer = pin!(self.route(request, &id));
        Ok(observe::request(&self.metrics, &id, answer).await)
    }

    async fn route(&self, request: Request<Incoming>, id: &RequestId) -> Answer {
        let answer: fn(&Self, &RequestId) -> Answer = match request.uri().path() {
            PATH => return self.endpoint.call(request, id).await,
            "/healthz" => |_, _| respond::ok("text/plain; charset=utf-8", "ok\n"),
            "/openapi.json" => |this, _| respond::ok(JSON, this.openapi.clone()),
            "/metrics" => Self::scrape,
            _ => return no_route(id),
        };
        // To HEAD, hyper sends the head alone (RFC 9110 section 9.3.2).
        match *request.method() {
            Method::GET | Method::HEAD => answer(self, id),
            _ => no_method(id),
        }
    }

    fn scrape(&self, id: &RequestId) -> Answer {
        match self.metrics.encode() {
            Ok(text) => respond::ok(metrics::OPENMETRICS, text),
            Err(error) => {
                tracing::error!(%error, "could not write the metrics");
                let problem = Problem::new(Code::Internal, "the metrics could not be written");
                respond::problem(problem, id)
            }
        }
    }
}

fn no_route(id: &RequestId) -> Answer {
    let detail = format!("there is nothing at this path; the endpoint is POST {PATH}");
    respond::problem(Problem::new(Code::RouteNotFound, detail), id)
}

fn no_method(id: &RequestId) -> Answer {
    let detail = "this path answers GET and HEAD only";
    respond::problem(Problem::new(Code::MethodNotAllowed, detail), id).allowing("GET,HEAD")
}
