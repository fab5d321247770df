//! Over real connections, with requests written by hand: a client would tidy the paths up that must be refused.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::*;
use crate::clips;
use crate::ids::SourceId;
use crate::library::import::{ImportOptions, import};
use crate::library::sources::SourceError;
use crate::library::testmedia;
use crate::render;
use crate::testkit::{Bench, bench};

struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

fn place(server: &MediaServer) -> (&str, &str) {
    server.address().strip_prefix("http://").unwrap().split_once('/').unwrap()
}

async fn send(server: &MediaServer, method: &str, path: &str, headers: &str) -> Answer {
    let host = place(server).0;
    raw(server, &format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n")).await
}

async fn raw(server: &MediaServer, request: &str) -> Answer {
    let mut stream = TcpStream::connect(place(server).0).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.unwrap();
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answer { status, head, body: bytes[end + 4..].to_vec() }
}

/// Asks with the right token.
async fn get(server: &MediaServer, wanted: &str) -> Answer {
    let path = format!("/{}/{wanted}", place(server).1);
    send(server, "GET", &path, "").await
}

async fn with(server: &MediaServer, method: &str, wanted: &str, headers: &str) -> Answer {
    let path = format!("/{}/{wanted}", place(server).1);
    send(server, method, &path, headers).await
}

fn put(bench: &Bench, path: &str, bytes: &[u8]) {
    let file = bench.profile.root().join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, bytes).unwrap();
}

async fn taken_in(profile: &Profile, film: PathBuf) -> SourceId {
    let report = import(profile, &[film], &ImportOptions::default(), &CancellationToken::new()).await.unwrap();
    report.added[0].source.id
}

async fn with_a_file() -> (Bench, MediaServer) {
    let bench = bench();
    put(&bench, "media/ab/film.mp4", b"0123456789");
    let server = MediaServer::start(&bench.profile).await.unwrap();
    (bench, server)
}

#[tokio::test]
async fn a_file_comes_whole_when_no_range_is_asked_for() {
    let (_bench, server) = with_a_file().await;
    let answer = get(&server, "file/media/ab/film.mp4").await;
    assert_eq!((answer.status, answer.body.as_slice()), (200, &b"0123456789"[..]));
    assert_eq!(answer.header("content-type"), Some("video/mp4"));
    assert_eq!(answer.header("accept-ranges"), Some("bytes"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
}

#[tokio::test]
async fn a_range_comes_as_that_part_whether_its_end_is_named_or_not() {
    let (_bench, server) = with_a_file().await;
    for (range, says, body) in
        [("2-4", "bytes 2-4/10", "234"), ("7-", "bytes 7-9/10", "789"), ("-2", "bytes 8-9/10", "89")]
    {
        let answer = with(&server, "GET", "file/media/ab/film.mp4", &format!("Range: bytes={range}\r\n")).await;
        assert_eq!((answer.status, answer.body.as_slice()), (206, body.as_bytes()), "{range}");
        assert_eq!(answer.header("content-range"), Some(says), "{range}");
    }
}

#[tokio::test]
async fn a_range_behind_the_end_cannot_be_had() {
    let (_bench, server) = with_a_file().await;
    let answer = with(&server, "GET", "file/media/ab/film.mp4", "Range: bytes=10-\r\n").await;
    assert_eq!((answer.status, answer.header("content-range")), (416, Some("bytes */10")));
}

#[tokio::test]
async fn head_says_how_long_the_file_is_and_sends_nothing() {
    let (_bench, server) = with_a_file().await;
    let answer = with(&server, "HEAD", "file/media/ab/film.mp4", "").await;
    assert_eq!((answer.status, answer.header("content-length"), answer.body.len()), (200, Some("10"), 0));
}

#[tokio::test]
async fn nothing_can_be_written() {
    let (bench, server) = with_a_file().await;
    for method in ["POST", "PUT", "DELETE"] {
        let answer = with(&server, method, "file/media/ab/film.mp4", "Content-Length: 0\r\n").await;
        assert_eq!(answer.status, 405, "{method}");
    }
    assert_eq!(fs::read(bench.profile.root().join("media/ab/film.mp4")).unwrap(), b"0123456789");
}

#[tokio::test]
async fn a_wrong_token_is_forbidden_even_for_a_file_that_is_there() {
    let (bench, server) = with_a_file().await;
    let other = MediaServer::start(&bench.profile).await.unwrap();
    assert_ne!(place(&server).1, place(&other).1);
    for token in ["", "0", "00000000000000000000000000000000", place(&other).1] {
        let answer = send(&server, "GET", &format!("/{token}/file/media/ab/film.mp4"), "").await;
        assert_eq!((answer.status, answer.body.len()), (403, 0), "{token}");
    }
    assert_eq!(send(&server, "GET", "/", "").await.status, 403);
    assert_eq!(send(&server, "OPTIONS", "/0/file/media/ab/film.mp4", "").await.status, 403);
}

#[tokio::test]
async fn a_request_to_this_machine_under_another_name_is_forbidden() {
    let (_bench, server) = with_a_file().await;
    let path = format!("/{}/file/media/ab/film.mp4", place(&server).1);
    for host in ["", "Host: evil.example\r\n", "Host: localhost\r\n"] {
        let answer = raw(&server, &format!("GET {path} HTTP/1.1\r\nConnection: close\r\n{host}\r\n")).await;
        assert_eq!(answer.status, 403, "{host}");
    }
}

#[tokio::test]
async fn a_path_with_dots_leads_nowhere_however_it_is_written() {
    let (bench, server) = with_a_file().await;
    put(&bench, "secret.txt", b"x");
    for path in [
        "file/media/../secret.txt",
        "file/media/ab/../ab/film.mp4",
        "file/media/%2e%2e/secret.txt",
        "file/media/%2E%2E/%2e%2e/app.sqlite",
        "file/media/..%2fsecret.txt",
        "file/media%2fab%2ffilm.mp4",
        "file/media/./ab/film.mp4",
        "file/media//ab/film.mp4",
        "file/media/ab/film.mp4%00",
        "file/media\\ab\\film.mp4",
        "file//etc/passwd",
        "file/%2fetc/passwd",
        "file/",
        "file",
        "",
    ] {
        assert_eq!(get(&server, path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn only_the_folders_of_media_are_shown() {
    let (bench, server) = with_a_file().await;
    for folder in ["cache", "clips", "trash", "media"] {
        put(&bench, &format!("{folder}/a.jpg"), b"x");
        assert_eq!(get(&server, &format!("file/{folder}/a.jpg")).await.status, 200, "{folder}");
    }
    for folder in ["tmp", "inbox", "backups"] {
        put(&bench, &format!("{folder}/a.jpg"), b"x");
        assert_eq!(get(&server, &format!("file/{folder}/a.jpg")).await.status, 404, "{folder}");
    }
    for path in ["profile.sqlite", "runner.lock", "media", "media/ab"] {
        assert_eq!(get(&server, &format!("file/{path}")).await.status, 404, "{path}");
    }
    assert_eq!(get(&server, "elsewhere/media/ab/film.mp4").await.status, 404);
}

#[tokio::test]
async fn names_with_any_letters_are_found() {
    let (bench, server) = with_a_file().await;
    put(&bench, "media/Pâine 100% & co?.mp4", b"bread");
    let answer = get(&server, "file/media/P%C3%A2ine%20100%25%20%26%20co%3F.mp4").await;
    assert_eq!((answer.status, answer.body.as_slice()), (200, &b"bread"[..]));
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_out_of_the_shown_folders_is_not_followed() {
    let (bench, server) = with_a_file().await;
    let outside = bench.desk.join("private.mp4");
    fs::write(&outside, b"private").unwrap();
    let link = |target: &Path, name: &str| {
        std::os::unix::fs::symlink(target, bench.profile.root().join("media").join(name)).unwrap();
    };
    link(&outside, "out.mp4");
    link(&bench.profile.root().join("profile.sqlite"), "database.mp4");
    link(&bench.desk, "folder");
    link(&bench.profile.root().join("media/ab/film.mp4"), "inside.mp4");
    for path in ["file/media/out.mp4", "file/media/database.mp4", "file/media/folder/private.mp4"] {
        assert_eq!(get(&server, path).await.status, 404, "{path}");
    }
    assert_eq!(get(&server, "file/media/inside.mp4").await.status, 200);
}

#[tokio::test]
async fn what_belongs_to_another_profile_is_not_there() {
    let (bench, server) = with_a_file().await;
    let other = bench.home.profile(bench.home.create("Other", None).unwrap().id).unwrap();
    let source = taken_in(&other, testmedia::plain(&bench.desk, "other.mp4")).await;
    let of_the_other = MediaServer::start(&other).await.unwrap();
    for kind in ["source", "original"] {
        assert_eq!(get(&of_the_other, &format!("{kind}/{source}")).await.status, 200, "{kind}");
        assert_eq!(get(&server, &format!("{kind}/{source}")).await.status, 404, "{kind}");
    }
    let name = other.root().file_name().unwrap().to_str().unwrap().to_owned();
    assert_eq!(get(&server, &format!("file/media/%2e%2e/%2e%2e/{name}/media")).await.status, 404);
}

#[tokio::test]
async fn the_proxy_stands_in_for_a_source_but_not_for_its_original() {
    let (bench, server) = with_a_file().await;
    let film = testmedia::plain(&bench.desk, "big.mp4");
    let original = fs::read(&film).unwrap();
    let id = taken_in(&bench.profile, film).await;
    assert_eq!(get(&server, &format!("source/{id}")).await.body, original, "without a proxy");

    put(&bench, "cache/proxy.mp4", b"small");
    bench
        .profile
        .write::<_, SourceError>(|tx| {
            tx.execute("UPDATE sources SET proxy = 'cache/proxy.mp4' WHERE id = ?1", [id])?;
            Ok(())
        })
        .unwrap();
    assert_eq!(get(&server, &format!("source/{id}")).await.body, b"small");
    assert_eq!(get(&server, &format!("original/{id}")).await.body, original);
    assert_eq!(get(&server, "source/not-an-id").await.status, 404);
    assert_eq!(get(&server, "clip/00000000-0000-0000-0000-000000000000").await.status, 404);
}

#[tokio::test]
async fn a_clip_is_its_video_until_it_is_removed_and_then_lies_in_the_trash() {
    let bench = bench();
    let video = testmedia::make(&bench.desk, "a.mp4", "testsrc2=s=320x180:r=25:d=2", testmedia::QUICK);
    let timeline = render::bench::real(&bench, &[video], &[20]).await;
    let (context, variant) = render::bench::planned(&bench, &timeline);
    render::run::run(&context, variant, None).await.unwrap();
    let clip = bench.profile.read(|tx| clips::list(tx, 1, 0)).unwrap().remove(0);
    let inside = format!("{}/{}.mp4", clip.folder, clip.name);
    let made = fs::read(bench.profile.root().join(&inside)).unwrap();
    let server = MediaServer::start(&bench.profile).await.unwrap();

    assert_eq!(get(&server, &format!("clip/{}", clip.id)).await.body, made);
    clips::remove(&bench.profile, clip.id).unwrap();
    assert_eq!(get(&server, &format!("clip/{}", clip.id)).await.status, 404);
    assert_eq!(get(&server, &format!("file/trash/{}", inside.replace(' ', "%20"))).await.body, made);
}

#[tokio::test]
async fn bundled_fonts_are_served_and_no_other_file_of_their_folder() {
    let (bench, server) = with_a_file().await;
    assert_eq!(get(&server, "font/Anton-Regular.ttf").await.status, 200);
    fs::write(bench.profile.folder().fonts().join("Else.ttf"), b"x").unwrap();
    for name in ["Else.ttf", "../app.sqlite", "%2e%2e%2fapp.sqlite", ""] {
        assert_eq!(get(&server, &format!("font/{name}")).await.status, 404, "{name}");
    }
}

#[tokio::test]
async fn pages_of_the_window_may_read_what_they_get_and_pages_elsewhere_may_not() {
    let (_bench, server) = with_a_file().await;
    let ours = with(&server, "GET", "file/media/ab/film.mp4", "Origin: tauri://localhost\r\n").await;
    assert_eq!(ours.header("access-control-allow-origin"), Some("tauri://localhost"));
    assert!(ours.header("access-control-expose-headers").unwrap().contains("content-range"));
    let asked = with(&server, "OPTIONS", "file/media/ab/film.mp4", "Origin: tauri://localhost\r\n").await;
    assert_eq!((asked.status, asked.header("access-control-allow-headers")), (204, Some("range")));
    let other = with(&server, "GET", "file/media/ab/film.mp4", "Origin: https://evil.example\r\n").await;
    assert_eq!(other.header("access-control-allow-origin"), None);
}

#[tokio::test]
async fn when_the_session_ends_nobody_answers_and_what_was_being_sent_is_cut() {
    let bench = bench();
    // More than the buffers of a connection hold, so that it is still being sent when the server goes.
    put(&bench, "media/long.mp4", &vec![7; 64 << 20]);
    let server = MediaServer::start(&bench.profile).await.unwrap();
    let (host, token) = place(&server);
    let mut stream = TcpStream::connect(host).await.unwrap();
    let request = format!("GET /{token}/file/media/long.mp4 HTTP/1.1\r\nHost: {host}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut begun = [0; 1024];
    stream.read_exact(&mut begun).await.unwrap();
    let host = host.to_owned();

    drop(server);

    let mut rest = Vec::new();
    let cut = tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut rest)).await.unwrap();
    assert!(cut.is_err() || rest.len() < 64 << 20, "it was sent to the end");
    let refused = async {
        while TcpStream::connect(&host).await.is_ok() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), refused).await.expect("the port is still open");
}
