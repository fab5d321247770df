//! What a running job is given: its profile, its temporary folder, a way to report and to hear of a cancel.

use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

use super::{commands, store};
use crate::ids::JobId;
use crate::profile::Profile;
use crate::profile::db::Writer;
use crate::profile::media::{JobTmp, MediaError};

/// How often progress is written to the database at most.
const WRITE_EVERY: Duration = Duration::from_millis(250);

/// A job while it runs. It owns its profile: what is shown elsewhere changes nothing for it.
#[derive(Debug)]
pub struct JobContext {
    profile: Profile,
    job: JobId,
    cancel: CancellationToken,
    tmp: JobTmp,
    last: Mutex<Last>,
}

#[derive(Debug)]
struct Last {
    progress: f64,
    step: String,
    written: Option<Instant>,
}

impl JobContext {
    /// For a job that is about to run.
    ///
    /// # Errors
    /// [`MediaError`] when the temporary folder cannot be made.
    pub fn new(profile: &Profile, job: JobId, cancel: CancellationToken) -> Result<Self, MediaError> {
        let tmp = profile.folder().job_tmp(job)?;
        let last = Mutex::new(Last { progress: 0.0, step: String::new(), written: None });
        Ok(Self { profile: profile.with_journal(), job, cancel, tmp, last })
    }

    /// The profile it works for.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// Its id.
    #[must_use]
    pub fn job(&self) -> JobId {
        self.job
    }

    /// Fires when it is to stop.
    #[must_use]
    pub fn cancel(&self) -> &CancellationToken {
        &self.cancel
    }

    /// Its own temporary folder inside the profile.
    #[must_use]
    pub fn tmp(&self) -> &Path {
        self.tmp.path()
    }

    /// Says how far it is (0 to 1) and what it is doing. Going back is ignored; the database hears it at most four
    /// times a second, and always when the step changes.
    pub fn report(&self, progress: f64, step: &str) {
        {
            let mut last = self.last.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            let due = last.step != step || last.written.is_none_or(|at| at.elapsed() >= WRITE_EVERY);
            if progress > last.progress {
                last.progress = progress;
            }
            if !due {
                return;
            }
            step.clone_into(&mut last.step);
            last.written = Some(Instant::now());
        }
        // Progress is a hint: a database that is busy for a moment must not fail the work it reports on.
        let ran = self.profile.toolbox().take_journal();
        let write = |tx: &Writer<'_>| {
            store::report(tx, self.job, progress, step)?;
            commands::keep(tx, self.job, &ran)
        };
        if let Err(error) = self.profile.write(write) {
            tracing::warn!(%error, "progress could not be stored");
        }
        store::announce(&self.profile, self.job);
    }

    /// Stores what was run since the last report, at the end of the work.
    pub fn keep_commands(&self) {
        let ran = self.profile.toolbox().take_journal();
        if ran.is_empty() {
            return;
        }
        // They are there to be looked at; that they cannot be stored must not fail the work.
        if let Err(error) = self.profile.write(|tx| commands::keep(tx, self.job, &ran)) {
            tracing::warn!(%error, "the last commands could not be stored");
        }
    }
}
