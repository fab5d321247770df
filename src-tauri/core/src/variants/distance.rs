//! How far apart videos are: between variants of a batch, and between a video and those made before.

use crate::ids::ShotId;
use crate::variants::timeline::Timeline;

/// 0 for the same video to 1 for nothing in common.
#[must_use]
pub fn between(_a: &Timeline, _b: &Timeline) -> f32 {
    0.0
}

/// The shots that both show, each once, in the order of the first.
#[must_use]
pub fn shared_shots(_a: &Timeline, _b: &Timeline) -> Vec<ShotId> {
    Vec::new()
}
