//! The planned videos of a project side by side: the newest batch of each script, how far its videos are apart, and
//! rendering the ones that a person likes.

use rusqlite::OptionalExtension;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::GenerateError;
use super::store::{PlannedVariant, variant, variants_of_batch};
use crate::ids::{BatchId, ClipId, JobId, ProjectId, ScriptId, VariantId};
use crate::jobs::{JobKind, store as jobs};
use crate::profile::db::{DbError, Reader, Writer};
use crate::project::store as projects;
use crate::variants::distance;
use crate::variants::timeline::Timeline;

/// A planned video and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct VariantRow {
    /// The plan.
    #[serde(flatten)]
    pub planned: PlannedVariant,
    /// The newest clip in the library that was made of it, for its platform if there is one.
    pub clip: Option<ClipId>,
    /// The newest job that renders it or did.
    pub job: Option<JobId>,
}

/// The newest videos planned of a script.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct VariantBatch {
    /// What they were asked for together with.
    pub batch: BatchId,
    /// Their script.
    pub script: ScriptId,
    /// How far the two that are nearest to each other are apart, 0 (the same) to 1; `None` for a single one.
    pub distance: Option<f32>,
    /// By number.
    pub variants: Vec<VariantRow>,
}

/// The planned videos of a project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SideBySide {
    /// By script, in the project's order; scripts of which nothing was planned are left out.
    pub batches: Vec<VariantBatch>,
}

/// Renders that were asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Rendering {
    /// The jobs that render them: new ones, and those that were on their way.
    pub jobs: Vec<JobId>,
    /// What the first of them was planned together with; its other jobs share it.
    pub batch: BatchId,
}

/// The newest batch of each script of a project.
///
/// # Errors
/// [`GenerateError::Project`] when there is no such project.
pub fn of_project(tx: &Reader<'_>, project: ProjectId) -> Result<SideBySide, GenerateError> {
    projects::get(tx, project)?;
    let mut batches = Vec::new();
    for script in projects::scripts(tx, project)? {
        let newest: Option<BatchId> = tx
            .prepare_cached(
                "SELECT batch_id FROM variants WHERE script_id = ?1 ORDER BY created_at DESC, id DESC LIMIT 1",
            )?
            .query_row([script.id], |r| r.get(0))
            .optional()?;
        let Some(batch) = newest else { continue };
        let mut variants = Vec::new();
        for planned in variants_of_batch(tx, batch)?.into_iter().filter(|v| v.script == script.id) {
            variants.push(row(tx, planned)?);
        }
        let timelines: Vec<Timeline> = variants.iter().map(|v| v.planned.timeline.clone()).collect();
        batches.push(VariantBatch { batch, script: script.id, distance: nearest(&timelines), variants });
    }
    Ok(SideBySide { batches })
}

fn nearest(timelines: &[Timeline]) -> Option<f32> {
    let all = distance::matrix(timelines);
    let pairs = all.iter().enumerate().flat_map(|(a, row)| row.iter().skip(a + 1).copied());
    pairs.min_by(f32::total_cmp)
}

fn row(tx: &Reader<'_>, planned: PlannedVariant) -> Result<VariantRow, DbError> {
    let clip = tx
        .prepare_cached(
            "SELECT id FROM clips WHERE variant_id = ?1 AND deleted_at IS NULL
             ORDER BY platform IS NOT ?2, created_at DESC LIMIT 1",
        )?
        .query_row((planned.id, &planned.timeline.platform), |r| r.get(0))
        .optional()?;
    // Its renders share its batch, and batches have an index.
    let job = tx
        .prepare_cached(
            "SELECT id FROM jobs WHERE batch_id = ?1 AND kind ->> 'variant' = ?2 ORDER BY created_at DESC, id DESC LIMIT 1",
        )?
        .query_row((planned.batch, planned.id), |r| r.get(0))
        .optional()?;
    Ok(VariantRow { planned, clip, job })
}

/// Queues the renders of planned videos. One whose render waits or runs is not queued twice. Gives the jobs, and which of
/// them are new; the caller announces those after the commit.
///
/// # Errors
/// [`GenerateError::NoVariant`] for one that is not in this profile; [`GenerateError::NothingToRender`] for none.
pub fn render(tx: &Writer<'_>, variants: &[VariantId]) -> Result<(Rendering, Vec<JobId>), GenerateError> {
    let (mut all, mut new, mut batch) = (Vec::new(), Vec::new(), None);
    for id in variants {
        let planned = variant(&tx.as_reader(), *id)?;
        batch.get_or_insert(planned.batch);
        let open = tx
            .prepare_cached(
                "SELECT id FROM jobs WHERE batch_id = ?1 AND kind ->> 'variant' = ?2
                 AND state NOT IN ('done', 'failed', 'cancelled')",
            )?
            .query_row((planned.batch, planned.id), |r| r.get(0))
            .optional()?;
        let job = match open {
            Some(job) => job,
            None => {
                let job = jobs::add(tx, &JobKind::Render { variant: *id, platform: None }, Some(planned.batch), &[])?;
                new.push(job);
                job
            }
        };
        all.push(job);
    }
    let batch = batch.ok_or(GenerateError::NothingToRender)?;
    Ok((Rendering { jobs: all, batch }, new))
}

#[cfg(test)]
#[path = "side_by_side_tests.rs"]
mod tests;
