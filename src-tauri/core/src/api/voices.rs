//! Handlers of the calls about voices.

use tokio_util::sync::CancellationToken;

use super::{VoiceList, VoiceSay};
use crate::error::Failure;
use crate::profile::Profile;
use crate::script;
use crate::speech::say::{Said, say};
use crate::speech::voices::{self, VoiceInfo};

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
