//! Is it really speech, and all of it? Pure rules over what was heard; every attempt passes them before it is accepted
//! or cached.
//!
//! The rules: it decodes to its end; its length fits the number of characters; its level rises and falls as speech does
//! (noise, tones and silence stay level); it does not end in the middle of a sound; every word has a time.

use serde_json::{Value, json};

use super::heard::{HOP, Heard, percentile};
use super::timing;
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
/// The last 20 ms are at least this far under the speech.
const END_UNDER_DB: f32 = 22.0;
/// A voice has this much silence of its own around the text; counted for the shortest time it may take.
const AROUND_SECONDS: f32 = 0.25;
/// Texts with fewer sounds than this (by their usual length, ms) are too short to be judged by their letters.
const LETTERS_LEAST_MS: f32 = 700.0;

/// How much the level of speech changes at least, dB. Noise and tones stay within 1 dB. A sentence without a stop in it
/// ("When are you in?") may stay within 5, however long it is, and so may the single vowel of "Oh.".
const RANGE_LEAST_DB: f32 = 2.5;

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
pub fn judge(heard: &Heard, text: &str, language: &str, strictness: Strictness) -> Result<(), BadAudio> {
    let level_db = heard.level_db();
    let (Some((from, to)), true) = (heard.sounding(), level_db > SPEECH_LEAST_DB) else {
        return Err(BadAudio::Silent { level_db });
    };
    // Silence around a tone must not make its range look like that of speech, so only the inside of what sounds is judged.
    let inside = 2;
    let mut frames = heard.frames(from + inside, to.saturating_sub(inside).max(from + inside));
    let range_db = percentile(&mut frames, 0.9) - percentile(&mut frames, 0.1);
    let seconds = (to - from) as f32 * HOP as f32 / VOICE_RATE as f32;
    if range_db < RANGE_LEAST_DB {
        return Err(BadAudio::Level { range_db });
    }
    let (least, most) = window(text, language, strictness);
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
fn window(text: &str, language: &str, strictness: Strictness) -> (f32, f32) {
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
        Strictness::Engine => {
            let by_letters = timing::expected_ms(text, language);
            // How fast the offline voices speak is known well for English, less so for what is read less regularly.
            let share = if language == "en" { 0.75 } else { 0.5 };
            let known = if by_letters > LETTERS_LEAST_MS { by_letters / 1000.0 * share } else { 0.0 };
            ((characters / 25.0 - AROUND_SECONDS).max(known).max(0.0), long / 8.0 + 1.5)
        }
        Strictness::Person => (characters / 35.0, long / 4.0 + 6.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ffmpeg::Toolbox;
    use crate::speech::decode::{DecodeError, decode_all};
    use crate::speech::offline::{Espeak, Flite};
    use crate::speech::provider::{Attempt, Line, Provider};
    use crate::testkit;
    use std::time::Duration;
    use tokio_util::sync::CancellationToken;

    const ENGLISH: [&str; 14] = [
        "Every morning at five, we light the oven and start again.",
        "No!",
        "Oh.",
        "I.",
        "Hmm.",
        "That is all there is to it.",
        "It costs $1,250,000 a year.",
        "Everything else will wait until you are ready.",
        "Call 0800 555 123 now.",
        "TV, PC and USB.",
        "Have you ever wondered why your plants keep dying?",
        "She sells sea shells, so she says.",
        "When are you in?",
        "And then another one.",
    ];
    const ROMANIAN: [&str; 6] =
        ["Bună ziua, tuturor.", "Da.", "Nu.", "Costă 1.250 de lei.", "În 1989 totul s-a schimbat.", "De ce noi?"];

    async fn spoken(provider: &dyn Provider, voice: &str, language: &str, text: &str) -> Vec<i16> {
        let dir = tempfile::tempdir().unwrap();
        let cancel = CancellationToken::new();
        let attempt = Attempt::new(dir.path(), Duration::from_secs(120), &cancel).unwrap();
        let raw = attempt.run(provider, Line { text, language, voice }).await.unwrap();
        decode_all(&Toolbox::new(testkit::tools()), &raw.file, &cancel).await.unwrap()
    }

    /// A cheap row of numbers that repeats nothing, from -1 to 1.
    fn noise(samples: usize) -> Vec<f32> {
        let mut state = 1_u32;
        let next = |_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / 8_388_608.0 - 1.0
        };
        (0..samples).map(next).collect()
    }

    fn rule(samples: &[i16], text: &str) -> Option<&'static str> {
        judge(&Heard::of(samples), text, "en", Strictness::Engine).err().map(|bad| bad.rule())
    }

    #[tokio::test]
    async fn what_the_voices_really_say_is_never_refused() {
        let toolbox = Toolbox::new(testkit::tools());
        let (flite, espeak) = (Flite::new(toolbox.clone()), Espeak::new(toolbox));
        let voices: [(&dyn Provider, &str, &str, &[&str]); 6] = [
            (&flite, "slt", "en", &ENGLISH),
            (&flite, "rms", "en", &ENGLISH),
            (&flite, "awb", "en", &ENGLISH),
            (&flite, "kal16", "en", &ENGLISH),
            (&espeak, "en-us", "en", &ENGLISH),
            (&espeak, "ro", "ro", &ROMANIAN),
        ];
        for (provider, voice, language, texts) in voices {
            for text in texts {
                let samples = spoken(provider, voice, language, text).await;
                let judged = judge(&Heard::of(&samples), text, language, Strictness::Engine);
                assert_eq!(judged, Ok(()), "{voice}: {text}");
            }
        }
    }

    #[tokio::test]
    async fn half_of_what_was_said_is_refused() {
        let toolbox = Toolbox::new(testkit::tools());
        let flite = Flite::new(toolbox);
        for text in [ENGLISH[0], ENGLISH[6], ENGLISH[7], ENGLISH[10]] {
            let samples = spoken(&flite, "slt", "en", text).await;
            assert!(rule(&samples[..samples.len() / 2], text).is_some(), "{text}");
        }
        // And a whole one under the text of another.
        let short = spoken(&flite, "slt", "en", ENGLISH[1]).await;
        assert_eq!(rule(&short, ENGLISH[0]), Some("duration"));
    }

    #[test]
    fn silence_noise_and_tones_are_refused() {
        let text = ENGLISH[0];
        let second = VOICE_RATE as usize;
        let samples = |f: &dyn Fn(usize) -> f32| (0..3 * second).map(|i| (f(i) * 9000.0) as i16).collect::<Vec<_>>();
        let noise = noise(3 * second);
        let tone = |i: usize| (i as f32 * 440.0 * std::f32::consts::TAU / VOICE_RATE as f32).sin();
        assert_eq!(rule(&samples(&|_| 0.0), text), Some("not_silent"));
        assert_eq!(rule(&[], text), Some("not_silent"));
        assert_eq!(rule(&samples(&|i| noise[i]), text), Some("level_range"));
        assert_eq!(rule(&samples(&tone), text), Some("level_range"));
        // Silence around it does not hide a tone.
        assert_eq!(rule(&samples(&|i| if i < second / 2 { 0.0 } else { tone(i) }), text), Some("level_range"));
        // Nor is a short one taken for a short word.
        let beep = samples(&|i| if i / 9600 == 2 { tone(i) } else { 0.0 });
        assert_eq!(rule(&beep[..second], "Oh."), Some("level_range"));
    }

    #[tokio::test]
    async fn a_page_and_a_cut_file_do_not_decode() {
        let dir = tempfile::tempdir().unwrap();
        let toolbox = Toolbox::new(testkit::tools());
        let cancel = CancellationToken::new();
        let page = dir.path().join("said.mp3");
        std::fs::write(&page, "<!doctype html><html><body>Too many requests</body></html>").unwrap();
        let refused = decode_all(&toolbox, &page, &cancel).await;
        assert!(matches!(refused, Err(DecodeError::Bad(BadAudio::Undecodable { .. }))), "{refused:?}");
        let list = dir.path().join("said.wav");
        std::fs::write(&list, format!("#EXTM3U\n#EXTINF:1,\n{}\n", page.display())).unwrap();
        assert!(matches!(decode_all(&toolbox, &list, &cancel).await, Err(DecodeError::Bad(_))));
    }

    #[test]
    fn words_without_a_time_or_out_of_order_are_refused() {
        let good = [(0, 300), (300, 700), (800, 1200)];
        assert_eq!(judge_words(&good, 3, 1500), Ok(()));
        assert!(judge_words(&good, 4, 1500).is_err());
        assert!(judge_words(&[(0, 300), (200, 700), (800, 1200)], 3, 1500).is_err());
        assert!(judge_words(&good, 3, 9000).is_err());
        assert!(judge_words(&[], 1, 500).is_err());
    }
}
