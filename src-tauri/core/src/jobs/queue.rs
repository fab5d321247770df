//! Changes to the queue as a whole: its order, its failed jobs, how many there are of each state.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::model::{Job, JobState};
use super::store::{JobError, get, retry};
use crate::ids::JobId;
use crate::profile::db::{Reader, Writer};

/// How many jobs there are of each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct JobTally {
    /// Wait for their turn.
    pub queued: u32,
    /// Are being worked on.
    pub running: u32,
    /// Were set aside.
    pub paused: u32,
    /// Go on when a runner starts.
    pub interrupted: u32,
    /// Finished well.
    pub done: u32,
    /// Finished badly.
    pub failed: u32,
    /// Were stopped.
    pub cancelled: u32,
}

/// How many jobs there are of each state.
///
/// # Errors
/// [`JobError::Db`].
pub fn counts(tx: &Reader<'_>) -> Result<JobTally, JobError> {
    let mut counts = JobTally::default();
    let mut query = tx.prepare_cached("SELECT state, count(*) FROM jobs GROUP BY state")?;
    for row in query.query_map([], |r| Ok((r.get::<_, String>(0)?, r.get::<_, u32>(1)?)))? {
        let (state, count) = row?;
        match JobState::from_name(&state) {
            Some(JobState::Queued) => counts.queued = count,
            Some(JobState::Running) => counts.running = count,
            Some(JobState::Paused) => counts.paused = count,
            Some(JobState::Interrupted) => counts.interrupted = count,
            Some(JobState::Done) => counts.done = count,
            Some(JobState::Failed) => counts.failed = count,
            Some(JobState::Cancelled) => counts.cancelled = count,
            None => {}
        }
    }
    Ok(counts)
}

/// Queues all failed jobs again, in the order they had; gives them as they are then.
///
/// # Errors
/// [`JobError::Db`].
pub fn retry_failed(tx: &Writer<'_>) -> Result<Vec<Job>, JobError> {
    let failed: Vec<JobId> = {
        let mut query =
            tx.prepare_cached("SELECT id FROM jobs WHERE state = 'failed' ORDER BY priority DESC, position")?;
        query.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?
    };
    failed.into_iter().map(|id| retry(tx, id)).collect()
}

fn waits(tx: &Reader<'_>, id: JobId) -> Result<Job, JobError> {
    let job = get(tx, id)?;
    match job.state {
        JobState::Queued | JobState::Paused | JobState::Interrupted => Ok(job),
        state => Err(JobError::WrongState { job: id, state, change: "moved" }),
    }
}

/// Moves a waiting job to stand right before another one, whatever their kinds; with `None` behind all that wait.
///
/// # Errors
/// [`JobError::WrongState`] when one of them does not wait.
pub fn move_before(tx: &Writer<'_>, id: JobId, before: Option<JobId>) -> Result<Job, JobError> {
    let moved = waits(&tx.as_reader(), id)?;
    if before == Some(id) {
        return Ok(moved);
    }
    let mut line: Vec<(JobId, i64, i64)> = {
        let mut query = tx.prepare_cached(
            "SELECT id, priority, position FROM jobs WHERE state IN ('queued', 'paused', 'interrupted') AND id <> ?1
             ORDER BY priority DESC, position",
        )?;
        query.query_map([id], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?.collect::<Result<_, _>>()?
    };
    let at = match before {
        Some(before) => {
            waits(&tx.as_reader(), before)?;
            line.iter().position(|(other, ..)| *other == before).unwrap_or(line.len())
        }
        None => line.len(),
    };
    // It takes the priority of the one it stands before, or of the last: so the order holds against the priorities.
    let Some(priority) = line.get(at).or(line.last()).map(|(_, priority, _)| *priority) else { return Ok(moved) };
    line.insert(at, (id, priority, moved.position));
    let group: Vec<_> = line.into_iter().filter(|(_, other, _)| *other == priority).collect();
    let first = group.iter().map(|(.., position)| *position).min().unwrap_or(0);
    let mut place = tx.prepare_cached("UPDATE jobs SET priority = ?2, position = ?3 WHERE id = ?1")?;
    for (position, (job, ..)) in (first..).zip(&group) {
        place.execute((job, priority, position))?;
    }
    get(&tx.as_reader(), id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Code, Failure};
    use crate::ids::{SourceId, VariantId};
    use crate::jobs::store::{self, Ending};
    use crate::jobs::{JobKind, JobState};
    use crate::testkit::{Bench, bench};

    fn add(bench: &Bench, kind: &JobKind) -> JobId {
        bench.profile.write(|tx| store::add(tx, kind, None, &[])).unwrap()
    }

    fn render() -> JobKind {
        JobKind::Render { variant: VariantId::new(), platform: None }
    }

    fn take(bench: &Bench) -> Option<JobId> {
        bench.profile.write(|tx| store::take_next(tx, store::Lane::Machine)).unwrap().map(|j| j.id)
    }

    #[test]
    fn a_job_is_taken_where_it_was_moved_whatever_its_kind() {
        let bench = bench();
        let analyse = add(&bench, &JobKind::Analyse { source: SourceId::new() });
        let renders = [add(&bench, &render()), add(&bench, &render()), add(&bench, &render())];
        let shift = |id, before| bench.profile.write(|tx| move_before(tx, id, before)).unwrap();
        shift(renders[2], Some(renders[0]));
        shift(renders[0], Some(analyse));
        shift(analyse, None);
        // A job that comes now stands behind them all the same.
        let last = add(&bench, &render());
        let order: Vec<_> = std::iter::from_fn(|| take(&bench)).collect();
        assert_eq!(order, [renders[0], renders[2], renders[1], analyse, last]);
        let refused = bench.profile.write(|tx| move_before(tx, last, None)).unwrap_err();
        assert!(matches!(refused, JobError::WrongState { state: JobState::Running, .. }));
    }

    #[test]
    fn all_failed_jobs_are_queued_again_and_no_other() {
        let bench = bench();
        let jobs = [add(&bench, &render()), add(&bench, &render()), add(&bench, &render())];
        for (job, ending) in jobs.iter().zip([
            Ending::Failed(Failure::new(Code::DiskFull, "full")),
            Ending::Done(serde_json::json!({})),
            Ending::Failed(Failure::new(Code::DiskFull, "full")),
        ]) {
            take(&bench);
            bench.profile.write(|tx| store::finish(tx, *job, &ending)).unwrap();
        }
        let counted = bench.profile.read(counts).unwrap();
        assert_eq!((counted.failed, counted.done, counted.queued), (2, 1, 0));
        let again: Vec<_> = bench.profile.write(retry_failed).unwrap().into_iter().map(|j| j.id).collect();
        assert_eq!(again, [jobs[0], jobs[2]]);
        let counted = bench.profile.read(counts).unwrap();
        assert_eq!((counted.failed, counted.done, counted.queued), (0, 1, 2));
    }
}
