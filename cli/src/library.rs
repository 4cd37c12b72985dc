//! The client that a command works through, and the runtime that its calls need.

use std::sync::Arc;

use qrgen_sdk::{FileDeviceKey, QrClient, QrClientConfig, QrError};
use tokio::runtime::Builder;

use crate::cli::Library;
use crate::exit::{Exit, Failure};
use crate::in_process::{self, InProcess};
use crate::paths;

/// The client for the codes that the arguments name: of a service, or of a store on this machine.
/// The key is made if there is none yet.
pub(crate) fn open(library: Library) -> Result<QrClient, Failure> {
    let failed = |error: QrError| Failure::of_client("could not open your codes", &error);
    let key = FileDeviceKey::load_or_create(paths::key(library.key)?).map_err(failed)?;
    let key = Arc::new(key);
    let client = if let Some(url) = library.endpoint {
        if library.store.is_some() {
            return Err(Failure::new(
                Exit::Usage,
                "conflicting_arguments",
                "could not open your codes",
                "--store=STORE and an endpoint (--endpoint, or QRGEN_ENDPOINT) name two places; \
                 give one",
            ));
        }
        QrClient::new(QrClientConfig::new(url), key)
    } else {
        let transport = InProcess::open(&paths::store(library.store)?)?;
        let config = QrClientConfig::new(in_process::URL);
        QrClient::with_transport(config, key, Arc::new(transport))
    };
    client.map_err(failed)
}

/// Waits for a call of the client. `tried` says what it is for, such as `could not store menu`.
pub(crate) fn wait<T>(
    tried: &str,
    call: impl Future<Output = Result<T, QrError>>,
) -> Result<T, Failure> {
    block_on(async {
        call.await
            .map_err(|error| Failure::of_client(tried, &error))
    })
}

/// Runs `work` to its end on this thread: a command makes one call after the other.
pub(crate) fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = Builder::new_current_thread().enable_all().build();
    runtime
        .map_err(|error| Failure::of_runtime(&error))?
        .block_on(work)
}
