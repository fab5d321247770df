//! Downloads from a loopback server that keeps what it is asked, and serves as it is told.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;

/// What the server does with one request.
#[derive(Debug, Clone, Copy)]
enum Serve {
    /// All of it, or the part that was asked for.
    Well,
    /// The same, and the connection breaks after so many bytes.
    Cut(usize),
    /// All of it, whatever part was asked for.
    Whole,
    /// All of it under another tag.
    Changed,
    /// An answer without a length that ends after so many bytes.
    Short(usize),
    /// No such file.
    Gone,
    /// Too busy.
    Busy,
}

struct Server {
    url: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Serves the plan's answers in order, then well.
    async fn start(body: Vec<u8>, plan: Vec<Serve>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/voice.onnx", listener.local_addr().unwrap());
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let seen = asked.clone();
        tokio::spawn(async move {
            let mut plan = plan.into_iter();
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut head = Vec::new();
                while !head.ends_with(b"\r\n\r\n") {
                    let mut byte = [0];
                    if stream.read(&mut byte).await.unwrap_or(0) == 0 {
                        break;
                    }
                    head.push(byte[0]);
                }
                let head = String::from_utf8_lossy(&head).to_lowercase();
                let header = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
                let range = header("range:").map(str::to_owned);
                seen.lock().unwrap().push(range.clone().unwrap_or_else(|| "all".into()));
                let serve = plan.next().unwrap_or(Serve::Well);
                let tag = if matches!(serve, Serve::Changed) { "\"two\"" } else { "\"one\"" };
                let same = header("if-range:") == Some(tag);
                let from: Option<usize> =
                    range.as_deref().and_then(|r| r.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok());
                let (status, bytes) = match (serve, from) {
                    (Serve::Gone, _) => ("404 Not Found".to_owned(), &b"gone"[..]),
                    (Serve::Busy, _) => ("503 Busy".to_owned(), &b""[..]),
                    (Serve::Well | Serve::Cut(_), Some(from)) if same => {
                        let all = body.len();
                        let range = format!("206 Partial\r\nContent-Range: bytes {from}-{}/{all}", all - 1);
                        (range, &body[from..])
                    }
                    _ => ("200 OK".to_owned(), &body[..]),
                };
                let length = match serve {
                    Serve::Short(_) => String::new(),
                    _ => format!("Content-Length: {}\r\n", bytes.len()),
                };
                let bytes = match serve {
                    Serve::Cut(n) | Serve::Short(n) => &bytes[..n],
                    _ => bytes,
                };
                let head = format!("HTTP/1.1 {status}\r\nETag: {tag}\r\n{length}Connection: close\r\n\r\n");
                for part in [head.as_bytes(), bytes] {
                    // A client that has seen enough goes away.
                    if stream.write_all(part).await.is_err() {
                        break;
                    }
                }
                drop(stream.shutdown().await);
            }
        });
        Self { url, asked }
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn body() -> Vec<u8> {
    (0..300_000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect()
}

fn hash_of(bytes: &[u8]) -> String {
    hex(&Sha256::new().chain_update(bytes))
}

struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn goal(&self) -> PathBuf {
        self.folder.path().join("voice.onnx")
    }

    fn files(&self) -> Vec<String> {
        let mut names: Vec<String> =
            std::fs::read_dir(self.folder.path()).unwrap().flatten().map(|e| shown(&e.path())).collect();
        names.sort();
        names
    }

    async fn get(&self, server: &Server, sha256: &str) -> Result<(), InstallError> {
        let wanted = Wanted { address: &server.url, bytes: Some(body().len() as u64), sha256: Some(sha256) };
        fetch(&client().unwrap(), wanted, &self.goal(), &CancellationToken::new(), &|_, _| {}).await
    }
}

#[tokio::test]
async fn a_download_that_is_cut_goes_on_where_it_was_and_appears_only_when_it_is_whole() {
    let (desk, body) = (Desk::new(), body());
    let server = Server::start(body.clone(), vec![Serve::Cut(100_000), Serve::Cut(50_000)]).await;
    let seen = Mutex::new(Vec::new());
    let hash = hash_of(&body);
    let wanted = Wanted { address: &server.url, bytes: None, sha256: Some(&hash) };
    let heard = |done: u64, all: Option<u64>| seen.lock().unwrap().push((done, all));
    fetch(&client().unwrap(), wanted, &desk.goal(), &CancellationToken::new(), &heard).await.unwrap();
    assert_eq!(server.asked(), ["all", "bytes=100000-", "bytes=150000-"]);
    assert_eq!(std::fs::read(desk.goal()).unwrap(), body);
    assert_eq!(desk.files(), ["voice.onnx"]);
    assert_eq!(seen.lock().unwrap().last(), Some(&(300_000, Some(300_000))));
    // What is there is not asked for again.
    desk.get(&server, &hash).await.unwrap();
    assert_eq!(server.asked().len(), 3);
}

#[tokio::test]
async fn what_was_downloaded_is_kept_for_another_day() {
    let (desk, body) = (Desk::new(), body());
    let busy = Server::start(body.clone(), vec![Serve::Cut(100_000), Serve::Busy, Serve::Busy, Serve::Busy]).await;
    let error = desk.get(&busy, &hash_of(&body)).await.unwrap_err();
    assert!(matches!(&error, InstallError::Network { kept: 100_000, .. }), "{error}");
    assert!(error.to_string().contains("0.1 MB is kept"), "{error}");
    assert_eq!(desk.files(), ["voice.onnx.part", "voice.onnx.tag"]);
    let well = Server::start(body.clone(), vec![]).await;
    desk.get(&well, &hash_of(&body)).await.unwrap();
    assert_eq!((well.asked(), desk.files()), (vec!["bytes=100000-".to_owned()], vec!["voice.onnx".to_owned()]));
}

#[tokio::test]
async fn a_server_that_cannot_go_on_or_has_another_file_by_now_is_asked_for_all_of_it() {
    for second in [Serve::Whole, Serve::Changed] {
        let (desk, body) = (Desk::new(), body());
        let server = Server::start(body.clone(), vec![Serve::Cut(100_000), second]).await;
        desk.get(&server, &hash_of(&body)).await.unwrap();
        assert_eq!(server.asked(), ["all", "bytes=100000-"]);
        assert_eq!(std::fs::read(desk.goal()).unwrap(), body);
    }
}

#[tokio::test]
async fn a_file_that_is_not_the_one_that_was_wanted_is_deleted() {
    let (desk, body) = (Desk::new(), body());
    let server = Server::start(body.clone(), vec![]).await;
    let error = desk.get(&server, &"0".repeat(64)).await.unwrap_err();
    assert!(matches!(&error, InstallError::WrongHash { found, .. } if *found == hash_of(&body)), "{error}");
    assert_eq!(desk.files(), Vec::<String>::new());
    let longer = Server::start([body.clone(), vec![1]].concat(), vec![]).await;
    let error = desk.get(&longer, &hash_of(&body)).await.unwrap_err();
    assert!(matches!(error, InstallError::WrongSize { wanted: 300_000, .. }), "{error}");
    assert_eq!(desk.files(), Vec::<String>::new());
}

#[tokio::test]
async fn an_end_that_comes_early_without_a_word_is_noticed() {
    let (desk, body) = (Desk::new(), body());
    let server = Server::start(body.clone(), vec![Serve::Short(1000)]).await;
    desk.get(&server, &hash_of(&body)).await.unwrap();
    assert_eq!(server.asked(), ["all", "bytes=1000-"]);
    assert_eq!(std::fs::read(desk.goal()).unwrap(), body);
}

#[tokio::test]
async fn a_file_that_is_not_there_is_told_at_once() {
    let (desk, body) = (Desk::new(), body());
    let server = Server::start(body.clone(), vec![Serve::Gone]).await;
    let error = desk.get(&server, &hash_of(&body)).await.unwrap_err().to_string();
    assert!(error.contains("404"), "{error}");
    assert_eq!(server.asked().len(), 1);
}

#[tokio::test]
async fn a_disk_that_takes_nothing_is_told_as_such() {
    let (desk, body) = (Desk::new(), body());
    // A folder stands where the unfinished file would.
    std::fs::create_dir(desk.folder.path().join("voice.onnx.part")).unwrap();
    let server = Server::start(body.clone(), vec![]).await;
    let error = desk.get(&server, &hash_of(&body)).await.unwrap_err();
    assert!(matches!(error, InstallError::Media(_)), "{error}");
    assert_eq!(server.asked().len(), 0);
}

#[tokio::test]
async fn a_person_who_stops_it_keeps_what_is_there() {
    let (desk, body) = (Desk::new(), body());
    let server = Server::start(body.clone(), vec![Serve::Cut(100_000), Serve::Busy]).await;
    let cancel = CancellationToken::new();
    let hash = hash_of(&body);
    let wanted = Wanted { address: &server.url, bytes: Some(300_000), sha256: Some(&hash) };
    let heard = |done: u64, _: Option<u64>| {
        if done == 100_000 {
            cancel.cancel();
        }
    };
    let error = fetch(&client().unwrap(), wanted, &desk.goal(), &cancel, &heard).await.unwrap_err();
    assert!(matches!(error, InstallError::Cancelled), "{error}");
    assert_eq!(std::fs::metadata(desk.folder.path().join("voice.onnx.part")).unwrap().len(), 100_000);
}
