//! What ElevenLabs sends, as far as it is read here.

use serde::Deserialize;

/// Speech with the time of every character.
#[derive(Debug, Deserialize)]
pub(super) struct Timed {
    pub(super) audio_base64: String,
    #[serde(default)]
    pub(super) alignment: Option<Alignment>,
}

/// When each character of the text that was sent is heard.
#[derive(Debug, Deserialize)]
pub(super) struct Alignment {
    pub(super) characters: Vec<String>,
    pub(super) character_start_times_seconds: Vec<f64>,
    pub(super) character_end_times_seconds: Vec<f64>,
}

/// A page of voices.
#[derive(Debug, Deserialize)]
pub(super) struct Voices {
    pub(super) voices: Vec<Voice>,
    #[serde(default)]
    pub(super) next_page_token: Option<String>,
}

/// A voice.
#[derive(Debug, Deserialize)]
pub(super) struct Voice {
    pub(super) voice_id: String,
    #[serde(default)]
    pub(super) name: Option<String>,
    #[serde(default)]
    pub(super) labels: std::collections::BTreeMap<String, serde_json::Value>,
}

/// A model.
#[derive(Debug, Deserialize)]
pub(super) struct Model {
    pub(super) model_id: String,
    #[serde(default)]
    pub(super) model_rates: Option<Rates>,
}

/// What a model costs.
#[derive(Debug, Deserialize)]
pub(super) struct Rates {
    pub(super) character_cost_multiplier: f64,
}

/// The account's plan.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Subscription {
    /// The plan's name ("creator").
    #[serde(default)]
    pub tier: Option<String>,
    /// Characters used in this period.
    pub character_count: u64,
    /// Characters there are in this period.
    pub character_limit: u64,
    /// When the next period starts, UTC seconds.
    #[serde(default)]
    pub next_character_count_reset_unix: Option<i64>,
}

impl Subscription {
    /// Characters left in this period.
    #[must_use]
    pub fn left(&self) -> u64 {
        self.character_limit.saturating_sub(self.character_count)
    }
}

/// A page of what was spoken lately, the newest first.
///
/// `has_more` has no default: a page that does not say whether it is the last one proves nothing about what is not on it.
#[derive(Debug, Deserialize)]
pub(super) struct History {
    pub(super) history: Vec<Past>,
    pub(super) has_more: bool,
    /// What the next page is asked for with (`start_after_history_item_id`).
    #[serde(default)]
    pub(super) last_history_item_id: Option<String>,
}

/// One thing that was spoken.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Past {
    pub(super) history_item_id: String,
    #[serde(default)]
    pub(super) request_id: Option<String>,
    #[serde(default)]
    pub(super) text: Option<String>,
    #[serde(default)]
    pub(super) date_unix: i64,
    #[serde(default)]
    pub(super) character_count_change_from: Option<u64>,
    #[serde(default)]
    pub(super) character_count_change_to: Option<u64>,
}

impl Past {
    /// Its names: the request's first, which is the one an answer carries too; then its own.
    pub(super) fn names(&self) -> Vec<String> {
        let request = self.request_id.clone().filter(|id| !id.is_empty());
        request.into_iter().chain([format!("history:{}", self.history_item_id)]).collect()
    }

    /// What it cost, when the numbers make sense.
    pub(super) fn characters(&self) -> Option<u64> {
        self.character_count_change_to?.checked_sub(self.character_count_change_from?)
    }
}
