//! A copy of ElevenLabs on this machine.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use serde_json::{Value, json};
use tokio::net::TcpStream;

use super::history::History;
use super::http::{self, Ending};
use super::server::{Faults, Server};
use super::sound::{Kind, Sounds, seconds};
use super::{Asked, Request};

/// The key it takes.
pub const KEY: &str = "sk_fake_0123456789abcdef_x9Kd";
const RATE: u32 = 44_100;

/// One way in which it fails; the first is that it does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Speaks well.
    None,
    /// 401 with `quota_exceeded`, in the older shape.
    QuotaOld,
    /// 401 with `quota_exceeded`, in the newer shape.
    Quota,
    /// 401 with `invalid_api_key`.
    BadKey,
    /// 429 `rate_limit_exceeded`, again and again.
    Storm,
    /// 429 `too_many_concurrent_requests`.
    Concurrent,
    /// 400 `max_character_limit_exceeded`.
    TooLong,
    /// 422 with a list.
    List,
    /// 422 with a plain string.
    Plain,
    /// 404 `voice_not_found`.
    NoVoice,
    /// 503 with a reason.
    Busy,
    /// 502 with the page of something in between.
    Gateway,
    /// Never answers; nothing is charged and nothing is in the history.
    Hang,
    /// Speaks, charges, and never answers: it is in the history.
    HangCharged,
    /// Half of the answer, its length told.
    Cut,
    /// Half of the answer, its length untold.
    CutSilently,
    /// 200 with a page.
    Html,
    /// 200 with silence.
    Silence,
    /// 200 with noise.
    Noise,
    /// 200 with a third of the sound.
    Third,
    /// 200 with another text.
    Other,
    /// 200 with times for half of the words.
    HalfTimed,
    /// 200 without the header that says what it cost.
    NoCost,
    /// 200 without times.
    Untimed,
}

impl Fault {
    /// All that must not be accepted.
    pub const BAD: [Self; 20] = [
        Self::QuotaOld,
        Self::Quota,
        Self::BadKey,
        Self::Storm,
        Self::Concurrent,
        Self::TooLong,
        Self::List,
        Self::Plain,
        Self::NoVoice,
        Self::Busy,
        Self::Gateway,
        Self::Hang,
        Self::Cut,
        Self::CutSilently,
        Self::Html,
        Self::Silence,
        Self::Noise,
        Self::Third,
        Self::Other,
        Self::HalfTimed,
    ];
}

/// Whose a key is.
#[derive(Debug, Clone, Default)]
struct Account {
    /// Every text that is spoken with the key has this in it.
    mark: String,
    /// Characters that were charged to it.
    charged: u64,
}

#[derive(Debug)]
struct State {
    faults: Faults<Fault>,
    asked: Asked,
    sounds: Arc<Sounds>,
    accounts: Mutex<BTreeMap<String, Account>>,
    /// Texts that came with a key that is not theirs.
    mixed_up: Mutex<Vec<String>>,
    multipliers: Mutex<BTreeMap<String, f64>>,
    history: Mutex<History>,
}

/// The copy, running until it is dropped.
#[derive(Debug)]
pub struct ElevenLabs {
    /// Where it is.
    pub url: String,
    /// What it was asked.
    pub asked: Asked,
    state: Arc<State>,
    _server: Server,
}

impl ElevenLabs {
    /// Starts it. It takes [`KEY`].
    ///
    /// # Panics
    /// When there is no port.
    pub async fn start(sounds: &Arc<Sounds>) -> Self {
        let asked = Asked::default();
        let state = Arc::new(State {
            faults: Faults::none(Fault::None),
            asked: asked.clone(),
            sounds: sounds.clone(),
            accounts: Mutex::new([(KEY.to_owned(), Account::default())].into()),
            mixed_up: Mutex::default(),
            multipliers: Mutex::new([("eleven_multilingual_v2".to_owned(), 1.0)].into()),
            history: Mutex::default(),
        });
        let serving = state.clone();
        let server = Server::start(move |stream| {
            let state = serving.clone();
            async move { state.serve(stream).await }
        });
        let server = server.await;
        Self { url: format!("http://{}", server.address), asked, state, _server: server }
    }

    /// Takes this key, too; every text that comes with it must have the mark in it.
    ///
    /// # Panics
    /// Never.
    pub fn admit(&self, key: &str, mark: &str) {
        let account = Account { mark: mark.to_owned(), charged: 0 };
        self.state.accounts.lock().unwrap().insert(key.to_owned(), account);
    }

    /// What was charged to a key.
    ///
    /// # Panics
    /// When it takes no such key.
    #[must_use]
    pub fn charged(&self, key: &str) -> u64 {
        self.state.accounts.lock().unwrap()[key].charged
    }

    /// Texts that came with a key that is not theirs.
    ///
    /// # Panics
    /// Never.
    #[must_use]
    pub fn mixed_up(&self) -> Vec<String> {
        self.state.mixed_up.lock().unwrap().clone()
    }

    /// Bills so many characters for one of a text with this model from now on.
    ///
    /// # Panics
    /// Never.
    pub fn bill(&self, model: &str, multiplier: f64) {
        self.state.multipliers.lock().unwrap().insert(model.to_owned(), multiplier);
    }

    /// What was spoken lately, as it shows it.
    ///
    /// # Panics
    /// Never.
    pub fn history<T>(&self, change: impl FnOnce(&mut History) -> T) -> T {
        change(&mut self.state.history.lock().unwrap())
    }

    /// Fails like this from the next request on.
    pub fn fail(&self, fault: Fault) {
        self.fail_from(1, fault);
    }

    /// Fails like this from the so many-th request to speak on.
    pub fn fail_from(&self, from: usize, fault: Fault) {
        let from = from + self.spoken();
        self.state.faults.by(move |number| if number >= from { fault } else { Fault::None });
    }

    /// The so many-th request to speak meets this fault.
    pub fn fail_by(&self, which: impl Fn(usize) -> Fault + Send + 'static) {
        self.state.faults.by(which);
    }

    /// How often it was asked to speak.
    #[must_use]
    pub fn spoken(&self) -> usize {
        self.asked.with("POST /v1/text-to-speech/").len()
    }
}

impl State {
    async fn serve(&self, mut stream: TcpStream) {
        let Some(request) = http::read(&mut stream).await else { return };
        self.asked.push(request.clone());
        let json = |value: &Value| value.to_string().into_bytes();
        let headers = [("content-type", "application/json".to_owned())];
        let key = request.header("xi-api-key").unwrap_or_default().to_owned();
        if !self.accounts.lock().unwrap().contains_key(&key) {
            let body = json!({"detail": {"status": "invalid_api_key", "message": "Invalid API key"}});
            return http::answer(&mut stream, 401, &headers, &json(&body), Ending::Whole).await;
        }
        let path = request.what.trim_start_matches("GET ").to_owned();
        let body = if request.what.starts_with("POST /v1/text-to-speech/") {
            return self.speak(&mut stream, &request, &key).await;
        } else if path.starts_with("/v1/user/subscription") {
            json!({"tier": "creator", "character_count": 16_880, "character_limit": 100_000,
                   "next_character_count_reset_unix": 1_900_000_000})
        } else if path.starts_with("/v1/models") {
            let all = self.multipliers.lock().unwrap();
            let model = |(id, rate): (&String, &f64)| json!({"model_id": id, "model_rates": {"character_cost_multiplier": rate}});
            all.iter().map(model).collect()
        } else if path.starts_with("/v2/voices") {
            json!({"voices": [{"voice_id": "EXAVITQu4vr4xnSDxMaL", "name": "Sarah", "labels": {"language": "en"}}],
                   "has_more": false, "next_page_token": null})
        } else if path.contains("/audio") {
            let id = path.split('/').nth(3).unwrap_or_default().to_owned();
            let text = self.history.lock().unwrap().text(&id);
            let sound = self.sound(&text, Kind::Speech).await;
            let headers = [("content-type", "audio/mpeg".to_owned())];
            return http::answer(&mut stream, 200, &headers, &sound, Ending::Whole).await;
        } else {
            let page = self.history.lock().unwrap().page(&path);
            let Some(page) = page else {
                let body = json!({"detail": {"status": "maintenance", "message": "The fake has no history now."}});
                return http::answer(&mut stream, 503, &headers, &json(&body), Ending::Whole).await;
            };
            page
        };
        http::answer(&mut stream, 200, &headers, &json(&body), Ending::Whole).await;
    }

    /// Charges a text to a key, and gives how much that is.
    fn charge(&self, key: &str, model: &str, text: &str) -> u64 {
        let multiplier = self.multipliers.lock().unwrap().get(model).copied().unwrap_or(1.0);
        let cost = (text.chars().count() as f64 * multiplier).ceil() as u64;
        let mut accounts = self.accounts.lock().unwrap();
        let account = accounts.get_mut(key).unwrap();
        if !text.contains(&account.mark) {
            self.mixed_up.lock().unwrap().push(text.to_owned());
        }
        account.charged += cost;
        cost
    }

    async fn sound(&self, text: &str, kind: Kind) -> Vec<u8> {
        let (sounds, text) = (self.sounds.clone(), text.to_owned());
        tokio::task::spawn_blocking(move || sounds.mp3(&text, kind, RATE)).await.unwrap()
    }

    async fn speak(&self, stream: &mut TcpStream, request: &Request, key: &str) {
        let order: Value = serde_json::from_str(&request.body).unwrap();
        let text = order["text"].as_str().unwrap().to_owned();
        let number = self.asked.with("POST /v1/text-to-speech/").len();
        let model = order["model_id"].as_str().unwrap();
        let fault = self.faults.of(number);
        let detail = |name: &str, code: &str| json!({"detail": {name: code, "message": "The fake says no."}});
        let refusal = match fault {
            Fault::QuotaOld => Some((401, detail("status", "quota_exceeded"))),
            Fault::Quota => Some((401, detail("code", "quota_exceeded"))),
            Fault::BadKey => Some((401, detail("status", "invalid_api_key"))),
            Fault::Storm => Some((429, detail("code", "rate_limit_exceeded"))),
            Fault::Concurrent => Some((429, detail("status", "too_many_concurrent_requests"))),
            Fault::TooLong => Some((400, detail("status", "max_character_limit_exceeded"))),
            Fault::List => Some((422, json!({"detail": [{"loc": ["body"], "msg": "field required"}]}))),
            Fault::Plain => Some((422, json!({"detail": "Unprocessable"}))),
            Fault::NoVoice => Some((404, detail("status", "voice_not_found"))),
            Fault::Busy => Some((503, detail("status", "maintenance"))),
            _ => None,
        };
        if let Some((status, body)) = refusal {
            let headers = [("content-type", "application/json".to_owned())];
            return http::answer(stream, status, &headers, body.to_string().as_bytes(), Ending::Whole).await;
        }
        let page = [("content-type", "text/html".to_owned())];
        match fault {
            Fault::Gateway => {
                return http::answer(stream, 502, &page, b"<html>Bad gateway</html>", Ending::Whole).await;
            }
            Fault::Html => return http::answer(stream, 200, &page, b"<html>Sign in</html>", Ending::Whole).await,
            Fault::HangCharged | Fault::Hang => {
                if fault == Fault::HangCharged {
                    let cost = self.charge(key, model, &text);
                    self.history.lock().unwrap().remember(&format!("req-{number}"), &text, cost);
                }
                // Until the other side has had enough.
                let mut byte = [0];
                drop(tokio::io::AsyncReadExt::read(stream, &mut byte).await);
                return;
            }
            _ => {}
        }
        let cost = self.charge(key, model, &text);
        // What others made wrong of it is not found there as speech.
        if matches!(fault, Fault::None | Fault::NoCost | Fault::Untimed) {
            self.history.lock().unwrap().remember(&format!("req-{number}"), &text, cost);
        }
        let kind = match fault {
            Fault::Silence => Kind::Silence,
            Fault::Noise => Kind::Noise,
            Fault::Third => Kind::Third,
            Fault::Other => Kind::Other,
            _ => Kind::Speech,
        };
        let sound = self.sound(&text, kind).await;
        let alignment = match fault {
            Fault::Untimed => Value::Null,
            Fault::HalfTimed => aligned(&text.chars().take(text.chars().count() / 2).collect::<String>(), &sound),
            _ => aligned(&text, &sound),
        };
        let body = json!({
            "audio_base64": base64::engine::general_purpose::STANDARD.encode(&sound),
            "alignment": alignment,
            "normalized_alignment": null,
        });
        let mut headers =
            vec![("content-type", "application/json".to_owned()), ("request-id", format!("req-{number}"))];
        if fault != Fault::NoCost {
            headers.push(("character-cost", cost.to_string()));
        }
        let ending = match fault {
            Fault::Cut => Ending::Cut,
            Fault::CutSilently => Ending::CutSilently,
            _ => Ending::Whole,
        };
        http::answer(stream, 200, &headers, body.to_string().as_bytes(), ending).await;
    }
}

/// The characters of a text, spread evenly over a sound.
fn aligned(text: &str, sound: &[u8]) -> Value {
    let characters: Vec<String> = text.chars().map(String::from).collect();
    let step = (seconds(sound, RATE) - 0.35).max(0.1) / characters.len().max(1) as f64;
    let starts: Vec<f64> = (0..characters.len()).map(|i| i as f64 * step).collect();
    let ends: Vec<f64> = (1..=characters.len()).map(|i| i as f64 * step).collect();
    json!({"characters": characters, "character_start_times_seconds": starts, "character_end_times_seconds": ends})
}
