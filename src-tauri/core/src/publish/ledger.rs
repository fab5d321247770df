//! The footage ledger of what was published: which shots went out, when and where, for longer than the clips that showed
//! them.
//!
//! When and where is said by `publications`, whose rows stay. What a clip showed is in its receipt while it is there, and is
//! kept from then on ([`record`]). So a post that is cancelled or moved needs no second book-keeping.

use std::collections::BTreeSet;

use rusqlite::OptionalExtension;

use crate::clips::ClipError;
use crate::ids::{ClipId, ShotId, VariantId};
use crate::profile::db::{DbError, Reader, Writer};
use crate::variants::timeline::Timeline;

/// Days in milliseconds.
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// States of a publication that count as published: it is out, or will be, or may be.
const COUNT: &str = "p.deleted_at IS NULL AND p.state NOT IN ('draft', 'failed', 'cancelled')";
/// When a publication goes out or went.
const AT: &str = "coalesce(p.publish_at, p.sent_at, p.created_at)";

/// Keeps what a clip shows. Saying it twice changes nothing, and so does a clip that is not there.
///
/// # Errors
/// [`DbError`].
pub(crate) fn record(tx: &Writer<'_>, clip: ClipId) -> Result<(), DbError> {
    let found: Option<(VariantId, String, String)> = tx
        .prepare_cached("SELECT variant_id, name, receipt -> 'timeline' FROM clips WHERE id = ?1")?
        .query_row([clip], |r| Ok((r.get(0)?, r.get(1)?, r.get::<_, Option<String>>(2)?.unwrap_or_default())))
        .optional()?;
    let Some((variant, name, timeline)) = found else { return Ok(()) };
    let Ok(timeline) = serde_json::from_str::<Timeline>(&timeline) else {
        tracing::warn!(%clip, "what a published clip shows cannot be read, so it is not in the footage ledger");
        return Ok(());
    };
    let text =
        serde_json::to_string(&told(&timeline)).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?;
    tx.execute(
        "INSERT INTO published_videos (clip_id, variant_id, name, timeline) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (clip_id) DO NOTHING",
        (clip, variant, name, text),
    )?;
    let mut put = tx.prepare_cached("INSERT OR IGNORE INTO published_shots (clip_id, shot_id) VALUES (?1, ?2)")?;
    for shot in timeline.segments.iter().map(|s| s.pick.shot).collect::<BTreeSet<ShotId>>() {
        put.execute((clip, shot))?;
    }
    Ok(())
}

/// The same, if the clip was published at all: for one that is about to be erased.
///
/// # Errors
/// [`DbError`].
pub(crate) fn record_if_published(tx: &Writer<'_>, clip: ClipId) -> Result<(), DbError> {
    let sql = format!("SELECT EXISTS (SELECT 1 FROM publications p WHERE p.clip_id = ?1 AND {COUNT})");
    if tx.prepare_cached(&sql)?.query_row([clip], |r| r.get(0))? { record(tx, clip) } else { Ok(()) }
}

/// Only what tells how near another video is: shots, words, the frame rate.
fn told(timeline: &Timeline) -> Timeline {
    let mut told = timeline.clone();
    told.captions.clear();
    told.caption_style = None;
    told.hook_title = None;
    told.logo = None;
    told.music = None;
    told.intro = None;
    told.outro = None;
    told.voice.reasons.clear();
    told.voice.steps.clear();
    for segment in &mut told.segments {
        segment.reason.clear();
    }
    told
}

/// The shots of everything that went out, or will, at this UTC millisecond or later.
///
/// # Errors
/// [`DbError`].
pub fn shown_since(tx: &Reader<'_>, since: i64) -> Result<BTreeSet<ShotId>, DbError> {
    // Clips that are still there have their uses; of the others the ledger keeps them.
    let mut query = tx.prepare_cached(&format!(
        "SELECT u.shot_id FROM publications p JOIN shot_uses u ON u.clip_id = p.clip_id WHERE {COUNT} AND {AT} >= ?1
         UNION SELECT u.shot_id FROM publications p JOIN published_shots u ON u.clip_id = p.clip_id
         WHERE {COUNT} AND {AT} >= ?1"
    ))?;
    let rows = query.query_map([since], |r| r.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// So many days before this UTC millisecond.
#[must_use]
pub fn days_before(now_ms: i64, days: u32) -> i64 {
    now_ms.saturating_sub(i64::from(days) * DAY_MS)
}

/// A video that was published, or will be.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedVideo {
    /// The clip.
    pub clip: ClipId,
    /// The plan it was made of.
    pub variant: VariantId,
    /// Its name.
    pub name: String,
    /// When it first went out, UTC milliseconds.
    pub first_at: i64,
    /// When it last went out, UTC milliseconds.
    pub last_at: i64,
    /// What it shows and says.
    pub timeline: Timeline,
}

/// Every video the profile has published or will, also those whose clips were erased, the last first. One whose record
/// cannot be read is left out.
///
/// # Errors
/// [`DbError`].
pub fn history(tx: &Reader<'_>) -> Result<Vec<PublishedVideo>, DbError> {
    let mut query = tx.prepare_cached(&format!(
        "SELECT p.clip_id, coalesce(v.variant_id, c.variant_id), coalesce(v.name, c.name), min({AT}), max({AT}) AS last,
                coalesce(v.timeline, c.receipt -> 'timeline')
         FROM publications p
         LEFT JOIN published_videos v ON v.clip_id = p.clip_id
         LEFT JOIN clips c ON c.id = p.clip_id
         WHERE {COUNT} AND (v.clip_id IS NOT NULL OR c.id IS NOT NULL)
         GROUP BY p.clip_id ORDER BY last DESC, p.clip_id"
    ))?;
    let rows = query.query_map([], |r| {
        let text: Option<String> = r.get(5)?;
        let Ok(timeline) = serde_json::from_str(&text.unwrap_or_default()) else { return Ok(None) };
        Ok(Some(PublishedVideo {
            clip: r.get(0)?,
            variant: r.get(1)?,
            name: r.get(2)?,
            first_at: r.get(3)?,
            last_at: r.get(4)?,
            timeline,
        }))
    })?;
    let mut all = Vec::new();
    for row in rows {
        match row? {
            Some(video) => all.push(video),
            None => tracing::warn!("what a published video showed cannot be read"),
        }
    }
    Ok(all)
}

/// How many publications still need the file of a clip: on their way, or to be fetched by the platform.
///
/// # Errors
/// [`DbError`].
pub(crate) fn needed_by(tx: &Reader<'_>, clip: ClipId) -> Result<u32, DbError> {
    let mut query = tx.prepare_cached(
        "SELECT count(*) FROM publications WHERE clip_id = ?1 AND deleted_at IS NULL
         AND state IN ('waiting', 'uploading', 'sending', 'unknown', 'scheduled')",
    )?;
    Ok(query.query_row([clip], |r| r.get(0))?)
}

/// Refuses when a publication needs the file of this clip.
///
/// # Errors
/// [`ClipError::Needed`].
pub(crate) fn refuse_if_needed(tx: &Reader<'_>, clip: ClipId, name: &str) -> Result<(), ClipError> {
    match needed_by(tx, clip)? {
        0 => Ok(()),
        count => Err(ClipError::Needed { name: name.to_owned(), count }),
    }
}

#[cfg(test)]
#[path = "ledger_tests.rs"]
mod tests;
