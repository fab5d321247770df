//! Words to cues: which words show together and from when to when.
//!
//! What is not here: line breaks and sizes, which are drawn from the words when the ASS document is made (`layout`).

use super::Frame;
use super::cue::{Cue, CueWord};
use super::style::CaptionStyle;
use crate::speech::words::Word;

/// The cues of these words, in order: every word once, none overlapping, none shorter than 100 ms.
/// Times are those of the words, milliseconds.
#[must_use]
pub fn cut(words: &[Word], style: &CaptionStyle, _frame: &Frame) -> Vec<Cue> {
    let mut cues: Vec<Cue> = Vec::new();
    for word in words {
        let shown = CueWord {
            text: word.text.clone(),
            start_ms: word.start_ms,
            end_ms: word.end_ms,
            emphasis: false,
            break_after: false,
        };
        match cues.last_mut() {
            Some(cue) if cue.sentence == word.sentence && cue.words.len() < style.max_words as usize => {
                cue.end_ms = word.end_ms;
                cue.words.push(shown);
            }
            _ => cues.push(Cue {
                start_ms: word.start_ms,
                end_ms: word.end_ms,
                words: vec![shown],
                sentence: word.sentence,
                place: None,
            }),
        }
    }
    cues
}
