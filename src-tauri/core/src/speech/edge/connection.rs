//! One connection to Edge's read-aloud service: the headers it wants, the token of the minute, and the answer to its end.

use std::time::{Duration, SystemTime};

use edge_tts_rust::{Boundary, build_ssml, generate_sec_ms_gec, normalize_voice, speech_config_message};
use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use super::frames::{self, Frame, Timed};
use crate::speech::provider::Outcome;

/// Where it is.
const BASE: &str = "wss://speech.platform.bing.com/consumer/speech/synthesize/readaloud";
/// What every copy of the browser sends.
const TOKEN: &str = "6A5AA1D4EAFF4E9FB37E23D68491D6F4";
/// Version 2 of the token, the only one that is taken.
const TOKEN_VERSION: &str = "2-143.0.3650.75";
const BROWSER: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
                       Chrome/143.0.0.0 Safari/537.36 Edg/143.0.0.0";
/// MP3 of constant rate, so that bytes are time.
pub(super) const FORMAT: &str = "audio-24khz-48kbitrate-mono-mp3";

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// What one request gave.
#[derive(Debug, Default)]
pub(super) struct Answer {
    pub(super) sound: Vec<u8>,
    pub(super) words: Vec<Timed>,
}

fn hex(upper: bool) -> Result<String, Outcome> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|e| Outcome::Network(format!("no random numbers: {e}")))?;
    Ok(bytes.iter().map(|b| if upper { format!("{b:02X}") } else { format!("{b:02x}") }).collect())
}

/// Connects. The service tells a wrong clock by refusing; its answer says what the time is, so it is asked once more.
pub(super) async fn connect(base: Option<&str>) -> Result<Socket, Outcome> {
    let now = SystemTime::now();
    match handshake(base, now).await {
        Err(Refused::Clock(Some(time))) => match handshake(base, time).await {
            Ok(socket) => Ok(socket),
            Err(Refused::Clock(_)) => Err(Outcome::Auth("the service does not let this program in (403)".into())),
            Err(Refused::Other(outcome)) => Err(outcome),
        },
        Err(Refused::Clock(None)) => Err(Outcome::Auth("the service does not let this program in (403)".into())),
        Err(Refused::Other(outcome)) => Err(outcome),
        Ok(socket) => Ok(socket),
    }
}

enum Refused {
    /// 403, with the time at the service.
    Clock(Option<SystemTime>),
    Other(Outcome),
}

async fn handshake(base: Option<&str>, now: SystemTime) -> Result<Socket, Refused> {
    let other = |outcome: Outcome| Refused::Other(outcome);
    let base = base.unwrap_or(BASE).trim_end_matches('/');
    // A person names a proxy by the address of its page.
    let base = match base.split_once("://") {
        Some(("http", rest)) => format!("ws://{rest}"),
        Some(("https", rest)) => format!("wss://{rest}"),
        _ => base.to_owned(),
    };
    let url = format!(
        "{base}/edge/v1?TrustedClientToken={TOKEN}&ConnectionId={}&Sec-MS-GEC={}&Sec-MS-GEC-Version={TOKEN_VERSION}",
        hex(false).map_err(other)?,
        generate_sec_ms_gec(now),
    );
    let bad = |e: String| Refused::Other(Outcome::Network(e));
    let mut request = url.into_client_request().map_err(|e| bad(e.to_string()))?;
    let cookie = format!("muid={};", hex(true).map_err(other)?);
    for (name, value) in [
        ("Pragma", "no-cache"),
        ("Cache-Control", "no-cache"),
        ("Origin", "chrome-extension://jdiccldimpdaibmpdkjnbmckianbfold"),
        ("User-Agent", BROWSER),
        ("Accept-Language", "en-US,en;q=0.9"),
        ("Cookie", cookie.as_str()),
    ] {
        request.headers_mut().insert(name, HeaderValue::from_str(value).map_err(|e| bad(e.to_string()))?);
    }
    match tokio_tungstenite::connect_async(request).await {
        Ok((socket, _)) => Ok(socket),
        Err(Error::Http(answer)) => {
            let status = answer.status().as_u16();
            let date = answer.headers().get("date").and_then(|v| v.to_str().ok());
            Err(match status {
                403 => Refused::Clock(date.and_then(at)),
                429 => other(Outcome::RateLimited { after: None }),
                _ => other(Outcome::Unavailable(format!("HTTP {status}"))),
            })
        }
        Err(error) => Err(bad(error.to_string())),
    }
}

/// "Tue, 24 Nov 2026 18:00:00 GMT".
fn at(date: &str) -> Option<SystemTime> {
    let time = jiff::fmt::rfc2822::parse(date).ok()?;
    let seconds = u64::try_from(time.timestamp().as_second()).ok()?;
    Some(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
}

/// Has one part of a text spoken. `before` is how many bytes of sound the parts before it gave.
pub(super) async fn speak(base: Option<&str>, voice: &str, part: &str, before: usize) -> Result<Answer, Outcome> {
    let voice = normalize_voice(voice).map_err(|e| Outcome::Refused(e.to_string()))?;
    let mut socket = connect(base).await?;
    let lost = |e: Error| Outcome::Lost(e.to_string());
    let config = speech_config_message(Boundary::Word, FORMAT);
    let stamp = config.lines().find_map(|l| l.strip_prefix("X-Timestamp:")).unwrap_or_default().to_owned();
    socket.send(Message::text(config)).await.map_err(lost)?;
    let ssml = format!(
        "X-RequestId:{}\r\nContent-Type:application/ssml+xml\r\nX-Timestamp:{stamp}Z\r\nPath:ssml\r\n\r\n{}",
        hex(false)?,
        build_ssml(&voice, "+0%", "+0%", "+0Hz", part)
    );
    socket.send(Message::text(ssml)).await.map_err(lost)?;
    let mut answer = Answer::default();
    loop {
        let frame = match socket.next().await {
            Some(Ok(Message::Text(text))) => frames::text(&text, before)?,
            Some(Ok(Message::Binary(bytes))) => frames::binary(&bytes)?,
            Some(Ok(Message::Close(_))) | None => return Err(Outcome::Truncated),
            Some(Ok(_)) => Frame::Nothing,
            Some(Err(Error::ConnectionClosed | Error::Protocol(_))) => return Err(Outcome::Truncated),
            Some(Err(error)) => return Err(lost(error)),
        };
        match frame {
            Frame::Nothing => {}
            Frame::Words(words) => answer.words.extend(words),
            Frame::Sound(sound) => answer.sound.extend(sound),
            Frame::End => break,
        }
    }
    if let Err(error) = socket.close(None).await {
        tracing::debug!(%error, "the other side had closed already");
    }
    if answer.sound.is_empty() {
        // A turn without sound is how it refuses a voice; in a later part it would be a hole.
        return Err(Outcome::Truncated);
    }
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_an_answer_is_read() {
        let time = at("Tue, 24 Nov 2026 18:00:00 GMT").unwrap();
        assert_eq!(time.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs(), 1_795_543_200);
        assert!(at("soon").is_none());
    }

    #[tokio::test]
    async fn a_secure_address_without_a_secure_server_is_only_unreachable() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = tokio::spawn(async move { drop(listener.accept().await) });
        let error = connect(Some(&format!("https://127.0.0.1:{port}"))).await.unwrap_err();
        assert!(matches!(error, Outcome::Network(_)), "{error}");
        server.await.unwrap();
    }
}
