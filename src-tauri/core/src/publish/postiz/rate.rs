//! The profile's own limit of requests in an hour. Every request is noted before it is made, so that a program that is killed
//! or runs twice keeps to it, too. Two profiles with the same workspace share what that allows without knowing of each other:
//! what goes over it is answered with 429.

use rusqlite::OptionalExtension;

use super::PostizError;
use crate::profile::Profile;
use crate::profile::db::DbError;
use crate::time::now_ms;

/// The window the limit is about, milliseconds.
const HOUR: i64 = 60 * 60 * 1000;

/// Notes a request that is about to be made.
///
/// # Errors
/// [`PostizError::Budget`] when as many as may be were made within the hour.
pub(super) fn take(profile: &Profile, limit: u32) -> Result<(), PostizError> {
    take_at(profile, limit, now_ms())
}

fn take_at(profile: &Profile, limit: u32, now: i64) -> Result<(), PostizError> {
    let until = profile.write::<_, DbError>(|tx| {
        tx.execute("DELETE FROM postiz_requests WHERE at <= ?1", [now - HOUR])?;
        // A clock that was put back must not make one wait for days.
        tx.execute("UPDATE postiz_requests SET at = ?1 WHERE at > ?1", [now])?;
        // The one that has to be an hour old before another may go.
        let nth = "SELECT at FROM postiz_requests ORDER BY at DESC LIMIT 1 OFFSET ?1";
        let nth: Option<i64> = tx.query_row(nth, [limit.max(1) - 1], |row| row.get(0)).optional()?;
        if nth.is_none() {
            tx.execute("INSERT INTO postiz_requests (at) VALUES (?1)", [now])?;
        }
        Ok(nth.map(|at| at + HOUR))
    })?;
    until.map_or(Ok(()), |until_ms| Err(PostizError::Budget { until_ms }))
}

/// How many requests the profile may still make in this hour.
///
/// # Errors
/// [`DbError`].
pub fn requests_left(profile: &Profile) -> Result<u32, DbError> {
    let limit = crate::publish::settings_of(profile)?.requests_an_hour.max(1);
    let since = now_ms() - HOUR;
    profile.read(|tx| {
        let sql = "SELECT count(*) FROM postiz_requests WHERE at > ?1";
        let made: u32 = tx.query_row(sql, [since], |row| row.get(0))?;
        Ok(limit.saturating_sub(made))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testkit::bench;

    fn until(answer: Result<(), PostizError>) -> Option<i64> {
        match answer {
            Ok(()) => None,
            Err(PostizError::Budget { until_ms }) => Some(until_ms),
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn no_more_requests_than_allowed_are_made_in_any_hour_and_it_is_said_when_the_next_may_be() {
        let bench = bench();
        let at = |now: i64| until(take_at(&bench.profile, 3, now));
        assert_eq!([HOUR, HOUR + 10, HOUR + 20].map(at), [None; 3]);
        assert_eq!(at(HOUR + 30), Some(2 * HOUR));
        assert_eq!(at(2 * HOUR - 1), Some(2 * HOUR));
        assert_eq!(at(2 * HOUR), None);
        assert_eq!(at(2 * HOUR + 5), Some(2 * HOUR + 10));
        // The limit was lowered since.
        assert_eq!(until(take_at(&bench.profile, 1, 2 * HOUR + 10)), Some(3 * HOUR));
    }

    #[test]
    fn a_clock_that_was_put_back_does_not_make_one_wait_longer_than_an_hour() {
        let bench = bench();
        let far = 1000 * HOUR;
        assert_eq!(until(take_at(&bench.profile, 1, far)), None);
        assert_eq!(until(take_at(&bench.profile, 1, HOUR)), Some(2 * HOUR));
        assert_eq!(until(take_at(&bench.profile, 1, HOUR + 5)), Some(2 * HOUR));
        assert_eq!(until(take_at(&bench.profile, 1, 2 * HOUR)), None);
    }

    #[test]
    fn what_is_left_is_counted_of_this_hour_alone() {
        let bench = bench();
        let all = requests_left(&bench.profile).unwrap();
        take_at(&bench.profile, 30, now_ms() - HOUR - 1).unwrap();
        assert_eq!(requests_left(&bench.profile).unwrap(), all);
        take(&bench.profile, 30).unwrap();
        assert_eq!(requests_left(&bench.profile).unwrap(), all - 1);
    }

    #[test]
    fn a_profile_does_not_use_up_what_another_may_ask() {
        let bench = bench();
        let other = bench.home.create("Other", None).unwrap().id;
        let other = bench.home.profile(other).unwrap();
        take_at(&bench.profile, 1, HOUR).unwrap();
        assert_eq!(until(take_at(&other, 1, HOUR)), None);
    }
}
