//! A copy of ElevenLabs on this machine.

use std::sync::{Arc, Mutex};

use base64::Engine as _;
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};

use super::http::{self, Ending};
use super::sound::{Kind, Sounds, seconds};
use super::{Asked, Request};

/// The only key it takes.
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

#[derive(Debug)]
struct State {
    fault: Mutex<Fault>,
    /// The fault holds from this request to speak on, counted from 1.
    from: Mutex<usize>,
    asked: Asked,
    sounds: Arc<Sounds>,
    history: Mutex<Vec<(String, String)>>,
}

/// The copy, running until it is dropped.
#[derive(Debug)]
pub struct ElevenLabs {
    /// Where it is.
    pub url: String,
    /// What it was asked.
    pub asked: Asked,
    state: Arc<State>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for ElevenLabs {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl ElevenLabs {
    /// Starts it.
    ///
    /// # Panics
    /// When there is no port.
    pub async fn start(sounds: &Arc<Sounds>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Asked::default();
        let state = Arc::new(State {
            fault: Mutex::new(Fault::None),
            from: Mutex::new(1),
            asked: asked.clone(),
            sounds: sounds.clone(),
            history: Mutex::default(),
        });
        let serving = state.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let state = serving.clone();
                tokio::spawn(async move { state.serve(stream).await });
            }
        });
        Self { url, asked, state, task }
    }

    /// Fails like this from the next request on.
    ///
    /// # Panics
    /// Never.
    pub fn fail(&self, fault: Fault) {
        self.fail_from(1, fault);
    }

    /// Fails like this from the so many-th request to speak on.
    ///
    /// # Panics
    /// Never.
    pub fn fail_from(&self, from: usize, fault: Fault) {
        *self.state.fault.lock().unwrap() = fault;
        *self.state.from.lock().unwrap() = from + self.spoken();
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
        if request.header("xi-api-key") != Some(KEY) {
            let body = json(&json!({"detail": {"status": "invalid_api_key", "message": "Invalid API key"}}));
            return http::answer(&mut stream, 401, &[], &body, Ending::Whole).await;
        }
        let body = if request.what.starts_with("POST /v1/text-to-speech/") {
            return self.speak(&mut stream, &request).await;
        } else if request.what.starts_with("GET /v1/user/subscription") {
            json!({"tier": "creator", "character_count": 16_880, "character_limit": 100_000,
                   "next_character_count_reset_unix": 1_900_000_000})
        } else if request.what.starts_with("GET /v2/voices") {
            let second = request.what.contains("next_page_token=two");
            let (id, name) = if second { ("voicetwo", "Two") } else { ("voiceone", "One") };
            json!({"voices": [{"voice_id": id, "name": name, "labels": {"gender": "female"}}],
                   "next_page_token": if second { Value::Null } else { json!("two") }})
        } else if request.what.starts_with("GET /v1/models") {
            json!([{"model_id": "eleven_multilingual_v2", "model_rates": {"character_cost_multiplier": 1.0}}])
        } else if request.what.contains("/audio") {
            let id = request.what.split('/').nth(3).unwrap_or_default().to_owned();
            let text = self.history.lock().unwrap().iter().find(|(have, _)| *have == id).map(|(_, t)| t.clone());
            let sound = self.sound(&text.unwrap(), Kind::Speech).await;
            return http::answer(&mut stream, 200, &[("content-type", "audio/mpeg".into())], &sound, Ending::Whole)
                .await;
        } else {
            let history = self.history.lock().unwrap().clone();
            let items: Vec<Value> = history
                .iter()
                .map(|(id, text)| {
                    json!({"history_item_id": id, "request_id": format!("req-{id}"), "text": text, "date_unix": 0,
                           "character_count_change_from": 100, "character_count_change_to": 100 + text.chars().count()})
                })
                .collect();
            json!({ "history": items })
        };
        http::answer(&mut stream, 200, &[("content-type", "application/json".into())], &json(&body), Ending::Whole)
            .await;
    }

    async fn sound(&self, text: &str, kind: Kind) -> Vec<u8> {
        let (sounds, text) = (self.sounds.clone(), text.to_owned());
        tokio::task::spawn_blocking(move || sounds.mp3(&text, kind, RATE)).await.unwrap()
    }

    async fn speak(&self, stream: &mut TcpStream, request: &Request) {
        let order: Value = serde_json::from_str(&request.body).unwrap();
        let text = order["text"].as_str().unwrap().to_owned();
        let number = self.asked.with("POST /v1/text-to-speech/").len();
        let on = number >= *self.from.lock().unwrap();
        let fault = if on { *self.fault.lock().unwrap() } else { Fault::None };
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
                    self.history.lock().unwrap().push((format!("h{number}"), text));
                }
                // Until the other side has had enough.
                let mut byte = [0];
                drop(tokio::io::AsyncReadExt::read(stream, &mut byte).await);
                return;
            }
            _ => {}
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
            headers.push(("character-cost", text.chars().count().to_string()));
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
