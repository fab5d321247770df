//! Where a recording's sentences end: at those of its pauses that fit best how long each sentence should take.
//!
//! Dynamic programming over places to cut: every pause is one, the longer the better, and every fifth of a second is one
//! at a price, for people who run two sentences together.

use crate::speech::heard::{HOP_MS, Heard, db, percentile};

/// A shorter silence is the closure of a consonant.
const PAUSE_MS: u32 = 120;
/// Places to cut without a pause lie this far apart.
const GRID_MS: u32 = 200;
/// Price of cutting where there is no pause.
const NO_PAUSE: f32 = 8.0;
/// A sentence starts this long before its first sound, when the pause leaves room.
const BREATH_MS: u32 = 60;

/// A place to cut.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// The hop at which the next sentence starts.
    hop: usize,
    /// Sound before it, milliseconds.
    sound_ms: f32,
    /// Negative is good.
    price: f32,
}

/// The hops at which the second and each later sentence starts, given how long each takes to say (any unit).
pub(super) fn cut(heard: &Heard, expected: &[f32]) -> Vec<usize> {
    let Some((last, before)) = expected.split_last() else { return Vec::new() };
    let loud = loud_hops(heard);
    let places = places(&loud);
    let sounding = loud.iter().filter(|l| **l).count() as f32 * HOP_MS as f32;
    let total: f32 = expected.iter().sum::<f32>().max(f32::MIN_POSITIVE);
    let pace = sounding / total;
    // Cost of the best way to have cut so many sentences, the last cut being at each place; and where the one before was.
    let mut cost: Vec<f32> = vec![f32::INFINITY; places.len()];
    let mut back: Vec<Vec<u32>> = Vec::with_capacity(before.len());
    for (index, share) in before.iter().enumerate() {
        let wanted = share * pace;
        let mut next = vec![f32::INFINITY; places.len()];
        let mut from = vec![0_u32; places.len()];
        let mut first = 0;
        for (at, place) in places.iter().enumerate() {
            // Far more sound than the sentence has cannot be it.
            let least = place.sound_ms - 3.0 * wanted - 2000.0;
            while first < at && places[first].sound_ms < least {
                first += 1;
            }
            if index == 0 {
                next[at] = misfit(place.sound_ms, wanted) + place.price;
                continue;
            }
            for previous in first..at {
                let score = cost[previous] + misfit(place.sound_ms - places[previous].sound_ms, wanted) + place.price;
                if score < next[at] {
                    (next[at], from[at]) = (score, u32::try_from(previous).unwrap_or(u32::MAX));
                }
            }
        }
        cost = next;
        back.push(from);
    }
    let end = |at: usize| cost[at] + misfit(sounding - places[at].sound_ms, last * pace);
    let best = (0..places.len()).filter(|&i| cost[i].is_finite()).min_by(|&a, &b| end(a).total_cmp(&end(b)));
    match best {
        Some(best) => trace(&places, &back, best),
        // A recording with fewer places than sentences is a second or two long: cut it by share.
        None => by_share(before, total, heard.hops.len()),
    }
}

fn trace(places: &[Place], back: &[Vec<u32>], best: usize) -> Vec<usize> {
    let mut at = best;
    let mut cuts = Vec::with_capacity(back.len());
    for from in back.iter().rev() {
        cuts.push(places[at].hop);
        at = from[at] as usize;
    }
    cuts.reverse();
    cuts
}

fn by_share(before: &[f32], total: f32, hops: usize) -> Vec<usize> {
    let mut sum = 0.0;
    before
        .iter()
        .map(|share| {
            sum += share;
            (sum / total * hops as f32) as usize
        })
        .collect()
}

/// How badly so much sound fits what was wanted.
fn misfit(sound_ms: f32, wanted: f32) -> f32 {
    let off = (sound_ms - wanted) / (0.2 * wanted + 250.0);
    0.5 * off * off
}

/// Which hops are sound, with the room's noise taken into account.
fn loud_hops(heard: &Heard) -> Vec<bool> {
    let mut levels: Vec<f32> = heard.hops.iter().map(|h| db(h.all)).collect();
    let quietest = percentile(&mut levels.clone(), 0.05);
    let gate = heard.gate_db().max(quietest + 8.0).min(heard.level_db() - 12.0);
    levels.iter_mut().map(|l| *l > gate).collect()
}

fn places(loud: &[bool]) -> Vec<Place> {
    let mut places = Vec::new();
    let hops = |ms: u32| (ms / HOP_MS) as usize;
    let mut sound_ms = 0.0;
    let mut quiet = 0;
    let mut since_place = 0;
    let mut heard_any = false;
    for (hop, &is_loud) in loud.iter().enumerate() {
        if is_loud {
            // Silence before the first word is no pause between sentences.
            if quiet >= hops(PAUSE_MS) && heard_any {
                let length_ms = (quiet as f32 * HOP_MS as f32).min(2000.0);
                // The ear takes twice the pause for a clearer end, so the price falls with its logarithm.
                let price = -2.5 * (length_ms / PAUSE_MS as f32).log2();
                let breath = hops(BREATH_MS).min(quiet / 2);
                places.push(Place { hop: hop - breath, sound_ms, price });
                since_place = 0;
            }
            heard_any = true;
            quiet = 0;
            sound_ms += HOP_MS as f32;
        } else {
            quiet += 1;
        }
        since_place += 1;
        if since_place >= hops(GRID_MS) && is_loud {
            places.push(Place { hop, sound_ms, price: NO_PAUSE });
            since_place = 0;
        }
    }
    places
}
