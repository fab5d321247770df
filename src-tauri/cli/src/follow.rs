//! Works through the queue, or watches another process do it, with a bar for each job that runs.
//!
//! One process runs a profile's jobs: the holder of the runner lock. When that is somebody else, this reads the store
//! until the jobs have ended, and takes over if the holder goes away.

use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, Instant};

use edit_factory_core::api::{Caller, JobBatch, JobList, JobShow};
use edit_factory_core::error::{Code, Failure};
use edit_factory_core::ids::{BatchId, JobId};
use edit_factory_core::jobs::runner::{Runner, RunnerError};
use edit_factory_core::jobs::{Job, JobState};
use edit_factory_core::profile::lock::{Holder, LockError};
use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use tokio::sync::broadcast::error::RecvError;

use crate::session::Session;
use crate::table::plain;

/// How often the store is read when nothing is heard: what another process does is only seen there.
const LOOK_EVERY: Duration = Duration::from_millis(250);
/// How often a lock that somebody else holds is tried again.
pub const TRY_EVERY: Duration = Duration::from_secs(2);

/// How following ended.
#[derive(Debug)]
pub struct Followed {
    /// The jobs as they ended (or were paused).
    pub jobs: Vec<Job>,
    /// Who else ran them, when it was not this process from the start.
    pub run_by: Option<Holder>,
}

/// Which jobs are waited for. It grows: jobs queue others.
#[derive(Debug, Default)]
pub struct Watched {
    /// Everything that is unfinished, now or later.
    pub all: bool,
    /// Everything asked for in this batch.
    pub batch: Option<BatchId>,
    /// These, and what was found so far. What has ended is not read again.
    pub jobs: BTreeMap<JobId, Option<Job>>,
}

impl Watched {
    async fn look(&mut self, caller: &Caller) -> Result<Vec<Job>, Failure> {
        let (all, batch) = (self.all, self.batch);
        let one = async |id| caller.ask(JobShow { id }).await;
        let lists = async || {
            let mut found = Vec::new();
            if all {
                let states = vec![JobState::Queued, JobState::Running, JobState::Interrupted, JobState::Paused];
                found.extend(caller.ask(JobList { states, limit: Some(u32::MAX) }).await?);
            }
            if let Some(batch) = batch {
                found.extend(caller.ask(JobBatch { batch }).await?);
            }
            Ok(found)
        };
        self.gather(one, lists).await
    }

    /// Reads what is known to be unfinished one by one, and the lists after it: a job stores what it queues before it
    /// ends, so what an ended one left behind is in a list that is read later, and would be missed in one read before.
    async fn gather(
        &mut self,
        one: impl AsyncFn(JobId) -> Result<Job, Failure>,
        lists: impl AsyncFnOnce() -> Result<Vec<Job>, Failure>,
    ) -> Result<Vec<Job>, Failure> {
        for (id, job) in &mut self.jobs {
            if job.as_ref().is_none_or(|job| !job.state.is_final()) {
                *job = Some(one(*id).await?);
            }
        }
        self.jobs.extend(lists().await?.into_iter().map(|job| (job.id, Some(job))));
        Ok(self.jobs.values().flatten().cloned().collect())
    }
}

/// Runs the profile's queue here, or follows whoever runs it, until every watched job has ended or is paused. At Ctrl-C what this process runs is stopped and stays in the queue, interrupted.
///
/// # Errors
/// [`Code::Cancelled`] at Ctrl-C; what reading the store or starting the runner says.
pub async fn until_done(session: &Session, at_once: usize, mut watched: Watched) -> Result<Followed, Failure> {
    let mut hands = Hands::new(at_once);
    let mut bars = Bars::new(session.chatty());
    let ended = hands.work(session, &mut bars, &mut watched).await;
    bars.clear();
    let run_by = hands.run_by.take();
    hands.stop().await;
    Ok(Followed { jobs: ended?, run_by })
}

/// Whoever runs the jobs: this process once it has the runner lock, else its holder.
pub struct Hands {
    at_once: usize,
    runner: Option<Runner>,
    run_by: Option<Holder>,
    tried: Option<Instant>,
}

impl Hands {
    /// Nobody's yet.
    pub fn new(at_once: usize) -> Self {
        Self { at_once, runner: None, run_by: None, tried: None }
    }

    /// Stops what this process runs; it stays in the queue, interrupted.
    pub async fn stop(self) {
        if let Some(runner) = self.runner {
            runner.stop().await;
        }
    }

    async fn work(&mut self, session: &Session, bars: &mut Bars, watched: &mut Watched) -> Result<Vec<Job>, Failure> {
        let profile = session.chosen()?;
        let mut events = profile.events().listen();
        loop {
            let jobs = watched.look(&session.caller).await?;
            if jobs.iter().all(|job| job.state.is_final() || job.state == JobState::Paused) {
                return Ok(jobs);
            }
            self.take_the_lock(session)?;
            bars.show(&jobs);
            tokio::select! {
                biased;
                () = session.caller.cancel.cancelled() => {
                    return Err(Failure::new(
                        Code::Cancelled,
                        "Stopped. What was not finished waits in the queue; `edit-factory job run` goes on with it.",
                    ));
                }
                // Missed ones and an end of events change nothing: the store is read either way.
                Ok(_) | Err(RecvError::Lagged(_)) = events.recv() => {}
                () = tokio::time::sleep(LOOK_EVERY) => {}
            }
        }
    }

    /// Starts running jobs here if nobody else does; tries again now and then. Says who else does.
    pub fn take_the_lock(&mut self, session: &Session) -> Result<(), Failure> {
        if self.runner.is_some() || self.tried.is_some_and(|at| at.elapsed() < TRY_EVERY) {
            return Ok(());
        }
        self.tried = Some(Instant::now());
        match Runner::start(session.chosen()?, self.at_once) {
            Ok(runner) => self.runner = Some(runner),
            Err(RunnerError::Lock(LockError::Held { holder })) => {
                let holder = holder.unwrap_or(Holder { name: "another process".into(), pid: 0, since: 0 });
                if session.chatty() && self.run_by.as_ref() != Some(&holder) {
                    let says = LockError::Held { holder: Some(holder.clone()) };
                    crate::output::aside(&format!("{says} Waiting for it."));
                }
                self.run_by = Some(holder);
            }
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }
}

/// Bars on stderr, when that is a terminal.
struct Bars {
    all: MultiProgress,
    total: ProgressBar,
    of_jobs: HashMap<JobId, ProgressBar>,
}

impl Bars {
    fn new(shown: bool) -> Self {
        // Indicatif itself hides what is drawn on a stderr that is no terminal.
        let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let all = MultiProgress::with_draw_target(target);
        let total = all.add(ProgressBar::new(0).with_style(style("{pos} of {len} done  {elapsed}")));
        Self { all, total, of_jobs: HashMap::new() }
    }

    fn show(&mut self, jobs: &[Job]) {
        let count = |jobs: usize| u64::try_from(jobs).unwrap_or(u64::MAX);
        self.total.set_length(count(jobs.len()));
        self.total.set_position(count(jobs.iter().filter(|j| j.state.is_final()).count()));
        for job in jobs {
            if job.state == JobState::Running {
                let bar = self.of_jobs.entry(job.id).or_insert_with(|| {
                    let bar =
                        ProgressBar::new(1000).with_style(style("{prefix:>9} {bar:30} {percent:>3}%  {wide_msg}"));
                    self.all.insert_before(&self.total, bar)
                });
                bar.set_prefix(job.kind.name());
                bar.set_message(plain(&job.step));
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 1000")]
                bar.set_position((job.progress.clamp(0.0, 1.0) * 1000.0) as u64);
            } else if let Some(bar) = self.of_jobs.remove(&job.id) {
                bar.finish_and_clear();
            }
        }
    }

    fn clear(&self) {
        if let Err(error) = self.all.clear() {
            tracing::debug!(%error, "the bars could not be cleared");
        }
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use edit_factory_core::ids::VariantId;
    use edit_factory_core::jobs::JobKind;

    use super::*;

    fn job(id: JobId, state: JobState) -> Job {
        Job {
            id,
            title: String::new(),
            kind: JobKind::Render { variant: VariantId::new(), platform: None },
            batch: None,
            state,
            priority: 0,
            position: 0,
            step: String::new(),
            progress: 0.0,
            attempts: 1,
            failure: None,
            result: None,
            eta_ms: None,
            created_at: 0,
            started_at: None,
            finished_at: None,
        }
    }

    #[tokio::test]
    async fn what_a_job_queues_just_before_it_ends_is_never_missed() {
        let (first, render) = (JobId::new(), JobId::new());
        let store = RefCell::new(vec![job(first, JobState::Running)]);
        let mut watched = Watched { jobs: BTreeMap::from([(first, None)]), ..Watched::default() };
        let one = async |id| {
            let found = store.borrow().iter().find(|job| job.id == id).cloned().unwrap();
            // Read while it ran; before anything else is read it has queued another and ended.
            store.replace(vec![job(first, JobState::Done), job(render, JobState::Queued)]);
            Ok(found)
        };
        let lists = async || Ok(store.borrow().clone());
        let jobs = watched.gather(one, lists).await.unwrap();
        assert_eq!(jobs.len(), 2, "{jobs:?}");
        assert!(jobs.iter().any(|job| job.id == render && job.state == JobState::Queued));
        // The other moment: it ended between a list that was read and the single look at it.
        let store = RefCell::new(vec![job(first, JobState::Running)]);
        let one = async |id| {
            store.replace(vec![job(first, JobState::Done), job(render, JobState::Queued)]);
            Ok(store.borrow().iter().find(|job| job.id == id).cloned().unwrap())
        };
        let mut watched = Watched { jobs: BTreeMap::from([(first, Some(job(first, JobState::Running)))]), ..watched };
        let jobs = watched.gather(one, async || Ok(store.borrow().clone())).await.unwrap();
        assert!(jobs.iter().any(|job| job.id == render), "all that is known has ended, though a render waits");
    }
}
