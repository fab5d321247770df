//! A caption as a value: which words show together, when, and where. No font, no colour; those are the style's.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One word of a cue with the time it is highlighted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CueWord {
    /// What is shown.
    pub text: String,
    /// Highlighted from, milliseconds of the timeline.
    pub start_ms: u32,
    /// Highlighted until; after `start_ms`.
    pub end_ms: u32,
    /// Drawn in the style's emphasis colour all the time.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub emphasis: bool,
    /// A line break comes after this word.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub break_after: bool,
}

/// Where a cue stands: the middle of its text, as a share of the frame (0 left/top, 1 right/bottom).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[ts(rename = "CaptionPlace")]
pub struct Place {
    /// Horizontal middle, 0 to 1.
    pub x: f32,
    /// Vertical middle, 0 to 1.
    pub y: f32,
}

/// Words shown together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Cue {
    /// Shown from, milliseconds of the timeline.
    pub start_ms: u32,
    /// Shown until; after `start_ms`.
    pub end_ms: u32,
    /// At least one.
    pub words: Vec<CueWord>,
    /// Index of the sentence it belongs to.
    pub sentence: usize,
    /// Set when it was moved by hand; else the style's place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}
