//! When each word of a sentence is heard, found in the sound with the text in hand.
//!
//! Letters say roughly which kinds of sound follow each other and how long each lasts ([`letters`]); the sound says where
//! there is a hiss, a vowel, a closure ([`sounds`]); [`align`] lays one along the other. What is not here: recognising
//! words. Only the borders of words that are known to be there are found.

mod align;
mod letters;
mod numbers;
mod sounds;

use super::heard::{HOP_MS, Heard};
use align::{Unit, Units};
use sounds::Emissions;

/// Bump when the estimate changes, so that kept narrations are timed anew.
pub(crate) const VERSION: u32 = 2;

/// Milliseconds of one frame of the alignment.
const FRAME_MS: f32 = 10.0;

/// Start and end of every word in milliseconds from the start of the sound; in order, never overlapping, never empty.
pub(crate) fn times(words: &[&str], heard: &Heard, language: &str) -> Vec<(u32, u32)> {
    let mut units: Vec<Units> = words.iter().map(|w| letters::units(w, language)).collect();
    if let Some(last) = units.last_mut() {
        last.pause_likely = true;
    }
    letters::lengthen_ends(&mut units);
    let (from, to) = heard.sounding().unwrap_or((0, heard.hops.len()));
    let emissions = Emissions::of(heard, from, to);
    let total: f32 = units.iter().flat_map(|w| &w.units).map(|u| u.frames).sum();
    if total <= 0.0 || emissions.frames() == 0 {
        return evenly(words.len(), from as f32 * HOP_MS as f32, to as f32 * HOP_MS as f32);
    }
    // The voice's own speed: as long as it sounds, that long are the units together.
    let pace = (emissions.sounding() as f32 / total).clamp(0.3, 3.0);
    for Unit { frames, .. } in units.iter_mut().flat_map(|w| &mut w.units) {
        *frames *= pace;
    }
    let start = from as f32 * HOP_MS as f32;
    let place = |frame: usize| start + frame as f32 * FRAME_MS;
    let edges: Vec<(f32, f32)> =
        align::align(&units, &emissions).into_iter().map(|(a, b)| (place(a), place(b))).collect();
    settle(&edges)
}

/// How long a text takes to say at a usual pace, milliseconds; for comparing texts with each other.
pub(crate) fn expected_ms(text: &str, language: &str) -> f32 {
    let words = text.split_whitespace();
    words.flat_map(|w| letters::units(w, language).units).map(|u| u.frames * FRAME_MS).sum::<f32>().max(1.0)
}

/// For words without a letter anybody could hear.
fn evenly(words: usize, from: f32, to: f32) -> Vec<(u32, u32)> {
    let step = (to - from) / words.max(1) as f32;
    let edges: Vec<(f32, f32)> = (0..words).map(|i| (from + i as f32 * step, from + (i + 1) as f32 * step)).collect();
    settle(&edges)
}

/// Rounds to milliseconds so that every word has at least one and none overlaps the next.
fn settle(edges: &[(f32, f32)]) -> Vec<(u32, u32)> {
    let mut settled: Vec<(u32, u32)> = Vec::with_capacity(edges.len());
    for &(start, end) in edges {
        let least = settled.last().map_or(0, |last| last.1);
        let start = (start.max(0.0).round() as u32).max(least);
        settled.push((start, (end.max(0.0).round() as u32).max(start + 1)));
    }
    settled
}
