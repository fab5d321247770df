//! The real providers, asked on purpose: never part of the tests, because it needs a key and costs some characters.

use crate::run::{Repository, Stop, show};

/// Runs the checks; without a key they only say what they would do.
pub fn run(repository: &Repository, edge: bool) -> Result<(), Stop> {
    let checks = ["run", "--quiet", "--locked", "--package", "acceptance", "--bin", "live", "--"];
    show(repository.cargo().args(checks).args(edge.then_some("edge")))
}
