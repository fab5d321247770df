//! A copy of Edge's read-aloud service on this machine.

use std::sync::Arc;

use futures_util::{SinkExt, StreamExt};
use serde_json::json;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request as Handshake, Response};

use super::server::{Faults, Server};
use super::sound::{Kind, Sounds, seconds};
use super::{Asked, Request};

const RATE: u32 = 24_000;

/// One way in which it fails; the first is that it does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Speaks well.
    None,
    /// Refuses the first time and tells the time; then lets in.
    Skew,
    /// Refuses always.
    Forbidden,
    /// Closes in the middle of the sound, politely.
    EarlyClose,
    /// Drops the connection in the middle of the sound.
    Drop,
    /// Ends the turn of the second part without a sound.
    SecondSilent,
    /// Never answers.
    Hang,
    /// Times sentences instead of words.
    Sentences,
    /// Sends silence.
    Silence,
    /// Sends noise.
    Noise,
    /// Sends a third of the sound and ends the turn as if it were all.
    Third,
    /// Says another text.
    Other,
    /// Ends the turn without any sound.
    Mute,
    /// 500 instead of a handshake.
    Broken,
}

impl Fault {
    /// All that must not be accepted, whatever the text.
    pub const BAD: [Self; 11] = [
        Self::Forbidden,
        Self::EarlyClose,
        Self::Drop,
        Self::Hang,
        Self::Sentences,
        Self::Silence,
        Self::Noise,
        Self::Third,
        Self::Other,
        Self::Mute,
        Self::Broken,
    ];
}

#[derive(Debug)]
struct State {
    faults: Faults<Fault>,
    asked: Asked,
    sounds: Arc<Sounds>,
}

/// The copy, running until it is dropped.
#[derive(Debug)]
pub struct Edge {
    /// Where it is.
    pub url: String,
    /// What it was asked: each handshake, and each text to speak ("speak").
    pub asked: Asked,
    state: Arc<State>,
    _server: Server,
}

impl Edge {
    /// Starts it.
    ///
    /// # Panics
    /// When there is no port.
    pub async fn start(sounds: &Arc<Sounds>) -> Self {
        let (faults, asked) = (Faults::none(Fault::None), Asked::default());
        let state = Arc::new(State { faults, asked: asked.clone(), sounds: sounds.clone() });
        let serving = state.clone();
        let server = Server::start(move |stream| {
            let state = serving.clone();
            async move { state.serve(stream).await }
        });
        let server = server.await;
        Self { url: format!("ws://{}", server.address), asked, state, _server: server }
    }

    /// Fails like this from the next request on.
    pub fn fail(&self, fault: Fault) {
        self.fail_from(1, fault);
    }

    /// Fails like this from the so many-th text on; a handshake fails at once.
    pub fn fail_from(&self, from: usize, fault: Fault) {
        let from = from + self.spoken();
        self.state.faults.by(move |number| if number >= from { fault } else { Fault::None });
    }

    /// How many texts it was given.
    #[must_use]
    pub fn spoken(&self) -> usize {
        self.asked.with("speak").len()
    }
}

impl State {
    async fn serve(&self, stream: TcpStream) {
        let fault = self.faults.of(usize::MAX);
        #[allow(clippy::result_large_err, reason = "the shape that the library wants")]
        let greet = |request: &Handshake, response: Response| {
            let headers = request.headers().iter();
            let headers =
                headers.map(|(n, v)| (n.to_string(), String::from_utf8_lossy(v.as_bytes()).into_owned())).collect();
            let what = format!("GET {}", request.uri());
            let number = self.asked.push(Request { what, headers, body: String::new() });
            let refuse = |status: u16| {
                let mut no = ErrorResponse::new(None);
                *no.status_mut() = tokio_tungstenite::tungstenite::http::StatusCode::from_u16(status).unwrap();
                no.headers_mut().insert("date", "Tue, 24 Nov 2026 18:00:00 GMT".parse().unwrap());
                no
            };
            match fault {
                Fault::Forbidden => Err(refuse(403)),
                Fault::Skew if number == 1 => Err(refuse(403)),
                Fault::Broken => Err(refuse(500)),
                _ => Ok(response),
            }
        };
        let Ok(mut socket) = tokio_tungstenite::accept_hdr_async(stream, greet).await else { return };
        let mut ssml = None;
        while let Some(Ok(message)) = socket.next().await {
            let Message::Text(text) = message else { continue };
            if text.contains("Path:speech.config") {
                assert!(text.contains(r#""wordBoundaryEnabled":"true""#), "it asks for the times of words: {text}");
            } else if text.contains("Path:ssml") {
                ssml = Some(text.to_string());
                break;
            }
        }
        let Some(ssml) = ssml else { return };
        let number = {
            self.asked.push(Request { what: "speak".into(), headers: Vec::new(), body: ssml.clone() });
            self.asked.with("speak").len()
        };
        let fault = self.faults.of(number);
        let text = inner(&ssml);
        if fault == Fault::Hang {
            while let Some(Ok(_)) = socket.next().await {}
            return;
        }
        let kind = match fault {
            Fault::Silence => Kind::Silence,
            Fault::Noise => Kind::Noise,
            Fault::Third => Kind::Third,
            Fault::Other => Kind::Other,
            _ => Kind::Speech,
        };
        let sound = {
            let (sounds, text) = (self.sounds.clone(), text.clone());
            tokio::task::spawn_blocking(move || sounds.mp3(&text, kind, RATE)).await.unwrap()
        };
        let mute = fault == Fault::Mute || (fault == Fault::SecondSilent && number.is_multiple_of(2));
        let mut frames = vec![Message::text("X-RequestId:1\r\nPath:turn.start\r\n\r\n{}")];
        if !mute {
            frames.push(Message::text(metadata(&text, &sound, fault == Fault::Sentences)));
            let pieces: Vec<&[u8]> = sound.chunks(1440).collect();
            let most = match fault {
                Fault::EarlyClose | Fault::Drop => pieces.len() / 2,
                _ => pieces.len(),
            };
            frames.extend(pieces[..most].iter().map(|p| audio("Content-Type:audio/mpeg\r\nPath:audio\r\n", p)));
        }
        if !matches!(fault, Fault::EarlyClose | Fault::Drop) {
            frames.push(audio("Path:audio\r\n", &[]));
            frames.push(Message::text("X-RequestId:1\r\nPath:turn.end\r\n\r\n{}"));
        }
        for frame in frames {
            if socket.send(frame).await.is_err() {
                return;
            }
        }
        if fault != Fault::Drop {
            drop(socket.close(None).await);
            while let Some(Ok(_)) = socket.next().await {}
        }
    }
}

fn audio(headers: &str, sound: &[u8]) -> Message {
    let mut frame = u16::try_from(headers.len()).unwrap().to_be_bytes().to_vec();
    frame.extend(headers.as_bytes());
    frame.extend(sound);
    Message::binary(frame)
}

/// The text inside the markup.
fn inner(ssml: &str) -> String {
    let start = ssml.find("<prosody").unwrap();
    let from = start + ssml[start..].find('>').unwrap() + 1;
    let to = ssml.find("</prosody>").unwrap();
    let text = ssml[from..to].replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&apos;", "'").replace("&amp;", "&")
}

/// Every word with its time, spread evenly, without the signs around it, as the service gives them.
fn metadata(text: &str, sound: &[u8], sentences: bool) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let ticks = (seconds(sound, RATE) - 0.35).max(0.1) * 10_000_000.0 / words.len().max(1) as f64;
    let kind = if sentences { "SentenceBoundary" } else { "WordBoundary" };
    let item = |(i, word): (usize, &&str)| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        json!({"Type": kind, "Data": {"Offset": (i as f64 * ticks) as u64, "Duration": (ticks * 0.9) as u64,
               "text": {"Text": word, "Length": word.len(), "BoundaryType": kind}}})
    };
    let items: Vec<_> = if sentences { vec![item((0, &text))] } else { words.iter().enumerate().map(item).collect() };
    let body = json!({ "Metadata": items });
    format!("X-RequestId:1\r\nContent-Type:application/json; charset=utf-8\r\nPath:audio.metadata\r\n\r\n{body}")
}
