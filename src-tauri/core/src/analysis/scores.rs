//! How good one frame is, and where the eye goes in it. Taken about ten times a second, never kept as pictures.

use super::grid::{CELL, Grid};
use super::hash::Hasher;

/// Differences (0 to 255) between frames a tenth of a second apart that count as half of all motion there is.
const HALF_MOTION: f32 = 8.0;
/// Variance of the Laplacian that counts as half of all sharpness there is.
const HALF_SHARP: f32 = 400.0;
/// Standard deviation of brightness that counts as full contrast.
const FULL_CONTRAST: f32 = 80.0;
/// How fast interest falls off from the centre, share of the picture.
const CENTRE: f32 = 0.35;

/// What is kept of one frame. All scores 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sample {
    /// Index of the frame.
    pub frame: usize,
    /// Change since the sample before; `None` at the very first.
    pub motion: Option<f32>,
    pub sharpness: f32,
    pub contrast: f32,
    pub brightness: f32,
    pub phash: u64,
    /// Share of the picture's width and height.
    pub anchor: (f32, f32),
}

/// Looks at frames one after the other.
#[derive(Debug)]
pub(super) struct Scorer {
    width: usize,
    height: usize,
    hasher: Hasher,
    before: Option<Grid>,
}

impl Scorer {
    pub(super) fn new(width: usize, height: usize) -> Self {
        Self { width, height, hasher: Hasher::new(), before: None }
    }

    pub(super) fn look(&mut self, frame: usize, grey: &[u8], grid: &Grid) -> Sample {
        let count = grey.len().max(1) as f32;
        let sum: u64 = grey.iter().map(|v| u64::from(*v)).sum();
        let squares: u64 = grey.iter().map(|v| u64::from(*v) * u64::from(*v)).sum();
        let mean = sum as f32 / count;
        let deviation = (squares as f32 / count - mean * mean).max(0.0).sqrt();
        let (variance, edges) = self.edges(grey, grid);
        let moved: Option<Vec<u8>> =
            self.before.as_ref().map(|b| b.cells.iter().zip(&grid.cells).map(|(a, b)| a.abs_diff(*b)).collect());
        let motion = moved.as_ref().map(|m| {
            let mean = m.iter().map(|v| f32::from(*v)).sum::<f32>() / m.len().max(1) as f32;
            mean / (mean + HALF_MOTION)
        });
        let anchor = anchor(grid, &edges, moved.as_deref());
        self.before = Some(grid.clone());
        Sample {
            frame,
            motion,
            sharpness: variance / (variance + HALF_SHARP),
            contrast: (deviation / FULL_CONTRAST).min(1.0),
            brightness: mean / 255.0,
            phash: self.hasher.of(grey, self.width, self.height),
            anchor,
        }
    }

    /// The variance of the Laplacian over the picture, and its mean size in each cell.
    fn edges(&self, grey: &[u8], grid: &Grid) -> (f32, Vec<f32>) {
        let w = self.width;
        let mut edges = vec![0.0f32; grid.cells.len()];
        let (mut sum, mut squares, mut count) = (0i64, 0i64, 0i64);
        for y in 1..self.height.saturating_sub(1) {
            let [above, here, below] = [y - 1, y, y + 1].map(|row| &grey[row * w..(row + 1) * w]);
            let row = (y / CELL).min(grid.rows.saturating_sub(1)) * grid.columns;
            for x in 1..w.saturating_sub(1) {
                let around =
                    i32::from(above[x]) + i32::from(below[x]) + i32::from(here[x - 1]) + i32::from(here[x + 1]);
                let value = around - 4 * i32::from(here[x]);
                sum += i64::from(value);
                squares += i64::from(value * value);
                count += 1;
                if let Some(cell) = edges.get_mut(row + (x / CELL).min(grid.columns.saturating_sub(1))) {
                    *cell += value.unsigned_abs() as f32;
                }
            }
        }
        let count = count.max(1) as f32;
        let mean = sum as f32 / count;
        ((squares as f32 / count - mean * mean).max(0.0), edges)
    }
}

/// Where the eye goes: the middle of what has edges and what moves against the rest, drawn towards the centre.
fn anchor(grid: &Grid, edges: &[f32], moved: Option<&[u8]>) -> (f32, f32) {
    let edge_mean = edges.iter().sum::<f32>() / edges.len().max(1) as f32;
    // A moving camera changes every cell; only what changes more than most is something that moves.
    let usual = moved.map_or(0.0, |m| {
        let mut sorted = m.to_vec();
        sorted.sort_unstable();
        f32::from(sorted.get(sorted.len() / 2).copied().unwrap_or_default())
    });
    let (mut total, mut x_sum, mut y_sum) = (f32::EPSILON, 0.5 * f32::EPSILON, 0.5 * f32::EPSILON);
    for (i, edge) in edges.iter().enumerate() {
        let x = ((i % grid.columns) as f32 + 0.5) / grid.columns as f32;
        let y = ((i / grid.columns) as f32 + 0.5) / grid.rows as f32;
        let motion = moved.map_or(0.0, |m| (f32::from(m[i]) - usual).max(0.0) / HALF_MOTION);
        let from_centre = ((x - 0.5).powi(2) + (y - 0.5).powi(2)) / (2.0 * CENTRE * CENTRE);
        let interest = (edge / (edge_mean + 1.0) + 2.0 * motion) * (-from_centre).exp();
        // Squared: one strong place counts more than much of a little.
        let weight = interest * interest;
        total += weight;
        x_sum += weight * x;
        y_sum += weight * y;
    }
    (x_sum / total, y_sum / total)
}

#[cfg(test)]
mod tests {
    use super::super::grid::tests::picture;
    use super::*;

    fn look(frames: &[Vec<u8>]) -> Sample {
        let mut scorer = Scorer::new(320, 180);
        frames.iter().enumerate().map(|(i, f)| scorer.look(i, f, &Grid::of(f, 320, 180))).last().unwrap()
    }

    /// Dark, with a bright checked square of 40 pixels whose left upper corner is at (x, y).
    fn square(x: usize, y: usize) -> Vec<u8> {
        let inside = |column: usize, row: usize| (x..x + 40).contains(&column) && (y..y + 40).contains(&row);
        (0..180)
            .flat_map(|row| (0..320).map(move |column| (column, row)))
            .map(|(c, r)| if inside(c, r) { if (c + r) % 8 < 4 { 230 } else { 120 } } else { 20 })
            .collect()
    }

    #[test]
    fn a_flat_picture_scores_nothing_but_its_brightness() {
        let sample = look(&[vec![128; 320 * 180], vec![128; 320 * 180]]);
        assert_eq!((sample.motion, sample.sharpness, sample.contrast), (Some(0.0), 0.0, 0.0));
        assert!((sample.brightness - 0.5).abs() < 0.01);
        assert!((sample.anchor.0 - 0.5).abs() < 0.01 && (sample.anchor.1 - 0.5).abs() < 0.01);
    }

    #[test]
    fn blur_lowers_sharpness_and_stillness_lowers_motion() {
        let sharp = picture(3, 0, 0);
        let smeared = |picture: &[u8], step: usize| -> Vec<u8> {
            let near = |i: usize| (0..9).map(move |k| picture[(i + k * step) % picture.len()]);
            (0..picture.len()).map(|i| (near(i).map(u32::from).sum::<u32>() / 9) as u8).collect()
        };
        let blurred = smeared(&smeared(&sharp, 1), 320);
        assert!(look(std::slice::from_ref(&blurred)).sharpness < 0.7 * look(std::slice::from_ref(&sharp)).sharpness);
        let still = look(&[sharp.clone(), sharp.clone()]).motion.unwrap();
        let moving = look(&[sharp.clone(), picture(3, 16, 0)]).motion.unwrap();
        assert!(still == 0.0 && moving > 0.3, "{still} {moving}");
        assert_eq!(look(&[sharp]).motion, None);
    }

    #[test]
    fn the_eye_goes_to_what_stands_out_and_to_what_moves() {
        let (x, y) = look(&[square(220, 100)]).anchor;
        assert!((x - 0.75).abs() < 0.05 && (y - 0.66).abs() < 0.07, "{x} {y}");
        let two = |left: usize| {
            let (a, b) = (square(40, 70), square(left, 70));
            a.iter().zip(&b).map(|(a, b)| *a.max(b)).collect::<Vec<u8>>()
        };
        let standing = look(&[two(240), two(240)]).anchor.0;
        let moving = look(&[two(232), two(240)]).anchor.0;
        assert!((standing - 0.5).abs() < 0.05 && moving > standing + 0.05, "{standing} {moving}");
    }
}
