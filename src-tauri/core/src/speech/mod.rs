//! Speech: a script spoken sentence by sentence, joined as samples, with the time of every word, checked.
//!
//! [`speak`] is the way in; [`recorded::accept`] takes the user's own narration instead; [`voices::list`] says who can
//! speak; [`say::say`] is a preview. Nothing is called speech before [`check`] has heard it, and nothing unheard is
//! cached. [`chain`] says who is asked, and in which order; a script has one voice from its first sentence to its last. What
//! is not here: splitting a script into sentences (the script room), showing words (captions), loudness of the finished
//! video (render), and what may be spent (budget).

pub mod account;
mod cache;
pub mod chain;
pub mod check;
mod decode;
pub mod edge;
pub mod elevenlabs;
pub mod error;
pub mod heard;
pub mod installed;
mod join;
pub mod listen;
mod money;
pub mod offline;
pub(crate) mod piper;
mod plain;
pub mod plan;
pub mod pronunciation;
pub mod provider;
pub mod recorded;
pub mod say;
mod sentences;
mod speak;
mod spoken;
mod timing;
pub mod voices;
mod walk;
pub mod wav;
pub mod words;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ids::VoiceoverId;
use crate::variants::timeline::FileRef;
pub use error::SpeechError;
pub use sentences::{Patience, Step};
pub use speak::{Errand, SpeakRequest, speak, speak_with_steps};
use words::Narration;

/// Spoken audio for one script, kept in the profile.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Voiceover {
    /// Its id.
    pub id: VoiceoverId,
    /// A WAV: mono, 16 bit, at [`words::VOICE_RATE`].
    pub file: FileRef,
    /// Who said what when.
    pub narration: Narration,
}
