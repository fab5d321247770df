//! One round: what changed there comes, what changed here goes. Every step is safe to be cut off at: what was sent and not
//! acknowledged is sent again and changes nothing, what came is staged before the place moves on, and it is written into the
//! profile all at once.

use super::apply::{self, Applied};
use super::capture;
use super::error::SyncError;
use super::link;
use super::outbox;
use super::remote::{Cursor, Pulled, Remote, RemoteError};
use super::server::SCHEMA;
use super::status;
use super::tables::Table;
use crate::profile::Profile;
use crate::profile::db::{DbError, Writer};
use crate::profile::events::Event;

/// Rows of one page.
const PAGE: u32 = 500;
/// How often clocks may be set again in one round: more often, and the server's time is not to be trusted.
const MOST_RESTAMPS: usize = 3;

/// What a round did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Round {
    /// Rows the server took.
    pub sent: usize,
    /// Rows the server refused: they are set aside.
    pub refused: usize,
    /// Rows that came and changed something here.
    pub received: usize,
    /// Rows that came and wait for something they need.
    pub held: usize,
    /// Whether the server found this device's clock ahead of its own.
    pub restamped: bool,
}

/// Brings the profile and the server together, once. Whether it went well is kept with the profile: see [`super::status`].
///
/// # Errors
/// [`SyncError`]; whatever it is, nothing is lost and the next round goes on from there.
pub async fn run_once(profile: &Profile, remote: &dyn Remote) -> Result<Round, SyncError> {
    let mut round = Round::default();
    let result = both_ways(profile, remote, &mut round).await;
    let kept = match &result {
        Ok(()) => status::keep_success(profile),
        Err(SyncError::NotLinked) => Ok(false),
        Err(error) => status::keep_failure(profile, error),
    };
    // When the disk is full, not even that can be kept: the first reason is the one to tell.
    match (&result, kept) {
        (Ok(()), Err(error)) => return Err(error),
        (_, Err(error)) => tracing::warn!(%error, "why syncing does not go on could not be kept"),
        (_, Ok(news)) if news || round != Round::default() => profile.announce(Event::Sync {}),
        (_, Ok(_)) => {}
    }
    result.map(|()| round)
}

async fn both_ways(profile: &Profile, remote: &dyn Remote, round: &mut Round) -> Result<(), SyncError> {
    pull(profile, remote, round).await?;
    push(profile, remote, round).await?;
    // What others sent in the meantime, and what follows from it here.
    pull(profile, remote, round).await?;
    push(profile, remote, round).await
}

async fn push(profile: &Profile, remote: &dyn Remote, round: &mut Round) -> Result<(), SyncError> {
    let mut restamps = 0;
    loop {
        let (there, sent) = profile.write::<_, SyncError>(|tx| {
            let link = link::get(&tx.as_reader())?.ok_or(SyncError::NotLinked)?;
            Ok((link.remote, outbox::next(tx)?))
        })?;
        if sent.is_empty() {
            return Ok(());
        }
        let changes: Vec<_> = sent.iter().map(|one| one.change.clone()).collect();
        let reply = remote.push(there, &changes, SCHEMA).await?;
        drop(changes);
        let settled = profile.write::<_, SyncError>(|tx| {
            // Unlinked while it was on its way: nothing is to be noted any more.
            link::get(&tx.as_reader())?.filter(|link| link.remote == there).ok_or(SyncError::NotLinked)?;
            Ok(outbox::settle(tx, &sent, &reply)?)
        })?;
        round.sent += settled.taken;
        round.refused += settled.refused;
        round.restamped |= settled.ahead;
        restamps += usize::from(settled.ahead);
        let moved = settled.taken > 0 || settled.refused > 0 || settled.ahead;
        if !moved || restamps > MOST_RESTAMPS {
            let why = "it does not say what became of what was sent".to_owned();
            return Err(RemoteError::Trouble { why }.into());
        }
    }
}

async fn pull(profile: &Profile, remote: &dyn Remote, round: &mut Round) -> Result<(), SyncError> {
    loop {
        let link = profile.read::<_, SyncError>(|tx| link::get(tx)?.ok_or(SyncError::NotLinked))?;
        let page = remote.pull(link.remote, &link.place, PAGE).await?;
        let stuck = page.more && page.cursor <= link.place;
        profile.write::<_, SyncError>(|tx| {
            link::get(&tx.as_reader())?.filter(|now| now.remote == link.remote).ok_or(SyncError::NotLinked)?;
            Ok(stage(tx, &page, &link.place)?)
        })?;
        if stuck {
            return Err(RemoteError::Trouble { why: "it sends the same page again and again".to_owned() }.into());
        }
        if !page.more {
            break;
        }
    }
    let waits = profile.read::<_, DbError>(|tx| {
        let sql = "SELECT EXISTS (SELECT 1 FROM sync_staged WHERE held_for IS NULL)";
        Ok(tx.query_row(sql, [], |r| r.get(0))?)
    })?;
    if waits {
        let applied = profile.write::<_, SyncError>(|tx| {
            link::get(&tx.as_reader())?.ok_or(SyncError::NotLinked)?;
            Ok(apply::apply(tx)?)
        })?;
        round.received += applied.changed.len();
        round.held = applied.held;
        tell(profile, &applied);
    }
    Ok(())
}

/// Keeps a page, and moves on: both or neither.
fn stage(tx: &Writer<'_>, page: &Pulled, from: &Cursor) -> Result<(), DbError> {
    let mut put = tx.prepare_cached(
        "INSERT INTO sync_staged (t, id, rev, row) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (t, id) DO UPDATE SET rev = excluded.rev, row = excluded.row, held_for = NULL
             WHERE excluded.rev >= rev",
    )?;
    for row in &page.rows {
        // A table that only newer versions know comes again when this one has become such.
        let Some(table) = Table::named(&row.t) else { continue };
        let Some(id) = row.j.get("id").and_then(serde_json::Value::as_str) else { continue };
        let text = serde_json::to_string(&row.j).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?;
        put.execute((table.name, id, row.rev, text))?;
    }
    // Another process may be further already: going over some of it again does no harm, leaving some out would.
    let now = link::get(&tx.as_reader())?.map(|link| link.place);
    if page.cursor > *from && now.is_some_and(|now| now == *from) {
        tx.execute("UPDATE sync_link SET place = ?1", [capture::place(&page.cursor)?])?;
    }
    Ok(())
}

fn tell(profile: &Profile, applied: &Applied) {
    for clip in &applied.back {
        if let Ok(clip) = clip.parse() {
            // The row is back in the library; without its files it is shown as one whose file is missing.
            if let Err(error) = crate::clips::files_back(profile, clip) {
                tracing::warn!(%clip, %error, "files of a clip that was put back elsewhere stay in the trash");
            }
        }
    }
    let mut once = std::collections::BTreeSet::new();
    for (table, id) in &applied.changed {
        let event = match *table {
            "sources" => id.parse().ok().map(|source| Event::Source { source }),
            "clips" => id.parse().ok().map(|clip| Event::Clip { clip }),
            "projects" => id.parse().ok().map(|project| Event::Project { project }),
            other => {
                once.insert(other);
                None
            }
        };
        event.into_iter().for_each(|event| profile.announce(event));
    }
    if once.contains("settings") {
        profile.announce(Event::Settings {});
    }
    if once.contains("ledger") {
        profile.announce(Event::Costs {});
    }
    // Scripts are told of as their projects.
    if once.contains("scripts") {
        for project in projects_of_scripts(profile, applied) {
            profile.announce(Event::Project { project });
        }
    }
}

fn projects_of_scripts(profile: &Profile, applied: &Applied) -> Vec<crate::ids::ProjectId> {
    let scripts: Vec<&str> =
        applied.changed.iter().filter(|(table, _)| *table == "scripts").map(|(_, id)| id.as_str()).collect();
    let found = profile.read::<_, DbError>(|tx| {
        let sql = "SELECT DISTINCT project_id FROM scripts WHERE id IN (SELECT value FROM json_each(?1))";
        let mut query = tx.prepare_cached(sql)?;
        let ids = query.query_map([serde_json::json!(scripts).to_string()], |r| r.get(0))?.collect::<Result<_, _>>()?;
        Ok(ids)
    });
    found.unwrap_or_else(|error| {
        tracing::warn!(%error, "what changed in scripts could not be told");
        Vec::new()
    })
}
