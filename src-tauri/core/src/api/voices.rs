//! Handlers of the calls about voices.

use tokio_util::sync::CancellationToken;

use super::macros::arguments;
use crate::error::Failure;
use crate::profile::Profile;
use crate::script;
use crate::speech::say::{Said, say};
use crate::speech::voices::{self, VoiceInfo};
use crate::speech::words::VoiceId;

arguments! {
    profile voices {
        /// The voices there are, installed or not.
        voice_list: VoiceList {} -> Vec<VoiceInfo>;

        /// Speaks a text, to hear a voice; gives where the WAV is and what happened on the way.
        voice_say: VoiceSay {
            /// What to say.
            text: String,
            /// ISO 639-1; `None` lets the program find out.
            #[serde(default)]
            language: Option<String>,
            /// Which voice; `None` takes the best one installed.
            #[serde(default)]
            voice: Option<VoiceId>,
        } -> Said;
    }
}

pub(super) async fn voice_list(
    profile: &Profile,
    _: VoiceList,
    cancel: &CancellationToken,
) -> Result<Vec<VoiceInfo>, Failure> {
    Ok(voices::list(profile, cancel).await?)
}

pub(super) async fn voice_say(profile: &Profile, args: VoiceSay, cancel: &CancellationToken) -> Result<Said, Failure> {
    let script = script::read(&args.text, args.language.as_deref())?;
    Ok(say(profile, &script, args.voice, cancel).await?)
}
