//! The `jobs` table: every change of a job goes through here, and through the rules of [`JobState`].
//!
//! What is not here: doing the work (runner) and mending after a crash (recovery).

use rusqlite::{OptionalExtension, Row};
use serde_json::{Value, json};

use super::model::{Job, JobKind, JobState};
use crate::error::{Code, Explain, Failure};
use crate::ids::{BatchId, JobId};
use crate::profile::Profile;
use crate::profile::db::{DbError, Reader, Writer};
use crate::profile::events::Event;
use crate::time::now_ms;

/// Why a job could not be read or changed.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// Not in this profile.
    #[error("There is no job {0} in this profile.")]
    NotFound(JobId),
    /// The change is not allowed from where it stands.
    #[error("Job {job} is {}, so it cannot be {change}.", state.as_str())]
    WrongState {
        /// Which.
        job: JobId,
        /// Where it stands.
        state: JobState,
        /// "cancelled", "paused", …
        change: &'static str,
    },
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<rusqlite::Error> for JobError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Db(error.into())
    }
}

impl Explain for JobError {
    fn code(&self) -> Code {
        match self {
            Self::NotFound(_) => Code::NotFound,
            Self::WrongState { .. } => Code::WrongState,
            Self::Db(e) => e.code(),
        }
    }

    fn details(&self) -> Value {
        match self {
            Self::NotFound(job) => json!({ "job": job }),
            Self::WrongState { job, state, .. } => json!({ "job": job, "state": state }),
            Self::Db(e) => e.details(),
        }
    }
}

/// What a job that is about to run is asked to do instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Stop and stay stopped.
    Cancel,
    /// Stop for now.
    Pause,
}

const COLUMNS: &str = "id, kind, batch_id, state, priority, position, step, progress, attempts, failure, result, \
                       created_at, started_at, finished_at, progress_at_start, \
                       CASE jobs.kind ->> 'kind' \
                       WHEN 'generate' THEN (SELECT p.name FROM projects p WHERE p.id = jobs.kind ->> 'project') \
                       WHEN 'render' THEN (SELECT p.name || ' – ' || CASE \
                           WHEN (SELECT count(*) FROM scripts o WHERE o.project_id = p.id) > 1 \
                           THEN (SELECT s.name FROM scripts s WHERE s.id = v.script_id) || ' ' ELSE 'video ' END \
                           || (v.number + 1) FROM variants v JOIN projects p ON p.id = v.project_id \
                           WHERE v.id = jobs.kind ->> 'variant') \
                       WHEN 'publish' THEN (SELECT CASE count(DISTINCT p.clip_id) WHEN 1 THEN max(c.name) \
                           ELSE count(DISTINCT p.clip_id) || ' videos' END \
                           FROM publications p LEFT JOIN clips c ON c.id = p.clip_id WHERE p.job_id = jobs.id) \
                       ELSE (SELECT f.name FROM sources f WHERE f.id = jobs.kind ->> 'source') END";

fn job(row: &Row<'_>) -> rusqlite::Result<Job> {
    let json = |i: usize, text: String| {
        serde_json::from_str(&text)
            .map_err(|e| rusqlite::Error::FromSqlConversionFailure(i, rusqlite::types::Type::Text, Box::new(e)))
    };
    let state: String = row.get(3)?;
    let state = JobState::from_name(&state).ok_or(rusqlite::Error::InvalidColumnName(state))?;
    let progress: f64 = row.get(7)?;
    let started_at: Option<i64> = row.get(12)?;
    let kind: String = row.get(1)?;
    let kind: JobKind = serde_json::from_value(json(1, kind)?)
        .map_err(|e| rusqlite::Error::FromSqlConversionFailure(1, rusqlite::types::Type::Text, Box::new(e)))?;
    Ok(Job {
        id: row.get(0)?,
        // What it works on may have been erased.
        title: row.get::<_, Option<String>>(15)?.unwrap_or_else(|| kind.name().to_owned()),
        kind,
        batch: row.get(2)?,
        state,
        priority: row.get(4)?,
        position: row.get(5)?,
        step: row.get(6)?,
        progress,
        attempts: row.get(8)?,
        failure: row
            .get::<_, Option<String>>(9)?
            .map(|text| json(9, text))
            .transpose()?
            .and_then(|v| serde_json::from_value(v).ok()),
        result: row.get::<_, Option<String>>(10)?.map(|text| json(10, text)).transpose()?,
        eta_ms: started_at.filter(|_| state == JobState::Running).and_then(|at| eta(at, row.get(14).ok()?, progress)),
        created_at: row.get(11)?,
        started_at,
        finished_at: row.get(13)?,
    })
}

/// Milliseconds left at the pace since the last start; `None` until there is a pace to speak of.
#[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "an estimate in whole milliseconds")]
fn eta(started_at: i64, from: f64, progress: f64) -> Option<i64> {
    let made = progress - from;
    let elapsed = (now_ms() - started_at).max(0) as f64;
    (made > 0.01).then(|| (elapsed * (1.0 - progress) / made) as i64)
}

/// Stores a new job, queued, to start after `waits_for` have ended. Part of the caller's transaction; the caller
/// announces it after the commit with [`announce`].
///
/// # Errors
/// [`JobError::Db`].
pub fn add(tx: &Writer<'_>, kind: &JobKind, batch: Option<BatchId>, waits_for: &[JobId]) -> Result<JobId, JobError> {
    let id = JobId::new();
    let text = serde_json::to_string(kind).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?;
    tx.execute(
        "INSERT INTO jobs (id, kind, batch_id, state, priority, position, created_at)
         VALUES (?1, ?2, ?3, 'queued', ?4, (SELECT coalesce(max(position), 0) + 1 FROM jobs), ?5)",
        (id, text, batch, kind.priority(), now_ms()),
    )?;
    for job in waits_for {
        tx.execute("INSERT OR IGNORE INTO job_waits (job_id, for_job) VALUES (?1, ?2)", (id, job))?;
    }
    Ok(id)
}

/// A job of just this kind that has not ended, with its batch.
///
/// # Errors
/// [`DbError`].
pub fn open_alike(tx: &Reader<'_>, kind: &JobKind) -> Result<Option<(JobId, BatchId)>, DbError> {
    let text = serde_json::to_string(kind).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?;
    let mut query = tx.prepare_cached(
        "SELECT id, batch_id FROM jobs WHERE kind = ?1 AND batch_id IS NOT NULL
         AND state NOT IN ('done', 'failed', 'cancelled') LIMIT 1",
    )?;
    Ok(query.query_row([text], |r| Ok((r.get(0)?, r.get(1)?))).optional()?)
}

/// Tells the profile's listeners that a job is new or changed.
pub fn announce(profile: &Profile, job: JobId) {
    profile.announce(Event::Job { job });
}

/// One job.
///
/// # Errors
/// [`JobError::NotFound`] when this profile has no such job.
pub fn get(tx: &Reader<'_>, id: JobId) -> Result<Job, JobError> {
    tx.prepare_cached(&format!("SELECT {COLUMNS} FROM jobs WHERE id = ?1"))?
        .query_row([id], job)
        .optional()?
        .ok_or(JobError::NotFound(id))
}

/// Jobs of these states (all when empty), in the order they will run, finished ones last and newest first.
///
/// # Errors
/// [`JobError::Db`].
pub fn list(tx: &Reader<'_>, states: &[JobState], limit: u32) -> Result<Vec<Job>, JobError> {
    let wanted: Vec<&str> = states.iter().map(|s| s.as_str()).collect();
    let wanted = serde_json::to_string(&wanted).unwrap_or_else(|_| "[]".into());
    let mut query = tx.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM jobs
         WHERE ?1 = '[]' OR state IN (SELECT value FROM json_each(?1))
         ORDER BY state IN ('done', 'failed', 'cancelled'), finished_at DESC, priority DESC, position LIMIT ?2"
    ))?;
    let jobs = query.query_map((wanted, limit), job)?.collect::<Result<_, _>>()?;
    Ok(jobs)
}

/// The jobs asked for together.
///
/// # Errors
/// [`JobError::Db`].
pub fn of_batch(tx: &Reader<'_>, batch: BatchId) -> Result<Vec<Job>, JobError> {
    let mut query = tx.prepare_cached(&format!("SELECT {COLUMNS} FROM jobs WHERE batch_id = ?1 ORDER BY position"))?;
    let jobs = query.query_map([batch], job)?.collect::<Result<_, _>>()?;
    Ok(jobs)
}

/// What jobs wait for each other about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lane {
    /// The machine: decoding, planning, encoding.
    Machine,
    /// A service: sending waits long and works little, so no video waits for it.
    Network,
}

impl Lane {
    /// The lane of this kind of job.
    #[must_use]
    pub fn of(kind: &JobKind) -> Self {
        if matches!(kind, JobKind::Publish {}) { Self::Network } else { Self::Machine }
    }
}

/// Takes the next job of a lane that may run and marks it running.
///
/// # Errors
/// [`JobError::Db`].
pub fn take_next(tx: &Writer<'_>, lane: Lane) -> Result<Option<Job>, JobError> {
    let next: Option<JobId> = tx
        .prepare_cached(
            "SELECT id FROM jobs j
             WHERE state IN ('queued', 'interrupted') AND (kind ->> 'kind' = 'publish') = ?1
               AND NOT EXISTS (SELECT 1 FROM job_waits w JOIN jobs b ON b.id = w.for_job
                               WHERE w.job_id = j.id AND b.state NOT IN ('done', 'failed', 'cancelled'))
               -- Proxies only fill idle time.
               AND (kind ->> 'kind' <> 'proxy' OR NOT EXISTS (
                        SELECT 1 FROM jobs o WHERE o.kind ->> 'kind' NOT IN ('proxy', 'publish')
                                               AND o.state IN ('queued', 'interrupted', 'running')))
             ORDER BY priority DESC, position LIMIT 1",
        )?
        .query_row([lane == Lane::Network], |r| r.get(0))
        .optional()?;
    let Some(id) = next else { return Ok(None) };
    tx.execute(
        "UPDATE jobs SET state = 'running', attempts = attempts + 1, started_at = ?2, finished_at = NULL,
                         progress_at_start = progress, failure = NULL, wish = NULL WHERE id = ?1",
        (id, now_ms()),
    )?;
    get(&tx.as_reader(), id).map(Some)
}

/// Stores how far a running job is. Never moves it back; a job that is no longer running is left alone.
///
/// # Errors
/// [`JobError::Db`].
pub fn report(tx: &Writer<'_>, id: JobId, progress: f64, step: &str) -> Result<(), JobError> {
    tx.execute(
        "UPDATE jobs SET progress = max(progress, ?2), step = ?3 WHERE id = ?1 AND state = 'running'",
        (id, progress.clamp(0.0, 1.0), step),
    )?;
    Ok(())
}

/// What was asked of a running job, perhaps by another process.
///
/// # Errors
/// [`JobError::Db`].
pub fn wishes(tx: &Reader<'_>) -> Result<Vec<(JobId, Wish)>, JobError> {
    let mut query = tx.prepare_cached("SELECT id, wish FROM jobs WHERE state = 'running' AND wish IS NOT NULL")?;
    let rows = query.query_map([], |r| {
        let wish = if r.get_ref(1)?.as_str()? == "cancel" { Wish::Cancel } else { Wish::Pause };
        Ok((r.get(0)?, wish))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How a run of a job ended.
#[derive(Debug)]
pub enum Ending {
    /// Well, with these ids.
    Done(Value),
    /// Badly.
    Failed(Failure),
    /// On request.
    Stopped(Wish),
    /// Its runner was stopped; it goes on when one starts again.
    Interrupted,
}

/// Stores how a run ended. A job that was cancelled meanwhile stays cancelled, unless it is done: then its files exist
/// and the wish came too late.
///
/// # Errors
/// [`JobError::Db`].
pub fn finish(tx: &Writer<'_>, id: JobId, ending: &Ending) -> Result<(), JobError> {
    let (state, failure, result) = match ending {
        Ending::Done(value) => (JobState::Done, None, Some(value.to_string())),
        Ending::Failed(failure) => (JobState::Failed, serde_json::to_string(failure).ok(), None),
        Ending::Stopped(Wish::Cancel) => (JobState::Cancelled, None, None),
        Ending::Stopped(Wish::Pause) => (JobState::Paused, None, None),
        Ending::Interrupted => (JobState::Interrupted, None, None),
    };
    tx.execute(
        "UPDATE jobs SET state = ?2, failure = ?3, result = ?4, wish = NULL,
                progress = CASE WHEN ?2 = 'done' THEN 1.0 ELSE progress END,
                step = CASE WHEN ?2 IN ('done', 'cancelled') THEN '' ELSE step END,
                finished_at = CASE WHEN ?2 IN ('paused', 'interrupted') THEN NULL ELSE ?5 END
         WHERE id = ?1 AND state = 'running'",
        (id, state.as_str(), failure, result, now_ms()),
    )?;
    Ok(())
}

/// Asks for a job to be cancelled: at once when it only waits, by its runner when it runs.
///
/// # Errors
/// [`JobError::WrongState`] when it has ended.
pub fn cancel(tx: &Writer<'_>, id: JobId) -> Result<Job, JobError> {
    let found = get(&tx.as_reader(), id)?;
    match found.state {
        JobState::Running => tx.execute("UPDATE jobs SET wish = 'cancel' WHERE id = ?1", [id])?,
        JobState::Queued | JobState::Paused | JobState::Interrupted => tx.execute(
            "UPDATE jobs SET state = 'cancelled', step = '', finished_at = ?2 WHERE id = ?1",
            (id, now_ms()),
        )?,
        state => return Err(JobError::WrongState { job: id, state, change: "cancelled" }),
    };
    get(&tx.as_reader(), id)
}

/// Asks for a job to be paused.
///
/// # Errors
/// [`JobError::WrongState`] when it has ended or is paused already.
pub fn pause(tx: &Writer<'_>, id: JobId) -> Result<Job, JobError> {
    let found = get(&tx.as_reader(), id)?;
    match found.state {
        JobState::Running => tx.execute("UPDATE jobs SET wish = 'pause' WHERE id = ?1 AND wish IS NULL", [id])?,
        JobState::Queued | JobState::Interrupted => {
            tx.execute("UPDATE jobs SET state = 'paused' WHERE id = ?1", [id])?
        }
        state => return Err(JobError::WrongState { job: id, state, change: "paused" }),
    };
    get(&tx.as_reader(), id)
}

/// Puts a paused job back in the queue, or takes back a pause that was not carried out yet.
///
/// # Errors
/// [`JobError::WrongState`] when it is not paused.
pub fn resume(tx: &Writer<'_>, id: JobId) -> Result<Job, JobError> {
    let changed = tx.execute(
        "UPDATE jobs SET state = CASE state WHEN 'paused' THEN 'queued' ELSE state END, wish = NULL
         WHERE id = ?1 AND (state = 'paused' OR (state = 'running' AND wish = 'pause'))",
        [id],
    )?;
    let found = get(&tx.as_reader(), id)?;
    if changed == 0 { Err(JobError::WrongState { job: id, state: found.state, change: "resumed" }) } else { Ok(found) }
}

/// Queues a failed or cancelled job again. What it made before (voice, finished chunks) is found and used.
///
/// # Errors
/// [`JobError::WrongState`] when it has not ended badly.
pub fn retry(tx: &Writer<'_>, id: JobId) -> Result<Job, JobError> {
    let changed = tx.execute(
        "UPDATE jobs SET state = 'queued', failure = NULL, wish = NULL, progress = 0, step = '', finished_at = NULL
         WHERE id = ?1 AND state IN ('failed', 'cancelled')",
        [id],
    )?;
    let found = get(&tx.as_reader(), id)?;
    if changed == 0 { Err(JobError::WrongState { job: id, state: found.state, change: "retried" }) } else { Ok(found) }
}

/// Moves a job before all others of its priority that wait.
///
/// # Errors
/// [`JobError::NotFound`].
pub fn move_first(tx: &Writer<'_>, id: JobId) -> Result<Job, JobError> {
    tx.execute("UPDATE jobs SET position = (SELECT min(position) - 1 FROM jobs) WHERE id = ?1", [id])?;
    get(&tx.as_reader(), id)
}

/// Marks what a dead process left running. Only the holder of the runner lock may call it.
///
/// # Errors
/// [`JobError::Db`].
pub fn mark_interrupted(tx: &Writer<'_>) -> Result<Vec<JobId>, JobError> {
    // A cancel that the dead process did not get to is carried out now: cancelled stays cancelled.
    tx.execute(
        "UPDATE jobs SET state = 'cancelled', wish = NULL, step = '', finished_at = ?1
         WHERE state = 'running' AND wish = 'cancel'",
        [now_ms()],
    )?;
    tx.execute("UPDATE jobs SET state = 'paused', wish = NULL WHERE state = 'running' AND wish = 'pause'", [])?;
    let mut query = tx.prepare_cached("UPDATE jobs SET state = 'interrupted' WHERE state = 'running' RETURNING id")?;
    let ids = query.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?;
    Ok(ids)
}

/// True when the folder is named after a job of this profile that does not run now.
///
/// # Errors
/// [`JobError::Db`].
pub fn known(tx: &Reader<'_>, folder: &std::path::Path) -> Result<bool, JobError> {
    let name = folder.file_name().and_then(|n| n.to_str()).unwrap_or_default();
    let mut query = tx.prepare_cached("SELECT EXISTS (SELECT 1 FROM jobs WHERE id = ?1 AND state <> 'running')")?;
    Ok(query.query_row([name], |r| r.get(0))?)
}

/// True while a job waits or runs that a runner would work on.
///
/// # Errors
/// [`JobError::Db`].
pub fn any_to_do(tx: &Reader<'_>) -> Result<bool, JobError> {
    let mut query =
        tx.prepare_cached("SELECT EXISTS (SELECT 1 FROM jobs WHERE state IN ('queued', 'interrupted', 'running'))")?;
    Ok(query.query_row([], |r| r.get(0))?)
}

#[cfg(test)]
#[path = "store_tests.rs"]
mod tests;
