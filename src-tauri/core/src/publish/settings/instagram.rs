//! What Instagram asks of a post. Names and values on the wire are those of Postiz's public API (`InstagramSettings`).

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ts_rs::TS;

use super::super::preflight::Finding;

/// What becomes of a video on Instagram.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum InstagramKind {
    /// A reel.
    #[default]
    Reel,
    /// A story.
    Story,
}

/// Instagram.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct InstagramSettings {
    /// A reel or a story.
    pub kind: InstagramKind,
    /// A trial reel, shown to people who do not follow first.
    pub trial: bool,
}

impl InstagramSettings {
    pub(super) fn check(&self) -> Vec<Finding> {
        if self.kind == InstagramKind::Story && self.trial {
            return vec![Finding::error(
                "trial_story",
                "A story cannot be a trial reel. Make it a reel, or take the trial back.",
                json!({}),
            )];
        }
        Vec::new()
    }

    pub(super) fn wire(&self, identifier: &str) -> Value {
        let mut wire = json!({
            "__type": identifier,
            "post_type": if self.kind == InstagramKind::Story { "story" } else { "post" },
            "is_trial_reel": self.trial,
        });
        if self.trial {
            // It stays a trial until a person shows it to followers.
            wire["graduation_strategy"] = json!("MANUAL");
        }
        wire
    }
}
