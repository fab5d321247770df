//! Where one scene melts into the next. While it lasts, every cell of the picture goes straight from the brightness it
//! had to the one it gets; movement, which bends on its way, does not.
//!
//! Fades from and to black are no cuts, and neither is light that grows: what is left looks like what was there.

use std::collections::VecDeque;
use std::ops::Range;

use super::grid::Grid;

/// Frames over which the brightness must go straight to be looked at further.
const STEP: usize = 8;
/// The longest dissolve, frames; slower change is a scene that changes.
const LONGEST: usize = 75;
/// The least mean change of cells over a step, and over a whole dissolve (0 to 255).
const STEP_CHANGE: f32 = 1.5;
const WHOLE_CHANGE: f32 = 10.0;
/// How far off the straight line cells may be on the way, as a share of the change.
const BENT: f32 = 0.2;
/// The two scenes must be this unlike when movement is taken out, and no more alike in their pattern than this.
const UNLIKE: f32 = 8.0;
const ALIKE: f32 = 0.6;
/// The least contrast of both scenes; a black picture has none.
const LEAST_SPREAD: f32 = 4.0;

/// Finds dissolves in frames pushed one by one; remembers as many as the longest has.
#[derive(Debug, Default)]
pub(super) struct DissolveFinder {
    recent: VecDeque<Grid>,
    pushed: usize,
    /// The first frame of the change that is going on.
    since: Option<usize>,
    found: Vec<Range<usize>>,
}

impl DissolveFinder {
    pub(super) fn push(&mut self, grid: &Grid) {
        self.recent.push_back(grid.clone());
        self.pushed += 1;
        if self.recent.len() > LONGEST + STEP + 1 {
            self.recent.pop_front();
        }
        let last = self.pushed - 1;
        let Some(first) = last.checked_sub(STEP) else { return };
        let straight = self.goes_straight(first, last, STEP_CHANGE);
        match (self.since, straight) {
            (None, true) => self.since = Some(first),
            (Some(since), false) => {
                self.since = None;
                self.judge(since, last - 1);
            }
            _ => {}
        }
    }

    /// The ranges of frames in which one scene becomes another.
    pub(super) fn finish(mut self) -> Vec<Range<usize>> {
        if let (Some(since), Some(last)) = (self.since, self.pushed.checked_sub(1)) {
            self.judge(since, last);
        }
        self.found
    }

    fn at(&self, frame: usize) -> Option<&Grid> {
        self.recent.get(frame.checked_sub(self.pushed - self.recent.len())?)
    }

    /// The change between two frames is large enough, and three frames between them lie where a straight line has them.
    fn goes_straight(&self, first: usize, last: usize, least: f32) -> bool {
        let (Some(a), Some(b)) = (self.at(first), self.at(last)) else { return false };
        let change = a.apart(b);
        change >= least
            && (1..=3).all(|quarter| {
                let frame = first + (last - first) * quarter / 4;
                let share = (frame - first) as f32 / (last - first).max(1) as f32;
                // Half a step of brightness is lost to rounding.
                self.at(frame).is_some_and(|grid| grid.off_the_line(a, b, share) <= BENT * change + 0.5)
            })
    }

    fn judge(&mut self, first: usize, last: usize) {
        let (Some(a), Some(b)) = (self.at(first), self.at(last)) else { return };
        let melts = last - first <= LONGEST
            && self.goes_straight(first, last, WHOLE_CHANGE)
            && a.spread().min(b.spread()) >= LEAST_SPREAD
            && a.likeness(b) <= ALIKE
            && a.unlike(b) >= UNLIKE;
        if melts {
            self.found.push(first..last);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::grid::tests::picture;
    use super::*;

    fn found(frames: impl IntoIterator<Item = Vec<u8>>) -> Vec<Range<usize>> {
        let mut finder = DissolveFinder::default();
        for frame in frames {
            finder.push(&Grid::of(&frame, 320, 180));
        }
        finder.finish()
    }

    fn blend(a: &[u8], b: &[u8], share: f32) -> Vec<u8> {
        a.iter().zip(b).map(|(a, b)| (f32::from(*a) * (1.0 - share) + f32::from(*b) * share) as u8).collect()
    }

    #[test]
    fn a_dissolve_is_found_where_it_is_also_while_the_camera_moves_a_little() {
        for length in [12_usize, 25, 50] {
            let frames = (0..120_usize).map(|i| {
                let share = (i.saturating_sub(40) as f32 / length as f32).min(1.0);
                blend(&picture(2, 100 + i / 4, 100), &picture(9, 100, 100 + i / 8), share)
            });
            let found = found(frames);
            assert_eq!(found.len(), 1, "{length} frames: {found:?}");
            assert!(found[0].start.abs_diff(40) <= 8 && found[0].end.abs_diff(40 + length) <= 8, "{length}: {found:?}");
        }
    }

    #[test]
    fn what_only_moves_flashes_fades_or_grows_brighter_dissolves_nowhere() {
        let pan = (0..120_usize).map(|i| picture(5, 100 + 3 * i, 100));
        assert_eq!(found(pan), Vec::<Range<usize>>::new());
        let slow = (0..200_usize).map(|i| picture(5, 100 + i, 100));
        assert_eq!(found(slow), Vec::<Range<usize>>::new());
        let cuts = (0..60_usize).map(|i| picture([2, 7, 3][i / 20], 100, 100));
        assert_eq!(found(cuts), Vec::<Range<usize>>::new());
        let level = |i: usize| (i * 8).min(256) as u32;
        let fade = (0..60_usize)
            .map(|i| picture(5, 100, 100).into_iter().map(|v| (u32::from(v) * level(i) / 256) as u8).collect());
        assert_eq!(found(fade), Vec::<Range<usize>>::new());
        let brighter = (0..60_usize).map(|i| {
            picture(5, 100, 100).into_iter().map(|v| (u32::from(v) / 2 + 2 * i.min(50) as u32) as u8).collect()
        });
        assert_eq!(found(brighter), Vec::<Range<usize>>::new());
        assert_eq!(found([]), Vec::<Range<usize>>::new());
    }
}
