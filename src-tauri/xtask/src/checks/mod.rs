//! Rules of the repository that no compiler knows: licences, files that speak of one machine, habits that the
//! architecture forbids. Each rule is a pure function over the files git knows.

pub mod assets;
pub mod habits;
pub mod licences;
pub mod places;

use std::fmt;

use crate::run::{Repository, Stop, capture};

/// A file of the repository.
#[derive(Debug, Clone)]
pub struct File {
    /// Path from the top, with forward slashes.
    pub path: String,
    /// What it says; `None` for a file that is not text.
    pub text: Option<String>,
}

/// A broken rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// The file, or what else breaks it.
    pub of: String,
    /// Line in it, from 1; 0 for all of it.
    pub line: usize,
    /// What is wrong, and what to do.
    pub says: String,
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.of, self.says),
            line => write!(f, "{}:{line}: {}", self.of, self.says),
        }
    }
}

/// Every file git tracks, or would track.
pub fn files(repository: &Repository) -> Result<Vec<File>, Stop> {
    let listed = capture(repository.command("git").args([
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
        "--deduplicate",
    ]))?;
    let mut files = Vec::new();
    for path in listed.stdout.split('\0').filter(|path| !path.is_empty()) {
        match std::fs::read(repository.path(path)) {
            Ok(bytes) => files.push(File { path: path.to_owned(), text: String::from_utf8(bytes).ok() }),
            // Deleted, but not yet in the index.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(Stop::io(path)(error)),
        }
    }
    Ok(files)
}

/// Every rule by name, with what breaks it.
pub fn all(repository: &Repository) -> Result<Vec<(&'static str, Vec<Complaint>)>, Stop> {
    let files = files(repository)?;
    let crates = licences::packages(repository)?;
    let npm = licences::npm_packages(repository)?;
    let home = std::env::var("HOME").unwrap_or_default();
    Ok(vec![
        (
            "every dependency has a licence that may be shipped",
            [licences::check(&crates), licences::check(&npm), licences::left_out(&files)].concat(),
        ),
        ("THIRD-PARTY.md lists the dependencies there are", crate::notices::check(&files, &crates, &npm)),
        ("everything under assets has its licence beside it", assets::check(&files)),
        ("no file speaks of the machine it was written on", places::check(&files, repository.root(), &home)),
        ("no file of code passes 500 lines", habits::length(&files)),
        ("no hidden state, no unnamed errors, no looking around in core", habits::check(&files)),
    ])
}
