//! Looking for a secret where it must not be: in files, and in what the programs that are started are given.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use edit_factory_core::host::Tools;

/// Stands in front of the outside programs and writes down their arguments and their environment.
#[derive(Debug)]
pub struct Recorder {
    programs: PathBuf,
    record: PathBuf,
}

impl Recorder {
    /// In this folder.
    ///
    /// # Panics
    /// When the programs are not installed.
    #[cfg(unix)]
    #[must_use]
    pub fn new(folder: &Path) -> Self {
        use std::os::unix::fs::PermissionsExt;
        let (programs, record) = (folder.join("programs"), folder.join("record.txt"));
        std::fs::create_dir_all(&programs).unwrap();
        let tools = crate::tools();
        for (name, real) in [("ffmpeg", tools.ffmpeg), ("ffprobe", tools.ffprobe), ("espeak-ng", tools.espeak)] {
            let (path, real) = (programs.join(name), real.unwrap());
            let body = format!(
                "#!/bin/sh\n{{ printf '%s\\n' '== {name}' \"$@\"; env; }} >> '{}'\nexec '{}' \"$@\"\n",
                record.display(),
                real.display()
            );
            std::fs::write(&path, body).unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        }
        Self { programs, record }
    }

    /// The programs, by path.
    #[must_use]
    pub fn tools(&self) -> Tools {
        Tools::find_in(std::slice::from_ref(&self.programs))
    }

    /// A PATH on which they come first.
    ///
    /// # Panics
    /// When the PATH is none.
    #[must_use]
    pub fn path(&self) -> OsString {
        let rest = std::env::var_os("PATH").unwrap_or_default();
        std::env::join_paths([self.programs.clone()].into_iter().chain(std::env::split_paths(&rest))).unwrap()
    }

    /// How often one was started.
    ///
    /// # Panics
    /// When nothing was recorded.
    #[must_use]
    pub fn count(&self, name: &str) -> usize {
        let line = format!("== {name}");
        self.text().lines().filter(|had| *had == line).count()
    }

    /// Everything that was written down.
    ///
    /// # Panics
    /// When nothing was recorded.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&std::fs::read(&self.record).unwrap()).into_owned()
    }
}

/// All files below a folder.
///
/// # Panics
/// When a folder cannot be read.
#[must_use]
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() { all.extend(files(&entry.path())) } else { all.push(entry.path()) }
    }
    all
}

/// The files below a folder that have one of these in them, as bytes.
///
/// # Panics
/// When a file cannot be read.
#[must_use]
pub fn holding(folder: &Path, needles: &[&str]) -> Vec<PathBuf> {
    let has = |path: &PathBuf| {
        let bytes = std::fs::read(path).unwrap();
        needles.iter().any(|needle| bytes.windows(needle.len()).any(|window| window == needle.as_bytes()))
    };
    files(folder).into_iter().filter(has).collect()
}
