//! What a Piper voice says of itself: the JSON file beside its model.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Samples of one frame: the hop of the spectrogram all of Piper's models are trained with.
const HOP: u32 = 256;

/// A voice as its file describes it. Fields that do not matter here are left out.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct Config {
    audio: Audio,
    espeak: EspeakVoice,
    #[serde(default)]
    inference: Inference,
    #[serde(default)]
    phoneme_type: Option<String>,
    #[serde(default)]
    hop_length: Option<u32>,
    #[serde(default)]
    num_speakers: u32,
    #[serde(default)]
    language: Option<Language>,
    #[serde(default)]
    dataset: Option<String>,
    phoneme_id_map: BTreeMap<String, Vec<i64>>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Audio {
    sample_rate: u32,
    #[serde(default)]
    quality: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
struct EspeakVoice {
    voice: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default)]
struct Inference {
    noise_scale: f32,
    length_scale: f32,
    noise_w: f32,
}

impl Default for Inference {
    /// What Piper itself takes when a voice does not say.
    fn default() -> Self {
        Self { noise_scale: 0.667, length_scale: 1.0, noise_w: 0.8 }
    }
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Language {
    code: String,
    #[serde(default)]
    name_english: String,
}

impl Config {
    /// Reads it.
    ///
    /// # Errors
    /// What is wrong with it, for a person.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, ConfigError> {
        let config: Self = serde_json::from_slice(bytes).map_err(ConfigError::NotRead)?;
        if let Some(other) = config.phoneme_type.as_deref().filter(|kind| *kind != "espeak") {
            return Err(ConfigError::Phonemes(other.to_owned()));
        }
        if !(8_000..=192_000).contains(&config.audio.sample_rate) || config.hop() == 0 {
            return Err(ConfigError::Rate(config.audio.sample_rate));
        }
        let scales = config.scales();
        if !scales.iter().all(|scale| (0.0..=10.0).contains(scale)) || scales[1] < 0.1 {
            return Err(ConfigError::Scales);
        }
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '+');
        if config.espeak.voice.is_empty()
            || !config.espeak.voice.starts_with(char::is_alphabetic)
            || !config.espeak.voice.chars().all(plain)
        {
            return Err(ConfigError::Espeak(config.espeak.voice));
        }
        if let Some(missing) = ["_", "^", "$", " "].into_iter().find(|sign| !config.phoneme_id_map.contains_key(*sign))
        {
            return Err(ConfigError::Map(missing));
        }
        Ok(config)
    }

    /// Samples a second.
    pub(crate) fn sample_rate(&self) -> u32 {
        self.audio.sample_rate
    }

    /// Samples of a frame, the unit of the lengths of its sounds.
    pub(crate) fn hop(&self) -> u32 {
        self.hop_length.unwrap_or(HOP)
    }

    /// What `espeak-ng -v` takes.
    pub(crate) fn espeak_voice(&self) -> &str {
        &self.espeak.voice
    }

    /// How much its sound varies, how slow it is, how much its rhythm varies: the model's third input, in this order.
    pub(crate) fn scales(&self) -> [f32; 3] {
        [self.inference.noise_scale, self.inference.length_scale, self.inference.noise_w]
    }

    /// It has several speakers, so the model wants to be told which.
    pub(crate) fn has_speakers(&self) -> bool {
        self.num_speakers > 1
    }

    /// The numbers of a phoneme sign.
    pub(super) fn ids(&self, sign: &str) -> Option<&[i64]> {
        self.phoneme_id_map.get(sign).map(Vec::as_slice)
    }

    /// The language as our codes have it: "en-us", "pt-br"; "ro" where the country adds nothing.
    pub(crate) fn language(&self) -> String {
        let code = self.language.as_ref().map_or(self.espeak.voice.as_str(), |language| language.code.as_str());
        let code = code.to_lowercase().replace('_', "-");
        match code.split_once('-') {
            Some((language, country)) if language == country => language.to_owned(),
            _ => code,
        }
    }

    /// For a person: "Joe, English, medium".
    pub(crate) fn title(&self, id: &str) -> String {
        // "en_US-joe-medium" has all of it when the file says less.
        let mut parts = id.split('-').skip(1);
        let name = parts.next().or(self.dataset.as_deref()).unwrap_or(id);
        let mut letters = name.chars();
        let name: String =
            letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
        let quality = self.audio.quality.as_deref().or(parts.next());
        let language = self.language.as_ref().map(|l| l.name_english.as_str()).filter(|name| !name.is_empty());
        [Some(name.as_str()), language, quality].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// Why a voice's file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// Not what Piper writes.
    #[error("its description cannot be read ({0})")]
    NotRead(#[source] serde_json::Error),
    /// Made for another way of writing sounds.
    #[error("it wants sounds written in the way \"{0}\", and this program writes them as espeak-ng does")]
    Phonemes(String),
    /// An impossible rate.
    #[error("it says that it makes {0} samples a second")]
    Rate(u32),
    /// Impossible settings.
    #[error("its settings of speed and variation make no sense")]
    Scales,
    /// A name espeak-ng cannot have.
    #[error("\"{0}\" is no voice of espeak-ng")]
    Espeak(String),
    /// A sign every sentence needs.
    #[error("its table of sounds lacks \"{0}\"")]
    Map(&'static str),
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A voice with a small table.
    pub(crate) fn small() -> Config {
        let mut map = serde_json::Map::new();
        for (id, sign) in "_^$ !,.?:;'abdefijklmnoprstuvwzæəɪʊɛɔˈˌːɹðθŋʃʒ".chars().enumerate() {
            map.insert(sign.to_string(), serde_json::json!([id]));
        }
        map.insert("\u{303}".into(), serde_json::json!([90]));
        let text = serde_json::json!({
            "audio": { "sample_rate": 22050, "quality": "medium" },
            "espeak": { "voice": "en-us" },
            "inference": { "noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8 },
            "phoneme_type": "espeak",
            "num_speakers": 1,
            "language": { "code": "en_US", "name_english": "English" },
            "phoneme_id_map": map,
        });
        Config::read(text.to_string().as_bytes()).unwrap()
    }

    #[test]
    fn a_voice_says_who_it_is() {
        let config = small();
        assert_eq!((config.language().as_str(), config.sample_rate(), config.hop()), ("en-us", 22050, 256));
        assert_eq!(config.title("en_US-joe-medium"), "Joe, English, medium");
        assert_eq!((config.espeak_voice(), config.has_speakers()), ("en-us", false));
        let mut ro = config;
        ro.language = Some(Language { code: "ro_RO".into(), name_english: "Romanian".into() });
        assert_eq!(ro.language(), "ro");
    }

    #[test]
    fn a_description_that_could_do_harm_or_cannot_be_spoken_with_is_refused() {
        let good = serde_json::json!({
            "audio": { "sample_rate": 22050 }, "espeak": { "voice": "ro" },
            "phoneme_id_map": { "_": [0], "^": [1], "$": [2], " ": [3] },
        });
        assert!(Config::read(good.to_string().as_bytes()).is_ok());
        let with = |pointer: &str, value: serde_json::Value| {
            let mut bad = good.clone();
            *bad.pointer_mut(pointer).unwrap() = value;
            Config::read(bad.to_string().as_bytes()).unwrap_err().to_string()
        };
        assert!(with("/espeak/voice", "--path=/tmp".into()).contains("no voice of espeak-ng"));
        assert!(with("/audio/sample_rate", 1.into()).contains("1 samples"));
        assert!(with("/phoneme_id_map", serde_json::json!({ "_": [0] })).contains("lacks \"^\""));
        assert!(Config::read(b"<html>").is_err());
        let mut other = good;
        other["phoneme_type"] = "text".into();
        assert!(Config::read(other.to_string().as_bytes()).is_err());
    }
}
