//! What happens by itself between jobs: lost answers are looked up when it is time, what Postiz has is asked after, and what
//! was left waiting is taken up again.

use std::collections::BTreeSet;

use super::error::PublishError;
use super::look;
use super::store::{self, Stored};
use super::{accounts, send};
use crate::ids::JobId;
use crate::jobs::{self, JobKind, JobState};
use crate::profile::Profile;
use crate::profile::db::DbError;
use crate::time::now_ms;

/// What waits is taken up this long after its job gave up, and Postiz asked again this long after it could not be, milliseconds.
const AGAIN_MS: i64 = 5 * 60_000;

const UNKNOWN: &str = "p.state = 'unknown'";
const THERE: &str = "p.post_id IS NOT NULL AND p.state IN ('scheduled', 'draft')";

/// Does what is due. Asks Postiz only when something is.
///
/// # Errors
/// [`PublishError`]; what is due stays so.
pub async fn tick(profile: &Profile) -> Result<(), PublishError> {
    take_up(profile)?;
    let due = |rows: Vec<Stored>| -> Vec<Stored> {
        let now = now_ms();
        rows.into_iter().filter(|row| row.look_at.is_none_or(|at| at <= now)).collect()
    };
    let device = profile.device();
    let (unknown, there) = profile
        .read::<_, DbError>(|tx| Ok((due(store::ours(tx, device, UNKNOWN)?), due(store::ours(tx, device, THERE)?))))?;
    if unknown.is_empty() && there.is_empty() {
        return Ok(());
    }
    let asked = ask(profile, &unknown, &there).await;
    if asked.is_err() {
        // Not at once again: every request counts against the hour.
        profile.write::<_, DbError>(|tx| {
            let due = unknown.iter().chain(&there);
            due.map(|row| row.shown.id).try_for_each(|id| look::later(tx, id, now_ms() + AGAIN_MS))
        })?;
    }
    asked
}

/// Asks after everything that is under way or not known, due or not.
///
/// # Errors
/// [`PublishError`]; nothing has changed then.
pub async fn check(profile: &Profile) -> Result<super::model::PublishShown, PublishError> {
    let device = profile.device();
    let (unknown, there) =
        profile.read::<_, DbError>(|tx| Ok((store::ours(tx, device, UNKNOWN)?, store::ours(tx, device, THERE)?)))?;
    if !unknown.is_empty() || !there.is_empty() {
        ask(profile, &unknown, &there).await?;
    }
    accounts::show(profile)
}

async fn ask(profile: &Profile, unknown: &[Stored], there: &[Stored]) -> Result<(), PublishError> {
    let postiz = send::reach(profile).await?;
    if !unknown.is_empty() {
        let rows: Vec<&Stored> = unknown.iter().collect();
        look::look(profile, &postiz, &rows, &BTreeSet::new()).await?;
    }
    if !there.is_empty() {
        look::news(profile, &postiz, there).await?;
    }
    Ok(())
}

/// Sends on what waits although no job is there that would: its job gave up because Postiz could not be reached, and is tried
/// again. A job that failed for another reason waits for a person; what it had begun is seen to all the same.
fn take_up(profile: &Profile) -> Result<(), PublishError> {
    let device = profile.device();
    let left = format!(
        "p.state IN ('waiting', 'uploading', 'sending') AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.id = p.job_id
         AND (j.state IN ('queued', 'running', 'paused', 'interrupted') OR j.finished_at > {}
              OR (j.state = 'failed' AND p.state = 'waiting' AND j.failure ->> 'code' <> 'offline')))",
        now_ms() - AGAIN_MS
    );
    if profile.read(|tx| store::ours(tx, device, &left))?.is_empty() {
        return Ok(());
    }
    let queued = profile.write::<_, PublishError>(|tx| {
        let mut queued: BTreeSet<JobId> = BTreeSet::new();
        for row in store::ours(&tx.as_reader(), device, &left)? {
            let before = row.job.map(|job| jobs::store::get(&tx.as_reader(), job)).transpose();
            let job = match before {
                Ok(Some(job)) if queued.contains(&job.id) => job.id,
                // The same one again: a network that is gone for a day leaves one job, not a hundred.
                Ok(Some(job)) if job.state == JobState::Failed => jobs::store::retry(tx, job.id)?.id,
                _ => jobs::store::add(tx, &JobKind::Publish {}, None, &[])?,
            };
            tx.execute("UPDATE publications SET job_id = ?2 WHERE id = ?1", (row.shown.id, job))?;
            queued.insert(job);
        }
        Ok(queued)
    })?;
    queued.into_iter().for_each(|job| jobs::store::announce(profile, job));
    Ok(())
}

#[cfg(test)]
#[path = "follow_tests.rs"]
mod tests;
