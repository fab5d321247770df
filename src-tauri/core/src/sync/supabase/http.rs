//! The way to one project: one connection pool, deadlines, and what its answers mean. A refusal is read from the code in
//! its JSON; the HTTP status counts only where there is none, for servers differ in it.

use std::time::Duration;

use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::address::Address;
use super::call::{Body, Call};
use crate::sync::remote::RemoteError;

/// A connection that is not there by then will not come.
const CONNECT: Duration = Duration::from_secs(15);
/// A server that is silent for longer is gone.
const SILENCE: Duration = Duration::from_secs(30);
/// A whole call that is no file: however slowly it trickles, it ends.
const WHOLE: Duration = Duration::from_secs(120);
/// The first of the waits between two tries.
const FIRST_WAIT: Duration = Duration::from_millis(500);
/// A piece of a file goes the slow way of a home's connection, so it has more time.
const PIECE: u32 = 5;
/// An answer that is no file is never larger, bytes.
const MOST_BYTES: usize = 64 << 20;

/// How long a server is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// Between two pieces of an answer.
    pub silence: Duration,
    /// For a whole call that is no file.
    pub whole: Duration,
    /// Before a piece of a file is tried again; twice as long each time.
    pub first_wait: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { silence: SILENCE, whole: WHOLE, first_wait: FIRST_WAIT }
    }
}

/// A way to one project.
#[derive(Debug, Clone)]
pub(super) struct Http {
    client: Client,
    address: Address,
    patience: Patience,
}

/// An answer that is no refusal.
pub(super) struct Answer {
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

/// A server said no, or what answered is none.
#[derive(Debug)]
pub(super) struct Refusal {
    /// The code in the JSON; "" when there is none.
    pub(super) code: String,
    pub(super) status: u16,
    pub(super) error: RemoteError,
}

impl From<RemoteError> for Refusal {
    fn from(error: RemoteError) -> Self {
        Self { code: String::new(), status: 0, error }
    }
}

impl From<Refusal> for RemoteError {
    fn from(refusal: Refusal) -> Self {
        refusal.error
    }
}

impl Http {
    pub(super) fn new(address: Address, patience: Patience) -> Result<Self, RemoteError> {
        let client = Client::builder()
            .connect_timeout(CONNECT)
            .read_timeout(patience.silence)
            // A redirect would carry the session elsewhere; who signs in first at a hotel's page is told so.
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| RemoteError::Offline { why: plain(&error) })?;
        Ok(Self { client, address, patience })
    }

    pub(super) fn first_wait(&self) -> Duration {
        self.patience.first_wait
    }

    fn request(&self, call: Call, token: Option<&SecretString>) -> RequestBuilder {
        let mut request = self
            .client
            .request(call.method, format!("{}{}", self.address.url(), call.path))
            .header("apikey", self.address.key())
            .headers(call.headers);
        if let Some(token) = token
            && let Ok(mut bearer) = HeaderValue::from_str(&format!("Bearer {}", token.expose_secret()))
        {
            bearer.set_sensitive(true);
            request = request.header(AUTHORIZATION, bearer);
        }
        match call.body {
            Body::None => request,
            Body::Json(json) => request.json(&json),
            Body::Bytes(bytes) => request.body(bytes),
        }
    }

    /// Makes a call whose answer is read whole.
    pub(super) async fn send(&self, call: Call, token: Option<&SecretString>) -> Result<Answer, Refusal> {
        let Patience { whole, .. } = self.patience;
        let whole = if matches!(call.body, Body::Bytes(_)) { whole * PIECE } else { whole };
        let request = self.request(call, token).timeout(whole);
        let answer = request.send().await.map_err(|error| RemoteError::Offline { why: plain(&error) })?;
        let answer = accepted(answer).await?;
        let headers = answer.headers().clone();
        Ok(Answer { headers, body: body(answer).await? })
    }

    /// Makes a call whose answer is JSON.
    pub(super) async fn json(&self, call: Call, token: Option<&SecretString>) -> Result<Value, Refusal> {
        let answer = self.send(call, token).await?;
        // The page of a hotel's network comes with a good status, too.
        serde_json::from_slice(&answer.body).map_err(|_| RemoteError::NotOurs.into())
    }

    /// Makes a call whose answer is a file, read piece by piece: only silence ends it.
    pub(super) async fn open(&self, call: Call, token: Option<&SecretString>) -> Result<Response, Refusal> {
        let request = self.request(call, token);
        let answer = request.send().await.map_err(|error| RemoteError::Offline { why: plain(&error) })?;
        accepted(answer).await
    }
}

/// The answer, when it is a good one.
async fn accepted(answer: Response) -> Result<Response, Refusal> {
    let status = answer.status();
    if status.is_success() {
        return Ok(answer);
    }
    let retry_after = answer.headers().get("retry-after").and_then(|v| v.to_str().ok()?.parse().ok());
    let says = body(answer).await.unwrap_or_default();
    Err(refusal(status, retry_after.map(Duration::from_secs), &says))
}

async fn body(mut answer: Response) -> Result<Vec<u8>, RemoteError> {
    let mut all = Vec::new();
    loop {
        match answer.chunk().await {
            Ok(Some(piece)) if all.len() + piece.len() <= MOST_BYTES => all.extend_from_slice(&piece),
            Ok(Some(_)) => return Err(RemoteError::Trouble { why: "its answer is far too long".into() }),
            Ok(None) => return Ok(all),
            Err(error) if error.is_timeout() => return Err(RemoteError::Offline { why: plain(&error) }),
            Err(_) => return Err(RemoteError::Trouble { why: "its answer broke off".into() }),
        }
    }
}

/// What a refusal means. REST says `code` and `message`, sign-in `error_code` and `msg`, storage `error` and `message`.
fn refusal(status: StatusCode, retry_after: Option<Duration>, body: &[u8]) -> Refusal {
    let json: Option<Value> = serde_json::from_slice(body).ok().filter(Value::is_object);
    let field = |names: &[&str]| {
        let json = json.as_ref()?;
        names.iter().find_map(|name| json[*name].as_str()).map(str::to_owned)
    };
    let code = field(&["error_code", "code", "error"]).unwrap_or_default();
    let said = field(&["message", "msg", "error_description"]).unwrap_or_else(|| format!("HTTP {}", status.as_u16()));
    let why: String = said.chars().filter(|c| !c.is_control()).take(300).collect();
    let number = status.as_u16();
    let error = match code.as_str() {
        "over_request_rate_limit" | "over_email_send_rate_limit" => RemoteError::TooMany { retry_after },
        "invalid_credentials"
        | "bad_jwt"
        | "no_authorization"
        | "session_not_found"
        | "session_expired"
        | "refresh_token_not_found"
        | "refresh_token_already_used"
        | "user_banned"
        | "user_not_found"
        | "email_not_confirmed"
        | "InvalidJWT"
        | "invalid_grant" => RemoteError::SignIn { why },
        // Storage says this of a token that ran out, and of a file that is somebody else's.
        "Unauthorized" if number != 400 || why.contains("JWT") || why.contains("exp") => RemoteError::SignIn { why },
        "" => return Refusal { code, status: number, error: of_status(number, retry_after, json.is_some(), why) },
        _ if number == 429 => RemoteError::TooMany { retry_after },
        _ if looks_like_sql(&code) || code.starts_with("PGRST") => RemoteError::of_code(&code, why),
        _ if number >= 500 => RemoteError::Trouble { why },
        _ => RemoteError::Refused { code: code.clone(), why },
    };
    Refusal { code, status: number, error }
}

/// Five capital letters and digits: an SQLSTATE.
fn looks_like_sql(code: &str) -> bool {
    code.len() == 5 && code.chars().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase())
}

/// What a refusal without a code means.
fn of_status(status: u16, retry_after: Option<Duration>, json: bool, why: String) -> RemoteError {
    match status {
        429 => RemoteError::TooMany { retry_after },
        401 | 403 if json => RemoteError::SignIn { why },
        // A paused project answers so.
        540 => RemoteError::Refused { code: "540".into(), why: "the project is paused or was deleted".into() },
        // Sign in to the network first.
        300..=399 | 511 => RemoteError::NotOurs,
        408 | 425 | 500..=599 => RemoteError::Trouble { why },
        404 if json => RemoteError::Refused { code: "404".into(), why },
        // Whatever speaks for the server without its words is not the server.
        _ if !json => RemoteError::NotOurs,
        _ => RemoteError::Refused { code: status.to_string(), why },
    }
}

/// An error without its address: a person's project is nobody's business.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(status: u16, body: &str) -> RemoteError {
        refusal(StatusCode::from_u16(status).unwrap(), Some(Duration::from_secs(7)), body.as_bytes()).error
    }

    #[test]
    fn a_refusal_is_what_its_code_says_whatever_its_status() {
        for (status, body) in [
            (401, r#"{"code":"PGRST303","message":"JWT expired"}"#),
            (400, r#"{"code":"PGRST301","message":"x"}"#),
            (403, r#"{"code":"42501","message":"permission denied for function push"}"#),
            (401, r#"{"code":"42501","message":"permission denied for function push"}"#),
            (400, r#"{"code":400,"error_code":"invalid_credentials","msg":"Invalid login credentials"}"#),
            (400, r#"{"code":400,"error_code":"refresh_token_already_used","msg":"x"}"#),
            (400, r#"{"statusCode":"403","error":"Unauthorized","message":"\"exp\" claim timestamp check failed"}"#),
            (401, r#"{"message":"No API key found"}"#),
        ] {
            assert!(matches!(read(status, body), RemoteError::SignIn { .. }), "{status} {body}");
        }
        for status in [401, 403] {
            let body = r#"{"code":"42501","message":"no such profile of yours"}"#;
            assert_eq!(read(status, body), RemoteError::NotYours, "signing in again would not help");
        }
        for status in [400, 426, 500] {
            assert_eq!(read(status, r#"{"code":"P0426","message":"x"}"#), RemoteError::DeviceOlder);
        }
        assert!(matches!(read(404, r#"{"code":"PGRST202","message":"x"}"#), RemoteError::ServerOlder { .. }));
        assert!(matches!(read(500, r#"{"code":"57P01","message":"x"}"#), RemoteError::Trouble { .. }));
        assert!(matches!(
            read(404, r#"{"statusCode":"404","error":"not_found","message":"x"}"#),
            RemoteError::Refused { .. }
        ));
    }

    #[test]
    fn without_a_code_the_status_decides_and_a_page_is_not_the_server() {
        let waits = RemoteError::TooMany { retry_after: Some(Duration::from_secs(7)) };
        assert_eq!(read(429, "slow down"), waits);
        assert_eq!(read(429, r#"{"code":429,"error_code":"over_request_rate_limit","msg":"x"}"#), waits);
        assert!(matches!(read(502, "<html>Bad gateway</html>"), RemoteError::Trouble { .. }));
        for status in [302, 404, 403, 511] {
            assert_eq!(read(status, "<html>Welcome to the hotel</html>"), RemoteError::NotOurs, "{status}");
        }
        assert!(matches!(read(540, ""), RemoteError::Refused { code, .. } if code == "540"));
    }
}
