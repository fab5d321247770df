//! How fast to cut: as is comfortable to watch, slower or faster when the footage asks for it.

use std::collections::BTreeMap;

use super::cuts::{Bounds, Pace, Spoken, cut};
use super::pool::Pool;
use super::{PlanInput, noise};

/// Tried in this order; the first with which every place of the batch gets a shot of its own is taken.
const PACES: [Pace; 8] = [
    Pace { preferred: 2.6, most: 4.0 },
    Pace { preferred: 2.4, most: 3.4 },
    Pace { preferred: 2.2, most: 2.9 },
    Pace { preferred: 2.0, most: 2.5 },
    Pace { preferred: 1.8, most: 2.1 },
    Pace { preferred: 3.0, most: 4.0 },
    Pace { preferred: 2.6, most: 3.0 },
    Pace { preferred: 3.5, most: 4.0 },
];

/// The pace at which the fewest places of the batch go without a shot of their own.
pub(super) fn choose(input: &PlanInput<'_>, pool: &Pool<'_>, spoken: &[Spoken]) -> Pace {
    let free: Vec<u32> = pool.list.iter().filter(|c| c.used_in_batch == 0).map(|c| c.frames).collect();
    let missing = |pace: &Pace| {
        let mut lengths: Vec<u32> = Vec::new();
        for variant in 0..input.variants {
            let bounds = Bounds {
                fps: input.fps,
                pace: of_variant(*pace, input.seed, variant),
                longest: pool.longest(),
                parts: &BTreeMap::new(),
                chance: [input.seed, u64::from(variant)],
            };
            for sentence in spoken.iter().filter(|s| s.end > s.start) {
                let cuts = cut(sentence, &bounds).unwrap_or_else(|| vec![sentence.start]);
                lengths.extend(sentence.lengths(&cuts));
            }
        }
        lengths.sort_unstable_by(|a, b| b.cmp(a));
        // Longest place, longest shot, and so on down: whoever finds nothing here finds nothing in any other order.
        let mut next = 0;
        let mut without = 0_usize;
        for length in lengths {
            if free.get(next).is_some_and(|frames| *frames >= length) {
                next += 1;
            } else {
                without += 1;
            }
        }
        without
    };
    let mut best = (usize::MAX, PACES[0]);
    for pace in &PACES {
        let without = missing(pace);
        if without < best.0 {
            best = (without, *pace);
        }
        if without == 0 {
            break;
        }
    }
    best.1
}

/// The pace of one variant: a little its own, so that variants differ in rhythm.
pub(super) fn of_variant(pace: Pace, seed: u64, variant: u32) -> Pace {
    let factor = 0.88 + 0.22 * noise::unit(&[seed, u64::from(variant), 0x7061_6365]);
    Pace { preferred: pace.preferred * factor, ..pace }
}
