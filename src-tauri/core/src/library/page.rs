//! Pages of sources for lists of thousands: which ones is decided from an index, the rest is read for one page only.

use std::collections::HashMap;
use std::path::Path;

use rusqlite::{Row, ToSql};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Source;
use super::sources::{Filter, SourceError};
use crate::analysis::thumbnails;
use crate::ids::{ShotId, SourceId};
use crate::profile::Profile;
use crate::profile::db::Reader;
use crate::profile::media::MediaPath;

/// In which order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SourceSort {
    /// The last imported first.
    #[default]
    Newest,
    /// The first imported first.
    Oldest,
    /// By name, letter case aside.
    Name,
    /// The longest first.
    Longest,
    /// What most clips show first.
    MostUsed,
}

/// A source as a list shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SourceRow {
    /// Its id.
    pub id: SourceId,
    /// The user's file name.
    pub name: String,
    /// Length, milliseconds.
    pub duration_ms: u64,
    /// Width as shown.
    pub width: u32,
    /// Height as shown.
    pub height: u32,
    /// It has a sound track.
    pub has_sound: bool,
    /// It is HDR, and shown tone-mapped.
    pub hdr: bool,
    /// Lower-case tags, sorted.
    pub tags: Vec<String>,
    /// How many shots were found in it.
    pub shots: u32,
    /// How many of them no clip shows.
    pub fresh_shots: u32,
    /// How many clips show it.
    pub used: u32,
    /// It has a proxy for the preview.
    pub proxy: bool,
    /// Its shots were looked for.
    pub analysed: bool,
    /// Its file is not where it was, or is another one now.
    pub missing: bool,
    /// A picture of its first shot, once it was analysed.
    pub thumb: Option<MediaPath>,
    /// UTC milliseconds.
    pub created_at: i64,
    /// Size of the file.
    pub bytes: u64,
    /// Its file lies outside the profile.
    pub outside: bool,
    /// When it was removed, UTC milliseconds; `None` in the library.
    pub deleted_at: Option<i64>,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PageOfSources {
    /// How many there are on all pages.
    pub total: u32,
    /// The ones of this page.
    pub sources: Vec<SourceRow>,
}

/// A tag and how many sources have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TagCount {
    /// The tag.
    pub tag: String,
    /// How many sources of the library have it.
    pub count: u32,
}

/// Clips that show a source, in the library.
const USED: &str = "SELECT count(DISTINCT u.clip_id) FROM shots h JOIN shot_uses u ON u.shot_id = h.id
                    JOIN clips c INDEXED BY clips_kept ON c.id = u.clip_id AND c.deleted_at IS NULL";

/// The sources of one page: at most `limit` after skipping `offset`.
///
/// # Errors
/// [`SourceError::Db`].
pub fn page(
    profile: &Profile,
    tx: &Reader<'_>,
    filter: &Filter,
    sort: SourceSort,
    (limit, offset): (u32, u32),
) -> Result<PageOfSources, SourceError> {
    let order = match sort {
        SourceSort::Newest | SourceSort::MostUsed => "created_at DESC, id DESC",
        // Names are put in order below: SQLite knows the letter case of ASCII only.
        SourceSort::Oldest | SourceSort::Name => "created_at, id",
        SourceSort::Longest => "duration_ms DESC, created_at DESC, id DESC",
    };
    let mut sql = "SELECT id, name FROM sources INDEXED BY sources_listed WHERE deleted_at IS NULL".to_owned();
    let tags: Vec<String> = filter.tags.iter().map(|t| t.trim().to_lowercase()).collect();
    let mut values: Vec<&dyn ToSql> = Vec::new();
    for tag in &tags {
        values.push(tag);
        sql.push_str(&format!(" AND id IN (SELECT source_id FROM tags WHERE tag = ?{})", values.len()));
    }
    sql.push_str(&format!(" ORDER BY {order}"));
    let mut query = tx.prepare_cached(&sql)?;
    let mut found: Vec<(SourceId, String)> =
        query.query_map(values.as_slice(), |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<Result<_, _>>()?;
    let text = filter.text.as_deref().map(|t| t.trim().to_lowercase()).filter(|t| !t.is_empty());
    if let Some(text) = text {
        found.retain(|(_, name)| name.to_lowercase().contains(&text));
    }
    match sort {
        SourceSort::Name => found.sort_by_cached_key(|(_, name)| name.to_lowercase()),
        SourceSort::MostUsed => {
            let used = used(tx)?;
            // Stable: of those used as often, the newest comes first.
            found.sort_by_key(|(id, _)| std::cmp::Reverse(used.get(id).copied().unwrap_or(0)));
        }
        _ => {}
    }
    let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
    let sources = found
        .iter()
        .skip(offset as usize)
        .take(limit as usize)
        .map(|(id, _)| row(profile, tx, *id))
        .collect::<Result<_, _>>()?;
    Ok(PageOfSources { total, sources })
}

/// How many clips show each source that any clip shows.
fn used(tx: &Reader<'_>) -> Result<HashMap<SourceId, u32>, SourceError> {
    let sql = format!("{} GROUP BY h.source_id", USED.replacen("SELECT", "SELECT h.source_id,", 1));
    let mut query = tx.prepare_cached(&sql)?;
    let all = query.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<Result<_, _>>()?;
    Ok(all)
}

/// The removed sources, the last removed first.
///
/// # Errors
/// [`SourceError::Db`].
pub fn trash(profile: &Profile, tx: &Reader<'_>) -> Result<Vec<SourceRow>, SourceError> {
    let mut query =
        tx.prepare_cached("SELECT id FROM sources WHERE deleted_at IS NOT NULL ORDER BY deleted_at DESC, id DESC")?;
    let ids: Vec<SourceId> = query.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?;
    ids.into_iter().map(|id| row(profile, tx, id)).collect()
}

/// Every tag of the library with how many sources have it, the most used first.
///
/// # Errors
/// [`SourceError::Db`].
pub fn tags(tx: &Reader<'_>) -> Result<Vec<TagCount>, SourceError> {
    let mut query = tx.prepare_cached(
        "SELECT tag, count(*) FROM tags JOIN sources s ON s.id = source_id WHERE s.deleted_at IS NULL
         GROUP BY tag ORDER BY count(*) DESC, tag",
    )?;
    let all = query.query_map([], |r| Ok(TagCount { tag: r.get(0)?, count: r.get(1)? }))?.collect::<Result<_, _>>()?;
    Ok(all)
}

/// Whether the file of a source is where it should be.
#[must_use]
pub fn is_there(profile: &Profile, source: &Source) -> bool {
    let file = source.path.as_ref().map(|p| profile.folder().path(p)).or_else(|| source.outside.clone());
    file.is_some_and(|f| stands(&f, source.bytes))
}

/// Its size is enough to notice a file that was exchanged; hashing thousands of files is for their use.
fn stands(file: &Path, bytes: u64) -> bool {
    file.metadata().is_ok_and(|m| m.is_file() && m.len() == bytes)
}

fn row(profile: &Profile, tx: &Reader<'_>, id: SourceId) -> Result<SourceRow, SourceError> {
    let mut query = tx.prepare_cached(&format!(
        "SELECT id, name, duration_ms, width, height, has_sound, probe ->> '$.hdr' IS NOT NULL,
                (SELECT json_group_array(tag) FROM (SELECT tag FROM tags WHERE source_id = id ORDER BY tag)),
                (SELECT count(*) FROM shots h WHERE h.source_id = s.id),
                (SELECT count(*) FROM shots h WHERE h.source_id = s.id AND NOT EXISTS (
                    SELECT 1 FROM shot_uses u JOIN clips c INDEXED BY clips_kept
                    ON c.id = u.clip_id AND c.deleted_at IS NULL WHERE u.shot_id = h.id)),
                ({USED} WHERE h.source_id = s.id),
                proxy, analysed_at IS NOT NULL, created_at, bytes, path, outside, deleted_at,
                (SELECT h.id FROM shots h WHERE h.source_id = s.id ORDER BY h.start_ms LIMIT 1)
         FROM sources s WHERE id = ?1"
    ))?;
    let (mut row, (path, outside), first) = query.query_row([id], |r: &Row<'_>| {
        let tags: String = r.get(7)?;
        let tags = serde_json::from_str(&tags)
            .map_err(|e| rusqlite::Error::FromSqlConversionFailure(7, rusqlite::types::Type::Text, Box::new(e)))?;
        let (path, outside): (Option<MediaPath>, Option<String>) = (r.get(15)?, r.get(16)?);
        let row = SourceRow {
            id: r.get(0)?,
            name: r.get(1)?,
            duration_ms: r.get(2)?,
            width: r.get(3)?,
            height: r.get(4)?,
            has_sound: r.get(5)?,
            hdr: r.get(6)?,
            tags,
            shots: r.get(8)?,
            fresh_shots: r.get(9)?,
            used: r.get(10)?,
            proxy: r.get::<_, Option<String>>(11)?.is_some(),
            analysed: r.get(12)?,
            missing: false,
            thumb: None,
            created_at: r.get(13)?,
            bytes: r.get(14)?,
            outside: outside.is_some(),
            deleted_at: r.get(17)?,
        };
        Ok((row, (path, outside), r.get::<_, Option<ShotId>>(18)?))
    })?;
    let file = path.map(|p| profile.folder().path(&p)).or_else(|| outside.map(Into::into));
    row.missing = !file.is_some_and(|f| stands(&f, row.bytes));
    if let Some(shot) = first {
        row.thumb = thumbnails::there(profile, id, shot)?;
    }
    Ok(row)
}

#[cfg(test)]
#[path = "page_tests.rs"]
mod tests;
