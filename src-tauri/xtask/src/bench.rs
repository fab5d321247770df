//! Builds the benchmarks with full optimisation and runs them. What they measure is in the package edit-factory-bench.

use crate::needs::Purpose;
use crate::run::{Repository, Stop, show};
use crate::setup;

/// Runs all benchmarks, or only the ones named.
pub fn run(repository: &Repository, only: &[&str]) -> Result<(), Stop> {
    setup::for_purpose(repository, Purpose::Demo)?;
    show(repository.cargo().args([
        "build",
        "--release",
        "--package",
        "edit-factory",
        "--package",
        "edit-factory-bench",
    ]))?;
    show(
        repository
            .command(repository.built("release", "edit-factory-bench"))
            .arg("--work")
            .arg(repository.target("bench"))
            .arg("--demo")
            .arg(repository.path("assets/demo/footage"))
            .arg("--write")
            .arg(repository.path("docs/measurements/bench.md"))
            .args(only),
    )
}
