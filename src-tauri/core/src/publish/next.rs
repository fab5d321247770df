//! What a sender does next. Pure: from where the publications of a job stand, without asking anybody.

use std::collections::BTreeSet;

use super::model::PublicationState;
use super::store::Stored;
use crate::ids::PublicationId;
use crate::time::now_ms;

/// A post that missed its time by less than this, milliseconds, goes out at once.
const GRACE_MS: i64 = 15 * 60_000;

/// The next thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// Delete the post it takes the place of.
    Delete(PublicationId),
    /// Their time has passed.
    Late(Vec<PublicationId>),
    /// Upload the file that all of these are of.
    Upload(Vec<PublicationId>),
    /// Make the posts of these in one call: at one time, each on another account.
    Send(Vec<PublicationId>),
    /// Look whether these are there.
    Look(Vec<PublicationId>),
    /// Nothing is left to do now.
    Nothing,
}

/// Whether something still has to be done for it by its sender.
pub(super) fn is_to_do(state: PublicationState) -> bool {
    matches!(state, PublicationState::Waiting | PublicationState::Uploading | PublicationState::Sending)
}

/// The next step for these, of which some are to be sent alone.
pub(super) fn step(rows: &[Stored], alone: &BTreeSet<PublicationId>) -> Step {
    step_at(rows, alone, now_ms())
}

fn step_at(rows: &[Stored], alone: &BTreeSet<PublicationId>, now: i64) -> Step {
    let looked_for: Vec<PublicationId> = rows
        .iter()
        .filter(|row| row.shown.state == PublicationState::Unknown && row.look_at.is_some_and(|at| at <= now))
        .map(|row| row.shown.id)
        .collect();
    if !looked_for.is_empty() {
        return Step::Look(looked_for);
    }
    let waiting: Vec<&Stored> = rows.iter().filter(|row| row.shown.state == PublicationState::Waiting).collect();
    if let Some(row) = waiting.iter().find(|row| row.shown.post_id.is_some()) {
        return Step::Delete(row.shown.id);
    }
    let late: Vec<PublicationId> = waiting
        .iter()
        .filter(|row| row.shown.publish_at.is_some_and(|at| at + GRACE_MS < now))
        .map(|row| row.shown.id)
        .collect();
    if !late.is_empty() {
        return Step::Late(late);
    }
    // Those that can be sent go before the next file: what is nearly done is done first.
    if let Some(first) = waiting.iter().find(|row| row.media.is_some()) {
        let together = |row: &&&Stored| {
            row.media.is_some() && row.as_draft == first.as_draft && row.shown.publish_at == first.shown.publish_at
        };
        // Every file of a call is there before the call is made.
        let whole = waiting.iter().all(|row| {
            row.media.is_some() || row.as_draft != first.as_draft || row.shown.publish_at != first.shown.publish_at
        });
        if whole {
            if alone.contains(&first.shown.id) {
                return Step::Send(vec![first.shown.id]);
            }
            let (mut ids, mut accounts) = (Vec::new(), BTreeSet::new());
            for row in waiting.iter().filter(together).filter(|row| !alone.contains(&row.shown.id)) {
                if accounts.insert(row.shown.account.id.as_str()) {
                    ids.push(row.shown.id);
                }
            }
            return Step::Send(ids);
        }
    }
    match waiting.iter().find(|row| row.media.is_none()) {
        Some(first) => Step::Upload(
            waiting
                .iter()
                .filter(|row| row.media.is_none() && row.shown.clip_hash == first.shown.clip_hash)
                .map(|row| row.shown.id)
                .collect(),
        ),
        None => Step::Nothing,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ids::ClipId;
    use crate::publish::model::{AccountName, Publication};
    use crate::publish::postiz::Uploaded;
    use crate::publish::settings::PostSettings;

    const NOW: i64 = 1_800_000_000_000;

    /// A publication of this file on this account.
    pub(in crate::publish) fn row(file: u8, account: &str, state: PublicationState) -> Stored {
        Stored {
            shown: Publication {
                id: PublicationId::new(),
                clip: ClipId::from_bytes([file; 16]),
                clip_name: Some("a".into()),
                clip_hash: file.to_string(),
                account: AccountName { id: account.into(), name: account.into(), handle: String::new(), picture: None },
                platform: "tiktok".into(),
                state,
                caption: "Bread.".into(),
                settings: PostSettings::Other {},
                elsewhere: false,
                publish_at: None,
                post_id: None,
                url: None,
                why: None,
                created_at: 0,
                sent_at: None,
                ended_at: None,
            },
            media: None,
            as_draft: false,
            looks: 0,
            look_at: None,
            sent_for: None,
            job: None,
        }
    }

    fn uploaded() -> Option<Uploaded> {
        serde_json::from_value(serde_json::json!({ "id": "m", "path": "https://example.com/m.mp4" })).unwrap()
    }

    fn ids(rows: &[&Stored]) -> Vec<PublicationId> {
        rows.iter().map(|row| row.shown.id).collect()
    }

    fn at(rows: &[Stored]) -> Step {
        step_at(rows, &BTreeSet::new(), NOW)
    }

    #[test]
    fn a_file_is_uploaded_once_for_all_its_accounts_and_goes_out_in_one_call() {
        use PublicationState::Waiting;
        let mut rows = vec![row(1, "a", Waiting), row(1, "b", Waiting), row(2, "a", Waiting)];
        assert_eq!(at(&rows), Step::Upload(ids(&[&rows[0], &rows[1]])));
        rows[0].media = uploaded();
        rows[1].media = uploaded();
        assert_eq!(at(&rows), Step::Upload(ids(&[&rows[2]])), "they go at one time, so all files are there first");
        rows[2].media = uploaded();
        assert_eq!(at(&rows), Step::Send(ids(&[&rows[0], &rows[1]])), "an account is in a call once");
        rows[2].shown.publish_at = Some(NOW + 1);
        rows[0].media = None;
        assert_eq!(at(&rows), Step::Upload(ids(&[&rows[0]])));
    }

    #[test]
    fn what_may_be_there_is_looked_for_before_anything_else_is_sent() {
        let mut rows = vec![row(1, "a", PublicationState::Unknown), row(2, "a", PublicationState::Waiting)];
        assert_eq!(at(&rows), Step::Upload(ids(&[&rows[1]])), "not before it is time");
        rows[0].look_at = Some(NOW);
        assert_eq!(at(&rows), Step::Look(ids(&[&rows[0]])));
    }

    #[test]
    fn a_post_in_its_old_place_is_deleted_first_and_one_that_missed_its_time_is_not_sent() {
        let mut rows = vec![row(1, "a", PublicationState::Waiting)];
        rows[0].media = uploaded();
        rows[0].shown.publish_at = Some(NOW - GRACE_MS);
        assert!(matches!(at(&rows), Step::Send(_)), "a little late still goes");
        rows[0].shown.publish_at = Some(NOW - GRACE_MS - 1);
        assert!(matches!(at(&rows), Step::Late(_)));
        rows[0].shown.post_id = Some("old".into());
        assert!(matches!(at(&rows), Step::Delete(_)));
    }

    #[test]
    fn one_of_a_refused_call_goes_alone() {
        let mut rows = vec![row(1, "a", PublicationState::Waiting), row(1, "b", PublicationState::Waiting)];
        rows.iter_mut().for_each(|row| row.media = uploaded());
        let alone = rows.iter().map(|row| row.shown.id).collect();
        assert_eq!(step_at(&rows, &alone, NOW), Step::Send(ids(&[&rows[0]])));
    }

    proptest! {
        /// Whatever the rows are, only waiting ones that are whole are sent, none twice in a call, and it ends.
        #[test]
        fn nothing_is_sent_that_is_not_waiting(states in proptest::collection::vec((0_usize..9, 0_u8..3, 0_usize..3, any::<bool>()), 0..12)) {
            let all = ["draft", "waiting", "uploading", "sending", "unknown", "scheduled", "published", "failed", "cancelled"];
            let mut rows: Vec<Stored> = states.iter().map(|(state, file, account, media)| {
                let mut one = row(*file, ["a", "b", "c"][*account], PublicationState::from_name(all[*state]).unwrap());
                one.media = media.then(uploaded).flatten();
                one
            }).collect();
            for _ in 0..=2 * rows.len() {
                match at(&rows) {
                    Step::Send(sent) => {
                        prop_assert!(!sent.is_empty());
                        let mut accounts = BTreeSet::new();
                        for row in rows.iter_mut().filter(|row| sent.contains(&row.shown.id)) {
                            prop_assert_eq!(row.shown.state, PublicationState::Waiting);
                            prop_assert!(row.media.is_some() && accounts.insert(row.shown.account.id.clone()));
                            row.shown.state = PublicationState::Scheduled;
                        }
                    }
                    Step::Upload(files) => {
                        prop_assert!(!files.is_empty());
                        for row in rows.iter_mut().filter(|row| files.contains(&row.shown.id)) {
                            prop_assert_eq!(row.shown.state, PublicationState::Waiting);
                            row.media = uploaded();
                        }
                    }
                    Step::Nothing => {
                        prop_assert!(rows.iter().all(|row| row.shown.state != PublicationState::Waiting));
                        return Ok(());
                    }
                    other => prop_assert!(false, "{other:?}"),
                }
            }
            prop_assert!(false, "it does not end");
        }
    }
}
