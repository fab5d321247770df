//! Exchanges after everything is filled: wear made even, look-alikes moved apart, shots moved to sentences they suit.
//!
//! Pins, kept picks and openings stay. No exchange shows a shot more often than before.

use super::board::{At, Board};

/// How many places on, at most, a partner for an exchange is looked for; keeps very long videos quick.
const REACH: usize = 64;
const ROUNDS: usize = 4;
/// Gains below this are rounding.
const WORTH: f32 = 1e-3;

pub(super) fn improve(board: &mut Board<'_>) {
    even_out(board);
    for _ in 0..ROUNDS {
        let mut changed = false;
        for variant in 0..board.rows.len() {
            changed |= exchange_within(board, variant);
        }
        changed |= part_look_alikes(board);
        if !changed {
            break;
        }
    }
}

fn movable(board: &Board<'_>) -> Vec<At> {
    let all = board.rows.iter().enumerate().flat_map(|(v, row)| (0..row.len()).map(move |i| (v, i)));
    all.filter(|at| board.movable(*at)).collect()
}

/// Puts a less worn shot where one is shown again, when there is one that fits.
fn even_out(board: &mut Board<'_>) {
    for at in movable(board) {
        let Some(shot) = board.place(at).pick else { continue };
        if board.uses[shot] > 1 {
            replace(board, at, shot, |new, old| new < old);
        }
    }
}

/// Shows the best shot for the place instead, when `better` says so of how worn the two are.
fn replace(
    board: &mut Board<'_>,
    at: At,
    shot: usize,
    better: impl Fn(super::board::Worn, super::board::Worn) -> bool,
) -> bool {
    board.take(at);
    let old = board.worn(at.0, shot);
    let found = board.choose(at, |_| true).filter(|(new, other)| *other != shot && better(*new, old));
    board.put(at, found.map_or(shot, |(_, other)| other));
    found.is_some()
}

fn exchange_within(board: &mut Board<'_>, variant: usize) -> bool {
    let mut changed = false;
    let count = board.rows[variant].len();
    for first in 0..count {
        for second in first + 1..count.min(first + 1 + REACH) {
            changed |= exchange(board, (variant, first), (variant, second));
        }
    }
    changed
}

/// For each place beside a look-alike: another shot as fresh, or an exchange with another variant.
fn part_look_alikes(board: &mut Board<'_>) -> bool {
    let mut changed = false;
    for at in movable(board) {
        let Some(shot) = board.place(at).pick else { continue };
        if !board.clashes(at, shot) {
            continue;
        }
        let row = board.matches.row(board.place(at).sentence);
        let before = board.appeal(at, shot, row);
        let replaced = replace(board, at, shot, |new, old| new <= old);
        if replaced {
            let now = board.place(at).pick.map_or(f32::MIN, |other| board.appeal(at, other, row));
            if now > before + WORTH {
                changed = true;
                continue;
            }
            board.take(at);
            board.put(at, shot);
        }
        for variant in (0..board.rows.len()).filter(|v| *v != at.0) {
            if (0..board.rows[variant].len()).any(|index| exchange(board, at, (variant, index))) {
                changed = true;
                break;
            }
        }
    }
    changed
}

/// Exchanges what two places show when both shots fit, no variant comes to show one twice, and it is a gain.
fn exchange(board: &mut Board<'_>, a: At, b: At) -> bool {
    if !board.movable(a) || !board.movable(b) {
        return false;
    }
    let (Some(first), Some(second)) = (board.place(a).pick, board.place(b).pick) else { return false };
    let fits = |shot: usize, at: At| board.pool.list[shot].frames >= board.place(at).frames;
    if first == second || !fits(first, b) || !fits(second, a) {
        return false;
    }
    if a.0 != b.0 && (board.in_variant(a.0, second) > 0 || board.in_variant(b.0, first) > 0) {
        return false;
    }
    let (row_a, row_b) = (board.matches.row(board.place(a).sentence), board.matches.row(board.place(b).sentence));
    let before = board.appeal(a, first, row_a) + board.appeal(b, second, row_b);
    board.take(a);
    board.take(b);
    board.put(a, second);
    board.put(b, first);
    let after = board.appeal(a, second, row_a) + board.appeal(b, first, row_b);
    if after > before + WORTH {
        return true;
    }
    board.take(a);
    board.take(b);
    board.put(a, first);
    board.put(b, second);
    false
}
