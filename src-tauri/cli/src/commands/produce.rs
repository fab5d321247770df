//! From a project to finished videos: queue, run or follow, and gather what came of it. For `make` and `generate`.

use std::collections::BTreeSet;

use edit_factory_core::api::variants::Queued;
use edit_factory_core::api::{BatchShow, ClipShow, Generate, JobBatch, JobCancel, JobList, ProjectShow, SpeechPlan};
use edit_factory_core::budget::dollars;
use edit_factory_core::clips::Clip;
use edit_factory_core::error::{Code, Failure};
use edit_factory_core::generate::{FailedScript, Order};
use edit_factory_core::ids::{ClipId, JobId, ProjectId};
use edit_factory_core::jobs::{Job, JobKind, JobState};
use edit_factory_core::profile::lock::Holder;
use serde::Serialize;
use serde_json::{Value, json};

use crate::follow::{self, Watched};
use crate::output::aside;
use crate::session::Session;
use crate::table::{count, length, plain};

/// A finished video.
#[derive(Debug)]
pub struct Video {
    /// The clip.
    pub clip: Clip,
    /// Its receipt.
    pub receipt: Value,
}

/// A script there are no videos of.
#[derive(Debug, Serialize)]
pub struct Unspoken {
    /// Its name.
    pub name: String,
    /// Why.
    pub failure: Failure,
}

/// What came of an order.
#[derive(Debug)]
pub struct Produced {
    /// The videos, by script and number.
    pub videos: Vec<Video>,
    /// The jobs that did not end well.
    pub failed: Vec<Job>,
    /// The scripts that could not be spoken or planned.
    pub unspoken: Vec<Unspoken>,
    /// What a person should know about the plan (low supply).
    pub notes: Vec<String>,
    /// Who else ran the jobs.
    pub run_by: Option<Holder>,
}

/// Queues the order, to start when all footage was looked at.
pub async fn queue(session: &Session, project: ProjectId, order: Order) -> Result<Queued, Failure> {
    let states = vec![JobState::Queued, JobState::Running, JobState::Interrupted];
    let waiting = session.caller.ask(JobList { states, limit: Some(u32::MAX) }).await?;
    affordable(session, project, &order).await?;
    let after = waiting.iter().filter(|j| matches!(j.kind, JobKind::Analyse { .. })).map(|j| j.id).collect();
    session.caller.ask(Generate { project, order, after }).await
}

/// Says what speaking will cost before anything is queued. What the quota does not cover is not begun.
async fn affordable(session: &Session, project: ProjectId, order: &Order) -> Result<(), Failure> {
    let mut scripts = order.scripts.clone();
    if scripts.is_empty() {
        scripts = session.caller.ask(ProjectShow { id: project }).await?.scripts.iter().map(|s| s.id).collect();
    }
    // Of a script that cannot be read there is no plan; the job says what is wrong with it.
    let Ok(plan) = session.caller.ask(SpeechPlan { scripts, variants: order.variants }).await else { return Ok(()) };
    if plan.characters == 0 {
        return Ok(());
    }
    let all = plan.scripts.len();
    let says = format!(
        "{} of {}: {} with {}, at most {}; the quota covers {} of {}.",
        count(usize::try_from(order.variants).unwrap_or(usize::MAX), "variant"),
        count(all, "script"),
        count(usize::try_from(plan.characters).unwrap_or(usize::MAX), "character"),
        plan.asked,
        dollars(plan.price.microusd),
        plan.fits,
        count(all, "script"),
    );
    let Some(refusal) = plan.refusal.clone() else {
        if session.chatty() {
            aside(&says);
        }
        return Ok(());
    };
    let mut details = refusal.details.clone();
    details["plan"] = serde_json::to_value(&plan)
        .map_err(|e| Failure::new(Code::Internal, format!("The plan cannot be shown: {e}.")))?;
    Err(Failure::new(refusal.code, format!("{says} {}", refusal.message)).with(details))
}

/// Runs or follows the batch to its end. `also` are other jobs that are waited for. At Ctrl-C the batch is cancelled:
/// nobody would take its videos out. What it made is in the cache, and the same order goes on from there.
pub async fn produce(session: &Session, queued: Queued, at_once: usize, also: &[JobId]) -> Result<Produced, Failure> {
    let jobs = also.iter().map(|id| (*id, None)).collect();
    let followed = follow::until_done(session, at_once, Watched { batch: Some(queued.batch), jobs, all: false }).await;
    let followed = match followed {
        Ok(followed) => followed,
        Err(failure) => {
            if failure.code == Code::Cancelled {
                give_up(session, queued).await;
                let says = "Stopped. What was made so far is kept; the same command goes on from there.";
                return Err(Failure::new(Code::Cancelled, says));
            }
            return Err(failure);
        }
    };
    let mut videos = Vec::new();
    let (mut failed, mut not_made) = (Vec::new(), Vec::new());
    for job in followed.jobs {
        match (&job.state, &job.kind) {
            (JobState::Done, JobKind::Render { .. }) => {
                let clip = job.result.as_ref().and_then(|r| serde_json::from_value::<ClipId>(r["clip"].clone()).ok());
                let clip =
                    clip.ok_or_else(|| Failure::new(Code::Internal, "A finished job does not name its clip."))?;
                let detail = session.caller.ask(ClipShow { id: clip }).await?;
                videos.push(Video { clip: detail.clip, receipt: detail.receipt });
            }
            (JobState::Done, JobKind::Generate { .. }) => not_made.extend(unspoken(&job)?),
            (JobState::Done, _) => {}
            _ => failed.push(job),
        }
    }
    let planned = session.caller.ask(BatchShow { batch: queued.batch }).await?;
    let place = |video: &Video| planned.iter().position(|p| p.id == video.clip.variant);
    videos.sort_by_key(place);
    let notes: BTreeSet<String> = planned.iter().flat_map(|p| p.notes.iter().cloned()).collect();
    Ok(Produced { videos, failed, unspoken: not_made, notes: notes.into_iter().collect(), run_by: followed.run_by })
}

/// The scripts a finished order has no videos of.
fn unspoken(job: &Job) -> Result<Vec<Unspoken>, Failure> {
    let listed = job.result.as_ref().and_then(|result| result.get("failed")).cloned().unwrap_or_else(|| json!([]));
    let listed: Vec<FailedScript> = serde_json::from_value(listed)
        .map_err(|e| Failure::new(Code::Internal, format!("What became of the scripts cannot be read: {e}.")))?;
    Ok(listed.into_iter().map(|FailedScript { name, failure, .. }| Unspoken { name, failure }).collect())
}

async fn give_up(session: &Session, queued: Queued) {
    let jobs = session.caller.ask(JobBatch { batch: queued.batch }).await.unwrap_or_default();
    for job in jobs.into_iter().filter(|job| !job.state.is_final()) {
        // One that has just ended needs no cancelling; the failure is in the log.
        drop(session.caller.ask(JobCancel { id: job.id }).await);
    }
}

impl Produced {
    /// Why not all is well, if so.
    pub fn failure(&self) -> Option<Failure> {
        self.failed_jobs().or_else(|| self.failed_scripts())
    }

    fn failed_scripts(&self) -> Option<Failure> {
        let first = &self.unspoken.first()?.failure;
        let says = format!("{} could not be made: {}", count(self.unspoken.len(), "script"), first.message);
        Some(Failure::new(first.code, says).with(json!({ "scripts": self.unspoken })))
    }

    fn failed_jobs(&self) -> Option<Failure> {
        let first = self.failed.first()?;
        let why = first.failure.clone().unwrap_or_else(|| super::not_finished(first.state));
        let made = self.videos.len();
        let renders = self.failed.iter().filter(|j| matches!(j.kind, JobKind::Render { .. })).count();
        let says = match (renders, made) {
            // Nothing was rendered because something before went wrong: that is the news.
            (0, 0) => why.message.clone(),
            (0, _) => format!("Not all went well: {}", why.message),
            _ => format!("{} of {} failed: {}", renders, count(renders + made, "video"), why.message),
        };
        let jobs: Vec<Value> =
            self.failed.iter().map(|j| json!({ "job": j.id, "kind": j.kind.name(), "failure": j.failure })).collect();
        let mut details = if why.details.is_object() { why.details } else { json!({}) };
        details["jobs"] = json!(jobs);
        details["scripts"] = json!(self.unspoken);
        Some(Failure::new(why.code, says).with(details))
    }

    /// Lines for a person about what went wrong and what to know.
    pub fn asides(&self) -> Vec<String> {
        let who = self.run_by.iter().map(|h| format!("Run by {} (process {}).", plain(&h.name), h.pid));
        let scripts = self.unspoken.iter().map(|u| format!("Not made: {}", u.failure.message));
        who.chain(scripts).chain(self.notes.iter().map(|note| format!("Note: {note}"))).collect()
    }
}

impl Video {
    /// For `--json`: what a script wants to know without reading the receipt.
    pub fn summary(&self) -> Value {
        let receipt = &self.receipt;
        json!({
            "clip": self.clip.id,
            "name": self.clip.name,
            "duration_ms": self.clip.duration_ms,
            "bytes": self.clip.bytes,
            "loudness": receipt["loudness"],
            "voice": receipt["voice"],
            "shots": receipt["shots"].as_array().map(Vec::len),
            "shared_shots": receipt["shared_shots"],
            "notes": receipt["notes"],
        })
    }

    /// For a person: length, loudness, shots shared.
    pub fn line(&self) -> String {
        let lufs = self.receipt["loudness"]["measured"]["lufs"].as_f64();
        let lufs = lufs.map_or_else(String::new, |lufs| format!("   {lufs:.1} LUFS"));
        let shared: usize = self.receipt["shared_shots"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|other| other["shots"].as_array().map_or(0, Vec::len))
            .sum();
        let shared = if shared == 0 { String::new() } else { format!("   shares {}", count(shared, "shot")) };
        format!("{}{lufs}{shared}", length(self.clip.duration_ms))
    }
}
