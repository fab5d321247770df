//! `make` (the whole job in one line) and `generate` (videos of a project).

use std::path::{Path, PathBuf};

use edit_factory_core::api::{ClipExport, ProjectShow, SourceAdd};
use edit_factory_core::error::{Code, Failure};
use edit_factory_core::generate::Order;
use edit_factory_core::ids::{JobId, SourceId};
use edit_factory_core::library::import::ImportOptions;
use edit_factory_core::project::StoredScript;
use edit_factory_core::project::store::NewScript;
use edit_factory_core::script;
use edit_factory_core::script::naming::{self, NameParts};
use edit_factory_core::time::{iso, now_ms};
use serde_json::{Value, json};

use super::produce::{self, Produced, Unspoken, Video};
use super::{again, find, look, source};
use crate::args::make::{Generate, Make};
use crate::output::{Outcome, aside};
use crate::session::Session;
use crate::table::{count, plain};

pub async fn make(session: &mut Session, given: Make) -> Result<Outcome, Failure> {
    naming::check(&given.name)?;
    let profile = session.choose_profile()?;
    let session = &*session;
    let caller = &session.caller;
    let (scripts, unspoken) = scripts(session, &given).await?;
    let look = look::look(session, given.look.clone()).await?;

    let options = ImportOptions { in_place: given.in_place, tags: given.tags.clone() };
    let report = caller.ask(SourceAdd { paths: given.footage.clone(), options }).await?;
    let sources: Vec<SourceId> =
        report.added.iter().map(|a| a.source.id).chain(report.already.iter().map(|s| s.id)).collect();
    if sources.is_empty() {
        return Err(source::nothing_usable(&report.refused));
    }
    let left_out: Vec<String> =
        report.refused.iter().map(|r| format!("Left out: {}: {}", plain(&r.name), r.failure.message)).collect();
    if session.chatty() {
        left_out.iter().for_each(|line| aside(line));
    }

    let name = scripts.first().map_or_else(|| "Videos".to_owned(), |s| s.name.clone());
    let project = again::project(session, name, look, sources).await?;
    let scripts = again::scripts(session, project.id, scripts).await?;
    let how_many = &given.how_many;
    let wanted = scripts.iter().map(|script| script.id).collect();
    let order = Order {
        variants: how_many.variants,
        platform: None,
        seed: how_many.seed,
        scripts: wanted,
        render: true,
        avoid: Vec::new(),
        avoid_published_days: how_many.avoid_published,
    };
    let queued = produce::queue(session, project.id, order).await?;
    let analyses: Vec<JobId> = report.added.iter().map(|a| a.job).collect();
    let mut produced = produce::produce(session, queued, how_many.at_once.into(), &analyses).await?;
    produced.unspoken.splice(0..0, unspoken);

    let profile_name = caller.home.info(profile.id())?.name;
    let names =
        Names { template: &given.name, scripts: &scripts, platform: &project.look.platform, profile: &profile_name };
    let mut lines = Vec::new();
    let mut videos = Vec::new();
    let mut failure = produced.failure();
    for video in &produced.videos {
        let mut summary = video.summary();
        match export(session, video, &given.out, &names).await {
            Ok(files) => {
                if let Some(file) = files.first() {
                    lines.push(format!("{}   {}", plain(&file.display().to_string()), video.line()));
                }
                summary["files"] = files.iter().map(|f| f.to_string_lossy()).collect();
            }
            Err(error) => {
                lines.push(format!("Could not be copied: {}: {}", plain(&video.clip.name), error.message));
                failure.get_or_insert(error);
            }
        }
        videos.push(summary);
    }
    if failure.is_none() && session.chatty() {
        produced.asides().iter().for_each(|line| aside(line));
    }
    let document = document(
        &produced,
        &json!({
            "profile": { "id": profile.id(), "name": profile_name },
            "project": project.id,
            "batch": queued.batch,
            "videos": videos,
            "left_out": report.refused,
        }),
    );
    Ok(Outcome::new(&document, lines.join("\n"))?.but(failure))
}

fn document(produced: &Produced, more: &Value) -> Value {
    let mut document = more.clone();
    let failed: Vec<Value> = produced
        .failed
        .iter()
        .map(|j| json!({ "job": j.id, "kind": j.kind, "state": j.state, "failure": j.failure }))
        .collect();
    document["failed"] = json!(failed);
    document["unspoken"] = json!(produced.unspoken);
    document["notes"] = json!(produced.notes);
    document["run_by"] = json!(produced.run_by);
    document
}

/// The scripts that can be spoken, and those that cannot, with the reason: said before any work is done. When none can be
/// spoken, that is the answer.
async fn scripts(session: &Session, given: &Make) -> Result<(Vec<NewScript>, Vec<Unspoken>), Failure> {
    let paths: Vec<PathBuf> = given.script.iter().chain(&given.script_dir).chain(&given.csv).cloned().collect();
    let scripts = look::scripts(session, &paths, given.language.as_deref(), given.recording.as_deref()).await?;
    if given.recording.is_some() && scripts.len() != 1 {
        let says = format!("A recording is of one script, but there are {} here.", scripts.len());
        return Err(Failure::new(Code::InvalidInput, says));
    }
    let (mut good, mut unspoken) = (Vec::new(), Vec::new());
    for new in scripts {
        match script::read(&new.text, new.language.as_deref()) {
            Ok(_) => good.push(new),
            Err(error) => {
                let failure = Failure::from(error);
                let mut details = failure.details.clone();
                details["script"] = json!(new.name);
                let says = format!("\"{}\": {}", plain(&new.name), failure.message);
                let failure = Failure::new(failure.code, says).with(details);
                unspoken.push(Unspoken { name: new.name, failure });
            }
        }
    }
    match unspoken.first() {
        Some(first) if good.is_empty() => Err(first.failure.clone()),
        _ => Ok((good, unspoken)),
    }
}

struct Names<'a> {
    template: &'a str,
    scripts: &'a [StoredScript],
    platform: &'a str,
    profile: &'a str,
}

async fn export(session: &Session, video: &Video, out: &Path, names: &Names<'_>) -> Result<Vec<PathBuf>, Failure> {
    let script = video.receipt["script"]["id"].as_str().and_then(|id| id.parse().ok());
    let script = names.scripts.iter().find(|s| Some(s.id) == script);
    let number = video.receipt["number"].as_u64().and_then(|n| u32::try_from(n).ok()).unwrap_or_default();
    let today = iso(now_ms());
    let name = naming::output_name(
        names.template,
        &NameParts {
            script: script.map_or(video.clip.name.as_str(), |s| s.name.as_str()),
            variant: number + 1,
            platform: names.platform,
            date: today.split('T').next().unwrap_or(&today),
            profile: names.profile,
        },
    )?;
    session.caller.ask(ClipExport { id: video.clip.id, to: out.to_owned(), name: Some(name) }).await
}

pub async fn generate(session: &mut Session, given: Generate) -> Result<Outcome, Failure> {
    session.choose_profile()?;
    let session = &*session;
    let project = super::project::id(session, &given.which).await?;
    let all = session.caller.ask(ProjectShow { id: project }).await?.scripts;
    let mut scripts = Vec::new();
    for named in &given.scripts {
        scripts.push(find::one("script", named, || Ok(all.iter().map(|s| (s.id, s.name.clone())).collect()))?);
    }
    let how_many = &given.how_many;
    let order = Order {
        variants: how_many.variants,
        platform: given.platform,
        seed: how_many.seed,
        scripts,
        render: true,
        avoid: Vec::new(),
        avoid_published_days: how_many.avoid_published,
    };
    let queued = produce::queue(session, project, order).await?;
    if given.queue {
        return Outcome::new(&queued, "It is in the queue. `edit-factory job run` works through it.");
    }
    let produced = produce::produce(session, queued, how_many.at_once.into(), &[]).await?;
    let mut lines: Vec<String> =
        produced.videos.iter().map(|v| format!("{}   {}", plain(&v.clip.name), v.line())).collect();
    if !produced.videos.is_empty() {
        lines.push(format!(
            "{} in the library. `edit-factory clip export` copies them out.",
            count(produced.videos.len(), "video")
        ));
    }
    let failure = produced.failure();
    if session.chatty() {
        produced.asides().iter().for_each(|line| aside(line));
    }
    let videos: Vec<Value> = produced.videos.iter().map(Video::summary).collect();
    let document = document(&produced, &json!({ "project": project, "batch": queued.batch, "videos": videos }));
    Ok(Outcome::new(&document, lines.join("\n"))?.but(failure))
}
