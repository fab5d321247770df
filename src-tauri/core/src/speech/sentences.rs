//! The sentences of a script, spoken a few at a time: each found in the cache, or said by a fresh attempt, decoded, checked,
//! trimmed and kept.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tracing::Instrument;
use ts_rs::TS;

use super::cache::{self, Key, Piece};
use super::check::{self, Strictness};
use super::decode::{self, DecodeError};
use super::heard::Heard;
use super::provider::{Attempt, Line, Outcome, Provider};
use super::words::{VOICE_RATE, VoiceId};
use super::{SpeakRequest, SpeechError, join, plain, timing};
use crate::profile::Profile;
use crate::script::Sentence;

/// Sentences spoken at once.
const AT_ONCE: usize = 4;
/// Attempts at one sentence before the script fails.
const ATTEMPTS: usize = 2;
/// For the time one attempt may take: this much, and more for a long sentence.
const DEADLINE: Duration = Duration::from_secs(30);

/// One thing that was done on the way to a voiceover, for a person who asks why it sounds as it does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "SpeechStep")]
pub struct Step {
    /// The voice.
    pub voice: VoiceId,
    /// Which sentence, counted from 1; `None` for the whole script.
    pub sentence: Option<usize>,
    /// What happened: "kept from before", "spoken and checked", "failed: …".
    pub says: String,
    /// How long it took.
    pub took_ms: u64,
}

impl Step {
    /// A line of an explanation.
    #[must_use]
    pub fn line(&self) -> String {
        let what = self.sentence.map_or_else(|| "the whole script".to_owned(), |n| format!("sentence {n}"));
        format!("{}, {what}: {} ({} ms)", self.voice, self.says, self.took_ms)
    }
}

/// What all sentences of one script share.
#[derive(Clone)]
pub(super) struct Work {
    pub(super) profile: Profile,
    pub(super) tmp: PathBuf,
    pub(super) provider: Arc<dyn Provider>,
    pub(super) voice: VoiceId,
    pub(super) language: String,
}

impl Work {
    /// Everything that changes the sound of one sentence.
    fn piece_key(&self, text: &str) -> String {
        Key::new("piece")
            .field(join::PIECE_VERSION.to_le_bytes())
            .field(self.provider.name())
            .field(self.provider.fingerprint())
            .field(&self.voice.voice)
            .field(&self.language)
            .field(plain::spoken(text, &self.language))
            .done()
    }

    /// Everything that changes the file or the narration of the script.
    pub(super) fn script_key(&self, request: &SpeakRequest<'_>) -> String {
        let mut key = Key::new("script").field(timing::VERSION.to_le_bytes()).field(request.fps.to_le_bytes());
        for sentence in request.sentences {
            // The text as written too: it is in the narration.
            key = key.field(self.piece_key(&sentence.text)).field(&sentence.text);
            key = key.field((sentence.paragraph as u64).to_le_bytes());
        }
        key.done()
    }

    /// Speaks what is not kept. Gives the key of every sentence's piece.
    pub(super) async fn speak_all(
        &self,
        sentences: &[Sentence],
        cancel: &CancellationToken,
        on_progress: &(dyn Fn(f64) + Send + Sync),
    ) -> Result<(Vec<String>, Vec<Step>), SpeechError> {
        let keys: Vec<String> = sentences.iter().map(|s| self.piece_key(&s.text)).collect();
        // The first failure stops the others.
        let stop = cancel.child_token();
        let places = Arc::new(Semaphore::new(AT_ONCE));
        let mut running = JoinSet::new();
        let mut started = std::collections::HashSet::new();
        for (index, sentence) in sentences.iter().enumerate() {
            // A sentence said twice is spoken once.
            if !started.insert(keys[index].as_str()) {
                continue;
            }
            let (work, places, stop) = (self.clone(), places.clone(), stop.clone());
            let (key, text) = (keys[index].clone(), sentence.text.clone());
            let task = async move {
                // The semaphore is never closed; without a place there would be nothing to wait for.
                let _place = places.acquire_owned().await;
                work.sentence(index, &key, &text, &stop).await
            };
            running.spawn(task.instrument(self.profile.span()));
        }
        let (mut done, total) = (0.0, running.len() as f64);
        let mut steps = Vec::new();
        let mut failed: Option<SpeechError> = None;
        while let Some(ended) = running.join_next().await {
            match ended.map_err(SpeechError::from).flatten() {
                Ok(more) => {
                    steps.extend(more);
                    done += 1.0;
                    on_progress(done / total * 0.97);
                }
                Err(error) => {
                    stop.cancel();
                    // Those that were stopped because of the first say only that they were stopped.
                    if failed.as_ref().is_none_or(|f| matches!(f, SpeechError::Cancelled)) {
                        failed = Some(error);
                    }
                }
            }
        }
        if cancel.is_cancelled() {
            return Err(SpeechError::Cancelled);
        }
        steps.sort_by_key(|s| s.sentence);
        failed.map_or(Ok((keys, steps)), Err)
    }

    /// One sentence: from the cache, or spoken, checked and kept.
    async fn sentence(
        &self,
        index: usize,
        key: &str,
        text: &str,
        cancel: &CancellationToken,
    ) -> Result<Vec<Step>, SpeechError> {
        let step = |says: String, began: Instant| Step {
            voice: self.voice.clone(),
            sentence: Some(index + 1),
            says,
            took_ms: millis(began),
        };
        let began = Instant::now();
        let known = {
            let (profile, key) = (self.profile.clone(), key.to_owned());
            tokio::task::spawn_blocking(move || cache::piece(&profile, &key)).await??
        };
        if known.is_some() {
            return Ok(vec![step("kept from before, and its file is unchanged".into(), began)]);
        }
        let mut steps = Vec::new();
        loop {
            let began = Instant::now();
            match self.attempt(text, cancel).await {
                Ok(piece) => {
                    let (profile, key) = (self.profile.clone(), key.to_owned());
                    tokio::task::spawn_blocking(move || cache::keep_piece(&profile, &key, &piece)).await??;
                    steps.push(step("spoken and checked".into(), began));
                    return Ok(steps);
                }
                Err(Outcome::Cancelled) => return Err(SpeechError::Cancelled),
                Err(outcome) => {
                    tracing::warn!(voice = %self.voice, sentence = index + 1, %outcome, "an attempt to speak failed");
                    steps.push(step(format!("failed: {outcome}"), began));
                    if outcome.is_final() || steps.len() >= ATTEMPTS {
                        let (voice, number, text) = (self.voice.clone(), index + 1, text.to_owned());
                        return Err(SpeechError::Sentence { voice, number, text, outcome });
                    }
                }
            }
        }
    }

    /// One fresh attempt: spoken, decoded, checked, trimmed.
    async fn attempt(&self, text: &str, cancel: &CancellationToken) -> Result<Piece, Outcome> {
        if cancel.is_cancelled() {
            return Err(Outcome::Cancelled);
        }
        let spoken = plain::spoken(text, &self.language);
        let deadline =
            DEADLINE + Duration::from_millis(100) * u32::try_from(spoken.chars().count()).unwrap_or(u32::MAX);
        let attempt = Attempt::new(&self.tmp, deadline, cancel)?;
        let line = Line { text: &spoken, language: &self.language, voice: &self.voice.voice };
        let raw = attempt.run(&*self.provider, line).await?;
        let samples =
            decode::decode_all(self.profile.toolbox(), &raw.file, cancel).await.map_err(|error| match error {
                DecodeError::Bad(bad) => Outcome::InvalidAudio(bad),
                DecodeError::Tool(tool) => tool.into(),
            })?;
        let expected = text.split_whitespace().count();
        let language = self.language.clone();
        // Listening is work for a processor, not for the thread that serves everybody.
        let listened = tokio::task::spawn_blocking(move || {
            check::judge(&Heard::of(&samples), &spoken, &language, Strictness::Engine)?;
            if let Some(words) = &raw.words {
                let ms = samples.len() as u64 * 1000 / u64::from(VOICE_RATE);
                check::judge_words(words, expected, u32::try_from(ms).unwrap_or(u32::MAX))?;
            }
            Ok(join::trim(&samples, raw.words))
        });
        match listened.await {
            Ok(piece) => piece.map_err(Outcome::InvalidAudio),
            Err(stopped) => Err(Outcome::Stopped(stopped)),
        }
    }
}

pub(super) fn millis(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX)
}
