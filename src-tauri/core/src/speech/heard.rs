//! What an ear keeps of a sound: its power every 5 ms, in all, in the low voice band and in the hissing band. Enough to
//! tell speech from noise, to find pauses, and to tell vowels from consonants. Filled piece by piece, so that a long
//! recording needs little memory.

use std::collections::VecDeque;
use std::f32::consts::{FRAC_1_SQRT_2, TAU};

use super::words::VOICE_RATE;

/// Samples in one hop: 5 ms.
pub const HOP: usize = VOICE_RATE as usize / 200;
/// Milliseconds of one hop.
pub const HOP_MS: u32 = 5;
/// Hops in the 20 ms frames that levels are judged by.
const FRAME: usize = 4;
/// Level of nothing at all, dB below full scale.
const FLOOR_DB: f32 = -96.0;
/// How far under the speech a hop still counts as sound.
const GATE_UNDER_DB: f32 = 35.0;
/// Below this nothing counts as sound.
const GATE_LEAST_DB: f32 = -60.0;

/// Mean power in one hop, 1 being full scale.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Hop {
    /// All of it.
    pub all: f32,
    /// Below 500 Hz, where the voice itself is.
    pub low: f32,
    /// Above 3 kHz, where s and sh are.
    pub high: f32,
}

/// Everything heard so far.
#[derive(Debug, Clone)]
pub struct Heard {
    /// Each whole hop.
    pub hops: Vec<Hop>,
    /// Samples heard.
    pub samples: u64,
    open: Hop,
    filled: usize,
    low: Filter,
    high: Filter,
    last: VecDeque<i16>,
}

impl Default for Heard {
    fn default() -> Self {
        Self {
            hops: Vec::new(),
            samples: 0,
            open: Hop::default(),
            filled: 0,
            low: Filter::low(500.0),
            high: Filter::high(3000.0),
            last: VecDeque::new(),
        }
    }
}

impl Heard {
    /// All of it at once.
    #[must_use]
    pub fn of(samples: &[i16]) -> Self {
        let mut heard = Self::default();
        heard.push(samples);
        heard
    }

    /// The next samples.
    pub fn push(&mut self, samples: &[i16]) {
        self.samples += samples.len() as u64;
        for &sample in samples {
            let x = f32::from(sample) / 32768.0;
            self.open.all += x * x;
            self.open.low += self.low.next(x).powi(2);
            self.open.high += self.high.next(x).powi(2);
            self.filled += 1;
            if self.filled == HOP {
                let mean = |sum: f32| sum / HOP as f32;
                let Hop { all, low, high } = self.open;
                self.hops.push(Hop { all: mean(all), low: mean(low), high: mean(high) });
                (self.open, self.filled) = (Hop::default(), 0);
            }
        }
        let keep = HOP * FRAME;
        self.last.extend(&samples[samples.len().saturating_sub(keep)..]);
        self.last.drain(..self.last.len().saturating_sub(keep));
    }

    /// Only these hops, as if nothing else had been heard.
    #[must_use]
    pub fn part(&self, from: usize, to: usize) -> Self {
        let hops = self.hops[from.min(to)..to.min(self.hops.len())].to_vec();
        Self { samples: (hops.len() * HOP) as u64, hops, ..Self::default() }
    }

    /// Levels of 20 ms frames in dB, one every 20 ms, between these hops.
    pub(super) fn frames(&self, from: usize, to: usize) -> Vec<f32> {
        let mean = |f: &[Hop]| db(f.iter().map(|h| h.all).sum::<f32>() / FRAME as f32);
        self.hops[from.min(to)..to].chunks_exact(FRAME).map(mean).collect()
    }

    /// Level of the speech: the 90th percentile of 20 ms frames, dB below full scale.
    #[must_use]
    pub fn level_db(&self) -> f32 {
        percentile(&mut self.frames(0, self.hops.len()), 0.9)
    }

    /// The level above which a hop counts as sound.
    #[must_use]
    pub fn gate_db(&self) -> f32 {
        (self.level_db() - GATE_UNDER_DB).max(GATE_LEAST_DB)
    }

    /// First hop with sound and one past the last; `None` for silence. A click alone does not count.
    #[must_use]
    pub fn sounding(&self) -> Option<(usize, usize)> {
        let gate = self.gate_db();
        let loud: Vec<bool> = self.hops.iter().map(|h| db(h.all) > gate).collect();
        // Two hops in a row: a single one is a click.
        let first = loud.windows(2).position(|w| w[0] && w[1])?;
        let last = loud.windows(2).rposition(|w| w[0] && w[1])?;
        Some((first, last + 2))
    }

    /// Level of the last 20 ms.
    pub(super) fn end_db(&self) -> f32 {
        let sum: f32 = self.last.iter().map(|&s| (f32::from(s) / 32768.0).powi(2)).sum();
        if self.last.is_empty() { FLOOR_DB } else { db(sum / self.last.len() as f32) }
    }
}

/// A second-order Butterworth filter (Robert Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter coefficients").
#[derive(Debug, Clone)]
struct Filter {
    b: [f32; 3],
    a: [f32; 2],
    state: [f32; 2],
}

impl Filter {
    fn low(hz: f32) -> Self {
        Self::new(hz, |cos| [(1.0 - cos) / 2.0, 1.0 - cos, (1.0 - cos) / 2.0])
    }

    fn high(hz: f32) -> Self {
        Self::new(hz, |cos| [f32::midpoint(1.0, cos), -(1.0 + cos), f32::midpoint(1.0, cos)])
    }

    fn new(hz: f32, numerator: impl Fn(f32) -> [f32; 3]) -> Self {
        let w = TAU * hz / VOICE_RATE as f32;
        let (alpha, cos) = (w.sin() / (2.0 * FRAC_1_SQRT_2), w.cos());
        let a0 = 1.0 + alpha;
        let b = numerator(cos).map(|x| x / a0);
        Self { b, a: [-2.0 * cos / a0, (1.0 - alpha) / a0], state: [0.0; 2] }
    }

    fn next(&mut self, x: f32) -> f32 {
        let y = self.b[0] * x + self.state[0];
        self.state[0] = self.b[1] * x - self.a[0] * y + self.state[1];
        self.state[1] = self.b[2] * x - self.a[1] * y;
        y
    }
}

/// Power as a level in dB, 0 being full scale.
pub(crate) fn db(power: f32) -> f32 {
    if power <= 0.0 { FLOOR_DB } else { (10.0 * power.log10()).max(FLOOR_DB) }
}

/// The value below which this share lies; [`FLOOR_DB`] for none. Sorts.
pub(crate) fn percentile(values: &mut [f32], share: f32) -> f32 {
    values.sort_unstable_by(f32::total_cmp);
    let at = (values.len().saturating_sub(1) as f32 * share).round() as usize;
    values.get(at).copied().unwrap_or(FLOOR_DB)
}
