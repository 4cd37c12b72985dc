//! GENERATE, RETRIEVE and DELETE as AWS Lambda functions.
//!
//! Three binaries, `QRGenerator`, `QRRetriever` and `QRDelete`, each serve one operation through the
//! same door as the HTTP server: [`qrgen_service::Service::call`]. API Gateway starts the state
//! machine, the machine hands the function an [`Event`], and its [`Answer`] goes back the same way.
//!
//! What the caller can put right is an answer, whatever its status. What the machine should see, to
//! try again or to give up, is raised as a [`Fault`] with a stable name.
//!
//! | module | job |
//! |---|---|
//! | `config` | the environment: what may be set, and what of it can be used |
//! | `event` | what the state machine sends, and what it gets |
//! | `fault` | what is raised instead of answered |
//! | `function` | one event to one answer |
//! | `log` | JSON lines, without anything of the caller's |
//! | `start` | from the start of the process to the first event |

mod config;
mod event;
mod fault;
mod function;
mod log;
mod start;

pub use config::{Config, ConfigError};
pub use event::{Answer, Event};
pub use fault::Fault;
pub use function::Function;
pub use start::start;
