//! The sentences of a script, spoken a few at a time: each found in the cache, or said by a fresh attempt, decoded, checked,
//! trimmed and kept. A paid attempt is settled by what its meter says, and never repeated while that is not known.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use backon::{BackoffBuilder, ExponentialBuilder};
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
use super::money::{self, Paying, Purse};
use super::pronunciation::Pronunciation;
use super::provider::{Attempt, Line, Meter, Outcome, Provider, Raw};
use super::spoken::Spoken;
use super::words::{VOICE_RATE, VoiceId};
use super::{SpeakRequest, SpeechError, join, timing};
use crate::profile::Profile;
use crate::script::Sentence;

/// Sentences spoken at once.
const AT_ONCE: usize = 4;
/// Attempts at one sentence when what is made is not speech, or when the engine is on this machine.
const ATTEMPTS: usize = 2;

/// How long somebody waits for a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patience {
    /// For one attempt; a long sentence gets more.
    pub deadline: Duration,
    /// Before the second try of one sentence; twice as long before the next, with some chance in it.
    pub first_wait: Duration,
    /// The longest wait.
    pub longest_wait: Duration,
    /// Waits for one sentence.
    pub waits: usize,
    /// All waits of one script with one provider.
    pub in_all: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            deadline: Duration::from_secs(30),
            first_wait: Duration::from_millis(500),
            longest_wait: Duration::from_secs(8),
            waits: 3,
            in_all: Duration::from_secs(30),
        }
    }
}

impl Patience {
    fn pauses(&self) -> impl Iterator<Item = Duration> + use<> {
        ExponentialBuilder::default()
            .with_min_delay(self.first_wait)
            .with_max_delay(self.longest_wait)
            .with_max_times(self.waits)
            .with_jitter()
            .build()
    }
}

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
    pub(super) dictionary: Arc<Vec<Pronunciation>>,
    pub(super) purse: Option<Arc<Purse>>,
    pub(super) patience: Patience,
    /// How much of the waiting was done.
    pub(super) waited: Arc<Mutex<Duration>>,
}

/// What stops a sentence.
#[derive(Clone)]
struct Stops {
    /// The user.
    cancel: CancellationToken,
    /// The user, or another sentence that failed.
    begin: CancellationToken,
}

impl Work {
    pub(super) fn spoken(&self, text: &str) -> Spoken {
        Spoken::of(text, &self.language, &self.dictionary)
    }

    /// Everything that changes the sound of one sentence.
    pub(super) fn piece_key(&self, text: &str) -> String {
        Key::new("piece")
            .field(join::PIECE_VERSION.to_le_bytes())
            .field(self.provider.name())
            .field(self.provider.fingerprint())
            .field(&self.voice.voice)
            .field(&self.language)
            .field(self.spoken(text).text)
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

    /// The sentences that would have to be asked for, each once. Reads the cache.
    pub(super) fn missing(&self, sentences: &[Sentence]) -> Result<Vec<money::Line>, SpeechError> {
        let mut seen = std::collections::HashSet::new();
        let mut lines = Vec::new();
        for sentence in sentences {
            let line = self.line(&sentence.text);
            if seen.insert(line.key.clone()) && cache::piece(&self.profile, &line.key)?.is_none() {
                lines.push(line);
            }
        }
        Ok(lines)
    }

    fn line(&self, text: &str) -> money::Line {
        let sent = self.provider.as_sent(&self.spoken(text).text);
        let what = blake3::hash(sent.as_bytes()).to_hex().to_string();
        money::Line { key: self.piece_key(text), characters: sent.chars().count() as u64, what }
    }

    /// Speaks what is not kept. Gives the key of every sentence's piece.
    pub(super) async fn speak_all(
        &self,
        sentences: &[Sentence],
        cancel: &CancellationToken,
        on_progress: &(dyn Fn(f64) + Send + Sync),
        steps: &mut Vec<Step>,
    ) -> Result<Vec<String>, SpeechError> {
        let keys: Vec<String> = sentences.iter().map(|s| self.piece_key(&s.text)).collect();
        // The first failure stops the others; what is paid for already is let come to its end.
        let stops = Stops { cancel: cancel.clone(), begin: cancel.child_token() };
        let places = Arc::new(Semaphore::new(self.provider.at_once().min(AT_ONCE)));
        let mut running = JoinSet::new();
        let mut started = std::collections::HashSet::new();
        for (index, sentence) in sentences.iter().enumerate() {
            // A sentence said twice is spoken once.
            if !started.insert(keys[index].as_str()) {
                continue;
            }
            let (work, places, stops) = (self.clone(), places.clone(), stops.clone());
            let text = sentence.text.clone();
            let task = async move {
                // The semaphore is never closed; without a place there would be nothing to wait for.
                let _place = places.acquire_owned().await;
                let mut steps = Vec::new();
                let done = work.sentence(index, &text, &stops, &mut steps).await;
                (steps, done)
            };
            running.spawn(task.instrument(self.profile.span()));
        }
        let (mut done, total) = (0.0, running.len() as f64);
        let mut all = Vec::new();
        let mut failed: Option<SpeechError> = None;
        while let Some(ended) = running.join_next().await {
            let (more, ended) = ended.map_or_else(|e| (Vec::new(), Err(e.into())), |(steps, done)| (steps, done));
            all.extend(more);
            match ended {
                Ok(()) => {
                    done += 1.0;
                    on_progress(done / total * 0.97);
                }
                Err(error) => {
                    stops.begin.cancel();
                    // Those that were stopped because of the first say only that they were stopped.
                    if failed.as_ref().is_none_or(|f| matches!(f, SpeechError::Cancelled)) {
                        failed = Some(error);
                    }
                }
            }
        }
        all.sort_by_key(|s: &Step| s.sentence);
        steps.append(&mut all);
        if cancel.is_cancelled() {
            return Err(SpeechError::Cancelled);
        }
        failed.map_or(Ok(keys), Err)
    }

    /// One sentence: from the cache, or spoken, checked and kept.
    async fn sentence(
        &self,
        index: usize,
        text: &str,
        stops: &Stops,
        steps: &mut Vec<Step>,
    ) -> Result<(), SpeechError> {
        let step = |says: String, began: Instant| Step {
            voice: self.voice.clone(),
            sentence: Some(index + 1),
            says,
            took_ms: millis(began),
        };
        let began = Instant::now();
        let line = self.line(text);
        let known = {
            let (profile, key) = (self.profile.clone(), line.key.clone());
            tokio::task::spawn_blocking(move || cache::piece(&profile, &key)).await??
        };
        if known.is_some() {
            steps.push(step("kept from before, and its file is unchanged".into(), began));
            return Ok(());
        }
        let mut pauses = self.patience.pauses();
        let mut tries = 0;
        let mut paying: Option<Paying> = None;
        loop {
            tries += 1;
            let began = Instant::now();
            if stops.begin.is_cancelled() {
                self.give_back(paying.take(), &Meter::Nothing, "it was stopped")?;
                return Err(SpeechError::Cancelled);
            }
            if let (Some(purse), None) = (&self.purse, &paying) {
                paying = Some(purse.send(&line)?);
            }
            // What is paid for is not stopped because another sentence failed.
            let cancel = if self.purse.is_some() { &stops.cancel } else { &stops.begin };
            let since = crate::time::now_ms();
            let (done, meter) = self.attempt(text, cancel).await;
            let mut outcome = match done {
                Ok(piece) => {
                    self.keep(&line.key, piece).await?;
                    self.settle(paying.take(), &meter)?;
                    steps.push(step("spoken and checked".into(), began));
                    return Ok(());
                }
                Err(outcome) => outcome,
            };
            steps.push(step(format!("failed: {outcome}"), began));
            tracing::warn!(voice = %self.voice, sentence = index + 1, %outcome, "an attempt to speak failed");
            let heard = matches!(outcome, Outcome::InvalidAudio(_)) && matches!(meter, Meter::Charged(_));
            if meter != Meter::Nothing && !heard && !matches!(outcome, Outcome::Cancelled) {
                let began = Instant::now();
                match self.rescue(text, since, cancel).await {
                    Ok(Some((found, piece))) => {
                        let settled = self.settle_found(paying.take(), &found)?;
                        let whose =
                            if settled { "" } else { " (it was the answer to another request; this one stays held)" };
                        match piece {
                            Ok(piece) => {
                                self.keep(&line.key, piece).await?;
                                steps.push(step(format!("found in the provider's history, and checked{whose}"), began));
                                return Ok(());
                            }
                            Err(worse) => outcome = worse,
                        }
                        steps.push(step(format!("found in the provider's history, but not as speech{whose}"), began));
                    }
                    Ok(None) => steps.push(step("not in the provider's history".into(), began)),
                    Err(error) => steps.push(step(format!("the provider's history cannot be seen: {error}"), began)),
                }
            }
            if meter != Meter::Nothing {
                // Asking again could be paid for twice.
                match meter {
                    Meter::Charged(_) => self.settle(paying.take(), &meter)?,
                    _ => self.give_back(paying.take(), &meter, &outcome.to_string())?,
                }
                return Err(self.failure(index, text, outcome));
            }
            let pause = self.pause(&outcome, tries, &mut pauses);
            let Some(pause) = pause else {
                self.give_back(paying.take(), &Meter::Nothing, &outcome.to_string())?;
                return Err(self.failure(index, text, outcome));
            };
            tokio::select! {
                () = stops.begin.cancelled() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    fn failure(&self, index: usize, text: &str, outcome: Outcome) -> SpeechError {
        if matches!(outcome, Outcome::Cancelled) {
            return SpeechError::Cancelled;
        }
        SpeechError::Sentence { voice: self.voice.clone(), number: index + 1, text: text.to_owned(), outcome }
    }

    /// How long to wait before the next try; `None` when there is none.
    fn pause(&self, outcome: &Outcome, tries: usize, pauses: &mut impl Iterator<Item = Duration>) -> Option<Duration> {
        if !outcome.is_worth_retrying() {
            return None;
        }
        if !self.provider.is_remote() {
            return (tries < ATTEMPTS).then_some(Duration::ZERO);
        }
        if matches!(outcome, Outcome::InvalidAudio(_)) && tries >= ATTEMPTS {
            return None;
        }
        let wanted = match outcome {
            Outcome::RateLimited { after: Some(after) } => pauses.next()?.max(*after),
            _ => pauses.next()?,
        };
        let mut waited = self.waited.lock().unwrap_or_else(PoisonError::into_inner);
        if *waited + wanted > self.patience.in_all {
            return None;
        }
        *waited += wanted;
        Some(wanted)
    }

    async fn keep(&self, key: &str, piece: Piece) -> Result<(), SpeechError> {
        let (profile, key) = (self.profile.clone(), key.to_owned());
        Ok(tokio::task::spawn_blocking(move || cache::keep_piece(&profile, &key, &piece)).await??)
    }

    fn settle(&self, paying: Option<Paying>, meter: &Meter) -> Result<(), SpeechError> {
        match (&self.purse, paying, meter) {
            (Some(purse), Some(paying), Meter::Charged(charged)) => purse.settle(paying, charged),
            (_, paying, meter) => self.give_back(paying, meter, "the provider charged nothing"),
        }
    }

    /// Settles with what the provider's history shows; false when that stands for another request.
    fn settle_found(&self, paying: Option<Paying>, found: &super::provider::Charged) -> Result<bool, SpeechError> {
        match (&self.purse, paying) {
            (Some(purse), Some(paying)) => purse.settle_found(paying, found),
            _ => Ok(true),
        }
    }

    fn give_back(&self, paying: Option<Paying>, meter: &Meter, why: &str) -> Result<(), SpeechError> {
        paying.map_or(Ok(()), |paying| paying.give_back(meter, why))
    }

    /// One fresh attempt: spoken, decoded, checked, trimmed; and what it cost.
    async fn attempt(&self, text: &str, cancel: &CancellationToken) -> (Result<Piece, Outcome>, Meter) {
        if cancel.is_cancelled() {
            return (Err(Outcome::Cancelled), Meter::Nothing);
        }
        let spoken = self.spoken(text);
        let attempt = match self.begin(&spoken, cancel) {
            Ok(attempt) => attempt,
            Err(outcome) => return (Err(outcome), Meter::Nothing),
        };
        let line = Line { text: &spoken.text, language: &self.language, voice: &self.voice.voice };
        let said = attempt.run(&*self.provider, line).await;
        let meter = attempt.meter();
        let piece = match said {
            Ok(raw) => self.listen(text, spoken, raw, cancel).await,
            Err(outcome) => Err(outcome),
        };
        (piece, meter)
    }

    fn begin(&self, spoken: &Spoken, cancel: &CancellationToken) -> Result<Attempt, Outcome> {
        let characters = u32::try_from(spoken.text.chars().count()).unwrap_or(u32::MAX);
        // A program on this machine waits for nobody; its deadline only ends one that hangs.
        let least = if self.provider.is_remote() { Duration::ZERO } else { Patience::default().deadline };
        let patience = self.patience.deadline.max(least);
        // A longer sentence gets more time, in proportion.
        let deadline = patience + patience / 300 * characters;
        Ok(Attempt::new(&self.tmp, deadline, cancel)?)
    }

    /// Looks for the answer that was lost.
    async fn rescue(
        &self,
        text: &str,
        since_ms: i64,
        cancel: &CancellationToken,
    ) -> Result<Option<(super::provider::Charged, Result<Piece, Outcome>)>, Outcome> {
        let spoken = self.spoken(text);
        let attempt = self.begin(&spoken, cancel)?;
        let line = Line { text: &spoken.text, language: &self.language, voice: &self.voice.voice };
        // Without the list of what is taken nothing found could be trusted.
        let taken = self.purse.as_ref().map(|purse| purse.taken(since_ms)).transpose();
        let taken = taken.map_err(|e| Outcome::Refused(e.to_string()))?.unwrap_or_default();
        let looking = self.provider.rescue(line, since_ms, &taken, &attempt);
        let found = tokio::time::timeout(self.patience.deadline, looking).await;
        let found = found.unwrap_or(Err(Outcome::Timeout { after: self.patience.deadline }))?;
        let Some(rescued) = found else { return Ok(None) };
        let piece = self.listen(text, spoken, rescued.raw, cancel).await;
        Ok(Some((rescued.charged, piece)))
    }

    /// Is it the sentence, spoken? Decoded to its end, judged, trimmed.
    async fn listen(&self, text: &str, spoken: Spoken, raw: Raw, cancel: &CancellationToken) -> Result<Piece, Outcome> {
        let samples =
            decode::decode_all(self.profile.toolbox(), &raw.file, cancel).await.map_err(|error| match error {
                DecodeError::Bad(bad) => Outcome::InvalidAudio(bad),
                DecodeError::Tool(tool) => tool.into(),
            })?;
        let (language, text) = (self.language.clone(), text.to_owned());
        // Listening is work for a processor, not for the thread that serves everybody.
        let listened = tokio::task::spawn_blocking(move || {
            check::judge(&Heard::of(&samples), &spoken.text, &language, Strictness::Engine)?;
            let words = match &raw.words {
                Some(times) => {
                    let ms = samples.len() as u64 * 1000 / u64::from(VOICE_RATE);
                    check::judge_words(times, spoken.tokens(), u32::try_from(ms).unwrap_or(u32::MAX))?;
                    Some(spoken.written(&text.split_whitespace().collect::<Vec<_>>(), times))
                }
                None => None,
            };
            Ok(join::trim(&samples, words))
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
