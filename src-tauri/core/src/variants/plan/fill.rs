//! Fills the empty places: openings, then sentences that footage was named for, then the rest, longest place first.
//!
//! Longest first, because any shot that fits the longest place left fits every other: whichever is taken, no later
//! place goes without for it. So shots run out only when there are too few, not because they were handed out badly.

use std::collections::BTreeSet;

use super::board::{At, Board};
use super::cuts::SHORTEST;
use super::matching::WORDS_MATCH;
use super::noise;
use super::rows::Hold;

/// An opening whose footage suits the words may be this much weaker than the strongest.
const MATCHING_OPENING: f32 = 0.5;
/// A shot that another sentence asks for is spared when an opening this strong is left.
const SPARING_OPENING: f32 = 0.6;

/// Parts of a divided place last at least so long when possible, seconds.
const BRISK: f32 = 1.2;

pub(super) fn fill(board: &mut Board<'_>) {
    openings(board);
    named(board);
    rest(board);
}

fn frames(board: &Board<'_>, seconds: f32) -> u32 {
    (seconds * board.fps as f32).ceil() as u32
}

/// Divides a place, comfortably if it can be, else as short as bearable.
fn divide(board: &mut Board<'_>, at: At, most: u32) -> bool {
    let (brisk, shortest) = (frames(board, BRISK), frames(board, SHORTEST));
    board.divide(at, most, brisk) || board.divide(at, most, shortest)
}

fn openings(board: &mut Board<'_>) {
    let mut opened = vec![0_u32; board.pool.list.len()];
    for row in &board.rows {
        if let Some(shot) = row.first().and_then(|p| p.pick) {
            opened[shot] += 1;
        }
    }
    for variant in 0..board.rows.len() {
        let at = (variant, 0);
        if board.rows[variant].first().is_none_or(|p| p.pick.is_some()) {
            continue;
        }
        // Shorter shots open too, when the place can be cut early enough for them.
        let (whole, least) = (board.place(at).frames, frames(board, BRISK));
        let chosen = opening(board, at, &opened, board.shortest_part(at, least).unwrap_or(whole));
        let fits = |board: &mut Board<'_>, shot: &usize| {
            let most = board.pool.list[*shot].frames;
            whole <= most || board.divide(at, most, least)
        };
        let chosen = chosen.filter(|shot| fits(board, shot)).or_else(|| opening(board, at, &opened, whole));
        if let Some(shot) = chosen {
            board.put(at, shot);
            board.rows[variant][0].hold = Hold::Opening;
            opened[shot] += 1;
        }
    }
}

/// The strongest shot of at least so many frames among those that opened the fewest variants and are the least worn.
fn opening(board: &Board<'_>, at: At, opened: &[u32], shortest: u32) -> Option<usize> {
    let sentence = board.place(at).sentence;
    let fitting = board.pool.fitting(shortest);
    let rank = |shot: usize| {
        let (here, batch) = board.worn(at.0, shot);
        (opened[shot], here, batch, u32::from(board.clashes(at, shot)))
    };
    let lowest = (0..fitting).map(rank).min()?;
    let strength = |shot: usize| {
        let candidate = &board.pool.list[shot];
        candidate.hook * if candidate.used_before > 0 { 0.85 } else { 1.0 }
    };
    let mut ranked: Vec<(f32, usize)> = (0..fitting).filter(|s| rank(*s) == lowest).map(|s| (strength(s), s)).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let strongest = ranked.first()?.0;
    let label = |shot: usize| board.pool.list[shot].label;
    let suits = |shot: usize| board.matches.score(sentence, label(shot)) >= WORDS_MATCH;
    let asked_for = |shot: usize| board.matches.suits_another(sentence, label(shot));
    let at_least = |share: f32| ranked.iter().take_while(move |(s, _)| *s >= share * strongest).map(|(_, shot)| *shot);
    at_least(MATCHING_OPENING)
        .find(|shot| suits(*shot))
        .or_else(|| at_least(SPARING_OPENING).find(|shot| !asked_for(*shot)))
        .or(Some(ranked.first()?.1))
}

/// Gives footage to the sentences whose words it is named for, rarest footage first, variants in turn.
fn named(board: &mut Board<'_>) {
    let mut wanting = BTreeSet::new();
    for (variant, row) in board.rows.iter().enumerate() {
        let mut part = (usize::MAX, 0_u32);
        for place in row {
            part = if part.0 == place.sentence { (part.0, part.1 + 1) } else { (place.sentence, 0) };
            let supply = board.matches.supply(place.sentence);
            if place.pick.is_none() && supply > 0 {
                let chance = noise::mix(&[board.seed, variant as u64, u64::from(place.start)]);
                wanting.insert((supply, part.1, chance, variant, place.start));
            }
        }
    }
    while let Some((supply, part, chance, variant, start)) = wanting.pop_first() {
        let Ok(index) = board.rows[variant].binary_search_by_key(&start, |p| p.start) else { continue };
        let at = (variant, index);
        let Some(row) = board.matches.row(board.place(at).sentence) else { continue };
        let allowed = |shot: usize| {
            row[board.pool.list[shot].label] >= WORDS_MATCH && board.uses[shot] == 0 && !board.clashes(at, shot)
        };
        if let Some((_, shot)) = board.choose(at, allowed) {
            board.put(at, shot);
            continue;
        }
        // Too short for the whole place: then for the first part of it.
        let too_short = board.pool.fitting(board.place(at).frames)..board.pool.list.len();
        let Some(shot) = { too_short }.find(|shot| allowed(*shot)) else { continue };
        if divide(board, at, board.pool.list[shot].frames) {
            board.put(at, shot);
            wanting.insert((supply, part + 1, chance, variant, board.rows[variant][index + 1].start));
        }
    }
}

fn rest(board: &mut Board<'_>) {
    let mut waiting = BTreeSet::new();
    let entry = |board: &Board<'_>, (variant, index): At| {
        let place = board.place((variant, index));
        (place.frames, noise::mix(&[board.seed, variant as u64, u64::from(place.start)]), variant, place.start)
    };
    for variant in 0..board.rows.len() {
        for index in 0..board.rows[variant].len() {
            if board.rows[variant][index].pick.is_none() {
                waiting.insert(entry(board, (variant, index)));
            }
        }
    }
    while let Some((_, _, variant, start)) = waiting.pop_last() {
        let Ok(index) = board.rows[variant].binary_search_by_key(&start, |p| p.start) else { continue };
        let at = (variant, index);
        let Some((worn, shot)) = board.choose(at, |_| true) else { continue };
        if worn.1 > 0 && board.unused > 0 {
            // Every unused shot is too short for this place. Either a shorter place takes one and hands its shot over,
            // or this place is cut to fit one. A shot that the words ask for is handed over last.
            let Some(unused) = (0..board.pool.list.len()).find(|s| board.uses[*s] == 0) else { continue };
            if hand_over(board, at, unused, -0.5 * WORDS_MATCH) {
                continue;
            }
            if divide(board, at, board.pool.list[unused].frames) {
                waiting.insert(entry(board, at));
                waiting.insert(entry(board, (variant, index + 1)));
                continue;
            }
            if hand_over(board, at, unused, f32::NEG_INFINITY) {
                continue;
            }
        }
        board.put(at, shot);
    }
}

/// Looks for a place that can show the unused shot and whose own shot fits `at`; exchanges so when there is one with
/// which all that speaks for the two places changes by at least `worth`.
fn hand_over(board: &mut Board<'_>, at: At, unused: usize, worth: f32) -> bool {
    let frames = board.place(at).frames;
    let short = board.pool.list[unused].frames;
    let mut best: Option<(f32, At)> = None;
    for variant in 0..board.rows.len() {
        for index in 0..board.rows[variant].len() {
            let other = (variant, index);
            if !board.movable(other) || board.place(other).frames > short {
                continue;
            }
            let Some(shot) = board.place(other).pick else { continue };
            let repeats = variant != at.0 && board.in_variant(at.0, shot) > 0;
            let wears = board.uses[shot] > 1;
            if board.pool.list[shot].frames < frames || repeats || wears {
                continue;
            }
            let row = board.matches.row(board.place(other).sentence);
            let before = board.appeal(other, shot, row);
            // Tried out, not reckoned: the two places may be neighbours.
            board.take(other);
            board.put(at, shot);
            let here = board.appeal(at, shot, board.matches.row(board.place(at).sentence));
            let gain = here + board.appeal(other, unused, row) - before;
            board.take(at);
            board.put(other, shot);
            if gain >= worth && best.is_none_or(|(most, _)| gain > most) {
                best = Some((gain, other));
            }
        }
    }
    let Some((_, other)) = best else { return false };
    let Some(shot) = board.take(other) else { return false };
    board.put(other, unused);
    board.put(at, shot);
    true
}
