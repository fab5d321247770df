//! Handlers of the calls about jobs.

use tokio_util::sync::CancellationToken;

use super::{JobBatch, JobCancel, JobFirst, JobList, JobPause, JobResume, JobRetry, JobShow};
use crate::error::Failure;
use crate::ids::JobId;
use crate::jobs::Job;
use crate::jobs::store::{self, JobError};
use crate::profile::Profile;
use crate::profile::db::Writer;

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
