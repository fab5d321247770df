//! What a footage file is, asked of ffprobe, judged and read into a value: a file that passed here can be shown.
//!
//! What is not here: decoding all of it (analysis does, and then knows more), copying it (import).

mod ask;
mod container;
mod filters;
mod read;
#[cfg(test)]
mod tests;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ts_rs::TS;

use crate::error::{Code, Explain};
use crate::ffmpeg::ToolError;
pub use ask::probe;
#[cfg(test)]
pub(crate) use filters::plain;

/// Facts about a footage file that rendering and analysis need.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Probe {
    /// Container ("mov,mp4,m4a,3gp,3g2,mj2").
    pub container: String,
    /// Video codec ("h264").
    pub codec: String,
    /// Pixel format ("yuv420p10le").
    pub pixel_format: String,
    /// Coded width.
    pub coded_width: u32,
    /// Coded height.
    pub coded_height: u32,
    /// Sample (pixel) aspect ratio.
    pub pixel_aspect: (u32, u32),
    /// Clockwise rotation to apply when showing: 0, 90, 180, 270.
    pub rotation: u32,
    /// Average frames a second, as a fraction.
    pub frame_rate: (u32, u32),
    /// Frame times are irregular.
    pub variable_rate: bool,
    /// Interlaced fields.
    pub interlaced: bool,
    /// HDR transfer ("smpte2084", "arib-std-b67") that needs tone mapping.
    pub hdr: Option<String>,
    /// Sound codec, rate and channels.
    pub sound: Option<(String, u32, u32)>,
    /// YUV matrix as tagged ("bt709", "smpte170m"); empty when the file does not say.
    #[serde(default)]
    pub colour_matrix: String,
    /// Colour primaries as tagged; empty when the file does not say.
    #[serde(default)]
    pub colour_primaries: String,
    /// Luma uses 0 to 255 instead of 16 to 235, as many Android phones record.
    #[serde(default)]
    pub full_range: bool,
    /// When the file was last changed, UTC milliseconds, as the probe found it.
    #[serde(default)]
    pub changed_at: Option<i64>,
}

/// A file that can be used, and what it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Probed {
    /// What rendering needs to know.
    pub probe: Probe,
    /// How long there is picture, milliseconds.
    pub duration_ms: u64,
    /// Width as shown.
    pub width: u32,
    /// Height as shown.
    pub height: u32,
    /// It has a sound track we can decode.
    pub has_sound: bool,
}

/// The least length of footage, milliseconds: a shorter one gives no shot.
pub const SHORTEST_MS: u64 = 500;

/// Why a file is not footage.
#[derive(Debug, thiserror::Error)]
pub enum ProbeError {
    /// Text, an archive, noise, a playlist.
    #[error("\"{}\" is not a video, so it was left out. Videos are files such as .mp4, .mov, .mkv, .webm or .avi.", name(.0))]
    NotAVideo(PathBuf),
    /// Zero bytes.
    #[error("\"{}\" is empty (0 bytes), so there is nothing to import. Copy it again from where it came from.", name(.0))]
    Empty(PathBuf),
    /// Ends before it says it does, or does not decode.
    #[error(
        "\"{}\" is cut off or damaged: {found}. It was not imported, since videos made from it would freeze or break. \
         Copy it again from the camera or download it again.", name(.path)
    )]
    Truncated {
        /// The file.
        path: PathBuf,
        /// What shows it.
        found: String,
    },
    /// Sound without a picture; cover art is not a picture.
    #[error("\"{}\" has sound but no moving picture, so no shots can be cut from it. Import a video instead.", name(.0))]
    AudioOnly(PathBuf),
    /// One picture.
    #[error("\"{}\" is a still picture; footage has to be video. Make a short video of it first.", name(.0))]
    StillPicture(PathBuf),
    /// Less than [`SHORTEST_MS`] of picture.
    #[error(
        "\"{}\" has only {:.1} s of picture; a shot needs at least {:.1} s. Import a longer take.",
        name(.path), *.ms as f64 / 1000.0, SHORTEST_MS as f64 / 1000.0
    )]
    TooShort {
        /// The file.
        path: PathBuf,
        /// What there is, milliseconds.
        ms: u64,
    },
    /// It cannot be opened or read.
    #[error("\"{}\" cannot be read: {source}. Check that it is there and that you may open it.", name(.path))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// ffprobe is missing, could not run, or was cancelled.
    #[error(transparent)]
    Tool(#[from] ToolError),
}

impl Explain for ProbeError {
    fn code(&self) -> Code {
        match self {
            Self::NotAVideo(_) => Code::NotAVideo,
            Self::Empty(_) => Code::EmptyFile,
            Self::Truncated { .. } => Code::TruncatedFile,
            Self::AudioOnly(_) => Code::AudioOnly,
            Self::StillPicture(_) => Code::StillPicture,
            Self::TooShort { .. } => Code::TooShort,
            Self::Unreadable { .. } => Code::Unreadable,
            Self::Tool(e) => e.code(),
        }
    }

    fn details(&self) -> Value {
        match self {
            Self::NotAVideo(path) | Self::Empty(path) | Self::AudioOnly(path) | Self::StillPicture(path) => {
                json!({ "file": path.to_string_lossy() })
            }
            Self::Truncated { path, found } => json!({ "file": path.to_string_lossy(), "found": found }),
            Self::TooShort { path, ms } => json!({ "file": path.to_string_lossy(), "picture_ms": ms }),
            Self::Unreadable { path, .. } => json!({ "file": path.to_string_lossy() }),
            Self::Tool(e) => e.details(),
        }
    }
}

/// The file's name for people: control characters (a newline in a name) shown as a replacement mark.
#[must_use]
pub fn name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    name.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

/// A path as ffmpeg's `-i` may be given it: made absolute and behind `file:`, so that neither a leading dash, nor a `:`
/// or `%` in it, nor a name like `concat:…` means anything.
///
/// # Errors
/// When the current folder is needed to make it absolute and cannot be had.
pub fn as_input(path: &Path) -> std::io::Result<OsString> {
    let mut text = OsString::from("file:");
    text.push(std::path::absolute(path)?);
    Ok(text)
}

impl Probe {
    /// Width and height as shown: rotation and pixel shape applied.
    #[must_use]
    pub fn shown(&self) -> (u32, u32) {
        let (n, d) = self.pixel_aspect;
        let (mut width, mut height) = (self.coded_width, self.coded_height);
        // Grown, never shrunk, so that no detail is lost.
        if n > d {
            width = scaled(width, n, d);
        } else if d > n {
            height = scaled(height, d, n);
        }
        if self.rotation % 180 == 90 { (height, width) } else { (width, height) }
    }

    /// Frames a second as a number; 30 when the file does not say.
    #[must_use]
    pub fn fps(&self) -> f64 {
        match self.frame_rate {
            (0, _) | (_, 0) => 30.0,
            (n, d) => f64::from(n) / f64::from(d),
        }
    }
}

/// Rounded to even, as encoders want it.
fn scaled(length: u32, by: u32, over: u32) -> u32 {
    let exact = u64::from(length) * u64::from(by);
    let half = u64::from(over).max(1) * 2;
    u32::try_from((exact + half / 2) / half * 2).unwrap_or(length)
}
