//! The routes, and the small ones' handlers.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use axum::{Extension, Router};
use bytes::Bytes;
use qrgen_contract::{Code, JSON, PATH, Problem};
use qrgen_service::Service;

use crate::config::ServerLimits;
use crate::endpoint::{self, Endpoint};
use crate::metrics::{self, Metrics};
use crate::observe::{self, RequestId};
use crate::respond;

/// Every route over one service.
pub(crate) fn new(service: Service, limits: &ServerLimits) -> Router {
    let metrics = Arc::new(Metrics::new());
    let endpoint = Arc::new(Endpoint::new(service, limits));
    let openapi = Bytes::from(qrgen_contract::openapi().to_string());
    Router::new()
        .route(PATH, any(endpoint::call).with_state(endpoint))
        .route("/healthz", get(async || "ok\n"))
        .route(
            "/openapi.json",
            get(async move || ([(CONTENT_TYPE, JSON)], openapi)),
        )
        .route("/metrics", get(scrape).with_state(Arc::clone(&metrics)))
        .fallback(no_route)
        .method_not_allowed_fallback(no_method)
        .layer(middleware::from_fn_with_state(metrics, observe::request))
}

async fn scrape(
    State(metrics): State<Arc<Metrics>>,
    Extension(id): Extension<RequestId>,
) -> Response {
    match metrics.encode() {
        Ok(text) => ([(CONTENT_TYPE, metrics::OPENMETRICS)], text).into_response(),
        Err(error) => {
            tracing::error!(%error, "could not write the metrics");
            let problem = Problem::new(Code::Internal, "the metrics could not be written");
            respond::problem(problem, &id)
        }
    }
}

async fn no_route(Extension(id): Extension<RequestId>) -> Response {
    let detail = format!("there is nothing at this path; the endpoint is POST {PATH}");
    respond::problem(Problem::new(Code::RouteNotFound, detail), &id)
}

async fn no_method(Extension(id): Extension<RequestId>) -> Response {
    let detail = "this path answers GET and HEAD only";
    respond::problem(Problem::new(Code::MethodNotAllowed, detail), &id)
}
