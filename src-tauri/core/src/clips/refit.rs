//! The same video for another platform, or again where its captions were edited or its plan was changed since.

use super::{ClipError, get};
use crate::generate::{self, GenerateError};
use crate::ids::{BatchId, ClipId, JobId};
use crate::jobs::{JobKind, store as jobs};
use crate::profile::db::Writer;
use crate::render::plan;
use crate::render::platform;
use crate::render::refit;

/// Queues a render of the newest plan of the clip's video for a platform, as a new clip. The clip is not touched, and nothing
/// is planned or spoken. One that is asked for already is not queued twice. The caller announces the job after the commit.
///
/// # Errors
/// [`ClipError::NotFound`]; [`ClipError::Generate`] for a platform that there is not, or whose videos are shorter;
/// [`ClipError::Render`] when the plan is gone, or is of another frame rate.
pub fn refit(tx: &Writer<'_>, id: ClipId, name: &str) -> Result<(JobId, BatchId), ClipError> {
    let reader = tx.as_reader();
    let clip = get(&reader, id)?;
    let Some(platform) = platform::by_name(name) else {
        let known: Vec<String> = platform::all().into_iter().map(|p| p.name).collect();
        return Err(GenerateError::UnknownPlatform { name: name.to_owned(), known: known.join(", ") }.into());
    };
    let variant = generate::newest_of(&reader, clip.variant)?.unwrap_or(clip.variant);
    let planned = plan::read(&reader, variant)?;
    // Found out now, not when the job runs.
    let timeline = refit::timeline(&reader, &planned, &platform)?;
    let spoken_s = u64::from(timeline.frames.div_ceil(timeline.fps.max(1)));
    if spoken_s > u64::from(platform.max_seconds) {
        let (script, platform, most_s) = (planned.script.name, platform.title, platform.max_seconds);
        return Err(GenerateError::TooLong { script, platform, spoken_s, most_s }.into());
    }
    let kind = JobKind::Render { variant, platform: Some(platform.name) };
    if let Some(open) = jobs::open_alike(&reader, &kind)? {
        return Ok(open);
    }
    let batch = BatchId::new();
    Ok((jobs::add(tx, &kind, Some(batch), &[]).map_err(GenerateError::from)?, batch))
}
