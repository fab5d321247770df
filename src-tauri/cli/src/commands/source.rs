//! `source`: footage.

use edit_factory_core::api::sources::SourceDetail;
use edit_factory_core::api::{SourceAdd, SourceFraming, SourceList, SourceRemove, SourceShow, SourceTag};
use edit_factory_core::error::{Code, Failure};
use edit_factory_core::ids::SourceId;
use edit_factory_core::jobs::JobState;
use edit_factory_core::library::Source;
use edit_factory_core::library::import::{ImportOptions, ImportReport, Refused};
use edit_factory_core::library::sources::Filter;
use edit_factory_core::variants::timeline::Framing;
use serde_json::json;

use crate::args::footage;
use crate::follow::{self, Watched};
use crate::output::Outcome;
use crate::session::Session;
use crate::table::{count, length, plain, short, table};

pub async fn run(session: &mut Session, what: footage::Source) -> Result<Outcome, Failure> {
    session.choose_profile()?;
    let session = &*session;
    let caller = &session.caller;
    match what {
        footage::Source::Add { paths, in_place, tags, queue } => {
            let report = caller.ask(SourceAdd { paths, options: ImportOptions { in_place, tags } }).await?;
            added(session, report, queue).await
        }
        footage::Source::List { tags, name } => {
            let sources = caller.ask(SourceList { filter: Filter { tags, text: name } }).await?;
            let rows = sources.iter().map(|s| {
                let note = if s.analysed_at.is_some() { "" } else { "no shots yet" };
                let size = format!("{}x{}", s.width, s.height);
                [s.name.clone(), length(s.duration_ms), size, s.tags.join(", "), short(s.id), note.into()]
            });
            let text = if sources.is_empty() {
                "There is no footage yet. Take some in with `edit-factory source add PATH`.".to_owned()
            } else {
                table(["NAME", "LENGTH", "SIZE", "TAGS", "ID", ""], rows)
            };
            Outcome::new(&sources, text)
        }
        footage::Source::Show(which) => {
            let detail = caller.ask(SourceShow { id: id(session, &which.which).await? }).await?;
            Outcome::new(&detail, described(&detail))
        }
        footage::Source::Tag { which, add, remove } => {
            let id = id(session, &which.which).await?;
            let source = caller.ask(SourceTag { id, add, remove }).await?;
            let tags = if source.tags.is_empty() { "no tags".to_owned() } else { source.tags.join(", ") };
            Outcome::new(&source, format!("\"{}\" has: {tags}", plain(&source.name)))
        }
        footage::Source::Framing { which, framing, x, y } => {
            let framing = framing.of_its_own().map(|f| match super::look::framing(f) {
                Framing::Fill { .. } => Framing::Fill { x, y },
                other => other,
            });
            let source = caller.ask(SourceFraming { id: id(session, &which.which).await?, framing }).await?;
            Outcome::new(&source, format!("\"{}\" is framed anew in videos planned from now on.", plain(&source.name)))
        }
        footage::Source::Remove(which) => {
            let id = id(session, &which.which).await?;
            let name = caller.ask(SourceShow { id }).await?.source.name;
            let removed = caller.ask(SourceRemove { id }).await?;
            let mut text = format!("\"{}\" is off the list. Importing the same file brings it back.", plain(&name));
            if removed.clips > 0 {
                text.push_str(&format!(" {} made of it stay.", count(removed.clips as usize, "video")));
            }
            Outcome::new(&removed, text)
        }
    }
}

/// The source that is meant.
pub async fn id(session: &Session, named: &str) -> Result<SourceId, Failure> {
    if let Ok(id) = named.parse() {
        return Ok(id);
    }
    let sources = session.caller.ask(SourceList { filter: Filter::default() }).await?;
    super::find::one("source", named, || Ok(sources.into_iter().map(|s| (s.id, s.name)).collect()))
}

/// What became of each file; waits for the shots unless told not to.
async fn added(session: &Session, report: ImportReport, queue: bool) -> Result<Outcome, Failure> {
    let jobs: Vec<_> = report.added.iter().map(|a| a.job).collect();
    let mut failures: Vec<(String, Failure)> =
        report.refused.iter().map(|r| (r.name.clone(), r.failure.clone())).collect();
    let mut run_by = None;
    if !queue && !jobs.is_empty() {
        let watched = Watched { jobs: jobs.iter().map(|id| (*id, None)).collect(), ..Watched::default() };
        let followed = follow::until_done(session, 2, watched).await?;
        run_by = followed.run_by;
        for job in followed.jobs.into_iter().filter(|j| j.state != JobState::Done) {
            let name = report.added.iter().find(|a| a.job == job.id).map(|a| a.source.name.clone());
            let failure = job.failure.unwrap_or_else(|| super::not_finished(job.state));
            failures.push((name.unwrap_or_default(), failure));
        }
    }
    // As it is now, with what was found.
    let mut sources: Vec<Source> = Vec::new();
    for added in &report.added {
        sources.push(session.caller.ask(SourceShow { id: added.source.id }).await?.source);
    }
    let waits = if queue && !jobs.is_empty() { " Looking for their shots is in the queue." } else { "" };
    let mut lines = vec![format!("Took in {}.{waits}", count(sources.len(), "file"))];
    if !report.already.is_empty() {
        lines.push(format!("{} here already.", count(report.already.len(), "file")));
    }
    lines.extend(failures.iter().map(|(name, failure)| format!("Left out: {}: {}", plain(name), failure.message)));
    let document = json!({
        "added": sources, "already": report.already, "refused": report.refused, "jobs": jobs, "run_by": run_by,
    });
    Ok(Outcome::new(&document, lines.join("\n"))?.but(together(&failures)))
}

/// What to say when some files were refused: the one reason, or the first of several.
pub fn together(failures: &[(String, Failure)]) -> Option<Failure> {
    match failures {
        [] => None,
        [(_, failure)] => Some(failure.clone()),
        [(_, first), ..] => Some(
            Failure::new(first.code, format!("{} could not be used. The first: {}", count(failures.len(), "file"), first.message))
                .with(json!({ "files": failures.iter().map(|(name, f)| json!({ "name": name, "code": f.code, "message": f.message })).collect::<Vec<_>>() })),
        ),
    }
}

/// The reason why no footage is left to make videos of.
pub fn nothing_usable(refused: &[Refused]) -> Failure {
    let failures: Vec<(String, Failure)> = refused.iter().map(|r| (r.name.clone(), r.failure.clone())).collect();
    together(&failures).unwrap_or_else(|| {
        Failure::new(Code::NoFootage, "There is no footage in what you named, so there is nothing to show. Name video files, or folders with some in them.")
    })
}

fn described(detail: &SourceDetail) -> String {
    let SourceDetail { source, shots, .. } = detail;
    let place = source.outside.as_ref().map(|p| p.display().to_string());
    let mut lines = vec![
        format!("{}  {}", plain(&source.name), source.id),
        format!("length    {}", length(source.duration_ms)),
        format!("picture   {}x{}, {}", source.width, source.height, source.probe.codec),
        format!("sound     {}", if source.has_sound { "yes" } else { "no" }),
        format!("tags      {}", source.tags.join(", ")),
        format!("file      {}", place.as_deref().map_or_else(|| "copied into the profile".to_owned(), plain)),
        String::new(),
    ];
    let percent = |share: f32| format!("{:.0}", share * 100.0);
    lines.push(if shots.is_empty() {
        "Its shots have not been looked for yet. `edit-factory job run` does.".to_owned()
    } else {
        table(
            ["SHOT", "FROM", "TO", "MOTION", "SHARP", "CONTRAST", "BRIGHT"],
            shots.iter().map(|detail| {
                let s = &detail.shot;
                let at = |ms: u64| format!("{:.1}", ms as f64 / 1000.0);
                let scores = [percent(s.motion), percent(s.sharpness), percent(s.contrast), percent(s.brightness)];
                let [motion, sharp, contrast, bright] = scores;
                [short(s.id), at(s.start_ms), at(s.end_ms), motion, sharp, contrast, bright]
            }),
        )
    });
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_bad_file_gives_its_own_reason_and_several_give_the_first_with_all_in_the_details() {
        let failure = |code| Failure::new(code, "why");
        assert_eq!(together(&[]), None);
        assert_eq!(together(&[("a".into(), failure(Code::EmptyFile))]), Some(failure(Code::EmptyFile)));
        let both = together(&[("a".into(), failure(Code::TooShort)), ("b".into(), failure(Code::EmptyFile))]).unwrap();
        assert_eq!((both.code, both.details["files"][1]["code"].as_str()), (Code::TooShort, Some("empty_file")));
        assert_eq!(nothing_usable(&[]).code, Code::NoFootage);
    }
}
