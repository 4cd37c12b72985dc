//! What a worker does with a row: draw it, perhaps into a file, or have it stored.

use std::num::NonZero;
use std::path::PathBuf;
use std::thread;

use qrgen_contract::{GenerateStatus, filename};
use qrgen_sdk::render::Renderer;
use qrgen_sdk::{Detail, GenerateRequest, QrClient, QrError, RenderRequest, RenderedCode};
use tokio::runtime::Runtime;

use super::table::Row;
use crate::exit::Failure;
use crate::file;

/// Requests to a service at once.
const CALLS: usize = 16;

/// What all workers share.
pub(super) struct Maker {
    /// Of rows without their own.
    pub(super) detail: Detail,
    pub(super) way: Way,
}

/// What becomes of a row.
pub(super) enum Way {
    /// Drawn, and handed on.
    Draw,
    /// Drawn into a file of this folder, which may be overwritten.
    Write { folder: PathBuf, force: bool },
    /// Stored by the service.
    Store {
        client: QrClient,
        replace: bool,
        runtime: Runtime,
    },
}

/// A row that is done.
pub(super) struct Made {
    pub(super) row: u64,
    pub(super) name: String,
    pub(super) outcome: MadeAs,
}

/// What has become of it.
pub(super) enum MadeAs {
    Drawn(RenderedCode),
    Stored(GenerateStatus),
}

impl Maker {
    /// How many workers there should be.
    pub(super) fn workers(&self) -> usize {
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        match self.way {
            Way::Draw | Way::Write { .. } => cores,
            // They wait more than they work.
            Way::Store { .. } => cores.max(CALLS),
        }
    }

    /// A worker with memory of its own.
    pub(super) fn worker(&self) -> impl FnMut(Row) -> Result<Made, Failure> {
        let mut renderer = Renderer::default();
        move |row| {
            let Row {
                number,
                name,
                text,
                detail,
            } = row;
            let detail = detail.unwrap_or_else(|| self.detail.clone());
            let failed =
                |error: &QrError| Failure::of_client(format!("could not make row {number}"), error);
            let outcome = match &self.way {
                Way::Draw => MadeAs::Drawn(
                    draw(&mut renderer, &name, text, detail).map_err(|error| failed(&error))?,
                ),
                Way::Write { folder, force } => {
                    let code =
                        draw(&mut renderer, &name, text, detail).map_err(|error| failed(&error))?;
                    file::write(&folder.join(image_file(&name)), &code.png, *force)?;
                    MadeAs::Drawn(code)
                }
                Way::Store {
                    client,
                    replace,
                    runtime,
                } => {
                    let request = GenerateRequest {
                        filename: name.clone(),
                        text,
                        detail,
                        replace: *replace,
                    };
                    let outcome = runtime
                        .block_on(client.generate(request))
                        .map_err(|error| failed(&error))?;
                    MadeAs::Stored(outcome.status)
                }
            };
            Ok(Made {
                row: number,
                name,
                outcome,
            })
        }
    }
}

/// The file of a code in a folder or a ZIP file, which is its name in a store, too.
pub(super) fn image_file(name: &str) -> String {
    format!("{name}.png")
}

fn draw(
    renderer: &mut Renderer,
    name: &str,
    text: String,
    detail: Detail,
) -> Result<RenderedCode, QrError> {
    filename::check(name)?;
    renderer.render(&RenderRequest {
        text,
        detail,
        allow_low_contrast: false,
    })
}
