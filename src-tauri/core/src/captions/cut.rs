//! Words to cues: which words show together and from when to when.
//!
//! What is not here: line breaks and sizes, which are drawn from the words when the ASS document is made (`layout`).

use super::Frame;
use super::cue::{Cue, CueWord};
use super::layout::fits;
use super::measure::{Extent, Ruler};
use super::style::CaptionStyle;
use crate::speech::words::Word;

/// No cue shows for less, milliseconds.
pub const LEAST_MS: u32 = 100;
/// A pause inside a sentence from which on a new cue starts after it.
const PAUSE_MS: u32 = 600;
/// Shorter gaps between cues are closed, so that captions do not blink.
const CLOSE_MS: u32 = 500;
/// How long a cue stays after its last word when a longer gap follows.
const HOLD_MS: u32 = 200;
/// Cues that show for less than this are hard to read and avoided where the words allow.
const COMFORT_MS: u32 = 350;
/// Most lines a cue takes at full size.
const LINES: usize = 2;

/// The cues of these words, in order: every word once, none overlapping, none shorter than 100 ms. Times are
/// milliseconds of the same clock as the words'. The frame decides how many words fit.
///
/// Words that are spoken too fast for 100 ms share a cue with their neighbours, past the style's limits if need be.
#[must_use]
pub fn cut(words: &[Word], style: &CaptionStyle, frame: &Frame) -> Vec<Cue> {
    let words = in_order(words);
    let room = Room { style, ruler: Ruler::new(&style.font), frame };
    let mut groups = Vec::new();
    let mut start = 0;
    for end in 1..=words.len() {
        let ends = |next: &Word| {
            let last = &words[end - 1];
            // A dash at the start is not left alone.
            last.sentence != next.sentence || words[start..end].iter().any(speaks) && ends_phrase(last, next)
        };
        if words.get(end).is_none_or(ends) {
            groups.extend(room.divide(&words[start..end]));
            start = end;
        }
    }
    merge_hasty(&mut groups);
    timed(groups)
}

/// The words with times that never overlap and always last; words without a visible character are not shown.
fn in_order(words: &[Word]) -> Vec<Word> {
    let mut past = 0;
    let mut sound = Vec::with_capacity(words.len());
    for word in words.iter().filter(|w| !w.text.trim().is_empty()) {
        let start_ms = word.start_ms.max(past);
        let end_ms = word.end_ms.max(start_ms.saturating_add(1));
        past = end_ms;
        sound.push(Word { text: word.text.trim().to_owned(), start_ms, end_ms, sentence: word.sentence });
    }
    sound
}

/// A full stop inside a sentence is an abbreviation's; what ends a thought there is said by other marks.
fn ends_phrase(word: &Word, next: &Word) -> bool {
    let bare = word.text.trim_end_matches(['"', '\'', '”', '“', '’', '»', '«', ')', ']']);
    bare.ends_with(['!', '?', '…', ':', ';', '—'])
        || bare.ends_with("...")
        || matches!(word.text.as_str(), "–" | "-")
        || next.start_ms.saturating_sub(word.end_ms) >= PAUSE_MS
}

/// A lone dash does not.
fn speaks(word: &Word) -> bool {
    word.text.chars().any(char::is_alphanumeric)
}

struct Room<'a> {
    style: &'a CaptionStyle,
    ruler: Ruler,
    frame: &'a Frame,
}

impl Room<'_> {
    /// Divides one phrase into cues of about equal length that end where a reader would pause.
    fn divide(&self, phrase: &[Word]) -> Vec<Vec<Word>> {
        let setting = self.style.setting(self.frame);
        let extents: Vec<Extent> =
            phrase.iter().map(|w| self.ruler.text(&self.style.shown(&w.text), self.style.letter_spacing)).collect();
        let characters: Vec<usize> = phrase.iter().map(|w| w.text.chars().count()).collect();
        let most_words = self.style.max_words.max(1) as usize;
        let most_characters = self.style.max_characters.max(1) as usize;

        // best[end]: the least cost of dividing the first `end` words, and where the last cue starts.
        let mut best = vec![(f32::MAX, 0_usize); phrase.len() + 1];
        best[0].0 = 0.0;
        for end in 1..=phrase.len() {
            for start in (end.saturating_sub(most_words)..end).rev() {
                let count = characters[start..end].iter().sum::<usize>() + (end - start - 1);
                let alone = end - start == 1;
                if !alone
                    && (count > most_characters
                        || !fits(&extents[start..end], &self.ruler, &setting, self.frame, LINES))
                {
                    break;
                }
                let full = (count as f32 / most_characters as f32).min(1.0);
                let cost = best[start].0 + cost(phrase, start, end, full);
                if cost < best[end].0 {
                    best[end] = (cost, start);
                }
            }
        }
        let mut cues = Vec::new();
        let mut end = phrase.len();
        while end > 0 {
            let start = best[end].1;
            cues.push(phrase[start..end].to_vec());
            end = start;
        }
        cues.reverse();
        cues
    }
}

/// What a cue of these words costs: each cue something, an empty one and a hasty one more, and one that stops after
/// an article or a preposition, too. One that stops at a comma costs less.
fn cost(phrase: &[Word], start: usize, end: usize, full: f32) -> f32 {
    let last = &phrase[end - 1];
    let inside = end < phrase.len();
    let until = if inside { phrase[end].start_ms } else { last.end_ms };
    let shown = until.saturating_sub(phrase[start].start_ms);
    let mut cost = 1.0 + (1.0 - full).powi(2);
    if !phrase[start..end].iter().any(speaks) {
        cost += 10.0;
    }
    if shown < COMFORT_MS {
        cost += 1.5 * (1.0 - shown as f32 / COMFORT_MS as f32);
    }
    if inside && last.text.ends_with(',') {
        cost -= 0.4;
    }
    if inside && last.text.chars().count() <= 3 && last.text.chars().all(char::is_alphabetic) {
        cost += 0.25;
    }
    cost
}

/// Puts a cue that would show for less than 100 ms together with a neighbour, of the same sentence if there is one.
fn merge_hasty(groups: &mut Vec<Vec<Word>>) {
    let start = |group: &[Word]| group.first().map_or(0, |w| w.start_ms);
    let sentence = |group: &[Word]| group.first().map_or(0, |w| w.sentence);
    let mut i = 0;
    while i + 1 < groups.len() {
        if start(&groups[i + 1]) - start(&groups[i]) >= LEAST_MS {
            i += 1;
            continue;
        }
        let with_next = sentence(&groups[i]) == sentence(&groups[i + 1]);
        let with_last = i > 0 && sentence(&groups[i]) == sentence(&groups[i - 1]);
        // Joining the one before makes that one longer only, so nothing before needs another look.
        if with_last && !with_next {
            let hasty = groups.remove(i);
            groups[i - 1].extend(hasty);
        } else {
            let next = groups.remove(i + 1);
            groups[i].extend(next);
        }
    }
}

fn timed(groups: Vec<Vec<Word>>) -> Vec<Cue> {
    let starts: Vec<u32> = groups.iter().filter_map(|g| g.first()).map(|w| w.start_ms).collect();
    let mut cues = Vec::with_capacity(groups.len());
    for (i, group) in groups.iter().enumerate() {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { continue };
        let spoken = last.end_ms.max(first.start_ms.saturating_add(LEAST_MS));
        let end_ms = match starts.get(i + 1) {
            Some(next) if next.saturating_sub(last.end_ms) <= CLOSE_MS => *next,
            Some(next) => spoken.saturating_add(HOLD_MS).min(*next),
            None => spoken,
        };
        let words = group.iter().enumerate().map(|(w, word)| CueWord {
            text: word.text.clone(),
            start_ms: word.start_ms,
            // A word stays lit until the next one, so that the highlight does not blink between them.
            end_ms: match group.get(w + 1) {
                Some(next) if next.start_ms - word.end_ms <= CLOSE_MS => next.start_ms,
                Some(_) => word.end_ms,
                None => end_ms,
            },
            emphasis: false,
            break_after: false,
        });
        let words = words.collect();
        cues.push(Cue { start_ms: first.start_ms, end_ms, words, sentence: first.sentence, place: None });
    }
    cues
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::captions::layout::{Anchor, Area, set};
    use crate::captions::style;
    use crate::captions::testing::{frame, spoken};

    fn texts(cues: &[Cue]) -> Vec<String> {
        cues.iter().map(|c| c.words.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ")).collect()
    }

    fn bold() -> CaptionStyle {
        style::by_id("bold-pop").unwrap()
    }

    #[test]
    fn cues_end_with_their_sentence_and_at_strong_punctuation() {
        let cues = cut(&spoken(&["Wait! Dr. Pop is: look.", "Yes"]), &bold(), &frame());
        assert_eq!(texts(&cues), ["Wait!", "Dr. Pop is:", "look.", "Yes"].map(String::from));
    }

    #[test]
    fn a_dash_is_never_a_cue_of_its_own() {
        let cues = cut(&spoken(&["– Yes – but no", "Wow !"]), &bold(), &frame());
        assert_eq!(texts(&cues), ["– Yes –", "but no", "Wow !"].map(String::from));
    }

    #[test]
    fn a_long_pause_starts_a_new_cue() {
        let mut words = spoken(&["one two"]);
        words[1].start_ms += 700;
        words[1].end_ms += 700;
        let cues = cut(&words, &bold(), &frame());
        assert_eq!(texts(&cues), ["one", "two"]);
        assert_eq!(cues[0].end_ms, cues[0].words[0].end_ms);
        assert!(cues[0].end_ms < cues[1].start_ms);
    }

    #[test]
    fn cues_of_a_phrase_are_about_equally_long() {
        let mut style = bold();
        (style.max_words, style.max_characters) = (4, 24);
        let cues = cut(&spoken(&["bread dough rises until noon today"]), &style, &frame());
        assert_eq!(cues.iter().map(|c| c.words.len()).collect::<Vec<_>>(), [3, 3]);
    }

    #[test]
    fn words_too_fast_for_a_cue_of_their_own_share_one() {
        let mut style = bold();
        style.max_words = 1;
        let mut words = spoken(&["a b c d"]);
        for (i, word) in words.iter_mut().enumerate() {
            (word.start_ms, word.end_ms) = (i as u32 * 40, i as u32 * 40 + 40);
        }
        let cues = cut(&words, &style, &frame());
        assert_eq!(cues.iter().map(|c| c.words.len()).sum::<usize>(), 4);
        assert!(cues.iter().all(|c| c.end_ms - c.start_ms >= LEAST_MS), "{cues:?}");
    }

    #[test]
    fn a_word_wider_than_the_frame_is_a_cue_of_its_own() {
        let long = "Pneumonoultramicroscopicsilicovolcanoconiosisneinterzisissima";
        let cues = cut(&spoken(&[&format!("say {long} now")]), &bold(), &frame());
        assert_eq!(texts(&cues), ["say", long, "now"]);
    }

    prop_compose! {
        fn words()(
            list in prop::collection::vec(("[a-zA-ZăâîșțĂÂÎȘȚ,.!?…]{1,70}", 0u32..900, 1u32..700, prop::bool::weighted(0.2)), 0..40)
        ) -> Vec<Word> {
            let (mut at, mut sentence) = (0, 0);
            list.into_iter().map(|(text, gap, length, next)| {
                if next { sentence += 1; }
                let start_ms = at + if gap > 600 { gap } else { gap / 100 };
                at = start_ms + length;
                Word { text, start_ms, end_ms: at, sentence }
            }).collect()
        }
    }

    proptest! {
        #[test]
        fn every_word_once_in_order_never_overlapping_and_never_too_short(words in words(), number in 0usize..64) {
            let all = style::all();
            let style = &all[number % all.len()];
            let cues = cut(&words, style, &frame());
            let shown: Vec<_> = cues.iter().flat_map(|c| &c.words).map(|w| w.text.clone()).collect();
            prop_assert_eq!(shown, words.iter().map(|w| w.text.clone()).collect::<Vec<_>>());
            let mut past = 0;
            for cue in &cues {
                prop_assert!(cue.start_ms >= past && cue.end_ms >= cue.start_ms + LEAST_MS);
                past = cue.end_ms;
                let mut past = cue.start_ms;
                for word in &cue.words {
                    prop_assert!(word.start_ms >= past && word.end_ms > word.start_ms && word.end_ms <= cue.end_ms);
                    past = word.end_ms;
                }
            }
            if let (Some(first), Some(last), Some(word)) = (cues.first(), cues.last(), words.last()) {
                prop_assert_eq!(first.start_ms, words[0].start_ms);
                prop_assert!(last.end_ms <= word.end_ms.max(last.start_ms + LEAST_MS));
            }
        }

        #[test]
        fn no_cue_is_ever_laid_out_beyond_the_safe_zone(words in words(), number in 0usize..64) {
            let all = style::all();
            let style = &all[number % all.len()];
            let (frame, ruler) = (frame(), Ruler::new(&style.font));
            let zone = Area::safe(&frame);
            for cue in cut(&words, style, &frame) {
                let texts: Vec<String> = cue.words.iter().map(|w| style.shown(&w.text)).collect();
                let block = set(&texts, &vec![false; texts.len()], &ruler, &style.setting(&frame), &frame, Anchor::Middle(style.place(&frame)));
                prop_assert!(block.area.left >= zone.left - 0.1 && block.area.right <= zone.right + 0.1, "{block:?}");
                prop_assert!(block.area.top >= zone.top - 0.1 && block.area.bottom <= zone.bottom + 0.1, "{block:?}");
                for word in &block.words {
                    prop_assert!(word.ink.left >= block.area.left && word.ink.right <= block.area.right);
                }
            }
        }
    }
}
