//! A server of one profile's files for one session of a window, on this machine only.
//!
//! Web views play videos over HTTP and nothing else (a scheme of our own has no player on Linux). So each session gets
//! a server: 127.0.0.1, a port the system chooses, a token that is part of every address, GET and HEAD with ranges,
//! files of the session's profile and no others. When it is dropped, every connection ends and the token is worth
//! nothing.
//!
//! What is not here: which file an address means; that is in `wanted`.

mod wanted;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use http_body_util::{Either, Empty};
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_util::sync::{CancellationToken, DropGuard};
use tower_http::services::ServeFile;
use tower_http::services::fs::ServeFileSystemResponseBody;
use tracing::Instrument;

use crate::error::{Code, Explain};
use crate::profile::Profile;

/// Why the server did not start.
#[derive(Debug, thiserror::Error)]
pub enum MediaServerError {
    /// No port was given.
    #[error(
        "Videos and pictures cannot be shown, because this program may not open a port on this machine: {0}. A firewall \
         or security program may forbid it."
    )]
    Port(#[from] io::Error),
    /// No token could be made.
    #[error("Videos and pictures cannot be shown, because the system gave no random number: {0}.")]
    Random(#[from] getrandom::Error),
}

impl Explain for MediaServerError {
    fn code(&self) -> Code {
        Code::Internal
    }
}

/// Where pages of the window come from, as browsers name it: on Linux and macOS, and on Windows.
const ORIGINS: [&str; 3] = ["tauri://localhost", "http://tauri.localhost", "https://tauri.localhost"];

/// The server of one session. It ends when this is dropped.
#[derive(Debug)]
pub struct MediaServer {
    address: String,
    _stop: DropGuard,
}

impl MediaServer {
    /// Starts serving this profile's files. Must be called inside a tokio runtime.
    ///
    /// # Errors
    /// [`MediaServerError`].
    pub async fn start(profile: &Profile) -> Result<Self, MediaServerError> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let place = listener.local_addr()?;
        let token = token()?;
        let address = format!("http://{place}/{token}");
        let door = Arc::new(Door { profile: profile.clone(), place, token: blake3::hash(token.as_bytes()) });
        let stop = CancellationToken::new();
        tokio::spawn(serve(listener, door, stop.clone()).instrument(profile.span()));
        Ok(Self { address, _stop: stop.drop_guard() })
    }

    /// Where the files are: "http://127.0.0.1:PORT/TOKEN", without a slash at the end.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }
}

/// 128 random bits.
fn token() -> Result<String, getrandom::Error> {
    let mut bits = [0_u8; 16];
    getrandom::fill(&mut bits)?;
    Ok(format!("{:032x}", u128::from_be_bytes(bits)))
}

/// Takes connections until it is told to stop; then drops them, whatever they are sending.
async fn serve(listener: TcpListener, door: Arc<Door>, stop: CancellationToken) {
    let mut connections = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            () = stop.cancelled() => return,
            Some(ended) = connections.join_next(), if !connections.is_empty() => {
                if let Err(error) = ended {
                    tracing::error!(%error, "a connection to the media server ended badly");
                }
                continue;
            }
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, _)) => {
                let door = door.clone();
                let answer = service_fn(move |request| {
                    let door = door.clone();
                    async move { door.answer(request).await }
                });
                connections.spawn(async move {
                    let served = hyper::server::conn::http1::Builder::new();
                    // A player that seeks hangs up in the middle of an answer all the time.
                    if let Err(error) = served.serve_connection(TokioIo::new(stream), answer).await {
                        tracing::trace!(%error, "a connection to the media server was cut");
                    }
                });
            }
            // Out of file handles, most likely: the next one may go through.
            Err(error) => tracing::warn!(%error, "the media server could not take a connection"),
        }
    }
}

type Body = Either<ServeFileSystemResponseBody, Empty<Bytes>>;

struct Door {
    profile: Profile,
    place: SocketAddr,
    // Hashed, because comparing hashes takes the same time however much of a guess is right.
    token: blake3::Hash,
}

impl Door {
    async fn answer(&self, request: Request<Incoming>) -> io::Result<Response<Body>> {
        let origin = request.headers().get(header::ORIGIN).cloned();
        let mut response = match self.file(request).await {
            Ok(response) => response?,
            Err(status) => empty(status),
        };
        let headers = response.headers_mut();
        // A brand's footage must not lie about in the web view's cache after the session.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        headers.insert(header::VARY, HeaderValue::from_static("origin"));
        if let Some(origin) = origin.filter(|origin| ORIGINS.iter().any(|ours| origin == ours)) {
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            for (name, value) in CROSS_ORIGIN {
                headers.insert(name, HeaderValue::from_static(value));
            }
        }
        Ok(response)
    }

    async fn file(&self, request: Request<Incoming>) -> Result<io::Result<Response<Body>>, StatusCode> {
        // A page elsewhere may have its name resolved to this machine; it cannot send our number as the host.
        let host = request.headers().get(header::HOST);
        if host.is_none_or(|host| host.as_bytes() != self.place.to_string().as_bytes()) {
            return Err(StatusCode::FORBIDDEN);
        }
        let path = request.uri().path().to_owned();
        let (token, wanted) = path.strip_prefix('/').and_then(|path| path.split_once('/')).unwrap_or_default();
        if blake3::hash(token.as_bytes()) != self.token {
            return Err(StatusCode::FORBIDDEN);
        }
        if request.method() == Method::OPTIONS {
            return Err(StatusCode::NO_CONTENT);
        }
        if ![Method::GET, Method::HEAD].contains(request.method()) {
            return Err(StatusCode::METHOD_NOT_ALLOWED);
        }
        let (profile, wanted) = (self.profile.clone(), wanted.to_owned());
        let found = tokio::task::spawn_blocking(move || wanted::file(&profile, &wanted)).await;
        let file = found.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?.ok_or(StatusCode::NOT_FOUND)?;
        let answer = ServeFile::new(file).try_call(request).await;
        Ok(answer.map(|response| response.map(Either::Left)))
    }
}

/// What a page of ours may do with an answer.
const CROSS_ORIGIN: [(HeaderName, &str); 4] = [
    (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD"),
    (header::ACCESS_CONTROL_ALLOW_HEADERS, "range"),
    (header::ACCESS_CONTROL_EXPOSE_HEADERS, "content-length, content-range, accept-ranges"),
    (header::ACCESS_CONTROL_MAX_AGE, "600"),
];

fn empty(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Either::Right(Empty::new()));
    *response.status_mut() = status;
    response
}

#[cfg(test)]
mod tests;
