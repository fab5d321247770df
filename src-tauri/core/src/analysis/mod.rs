//! Analysis: one decode of a source gives scenes, shots with scores, thumbnails and a waveform.

mod decode;
mod dissolves;
mod grid;
mod hash;
mod run;
mod scenes;
mod scores;
mod shots;
pub mod store;
pub mod thumbnails;
pub mod waveform;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ids::{ShotId, SourceId};
use crate::variants::timeline::Framing;
pub use run::{AnalysisError, run};

/// A time range of a source between two scene cuts, with its scores (0 to 1 each).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Shot {
    /// Its id.
    pub id: ShotId,
    /// The source it lies in.
    pub source: SourceId,
    /// Start, milliseconds.
    pub start_ms: u64,
    /// End, milliseconds.
    pub end_ms: u64,
    /// Index of the scene it lies in.
    pub scene: u32,
    /// How much moves.
    pub motion: f32,
    /// How sharp it is.
    pub sharpness: f32,
    /// How much contrast it has.
    pub contrast: f32,
    /// How bright it is.
    pub brightness: f32,
    /// 64-bit perceptual hash of its middle frame.
    pub phash: u64,
    /// Where the eye goes, across: 0 left, 1 right.
    pub anchor_x: f32,
    /// Where the eye goes, down: 0 top, 1 bottom.
    pub anchor_y: f32,
    /// Framing set by hand.
    pub framing: Option<Framing>,
}
