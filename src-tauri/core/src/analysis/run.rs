//! The analysis job: decode once, then store everything that was seen. Running it again replaces what was there.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::{Value, json};

use super::decode::{self, Plan, Seen};
use super::{shots, store, thumbnails, waveform};
use crate::error::{Code, Explain};
use crate::ffmpeg::ToolError;
use crate::ids::SourceId;
use crate::jobs::JobContext;
use crate::library::Source;
use crate::library::sources::{self, SourceError};
use crate::profile::db::DbError;
use crate::profile::events::Event;
use crate::profile::media::MediaError;

/// Why a source could not be analysed.
#[derive(Debug, thiserror::Error)]
pub enum AnalysisError {
    /// The source or its file.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// Decoding failed.
    #[error("\"{name}\" could not be decoded: {source}. It gives no shots; copy it again from where it came from.")]
    Decode {
        /// The user's name for it.
        name: String,
        /// What ffmpeg said.
        #[source]
        source: ToolError,
    },
    /// ffmpeg is missing, or it was cancelled.
    #[error(transparent)]
    Tool(ToolError),
    /// Much of the picture is missing.
    #[error(
        "\"{name}\" is damaged: of {expected_ms} ms of picture only {seen_ms} ms could be decoded. It gives no shots; copy \
         it again from where it came from."
    )]
    Damaged {
        /// The user's name for it.
        name: String,
        /// What the file promised.
        expected_ms: u64,
        /// What came.
        seen_ms: u64,
    },
    /// The thread that looks at frames broke off.
    #[error("Looking at \"{0}\" broke off. Retry the job.")]
    BrokeOff(String),
    /// Thumbnails or waveform could not be written.
    #[error(transparent)]
    Media(#[from] MediaError),
    /// The shots table.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The file's path could not be made absolute.
    #[error("{} cannot be opened: {source}", path.display())]
    Path {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
}

impl Explain for AnalysisError {
    fn code(&self) -> Code {
        match self {
            Self::Source(e) => e.code(),
            Self::Decode { source, .. } => match source.code() {
                Code::DiskFull => Code::DiskFull,
                _ => Code::TruncatedFile,
            },
            Self::Tool(e) => e.code(),
            Self::Damaged { .. } => Code::TruncatedFile,
            Self::BrokeOff(_) => Code::Internal,
            Self::Media(e) => e.code(),
            Self::Db(e) => e.code(),
            Self::Path { .. } => Code::Unreadable,
        }
    }

    fn details(&self) -> Value {
        match self {
            Self::Source(e) => e.details(),
            Self::Decode { source: e, .. } | Self::Tool(e) => e.details(),
            Self::Damaged { expected_ms, seen_ms, .. } => json!({ "expected_ms": expected_ms, "seen_ms": seen_ms }),
            Self::Db(e) => e.details(),
            _ => json!({}),
        }
    }
}

/// How many frames may wait to be looked at: a megabyte or so.
const WAITING: usize = 16;
/// How often progress is looked at.
const TICK: Duration = Duration::from_millis(250);
/// Share of the work that is decoding.
const DECODING: f64 = 0.95;

/// Analyses one source: scenes, shots with scores, thumbnails, waveform. The result names how many there are.
///
/// # Errors
/// [`AnalysisError`]; what an earlier analysis found is kept then.
pub async fn run(ctx: &JobContext, id: SourceId) -> Result<Value, AnalysisError> {
    let profile = ctx.profile();
    let source = profile.read(|tx| sources::get(tx, id))?;
    let path = sources::real_path(profile, &source)?;
    let plan = Plan::new(&source, ctx.tmp());
    let args = plan.args(&source.probe, &path).map_err(|source| AnalysisError::Path { path, source })?;
    let seen = look(ctx, &source, &plan, &args).await?;

    let seen_ms = plan.clock.ms(seen.frames);
    // A little less than promised is usual; less than half means that decoding gave up somewhere.
    if seen_ms * 2 < source.duration_ms {
        return Err(AnalysisError::Damaged { name: source.name, expected_ms: source.duration_ms, seen_ms });
    }
    let mut found = shots::shots(id, plan.clock, seen.frames, &seen.cuts, &seen.samples);
    profile.read(|tx| store::keep_ids(tx, id, &mut found))?;

    let (owner, tmp, for_thumbs) = (profile.clone(), ctx.tmp().to_owned(), found.clone());
    let pictures = tokio::task::spawn_blocking(move || {
        if let Some(sound) = &plan.sound {
            waveform::keep(&owner, id, sound)?;
        }
        thumbnails::keep(&owner, id, &for_thumbs, &plan.thumbs, &tmp)
    })
    .await
    .map_err(|_| AnalysisError::BrokeOff(source.name.clone()))??;
    profile.write(|tx| store::replace(tx, id, seen_ms, &found))?;
    profile.announce(Event::Source { source: id });
    Ok(json!({ "source": id, "shots": found.len(), "scenes": seen.cuts.len() + 1, "pictures": pictures }))
}

/// Decodes, looks, and reports how far it is.
async fn look(
    ctx: &JobContext,
    source: &Source,
    plan: &Plan,
    args: &[std::ffi::OsString],
) -> Result<Seen, AnalysisError> {
    let step = format!("looking at {}", source.name);
    ctx.report(0.0, &step);
    let (sender, receiver) = tokio::sync::mpsc::channel(WAITING);
    let done = Arc::new(AtomicUsize::new(0));
    let (for_thread, counter) = (plan.clone(), Arc::clone(&done));
    let looking = tokio::task::spawn_blocking(move || decode::watch(&for_thread, receiver, &counter));
    let decoding = ctx.profile().toolbox().ffmpeg_pieces(args, ctx.cancel(), plan.frame_bytes(), sender);
    tokio::pin!(decoding);
    let mut tick = tokio::time::interval(TICK);
    let decoded = loop {
        tokio::select! {
            decoded = &mut decoding => break decoded,
            _ = tick.tick() => {
                let share = done.load(Ordering::Relaxed) as f64 / plan.frames.max(1) as f64;
                ctx.report(DECODING * share.min(1.0), &step);
            }
        }
    };
    // The thread ends when ffmpeg has. If it broke off, that is the news, not that ffmpeg lost its reader.
    let seen = looking.await.map_err(|_| AnalysisError::BrokeOff(source.name.clone()))?;
    match decoded {
        Ok(_) => Ok(seen),
        Err(error @ ToolError::Failed { .. }) => {
            Err(AnalysisError::Decode { name: source.name.clone(), source: error })
        }
        Err(error) => Err(AnalysisError::Tool(error)),
    }
}

#[cfg(test)]
#[path = "run_tests.rs"]
mod tests;
