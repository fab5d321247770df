//! From a timeline to a finished, checked MP4 in the job's folder: chunks, sound, join, check.

use std::path::{Path, PathBuf};

use super::RenderError;
use super::cache::{self, Makers};
use super::chunk::{self, Canvas};
use super::chunks::{self, Encoded, MIX, Plant, SOUND, SoundOrder, Sounded};
use super::encoder::{self, RenderSettings, VideoEncoder};
use super::inputs::Inputs;
use super::loudness::Measured;
use super::platform::{self, Platform};
use super::progress::Tally;
use super::{args, check, files, sound, tool};
use crate::captions::Frame;
use crate::clips::store::STILL;
use crate::ffmpeg::{ToolError, Toolbox};
use crate::jobs::JobContext;
use crate::variants::timeline::{TIMELINE_VERSION, Timeline};

/// The finished video and what is known of how it was made.
#[derive(Debug, Clone)]
pub struct Made {
    /// The MP4, in the job's folder.
    pub file: PathBuf,
    /// What the finished file measures.
    pub loudness: Measured,
    /// What encoded the picture.
    pub encoder: VideoEncoder,
    /// What ffmpeg calls its version.
    pub ffmpeg: String,
    /// Which x264, when it was that.
    pub x264: Option<String>,
    /// Hash of the fonts.
    pub fonts: String,
    /// What a person should know about how it was made.
    pub notes: Vec<String>,
}

/// The frame that a timeline is rendered into.
#[must_use]
pub fn canvas(timeline: &Timeline, platform: &Platform) -> Canvas {
    let frame = Frame { width: timeline.width, height: timeline.height, safe: platform.safe };
    Canvas { frame, fps: timeline.fps }
}

/// The platform of a timeline, after checking that the timeline can be rendered at all.
///
/// # Errors
/// [`RenderError::UnknownPlatform`], [`RenderError::UnreadablePlan`], [`RenderError::BadPlan`].
pub fn platform_of(timeline: &Timeline) -> Result<Platform, RenderError> {
    if timeline.version > TIMELINE_VERSION {
        return Err(RenderError::UnreadablePlan(format!(
            "it is of version {}, and this program knows {TIMELINE_VERSION}",
            timeline.version
        )));
    }
    timeline.check()?;
    platform::by_name(&timeline.platform).ok_or_else(|| RenderError::UnknownPlatform(timeline.platform.clone()))
}

/// Makes the video. With `cache`, finished chunks are used and kept.
///
/// # Errors
/// [`RenderError`]; the job's folder holds what was made so far, and goes with the job.
pub async fn make(
    context: &JobContext,
    timeline: &Timeline,
    inputs: &Inputs,
    settings: RenderSettings,
    cache: bool,
) -> Result<Made, RenderError> {
    let platform = platform_of(timeline)?;
    let canvas = canvas(timeline, &platform);
    let tools = context.profile().toolbox().in_folder(context.tmp());
    let facts = tool::facts(&tools, context.cancel()).await?;
    facts.check()?;
    let size = (timeline.width, timeline.height);
    let (encoder, mut notes) =
        encoder::choose(&tools, settings.encoder, &platform.video, size, context.cancel()).await?;
    let fonts = context.profile().folder().fonts().to_owned();
    let fonts_hash = files::hash_folder(&fonts).map_err(RenderError::io("read", &fonts))?;
    let makers = Makers { ffmpeg: facts.version.clone(), fonts: fonts_hash.clone() };
    let cut = chunk::cut(timeline, &canvas, inputs);
    let order = SoundOrder { mix: sound::mix(timeline, inputs, MIX), samples: sound::samples(timeline) };

    let mut tally = Tally::new(cut.iter().map(|c| c.frames));
    let mut plant = Plant { canvas, platform: platform.clone(), encoder, fonts, makers, cache };
    let mut made = chunks::encode(context, &tools, plant.clone(), &cut, order.clone(), &mut tally).await;
    if let (Err(RenderError::Tool(ToolError::Failed { .. })), true) = (&made, encoder != VideoEncoder::X264) {
        // All chunks again: those of two encoders cannot be joined.
        notes.push(format!("{} failed at work; x264 was used", encoder.name()));
        plant.encoder = VideoEncoder::X264;
        tally = Tally::new(cut.iter().map(|c| c.frames));
        made = chunks::encode(context, &tools, plant.clone(), &cut, order, &mut tally).await;
    }
    let (encoded, sound) = made?;
    let joined = join(context, &tools, &canvas, &encoded, &sound, &mut tally).await;
    if let Err(RenderError::Wrong { .. } | RenderError::Tool(ToolError::Failed { .. })) = &joined {
        // One of them is not what it seemed: none is trusted for the next try.
        for chunk in encoded.iter().filter(|_| cache) {
            cache::forget(context.profile(), &chunk.key)?;
        }
    }
    joined?;
    let loudness = sound.measured;
    if !loudness.meets(platform.loudness) {
        return Err(RenderError::Loudness { target: platform.loudness, got: loudness });
    }
    let x264 = encoded.first().and_then(|c| note_of_x264(&context.tmp().join(&c.name)));
    let file = context.tmp().join(VIDEO);
    Ok(Made { file, loudness, encoder: plant.encoder, ffmpeg: facts.version, x264, fonts: fonts_hash, notes })
}

/// The finished video, in the job's folder.
const VIDEO: &str = "video.mp4";
/// What the chunks are joined by, in the job's folder.
const LIST: &str = "list.txt";

/// Joins chunks and sound without encoding, then checks the file: streams, every frame's time, the very packets that were
/// decoded and measured when they were made.
async fn join(
    context: &JobContext,
    tools: &Toolbox,
    canvas: &Canvas,
    chunks: &[Encoded],
    sound: &Sounded,
    tally: &mut Tally,
) -> Result<(), RenderError> {
    let what = "the joined video";
    if let Some(odd) = chunks.iter().find(|c| c.passed.headers != chunks[0].passed.headers) {
        let found = format!("{} was encoded with other settings than {}", odd.name, chunks[0].name);
        return Err(RenderError::Wrong { what: what.into(), found });
    }
    let list = args::concat_list(chunks.iter().map(|c| (c.name.as_str(), c.frames)), canvas.fps);
    let path = context.tmp().join(LIST);
    std::fs::write(&path, list).map_err(RenderError::io("written", &path))?;
    tools.ffmpeg(&args::join(LIST, SOUND, canvas.fps, VIDEO), context.cancel()).await?;
    tally.joined();
    context.report(tally.share(), &tally.step());

    let frames: u32 = chunks.iter().map(|c| c.frames).sum();
    let output = tools.ffprobe(&check::question(VIDEO), context.cancel()).await?;
    let answer = check::Answer::read(what, &output.stdout)?;
    answer.one_of_each(what)?;
    answer.picture(what, canvas, frames)?;
    answer.made_of(what, chunks.iter().map(|c| (c.frames, &c.passed)))?;
    answer.sounds_as(what, sound.samples, &sound.packets)?;
    tally.checked();
    context.report(tally.share(), &tally.step());
    Ok(())
}

/// The longer side of a clip's picture, pixels: sharp on a tile and beside the list.
const STILL_SIDE: u32 = 640;

/// Cuts a picture of the finished video from the midst of its opening shot, as it is seen: framed, with its captions.
/// `None` when that fails: a video without a picture of itself is a video all the same.
pub async fn still(context: &JobContext, timeline: &Timeline, video: &Path) -> Option<PathBuf> {
    let opening = timeline.segments.first()?;
    let at = f64::from(opening.start + opening.frames / 2) / f64::from(timeline.fps.max(1));
    let (folder, name) = (video.parent()?, video.file_name()?.to_str()?);
    let tools = context.profile().toolbox().in_folder(folder);
    match tools.ffmpeg(&args::still(name, at, STILL_SIDE, STILL), context.cancel()).await {
        Ok(_) => Some(folder.join(STILL)).filter(|still| still.is_file()),
        Err(error) => {
            tracing::warn!(%error, "no picture could be cut from a finished video");
            None
        }
    }
}

fn note_of_x264(chunk: &Path) -> Option<String> {
    use std::io::Read;
    let mut head = Vec::new();
    // The first frame comes right after a short header.
    std::fs::File::open(chunk).ok()?.take(64 * 1024).read_to_end(&mut head).ok()?;
    tool::x264_version(&head)
}
