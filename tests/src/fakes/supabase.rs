//! A loopback copy of a hosted project that fails in one of the ways such projects fail. Sign-in works unless it is locked;
//! whatever else is asked meets the fault of its number.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::json;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use super::server::{Faults, Server};
use super::{Asked, Request, http};

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    None,
    /// The page of a hotel's network, with a good status.
    Page,
    /// The same network sends one to its page.
    Redirect,
    /// The first access token ran out; later ones hold.
    Expired,
    /// No token is taken any more.
    Revoked,
    /// Too many requests; wait seven seconds.
    TooMany,
    /// The database has no connection left.
    Trouble,
    /// A page of something in between.
    BadGateway,
    /// Half an answer.
    Cut,
    /// No answer, ever.
    Silent,
    /// A byte now and then, for ever.
    Drip,
    /// The server wants newer devices.
    DeviceOlder,
    /// The server does not know a column.
    ServerOlder,
    /// The server has no such function at all.
    Unprepared,
    /// The project is paused.
    Paused,
    /// There is no such project any more.
    Gone,
    /// JSON, but of something else.
    Strange,
    /// The right answer, inside a string.
    InAString,
}

/// The copy, running until it is dropped.
#[derive(Debug)]
pub struct Project {
    /// Where it is.
    pub url: String,
    /// What it was asked.
    pub asked: Asked,
    state: Arc<State>,
    _server: Server,
}

#[derive(Debug)]
struct State {
    faults: Faults<Fault>,
    asked: AtomicUsize,
    sessions: AtomicUsize,
    locked: AtomicBool,
}

impl Project {
    /// Starts it, with no fault.
    pub async fn start() -> Self {
        let state = Arc::new(State {
            faults: Faults::none(Fault::None),
            asked: AtomicUsize::new(0),
            sessions: AtomicUsize::new(0),
            locked: AtomicBool::new(false),
        });
        let asked = Asked::default();
        let (heard, serving) = (asked.clone(), state.clone());
        let server = Server::start(move |stream| serve(stream, heard.clone(), serving.clone())).await;
        Self { url: format!("http://{}", server.address), asked, state, _server: server }
    }

    /// From now on everything but sign-in meets this.
    pub fn fail(&self, fault: Fault) {
        self.state.faults.by(move |_| fault);
    }

    /// From now on nobody is given a session.
    pub fn lock(&self) {
        self.state.locked.store(true, Ordering::SeqCst);
    }
}

/// An empty page of changes.
fn nothing_new() -> serde_json::Value {
    json!({ "rows": [], "more": false, "cursor": [0, 0, "00000000-0000-0000-0000-000000000000"] })
}

async fn serve(mut stream: TcpStream, asked: Asked, state: Arc<State>) {
    let Some(request) = http::read(&mut stream).await else { return };
    asked.push(request.clone());
    if request.what.contains("/auth/v1/") {
        return sign_in(&mut stream, &state).await;
    }
    let number = state.asked.fetch_add(1, Ordering::SeqCst) + 1;
    let fault = state.faults.of(number);
    match fault {
        Fault::Silent => return std::future::pending().await,
        Fault::Drip => return drip(&mut stream).await,
        _ => {}
    }
    let (status, headers, body) = answer(fault, &request);
    let ending = if fault == Fault::Cut { http::Ending::Cut } else { http::Ending::Whole };
    http::answer(&mut stream, status, &headers, body.as_bytes(), ending).await;
}

async fn sign_in(stream: &mut TcpStream, state: &State) {
    let (status, body) = if state.locked.load(Ordering::SeqCst) {
        let says = "Invalid Refresh Token: Refresh Token Not Found";
        (400, json!({ "code": 400, "error_code": "refresh_token_not_found", "msg": says }))
    } else {
        let number = state.sessions.fetch_add(1, Ordering::SeqCst) + 1;
        let user = json!({ "id": "11111111-1111-4111-8111-111111111111", "email": "ana@example.com" });
        (
            200,
            json!({ "access_token": format!("access-{number}"), "refresh_token": format!("refresh-{number}"),
                    "expires_in": 3600, "user": user }),
        )
    };
    http::answer(stream, status, &[], body.to_string().as_bytes(), http::Ending::Whole).await;
}

fn answer(fault: Fault, request: &Request) -> (u16, Vec<(&'static str, String)>, String) {
    let refused = |status: u16, code: &str, says: &str| {
        (status, Vec::new(), json!({ "code": code, "message": says, "details": null, "hint": null }).to_string())
    };
    let page = |status: u16| (status, Vec::new(), "<html><h1>Welcome to our hotel</h1></html>".to_owned());
    match fault {
        Fault::Expired if request.header("authorization") == Some("Bearer access-1") => {
            refused(401, "PGRST303", "JWT expired")
        }
        Fault::Page => page(200),
        Fault::Redirect => (302, vec![("Location", "http://login.example/".to_owned())], String::new()),
        Fault::Revoked => refused(401, "PGRST301", "JWSError"),
        Fault::TooMany => (429, vec![("Retry-After", "7".to_owned())], "slow down".to_owned()),
        Fault::Trouble => refused(503, "53300", "too many connections"),
        Fault::BadGateway => page(502),
        Fault::DeviceOlder => refused(400, "P0426", "this device is older than the server: update it"),
        Fault::ServerOlder => {
            refused(400, "P0427", "this device is newer than the server, which does not know clips.x")
        }
        Fault::Unprepared => refused(404, "PGRST202", "Could not find the function public.sync_pull"),
        Fault::Paused => (540, Vec::new(), String::new()),
        Fault::Gone => (404, Vec::new(), json!({ "message": "project not found" }).to_string()),
        Fault::Strange => (200, Vec::new(), json!({ "status": "ok" }).to_string()),
        Fault::InAString => (200, Vec::new(), json!(nothing_new().to_string()).to_string()),
        _ => (200, Vec::new(), nothing_new().to_string()),
    }
}

async fn drip(stream: &mut TcpStream) {
    let mut ticks = tokio::time::interval(Duration::from_millis(50));
    let mut piece: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n";
    while stream.write_all(piece).await.is_ok() {
        ticks.tick().await;
        piece = b" ";
    }
}
