//! Rendering: a timeline to a finished, checked file; no picture encoded more than once.

pub mod error;
pub mod platform;
pub mod run;

pub use error::RenderError;
