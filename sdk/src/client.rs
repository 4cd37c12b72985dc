//! [`QrClient`]: the operations, request records in and records out.

use std::fmt;
use std::sync::Arc;

use futures_util::stream::{self, Stream, TryStreamExt};
use qrgen_contract::{self as wire, DeleteAnswer, GenerateAnswer, Preset, Request, RetrieveAnswer};

use crate::answer::parse;
use crate::config::{QrClientConfig, Settings};
use crate::device_key::DeviceKey;
use crate::error::QrError;
use crate::exchange::Exchange;
use crate::http::HttpTransport;
use crate::models::{
    DeleteRequest, Detail, GenerateOutcome, GenerateRequest, QrImage, RenderRequest, RenderedCode,
    RetrievePage, RetrieveRequest,
};
use crate::signer::Signer;
use crate::transport::Transport;

/// The client of one service, in the name of one device.
///
/// Calls may be made from any thread, as many at once as one likes; they share their connections. A
/// call that is given up (its future dropped, its coroutine cancelled) closes its connection or
/// returns it to the pool, and nothing else remains. Every operation is idempotent, so it may be
/// made again.
// Cheap to clone. In Rust, calls are made inside a tokio runtime; bindings bring one.
#[derive(Clone)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct QrClient {
    exchange: Arc<Exchange>,
}

#[cfg_attr(feature = "uniffi", uniffi::export(async_runtime = "tokio"))]
impl QrClient {
    /// A client that speaks HTTP to the endpoint of the configuration and signs with this key.
    ///
    /// Asks the key for its public half once, which may block; sends nothing.
    #[cfg_attr(feature = "uniffi", uniffi::constructor)]
    pub fn new(config: QrClientConfig, device_key: Arc<dyn DeviceKey>) -> Result<Self, QrError> {
        let settings = Settings::try_from(config)?;
        let transport = Arc::new(HttpTransport::new(&settings)?);
        Self::assemble(settings, device_key, transport)
    }

    /// The id under which the service keeps this device's codes: the RFC 7638 thumbprint of its
    /// public key, 43 characters.
    pub fn device_id(&self) -> String {
        self.exchange.signer.device_id().to_owned()
    }

    /// Makes a code and stores it, or finds that it is stored already.
    ///
    /// Fails with `filename_taken` if another code has this name and the request does not say that
    /// it may be replaced. When the answer to an attempt was lost, its retry reports that nothing
    /// changed.
    pub async fn generate(&self, request: GenerateRequest) -> Result<GenerateOutcome, QrError> {
        let request = Request::Generate(wire::GenerateRequest {
            device_id: self.device_id(),
            filename: request.filename,
            text: request.text,
            detail: request.detail.into(),
            replace: request.replace,
        });
        let answer: GenerateAnswer = parse(&self.exchange.call(&request).await?)?;
        Ok(GenerateOutcome {
            status: answer.status,
            image: answer.image.try_into()?,
            verified_by: answer.verified_by,
        })
    }

    /// One page of codes. Nothing found is an empty page, not an error.
    pub async fn retrieve(&self, request: RetrieveRequest) -> Result<RetrievePage, QrError> {
        let request = Request::Retrieve(wire::RetrieveRequest {
            device_id: self.device_id(),
            filename: request.filename,
            prefix: request.prefix,
            content: request.content,
            limit: request.limit,
            next_token: request.next_token,
        });
        let answer: RetrieveAnswer = parse(&self.exchange.call(&request).await?)?;
        let images = answer
            .images
            .into_iter()
            .map(QrImage::try_from)
            .collect::<Result<_, _>>()?;
        Ok(RetrievePage {
            images,
            next_token: answer.next_token,
        })
    }

    /// Throws a code away. False if there was none of this name; also when an attempt whose answer
    /// was lost threw it away and a retry found nothing more.
    pub async fn delete(&self, request: DeleteRequest) -> Result<bool, QrError> {
        let request = Request::Delete(wire::DeleteRequest {
            device_id: self.device_id(),
            filename: request.filename,
        });
        let answer: DeleteAnswer = parse(&self.exchange.call(&request).await?)?;
        Ok(answer.deleted)
    }

    /// Draws a code without storing it and without a network: the bytes that the service would
    /// store.
    pub fn render(&self, request: RenderRequest) -> Result<RenderedCode, QrError> {
        crate::render(&request)
    }
}

/// What stays in Rust: no other language takes its streams and transports.
impl QrClient {
    /// A client whose requests `transport` carries. The endpoint is then only what the proofs are
    /// bound to; the times for connection and silence are the transport's own business.
    pub fn with_transport(
        config: QrClientConfig,
        device_key: Arc<dyn DeviceKey>,
        transport: Arc<dyn Transport>,
    ) -> Result<Self, QrError> {
        Self::assemble(Settings::try_from(config)?, device_key, transport)
    }

    /// A client that trusts these roots instead of those of the library.
    #[cfg(feature = "test-hooks")]
    pub(crate) fn trusting(
        roots: rustls::RootCertStore,
        config: QrClientConfig,
        device_key: Arc<dyn DeviceKey>,
    ) -> Result<Self, QrError> {
        let settings = Settings::try_from(config)?;
        let transport = Arc::new(HttpTransport::trusting(roots, &settings)?);
        Self::assemble(settings, device_key, transport)
    }

    fn assemble(
        settings: Settings,
        device_key: Arc<dyn DeviceKey>,
        transport: Arc<dyn Transport>,
    ) -> Result<Self, QrError> {
        let signer = Signer::new(device_key, settings.url.clone())?;
        Ok(Self {
            exchange: Arc::new(Exchange {
                transport,
                signer,
                settings,
            }),
        })
    }

    /// All codes that `request` asks for, sorted by name, page after page as the stream is read.
    ///
    /// Ends after the first error. `limit` is the size of a page and not of the whole.
    pub fn retrieve_all(
        &self,
        request: RetrieveRequest,
    ) -> impl Stream<Item = Result<QrImage, QrError>> + Send + Unpin + use<> {
        let client = self.clone();
        let pages = stream::try_unfold(Some(request), move |next| {
            let client = client.clone();
            async move {
                let Some(request) = next else {
                    return Ok::<_, QrError>(None);
                };
                let page = client.retrieve(request.clone()).await?;
                let images = stream::iter(page.images.into_iter().map(Ok));
                Ok(Some((images, page_after(request, page.next_token)?)))
            }
        });
        Box::pin(pages.try_flatten())
    }
}

impl fmt::Debug for QrClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("QrClient")
            .field("url", &self.exchange.signer.url())
            .field("device_id", &self.exchange.signer.device_id())
            .finish_non_exhaustive()
    }
}

impl From<Detail> for wire::Detail {
    fn from(detail: Detail) -> Self {
        match detail {
            Detail::Low => Self::Preset(Preset::Low),
            Detail::Medium => Self::Preset(Preset::Medium),
            Detail::High => Self::Preset(Preset::High),
            Detail::Max => Self::Preset(Preset::Max),
            Detail::Custom { options } => Self::Options(options),
        }
    }
}

impl From<wire::Detail> for Detail {
    fn from(detail: wire::Detail) -> Self {
        match detail {
            wire::Detail::Preset(Preset::Low) => Self::Low,
            wire::Detail::Preset(Preset::Medium) => Self::Medium,
            wire::Detail::Preset(Preset::High) => Self::High,
            wire::Detail::Preset(Preset::Max) => Self::Max,
            wire::Detail::Options(options) => Self::Custom { options },
        }
    }
}

/// The request for the next page, if there is one.
///
/// A token that leads back to the page it came with would make the stream endless.
fn page_after(
    request: RetrieveRequest,
    next_token: Option<String>,
) -> Result<Option<RetrieveRequest>, QrError> {
    if next_token.is_some() && next_token == request.next_token {
        return Err(QrError::protocol(
            "the token of the next page is that of the same page",
        ));
    }
    Ok(next_token.map(|token| RetrieveRequest {
        next_token: Some(token),
        ..request
    }))
}
