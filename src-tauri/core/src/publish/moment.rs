//! The moment that is sent for a post. No two of a profile's share one to the millisecond, so that a post whose answer was
//! lost can be told from another one with the same text.

use crate::profile::db::{DbError, Writer};

/// A post that is to go out at once is scheduled this much ahead, milliseconds: for "now" Postiz takes a time of its own, in
/// whole minutes, by which it could not be found again.
pub(super) const SOON_MS: i64 = 60_000;

/// The first moment from `wish` on (UTC milliseconds) that no publication was sent for.
pub(super) fn free(tx: &Writer<'_>, wish: i64) -> Result<i64, DbError> {
    let mut taken = tx.prepare_cached("SELECT EXISTS (SELECT 1 FROM publications WHERE sent_for = ?1)")?;
    let mut at = wish;
    while taken.query_row([at], |row| row.get::<_, bool>(0))? {
        at += 1;
    }
    Ok(at)
}
