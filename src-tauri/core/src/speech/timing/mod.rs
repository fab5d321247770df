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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[tokio::test]
    async fn words_are_found_where_they_are_in_real_speech() {
        // The pause between them is known because we put it there.
        let toolbox = crate::ffmpeg::Toolbox::new(crate::testkit::tools());
        let cancel = tokio_util::sync::CancellationToken::new();
        let flite = crate::speech::offline::Flite::new(toolbox.clone());
        let dir = tempfile::tempdir().unwrap();
        let mut samples: Vec<i16> = Vec::new();
        let mut starts = Vec::new();
        for text in ["Fresh fish,", "sharp knives", "and laughter."] {
            let attempt =
                crate::speech::provider::Attempt::new(dir.path(), std::time::Duration::from_secs(60), &cancel).unwrap();
            let line = crate::speech::provider::Line { text, language: "en", voice: "slt" };
            let raw = attempt.run(&flite, line).await.unwrap();
            let piece = crate::speech::decode::decode_all(&toolbox, &raw.file, &cancel).await.unwrap();
            let (first, _) = Heard::of(&piece).sounding().unwrap();
            starts.push(samples.len() as u32 / 48 + first as u32 * HOP_MS);
            samples.extend(piece);
        }
        let words = ["Fresh", "fish,", "sharp", "knives", "and", "laughter."];
        let times = times(&words, &Heard::of(&samples), "en");
        for (index, start) in [0, 2, 4].into_iter().zip(starts) {
            assert!(times[index].0.abs_diff(start) <= 30, "{}: {} for {start}", words[index], times[index].0);
        }
        // A word ends where its pause begins.
        assert!(times[1].1 + 100 < times[2].0);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn every_word_gets_its_own_time_whatever_is_heard(
            words in proptest::collection::vec("[a-zăß日0-9$%&.,—!'-]{1,9}", 1..30),
            loud in proptest::collection::vec(0_i16..4, 0..60),
        ) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let samples: Vec<i16> =
                loud.iter().flat_map(|l| (0..2400).map(move |i| l * if i % 90 < 45 { 4000 } else { -4000 })).collect();
            let times = times(&words, &Heard::of(&samples), "en");
            prop_assert_eq!(times.len(), words.len());
            prop_assert!(times.iter().all(|(start, end)| start < end));
            prop_assert!(times.windows(2).all(|pair| pair[0].1 <= pair[1].0));
        }
    }
}
