//! The program as a user runs it, in a home of the benchmark's own, and a look at what it stored there.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use edit_factory_core::home::Home;
use edit_factory_core::host::{Host, Tools};
use edit_factory_core::profile::Profile;
use edit_factory_core::profile::db::DbError;
use edit_factory_core::profile::secrets::InMemory;

use crate::process::{self, Cost};
use crate::{BenchError, Place};

/// The program with a home.
#[derive(Debug)]
pub struct Product {
    program: PathBuf,
    home: PathBuf,
    log: PathBuf,
}

impl Product {
    /// With an empty home.
    pub fn fresh(place: &Place, name: &str) -> Result<Self, BenchError> {
        let home = place.work.join(name);
        if home.exists() {
            std::fs::remove_dir_all(&home).map_err(BenchError::io(home.display().to_string()))?;
        }
        let here = std::env::current_exe().map_err(BenchError::io("this program"))?;
        let program = here.with_file_name(format!("edit-factory{}", std::env::consts::EXE_SUFFIX));
        Ok(Self { program, home, log: place.work.join(format!("{name}.log")) })
    }

    /// Runs a command of it.
    pub fn run(&self, words: &[&str], paths: &[&Path]) -> Result<Cost, BenchError> {
        let mut command = Command::new(&self.program);
        command.arg("--home").arg(&self.home).args(words).args(paths);
        process::run(&mut command, &self.log)
    }

    /// What its last run wrote, on stdout and stderr.
    pub fn log(&self) -> &Path {
        &self.log
    }

    /// Looks into the profile it made.
    pub fn look<T>(&self, work: impl FnOnce(&Profile) -> Result<T, DbError>) -> Result<T, BenchError> {
        let home = Home::open(Host {
            home: self.home.clone(),
            tools: Tools::default(),
            secrets: Arc::new(InMemory::default()),
            concurrency: 1,
            endpoints: std::collections::BTreeMap::new(),
            demo: None,
            process_name: "the benchmark".into(),
        })
        .map_err(BenchError::product)?;
        let profiles = home.profiles().map_err(BenchError::product)?;
        let [info] = profiles.as_slice() else {
            return Err(BenchError::Unexpected(format!("{} profiles instead of one", profiles.len())));
        };
        work(&home.profile(info.id).map_err(BenchError::product)?).map_err(BenchError::product)
    }

    /// Throws the finished chunks away, so that the next video is made from nothing but its footage.
    pub fn forget_chunks(&self) -> Result<(), BenchError> {
        let root = self.look(|profile| Ok(profile.root().to_owned()))?;
        let chunks = root.join("cache/chunks");
        if chunks.exists() {
            std::fs::remove_dir_all(&chunks).map_err(BenchError::io(chunks.display().to_string()))?;
        }
        Ok(())
    }

    /// Seconds the newest job of this kind took.
    pub fn seconds_of_last(&self, kind: &str) -> Result<f64, BenchError> {
        self.seconds(
            kind,
            "SELECT finished_at - started_at FROM jobs
             WHERE json_extract(kind, '$.kind') = ?1 AND state = 'done' ORDER BY finished_at DESC LIMIT 1",
        )
    }

    /// Seconds from the start of the first to the end of the last job of this kind.
    pub fn seconds_of_jobs(&self, kind: &str) -> Result<f64, BenchError> {
        self.seconds(
            kind,
            "SELECT max(finished_at) - min(started_at) FROM jobs
             WHERE json_extract(kind, '$.kind') = ?1 AND state = 'done'",
        )
    }

    fn seconds(&self, kind: &str, query: &str) -> Result<f64, BenchError> {
        let milliseconds: Option<i64> =
            self.look(|profile| profile.read(|reader| Ok(reader.query_row(query, [kind], |row| row.get(0))?)))?;
        let none = || BenchError::Unexpected(format!("no job \"{kind}\" was done"));
        // Milliseconds of a run: far below what a float holds exactly.
        milliseconds.map(|ms| ms as f64 / 1000.0).ok_or_else(none)
    }
}
