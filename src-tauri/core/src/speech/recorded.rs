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
        check::judge(heard, &text, &self.language, Strictness::Person).map_err(|why| self.refused(why))?;
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
            steps: Vec::new(),
            cost: None,
            sentences,
            words,
            samples,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Code, Explain};
    use crate::speech::{SpeakRequest, speak};
    use crate::testkit::{self, Bench};

    fn script() -> Vec<Sentence> {
        let texts = [
            "This is the smallest kitchen in the city, and it never sleeps.",
            "What is their secret?",
            "Fresh fish, sharp knives and a lot of laughter.",
            "Book a table for Friday, or walk in and take your chances.",
        ];
        texts.iter().enumerate().map(|(i, t)| Sentence { text: (*t).into(), paragraph: i / 2 }).collect()
    }

    /// A "recording": what a voice said, with where its sentences and words are, as a file of the user's.
    async fn recording(bench: &Bench, name: &str, filter: &str) -> (PathBuf, Narration) {
        let sentences = script();
        let request = SpeakRequest {
            sentences: &sentences,
            language: "en",
            voice: None,
            fps: 25,
            errand: crate::speech::Errand::default(),
        };
        let cancel = CancellationToken::new();
        let made = speak(&bench.profile, &bench.desk, &cancel, &request, &|_| {}).await.unwrap();
        let from = bench.profile.folder().existing(&made.file.path).unwrap();
        let file = bench.desk.join(name);
        let args = crate::args!["-v", "error", "-i", from, "-af", filter, "-ar", "44100", "-ac", "2", file.as_os_str()];
        bench.profile.toolbox().ffmpeg(&args, &cancel).await.unwrap();
        (file, made.narration)
    }

    async fn take(bench: &Bench, file: &Path, sentences: &[Sentence]) -> Result<Voiceover, SpeechError> {
        accept(&bench.profile, &CancellationToken::new(), file, sentences, "en", 30).await
    }

    #[tokio::test]
    async fn a_recording_is_kept_whole_and_its_words_are_found() {
        let bench = testkit::bench();
        // As a person would hand it in: an MP3, with a moment of silence in front, in a room that is not quite silent.
        let noisy = "adelay=700:all=1,aformat=channel_layouts=mono";
        let (file, told) = recording(&bench, "my 'take' %1.mp3", noisy).await;
        let taken = take(&bench, &file, &script()).await.unwrap();
        let narration = &taken.narration;
        assert_eq!(narration.used.to_string(), "recorded:own");
        assert_eq!(narration.samples % u64::from(VOICE_RATE / 30), 0);
        let real = bench.profile.folder().existing(&taken.file.path).unwrap();
        let samples = wav::read(&std::fs::read(real).unwrap()).unwrap();
        assert_eq!(samples.len() as u64, narration.samples);
        // Nothing was cut: it is as long as what went in.
        let in_ms = told.samples * 1000 / u64::from(VOICE_RATE) + 700;
        assert!((narration.samples * 1000 / u64::from(VOICE_RATE)).abs_diff(in_ms) < 150);
        assert_eq!(narration.sentences.first().unwrap().start_sample, 0);
        assert_eq!(narration.sentences.last().unwrap().end_sample, narration.samples);
        assert!(narration.sentences.windows(2).all(|p| p[0].end_sample == p[1].start_sample));
        let off: Vec<u32> =
            narration.words.iter().zip(&told.words).map(|(a, b)| a.start_ms.abs_diff(b.start_ms + 700)).collect();
        assert_eq!(off.len(), told.words.len());
        assert!(off.iter().all(|o| *o < 300), "{off:?}");
        assert!(narration.words.iter().zip(&told.words).all(|(a, b)| (&a.text, a.sentence) == (&b.text, b.sentence)));
        // Handed in again it is found, and nothing is decoded.
        let commands = bench.profile.toolbox().last_commands().len();
        assert_eq!(take(&bench, &file, &script()).await.unwrap(), taken);
        assert_eq!(bench.profile.toolbox().last_commands().len(), commands);
    }

    #[tokio::test]
    async fn a_recording_of_something_else_is_refused_with_numbers() {
        let bench = testkit::bench();
        let (file, _) = recording(&bench, "short.wav", "atrim=end=2").await;
        let error = take(&bench, &file, &script()).await.unwrap_err();
        assert_eq!(error.code(), Code::BadSpeech);
        assert!(error.to_string().contains("short.wav") && error.to_string().contains("characters"), "{error}");
        let (file, _) = recording(&bench, "silent.wav", "volume=0").await;
        assert!(take(&bench, &file, &script()).await.unwrap_err().to_string().contains("silent"));
        let (file, _) = recording(&bench, "long.wav", "anull").await;
        let error = take(&bench, &file, &[Sentence { text: "Yes.".into(), paragraph: 0 }]).await.unwrap_err();
        assert_eq!(error.details()["rule"], "duration");
    }

    #[tokio::test]
    async fn a_file_that_is_no_sound_is_refused_and_leaves_nothing() {
        let bench = testkit::bench();
        let file = bench.desk.join("page.mp3");
        std::fs::write(&file, "<html>no</html>").unwrap();
        assert_eq!(take(&bench, &file, &script()).await.unwrap_err().code(), Code::Unreadable);
        let kept = bench.profile.folder().path(&MediaPath::new("cache/voice").unwrap());
        assert_eq!(std::fs::read_dir(kept).unwrap().count(), 0);
        let gone = take(&bench, &bench.desk.join("gone.wav"), &script()).await.unwrap_err();
        assert_eq!(gone.code(), Code::Unreadable);
    }
}
