//! Shots set by hand, and captions edited by hand: kept beside the script, found again by the sentence's text.

use rusqlite::OptionalExtension;

use super::store::{ProjectError, script_of};
use crate::captions::edits::CaptionEdits;
use crate::ids::ScriptId;
use crate::profile::db::{Reader, Writer};
use crate::variants::plan::Pin;

/// Sets or replaces a pin.
///
/// # Errors
/// [`ProjectError::NoScript`]; [`ProjectError::Db`] when the shot is not in this profile.
pub fn set(tx: &Writer<'_>, script: ScriptId, pin: &Pin) -> Result<(), ProjectError> {
    script_of(&tx.as_reader(), script)?;
    tx.execute(
        "INSERT INTO pins (script_id, variant, sentence, occurrence, part, shot_id, in_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT DO UPDATE SET shot_id = excluded.shot_id, in_ms = excluded.in_ms",
        (script, pin.variant, &pin.sentence, pin.occurrence, pin.part, pin.shot, pin.in_ms),
    )?;
    Ok(())
}

/// Takes the pin of this place away, whatever its shot; fine if there is none.
///
/// # Errors
/// [`ProjectError::Db`].
pub fn remove(tx: &Writer<'_>, script: ScriptId, pin: &Pin) -> Result<(), ProjectError> {
    tx.execute(
        "DELETE FROM pins WHERE script_id = ?1 AND variant = ?2 AND sentence = ?3 AND occurrence = ?4 AND part = ?5",
        (script, pin.variant, &pin.sentence, pin.occurrence, pin.part),
    )?;
    Ok(())
}

/// The pins of a script.
///
/// # Errors
/// [`ProjectError::Db`].
pub fn of_script(tx: &Reader<'_>, script: ScriptId) -> Result<Vec<Pin>, ProjectError> {
    let mut query = tx.prepare_cached(
        "SELECT variant, sentence, occurrence, part, shot_id, in_ms FROM pins WHERE script_id = ?1
         ORDER BY variant, sentence, occurrence, part",
    )?;
    let pins = query
        .query_map([script], |r| {
            Ok(Pin {
                variant: r.get(0)?,
                sentence: r.get(1)?,
                occurrence: r.get(2)?,
                part: r.get(3)?,
                shot: r.get(4)?,
                in_ms: r.get(5)?,
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(pins)
}

/// Stores the caption edits of a script, all of them.
///
/// # Errors
/// [`ProjectError::NoScript`].
pub fn set_caption_edits(tx: &Writer<'_>, script: ScriptId, edits: &CaptionEdits) -> Result<(), ProjectError> {
    script_of(&tx.as_reader(), script)?;
    let text = serde_json::to_string(edits).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?;
    tx.execute(
        "INSERT INTO caption_edits (script_id, edits) VALUES (?1, ?2)
         ON CONFLICT DO UPDATE SET edits = excluded.edits",
        (script, text),
    )?;
    Ok(())
}

/// The caption edits of a script; none when there are none.
///
/// # Errors
/// [`ProjectError::Db`], also when what is stored cannot be read: edits are never dropped in silence.
pub fn caption_edits(tx: &Reader<'_>, script: ScriptId) -> Result<CaptionEdits, ProjectError> {
    let text: Option<String> = tx
        .prepare_cached("SELECT edits FROM caption_edits WHERE script_id = ?1")?
        .query_row([script], |r| r.get(0))
        .optional()?;
    let Some(text) = text else { return Ok(CaptionEdits::default()) };
    serde_json::from_str(&text)
        .map_err(|e| rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(e)).into())
}
