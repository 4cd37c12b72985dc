//! What a million of each operation costs on AWS.

use std::fmt::Write as _;
use std::time::Duration;

/// List prices in US dollars in us-east-1, without free tier, looked up on 24 and 27 November 2026. AWS's tables of prices
/// are filled in by script, so they are taken from what can be read: REST API 3.50 a million, Lambda 0.20 a million and
/// 0.0000133334 a GB-second on Arm (cloudchipr.com/blog/aws-lambda-pricing), Step Functions Express 1.00 a million and
/// 0.06 for each of the first 1,000 GB-hours, begun 100 ms and begun 64 MB (the worked examples of
/// aws.amazon.com/step-functions/pricing), S3 Standard 0.005 a thousand PUT or LIST and 0.0004 a thousand GET
/// (c3x.dev/blog/s3-request-fees-explained). Check yours.
///
/// A million REST API calls; a million starts of an Express machine and its 64 MB (it needs 50 and what it carries) for
/// 100 ms each; a million calls of functions.
const API: f64 = 3.50;
const MACHINE: f64 = 1.00 + 0.06 / 3_600.0 * 0.0625 * 0.1 * 1e6;
const INVOKE: f64 = 0.20;
/// A GB-second of a function on arm64, and what memory it has.
const GB_SECOND: f64 = 0.000_013_333_4;
const GB: f64 = 0.25;
/// What S3 asks for a million: PUT and LIST alike, GET, and DELETE.
const PUT_OR_LIST: f64 = 5.00;
const GET: f64 = 0.40;

/// Name, S3's part for ours, and for the Python functions.
const OPERATIONS: [(&str, f64, f64); 3] = [
    ("GENERATE: one PUT", PUT_OR_LIST, PUT_OR_LIST),
    ("RETRIEVE of one code: one GET", GET, GET),
    (
        "DELETE: ours asks with one LIST whether it was there",
        PUT_OR_LIST,
        0.0,
    ),
];

/// The table, from the warm times of each operation.
pub(crate) fn table(ours: &[Duration; 3], python: &[Duration; 3]) -> String {
    let mut text = "| A million of | the same for both | S3 | function's time | together | Python: S3 | function's time | together |\n\
                    |---|---:|---:|---:|---:|---:|---:|---:|\n"
        .to_owned();
    let common = API + MACHINE + INVOKE;
    for (index, (name, s3, python_s3)) in OPERATIONS.into_iter().enumerate() {
        let (time, python_time) = (billed(ours[index]), billed(python[index]));
        // Writing to a String never fails.
        let _ = writeln!(
            text,
            "| {name} | {common:.2} | {s3:.2} | {time:.2} | {:.2} | {python_s3:.2} | {python_time:.2} | {:.2} |",
            common + s3 + time,
            common + python_s3 + python_time
        );
    }
    text
}

/// A million calls of that time, each billed by the begun millisecond.
fn billed(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e3).ceil() / 1e3 * GB * GB_SECOND * 1e6
}
