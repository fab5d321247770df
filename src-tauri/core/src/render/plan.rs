//! The planned video of a render job, read with everything its receipt names.

use rusqlite::OptionalExtension;

use super::RenderError;
use super::receipt::{Named, Shared};
use crate::ids::{BatchId, ProjectId, ScriptId, ShotId, VariantId};
use crate::profile::db::Reader;
use crate::variants::timeline::Timeline;

/// A planned video.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// Its id.
    pub id: VariantId,
    /// Of which project.
    pub project: Named<ProjectId>,
    /// Of which script.
    pub script: Named<ScriptId>,
    /// Asked for together with.
    pub batch: BatchId,
    /// Its number, from 0, inside its script.
    pub number: u32,
    /// The seed it was planned with.
    pub seed: u64,
    /// What planning had to say.
    pub notes: Vec<String>,
    /// The plan.
    pub timeline: Timeline,
}

/// Reads it.
///
/// # Errors
/// [`RenderError::NoVariant`], [`RenderError::UnreadablePlan`].
pub fn read(tx: &Reader<'_>, id: VariantId) -> Result<Planned, RenderError> {
    let row = tx
        .prepare_cached(
            "SELECT v.project_id, p.name, v.script_id, s.name, v.batch_id, v.number, v.seed, v.notes, v.timeline
             FROM variants v JOIN projects p ON p.id = v.project_id JOIN scripts s ON s.id = v.script_id
             WHERE v.id = ?1",
        )?
        .query_row([id], |r| {
            let planned = |timeline| -> rusqlite::Result<Planned> {
                Ok(Planned {
                    id,
                    project: Named { id: r.get(0)?, name: r.get(1)? },
                    script: Named { id: r.get(2)?, name: r.get(3)? },
                    batch: r.get(4)?,
                    number: r.get(5)?,
                    seed: r.get::<_, i64>(6)?.cast_unsigned(),
                    notes: Vec::new(),
                    timeline,
                })
            };
            let (notes, timeline): (String, String) = (r.get(7)?, r.get(8)?);
            Ok(match serde_json::from_str(&timeline) {
                Ok(timeline) => Ok((planned(timeline)?, notes)),
                Err(error) => Err(RenderError::UnreadablePlan(error.to_string())),
            })
        })
        .optional()?
        .ok_or(RenderError::NoVariant(id))?;
    let (mut planned, notes) = row?;
    planned.notes = serde_json::from_str(&notes).map_err(|e| RenderError::UnreadablePlan(e.to_string()))?;
    Ok(planned)
}

/// Which other planned videos of the batch show the same shots. For a script that was planned twice in the batch, all
/// count.
///
/// # Errors
/// [`RenderError::Db`].
pub fn shared(tx: &Reader<'_>, planned: &Planned) -> Result<Vec<Shared>, RenderError> {
    let mut query = tx.prepare_cached(
        "SELECT v.id, v.number, s.name, v.timeline -> '$.segments' FROM variants v JOIN scripts s ON s.id = v.script_id
         WHERE v.batch_id = ?1 AND v.id <> ?2 ORDER BY s.position, v.number",
    )?;
    let rows = query.query_map((planned.batch, planned.id), |r| {
        Ok((r.get::<_, VariantId>(0)?, r.get::<_, u32>(1)?, r.get::<_, String>(2)?, r.get::<_, String>(3)?))
    })?;
    let own: std::collections::BTreeSet<ShotId> = planned.timeline.segments.iter().map(|s| s.pick.shot).collect();
    let mut all = Vec::new();
    for row in rows {
        let (variant, number, script, segments) = row?;
        let Ok(segments) = serde_json::from_str::<Vec<crate::variants::timeline::Segment>>(&segments) else { continue };
        let theirs: std::collections::BTreeSet<ShotId> = segments.iter().map(|s| s.pick.shot).collect();
        let shots: Vec<ShotId> = own.intersection(&theirs).copied().collect();
        if !shots.is_empty() {
            all.push(Shared { variant, number, script, shots });
        }
    }
    Ok(all)
}
