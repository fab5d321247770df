//! The work in one workshop, from the moment its profile is opened to the end of the program.

use std::time::Duration;

use edit_factory_core::jobs::{JobState, Runner, RunnerError, store};
use edit_factory_core::library::watch::InboxWatcher;
use edit_factory_core::profile::Profile;
use edit_factory_core::profile::events::Event;
use edit_factory_core::sync;
use tauri::{AppHandle, Runtime};
use tokio::sync::broadcast::error::RecvError;
use tokio_util::sync::CancellationToken;
use tracing::Instrument;

use super::Workshops;
use super::batches::{Batches, Done};
use crate::words::batch_done;

/// How often a lock that another process holds is tried again.
const TRY_EVERY: Duration = Duration::from_secs(2);

/// One profile's place of work.
pub struct Bench<R: Runtime> {
    pub workshops: Workshops,
    pub app: AppHandle<R>,
    pub profile: Profile,
    pub runner: Option<Runner>,
}

impl<R: Runtime> Bench<R> {
    /// Works until it is told to stop; then what runs is ended, to resume another time.
    pub async fn work(mut self, stop: CancellationToken) {
        let span = self.profile.span();
        let work = async move {
            let inbox = InboxWatcher::start(&self.profile);
            if let Err(error) = &inbox {
                tracing::error!(%error, "the inbox is not watched");
            }
            // Asks nobody anything while the profile is kept on this machine only.
            let syncing =
                tokio::spawn(sync::attend(self.profile.clone(), stop.child_token()).instrument(self.profile.span()));
            self.follow(&stop).await;
            if let Err(error) = syncing.await {
                tracing::error!(%error, "syncing ended badly");
            }
            drop(inbox);
            if let Some(runner) = self.runner.take() {
                runner.stop().await;
            }
            self.workshops.count(&self.app, self.profile.id(), 0);
        };
        work.instrument(span).await;
    }

    async fn follow(&mut self, stop: &CancellationToken) {
        let mut events = self.profile.events().listen();
        let mut batches = Batches::default();
        self.look();
        loop {
            let event = tokio::select! {
                () = stop.cancelled() => return,
                event = events.recv() => event,
                () = tokio::time::sleep(TRY_EVERY), if self.runner.is_none() => {
                    self.take_the_lock();
                    // What another process does is not announced here.
                    self.look();
                    continue;
                }
            };
            match event {
                Ok(Event::Job { job }) => {
                    self.look();
                    match batches.heard(&self.profile, job) {
                        Ok(Some(done)) => self.announce(&done),
                        Ok(None) => {}
                        Err(error) => tracing::warn!(%error, "a batch could not be read"),
                    }
                }
                Err(RecvError::Lagged(_)) => self.look(),
                Err(RecvError::Closed) => return,
                Ok(_) => {}
            }
        }
    }

    fn take_the_lock(&mut self) {
        match Runner::start(&self.profile, self.workshops.at_once) {
            Ok(runner) => {
                tracing::info!("the process that did the jobs of this profile is gone; they are done here now");
                self.runner = Some(runner);
            }
            Err(RunnerError::Lock(_)) => {}
            Err(error) => tracing::error!(%error, "the jobs of a profile cannot be run"),
        }
    }

    /// Counts what runs.
    fn look(&self) {
        match self.profile.read(|tx| store::list(tx, &[JobState::Running], u32::MAX)) {
            Ok(jobs) => self.workshops.count(&self.app, self.profile.id(), jobs.len()),
            Err(error) => tracing::warn!(%error, "the running jobs could not be counted"),
        }
    }

    fn announce(&self, done: &Done) {
        match self.workshops.home.info(self.profile.id()) {
            Ok(info) => (self.workshops.outside.notify)(&info.name, &batch_done(self.workshops.language(), done)),
            Err(error) => tracing::warn!(%error, "a finished batch is not announced"),
        }
    }
}
