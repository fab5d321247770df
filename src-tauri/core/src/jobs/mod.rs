//! Jobs: units of background work, stored at every change in their profile's database.

pub mod commands;
pub mod context;
pub mod model;
pub mod queue;
pub mod recovery;
pub mod runner;
pub mod store;
mod work;

pub use commands::JobCommand;
pub use context::JobContext;
pub use model::{Job, JobKind, JobState};
pub use queue::JobTally;
pub use runner::{Runner, RunnerError};
