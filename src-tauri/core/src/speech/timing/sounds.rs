//! The kinds of sound that can be told apart by three levels (all, low band, hissing band), and how well each fits a frame.

use crate::speech::heard::{Heard, Hop, db, percentile};

/// A kind of sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sound {
    /// Open vowels: a, e, o.
    Open,
    /// Close vowels: i, u.
    Close,
    /// s, z, sh, ch, j.
    Hiss,
    /// f, v, th, h.
    Breath,
    /// m, n, ng.
    Nose,
    /// l, r, w, y.
    Glide,
    /// p, t, k, b, d, g: closure and burst.
    Stop,
    /// Nothing.
    Silence,
    /// Anything that is spoken, for letters we know nothing of.
    Any,
}

/// Mean levels (dB against the level of the speech: all, low, high) and how they scatter: the upper half of the inverse
/// covariance by rows, and half the logarithm of the covariance's determinant.
struct Model {
    sound: Sound,
    mean: [f32; 3],
    inverse: [f32; 6],
    half_log: f32,
}

// Measured over sentences spoken by flite's four voices and by espeak-ng, with the borders of sounds from a forced
// aligner. Sentences of `tests/aligner/` were not among them.
const MODELS: [Model; 8] = [
    Model {
        sound: Sound::Open,
        mean: [-3.7, -5.4, -26.4],
        inverse: [0.1230, -0.0937, -0.0254, 0.0966, 0.0118, 0.0247],
        half_log: 4.92,
    },
    Model {
        sound: Sound::Close,
        mean: [-4.1, -5.0, -28.0],
        inverse: [0.1238, -0.1043, -0.0154, 0.1051, 0.0059, 0.0186],
        half_log: 5.22,
    },
    Model {
        sound: Sound::Hiss,
        mean: [-13.4, -29.9, -19.8],
        inverse: [0.0377, -0.0138, -0.0211, 0.0093, 0.0093, 0.0207],
        half_log: 6.76,
    },
    Model {
        sound: Sound::Breath,
        mean: [-19.0, -22.8, -36.1],
        inverse: [0.0589, -0.0424, -0.0195, 0.0346, 0.0135, 0.0176],
        half_log: 6.43,
    },
    Model {
        sound: Sound::Nose,
        mean: [-4.5, -4.8, -38.3],
        inverse: [0.1270, -0.1139, -0.0083, 0.1185, 0.0043, 0.0165],
        half_log: 5.17,
    },
    Model {
        sound: Sound::Glide,
        mean: [-6.1, -7.5, -32.3],
        inverse: [0.1087, -0.0854, -0.0188, 0.0794, 0.0100, 0.0192],
        half_log: 5.44,
    },
    Model {
        sound: Sound::Stop,
        mean: [-24.5, -28.1, -41.4],
        inverse: [0.0538, -0.0427, -0.0172, 0.0383, 0.0127, 0.0108],
        half_log: 6.80,
    },
    Model {
        sound: Sound::Silence,
        mean: [-52.3, -52.9, -57.8],
        inverse: [0.1157, -0.1037, -0.0264, 0.1154, -0.0030, 0.0684],
        half_log: 4.72,
    },
];

/// Levels are not looked at below this.
const FLOOR_DB: f32 = -60.0;
/// Where silence is expected when there is no noise, as in the models.
const QUIET_DB: f32 = -52.3;

/// How well every kind of sound fits every frame of 10 ms.
pub(super) struct Emissions {
    sums: [Vec<f32>; 9],
    frames: usize,
    sounding: usize,
}

impl Emissions {
    /// Of the hops `from..to`.
    pub(super) fn of(heard: &Heard, from: usize, to: usize) -> Self {
        let level = heard.level_db();
        let frames = (to - from) / 2;
        let levels: Vec<[f32; 3]> = (0..frames).map(|i| frame(&heard.hops, from + 2 * i, level)).collect();
        // A recording has noise where a voice engine has nothing: silence is as loud as the quietest moments are.
        let mut all: Vec<f32> = heard.hops.iter().map(|h| db(h.all) - level).collect();
        let lift = (percentile(&mut all, 0.05) + 3.0 - QUIET_DB).clamp(0.0, 25.0);
        let mut sums: [Vec<f32>; 9] = std::array::from_fn(|_| Vec::with_capacity(frames + 1));
        for sum in &mut sums {
            sum.push(0.0);
        }
        for levels in &levels {
            let mut any = f32::NEG_INFINITY;
            for model in &MODELS {
                let lift = if model.sound == Sound::Silence { lift } else { 0.0 };
                let fit = model.fit(levels, lift);
                if model.sound != Sound::Silence {
                    any = any.max(fit);
                }
                add(&mut sums[model.sound as usize], fit);
            }
            add(&mut sums[Sound::Any as usize], any);
        }
        let sounding = levels.iter().filter(|l| l[0] > (QUIET_DB + lift + 12.0).max(-40.0)).count();
        Self { sums, frames, sounding }
    }

    /// How many frames there are.
    pub(super) fn frames(&self) -> usize {
        self.frames
    }

    /// How many frames are not silent.
    pub(super) fn sounding(&self) -> usize {
        self.sounding
    }

    /// Fit of this sound to the frames before each frame, summed; one more than there are frames.
    pub(super) fn sums(&self, sound: Sound) -> &[f32] {
        &self.sums[sound as usize]
    }
}

fn add(sums: &mut Vec<f32>, fit: f32) {
    sums.push(sums.last().copied().unwrap_or(0.0) + fit);
}

/// Levels of the 20 ms around a frame.
fn frame(hops: &[Hop], at: usize, level: f32) -> [f32; 3] {
    let around = &hops[at.saturating_sub(1)..(at + 3).min(hops.len())];
    let mean = |of: fn(&Hop) -> f32| db(around.iter().map(of).sum::<f32>() / around.len().max(1) as f32);
    [mean(|h| h.all), mean(|h| h.low), mean(|h| h.high)].map(|db| (db - level).max(FLOOR_DB))
}

impl Model {
    /// Logarithm of the likelihood, but for a constant.
    fn fit(&self, levels: &[f32; 3], lift: f32) -> f32 {
        let [a, b, c] = std::array::from_fn(|i| levels[i] - self.mean[i] - lift);
        let [aa, ab, ac, bb, bc, cc] = self.inverse;
        let distance = aa * a * a + bb * b * b + cc * c * c + 2.0 * (ab * a * b + ac * a * c + bc * b * c);
        -0.5 * distance - self.half_log
    }
}
