//! A job as a value: what it is, where it stands, and which changes of state are allowed.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::error::Failure;
use crate::ids::{BatchId, JobId, ProjectId, SourceId, VariantId};

/// What a job does. Stored as JSON; a variant is never renamed without a migration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum JobKind {
    /// Decode a source once: scenes, shots, thumbnails, waveform.
    Analyse {
        /// Which.
        source: SourceId,
    },
    /// Make the 720p proxy of a source.
    Proxy {
        /// Which.
        source: SourceId,
    },
    /// Speak the scripts of a project, plan the variants, queue their renders.
    Generate {
        /// Which project.
        project: ProjectId,
        /// How.
        order: crate::generate::Order,
    },
    /// Render one variant into a clip.
    Render {
        /// Which.
        variant: VariantId,
        /// For this platform; `None` for the one it was planned for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        platform: Option<String>,
    },
    /// Send the publications that were stored with this job.
    Publish {},
}

impl JobKind {
    /// Higher runs first. Proxies wait for everything else.
    #[must_use]
    pub fn priority(&self) -> i64 {
        match self {
            Self::Analyse { .. } => 30,
            Self::Publish {} => 25,
            Self::Generate { .. } => 20,
            Self::Render { .. } => 10,
            Self::Proxy { .. } => 0,
        }
    }

    /// A short name for lists ("render").
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Analyse { .. } => "analyse",
            Self::Proxy { .. } => "proxy",
            Self::Generate { .. } => "generate",
            Self::Render { .. } => "render",
            Self::Publish {} => "publish",
        }
    }
}

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// Waits for its turn.
    Queued,
    /// Being worked on by the holder of the runner lock.
    Running,
    /// Set aside by the user.
    Paused,
    /// Its process died; it resumes where it was when a runner starts.
    Interrupted,
    /// Finished well.
    Done,
    /// Finished badly; `failure` says why.
    Failed,
    /// Stopped by the user. Final: nothing overwrites it but an explicit retry.
    Cancelled,
}

impl JobState {
    /// The name in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Interrupted => "interrupted",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// From the name in the database.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Queued, Self::Running, Self::Paused, Self::Interrupted, Self::Done, Self::Failed, Self::Cancelled]
            .into_iter()
            .find(|s| s.as_str() == name)
    }

    /// Nothing more will happen to it by itself.
    #[must_use]
    pub fn is_final(self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Cancelled)
    }
}

/// One unit of background work, as stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// What a person calls it ("Bakery – video 2", "rabbit.mp4").
    pub title: String,
    /// What it does.
    pub kind: JobKind,
    /// What it was asked for together with.
    pub batch: Option<BatchId>,
    /// Where it stands.
    pub state: JobState,
    /// Higher runs first.
    pub priority: i64,
    /// Order inside a priority.
    pub position: i64,
    /// What it is doing, in words ("encoding shot 4 of 9").
    pub step: String,
    /// 0 to 1; never goes back while it runs or is resumed.
    pub progress: f64,
    /// How often it was started.
    pub attempts: u32,
    /// Why it failed.
    pub failure: Option<Failure>,
    /// What came of it (ids), when done.
    #[ts(type = "Record<string, unknown> | null")]
    pub result: Option<serde_json::Value>,
    /// Time left, milliseconds, estimated from the progress so far; only while it runs.
    pub eta_ms: Option<i64>,
    /// UTC milliseconds.
    pub created_at: i64,
    /// UTC milliseconds of the last start.
    pub started_at: Option<i64>,
    /// UTC milliseconds.
    pub finished_at: Option<i64>,
}
