//! From cuts and samples to shots: which time ranges, and what each is worth. Pure.

use std::ops::Range;

use super::Shot;
use super::scores::Sample;
use crate::ids::{ShotId, SourceId};

/// The shortest scene that becomes a shot, milliseconds.
const SHORTEST_MS: u64 = 500;
/// A longer range is divided.
const LONGEST_MS: u64 = 4000;
/// What a divided range is divided into, about; each part comes out between 2 and 3.75 s.
const USUAL_MS: u64 = 3000;
/// Kept away from a cut on both sides, milliseconds, at most a frame: a renderer that rounds to the next frame of
/// another rate must not show a flash of the neighbour, or read past the end.
const MARGIN_MS: u64 = 40;

/// Frames of the stream that was looked at, as times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    /// Frames a second, as a fraction; neither is 0.
    pub rate: (u32, u32),
}

impl Clock {
    /// When a frame starts to show, milliseconds.
    pub(super) fn ms(self, frame: usize) -> u64 {
        let (n, d) = (u64::from(self.rate.0.max(1)), u64::from(self.rate.1.max(1)));
        (frame as u64 * 1000 * d + n / 2) / n
    }

    fn margin(self) -> u64 {
        MARGIN_MS.min(self.ms(1))
    }
}

/// A time range without a cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stretch {
    start_ms: u64,
    end_ms: u64,
    scene: u32,
}

/// The shots of a source of `frames` frames. A cut is where a scene ends and the next starts; what lies between, a
/// dissolve, is in no shot.
pub(super) fn shots(
    source: SourceId,
    clock: Clock,
    frames: usize,
    cuts: &[Range<usize>],
    samples: &[Sample],
) -> Vec<Shot> {
    ranges(clock, frames, cuts).into_iter().filter_map(|range| worth(source, clock, range, samples)).collect()
}

fn ranges(clock: Clock, frames: usize, cuts: &[Range<usize>]) -> Vec<Stretch> {
    let mut all = Vec::new();
    let starts = std::iter::once(0).chain(cuts.iter().map(|cut| cut.end));
    let ends = cuts.iter().map(|cut| cut.start).chain([frames]);
    for (scene, (from, to)) in (0..).zip(starts.zip(ends)) {
        let (from_ms, to_ms) = (clock.ms(from), clock.ms(to));
        if to_ms.saturating_sub(from_ms) < SHORTEST_MS {
            continue;
        }
        let start_ms = if from == 0 { 0 } else { from_ms + clock.margin() };
        let length = (to_ms - clock.margin()).saturating_sub(start_ms);
        let parts = if length > LONGEST_MS { ((length + USUAL_MS / 2) / USUAL_MS).max(2) } else { 1 };
        let at = |part: u64| start_ms + length * part / parts;
        all.extend((0..parts).map(|i| Stretch { start_ms: at(i), end_ms: at(i + 1), scene }));
    }
    all.retain(|r| r.end_ms > r.start_ms);
    all
}

/// The mean of the samples in a range; `None` when nothing was seen.
fn worth(source: SourceId, clock: Clock, range: Stretch, samples: &[Sample]) -> Option<Shot> {
    let middle = (range.start_ms + range.end_ms) / 2;
    let nearest = samples.iter().min_by_key(|s| clock.ms(s.frame).abs_diff(middle))?;
    let inside: Vec<&Sample> =
        samples.iter().filter(|s| (range.start_ms..range.end_ms).contains(&clock.ms(s.frame))).collect();
    let seen: &[&Sample] = if inside.is_empty() { &[nearest] } else { &inside };
    let mean = |of: &dyn Fn(&Sample) -> f32| seen.iter().map(|s| of(s)).sum::<f32>() / seen.len() as f32;
    // The first was compared with a sample outside, perhaps beyond a cut.
    let moves: Vec<f32> = seen.iter().skip(1).filter_map(|s| s.motion).collect();
    Some(Shot {
        id: ShotId::new(),
        source,
        start_ms: range.start_ms,
        end_ms: range.end_ms,
        scene: range.scene,
        motion: if moves.is_empty() { 0.0 } else { moves.iter().sum::<f32>() / moves.len() as f32 },
        sharpness: mean(&|s| s.sharpness),
        contrast: mean(&|s| s.contrast),
        brightness: mean(&|s| s.brightness),
        phash: nearest.phash,
        anchor_x: mean(&|s| s.anchor.0),
        anchor_y: mean(&|s| s.anchor.1),
        framing: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CLOCK: Clock = Clock { rate: (25, 1) };

    fn sample(frame: usize, motion: f32) -> Sample {
        Sample {
            frame,
            motion: Some(motion),
            sharpness: 0.5,
            contrast: 0.5,
            brightness: 0.5,
            phash: frame as u64,
            anchor: (0.25, 0.75),
        }
    }

    fn hard(cuts: &[usize]) -> Vec<Range<usize>> {
        cuts.iter().map(|cut| *cut..*cut).collect()
    }

    fn spans(frames: usize, cuts: &[usize]) -> Vec<(u64, u64, u32)> {
        ranges(CLOCK, frames, &hard(cuts)).into_iter().map(|r| (r.start_ms, r.end_ms, r.scene)).collect()
    }

    #[test]
    fn frame_times_are_exact_for_television_rates() {
        let clock = Clock { rate: (30_000, 1001) };
        assert_eq!([0, 1, 30, 30_000].map(|f| clock.ms(f)), [0, 33, 1001, 1_001_000]);
    }

    #[test]
    fn a_long_range_is_divided_evenly_and_a_short_one_kept_whole() {
        assert_eq!(spans(100, &[]), [(0, 3960, 0)]);
        assert_eq!(spans(150, &[]), [(0, 2980, 0), (2980, 5960, 0)]);
        assert_eq!(spans(75, &[25]), [(0, 960, 0), (1040, 2960, 1)]);
    }

    #[test]
    fn a_scene_under_half_a_second_is_left_out_but_counted() {
        assert_eq!(spans(75, &[25, 35]), [(0, 960, 0), (1440, 2960, 2)]);
    }

    #[test]
    fn a_dissolve_is_in_no_shot() {
        let found = ranges(CLOCK, 100, std::slice::from_ref(&(40..60)));
        let found: Vec<_> = found.into_iter().map(|r| (r.start_ms, r.end_ms, r.scene)).collect();
        assert_eq!(found, [(0, 1560, 0), (2440, 3960, 1)]);
    }

    #[test]
    fn the_frame_before_which_the_cut_lies_does_not_count_as_motion() {
        let mut samples: Vec<Sample> = (0..25).map(|i| sample(i * 3, 0.1)).collect();
        samples[9].motion = Some(1.0);
        let shots = shots(SourceId::new(), CLOCK, 75, &hard(&[25]), &samples);
        assert_eq!(shots.len(), 2);
        assert!(shots.iter().all(|s| (s.motion - 0.1).abs() < 1e-3), "{shots:?}");
        assert_eq!(shots[0].phash, 12);
        assert_eq!((shots[0].anchor_x, shots[0].anchor_y), (0.25, 0.75));
    }

    proptest! {
        #[test]
        fn shots_are_ordered_whole_and_never_cross_a_cut(
            frames in 1usize..4000, raw in proptest::collection::btree_set(1usize..4000, 0..40), fps in 5u32..61,
        ) {
            let cuts: Vec<usize> = raw.into_iter().filter(|c| *c < frames).collect();
            let clock = Clock { rate: (fps, 1) };
            let ranges = ranges(clock, frames, &hard(&cuts));
            for pair in ranges.windows(2) {
                prop_assert!(pair[0].end_ms <= pair[1].start_ms);
            }
            for range in &ranges {
                prop_assert!(range.end_ms - range.start_ms <= LONGEST_MS);
                prop_assert!(range.end_ms <= clock.ms(frames));
                let cut_inside = cuts.iter().map(|c| clock.ms(*c)).any(|c| c > range.start_ms && c < range.end_ms);
                prop_assert!(!cut_inside);
            }
            // Nothing of a scene is lost but its margins and what is too short.
            let kept: u64 = ranges.iter().map(|r| r.end_ms - r.start_ms).sum();
            let scenes = cuts.len() as u64 + 1;
            prop_assert!(kept + scenes * (SHORTEST_MS + 2 * MARGIN_MS) >= clock.ms(frames));
        }
    }
}
