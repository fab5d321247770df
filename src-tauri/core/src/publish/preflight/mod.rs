//! What a platform would not take, or not show well, found before a video leaves.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// It keeps the video from being published.
    Error,
    /// It is said.
    Warning,
}

/// What mends it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "fix", rename_all = "snake_case")]
pub enum Fix {
    /// Making the video again for this platform of ours ("shorts").
    Render {
        /// Its name.
        platform: String,
    },
}

/// Something found wrong with a post.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Finding {
    /// A stable name ("too_long").
    pub code: String,
    /// How bad it is.
    pub level: Level,
    /// What, for a person.
    pub says: String,
    /// Numbers and names of it; an object.
    #[ts(type = "Record<string, unknown>")]
    pub details: Value,
    /// What mends it; `null` when nothing here can.
    pub fix: Option<Fix>,
}
