//! The project of a `make` line. The same line given again finds the project it made before, so that the library holds one
//! project a line and not one a try; and what did not change is in the cache.

use edit_factory_core::api::{
    ProjectCreate, ProjectList, ProjectShow, ProjectSources, ProjectUpdate, ScriptAdd, ScriptSet,
};
use edit_factory_core::error::Failure;
use edit_factory_core::ids::{ProjectId, SourceId};
use edit_factory_core::project::store::NewScript;
use edit_factory_core::project::{Look, Project, StoredScript};

use crate::session::Session;

/// The newest project of this name with this look and footage, else a new one.
pub async fn project(session: &Session, name: String, look: Look, sources: Vec<SourceId>) -> Result<Project, Failure> {
    let caller = &session.caller;
    let known = caller.ask(ProjectList {}).await?.into_iter().filter(|p| p.name == name);
    let Some(found) = known.max_by_key(|p| (p.created_at, p.id)) else {
        return caller.ask(ProjectCreate { name, look, sources }).await;
    };
    caller.ask(ProjectSources { id: found.id, sources }).await?;
    caller.ask(ProjectUpdate { id: found.id, name, look }).await
}

/// Gives these scripts to the project: one of the same name gets the new text, the others are added. Scripts of the
/// project that are not among them stay as they are.
pub async fn scripts(
    session: &Session,
    project: ProjectId,
    scripts: Vec<NewScript>,
) -> Result<Vec<StoredScript>, Failure> {
    let caller = &session.caller;
    let mut known = caller.ask(ProjectShow { id: project }).await?.scripts;
    let mut given = Vec::with_capacity(scripts.len());
    for script in scripts {
        let same = known.iter().rposition(|old| is_same(old, &script)).map(|at| known.remove(at));
        given.push(match same {
            Some(old) => caller.ask(ScriptSet { id: old.id, text: script.text, language: script.language }).await?,
            None => caller.ask(ScriptAdd { project, script }).await?,
        });
    }
    Ok(given)
}

/// Only the text and its language may differ: those can be set.
fn is_same(old: &StoredScript, new: &NewScript) -> bool {
    old.name == new.name && old.tags == new.tags && old.recording == new.recording
}
