//! The user's own narration in place of a voice: kept whole, cut into the script's sentences at its pauses.

mod pauses;

use std::path::{Path, PathBuf};

use tokio_util::sync::CancellationToken;

use super::cache::{self, Key};
use super::check::{self, Strictness};
use super::decode::{self, DecodeError};
use super::heard::{HOP, Heard};
use super::speak::check_fps;
use super::words::{Narration, SpokenSentence, VOICE_RATE, VoiceId, Word};
use super::{SpeechError, Voiceover, timing, wav};
use crate::profile::Profile;
use crate::profile::media::{MediaError, MediaPath};
use crate::profile::part::PartFile;
use crate::script::Sentence;
use crate::variants::timeline::FileRef;

/// The provider's name of a recorded narration.
pub const NAME: &str = "recorded";

/// Bump when the same recording would be cut differently.
const VERSION: u32 = 1;

/// Takes a recording (WAV, MP3 and what else ffmpeg decodes) of these sentences, read in order. Nothing inside it is cut
/// or moved; only its end is padded to a whole frame. `tmp` is not needed: the file goes straight to its place.
///
/// # Errors
/// [`SpeechError::Recording`] when it cannot be decoded, is silent, or is far too short or too long for the script.
pub async fn accept(
    profile: &Profile,
    cancel: &CancellationToken,
    recording: &Path,
    sentences: &[Sentence],
    language: &str,
    fps: u32,
) -> Result<Voiceover, SpeechError> {
    check_fps(fps)?;
    if sentences.is_empty() {
        return Err(SpeechError::BadInput("The script has no sentence, so a recording of it cannot be taken.".into()));
    }
    let work = Work {
        profile: profile.clone(),
        recording: recording.canonicalize().map_err(MediaError::io("read", recording))?,
        sentences: sentences.to_vec(),
        language: language.to_owned(),
        fps,
    };
    let (key, kept) = {
        let work = work.clone();
        tokio::task::spawn_blocking(move || {
            let key = work.key()?;
            let kept = cache::voiceover(&work.profile, &key)?;
            Ok::<_, SpeechError>((key, kept))
        })
        .await??
    };
    if let Some(kept) = kept {
        return Ok(kept);
    }
    let path = cache::joined(&key)?;
    let part = profile.folder().part(&path)?;
    let heard = work.decode(&part, cancel).await?;
    tokio::task::spawn_blocking(move || work.keep(&key, path, part, &heard)).await?
}

#[derive(Clone)]
struct Work {
    profile: Profile,
    recording: PathBuf,
    sentences: Vec<Sentence>,
    language: String,
    fps: u32,
}

impl Work {
    /// Everything that changes the file or the narration.
    fn key(&self) -> Result<String, SpeechError> {
        let mut key = Key::new("recorded")
            .field(VERSION.to_le_bytes())
            .field(timing::VERSION.to_le_bytes())
            .field(cache::hash_of(&self.recording)?)
            .field(&self.language)
            .field(self.fps.to_le_bytes());
        for sentence in &self.sentences {
            key = key.field(&sentence.text);
        }
        Ok(key.done())
    }

    fn refused(&self, why: check::BadAudio) -> SpeechError {
        let name = self.recording.file_name().unwrap_or_default().to_string_lossy().into_owned();
        SpeechError::Recording { name, why }
    }

    /// Writes the samples into the part as they come; only levels are kept in memory.
    async fn decode(&self, part: &PartFile, cancel: &CancellationToken) -> Result<Heard, SpeechError> {
        let io = |e| SpeechError::from(MediaError::io("written", part.goal())(e));
        let mut writer = wav::create(part.path()).map_err(io)?;
        let mut heard = Heard::default();
        let mut written = Ok(());
        let decoded = decode::decode(self.profile.toolbox(), &self.recording, cancel, |samples| {
            if written.is_ok() {
                heard.push(samples);
                written = wav::push(&mut writer, samples);
            }
        })
        .await;
        decoded.map_err(|error| match error {
            DecodeError::Bad(why) => self.refused(why),
            DecodeError::Tool(tool) => tool.into(),
        })?;
        written.map_err(io)?;
        let frame = u64::from(VOICE_RATE / self.fps);
        wav::push_silence(&mut writer, heard.samples.next_multiple_of(frame) - heard.samples).map_err(io)?;
        wav::finish(writer).map_err(io)?;
        Ok(heard)
    }

    /// Checks what was heard, cuts it, gives the file its name and stores the row.
    fn keep(self, key: &str, path: MediaPath, part: PartFile, heard: &Heard) -> Result<Voiceover, SpeechError> {
        let text = self.sentences.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join(" ");
        check::judge(heard, &text, Strictness::Person).map_err(|why| self.refused(why))?;
        let narration = self.narration(heard);
        let hash = cache::hash_of(part.path())?;
        part.commit()?;
        cache::keep(&self.profile, key, FileRef { path, hash }, narration)
    }

    fn narration(&self, heard: &Heard) -> Narration {
        let frame = u64::from(VOICE_RATE / self.fps);
        let samples = heard.samples.next_multiple_of(frame);
        let expected: Vec<f32> = self.sentences.iter().map(|s| timing::expected_ms(&s.text, &self.language)).collect();
        let cuts = pauses::cut(heard, &expected);
        let mut sentences = Vec::with_capacity(self.sentences.len());
        let mut words: Vec<Word> = Vec::new();
        let mut start_sample = 0;
        for (index, sentence) in self.sentences.iter().enumerate() {
            let (from, to) = (if index == 0 { 0 } else { cuts[index - 1] }, cuts.get(index).copied());
            let to = to.unwrap_or(heard.hops.len()).max(from);
            // On a frame, as every sentence starts; the pause around the cut is longer than a frame.
            let end_sample = match cuts.get(index) {
                Some(&cut) => ((cut * HOP) as u64 / frame * frame).max(start_sample),
                None => samples,
            };
            let text: Vec<&str> = sentence.text.split_whitespace().collect();
            let offset = u32::try_from(from).unwrap_or(u32::MAX).saturating_mul(super::heard::HOP_MS);
            let least = words.last().map_or(0, |w| w.end_ms);
            for (word, (start, end)) in text.iter().zip(timing::times(&text, &heard.part(from, to), &self.language)) {
                let start_ms = (offset + start).max(least);
                let end_ms = (offset + end).max(start_ms + 1);
                words.push(Word { text: (*word).to_owned(), start_ms, end_ms, sentence: index });
            }
            sentences.push(SpokenSentence { text: sentence.text.clone(), start_sample, end_sample });
            start_sample = end_sample;
        }
        let voice = VoiceId { provider: NAME.into(), voice: "own".into() };
        Narration {
            language: self.language.clone(),
            asked: voice.clone(),
            used: voice,
            reasons: Vec::new(),
            sentences,
            words,
            samples,
        }
    }
}
