//! The receipt of a video: everything it was made of and how, as one JSON document beside the file. A re-render from it
//! gives the same frames. It names files by their names and hashes, never by a path of the machine it was made on.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::encoder::VideoEncoder;
use super::loudness::Measured;
use super::platform::Loudness;
use crate::ids::{BatchId, ClipId, ProfileId, ProjectId, ScriptId, ShotId, SourceId, VariantId};
use crate::speech::words::{VoiceId, Word};
use crate::variants::timeline::{Framing, Timeline};

/// The version written into new receipts. A reader refuses a larger one.
pub const RECEIPT_VERSION: u32 = 1;

/// The programs that made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Programs {
    /// Version of this program.
    pub edit_factory: String,
    /// What ffmpeg calls its version.
    pub ffmpeg: String,
    /// Which x264, when it was that.
    pub x264: Option<String>,
    /// BLAKE3 over the fonts captions were drawn with.
    pub fonts: String,
}

/// Something with an id and a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Named<Id> {
    /// Its id in the profile.
    pub id: Id,
    /// Its name at that time.
    pub name: String,
}

/// A shot as it is shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ShotLine {
    /// The shot.
    pub shot: ShotId,
    /// The source it lies in, with the user's name for it.
    pub source: Named<SourceId>,
    /// BLAKE3 of the source file.
    pub source_hash: String,
    /// Where reading starts, milliseconds of the source.
    pub in_ms: u64,
    /// Where it ends, milliseconds of the source.
    pub out_ms: u64,
    /// When it shows, milliseconds of the video.
    pub at_ms: u64,
    /// How it fills the frame.
    pub framing: Framing,
    /// Why this shot.
    pub reason: String,
}

/// The voice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VoiceLine {
    /// Asked for.
    pub asked: VoiceId,
    /// That spoke.
    pub used: VoiceId,
    /// Why they differ.
    pub reasons: Vec<String>,
}

/// How loud it was to be and is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct LoudnessLine {
    /// The platform's target.
    pub target: Loudness,
    /// Measured on the finished file.
    pub measured: Measured,
}

/// How the picture was encoded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EncoderLine {
    /// By what.
    pub encoder: VideoEncoder,
    /// With which arguments.
    pub settings: Vec<String>,
    /// AAC, kilobits a second.
    pub audio_kbps: u32,
}

/// BLAKE3 of the files of a clip, lower-case hex.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Hashes {
    /// The video.
    pub mp4: String,
    /// Captions as SubRip.
    pub srt: String,
    /// Captions as WebVTT.
    pub vtt: String,
    /// The narration that is kept with the clip.
    pub voice: String,
}

/// What was paid for this video.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Cost {
    /// Characters sent to paid providers.
    pub characters: u64,
    /// Money, in millionths of a US dollar.
    pub micro_usd: u64,
}

/// What this video shares with another of the same batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "SharedShots")]
pub struct Shared {
    /// The other planned video.
    pub variant: VariantId,
    /// Its number, from 0, inside its script.
    pub number: u32,
    /// The name of its script.
    pub script: String,
    /// The shots both show.
    pub shots: Vec<ShotId>,
}

/// Everything a video was made of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Receipt {
    /// [`RECEIPT_VERSION`] at the time of writing.
    pub version: u32,
    /// The clip.
    pub clip: ClipId,
    /// Its name: the stem of its files.
    pub name: String,
    /// When it was made, ISO 8601, UTC.
    pub made_at: String,
    /// By which programs.
    pub programs: Programs,
    /// In which profile.
    pub profile: ProfileId,
    /// Of which project.
    pub project: Named<ProjectId>,
    /// Of which script.
    pub script: Named<ScriptId>,
    /// Of which planned video.
    pub variant: VariantId,
    /// Its number, from 0, inside its script.
    pub number: u32,
    /// The seed it was planned with.
    pub seed: u64,
    /// What it was asked for together with.
    pub batch: BatchId,
    /// For which platform.
    pub platform: String,
    /// Length in frames.
    pub frames: u32,
    /// Length, milliseconds.
    pub duration_ms: u64,
    /// Size of the MP4.
    pub bytes: u64,
    /// What it shows.
    pub shots: Vec<ShotLine>,
    /// What it says, with times of the video.
    pub words: Vec<Word>,
    /// Who says it.
    pub voice: VoiceLine,
    /// What it cost.
    pub cost: Cost,
    /// How loud it is.
    pub loudness: LoudnessLine,
    /// How it was encoded.
    pub encoder: EncoderLine,
    /// Its files.
    pub hashes: Hashes,
    /// Shots it shares with others of its batch; empty when it shares none.
    pub shared_shots: Vec<Shared>,
    /// What a person should know: low supply, an encoder that failed.
    pub notes: Vec<String>,
    /// BLAKE3 of the timeline's JSON.
    pub timeline_hash: String,
    /// The plan itself: what a re-render is made from.
    pub timeline: Timeline,
}

/// BLAKE3 of a timeline's JSON.
#[must_use]
pub fn timeline_hash(timeline: &Timeline) -> String {
    let text = serde_json::to_vec(timeline).unwrap_or_default();
    blake3::hash(&text).to_hex().to_string()
}
