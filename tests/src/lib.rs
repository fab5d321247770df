//! The test kit: what the acceptance tests run and look with.
//!
//! What is not here: tests. Those are in `suite/`.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a kit for tests: what goes wrong here fails the test")]

pub mod cli;

pub use cli::{Cli, Ran};
