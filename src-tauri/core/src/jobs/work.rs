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
    match kind {
        JobKind::Generate { project, order } => Ok(crate::generate::run(context, *project, order).await?),
        JobKind::Render { variant, platform } => {
            Ok(crate::render::run::run(context, *variant, platform.as_deref()).await?)
        }
        JobKind::Analyse { source } => Ok(crate::analysis::run(context, *source).await?),
        JobKind::Publish {} => Ok(crate::publish::run(context).await?),
        JobKind::Proxy { source } => Ok(crate::library::proxy::run(context, *source).await?),
    }
}
