//! Any sound file to samples at [`VOICE_RATE`], by ffmpeg, to its very end: the duration a header claims is not believed.

use std::path::Path;

use tokio_util::sync::CancellationToken;

use super::check::BadAudio;
use super::words::VOICE_RATE;
use crate::args;
use crate::ffmpeg::{ToolError, Toolbox};

/// Containers a voice or a recording may come in. A playlist is none, so a file can name no other file or address.
const CONTAINERS: &str = "wav,w64,mp3,flac,ogg,aiff,aac,mov,mp4,m4a,matroska,webm,caf";

/// Why there are no samples.
#[derive(Debug)]
pub(crate) enum DecodeError {
    /// The file is no sound, or is broken.
    Bad(BadAudio),
    /// ffmpeg could not do its work.
    Tool(ToolError),
}

impl From<ToolError> for DecodeError {
    fn from(error: ToolError) -> Self {
        match &error {
            ToolError::Failed { stderr, .. } if crate::error::Explain::code(&error) != crate::error::Code::DiskFull => {
                let says = stderr.lines().find(|l| !l.trim().is_empty()).unwrap_or("no reason given").to_owned();
                Self::Bad(BadAudio::Undecodable { says })
            }
            _ => Self::Tool(error),
        }
    }
}

/// Hands the file's first sound track over in pieces, mixed to mono.
pub(crate) async fn decode(
    toolbox: &Toolbox,
    file: &Path,
    cancel: &CancellationToken,
    mut on: impl FnMut(&[i16]) + Send,
) -> Result<(), DecodeError> {
    let rate = VOICE_RATE.to_string();
    let args = args![
        "-v",
        "error",
        "-xerror",
        "-err_detect",
        "explode",
        "-protocol_whitelist",
        "file",
        "-format_whitelist",
        CONTAINERS,
        "-i",
        file,
        "-map",
        "0:a:0",
        "-vn",
        "-ac",
        "1",
        "-ar",
        rate,
        "-c:a",
        "pcm_s16le",
        "-f",
        "s16le",
        "-",
    ];
    let mut odd: Option<u8> = None;
    let mut samples = Vec::new();
    toolbox
        .ffmpeg_stream(&args, cancel, |mut bytes| {
            samples.clear();
            if let (Some(low), Some((&high, rest))) = (odd, bytes.split_first()) {
                samples.push(i16::from_le_bytes([low, high]));
                (odd, bytes) = (None, rest);
            }
            let (pairs, left) = bytes.as_chunks::<2>();
            samples.extend(pairs.iter().map(|pair| i16::from_le_bytes(*pair)));
            if let Some(&low) = left.first() {
                odd = Some(low);
            }
            on(&samples);
        })
        .await?;
    Ok(())
}

/// The whole file; only for what is short.
pub(crate) async fn decode_all(
    toolbox: &Toolbox,
    file: &Path,
    cancel: &CancellationToken,
) -> Result<Vec<i16>, DecodeError> {
    let mut all = Vec::new();
    decode(toolbox, file, cancel, |piece| all.extend_from_slice(piece)).await?;
    Ok(all)
}
