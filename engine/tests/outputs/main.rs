//! Every output of a symbol is parsed back to its modules, by code that is not the engine's where
//! there is any.

mod png;
mod samples;
