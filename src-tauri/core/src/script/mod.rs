//! Scripts: text to sentences, cleaned of what is not spoken.

pub mod batch;
mod clean;
mod language;
mod lines;
pub mod naming;
mod split;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::error::{Code, Explain};

/// The most characters of speech one script may have: over twenty minutes of talk, far past any short video.
pub const MAX_SPOKEN: usize = 20_000;

/// A script ready to be spoken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Script {
    /// ISO 639-1 code ("en", "ro").
    pub language: String,
    /// At least one; each has at least one word.
    pub sentences: Vec<Sentence>,
}

/// One sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
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
    /// The language given is no language code.
    #[error(
        "\"{0}\" is not a language code. Use two letters, such as en or ro, or leave it out to let the program tell."
    )]
    Language(String),
}

impl Explain for ScriptError {
    fn code(&self) -> Code {
        match self {
            Self::NothingToSpeak => Code::NothingToSpeak,
            Self::TooLong { .. } => Code::ScriptTooLong,
            Self::Language(_) => Code::InvalidInput,
        }
    }

    fn details(&self) -> serde_json::Value {
        match self {
            Self::NothingToSpeak | Self::Language(_) => serde_json::json!({}),
            Self::TooLong { characters } => serde_json::json!({ "characters": characters, "most": MAX_SPOKEN }),
        }
    }
}

/// Plain text or Markdown as a script. `language` ("ro", "en-GB") overrides detection.
///
/// # Errors
/// [`ScriptError`].
pub fn read(text: &str, language: Option<&str>) -> Result<Script, ScriptError> {
    let given = language.map(language::code).transpose()?;
    let blocks = clean::blocks(text);
    if blocks.is_empty() {
        return Err(ScriptError::NothingToSpeak);
    }
    let characters = blocks.iter().map(|b| b.chars().count()).sum();
    if characters > MAX_SPOKEN {
        return Err(ScriptError::TooLong { characters });
    }
    let language = given.unwrap_or_else(|| language::detect(&blocks.join("\n")));
    let mut sentences = Vec::new();
    for (paragraph, block) in blocks.iter().enumerate() {
        let block = if language == "ro" { language::with_commas_below(block) } else { block.clone() };
        sentences.extend(split::sentences(&block).into_iter().map(|text| Sentence { text, paragraph }));
    }
    Ok(Script { language, sentences })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_script_is_read_into_sentences_with_their_paragraphs() {
        let script = read("# Pâine\n\nPaşi mici. Faţă nouă!\n\n- Făină\n- Apă", None).unwrap();
        assert_eq!(script.language, "ro");
        let all: Vec<_> = script.sentences.iter().map(|s| (s.text.as_str(), s.paragraph)).collect();
        assert_eq!(all, [("Pași mici.", 0), ("Față nouă!", 0), ("Făină", 1), ("Apă", 2)]);
    }

    #[test]
    fn a_text_without_a_word_has_nothing_to_speak() {
        for text in [
            "",
            " \n\t",
            "😀🎉",
            "---",
            "[music]",
            "```\ncode\n```",
            "![a](b.png)",
            "https://x.ro",
            "<br/>",
            "...",
            "#tag",
        ] {
            assert_eq!(read(text, None), Err(ScriptError::NothingToSpeak), "{text:?}");
        }
    }

    #[test]
    fn two_hundred_thousand_characters_are_too_many() {
        let error = read(&"Bread. ".repeat(30_000), None).unwrap_err();
        assert!(matches!(error, ScriptError::TooLong { characters } if characters > 200_000), "{error:?}");
        assert_eq!(error.code(), Code::ScriptTooLong);
    }

    #[test]
    fn a_language_given_by_hand_wins() {
        assert_eq!(read("Pâine caldă și bună.", Some("en-GB")).unwrap().language, "en");
        assert!(matches!(read("Bread.", Some("klingonese")), Err(ScriptError::Language(_))));
    }

    proptest! {
        #[test]
        fn any_text_at_all_is_read_or_refused(text in any::<String>(), marks in "[-#*_>`~|<>\\[\\]()!.:/a-z \n0-9]{0,200}") {
            for text in [text.clone(), marks.clone(), format!("{marks}{text}")] {
                if let Ok(script) = read(&text, None) {
                    prop_assert!(!script.sentences.is_empty());
                    for sentence in script.sentences {
                        prop_assert!(sentence.text.chars().any(char::is_alphanumeric));
                        prop_assert!(!sentence.text.contains(['\n', '\t', '\r']) && !sentence.text.contains("  "));
                        prop_assert_eq!(sentence.text.trim(), sentence.text.as_str());
                    }
                }
            }
        }

        #[test]
        fn plain_words_come_through_as_they_were_written(words in prop::collection::vec("[a-zăâîșț]{2,9}", 1..60)) {
            let text = words.join(" ");
            let script = read(&text, None).unwrap();
            let spoken: Vec<_> = script.sentences.iter().flat_map(|s| s.text.split(' ')).map(str::to_owned).collect();
            prop_assert_eq!(spoken, words);
        }
    }
}
