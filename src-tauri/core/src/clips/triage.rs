//! What a person says about a finished video: keep it or not.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Clip, ClipError, get};
use crate::ids::ClipId;
use crate::profile::db::{DbError, Reader, Writer};

/// What was said about a clip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Triage {
    /// Nothing yet.
    New,
    /// Keep it.
    Accepted,
    /// Not this one.
    Rejected,
}

impl Triage {
    const ALL: [Self; 3] = [Self::New, Self::Accepted, Self::Rejected];

    /// The name in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
        }
    }
}

impl std::fmt::Display for Triage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl ToSql for Triage {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.as_str().into())
    }
}

impl FromSql for Triage {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let name = value.as_str()?;
        Self::ALL.into_iter().find(|t| t.as_str() == name).ok_or(FromSqlError::InvalidType)
    }
}

/// How many clips there are of each kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ClipTally {
    /// Nothing was said about them yet.
    pub new: u32,
    /// Kept.
    pub accepted: u32,
    /// Rejected, but still in the library.
    pub rejected: u32,
    /// In the trash.
    pub trashed: u32,
}

/// Says the same about several clips; gives them as they are then.
///
/// # Errors
/// [`ClipError::NotFound`] for the first that is not in the library; nothing is changed then.
pub fn triage(tx: &Writer<'_>, ids: &[ClipId], triage: Triage) -> Result<Vec<Clip>, ClipError> {
    let mut set = tx.prepare_cached("UPDATE clips SET triage = ?2 WHERE id = ?1 AND deleted_at IS NULL")?;
    let mut clips = Vec::with_capacity(ids.len());
    for id in ids {
        set.execute((id, triage))?;
        clips.push(get(&tx.as_reader(), *id)?);
    }
    Ok(clips)
}

/// Keeps a clip about which nothing was said yet, if another clip of the same video (its script, number and seed) is kept:
/// a person who asked for that one again, or for another platform, wants this one.
///
/// # Errors
/// [`DbError`].
pub(crate) fn keep_like_the_others(tx: &Writer<'_>, id: ClipId) -> Result<(), DbError> {
    tx.execute(
        "UPDATE clips SET triage = 'accepted' WHERE id = ?1 AND triage = 'new' AND EXISTS (
             SELECT 1 FROM variants v JOIN variants o ON o.script_id = v.script_id AND o.number = v.number AND o.seed = v.seed
             JOIN clips other ON other.variant_id = o.id
             WHERE v.id = clips.variant_id AND other.id <> clips.id AND other.triage = 'accepted'
               AND other.deleted_at IS NULL)",
        [id],
    )?;
    Ok(())
}

/// How many clips there are of each kind.
///
/// # Errors
/// [`ClipError::Db`].
pub fn counts(tx: &Reader<'_>) -> Result<ClipTally, ClipError> {
    let mut counts = ClipTally {
        trashed: tx
            .prepare_cached("SELECT count(*) FROM clips WHERE deleted_at IS NOT NULL")?
            .query_row([], |r| r.get(0))?,
        ..ClipTally::default()
    };
    // The index that lists are read from; the rows themselves carry receipts.
    let mut query = tx.prepare_cached(
        "SELECT triage, count(*) FROM clips INDEXED BY clips_listed WHERE deleted_at IS NULL GROUP BY triage",
    )?;
    for row in query.query_map([], |r| Ok((r.get::<_, Triage>(0)?, r.get::<_, u32>(1)?)))? {
        let (triage, count) = row?;
        match triage {
            Triage::New => counts.new = count,
            Triage::Accepted => counts.accepted = count,
            Triage::Rejected => counts.rejected = count,
        }
    }
    Ok(counts)
}
