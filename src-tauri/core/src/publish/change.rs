//! What a person changes about publications that are under way: another time, taken back, sent again.

use super::error::PublishError;
use super::look::{self, Removed};
use super::model::{Publication, PublicationState, PublishStarted};
use super::store::{self, Stored};
use super::{order, send};
use crate::ids::PublicationId;
use crate::jobs::{self, JobKind};
use crate::profile::Profile;
use crate::time::now_ms;

/// So long before it goes out a post cannot be moved or taken back any more, milliseconds.
const TOO_LATE_MS: i64 = 30_000;

fn get(profile: &Profile, id: PublicationId) -> Result<Stored, PublishError> {
    let row = profile.read(|tx| store::get(tx, profile.device(), id))?;
    if row.shown.elsewhere {
        return Err(PublishError::Elsewhere(row.shown.account.name));
    }
    Ok(row)
}

fn wrong(row: &Stored, change: &'static str) -> PublishError {
    PublishError::WrongState { account: row.shown.account.name.clone(), state: row.shown.state, change }
}

/// One publication, as it is shown.
///
/// # Errors
/// [`PublishError::NotFound`].
pub fn show(profile: &Profile, id: PublicationId) -> Result<Publication, PublishError> {
    Ok(profile.read(|tx| store::get(tx, profile.device(), id))?.shown)
}

/// Moves one to another time. One that Postiz has is deleted there and made anew, by a job.
///
/// # Errors
/// [`PublishError::Past`]; [`PublishError::WrongState`] for one that is being sent, is out or has ended.
pub fn move_to(profile: &Profile, id: PublicationId, at: i64) -> Result<Publication, PublishError> {
    let row = get(profile, id)?;
    if at <= now_ms() {
        return Err(PublishError::Past);
    }
    let job = profile.write::<_, PublishError>(|tx| {
        let row = store::get(&tx.as_reader(), profile.device(), id)?;
        match row.shown.state {
            PublicationState::Waiting | PublicationState::Uploading => {
                tx.execute("UPDATE publications SET publish_at = ?2 WHERE id = ?1", (id, at))?;
                Ok(None)
            }
            PublicationState::Scheduled if is_still_to_come(&row) => {
                let job = jobs::store::add(tx, &JobKind::Publish {}, None, &[])?;
                let from = [PublicationState::Scheduled];
                store::turn(tx, &[id], &from, PublicationState::Waiting, None)?;
                tx.execute("UPDATE publications SET publish_at = ?2, job_id = ?3 WHERE id = ?1", (id, at, job))?;
                Ok(Some(job))
            }
            _ => Err(wrong(&row, "moved")),
        }
    })?;
    if let Some(job) = job {
        jobs::store::announce(profile, job);
    }
    store::announce(profile);
    show(profile, row.shown.id)
}

fn is_still_to_come(row: &Stored) -> bool {
    row.shown.publish_at.is_some_and(|at| at > now_ms() + TOO_LATE_MS)
}

/// Takes one back that is not out yet, in Postiz too.
///
/// # Errors
/// [`PublishError::StillThere`] when Postiz still has it; [`PublishError::WrongState`] for one that is being sent, is not
/// known to be there, is out or has ended.
pub async fn cancel(profile: &Profile, id: PublicationId) -> Result<Publication, PublishError> {
    let row = get(profile, id)?;
    let here = [PublicationState::Waiting, PublicationState::Uploading];
    let there = [PublicationState::Scheduled, PublicationState::Draft];
    if here.contains(&row.shown.state) {
        // One that waits to be moved is in Postiz at its old time: it counts as there until it is seen to be gone.
        let goal = if row.shown.post_id.is_some() { PublicationState::Scheduled } else { PublicationState::Cancelled };
        let taken = profile.write(|tx| store::turn(tx, &[id], &here, goal, None))?;
        if taken.is_empty() || goal == PublicationState::Cancelled {
            store::announce(profile);
            let row = get(profile, id)?;
            return if taken.is_empty() { Err(wrong(&row, "taken back")) } else { Ok(row.shown) };
        }
    } else if !there.contains(&row.shown.state) {
        return Err(wrong(&row, "taken back"));
    }
    let Some(post) = row.shown.post_id.clone() else { return Err(wrong(&row, "taken back")) };
    let removed = look::remove(&send::reach(profile).await?, &row, &post).await?;
    profile.write::<_, PublishError>(|tx| {
        match &removed {
            Removed::Gone => {
                store::turn(tx, &[id], &there, PublicationState::Cancelled, None)?;
                store::has(tx, id, None, None)?;
            }
            Removed::Out(post) => {
                store::turn(tx, &[id], &there, PublicationState::Published, None)?;
                store::has(tx, id, Some(&post.id), post.url.as_deref())?;
            }
            Removed::Still => {}
        }
        Ok(())
    })?;
    store::announce(profile);
    let row = get(profile, id)?;
    match removed {
        Removed::Gone => Ok(row.shown),
        Removed::Out(_) => Err(wrong(&row, "taken back")),
        Removed::Still => Err(PublishError::StillThere(row.shown.account.name)),
    }
}

/// Sends those again that failed.
///
/// # Errors
/// [`PublishError::WrongState`] for one that did not fail; [`PublishError::Already`] for one whose file is on its way to the
/// same account by now. None of them is sent then. One whose time has passed goes out as soon as it can.
pub fn retry(profile: &Profile, ids: &[PublicationId]) -> Result<PublishStarted, PublishError> {
    if ids.is_empty() {
        return Err(PublishError::Nothing);
    }
    for id in ids {
        get(profile, *id)?;
    }
    let job = profile.write::<_, PublishError>(|tx| {
        let job = jobs::store::add(tx, &JobKind::Publish {}, None, &[])?;
        for id in ids {
            let row = store::get(&tx.as_reader(), profile.device(), *id)?;
            if row.shown.state != PublicationState::Failed {
                return Err(wrong(&row, "sent again"));
            }
            if store::is_on_its_way(&tx.as_reader(), &row.shown)? {
                let clip = row.shown.clip_name.unwrap_or_default();
                return Err(PublishError::Already { clip, account: row.shown.account.name });
            }
            if row.shown.publish_at.is_some_and(|at| at <= now_ms()) {
                // It goes out as soon as it can: that is what sending it again means.
                tx.execute("UPDATE publications SET publish_at = NULL WHERE id = ?1", [id])?;
            }
            store::turn(tx, &[*id], &[PublicationState::Failed], PublicationState::Waiting, None)?;
            tx.execute("UPDATE publications SET job_id = ?2, looks = 0, look_at = NULL WHERE id = ?1", (id, job))?;
        }
        Ok(job)
    })?;
    jobs::store::announce(profile, job);
    store::announce(profile);
    order::started(profile, ids, job)
}
