//! The spoken words of a script and when each is heard: what the voice room gives to captions and to the planner.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::chain::StepDown;
use crate::budget::Price;

/// Samples a second of every voiceover: mono, 16 bit. Divides evenly by every frame rate we render at (24, 25, 30, 50, 60).
pub const VOICE_RATE: u32 = 48_000;

/// One spoken word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Word {
    /// As written in the script, with the punctuation that touches it.
    pub text: String,
    /// When it starts, milliseconds from the start of the voiceover.
    pub start_ms: u32,
    /// When it ends; always after `start_ms`.
    pub end_ms: u32,
    /// Index of its sentence in the script.
    pub sentence: usize,
}

/// One sentence as it is spoken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SpokenSentence {
    /// The sentence's text, as the script room cleaned it.
    pub text: String,
    /// First sample, from the start of the voiceover. Always on a frame boundary.
    pub start_sample: u64,
    /// One past its last sample, padding included. Always on a frame boundary.
    pub end_sample: u64,
}

/// Which voice: the provider's name and the provider's name for the voice.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub struct VoiceId {
    /// "flite", "espeak-ng", "recorded", …
    pub provider: String,
    /// "slt", "ro", …
    pub voice: String,
}

impl std::fmt::Display for VoiceId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.provider, self.voice)
    }
}

/// What was said when: everything about a voiceover but its samples.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Narration {
    /// ISO 639-1 code ("en", "ro").
    pub language: String,
    /// The voice that was asked for.
    pub asked: VoiceId,
    /// The voice that spoke.
    pub used: VoiceId,
    /// Why `used` differs from `asked`, a line for each step down; empty when it does not.
    pub reasons: Vec<String>,
    /// The same with the voice and a stable name for each reason.
    #[serde(default)]
    pub steps: Vec<StepDown>,
    /// What making it cost; `None` for a free voice.
    #[serde(default)]
    pub cost: Option<Price>,
    /// Sentences in order, without gaps: each starts where the one before ends.
    pub sentences: Vec<SpokenSentence>,
    /// Words in order; never overlapping.
    pub words: Vec<Word>,
    /// Length in samples at [`VOICE_RATE`]: the end of the last sentence.
    pub samples: u64,
}
