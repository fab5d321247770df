//! Looking in Postiz: for posts whose answer was lost, for what became of those it has, and whether one is gone.

use std::collections::BTreeSet;

use super::error::PublishError;
use super::model::PublicationState;
use super::moment::NEAR_MS;
use super::postiz::{PostSeen, PostState, Postiz, PostizError};
use super::store::{self, Stored};
use super::{keep, ledger};
use crate::ids::{JobId, PublicationId};
use crate::profile::Profile;
use crate::profile::db::{DbError, Reader, Writer};
use crate::time::now_ms;

/// A post may have been moved by hand in Postiz; so far around its moment it is found, milliseconds.
const AROUND_MS: i64 = 40 * 24 * 3_600_000;
/// The longest between two looks at one post, milliseconds.
const SELDOM_MS: i64 = 12 * 3_600_000;
/// After so many looks that did not find it, it is taken as not there.
const LOOKS: u32 = 3;
/// The waits before them, in the setting's unit.
const WAITS: [i64; 3] = [1, 5, 10];

/// How long to wait before the next look after so many.
pub(super) fn wait_ms(profile: &Profile, looks: u32) -> Result<i64, DbError> {
    let unit = i64::from(keep::settings_of(profile)?.look_after_s) * 1000;
    let times = WAITS.get(usize::try_from(looks).unwrap_or(usize::MAX)).copied().unwrap_or(WAITS[2]);
    Ok(unit * times)
}

/// Notes when it is looked at next.
pub(super) fn later(tx: &Writer<'_>, id: PublicationId, at: i64) -> Result<(), DbError> {
    tx.execute("UPDATE publications SET look_at = ?2 WHERE id = ?1", (id, at))?;
    Ok(())
}

/// Puts right what a process that died in the middle of this job left: a file that was on its way is uploaded anew; a post
/// that was being made may be there.
pub(super) fn take_up(profile: &Profile, job: JobId) -> Result<(), PublishError> {
    profile.write::<_, DbError>(|tx| {
        let (device, now) = (profile.device(), now_ms());
        tx.execute(
            "UPDATE publications SET state = 'waiting' WHERE job_id = ?1 AND device = ?2 AND state = 'uploading'",
            (job, device),
        )?;
        tx.execute(
            "UPDATE publications SET state = 'unknown', look_at = ?3, why = 'the program ended while it was being sent'
             WHERE job_id = ?1 AND device = ?2 AND state = 'sending'",
            (job, device, now),
        )?;
        Ok(())
    })?;
    store::announce(profile);
    Ok(())
}

/// Asking for a list does nothing there, so whatever happens it can be asked again.
pub(super) fn only_read(error: PostizError) -> PostizError {
    match error {
        PostizError::Lost { why } | PostizError::Unreadable { why } => PostizError::Unreachable { why },
        PostizError::Trouble { status } => PostizError::Unreachable { why: format!("HTTP {status}") },
        other => other,
    }
}

/// The posts of others that this profile's publications are known by.
fn claimed(tx: &Reader<'_>) -> Result<BTreeSet<String>, DbError> {
    let mut query = tx.prepare_cached("SELECT post_id FROM publications WHERE post_id IS NOT NULL")?;
    Ok(query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// The post that is this publication: on its account, with its words, at its moment, and nobody else's. Pure.
pub(super) fn find<'a>(row: &Stored, seen: &'a [PostSeen], claimed: &BTreeSet<String>) -> Option<&'a PostSeen> {
    let at = row.sent_for?;
    let key = row.shown.id.to_string();
    if let Some(post) = seen.iter().find(|post| row.shown.post_id.as_deref() == Some(post.id.as_str())) {
        return Some(post);
    }
    if let Some(post) = seen.iter().find(|post| post.group.as_deref() == Some(key.as_str())) {
        return Some(post);
    }
    let fits = |post: &&PostSeen| {
        post.account == row.shown.account.id
            && (post.at_ms - at).abs() <= NEAR_MS
            // A server that names the groups of its posts names ours.
            && post.group.as_deref().is_none_or(|group| group.parse::<PublicationId>().is_err())
            && !claimed.contains(&post.id)
            && post.says(&row.shown.caption)
    };
    seen.iter().filter(fits).min_by_key(|post| (post.at_ms - at).abs())
}

/// Looks for publications whose answer was lost. One that is not there is looked for again later; after the last look it
/// counts as not sent, and a person decides. Those that are `alone` were refused for certain: one look settles them, and
/// they go again by themselves.
///
/// # Errors
/// [`PublishError::Postiz`] when the list could not be had; nothing has changed then.
pub(super) async fn look(
    profile: &Profile,
    postiz: &Postiz,
    rows: &[&Stored],
    alone: &BTreeSet<PublicationId>,
) -> Result<(), PublishError> {
    let moments = || rows.iter().filter_map(|row| row.sent_for);
    let (Some(from), Some(to)) = (moments().min(), moments().max()) else {
        // A database that was put back: nobody knows for when it was sent.
        return Ok(settle_unsent(profile, rows)?);
    };
    let seen = postiz.posts(from - 2 * NEAR_MS, to + 2 * NEAR_MS).await.map_err(only_read)?;
    let settings = keep::settings_of(profile)?;
    profile.write::<_, PublishError>(|tx| {
        let mut claimed = claimed(&tx.as_reader())?;
        for row in rows {
            let id = row.shown.id;
            if let Some(post) = find(row, &seen, &claimed) {
                claimed.insert(post.id.clone());
                is(tx, row, post)?;
            } else if alone.contains(&id) {
                store::turn(tx, &[id], &[PublicationState::Unknown], PublicationState::Waiting, None)?;
            } else if row.looks + 1 >= LOOKS {
                let why = "The answer was lost, and Postiz does not have it: it was looked for three times. It can be sent again.";
                store::turn(tx, &[id], &[PublicationState::Unknown], PublicationState::Failed, Some(why))?;
            } else {
                let looks = row.looks + 1;
                let unit = i64::from(settings.look_after_s) * 1000;
                let times = WAITS.get(usize::try_from(looks).unwrap_or(0)).copied().unwrap_or(WAITS[2]);
                tx.execute("UPDATE publications SET looks = ?2 WHERE id = ?1", (id, looks))?;
                later(tx, id, now_ms() + unit * times)?;
            }
        }
        Ok(())
    })?;
    store::announce(profile);
    Ok(())
}

/// Those that may have been sent by a state of the database that is gone cannot be looked for: a person has to.
fn settle_unsent(profile: &Profile, rows: &[&Stored]) -> Result<(), DbError> {
    let ids: Vec<PublicationId> = rows.iter().map(|row| row.shown.id).collect();
    let why = "An older copy of the database was put back, so it is not known whether this was sent. Look on the account \
               before you send it again.";
    profile.write(|tx| {
        store::turn(tx, &ids, &[PublicationState::Unknown], PublicationState::Failed, Some(why))?;
        Ok(())
    })
}

/// Takes over what Postiz says of a publication that it has.
pub(super) fn is(tx: &Writer<'_>, row: &Stored, post: &PostSeen) -> Result<(), PublishError> {
    let id = row.shown.id;
    let from = [PublicationState::Unknown, PublicationState::Scheduled, PublicationState::Draft];
    let (to, why) = match post.state {
        PostState::Queue => (PublicationState::Scheduled, None),
        PostState::Draft => (PublicationState::Draft, None),
        PostState::Published => (PublicationState::Published, None),
        PostState::Error => {
            (PublicationState::Failed, Some("The platform did not take it; Postiz shows why. It can be sent again."))
        }
    };
    if row.shown.state != to {
        store::turn(tx, &[id], &from, to, why)?;
    } else if row.shown.why.is_some() {
        tx.execute("UPDATE publications SET why = NULL WHERE id = ?1", [id])?;
    }
    store::has(tx, id, Some(&post.id), post.url.as_deref())?;
    // Somebody may have moved it in Postiz itself; the minute counts, which is all that some servers keep.
    if row.shown.publish_at.is_some_and(|at| (at - post.at_ms).abs() > NEAR_MS) {
        tx.execute("UPDATE publications SET publish_at = ?2 WHERE id = ?1", (id, post.at_ms))?;
    }
    if matches!(to, PublicationState::Scheduled | PublicationState::Published) {
        ledger::record(tx, row.shown.clip)?;
    }
    later(tx, id, next_look(now_ms(), if to == PublicationState::Draft { now_ms() - SELDOM_MS } else { post.at_ms }))?;
    Ok(())
}

/// When to look what became of a post: soon after its time, then ever more seldom.
fn next_look(now: i64, at_ms: i64) -> i64 {
    let soon = at_ms + 2 * NEAR_MS;
    if soon > now { soon } else { now + (now - at_ms).clamp(10 * NEAR_MS, SELDOM_MS) }
}

/// Asks what became of those that Postiz has.
///
/// # Errors
/// [`PublishError::Postiz`]; nothing has changed then.
pub(super) async fn news(profile: &Profile, postiz: &Postiz, rows: &[Stored]) -> Result<(), PublishError> {
    let moments = || rows.iter().filter_map(|row| row.sent_for.or(row.shown.publish_at));
    let (Some(from), Some(to)) = (moments().min(), moments().max()) else { return Ok(()) };
    let seen = postiz.posts(from - AROUND_MS, to + AROUND_MS).await.map_err(only_read)?;
    profile.write::<_, PublishError>(|tx| {
        for row in rows {
            match seen.iter().find(|post| row.shown.post_id.as_deref() == Some(post.id.as_str())) {
                Some(post) => is(tx, row, post)?,
                None => missing(tx, row)?,
            }
        }
        Ok(())
    })?;
    store::announce(profile);
    Ok(())
}

/// Postiz does not show it. Before its time that may pass (another key, a list that is late); after it, it will not.
fn missing(tx: &Writer<'_>, row: &Stored) -> Result<(), PublishError> {
    let id = row.shown.id;
    let at = row.shown.publish_at.or(row.sent_for).unwrap_or(row.shown.created_at);
    if now_ms() > at + AROUND_MS / 40 {
        let why = "Postiz does not show it any more. Look on the account whether it went out before you send it again.";
        store::turn(
            tx,
            &[id],
            &[PublicationState::Scheduled, PublicationState::Draft],
            PublicationState::Failed,
            Some(why),
        )?;
    } else {
        let why = "Postiz did not show it when it was last asked; somebody may have deleted it there.";
        tx.execute("UPDATE publications SET why = ?2 WHERE id = ?1", (id, why))?;
        later(tx, id, now_ms() + 10 * NEAR_MS)?;
    }
    Ok(())
}

/// What became of a post that was to be deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Removed {
    /// It is gone.
    Gone,
    /// It went out before.
    Out(PostSeen),
    /// It is still there.
    Still,
}

/// Deletes a post and looks whether it is gone: what a server says to a deletion does not tell.
///
/// # Errors
/// [`PublishError::Postiz`] when it could not be looked.
pub(super) async fn remove(postiz: &Postiz, row: &Stored, post: &str) -> Result<Removed, PublishError> {
    match postiz.delete(post).await {
        Ok(()) | Err(PostizError::NotThere | PostizError::Trouble { .. } | PostizError::Lost { .. }) => {}
        Err(error) => return Err(only_read(error).into()),
    }
    let at = row.sent_for.or(row.shown.publish_at).unwrap_or(row.shown.created_at);
    let seen = postiz.posts(at - AROUND_MS, at + AROUND_MS).await.map_err(only_read)?;
    Ok(match seen.into_iter().find(|one| one.id == post) {
        None => Removed::Gone,
        // A platform's refusal is no post: what Postiz keeps of it does no harm.
        Some(one) if one.state == PostState::Error => Removed::Gone,
        Some(one) if one.state == PostState::Published => Removed::Out(one),
        Some(_) => Removed::Still,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::next::tests::row;

    fn seen(id: &str, account: &str, at_ms: i64, content: &str) -> PostSeen {
        PostSeen {
            id: id.into(),
            content: content.into(),
            at_ms,
            url: None,
            state: PostState::Queue,
            account: account.into(),
            group: None,
        }
    }

    #[test]
    fn a_post_is_known_by_its_account_its_words_and_its_moment_and_is_nobody_elses() {
        let mut ours = row(1, "a", PublicationState::Unknown);
        ours.sent_for = Some(1_000_000);
        let none = BTreeSet::new();
        let found =
            |posts: &[PostSeen], claimed: &BTreeSet<String>| find(&ours, posts, claimed).map(|post| post.id.clone());
        let good = seen("good", "a", 1_000_000, "<p>Bread.</p>");
        assert_eq!(found(std::slice::from_ref(&good), &none), Some("good".into()));
        let others = [
            seen("other account", "b", 1_000_000, "Bread."),
            seen("other words", "a", 1_000_000, "Bread!"),
            seen("other time", "a", 1_000_000 + NEAR_MS + 1, "Bread."),
        ];
        assert_eq!(found(&others, &none), None);
        assert_eq!(
            found(std::slice::from_ref(&good), &["good".to_owned()].into()),
            None,
            "it is another publication's"
        );
        let mut known = ours.clone();
        known.shown.post_id = Some("good".into());
        assert!(find(&known, std::slice::from_ref(&good), &["good".to_owned()].into()).is_some(), "it is its own");
        // Two with the same words a moment apart: the nearer one.
        let near = seen("near", "a", 1_000_001, "Bread.");
        assert_eq!(found(&[near, good], &none), Some("good".into()));
    }

    #[test]
    fn a_post_is_looked_at_soon_after_its_time_and_then_ever_more_seldom() {
        let at = 1_000_000_000;
        assert_eq!(next_look(at - 5 * NEAR_MS, at), at + 2 * NEAR_MS);
        assert_eq!(next_look(at + 3 * NEAR_MS, at), at + 13 * NEAR_MS);
        let hour = 60 * NEAR_MS;
        assert_eq!(next_look(at + 4 * hour, at), at + 8 * hour);
        assert_eq!(next_look(at + 100 * hour, at), at + 112 * hour);
    }

    #[test]
    fn a_server_that_names_the_group_settles_it() {
        let mut ours = row(1, "a", PublicationState::Unknown);
        ours.sent_for = Some(1_000_000);
        let mut of_another = seen("another", "a", 1_000_000, "Bread.");
        of_another.group = Some(PublicationId::new().to_string());
        assert_eq!(find(&ours, std::slice::from_ref(&of_another), &BTreeSet::new()), None);
        let mut mine = seen("mine", "a", 5_000_000, "changed there");
        mine.group = Some(ours.shown.id.to_string());
        let found = [of_another, mine];
        assert_eq!(find(&ours, &found, &BTreeSet::new()).map(|post| post.id.as_str()), Some("mine"));
    }
}
