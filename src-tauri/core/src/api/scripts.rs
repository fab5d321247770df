//! Calls about the scripts of projects, and what is set by hand in them.

use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;
use ts_rs::TS;

use super::macros::arguments;
use crate::captions::edits::CaptionEdits;
use crate::error::Failure;
use crate::ids::{ProjectId, ScriptId};
use crate::profile::Profile;
use crate::profile::db::Writer;
use crate::profile::events::Event;
use crate::project::store::{self, NewScript, ProjectError};
use crate::project::{StoredScript, pins, scripts, sound};
use crate::script;
use crate::variants::plan::Pin;
use crate::variants::timeline::FileRef;

arguments! {
    profile scripts {
        /// Adds a script at the end of a project. A script that cannot be spoken is refused.
        script_add: ScriptAdd {
            /// To which.
            project: ProjectId,
            /// The script.
            script: NewScript,
        } -> StoredScript;

        /// Changes a script's text and language.
        script_set: ScriptSet {
            /// Which.
            id: ScriptId,
            /// As written, markup and all.
            text: String,
            /// ISO 639-1; `None` lets the program find out.
            #[serde(default)]
            language: Option<String>,
        } -> StoredScript;

        /// Shows this shot for a sentence, whatever the plan would choose.
        pin_set: PinSet {
            /// In which script.
            script: ScriptId,
            /// Where, and which shot.
            pin: Pin,
        } -> Vec<Pin>;

        /// Leaves the place to the plan again.
        pin_remove: PinRemove {
            /// In which script.
            script: ScriptId,
            /// Where; the shot does not matter.
            pin: Pin,
        } -> Vec<Pin>;

        /// The changes made to a script's captions by hand.
        caption_edits_show: CaptionEditsShow {
            /// Of which script.
            script: ScriptId,
        } -> CaptionEdits;

        /// Replaces the changes made to a script's captions by hand.
        caption_edits_set: CaptionEditsSet {
            /// Of which script.
            script: ScriptId,
            /// All of them.
            edits: CaptionEdits,
        } -> CaptionEdits;

        /// Copies a sound file into the profile, to be named by a look (music) or a script (narration).
        sound_add: SoundAdd {
            /// The file, anywhere.
            path: std::path::PathBuf,
            /// What for.
            what_for: SoundUse,
        } -> FileRef;

        /// Gives a script another name.
        script_rename: ScriptRename {
            /// Which.
            id: ScriptId,
            /// The new name.
            name: String,
        } -> StoredScript;

        /// Takes a script out of its project; clips made of it stay.
        script_remove: ScriptRemove {
            /// Which.
            id: ScriptId,
        } -> StoredScript;

        /// Puts a removed script back, with its pins, caption edits and plans.
        script_restore: ScriptRestore {
            /// Which.
            id: ScriptId,
        } -> StoredScript;

        /// Sets a script's tags, for choosing footage.
        script_tags: ScriptTags {
            /// Which.
            id: ScriptId,
            /// All of them.
            tags: Vec<String>,
        } -> StoredScript;

        /// Sets a script's narration to a sound of the profile; `None` has it spoken again.
        script_recording: ScriptRecording {
            /// Which.
            id: ScriptId,
            /// As `sound_add` gave it.
            recording: Option<FileRef>,
        } -> StoredScript;
    }
}

/// What a sound file is taken in for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SoundUse {
    /// Music under everything.
    Music,
    /// The user's own narration of a script.
    Narration,
}

/// Changes a script and tells who listens; gives it as it is then.
fn change(
    profile: &Profile,
    how: impl FnOnce(&Writer<'_>) -> Result<StoredScript, ProjectError>,
) -> Result<StoredScript, Failure> {
    let script = profile.write(how)?;
    profile.announce(Event::Project { project: script.project });
    Ok(script)
}

/// Changes what was set by hand in a script and tells who listens.
fn by_hand<T>(
    profile: &Profile,
    script: ScriptId,
    how: impl FnOnce(&Writer<'_>) -> Result<T, ProjectError>,
) -> Result<T, Failure> {
    let (project, value) = profile.write::<_, ProjectError>(|tx| {
        let project = store::script_of(&tx.as_reader(), script)?.project;
        Ok((project, how(tx)?))
    })?;
    profile.announce(Event::Project { project });
    Ok(value)
}

pub(super) async fn script_add(
    profile: &Profile,
    args: ScriptAdd,
    _: &CancellationToken,
) -> Result<StoredScript, Failure> {
    script::read(&args.script.text, args.script.language.as_deref())?;
    change(profile, |tx| store::add_script(tx, args.project, &args.script))
}

pub(super) async fn script_set(
    profile: &Profile,
    args: ScriptSet,
    _: &CancellationToken,
) -> Result<StoredScript, Failure> {
    // A text that cannot be spoken is kept all the same: people write in steps, and nothing they wrote may be lost.
    change(profile, |tx| store::set_text(tx, args.id, &args.text, args.language.as_deref()))
}

pub(super) async fn script_rename(
    profile: &Profile,
    args: ScriptRename,
    _: &CancellationToken,
) -> Result<StoredScript, Failure> {
    change(profile, |tx| scripts::rename(tx, args.id, &args.name))
}

pub(super) async fn script_remove(
    profile: &Profile,
    args: ScriptRemove,
    _: &CancellationToken,
) -> Result<StoredScript, Failure> {
    change(profile, |tx| scripts::remove(tx, args.id))
}

pub(super) async fn script_restore(
    profile: &Profile,
    args: ScriptRestore,
    _: &CancellationToken,
) -> Result<StoredScript, Failure> {
    change(profile, |tx| scripts::restore(tx, args.id))
}

pub(super) async fn script_tags(
    profile: &Profile,
    args: ScriptTags,
    _: &CancellationToken,
) -> Result<StoredScript, Failure> {
    change(profile, |tx| scripts::set_tags(tx, args.id, &args.tags))
}

pub(super) async fn script_recording(
    profile: &Profile,
    args: ScriptRecording,
    _: &CancellationToken,
) -> Result<StoredScript, Failure> {
    let script = scripts::set_recording(profile, args.id, args.recording.as_ref())?;
    profile.announce(Event::Project { project: script.project });
    Ok(script)
}

pub(super) async fn pin_set(profile: &Profile, args: PinSet, _: &CancellationToken) -> Result<Vec<Pin>, Failure> {
    by_hand(profile, args.script, |tx| {
        pins::set(tx, args.script, &args.pin)?;
        pins::of_script(&tx.as_reader(), args.script)
    })
}

pub(super) async fn pin_remove(profile: &Profile, args: PinRemove, _: &CancellationToken) -> Result<Vec<Pin>, Failure> {
    by_hand(profile, args.script, |tx| {
        pins::remove(tx, args.script, &args.pin)?;
        pins::of_script(&tx.as_reader(), args.script)
    })
}

pub(super) async fn caption_edits_show(
    profile: &Profile,
    args: CaptionEditsShow,
    _: &CancellationToken,
) -> Result<CaptionEdits, Failure> {
    Ok(profile.read::<_, ProjectError>(|tx| {
        store::script_of(tx, args.script)?;
        pins::caption_edits(tx, args.script)
    })?)
}

pub(super) async fn caption_edits_set(
    profile: &Profile,
    args: CaptionEditsSet,
    _: &CancellationToken,
) -> Result<CaptionEdits, Failure> {
    by_hand(profile, args.script, |tx| pins::set_caption_edits(tx, args.script, &args.edits))?;
    Ok(args.edits)
}

pub(super) async fn sound_add(
    profile: &Profile,
    args: SoundAdd,
    cancel: &CancellationToken,
) -> Result<FileRef, Failure> {
    let shelf = match args.what_for {
        SoundUse::Music => "music",
        SoundUse::Narration => "narration",
    };
    Ok(sound::take_in(profile, &args.path, shelf, cancel).await?)
}
