//! Calls about projects.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;
use ts_rs::TS;

use super::macros::arguments;
use crate::error::{Code, Failure};
use crate::ids::{ProjectId, ScriptId, SourceId};
use crate::profile::Profile;
use crate::profile::db::Reader;
use crate::profile::events::Event;
use crate::project::store::{self, ProjectError};
use crate::project::{Look, Project, StoredScript, pins};
use crate::render::platform;
use crate::variants::plan::Pin;

arguments! {
    profile projects {
        /// All projects, the newest first.
        project_list: ProjectList {} -> Vec<Project>;

        /// A project with its scripts and sources.
        project_show: ProjectShow {
            /// Which.
            id: ProjectId,
        } -> ProjectDetail;

        /// Makes a project.
        project_create: ProjectCreate {
            /// Its name.
            name: String,
            /// How its videos look and sound.
            #[serde(default)]
            #[ts(as = "Option<_>", optional)]
            look: Look,
            /// The sources it may use; none means all of the profile.
            #[serde(default)]
            #[ts(as = "Option<_>", optional)]
            sources: Vec<SourceId>,
        } -> Project;

        /// Changes a project's name and look.
        project_update: ProjectUpdate {
            /// Which.
            id: ProjectId,
            /// Its name.
            name: String,
            /// How its videos look and sound.
            look: Look,
        } -> Project;

        /// Sets which sources a project may use.
        project_sources: ProjectSources {
            /// Which.
            id: ProjectId,
            /// None means all of the profile.
            sources: Vec<SourceId>,
        } -> ProjectDetail;

        /// Takes a project off the list; its clips stay.
        project_remove: ProjectRemove {
            /// Which.
            id: ProjectId,
        } -> Project;

        /// Puts a removed project back on the list.
        project_restore: ProjectRestore {
            /// Which.
            id: ProjectId,
        } -> Project;
    }
}

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
    let changed = profile.write(|tx| store::create(tx, &args.name, &args.look, &args.sources))?;
    profile.announce(Event::Project { project: changed.id });
    Ok(changed)
}

pub(super) async fn project_update(
    profile: &Profile,
    args: ProjectUpdate,
    _: &CancellationToken,
) -> Result<Project, Failure> {
    known(&args.look)?;
    let changed = profile.write(|tx| store::update(tx, args.id, &args.name, &args.look))?;
    profile.announce(Event::Project { project: changed.id });
    Ok(changed)
}

pub(super) async fn project_sources(
    profile: &Profile,
    args: ProjectSources,
    _: &CancellationToken,
) -> Result<ProjectDetail, Failure> {
    let changed = profile.write::<_, ProjectError>(|tx| {
        store::get(&tx.as_reader(), args.id)?;
        store::set_sources(tx, args.id, &args.sources)?;
        detail(&tx.as_reader(), args.id)
    })?;
    profile.announce(Event::Project { project: args.id });
    Ok(changed)
}

pub(super) async fn project_remove(
    profile: &Profile,
    args: ProjectRemove,
    _: &CancellationToken,
) -> Result<Project, Failure> {
    let changed = profile.write::<_, ProjectError>(|tx| {
        let project = store::get(&tx.as_reader(), args.id)?;
        store::remove(tx, args.id)?;
        Ok(project)
    })?;
    profile.announce(Event::Project { project: args.id });
    Ok(changed)
}

pub(super) async fn project_restore(
    profile: &Profile,
    args: ProjectRestore,
    _: &CancellationToken,
) -> Result<Project, Failure> {
    let project = profile.write(|tx| store::restore(tx, args.id))?;
    profile.announce(Event::Project { project: project.id });
    Ok(project)
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
