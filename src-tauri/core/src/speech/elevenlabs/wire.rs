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

/// What was spoken lately.
#[derive(Debug, Deserialize)]
pub(super) struct History {
    #[serde(default)]
    pub(super) history: Vec<Past>,
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
    /// What it cost, when the numbers make sense.
    pub(super) fn characters(&self) -> Option<u64> {
        self.character_count_change_to?.checked_sub(self.character_count_change_from?)
    }
}
