//! Pages of clips for lists of thousands: which ones is decided from an index, the rest is read for one page only.

use rusqlite::{Row, ToSql};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{COLUMNS, Clip, ClipError, Triage, clip, store, trash};
use crate::analysis::thumbnails;
use crate::ids::{ClipId, ProjectId, ScriptId, ShotId, SourceId};
use crate::profile::Profile;
use crate::profile::db::Reader;
use crate::profile::media::MediaPath;
use crate::speech::chain::StepDown;
use crate::speech::words::VoiceId;
use crate::variants::timeline::VoiceTrack;

/// Which clips; the default is all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ClipFilter {
    /// Only those with this text in their name, or in the name of their project or script; letter case aside.
    pub text: Option<String>,
    /// Only those about which this was said.
    pub triage: Option<Triage>,
    /// Only those of this project.
    pub project: Option<ProjectId>,
    /// Only those that are published, or on their way; with `false` only the others.
    pub published: Option<bool>,
}

/// In which order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ClipSort {
    /// The last made first.
    #[default]
    Newest,
    /// The first made first.
    Oldest,
    /// By name, letter case aside.
    Name,
    /// The longest first.
    Longest,
}

/// Another voice than the one that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Instead {
    /// Asked for.
    pub asked: VoiceId,
    /// That spoke.
    pub used: VoiceId,
    /// Each voice that did not speak, with its reason; clips of older versions have none.
    #[serde(default)]
    pub steps: Vec<StepDown>,
}

impl Instead {
    /// As it is stored with the clip.
    pub(super) fn of(voice: &VoiceTrack) -> Option<String> {
        (voice.asked != voice.used)
            .then(|| serde_json::json!({ "asked": voice.asked, "used": voice.used, "steps": voice.steps }).to_string())
    }
}

/// A clip as a list shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ClipRow {
    /// The clip.
    #[serde(flatten)]
    pub clip: Clip,
    /// Its project.
    pub project: ProjectId,
    /// The name of its project.
    pub project_name: String,
    /// Its script.
    pub script: ScriptId,
    /// The name of its script.
    pub script_name: String,
    /// For which platform it was made.
    pub platform: Option<String>,
    /// Who spoke instead of whom; `None` when the voice that was asked for spoke.
    pub instead: Option<Instead>,
    /// A frame of it; of its first shot where it has none, when there is one.
    pub thumb: Option<MediaPath>,
    /// When it was removed, UTC milliseconds; `None` in the library.
    pub deleted_at: Option<i64>,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PageOfClips {
    /// How many there are on all pages.
    pub total: u32,
    /// The ones of this page.
    pub clips: Vec<ClipRow>,
}

/// The clips of one page: at most `limit` after skipping `offset`.
///
/// # Errors
/// [`ClipError::Db`].
pub fn page(
    profile: &Profile,
    tx: &Reader<'_>,
    filter: &ClipFilter,
    sort: ClipSort,
    (limit, offset): (u32, u32),
) -> Result<PageOfClips, ClipError> {
    let order = match sort {
        ClipSort::Newest => "created_at DESC, id DESC",
        // Names are put in order below: SQLite knows the letter case of ASCII only.
        ClipSort::Oldest | ClipSort::Name => "created_at, id",
        ClipSort::Longest => "duration_ms DESC, created_at DESC, id DESC",
    };
    let mut sql = "SELECT id, name, variant_id FROM clips INDEXED BY clips_listed WHERE deleted_at IS NULL".to_owned();
    let mut values: Vec<&dyn ToSql> = Vec::new();
    if let Some(triage) = &filter.triage {
        values.push(triage);
        sql.push_str(&format!(" AND triage = ?{}", values.len()));
    }
    if let Some(project) = &filter.project {
        values.push(project);
        let list = format!("SELECT id FROM variants WHERE project_id = ?{}", values.len());
        sql.push_str(&format!(" AND variant_id IN ({list})"));
    }
    if let Some(published) = filter.published {
        let not = if published { "" } else { "NOT " };
        sql.push_str(&format!(
            " AND {not}EXISTS (SELECT 1 FROM publications p WHERE p.clip_id = clips.id AND p.deleted_at IS NULL
                               AND p.state NOT IN ('failed', 'cancelled'))"
        ));
    }
    sql.push_str(&format!(" ORDER BY {order}"));
    let mut query = tx.prepare_cached(&sql)?;
    let mut found: Vec<(ClipId, String, String)> =
        query.query_map(values.as_slice(), |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?.collect::<Result<_, _>>()?;
    if let Some(text) = wanted(filter.text.as_deref()) {
        let named = variants_named(tx, &text)?;
        found.retain(|(_, name, variant)| name.to_lowercase().contains(&text) || named.contains(variant));
    }
    if sort == ClipSort::Name {
        found.sort_by_cached_key(|(_, name, _)| name.to_lowercase());
    }
    let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
    let clips = found
        .iter()
        .skip(offset as usize)
        .take(limit as usize)
        .map(|(id, _, _)| row(profile, tx, *id))
        .collect::<Result<_, _>>()?;
    Ok(PageOfClips { total, clips })
}

/// The removed clips, the last removed first.
///
/// # Errors
/// [`ClipError::Db`].
pub fn trash(profile: &Profile, tx: &Reader<'_>) -> Result<Vec<ClipRow>, ClipError> {
    let mut query =
        tx.prepare_cached("SELECT id FROM clips WHERE deleted_at IS NOT NULL ORDER BY deleted_at DESC, id DESC")?;
    let ids: Vec<ClipId> = query.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?;
    ids.into_iter().map(|id| row(profile, tx, id)).collect()
}

/// A text to look for, folded; `None` when there is nothing to look for.
fn wanted(text: Option<&str>) -> Option<String> {
    text.map(|t| t.trim().to_lowercase()).filter(|t| !t.is_empty())
}

/// The variants of projects and scripts with this text in their name.
fn variants_named(tx: &Reader<'_>, text: &str) -> Result<std::collections::HashSet<String>, ClipError> {
    let mut query =
        tx.prepare_cached("SELECT s.id, p.name, s.name FROM scripts s JOIN projects p ON p.id = s.project_id")?;
    let scripts: Vec<ScriptId> = query
        .query_map([], |r| Ok((r.get(0)?, r.get::<_, String>(1)?, r.get::<_, String>(2)?)))?
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .filter(|(_, project, script)| [project, script].iter().any(|name| name.to_lowercase().contains(text)))
        .map(|(id, _, _)| id)
        .collect();
    let mut query = tx.prepare_cached("SELECT id FROM variants WHERE script_id = ?1")?;
    let mut all = std::collections::HashSet::new();
    for script in scripts {
        for id in query.query_map([script], |r| r.get(0))? {
            all.insert(id?);
        }
    }
    Ok(all)
}

fn row(profile: &Profile, tx: &Reader<'_>, id: ClipId) -> Result<ClipRow, ClipError> {
    let mut query = tx.prepare_cached(&format!(
        "SELECT {columns}, c.platform, c.deleted_at, p.id, p.name, s.id, s.name, c.instead, c.opening,
                (SELECT source_id FROM shots WHERE shots.id = c.opening)
         FROM clips c JOIN variants v ON v.id = c.variant_id JOIN projects p ON p.id = v.project_id
         JOIN scripts s ON s.id = v.script_id WHERE c.id = ?1",
        columns = COLUMNS.split(", ").map(|c| format!("c.{c}")).collect::<Vec<_>>().join(", ")
    ))?;
    let (mut row, opening) = query.query_row([id], |r: &Row<'_>| {
        let row = ClipRow {
            clip: clip(r)?,
            platform: r.get(9)?,
            deleted_at: r.get(10)?,
            project: r.get(11)?,
            project_name: r.get(12)?,
            script: r.get(13)?,
            script_name: r.get(14)?,
            // One that a later version wrote in another way is not shown; the receipt still says it.
            instead: r.get::<_, Option<String>>(15)?.and_then(|json| serde_json::from_str(&json).ok()),
            thumb: None,
        };
        Ok((row, r.get::<_, Option<ShotId>>(16)?.zip(r.get::<_, Option<SourceId>>(17)?)))
    })?;
    let folder = &row.clip.folder;
    let folder = if row.deleted_at.is_some() { trash::place(folder)? } else { folder.clone() };
    let still = MediaPath::new(format!("{folder}/{}", store::STILL))?;
    if profile.folder().path(&still).is_file() {
        row.thumb = Some(still);
    } else if let Some((shot, source)) = opening {
        row.thumb = thumbnails::there(profile, source, shot)?;
    }
    Ok(row)
}

#[cfg(test)]
#[path = "page_tests.rs"]
mod tests;
