//! Images in a bucket of S3, or of a service that speaks its protocol.
//!
//! The set-up comes from the usual `AWS_*` variables, which is also what a Lambda function gets:
//! `AWS_REGION`, `AWS_ACCESS_KEY_ID`, `AWS_ENDPOINT_URL_S3`, `AWS_ALLOW_HTTP` and so on. Directory
//! buckets (S3 Express) are not for this: they list in no order.

use std::time::Duration;

use http::Method;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::list::{PaginatedListOptions, PaginatedListStore};
use object_store::path::Path;
use object_store::signer::Signer;
use object_store::{BackoffConfig, Certificate, ClientOptions, RetryConfig};

use super::error::innermost;
use super::listing::{Entry, Facts, Listing, Query};
use super::{StoreError, key};

/// How long one request to the store may take, its retries included. A Lambda function has 7 s for
/// the whole call and must still be able to say what happened.
const BUDGET: Duration = Duration::from_secs(3);

/// When the last retry may begin; the rest of the budget is for its answer.
const LAST_RETRY: Duration = Duration::from_secs(2);

/// How long a signed URL is good for.
const URL_VALIDITY: Duration = Duration::from_mins(15);

/// The images of every device, in one bucket.
#[derive(Debug)]
pub(super) struct S3 {
    /// What every key begins with: empty, or a prefix that ends with a slash.
    pub(super) base: String,
    pub(super) objects: AmazonS3,
}

impl S3 {
    /// A client for `bucket`, set up by the `AWS_*` among `variables`. No request is made.
    pub(super) fn open(
        bucket: &str,
        base: String,
        variables: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, StoreError> {
        // `reqwest` is built without a provider and asks for the process's. An error means that the
        // process has one already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = AmazonS3Builder::new().with_client_options(client_options()?);
        for (name, value) in variables {
            // As `AmazonS3Builder::from_env` does it, but on top of our client options.
            if name.starts_with("AWS_")
                && let Ok(name) = name.to_ascii_lowercase().parse()
            {
                builder = builder.with_config(name, value);
            }
        }
        let objects = builder
            .with_bucket_name(bucket)
            .with_retry(retries())
            // One DELETE is the smaller request, and every S3 knows it.
            .with_disable_bulk_delete(true)
            .build()
            .map_err(|error| StoreError::Client {
                reason: innermost(&error),
            })?;
        Ok(Self { base, objects })
    }

    /// A page: one LIST, unless files that are no images take up its place.
    pub(super) async fn list(&self, query: &Query) -> object_store::Result<Listing> {
        let directory = key::directory(&self.base, &query.device);
        let (prefix, window) = (format!("{directory}{}", query.prefix), query.window());
        let offset = query
            .after
            .as_deref()
            .map(|after| format!("{directory}{}", key::file(after)));
        let mut listing = Listing::default();
        let mut page_token = None;
        loop {
            let options = PaginatedListOptions {
                offset: offset.clone(),
                max_keys: Some(query.limit - listing.entries.len()),
                page_token,
                ..PaginatedListOptions::default()
            };
            let page = self.objects.list_paginated(Some(&prefix), options).await?;
            for object in &page.result.objects {
                let file = object.location.as_ref().strip_prefix(&directory);
                if let Some(filename) = file.and_then(|file| window.filename(file)) {
                    listing.entries.push(Entry {
                        filename: filename.to_owned(),
                        facts: Facts::from(object),
                    });
                }
            }
            if page.page_token.is_none() {
                return Ok(listing);
            }
            if listing.entries.len() >= query.limit {
                return Ok(listing.with_more());
            }
            page_token = page.page_token;
        }
    }

    /// Whether there is an object, by a LIST: the function that deletes needs no right to read.
    pub(super) async fn exists(&self, key: &Path) -> object_store::Result<bool> {
        let options = PaginatedListOptions {
            max_keys: Some(1),
            ..PaginatedListOptions::default()
        };
        // Of all keys that begin with this one, it is the first.
        let page = self
            .objects
            .list_paginated(Some(key.as_ref()), options)
            .await?;
        Ok(page
            .result
            .objects
            .first()
            .is_some_and(|first| first.location == *key))
    }

    /// A URL that gives the object to whoever has it, for a while.
    pub(super) async fn sign(&self, key: &Path) -> object_store::Result<String> {
        let url = self
            .objects
            .signed_url(Method::GET, key, URL_VALIDITY)
            .await?;
        Ok(url.into())
    }
}

/// The outcome of a request, given up when its time is over. Whether it was carried out all the same
/// is not known; the operations may be repeated.
pub(super) async fn in_time<T>(
    request: impl Future<Output = object_store::Result<T>>,
) -> object_store::Result<T> {
    match tokio::time::timeout(BUDGET, request).await {
        Ok(outcome) => outcome,
        Err(elapsed) => Err(object_store::Error::Generic {
            store: "S3",
            source: elapsed.into(),
        }),
    }
}

/// The bundled roots instead of the system's, which take some 7 ms to read at every cold start.
fn client_options() -> Result<ClientOptions, StoreError> {
    let mut options = ClientOptions::new()
        .with_no_system_certificates(true)
        .with_connect_timeout(Duration::from_secs(1))
        .with_timeout(BUDGET)
        .with_content_type_for_suffix("png", "image/png");
    for root in webpki_root_certs::TLS_SERVER_ROOT_CERTS {
        let root = Certificate::from_der(root).map_err(|error| StoreError::Client {
            reason: innermost(&error),
        })?;
        options = options.with_root_certificate(root);
    }
    Ok(options)
}

fn retries() -> RetryConfig {
    RetryConfig {
        backoff: BackoffConfig {
            init_backoff: Duration::from_millis(50),
            max_backoff: Duration::from_millis(500),
            base: 2.0,
        },
        max_retries: 10,
        retry_timeout: LAST_RETRY,
    }
}
