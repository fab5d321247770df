//! Variants: N different timelines from shots and words, planned purely.
//!
//! [`plan`] decides which shot shows when; [`compose`] makes a [`timeline`] of such a plan, the narration, the captions
//! and the brand kit; [`distance`] says how far apart timelines are; [`usage`] says what footage is left. Nothing here
//! touches a media file.

pub mod check;
pub mod compose;
pub mod distance;
pub mod plan;
#[cfg(test)]
pub(crate) mod samples;
pub mod timeline;
pub mod usage;
