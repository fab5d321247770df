//! The `shots` table.

use rusqlite::{OptionalExtension, Row};

use super::Shot;
use crate::ids::{ShotId, SourceId};
use crate::profile::db::{DbError, Reader, Writer};
use crate::time::now_ms;
use crate::variants::plan::PlanShot;
use crate::variants::timeline::Framing;

const COLUMNS: &str = "s.id, s.source_id, s.start_ms, s.end_ms, s.scene, s.motion, s.sharpness, s.contrast, \
                       s.brightness, s.phash, s.anchor_x, s.anchor_y, s.framing";

fn shot(row: &Row<'_>) -> rusqlite::Result<Shot> {
    Ok(Shot {
        id: row.get(0)?,
        source: row.get(1)?,
        start_ms: row.get::<_, i64>(2)?.unsigned_abs(),
        end_ms: row.get::<_, i64>(3)?.unsigned_abs(),
        scene: row.get(4)?,
        motion: row.get(5)?,
        sharpness: row.get(6)?,
        contrast: row.get(7)?,
        brightness: row.get(8)?,
        phash: row.get::<_, i64>(9)?.cast_unsigned(),
        anchor_x: row.get(10)?,
        anchor_y: row.get(11)?,
        framing: json(row, 12)?,
    })
}

/// A JSON column, which may be null.
fn json<T: serde::de::DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<T>> {
    let text: Option<String> = row.get(column)?;
    text.map(|t| serde_json::from_str(&t))
        .transpose()
        .map_err(|e| rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(e)))
}

/// The shots of a source, in order of time.
///
/// # Errors
/// [`DbError`].
pub fn shots_of(tx: &Reader<'_>, source: SourceId) -> Result<Vec<Shot>, DbError> {
    let mut query =
        tx.prepare_cached(&format!("SELECT {COLUMNS} FROM shots s WHERE s.source_id = ?1 ORDER BY s.start_ms"))?;
    let shots = query.query_map([source], shot)?.collect::<Result<_, _>>()?;
    Ok(shots)
}

/// The shots of these sources (all of the profile when none are named) with what the planner wants to know, in a
/// stable order. Sources in the trash are left out.
///
/// # Errors
/// [`DbError`].
pub fn usable(tx: &Reader<'_>, sources: &[SourceId]) -> Result<Vec<PlanShot>, DbError> {
    let wanted = serde_json::to_string(sources).unwrap_or_else(|_| "[]".into());
    let mut query = tx.prepare_cached(&format!(
        "SELECT {COLUMNS}, f.name, f.hash, f.duration_ms, f.framing,
                (SELECT json_group_array(tag) FROM tags t WHERE t.source_id = f.id)
         FROM shots s JOIN sources f ON f.id = s.source_id
         WHERE f.deleted_at IS NULL AND (?1 = '[]' OR f.id IN (SELECT value FROM json_each(?1)))
         ORDER BY f.created_at, f.id, s.start_ms"
    ))?;
    let shots = query
        .query_map([wanted], |row| {
            Ok(PlanShot {
                shot: shot(row)?,
                source_name: row.get(13)?,
                source_hash: row.get(14)?,
                source_duration_ms: row.get::<_, i64>(15)?.unsigned_abs(),
                source_framing: json(row, 16)?,
                tags: json(row, 17)?.unwrap_or_default(),
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(shots)
}

/// Gives shots found anew the ids of stored ones with the same range, so that pins, framing set by hand and the record
/// of uses stay with them when a source is analysed again.
pub(super) fn keep_ids(tx: &Reader<'_>, source: SourceId, shots: &mut [Shot]) -> Result<(), DbError> {
    let stored = shots_of(tx, source)?;
    for shot in shots {
        let same = stored.iter().find(|s| (s.start_ms, s.end_ms) == (shot.start_ms, shot.end_ms));
        if let Some(same) = same {
            shot.id = same.id;
            shot.framing = same.framing;
        }
    }
    Ok(())
}

/// Stores what analysis found, instead of what was there.
pub(super) fn replace(tx: &Writer<'_>, source: SourceId, duration_ms: u64, shots: &[Shot]) -> Result<(), DbError> {
    let kept = serde_json::to_string(&shots.iter().map(|s| s.id).collect::<Vec<_>>())
        .map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?;
    tx.execute(
        "DELETE FROM shots WHERE source_id = ?1 AND id NOT IN (SELECT value FROM json_each(?2))",
        (source, kept),
    )?;
    let mut put = tx.prepare_cached(
        "INSERT INTO shots (id, source_id, start_ms, end_ms, scene, motion, sharpness, contrast, brightness, phash,
                            anchor_x, anchor_y)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
         ON CONFLICT (id) DO UPDATE SET scene = excluded.scene, motion = excluded.motion,
             sharpness = excluded.sharpness, contrast = excluded.contrast, brightness = excluded.brightness,
             phash = excluded.phash, anchor_x = excluded.anchor_x, anchor_y = excluded.anchor_y",
    )?;
    for shot in shots {
        put.execute(rusqlite::params![
            shot.id,
            source,
            shot.start_ms,
            shot.end_ms,
            shot.scene,
            shot.motion,
            shot.sharpness,
            shot.contrast,
            shot.brightness,
            shot.phash.cast_signed(),
            shot.anchor_x,
            shot.anchor_y,
        ])?;
    }
    tx.execute("UPDATE sources SET duration_ms = ?2, analysed_at = ?3 WHERE id = ?1", (source, duration_ms, now_ms()))?;
    Ok(())
}

/// Sets how one shot fills frames of another shape; `None` leaves it to its source. Gives the shot as it is then, or
/// `None` when this profile has no such shot.
///
/// # Errors
/// [`DbError`].
pub fn set_framing(tx: &Writer<'_>, id: ShotId, framing: Option<Framing>) -> Result<Option<Shot>, DbError> {
    let text = framing
        .map(|f| serde_json::to_string(&f))
        .transpose()
        .map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?;
    tx.execute("UPDATE shots SET framing = ?2 WHERE id = ?1", (id, text))?;
    Ok(tx
        .prepare_cached(&format!("SELECT {COLUMNS} FROM shots s WHERE s.id = ?1"))?
        .query_row([id], shot)
        .optional()?)
}
