//! The service in this process: no server, no account, and the same door that HTTP requests go
//! through.

use async_trait::async_trait;
use qrgen_contract::{JSON, PATH};
use qrgen_sdk::{QrError, Transport, TransportRequest, TransportResponse};
use qrgen_service::{Access, Call, Config, Service, Store};

use crate::exit::{Exit, Failure};

/// The URL that proofs are bound to when no network is between client and service.
pub(crate) const URL: &str = "http://localhost";

/// Hands requests to a service that this process holds.
#[derive(Debug)]
pub(crate) struct InProcess {
    service: Service,
}

impl InProcess {
    /// The service over `store`: a folder, `memory:` or an object-store URL.
    pub(crate) fn open(store: &str) -> Result<Self, Failure> {
        let opened = Store::open(store).map_err(|error| {
            Failure::new(
                Exit::Service,
                "store_failed",
                "could not open the store",
                error.to_string(),
            )
        })?;
        let config = Config::new(Access::Proof {
            urls: vec![format!("{URL}{PATH}")],
        });
        Ok(Self {
            service: Service::new(opened, config),
        })
    }
}

#[async_trait]
impl Transport for InProcess {
    async fn send(&self, request: TransportRequest) -> Result<TransportResponse, QrError> {
        let call = Call {
            method: "POST",
            content_type: Some(JSON),
            proofs: &[request.proof.as_str()],
            body: &request.body,
            // There is no log that it could be looked up in.
            request_id: "",
            only: None,
        };
        let reply = self.service.call(call).await;
        Ok(TransportResponse {
            status: reply.status.into(),
            retry_after_seconds: reply
                .retry_after
                .and_then(|seconds| seconds.try_into().ok()),
            body: reply.body,
        })
    }
}
