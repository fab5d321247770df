//! When is a batch of videos done? When all its jobs have ended: then it is announced, once.

use std::collections::HashSet;

use edit_factory_core::ids::{BatchId, JobId};
use edit_factory_core::jobs::store::{self, JobError};
use edit_factory_core::jobs::{Job, JobKind, JobState};
use edit_factory_core::profile::Profile;

/// What came of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done {
    /// Videos that are in the library.
    pub made: usize,
    /// Videos, or whole scripts, that could not be made.
    pub failed: usize,
}

/// The batches that were announced.
#[derive(Debug, Default)]
pub struct Batches {
    announced: HashSet<BatchId>,
}

impl Batches {
    /// A job changed. Gives what came of its batch if that is done now, and was not before.
    pub fn heard(&mut self, profile: &Profile, job: JobId) -> Result<Option<Done>, JobError> {
        let Some(batch) = profile.read(|tx| store::get(tx, job))?.batch else { return Ok(None) };
        let jobs = profile.read(|tx| store::of_batch(tx, batch))?;
        if !jobs.iter().all(|job| job.state.is_final()) {
            // Tried again, it will be done again.
            self.announced.remove(&batch);
            return Ok(None);
        }
        let first = self.announced.insert(batch);
        Ok(outcome(&jobs).filter(|_| first))
    }
}

/// What came of these jobs, if anything of it is about videos: looking at footage is not worth a notification.
fn outcome(jobs: &[Job]) -> Option<Done> {
    let count = |state: JobState, wanted: fn(&JobKind) -> bool| {
        jobs.iter().filter(|job| job.state == state && wanted(&job.kind)).count()
    };
    let done = Done {
        made: count(JobState::Done, |kind| matches!(kind, JobKind::Render { .. })),
        failed: count(JobState::Failed, |kind| matches!(kind, JobKind::Render { .. } | JobKind::Generate { .. })),
    };
    (done.made + done.failed > 0).then_some(done)
}
