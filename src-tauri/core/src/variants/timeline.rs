//! The timeline: the pure value that says which shot shows when, over which words, with which captions and sounds.
//!
//! It names media by id and hash, never by an absolute path, so it can be stored, compared, synced and rendered again.
//! Picture is counted in frames of `fps`, words and captions in milliseconds from the start of the timeline, sound in
//! samples at [`VOICE_RATE`](crate::speech::words::VOICE_RATE).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::budget::Price;
use crate::captions::cue::Cue;
use crate::captions::style::CaptionStyle;
use crate::ids::{ShotId, SourceId};
use crate::profile::media::MediaPath;
use crate::speech::chain::StepDown;
use crate::speech::words::{VoiceId, Word};

/// The version written into new timelines. A reader refuses a larger one.
pub const TIMELINE_VERSION: u32 = 1;

/// How a source picture fills a frame of another shape.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "how", rename_all = "snake_case")]
pub enum Framing {
    /// Scaled until it covers, cropped around the anchor.
    Fill {
        /// Anchor across the source picture, 0 left to 1 right.
        x: f32,
        /// Anchor down the source picture, 0 top to 1 bottom.
        y: f32,
    },
    /// Whole picture over a blurred, enlarged copy of itself.
    BlurFit,
    /// Whole picture with black bars.
    Fit,
}

/// A place in a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ShotRef {
    /// The shot that was chosen.
    pub shot: ShotId,
    /// The source it lies in.
    pub source: SourceId,
    /// BLAKE3 of the source file, lower-case hex.
    pub source_hash: String,
    /// Where reading starts, milliseconds from the start of the source.
    pub in_ms: u64,
}

/// One shot on the timeline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Segment {
    /// First frame.
    pub start: u32,
    /// How many frames; at least 1.
    pub frames: u32,
    /// The sentence spoken over it.
    pub sentence: usize,
    /// What is shown.
    pub pick: ShotRef,
    /// How it fills the frame.
    pub framing: Framing,
    /// Why this shot, for a person ("tag: oven", "unused, sharp").
    pub reason: String,
    /// Set by hand; planning keeps it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<_>", optional)]
    pub pinned: bool,
}

/// A file of the profile that a timeline uses, with its hash so that a changed file is noticed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FileRef {
    /// Where it lies in the profile.
    pub path: MediaPath,
    /// BLAKE3, lower-case hex.
    pub hash: String,
}

/// The narration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct VoiceTrack {
    /// A WAV, mono, 16 bit, at [`VOICE_RATE`](crate::speech::words::VOICE_RATE).
    pub file: FileRef,
    /// Frame of the timeline at which it starts (after the intro).
    pub start: u32,
    /// Length in samples.
    pub samples: u64,
    /// Level change in dB.
    pub gain_db: f32,
    /// Voice asked for.
    pub asked: VoiceId,
    /// Voice that spoke.
    pub used: VoiceId,
    /// Why they differ.
    #[serde(default)]
    pub reasons: Vec<String>,
    /// The same with the voice that did not speak and a stable name for each reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<_>", optional)]
    pub steps: Vec<StepDown>,
    /// What making it cost; `None` for a free voice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub cost: Option<Price>,
}

/// Music under everything: looped to length, ducked under the voice, faded at both ends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct MusicTrack {
    /// The music file.
    pub file: FileRef,
    /// Level change in dB, before ducking.
    pub gain_db: f32,
    /// Duck under the voice by sidechain compression.
    pub duck: bool,
    /// Fade in and out, milliseconds each.
    pub fade_ms: u32,
}

/// A corner or edge of the frame, inside the platform's safe zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Corner {
    /// Top left.
    TopLeft,
    /// Top right.
    TopRight,
    /// Bottom left.
    BottomLeft,
    /// Bottom right.
    BottomRight,
    /// Top, in the middle.
    TopCentre,
}

impl Corner {
    /// It is at the top of the frame.
    #[must_use]
    pub fn is_at_the_top(self) -> bool {
        matches!(self, Self::TopLeft | Self::TopCentre | Self::TopRight)
    }
}

/// The brand's logo over the picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Logo {
    /// A picture with or without transparency.
    pub file: FileRef,
    /// Where.
    pub corner: Corner,
    /// Width as a share of the frame's width, 0.02 to 0.5.
    pub width: f32,
    /// 0 clear to 1 solid.
    pub opacity: f32,
}

/// A short video of the brand before or after the story, with its own sound.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Insert {
    /// The video file.
    pub file: FileRef,
    /// How many frames of it.
    pub frames: u32,
    /// How it fills the frame.
    pub framing: Framing,
    /// It has sound.
    pub sound: bool,
}

/// A title over the first seconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HookTitle {
    /// What it says.
    pub text: String,
    /// Shown from the start of the story for this long, milliseconds.
    pub show_ms: u32,
}

/// One planned video.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Timeline {
    /// [`TIMELINE_VERSION`] at the time of writing.
    pub version: u32,
    /// Name of the platform in `assets/platforms.json`.
    pub platform: String,
    /// Frame width, pixels; even.
    pub width: u32,
    /// Frame height, pixels; even.
    pub height: u32,
    /// Frames a second; divides [`VOICE_RATE`](crate::speech::words::VOICE_RATE).
    pub fps: u32,
    /// Length in frames, intro and outro included.
    pub frames: u32,
    /// Played first.
    #[serde(default)]
    pub intro: Option<Insert>,
    /// Played last.
    #[serde(default)]
    pub outro: Option<Insert>,
    /// Shots in order, without gaps, from the end of the intro to the start of the outro.
    pub segments: Vec<Segment>,
    /// The narration.
    pub voice: VoiceTrack,
    /// Words, with times of the timeline (the intro counted in).
    pub words: Vec<Word>,
    /// Captions, in order, never overlapping.
    pub captions: Vec<Cue>,
    /// How captions look; `None` for none burned in.
    #[serde(default)]
    pub caption_style: Option<CaptionStyle>,
    /// A title over the first seconds of the story.
    #[serde(default)]
    pub hook_title: Option<HookTitle>,
    /// The brand's logo.
    #[serde(default)]
    pub logo: Option<Logo>,
    /// Music.
    #[serde(default)]
    pub music: Option<MusicTrack>,
    /// Level of the footage's own sound in dB; `None` leaves it out.
    #[serde(default)]
    pub source_sound_db: Option<f32>,
}

impl Timeline {
    /// Frame at which the story (voice, shots) starts.
    #[must_use]
    pub fn story_start(&self) -> u32 {
        self.intro.as_ref().map_or(0, |i| i.frames)
    }

    /// Samples of sound in one frame.
    #[must_use]
    pub fn samples_per_frame(&self) -> u64 {
        u64::from(crate::speech::words::VOICE_RATE / self.fps.max(1))
    }
}
