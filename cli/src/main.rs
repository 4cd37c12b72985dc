//! `qrgen`: make, keep, find and delete QR codes from the command line.

fn main() {}
