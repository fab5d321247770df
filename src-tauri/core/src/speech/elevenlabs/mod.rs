//! ElevenLabs: paid voices over HTTP, with the time of every character.
//!
//! The key of the profile goes into one header and nowhere else. What is not here: money (the purse of `speak` reserves
//! before and settles after, from what an attempt notes on its meter), and when to try again.

mod client;
mod errors;
mod times;
mod wire;

use std::collections::{BTreeMap, HashSet};

use base64::Engine as _;
use secrecy::SecretString;
use serde_json::json;

use self::client::{Client, accepted, body, header, plain, undecodable};
pub use self::wire::Subscription;
use crate::budget::{CLOCKS_APART_MS, Looked, PastCall};
use crate::profile::Profile;
use crate::profile::media::MediaError;
use crate::speech::provider::{
    Attempt, Charged, Line, Meter, Outcome, Probing, Provider, Rating, Raw, Rescued, Rescuing, Speaking,
};
use crate::speech::voices::VoiceInfo;
use crate::speech::words::VoiceId;
use tokio_util::sync::CancellationToken;

/// The provider's name.
pub const NAME: &str = "elevenlabs";
/// The model when none is chosen: many languages, Romanian too.
pub const MODEL: &str = "eleven_multilingual_v2";
/// The voice when none is chosen: one of the provider's own ("Sarah", "Bella" in older lists), by its published id. Its
/// own voices are meant for every account and speak every language of the model, but the provider has retired some before:
/// an account without it answers 404, the chain steps down and says so, and another one is chosen in the voice chain.
pub const VOICE: &str = "EXAVITQu4vr4xnSDxMaL";
/// The most entries of the history that one page may have.
const PAGE: &str = "1000";
/// A hundred thousand calls since an unknown one: more than that is no history of this program.
const MOST_PAGES: usize = 100;
/// Works on every plan.
const FORMAT: &str = "mp3_44100_128";

/// The most characters one request may have.
fn longest(model: &str) -> usize {
    match model {
        m if m.contains("flash_v2_5") || m.contains("turbo_v2_5") => 40_000,
        m if m.contains("flash_v2") || m.contains("turbo_v2") => 30_000,
        m if m.starts_with("eleven_v3") => 5_000,
        _ => 10_000,
    }
}

/// ElevenLabs with the key of one profile.
#[derive(Debug)]
pub struct ElevenLabs {
    client: Client,
    model: String,
}

impl ElevenLabs {
    /// With this key and model; `base` replaces the real address.
    ///
    /// # Errors
    /// [`Outcome::Network`] when the machine cannot make secure connections.
    pub fn new(base: Option<&str>, key: SecretString, model: Option<&str>) -> Result<Self, Outcome> {
        Ok(Self { client: Client::new(base, key)?, model: model.unwrap_or(MODEL).to_owned() })
    }

    /// What the account's plan has left.
    ///
    /// # Errors
    /// The outcome of asking.
    pub async fn subscription(&self, cancel: &CancellationToken) -> Result<Subscription, Outcome> {
        self.client.get("/v1/user/subscription", &[], cancel).await
    }

    /// How many of the plan's characters one character costs with each model, as the provider says.
    ///
    /// # Errors
    /// The outcome of asking.
    pub async fn multipliers(&self, cancel: &CancellationToken) -> Result<BTreeMap<String, f64>, Outcome> {
        let models: Vec<wire::Model> = self.client.get("/v1/models", &[], cancel).await?;
        let rate = |m: wire::Model| Some((m.model_id, m.model_rates?.character_cost_multiplier));
        Ok(models.into_iter().filter_map(rate).collect())
    }

    /// The voices of the account.
    ///
    /// # Errors
    /// The outcome of asking.
    pub async fn voices(&self, cancel: &CancellationToken) -> Result<Vec<VoiceInfo>, Outcome> {
        let mut all = Vec::new();
        let mut next: Option<String> = None;
        // Ten pages are a thousand voices; more than that nobody scrolls through.
        for _ in 0..10 {
            let mut query = vec![("page_size", "100".to_owned())];
            query.extend(next.take().map(|token| ("next_page_token", token)));
            let page: wire::Voices = self.client.get("/v2/voices", &query, cancel).await?;
            all.extend(page.voices.into_iter().map(info));
            next = page.next_page_token.filter(|token| !token.is_empty());
            if next.is_none() {
                break;
            }
        }
        Ok(all)
    }

    /// The history since then (UTC seconds), page by page to its end: all of it, or an error. What is missing from a part
    /// of it proves nothing.
    async fn history(
        &self,
        voice: Option<&str>,
        since: i64,
        cancel: &CancellationToken,
    ) -> Result<Vec<wire::Past>, Outcome> {
        let mut all = Vec::new();
        let mut after: Option<String> = None;
        let mut seen = HashSet::new();
        for _ in 0..MOST_PAGES {
            let mut query = vec![("date_after_unix", since.to_string()), ("page_size", PAGE.to_owned())];
            query.extend(voice.map(|voice| ("voice_id", voice.to_owned())));
            query.extend(after.take().map(|id| ("start_after_history_item_id", id)));
            let page: wire::History = self.client.get("/v1/history", &query, cancel).await?;
            let last = page.last_history_item_id.or_else(|| page.history.last().map(|p| p.history_item_id.clone()));
            all.extend(page.history);
            if !page.has_more {
                return Ok(all);
            }
            match last {
                Some(last) if seen.insert(last.clone()) => after = Some(last),
                _ => return Err(Outcome::Refused("its history goes round in a circle".into())),
            }
        }
        Err(Outcome::Refused("its history is too long to be read to its end".into()))
    }

    /// What was spoken with this voice since then, has this text, and stands for no other call.
    async fn past(
        &self,
        line: Line<'_>,
        since_ms: i64,
        taken: &HashSet<String>,
        cancel: &CancellationToken,
    ) -> Result<Option<wire::Past>, Outcome> {
        let since = (since_ms / 1000).saturating_sub(2);
        let sent = sent(line.text);
        let same = |past: &wire::Past| {
            past.text.as_deref() == Some(sent.as_str())
                && (past.date_unix == 0 || past.date_unix >= since)
                && !past.names().iter().any(|name| taken.contains(name))
        };
        Ok(self.history(Some(line.voice), since, cancel).await?.into_iter().find(same))
    }

    /// The history for calls that were sent since then (UTC milliseconds) and of which only the hash of their text is
    /// known.
    ///
    /// # Errors
    /// The outcome of asking; then nothing is known of any call.
    pub async fn look_up(&self, since_ms: i64, cancel: &CancellationToken) -> Result<Looked, Outcome> {
        let (at_ms, from_ms) = (crate::time::now_ms(), since_ms - CLOCKS_APART_MS);
        let call = |past: wire::Past| {
            let what = blake3::hash(past.text.as_deref()?.as_bytes()).to_hex().to_string();
            let (names, characters) = (past.names(), past.characters());
            Some(PastCall { what, names, characters, at_ms: past.date_unix.saturating_mul(1000) })
        };
        let all = self.history(None, from_ms.div_euclid(1000), cancel).await?;
        Ok(Looked { from_ms, at_ms, calls: all.into_iter().filter_map(call).collect() })
    }

    async fn ask(&self, line: Line<'_>, attempt: &Attempt) -> Result<Raw, Outcome> {
        let text = sent(line.text);
        if !text.chars().any(char::is_alphanumeric) {
            return Err(Outcome::BadInput);
        }
        let (found, limit) = (text.chars().count(), longest(&self.model));
        if found > limit {
            return Err(Outcome::TextTooLong { found, limit });
        }
        let mut order = json!({ "text": text, "model_id": self.model });
        // Other models refuse to be told the language.
        if self.model.contains("v2_5") || self.model.starts_with("eleven_v3") {
            let base = line.language.split(['-', '_']).next().unwrap_or(line.language);
            order["language_code"] = json!(base);
        }
        let path = format!("/v1/text-to-speech/{}/with-timestamps", segment(line.voice));
        let request = self.client.request(reqwest::Method::POST, &path)?;
        let request = request.query(&[("output_format", FORMAT)]).json(&order);
        attempt.note(Meter::Sent);
        let answer = request.send().await.map_err(|error| {
            if error.is_connect() || error.is_builder() {
                attempt.note(Meter::Nothing);
                Outcome::Network(plain(&error))
            } else {
                Outcome::Lost(plain(&error))
            }
        })?;
        let answer = accepted(answer, found).await.map_err(|refusal| {
            if refusal.certain {
                attempt.note(Meter::Nothing);
            }
            refusal.outcome
        })?;
        let characters = header(answer.headers(), "character-cost").and_then(|v| v.trim().parse().ok());
        let request_id = header(answer.headers(), "request-id").map(str::to_owned);
        let json = header(answer.headers(), "content-type").is_some_and(|v| v.contains("json"));
        if characters.is_some() {
            attempt.note(Meter::Charged(Charged { characters, request_id: request_id.clone() }));
        }
        if !json {
            return Err(undecodable("its answer is a page for a browser, or something else that is no speech"));
        }
        let bytes = body(answer).await?;
        let timed: wire::Timed = serde_json::from_slice(&bytes).map_err(|error| {
            if error.is_eof() { Outcome::Truncated } else { undecodable("its answer cannot be read") }
        })?;
        // Everything is here, so it was charged, whether it says how much or not.
        attempt.note(Meter::Charged(Charged { characters, request_id }));
        let sound = base64::engine::general_purpose::STANDARD
            .decode(timed.audio_base64.as_bytes())
            .map_err(|_| undecodable("its sound cannot be unpacked"))?;
        let file = write(attempt, &sound)?;
        Ok(Raw { file, words: timed.alignment.and_then(|a| times::words(&a, &text)) })
    }
}

/// The text without what ElevenLabs would take for instructions: tags in angle or square brackets.
fn sent(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '<' => '‹',
            '>' => '›',
            '[' | '{' => '(',
            ']' | '}' => ')',
            c => c,
        })
        .collect()
}

/// A voice's id as a part of an address.
fn segment(voice: &str) -> String {
    percent_encoding::utf8_percent_encode(voice, percent_encoding::NON_ALPHANUMERIC).to_string()
}

fn write(attempt: &Attempt, sound: &[u8]) -> Result<std::path::PathBuf, Outcome> {
    let file = attempt.folder().join("said.mp3");
    std::fs::write(&file, sound).map_err(MediaError::io("written", &file))?;
    Ok(file)
}

fn info(voice: wire::Voice) -> VoiceInfo {
    let label = |name: &str| voice.labels.get(name).and_then(|v| v.as_str()).map(str::to_owned);
    let language = label("language").filter(|l| l.len() <= 3).unwrap_or_else(|| "en".into());
    let kind: Vec<String> = ["gender", "accent"].iter().filter_map(|name| label(name)).collect();
    let name = voice.name.clone().unwrap_or_else(|| voice.voice_id.clone());
    VoiceInfo {
        id: VoiceId { provider: NAME.into(), voice: voice.voice_id.clone() },
        language,
        also: Vec::new(),
        name: if kind.is_empty() { name } else { format!("{name} ({})", kind.join(", ")) },
        installed: true,
        paid: true,
    }
}

impl Provider for ElevenLabs {
    fn name(&self) -> &'static str {
        NAME
    }

    fn fingerprint(&self) -> String {
        format!("{}|{FORMAT}", self.model)
    }

    fn at_once(&self) -> usize {
        // The smallest plan allows two.
        2
    }

    fn paid_model(&self) -> Option<&str> {
        Some(&self.model)
    }

    fn as_sent(&self, text: &str) -> String {
        sent(text)
    }

    fn is_remote(&self) -> bool {
        true
    }

    fn speak<'a>(&'a self, line: Line<'a>, attempt: &'a Attempt) -> Speaking<'a> {
        Box::pin(attempt.unless_cancelled(self.ask(line, attempt)))
    }

    fn probe<'a>(&'a self, attempt: &'a Attempt) -> Probing<'a> {
        Box::pin(async move { self.subscription(attempt.cancel()).await.map(drop) })
    }

    fn rates<'a>(&'a self, cancel: &'a CancellationToken) -> Rating<'a> {
        Box::pin(self.multipliers(cancel))
    }

    fn rescue<'a>(
        &'a self,
        line: Line<'a>,
        since_ms: i64,
        taken: &'a HashSet<String>,
        attempt: &'a Attempt,
    ) -> Rescuing<'a> {
        Box::pin(async move {
            let Some(past) = self.past(line, since_ms, taken, attempt.cancel()).await? else { return Ok(None) };
            let charged = Charged { characters: past.characters(), request_id: past.names().into_iter().next() };
            let path = format!("/v1/history/{}/audio", segment(&past.history_item_id));
            let fetch = async {
                let request = self.client.request(reqwest::Method::GET, &path)?;
                let answer = request.send().await.map_err(|e| Outcome::Network(plain(&e)))?;
                let answer = accepted(answer, 0).await.map_err(|refusal| refusal.outcome)?;
                body(answer).await
            };
            let sound = attempt.unless_cancelled(fetch).await;
            // Found but not to be had: an empty file, which the check refuses; what it cost is known all the same.
            let sound = sound.unwrap_or_default();
            Ok(Some(Rescued { charged, raw: Raw { file: write(attempt, &sound)?, words: None } }))
        })
    }
}

/// ElevenLabs with the key of this profile; `None` when it has none.
///
/// # Errors
/// [`SpeechError`](crate::speech::SpeechError) when the keyring does not answer.
pub fn of(profile: &Profile, model: Option<&str>) -> Result<Option<ElevenLabs>, crate::speech::SpeechError> {
    let Some(key) = crate::credentials::get(profile, NAME)? else { return Ok(None) };
    let made = ElevenLabs::new(profile.endpoint(NAME), key, model);
    made.map(Some).map_err(|outcome| crate::speech::SpeechError::BadInput(outcome.to_string()))
}
