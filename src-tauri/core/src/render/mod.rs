//! Rendering: a timeline to a finished, checked file; no picture encoded more than once.
//!
//! [`chunk`] cuts a timeline at its shots, [`graph`] and [`args`] say purely how a chunk is made, [`chunks`] makes those
//! that [`cache`] does not hold, side by side; [`sound`] and [`loudness`] make the sound apart; [`make`] joins both by
//! stream copy and [`check`]s the file; [`run`] turns a planned video into a clip with its [`receipt`].
//!
//! What is not here: what the video shows and says (the timeline decides that), and the queue (jobs).

pub mod args;
#[cfg(test)]
pub(crate) mod bench;
pub mod cache;
pub mod captions;
pub mod check;
pub mod chunk;
pub mod chunks;
pub mod encoder;
pub mod error;
pub mod escape;
pub mod files;
pub mod graph;
pub mod inputs;
pub mod loudness;
pub mod make;
pub mod plan;
pub mod platform;
pub mod presets;
pub mod progress;
pub mod receipt;
pub mod refit;
pub mod run;
pub mod sound;
#[cfg(test)]
mod tests;
pub mod tool;

pub use error::RenderError;
