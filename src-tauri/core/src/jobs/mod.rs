//! Jobs: units of background work, stored at every change in their profile's database.

pub mod context;
pub mod model;
pub mod recovery;
pub mod runner;
pub mod store;
mod work;

pub use context::JobContext;
pub use model::{Job, JobKind, JobState};
pub use runner::{Runner, RunnerError};
