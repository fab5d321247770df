//! What else could be shown over a sentence: every shot that may be used, the best first, judged by what the planner
//! judges by when it fills places.

use std::collections::BTreeSet;

use super::PlanInput;
use super::board::Board;
use super::finish;
use super::matching::Matches;
use super::pool::Pool;
use super::rows::{Hold, Place};
use crate::ids::ShotId;

/// A shot for a place, and how well it suits.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    /// The shot.
    pub shot: ShotId,
    /// 0 to 1, 1 for the best of them.
    pub score: f32,
    /// What speaks for it, for a person.
    pub reason: String,
}

/// The shots that can fill `frames` frames over a sentence, the best first. Those in `shown` (what the variant shows
/// already) come last.
#[must_use]
pub fn candidates(input: &PlanInput<'_>, sentence: usize, frames: u32, shown: &BTreeSet<ShotId>) -> Vec<Ranked> {
    let pool = Pool::new(input);
    let matches = Matches::new(input, &pool);
    let place = Place { start: 0, frames, sentence, pick: None, in_ms: None, hold: Hold::Free };
    let board = Board::new(input, &pool, &matches, Vec::new(), vec![vec![place]]);
    let row = matches.row(sentence);
    let mut ranked: Vec<(bool, f32, usize)> = (0..pool.fitting(frames))
        .map(|shot| (shown.contains(&pool.list[shot].shot.shot.id), board.appeal((0, 0), shot, row), shot))
        .collect();
    ranked.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)).then(a.2.cmp(&b.2)));
    let best = ranked.iter().map(|(_, appeal, _)| *appeal).fold(f32::NEG_INFINITY, f32::max);
    let worst = ranked.iter().map(|(_, appeal, _)| *appeal).fold(f32::INFINITY, f32::min);
    let span = (best - worst).max(f32::EPSILON);
    ranked
        .into_iter()
        .map(|(shown, appeal, shot)| Ranked {
            shot: pool.list[shot].shot.shot.id,
            score: ((appeal - worst) / span).clamp(0.0, 1.0),
            reason: finish::why(&board, (0, 0), shot, shown),
        })
        .collect()
}
