//! Listening to a file as to an attempt: decoded to its end and judged. For a voice's test sentence, and for measuring.

use std::path::Path;

use tokio_util::sync::CancellationToken;

use super::check::{self, Strictness};
use super::decode::{self, DecodeError};
use super::heard::Heard;
use super::provider::Outcome;
use super::words::VOICE_RATE;
use crate::ffmpeg::Toolbox;

/// Is the file the text, spoken? `words` are the times of its white-space words in milliseconds, when the voice gave them.
///
/// # Errors
/// [`Outcome::InvalidAudio`] with the rule that failed; what the decoder said; [`Outcome::Cancelled`].
pub async fn listen(
    toolbox: &Toolbox,
    file: &Path,
    text: &str,
    language: &str,
    words: Option<&[(u32, u32)]>,
    cancel: &CancellationToken,
) -> Result<(), Outcome> {
    let samples = decode::decode_all(toolbox, file, cancel).await.map_err(|error| match error {
        DecodeError::Bad(bad) => Outcome::InvalidAudio(bad),
        DecodeError::Tool(tool) => tool.into(),
    })?;
    check::judge(&Heard::of(&samples), text, language, Strictness::Engine)?;
    if let Some(words) = words {
        let ms = u32::try_from(samples.len() as u64 * 1000 / u64::from(VOICE_RATE)).unwrap_or(u32::MAX);
        check::judge_words(words, text.split_whitespace().count(), ms)?;
    }
    Ok(())
}
