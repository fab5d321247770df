//! Handlers of the calls about voices.

use tokio_util::sync::CancellationToken;

use super::macros::arguments;
use crate::error::Failure;
use crate::ids::ScriptId;
use crate::profile::Profile;
use crate::project::store;
use crate::script;
use crate::speech::chain::{self, Chain};
use crate::speech::plan::{self, Planned};
use crate::speech::pronunciation::{self, Pronunciation};
use crate::speech::say::{Said, say};
use crate::speech::voices::{self, VoiceInfo};
use crate::speech::words::VoiceId;

arguments! {
    profile voices {
        /// Who is asked to speak, in which order, with which voice for each language.
        voice_chain_show: VoiceChainShow {} -> Chain;

        /// Changes the chain.
        voice_chain_set: VoiceChainSet {
            /// In order; a provider that is left out is turned off.
            chain: Chain,
        } -> Chain;

        /// What speaking some scripts would cost, and how many of them the quota covers. Nothing is sent.
        speech_plan: SpeechPlan {
            /// Which.
            scripts: Vec<ScriptId>,
            /// How many videos of each; they share one voiceover, so this costs nothing more.
            variants: u32,
        } -> plan::SpeechPlan;

        /// How names are pronounced.
        pronunciation_show: PronunciationShow {} -> Vec<Pronunciation>;

        /// Replaces the dictionary of pronunciations.
        pronunciation_set: PronunciationSet {
            /// All of it.
            entries: Vec<Pronunciation>,
        } -> Vec<Pronunciation>;

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
    Ok(voices::everywhere(profile, cancel).await?)
}

pub(super) async fn voice_say(profile: &Profile, args: VoiceSay, cancel: &CancellationToken) -> Result<Said, Failure> {
    let script = script::read(&args.text, args.language.as_deref())?;
    Ok(say(profile, &script, args.voice, cancel).await?)
}

pub(super) async fn voice_chain_show(
    profile: &Profile,
    _: VoiceChainShow,
    _: &CancellationToken,
) -> Result<Chain, Failure> {
    Ok(chain::show(profile)?)
}

pub(super) async fn voice_chain_set(
    profile: &Profile,
    args: VoiceChainSet,
    _: &CancellationToken,
) -> Result<Chain, Failure> {
    Ok(chain::set(profile, args.chain)?)
}

pub(super) async fn speech_plan(
    profile: &Profile,
    args: SpeechPlan,
    _: &CancellationToken,
) -> Result<plan::SpeechPlan, Failure> {
    let mut planned = Vec::new();
    for id in args.scripts {
        let (stored, voice) = profile.read::<_, Failure>(|tx| {
            let stored = store::script_of(tx, id)?;
            let voice = store::get(tx, stored.project)?.look.voice;
            Ok((stored, voice))
        })?;
        if stored.recording.is_none() {
            let script = script::read(&stored.text, stored.language.as_deref())?;
            planned.push(Planned { id, script, voice });
        }
    }
    Ok(plan::plan(profile, &planned)?)
}

pub(super) async fn pronunciation_show(
    profile: &Profile,
    _: PronunciationShow,
    _: &CancellationToken,
) -> Result<Vec<Pronunciation>, Failure> {
    Ok(pronunciation::show(profile)?)
}

pub(super) async fn pronunciation_set(
    profile: &Profile,
    args: PronunciationSet,
    _: &CancellationToken,
) -> Result<Vec<Pronunciation>, Failure> {
    Ok(pronunciation::set(profile, args.entries)?)
}
