//! Handlers of the calls about jobs.

use tokio_util::sync::CancellationToken;

use super::macros::arguments;
use crate::error::Failure;
use crate::ids::{BatchId, JobId};
use crate::jobs::store::{self, JobError};
use crate::jobs::{Job, JobCommand, JobState, JobTally, commands, queue};
use crate::profile::Profile;
use crate::profile::db::Writer;

arguments! {
    profile jobs {
        /// Jobs in the order they will run, then the finished ones, newest first.
        job_list: JobList {
            /// Only these states; empty means all.
            #[serde(default)]
            #[ts(as = "Option<_>", optional)]
            states: Vec<JobState>,
            /// At most this many; `None` means 200.
            #[serde(default)]
            limit: Option<u32>,
        } -> Vec<Job>;

        /// The jobs that were asked for together.
        job_batch: JobBatch {
            /// Which batch.
            batch: BatchId,
        } -> Vec<Job>;

        /// One job.
        job_show: JobShow {
            /// Which.
            id: JobId,
        } -> Job;

        /// Stops a job for good; one that runs ends within a second and leaves no file.
        job_cancel: JobCancel {
            /// Which.
            id: JobId,
        } -> Job;

        /// Sets a job aside.
        job_pause: JobPause {
            /// Which.
            id: JobId,
        } -> Job;

        /// Puts a paused job back in the queue.
        job_resume: JobResume {
            /// Which.
            id: JobId,
        } -> Job;

        /// Queues a failed or cancelled job again; what it had made is used.
        job_retry: JobRetry {
            /// Which.
            id: JobId,
        } -> Job;

        /// Moves a waiting job before all others of its kind.
        job_first: JobFirst {
            /// Which.
            id: JobId,
        } -> Job;

        /// Moves a waiting job right before another one, or behind all that wait.
        job_move: JobMove {
            /// Which.
            id: JobId,
            /// Before which; `None` for the end.
            before: Option<JobId>,
        } -> Job;

        /// Queues all failed jobs again.
        job_retry_failed: JobRetryFailed {} -> Vec<Job>;

        /// The last commands a job ran, oldest first, with what they said.
        job_commands: JobCommands {
            /// Which.
            id: JobId,
        } -> Vec<JobCommand>;

        /// How many jobs there are of each state.
        job_counts: JobCounts {} -> JobTally;
    }
}

/// How many jobs a list has when nothing else is asked for.
const USUAL: u32 = 200;

pub(super) async fn job_list(profile: &Profile, args: JobList, _: &CancellationToken) -> Result<Vec<Job>, Failure> {
    let limit = args.limit.unwrap_or(USUAL);
    Ok(profile.read::<_, JobError>(|tx| store::list(tx, &args.states, limit))?)
}

pub(super) async fn job_batch(profile: &Profile, args: JobBatch, _: &CancellationToken) -> Result<Vec<Job>, Failure> {
    Ok(profile.read::<_, JobError>(|tx| store::of_batch(tx, args.batch))?)
}

pub(super) async fn job_show(profile: &Profile, args: JobShow, _: &CancellationToken) -> Result<Job, Failure> {
    Ok(profile.read::<_, JobError>(|tx| store::get(tx, args.id))?)
}

pub(super) async fn job_cancel(profile: &Profile, args: JobCancel, _: &CancellationToken) -> Result<Job, Failure> {
    change(profile, args.id, store::cancel)
}

pub(super) async fn job_pause(profile: &Profile, args: JobPause, _: &CancellationToken) -> Result<Job, Failure> {
    change(profile, args.id, store::pause)
}

pub(super) async fn job_resume(profile: &Profile, args: JobResume, _: &CancellationToken) -> Result<Job, Failure> {
    change(profile, args.id, store::resume)
}

pub(super) async fn job_retry(profile: &Profile, args: JobRetry, _: &CancellationToken) -> Result<Job, Failure> {
    change(profile, args.id, store::retry)
}

pub(super) async fn job_first(profile: &Profile, args: JobFirst, _: &CancellationToken) -> Result<Job, Failure> {
    change(profile, args.id, store::move_first)
}

fn change(
    profile: &Profile,
    id: JobId,
    how: impl FnOnce(&Writer<'_>, JobId) -> Result<Job, JobError>,
) -> Result<Job, Failure> {
    let job = profile.write(|tx| how(tx, id))?;
    store::announce(profile, id);
    Ok(job)
}

pub(super) async fn job_move(profile: &Profile, args: JobMove, _: &CancellationToken) -> Result<Job, Failure> {
    change(profile, args.id, |tx, id| queue::move_before(tx, id, args.before))
}

pub(super) async fn job_retry_failed(
    profile: &Profile,
    _: JobRetryFailed,
    _: &CancellationToken,
) -> Result<Vec<Job>, Failure> {
    let jobs = profile.write(queue::retry_failed)?;
    for job in &jobs {
        store::announce(profile, job.id);
    }
    Ok(jobs)
}

pub(super) async fn job_commands(
    profile: &Profile,
    args: JobCommands,
    _: &CancellationToken,
) -> Result<Vec<JobCommand>, Failure> {
    Ok(profile.read(|tx| commands::of(tx, args.id))?)
}

pub(super) async fn job_counts(profile: &Profile, _: JobCounts, _: &CancellationToken) -> Result<JobTally, Failure> {
    Ok(profile.read(queue::counts)?)
}
