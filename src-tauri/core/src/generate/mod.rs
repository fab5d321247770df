//! Generate: from a project to queued renders. Scripts are spoken, variants planned, one render job stored for each.
//!
//! Everything this job decides is stored in one transaction with its end, so a crash before it leaves nothing and a
//! crash after it repeats nothing; the spoken sentences are in the cache either way. What is not here: how any of the
//! steps is done; each has its room.

mod error;
mod one;
mod run;
mod side_by_side;
mod store;
mod swap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ids::{ScriptId, ShotId};
pub use error::GenerateError;
pub use run::run;
pub use side_by_side::{Rendering, SideBySide, VariantBatch, VariantRow, of_project, render};
pub use store::{FailedScript, PlannedVariant, newest_of, previous, queue, variant, variants_of_batch};
pub use swap::{ShotCandidate, for_sentence};

/// The most variants of one script in one order; more is a slip of the hand.
pub const MOST_VARIANTS: u32 = 100;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct Order {
    /// How many variants of each script; 1 to [`MOST_VARIANTS`].
    pub variants: u32,
    /// Platform; `None` takes the project's.
    #[serde(default)]
    pub platform: Option<String>,
    /// The same seed, footage and script give the same plans.
    pub seed: u64,
    /// Only these scripts; empty means all of the project.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub scripts: Vec<ScriptId>,
    /// Render them at once; `false` speaks and plans only, to be looked at before anything is rendered.
    #[serde(default = "yes")]
    #[ts(as = "Option<_>", optional)]
    pub render: bool,
    /// Shots to leave out as far as there are others (those of a video that was rejected).
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub avoid: Vec<ShotId>,
    /// Shots that went out in the last so many days, or are about to, are left out as far as there are others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avoid_published_days: Option<u32>,
}

fn yes() -> bool {
    true
}
