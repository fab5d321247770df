//! Just enough of HTTP/1.1: one request a connection, an answer of any bytes, cut where a test wants it cut.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::Request;

/// How an answer ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// Whole.
    Whole,
    /// Half of it, although its length was told.
    Cut,
    /// Half of it, its length untold: the connection just closes.
    CutSilently,
}

/// The head of a request, and as much of its body as came with it.
#[derive(Debug)]
pub(super) struct Head {
    /// Its body is empty.
    pub(super) request: Request,
    /// The first bytes of the body.
    pub(super) body: Vec<u8>,
    /// How long the body is told to be.
    pub(super) length: usize,
}

/// Reads the head of a request.
pub(super) async fn head(stream: &mut TcpStream) -> Option<Head> {
    let mut all = Vec::new();
    let end = loop {
        if let Some(at) = all.windows(4).position(|w| w == b"\r\n\r\n") {
            break at + 4;
        }
        more(stream, &mut all).await?;
    };
    let head = String::from_utf8_lossy(&all[..end]).into_owned();
    let mut lines = head.lines();
    let what = lines.next()?.trim_end_matches(" HTTP/1.1").to_owned();
    let headers: Vec<(String, String)> =
        lines.filter_map(|line| line.split_once(": ")).map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
    let request = Request { what, headers, body: String::new() };
    let length = request.header("content-length").map_or(0, |value| value.parse().unwrap());
    Some(Head { request, body: all.split_off(end), length })
}

impl Head {
    /// Reads so much of the body; `None` when the other end went away before.
    pub(super) async fn read(&mut self, stream: &mut TcpStream, length: usize) -> Option<()> {
        while self.body.len() < length {
            more(stream, &mut self.body).await?;
        }
        Some(())
    }
}

async fn more(stream: &mut TcpStream, all: &mut Vec<u8>) -> Option<()> {
    let mut piece = [0; 4096];
    match stream.read(&mut piece).await {
        Ok(0) | Err(_) => None,
        Ok(n) => {
            all.extend_from_slice(&piece[..n]);
            Some(())
        }
    }
}

/// Reads one request.
pub(super) async fn read(stream: &mut TcpStream) -> Option<Request> {
    let mut head = head(stream).await?;
    head.read(stream, head.length).await?;
    Some(Request { body: String::from_utf8_lossy(&head.body).into_owned(), ..head.request })
}

/// Answers and closes.
pub(super) async fn answer(
    stream: &mut TcpStream,
    status: u16,
    headers: &[(&str, String)],
    body: &[u8],
    ending: Ending,
) {
    let mut head = format!("HTTP/1.1 {status} Whatever\r\nConnection: close\r\n");
    if ending != Ending::CutSilently {
        head.push_str(&format!("Content-Length: {}\r\n", body.len()));
    }
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    let body = if ending == Ending::Whole { body } else { &body[..body.len() / 2] };
    // A client that went away already is one of the things that are tested.
    for part in [head.as_bytes(), body] {
        if stream.write_all(part).await.is_err() {
            return;
        }
    }
    drop(stream.shutdown().await);
}
