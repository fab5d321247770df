//! Handlers of the calls about projects and their scripts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;
use ts_rs::TS;

use super::{
    BatchShow, CaptionEditsSet, CaptionEditsShow, Generate, PinRemove, PinSet, ProjectCreate, ProjectList,
    ProjectRemove, ProjectShow, ProjectSources, ProjectUpdate, ScriptAdd, ScriptSet, SoundAdd,
};
use crate::captions::edits::CaptionEdits;
use crate::error::{Code, Failure};
use crate::generate::{self, PlannedVariant};
use crate::ids::{BatchId, JobId, ProjectId, ScriptId, SourceId};
use crate::jobs;
use crate::profile::Profile;
use crate::profile::db::Reader;
use crate::project::store::{self, ProjectError};
use crate::project::{Look, Project, StoredScript, pins, sound};
use crate::render::platform;
use crate::script;
use crate::variants::plan::Pin;
use crate::variants::timeline::FileRef;

/// A project with what belongs to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ProjectDetail {
    /// The project.
    pub project: Project,
    /// Its scripts, in order.
    pub scripts: Vec<StoredScript>,
    /// Shots set by hand, by script.
    pub pins: BTreeMap<ScriptId, Vec<Pin>>,
    /// The sources it may use; empty means all of the profile.
    pub sources: Vec<SourceId>,
}

/// Videos that were asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Queued {
    /// The job that speaks and plans, and then queues a render for each video.
    pub job: JobId,
    /// What all of these jobs share.
    pub batch: BatchId,
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

fn detail(tx: &Reader<'_>, id: ProjectId) -> Result<ProjectDetail, ProjectError> {
    let project = store::get(tx, id)?;
    let scripts = store::scripts(tx, id)?;
    let mut pins = BTreeMap::new();
    for script in &scripts {
        pins.insert(script.id, pins::of_script(tx, script.id)?);
    }
    Ok(ProjectDetail { project, scripts, pins, sources: store::sources(tx, id)? })
}

pub(super) async fn project_list(
    profile: &Profile,
    _: ProjectList,
    _: &CancellationToken,
) -> Result<Vec<Project>, Failure> {
    Ok(profile.read(store::list)?)
}

pub(super) async fn project_show(
    profile: &Profile,
    args: ProjectShow,
    _: &CancellationToken,
) -> Result<ProjectDetail, Failure> {
    Ok(profile.read(|tx| detail(tx, args.id))?)
}

pub(super) async fn project_create(
    profile: &Profile,
    args: ProjectCreate,
    _: &CancellationToken,
) -> Result<Project, Failure> {
    known(&args.look)?;
    Ok(profile.write(|tx| store::create(tx, &args.name, &args.look, &args.sources))?)
}

pub(super) async fn project_update(
    profile: &Profile,
    args: ProjectUpdate,
    _: &CancellationToken,
) -> Result<Project, Failure> {
    known(&args.look)?;
    Ok(profile.write(|tx| store::update(tx, args.id, &args.name, &args.look))?)
}

pub(super) async fn project_sources(
    profile: &Profile,
    args: ProjectSources,
    _: &CancellationToken,
) -> Result<ProjectDetail, Failure> {
    Ok(profile.write::<_, ProjectError>(|tx| {
        store::get(&tx.as_reader(), args.id)?;
        store::set_sources(tx, args.id, &args.sources)?;
        detail(&tx.as_reader(), args.id)
    })?)
}

pub(super) async fn project_remove(
    profile: &Profile,
    args: ProjectRemove,
    _: &CancellationToken,
) -> Result<Project, Failure> {
    Ok(profile.write::<_, ProjectError>(|tx| {
        let project = store::get(&tx.as_reader(), args.id)?;
        store::remove(tx, args.id)?;
        Ok(project)
    })?)
}

pub(super) async fn script_add(
    profile: &Profile,
    args: ScriptAdd,
    _: &CancellationToken,
) -> Result<StoredScript, Failure> {
    script::read(&args.script.text, args.script.language.as_deref())?;
    Ok(profile.write(|tx| store::add_script(tx, args.project, &args.script))?)
}

pub(super) async fn script_set(
    profile: &Profile,
    args: ScriptSet,
    _: &CancellationToken,
) -> Result<StoredScript, Failure> {
    // A text that cannot be spoken is kept all the same: people write in steps, and nothing they wrote may be lost.
    Ok(profile.write(|tx| store::set_text(tx, args.id, &args.text, args.language.as_deref()))?)
}

pub(super) async fn pin_set(profile: &Profile, args: PinSet, _: &CancellationToken) -> Result<Vec<Pin>, Failure> {
    Ok(profile.write::<_, ProjectError>(|tx| {
        pins::set(tx, args.script, &args.pin)?;
        pins::of_script(&tx.as_reader(), args.script)
    })?)
}

pub(super) async fn pin_remove(profile: &Profile, args: PinRemove, _: &CancellationToken) -> Result<Vec<Pin>, Failure> {
    Ok(profile.write::<_, ProjectError>(|tx| {
        store::script_of(&tx.as_reader(), args.script)?;
        pins::remove(tx, args.script, &args.pin)?;
        pins::of_script(&tx.as_reader(), args.script)
    })?)
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
    profile.write(|tx| pins::set_caption_edits(tx, args.script, &args.edits))?;
    Ok(args.edits)
}

pub(super) async fn generate(profile: &Profile, args: Generate, _: &CancellationToken) -> Result<Queued, Failure> {
    let (job, batch) = profile.write(|tx| generate::queue(tx, args.project, &args.order, &args.after))?;
    jobs::store::announce(profile, job);
    Ok(Queued { job, batch })
}

pub(super) async fn batch_show(
    profile: &Profile,
    args: BatchShow,
    _: &CancellationToken,
) -> Result<Vec<PlannedVariant>, Failure> {
    Ok(profile.read(|tx| generate::variants_of_batch(tx, args.batch))?)
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

/// Names in a look are checked when it is stored: a batch that fails an hour later would be a poor way to say so.
fn known(look: &Look) -> Result<(), Failure> {
    let platforms: Vec<String> = platform::all().into_iter().map(|p| p.name).collect();
    if !platforms.contains(&look.platform) {
        let says = format!("There is no platform \"{}\". There are: {}.", look.platform, platforms.join(", "));
        return Err(Failure::new(Code::InvalidInput, says));
    }
    let styles: Vec<String> = crate::captions::style::all().into_iter().map(|s| s.id).collect();
    match &look.caption_style {
        Some(style) if !styles.contains(style) => {
            let says = format!("There is no caption style \"{style}\". There are: {}.", styles.join(", "));
            Err(Failure::new(Code::InvalidInput, says))
        }
        _ => Ok(()),
    }
}
