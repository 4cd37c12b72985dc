//! The wire contract: requests, answers, limits, error codes, device proof.
