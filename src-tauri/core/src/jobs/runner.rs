//! The runner: takes jobs in order and works on a few at a time, for as long as it holds the profile's runner lock.
//!
//! Every job is a task of its own that owns its [`Profile`]; what another window or profile does changes nothing for
//! it. Stopping the runner (or dropping it) kills the tools of its jobs and leaves them `interrupted`, to resume.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::sync::watch;
use tokio::task::{Id, JoinError, JoinHandle, JoinSet};
use tokio_util::sync::CancellationToken;
use tracing::Instrument;

use super::context::JobContext;
use super::model::Job;
use super::recovery;
use super::store::{self, Ending, JobError, Lane, Wish};
use super::work::work;
use crate::error::{Code, Explain, Failure};
use crate::ids::JobId;
use crate::profile::Profile;
use crate::profile::lock::{LockError, RunnerLock};

/// How often the store is asked for what other processes queued or wish. Cancelling must reach ffmpeg within a second.
const LOOK_EVERY: Duration = Duration::from_millis(200);
/// How often it is looked whether publications are due to be asked after.
const FOLLOW_EVERY: Duration = Duration::from_secs(15);
/// How often it is looked whether the database is due for a copy.
const COPY_EVERY: Duration = Duration::from_hours(1);

/// Why a runner did not start.
#[derive(Debug, thiserror::Error)]
pub enum RunnerError {
    /// Another process runs this profile's jobs.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// The store.
    #[error(transparent)]
    Job(#[from] JobError),
}

impl Explain for RunnerError {
    fn code(&self) -> Code {
        match self {
            Self::Lock(e) => e.code(),
            Self::Job(e) => e.code(),
        }
    }

    fn details(&self) -> Value {
        match self {
            Self::Lock(e) => e.details(),
            Self::Job(e) => e.details(),
        }
    }
}

/// Runs one profile's jobs until it is stopped or dropped.
#[derive(Debug)]
pub struct Runner {
    profile: Profile,
    stop: CancellationToken,
    idle: watch::Receiver<bool>,
    looping: Option<JoinHandle<()>>,
}

impl Runner {
    /// Takes the runner lock, mends what a crash left, and starts working on up to `at_once` jobs at a time. Must be
    /// called inside a tokio runtime.
    ///
    /// # Errors
    /// [`RunnerError::Lock`] with who holds the lock.
    pub fn start(profile: &Profile, at_once: usize) -> Result<Self, RunnerError> {
        let lock = profile.lock_runner()?;
        let span = profile.span();
        span.in_scope(|| recovery::recover(profile, &lock))?;
        let stop = CancellationToken::new();
        let (tell, idle) = watch::channel(false);
        let shift = Shift {
            profile: profile.clone(),
            stop: stop.clone(),
            at_once: at_once.max(1),
            running: HashMap::new(),
            tasks: JoinSet::new(),
        };
        let looping = tokio::spawn(shift.run(lock, tell).instrument(span));
        Ok(Self { profile: profile.clone(), stop, idle, looping: Some(looping) })
    }

    /// Waits until nothing waits or runs, or `cancel` fires.
    pub async fn until_idle(&mut self, cancel: &CancellationToken) {
        loop {
            // Marked first: what becomes idle after the store was asked is then seen as a change.
            self.idle.mark_unchanged();
            let nothing = self.profile.read(store::any_to_do).is_ok_and(|any| !any);
            if nothing && *self.idle.borrow() {
                return;
            }
            tokio::select! {
                () = cancel.cancelled() => return,
                changed = self.idle.changed() => if changed.is_err() { return },
                () = tokio::time::sleep(LOOK_EVERY) => {}
            }
        }
    }

    /// Kills what runs, waits until it is gone, and lets go of the lock. Jobs stay `interrupted`.
    pub async fn stop(mut self) {
        self.stop.cancel();
        if let Some(looping) = self.looping.take()
            && let Err(error) = looping.await
        {
            tracing::error!(%error, "the runner ended badly");
        }
    }
}

impl Drop for Runner {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

struct Running {
    job: JobId,
    lane: Lane,
    cancel: CancellationToken,
    wish: Option<Wish>,
}

struct Shift {
    profile: Profile,
    stop: CancellationToken,
    at_once: usize,
    running: HashMap<Id, Running>,
    tasks: JoinSet<Result<Value, Failure>>,
}

impl Shift {
    async fn run(mut self, lock: RunnerLock, idle: watch::Sender<bool>) {
        let mut events = self.profile.events().listen();
        let mut copy_at = Instant::now();
        let (mut follow_at, mut following) = (Instant::now() + FOLLOW_EVERY, JoinSet::new());
        loop {
            if let Err(error) = self.look() {
                // A store that is busy or full for a moment: the next look tries again.
                tracing::error!(%error, "the job store could not be read");
            }
            idle.send_replace(self.running.is_empty());
            if copy_at <= Instant::now() {
                copy_at = Instant::now() + COPY_EVERY;
                self.copy();
            }
            if follow_at <= Instant::now() {
                follow_at = Instant::now() + FOLLOW_EVERY;
                self.follow(&mut following);
            }
            tokio::select! {
                () = self.stop.cancelled() => break,
                ended = self.tasks.join_next_with_id(), if !self.tasks.is_empty() => {
                    if let Some(ended) = ended { self.settle(ended) }
                }
                // Lagging is fine: whatever happened, the store is looked at.
                _ = events.recv() => {}
                () = tokio::time::sleep(LOOK_EVERY) => {}
            }
        }
        for running in self.running.values() {
            running.cancel.cancel();
        }
        while let Some(ended) = self.tasks.join_next_with_id().await {
            self.settle(ended);
        }
        drop(lock);
    }

    /// Asks what became of publications, where it is time to; one asking at a time.
    fn follow(&self, following: &mut JoinSet<()>) {
        while following.try_join_next().is_some() {}
        if !following.is_empty() {
            return;
        }
        let profile = self.profile.clone();
        let asking = async move {
            if let Err(error) = crate::publish::follow(&profile).await {
                tracing::info!(%error, "what became of publications is not known");
            }
        };
        following.spawn(asking.instrument(self.profile.span()));
    }

    /// Makes the day's copy of the database when it is time, beside the work: a large database takes a moment to copy.
    fn copy(&self) {
        let copied = self.profile.clone();
        drop(tokio::task::spawn_blocking(move || {
            if let Err(error) = copied.back_up_daily() {
                tracing::warn!(%error, "the daily copy of the database could not be made");
            }
        }));
    }

    fn look(&mut self) -> Result<(), JobError> {
        for (job, wish) in self.profile.read(store::wishes)? {
            if let Some(running) = self.running.values_mut().find(|r| r.job == job) {
                running.wish = Some(wish);
                running.cancel.cancel();
            }
        }
        for (lane, at_once) in [(Lane::Network, 1), (Lane::Machine, self.at_once)] {
            while self.running.values().filter(|r| r.lane == lane).count() < at_once {
                let Some(job) = self.profile.write(|tx| store::take_next(tx, lane))? else { break };
                store::announce(&self.profile, job.id);
                self.begin(job);
            }
        }
        Ok(())
    }

    fn begin(&mut self, job: Job) {
        let cancel = CancellationToken::new();
        let span = tracing::info_span!(parent: self.profile.span(), "job", job = %job.id, kind = job.kind.name());
        tracing::info!(parent: &span, attempt = job.attempts, "job starts");
        let (profile, token) = (self.profile.clone(), cancel.clone());
        let (id, lane) = (job.id, Lane::of(&job.kind));
        let task = async move {
            let context = JobContext::new(&profile, id, token)?;
            let result = work(&context, &job.kind).await;
            context.keep_commands();
            result
        };
        let handle = self.tasks.spawn(task.instrument(span));
        self.running.insert(handle.id(), Running { job: id, lane, cancel, wish: None });
    }

    fn settle(&mut self, ended: Result<(Id, Result<Value, Failure>), JoinError>) {
        let (task, result) = match ended {
            Ok((task, result)) => (task, result),
            Err(error) => {
                let says = format!("The job stopped because of a mistake in the program: {error}");
                (error.id(), Err(Failure::new(Code::Internal, says)))
            }
        };
        let Some(running) = self.running.remove(&task) else { return };
        let ending = match (result, running.wish) {
            (Ok(value), _) => Ending::Done(value),
            (Err(failure), Some(wish)) if failure.code == Code::Cancelled => Ending::Stopped(wish),
            (Err(failure), None) if failure.code == Code::Cancelled => Ending::Interrupted,
            (Err(failure), _) => Ending::Failed(failure),
        };
        match &ending {
            Ending::Failed(failure) => {
                tracing::error!(job = %running.job, code = ?failure.code, message = %failure.message, "job failed");
            }
            other => tracing::info!(job = %running.job, ending = ?other, "job ended"),
        }
        if let Err(error) = self.profile.write(|tx| store::finish(tx, running.job, &ending)) {
            // It stays `running` in the store, and is taken for interrupted by the next runner: nothing is lost.
            tracing::error!(%error, job = %running.job, "the end of a job could not be stored");
        }
        store::announce(&self.profile, running.job);
    }
}

#[cfg(test)]
#[path = "runner_tests.rs"]
mod tests;
