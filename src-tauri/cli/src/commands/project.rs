//! `project`: scripts and how their videos look.

use edit_factory_core::api::projects::ProjectDetail;
use edit_factory_core::api::{ProjectCreate, ProjectList, ProjectRemove, ProjectShow, ScriptAdd, ScriptSet};
use edit_factory_core::error::{Code, Failure};
use edit_factory_core::ids::{ProjectId, ScriptId};
use edit_factory_core::script::batch;
use edit_factory_core::time::iso;
use serde_json::json;

use super::{hand, look, source};
use crate::args::project::{Project, Script};
use crate::output::Outcome;
use crate::session::Session;
use crate::table::{count, plain, short, table};

pub async fn run(session: &mut Session, what: Project) -> Result<Outcome, Failure> {
    session.choose_profile()?;
    let session = &*session;
    let caller = &session.caller;
    match what {
        Project::Create { name, scripts, sources, language, look } => {
            // Everything that can be wrong with the files is found before the project is there.
            let scripts = look::scripts(session, &scripts, language.as_deref(), None).await?;
            for script in &scripts {
                edit_factory_core::script::read(&script.text, script.language.as_deref())?;
            }
            let mut used = Vec::new();
            for named in &sources {
                used.push(source::id(session, named).await?);
            }
            let look = look::look(session, look).await?;
            let made = caller.ask(ProjectCreate { name, look, sources: used }).await?;
            for script in scripts {
                caller.ask(ScriptAdd { project: made.id, script }).await?;
            }
            let detail = caller.ask(ProjectShow { id: made.id }).await?;
            let scripts = count(detail.scripts.len(), "script");
            let text = format!("Made project \"{}\" with {scripts}, for {}.", plain(&made.name), made.look.platform);
            Outcome::new(&detail, text)
        }
        Project::List => {
            let projects = caller.ask(ProjectList {}).await?;
            let rows =
                projects.iter().map(|p| [p.name.clone(), p.look.platform.clone(), short(p.id), iso(p.created_at)]);
            let text = if projects.is_empty() {
                "There are no projects yet. Make one with `edit-factory project create NAME --script FILE`.".to_owned()
            } else {
                table(["NAME", "PLATFORM", "ID", "MADE"], rows)
            };
            Outcome::new(&projects, text)
        }
        Project::Show(which) => {
            let detail = caller.ask(ProjectShow { id: id(session, &which.which).await? }).await?;
            Outcome::new(&detail, described(&detail))
        }
        Project::Remove(which) => {
            let removed = caller.ask(ProjectRemove { id: id(session, &which.which).await? }).await?;
            let text = format!("Project \"{}\" is off the list. Its clips are still there.", plain(&removed.name));
            Outcome::new(&removed, text)
        }
        Project::Script(Script::Add { which, scripts, language, recording }) => {
            let project = id(session, &which.which).await?;
            let scripts = look::scripts(session, &scripts, language.as_deref(), recording.as_deref()).await?;
            if recording.is_some() && scripts.len() != 1 {
                let says = format!("A recording is of one script, but there are {} here.", scripts.len());
                return Err(Failure::new(Code::InvalidInput, says));
            }
            for script in &scripts {
                edit_factory_core::script::read(&script.text, script.language.as_deref())?;
            }
            let mut added = Vec::new();
            for script in scripts {
                added.push(caller.ask(ScriptAdd { project, script }).await?);
            }
            let text = format!("Added {}.", count(added.len(), "script"));
            Outcome::new(&json!({ "scripts": added }), text)
        }
        Project::Script(Script::Set { which, script, file, language }) => {
            let project = id(session, &which.which).await?;
            let id = self::script(session, project, &script).await?;
            let text = batch::from_file(&file)?.text;
            let changed = caller.ask(ScriptSet { id, text, language }).await?;
            Outcome::new(&changed, format!("Changed script \"{}\".", plain(&changed.name)))
        }
        Project::Pin(given) => hand::pin(session, *given).await,
        Project::Caption(given) => hand::caption(session, *given).await,
    }
}

/// The project that is meant.
pub async fn id(session: &Session, named: &str) -> Result<ProjectId, Failure> {
    if let Ok(id) = named.parse() {
        return Ok(id);
    }
    let projects = session.caller.ask(ProjectList {}).await?;
    super::find::one("project", named, || Ok(projects.into_iter().map(|p| (p.id, p.name)).collect()))
}

/// The script of a project that is meant.
pub async fn script(session: &Session, project: ProjectId, named: &str) -> Result<ScriptId, Failure> {
    let scripts = session.caller.ask(ProjectShow { id: project }).await?.scripts;
    super::find::one("script", named, || Ok(scripts.into_iter().map(|s| (s.id, s.name)).collect()))
}

fn described(detail: &ProjectDetail) -> String {
    let ProjectDetail { project, scripts, sources, .. } = detail;
    let look = &project.look;
    let mut lines = vec![
        format!("{}  {}", plain(&project.name), project.id),
        format!("platform  {}", look.platform),
        format!("voice     {}", look.voice.as_ref().map_or("chosen for the language".into(), ToString::to_string)),
        format!(
            "captions  {}",
            match (&look.caption_style, look.captions) {
                (_, false) => "not burned in",
                (Some(style), true) => style,
                (None, true) => "in the brand's style",
            }
        ),
        format!("music     {}", look.music.as_ref().map_or("none", |m| m.file.path.file_name())),
        format!(
            "footage   {}",
            match sources.len() {
                0 => "all of the profile".to_owned(),
                n => count(n, "source"),
            }
        ),
        String::new(),
    ];
    let rows = scripts.iter().map(|script| {
        let first: String = plain(script.text.trim()).chars().take(50).collect();
        let spoken_by = if script.recording.is_some() { "your recording" } else { "a voice" };
        [script.name.clone(), short(script.id), spoken_by.to_owned(), first]
    });
    lines.push(if scripts.is_empty() {
        "It has no script yet. Add one with `edit-factory project script add`.".to_owned()
    } else {
        table(["SCRIPT", "ID", "SPOKEN BY", "TEXT"], rows)
    });
    lines.join("\n")
}
