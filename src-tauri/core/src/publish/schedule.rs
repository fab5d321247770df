//! When posts go out.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A time for a clip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PlannedSlot {
    /// Which clip, from 0.
    pub clip: u32,
    /// UTC milliseconds.
    pub at: i64,
}
