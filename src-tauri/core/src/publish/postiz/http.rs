//! The way to one workspace: deadlines, the key in its header, and what its answers mean.
//!
//! Every request has a connection of its own: few are made, and one that is sent over a connection which the other end is
//! just closing leaves a doubt that costs more than a new one.

use std::time::Duration;

use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue, RETRY_AFTER};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::PostizError;

/// A connection that is not there by then will not come.
const CONNECT: Duration = Duration::from_secs(15);
/// No answer is larger, bytes: a year of posts is less.
const MOST_BYTES: usize = 32 << 20;
/// So much of what a server says is repeated to a person, characters.
const SAID: usize = 300;
/// No pause that a server asks for is believed to be longer.
const LONGEST_PAUSE: Duration = Duration::from_secs(24 * 60 * 60);

/// How long Postiz is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// For a whole call that is no file.
    pub answer: Duration,
    /// For an upload on which nothing moves.
    pub stall: Duration,
    /// From the last byte of an upload until it is answered: the other end may pass the file on before it does.
    pub stored: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { answer: Duration::from_secs(60), stall: Duration::from_secs(60), stored: Duration::from_secs(300) }
    }
}

/// A way to one workspace.
#[derive(Clone)]
pub(super) struct Http {
    client: Client,
    base: String,
    key: SecretString,
    pub(super) patience: Patience,
}

impl std::fmt::Debug for Http {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Http").field("base", &self.base).field("patience", &self.patience).finish_non_exhaustive()
    }
}

impl Http {
    pub(super) fn new(base: String, key: SecretString, patience: Patience) -> Result<Self, PostizError> {
        let client = Client::builder()
            .connect_timeout(CONNECT)
            // A redirect would carry the key elsewhere.
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .pool_max_idle_per_host(0)
            .user_agent(concat!("edit-factory/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| PostizError::Unreachable { why: plain(&error) })?;
        Ok(Self { client, base, key, patience })
    }

    /// A request with the key, which Postiz wants without "Bearer".
    pub(super) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, format!("{}/{path}", self.base));
        match HeaderValue::from_str(self.key.expose_secret()) {
            Ok(mut key) => {
                key.set_sensitive(true);
                request.header(AUTHORIZATION, key)
            }
            // A key is one word of ASCII before it is stored; one that is not goes nowhere, and Postiz says 401.
            Err(_) => request,
        }
    }

    /// Makes a call whose answer is small and comes soon.
    pub(super) async fn json<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, PostizError> {
        let bytes = self.send(request.timeout(self.patience.answer)).await?;
        read(&bytes)
    }

    /// Makes a call, however long it takes, and reads its answer.
    pub(super) async fn send(&self, request: RequestBuilder) -> Result<Vec<u8>, PostizError> {
        let answer = request.send().await.map_err(|error| {
            let why = plain(&error);
            if error.is_connect() || error.is_builder() {
                PostizError::Unreachable { why }
            } else {
                PostizError::Lost { why }
            }
        })?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        if status.is_success() {
            return body(answer).await;
        }
        // What it says besides its status helps, but nothing depends on it.
        let says = body(answer).await.unwrap_or_default();
        Err(self.refusal(status, &headers, &says))
    }

    fn refusal(&self, status: StatusCode, headers: &HeaderMap, body: &[u8]) -> PostizError {
        let json: Option<Value> = serde_json::from_slice(body).ok().filter(Value::is_object);
        let says = json.as_ref().map(said).unwrap_or_default();
        match status.as_u16() {
            401 => PostizError::KeyRefused,
            403 => PostizError::Forbidden,
            // What has no JSON to say for itself, or does not know the path at all, is not this API.
            404 | 405 if json.is_none() || says.starts_with("Cannot ") => PostizError::Address(self.base.clone()),
            404 | 410 => PostizError::NotThere,
            413 => PostizError::TooLarge,
            429 => PostizError::TooMany { retry_after: pause(headers) },
            status @ (408 | 500..=599) => PostizError::Trouble { status },
            status => PostizError::Refused { status, says: self.without_key(&says) },
        }
    }

    /// A server may repeat what it was given.
    fn without_key(&self, says: &str) -> String {
        says.replace(self.key.expose_secret(), "…").chars().filter(|c| !c.is_control()).take(SAID).collect()
    }
}

/// Reads an answer with a good status.
pub(super) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, PostizError> {
    // What serde says of a mismatch names kinds and places, and no content.
    serde_json::from_slice(bytes).map_err(|error| PostizError::Unreadable { why: error.to_string() })
}

async fn body(mut answer: Response) -> Result<Vec<u8>, PostizError> {
    let mut all = Vec::new();
    loop {
        match answer.chunk().await {
            Ok(Some(piece)) if all.len() + piece.len() <= MOST_BYTES => all.extend_from_slice(&piece),
            Ok(Some(_)) => return Err(PostizError::Unreadable { why: "it is far too long".into() }),
            Ok(None) => return Ok(all),
            Err(error) => return Err(PostizError::Lost { why: plain(&error) }),
        }
    }
}

/// What a refusal says: one sentence, several of them in a list, or under another name.
fn said(json: &Value) -> String {
    let words = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(all) => {
            let all: Vec<&str> = all.iter().filter_map(Value::as_str).collect();
            (!all.is_empty()).then(|| all.join("; "))
        }
        _ => None,
    };
    ["message", "msg", "error"].iter().find_map(|name| words(&json[*name])).unwrap_or_default()
}

/// The pause a server asks for: seconds, or a moment.
fn pause(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let wait = match text.parse::<u64>() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => {
            let until = jiff::fmt::rfc2822::parse(text).ok()?.timestamp().as_millisecond();
            Duration::from_millis(u64::try_from(until - crate::time::now_ms()).unwrap_or(0))
        }
    };
    Some(wait.min(LONGEST_PAUSE))
}

/// An error without its address.
fn plain(error: &reqwest::Error) -> String {
    let what = if error.is_timeout() {
        "it took too long"
    } else if error.is_connect() {
        "no connection"
    } else {
        "the connection broke"
    };
    let mut cause = std::error::Error::source(error);
    while let Some(deeper) = cause.and_then(std::error::Error::source) {
        cause = Some(deeper);
    }
    cause.map_or_else(|| what.to_owned(), |cause| format!("{what}: {cause}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(status: u16, body: &str) -> PostizError {
        let key = "pos_planted-0123456789".to_owned().into();
        let http = Http::new("http://127.0.0.1:1/public/v1".into(), key, Patience::default()).unwrap();
        http.refusal(StatusCode::from_u16(status).unwrap(), &HeaderMap::new(), body.as_bytes())
    }

    #[test]
    fn a_refusal_is_what_its_status_says_in_whatever_words() {
        let says = |status, body| match refused(status, body) {
            PostizError::Refused { says, .. } => says,
            other => panic!("{other:?}"),
        };
        assert_eq!(
            says(400, r#"{"statusCode":400,"message":["a is bad","b is bad"],"error":"x"}"#),
            "a is bad; b is bad"
        );
        assert_eq!(says(400, r#"{"msg":"No such thing"}"#), "No such thing");
        assert_eq!(says(422, "<html>"), "");
        assert_eq!(says(302, ""), "");
        assert!(matches!(refused(401, r#"{"msg":"Invalid API key"}"#), PostizError::KeyRefused));
        assert!(matches!(refused(404, r#"{"message":"No such account"}"#), PostizError::NotThere));
        for (status, body) in [(404, "<html>"), (404, r#"{"message":"Cannot GET /public/v1/groups"}"#), (405, "")] {
            assert!(matches!(refused(status, body), PostizError::Address(_)), "{status} {body}");
        }
        for status in [408, 500, 502, 520] {
            assert!(matches!(refused(status, "<html>"), PostizError::Trouble { .. }), "{status}");
        }
    }

    #[test]
    fn a_server_that_repeats_the_key_does_not_get_it_shown() {
        let error = refused(400, r#"{"message":"pos_planted-0123456789 is not allowed"}"#);
        assert!(!format!("{error} {error:?}").contains("planted"), "{error:?}");
    }

    #[test]
    fn a_pause_is_read_as_seconds_and_as_a_moment() {
        let of = |text: &str| pause(&[(RETRY_AFTER, HeaderValue::from_str(text).unwrap())].into_iter().collect());
        assert_eq!(of("7"), Some(Duration::from_secs(7)));
        assert_eq!(of("Wed, 21 Oct 2015 07:28:00 GMT"), Some(Duration::ZERO));
        assert_eq!(of("999999999"), Some(LONGEST_PAUSE));
        assert_eq!(of("soon"), None);
        assert_eq!(pause(&HeaderMap::new()), None);
    }
}
