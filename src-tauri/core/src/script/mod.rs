//! Scripts: text to sentences, cleaned of what is not spoken.

use serde::{Deserialize, Serialize};

/// A script ready to be spoken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Script {
    /// ISO 639-1 code ("en", "ro").
    pub language: String,
    /// At least one; each has at least one word.
    pub sentences: Vec<Sentence>,
}

/// One sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// Spoken text; no markup, single spaces.
    pub text: String,
    /// Index of its paragraph.
    pub paragraph: usize,
}
