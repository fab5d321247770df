//! How far apart videos are: between variants of a batch, and between a video and those made before.
//!
//! A distance is 0 for the same video and 1 for two that have nothing in common. It is the weighted sum of four parts,
//! each 0 to 1:
//!
//! | part | weight | what |
//! | --- | --- | --- |
//! | shots | 0.40 | 1 - (shots both show) / (shots either shows) |
//! | footage | 0.20 | 1 - (milliseconds of footage both show) / (milliseconds either shows): sees in-points |
//! | order | 0.20 | 1 - (longest run of shots, gaps allowed, that both show in the same order) / (places of the longer) |
//! | words | 0.20 | 1 - (words both say, counted as often as both say them) / (words either says) |
//!
//! So variants of one script, which say the same words, are at most 0.8 apart.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::ids::{ShotId, SourceId};
use crate::variants::timeline::Timeline;

/// The parts a distance is made of, 0 to 1 each.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Apart {
    /// Which shots are shown.
    pub shots: f32,
    /// Which stretches of the footage are shown.
    pub footage: f32,
    /// In which order.
    pub order: f32,
    /// What is said.
    pub words: f32,
}

impl Apart {
    /// The distance.
    #[must_use]
    pub fn total(&self) -> f32 {
        (0.4 * self.shots + 0.2 * (self.footage + self.order + self.words)).clamp(0.0, 1.0)
    }
}

/// 1 - common / all; nothing at all is alike.
fn apart(common: u64, all: u64) -> f32 {
    if all == 0 { 0.0 } else { (1.0 - common as f64 / all as f64) as f32 }
}

/// 0 for the same video to 1 for nothing in common.
#[must_use]
pub fn between(a: &Timeline, b: &Timeline) -> f32 {
    parts(a, b).total()
}

/// The parts of the distance, for a person who asks why.
#[must_use]
pub fn parts(a: &Timeline, b: &Timeline) -> Apart {
    let sets = [a, b].map(|t| t.segments.iter().map(|s| s.pick.shot).collect::<BTreeSet<_>>());
    let common = sets[0].intersection(&sets[1]).count() as u64;
    let all = sets[0].union(&sets[1]).count() as u64;
    let (shared_ms, all_ms) = footage(a, b);
    let orders = [a, b].map(|t| t.segments.iter().map(|s| s.pick.shot).collect::<Vec<_>>());
    let longer = orders[0].len().max(orders[1].len()) as u64;
    let (said, all_said) = said(a, b);
    Apart {
        shots: apart(common, all),
        footage: apart(shared_ms, all_ms),
        order: apart(in_order(&orders[0], &orders[1]), longer),
        words: apart(said, all_said),
    }
}

/// The shots that both show, each once, in the order of the first.
#[must_use]
pub fn shared_shots(a: &Timeline, b: &Timeline) -> Vec<ShotId> {
    let other: BTreeSet<ShotId> = b.segments.iter().map(|s| s.pick.shot).collect();
    let mut seen = BTreeSet::new();
    let shots = a.segments.iter().map(|s| s.pick.shot);
    shots.filter(|shot| other.contains(shot) && seen.insert(*shot)).collect()
}

/// The distances of all pairs of a batch: row and column are places in `batch`; 0 on the diagonal.
#[must_use]
pub fn matrix(batch: &[Timeline]) -> Vec<Vec<f32>> {
    let mut matrix = vec![vec![0.0; batch.len()]; batch.len()];
    for first in 0..batch.len() {
        for second in first + 1..batch.len() {
            let distance = between(&batch[first], &batch[second]);
            matrix[first][second] = distance;
            matrix[second][first] = distance;
        }
    }
    matrix
}

/// How original a video is against those made before: its distance to the one most like it; 1 when there is none.
#[must_use]
pub fn originality<'a>(video: &Timeline, history: impl IntoIterator<Item = &'a Timeline>) -> f32 {
    history.into_iter().map(|before| between(video, before)).fold(1.0, f32::min)
}

/// Stretches of one source, start to end in milliseconds, joined where they overlap.
type Stretches = Vec<(u64, u64)>;

fn stretches(timeline: &Timeline) -> BTreeMap<SourceId, Stretches> {
    let mut shown: BTreeMap<SourceId, Stretches> = BTreeMap::new();
    for segment in &timeline.segments {
        let end = segment.pick.in_ms + u64::from(segment.frames) * 1000 / u64::from(timeline.fps.max(1));
        shown.entry(segment.pick.source).or_default().push((segment.pick.in_ms, end));
    }
    for list in shown.values_mut() {
        list.sort_unstable();
        let mut joined: Stretches = Vec::with_capacity(list.len());
        for &(start, end) in list.iter() {
            match joined.last_mut() {
                Some(last) if start <= last.1 => last.1 = last.1.max(end),
                _ => joined.push((start, end)),
            }
        }
        *list = joined;
    }
    shown
}

/// Milliseconds of footage both show, and that either shows.
fn footage(a: &Timeline, b: &Timeline) -> (u64, u64) {
    let (a, b) = (stretches(a), stretches(b));
    let length = |all: &BTreeMap<SourceId, Stretches>| all.values().flatten().map(|(s, e)| e - s).sum::<u64>();
    let mut both = 0;
    for (source, list) in &a {
        for (start, end) in list {
            for (other_start, other_end) in b.get(source).into_iter().flatten() {
                both += end.min(other_end).saturating_sub(*start.max(other_start));
            }
        }
    }
    (both, length(&a) + length(&b) - both)
}

/// Words both say and words either says, without letter case.
fn said(a: &Timeline, b: &Timeline) -> (u64, u64) {
    let count = |t: &Timeline| {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for word in &t.words {
            *counts.entry(word.text.to_lowercase()).or_default() += 1;
        }
        counts
    };
    let (a_words, b_words) = (count(a), count(b));
    let both = a_words.iter().map(|(word, n)| (*n).min(b_words.get(word).copied().unwrap_or(0))).sum::<u64>();
    (both, (a.words.len() + b.words.len()) as u64 - both)
}

/// The length of the longest sequence that is in both, in order, gaps allowed.
fn in_order(a: &[ShotId], b: &[ShotId]) -> u64 {
    let mut row = vec![0_u64; b.len() + 1];
    for shot in a {
        let mut diagonal = 0;
        for (place, other) in b.iter().enumerate() {
            let above = row[place + 1];
            row[place + 1] = if shot == other { diagonal + 1 } else { above.max(row[place]) };
            diagonal = above;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::variants::compose::tests::planned;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn a_distance_is_none_to_oneself_the_same_both_ways_and_never_above_one(seed in 0_u64..1 << 40) {
            let batch = planned(seed, 3).0;
            let other = planned(seed ^ 77, 1).0.remove(0);
            let matrix = matrix(&batch);
            for a in 0..3 {
                prop_assert!(between(&batch[a], &batch[a]) == 0.0);
                for b in 0..3 {
                    prop_assert_eq!(matrix[a][b], between(&batch[b], &batch[a]));
                    prop_assert!((0.0..=1.0).contains(&matrix[a][b]));
                    prop_assert!(a == b || matrix[a][b] > 0.0);
                }
            }
            prop_assert!((0.0..=1.0).contains(&between(&batch[0], &other)));
            prop_assert_eq!(originality(&batch[0], &batch), 0.0);
        }
    }

    #[test]
    fn variants_that_share_no_shot_are_as_far_apart_as_one_script_allows() {
        let batch = planned(5, 2).0;
        assert_eq!(shared_shots(&batch[0], &batch[1]), []);
        assert!((between(&batch[0], &batch[1]) - 0.8).abs() < 1e-6);
    }

    #[test]
    fn each_part_sees_what_it_is_for() {
        let first = planned(5, 1).0.remove(0);
        let mut later = first.clone();
        later.segments[1].pick.in_ms += 400;
        let seen = parts(&first, &later);
        assert!(seen.footage > 0.0 && seen.shots == 0.0 && seen.order == 0.0 && seen.words == 0.0, "{seen:?}");
        let mut turned = first.clone();
        let (one, two) = (first.segments[0].pick.clone(), first.segments[1].pick.clone());
        (turned.segments[0].pick, turned.segments[1].pick) = (two, one);
        let seen = parts(&first, &turned);
        assert!(seen.order > 0.0 && seen.shots == 0.0 && seen.words == 0.0, "{seen:?}");
        let mut said = first.clone();
        said.words[0].text = "other".into();
        let seen = parts(&first, &said);
        assert!(seen.words > 0.0 && seen.shots == 0.0 && seen.footage == 0.0 && seen.order == 0.0, "{seen:?}");
        let mut shown = first.clone();
        shown.segments[0].pick.shot = ShotId::from_bytes([7; 16]);
        assert!(parts(&first, &shown).shots > 0.0);
        assert_eq!(shared_shots(&first, &shown).len(), first.segments.len() - 1);
    }

    #[test]
    fn a_video_is_wholly_original_when_nothing_was_made_before() {
        assert_eq!(originality(&planned(5, 1).0[0], []), 1.0);
    }
}
