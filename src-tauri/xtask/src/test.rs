//! Everything that must hold, in the order that finds the cheap mistakes first. One closing line says how it went.

use std::time::Instant;

use crate::checks;
use crate::needs::Purpose;
use crate::python;
use crate::run::{Repository, Stop, follow, show};
use crate::ui::{self, Counts};
use crate::{setup, window};

/// How many things were checked, and which of them failed.
#[derive(Debug, Default)]
struct Score {
    passed: usize,
    failed: Vec<String>,
    tests_failed: usize,
}

impl Score {
    fn note(&mut self, name: &str, good: bool) {
        println!("{} {name}", if good { "ok    " } else { "FAILED" });
        if good { self.passed += 1 } else { self.failed.push(name.to_owned()) }
    }

    fn note_rules(&mut self, repository: &Repository) -> Result<(), Stop> {
        for (rule, complaints) in checks::all(repository)? {
            for complaint in &complaints {
                println!("       {complaint}");
            }
            self.note(rule, complaints.is_empty());
        }
        Ok(())
    }

    /// The checks and tests of the window's pages, and their build.
    fn note_pages(&mut self, repository: &Repository) -> Result<(), Stop> {
        ui::packages(repository)?;
        for (name, script) in ui::CHECKS {
            self.note(name, ui::check(repository, script).is_ok());
        }
        self.add("vitest", ui::test(repository));
        self.note("vite build", ui::build(repository).is_ok());
        Ok(())
    }

    /// Counts the tests of a suite that is no Rust.
    fn add(&mut self, name: &str, counts: Result<Counts, Stop>) {
        match counts {
            Ok(Counts { passed, failed }) => {
                println!("{name}: {passed} passed, {failed} failed");
                self.passed += passed;
                self.tests_failed += failed;
            }
            Err(stop) => {
                println!("{stop}");
                self.note(name, false);
            }
        }
    }

    /// Prints the closing line.
    fn close(&self) -> Result<(), Stop> {
        let failed = self.failed.len() + self.tests_failed;
        for name in &self.failed {
            println!("FAILED {name}");
        }
        println!("{} passed, {failed} failed", self.passed);
        if failed == 0 { Ok(()) } else { Err(Stop::Said("Not everything holds; what failed is said above.".into())) }
    }

    /// Counts the tests of one test program by the line it closes with.
    fn count(&mut self, line: &str) {
        if let Some((passed, failed)) = result_line(line) {
            self.passed += passed;
            self.tests_failed += failed;
        }
    }
}

/// Runs everything.
pub fn run(repository: &Repository) -> Result<(), Stop> {
    let started = Instant::now();
    let heading = |text: &str| println!("\n== {text} (after {} s)", started.elapsed().as_secs());
    setup::for_purpose(repository, Purpose::Test)?;
    let mut score = Score::default();

    heading("Format");
    score.note("cargo fmt", show(repository.cargo().args(["fmt", "--all", "--check"])).is_ok());

    heading("Rules of the repository");
    score.note_rules(repository)?;

    heading("Pages of the window");
    // Before anything that compiles the desktop program, which has them inside.
    score.note_pages(repository)?;

    heading("Lints");
    let lints =
        ["clippy", "--locked", "--workspace", "--features", window::HOOKS, "--all-targets", "--", "-D", "warnings"];
    score.note("cargo clippy", show(repository.cargo().args(lints)).is_ok());

    heading("Tests");
    // The acceptance tests start the programs themselves, which `cargo test` alone does not promise to build. Together
    // with the tests, because what tests need of a crate they share would have it compiled a second time.
    let build = ["build", "--locked", "--workspace", "--features", window::HOOKS, "--bins", "--tests"];
    let built = show(repository.cargo().args(build)).is_ok();
    score.note("cargo build", built);
    if built {
        let mut tests = repository.cargo();
        tests
            .args(["test", "--locked", "--workspace", "--features", window::HOOKS, "--no-fail-fast"])
            .env("EDIT_FACTORY_TEST_PYTHON", python::of_the_tests(repository))
            .env("EDIT_FACTORY_TEST_VOICES", python::voices_of_the_tests(repository))
            .env("EDIT_FACTORY_TEST_ALL", "1");
        let good = follow(&mut tests, |line| score.count(line))?;
        if !good && score.tests_failed == 0 {
            // A test program that did not compile, or that died before it could count.
            score.failed.push("cargo test".into());
        }

        heading("The real window");
        score.add("window", window::test(repository, &[]));
    }

    println!("\nIn {} s:", started.elapsed().as_secs());
    score.close()
}

/// Builds the window and runs the tests of the real one alone; only some of them when `only` is not empty.
pub fn window(repository: &Repository, only: &[&str]) -> Result<(), Stop> {
    setup::for_purpose(repository, Purpose::Test)?;
    ui::build(repository)?;
    // As the whole test builds them, so that nothing is compiled twice: the program, its command line, what they post to.
    let build = ["build", "--locked", "--workspace", "--features", window::HOOKS, "--bins"];
    show(repository.cargo().args(build))?;
    let mut score = Score::default();
    score.add("window", window::test(repository, only));
    score.close()
}

/// Checks and tests the pages of the window alone.
pub fn ui(repository: &Repository) -> Result<(), Stop> {
    setup::for_purpose(repository, Purpose::App)?;
    let mut score = Score::default();
    score.note_pages(repository)?;
    score.close()
}

/// Checks the rules of the repository alone.
pub fn rules(repository: &Repository) -> Result<(), Stop> {
    let mut score = Score::default();
    score.note_rules(repository)?;
    score.close()
}

/// Passed and failed tests in "test result: ok. 12 passed; 0 failed; …".
pub fn result_line(line: &str) -> Option<(usize, usize)> {
    let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let mut parts = counts.split("; ");
    let passed = parts.next()?.strip_suffix(" passed")?.parse().ok()?;
    let failed = parts.next()?.strip_suffix(" failed")?.parse().ok()?;
    Some((passed, failed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_line_of_a_test_program_is_read() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s";
        assert_eq!(result_line(line), Some((12, 3)));
        assert_eq!(result_line("test a ... ok"), None);
    }

    #[test]
    fn failures_of_all_test_programs_are_added_up() {
        let mut score = Score::default();
        score.count("test result: ok. 2 passed; 0 failed; 0 ignored");
        score.count("test result: FAILED. 1 passed; 2 failed; 0 ignored");
        assert_eq!((score.passed, score.tests_failed), (3, 2));
    }
}
