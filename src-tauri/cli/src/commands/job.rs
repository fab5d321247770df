//! `job`: the queue.

use edit_factory_core::api::{JobCancel, JobFirst, JobList, JobPause, JobResume, JobRetry, JobShow};
use edit_factory_core::error::{Code, Failure};
use edit_factory_core::ids::JobId;
use edit_factory_core::jobs::{Job, JobState};
use serde_json::json;

use crate::args::queue;
use crate::follow::{self, Watched};
use crate::output::Outcome;
use crate::session::Session;
use crate::table::{count, length, plain, short, table};

pub async fn run(session: &mut Session, what: queue::Job) -> Result<Outcome, Failure> {
    session.choose_profile()?;
    let caller = &session.caller;
    match what {
        queue::Job::List { states, limit } => {
            let states = states.into_iter().map(Into::into).collect();
            let jobs = caller.ask(JobList { states, limit: Some(limit) }).await?;
            let text = if jobs.is_empty() { "There are no jobs.".to_owned() } else { listed(&jobs) };
            Outcome::new(&jobs, text)
        }
        queue::Job::Show(which) => {
            let job = caller.ask(JobShow { id: id(session, &which.which).await? }).await?;
            Outcome::new(&job, described(&job))
        }
        queue::Job::Cancel(which) => {
            let job = caller.ask(JobCancel { id: id(session, &which.which).await? }).await?;
            said(&job, "Cancelled", "will be cancelled at once by the process that runs it")
        }
        queue::Job::Pause(which) => {
            let job = caller.ask(JobPause { id: id(session, &which.which).await? }).await?;
            said(&job, "Paused", "will be paused at once by the process that runs it")
        }
        queue::Job::Resume(which) => {
            let job = caller.ask(JobResume { id: id(session, &which.which).await? }).await?;
            said(&job, "Queued again:", "goes on")
        }
        queue::Job::Retry { which: Some(which), .. } => {
            let job = caller.ask(JobRetry { id: id(session, &which).await? }).await?;
            said(&job, "Queued again:", "runs")
        }
        queue::Job::Retry { which: None, .. } => {
            let mut again = Vec::new();
            for job in caller.ask(JobList { states: vec![JobState::Failed], limit: Some(u32::MAX) }).await? {
                again.push(caller.ask(JobRetry { id: job.id }).await?);
            }
            let text = format!("Queued {} again.", count(again.len(), "failed job"));
            Outcome::new(&json!({ "jobs": again }), text)
        }
        queue::Job::First(which) => {
            let job = caller.ask(JobFirst { id: id(session, &which.which).await? }).await?;
            said(&job, "First of its kind now:", "runs already")
        }
        queue::Job::Run { at_once } => work(session, at_once.into()).await,
    }
}

async fn id(session: &Session, named: &str) -> Result<JobId, Failure> {
    if let Ok(id) = named.parse() {
        return Ok(id);
    }
    let jobs = session.caller.ask(JobList { states: Vec::new(), limit: Some(u32::MAX) }).await?;
    super::find::one("job", named, || Ok(jobs.into_iter().map(|j| (j.id, String::new())).collect()))
}

/// What to call the job in a sentence.
fn called(job: &Job) -> String {
    format!("job {} ({})", short(job.id), job.kind.name())
}

fn said(job: &Job, done: &str, running: &str) -> Result<Outcome, Failure> {
    let text = match job.state {
        JobState::Running => format!("It runs: {} {running}.", called(job)),
        _ => format!("{done} {}.", called(job)),
    };
    Outcome::new(job, text)
}

fn listed(jobs: &[Job]) -> String {
    let rows = jobs.iter().map(|job| {
        let progress =
            if job.state == JobState::Done { String::new() } else { format!("{:.0}%", job.progress * 100.0) };
        let says = job.failure.as_ref().map_or_else(|| job.step.clone(), |f| f.message.clone());
        [short(job.id), job.kind.name().into(), job.state.as_str().into(), progress, says]
    });
    table(["ID", "KIND", "STATE", "", ""], rows)
}

fn described(job: &Job) -> String {
    let mut lines = vec![
        format!("{}  {}", job.kind.name(), job.id),
        format!("state     {}", job.state.as_str()),
        format!("progress  {:.0}%  {}", job.progress * 100.0, plain(&job.step)),
        format!("started   {}", count(job.attempts as usize, "time")),
    ];
    if let Some(left) = job.eta_ms {
        lines.push(format!("left      about {}", length(left.unsigned_abs())));
    }
    if let Some(failure) = &job.failure {
        lines.push(format!("failed    {}", failure.message));
        let stderr = failure.details["stderr"].as_str().unwrap_or_default();
        lines.extend(stderr.lines().map(|line| format!("  | {line}")));
    }
    if let Some(result) = &job.result {
        lines.push(format!("made      {result}"));
    }
    lines.join("\n")
}

/// Runs the queue until nothing is left in it.
async fn work(session: &Session, at_once: usize) -> Result<Outcome, Failure> {
    let followed = follow::until_done(session, at_once, Watched { all: true, ..Watched::default() }).await?;
    let failed: Vec<&Job> = followed.jobs.iter().filter(|job| job.state == JobState::Failed).collect();
    let done = followed.jobs.iter().filter(|job| job.state == JobState::Done).count();
    let mut text = if followed.jobs.is_empty() {
        "There is nothing to do.".into()
    } else {
        format!("{} done.", count(done, "job"))
    };
    for job in &failed {
        let why = job.failure.as_ref().map_or("it did not say why", |f| f.message.as_str());
        text.push_str(&format!("\nFailed: {}: {why}", called(job)));
    }
    let failure = failed.first().map(|first| {
        let code = first.failure.as_ref().map_or(Code::Internal, |f| f.code);
        let says = format!("{} failed. `edit-factory job retry --failed` tries again.", count(failed.len(), "job"));
        Failure::new(code, says).with(json!({ "jobs": failed.iter().map(|j| j.id).collect::<Vec<_>>() }))
    });
    Ok(Outcome::new(&json!({ "jobs": followed.jobs, "run_by": followed.run_by }), text)?.but(failure))
}
