//! Where the jobs of each opened profile are done: one workshop a profile, for as long as the program runs, whatever
//! the windows show.
//!
//! A workshop runs the profile's jobs as soon as no other process does, takes in what is put into its inbox, and tells
//! the desk: how many jobs run where (to windows that show another profile, as a number and nothing else), that a batch
//! of videos is done, that the machine must stay awake.

mod batches;
mod bench;

pub use batches::Done;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use edit_factory_core::error::Failure;
use edit_factory_core::home::Home;
use edit_factory_core::ids::ProfileId;
use edit_factory_core::jobs::{Runner, RunnerError};
use edit_factory_core::profile::Profile;
use serde_json::json;
use tauri::{AppHandle, Emitter, Runtime};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::outside::{Awake, Outside};
use crate::session::Sessions;
use crate::words::Language;
use bench::Bench;

/// The workshops of all opened profiles.
#[derive(Clone)]
pub struct Workshops {
    home: Home,
    sessions: Arc<Sessions>,
    outside: Arc<Outside>,
    /// How many jobs of a profile are worked on at once.
    at_once: usize,
    inner: Arc<Mutex<Inner>>,
}

#[derive(Default)]
struct Inner {
    open: HashMap<ProfileId, Workshop>,
    /// Jobs that run, by profile.
    running: HashMap<ProfileId, usize>,
    awake: Watch,
}

/// Whether the machine is kept awake.
#[derive(Default)]
enum Watch {
    #[default]
    Asleep,
    /// Being asked for; what comes of it is kept if it is still wanted then.
    Asked,
    Awake {
        _held: Option<Awake>,
    },
}

struct Workshop {
    stop: CancellationToken,
    work: JoinHandle<()>,
}

impl Workshops {
    /// None is open yet.
    pub fn new(home: Home, sessions: Arc<Sessions>, outside: Arc<Outside>) -> Self {
        let at_once = home.host().concurrency;
        Self { home, sessions, outside, at_once, inner: Arc::default() }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Opens the profile's workshop if it is not open. Says what a person should know when another process is doing the
    /// profile's jobs; they are done here as soon as that process is gone.
    pub async fn open<R: Runtime>(&self, app: &AppHandle<R>, profile: &Profile) -> Option<Failure> {
        if self.lock().open.contains_key(&profile.id()) {
            return None;
        }
        let (started, at_once) = (profile.clone(), self.at_once);
        let runtime = tokio::runtime::Handle::current();
        // Mends what a crash left, which may take a moment.
        let started = tokio::task::spawn_blocking(move || {
            let _inside = runtime.enter();
            Runner::start(&started, at_once)
        });
        let (runner, busy) = match started.await {
            Ok(Ok(runner)) => (Some(runner), None),
            Ok(Err(error @ RunnerError::Lock(_))) => (None, Some(Failure::from(error))),
            Ok(Err(error)) => {
                tracing::error!(%error, "the jobs of a profile cannot be run");
                (None, Some(Failure::from(error)))
            }
            Err(error) => (None, Some(crate::shell::broken(&error))),
        };
        let stop = CancellationToken::new();
        let bench = Bench { workshops: self.clone(), app: app.clone(), profile: profile.clone(), runner };
        let work = tokio::spawn(bench.work(stop.clone()));
        self.lock().open.insert(profile.id(), Workshop { stop, work });
        busy
    }

    /// Closes the profile's workshop, and waits until nothing of it runs any more. Says whether it was open.
    pub async fn close(&self, profile: ProfileId) -> bool {
        let Some(workshop) = self.lock().open.remove(&profile) else { return false };
        workshop.close().await;
        true
    }

    /// Closes all of them, at the end of the program.
    pub async fn close_all(&self) {
        let open: Vec<Workshop> = self.lock().open.drain().map(|(_, workshop)| workshop).collect();
        for workshop in &open {
            workshop.stop.cancel();
        }
        for workshop in open {
            workshop.close().await;
        }
    }

    /// Tells each window how many jobs run in other profiles than the one it shows, if it does not know.
    pub fn tell<R: Runtime>(&self, app: &AppHandle<R>) {
        let running = self.lock().running.clone();
        let elsewhere = |shown: ProfileId| running.iter().filter(|(id, _)| **id != shown).map(|(_, jobs)| jobs).sum();
        for (window, running) in self.sessions.to_be_told(elsewhere) {
            if let Err(error) = app.emit_to(&window, "elsewhere", json!({ "running": running })) {
                tracing::error!(%error, window, "a window could not be told what runs elsewhere");
            }
        }
    }

    /// The language people are spoken to outside the windows: the one they chose, else the system's.
    fn language(&self) -> Language {
        let chosen = self.home.settings().map(|settings| settings.language).unwrap_or_else(|error| {
            tracing::warn!(%error, "the language could not be read");
            None
        });
        Language::of(chosen.as_deref().unwrap_or(&self.outside.language))
    }

    /// Notes how many jobs of a profile run now.
    fn count<R: Runtime>(&self, app: &AppHandle<R>, profile: ProfileId, jobs: usize) {
        let any = {
            let mut inner = self.lock();
            if inner.running.insert(profile, jobs) == Some(jobs) {
                return;
            }
            inner.running.values().any(|jobs| *jobs > 0)
        };
        self.tell(app);
        self.keep_awake(any);
    }

    fn keep_awake(&self, wanted: bool) {
        let mut inner = self.lock();
        match (&mut inner.awake, wanted) {
            (awake @ Watch::Asleep, true) => {
                *awake = Watch::Asked;
                let here = self.clone();
                drop(tokio::task::spawn_blocking(move || {
                    let awake = (here.outside.keep_awake)();
                    let mut inner = here.lock();
                    let wanted = inner.running.values().any(|jobs| *jobs > 0);
                    inner.awake = if wanted { Watch::Awake { _held: awake } } else { Watch::Asleep };
                }));
            }
            (awake @ Watch::Awake { .. }, false) => {
                let held = std::mem::take(awake);
                // Letting go asks the desktop's bus, too.
                drop(tokio::task::spawn_blocking(move || drop(held)));
            }
            _ => {}
        }
    }
}

impl Workshop {
    async fn close(self) {
        self.stop.cancel();
        if let Err(error) = self.work.await {
            tracing::error!(%error, "a workshop ended badly");
        }
    }
}
