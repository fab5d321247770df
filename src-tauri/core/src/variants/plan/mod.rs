//! The planner: shots, words, a seed and what is known already, to N lists of segments.
//!
//! Pure: no clock, no file, no map whose order differs from run to run. The same input gives the same plan. What is
//! not here: how a shot fills the frame, captions, brand; [`crate::variants::compose`] adds those.

mod board;
mod candidates;
mod cuts;
mod fill;
mod finish;
mod improve;
mod matching;
mod noise;
mod pace;
#[cfg(test)]
mod pin_tests;
mod pool;
mod renew;
mod rows;
mod stems;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ts_rs::TS;

use crate::analysis::Shot;
use crate::error::{Code, Explain};
use crate::ids::ShotId;
use crate::speech::words::{Narration, VOICE_RATE};
use crate::variants::timeline::{Framing, ShotRef, Timeline};
use board::Board;
pub use candidates::{Ranked, candidates};
use matching::Matches;
use pool::Pool;
use rows::RowMaker;

/// A shot with what its source says about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanShot {
    /// The shot.
    pub shot: Shot,
    /// The user's file name of its source.
    pub source_name: String,
    /// Lower-case tags of its source; folder names are among them.
    pub tags: Vec<String>,
    /// BLAKE3 of its source, lower-case hex.
    pub source_hash: String,
    /// Length of its source, milliseconds.
    pub source_duration_ms: u64,
    /// Framing set by hand for the whole source.
    pub source_framing: Option<Framing>,
}

/// A shot set by hand for a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Pin {
    /// Number of the variant, from 0.
    pub variant: u32,
    /// The sentence's text.
    pub sentence: String,
    /// Which of several sentences with this text, from 0.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub occurrence: u32,
    /// Which cut inside the sentence, from 0.
    pub part: u32,
    /// What to show.
    pub shot: ShotId,
    /// Where reading starts, milliseconds of the source; `None` leaves it to the plan. Moved so that the shot fills the
    /// place without leaving its range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional = nullable)]
    pub in_ms: Option<u64>,
}

/// Everything a plan depends on.
#[derive(Debug, Clone, Copy)]
pub struct PlanInput<'a> {
    /// The shots that may be used, in any order.
    pub shots: &'a [PlanShot],
    /// What is said when.
    pub narration: &'a Narration,
    /// Frames a second of the videos.
    pub fps: u32,
    /// The same seed gives the same plan.
    pub seed: u64,
    /// How many variants.
    pub variants: u32,
    /// The script's own tags: footage with these suits all of its sentences.
    pub tags: &'a [String],
    /// Shots set by hand.
    pub pins: &'a [Pin],
    /// The timelines these variants had before, by number: sentences that did not change keep their picks.
    pub previous: &'a BTreeMap<u32, Timeline>,
    /// How often each shot is shown in other scripts of this batch. They count like shots of this script.
    pub used_in_batch: &'a BTreeMap<ShotId, u32>,
    /// In how many earlier clips each shot was shown. Fresh shots are preferred, but a shot that fits the words wins.
    pub used_before: &'a BTreeMap<ShotId, u32>,
}

/// One place on a planned variant, from the start of the narration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanSegment {
    /// First frame.
    pub start: u32,
    /// How many frames; at least 1.
    pub frames: u32,
    /// The sentence spoken over it.
    pub sentence: usize,
    /// Which cut inside the sentence, from 0.
    pub part: u32,
    /// What is shown.
    pub pick: ShotRef,
    /// Why, for a person.
    pub reason: String,
    /// Set by hand.
    pub pinned: bool,
}

/// One variant: its segments lie end to end from frame 0 to the end of the narration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VariantPlan {
    /// From 0.
    pub number: u32,
    /// In order.
    pub segments: Vec<PlanSegment>,
    /// What a person should know about this variant (a pin that could not be kept).
    pub notes: Vec<String>,
}

/// N variants and what to say about them all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// By number.
    pub variants: Vec<VariantPlan>,
    /// What a person should know about the batch (too few shots).
    pub notes: Vec<String>,
}

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// No shot at all, or none long enough to be read.
    #[error("There is no footage to show: no usable shot was found. Add footage to the project, then try again.")]
    NoFootage,
    /// The narration has no length or no sentence.
    #[error("There is nothing to show pictures for: the narration is empty. Check the script, then try again.")]
    NothingSpoken,
    /// A frame rate that sound cannot be cut to.
    #[error("{0} frames a second cannot be planned. Choose 24, 25, 30, 50 or 60.")]
    BadFrameRate(u32),
    /// One word lasts longer than the longest shot.
    #[error(
        "The word \"{word}\" lasts {word_ms} ms, but the longest shot is {longest_ms} ms. No video was planned. Add \
         footage with longer shots, or check that the narration is right."
    )]
    WordTooLong {
        /// The word.
        word: String,
        /// How long it must be covered, milliseconds.
        word_ms: u64,
        /// What the longest shot gives, milliseconds.
        longest_ms: u64,
    },
}

impl Explain for PlanError {
    fn code(&self) -> Code {
        match self {
            Self::NoFootage | Self::WordTooLong { .. } => Code::NoFootage,
            Self::NothingSpoken => Code::NothingToSpeak,
            Self::BadFrameRate(_) => Code::InvalidInput,
        }
    }

    fn details(&self) -> Value {
        match self {
            Self::WordTooLong { word, word_ms, longest_ms } => {
                json!({ "word": word, "word_ms": word_ms, "longest_ms": longest_ms })
            }
            _ => json!({}),
        }
    }
}

/// Plans all variants of one script.
///
/// # Errors
/// [`PlanError`] when there is nothing to show or nothing to show it for.
pub fn plan(input: &PlanInput<'_>) -> Result<Plan, PlanError> {
    if input.fps == 0 || !VOICE_RATE.is_multiple_of(input.fps) {
        return Err(PlanError::BadFrameRate(input.fps));
    }
    let pool = Pool::new(input);
    if pool.list.is_empty() {
        return Err(PlanError::NoFootage);
    }
    let (spoken, mut notes) = cuts::spoken(input, pool.longest())?;
    let matches = Matches::new(input, &pool);
    let pace = pace::choose(input, &pool, &spoken);
    let mut rows = Vec::new();
    let mut row_notes = Vec::new();
    for variant in 0..input.variants {
        let pace = pace::of_variant(pace, input.seed, variant);
        let (row, notes) = RowMaker { input, pool: &pool, spoken: &spoken, variant, pace }.row();
        rows.push(row);
        row_notes.push(notes);
    }
    let frames = spoken.iter().flat_map(|s| s.points.iter().map(|p| p.frame)).collect();
    let mut board = Board::new(input, &pool, &matches, frames, rows);
    renew::renew(&mut board, input);
    fill::fill(&mut board);
    improve::improve(&mut board);
    let variants = finish::variants(&board, row_notes);
    notes.extend(finish::notes(input, &board));
    Ok(Plan { variants, notes })
}
