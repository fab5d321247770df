//! The `sources` and `tags` tables: what footage a profile has, and the one way to a source's file.
//!
//! What is not here: taking footage in (import), its shots (analysis).

use std::path::PathBuf;

use rusqlite::{OptionalExtension, Row};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ts_rs::TS;

use super::Source;
use super::hash::{self, HashError};
use super::probe::Probed;
use crate::error::{Code, Explain};
use crate::ids::{JobId, SourceId};
use crate::jobs::JobKind;
use crate::jobs::store as jobs;
use crate::profile::Profile;
use crate::profile::db::{DbError, Reader, Writer};
use crate::profile::events::Event;
use crate::profile::media::{MediaError, MediaPath};
use crate::time::now_ms;
use crate::variants::timeline::Framing;

/// Why a source could not be read, changed or reached.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// Not in this profile.
    #[error("There is no source {0} in this profile. `edit-factory source list` shows the ones there are.")]
    NotFound(SourceId),
    /// Not among the removed ones.
    #[error("Source {0} is not in the trash of this profile, so it cannot be put back or erased.")]
    NotInTrash(SourceId),
    /// A tag that is empty or has control characters.
    #[error("\"{0}\" cannot be a tag: a tag has 1 to 100 characters and no commas or control characters.")]
    BadTag(String),
    /// The file is gone.
    #[error(
        "The file of \"{name}\" is missing: {}. Videos that use it cannot be made until it is back there; or remove the \
         source and import it anew.", path.display()
    )]
    Missing {
        /// The user's name for it.
        name: String,
        /// Where it should be.
        path: PathBuf,
    },
    /// The file is not the one that was imported.
    #[error(
        "The file of \"{name}\" was changed since it was imported: {}. Its shots no longer fit. Remove the source and \
         import it anew.", path.display()
    )]
    Changed {
        /// The user's name for it.
        name: String,
        /// Where it is.
        path: PathBuf,
    },
    /// Its folder.
    #[error(transparent)]
    Media(#[from] MediaError),
    /// Reading it.
    #[error(transparent)]
    Hash(#[from] HashError),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<rusqlite::Error> for SourceError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Db(error.into())
    }
}

impl Explain for SourceError {
    fn code(&self) -> Code {
        match self {
            Self::NotFound(_) | Self::NotInTrash(_) | Self::Missing { .. } => Code::NotFound,
            Self::BadTag(_) => Code::InvalidInput,
            Self::Changed { .. } => Code::WrongState,
            Self::Media(e) => e.code(),
            Self::Hash(e) => e.code(),
            Self::Db(e) => e.code(),
        }
    }

    fn details(&self) -> Value {
        match self {
            Self::NotFound(source) | Self::NotInTrash(source) => json!({ "source": source }),
            Self::Missing { path, .. } | Self::Changed { path, .. } => json!({ "file": path.to_string_lossy() }),
            Self::Db(e) => e.details(),
            _ => json!({}),
        }
    }
}

/// Which sources to list; the default is all that are not removed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
#[ts(rename = "SourceFilter", optional_fields = nullable)]
pub struct Filter {
    /// Only those with all of these tags.
    #[ts(as = "Option<_>", optional)]
    pub tags: Vec<String>,
    /// Only those whose name has this text in it, letter case aside.
    pub text: Option<String>,
}

const COLUMNS: &str = "id, name, hash, bytes, path, outside, duration_ms, width, height, has_sound, probe, framing, \
                       proxy, analysed_at, created_at, \
                       (SELECT json_group_array(tag) FROM (SELECT tag FROM tags WHERE source_id = id ORDER BY tag))";

fn source(row: &Row<'_>) -> rusqlite::Result<Source> {
    fn json<T: serde::de::DeserializeOwned>(i: usize, text: &str) -> rusqlite::Result<T> {
        serde_json::from_str(text)
            .map_err(|e| rusqlite::Error::FromSqlConversionFailure(i, rusqlite::types::Type::Text, Box::new(e)))
    }
    Ok(Source {
        id: row.get(0)?,
        name: row.get(1)?,
        hash: row.get(2)?,
        bytes: row.get(3)?,
        path: row.get(4)?,
        outside: row.get::<_, Option<String>>(5)?.map(PathBuf::from),
        duration_ms: row.get(6)?,
        width: row.get(7)?,
        height: row.get(8)?,
        has_sound: row.get(9)?,
        probe: json(10, &row.get::<_, String>(10)?)?,
        framing: row.get::<_, Option<String>>(11)?.map(|t| json(11, &t)).transpose()?,
        proxy: row.get(12)?,
        analysed_at: row.get(13)?,
        created_at: row.get(14)?,
        tags: json(15, &row.get::<_, String>(15)?)?,
    })
}

/// The profile's sources, newest first.
///
/// # Errors
/// [`SourceError::Db`].
pub fn list(tx: &Reader<'_>, filter: &Filter) -> Result<Vec<Source>, SourceError> {
    let mut query = tx.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM sources WHERE deleted_at IS NULL ORDER BY created_at DESC, id DESC"
    ))?;
    let all: Vec<Source> = query.query_map([], source)?.collect::<Result<_, _>>()?;
    // SQLite folds ASCII letters only; people's names have others.
    let text = filter.text.as_ref().map(|t| t.to_lowercase());
    let tags: Vec<String> = filter.tags.iter().map(|t| t.trim().to_lowercase()).collect();
    Ok(all
        .into_iter()
        .filter(|s| text.as_ref().is_none_or(|t| s.name.to_lowercase().contains(t)))
        .filter(|s| tags.iter().all(|t| s.tags.contains(t)))
        .collect())
}

/// One source. One that was removed is found too, for clips that were made of it.
///
/// # Errors
/// [`SourceError::NotFound`] when this profile has no such source.
pub fn get(tx: &Reader<'_>, id: SourceId) -> Result<Source, SourceError> {
    tx.prepare_cached(&format!("SELECT {COLUMNS} FROM sources WHERE id = ?1"))?
        .query_row([id], source)
        .optional()?
        .ok_or(SourceError::NotFound(id))
}

/// The source with this content, and whether it was removed; one that is not removed comes first.
pub(super) fn by_hash(tx: &Reader<'_>, hash: &str) -> Result<Option<(Source, bool)>, SourceError> {
    let found = tx
        .prepare_cached(&format!(
            "SELECT {COLUMNS}, deleted_at IS NOT NULL FROM sources WHERE hash = ?1
             ORDER BY deleted_at IS NOT NULL, deleted_at DESC LIMIT 1"
        ))?
        .query_row([hash], |row| Ok((source(row)?, row.get(16)?)))
        .optional()?;
    Ok(found)
}

/// True when some source has this size: then it is worth hashing a file before copying it.
pub(super) fn has_size(tx: &Reader<'_>, bytes: u64) -> Result<bool, SourceError> {
    Ok(tx.prepare_cached("SELECT EXISTS (SELECT 1 FROM sources WHERE bytes = ?1)")?.query_row([bytes], |r| r.get(0))?)
}

/// Where a new source's file lies.
pub(super) enum Place {
    /// Copied in.
    Inside(MediaPath),
    /// Referenced where it is.
    Outside(String),
}

/// Stores a new source.
pub(super) fn insert(
    tx: &Writer<'_>,
    id: SourceId,
    name: &str,
    (hash, bytes): (&str, u64),
    place: &Place,
    probed: &Probed,
) -> Result<(), SourceError> {
    let (path, outside) = match place {
        Place::Inside(path) => (Some(path.as_str()), None),
        Place::Outside(path) => (None, Some(path.as_str())),
    };
    tx.execute(
        "INSERT INTO sources (id, name, hash, bytes, path, outside, duration_ms, width, height, has_sound, probe, \
                              created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        rusqlite::params![
            id,
            name,
            hash,
            bytes,
            path,
            outside,
            probed.duration_ms,
            probed.width,
            probed.height,
            probed.has_sound,
            as_json(&probed.probe)?,
            now_ms(),
        ],
    )?;
    Ok(())
}

/// Gives a source whose file was lost another file with the same content.
pub(super) fn set_place(tx: &Writer<'_>, id: SourceId, place: &Place, probed: &Probed) -> Result<(), SourceError> {
    let (path, outside) = match place {
        Place::Inside(path) => (Some(path.as_str()), None),
        Place::Outside(path) => (None, Some(path.as_str())),
    };
    tx.execute(
        "UPDATE sources SET path = ?2, outside = ?3, probe = ?4 WHERE id = ?1",
        (id, path, outside, as_json(&probed.probe)?),
    )?;
    Ok(())
}

fn as_json<T: Serialize>(value: &T) -> Result<String, SourceError> {
    Ok(serde_json::to_string(value).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?)
}

/// A tag as it is stored: lower case, trimmed, blanks folded.
fn as_tag(text: &str) -> Result<String, SourceError> {
    let tag = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let sound = (1..=100).contains(&tag.chars().count()) && !tag.contains(|c: char| c.is_control() || c == ',');
    if sound { Ok(tag) } else { Err(SourceError::BadTag(text.to_owned())) }
}

/// Adds and takes off tags; gives the source as it is then.
///
/// # Errors
/// [`SourceError::NotFound`], [`SourceError::BadTag`]; nothing is changed then.
pub fn tag(tx: &Writer<'_>, id: SourceId, add: &[String], remove: &[String]) -> Result<Source, SourceError> {
    get(&tx.as_reader(), id)?;
    for text in add {
        tx.execute("INSERT OR IGNORE INTO tags (source_id, tag) VALUES (?1, ?2)", (id, as_tag(text)?))?;
    }
    for text in remove {
        tx.execute("DELETE FROM tags WHERE source_id = ?1 AND tag = ?2", (id, as_tag(text)?))?;
    }
    get(&tx.as_reader(), id)
}

/// Adds tags that came from folder names: what cannot be a tag is left out instead of failing the import.
pub(super) fn tag_leniently(tx: &Writer<'_>, id: SourceId, tags: &[String]) -> Result<(), SourceError> {
    for tag in tags.iter().filter_map(|t| as_tag(&t.replace(',', " ")).ok()) {
        tx.execute("INSERT OR IGNORE INTO tags (source_id, tag) VALUES (?1, ?2)", (id, tag))?;
    }
    Ok(())
}

/// Sets how the whole source fills frames of another shape; `None` leaves it to each shot's anchor and the platform.
///
/// # Errors
/// [`SourceError::NotFound`].
pub fn set_framing(tx: &Writer<'_>, id: SourceId, framing: Option<Framing>) -> Result<Source, SourceError> {
    let text = framing.map(|f| as_json(&f)).transpose()?;
    tx.execute("UPDATE sources SET framing = ?2 WHERE id = ?1", (id, text))?;
    get(&tx.as_reader(), id)
}

/// Stores where the proxy is.
pub(super) fn set_proxy(tx: &Writer<'_>, id: SourceId, proxy: &MediaPath) -> Result<(), SourceError> {
    tx.execute("UPDATE sources SET proxy = ?2 WHERE id = ?1", (id, proxy))?;
    Ok(())
}

/// The jobs that still work on a source, or will.
pub(super) fn open_jobs(tx: &Reader<'_>, id: SourceId) -> Result<Vec<(JobId, JobKind)>, SourceError> {
    let mut query = tx.prepare_cached(
        "SELECT id, kind FROM jobs WHERE json_extract(kind, '$.source') = ?1
         AND state NOT IN ('done', 'failed', 'cancelled') ORDER BY position",
    )?;
    let rows: Vec<(JobId, String)> =
        query.query_map([id], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<Result<_, _>>()?;
    Ok(rows.into_iter().filter_map(|(job, kind)| Some((job, serde_json::from_str(&kind).ok()?))).collect())
}

/// What taking a source off the list meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "SourceRemoved")]
pub struct Removed {
    /// Which.
    pub source: SourceId,
    /// Finished clips that show shots of it. Their files stay; they can be made again only while its file is kept.
    pub clips: u32,
}

/// Takes a source off the list: nothing new is made of it. Its file and shots stay, so that clips made of it can be
/// made again, and importing the same file brings it back with its tags and shots.
///
/// # Errors
/// [`SourceError::NotFound`] when it is not there or was removed before.
pub fn remove(profile: &Profile, id: SourceId) -> Result<Removed, SourceError> {
    let (removed, stopped) = profile.write(|tx| {
        let changed =
            tx.execute("UPDATE sources SET deleted_at = ?2 WHERE id = ?1 AND deleted_at IS NULL", (id, now_ms()))?;
        if changed == 0 {
            return Err(SourceError::NotFound(id));
        }
        let clips = tx.query_row(
            "SELECT count(DISTINCT u.clip_id) FROM shot_uses u JOIN shots s ON s.id = u.shot_id
             JOIN clips c ON c.id = u.clip_id WHERE s.source_id = ?1 AND c.deleted_at IS NULL",
            [id],
            |r| r.get(0),
        )?;
        let mut stopped = Vec::new();
        for (job, _) in open_jobs(&tx.as_reader(), id)? {
            match jobs::cancel(tx, job) {
                Ok(job) => stopped.push(job.id),
                Err(jobs::JobError::Db(error)) => return Err(error.into()),
                // It ended just now: nothing left to stop.
                Err(jobs::JobError::NotFound(_) | jobs::JobError::WrongState { .. }) => {}
            }
        }
        Ok((Removed { source: id, clips }, stopped))
    })?;
    for job in stopped {
        jobs::announce(profile, job);
    }
    profile.announce(Event::Source { source: id });
    Ok(removed)
}

/// Whether a source was taken off the list.
pub(super) fn is_removed(tx: &Reader<'_>, id: SourceId) -> Result<bool, SourceError> {
    let mut query =
        tx.prepare_cached("SELECT EXISTS (SELECT 1 FROM sources WHERE id = ?1 AND deleted_at IS NOT NULL)")?;
    Ok(query.query_row([id], |r| r.get(0))?)
}

/// Puts a removed source back on the list.
pub(super) fn restore(tx: &Writer<'_>, id: SourceId) -> Result<(), SourceError> {
    tx.execute("UPDATE sources SET deleted_at = NULL WHERE id = ?1", [id])?;
    Ok(())
}

/// The file of a source, checked to be there and to be the one that was imported. A file outside the profile that was
/// touched since (another time of change) is read again, and taken if its content is the same.
///
/// # Errors
/// [`SourceError::Missing`], [`SourceError::Changed`].
pub fn real_path(profile: &Profile, source: &Source) -> Result<PathBuf, SourceError> {
    let path = match (&source.path, &source.outside) {
        (Some(inside), _) => {
            let wanted = profile.folder().path(inside);
            if !wanted.is_file() {
                return Err(SourceError::Missing { name: source.name.clone(), path: wanted });
            }
            profile.folder().existing(inside)?
        }
        (None, Some(outside)) => outside.clone(),
        (None, None) => return Err(SourceError::NotFound(source.id)),
    };
    let missing = || SourceError::Missing { name: source.name.clone(), path: path.clone() };
    let meta = path.metadata().map_err(|_| missing())?;
    let changed = || SourceError::Changed { name: source.name.clone(), path: path.clone() };
    if !meta.is_file() {
        return Err(missing());
    }
    if meta.len() != source.bytes {
        return Err(changed());
    }
    if source.outside.is_some() {
        let now = hash::changed_at(&meta);
        if now != source.probe.changed_at {
            if hash::of_file(&path)? != source.hash {
                return Err(changed());
            }
            let mut probe = source.probe.clone();
            probe.changed_at = now;
            let probe = as_json(&probe)?;
            profile.write::<_, SourceError>(|tx| {
                Ok(tx.execute("UPDATE sources SET probe = ?2 WHERE id = ?1", (source.id, probe))?)
            })?;
        }
    }
    Ok(path)
}
