//! Sending what was confirmed: each file uploaded once, each post made once.
//!
//! A publication is `sending` in the database before the call that makes its post leaves, so whatever happens then (the
//! answer is lost, the machine dies) it is known that it may be there. Such a one is looked for ([`super::look`]), and goes
//! to nobody a second time unless Postiz was seen not to have it. There is no key of idempotence in this API.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};

use super::error::PublishError;
use super::look::Removed;
use super::model::{Publication, PublicationState};
use super::next::{self, Step};
use super::postiz::{Kind, NewPost, NewPosts, Postiz, PostizError};
use super::store::{self, Stored};
use super::{ledger, look, moment, preflight};
use crate::ids::PublicationId;
use crate::jobs::JobContext;
use crate::profile::Profile;
use crate::profile::db::DbError;
use crate::time::now_ms;

/// How often something that passes is tried before the job gives up; what waits is taken up again later by itself.
const TRIES: u32 = 5;
/// The first pause after a failure that passes; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
/// The pause Postiz is given when it asks for one without saying how long.
const USUAL_PAUSE: Duration = Duration::from_secs(60);

/// The workspace of the profile. The keyring may wait for a person.
pub(super) async fn reach(profile: &Profile) -> Result<Postiz, PublishError> {
    let profile = profile.clone();
    let reached = tokio::task::spawn_blocking(move || Postiz::of(&profile)).await;
    Ok(reached.map_err(|_| PublishError::Stopped)??)
}

/// Sends what this job is for. Posts that fail say why themselves; the job fails when Postiz could not be asked at all.
///
/// # Errors
/// [`PublishError`]; what was not sent still waits.
pub async fn run(ctx: &JobContext) -> Result<Value, PublishError> {
    let profile = ctx.profile();
    look::take_up(profile, ctx.job())?;
    let postiz = reach(profile).await?;
    let mut sender = Sender { ctx, postiz, alone: BTreeSet::new(), failures: 0 };
    loop {
        if ctx.cancel().is_cancelled() {
            return Err(PublishError::Stopped);
        }
        let rows = profile.read(|tx| store::of_job(tx, profile.device(), ctx.job()))?;
        let step = next::step(&rows, &sender.alone);
        let done = sender.step(&rows, step).await;
        store::announce(profile);
        match done {
            Ok(true) => sender.failures = 0,
            Ok(false) => break,
            Err(PublishError::Postiz(error)) if error.surely_not_done() && error.passes() => {
                sender.pause(error).await?
            }
            Err(error) => return Err(error),
        }
    }
    let rows = profile.read(|tx| store::of_job(tx, profile.device(), ctx.job()))?;
    Ok(summary(&rows))
}

fn summary(rows: &[Stored]) -> Value {
    let count = |state: PublicationState| rows.iter().filter(|row| row.shown.state == state).count();
    json!({
        "publications": rows.iter().map(|row| row.shown.id).collect::<Vec<_>>(),
        "taken": count(PublicationState::Scheduled) + count(PublicationState::Published) + count(PublicationState::Draft),
        "failed": count(PublicationState::Failed),
        "unknown": count(PublicationState::Unknown),
    })
}

struct Sender<'a> {
    ctx: &'a JobContext,
    postiz: Postiz,
    /// To be sent in a call of its own: a call it shared was refused.
    alone: BTreeSet<PublicationId>,
    failures: u32,
}

impl Sender<'_> {
    /// Does one step; false when there is nothing left to do.
    async fn step(&mut self, rows: &[Stored], step: Step) -> Result<bool, PublishError> {
        let of =
            |ids: &[PublicationId]| -> Vec<&Stored> { rows.iter().filter(|row| ids.contains(&row.shown.id)).collect() };
        match step {
            Step::Delete(id) => self.delete(&of(&[id])).await?,
            Step::Late(ids) => self.fail(&ids, "Its time passed before it could be sent. Choose a new time.")?,
            Step::Upload(ids) => self.upload(&of(&ids), rows).await?,
            Step::Send(ids) => self.send(&of(&ids)).await?,
            Step::Look(ids) => {
                self.report(rows, "looking whether it is there");
                look::look(self.ctx.profile(), &self.postiz, &of(&ids), &self.alone).await?;
            }
            Step::Nothing => return Ok(false),
        }
        Ok(true)
    }

    fn report(&self, rows: &[Stored], says: &str) {
        let ended = rows.iter().filter(|row| !next::is_to_do(row.shown.state)).count();
        let share = if rows.is_empty() { 1.0 } else { ended as f64 / rows.len() as f64 };
        self.ctx.report(share, says);
    }

    fn fail(&self, ids: &[PublicationId], why: &str) -> Result<(), PublishError> {
        let from = [PublicationState::Waiting, PublicationState::Uploading, PublicationState::Sending];
        self.ctx.profile().write(|tx| store::turn(tx, ids, &from, PublicationState::Failed, Some(why)))?;
        Ok(())
    }

    /// Deletes the post this one is to take the place of, and makes sure that it is gone.
    async fn delete(&self, rows: &[&Stored]) -> Result<(), PublishError> {
        for row in rows {
            let Some(post) = row.shown.post_id.as_deref() else { continue };
            self.ctx.report(0.0, "taking the post out of its old place");
            let removed = look::remove(&self.postiz, row, post).await?;
            self.ctx.profile().write::<_, PublishError>(|tx| {
                let (id, from) = (row.shown.id, [PublicationState::Waiting]);
                match &removed {
                    Removed::Gone => store::has(tx, id, None, None)?,
                    Removed::Out(post) => {
                        store::turn(tx, &[id], &from, PublicationState::Published, None)?;
                        store::has(tx, id, Some(&post.id), post.url.as_deref())?;
                    }
                    Removed::Still => {
                        let why = "Postiz still has it at its old time, so it was not made anew. Try again.";
                        store::turn(tx, &[id], &from, PublicationState::Scheduled, Some(why))?;
                    }
                }
                Ok(())
            })?;
        }
        Ok(())
    }

    /// Uploads the file that these share.
    async fn upload(&self, rows: &[&Stored], all: &[Stored]) -> Result<(), PublishError> {
        let profile = self.ctx.profile();
        let ids: Vec<PublicationId> = rows.iter().map(|row| row.shown.id).collect();
        let Some(first) = rows.first().map(|row| &row.shown) else { return Ok(()) };
        let file = match file(profile, first)? {
            Found::Here(file) => file,
            Found::Not(why) => return self.fail(&ids, why),
        };
        let from = [PublicationState::Waiting];
        profile.write(|tx| store::turn(tx, &ids, &from, PublicationState::Uploading, None))?;
        store::announce(profile);
        let (done, number) = (all.iter().filter(|row| !next::is_to_do(row.shown.state)).count(), all.len().max(1));
        let says = format!("uploading \"{}\"", file.name);
        let progress = |sent: u64, of: u64| {
            let part = if of == 0 { 0.0 } else { sent as f64 / of as f64 };
            self.ctx.report((done as f64 + part * rows.len() as f64 * 0.8) / number as f64, &says);
        };
        let sent = self
            .postiz
            .upload(&file.path, &format!("{}.mp4", file.name), &first.clip_hash, &progress, self.ctx.cancel())
            .await;
        let back = [PublicationState::Uploading];
        match sent {
            Ok(media) => {
                let text =
                    serde_json::to_string(&media).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?;
                profile.write::<_, DbError>(|tx| {
                    for id in store::turn(tx, &ids, &back, PublicationState::Waiting, None)? {
                        tx.execute("UPDATE publications SET media = ?2 WHERE id = ?1", (id, &text))?;
                    }
                    Ok(())
                })?;
                Ok(())
            }
            Err(PostizError::Cancelled) => {
                profile.write(|tx| store::turn(tx, &ids, &back, PublicationState::Waiting, None))?;
                Err(PublishError::Stopped)
            }
            // An upload may be done twice: a file that nothing refers to is no post.
            Err(error) if error.passes() => {
                profile.write(|tx| store::turn(tx, &ids, &back, PublicationState::Waiting, None))?;
                Err(look::only_read(error).into())
            }
            Err(
                error @ (PostizError::NoKey | PostizError::KeyRefused | PostizError::Db(_) | PostizError::Secret(_)),
            ) => {
                profile.write(|tx| store::turn(tx, &ids, &back, PublicationState::Waiting, None))?;
                Err(error.into())
            }
            Err(error) => self.fail(&ids, &error.to_string()),
        }
    }

    /// Makes the posts of one call.
    async fn send(&mut self, rows: &[&Stored]) -> Result<(), PublishError> {
        let profile = self.ctx.profile();
        let Some((as_draft, at)) = rows.first().map(|row| (row.as_draft, row.shown.publish_at)) else { return Ok(()) };
        let device = profile.device();
        // From here on they may be there.
        let (sending, at_ms) = profile.write::<_, DbError>(|tx| {
            let posts: Vec<&Publication> = rows.iter().map(|row| &row.shown).collect();
            let at_ms = moment::free(tx, at.unwrap_or_else(|| now_ms() + moment::SOON_MS), &posts)?;
            let ids: Vec<PublicationId> = rows.iter().map(|row| row.shown.id).collect();
            let ids = store::turn(tx, &ids, &[PublicationState::Waiting], PublicationState::Sending, None)?;
            for id in &ids {
                let sql =
                    "UPDATE publications SET sent_at = ?2, sent_for = ?3, looks = 0 WHERE id = ?1 AND device = ?4";
                tx.execute(sql, (id, now_ms(), at_ms, device))?;
            }
            Ok((ids, at_ms))
        })?;
        // One that was taken back in between stays behind.
        let rows: Vec<&Stored> = rows.iter().copied().filter(|row| sending.contains(&row.shown.id)).collect();
        if rows.is_empty() {
            return Ok(());
        }
        store::announce(profile);
        self.ctx.report(0.0, if rows.len() == 1 { "making the post" } else { "making the posts" });
        let posts = rows.iter().map(|row| NewPost {
            account: row.shown.account.id.clone(),
            group: row.shown.id.to_string(),
            content: row.shown.caption.clone(),
            media: row.media.iter().cloned().collect(),
            settings: row.shown.settings.wire(&row.shown.platform),
        });
        let kind = if as_draft { Kind::Draft } else { Kind::Schedule };
        let call = NewPosts { kind, at_ms, posts: posts.collect() };
        // Never broken off: a person who cancels wants to know what is there.
        match self.postiz.create(&call).await {
            Ok(made) => {
                let goal = if as_draft { PublicationState::Draft } else { PublicationState::Scheduled };
                profile.write::<_, PublishError>(|tx| {
                    for row in &rows {
                        let Some(post) = made.iter().find(|one| one.account == row.shown.account.id) else { continue };
                        store::turn(tx, &[row.shown.id], &[PublicationState::Sending], goal, None)?;
                        store::has(tx, row.shown.id, Some(&post.post_id), None)?;
                        if !as_draft {
                            ledger::record(tx, row.shown.clip)?;
                        }
                        look::later(tx, row.shown.id, at_ms + moment::SOON_MS)?;
                    }
                    Ok(())
                })
            }
            Err(error) => self.not_made(&rows, error),
        }
    }

    fn not_made(&mut self, rows: &[&Stored], error: PostizError) -> Result<(), PublishError> {
        let profile = self.ctx.profile();
        let ids: Vec<PublicationId> = rows.iter().map(|row| row.shown.id).collect();
        let from = [PublicationState::Sending];
        if error.surely_not_done() && (error.passes() || !is_refusal(&error)) {
            profile.write(|tx| store::turn(tx, &ids, &from, PublicationState::Waiting, None))?;
            return Err(error.into());
        }
        if error.surely_not_done() && ids.len() == 1 {
            return self.fail(&ids, &error.to_string());
        }
        // Of several, one may have been the reason, and those before it may have been made: each is looked for, and those
        // that are not there go one by one.
        let settled = error.surely_not_done();
        if settled {
            self.alone.extend(&ids);
        }
        let wait = if settled { 0 } else { look::wait_ms(profile, 0)? };
        profile.write::<_, DbError>(|tx| {
            store::turn(tx, &ids, &from, PublicationState::Unknown, Some(&error.to_string()))?;
            ids.iter().try_for_each(|id| look::later(tx, *id, now_ms() + wait))
        })?;
        Ok(())
    }

    /// Waits after a failure that passes; gives up after some.
    async fn pause(&mut self, error: PostizError) -> Result<(), PublishError> {
        let wait = match &error {
            PostizError::Budget { until_ms } => Duration::from_millis((until_ms - now_ms()).max(0).unsigned_abs()),
            PostizError::TooMany { retry_after } => retry_after.unwrap_or(USUAL_PAUSE),
            _ => {
                self.failures += 1;
                if self.failures >= TRIES {
                    return Err(error.into());
                }
                FIRST_PAUSE.saturating_mul(2_u32.saturating_pow(self.failures - 1))
            }
        };
        let until = crate::time::iso(now_ms() + i64::try_from(wait.as_millis()).unwrap_or(i64::MAX));
        self.ctx.report(0.0, &format!("waiting for Postiz until {until}"));
        tokio::select! {
            () = self.ctx.cancel().cancelled() => Err(PublishError::Stopped),
            () = tokio::time::sleep(wait) => Ok(()),
        }
    }
}

/// Postiz looked at the posts and does not want them.
fn is_refusal(error: &PostizError) -> bool {
    matches!(
        error,
        PostizError::Refused { .. } | PostizError::Forbidden | PostizError::NotThere | PostizError::TooLarge
    )
}

struct File {
    name: String,
    path: std::path::PathBuf,
}

/// The clip's file, or why there is nothing to send.
enum Found {
    Here(File),
    Not(&'static str),
}

fn file(profile: &Profile, publication: &Publication) -> Result<Found, PublishError> {
    profile.read(|tx| {
        let clip = match crate::clips::get(tx, publication.clip) {
            Ok(clip) => clip,
            Err(crate::clips::ClipError::Db(error)) => return Err(error.into()),
            Err(_) => return Ok(Found::Not("Its clip is no longer in the library, so there is nothing to send.")),
        };
        if clip.hash != publication.clip_hash {
            return Ok(Found::Not("The clip was made again since this was confirmed. Confirm the new one."));
        }
        if preflight::is_stale(tx, clip.id)? {
            let says = "The script or the plan has changed since the clip was made. Make it again, then confirm it.";
            return Ok(Found::Not(says));
        }
        let path = profile.folder().path(&clip.folder).join(format!("{}.mp4", clip.name));
        if !path.is_file() {
            return Ok(Found::Not("The clip's file is not on this machine. Fetch it, then try again."));
        }
        Ok(Found::Here(File { name: clip.name, path }))
    })
}
