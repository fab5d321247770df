//! Copies without a source: what an import leaves in `media/` when its process dies after the copy and before the row.

use std::time::{Duration, SystemTime};

use super::sources::SourceError;
use crate::ids::SourceId;
use crate::profile::Profile;
use crate::profile::media::MediaError;

/// Removes copies that are no source's and are older than `older_than`; younger ones may belong to an import that is
/// going on. Only names that we give (`<source id>.<extension>`, directly in `media/`) are looked at. Returns how many
/// were removed.
///
/// # Errors
/// [`SourceError`] when the folder or the database cannot be read, or a file cannot be removed.
pub fn remove(profile: &Profile, older_than: Duration) -> Result<u32, SourceError> {
    let media = profile.root().join("media");
    let io = |source| SourceError::Media(MediaError::Io { what: "read", path: media.clone(), source });
    let mut removed = 0;
    for entry in std::fs::read_dir(&media).map_err(io)? {
        let entry = entry.map_err(io)?;
        let path = entry.path();
        let id = path.file_stem().and_then(|n| n.to_str()).and_then(|n| n.parse::<SourceId>().ok());
        let meta = entry.metadata().map_err(io)?;
        let Some(id) = id.filter(|_| meta.is_file()) else { continue };
        // A clock that went back makes a file look new, and it stays: the safe side.
        let age = meta.modified().ok().and_then(|t| SystemTime::now().duration_since(t).ok()).unwrap_or_default();
        if age < older_than {
            continue;
        }
        let name = format!("media/{}", entry.file_name().to_string_lossy());
        let known: bool = profile.read::<_, SourceError>(|tx| {
            Ok(tx
                .prepare_cached("SELECT EXISTS (SELECT 1 FROM sources WHERE id = ?1 OR path = ?2)")?
                .query_row((id, name), |r| r.get(0))?)
        })?;
        if !known {
            std::fs::remove_file(&path).map_err(MediaError::io("removed", &path))?;
            tracing::info!(path = %path.display(), "a copy that an import did not finish was removed");
            removed += 1;
        }
    }
    Ok(removed)
}

#[cfg(test)]
mod tests {
    use tokio_util::sync::CancellationToken;

    use super::*;
    use crate::library::import::{ImportOptions, import};
    use crate::library::{sources, testmedia};
    use crate::testkit::bench;

    #[tokio::test]
    async fn only_old_copies_without_a_row_are_removed() {
        let bench = bench();
        let path = testmedia::plain(&bench.desk, "a.mp4");
        let options = ImportOptions::default();
        let report = import(&bench.profile, &[path], &options, &CancellationToken::new()).await.unwrap();
        let source = &report.added[0].source;
        let media = bench.profile.root().join("media");
        let orphan = media.join(format!("{}.mp4", SourceId::new()));
        let music = media.join("song.mp3");
        for file in [&orphan, &music] {
            std::fs::write(file, b"x").unwrap();
        }
        assert_eq!(remove(&bench.profile, Duration::from_hours(1)).unwrap(), 0);
        assert_eq!(remove(&bench.profile, Duration::ZERO).unwrap(), 1);
        assert!(!orphan.exists() && music.exists());
        assert!(sources::real_path(&bench.profile, source).is_ok());
    }
}
