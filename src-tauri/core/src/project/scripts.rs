//! Changes to single scripts: their name, tags, recording; removing them and putting them back.

use super::StoredScript;
use super::store::{ProjectError, checked, script_of, to_json};
use crate::ids::ScriptId;
use crate::profile::Profile;
use crate::profile::db::Writer;
use crate::render::files;
use crate::time::now_ms;
use crate::variants::timeline::FileRef;

/// Gives a script another name.
///
/// # Errors
/// [`ProjectError::NoScript`], [`ProjectError::BadName`].
pub fn rename(tx: &Writer<'_>, id: ScriptId, name: &str) -> Result<StoredScript, ProjectError> {
    tx.execute("UPDATE scripts SET name = ?2 WHERE id = ?1 AND deleted_at IS NULL", (id, checked(name)?))?;
    script_of(&tx.as_reader(), id)
}

/// Sets a script's tags, for choosing footage.
///
/// # Errors
/// [`ProjectError::NoScript`].
pub fn set_tags(tx: &Writer<'_>, id: ScriptId, tags: &[String]) -> Result<StoredScript, ProjectError> {
    let tags: Vec<&str> = tags.iter().map(|t| t.trim()).filter(|t| !t.is_empty()).collect();
    tx.execute("UPDATE scripts SET tags = ?2 WHERE id = ?1 AND deleted_at IS NULL", (id, to_json(&tags)?))?;
    script_of(&tx.as_reader(), id)
}

/// Sets the narration of a script to a sound file of the profile; `None` has it spoken again.
///
/// # Errors
/// [`ProjectError::NoScript`]; [`ProjectError::BadRecording`] when the file is not there or not the one named.
pub fn set_recording(
    profile: &Profile,
    id: ScriptId,
    recording: Option<&FileRef>,
) -> Result<StoredScript, ProjectError> {
    if let Some(file) = recording {
        let real = profile.folder().existing(&file.path);
        let same = real.is_ok_and(|path| files::hash(&path).is_ok_and(|hash| hash == file.hash));
        if !same {
            return Err(ProjectError::BadRecording(file.path.clone()));
        }
    }
    let text = recording.map(to_json).transpose()?;
    profile.write(|tx| {
        tx.execute("UPDATE scripts SET recording = ?2 WHERE id = ?1 AND deleted_at IS NULL", (id, text))?;
        script_of(&tx.as_reader(), id)
    })
}

/// Takes a script out of its project; clips made of it stay.
///
/// # Errors
/// [`ProjectError::NoScript`].
pub fn remove(tx: &Writer<'_>, id: ScriptId) -> Result<StoredScript, ProjectError> {
    let script = script_of(&tx.as_reader(), id)?;
    tx.execute("UPDATE scripts SET deleted_at = ?2 WHERE id = ?1", (id, now_ms()))?;
    Ok(script)
}

/// Puts a removed script back in its place, with its pins, caption edits and plans.
///
/// # Errors
/// [`ProjectError::NotRemoved`].
pub fn restore(tx: &Writer<'_>, id: ScriptId) -> Result<StoredScript, ProjectError> {
    let changed = tx.execute("UPDATE scripts SET deleted_at = NULL WHERE id = ?1 AND deleted_at IS NOT NULL", [id])?;
    if changed == 0 { Err(ProjectError::NotRemoved(id.to_string())) } else { script_of(&tx.as_reader(), id) }
}

#[cfg(test)]
#[path = "scripts_tests.rs"]
mod tests;
