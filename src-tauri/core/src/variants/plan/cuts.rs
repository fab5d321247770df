//! Where the picture may change, and where it does: at sentence starts, and inside longer sentences at word starts.

use std::collections::BTreeMap;

use super::{PlanError, PlanInput, noise};
use crate::speech::words::{VOICE_RATE, Word};

/// A segment shorter than this feels like a flash, seconds.
const COMFORTABLE: f32 = 1.5;
/// Nothing is cut shorter than this when there is a choice, seconds.
pub(super) const SHORTEST: f32 = 0.8;

/// A frame at which the picture may change.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Point {
    pub frame: u32,
    /// The time it stands for, milliseconds from the start of the narration.
    pub ms: u32,
    /// The word that starts here, counted in its sentence; `None` inside a pause that is longer than any shot.
    pub word: Option<usize>,
    /// The word before ends a phrase (comma, colon, …).
    pub after_phrase: bool,
}

/// A sentence with what cutting it needs.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Spoken {
    /// Its text, and which of several with this text it is.
    pub name: (String, u32),
    /// The same, of its words: how a stored timeline knows it.
    pub heard: (String, u32),
    pub start: u32,
    pub end: u32,
    /// The first is the sentence's start.
    pub points: Vec<Point>,
}

/// How fast a variant is cut, seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pace {
    pub preferred: f32,
    /// Longer ones are avoided.
    pub most: f32,
}

/// Text made comparable: single spaces.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Counts how often a text came before.
#[derive(Default)]
pub(super) struct Occurrences(BTreeMap<String, u32>);

impl Occurrences {
    pub(super) fn next(&mut self, text: String) -> (String, u32) {
        let seen = self.0.entry(text.clone()).or_default();
        *seen += 1;
        (text, *seen - 1)
    }
}

fn ms_of_frame(frame: u32, fps: u32) -> u32 {
    u32::try_from(u64::from(frame) * 1000 / u64::from(fps)).unwrap_or(u32::MAX)
}

fn frame_of_ms(ms: u32, fps: u32) -> u32 {
    u32::try_from((u64::from(ms) * u64::from(fps) + 500) / 1000).unwrap_or(u32::MAX)
}

/// The narration as sentences with their cut points, and notes about pauses that had to be cut.
///
/// # Errors
/// When a word lasts longer than the longest shot, or nothing is said.
pub(super) fn spoken(input: &PlanInput<'_>, longest: u32) -> Result<(Vec<Spoken>, Vec<String>), PlanError> {
    let per_frame = u64::from(VOICE_RATE / input.fps);
    let narration = input.narration;
    let mut by_sentence: BTreeMap<usize, Vec<&Word>> = BTreeMap::new();
    for word in &narration.words {
        by_sentence.entry(word.sentence).or_default().push(word);
    }
    let (mut names, mut heard) = (Occurrences::default(), Occurrences::default());
    let mut notes = Vec::new();
    let mut all = Vec::new();
    let mut at = 0;
    for (index, sentence) in narration.sentences.iter().enumerate() {
        let last = index + 1 == narration.sentences.len();
        let end = if last {
            narration.samples.max(sentence.end_sample).div_ceil(per_frame)
        } else {
            (sentence.end_sample + per_frame / 2) / per_frame
        };
        let end = u32::try_from(end).unwrap_or(u32::MAX).max(at);
        let words = by_sentence.remove(&index).unwrap_or_default();
        let text = words.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ");
        let sentence_points = SentencePoints { words: &words, start: at, end, fps: input.fps, longest };
        let (points, paused) = sentence_points.find()?;
        if let Some(word) = paused {
            notes.push(format!(
                "After \"{word}\" there is a pause longer than any shot: the picture changes inside the pause."
            ));
        }
        all.push(Spoken {
            name: names.next(one_line(&sentence.text)),
            heard: heard.next(text),
            start: at,
            end,
            points,
        });
        at = end;
    }
    if at == 0 { Err(PlanError::NothingSpoken) } else { Ok((all, notes)) }
}

struct SentencePoints<'a> {
    words: &'a [&'a Word],
    start: u32,
    end: u32,
    fps: u32,
    longest: u32,
}

impl SentencePoints<'_> {
    fn find(&self) -> Result<(Vec<Point>, Option<String>), PlanError> {
        let mut starts = vec![Point {
            frame: self.start,
            ms: ms_of_frame(self.start, self.fps),
            word: Some(0),
            after_phrase: false,
        }];
        for (index, pair) in self.words.windows(2).enumerate() {
            let frame = frame_of_ms(pair[1].start_ms, self.fps);
            if frame > starts.last().map_or(self.start, |p| p.frame) && frame < self.end {
                let after_phrase = pair[0].text.ends_with([',', ';', ':', '—', '–', '-', '…', '.', '!', '?']);
                starts.push(Point { frame, ms: pair[1].start_ms, word: Some(index + 1), after_phrase });
            }
        }
        let mut points = Vec::with_capacity(starts.len());
        let mut paused = None;
        for (index, point) in starts.iter().enumerate() {
            points.push(point.clone());
            let until = starts.get(index + 1).map_or(self.end, |next| next.frame);
            if until - point.frame > self.longest {
                let word = point.word.and_then(|w| self.words.get(w));
                self.stops(point.frame, until, word.copied(), &mut points)?;
                paused = Some(word.map_or_else(String::new, |w| w.text.clone()));
            }
        }
        Ok((points, paused))
    }

    /// Cuts into a stretch that is longer than any shot: around the word, and into the silence as often as needed.
    fn stops(&self, from: u32, until: u32, word: Option<&Word>, points: &mut Vec<Point>) -> Result<(), PlanError> {
        let (start, end) = word.map_or((from, from), |w| {
            let end = frame_of_ms(w.end_ms, self.fps).clamp(from, until);
            (frame_of_ms(w.start_ms, self.fps).clamp(from, end), end)
        });
        if let Some(word) = word.filter(|_| end - start > self.longest) {
            let ms = |frames: u32| u64::from(frames) * 1000 / u64::from(self.fps);
            return Err(PlanError::WordTooLong {
                word: word.text.clone(),
                word_ms: ms(end - start),
                longest_ms: ms(self.longest),
            });
        }
        let mut stop = |frame: u32| {
            if points.last().is_none_or(|p| p.frame < frame) && frame < until {
                let ms = ms_of_frame(frame, self.fps);
                points.push(Point { frame, ms, word: None, after_phrase: true });
            }
        };
        for (a, b) in [(from, start), (end, until)] {
            stop(a);
            let pieces = (b - a).div_ceil(self.longest.max(1)).max(1);
            for piece in 1..pieces {
                stop(a + u32::try_from(u64::from(b - a) * u64::from(piece) / u64::from(pieces)).unwrap_or(0));
            }
            stop(b);
        }
        Ok(())
    }
}

impl Spoken {
    /// The lengths of the parts that start at these frames.
    pub(super) fn lengths(&self, cuts: &[u32]) -> Vec<u32> {
        (0..cuts.len()).map(|i| cuts.get(i + 1).copied().unwrap_or(self.end) - cuts[i]).collect()
    }
}

/// What bounds the cutting of one sentence.
pub(super) struct Bounds<'a> {
    pub fps: u32,
    pub pace: Pace,
    /// Frames of the longest shot: no part is longer.
    pub longest: u32,
    /// Frames that single parts may have at most, because a shot was pinned there. There will be a part for each.
    pub parts: &'a BTreeMap<u32, u32>,
    /// Seed and variant.
    pub chance: [u64; 2],
}

/// Chooses where a sentence is cut: the first frames of its parts. `None` when the bounds cannot be kept.
pub(super) fn cut(sentence: &Spoken, bounds: &Bounds<'_>) -> Option<Vec<u32>> {
    let count = sentence.points.len();
    let states = bounds.parts.keys().next_back().map_or(0, |part| *part as usize + 1);
    let width = states + 1;
    // best[p * width + k]: the cheapest way to cover everything before point p with k parts (the last k: that or more).
    let mut best = vec![(f32::INFINITY, 0_usize, 0_usize); (count + 1) * width];
    best[0] = (0.0, 0, 0);
    let text = noise::mix(&[noise::text(&sentence.heard.0), u64::from(sentence.heard.1)]);
    for from in 0..count {
        let start = sentence.points[from].frame;
        for to in from + 1..=count {
            let end = sentence.points.get(to).map_or(sentence.end, |p| p.frame);
            let frames = end - start;
            if frames > bounds.longest {
                break;
            }
            let mut cost = discomfort(frames as f32 / bounds.fps as f32, bounds.pace);
            if let Some(point) = sentence.points.get(to) {
                cost += 0.25 * noise::unit(&[bounds.chance[0], bounds.chance[1], text, to as u64]);
                cost -= if point.after_phrase { 0.2 } else { 0.0 };
            }
            for state in 0..width {
                let cap = u32::try_from(state).ok().and_then(|part| bounds.parts.get(&part));
                if cap.is_some_and(|cap| frames > *cap) {
                    continue;
                }
                let so_far = best[from * width + state].0 + cost;
                let next = (state + 1).min(states);
                let cell = &mut best[to * width + next];
                if so_far < cell.0 {
                    *cell = (so_far, from, state);
                }
            }
        }
    }
    let mut cuts = Vec::new();
    let (mut point, mut state) = (count, states);
    if !best[point * width + state].0.is_finite() {
        return None;
    }
    while point > 0 {
        (_, point, state) = best[point * width + state];
        cuts.push(sentence.points[point].frame);
    }
    cuts.reverse();
    Some(cuts)
}

/// How far a length is from a comfortable one.
fn discomfort(seconds: f32, pace: Pace) -> f32 {
    let off = (seconds - pace.preferred) / pace.preferred;
    let mut cost = off * off;
    if seconds < COMFORTABLE {
        cost += 2.0 * (COMFORTABLE - seconds);
    }
    if seconds < SHORTEST {
        cost += 4.0;
    }
    if seconds > pace.most {
        cost += 1.0 + 4.0 * (seconds - pace.most);
    }
    cost
}
