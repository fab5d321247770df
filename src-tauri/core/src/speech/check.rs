//! Is it really speech, and all of it? Pure rules over what was heard; every attempt passes them before it is accepted
//! or cached.
//!
//! The rules: it decodes to its end; its length fits the number of characters; its level rises and falls as speech does
//! (noise, tones and silence stay level); it does not end in the middle of a sound; every word has a time.

use serde_json::{Value, json};

use super::heard::{HOP, Heard, percentile};
use super::words::VOICE_RATE;

/// What is wrong with what was heard: the rule that failed, with its numbers.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum BadAudio {
    /// It is no sound file, or it is broken.
    #[error("it is not a sound file that can be read to its end ({says})")]
    Undecodable {
        /// What the decoder said.
        says: String,
    },
    /// There is no speech in it.
    #[error("it is silent (its loudest part is at {level_db:.0} dB)")]
    Silent {
        /// Level of its loudest tenth, dB below full scale.
        level_db: f32,
    },
    /// Too short or too long for the text.
    #[error("it is {seconds:.1} s long, and {characters} characters take between {least:.1} and {most:.1} s to say")]
    Duration {
        /// How long what is heard is.
        seconds: f32,
        /// The shortest that is believed.
        least: f32,
        /// The longest that is believed.
        most: f32,
        /// Characters of the text.
        characters: usize,
    },
    /// Noise, a tone, a hum.
    #[error("its level hardly changes ({range_db:.0} dB), as noise or a tone does and speech does not")]
    Level {
        /// 90th less 10th percentile of 20 ms frames.
        range_db: f32,
    },
    /// It stops in the middle of a sound.
    #[error("it ends in the middle of a sound (its last moment is only {under_db:.0} dB under the speech)")]
    AbruptEnd {
        /// How far the last 20 ms are under the speech.
        under_db: f32,
    },
    /// Not every word was spoken, or more were.
    #[error("the voice timed {timed} words where the text has {expected}")]
    Words {
        /// Words in the text.
        expected: usize,
        /// Words with a time.
        timed: usize,
    },
}

impl BadAudio {
    /// The rule's stable name.
    #[must_use]
    pub fn rule(&self) -> &'static str {
        match self {
            Self::Undecodable { .. } => "decodes",
            Self::Silent { .. } => "not_silent",
            Self::Duration { .. } => "duration",
            Self::Level { .. } => "level_range",
            Self::AbruptEnd { .. } => "end",
            Self::Words { .. } => "words",
        }
    }

    /// For the wire.
    #[must_use]
    pub fn details(&self) -> Value {
        let mut details = match self {
            Self::Undecodable { says } => json!({ "says": says }),
            Self::Silent { level_db } => json!({ "level_db": level_db }),
            Self::Duration { seconds, least, most, characters } => {
                json!({ "seconds": seconds, "least": least, "most": most, "characters": characters })
            }
            Self::Level { range_db } => json!({ "range_db": range_db }),
            Self::AbruptEnd { under_db } => json!({ "under_db": under_db }),
            Self::Words { expected, timed } => json!({ "expected": expected, "timed": timed }),
        };
        if let Value::Object(map) = &mut details {
            map.insert("rule".into(), json!(self.rule()));
        }
        details
    }
}

/// Speech is louder than this.
const SPEECH_LEAST_DB: f32 = -50.0;
/// Speech rises and falls at least this much; noise and tones at most 1 dB.
const RANGE_LEAST_DB: f32 = 12.0;
/// The last 20 ms are at least this far under the speech.
const END_UNDER_DB: f32 = 25.0;

/// How strictly a length is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strictness {
    /// A voice of ours: the window that never refused good speech.
    Engine,
    /// A person, who may speak slowly and stop to breathe, and may cut the file close.
    Person,
}

/// Is this the text, spoken?
///
/// # Errors
/// The first rule that failed.
pub fn judge(heard: &Heard, text: &str, strictness: Strictness) -> Result<(), BadAudio> {
    let level_db = heard.level_db();
    let (Some((from, to)), true) = (heard.sounding(), level_db > SPEECH_LEAST_DB) else {
        return Err(BadAudio::Silent { level_db });
    };
    // Silence around a tone must not make its range look like that of speech, so only what sounds is judged, with the
    // moment around it that even a word shouted without a pause has.
    let around = 6;
    let mut frames = heard.frames(from.saturating_sub(around), (to + around).min(heard.hops.len()));
    let range_db = percentile(&mut frames, 0.9) - percentile(&mut frames, 0.1);
    if range_db < RANGE_LEAST_DB {
        return Err(BadAudio::Level { range_db });
    }
    let seconds = (to - from) as f32 * HOP as f32 / VOICE_RATE as f32;
    let (least, most) = window(text, strictness);
    if !(least..=most).contains(&seconds) {
        return Err(BadAudio::Duration { seconds, least, most, characters: text.chars().count() });
    }
    let under_db = level_db - heard.end_db();
    if strictness == Strictness::Engine && under_db < END_UNDER_DB {
        return Err(BadAudio::AbruptEnd { under_db });
    }
    Ok(())
}

/// Does every word have a time, in order, the last one near the end?
///
/// # Errors
/// [`BadAudio::Words`].
pub fn judge_words(times: &[(u32, u32)], expected: usize, duration_ms: u32) -> Result<(), BadAudio> {
    let good = |pair: &[(u32, u32)]| pair[0].0 <= pair[0].1 && pair[0].1 <= pair[1].0;
    let timed = 1 + times.windows(2).take_while(|pair| good(pair)).count();
    let last = times.last().map_or(0, |t| t.1);
    let near_end = last <= duration_ms + 50 && last + 1500 >= duration_ms;
    if times.len() == expected && timed == expected && near_end {
        Ok(())
    } else {
        Err(BadAudio::Words { expected, timed: timed.min(times.len()) })
    }
}

/// The shortest and longest time in seconds the text can take.
fn window(text: &str, strictness: Strictness) -> (f32, f32) {
    let mut characters = 0.0_f32;
    // A digit or a sign is read as a word, and a letter of Chinese or Japanese is a syllable: they count more for the
    // longest time, not for the shortest.
    let mut long = 0.0_f32;
    for c in text.chars() {
        characters += 1.0;
        long += match c {
            '0'..='9' => 7.0,
            '%' | '$' | '€' | '£' | '&' | '+' | '=' | '@' | '#' | '/' | '*' | '°' | '×' => 9.0,
            'A'..='Z' => 2.0,
            '\u{2E80}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}' => 4.0,
            _ => 1.0,
        };
    }
    match strictness {
        Strictness::Engine => (characters / 25.0, long / 8.0 + 1.5),
        Strictness::Person => (characters / 35.0, long / 4.0 + 6.0),
    }
}
