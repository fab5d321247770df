//! The long tests: the acceptance tests with their full counts, and a record of what they say.

use std::time::Instant;

use crate::needs::Purpose;
use crate::python;
use crate::run::{Repository, Stop, capture, follow, show};
use crate::setup;
use crate::test::result_line;

const RECORD: &str = "docs/measurements/soak.md";

/// Runs them and writes the record.
pub fn run(repository: &Repository) -> Result<(), Stop> {
    setup::for_purpose(repository, Purpose::Test)?;
    show(repository.cargo().args(["build", "--locked", "--workspace", "--bins"]))?;
    let started = Instant::now();
    let mut notes: Vec<String> = Vec::new();
    let mut counts = (0, 0);
    let mut command = repository.cargo();
    command
        .args(["test", "--locked", "--package", "acceptance", "--no-fail-fast", "--"])
        .args(["--nocapture", "--test-threads", "1", "--include-ignored"])
        .env("EDIT_FACTORY_TEST_PYTHON", python::of_the_tests(repository))
        .env("EDIT_FACTORY_TEST_VOICES", python::voices_of_the_tests(repository))
        .env("EDIT_FACTORY_TEST_ALL", "1")
        .env("EDIT_FACTORY_SOAK", "1");
    let good = follow(&mut command, |line| {
        if let Some((passed, failed)) = result_line(line) {
            counts = (counts.0 + passed, counts.1 + failed);
        }
        // Without capture, what a test prints stands after "test name ... ".
        if let Some((_, note)) = line.split_once("soak: ") {
            notes.push(note.to_owned());
        }
    })?;
    let version = capture(repository.command("ffmpeg").arg("-version"))?.stdout;
    let record = record(&Facts {
        date: today(repository)?,
        ffmpeg: version.lines().next().unwrap_or_default().to_owned(),
        cores: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        minutes: started.elapsed().as_secs() / 60,
        passed: counts.0,
        failed: counts.1,
        notes,
    });
    let path = repository.path(RECORD);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(Stop::io(RECORD))?;
    }
    std::fs::write(&path, record).map_err(Stop::io(RECORD))?;
    println!("{} passed, {} failed; written to {RECORD}", counts.0, counts.1);
    if good { Ok(()) } else { Err(Stop::Said("Not every long test passed; what failed is said above.".into())) }
}

struct Facts {
    date: String,
    ffmpeg: String,
    cores: usize,
    minutes: u64,
    passed: usize,
    failed: usize,
    notes: Vec<String>,
}

fn record(facts: &Facts) -> String {
    let mut text = format!(
        "# The long tests\n\nWritten by `cargo xtask soak` on {}: {} cores, {}, {} minutes.\n\n\
         **{} passed, {} failed.** What the tests counted:\n\n",
        facts.date, facts.cores, facts.ffmpeg, facts.minutes, facts.passed, facts.failed
    );
    for note in &facts.notes {
        text += &format!("- {note}\n");
    }
    text
}

/// The date of the newest commit: the day of the code that is tested.
fn today(repository: &Repository) -> Result<String, Stop> {
    Ok(capture(repository.command("git").args(["log", "-1", "--format=%cs"]))?.stdout.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_record_says_what_ran_where_and_what_it_counted() {
        let text = record(&Facts {
            date: "2030-01-02".into(),
            ffmpeg: "ffmpeg version 5.1".into(),
            cores: 2,
            minutes: 61,
            passed: 40,
            failed: 0,
            notes: vec!["500 kills, 500 recoveries".into()],
        });
        assert!(text.contains("2030-01-02") && text.contains("2 cores") && text.contains("61 minutes"));
        assert!(text.contains("**40 passed, 0 failed.**") && text.ends_with("- 500 kills, 500 recoveries\n"));
    }
}
