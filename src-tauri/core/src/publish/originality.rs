//! The originality meter before a post: how near a clip is to everything the profile has published, and how much of its
//! footage was shown lately.
//!
//! The clip itself, and other renders of the same plan, are left out: the same video on another platform is no repetition
//! ([`already_published`](super::preflight) says where it went).

use std::collections::BTreeSet;

use super::ledger::{self, PublishedVideo};
use super::model::Originality;
use crate::clips::{self, ClipError};
use crate::ids::{ClipId, ShotId};
use crate::profile::Profile;
use crate::render::receipt::Receipt;
use crate::time::now_ms;
use crate::variants::distance;

/// How near these clips are to what the profile has published. A shot counts as shown lately for `fresh_after_days` days.
///
/// # Errors
/// [`ClipError`] when one of them is not in the library, or its receipt does not read.
pub fn originality(profile: &Profile, ids: &[ClipId], fresh_after_days: u32) -> Result<Vec<Originality>, ClipError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let since = ledger::days_before(now_ms(), fresh_after_days);
    profile.read::<_, ClipError>(|tx| {
        let history = ledger::history(tx)?;
        let mut all = Vec::with_capacity(ids.len());
        for id in ids {
            let value = clips::receipt(tx, *id)?;
            let receipt: Receipt =
                serde_json::from_value(value).map_err(|source| ClipError::Receipt { clip: *id, source })?;
            let others = history.iter().filter(|video| video.clip != *id && video.variant != receipt.variant);
            all.push(of(*id, &receipt, &others.collect::<Vec<_>>(), since));
        }
        Ok(all)
    })
}

fn of(clip: ClipId, receipt: &Receipt, others: &[&PublishedVideo], since: i64) -> Originality {
    let near = others.iter().map(|video| (distance::between(&receipt.timeline, &video.timeline), video));
    // Of two that are as near, the one that went out last: it comes first.
    let nearest = near.min_by(|a, b| a.0.total_cmp(&b.0));
    let lately: BTreeSet<ShotId> = others
        .iter()
        .filter(|video| video.last_at >= since)
        .flat_map(|video| video.timeline.segments.iter().map(|s| s.pick.shot))
        .collect();
    let shots: BTreeSet<ShotId> = receipt.timeline.segments.iter().map(|s| s.pick.shot).collect();
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Originality {
        clip,
        distance: nearest.as_ref().map(|(distance, _)| *distance),
        nearest: nearest.as_ref().map(|(_, video)| video.name.clone()),
        nearest_at: nearest.map(|(_, video)| video.last_at),
        shown_lately: count(shots.intersection(&lately).count()),
        shots: count(shots.len()),
    }
}
