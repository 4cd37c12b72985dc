//! What is more than one command.

fn main() {}
