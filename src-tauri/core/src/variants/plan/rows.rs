//! The places of one variant before anything is chosen: cut, with pins set and the picks of unchanged sentences kept.

use std::collections::BTreeMap;

use super::PlanInput;
use super::cuts::{Bounds, Occurrences, Pace, SHORTEST, Spoken, cut};
use super::pool::Pool;
use crate::ids::ShotId;
use crate::variants::timeline::Timeline;

/// Why a place shows what it shows, as far as that binds later steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Hold {
    /// Chosen here; may be exchanged.
    Free,
    /// Chosen here to open the variant.
    Opening,
    /// From the timeline before, with its reason.
    Kept(String),
    /// Set by hand.
    Pinned,
}

/// A place on a variant.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Place {
    pub start: u32,
    pub frames: u32,
    pub sentence: usize,
    /// Index in the pool.
    pub pick: Option<usize>,
    /// Where reading starts when that was decided before, milliseconds of the source.
    pub in_ms: Option<u64>,
    pub hold: Hold,
}

/// One part of a sentence on the timeline before.
#[derive(Debug, Clone)]
struct Part {
    /// The word it starts with, counted in its sentence; `None` when it starts inside a pause.
    word: Option<usize>,
    /// Frames from the start of its sentence, at the frame rate of its timeline.
    offset: u32,
    shot: ShotId,
    in_ms: u64,
    pinned: bool,
    reason: String,
}

/// What a timeline showed over each of its sentences.
#[derive(Debug, Default)]
pub(super) struct Before {
    fps: u32,
    sentences: BTreeMap<(String, u32), Vec<Part>>,
}

impl Before {
    pub(super) fn of(timeline: &Timeline) -> Self {
        let fps = i64::from(timeline.fps.max(1));
        let mut words: BTreeMap<usize, Vec<(&str, i64)>> = BTreeMap::new();
        for word in &timeline.words {
            words.entry(word.sentence).or_default().push((&word.text, i64::from(word.start_ms)));
        }
        let mut segments: BTreeMap<usize, Vec<_>> = BTreeMap::new();
        for segment in &timeline.segments {
            segments.entry(segment.sentence).or_default().push(segment);
        }
        let mut occurrences = Occurrences::default();
        let mut sentences = BTreeMap::new();
        for (sentence, words) in &words {
            let text = words.iter().map(|(text, _)| *text).collect::<Vec<_>>().join(" ");
            let name = occurrences.next(text);
            let Some(segments) = segments.get(sentence) else { continue };
            let first = segments.first().map_or(0, |s| s.start);
            let part = |(index, segment): (usize, &&crate::variants::timeline::Segment)| {
                let at_ms = i64::from(segment.start) * 1000 / fps;
                let near = words.iter().enumerate().min_by_key(|(_, (_, start))| (start - at_ms).abs());
                // One frame and a half: the cut was rounded to a frame, the words may have been shifted by an intro.
                let near = near.filter(|(_, (_, start))| (start - at_ms).abs() * 2 * fps <= 3000);
                Part {
                    word: if index == 0 { Some(0) } else { near.map(|(word, _)| word) },
                    offset: segment.start - first,
                    shot: segment.pick.shot,
                    in_ms: segment.pick.in_ms,
                    pinned: segment.pinned,
                    reason: segment.reason.clone(),
                }
            };
            sentences.insert(name, segments.iter().enumerate().map(part).collect());
        }
        Self { fps: timeline.fps, sentences }
    }
}

/// Makes the places of one variant.
pub(super) struct RowMaker<'a> {
    pub input: &'a PlanInput<'a>,
    pub pool: &'a Pool<'a>,
    pub spoken: &'a [Spoken],
    pub variant: u32,
    pub pace: Pace,
}

impl RowMaker<'_> {
    /// The places in order, and what to say about pins that could not be kept.
    pub(super) fn row(&self) -> (Vec<Place>, Vec<String>) {
        let before = self.input.previous.get(&self.variant).map(Before::of).unwrap_or_default();
        let mut notes = Vec::new();
        let mut places = Vec::new();
        let mut used_pins = 0;
        for (index, sentence) in self.spoken.iter().enumerate() {
            let pins = self.pins(sentence, &mut notes, &mut used_pins);
            if sentence.end == sentence.start {
                continue;
            }
            let old = before.sentences.get(&sentence.heard).map(Vec::as_slice).unwrap_or_default();
            let cuts = self.cuts(sentence, (before.fps, old), &pins, &mut notes);
            for (part, (&start, frames)) in cuts.iter().zip(sentence.lengths(&cuts)).enumerate() {
                let mut place = Place { start, frames, sentence: index, pick: None, in_ms: None, hold: Hold::Free };
                let pin = u32::try_from(part).ok().and_then(|part| pins.get(&part)).copied();
                if let Some(shot) = pin.filter(|shot| self.pool.list[*shot].frames >= frames) {
                    place.pick = Some(shot);
                    // A pin that was there before keeps its in-point too.
                    let trimmed = u32::try_from(part).ok().and_then(|part| self.trimmed(sentence, part));
                    place.in_ms = trimmed
                        .or_else(|| old.get(part).filter(|o| self.pool.find(o.shot) == Some(shot)).map(|o| o.in_ms));
                    place.hold = Hold::Pinned;
                } else if let Some(old) = old.get(part).filter(|old| !old.pinned)
                    && let Some(shot) = self.pool.find(old.shot)
                    && self.pool.list[shot].frames >= frames
                {
                    place.pick = Some(shot);
                    place.in_ms = Some(old.in_ms);
                    place.hold = Hold::Kept(old.reason.clone());
                }
                places.push(place);
            }
        }
        let wanted = self.input.pins.iter().filter(|p| p.variant == self.variant).count();
        if wanted > used_pins {
            let lost = wanted - used_pins;
            notes.push(if lost == 1 {
                "One pinned shot belongs to a sentence that is no longer in the script.".to_owned()
            } else {
                format!("{lost} pinned shots belong to sentences that are no longer in the script.")
            });
        }
        (places, notes)
    }

    /// Where reading starts in the pin of this part of a sentence, if that was set by hand.
    fn trimmed(&self, sentence: &Spoken, part: u32) -> Option<u64> {
        let here = |pin: &&super::Pin| {
            pin.variant == self.variant
                && pin.occurrence == sentence.name.1
                && pin.part == part
                && super::cuts::one_line(&pin.sentence) == sentence.name.0
        };
        self.input.pins.iter().find(here).and_then(|pin| pin.in_ms)
    }

    /// The pins of a sentence that name a shot of the pool: part -> index.
    fn pins(&self, sentence: &Spoken, notes: &mut Vec<String>, used: &mut usize) -> BTreeMap<u32, usize> {
        let mut pins = BTreeMap::new();
        for pin in self.input.pins.iter().filter(|p| p.variant == self.variant && p.occurrence == sentence.name.1) {
            if super::cuts::one_line(&pin.sentence) != sentence.name.0 {
                continue;
            }
            *used += 1;
            if let Some(shot) = self.pool.find(pin.shot) {
                pins.insert(pin.part, shot);
            } else {
                notes.push(format!(
                    "The shot pinned for \"{}\" is no longer among the footage; another one is shown.",
                    sentence.name.0
                ));
            }
        }
        pins
    }

    /// The first frames of the parts: as before when that is still possible, else anew.
    fn cuts(
        &self,
        sentence: &Spoken,
        (fps, old): (u32, &[Part]),
        pins: &BTreeMap<u32, usize>,
        notes: &mut Vec<String>,
    ) -> Vec<u32> {
        let fits = |(part, frames): (usize, u32)| {
            let pin = u32::try_from(part).ok().and_then(|part| pins.get(&part));
            frames <= pin.map_or(self.pool.longest(), |shot| self.pool.list[*shot].frames)
        };
        if let Some(cuts) = self.cuts_before(sentence, fps, old)
            && sentence.lengths(&cuts).into_iter().enumerate().all(fits)
            && pins.keys().all(|part| (*part as usize) < cuts.len())
        {
            return cuts;
        }
        let mut caps: BTreeMap<u32, u32> =
            pins.iter().map(|(part, shot)| (*part, self.pool.list[*shot].frames)).collect();
        loop {
            let bounds = Bounds {
                fps: self.input.fps,
                pace: self.pace,
                longest: self.pool.longest(),
                parts: &caps,
                chance: [self.input.seed, u64::from(self.variant)],
            };
            let cuts = cut(sentence, &bounds);
            let least = (SHORTEST * self.input.fps as f32) as u32;
            // Pins must not chop a sentence to splinters; without pins whatever is possible is good.
            let sound = |cuts: &Vec<u32>| {
                caps.is_empty() || cuts.len() == 1 || sentence.lengths(cuts).iter().all(|f| *f >= least)
            };
            if let Some(cuts) = cuts.filter(sound) {
                return cuts;
            }
            let Some((part, _)) = caps.pop_last() else {
                // Unreachable while points are at most the longest shot apart; one whole part is still a valid answer.
                return vec![sentence.start];
            };
            notes.push(format!(
                "The shot pinned as number {} of \"{}\" does not fit there; another one is shown.",
                part + 1,
                sentence.name.0
            ));
        }
    }

    /// The cuts the sentence had on the timeline before, when the words are still there to cut at.
    fn cuts_before(&self, sentence: &Spoken, fps: u32, old: &[Part]) -> Option<Vec<u32>> {
        let mut cuts: Vec<u32> = Vec::with_capacity(old.len());
        for part in old {
            // The very frame of before, when that is within a frame of the word: a word that moved by the rounding of a
            // millisecond must not move the cut, or what was encoded would be encoded again.
            let same = (fps == self.input.fps).then_some(sentence.start + part.offset);
            let near = |ms: u32, frame: u32| {
                (i64::from(ms) * i64::from(fps) - i64::from(frame) * 1000).abs() <= 1000 && frame < sentence.end
            };
            let at = if let Some(word) = part.word {
                let point = sentence.points.iter().find(|p| p.word == Some(word))?;
                same.filter(|frame| word > 0 && near(point.ms, *frame)).unwrap_or(point.frame)
            } else {
                sentence.points.iter().map(|p| p.frame).find(|frame| same.is_some_and(|s| s.abs_diff(*frame) <= 1))?
            };
            if cuts.last().is_some_and(|last| *last >= at) {
                return None;
            }
            cuts.push(at);
        }
        (cuts.first() == Some(&sentence.start)).then_some(cuts)
    }
}
