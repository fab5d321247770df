//! A frame seen from far: the mean brightness of cells of 8x8 pixels, and how different two such views are when the
//! camera or things in the picture merely moved between them.

/// Side of a cell, pixels.
pub(super) const CELL: usize = 8;
/// How far the camera may have moved between two frames, cells: 15% of the picture's width.
const REACH_X: usize = 6;
const REACH_Y: usize = 4;

/// Mean brightness of each cell, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Grid {
    pub columns: usize,
    pub rows: usize,
    pub cells: Vec<u8>,
}

impl Grid {
    /// Of a grey frame; what does not fill a cell at the right and lower edge is left out.
    pub(super) fn of(frame: &[u8], width: usize, height: usize) -> Self {
        let (columns, rows) = (width / CELL, height / CELL);
        let mut sums = vec![0u32; columns];
        let mut cells = Vec::with_capacity(columns * rows);
        for band in frame.chunks_exact(width * CELL).take(rows) {
            sums.fill(0);
            for line in band.chunks_exact(width) {
                for (sum, cell) in sums.iter_mut().zip(line.chunks_exact(CELL)) {
                    *sum += cell.iter().map(|v| u32::from(*v)).sum::<u32>();
                }
            }
            cells.extend(sums.iter().map(|sum| (sum / 64) as u8));
        }
        Self { columns, rows, cells }
    }

    /// Standard deviation of the cells: how much there is to tell frames apart by.
    pub(super) fn spread(&self) -> f32 {
        let n = self.cells.len().max(1) as f32;
        let mean = self.cells.iter().map(|v| f32::from(*v)).sum::<f32>() / n;
        (self.cells.iter().map(|v| (f32::from(*v) - mean).powi(2)).sum::<f32>() / n).sqrt()
    }

    /// Mean difference of the cells as they lie on each other, 0 to 255.
    pub(super) fn apart(&self, other: &Self) -> f32 {
        let sum: u32 = self.cells.iter().zip(&other.cells).map(|(a, b)| u32::from(a.abs_diff(*b))).sum();
        sum as f32 / self.cells.len().max(1) as f32
    }

    /// Mean distance of the cells from where they would be if this frame lay on a straight line from `a` to `b`, at this
    /// share of the way.
    pub(super) fn off_the_line(&self, a: &Self, b: &Self, share: f32) -> f32 {
        let cells = self.cells.iter().zip(a.cells.iter().zip(&b.cells));
        let sum: f32 = cells
            .map(|(v, (a, b))| (f32::from(*v) - (f32::from(*a) + (f32::from(*b) - f32::from(*a)) * share)).abs())
            .sum();
        sum / self.cells.len().max(1) as f32
    }

    /// How alike the patterns of light and dark are, whatever their brightness and contrast: 1 the same, 0 nothing in
    /// common.
    pub(super) fn likeness(&self, other: &Self) -> f32 {
        let n = self.cells.len().max(1) as f32;
        let mean = |grid: &Self| grid.cells.iter().map(|v| f32::from(*v)).sum::<f32>() / n;
        let (ours, theirs) = (mean(self), mean(other));
        let together: f32 =
            self.cells.iter().zip(&other.cells).map(|(a, b)| (f32::from(*a) - ours) * (f32::from(*b) - theirs)).sum();
        let each = self.spread() * other.spread();
        if each > 0.0 { together / n / each } else { 0.0 }
    }

    /// What is left of the difference (0 to 255) after the best shift of the whole picture and one cell of movement
    /// inside it. Small for pans, zooms and moving things; large when the two show different scenes.
    pub(super) fn unlike(&self, other: &Self) -> f32 {
        if self.cells.len() != other.cells.len() || self.cells.is_empty() {
            return 255.0;
        }
        let shift = self.best_shift(other);
        let back = Shift { x: -shift.x, y: -shift.y };
        self.nearby(other, shift).max(other.nearby(self, back))
    }

    /// How the whole picture moved, as far as one shift can tell.
    fn best_shift(&self, other: &Self) -> Shift {
        let (w, h) = (self.columns, self.rows);
        let (reach_x, reach_y) = (REACH_X.min(w / 3), REACH_Y.min(h / 3));
        let mut best = (f32::MAX, Shift::default());
        for up in 0..=2 * reach_y {
            for left in 0..=2 * reach_x {
                let shift = Shift { x: left as isize - reach_x as isize, y: up as isize - reach_y as isize };
                let (mut sum, mut count) = (0u32, 0u32);
                for (ours, theirs) in shift.rows(h) {
                    let (from, to) = shift.columns(w);
                    let a = &self.cells[ours * w..][from..from + to.1];
                    let b = &other.cells[theirs * w..][to.0..to.0 + to.1];
                    sum += a.iter().zip(b).map(|(a, b)| u32::from(a.abs_diff(*b))).sum::<u32>();
                    count += to.1 as u32;
                }
                // A hair dearer the farther away, so that a flat picture is taken as still.
                let cost = sum as f32 / count.max(1) as f32 + 0.05 * (shift.x.abs() + shift.y.abs()) as f32;
                if cost < best.0 {
                    best = (cost, shift);
                }
            }
        }
        best.1
    }

    /// Mean over the cells both have of the least difference to the 3x3 cells around the shifted place.
    fn nearby(&self, other: &Self, shift: Shift) -> f32 {
        let (w, h) = (self.columns, self.rows);
        let (mut sum, mut count) = (0u32, 0u32);
        let (from, (start, length)) = shift.columns(w);
        for (ours, theirs) in shift.rows(h) {
            for i in 0..length {
                let value = self.cells[ours * w + from + i];
                let x = start + i;
                let mut least = u8::MAX;
                for row in theirs.saturating_sub(1)..=(theirs + 1).min(h - 1) {
                    let line = &other.cells[row * w..(row + 1) * w];
                    for v in &line[x.saturating_sub(1)..=(x + 1).min(w - 1)] {
                        least = least.min(v.abs_diff(value));
                    }
                }
                sum += u32::from(least);
                count += 1;
            }
        }
        sum as f32 / count.max(1) as f32
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Shift {
    x: isize,
    y: isize,
}

impl Shift {
    /// Pairs of rows that lie on each other.
    fn rows(self, height: usize) -> impl Iterator<Item = (usize, usize)> {
        (0..height).filter_map(move |row| Some((row, row.checked_add_signed(self.y).filter(|r| *r < height)?)))
    }

    /// Where the overlap starts in ours, and where it starts in theirs with its length.
    fn columns(self, width: usize) -> (usize, (usize, usize)) {
        let by = self.x.unsigned_abs();
        let length = width.saturating_sub(by);
        if self.x < 0 { (by, (0, length)) } else { (0, (by, length)) }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A picture of blobs that differ by `seed`, seen through a window that is moved by (x, y).
    pub(crate) fn picture(seed: u32, x: usize, y: usize) -> Vec<u8> {
        let at = |x: usize, y: usize| {
            let cell = (x as u32 / 24).wrapping_mul(73_856_093) ^ (y as u32 / 24).wrapping_mul(19_349_663);
            let mixed = (cell ^ seed.wrapping_mul(83_492_791)).wrapping_mul(2_654_435_761);
            (mixed >> 24) as u8
        };
        (0..180).flat_map(|row| (0..320).map(move |column| at(column + x, row + y))).collect()
    }

    #[test]
    fn a_cell_is_the_mean_of_its_pixels() {
        let grid = Grid::of(&[10; 320 * 180], 320, 180);
        assert_eq!((grid.columns, grid.rows), (40, 22));
        assert!(grid.cells.iter().all(|c| *c == 10) && grid.cells.len() == 880);
        assert!(grid.spread() == 0.0);
    }

    #[test]
    fn a_moved_camera_is_alike_and_another_scene_is_not() {
        let grid = |seed, x, y| Grid::of(&picture(seed, x, y), 320, 180);
        let still = grid(1, 100, 100);
        for (x, y) in [(100, 100), (108, 100), (130, 85), (60, 100), (100, 130)] {
            assert!(still.unlike(&grid(1, x, y)) < 8.0, "moved to {x},{y}: {}", still.unlike(&grid(1, x, y)));
        }
        assert!(still.unlike(&grid(2, 100, 100)) > 16.0);
    }
}
