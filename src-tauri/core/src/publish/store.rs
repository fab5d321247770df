//! The `publications` table: every change of where a publication stands goes through here, and names where it has to stand
//! for that. So of two that want to change one, one is too late and sees it.

use rusqlite::{OptionalExtension, Row};

use super::error::PublishError;
use super::model::{AccountName, Publication, PublicationFilter, PublicationState};
use super::postiz::Uploaded;
use crate::ids::{ClipId, JobId, PublicationId};
use crate::profile::Profile;
use crate::profile::db::{DbError, Reader, Writer};
use crate::profile::events::Event;
use crate::time::now_ms;

impl PublicationState {
    const ALL: [Self; 9] = [
        Self::Draft,
        Self::Waiting,
        Self::Uploading,
        Self::Sending,
        Self::Unknown,
        Self::Scheduled,
        Self::Published,
        Self::Failed,
        Self::Cancelled,
    ];

    /// The name in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Waiting => "waiting",
            Self::Uploading => "uploading",
            Self::Sending => "sending",
            Self::Unknown => "unknown",
            Self::Scheduled => "scheduled",
            Self::Published => "published",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// As it stands in a sentence about a post.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Draft => "a draft in Postiz",
            Self::Waiting => "waiting to be sent",
            Self::Uploading => "being uploaded",
            Self::Sending => "being sent",
            Self::Unknown => "not known to be there or not: it is being looked for",
            Self::Scheduled => "in Postiz already",
            Self::Published => "out already",
            Self::Failed => "not out: it failed",
            Self::Cancelled => "taken back already",
        }
    }

    /// From the name in the database.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }

    /// It may be on its account, or come there by itself.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::Uploading | Self::Sending | Self::Unknown | Self::Scheduled)
    }
}

/// A publication with what only its sender needs.
#[derive(Debug, Clone)]
pub(super) struct Stored {
    pub shown: Publication,
    /// The file as Postiz holds it.
    pub media: Option<Uploaded>,
    /// Made as a draft.
    pub as_draft: bool,
    /// How often it was looked for.
    pub looks: u32,
    /// When it is looked at in Postiz next.
    pub look_at: Option<i64>,
    /// The moment that was sent for it.
    pub sent_for: Option<i64>,
    /// The job that sends it.
    pub job: Option<JobId>,
}

const COLUMNS: &str = "p.id, p.clip_id, c.name, p.clip_hash, p.account, p.platform, p.state, p.caption, p.settings, p.device, \
                       p.publish_at, p.post_id, p.url, p.why, p.created_at, p.sent_at, p.ended_at, p.media, p.as_draft, \
                       p.looks, p.sent_for, p.look_at, p.job_id";
const FROM: &str = "publications p LEFT JOIN clips c ON c.id = p.clip_id AND c.deleted_at IS NULL";

fn json<T: serde::de::DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<T>> {
    let text: Option<String> = row.get(column)?;
    let value = text.map(|text| serde_json::from_str(&text)).transpose();
    value.map_err(|e| rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(e)))
}

fn stored(row: &Row<'_>, device: &str) -> rusqlite::Result<Stored> {
    let state: String = row.get(6)?;
    let there: String = row.get(9)?;
    let missing = |what: &str| rusqlite::Error::InvalidColumnName(what.to_owned());
    Ok(Stored {
        shown: Publication {
            id: row.get(0)?,
            clip: row.get(1)?,
            clip_name: row.get(2)?,
            clip_hash: row.get(3)?,
            account: json::<AccountName>(row, 4)?.ok_or_else(|| missing("account"))?,
            platform: row.get(5)?,
            state: PublicationState::from_name(&state).ok_or_else(|| missing(&state))?,
            caption: row.get(7)?,
            settings: json(row, 8)?.ok_or_else(|| missing("settings"))?,
            elsewhere: there != device,
            publish_at: row.get(10)?,
            post_id: row.get(11)?,
            url: row.get(12)?,
            why: row.get(13)?,
            created_at: row.get(14)?,
            sent_at: row.get(15)?,
            ended_at: row.get(16)?,
        },
        media: json(row, 17)?,
        as_draft: row.get(18)?,
        looks: row.get(19)?,
        sent_for: row.get(20)?,
        look_at: row.get(21)?,
        job: row.get(22)?,
    })
}

/// One publication.
///
/// # Errors
/// [`PublishError::NotFound`].
pub(super) fn get(tx: &Reader<'_>, device: &str, id: PublicationId) -> Result<Stored, PublishError> {
    let sql = format!("SELECT {COLUMNS} FROM {FROM} WHERE p.id = ?1 AND p.deleted_at IS NULL");
    let found = tx.prepare_cached(&sql)?.query_row([id], |row| stored(row, device)).optional()?;
    found.ok_or(PublishError::NotFound(id))
}

/// Those that are meant, by the time they go out.
///
/// # Errors
/// [`PublishError::Db`].
pub fn list(profile: &Profile, filter: &PublicationFilter) -> Result<Vec<Publication>, PublishError> {
    let states: Vec<&str> = filter.states.iter().map(|state| state.as_str()).collect();
    let states = serde_json::to_string(&states).unwrap_or_else(|_| "[]".into());
    profile.read(|tx| {
        let mut query = tx.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM {FROM} WHERE p.deleted_at IS NULL
             AND (?1 IS NULL OR coalesce(p.publish_at, p.created_at) >= ?1)
             AND (?2 IS NULL OR coalesce(p.publish_at, p.created_at) < ?2)
             AND (?3 = '[]' OR p.state IN (SELECT value FROM json_each(?3)))
             AND (?4 IS NULL OR p.clip_id = ?4)
             ORDER BY coalesce(p.publish_at, p.created_at), p.id"
        ))?;
        let rows =
            query.query_map((filter.from, filter.to, states, filter.clip), |row| stored(row, profile.device()))?;
        Ok(rows.map(|row| row.map(|one| one.shown)).collect::<Result<_, _>>()?)
    })
}

/// Those of this device for which this holds, oldest intent first.
pub(super) fn ours(tx: &Reader<'_>, device: &str, holds: &str) -> Result<Vec<Stored>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM {FROM} WHERE p.deleted_at IS NULL AND p.device = ?1 AND {holds} ORDER BY p.created_at, p.id"
    );
    Ok(tx.prepare_cached(&sql)?.query_map([device], |row| stored(row, device))?.collect::<Result<_, _>>()?)
}

/// Those a job sends.
pub(super) fn of_job(tx: &Reader<'_>, device: &str, job: JobId) -> Result<Vec<Stored>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM {FROM} WHERE p.deleted_at IS NULL AND p.device = ?1 AND p.job_id = ?2
         ORDER BY p.publish_at, p.created_at, p.id"
    );
    Ok(tx.prepare_cached(&sql)?.query_map((device, job), |row| stored(row, device))?.collect::<Result<_, _>>()?)
}

/// A new publication, to be sent by this device.
pub(super) struct Intent<'a> {
    pub clip: ClipId,
    pub clip_hash: &'a str,
    pub account: &'a AccountName,
    pub platform: &'a str,
    pub caption: &'a str,
    pub settings: &'a super::settings::PostSettings,
    pub publish_at: Option<i64>,
    pub as_draft: bool,
}

/// Stores an intent. It is refused when the same file is on its way to the same account: two that confirm at once, or one
/// who confirms twice, send it once.
pub(super) fn intend(
    tx: &Writer<'_>,
    device: &str,
    job: JobId,
    intent: &Intent<'_>,
) -> Result<PublicationId, PublishError> {
    let id = PublicationId::new();
    let text = |value: Result<String, serde_json::Error>| {
        value.map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))
    };
    let account = text(serde_json::to_string(intent.account))?;
    let settings = text(serde_json::to_string(intent.settings))?;
    let put = tx.execute(
        "INSERT INTO publications (id, clip_id, clip_hash, account, platform, state, caption, settings, device, publish_at,
                                   created_at, job_id, as_draft)
         SELECT ?1, ?2, ?3, ?4, ?5, 'waiting', ?6, ?7, ?8, ?9, ?10, ?11, ?12
         WHERE NOT EXISTS (SELECT 1 FROM publications o WHERE o.clip_hash = ?3 AND o.account ->> 'id' = ?13
                           AND o.deleted_at IS NULL
                           AND o.state IN ('waiting', 'uploading', 'sending', 'unknown', 'scheduled'))",
        rusqlite::params![
            id,
            intent.clip,
            intent.clip_hash,
            account,
            intent.platform,
            intent.caption,
            settings,
            device,
            intent.publish_at,
            now_ms(),
            job,
            intent.as_draft,
            intent.account.id,
        ],
    )?;
    if put == 0 {
        let clip = crate::clips::get(&tx.as_reader(), intent.clip).map(|clip| clip.name).unwrap_or_default();
        return Err(PublishError::Already { clip, account: intent.account.name.clone() });
    }
    // What failed before has this one in its place: sent again later, the video would be there twice.
    tx.execute(
        "UPDATE publications SET state = 'cancelled', why = 'published anew', ended_at = ?3
         WHERE clip_hash = ?1 AND account ->> 'id' = ?2 AND state = 'failed' AND device = ?4 AND deleted_at IS NULL",
        (intent.clip_hash, &intent.account.id, now_ms(), device),
    )?;
    Ok(id)
}

/// Whether another publication brings the same file to the same account.
pub(super) fn is_on_its_way(tx: &Reader<'_>, one: &Publication) -> Result<bool, DbError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM publications WHERE clip_hash = ?1 AND account ->> 'id' = ?2 AND id <> ?3
               AND deleted_at IS NULL AND state IN ('waiting', 'uploading', 'sending', 'unknown', 'scheduled'))";
    Ok(tx.prepare_cached(sql)?.query_row((&one.clip_hash, &one.account.id, one.id), |row| row.get(0))?)
}

/// Moves publications on, each from one of these states; gives those that were moved.
pub(super) fn turn(
    tx: &Writer<'_>,
    ids: &[PublicationId],
    from: &[PublicationState],
    to: PublicationState,
    why: Option<&str>,
) -> Result<Vec<PublicationId>, DbError> {
    let from: Vec<&str> = from.iter().map(|state| state.as_str()).collect();
    let from = serde_json::to_string(&from).unwrap_or_else(|_| "[]".into());
    let ended = matches!(to, PublicationState::Published | PublicationState::Failed | PublicationState::Cancelled);
    let mut change = tx.prepare_cached(
        "UPDATE publications SET state = ?2, why = ?3, ended_at = ?4
         WHERE id = ?1 AND deleted_at IS NULL AND state IN (SELECT value FROM json_each(?5))",
    )?;
    let mut moved = Vec::new();
    for id in ids {
        if change.execute((id, to.as_str(), why, ended.then(now_ms), &from))? > 0 {
            moved.push(*id);
        }
    }
    Ok(moved)
}

/// Notes what Postiz has of one: its post, where it can be seen.
pub(super) fn has(tx: &Writer<'_>, id: PublicationId, post: Option<&str>, url: Option<&str>) -> Result<(), DbError> {
    tx.execute("UPDATE publications SET post_id = ?2, url = coalesce(?3, url) WHERE id = ?1", (id, post, url))?;
    Ok(())
}

/// Tells whoever shows publications.
pub(super) fn announce(profile: &Profile) {
    profile.announce(Event::Publishing {});
}
