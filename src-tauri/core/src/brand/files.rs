//! Files of the brand kit: looked at, then copied to `media/brand/<hash>.<ext>`, whole or not at all.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use super::BrandVideo;
use crate::args;
use crate::error::{Code, Explain};
use crate::ffmpeg::{ToolError, Toolbox};
use crate::library::hash::{HashError, of_file, through};
use crate::library::probe::{ProbeError, as_input, name, probe};
use crate::profile::Profile;
use crate::profile::media::{MediaError, MediaPath};
use crate::variants::timeline::FileRef;

/// The longest intro or outro, milliseconds.
const LONGEST_MS: u64 = 10_000;
/// Containers round a length up; this much over the longest is still that, milliseconds.
const ROUNDING_MS: u64 = 60;
/// Sides of a logo, pixels.
const SIDES: std::ops::RangeInclusive<u32> = 8..=8_192;
/// Why a file was not taken into the brand kit.
#[derive(Debug, thiserror::Error)]
pub enum BrandFileError {
    /// Not a picture we can draw.
    #[error(
        "\"{}\" is not a picture that can be a logo ({found}). Use a PNG, JPEG or WebP file. The brand kit was not \
         changed.",
        name(path)
    )]
    NotAPicture {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        found: String,
    },
    /// An intro or outro of more than ten seconds.
    #[error(
        "\"{}\" lasts {:.1} s; an intro or outro lasts at most {} s. Shorten it, then set it again. The brand kit was \
         not changed.", name(path), *.ms as f64 / 1000.0, LONGEST_MS / 1000
    )]
    TooLong {
        /// The file.
        path: PathBuf,
        /// Its length, milliseconds.
        ms: u64,
    },
    /// Changed between looking at it and copying it.
    #[error("\"{}\" changed while it was copied. The brand kit was not changed; set it again.", name(.0))]
    Changed(PathBuf),
    /// Not a video that can be played.
    #[error(transparent)]
    Probe(#[from] ProbeError),
    /// It could not be read or copied.
    #[error(transparent)]
    Copy(#[from] HashError),
    /// It could not be stored.
    #[error(transparent)]
    Media(#[from] MediaError),
    /// ffmpeg or ffprobe.
    #[error(transparent)]
    Tool(#[from] ToolError),
    /// The copying thread died.
    #[error("\"{}\" could not be copied. The brand kit was not changed.", name(path))]
    Thread {
        /// The file.
        path: PathBuf,
        /// How it died.
        #[source]
        source: tokio::task::JoinError,
    },
}

impl Explain for BrandFileError {
    fn code(&self) -> Code {
        match self {
            Self::NotAPicture { .. } | Self::TooLong { .. } => Code::InvalidInput,
            Self::Changed(_) => Code::Unreadable,
            Self::Probe(e) => e.code(),
            Self::Copy(e) => e.code(),
            Self::Media(e) => e.code(),
            Self::Tool(e) => e.code(),
            Self::Thread { .. } => Code::Internal,
        }
    }

    fn details(&self) -> Value {
        match self {
            Self::TooLong { ms, .. } => json!({ "ms": ms, "most_ms": LONGEST_MS }),
            Self::Probe(e) => e.details(),
            Self::Tool(e) => e.details(),
            _ => json!({}),
        }
    }
}

/// Takes a logo in.
pub(super) async fn picture(
    profile: &Profile,
    path: &Path,
    cancel: &CancellationToken,
) -> Result<FileRef, BrandFileError> {
    let kind = picture_kind(profile.toolbox(), path, cancel).await?;
    copy(profile, path, kind, cancel).await
}

/// Takes an intro or outro in.
pub(super) async fn video(
    profile: &Profile,
    path: &Path,
    cancel: &CancellationToken,
) -> Result<BrandVideo, BrandFileError> {
    let probed = probe(profile.toolbox(), path, cancel).await?;
    if probed.duration_ms > LONGEST_MS + ROUNDING_MS {
        return Err(BrandFileError::TooLong { path: path.to_owned(), ms: probed.duration_ms });
    }
    let file = copy(profile, path, video_kind(path, &probed.probe.container), cancel).await?;
    Ok(BrandVideo { file, duration_ms: probed.duration_ms.min(LONGEST_MS), sound: probed.has_sound, framing: None })
}

/// An ending that says what the file is. Ours, not the user's: it goes into a path.
fn video_kind(path: &Path, container: &str) -> &'static str {
    const KNOWN: [&str; 10] = ["mp4", "mov", "m4v", "mkv", "webm", "avi", "ts", "mpg", "mxf", "gif"];
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let by_name = KNOWN.iter().find(|known| **known == ending).copied();
    by_name.unwrap_or(match container.split(',').next().unwrap_or_default() {
        "mov" => "mp4",
        "matroska" => "mkv",
        "avi" => "avi",
        _ => "video",
    })
}

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    streams: Vec<Stream>,
}

#[derive(Deserialize)]
struct Stream {
    #[serde(default)]
    width: u32,
    #[serde(default)]
    height: u32,
}

/// The ending of a picture that was decoded.
async fn picture_kind(
    tools: &Toolbox,
    path: &Path,
    cancel: &CancellationToken,
) -> Result<&'static str, BrandFileError> {
    let refuse = |found: &str| BrandFileError::NotAPicture { path: path.to_owned(), found: found.to_owned() };
    let unreadable = |source| ProbeError::Unreadable { path: path.to_owned(), source };
    let meta = path.metadata().map_err(unreadable)?;
    if !meta.is_file() {
        return Err(refuse("it is not a file"));
    }
    if meta.len() == 0 {
        return Err(refuse("it is empty"));
    }
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(16).read_to_end(&mut head));
    read.map_err(unreadable)?;
    let (kind, reader) = looks(&head).ok_or_else(|| refuse("it is none of these"))?;
    // The reader is named, so that neither the ending nor a number pattern in the name decides how it is read.
    let input =
        args!["-v", "error", "-protocol_whitelist", "file", "-f", reader, "-i", as_input(path).map_err(unreadable)?];
    let not_read = |error| match error {
        ToolError::Failed { .. } => refuse("it is damaged"),
        other => BrandFileError::Tool(other),
    };
    let mut ask = input.clone();
    ask.extend(args!["-of", "json=compact=1", "-show_entries", "stream=width,height"]);
    let output = tools.ffprobe(&ask, cancel).await.map_err(not_read)?;
    let answer: Answer =
        serde_json::from_slice(&output.stdout).map_err(|_| refuse("ffprobe's answer about it makes no sense"))?;
    let stream = answer.streams.first().ok_or_else(|| refuse("there is no picture in it"))?;
    let (width, height) = (stream.width, stream.height);
    if !SIDES.contains(&width) || !SIDES.contains(&height) {
        return Err(refuse(&format!(
            "it is {width}x{height} pixels; {} to {} a side are possible",
            SIDES.start(),
            SIDES.end()
        )));
    }
    let mut decode = args!["-xerror"];
    decode.extend(input);
    decode.extend(args!["-frames:v", "1", "-f", "null", "-"]);
    tools.ffmpeg(&decode, cancel).await.map_err(not_read)?;
    Ok(kind)
}

/// What a file's first bytes say: our ending for it, and the reader ffmpeg has for it.
fn looks(head: &[u8]) -> Option<(&'static str, &'static str)> {
    if head.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some(("png", "png_pipe"))
    } else if head.starts_with(b"\xff\xd8\xff") {
        Some(("jpg", "jpeg_pipe"))
    } else if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
        Some(("webp", "webp_pipe"))
    } else {
        None
    }
}

/// Copies a file to where the hash of its content says.
async fn copy(
    profile: &Profile,
    path: &Path,
    ending: &'static str,
    cancel: &CancellationToken,
) -> Result<FileRef, BrandFileError> {
    let (profile, from, cancel) = (profile.clone(), path.to_owned(), cancel.clone());
    let copying = tokio::task::spawn_blocking(move || {
        let hash = through(&from, &mut std::io::sink(), &cancel)?.0;
        let to = MediaPath::new(format!("media/brand/{hash}.{ending}"))?;
        let goal = profile.folder().path(&to);
        // Kept from an earlier kit, and still whole.
        if goal.is_file() && of_file(&goal)? == hash {
            return Ok(FileRef { path: to, hash });
        }
        let part = profile.folder().part(&to)?;
        let mut file = File::create(part.path()).map_err(MediaError::io("written", part.path()))?;
        if through(&from, &mut file, &cancel)?.0 != hash {
            return Err(BrandFileError::Changed(from));
        }
        drop(file);
        part.commit()?;
        Ok(FileRef { path: to, hash })
    });
    copying.await.map_err(|source| BrandFileError::Thread { path: path.to_owned(), source })?
}
