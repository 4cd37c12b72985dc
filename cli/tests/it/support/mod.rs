//! What the tests share: a home of its own for each, the program, a server, an HTTP client, a
//! device, two readers.

mod device;
mod home;
mod http;
mod readers;
mod server;

pub(crate) use device::{Device, now, signing_input};
pub(crate) use home::{Home, Run, files_below};
pub(crate) use http::{Connection, Response};
pub(crate) use readers::{read_by_others, read_by_rxing};
pub(crate) use server::{Server, send_signal};
