//! Stands between a program and a server of the tests: hears every byte that is sent, and cuts the connection where a test
//! wants it cut.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::Request;
use super::server::Server;

/// The way, until it is dropped.
#[derive(Debug)]
pub struct Relay {
    /// Where it begins.
    pub url: String,
    heard: Arc<Mutex<Heard>>,
    _server: Server,
}

#[derive(Debug, Default)]
struct Heard {
    /// What was sent, by connection.
    connections: Vec<Vec<u8>>,
    /// Cut when so many more bytes were sent.
    cut_after: Option<usize>,
}

impl Relay {
    /// A way to the server at this address.
    ///
    /// # Panics
    /// When there is no port.
    pub async fn to(url: &str) -> Self {
        let goal = url.trim_start_matches("http://").to_owned();
        let heard = Arc::new(Mutex::new(Heard::default()));
        let hears = heard.clone();
        let server = Server::start(move |stream| carry(stream, goal.clone(), hears.clone())).await;
        Self { url: format!("http://{}", server.address), heard, _server: server }
    }

    /// Everything that was sent.
    ///
    /// # Panics
    /// Never.
    #[must_use]
    pub fn sent(&self) -> Vec<u8> {
        self.heard.lock().unwrap().connections.concat()
    }

    /// The same, as requests, those of one connection after those of another. Bodies that are no text are as good as lost.
    ///
    /// # Panics
    /// When what was sent is no HTTP/1.1 with a length for each body.
    #[must_use]
    pub fn requests(&self) -> Vec<Request> {
        let connections = self.heard.lock().unwrap().connections.clone();
        connections.iter().flat_map(|sent| requests(sent)).collect()
    }

    /// Forgets what was sent.
    ///
    /// # Panics
    /// Never.
    pub fn forget(&self) {
        *self.heard.lock().unwrap() = Heard::default();
    }

    /// How many bytes were sent.
    ///
    /// # Panics
    /// Never.
    #[must_use]
    pub fn count(&self) -> usize {
        self.heard.lock().unwrap().connections.iter().map(Vec::len).sum()
    }

    /// Forgets what was sent, and cuts the connection once after so many more bytes.
    ///
    /// # Panics
    /// Never.
    pub fn cut_after(&self, bytes: usize) {
        *self.heard.lock().unwrap() = Heard { connections: Vec::new(), cut_after: Some(bytes) };
    }
}

fn requests(mut sent: &[u8]) -> Vec<Request> {
    let mut all = Vec::new();
    while let Some(end) = sent.windows(4).position(|w| w == b"\r\n\r\n") {
        let head = String::from_utf8_lossy(&sent[..end]).into_owned();
        let mut lines = head.lines();
        let what = lines.next().unwrap_or_default().trim_end_matches(" HTTP/1.1").to_owned();
        let headers: Vec<(String, String)> =
            lines.filter_map(|line| line.split_once(": ")).map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
        let mut request = Request { what, headers, body: String::new() };
        let length = request.header("content-length").map_or(0, |length| length.parse().unwrap());
        assert!(request.header("transfer-encoding").is_none(), "{}", request.what);
        // The last one may have been cut.
        let rest = &sent[end + 4..];
        let body = &rest[..length.min(rest.len())];
        request.body = String::from_utf8_lossy(body).into_owned();
        sent = &rest[body.len()..];
        all.push(request);
    }
    all
}

async fn carry(stream: TcpStream, goal: String, heard: Arc<Mutex<Heard>>) {
    let Ok(server) = TcpStream::connect(goal).await else { return };
    let (mut from_program, to_program) = stream.into_split();
    let (from_server, mut to_server) = server.into_split();
    let back = tokio::spawn(copy(from_server, to_program));
    let (mut piece, mut number) = (vec![0; 64 << 10], None);
    while let Ok(bytes @ 1..) = from_program.read(&mut piece).await {
        let cut = {
            let mut heard = heard.lock().unwrap();
            // What is forgotten in the middle of a connection goes on as another one.
            if number.is_none_or(|number| number >= heard.connections.len()) {
                heard.connections.push(Vec::new());
                number = Some(heard.connections.len() - 1);
            }
            let here = number.unwrap_or_default();
            heard.connections[here].extend_from_slice(&piece[..bytes]);
            let sent: usize = heard.connections.iter().map(Vec::len).sum();
            let cut = heard.cut_after.is_some_and(|limit| sent >= limit);
            if cut {
                heard.cut_after = None;
            }
            cut
        };
        if to_server.write_all(&piece[..bytes]).await.is_err() || cut {
            break;
        }
    }
    // Both ways end at once, as when a cable is pulled.
    back.abort();
}

async fn copy(mut from: impl AsyncRead + Unpin, mut to: impl tokio::io::AsyncWrite + Unpin) {
    // A program that went away already is one of the things that are tested.
    drop(tokio::io::copy(&mut from, &mut to).await);
}
