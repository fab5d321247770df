//! Which room does which kind of job.

use serde_json::Value;

use super::context::JobContext;
use super::model::JobKind;
use crate::error::Failure;

/// Does what a job is there for; gives what came of it (ids).
///
/// # Errors
/// The room's own error as a [`Failure`]; [`Code::Cancelled`](crate::error::Code::Cancelled) when it was told to stop.
pub async fn work(context: &JobContext, kind: &JobKind) -> Result<Value, Failure> {
    tracing::debug!(job = %context.job(), kind = kind.name(), "no room does this yet");
    Err(Failure::new(crate::error::Code::Internal, "This kind of work is not built yet."))
}
