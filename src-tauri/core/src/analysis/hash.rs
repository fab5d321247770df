//! A 64-bit perceptual hash: the signs of the lowest frequencies of a small copy of the picture. Pictures that look
//! alike differ in few bits; scaling, recompression and brightness change almost none.

use std::f32::consts::PI;

/// Side of the small copy.
const SIDE: usize = 32;
/// Lowest frequencies kept in each direction.
const KEPT: usize = 8;

/// Cosines, worked out once for many frames.
#[derive(Debug)]
pub(super) struct Hasher {
    /// `cosines[k][i]` of frequency k at place i.
    cosines: [[f32; SIDE]; KEPT + 1],
}

impl Hasher {
    pub(super) fn new() -> Self {
        let mut cosines = [[0.0; SIDE]; KEPT + 1];
        for (k, row) in cosines.iter_mut().enumerate() {
            for (i, value) in row.iter_mut().enumerate() {
                *value = (PI / SIDE as f32 * (i as f32 + 0.5) * k as f32).cos();
            }
        }
        Self { cosines }
    }

    /// Of a grey frame.
    pub(super) fn of(&self, frame: &[u8], width: usize, height: usize) -> u64 {
        let small = shrink(frame, width, height);
        // Rows first: SIDE rows of KEPT + 1 frequencies.
        let mut across = [[0.0f32; KEPT + 1]; SIDE];
        for (y, line) in across.iter_mut().enumerate() {
            for (k, value) in line.iter_mut().enumerate() {
                *value = (0..SIDE).map(|x| small[y][x] * self.cosines[k][x]).sum();
            }
        }
        // Frequency 0 (the mean of rows and columns) says how bright, not what; it is left out.
        let mut lowest = [0.0f32; KEPT * KEPT];
        for v in 1..=KEPT {
            for u in 1..=KEPT {
                lowest[(v - 1) * KEPT + u - 1] = (0..SIDE).map(|y| across[y][u] * self.cosines[v][y]).sum();
            }
        }
        let mut sorted = lowest;
        sorted.sort_by(f32::total_cmp);
        let median = (sorted[31] + sorted[32]) / 2.0;
        // A flat picture has only rounding noise there, and gets one hash.
        let noise = SIDE as f32;
        lowest.iter().enumerate().fold(0, |bits, (i, v)| bits | (u64::from(*v > median && v.abs() > noise) << i))
    }
}

fn shrink(frame: &[u8], width: usize, height: usize) -> [[f32; SIDE]; SIDE] {
    let mut small = [[0.0; SIDE]; SIDE];
    for (j, line) in small.iter_mut().enumerate() {
        let (top, bottom) = (j * height / SIDE, ((j + 1) * height / SIDE).max(j * height / SIDE + 1).min(height));
        for (i, value) in line.iter_mut().enumerate() {
            let (left, right) = (i * width / SIDE, ((i + 1) * width / SIDE).max(i * width / SIDE + 1).min(width));
            let sum: u32 = (top..bottom)
                .map(|y| frame[y * width + left..y * width + right].iter().map(|v| u32::from(*v)).sum::<u32>())
                .sum();
            *value = sum as f32 / ((bottom - top) * (right - left)).max(1) as f32;
        }
    }
    small
}

#[cfg(test)]
mod tests {
    use super::super::grid::tests::picture;
    use super::*;

    fn apart(a: &[u8], b: &[u8]) -> u32 {
        let hasher = Hasher::new();
        (hasher.of(a, 320, 180) ^ hasher.of(b, 320, 180)).count_ones()
    }

    #[test]
    fn darker_and_noisier_is_alike_and_another_picture_is_not() {
        let a = picture(1, 100, 100);
        let darker: Vec<u8> = a.iter().map(|v| (u32::from(*v) * 7 / 10) as u8).collect();
        let noisy: Vec<u8> = a.iter().enumerate().map(|(i, v)| v.saturating_add((i * 7919 % 13) as u8)).collect();
        assert!(apart(&a, &darker) <= 4, "{}", apart(&a, &darker));
        assert!(apart(&a, &noisy) <= 4, "{}", apart(&a, &noisy));
        for seed in 2..8 {
            assert!(apart(&a, &picture(seed, 100, 100)) > 16);
        }
    }

    #[test]
    fn all_flat_pictures_are_one() {
        assert_eq!(apart(&vec![0; 320 * 180], &vec![200; 320 * 180]), 0);
    }

    #[test]
    fn a_picture_smaller_than_the_copy_is_no_trouble() {
        Hasher::new().of(&[1, 2, 3, 4, 5, 6], 3, 2);
    }
}
