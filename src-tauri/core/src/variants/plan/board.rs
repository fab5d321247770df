//! The places of all variants while they are filled: who shows what, how often, and how well a shot would suit a place.
//!
//! What must not happen twice is counted here, so that every step sees the same truth. Which place is filled when is
//! decided in `fill`; exchanges afterwards in `improve`.

use super::PlanInput;
use super::matching::Matches;
use super::noise;
use super::pool::{Likeness, Pool};
use super::rows::{Hold, Place};

/// Unlike neighbours matter more than any match of words.
const SAME_NEIGHBOUR: f32 = 100.0;
const NEAR_NEIGHBOUR: f32 = 40.0;
/// The next but one may be from the same place, but better not.
const SECOND_NEIGHBOUR: f32 = 1.5;
/// Shots already shown in earlier clips stand back behind all fresh ones, whatever their quality, but they still win
/// when they are what the words speak of.
const USED_BEFORE: f32 = 2.5;

/// A place: variant and index.
pub(super) type At = (usize, usize);

/// How often a shot was shown: in this variant, then in the batch. Less is better, whatever else speaks for it.
pub(super) type Worn = (u32, u32);

/// All variants on their way.
pub(super) struct Board<'a> {
    pub pool: &'a Pool<'a>,
    pub matches: &'a Matches,
    pub fps: u32,
    pub seed: u64,
    /// Every frame at which the picture may change, in order.
    pub frames: Vec<u32>,
    pub rows: Vec<Vec<Place>>,
    /// By shot: times shown in the batch.
    pub uses: Vec<u32>,
    /// By shot: where it is shown: variant and first frame.
    shown: Vec<Vec<(usize, u32)>>,
    /// By variant, then source: how many places show it.
    sources: Vec<Vec<u32>>,
    /// By variant, then shot: what speaks for it wherever it is shown.
    base: Vec<Vec<f32>>,
    /// Shots not shown in the batch.
    pub unused: usize,
}

impl<'a> Board<'a> {
    pub(super) fn new(
        input: &PlanInput<'_>,
        pool: &'a Pool<'a>,
        matches: &'a Matches,
        frames: Vec<u32>,
        rows: Vec<Vec<Place>>,
    ) -> Self {
        let base = |variant: usize| {
            let salt = noise::mix(&[input.seed, variant as u64]);
            let one = |c: &super::pool::Candidate<'_>| {
                let worn = if c.used_before == 0 { 0.0 } else { USED_BEFORE + 0.1 * c.used_before.min(4) as f32 };
                c.quality + 0.3 * noise::unit(&[salt, c.key]) - worn
            };
            pool.list.iter().map(one).collect()
        };
        let mut board = Self {
            pool,
            matches,
            fps: input.fps,
            seed: input.seed,
            frames,
            uses: pool.list.iter().map(|c| c.used_in_batch).collect(),
            shown: vec![Vec::new(); pool.list.len()],
            sources: vec![vec![0; pool.sources]; rows.len()],
            base: (0..rows.len()).map(base).collect(),
            unused: pool.list.iter().filter(|c| c.used_in_batch == 0).count(),
            rows,
        };
        for variant in 0..board.rows.len() {
            for index in 0..board.rows[variant].len() {
                if let Some(shot) = board.rows[variant][index].pick.take() {
                    board.put((variant, index), shot);
                }
            }
        }
        board
    }

    pub(super) fn place(&self, at: At) -> &Place {
        &self.rows[at.0][at.1]
    }

    /// Shows a shot in an empty place.
    pub(super) fn put(&mut self, at: At, shot: usize) {
        let place = &mut self.rows[at.0][at.1];
        place.pick = Some(shot);
        self.shown[shot].push((at.0, place.start));
        self.sources[at.0][self.pool.list[shot].source] += 1;
        self.unused -= usize::from(self.uses[shot] == 0);
        self.uses[shot] += 1;
    }

    /// Empties a place; gives what it showed.
    pub(super) fn take(&mut self, at: At) -> Option<usize> {
        let place = &mut self.rows[at.0][at.1];
        let shot = place.pick.take()?;
        let here = (at.0, place.start);
        self.shown[shot].retain(|shown| *shown != here);
        self.sources[at.0][self.pool.list[shot].source] -= 1;
        self.uses[shot] -= 1;
        self.unused += usize::from(self.uses[shot] == 0);
        Some(shot)
    }

    /// How often the variant shows the shot.
    pub(super) fn in_variant(&self, variant: usize, shot: usize) -> u32 {
        if self.uses[shot] == 0 {
            return 0;
        }
        self.shown[shot].iter().map(|(v, _)| u32::from(*v == variant)).sum()
    }

    pub(super) fn worn(&self, variant: usize, shot: usize) -> Worn {
        (self.in_variant(variant, shot), self.uses[shot])
    }

    /// True when the place may be given another shot.
    pub(super) fn movable(&self, at: At) -> bool {
        let place = self.place(at);
        place.pick.is_some() && place.hold == Hold::Free
    }

    /// What two shots cost when they stand next to each other.
    fn beside(&self, a: usize, b: usize) -> f32 {
        match self.pool.likeness(a, b) {
            Likeness::Same => SAME_NEIGHBOUR,
            Likeness::Near => NEAR_NEIGHBOUR,
            Likeness::None => 0.0,
        }
    }

    /// What the shot costs beside what the places around show; the neighbour to the right may be left out, so that a
    /// pair is counted once.
    fn around(&self, (variant, index): At, shot: usize) -> f32 {
        let row = &self.rows[variant];
        let pick = |offset: isize| index.checked_add_signed(offset).and_then(|i| row.get(i)).and_then(|p| p.pick);
        let mut cost = 0.0;
        for neighbour in [pick(-1), pick(1)].into_iter().flatten() {
            cost += self.beside(neighbour, shot);
        }
        for second in [pick(-2), pick(2)].into_iter().flatten() {
            if self.pool.likeness(second, shot) != Likeness::None {
                cost += SECOND_NEIGHBOUR;
            }
        }
        cost
    }

    /// True when a neighbour of the place shows the same moment as this shot.
    pub(super) fn clashes(&self, at: At, shot: usize) -> bool {
        self.around(at, shot) >= NEAR_NEIGHBOUR
    }

    /// What a shot that is shown elsewhere costs: close by in the same variant, or at the same time in another.
    fn again(&self, at: At, shot: usize) -> f32 {
        let start = self.place(at).start;
        let second = self.fps as f32;
        let cost = |(variant, other): &(usize, u32)| {
            let apart = other.abs_diff(start) as f32 / second;
            match (*variant == at.0, apart) {
                (true, _) => 60.0 / apart.max(0.5),
                (false, 0.0..4.0) => 0.6,
                (false, _) => 0.0,
            }
        };
        self.shown[shot].iter().filter(|shown| **shown != (at.0, start)).map(cost).sum()
    }

    /// How well a shot suits a place, the rest of the board as it is. Higher is better.
    pub(super) fn appeal(&self, at: At, shot: usize, row: Option<&[f32]>) -> f32 {
        let candidate = &self.pool.list[shot];
        let crowd = (0.25 * self.sources[at.0][candidate.source] as f32).min(1.0);
        let mut appeal = self.base[at.0][shot] - crowd - self.around(at, shot);
        if let Some(row) = row {
            appeal += row[candidate.label];
        }
        if self.uses[shot] > 0 {
            appeal -= self.again(at, shot);
        }
        appeal
    }

    /// The least worn shot that fits an empty place and suits it best among those `allowed`.
    pub(super) fn choose(&self, at: At, allowed: impl Fn(usize) -> bool) -> Option<(Worn, usize)> {
        let place = self.place(at);
        let row = self.matches.row(place.sentence);
        let mut best: Option<(Worn, f32, usize)> = None;
        for shot in 0..self.pool.fitting(place.frames) {
            // The cheap question first: most shots of a large library are not worth the others.
            let uses = self.uses[shot];
            if best.is_some_and(|((here, batch), _, _)| here == 0 && uses > batch) || !allowed(shot) {
                continue;
            }
            let worn = (self.in_variant(at.0, shot), uses);
            if best.is_some_and(|(best, _, _)| worn > best) {
                continue;
            }
            let appeal = self.appeal(at, shot, row);
            if best.is_none_or(|(least, most, _)| worn < least || appeal > most) {
                best = Some((worn, appeal, shot));
            }
        }
        best.map(|(worn, _, shot)| (worn, shot))
    }

    /// The least first part a place can be divided into, neither part shorter than `least`.
    pub(super) fn shortest_part(&self, at: At, least: u32) -> Option<u32> {
        let place = self.place(at);
        let first = self.frames.partition_point(|f| *f < place.start + least.max(1));
        let at = self.frames.get(first).filter(|f| **f + least <= place.start + place.frames)?;
        Some(at - place.start)
    }

    /// Divides a place at a frame where the picture may change, so that its first part has at most so many frames and
    /// neither part is shorter than `least`. False when no frame suits, or a pin would be moved on.
    pub(super) fn divide(&mut self, (variant, index): At, most: u32, least: u32) -> bool {
        let place = &self.rows[variant][index];
        let (start, end) = (place.start, place.start + place.frames);
        let latest = start.saturating_add(most).min(end.saturating_sub(least));
        let first = self.frames.partition_point(|f| *f < start + least.max(1));
        let after = self.frames.partition_point(|f| *f <= latest);
        let suiting = self.frames.get(first..after).unwrap_or_default();
        // The more alike both parts are, the more comfortable.
        let Some(&at) = suiting.iter().min_by_key(|f| (**f - start).abs_diff(end - **f)) else { return false };
        // A pin is found again by counting parts: none may come to stand before it.
        let same = |p: &&Place| p.sentence == place.sentence;
        if self.rows[variant][index + 1..].iter().take_while(same).any(|p| p.hold == Hold::Pinned) {
            return false;
        }
        let mut rest = place.clone();
        rest.start = at;
        rest.frames = end - at;
        self.rows[variant][index].frames = at - start;
        self.rows[variant].insert(index + 1, rest);
        true
    }
}
