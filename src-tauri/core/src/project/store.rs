//! The tables of projects and scripts.

use rusqlite::{OptionalExtension, Row};
use serde_json::{Value, json};
use ts_rs::TS;

use super::{Look, Project, StoredScript};
use crate::error::{Code, Explain};
use crate::ids::{ProjectId, ScriptId, SourceId};
use crate::profile::db::{DbError, Reader, Writer};
use crate::profile::media::MediaPath;
use crate::time::now_ms;
use crate::variants::timeline::FileRef;

/// Why a project could not be read or changed.
#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
    /// Not in this profile.
    #[error("There is no project \"{0}\" in this profile. `edit-factory project list` shows the ones there are.")]
    NotFound(String),
    /// Not in this profile.
    #[error("There is no script {0} in this profile.")]
    NoScript(ScriptId),
    /// Not among the removed ones.
    #[error("There is no removed project or script {0} in this profile, so there is nothing to put back.")]
    NotRemoved(String),
    /// The recording is not the file that was taken in.
    #[error("The recording {0} is missing in this profile or was changed. Add the sound file again.")]
    BadRecording(MediaPath),
    /// Several have this name.
    #[error("There are {count} projects named \"{name}\". Name the one you mean by its id.")]
    Ambiguous {
        /// The name.
        name: String,
        /// How many.
        count: usize,
    },
    /// The name is empty or too long.
    #[error("A name has 1 to 300 characters and no control characters.")]
    BadName,
    /// A source that is not in this profile.
    #[error("There is no source {0} in this profile.")]
    NoSource(SourceId),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<rusqlite::Error> for ProjectError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Db(error.into())
    }
}

impl Explain for ProjectError {
    fn code(&self) -> Code {
        match self {
            Self::NotFound(_) | Self::NoScript(_) | Self::NoSource(_) | Self::NotRemoved(_) => Code::NotFound,
            Self::Ambiguous { .. } | Self::BadName | Self::BadRecording(_) => Code::InvalidInput,
            Self::Db(e) => e.code(),
        }
    }

    fn details(&self) -> Value {
        match self {
            Self::Db(e) => e.details(),
            _ => json!({}),
        }
    }
}

pub(super) fn checked(name: &str) -> Result<String, ProjectError> {
    let name = name.trim();
    let length = name.chars().count();
    if length == 0 || length > 300 || name.chars().any(char::is_control) {
        return Err(ProjectError::BadName);
    }
    Ok(name.to_owned())
}

pub(super) fn to_json<T: serde::Serialize>(value: &T) -> Result<String, rusqlite::Error> {
    serde_json::to_string(value).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))
}

fn from_json<T: serde::de::DeserializeOwned>(column: usize, text: &str) -> rusqlite::Result<T> {
    serde_json::from_str(text)
        .map_err(|e| rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(e)))
}

fn project(row: &Row<'_>) -> rusqlite::Result<Project> {
    let look: String = row.get(2)?;
    Ok(Project { id: row.get(0)?, name: row.get(1)?, look: from_json(2, &look)?, created_at: row.get(3)? })
}

const PROJECT: &str = "SELECT id, name, look, created_at FROM projects WHERE deleted_at IS NULL";

/// Makes a project. `sources` are the ones it may use; none means all of the profile.
///
/// # Errors
/// [`ProjectError::BadName`], [`ProjectError::NoSource`].
pub fn create(tx: &Writer<'_>, name: &str, look: &Look, sources: &[SourceId]) -> Result<Project, ProjectError> {
    let id = ProjectId::new();
    tx.execute(
        "INSERT INTO projects (id, name, look, created_at) VALUES (?1, ?2, ?3, ?4)",
        (id, checked(name)?, to_json(look)?, now_ms()),
    )?;
    set_sources(tx, id, sources)?;
    get(&tx.as_reader(), id)
}

/// Sets which sources a project may use; none means all of the profile.
///
/// # Errors
/// [`ProjectError::NoSource`] for one that is not in this profile.
pub fn set_sources(tx: &Writer<'_>, project: ProjectId, sources: &[SourceId]) -> Result<(), ProjectError> {
    tx.execute("DELETE FROM project_sources WHERE project_id = ?1", [project])?;
    for source in sources {
        let added = tx.execute(
            "INSERT OR IGNORE INTO project_sources (project_id, source_id)
             SELECT ?1, id FROM sources WHERE id = ?2",
            (project, source),
        )?;
        let listed: bool = tx.query_row(
            "SELECT EXISTS (SELECT 1 FROM project_sources WHERE project_id = ?1 AND source_id = ?2)",
            (project, source),
            |r| r.get(0),
        )?;
        if added == 0 && !listed {
            return Err(ProjectError::NoSource(*source));
        }
    }
    Ok(())
}

/// The sources a project may use; empty means all of the profile.
///
/// # Errors
/// [`ProjectError::Db`].
pub fn sources(tx: &Reader<'_>, project: ProjectId) -> Result<Vec<SourceId>, ProjectError> {
    let mut query =
        tx.prepare_cached("SELECT source_id FROM project_sources WHERE project_id = ?1 ORDER BY source_id")?;
    let ids = query.query_map([project], |r| r.get(0))?.collect::<Result<_, _>>()?;
    Ok(ids)
}

/// All projects, the newest first.
///
/// # Errors
/// [`ProjectError::Db`].
pub fn list(tx: &Reader<'_>) -> Result<Vec<Project>, ProjectError> {
    let mut query = tx.prepare_cached(&format!("{PROJECT} ORDER BY created_at DESC, id DESC"))?;
    let projects = query.query_map([], project)?.collect::<Result<_, _>>()?;
    Ok(projects)
}

/// One project.
///
/// # Errors
/// [`ProjectError::NotFound`].
pub fn get(tx: &Reader<'_>, id: ProjectId) -> Result<Project, ProjectError> {
    tx.prepare_cached(&format!("{PROJECT} AND id = ?1"))?
        .query_row([id], project)
        .optional()?
        .ok_or_else(|| ProjectError::NotFound(id.to_string()))
}

/// The project with this id or name (letter case aside).
///
/// # Errors
/// [`ProjectError::NotFound`], [`ProjectError::Ambiguous`].
pub fn find(tx: &Reader<'_>, id_or_name: &str) -> Result<Project, ProjectError> {
    if let Ok(id) = id_or_name.parse() {
        return get(tx, id);
    }
    let wanted = id_or_name.trim().to_lowercase();
    let mut found: Vec<_> = list(tx)?.into_iter().filter(|p| p.name.to_lowercase() == wanted).collect();
    match (found.len(), found.pop()) {
        (1, Some(project)) => Ok(project),
        (0, _) => Err(ProjectError::NotFound(id_or_name.to_owned())),
        (count, _) => Err(ProjectError::Ambiguous { name: id_or_name.to_owned(), count }),
    }
}

/// Changes name and look.
///
/// # Errors
/// [`ProjectError::NotFound`], [`ProjectError::BadName`].
pub fn update(tx: &Writer<'_>, id: ProjectId, name: &str, look: &Look) -> Result<Project, ProjectError> {
    tx.execute(
        "UPDATE projects SET name = ?2, look = ?3 WHERE id = ?1 AND deleted_at IS NULL",
        (id, checked(name)?, to_json(look)?),
    )?;
    get(&tx.as_reader(), id)
}

/// Takes a project off the list; its clips stay.
///
/// # Errors
/// [`ProjectError::NotFound`].
pub fn remove(tx: &Writer<'_>, id: ProjectId) -> Result<(), ProjectError> {
    get(&tx.as_reader(), id)?;
    tx.execute("UPDATE projects SET deleted_at = ?2 WHERE id = ?1", (id, now_ms()))?;
    Ok(())
}

/// Puts a removed project back on the list, with everything in it.
///
/// # Errors
/// [`ProjectError::NotRemoved`].
pub fn restore(tx: &Writer<'_>, id: ProjectId) -> Result<Project, ProjectError> {
    let changed = tx.execute("UPDATE projects SET deleted_at = NULL WHERE id = ?1 AND deleted_at IS NOT NULL", [id])?;
    if changed == 0 { Err(ProjectError::NotRemoved(id.to_string())) } else { get(&tx.as_reader(), id) }
}

fn script(row: &Row<'_>) -> rusqlite::Result<StoredScript> {
    let tags: String = row.get(5)?;
    let recording: Option<String> = row.get(6)?;
    Ok(StoredScript {
        id: row.get(0)?,
        project: row.get(1)?,
        name: row.get(2)?,
        text: row.get(3)?,
        language: row.get(4)?,
        tags: from_json(5, &tags)?,
        recording: recording.map(|text| from_json(6, &text)).transpose()?,
    })
}

const SCRIPT: &str =
    "SELECT id, project_id, name, text, language, tags, recording FROM scripts WHERE deleted_at IS NULL";

/// What a new script is made of.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct NewScript {
    /// Its name, for file names.
    pub name: String,
    /// As given, markup and all.
    pub text: String,
    /// ISO 639-1; `None` lets the program find out.
    pub language: Option<String>,
    /// For choosing footage.
    #[ts(as = "Option<_>", optional)]
    pub tags: Vec<String>,
    /// The user's own narration, already inside the profile.
    pub recording: Option<FileRef>,
}

/// Adds a script at the end of a project.
///
/// # Errors
/// [`ProjectError::NotFound`], [`ProjectError::BadName`].
pub fn add_script(tx: &Writer<'_>, project: ProjectId, new: &NewScript) -> Result<StoredScript, ProjectError> {
    get(&tx.as_reader(), project)?;
    let id = ScriptId::new();
    let recording = new.recording.as_ref().map(to_json).transpose()?;
    tx.execute(
        "INSERT INTO scripts (id, project_id, name, text, language, tags, recording, position, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7,
                 (SELECT coalesce(max(position), 0) + 1 FROM scripts WHERE project_id = ?2), ?8)",
        (id, project, checked(&new.name)?, &new.text, &new.language, to_json(&new.tags)?, recording, now_ms()),
    )?;
    script_of(&tx.as_reader(), id)
}

/// Changes a script's text and language; pins and caption edits stay with the sentences that stay.
///
/// # Errors
/// [`ProjectError::NoScript`].
pub fn set_text(
    tx: &Writer<'_>,
    id: ScriptId,
    text: &str,
    language: Option<&str>,
) -> Result<StoredScript, ProjectError> {
    tx.execute(
        "UPDATE scripts SET text = ?2, language = ?3 WHERE id = ?1 AND deleted_at IS NULL",
        (id, text, language),
    )?;
    script_of(&tx.as_reader(), id)
}

/// The scripts of a project, in order.
///
/// # Errors
/// [`ProjectError::Db`].
pub fn scripts(tx: &Reader<'_>, project: ProjectId) -> Result<Vec<StoredScript>, ProjectError> {
    let mut query = tx.prepare_cached(&format!("{SCRIPT} AND project_id = ?1 ORDER BY position"))?;
    let scripts = query.query_map([project], script)?.collect::<Result<_, _>>()?;
    Ok(scripts)
}

/// One script.
///
/// # Errors
/// [`ProjectError::NoScript`].
pub fn script_of(tx: &Reader<'_>, id: ScriptId) -> Result<StoredScript, ProjectError> {
    tx.prepare_cached(&format!("{SCRIPT} AND id = ?1"))?
        .query_row([id], script)
        .optional()?
        .ok_or(ProjectError::NoScript(id))
}
