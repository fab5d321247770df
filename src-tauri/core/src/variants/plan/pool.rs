//! The shots a plan may use, with what the planner asks about them worked out once.

use std::collections::BTreeMap;

use super::noise;
use super::{PlanInput, PlanShot};
use crate::ids::{ShotId, SourceId};

/// Kept free at the end of a source, milliseconds: containers round their length up, and reading past the end shows a
/// frozen picture.
const SOURCE_MARGIN_MS: u64 = 100;
/// Shots that give less than this are left out, milliseconds.
const LEAST_MS: u64 = 400;
/// Shots of one source that are closer than this look like the same moment, milliseconds.
const SAME_PLACE_MS: u64 = 4_000;
/// Perceptual hashes that differ in fewer bits look like the same picture.
const NEAR_DUPLICATE_BITS: u32 = 12;

/// A shot that may be used.
pub(super) struct Candidate<'a> {
    pub shot: &'a PlanShot,
    /// Stands for source content and range, not for the id: the same footage plans the same in another profile.
    pub key: u64,
    /// One past the last millisecond that may be read.
    pub end_ms: u64,
    /// How many frames of the video it can fill.
    pub frames: u32,
    /// 0 to 1.
    pub quality: f32,
    /// How well it opens a video, 0 to 1.
    pub hook: f32,
    /// Index of its source among the pool's.
    pub source: usize,
    /// Index of its name and tags among the pool's labels.
    pub label: usize,
    /// Earlier clips that show it.
    pub used_before: u32,
    /// Times it is shown in other scripts of the batch.
    pub used_in_batch: u32,
}

/// What words can find a shot by.
pub(super) struct Label<'a> {
    pub name: &'a str,
    pub tags: &'a [String],
    /// How many shots of the pool have it.
    pub shots: usize,
}

/// All of them, longest first.
pub(super) struct Pool<'a> {
    pub list: Vec<Candidate<'a>>,
    pub labels: Vec<Label<'a>>,
    pub sources: usize,
    by_id: BTreeMap<ShotId, usize>,
}

/// How much two shots look like the same moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// Another moment.
    None,
    /// The same source, less than [`SAME_PLACE_MS`] apart.
    Near,
    /// The same shot, overlapping or touching ranges, or nearly the same picture.
    Same,
}

fn share(value: f32) -> f32 {
    if value.is_nan() { 0.0 } else { value.clamp(0.0, 1.0) }
}

impl<'a> Pool<'a> {
    pub(super) fn new(input: &PlanInput<'a>) -> Self {
        let mut labels: BTreeMap<(&str, &[String]), usize> = BTreeMap::new();
        let mut sources: BTreeMap<SourceId, usize> = BTreeMap::new();
        let mut seen = std::collections::BTreeSet::new();
        let mut pool = Self { list: Vec::new(), labels: Vec::new(), sources: 0, by_id: BTreeMap::new() };
        for planned in input.shots {
            let shot = &planned.shot;
            let end_ms = shot.end_ms.min(planned.source_duration_ms.saturating_sub(SOURCE_MARGIN_MS));
            let usable_ms = end_ms.saturating_sub(shot.start_ms);
            if usable_ms < LEAST_MS || !seen.insert(shot.id) {
                continue;
            }
            let frames = u32::try_from(usable_ms * u64::from(input.fps) / 1000).unwrap_or(u32::MAX);
            let next = labels.len();
            let label = *labels.entry((&planned.source_name, &planned.tags)).or_insert(next);
            if label == pool.labels.len() {
                pool.labels.push(Label { name: &planned.source_name, tags: &planned.tags, shots: 0 });
            }
            pool.labels[label].shots += 1;
            let next = sources.len();
            let source = *sources.entry(shot.source).or_insert(next);
            let (motion, sharpness, contrast) = (share(shot.motion), share(shot.sharpness), share(shot.contrast));
            let balance = 1.0 - (share(shot.brightness) - 0.5).abs() * 2.0;
            pool.list.push(Candidate {
                shot: planned,
                key: noise::mix(&[noise::text(&planned.source_hash), shot.start_ms, shot.end_ms]),
                end_ms,
                frames,
                quality: 0.35 * motion + 0.30 * sharpness + 0.20 * contrast + 0.15 * balance,
                hook: 0.45 * motion + 0.35 * sharpness + 0.20 * contrast,
                source,
                label,
                used_before: input.used_before.get(&shot.id).copied().unwrap_or(0),
                used_in_batch: input.used_in_batch.get(&shot.id).copied().unwrap_or(0),
            });
        }
        pool.sources = sources.len();
        // Not the order given, and ids only as the last resort: neither says anything about the footage.
        pool.list.sort_by(|a, b| {
            let order = b.frames.cmp(&a.frames).then_with(|| a.shot.source_hash.cmp(&b.shot.source_hash));
            order
                .then_with(|| a.shot.shot.start_ms.cmp(&b.shot.shot.start_ms))
                .then_with(|| a.shot.shot.id.cmp(&b.shot.shot.id))
        });
        pool.by_id = pool.list.iter().enumerate().map(|(index, c)| (c.shot.shot.id, index)).collect();
        pool
    }

    pub(super) fn find(&self, id: ShotId) -> Option<usize> {
        self.by_id.get(&id).copied()
    }

    /// Frames the longest shot can fill; 0 when there is none.
    pub(super) fn longest(&self) -> u32 {
        self.list.first().map_or(0, |c| c.frames)
    }

    /// How many shots can fill so many frames; they are the first ones.
    pub(super) fn fitting(&self, frames: u32) -> usize {
        self.list.partition_point(|c| c.frames >= frames)
    }

    pub(super) fn likeness(&self, a: usize, b: usize) -> Likeness {
        let (first, second) = (&self.list[a].shot.shot, &self.list[b].shot.shot);
        if (first.phash ^ second.phash).count_ones() < NEAR_DUPLICATE_BITS {
            return Likeness::Same;
        }
        if self.list[a].source != self.list[b].source {
            return Likeness::None;
        }
        let gap = first.start_ms.max(second.start_ms).saturating_sub(first.end_ms.min(second.end_ms));
        // A tenth of a second between two shots is the width of a cut, not a distance.
        match gap {
            0..=100 => Likeness::Same,
            101..SAME_PLACE_MS => Likeness::Near,
            _ => Likeness::None,
        }
    }
}
