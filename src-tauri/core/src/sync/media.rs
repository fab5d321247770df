//! Which files of a profile the server should have, which are missing here, and moving them either way.
//!
//! Of a clip its video goes there; what lies beside it (subtitles, narration) stays on the machine that made it.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;
use ts_rs::TS;

use super::account::MediaPolicy;
use super::supabase::{FileError, Heard, RemoteFile, Supabase};
use crate::error::Failure;
use crate::ids::{ClipId, RemoteProfileId, SourceId};
use crate::profile::Profile;
use crate::profile::events::Event;
use crate::profile::media::MediaPath;

/// What a file is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "of", content = "id")]
pub enum FileOf {
    /// Footage.
    Source(SourceId),
    /// A finished video.
    Clip(ClipId),
}

/// A file of the library.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MediaFile {
    /// What it is of.
    pub of: FileOf,
    /// Its name, for people.
    pub name: String,
    /// Its size.
    #[ts(type = "number")]
    pub bytes: u64,
    #[serde(skip)]
    hash: String,
    #[serde(skip)]
    place: Option<Place>,
}

/// Where it lies, or would lie.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    Inside(MediaPath),
    Outside(PathBuf),
}

/// What became of sending files.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Sent {
    /// So many are there now that were not.
    pub sent: u32,
    /// So many should be there.
    pub wanted: u32,
    /// Those that did not get there, and why.
    pub left: Vec<NotSent>,
}

/// A file that did not get there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct NotSent {
    /// Its name.
    pub name: String,
    /// Why.
    pub failure: Failure,
}

/// Every file of the library, footage first.
fn all(profile: &Profile) -> Result<Vec<MediaFile>, FileError> {
    profile.read(|tx| {
        let count = |n: i64| n.unsigned_abs();
        let mut files: Vec<MediaFile> = Vec::new();
        let mut query = tx.prepare_cached(
            "SELECT id, name, bytes, hash, path, outside FROM sources WHERE deleted_at IS NULL ORDER BY created_at, id",
        )?;
        let rows = query.query_map([], |r| {
            let inside: Option<MediaPath> = r.get(4)?;
            let outside: Option<String> = r.get(5)?;
            Ok(MediaFile {
                of: FileOf::Source(r.get(0)?),
                name: r.get(1)?,
                bytes: count(r.get(2)?),
                hash: r.get(3)?,
                place: inside.map(Place::Inside).or(outside.map(|path| Place::Outside(path.into()))),
            })
        })?;
        files.extend(rows.collect::<Result<Vec<_>, _>>()?);
        let mut query = tx.prepare_cached(
            "SELECT id, name, bytes, hash, folder FROM clips WHERE deleted_at IS NULL ORDER BY created_at, id",
        )?;
        let rows = query.query_map([], |r| {
            let (name, folder): (String, MediaPath) = (r.get(1)?, r.get(4)?);
            Ok(MediaFile {
                of: FileOf::Clip(r.get(0)?),
                bytes: count(r.get(2)?),
                hash: r.get(3)?,
                // A name that is no part of a path came from elsewhere and has no file here.
                place: MediaPath::new(format!("{folder}/{name}.mp4")).ok().map(Place::Inside),
                name,
            })
        })?;
        files.extend(rows.collect::<Result<Vec<_>, _>>()?);
        Ok(files)
    })
}

impl MediaFile {
    fn path(&self, profile: &Profile) -> Option<PathBuf> {
        match self.place.as_ref()? {
            Place::Inside(path) => Some(profile.folder().path(path)),
            Place::Outside(path) => Some(path.clone()),
        }
    }

    fn is_here(&self, profile: &Profile) -> bool {
        self.path(profile).is_some_and(|path| path.is_file())
    }

    fn there(&self, remote: RemoteProfileId) -> Result<RemoteFile, FileError> {
        let ending = match self.of {
            FileOf::Clip(_) => "mp4",
            // Both ends have the name, so both make the same of it.
            FileOf::Source(_) => self.name.rsplit_once('.').map_or("", |(_, ending)| ending),
        };
        RemoteFile::new(remote, &self.hash, ending, self.bytes).ok_or(FileError::Changed)
    }
}

/// The files that are missing here.
///
/// # Errors
/// [`FileError::Db`].
pub fn missing(profile: &Profile) -> Result<Vec<MediaFile>, FileError> {
    let mut files = all(profile)?;
    files.retain(|file| !file.is_here(profile));
    Ok(files)
}

/// Fetches a file that is missing here.
///
/// # Errors
/// [`FileError`]; the file is missing then as before.
pub async fn fetch(
    profile: &Profile,
    supabase: &Supabase,
    remote: RemoteProfileId,
    of: FileOf,
    cancel: &CancellationToken,
    heard: Heard<'_>,
) -> Result<(), FileError> {
    let file = all(profile)?.into_iter().find(|file| file.of == of).ok_or(FileError::NotThere)?;
    if file.is_here(profile) {
        return Ok(());
    }
    let there = file.there(remote)?;
    match (&file.place, of) {
        (Some(Place::Inside(goal)), _) => supabase.download(&there, goal, cancel, heard).await?,
        // Footage that was only referred to, and is not where it was: from now on it is in the profile.
        (Some(Place::Outside(_)), FileOf::Source(id)) => {
            let ending = there.name();
            let ending = ending.rsplit_once('.').map_or("mp4", |(_, ending)| ending);
            let goal = MediaPath::new(format!("media/{id}.{ending}"))?;
            supabase.download(&there, &goal, cancel, heard).await?;
            profile.write::<_, FileError>(|tx| {
                tx.execute("UPDATE sources SET path = ?2, outside = NULL WHERE id = ?1", (id, &goal))?;
                Ok(())
            })?;
        }
        _ => return Err(FileError::NotThere),
    }
    profile.announce(match of {
        FileOf::Source(source) => Event::Source { source },
        FileOf::Clip(clip) => Event::Clip { clip },
    });
    Ok(())
}

/// Sends what the policy says should be there and is not. One file that does not get there keeps no other from it, except
/// when no file would: no connection, no session.
///
/// # Errors
/// [`FileError`] of the kind that holds for all files; those before it are there.
pub async fn send_all(
    profile: &Profile,
    supabase: &Supabase,
    remote: RemoteProfileId,
    policy: MediaPolicy,
    cancel: &CancellationToken,
    heard: Heard<'_>,
) -> Result<Sent, FileError> {
    let mut sent = Sent::default();
    let wanted = |file: &MediaFile| match policy {
        MediaPolicy::KeepHere => false,
        MediaPolicy::FetchOnDemand => true,
        MediaPolicy::ClipsOnly => matches!(file.of, FileOf::Clip(_)),
    };
    for file in all(profile)?.into_iter().filter(wanted) {
        let Some(path) = file.path(profile).filter(|path| path.is_file()) else { continue };
        sent.wanted += 1;
        let done = match file.there(remote) {
            Ok(there) => supabase.upload(&there, &path, cancel, heard).await,
            Err(error) => Err(error),
        };
        match done {
            Ok(new) => sent.sent += u32::from(new),
            Err(error @ (FileError::Remote(_) | FileError::Cancelled | FileError::Db(_))) => return Err(error),
            Err(error) => sent.left.push(NotSent { name: file.name, failure: Failure::from(error) }),
        }
    }
    Ok(sent)
}
