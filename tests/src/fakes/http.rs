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

/// Reads one request.
pub(super) async fn read(stream: &mut TcpStream) -> Option<Request> {
    let mut all = Vec::new();
    let end = loop {
        if let Some(at) = all.windows(4).position(|w| w == b"\r\n\r\n") {
            break at + 4;
        }
        let mut piece = [0; 4096];
        match stream.read(&mut piece).await {
            Ok(0) | Err(_) => return None,
            Ok(n) => all.extend_from_slice(&piece[..n]),
        }
    };
    let head = String::from_utf8_lossy(&all[..end]).into_owned();
    let mut lines = head.lines();
    let what = lines.next()?.trim_end_matches(" HTTP/1.1").to_owned();
    let headers: Vec<(String, String)> =
        lines.filter_map(|line| line.split_once(": ")).map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
    let length: usize = headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .map_or(0, |(_, value)| value.parse().unwrap());
    while all.len() < end + length {
        let mut piece = [0; 4096];
        match stream.read(&mut piece).await {
            Ok(0) | Err(_) => return None,
            Ok(n) => all.extend_from_slice(&piece[..n]),
        }
    }
    Some(Request { what, headers, body: String::from_utf8_lossy(&all[end..]).into_owned() })
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
