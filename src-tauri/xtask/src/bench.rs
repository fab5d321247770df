//! Builds the benchmarks with full optimisation and runs them. What they measure is in the package edit-factory-bench.

use crate::app::{PACKAGE, PROGRAM};
use crate::needs::Purpose;
use crate::run::{Repository, Stop, show};
use crate::{python, setup, ui, window};

/// The measurements of the window among the names.
const WINDOW: &str = "window";
/// The measurements of speech among them.
const SPEECH: &str = "speech";

/// Runs all benchmarks, or only the ones named.
pub fn run(repository: &Repository, only: &[&str]) -> Result<(), Stop> {
    setup::for_purpose(repository, Purpose::Demo)?;
    if only.is_empty() || only.contains(&SPEECH) {
        // The packages with the voice that is measured.
        setup::for_purpose(repository, Purpose::Test)?;
    }
    let windowed = only.is_empty() || only.contains(&WINDOW);
    if windowed {
        // What has to be installed and built comes first: nothing may be measured right after a long compilation.
        setup::for_purpose(repository, Purpose::Test)?;
        ui::build(repository)?;
        // As `tauri build` does it: the pages are inside the program.
        let inside = ["--features", "tauri/custom-protocol"];
        show(repository.cargo().args(["build", "--release", "--package", PACKAGE]).args(inside))?;
    }
    show(repository.cargo().args([
        "build",
        "--release",
        "--package",
        "edit-factory",
        "--package",
        "edit-factory-bench",
    ]))?;
    let rows = windowed.then(|| measured(repository)).transpose()?;
    show(
        repository
            .command(repository.built("release", "edit-factory-bench"))
            .args(rows.iter().flat_map(|file| [std::ffi::OsStr::new("--rows"), file.as_os_str()]))
            .arg("--work")
            .arg(repository.target("bench"))
            .arg("--voices")
            .arg(python::voices_of_the_tests(repository))
            .arg("--demo")
            .arg(repository.path("assets/demo/footage"))
            .arg("--write")
            .arg(repository.path("docs/measurements/bench.md"))
            .args(only),
    )
}

/// Measures the window and gives the file with the rows.
fn measured(repository: &Repository) -> Result<std::path::PathBuf, Stop> {
    println!("measuring {WINDOW}");
    let work = repository.target("bench/window");
    if work.exists() {
        std::fs::remove_dir_all(&work).map_err(Stop::io(repository.shown(&work)))?;
    }
    let home = work.join("home");
    std::fs::create_dir_all(&home).map_err(Stop::io(repository.shown(&home)))?;
    show(repository.command(repository.built("release", "edit-factory-bench")).arg("--fill").arg(&home))?;
    let rows = work.join("rows.json");
    window::measure(repository, &home, &rows, &repository.built("release", PROGRAM))?;
    Ok(rows)
}
