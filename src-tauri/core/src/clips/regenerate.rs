//! Another video instead of one that was rejected: the same script and look, another seed, other shots.

use super::{ClipError, get, receipt};
use crate::generate::{self, Order};
use crate::ids::{BatchId, ClipId, JobId, ProjectId, ScriptId};
use crate::profile::db::Writer;
use crate::render::receipt::Receipt;

/// Queues one new video of the clip's script with another seed, for the clip's platform, without the shots it shows as
/// far as there are others. The clip is not touched. The caller announces the job after the commit.
///
/// # Errors
/// [`ClipError::NotFound`]; [`ClipError::Receipt`]; [`ClipError::Generate`] when its project or script was removed.
pub fn regenerate(tx: &Writer<'_>, id: ClipId) -> Result<(JobId, BatchId), ClipError> {
    let clip = get(&tx.as_reader(), id)?;
    let value = receipt(&tx.as_reader(), id)?;
    let made: Receipt = serde_json::from_value(value).map_err(|source| ClipError::Receipt { clip: id, source })?;
    let (project, script): (ProjectId, ScriptId) = tx
        .prepare_cached("SELECT project_id, script_id FROM variants WHERE id = ?1")?
        .query_row([clip.variant], |r| Ok((r.get(0)?, r.get(1)?)))?;
    let order = Order {
        variants: 1,
        platform: Some(made.platform),
        seed: another(made.seed),
        scripts: vec![script],
        render: true,
        avoid: made.shots.iter().map(|s| s.shot).collect(),
        avoid_published_days: None,
    };
    Ok(generate::queue(tx, project, &order, &[])?)
}

/// Any other seed, drawn like an id; small enough for every JSON reader.
fn another(seed: u64) -> u64 {
    let [a, b, c, d, ..] = *blake3::hash(BatchId::new().to_string().as_bytes()).as_bytes();
    let drawn = u64::from(u32::from_le_bytes([a, b, c, d]));
    if drawn == seed { drawn + 1 } else { drawn }
}
