//! Captions: words to cues, cues to ASS (burned in), SRT and VTT.

pub mod ass;
pub mod cue;
pub mod cut;
#[cfg(test)]
mod drawn;
pub mod edits;
pub mod fonts;
mod layout;
mod measure;
mod paint;
pub mod places;
pub mod style;
#[cfg(test)]
pub(crate) mod testing;
pub mod text_tracks;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The part of a frame no platform covers with its own buttons and text, as margins: shares of the frame.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
pub struct SafeZone {
    /// Margin at the left, a share of the width.
    pub left: f32,
    /// Margin at the right, a share of the width.
    pub right: f32,
    /// Margin at the top, a share of the height.
    pub top: f32,
    /// Margin at the bottom, a share of the height.
    pub bottom: f32,
}

/// The frame captions are laid out for.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Where captions may stand.
    pub safe: SafeZone,
}
