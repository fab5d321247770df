//! Where one scene ends and the next starts: hard cuts, found while frames stream by.
//!
//! A cut is a frame that is much less like the one before than its neighbours are like theirs, even after camera
//! movement is taken out (grid), and after which the picture stays different (a flash does not). Scenes that melt into
//! each other are found by [`super::dissolves`].

use std::collections::VecDeque;

use super::grid::Grid;

/// Frames on each side that a cut has to stand out from.
const AROUND: usize = 6;
/// Times as unlike as the second most unlike neighbour. The first is let pass: it may be another cut.
const STANDS_OUT: f32 = 2.0;
/// The least difference of a cut: a share of the picture's own contrast, within these bounds (0 to 255).
const SHARE_OF_SPREAD: f32 = 0.1;
const LEAST: f32 = 1.5;
const ENOUGH: f32 = 4.0;
/// How far before and after the cut the picture must still differ, frames; and how much, as a share of the jump.
const BEFORE: usize = 4;
const AFTER: usize = 3;
const STAYS: f32 = 0.5;

/// Finds cuts in frames pushed one by one; remembers only the few it needs.
#[derive(Debug, Default)]
pub(super) struct CutFinder {
    /// The last frames and how unlike each is to the one before; the newest last.
    recent: VecDeque<(Grid, f32)>,
    pushed: usize,
    cuts: Vec<usize>,
}

impl CutFinder {
    pub(super) fn push(&mut self, grid: Grid) {
        let unlike = self.recent.back().map_or(0.0, |(before, _)| grid.unlike(before));
        self.recent.push_back((grid, unlike));
        self.pushed += 1;
        if self.recent.len() > 2 * AROUND + 2 {
            self.recent.pop_front();
        }
        if self.pushed > AROUND {
            self.judge(self.pushed - 1 - AROUND);
        }
    }

    /// The indices of frames that start a new scene.
    pub(super) fn finish(mut self) -> Vec<usize> {
        for frame in self.pushed.saturating_sub(AROUND)..self.pushed {
            self.judge(frame);
        }
        self.cuts
    }

    fn judge(&mut self, frame: usize) {
        let first = self.pushed - self.recent.len();
        let last = self.pushed - 1;
        if frame == 0 || frame < first {
            return;
        }
        let at = |frame: usize| &self.recent[frame.clamp(first, last) - first];
        let (grid, unlike) = at(frame);
        let spread = grid.spread().max(at(frame - 1).0.spread());
        if *unlike < (SHARE_OF_SPREAD * spread).clamp(LEAST, ENOUGH) {
            return;
        }
        let (mut most, mut second) = (0.0f32, 0.0f32);
        for near in frame.saturating_sub(AROUND).max(first).max(1)..=(frame + AROUND).min(last) {
            let value = at(near).1;
            if near == frame {
                continue;
            }
            if value > most {
                (most, second) = (value, most);
            } else {
                second = second.max(value);
            }
        }
        if *unlike < STANDS_OUT * second {
            return;
        }
        let stays = at(frame.saturating_sub(BEFORE)).0.unlike(&at(frame + AFTER).0);
        if stays >= STAYS * unlike {
            self.cuts.push(frame);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::grid::tests::picture;
    use super::*;

    fn cuts(frames: impl IntoIterator<Item = Vec<u8>>) -> Vec<usize> {
        let mut finder = CutFinder::default();
        for frame in frames {
            finder.push(Grid::of(&frame, 320, 180));
        }
        finder.finish()
    }

    #[test]
    fn hard_cuts_are_found_on_the_frame_even_when_scenes_are_short_or_at_the_ends() {
        let scene_of = |frame: usize| [2, 20, 25, 48].iter().filter(|cut| frame >= **cut).count() as u32;
        let frames = (0..50).map(|i| picture(scene_of(i), 100 + 3 * i, 100));
        assert_eq!(cuts(frames), [2, 20, 25, 48]);
    }

    #[test]
    fn a_camera_that_pans_and_shakes_cuts_nothing() {
        let frames = (0..60usize).map(|i| picture(5, 100 + 20 * i, 100 + [0, 14, 3, 25, 8][i % 5]));
        assert_eq!(cuts(frames), Vec::<usize>::new());
    }

    #[test]
    fn a_flash_is_not_a_cut() {
        let frames =
            (0..40usize).map(|i| if (20..22).contains(&i) { vec![250; 320 * 180] } else { picture(5, 100, 100) });
        assert_eq!(cuts(frames), Vec::<usize>::new());
    }

    #[test]
    fn a_fade_is_not_a_cut() {
        let frames = (0..40u32).map(|i| {
            let level = (i * 8).min(256);
            picture(5, 100, 100).into_iter().map(|v| (u32::from(v) * level / 256) as u8).collect()
        });
        assert_eq!(cuts(frames), Vec::<usize>::new());
    }

    #[test]
    fn no_frames_and_one_frame_have_no_cuts() {
        assert_eq!(cuts([]), Vec::<usize>::new());
        assert_eq!(cuts([picture(1, 0, 0)]), Vec::<usize>::new());
    }
}
