//! After a crash: what a dead process left running, and the files it left half made.
//!
//! Only the holder of the runner lock may do this; otherwise it would clean up under somebody's hands.

use std::path::Path;
use std::time::{Duration, SystemTime};

use super::store::{self, JobError};
use crate::ids::JobId;
use crate::profile::Profile;
use crate::profile::lock::RunnerLock;

/// Unfinished files of imports may belong to another process that is alive; after this long they do not.
const STALE: Duration = Duration::from_hours(24);

/// Marks interrupted jobs and removes their leftovers. Gives the jobs that will resume.
///
/// # Errors
/// [`JobError`] when the store cannot be changed. Files that cannot be removed are logged and left.
pub fn recover(profile: &Profile, _proof: &RunnerLock) -> Result<Vec<JobId>, JobError> {
    let interrupted = profile.write(store::mark_interrupted)?;
    for job in &interrupted {
        tracing::info!(%job, "a job was interrupted; it will resume");
    }
    let root = profile.root();
    // Folders named by a job are the runner's alone. Others (a voice being tried out) go when they are a day old.
    each_entry(&root.join("tmp"), &mut |path, age| {
        let of_a_job = path.file_name().and_then(|n| n.to_str()).is_some_and(|n| n.parse::<JobId>().is_ok());
        let mine = of_a_job && profile.read::<_, JobError>(|tx| store::known(tx, path)).unwrap_or(false);
        if mine || age > STALE {
            remove(path);
        }
    });
    for folder in ["cache", "clips"] {
        sweep(&root.join(folder), Duration::ZERO);
    }
    sweep(&root.join("media"), STALE);
    if let Err(error) = crate::library::leftovers::remove(profile, STALE) {
        tracing::warn!(%error, "what an import left behind could not be removed");
    }
    Ok(interrupted)
}

fn each_entry(folder: &Path, visit: &mut dyn FnMut(&Path, Duration)) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let age = entry
            .metadata()
            .and_then(|m| m.modified())
            .ok()
            .and_then(|at| SystemTime::now().duration_since(at).ok())
            .unwrap_or_default();
        visit(&entry.path(), age);
    }
}

/// Removes `.part` files older than `age` in the folder and below.
fn sweep(folder: &Path, older_than: Duration) {
    each_entry(folder, &mut |path, age| {
        if path.is_dir() && !path.is_symlink() {
            sweep(path, older_than);
        } else if path.extension().is_some_and(|e| e == "part") && age >= older_than {
            remove(path);
        }
    });
}

fn remove(path: &Path) {
    let gone =
        if path.is_dir() && !path.is_symlink() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
    match gone {
        Ok(()) => tracing::info!(path = %path.display(), "removed what an interrupted job left"),
        Err(error) => tracing::warn!(%error, path = %path.display(), "a leftover could not be removed"),
    }
}
