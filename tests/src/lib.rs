//! The test kit: what the acceptance tests run and look with.
//!
//! What is not here: tests. Those are in `suite/`.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a kit for tests: what goes wrong here fails the test")]

pub mod aligner;
pub mod brands;
pub mod cli;
pub mod converge;
pub mod direct;
pub mod fakes;
pub mod footage;
pub mod hosted;
pub mod live;
pub mod planted;
pub mod postgres;
pub mod posting;
pub mod studio;
pub mod voices;

use edit_factory_core::host::Tools;

pub use cli::{Cli, Ran};

/// The tools on the PATH.
#[must_use]
pub fn tools() -> Tools {
    let path = std::env::var_os("PATH").unwrap_or_default();
    Tools::find_in(&std::env::split_paths(&path).collect::<Vec<_>>())
}

/// How often: `few` in CI, `many` in `cargo xtask soak`.
#[must_use]
pub fn soak_or(few: u32, many: u32) -> u32 {
    if std::env::var_os("EDIT_FACTORY_SOAK").is_some() { many } else { few }
}
