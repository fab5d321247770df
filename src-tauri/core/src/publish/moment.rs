//! The moment that is sent for a post. It is what a post whose answer was lost is found by, so no two of a profile's share one,
//! and posts with the same words on one account are further apart than servers round.

use rusqlite::OptionalExtension;

use super::model::Publication;
use crate::profile::db::{DbError, Writer};

/// A post that is to go out at once is scheduled this much ahead, milliseconds: for "now" Postiz takes a time of its own, in
/// whole minutes, by which it could not be found again.
pub(super) const SOON_MS: i64 = 60_000;
/// How far from the moment that was sent a post may stand and still be the one, milliseconds: some servers keep whole minutes.
pub(super) const NEAR_MS: i64 = 60_000;

/// The first moment from `wish` on (UTC milliseconds) at which these can go out in one call.
pub(super) fn free(tx: &Writer<'_>, wish: i64, posts: &[&Publication]) -> Result<i64, DbError> {
    let mut taken = tx.prepare_cached("SELECT EXISTS (SELECT 1 FROM publications WHERE sent_for = ?1)")?;
    let mut alike = tx.prepare_cached(
        "SELECT max(sent_for) FROM publications WHERE id <> ?1 AND account ->> 'id' = ?2 AND caption = ?3
         AND sent_for BETWEEN ?4 AND ?5",
    )?;
    let mut at = wish;
    loop {
        let mut later = None;
        for post in posts {
            let near = (post.id, &post.account.id, &post.caption, at - 2 * NEAR_MS, at + 2 * NEAR_MS);
            let other: Option<i64> = alike.query_row(near, |row| row.get(0)).optional()?.flatten();
            later = later.max(other.map(|other| other + 2 * NEAR_MS + 1));
        }
        if let Some(later) = later {
            at = later;
        } else if taken.query_row([at], |row| row.get::<_, bool>(0))? {
            at += 1;
        } else {
            return Ok(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::db::DbError;
    use crate::publish::model::PublicationState;
    use crate::publish::next::tests::row;
    use crate::testkit::bench;

    #[test]
    fn the_same_words_on_one_account_are_apart_and_no_two_share_a_moment() {
        let bench = bench();
        let mut sent = row(1, "a", PublicationState::Scheduled).shown;
        let put = |tx: &Writer<'_>, one: &Publication, at: i64| -> Result<(), DbError> {
            let account = serde_json::json!(one.account).to_string();
            let values = (one.id, one.clip, account, &one.caption, at);
            tx.execute(
                "INSERT INTO publications (id, clip_id, clip_hash, account, platform, state, caption, settings, device,
                                           created_at, sent_for)
                 VALUES (?1, ?2, 'h', ?3, 'tiktok', 'scheduled', ?4, '{}', 'here', 1, ?5)",
                values,
            )?;
            Ok(())
        };
        let free = |wish: i64, one: &Publication| bench.profile.write(|tx| free(tx, wish, &[one])).unwrap();
        bench.profile.write(|tx| put(tx, &sent, 1_000_000)).unwrap();
        let alike = row(2, "a", PublicationState::Waiting).shown;
        assert_eq!(free(1_000_000, &alike), 1_000_000 + 2 * NEAR_MS + 1);
        let mut other_words = alike.clone();
        other_words.caption = "Cake.".into();
        assert_eq!(free(1_000_000, &other_words), 1_000_001);
        assert_eq!(free(1_000_000, &row(2, "b", PublicationState::Waiting).shown), 1_000_001);
        assert_eq!(free(2_000_000, &alike), 2_000_000);
        // Sent again, it keeps its own place.
        sent.caption = alike.caption.clone();
        assert_eq!(free(1_000_000, &sent), 1_000_001);
    }
}
