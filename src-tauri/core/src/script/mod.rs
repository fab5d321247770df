//! Scripts: text to sentences, cleaned of what is not spoken.

pub mod batch;
pub mod naming;

use serde::{Deserialize, Serialize};

use crate::error::{Code, Explain};

/// The most characters of speech one script may have: over twenty minutes of talk, far past any short video.
pub const MAX_SPOKEN: usize = 20_000;

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

/// Why a text is no script.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScriptError {
    /// Empty, or only emoji, markup, stage directions.
    #[error(
        "The script has nothing to speak: after markup, emoji, links and stage directions there is no word left. Nothing was made. Write at least one sentence."
    )]
    NothingToSpeak,
    /// More than [`MAX_SPOKEN`] characters.
    #[error(
        "The script is too long for one video: {characters} characters to speak, and {MAX_SPOKEN} is the most. Nothing was made. Split it into several scripts."
    )]
    TooLong {
        /// How many there are.
        characters: usize,
    },
}

impl Explain for ScriptError {
    fn code(&self) -> Code {
        match self {
            Self::NothingToSpeak => Code::NothingToSpeak,
            Self::TooLong { .. } => Code::ScriptTooLong,
        }
    }

    fn details(&self) -> serde_json::Value {
        match self {
            Self::NothingToSpeak => serde_json::json!({}),
            Self::TooLong { characters } => serde_json::json!({ "characters": characters, "most": MAX_SPOKEN }),
        }
    }
}

/// Plain text or Markdown as a script. `language` (ISO 639-1) overrides detection.
///
/// # Errors
/// [`ScriptError`].
pub fn read(text: &str, language: Option<&str>) -> Result<Script, ScriptError> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if !text.chars().any(char::is_alphanumeric) {
        return Err(ScriptError::NothingToSpeak);
    }
    let sentences =
        text.split_inclusive(['.', '!', '?']).map(str::trim).filter(|s| s.chars().any(char::is_alphanumeric));
    let sentences = sentences.map(|s| Sentence { text: s.to_owned(), paragraph: 0 }).collect();
    Ok(Script { language: language.unwrap_or("en").to_owned(), sentences })
}
