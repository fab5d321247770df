//! What a killed process leaves of an export or an import is found and removed by the next one that opens the home.
//!
//! While such a work goes on, a note in the home's `unfinished` folder names what it writes, and is locked. The operating
//! system lets go of the lock when the process dies, whichever way.

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use crate::profile::media::MediaError;

const FOLDER: &str = "unfinished";

/// A note about something half written; gone when it is dropped.
#[derive(Debug)]
pub(crate) struct Claim {
    note: PathBuf,
    _file: File,
}

impl Claim {
    /// Notes in the home that this file or folder is not finished.
    pub(crate) fn on(home: &Path, what: &Path) -> Result<Self, MediaError> {
        let folder = home.join(FOLDER);
        std::fs::create_dir_all(&folder).map_err(MediaError::io("made", &folder))?;
        let note = folder.join(uuid::Uuid::now_v7().to_string());
        let io = || MediaError::io("written", &note);
        let mut file = File::create_new(&note).map_err(io())?;
        file.lock().map_err(io())?;
        file.write_all(what.as_os_str().as_encoded_bytes()).and_then(|()| file.sync_all()).map_err(io())?;
        Ok(Self { note: note.clone(), _file: file })
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_file(&self.note) {
            tracing::warn!(%error, "a note about unfinished work was left behind");
        }
    }
}

/// Removes what dead processes left half written. What cannot be removed is logged, and tried again the next time.
pub(crate) fn sweep(home: &Path) {
    let Ok(entries) = std::fs::read_dir(home.join(FOLDER)) else { return };
    for note in entries.flatten().map(|entry| entry.path()) {
        if let Err(error) = clear(&note) {
            tracing::warn!(%error, note = %note.display(), "what was left half written could not be removed");
        }
    }
}

fn clear(note: &Path) -> std::io::Result<()> {
    let mut file = match File::options().read(true).write(true).open(note) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        file => file?,
    };
    // Somebody is at it.
    if file.try_lock().is_err() {
        return Ok(());
    }
    let mut text = String::new();
    file.read_to_string(&mut text)?;
    let what = Path::new(&text);
    // Only what has a name that we give to unfinished things, whatever the note says.
    let name = what.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if name.starts_with(".unfinished-") || (name.starts_with('.') && name.ends_with(".part")) {
        let gone = if what.is_dir() { std::fs::remove_dir_all(what) } else { std::fs::remove_file(what) };
        match gone {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => tracing::info!(what = text, "what a dead process left half written was removed"),
        }
    }
    std::fs::remove_file(note)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_dead_process_left_goes_and_what_a_living_one_writes_stays() {
        let dir = tempfile::tempdir().unwrap();
        let (mine, theirs, other) =
            (dir.path().join(".unfinished-a"), dir.path().join(".b.part"), dir.path().join("film"));
        std::fs::create_dir(&mine).unwrap();
        std::fs::write(mine.join("x"), "x").unwrap();
        for file in [&theirs, &other] {
            std::fs::write(file, "x").unwrap();
        }
        let claim = Claim::on(dir.path(), &mine).unwrap();
        // As a killed process leaves them: notes that nobody holds.
        for (name, what) in [("dead", &theirs), ("odd", &other)] {
            std::fs::write(dir.path().join(FOLDER).join(name), what.as_os_str().as_encoded_bytes()).unwrap();
        }
        sweep(dir.path());
        assert!(mine.join("x").exists() && !theirs.exists() && other.exists(), "a film is nothing unfinished");
        drop(claim);
        assert_eq!(std::fs::read_dir(dir.path().join(FOLDER)).unwrap().count(), 0);
    }
}
