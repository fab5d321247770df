//! Which profile of the server this one is kept as: switched on, switched off, and the time that changes get.

use rusqlite::OptionalExtension;

use super::capture;
use super::clock::Clock;
use super::error::SyncError;
use super::remote::Cursor;
use crate::ids::RemoteProfileId;
use crate::profile::Profile;
use crate::profile::db::{DbError, Reader, Writer};
use crate::profile::events::Event;
use crate::time::now_ms;

/// What is remembered of the link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    /// The profile there.
    pub remote: RemoteProfileId,
    /// Everything up to here is staged or applied.
    pub place: Cursor,
}

/// Keeps the profile on the server from now on, as this profile there. Everything that is in it waits to be sent. Where both
/// have a row already, what the server has counts; what it does not have is given to it. Linked to the same one before, it
/// stays as it is.
///
/// # Errors
/// [`SyncError::LinkedElsewhere`] when it is linked to another one.
pub fn link(profile: &Profile, remote: RemoteProfileId) -> Result<(), SyncError> {
    profile.write(|tx| {
        match get(&tx.as_reader())? {
            Some(link) if link.remote == remote => return Ok(()),
            Some(link) => return Err(SyncError::LinkedElsewhere(link.remote)),
            None => {}
        }
        tx.execute(
            "INSERT INTO sync_link (one, remote_profile, node, place, knows, linked_at) VALUES (1, ?1, ?2, ?3, ?4, ?5)",
            (remote, node(), capture::place(&Cursor::start())?, capture::knows(), now_ms()),
        )?;
        Ok(capture::begin(tx)?)
    })?;
    profile.announce(Event::Sync {});
    Ok(())
}

/// Keeps the profile on this machine only from now on. Everything in it stays; what the server has stays there too.
///
/// # Errors
/// [`SyncError::Db`].
pub fn unlink(profile: &Profile) -> Result<(), SyncError> {
    profile.write::<_, SyncError>(|tx| Ok(forget(tx)?))?;
    profile.announce(Event::Sync {});
    Ok(())
}

/// The same, of a database that no profile holds yet: one that was imported or put back.
pub(crate) fn forget(tx: &Writer<'_>) -> Result<(), DbError> {
    capture::stop(tx)?;
    tx.execute_batch(
        "DELETE FROM sync_link; DELETE FROM sync_clocks; DELETE FROM sync_staged; DELETE FROM sync_set_aside;",
    )?;
    Ok(())
}

/// The profile there; `None` while this one is kept on this machine only.
///
/// # Errors
/// [`SyncError::Db`].
pub fn linked(profile: &Profile) -> Result<Option<RemoteProfileId>, SyncError> {
    profile.read(|tx| Ok(get(tx)?.map(|link| link.remote)))
}

/// Whether the profile is kept on a server.
pub(crate) fn is_linked(tx: &Reader<'_>) -> Result<bool, DbError> {
    Ok(tx.prepare_cached("SELECT EXISTS (SELECT 1 FROM sync_link)")?.query_row([], |r| r.get(0))?)
}

pub(super) fn get(tx: &Reader<'_>) -> Result<Option<Link>, DbError> {
    let mut query = tx.prepare_cached("SELECT remote_profile, place FROM sync_link")?;
    let row = query.query_row([], |r| Ok((r.get(0)?, r.get::<_, String>(1)?))).optional()?;
    let Some((remote, place)) = row else { return Ok(None) };
    let place = serde_json::from_str(&place)
        .map_err(|e| rusqlite::Error::FromSqlConversionFailure(1, rusqlite::types::Type::Text, Box::new(e)))?;
    Ok(Some(Link { remote, place }))
}

/// A name for this device in the clocks of this profile. Made anew for each link, so that a copy of the profile on the same
/// machine is another one. Two that are the same by chance still agree on everything but which of two changes of the same
/// microsecond is the later.
fn node() -> String {
    let id = uuid::Uuid::now_v7();
    let bytes = id.as_bytes();
    bytes[12..].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The next time of this device: later than everything it has given or seen.
pub(super) fn tick(tx: &Writer<'_>) -> Result<Clock, DbError> {
    let (last, ahead, node) = tx
        .prepare_cached("SELECT clock, ahead_ms, node FROM sync_link")?
        .query_row([], |r| Ok((r.get::<_, i64>(0)?, r.get::<_, i64>(1)?, r.get(2)?)))?;
    let time = Clock::next(last, now_ms() + ahead);
    tx.prepare_cached("UPDATE sync_link SET clock = ?1")?.execute([time])?;
    Ok(Clock { time, node })
}
