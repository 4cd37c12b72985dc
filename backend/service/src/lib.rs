//! The three operations GENERATE, RETRIEVE and DELETE over an object store.
//!
//! There is one door, [`Service::call`]. The HTTP server, the Lambda functions and the CLI in process
//! all hand it the same [`Call`] and get the same [`Reply`], so a rule that is held here holds
//! whoever asks. A call never fails: what is refused is a [`Reply`] too, as problem details
//! (RFC 9457).
//!
//! | module | job |
//! |---|---|
//! | `call` | the door: in what order a request is checked, and what comes back |
//! | `generate` | text to a stored image: draw, verify, put |
//! | `draw` | text to PNG bytes that two decoders have read back (`verify`) |
//! | `retrieve` | one image by name, or a page of many (`page`, `next_token`) |
//! | `delete` | an image by name |
//! | `record` | stored bytes to the image of the contract: the image *is* the record |
//! | `store` | memory, a folder or S3 behind the few requests that the operations make |
//!
//! ```
//! use qrgen_service::{Access, Call, Config, Service, Store};
//!
//! # #[tokio::main(flavor = "current_thread")] async fn main() {
//! let service = Service::new(Store::memory(), Config::new(Access::Open));
//! let body = br#"{
//!     "type": "GENERATE",
//!     "deviceId": "cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s",
//!     "filename": "menu",
//!     "text": "https://example.com/menu"
//! }"#;
//! let reply = service
//!     .call(Call {
//!         method: "POST",
//!         content_type: Some("application/json"),
//!         proofs: &[],
//!         body,
//!         request_id: "1",
//!         only: None,
//!     })
//!     .await;
//! assert_eq!(reply.status, 200);
//! # }
//! ```

mod call;
mod clock;
mod config;
mod delete;
mod draw;
mod failure;
mod generate;
mod next_token;
mod page;
mod record;
mod retrieve;
mod store;
mod verify;

pub use call::{Call, Reply, Service};
pub use config::{Access, Config};
pub use store::{Store, StoreError};
