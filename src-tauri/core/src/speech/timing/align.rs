//! Lays units of sound along what was heard: the path through the frames that fits their sounds and their lengths best.
//!
//! A semi-Markov model: every unit has a kind of sound and an expected length, between words there may be a pause. Dynamic
//! programming finds the best path exactly, within a band around where each unit is expected, so that a very long
//! sentence needs little memory.

use super::sounds::{Emissions, Sound};

/// A stretch of one kind of sound inside a word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Unit {
    pub(super) sound: Sound,
    /// How long it is expected to be, frames of 10 ms.
    pub(super) frames: f32,
}

/// A word as units, and how a pause after it is looked at.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Units {
    pub(super) units: Vec<Unit>,
    /// Punctuation follows, so a pause may.
    pub(super) pause_likely: bool,
}

/// How much the sounds count against the lengths. Found on the tuning sentences; between 0.05 and 0.2 it hardly matters.
const SOUND_WEIGHT: f32 = 0.1;
/// Price of a pause after punctuation, and where there is none.
const PAUSE_LIKELY: f32 = 2.0;
const PAUSE_UNLIKELY: f32 = 12.0;
/// A shorter silence is the closure of a stop, not a pause.
const PAUSE_FRAMES: usize = 6;
/// Half the band: 6 s.
const BAND: usize = 600;
const NEVER: f32 = -1e30;

/// One column of the table: where a unit that ends at frame `from + i` began, as a distance.
struct Column {
    from: usize,
    length: Vec<u16>,
}

/// Start and end frame of each word. `words` must have at least one unit in all.
pub(super) fn align(words: &[Units], heard: &Emissions) -> Vec<(usize, usize)> {
    let frames = heard.frames();
    let expected: f32 = words.iter().flat_map(|w| &w.units).map(|u| u.frames).sum();
    let pace = frames as f32 / expected.max(1.0);
    let silence = heard.sums(Sound::Silence);
    let mut best: Vec<f32> = silence.iter().map(|s| SOUND_WEIGHT * s).collect();
    let mut next = vec![NEVER; frames + 1];
    let mut columns = Vec::new();
    let mut at = 0.0;
    for (index, word) in words.iter().enumerate() {
        for unit in &word.units {
            at += unit.frames;
            let column = band(at * pace, frames);
            columns.push(sound(unit, heard.sums(unit.sound), &best, &mut next, column));
            std::mem::swap(&mut best, &mut next);
        }
        if index + 1 < words.len() {
            let price = if word.pause_likely { PAUSE_LIKELY } else { PAUSE_UNLIKELY };
            columns.push(pause(price, silence, &best, &mut next, band(at * pace, frames)));
            std::mem::swap(&mut best, &mut next);
        }
    }
    let all = silence[frames];
    let last = (0..=frames).max_by(|&a, &b| {
        let score = |t: usize| best[t] + SOUND_WEIGHT * (all - silence[t]);
        score(a).total_cmp(&score(b))
    });
    trace(words, &columns, last.unwrap_or(frames))
}

fn band(middle: f32, frames: usize) -> (usize, usize) {
    let middle = middle as usize;
    (middle.saturating_sub(BAND).min(frames), (middle + BAND).min(frames))
}

/// A unit of sound of any length around the expected one.
fn sound(unit: &Unit, sums: &[f32], best: &[f32], next: &mut [f32], (from, to): (usize, usize)) -> Column {
    next.fill(NEVER);
    let mut length = vec![0_u16; to - from + 1];
    let spread = 0.5 * unit.frames + 1.0;
    let shortest = usize::from(unit.frames >= 4.0);
    let longest = ((3.0 * unit.frames + 6.0) as usize).min(usize::from(u16::MAX));
    for d in shortest..=longest {
        let off = (d as f32 - unit.frames) / spread;
        let price = 0.5 * off * off;
        for t in from.max(d)..=to {
            let score = best[t - d] + SOUND_WEIGHT * (sums[t] - sums[t - d]) - price;
            if score > next[t] {
                next[t] = score;
                length[t - from] = d as u16;
            }
        }
    }
    Column { from, length }
}

/// No pause, or one of any length.
fn pause(price: f32, silence: &[f32], best: &[f32], next: &mut [f32], (from, to): (usize, usize)) -> Column {
    next.fill(NEVER);
    let mut length = vec![0_u16; to - from + 1];
    // The best frame to begin the pause at, of all that are far enough back.
    let mut begin: Option<(f32, usize)> = None;
    for t in 0..=to {
        if let Some(candidate) = t.checked_sub(PAUSE_FRAMES) {
            let worth = best[candidate] - SOUND_WEIGHT * silence[candidate];
            if best[candidate] > NEVER && begin.is_none_or(|(w, _)| worth > w) {
                begin = Some((worth, candidate));
            }
        }
        if t < from {
            continue;
        }
        next[t] = best[t];
        if let Some((worth, start)) = begin {
            let score = worth + SOUND_WEIGHT * silence[t] - price;
            if let (true, Ok(d)) = (score > next[t], u16::try_from(t - start)) {
                next[t] = score;
                length[t - from] = d;
            }
        }
    }
    Column { from, length }
}

/// From the end back to where every word starts and ends.
fn trace(words: &[Units], columns: &[Column], last: usize) -> Vec<(usize, usize)> {
    let mut spans = vec![(0, 0); words.len()];
    let mut at = last;
    let mut columns = columns.iter().rev();
    let mut back = |at: usize| {
        let column = columns.next()?;
        let step = column.length.get(at.checked_sub(column.from)?)?;
        at.checked_sub(usize::from(*step))
    };
    for (index, word) in words.iter().enumerate().rev() {
        if index + 1 < words.len() {
            at = back(at).unwrap_or(at);
        }
        let end = at;
        for _ in &word.units {
            at = back(at).unwrap_or(at);
        }
        spans[index] = (at, end);
    }
    spans
}
