//! The user's own narration in place of a voice.

use std::path::Path;

use tokio_util::sync::CancellationToken;

use super::{SpeechError, Voiceover};
use crate::profile::Profile;
use crate::script::Sentence;

/// The provider's name of a recorded narration.
pub const NAME: &str = "recorded";

/// Takes a recording (WAV, MP3 and what else ffmpeg decodes) of these sentences. It is kept whole: only its end is
/// padded to a whole frame.
///
/// # Errors
/// [`SpeechError::Recording`] when it is not this script, spoken.
pub async fn accept(
    _profile: &Profile,
    _tmp: &Path,
    _cancel: &CancellationToken,
    _recording: &Path,
    _sentences: &[Sentence],
    _language: &str,
    _fps: u32,
) -> Result<Voiceover, SpeechError> {
    Err(SpeechError::BadInput("Recorded narration is not read yet.".into()))
}
