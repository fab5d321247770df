//! The `variants` table, and queueing.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, Row};
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use super::{GenerateError, MOST_VARIANTS, Order};
use crate::error::Failure;
use crate::ids::{BatchId, JobId, ProjectId, ScriptId, VariantId};
use crate::jobs::{JobContext, JobKind, store as jobs};
use crate::profile::db::{DbError, Reader, Writer};
use crate::project::{StoredScript, store as projects};
use crate::render::platform;
use crate::time::now_ms;
use crate::variants::timeline::Timeline;

/// A planned video, as stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PlannedVariant {
    /// Its id.
    pub id: VariantId,
    /// Its project.
    pub project: ProjectId,
    /// Its script.
    pub script: ScriptId,
    /// What it was asked for together with.
    pub batch: BatchId,
    /// From 0, inside its script.
    pub number: u32,
    /// The seed it was planned with.
    pub seed: u64,
    /// The plan.
    pub timeline: Timeline,
    /// What a person should know about it and its batch.
    pub notes: Vec<String>,
    /// UTC milliseconds.
    pub created_at: i64,
}

/// A script of an order that gave no video, as the result of the job lists it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FailedScript {
    /// The script.
    pub script: ScriptId,
    /// Its name.
    pub name: String,
    /// Why.
    pub failure: Failure,
}

impl FailedScript {
    /// This script, for this reason.
    pub(super) fn new(script: &StoredScript, error: GenerateError) -> Self {
        Self { script: script.id, name: script.name.clone(), failure: error.into() }
    }
}

const COLUMNS: &str = "id, project_id, script_id, batch_id, number, seed, timeline, notes, created_at";

fn planned(row: &Row<'_>) -> rusqlite::Result<PlannedVariant> {
    let bad = |i: usize, e: serde_json::Error| {
        rusqlite::Error::FromSqlConversionFailure(i, rusqlite::types::Type::Text, Box::new(e))
    };
    let timeline: String = row.get(6)?;
    let notes: String = row.get(7)?;
    Ok(PlannedVariant {
        id: row.get(0)?,
        project: row.get(1)?,
        script: row.get(2)?,
        batch: row.get(3)?,
        number: row.get(4)?,
        seed: row.get::<_, i64>(5)?.cast_unsigned(),
        timeline: serde_json::from_str(&timeline).map_err(|e| bad(6, e))?,
        notes: serde_json::from_str(&notes).map_err(|e| bad(7, e))?,
        created_at: row.get(8)?,
    })
}

/// One planned video.
///
/// # Errors
/// [`GenerateError::NoVariant`] when this profile has no such variant.
pub fn variant(tx: &Reader<'_>, id: VariantId) -> Result<PlannedVariant, GenerateError> {
    tx.prepare_cached(&format!("SELECT {COLUMNS} FROM variants WHERE id = ?1"))?
        .query_row([id], planned)
        .optional()?
        .ok_or(GenerateError::NoVariant(id))
}

/// The planned videos of a batch, by script and number.
///
/// # Errors
/// [`GenerateError::Db`].
pub fn variants_of_batch(tx: &Reader<'_>, batch: BatchId) -> Result<Vec<PlannedVariant>, GenerateError> {
    let mut query = tx.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM variants WHERE batch_id = ?1
         ORDER BY (SELECT position FROM scripts s WHERE s.id = script_id), number"
    ))?;
    let list = query.query_map([batch], planned)?.collect::<Result<_, _>>()?;
    Ok(list)
}

/// The last timelines of a script that were planned with this seed, by number: what planning again holds on to.
///
/// # Errors
/// [`DbError`].
pub fn previous(tx: &Reader<'_>, script: ScriptId, seed: u64) -> Result<BTreeMap<u32, Timeline>, DbError> {
    let mut query = tx.prepare_cached(
        "SELECT number, timeline FROM variants WHERE script_id = ?1 AND seed = ?2 ORDER BY created_at, id",
    )?;
    let rows = query.query_map((script, seed.cast_signed()), |r| Ok((r.get(0)?, r.get::<_, String>(1)?)))?;
    let mut latest = BTreeMap::new();
    for row in rows {
        let (number, text) = row?;
        match serde_json::from_str(&text) {
            Ok(timeline) => {
                latest.insert(number, timeline);
            }
            // One that no longer reads only means that its picks are made afresh.
            Err(error) => tracing::warn!(%script, number, %error, "an earlier timeline could not be read"),
        }
    }
    Ok(latest)
}

/// The newest plan of the same video as this one: of its script, with its number, seed and platform. `None` when there is
/// no such plan at all.
///
/// # Errors
/// [`DbError`].
pub fn newest_of(tx: &Reader<'_>, variant: VariantId) -> Result<Option<VariantId>, DbError> {
    let mut query = tx.prepare_cached(
        "SELECT n.id FROM variants v JOIN variants n
             ON n.script_id = v.script_id AND n.number = v.number AND n.seed = v.seed
             AND n.timeline ->> 'platform' IS v.timeline ->> 'platform'
         WHERE v.id = ?1 ORDER BY n.created_at DESC, n.id DESC LIMIT 1",
    )?;
    Ok(query.query_row([variant], |r| r.get(0)).optional()?)
}

/// Checks an order and queues it, to run after `waits_for` (the analysis of new footage). Its renders will share the
/// batch. The caller announces the job after the commit.
///
/// # Errors
/// [`GenerateError`] when the order cannot be carried out whatever the footage: a bad count, an unknown platform or
/// script, no script at all.
pub fn queue(
    tx: &Writer<'_>,
    project: ProjectId,
    order: &Order,
    waits_for: &[JobId],
) -> Result<(JobId, BatchId), GenerateError> {
    if order.variants == 0 || order.variants > MOST_VARIANTS {
        return Err(GenerateError::BadCount(order.variants));
    }
    let found = projects::get(&tx.as_reader(), project)?;
    let name = order.platform.as_ref().unwrap_or(&found.look.platform);
    if platform::by_name(name).is_none() {
        let known: Vec<String> = platform::all().into_iter().map(|p| p.name).collect();
        return Err(GenerateError::UnknownPlatform { name: name.clone(), known: known.join(", ") });
    }
    let scripts = projects::scripts(&tx.as_reader(), project)?;
    if scripts.is_empty() {
        return Err(GenerateError::NoScript(project));
    }
    if let Some(missing) = order.scripts.iter().find(|id| !scripts.iter().any(|s| s.id == **id)) {
        return Err(projects::ProjectError::NoScript(*missing).into());
    }
    let batch = BatchId::new();
    let kind = JobKind::Generate { project, order: order.clone() };
    Ok((jobs::add(tx, &kind, Some(batch), waits_for)?, batch))
}

/// Stores the plans of a running generate job, queues a render for each, and ends the job: all in the caller's one
/// transaction.
pub(super) fn settle(
    tx: &Writer<'_>,
    ctx: &JobContext,
    variants: &[PlannedVariant],
    failed: &[FailedScript],
    render: bool,
) -> Result<(serde_json::Value, Vec<JobId>), GenerateError> {
    let mut renders = Vec::new();
    for v in variants {
        tx.execute(
            &format!("INSERT INTO variants ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"),
            (
                v.id,
                v.project,
                v.script,
                v.batch,
                v.number,
                v.seed.cast_signed(),
                json!(v.timeline).to_string(),
                json!(v.notes).to_string(),
                now_ms(),
            ),
        )?;
        if render {
            renders.push(jobs::add(tx, &JobKind::Render { variant: v.id, platform: None }, Some(v.batch), &[])?);
        }
    }
    let ids: Vec<VariantId> = variants.iter().map(|v| v.id).collect();
    let result = json!({ "variants": ids, "renders": renders, "failed": failed });
    jobs::finish(tx, ctx.job(), &jobs::Ending::Done(result.clone()))?;
    Ok((result, renders))
}
