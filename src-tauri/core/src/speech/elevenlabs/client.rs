//! Talking to ElevenLabs: one key, one base address, one connection pool. The key is in a header that is marked
//! sensitive, so it is in no log and no error.

use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderValue};
use reqwest::{Client as Http, Method, RequestBuilder, Response};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use tokio_util::sync::CancellationToken;

use super::errors;
use crate::speech::check::BadAudio;
use crate::speech::provider::Outcome;

/// Where it is.
const BASE: &str = "https://api.elevenlabs.io";
/// An answer larger than this is none.
const MOST_BYTES: usize = 96 << 20;

/// A way to one account.
#[derive(Clone)]
pub(super) struct Client {
    http: Http,
    base: String,
    key: SecretString,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("base", &self.base).finish_non_exhaustive()
    }
}

impl Client {
    pub(super) fn new(base: Option<&str>, key: SecretString) -> Result<Self, Outcome> {
        let http = Http::builder()
            .connect_timeout(Duration::from_secs(15))
            // A redirect would carry the key elsewhere.
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|e| Outcome::Network(plain(&e)))?;
        Ok(Self { http, base: base.unwrap_or(BASE).trim_end_matches('/').to_owned(), key })
    }

    pub(super) fn request(&self, method: Method, path: &str) -> Result<RequestBuilder, Outcome> {
        let mut key = HeaderValue::from_str(self.key.expose_secret().trim())
            .map_err(|_| Outcome::Auth("the key has characters that no key has".into()))?;
        key.set_sensitive(true);
        Ok(self.http.request(method, format!("{}{path}", self.base)).header("xi-api-key", key))
    }

    /// Asks for something that costs nothing and is read as JSON.
    pub(super) async fn get<T: DeserializeOwned>(
        &self,
        path: &str,
        query: &[(&str, String)],
        cancel: &CancellationToken,
    ) -> Result<T, Outcome> {
        let request = self.request(Method::GET, path)?.query(query).timeout(Duration::from_secs(30));
        let work = async {
            let answer = request.send().await.map_err(|e| Outcome::Network(plain(&e)))?;
            let answer = accepted(answer, 0).await.map_err(|refusal| refusal.outcome)?;
            let body = body(answer).await?;
            serde_json::from_slice(&body).map_err(|e| Outcome::Refused(format!("its answer cannot be read ({e})")))
        };
        tokio::select! {
            biased;
            () = cancel.cancelled() => Err(Outcome::Cancelled),
            done = work => done,
        }
    }
}

/// The answer, when it is a good one.
pub(super) async fn accepted(answer: Response, sent: usize) -> Result<Response, errors::Refusal> {
    let status = answer.status();
    if status.is_success() {
        return Ok(answer);
    }
    let after = header(answer.headers(), "retry-after").and_then(|v| v.parse().ok()).map(Duration::from_secs);
    // A refusal whose text is cut short is still a refusal.
    let text = body(answer).await.map(|b| String::from_utf8_lossy(&b).into_owned()).unwrap_or_default();
    Err(errors::read(status.as_u16(), after, &text, sent))
}

/// The whole body.
pub(super) async fn body(mut answer: Response) -> Result<Vec<u8>, Outcome> {
    let mut all = Vec::new();
    loop {
        match answer.chunk().await {
            Ok(Some(piece)) if all.len() + piece.len() <= MOST_BYTES => all.extend_from_slice(&piece),
            Ok(Some(_)) => return Err(undecodable("its answer is far too long")),
            Ok(None) => return Ok(all),
            Err(_) => return Err(Outcome::Truncated),
        }
    }
}

pub(super) fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|v| v.to_str().ok())
}

pub(super) fn undecodable(says: impl Into<String>) -> Outcome {
    Outcome::InvalidAudio(BadAudio::Undecodable { says: says.into() })
}

/// An error without its address: what is asked for is nobody's business.
pub(super) fn plain(error: &reqwest::Error) -> String {
    let mut says = String::from(if error.is_timeout() {
        "it took too long"
    } else if error.is_connect() {
        "no connection"
    } else {
        "the connection broke"
    });
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        if cause.source().is_none() {
            says = format!("{says} ({cause})");
        }
        source = cause.source();
    }
    says
}
