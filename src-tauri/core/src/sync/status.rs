//! How it stands between this device and the server, as anyone can read it.

use rusqlite::OptionalExtension;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::error::SyncError;
use super::tables::Table;
use crate::error::{Code, Failure};
use crate::ids::RemoteProfileId;
use crate::profile::Profile;
use crate::profile::db::{DbError, Reader};
use crate::profile::events::Event;
use crate::time::now_ms;

/// How it stands, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SyncState {
    /// The profile is kept on this machine only.
    Off,
    /// The server has everything of this device, and this device everything of the server.
    InSync,
    /// Changes wait to be sent.
    Waiting,
    /// Everything is sent but for what the server refuses.
    SetAside,
    /// The server cannot be reached; it is tried again by itself.
    Offline,
    /// Somebody has to sign in again.
    SignIn,
    /// The server was made for another version of the program.
    OtherVersion,
    /// Something else keeps it: the failure says what.
    Failing,
}

/// A row of this device that the server refuses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SetAside {
    /// What it is: the table's name on the server.
    pub table: String,
    /// Its id; of a setting its name.
    pub id: String,
    /// What a person calls it, when it has a name.
    pub name: Option<String>,
    /// The server's code.
    pub code: String,
    /// The server's words.
    pub why: String,
    /// When, UTC milliseconds.
    pub at: i64,
}

/// How it stands between this device and the server.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SyncStatus {
    /// In one word.
    pub state: SyncState,
    /// The profile there.
    pub remote: Option<RemoteProfileId>,
    /// Rows with changes that wait to be sent, those that are set aside left out.
    pub waiting: u64,
    /// Rows the server refuses. The next edit of one sends it again, or a try by hand.
    pub set_aside: Vec<SetAside>,
    /// Rows of the server that cannot be shown here yet, because something they need is not here.
    pub held: u64,
    /// When a round last went through, UTC milliseconds.
    pub in_sync_at: Option<i64>,
    /// Why the last one did not.
    pub failure: Option<Failure>,
    /// Since when rounds do not go through, UTC milliseconds.
    pub failing_since: Option<i64>,
}

/// How many of the rows that are set aside are listed.
const LISTED: u32 = 200;

/// How it stands between this device and the server.
///
/// # Errors
/// [`SyncError::Db`].
pub fn status(profile: &Profile) -> Result<SyncStatus, SyncError> {
    profile.read(|tx| Ok(of(tx)?))
}

fn of(tx: &Reader<'_>) -> Result<SyncStatus, DbError> {
    /// The link's columns, as they are asked for.
    type Linked = (RemoteProfileId, Option<i64>, Option<String>, Option<i64>);
    let row: Option<Linked> = tx
        .query_row("SELECT remote_profile, in_sync_at, failure, failing_since FROM sync_link", [], |r| {
            Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?))
        })
        .optional()?;
    let Some((remote, in_sync_at, failure, failing_since)) = row else {
        return Ok(SyncStatus {
            state: SyncState::Off,
            remote: None,
            waiting: 0,
            set_aside: Vec::new(),
            held: 0,
            in_sync_at: None,
            failure: None,
            failing_since: None,
        });
    };
    let count = |sql: &str| -> Result<u64, DbError> { Ok(tx.prepare_cached(sql)?.query_row([], |r| r.get(0))?) };
    let waiting = count(
        "SELECT count(*) FROM (SELECT DISTINCT t, id FROM sync_clocks s WHERE waiting = 1
             AND NOT EXISTS (SELECT 1 FROM sync_set_aside a WHERE a.t = s.t AND a.id = s.id))",
    )?;
    let held = count("SELECT count(*) FROM sync_staged WHERE held_for IS NOT NULL")?;
    let set_aside = set_aside(tx)?;
    let failure: Option<Failure> = failure.and_then(|text| serde_json::from_str(&text).ok());
    let state = match failure.as_ref().map(|failure| failure.code) {
        Some(Code::Offline) => SyncState::Offline,
        Some(Code::SignIn) => SyncState::SignIn,
        Some(Code::OtherVersion) => SyncState::OtherVersion,
        Some(_) => SyncState::Failing,
        None if waiting > 0 || in_sync_at.is_none() => SyncState::Waiting,
        None if !set_aside.is_empty() => SyncState::SetAside,
        None => SyncState::InSync,
    };
    Ok(SyncStatus { state, remote: Some(remote), waiting, set_aside, held, in_sync_at, failure, failing_since })
}

fn set_aside(tx: &Reader<'_>) -> Result<Vec<SetAside>, DbError> {
    let mut query =
        tx.prepare_cached("SELECT t, id, code, message, at FROM sync_set_aside ORDER BY at, t, id LIMIT ?1")?;
    let mut list: Vec<SetAside> = query
        .query_map([LISTED], |r| {
            Ok(SetAside { table: r.get(0)?, id: r.get(1)?, name: None, code: r.get(2)?, why: r.get(3)?, at: r.get(4)? })
        })?
        .collect::<Result<_, _>>()?;
    for one in &mut list {
        let Some(table) = Table::named(&one.table) else { continue };
        if table.columns.iter().any(|column| column.name == "name") {
            let sql = format!("SELECT name FROM {} WHERE {} = ?1", table.here, table.key());
            one.name = tx.prepare_cached(&sql)?.query_row([&one.id], |r| r.get(0)).optional()?;
        }
    }
    Ok(list)
}

/// Sends a row that was set aside once more; all of them when none is named.
///
/// # Errors
/// [`SyncError::NotSetAside`].
pub fn try_again(profile: &Profile, row: Option<(&str, &str)>) -> Result<(), SyncError> {
    profile.write::<_, SyncError>(|tx| {
        let released = match row {
            Some(row) => tx.execute("DELETE FROM sync_set_aside WHERE t = ?1 AND id = ?2", row)?,
            None => tx.execute("DELETE FROM sync_set_aside", [])?,
        };
        if released == 0 { Err(SyncError::NotSetAside) } else { Ok(()) }
    })?;
    profile.announce(Event::Sync {});
    Ok(())
}

/// Keeps why syncing does not go on, for failures that come before a round: signing in. A profile that is not linked has
/// nothing to keep.
///
/// # Errors
/// [`SyncError::Db`].
pub fn note(profile: &Profile, error: &super::remote::RemoteError) -> Result<(), SyncError> {
    if keep_failure(profile, &SyncError::Remote(error.clone()))? {
        profile.announce(Event::Sync {});
    }
    Ok(())
}

/// Whether it is news.
pub(super) fn keep_failure(profile: &Profile, error: &SyncError) -> Result<bool, SyncError> {
    let failure =
        Failure::new(crate::error::Explain::code(error), error.to_string()).with(crate::error::Explain::details(error));
    let text = serde_json::to_string(&failure).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?;
    profile.write(|tx| {
        let known: Option<Option<String>> =
            tx.query_row("SELECT failure FROM sync_link", [], |r| r.get(0)).optional()?;
        if known.as_ref().is_none_or(|known| known.as_ref() == Some(&text)) {
            return Ok(false);
        }
        tx.execute("UPDATE sync_link SET failure = ?1, failing_since = coalesce(failing_since, ?2)", (text, now_ms()))?;
        Ok(true)
    })
}

/// Whether it is news that it goes on.
pub(super) fn keep_success(profile: &Profile) -> Result<bool, SyncError> {
    profile.write(|tx| {
        let news: Option<bool> = tx
            .query_row("SELECT failure IS NOT NULL OR in_sync_at IS NULL FROM sync_link", [], |r| r.get(0))
            .optional()?;
        tx.execute("UPDATE sync_link SET failure = NULL, failing_since = NULL, in_sync_at = ?1", [now_ms()])?;
        Ok(news.unwrap_or(false))
    })
}
