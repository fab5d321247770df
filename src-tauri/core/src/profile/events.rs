//! What happens in one profile, told to whoever listens to that profile. There is no channel of several profiles.

use serde::{Deserialize, Serialize};
use tokio::sync::broadcast;
use ts_rs::TS;

use crate::ids::{ClipId, JobId, ProjectId, SourceId};

/// Something changed in this profile.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// A job was added, or its state, step or progress changed. Read the job to see how.
    Job {
        /// Which.
        job: JobId,
    },
    /// A source was added or changed.
    Source {
        /// Which.
        source: SourceId,
    },
    /// A clip was added or changed.
    Clip {
        /// Which.
        clip: ClipId,
    },
    /// A project, one of its scripts, or what was set by hand in them, was added or changed.
    Project {
        /// Which.
        project: ProjectId,
    },
    /// Something of the profile as a whole changed: the brand kit, or what its folder holds.
    Settings {},
    /// What was spent or is held changed, or a limit did.
    Costs {},
    /// What waits to be sent to the server changed, or whether it can be reached.
    Sync {},
    /// A publication changed, or an account did.
    Publishing {},
    /// A voice was installed or removed, or is further on its way.
    Voices {},
    /// A file in the inbox could not be taken.
    InboxRefused {
        /// Its name.
        name: String,
        /// Why.
        failure: crate::error::Failure,
    },
}

/// The sending side; kept by the profile.
#[derive(Debug)]
pub struct Events {
    sender: broadcast::Sender<Event>,
}

/// A slow listener that falls this far behind is told it lagged, and reads afresh.
const BEHIND: usize = 1024;

impl Events {
    pub(crate) fn new() -> Self {
        Self { sender: broadcast::Sender::new(BEHIND) }
    }

    /// Hears everything from now on.
    #[must_use]
    pub fn listen(&self) -> broadcast::Receiver<Event> {
        self.sender.subscribe()
    }

    pub(crate) fn send(&self, event: Event) {
        // An error means nobody listens, which is fine: the database is the truth, events are hints.
        drop(self.sender.send(event));
    }
}
