//! New footage for a plan that had too little: kept picks that repeat a shot make way for shots that were not there
//! before.
//!
//! Only for those, and only where it was the planner that repeated: were any unused shot a reason, then a changed word
//! or a new pin could stir sentences that did not change.

use std::collections::BTreeMap;

use super::PlanInput;
use super::board::Board;
use super::rows::Hold;

/// Empties kept places that show a shot again, one for each new shot that the empty places do not need.
pub(super) fn renew(board: &mut Board<'_>, input: &PlanInput<'_>) {
    let mut known: BTreeMap<_, u32> = BTreeMap::new();
    for segment in input.previous.values().flat_map(|t| &t.segments) {
        *known.entry(segment.pick.shot).or_default() += u32::from(!segment.pinned);
    }
    let repeated = |board: &Board<'_>, shot: usize| {
        board.uses[shot] > 1 && known.get(&board.pool.list[shot].shot.shot.id).is_some_and(|n| *n > 1)
    };
    let is_new = |board: &Board<'_>, shot: &usize| {
        board.uses[*shot] == 0 && !known.contains_key(&board.pool.list[*shot].shot.shot.id)
    };
    let fresh: Vec<usize> = (0..board.pool.list.len()).filter(|shot| is_new(board, shot)).collect();
    let empty = board.rows.iter().flatten().filter(|p| p.pick.is_none()).count();
    let mut spare = fresh.len().saturating_sub(empty);
    let Some(longest) = fresh.first().map(|shot| board.pool.list[*shot].frames) else { return };
    for variant in (0..board.rows.len()).rev() {
        for index in (0..board.rows[variant].len()).rev() {
            let place = &board.rows[variant][index];
            let kept = matches!(place.hold, Hold::Kept(_)) && place.frames <= longest;
            // From the back, so that the first showing is the one that stays.
            if spare == 0 || !kept || !place.pick.is_some_and(|shot| repeated(board, shot)) {
                continue;
            }
            board.take((variant, index));
            let place = &mut board.rows[variant][index];
            place.hold = Hold::Free;
            place.in_ms = None;
            spare -= 1;
        }
    }
}
