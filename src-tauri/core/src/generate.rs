//! Generate: from a project to queued renders. Scripts are spoken, variants planned, one render job stored for each.

use serde::{Deserialize, Serialize};

use crate::ids::ScriptId;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// How many variants of each script; at least 1.
    pub variants: u32,
    /// Platform; `None` takes the project's.
    pub platform: Option<String>,
    /// The same seed, footage and script give the same plans.
    pub seed: u64,
    /// Only these scripts; empty means all of the project.
    #[serde(default)]
    pub scripts: Vec<ScriptId>,
}
