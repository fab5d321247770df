//! From the filled board to segments: in-points, reasons in words, notes in words.

use super::board::Board;
use super::matching::WORDS_MATCH;
use super::noise;
use super::rows::{Hold, Place};
use super::{PlanInput, PlanSegment, VariantPlan};
use crate::variants::timeline::ShotRef;

const KEPT: &str = "kept from before";

/// The segments of all variants.
pub(super) fn variants(board: &Board<'_>, notes: Vec<Vec<String>>) -> Vec<VariantPlan> {
    // How often each shot was shown so far, in the order a person would see the videos.
    let mut showings: Vec<u32> = board.pool.list.iter().map(|c| c.used_in_batch).collect();
    let mut all = Vec::with_capacity(board.rows.len());
    for ((variant, row), notes) in board.rows.iter().enumerate().zip(notes) {
        let mut segments: Vec<PlanSegment> = Vec::with_capacity(row.len());
        for place in row {
            let Some(shot) = place.pick else { continue };
            let part = segments.last().filter(|s| s.sentence == place.sentence).map_or(0, |s| s.part + 1);
            let candidate = &board.pool.list[shot];
            segments.push(PlanSegment {
                start: place.start,
                frames: place.frames,
                sentence: place.sentence,
                part,
                pick: ShotRef {
                    shot: candidate.shot.shot.id,
                    source: candidate.shot.shot.source,
                    source_hash: candidate.shot.source_hash.clone(),
                    in_ms: in_point(board, place, shot, showings[shot]),
                },
                reason: reason(board, place, shot, showings[shot]),
                pinned: place.hold == Hold::Pinned,
            });
            showings[shot] += 1;
        }
        all.push(VariantPlan { number: u32::try_from(variant).unwrap_or(u32::MAX), segments, notes });
    }
    all
}

/// Where reading starts: as before when that still fits, else somewhere in what the shot has to spare, elsewhere for
/// each showing.
fn in_point(board: &Board<'_>, place: &Place, shot: usize, showing: u32) -> u64 {
    let candidate = &board.pool.list[shot];
    let start = candidate.shot.shot.start_ms;
    let length = (u64::from(place.frames) * 1000).div_ceil(u64::from(board.fps));
    let latest = candidate.end_ms.saturating_sub(length).max(start);
    if let Some(before) = place.in_ms {
        return before.clamp(start, latest);
    }
    // Steps of the golden ratio keep any number of showings far from each other.
    let chance = noise::unit(&[board.seed, candidate.key]);
    let step = showing as f32 * 0.618_034;
    start + ((latest - start) as f32 * (chance + step).fract()) as u64
}

fn reason(board: &Board<'_>, place: &Place, shot: usize, showing: u32) -> String {
    let candidate = &board.pool.list[shot];
    match &place.hold {
        Hold::Pinned => return "pinned".into(),
        Hold::Kept(why) => {
            let why = why.strip_prefix(KEPT).map_or(why.as_str(), |w| w.trim_start_matches(" (").trim_end_matches(')'));
            return if why.is_empty() || why == "pinned" { KEPT.into() } else { format!("{KEPT} ({why})") };
        }
        Hold::Free | Hold::Opening => {}
    }
    let mut parts = Vec::new();
    if place.hold == Hold::Opening {
        parts.push("strongest opening".to_owned());
    }
    let label = &board.pool.labels[candidate.label];
    let score = board.matches.score(place.sentence, candidate.label);
    if score > 0.0
        && let Some(why) = board.matches.why(place.sentence, label)
    {
        parts.push(why);
    }
    if showing > 0 {
        parts.push(if board.unused == 0 {
            "shown again: no unused shot left".to_owned()
        } else {
            "shown again: no unused shot is long enough".to_owned()
        });
    } else if score < WORDS_MATCH && place.hold != Hold::Opening {
        parts.push(match candidate.used_before {
            0 => "unused".to_owned(),
            1 => "shown in 1 earlier video".to_owned(),
            n => format!("shown in {n} earlier videos"),
        });
        parts.extend(strong_side(board, shot).map(str::to_owned));
    }
    parts.join(", ")
}

/// Why a shot could be shown in a place that is still empty; `shown` when the variant shows it elsewhere.
pub(super) fn why(board: &Board<'_>, at: super::board::At, shot: usize, shown: bool) -> String {
    if shown {
        return "shown elsewhere in this video".into();
    }
    reason(board, board.place(at), shot, 0)
}

/// What the shot is best at, if it is good at anything.
fn strong_side(board: &Board<'_>, shot: usize) -> Option<&'static str> {
    let scores = &board.pool.list[shot].shot.shot;
    let sides = [(scores.sharpness, "sharp"), (scores.motion, "lively"), (scores.contrast, "rich in contrast")];
    sides.into_iter().filter(|(score, _)| *score >= 0.5).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, side)| side)
}

/// What a person should know about the batch: too few shots, said with what would help.
pub(super) fn notes(input: &PlanInput<'_>, board: &Board<'_>) -> Vec<String> {
    let places = board.rows.iter().map(Vec::len).sum::<usize>();
    let frames: u64 = board.rows.iter().flatten().map(|p| u64::from(p.frames)).sum();
    let here = |shot: usize| board.uses[shot] - board.pool.list[shot].used_in_batch;
    let shown: Vec<usize> = (0..board.pool.list.len()).filter(|shot| here(*shot) > 0).collect();
    // Showings of a shot that was already shown, here or in another script of the batch.
    let again: u32 =
        shown.iter().map(|s| if board.pool.list[*s].used_in_batch > 0 { here(*s) } else { here(*s) - 1 }).sum();
    if again == 0 {
        return Vec::new();
    }
    let most = shown.iter().map(|s| board.uses[*s]).max().unwrap_or(0);
    let seconds = (u64::from(again) * frames).div_ceil(places.max(1) as u64 * u64::from(input.fps));
    let shots = board.pool.list.len();
    let others = if input.used_in_batch.is_empty() { "" } else { ", which other scripts of the batch use too" };
    let mut notes = vec![format!(
        "Only {shots} {} for {places} places{others}: each is shown up to {most} times. Add about {again} {} \
         ({seconds} s of footage) for no repeats.",
        if shots == 1 { "shot" } else { "shots" },
        if again == 1 { "shot" } else { "shots" },
    )];
    if board.unused > 0 {
        notes.push(format!(
            "{} {} left out because the places are longer and cannot be cut shorter without cutting into a word.",
            board.unused,
            if board.unused == 1 { "shot was" } else { "shots were" },
        ));
    }
    notes
}
