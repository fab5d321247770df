//! Arguments of `job`.

use clap::{Args, Subcommand, ValueEnum};
use edit_factory_core::jobs::JobState;

/// What to do with jobs.
#[derive(Debug, Subcommand)]
pub enum Job {
    /// List jobs in the order they will run, then the finished ones, newest first
    #[command(
        visible_alias = "ls",
        after_help = "Example:\n  edit-factory job list --state failed --state interrupted"
    )]
    List {
        /// Only jobs in this state; may be repeated
        #[arg(long = "state", value_name = "STATE")]
        states: Vec<State>,
        /// At most this many
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..))]
        limit: u32,
    },
    /// Show one job with everything known about it
    Show(Which),
    /// Stop a job for good; a running one ends within a second and leaves no file
    Cancel(Which),
    /// Set a job aside
    Pause(Which),
    /// Put a paused job back in the queue
    Resume(Which),
    /// Queue a failed or cancelled job again; what it had made already is used
    #[command(after_help = "Example:\n  edit-factory job retry --failed && edit-factory job run")]
    Retry {
        /// The job
        #[arg(value_name = "JOB", required_unless_present = "failed", conflicts_with = "failed")]
        which: Option<String>,
        /// Every failed job
        #[arg(long)]
        failed: bool,
    },
    /// Let a waiting job run before all others of its kind
    First(Which),
    /// Work through the queue of the profile until nothing is left
    #[command(after_help = "Only one process works for a profile at a time; if another does, this says who.")]
    Run {
        /// How many jobs at once
        #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=64))]
        at_once: u8,
    },
}

/// A job.
#[derive(Debug, Args)]
pub struct Which {
    /// The job's id, or its last characters
    #[arg(value_name = "JOB")]
    pub which: String,
}

/// A state a job can be in.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum State {
    /// Waits for its turn
    Queued,
    /// Being worked on
    Running,
    /// Set aside
    Paused,
    /// Its process ended; it resumes at the next run
    Interrupted,
    /// Finished well
    Done,
    /// Finished badly
    Failed,
    /// Stopped
    Cancelled,
}

impl From<State> for JobState {
    fn from(state: State) -> Self {
        match state {
            State::Queued => Self::Queued,
            State::Running => Self::Running,
            State::Paused => Self::Paused,
            State::Interrupted => Self::Interrupted,
            State::Done => Self::Done,
            State::Failed => Self::Failed,
            State::Cancelled => Self::Cancelled,
        }
    }
}
