//! ElevenLabs: paid voices over HTTP, with the time of every character.
//!
//! The key of the profile goes into one header and nowhere else. What is not here: money (the purse of `speak` reserves
//! before and settles after, from what an attempt notes on its meter), and when to try again.

mod client;
mod errors;
mod times;
mod wire;

use base64::Engine as _;
use secrecy::SecretString;
use serde_json::json;

use self::client::{Client, accepted, body, header, plain, undecodable};
pub use self::wire::Subscription;
use crate::profile::Profile;
use crate::profile::media::MediaError;
use crate::speech::provider::{
    Attempt, Charged, Line, Meter, Outcome, Probing, Provider, Raw, Rescued, Rescuing, Speaking,
};
use crate::speech::voices::VoiceInfo;
use crate::speech::words::VoiceId;
use tokio_util::sync::CancellationToken;

/// The provider's name.
pub const NAME: &str = "elevenlabs";
/// The model when none is chosen: many languages, Romanian too.
pub const MODEL: &str = "eleven_multilingual_v2";
/// The voice when none is chosen ("Sarah"): every account has it, and it speaks every language of the model.
pub const VOICE: &str = "EXAVITQu4vr4xnSDxMaL";
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

    /// How many of the plan's characters one character costs with this model, as the provider says.
    ///
    /// # Errors
    /// The outcome of asking.
    pub async fn multiplier(&self, cancel: &CancellationToken) -> Result<Option<f64>, Outcome> {
        let models: Vec<wire::Model> = self.client.get("/v1/models", &[], cancel).await?;
        let found = models.into_iter().find(|m| m.model_id == self.model);
        Ok(found.and_then(|m| m.model_rates).map(|r| r.character_cost_multiplier))
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

    /// What was spoken with this voice since then and has this text.
    async fn past(
        &self,
        line: Line<'_>,
        since_ms: i64,
        cancel: &CancellationToken,
    ) -> Result<Option<wire::Past>, Outcome> {
        let since = since_ms / 1000;
        let query = [
            ("voice_id", line.voice.to_owned()),
            ("date_after_unix", since.saturating_sub(2).to_string()),
            ("page_size", "100".to_owned()),
        ];
        let found: wire::History = self.client.get("/v1/history", &query, cancel).await?;
        let sent = sent(line.text);
        let same = |past: &wire::Past| {
            past.text.as_deref() == Some(sent.as_str()) && (past.date_unix == 0 || past.date_unix >= since - 2)
        };
        Ok(found.history.into_iter().find(same))
    }

    /// Looks in the history for a call of which only the hash of its text is known (`what` of the ledger): what it cost,
    /// or `None` when it is not there.
    ///
    /// # Errors
    /// The outcome of asking.
    pub async fn look_up(
        &self,
        what: &str,
        since_ms: i64,
        cancel: &CancellationToken,
    ) -> Result<Option<Charged>, Outcome> {
        let since = (since_ms / 1000).saturating_sub(2).to_string();
        let query = [("date_after_unix", since), ("page_size", "1000".to_owned())];
        let found: wire::History = self.client.get("/v1/history", &query, cancel).await?;
        let is_it = |past: &wire::Past| {
            past.text.as_deref().is_some_and(|text| blake3::hash(text.as_bytes()).to_hex().as_str() == what)
        };
        let past = found.history.into_iter().find(is_it);
        Ok(past.map(|past| Charged { characters: past.characters(), request_id: past.request_id }))
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
        Box::pin(async move {
            tokio::select! {
                biased;
                () = attempt.cancel().cancelled() => Err(Outcome::Cancelled),
                done = self.ask(line, attempt) => done,
            }
        })
    }

    fn probe<'a>(&'a self, attempt: &'a Attempt) -> Probing<'a> {
        Box::pin(async move { self.subscription(attempt.cancel()).await.map(drop) })
    }

    fn rescue<'a>(&'a self, line: Line<'a>, since_ms: i64, attempt: &'a Attempt) -> Rescuing<'a> {
        Box::pin(async move {
            let Some(past) = self.past(line, since_ms, attempt.cancel()).await? else { return Ok(None) };
            let charged = Charged { characters: past.characters(), request_id: past.request_id.clone() };
            let path = format!("/v1/history/{}/audio", segment(&past.history_item_id));
            let fetch = async {
                let request = self.client.request(reqwest::Method::GET, &path)?;
                let answer = request.send().await.map_err(|e| Outcome::Network(plain(&e)))?;
                let answer = accepted(answer, 0).await.map_err(|refusal| refusal.outcome)?;
                body(answer).await
            };
            let sound = tokio::select! {
                biased;
                () = attempt.cancel().cancelled() => Err(Outcome::Cancelled),
                done = fetch => done,
            };
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

/// What the plan of this profile's account has left; `None` when it has no key. Costs nothing.
///
/// # Errors
/// [`SpeechError`](crate::speech::SpeechError) when the keyring does not answer; the outcome of asking beside it.
pub async fn subscription(
    profile: &Profile,
    cancel: &CancellationToken,
) -> Result<Option<Result<Subscription, Outcome>>, crate::speech::SpeechError> {
    let of_profile = profile.clone();
    let Some(there) = tokio::task::spawn_blocking(move || of(&of_profile, None)).await?? else { return Ok(None) };
    Ok(Some(there.subscription(cancel).await))
}
