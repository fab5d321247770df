//! Hearing a voice: a few words spoken now, with what happened on the way.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;
use ts_rs::TS;

use super::words::VoiceId;
use super::{Errand, SpeakRequest, SpeechError, Step, Voiceover};
use crate::ids::JobId;
use crate::profile::Profile;
use crate::script::Script;

/// What was said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Said {
    /// The spoken text with its words; `narration.reasons` says why another voice spoke than was asked for.
    pub voiceover: Voiceover,
    /// The WAV, for a player or a copy. Inside the profile.
    pub file: PathBuf,
    /// Every attempt, in order of sentences.
    pub steps: Vec<Step>,
}

/// Speaks a script outside any project.
///
/// # Errors
/// As [`super::speak`].
pub async fn say(
    profile: &Profile,
    script: &Script,
    voice: Option<VoiceId>,
    cancel: &CancellationToken,
) -> Result<Said, SpeechError> {
    // There is no job, but its temporary files lie in the profile like any other's.
    let tmp = profile.folder().job_tmp(JobId::new())?;
    let request = SpeakRequest {
        sentences: &script.sentences,
        language: &script.language,
        voice,
        fps: 30,
        errand: Errand::default(),
    };
    let (voiceover, steps) = super::speak_with_steps(profile, tmp.path(), cancel, &request, &|_| {}).await?;
    let file = profile.folder().existing(&voiceover.file.path)?;
    Ok(Said { voiceover, file, steps })
}
