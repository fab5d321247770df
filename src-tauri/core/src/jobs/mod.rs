//! Jobs: units of background work, stored at every change in their profile's database.

pub mod context;
pub mod model;
pub mod store;

pub use context::JobContext;
pub use model::{Job, JobKind, JobState};
