//! When each word of a sentence is heard, estimated from the sound and the text.

mod weights;

use super::check::Heard;

/// Bump when the estimate changes, so that kept narrations are timed anew.
pub(crate) const VERSION: u32 = 1;

/// Start and end of every word in milliseconds from the start of the sound; in order, never overlapping, never empty.
pub(crate) fn times(words: &[&str], heard: &Heard, language: &str) -> Vec<(u32, u32)> {
    let (from, to) = heard.sounding().unwrap_or((0, heard.hops.len()));
    let weights: Vec<f32> = words.iter().map(|w| weights::weight(w, language)).collect();
    let total: f32 = weights.iter().sum::<f32>().max(f32::MIN_POSITIVE);
    let mut at = 0.0;
    let mut edges = Vec::with_capacity(words.len());
    for w in &weights {
        let start = at;
        at += w;
        let place = |x: f32| from as f32 * 5.0 + x / total * (to - from) as f32 * 5.0;
        edges.push((place(start), place(at)));
    }
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
