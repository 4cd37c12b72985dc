//! `qrgen batch TABLE`: a code for every row, into a ZIP file, a folder or the library.
//!
//! The table is read twice. [`survey`] counts the rows and finds the names that come twice, so that
//! the second reading refuses those in their place. Then [`pipeline`] hands the rows to a
//! [`maker`]'s workers on every core, and what they make to a [`sink`], in the order of the rows.
//! Memory holds some hundred rows, however many there are: what grows with the table lies in
//! temporary files.

mod maker;
mod manifest;
mod pipeline;
mod progress;
mod sink;
mod stop;
mod survey;
mod table;
mod zip;

use std::ffi::OsStr;
use std::path::Path;

use serde::Serialize;
use tokio::runtime::Runtime;

use self::maker::{Maker, Way};
use self::progress::Progress;
use self::sink::Sink;
use self::stop::Stop;
use self::survey::Survey;
use self::table::Table;
use super::shared;
use crate::cli::{Batch, Library};
use crate::exit::{Exit, Failure};
use crate::library;
use crate::output::Output;

/// What became of the table.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Summary {
    rows: u64,
    made: u64,
    /// Of those made: what the library held before.
    #[serde(skip_serializing_if = "Option::is_none")]
    unchanged: Option<u64>,
    failed: u64,
}

pub(super) fn run(arguments: Batch, output: &mut Output) -> Result<(), Failure> {
    let keep_going = arguments.keep_going;
    let table = Table::open(&arguments.table, arguments.format)?;
    let (maker, mut sink) = destination(arguments)?;
    let stop = Stop::at_a_signal();

    let survey = Survey::of(table.rows()?, &stop)?;
    let rows = table.rows()?.map(|row| survey.refuse_repeated(row));
    let progress = Progress::start(survey.rows, !output.is_json());
    let mut summary = Summary {
        rows: survey.rows,
        ..Summary::default()
    };
    let mut gravest = None;
    let new_worker = || maker.worker();
    pipeline::run(rows, maker.workers(), new_worker, &stop, |made| {
        progress.advance();
        match made {
            Ok(made) => {
                summary.made += 1;
                sink.take(&made)
            }
            // What this machine can't do, it can't do for the next row either.
            Err(Failure::Because(failed)) if keep_going && failed.exit != Exit::Internal => {
                summary.failed += 1;
                gravest = gravest.max(Some(failed.exit));
                progress.aside(|| output.failed(&failed));
                Ok(())
            }
            Err(failure) => Err(failure),
        }
    })?;
    drop(progress);
    if let Sink::Library { unchanged } = sink {
        summary.unchanged = Some(unchanged);
    }
    sink.finish()?;

    let Summary {
        rows, made, failed, ..
    } = summary;
    output.result(&summary, format_args!("{made} of {rows} codes made"))?;
    match gravest {
        None => Ok(()),
        Some(exit) => Err(Failure::new(
            exit,
            "rows_failed",
            format!("could not make {failed} of {rows} codes"),
            "the rows are named above; the other codes are made",
        )),
    }
}

/// How to make the codes, and where they go.
fn destination(arguments: Batch) -> Result<(Maker, Sink), Failure> {
    let detail = shared::detail(arguments.detail);
    let force = arguments.force;
    let (way, sink) = match arguments.output {
        Some(path) if is_zip(&path) => (Way::Draw, Sink::zip(&path, force)?),
        Some(path) => {
            let sink = Sink::folder(&path, force)?;
            (
                Way::Write {
                    folder: path,
                    force,
                },
                sink,
            )
        }
        None => {
            let client = library::open(Library {
                endpoint: arguments.endpoint,
                // `--store` alone is the usual one.
                store: arguments.store.filter(|store| !store.is_empty()),
                key: arguments.key,
            })?;
            let way = Way::Store {
                client,
                replace: arguments.replace,
                runtime: Runtime::new().map_err(|error| Failure::of_runtime(&error))?,
            };
            (way, Sink::Library { unchanged: 0 })
        }
    };
    Ok((Maker { detail, way }, sink))
}

fn is_zip(path: &Path) -> bool {
    path.extension()
        .and_then(OsStr::to_str)
        .is_some_and(|ending| ending.eq_ignore_ascii_case("zip"))
}
