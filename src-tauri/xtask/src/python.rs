//! The aligner the tests compare word times with: a Python package in a folder of its own under the build folder.

use std::path::PathBuf;

use crate::run::{Repository, Stop, show};

/// The system's Python.
pub const SYSTEM: &str = if cfg!(windows) { "python" } else { "python3" };

/// The Python that has the aligner.
pub fn of_the_tests(repository: &Repository) -> PathBuf {
    let program = if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" };
    folder(repository).join(program)
}

fn folder(repository: &Repository) -> PathBuf {
    repository.target("aligner-venv")
}

/// Makes the folder unless it holds what `tests/aligner/requirements.txt` asks for already.
pub fn prepare(repository: &Repository) -> Result<(), Stop> {
    let wanted_path = repository.path("tests/aligner/requirements.txt");
    let wanted = std::fs::read_to_string(&wanted_path).map_err(Stop::io(repository.shown(&wanted_path)))?;
    let folder = folder(repository);
    let installed = folder.join("installed.txt");
    if std::fs::read_to_string(&installed).is_ok_and(|text| text == wanted) && of_the_tests(repository).exists() {
        return Ok(());
    }
    println!("Installing the aligner of the tests into {}", repository.shown(&folder));
    show(repository.command(SYSTEM).args(["-m", "venv", "--clear"]).arg(&folder))?;
    show(
        repository
            .command(of_the_tests(repository))
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"])
            .arg(&wanted_path),
    )?;
    std::fs::write(&installed, wanted).map_err(Stop::io(repository.shown(&installed)))
}
