//! Changes made to captions by hand. They name a sentence by its text and words by their place in it, so they survive
//! re-planning, a new voice and changes in other sentences.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::cue::{Cue, CueWord, Place};
use super::cut::LEAST_MS;

/// Everything changed by hand in the captions of one script.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[serde(transparent)]
#[ts(as = "Vec<Edit>")]
pub struct CaptionEdits {
    /// In the order they were made. One whose sentence is gone stays, unused, until the sentence is back.
    pub edits: Vec<Edit>,
}

/// One change to some words of one sentence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(rename = "CaptionEdit")]
pub struct Edit {
    /// The sentence, as the script room cleaned it.
    pub sentence: String,
    /// Which of the sentences with that same text, from 0.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub occurrence: usize,
    /// First word, from 0.
    pub first: usize,
    /// Last word, itself included.
    pub last: usize,
    /// What changes.
    pub change: Change,
}

/// What an edit does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(rename = "CaptionChange")]
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

impl CaptionEdits {
    /// Adds an edit; one of the same kind for the same words gives way to it.
    pub fn set(&mut self, edit: Edit) {
        self.edits.retain(|e| {
            let same = e.sentence == edit.sentence && e.occurrence == edit.occurrence;
            let words = e.first == edit.first && e.last == edit.last;
            !(same && words && std::mem::discriminant(&e.change) == std::mem::discriminant(&edit.change))
        });
        self.edits.push(edit);
    }

    /// Takes all edits of one sentence back.
    pub fn clear(&mut self, sentence: &str, occurrence: usize) {
        self.edits.retain(|e| e.sentence != sentence || e.occurrence != occurrence);
    }

    /// The edits that wait for a sentence that is not in this script.
    #[must_use]
    pub fn unused(&self, sentences: &[String]) -> Vec<&Edit> {
        let there = |e: &&Edit| sentences.iter().filter(|s| **s == e.sentence).count() > e.occurrence;
        self.edits.iter().filter(|e| !there(e)).collect()
    }
}

/// The cues with the edits made. `sentences` are the script's, in the order the cues number them.
///
/// An edit whose sentence or words are not there changes nothing. A break that would leave a cue shorter than 100 ms
/// is not made.
#[must_use]
pub fn apply(cues: Vec<Cue>, sentences: &[String], edits: &CaptionEdits) -> Vec<Cue> {
    if edits.edits.is_empty() {
        return cues;
    }
    let mut done = Vec::with_capacity(cues.len());
    for group in cues.chunk_by(|a, b| a.sentence == b.sentence) {
        let number = group.first().map_or(0, |c| c.sentence);
        let made: Vec<&Edit> = sentences.get(number).map_or_else(Vec::new, |text| {
            let occurrence = sentences[..number].iter().filter(|s| *s == text).count();
            edits.edits.iter().filter(|e| e.sentence == *text && e.occurrence == occurrence).collect()
        });
        if made.is_empty() {
            done.extend_from_slice(group);
        } else {
            done.extend(edited(group, &made));
        }
    }
    done
}

/// What is shown for one spoken word: usually that word.
struct Piece {
    words: Vec<CueWord>,
    starts_cue: bool,
    place: Option<Place>,
}

fn edited(cues: &[Cue], edits: &[&Edit]) -> Vec<Cue> {
    let mut pieces: Vec<Piece> = Vec::new();
    for cue in cues {
        pieces.extend(cue.words.iter().enumerate().map(|(i, word)| Piece {
            words: vec![word.clone()],
            starts_cue: i == 0,
            place: cue.place,
        }));
    }
    for edit in edits {
        if let Some(range) = pieces.get_mut(edit.first..edit.last.saturating_add(1)) {
            change(range, &edit.change);
        }
    }
    let mut done: Vec<Cue> = Vec::new();
    let mut starts = true;
    for piece in pieces {
        starts |= piece.starts_cue;
        let (Some(first), Some(last)) = (piece.words.first(), piece.words.last()) else { continue };
        let (start_ms, end_ms) = (first.start_ms, last.end_ms);
        match done.last_mut() {
            Some(cue) if !starts || start_ms.saturating_sub(cue.start_ms) < LEAST_MS => {
                cue.end_ms = end_ms;
                cue.place = piece.place.or(cue.place);
                cue.words.extend(piece.words);
            }
            _ => {
                let sentence = cues.first().map_or(0, |c| c.sentence);
                done.push(Cue { start_ms, end_ms, words: piece.words, sentence, place: piece.place });
            }
        }
        starts = false;
    }
    // A hand-made break near the end may leave a last cue that is too short to be seen.
    if let [.., _, last] = done.as_slice()
        && last.end_ms - last.start_ms < LEAST_MS
        && let Some(last) = done.pop()
        && let Some(before) = done.last_mut()
    {
        before.end_ms = last.end_ms;
        before.words.extend(last.words);
    }
    done
}

fn change(pieces: &mut [Piece], change: &Change) {
    match change {
        Change::Text { text } => retext(pieces, text),
        Change::CueBreak { on } => {
            if let Some(piece) = pieces.first_mut() {
                piece.starts_cue = *on;
            }
        }
        Change::LineBreak { on } => {
            if let Some(word) = pieces.iter_mut().rev().find_map(|p| p.words.last_mut()) {
                word.break_after = *on;
            }
        }
        Change::Emphasis { on } => {
            for word in pieces.iter_mut().flat_map(|p| &mut p.words) {
                word.emphasis = *on;
            }
        }
        Change::Place { place } => {
            for piece in pieces {
                piece.place = *place;
            }
        }
    }
}

/// Shows other words in the time of these. As many words take each other's times; else the time is shared out by
/// length.
fn retext(pieces: &mut [Piece], text: &str) {
    let texts: Vec<&str> = text.split_whitespace().collect();
    let old: Vec<CueWord> = pieces.iter().flat_map(|p| p.words.iter().cloned()).collect();
    let (Some(first), Some(last)) = (old.first(), old.last()) else { return };
    if texts.len() == pieces.len() && old.len() == pieces.len() {
        for (piece, text) in pieces.iter_mut().zip(texts) {
            for word in &mut piece.words {
                text.clone_into(&mut word.text);
            }
        }
        return;
    }
    let length = last.end_ms - first.start_ms;
    let texts: Vec<String> = if texts.len() > length as usize {
        // More words than milliseconds: they light up together.
        vec![texts.join(" ")]
    } else {
        texts.into_iter().map(str::to_owned).collect()
    };
    let letters: usize = texts.iter().map(|t| t.chars().count()).sum();
    let spare = u64::from(length) - texts.len() as u64;
    let (mut passed, mut start_ms) = (0, first.start_ms);
    let mut shown = Vec::with_capacity(texts.len());
    for (i, text) in texts.into_iter().enumerate() {
        passed += text.chars().count();
        // Each has one millisecond for certain; the rest is shared out.
        let share = (spare * passed as u64 / letters.max(1) as u64) as u32;
        let end_ms = first.start_ms + i as u32 + 1 + share;
        shown.push(CueWord { text, start_ms, end_ms, emphasis: first.emphasis, break_after: false });
        start_ms = end_ms;
    }
    for piece in pieces.iter_mut() {
        piece.words.clear();
    }
    if let Some(piece) = pieces.first_mut() {
        piece.words = shown;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::captions::cut::cut;
    use crate::captions::style;
    use crate::captions::testing::{frame, spoken};

    const TEXTS: [&str; 3] = ["una două trei patru cinci", "altceva aici", "una două trei patru cinci"];

    fn sentences(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|t| (*t).to_owned()).collect()
    }

    fn cues(texts: &[&str]) -> Vec<Cue> {
        cut(&spoken(texts), &style::by_id("bold-pop").unwrap(), &frame())
    }

    fn edit(first: usize, last: usize, change: Change) -> Edit {
        Edit { sentence: TEXTS[0].into(), occurrence: 0, first, last, change }
    }

    fn shown(cues: &[Cue], sentence: usize) -> Vec<String> {
        let of = cues.iter().filter(|c| c.sentence == sentence);
        of.map(|c| c.words.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ")).collect()
    }

    fn made(edits: Vec<Edit>) -> Vec<Cue> {
        apply(cues(&TEXTS), &sentences(&TEXTS), &CaptionEdits { edits })
    }

    #[test]
    fn words_are_shown_otherwise_in_the_time_of_what_is_spoken() {
        let before = cues(&TEXTS);
        let after = made(vec![edit(1, 2, Change::Text { text: "2 și încă 3".into() })]);
        assert_eq!(shown(&before, 0), ["una două trei", "patru cinci"]);
        assert_eq!(shown(&after, 0), ["una 2 și încă 3", "patru cinci"]);
        assert_eq!((after[0].start_ms, after[0].end_ms), (before[0].start_ms, before[0].end_ms));
        assert_eq!(shown(&after, 2), shown(&before, 2), "the same sentence further on is another one");
        let same = made(vec![edit(0, 0, Change::Text { text: "UNA".into() })]);
        assert_eq!(same[0].words[0].end_ms, before[0].words[0].end_ms);
    }

    #[test]
    fn empty_text_hides_words_and_a_cue_with_none_is_gone() {
        assert_eq!(shown(&made(vec![edit(3, 4, Change::Text { text: " ".into() })]), 0), ["una două trei"]);
    }

    #[test]
    fn cues_are_broken_and_joined_by_hand() {
        let after = made(vec![edit(1, 1, Change::CueBreak { on: true }), edit(3, 3, Change::CueBreak { on: false })]);
        assert_eq!(shown(&after, 0), ["una", "două trei patru cinci"]);
        assert_eq!(after[0].end_ms, after[1].start_ms);
    }

    #[test]
    fn emphasis_line_break_and_place_stay_with_their_words() {
        let place = Place { x: 0.5, y: 0.2 };
        let after = made(vec![
            edit(1, 1, Change::Emphasis { on: true }),
            edit(1, 1, Change::LineBreak { on: true }),
            edit(4, 4, Change::Place { place: Some(place) }),
        ]);
        assert!(after[0].words[1].emphasis && after[0].words[1].break_after && !after[0].words[0].emphasis);
        assert_eq!((after[0].place, after[1].place), (None, Some(place)));
    }

    #[test]
    fn edits_survive_changes_elsewhere_and_wait_for_their_sentence() {
        let edits = CaptionEdits { edits: vec![edit(0, 0, Change::Text { text: "UNU".into() })] };
        let other = ["nou la început", TEXTS[0]];
        assert_eq!(shown(&apply(cues(&other), &sentences(&other), &edits), 1), ["UNU două trei", "patru cinci"]);
        let gone = ["cu totul altceva"];
        assert_eq!(apply(cues(&gone), &sentences(&gone), &edits), cues(&gone));
        assert_eq!(edits.unused(&sentences(&gone)).len(), 1);
        assert!(edits.unused(&sentences(&TEXTS)).is_empty());
    }

    #[test]
    fn a_second_edit_of_the_same_kind_replaces_the_first() {
        let mut edits = CaptionEdits::default();
        edits.set(edit(0, 0, Change::Text { text: "A".into() }));
        edits.set(edit(0, 0, Change::Emphasis { on: true }));
        edits.set(edit(0, 0, Change::Text { text: "B".into() }));
        assert_eq!(edits.edits.len(), 2);
        assert_eq!(shown(&apply(cues(&TEXTS), &sentences(&TEXTS), &edits), 0)[0], "B două trei");
        edits.clear(TEXTS[0], 0);
        assert!(edits.edits.is_empty());
    }

    #[test]
    fn edits_are_stored_as_a_plain_list() {
        let edits = CaptionEdits { edits: vec![edit(0, 1, Change::CueBreak { on: true })] };
        let text = serde_json::to_string(&edits).unwrap();
        assert!(text.starts_with('['), "{text}");
        assert_eq!(serde_json::from_str::<CaptionEdits>(&text).unwrap(), edits);
    }

    fn changes() -> impl Strategy<Value = Change> {
        prop_oneof![
            "[a-zș ]{0,20}".prop_map(|text| Change::Text { text }),
            any::<bool>().prop_map(|on| Change::CueBreak { on }),
            any::<bool>().prop_map(|on| Change::LineBreak { on }),
            any::<bool>().prop_map(|on| Change::Emphasis { on }),
        ]
    }

    proptest! {
        #[test]
        fn whatever_is_edited_cues_stay_in_order_and_are_long_enough(
            list in prop::collection::vec((0usize..7, 0usize..7, changes()), 0..8), speed in 15u32..300
        ) {
            let mut words = spoken(&TEXTS);
            for (word, at) in words.iter_mut().zip((0u32..).step_by(speed as usize)) {
                (word.start_ms, word.end_ms) = (at, at + speed);
            }
            let cues = cut(&words, &style::by_id("bold-pop").unwrap(), &frame());
            let edits = list.into_iter().map(|(first, last, change)| edit(first, last, change)).collect();
            let mut past = 0;
            for cue in apply(cues, &sentences(&TEXTS), &CaptionEdits { edits }) {
                prop_assert!(cue.start_ms >= past && cue.end_ms > cue.start_ms && !cue.words.is_empty());
                past = cue.end_ms;
                let mut within = cue.start_ms;
                for word in &cue.words {
                    prop_assert!(word.start_ms >= within && word.end_ms > word.start_ms && word.end_ms <= cue.end_ms);
                    within = word.end_ms;
                }
            }
        }
    }
}
