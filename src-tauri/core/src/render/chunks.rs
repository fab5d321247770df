//! Encoding the chunks: side by side, one single-threaded ffmpeg to a core, longest first, so that no core waits at the
//! end. The sound is made beside them from the start: its steps follow one another, so begun late it would keep one core
//! busy and the others waiting.

use std::ffi::OsString;
use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;

use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::{OwnedSemaphorePermit, mpsc};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tracing::Instrument;

use super::RenderError;
use super::args::{self, Recipe};
use super::cache::{self, Makers};
use super::check::{self, Passed};
use super::chunk::{Canvas, Chunk};
use super::encoder::VideoEncoder;
use super::loudness::{self, Measured};
use super::platform::Platform;
use super::progress::Tally;
use crate::ffmpeg::{ToolError, Toolbox};
use crate::jobs::JobContext;
use crate::profile::Profile;

/// How all chunks of one timeline are made.
#[derive(Debug, Clone)]
pub struct Plant {
    /// Size, safe zone, rate.
    pub canvas: Canvas,
    /// Whose settings.
    pub platform: Platform,
    /// By which encoder.
    pub encoder: VideoEncoder,
    /// Where libass finds the fonts.
    pub fonts: PathBuf,
    /// What else decides the bits.
    pub makers: Makers,
    /// Use and fill the cache. Without it, chunks stay in the job's folder.
    pub cache: bool,
}

impl Plant {
    fn recipe(&self) -> Recipe<'_> {
        Recipe { canvas: &self.canvas, platform: &self.platform, encoder: self.encoder, fonts: &self.fonts }
    }
}

/// The sound's part of the work.
#[derive(Debug, Clone)]
pub struct SoundOrder {
    /// Arguments of the mix; writes [`MIX`] and measures it.
    pub mix: Vec<OsString>,
    /// How many samples it must have.
    pub samples: u64,
}

/// The mix, in the job's folder.
pub const MIX: &str = "mix.wav";
/// The finished sound, in the job's folder.
pub const SOUND: &str = "sound.m4a";

/// A chunk that is ready to be joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoded {
    /// How ffmpeg, running in the job's folder, names it.
    pub name: String,
    /// Its key in the cache.
    pub key: String,
    /// How many frames.
    pub frames: u32,
    /// What it passed its check with.
    pub passed: Passed,
}

/// The sound, ready to be joined.
#[derive(Debug, Clone, PartialEq)]
pub struct Sounded {
    /// What it measures, decoded.
    pub measured: Measured,
    /// BLAKE3 over the hashes of its packets.
    pub packets: String,
    /// How many samples it has.
    pub samples: u64,
}

enum Done {
    Chunk(usize, Encoded),
    Sound(Sounded),
}

/// What a task needs; it must own it.
struct Task {
    profile: Profile,
    tools: Toolbox,
    tmp: PathBuf,
    plant: Arc<Plant>,
    cancel: CancellationToken,
}

/// Encodes what the cache does not hold and makes the sound.
///
/// # Errors
/// The first [`RenderError`]; everything else is stopped and gone by then.
pub async fn encode(
    context: &JobContext,
    tools: &Toolbox,
    plant: Plant,
    chunks: &[Chunk],
    sound: SoundOrder,
    tally: &mut Tally,
) -> Result<(Vec<Encoded>, Sounded), RenderError> {
    let keys: Vec<String> = chunks.iter().map(|c| cache::key(c, &plant.recipe(), &plant.makers)).collect();
    let mut ready: Vec<Option<Encoded>> = vec![None; chunks.len()];
    if plant.cache {
        ready = kept(context.profile(), chunks, &keys).await?;
    }
    for (index, _) in ready.iter().enumerate().filter(|(_, r)| r.is_some()) {
        tally.finished(index);
    }
    context.report(tally.share(), &tally.step());

    // Longest last in the list, which is taken from its end.
    let mut queue: Vec<usize> = (0..chunks.len()).filter(|i| ready[*i].is_none()).collect();
    queue.sort_by_key(|i| (chunks[*i].frames, std::cmp::Reverse(*i)));

    let plant = Arc::new(plant);
    // Stops the others when one fails; fires with the job's own token.
    let cancel = context.cancel().child_token();
    let (says, mut heard) = mpsc::unbounded_channel();
    let mut running: JoinSet<Result<Done, RenderError>> = JoinSet::new();
    let task = || Task {
        profile: context.profile().clone(),
        tools: tools.clone(),
        tmp: context.tmp().to_owned(),
        plant: Arc::clone(&plant),
        cancel: cancel.clone(),
    };
    running.spawn(task().sound(sound).instrument(context.profile().span()));
    let mut sounded = None;
    let mut failed: Option<RenderError> = None;
    let permits = context.profile().encoders();
    let mut permit = pin!(Arc::clone(permits).acquire_owned());
    while !(queue.is_empty() || failed.is_some()) || !running.is_empty() {
        tokio::select! {
            biased;
            Some((index, frames)) = heard.recv() => {
                tally.frames(index, frames);
                context.report(tally.share(), &tally.step());
            }
            Some(done) = running.join_next() => {
                match done {
                    Ok(Ok(Done::Chunk(index, encoded))) => {
                        ready[index] = Some(encoded);
                        tally.finished(index);
                    }
                    Ok(Ok(Done::Sound(sound))) => {
                        sounded = Some(sound);
                        tally.sound();
                    }
                    Ok(Err(error)) => {
                        cancel.cancel();
                        // What the others say after that is only that they were stopped.
                        failed.get_or_insert(error);
                    }
                    Err(error) => {
                        cancel.cancel();
                        let source = std::io::Error::other(error);
                        failed.get_or_insert(ToolError::Start { tool: "ffmpeg", source }.into());
                    }
                }
                context.report(tally.share(), &tally.step());
            }
            got = &mut permit, if !queue.is_empty() && failed.is_none() => {
                permit.set(Arc::clone(permits).acquire_owned());
                // The semaphore is never closed.
                let (Ok(permit), Some(index)) = (got, queue.pop()) else { continue };
                let work = task().chunk(index, chunks[index].clone(), keys[index].clone(), says.clone(), permit);
                running.spawn(work.instrument(context.profile().span()));
            }
            () = context.cancel().cancelled(), if failed.is_none() => {
                failed = Some(ToolError::Cancelled.into());
            }
        }
    }
    if let Some(error) = failed {
        return Err(error);
    }
    match (ready.into_iter().collect::<Option<Vec<_>>>(), sounded) {
        (Some(chunks), Some(sound)) => Ok((chunks, sound)),
        _ => Err(ToolError::Cancelled.into()),
    }
}

/// What of the chunks is in the cache, checked.
async fn kept(profile: &Profile, chunks: &[Chunk], keys: &[String]) -> Result<Vec<Option<Encoded>>, RenderError> {
    let wanted: Vec<(String, u32)> = keys.iter().cloned().zip(chunks.iter().map(|c| c.frames)).collect();
    let profile = profile.clone();
    let look = move || {
        wanted
            .into_iter()
            .map(|(key, frames)| {
                let name = cache::from_job_folder(&key);
                let found = cache::find(&profile, &key, frames)?;
                Ok(found.map(|kept| Encoded { name, key, frames, passed: kept.passed }))
            })
            .collect()
    };
    tokio::task::spawn_blocking(look)
        .await
        .map_err(|e| ToolError::Start { tool: "ffmpeg", source: std::io::Error::other(e) })?
}

impl Task {
    async fn chunk(
        self,
        index: usize,
        chunk: Chunk,
        key: String,
        says: UnboundedSender<(usize, u64)>,
        _permit: OwnedSemaphorePermit,
    ) -> Result<Done, RenderError> {
        let (video, ass) = (format!("{index:04}.mp4"), format!("{index:04}.ass"));
        if let Some(text) = &chunk.ass {
            let path = self.tmp.join(&ass);
            std::fs::write(&path, text).map_err(RenderError::io("written", &path))?;
        }
        let arguments = args::chunk(&chunk, &self.plant.recipe(), &ass, &video);
        let run = self.tools.ffmpeg_with_progress(&arguments, &self.cancel, |progress| {
            // Nobody listens any more when the render has failed already.
            let _unheard = says.send((index, progress.frame));
        });
        run.await?;
        let output = self.tools.ffprobe(&check::question_decoding(&video), &self.cancel).await?;
        let answer = check::Answer::read(&chunk.title(), &output.stdout)?;
        // Counted in the file: what ffmpeg last reported may be a few frames behind.
        let frames = answer.frames();
        if frames < u64::from(chunk.frames) {
            let fps = u64::from(self.plant.canvas.fps.max(1));
            return Err(RenderError::SourceEnds {
                name: chunk.title(),
                needed_ms: chunk.reel.in_ms + u64::from(chunk.frames) * 1000 / fps,
                has_ms: chunk.reel.in_ms + frames * 1000 / fps,
            });
        }
        let passed = answer.picture(&chunk.title(), &self.plant.canvas, chunk.frames)?;
        answer.decoded(&chunk.title(), chunk.frames, &output.stderr)?;
        let mut encoded = Encoded { name: video.clone(), key, frames: chunk.frames, passed };
        if self.plant.cache {
            let made = self.tmp.join(&video);
            cache::keep(&self.profile, &encoded.key, &made, encoded.frames, encoded.passed.clone())?;
            encoded.name = cache::from_job_folder(&encoded.key);
        }
        Ok(Done::Chunk(index, encoded))
    }

    async fn sound(self, order: SoundOrder) -> Result<Done, RenderError> {
        let mix = loudness::read(&self.tools, &order.mix, &self.cancel).await?;
        let platform = &self.plant.platform;
        let wanted = (platform.loudness, platform.audio_kbps);
        let measured = loudness::finish(&self.tools, (MIX, mix), wanted, order.samples, SOUND, &self.cancel).await?;
        let output = self.tools.ffprobe(&check::question(SOUND), &self.cancel).await?;
        let packets = check::Answer::read("the sound", &output.stdout)?.sound("the sound", order.samples)?;
        Ok(Done::Sound(Sounded { measured, packets, samples: order.samples }))
    }
}
