//! The pages of the window: their packages, their checks, their build.

use std::process::Command;

use serde_json::Value;

use crate::needs::NPM;
use crate::run::{Repository, Stop, show};

/// One of the scripts of `ui/package.json`.
fn script(repository: &Repository, name: &str) -> Command {
    let mut npm = repository.command(NPM);
    npm.current_dir(repository.path("ui")).args(["run", "--silent", name]);
    npm
}

/// Installs the packages unless what `package-lock.json` names is installed already.
pub fn packages(repository: &Repository) -> Result<(), Stop> {
    install(repository, "ui", "ui-packages.json", "the packages of the window's pages")
}

/// The same for the servers that stand in for a hosted project in the tests.
pub fn test_servers(repository: &Repository) -> Result<(), Stop> {
    install(repository, "tests/servers", "server-packages.json", "the servers of the tests")
}

fn install(repository: &Repository, folder: &str, stamp: &str, what: &str) -> Result<(), Stop> {
    let lock = repository.path(&format!("{folder}/package-lock.json"));
    let wanted = std::fs::read_to_string(&lock).map_err(Stop::io(repository.shown(&lock)))?;
    let stamp = repository.target(stamp);
    let installed = std::fs::read_to_string(&stamp).is_ok_and(|text| text == wanted);
    if installed && repository.path(&format!("{folder}/node_modules")).is_dir() {
        return Ok(());
    }
    println!("Installing {what}");
    show(repository.command(NPM).current_dir(repository.path(folder)).args(["ci", "--no-audit", "--no-fund"]))?;
    std::fs::write(&stamp, wanted).map_err(Stop::io(repository.shown(&stamp)))
}

/// Builds the pages into `ui/dist`, from where they are put into the program.
pub fn build(repository: &Repository) -> Result<(), Stop> {
    packages(repository)?;
    show(script(repository, "build").args(["--", "--logLevel", "warn"]))
}

/// The checks that take no tests: name for people, script.
pub const CHECKS: &[(&str, &str)] = &[("prettier", "format"), ("tsc", "check"), ("eslint", "lint")];

/// Runs one of [`CHECKS`].
pub fn check(repository: &Repository, name: &str) -> Result<(), Stop> {
    show(&mut script(repository, name))
}

/// How many tests of the pages passed and failed.
#[derive(Debug, PartialEq, Eq)]
pub struct Counts {
    /// Passed.
    pub passed: usize,
    /// Failed; a file that could not be run at all counts as one.
    pub failed: usize,
}

/// Runs the tests of the pages.
pub fn test(repository: &Repository) -> Result<Counts, Stop> {
    let report = repository.target("vitest.json");
    if report.exists() {
        // What is read below must be of this run.
        std::fs::remove_file(&report).map_err(Stop::io(repository.shown(&report)))?;
    }
    let good = show(
        script(repository, "test")
            .args(["--", "--reporter=default", "--reporter=json"])
            .arg(format!("--outputFile.json={}", report.display())),
    );
    let text = match std::fs::read_to_string(&report) {
        Ok(text) => text,
        Err(source) => return Err(good.err().unwrap_or_else(|| Stop::io(repository.shown(&report))(source))),
    };
    let json: Value = serde_json::from_str(&text).map_err(|source| Stop::Json { what: "vitest".into(), source })?;
    Ok(counts(&json, good.is_ok()))
}

fn counts(report: &Value, good: bool) -> Counts {
    let number = |name: &str| report[name].as_u64().map_or(0, |n| usize::try_from(n).unwrap_or(usize::MAX));
    let failed = number("numFailedTests");
    // A test file with a mistake at its top has no tests that could fail.
    Counts { passed: number("numPassedTests"), failed: if failed == 0 && !good { 1 } else { failed } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_counted_and_a_run_that_broke_down_never_counts_as_good() {
        let report = serde_json::json!({ "numPassedTests": 12, "numFailedTests": 2 });
        assert_eq!(counts(&report, false), Counts { passed: 12, failed: 2 });
        let broke = serde_json::json!({ "numPassedTests": 12, "numFailedTests": 0 });
        assert_eq!(counts(&broke, false), Counts { passed: 12, failed: 1 });
        assert_eq!(counts(&broke, true), Counts { passed: 12, failed: 0 });
    }
}
