//! From a decoded sentence to a piece (trimmed, levelled), and from pieces to one file with the time of every word.

use super::cache::{self, Piece};
use super::heard::{HOP, Heard};
use super::words::{SpokenSentence, VOICE_RATE, Word};
use super::{SpeechError, timing, wav};
use crate::profile::Profile;
use crate::profile::media::MediaError;
use crate::script::Sentence;
use crate::variants::timeline::FileRef;

/// Bump when a piece made from the same sound would differ.
pub(crate) const PIECE_VERSION: u32 = 1;

const fn ms(ms: usize) -> usize {
    ms * (VOICE_RATE as usize / 1000)
}

/// Silence kept before the first sound of a sentence: a breath's end.
const BEFORE: usize = ms(60);
/// Silence kept after its last sound.
const AFTER: usize = ms(180);
/// More of it at the end of a paragraph, and of the script.
const PARAGRAPH: usize = ms(260);
/// Fade at the places where silence was cut, so that what is left of a hum does not click.
const FADE: usize = ms(5);

/// Every sentence is brought to this level, so that the voice is steady and a sentence does not depend on the others.
const LEVEL_DB: f32 = -17.0;
/// Changed by at most this much: what is further off is the voice whispering on purpose, or noise.
const GAIN_MOST_DB: f32 = 18.0;
/// No peak above this.
const PEAK_MOST: f32 = 0.89;

/// Cuts silence at both ends to a natural amount and brings the level to that of all sentences.
pub(crate) fn trim(samples: &[i16], words: Option<Vec<(u32, u32)>>) -> Piece {
    let heard = Heard::of(samples);
    let Some((from, to)) = heard.sounding() else {
        return Piece { samples: samples.to_vec(), words };
    };
    let (from, to) = (from * HOP, (to * HOP).min(samples.len()));
    let (start, end) = (from.saturating_sub(BEFORE), (to + AFTER).min(samples.len()));
    let gain = gain(&samples[from..to], heard.level_db());
    let missing = BEFORE - (from - start);
    let mut out = vec![0_i16; missing];
    let length = end - start;
    out.extend(samples[start..end].iter().enumerate().map(|(i, &s)| {
        let edge = (i.min(length - 1 - i) as f32 / FADE as f32).min(1.0);
        (f32::from(s) * gain * edge).round() as i16
    }));
    out.resize(BEFORE + (to - from) + AFTER, 0);
    // Times of the provider move with what was cut or added in front.
    let shift = |t: u32| {
        let sample = t as usize * (VOICE_RATE as usize / 1000) + missing;
        (sample.saturating_sub(start) / (VOICE_RATE as usize / 1000)) as u32
    };
    let words = words.map(|w| w.into_iter().map(|(a, b)| (shift(a), shift(b))).collect());
    Piece { samples: out, words }
}

fn gain(speech: &[i16], level_db: f32) -> f32 {
    let wanted = (LEVEL_DB - level_db).clamp(-GAIN_MOST_DB, GAIN_MOST_DB);
    let peak = speech.iter().map(|s| f32::from(s.unsigned_abs()) / 32768.0).fold(0.0, f32::max);
    let most = if peak > 0.0 { PEAK_MOST / peak } else { 1.0 };
    10.0_f32.powf(wanted / 20.0).min(most)
}

/// What a joined file says.
pub(crate) struct Joined {
    pub(crate) file: FileRef,
    pub(crate) sentences: Vec<SpokenSentence>,
    pub(crate) words: Vec<Word>,
    pub(crate) samples: u64,
}

/// Writes the pieces one after the other, each padded to whole frames. `piece` gives the piece of a sentence; only one
/// is held at a time.
pub(crate) fn join(
    profile: &Profile,
    key: &str,
    sentences: &[Sentence],
    language: &str,
    fps: u32,
    mut piece: impl FnMut(usize) -> Result<Piece, SpeechError>,
) -> Result<Joined, SpeechError> {
    let path = cache::joined(key)?;
    let part = profile.folder().part(&path)?;
    let io = |e| SpeechError::from(MediaError::io("written", part.goal())(e));
    let mut writer = wav::create(part.path()).map_err(io)?;
    let mut line = Line { fps, at: 0, sentences: Vec::new(), words: Vec::new() };
    for (index, sentence) in sentences.iter().enumerate() {
        let piece = piece(index)?;
        wav::push(&mut writer, &piece.samples).map_err(io)?;
        let words: Vec<&str> = sentence.text.split_whitespace().collect();
        let times = match piece.words {
            Some(times) => times,
            None => timing::times(&words, &Heard::of(&piece.samples), language),
        };
        let times = in_order(&times, piece.samples.len());
        let ends_paragraph = sentences.get(index + 1).is_none_or(|next| next.paragraph != sentence.paragraph);
        let pause = if ends_paragraph { PARAGRAPH } else { 0 };
        let spoken = piece.samples.len() as u64;
        let padded = line.add(&sentence.text, &words, &times, spoken + pause as u64);
        wav::push_silence(&mut writer, padded - spoken).map_err(io)?;
    }
    wav::finish(writer).map_err(io)?;
    let hash = cache::hash_of(part.path())?;
    part.commit()?;
    Ok(Joined { file: FileRef { path, hash }, sentences: line.sentences, words: line.words, samples: line.at })
}

/// The times of the words of a piece of so many samples, each after the one before and none of no length. What a provider
/// says of a word may lie in the silence that was cut, which leaves nothing of it.
fn in_order(times: &[(u32, u32)], samples: usize) -> Vec<(u32, u32)> {
    let length = u32::try_from(samples / ms(1)).unwrap_or(u32::MAX);
    let (mut last, mut left) = (0, u32::try_from(times.len()).unwrap_or(u32::MAX));
    let one_after_the_other = |&(start, end): &(u32, u32)| {
        // Every word after this one still finds a millisecond.
        left = left.saturating_sub(1);
        let most = length.saturating_sub(left).max(last + 1);
        let start = start.clamp(last, most - 1);
        last = end.clamp(start + 1, most);
        (start, last)
    };
    times.iter().map(one_after_the_other).collect()
}

/// The narration as it grows.
struct Line {
    fps: u32,
    at: u64,
    sentences: Vec<SpokenSentence>,
    words: Vec<Word>,
}

impl Line {
    /// Adds a sentence of so many samples; gives how many it has with its padding.
    fn add(&mut self, text: &str, words: &[&str], times: &[(u32, u32)], samples: u64) -> u64 {
        let frame = u64::from(VOICE_RATE / self.fps);
        let padded = samples.div_ceil(frame) * frame;
        let sentence = self.sentences.len();
        let start_ms = u32::try_from(self.at * 1000 / u64::from(VOICE_RATE)).unwrap_or(u32::MAX);
        for (word, (start, end)) in words.iter().zip(times) {
            let (start_ms, end_ms) = (start_ms + start, start_ms + end);
            self.words.push(Word { text: (*word).to_owned(), start_ms, end_ms, sentence });
        }
        let end_sample = self.at + padded;
        self.sentences.push(SpokenSentence { text: text.to_owned(), start_sample: self.at, end_sample });
        self.at = end_sample;
        padded
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_the_silence_that_was_cut_and_after_the_end_have_a_place_in_order() {
        let cut = [(0, 0), (0, 0), (0, 90), (80, 200), (990, 1400), (1400, 1500)];
        let given = in_order(&cut, ms(1000));
        assert_eq!(given, [(0, 1), (1, 2), (2, 90), (90, 200), (990, 999), (999, 1000)]);
        let good = [(0, 300), (310, 400)];
        assert_eq!(in_order(&good, ms(400)), good);
    }
}
