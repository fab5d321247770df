//! How much room a profile's folder takes, by part, and making room.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Profile;
use super::media::{MediaError, PARTS};

/// One part of a profile's folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StoragePart {
    /// "media", "clips", "cache", "trash", "backups", "inbox", "tmp"; "database" for what lies beside them.
    pub name: String,
    /// How much is in it.
    pub bytes: u64,
}

/// How much room a profile takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Storage {
    /// The profile's folder.
    pub folder: PathBuf,
    /// Its parts.
    pub parts: Vec<StoragePart>,
    /// How much room the disk has left; `None` when that cannot be told.
    pub free_bytes: Option<u64>,
}

/// What can be made again without anybody noticing but by the time it takes: encoded shots. Pictures, proxies and spoken
/// sentences stay; plans and lists need them.
const CHUNKS: &str = "cache/chunks";
/// An encoded shot used since then may be wanted by a render that is going on.
const RECENT: Duration = Duration::from_hours(1);

/// How much room the profile takes.
///
/// # Errors
/// [`MediaError::Io`] when its folder cannot be read.
pub fn show(profile: &Profile) -> Result<Storage, MediaError> {
    let root = profile.root();
    let mut parts = Vec::new();
    for name in PARTS {
        parts.push(StoragePart { name: name.to_owned(), bytes: size(&root.join(name))? });
    }
    let all = size(root)?;
    let known: u64 = parts.iter().map(|p| p.bytes).sum();
    parts.push(StoragePart { name: "database".into(), bytes: all.saturating_sub(known) });
    let free_bytes = match fs4::available_space(root) {
        Ok(free) => Some(free),
        Err(error) => {
            tracing::warn!(%error, "the free space cannot be told");
            None
        }
    };
    Ok(Storage { folder: root.to_owned(), parts, free_bytes })
}

fn size(folder: &Path) -> Result<u64, MediaError> {
    let mut all = 0;
    each_file(folder, &mut |_, meta| {
        all += meta.len();
        Ok(())
    })?;
    Ok(all)
}

/// Removes encoded shots; gives how many bytes that freed. With a render `going_on`, those used within the last hour stay.
///
/// # Errors
/// [`MediaError::Io`].
pub fn clear_cache(profile: &Profile, going_on: bool) -> Result<u64, MediaError> {
    let mut freed = 0;
    let now = SystemTime::now();
    each_file(&profile.root().join(CHUNKS), &mut |path, meta| {
        let age = meta.modified().ok().and_then(|at| now.duration_since(at).ok()).unwrap_or_default();
        if going_on && age < RECENT {
            return Ok(());
        }
        match std::fs::remove_file(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(MediaError::io("removed", path)(error)),
            Ok(()) => {
                freed += meta.len();
                Ok(())
            }
        }
    })?;
    Ok(freed)
}

/// Every file in a folder and below. Links are not followed; what vanishes meanwhile is passed over.
fn each_file(
    folder: &Path,
    visit: &mut dyn FnMut(&Path, &std::fs::Metadata) -> Result<(), MediaError>,
) -> Result<(), MediaError> {
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(MediaError::io("read", folder))?,
    };
    for entry in entries {
        let path = entry.map_err(MediaError::io("read", folder))?.path();
        let Ok(meta) = path.symlink_metadata() else { continue };
        if meta.is_dir() {
            each_file(&path, visit)?;
        } else if meta.is_file() {
            visit(&path, &meta)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testkit::bench;

    #[test]
    fn every_byte_of_the_folder_is_in_one_part() {
        let bench = bench();
        let root = bench.profile.root();
        std::fs::create_dir_all(root.join("media/music")).unwrap();
        std::fs::write(root.join("media/music/a.mp3"), [0; 300]).unwrap();
        std::fs::write(root.join("trash/b"), [0; 70]).unwrap();
        let storage = show(&bench.profile).unwrap();
        let of = |name: &str| storage.parts.iter().find(|p| p.name == name).unwrap().bytes;
        assert_eq!((of("media"), of("trash"), of("clips")), (300, 70, 0));
        assert!(of("database") > 0 && storage.free_bytes.is_some());
    }

    #[test]
    fn clearing_the_cache_takes_encoded_shots_alone_and_none_of_a_render_going_on() {
        let bench = bench();
        let root = bench.profile.root();
        for folder in ["cache/chunks", "cache/thumbs/a", "cache/voice"] {
            std::fs::create_dir_all(root.join(folder)).unwrap();
            std::fs::write(root.join(folder).join("x"), [0; 10]).unwrap();
        }
        assert_eq!(clear_cache(&bench.profile, true).unwrap(), 0);
        let old = SystemTime::now() - Duration::from_hours(3);
        std::fs::File::options().write(true).open(root.join("cache/chunks/x")).unwrap().set_modified(old).unwrap();
        std::fs::write(root.join("cache/chunks/new"), [0; 7]).unwrap();
        assert_eq!(clear_cache(&bench.profile, true).unwrap(), 10);
        assert_eq!(clear_cache(&bench.profile, false).unwrap(), 7);
        assert!(root.join("cache/thumbs/a/x").is_file() && root.join("cache/voice/x").is_file());
    }
}
