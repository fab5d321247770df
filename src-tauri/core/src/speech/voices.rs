//! Who can speak: the voices there are, the ones that are installed, and which of them speaks a script.

use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;
use ts_rs::TS;

use super::chain::{self, Engine};
use super::offline::{self, Espeak, Flite};
use super::piper::{self, Piper};
use super::provider::Provider;
use super::words::VoiceId;
use super::{SpeechError, edge, elevenlabs, installed};
use crate::profile::Profile;

/// A voice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VoiceInfo {
    /// How to ask for it.
    pub id: VoiceId,
    /// The language it speaks: "en", "ro", "pt-br", "cmn".
    pub language: String,
    /// Other language codes it answers to ("zh" for "cmn").
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// For a person.
    pub name: String,
    /// It can speak right now.
    pub installed: bool,
    /// Speaking with it costs money.
    #[serde(default)]
    pub paid: bool,
}

impl VoiceInfo {
    /// How well it fits a language: 0 exactly, larger is worse, `None` not at all.
    pub(crate) fn fit(&self, language: &str) -> Option<u32> {
        if self.language == language {
            return Some(0);
        }
        let also = self.also.iter().any(|a| a == language);
        match (also, base(&self.language) == base(language)) {
            // Of the many kinds of English, the American one: flite's voices are American too.
            (_, true) if self.language == "en-us" => Some(1),
            (true, _) => Some(2),
            (false, true) => Some(3),
            (false, false) => None,
        }
    }
}

fn base(code: &str) -> &str {
    code.split(['-', '_']).next().unwrap_or(code)
}

/// Every voice of this machine, installed or not: Piper's, flite's, then espeak-ng's.
///
/// # Errors
/// [`SpeechError::Tool`] when a program that is there does not run; [`SpeechError::Cancelled`].
pub async fn list(profile: &Profile, cancel: &CancellationToken) -> Result<Vec<VoiceInfo>, SpeechError> {
    let mut voices = Vec::new();
    for engine in Engine::ALL {
        voices.extend(of_engine(profile, engine, cancel).await?);
    }
    Ok(voices)
}

/// Every voice there is: the ones that are asked for over the network too. Those of ElevenLabs are asked for when it is
/// turned on and a key is set; when it does not answer they are left out.
///
/// # Errors
/// As [`list`].
pub async fn everywhere(profile: &Profile, cancel: &CancellationToken) -> Result<Vec<VoiceInfo>, SpeechError> {
    let chain = chain::show(profile)?;
    let mut voices = Vec::new();
    if let Some(link) = chain.on(Engine::Elevenlabs) {
        let (profile, model) = (profile.clone(), link.model.clone());
        match tokio::task::spawn_blocking(move || elevenlabs::of(&profile, model.as_deref())).await? {
            Ok(Some(there)) => match there.voices(cancel).await {
                Ok(found) => voices.extend(found),
                Err(outcome) => tracing::warn!(%outcome, "the voices of ElevenLabs cannot be listed"),
            },
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "the voices of ElevenLabs cannot be listed"),
        }
    }
    let edge_on = chain.on(Engine::Edge).is_some();
    voices.extend(edge::voices::all().into_iter().map(|voice| VoiceInfo { installed: edge_on, ..voice }));
    voices.extend(list(profile, cancel).await?);
    Ok(voices)
}

/// The voices of one engine of this machine, installed or not; none for one that is asked over the network.
pub(crate) async fn of_engine(
    profile: &Profile,
    engine: Engine,
    cancel: &CancellationToken,
) -> Result<Vec<VoiceInfo>, SpeechError> {
    let toolbox = profile.toolbox();
    match engine {
        Engine::Flite => {
            let flite = match Flite::new(toolbox.clone()).installed(cancel).await {
                Err(crate::ffmpeg::ToolError::Missing { .. }) => Vec::new(),
                other => other?,
            };
            let voice = |(voice, name): &(&str, &str)| VoiceInfo {
                id: VoiceId { provider: offline::FLITE.into(), voice: (*voice).into() },
                language: "en".into(),
                also: Vec::new(),
                name: (*name).into(),
                installed: flite.iter().any(|have| have == voice),
                paid: false,
            };
            Ok(offline::FLITE_VOICES.iter().map(voice).collect())
        }
        Engine::EspeakNg => {
            let espeak = Espeak::new(toolbox.clone()).installed(cancel).await?;
            if espeak.is_empty() {
                // What installing it would bring.
                let would = LANGUAGES.iter();
                return Ok(would
                    .map(|(code, name)| espeak_voice((*code).into(), (*name).into(), vec![], false))
                    .collect());
            }
            Ok(espeak.into_iter().map(|v| espeak_voice(v.code, v.name, v.also, true)).collect())
        }
        Engine::Piper => Ok(of_piper(profile)),
        Engine::Elevenlabs | Engine::Edge => Ok(Vec::new()),
    }
}

/// Piper's voices that are on this machine.
pub(crate) fn of_piper(profile: &Profile) -> Vec<VoiceInfo> {
    let installed = profile.installed();
    let voice = |voice: installed::InstalledVoice| VoiceInfo {
        installed: installed.lacks(&voice).is_none(),
        language: voice.config.language(),
        also: Vec::new(),
        name: voice.config.title(&voice.note.id),
        id: VoiceId { provider: piper::NAME.into(), voice: voice.note.id },
        paid: false,
    };
    installed.voices().into_iter().map(voice).collect()
}

fn espeak_voice(code: String, name: String, also: Vec<String>, installed: bool) -> VoiceInfo {
    let id = VoiceId { provider: offline::ESPEAK.into(), voice: code.clone() };
    VoiceInfo { id, language: code, also, name, installed, paid: false }
}

/// The voice a script in this language gets when none is asked for.
pub(crate) fn preferred(language: &str) -> VoiceId {
    if base(language) == "en" {
        VoiceId { provider: offline::FLITE.into(), voice: "slt".into() }
    } else {
        VoiceId { provider: offline::ESPEAK.into(), voice: language.into() }
    }
}

/// The installed voice of a list that fits a language best.
pub(crate) fn best(all: &[VoiceInfo], language: &str) -> Option<VoiceId> {
    let preferred = preferred(language);
    all.iter()
        .filter(|v| v.installed)
        .filter_map(|v| Some((v.fit(language)?, v)))
        .min_by_key(|(fit, v)| (*fit, v.id != preferred))
        .map(|(_, v)| v.id.clone())
}

/// Nobody speaks the language: why, and what to do.
pub(crate) fn nobody(language: &str, espeak_there: bool) -> SpeechError {
    let todo = if espeak_there {
        "espeak-ng has no voice for it either. Record the narration yourself and give the recording with the script."
    } else {
        "Install espeak-ng, which speaks more than a hundred languages (on Debian and Ubuntu: apt install espeak-ng; \
         on macOS: brew install espeak-ng), or record the narration yourself and give the recording with the script."
    };
    SpeechError::NoVoice { language: language_name(language), todo: todo.into() }
}

pub(crate) fn not_installed(profile: &Profile, voice: &VoiceId) -> String {
    if voice.provider == piper::NAME {
        let lacks = profile.installed().voice(&voice.voice).and_then(|there| profile.installed().lacks(&there));
        format!("{voice} is not there: {}", lacks.unwrap_or("this voice is not installed"))
    } else if voice.provider == offline::FLITE {
        format!("{voice} is not there: this ffmpeg was built without flite")
    } else {
        format!("{voice} is not there: {} is not installed", voice.provider)
    }
}

/// The engine of a voice.
pub(crate) fn provider(profile: &Profile, voice: &VoiceId) -> Result<std::sync::Arc<dyn Provider>, SpeechError> {
    let toolbox = profile.toolbox();
    match voice.provider.as_str() {
        offline::FLITE => Ok(std::sync::Arc::new(Flite::new(toolbox.clone()))),
        offline::ESPEAK => Ok(std::sync::Arc::new(Espeak::new(toolbox.clone()))),
        piper::NAME => match profile.installed().voice(&voice.voice) {
            Some(there) => Ok(std::sync::Arc::new(Piper::new(toolbox, profile.installed(), there))),
            None => Err(SpeechError::UnknownVoice(voice.clone())),
        },
        _ => Err(SpeechError::UnknownVoice(voice.clone())),
    }
}

/// "Romanian (ro)"; the code alone when we have no name for it.
#[must_use]
pub fn language_name(code: &str) -> String {
    LANGUAGES
        .iter()
        .find(|(known, _)| *known == code)
        .or_else(|| LANGUAGES.iter().find(|(known, _)| *known == base(code)))
        .map_or_else(|| format!("the language \"{code}\""), |(_, name)| format!("{name} ({code})"))
}

/// Names of languages for messages, and what espeak-ng brings when it is installed.
const LANGUAGES: [(&str, &str); 50] = [
    ("en", "English"),
    ("ro", "Romanian"),
    ("de", "German"),
    ("fr", "French"),
    ("es", "Spanish"),
    ("it", "Italian"),
    ("pt", "Portuguese"),
    ("nl", "Dutch"),
    ("pl", "Polish"),
    ("cs", "Czech"),
    ("sk", "Slovak"),
    ("hu", "Hungarian"),
    ("bg", "Bulgarian"),
    ("sr", "Serbian"),
    ("hr", "Croatian"),
    ("bs", "Bosnian"),
    ("sl", "Slovenian"),
    ("mk", "Macedonian"),
    ("sq", "Albanian"),
    ("el", "Greek"),
    ("tr", "Turkish"),
    ("az", "Azerbaijani"),
    ("uk", "Ukrainian"),
    ("ru", "Russian"),
    ("be", "Belarusian"),
    ("lt", "Lithuanian"),
    ("lv", "Latvian"),
    ("et", "Estonian"),
    ("fi", "Finnish"),
    ("sv", "Swedish"),
    ("no", "Norwegian"),
    ("nb", "Norwegian"),
    ("da", "Danish"),
    ("is", "Icelandic"),
    ("ga", "Irish"),
    ("cy", "Welsh"),
    ("ca", "Catalan"),
    ("eu", "Basque"),
    ("gl", "Galician"),
    ("ar", "Arabic"),
    ("he", "Hebrew"),
    ("fa", "Persian"),
    ("ur", "Urdu"),
    ("hi", "Hindi"),
    ("bn", "Bengali"),
    ("vi", "Vietnamese"),
    ("id", "Indonesian"),
    ("zh", "Chinese"),
    ("ja", "Japanese"),
    ("ko", "Korean"),
];
