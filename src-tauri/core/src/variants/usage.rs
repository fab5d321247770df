//! The footage ledger: how often each shot was shown in clips that were not deleted, and what that leaves, in words.

use std::collections::BTreeMap;

use crate::ids::ShotId;
use crate::profile::db::{DbError, Reader};

/// In how many clips (not deleted) each shot is shown. Shots that were never shown are left out.
///
/// # Errors
/// [`DbError`].
pub fn counts(reader: &Reader<'_>) -> Result<BTreeMap<ShotId, u32>, DbError> {
    let mut query = reader.prepare_cached(
        "SELECT u.shot_id, count(*) FROM shot_uses u JOIN clips c ON c.id = u.clip_id
         WHERE c.deleted_at IS NULL GROUP BY u.shot_id",
    )?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
