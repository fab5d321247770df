//! The voices of Edge's read-aloud service: a kept list, so that choosing one asks nobody.
//!
//! Compared in November 2026 with published listings of the service's voices: all are in them by name and gender, except
//! for the four multilingual American ones, which are newer than those listings. The service may drop a voice any day; it
//! then ends its turn without a sound, the attempt fails, and the next one in the chain speaks.

use serde::Deserialize;

use super::NAME;
use crate::speech::voices::VoiceInfo;
use crate::speech::words::VoiceId;

const LIST: &str = include_str!("../../../../../assets/voices/edge.csv");

/// One line of the list.
#[derive(Debug, Deserialize)]
struct Row {
    voice: String,
    gender: String,
}

/// All of them. Two lines of one language: the first is its usual voice.
pub(crate) fn all() -> Vec<VoiceInfo> {
    let mut reader = csv::Reader::from_reader(LIST.as_bytes());
    reader.deserialize::<Row>().filter_map(Result::ok).map(info).collect()
}

fn info(row: Row) -> VoiceInfo {
    let mut parts = row.voice.splitn(3, '-');
    let (language, region) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let name = parts.next().unwrap_or_default().trim_end_matches("Neural");
    VoiceInfo {
        language: language.to_owned(),
        also: vec![format!("{language}-{}", region.to_lowercase())],
        name: format!("{name}, {region} ({})", row.gender),
        id: VoiceId { provider: NAME.into(), voice: row.voice },
        installed: true,
        paid: false,
    }
}

/// The usual voice of a language.
pub(crate) fn usual(language: &str) -> Option<String> {
    let base = language.split(['-', '_']).next().unwrap_or(language);
    let all = all();
    let exact = all.iter().find(|v| v.also.iter().any(|code| code == language));
    exact.or_else(|| all.iter().find(|v| v.language == base)).map(|v| v.id.voice.clone())
}

/// Whether a voice speaks a language.
pub(crate) fn speaks(voice: &str, language: &str) -> bool {
    let base = language.split(['-', '_']).next().unwrap_or(language);
    voice.split('-').next() == Some(base) || voice.contains("Multilingual")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kept_list_is_sound_and_speaks_english_and_romanian() {
        let lines = LIST.lines().filter(|l| !l.trim().is_empty()).count() - 1;
        assert_eq!(all().len(), lines);
        assert!(all().iter().all(|v| edge_tts_rust::normalize_voice(&v.id.voice).is_ok()));
        assert_eq!(usual("ro").as_deref(), Some("ro-RO-AlinaNeural"));
        assert!(usual("en").is_some_and(|v| v.starts_with("en-US-")));
        assert!(usual("xx").is_none() && !speaks("ro-RO-AlinaNeural", "en"));
    }
}
