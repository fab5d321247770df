//! Who can speak: the voices there are, the ones that are installed, and which of them speaks a script.

use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;
use ts_rs::TS;

use super::SpeechError;
use super::offline::{self, Espeak, Flite};
use super::provider::Provider;
use super::words::VoiceId;
use crate::ffmpeg::Toolbox;
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
}

impl VoiceInfo {
    /// How well it fits a language: 0 exactly, larger is worse, `None` not at all.
    fn fit(&self, language: &str) -> Option<u32> {
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

/// Every voice, installed or not: flite's, then espeak-ng's.
///
/// # Errors
/// [`SpeechError::Tool`] when a program that is there does not run; [`SpeechError::Cancelled`].
pub async fn list(profile: &Profile, cancel: &CancellationToken) -> Result<Vec<VoiceInfo>, SpeechError> {
    let toolbox = profile.toolbox();
    let flite = match Flite::new(toolbox.clone()).installed(cancel).await {
        Err(crate::ffmpeg::ToolError::Missing { .. }) => Vec::new(),
        other => other?,
    };
    let mut voices: Vec<VoiceInfo> = offline::FLITE_VOICES
        .iter()
        .map(|(voice, name)| VoiceInfo {
            id: VoiceId { provider: offline::FLITE.into(), voice: (*voice).into() },
            language: "en".into(),
            also: Vec::new(),
            name: (*name).into(),
            installed: flite.iter().any(|have| have == voice),
        })
        .collect();
    let espeak = Espeak::new(toolbox.clone()).installed(cancel).await?;
    if espeak.is_empty() {
        // What installing it would bring.
        voices.extend(LANGUAGES.iter().map(|(code, name)| espeak_voice((*code).into(), (*name).into(), vec![], false)));
    }
    voices.extend(espeak.into_iter().map(|v| espeak_voice(v.code, v.name, v.also, true)));
    Ok(voices)
}

fn espeak_voice(code: String, name: String, also: Vec<String>, installed: bool) -> VoiceInfo {
    let id = VoiceId { provider: offline::ESPEAK.into(), voice: code.clone() };
    VoiceInfo { id, language: code, also, name, installed }
}

/// Which voice speaks, and why it is not the one asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    pub(crate) asked: VoiceId,
    pub(crate) used: VoiceId,
    pub(crate) reasons: Vec<String>,
}

/// The voice a script in this language gets when none is asked for.
pub(crate) fn preferred(language: &str) -> VoiceId {
    if base(language) == "en" {
        VoiceId { provider: offline::FLITE.into(), voice: "slt".into() }
    } else {
        VoiceId { provider: offline::ESPEAK.into(), voice: language.into() }
    }
}

/// Picks a voice. Pure.
///
/// # Errors
/// [`SpeechError::NoVoice`], [`SpeechError::UnknownVoice`].
pub(crate) fn choose(all: &[VoiceInfo], language: &str, asked: Option<&VoiceId>) -> Result<Choice, SpeechError> {
    let mut reasons = Vec::new();
    if let Some(asked) = asked {
        let Some(found) = all.iter().find(|v| v.id == *asked) else {
            return Err(SpeechError::UnknownVoice(asked.clone()));
        };
        match (found.installed, found.fit(language)) {
            (true, Some(_)) => return Ok(Choice { asked: asked.clone(), used: asked.clone(), reasons }),
            (_, None) => reasons.push(format!(
                "{asked} speaks {}, and the script is in {}",
                language_name(&found.language),
                language_name(language)
            )),
            (false, Some(_)) => reasons.push(not_installed(asked)),
        }
    }
    let preferred = preferred(language);
    let fits = |provider: &str| {
        all.iter()
            .filter(|v| v.installed && v.id.provider == provider)
            .filter_map(|v| Some((v.fit(language)?, v)))
            .min_by_key(|(fit, v)| (*fit, v.id != preferred))
            .map(|(_, v)| v.id.clone())
    };
    let mut used = fits(offline::FLITE);
    if used.is_none() {
        if base(language) == "en" && asked.is_none() {
            reasons.push(not_installed(&preferred));
        }
        used = fits(offline::ESPEAK);
    }
    let Some(used) = used else {
        let espeak_there = all.iter().any(|v| v.installed && v.id.provider == offline::ESPEAK);
        let todo = if espeak_there {
            "espeak-ng has no voice for it either. Record the narration yourself and give the recording with the script."
        } else {
            "Install espeak-ng, which speaks more than a hundred languages (on Debian and Ubuntu: apt install espeak-ng; \
             on macOS: brew install espeak-ng), or record the narration yourself and give the recording with the script."
        };
        return Err(SpeechError::NoVoice { language: language_name(language), todo: todo.into() });
    };
    // Asked for nothing: the one that would have spoken, had it been there.
    let english = base(language) == "en";
    let asked = asked.cloned().unwrap_or_else(|| if english { preferred } else { used.clone() });
    if asked == used {
        reasons.clear();
    }
    Ok(Choice { asked, used, reasons })
}

fn not_installed(voice: &VoiceId) -> String {
    if voice.provider == offline::FLITE {
        format!("{voice} is not there: this ffmpeg was built without flite")
    } else {
        format!("{voice} is not there: {} is not installed", voice.provider)
    }
}

/// The engine of a voice.
pub(crate) fn provider(toolbox: &Toolbox, voice: &VoiceId) -> Result<std::sync::Arc<dyn Provider>, SpeechError> {
    match voice.provider.as_str() {
        offline::FLITE => Ok(std::sync::Arc::new(Flite::new(toolbox.clone()))),
        offline::ESPEAK => Ok(std::sync::Arc::new(Espeak::new(toolbox.clone()))),
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
