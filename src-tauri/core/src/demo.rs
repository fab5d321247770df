//! The demo project: bundled footage and a script, taken in like a user's own, once.

use tokio_util::sync::CancellationToken;

use crate::error::{Code, Explain, Failure};
use crate::home::Home;
use crate::ids::{ProjectId, SourceId};
use crate::library::import::{ImportOptions, import};
use crate::profile::Profile;
use crate::profile::db::DbError;
use crate::profile::events::Event;
use crate::profile::settings::{self, Key};
use crate::project::store::{self, NewScript, ProjectError};
use crate::project::{Look, Project};
use crate::script::batch;

const KEY: Key<ProjectId> = Key::new("demo_project");

/// Why there is no demo project.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The program came without it.
    #[error("This installation came without the demo footage. Add footage of your own instead.")]
    NotBundled,
}

impl Explain for DemoError {
    fn code(&self) -> Code {
        Code::NotFound
    }
}

/// The demo project of a profile: made the first time, put back when it was removed, else as it is.
///
/// # Errors
/// [`DemoError::NotBundled`], or what importing the footage gave when none of it could be taken in.
pub async fn open(home: &Home, profile: &Profile, cancel: &CancellationToken) -> Result<Project, Failure> {
    if let Some(project) = known(profile)? {
        profile.announce(Event::Project { project: project.id });
        return Ok(project);
    }
    let folder = home.host().demo.clone().filter(|f| f.join("footage").is_dir()).ok_or(DemoError::NotBundled)?;
    let report = import(profile, &[folder.join("footage")], &ImportOptions::default(), cancel).await?;
    let sources: Vec<SourceId> =
        report.added.iter().map(|a| a.source.id).chain(report.already.iter().map(|s| s.id)).collect();
    if let (true, Some(refused)) = (sources.is_empty(), report.refused.into_iter().next()) {
        return Err(refused.failure);
    }
    let language = home.settings()?.language;
    let own = language.map(|l| folder.join(format!("script.{l}.md"))).filter(|f| f.is_file());
    let script = batch::from_file(&own.unwrap_or_else(|| folder.join("script.md")))?;
    let title = script.text.lines().find_map(|l| l.strip_prefix("# ")).unwrap_or(&script.name).trim().to_owned();
    let project = profile.write::<_, ProjectError>(|tx| {
        let project = store::create(tx, &title, &Look::default(), &sources)?;
        store::add_script(
            tx,
            project.id,
            &NewScript { name: title.clone(), text: script.text, ..NewScript::default() },
        )?;
        settings::set(tx, &KEY, &project.id)?;
        Ok(project)
    })?;
    profile.announce(Event::Project { project: project.id });
    Ok(project)
}

/// The one that was made before; put back when it was removed since.
fn known(profile: &Profile) -> Result<Option<Project>, ProjectError> {
    let id = profile.read::<_, DbError>(|tx| settings::get(tx, &KEY))?;
    let Some(id) = id else { return Ok(None) };
    let found = match profile.read(|tx| store::get(tx, id)) {
        Err(ProjectError::NotFound(_)) => profile.write(|tx| store::restore(tx, id)),
        found => found,
    };
    match found {
        Err(ProjectError::NotRemoved(_)) => Ok(None),
        found => found.map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::testmedia;
    use crate::testkit::{Bench, bench};

    fn with_demo(bench: &Bench) -> Home {
        let demo = bench.desk.join("demo");
        std::fs::create_dir_all(demo.join("footage/meadow")).unwrap();
        testmedia::plain(&demo.join("footage/meadow"), "rabbit.mp4");
        std::fs::write(demo.join("script.md"), "# Small world\n\nA rabbit wakes up.\n").unwrap();
        Home::open(crate::host::Host { demo: Some(demo), ..bench.home.host().clone() }).unwrap()
    }

    #[tokio::test]
    async fn the_demo_project_is_made_once_and_comes_back_when_it_was_removed() {
        let bench = bench();
        let home = with_demo(&bench);
        let cancel = CancellationToken::new();
        let first = open(&home, &bench.profile, &cancel).await.unwrap();
        assert_eq!(first.name, "Small world");
        let named = bench.profile.read(|tx| store::scripts(tx, first.id)).unwrap();
        assert_eq!(named[0].name, "Small world", "its videos are called after it");
        let state = |project: ProjectId| {
            bench
                .profile
                .read::<_, ProjectError>(|tx| {
                    Ok((store::list(tx)?.len(), store::scripts(tx, project)?.len(), store::sources(tx, project)?.len()))
                })
                .unwrap()
        };
        assert_eq!(state(first.id), (1, 1, 1));
        assert_eq!(open(&home, &bench.profile, &cancel).await.unwrap(), first);
        bench.profile.write(|tx| store::remove(tx, first.id)).unwrap();
        assert_eq!(open(&home, &bench.profile, &cancel).await.unwrap(), first);
        assert_eq!(state(first.id), (1, 1, 1));
    }

    #[tokio::test]
    async fn without_the_bundle_it_says_so() {
        let bench = bench();
        let failure = open(&bench.home, &bench.profile, &CancellationToken::new()).await.unwrap_err();
        assert_eq!(failure.code, Code::NotFound);
    }
}
