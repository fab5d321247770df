//! Sends a file: read once, hashed on the way, its last piece only when the hash is the one that was meant. So a file that
//! changed since never becomes one that was uploaded, and nothing is read twice.
//!
//! This API takes a file in one request (`multipart/form-data`); one that breaks off begins anew.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use futures_util::stream;
use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE};
use reqwest::{Body, Method};
use serde::{Deserialize, Serialize};
use tokio::sync::{oneshot, watch};
use tokio_util::sync::CancellationToken;

use super::{Postiz, PostizError, http};
use crate::profile::media::MediaError;

/// Bytes that are read, hashed and sent at once.
const PIECE: usize = 256 * 1024;

/// A file that Postiz has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uploaded {
    /// Its id there.
    pub id: String,
    /// Its address there.
    pub path: String,
}

/// What is told while bytes move: how many have, of how many.
type Progress<'a> = &'a (dyn Fn(u64, u64) + Send + Sync);

impl Postiz {
    /// Sends a file under a name of its own. `hash` is the BLAKE3 its bytes must have, hex.
    ///
    /// # Errors
    /// [`PostizError::Changed`] when the bytes are others: Postiz then never got all of them. After any error the file counts
    /// as not being there; sending it again is safe.
    pub async fn upload(
        &self,
        file: &Path,
        name: &str,
        hash: &str,
        progress: Progress<'_>,
        cancel: &CancellationToken,
    ) -> Result<Uploaded, PostizError> {
        let (opened, bytes) = open(file.to_owned()).await?;
        self.take()?;
        let form = Form::new(name);
        let request = self
            .http
            .request(Method::POST, "upload")
            .header(CONTENT_TYPE, form.kind())
            .header(CONTENT_LENGTH, bytes + form.length());
        let (moved, mut moving) = watch::channel(0);
        let (tell, mut told) = oneshot::channel();
        let reading = Reading::new(opened, file, bytes, hash, form, moved, tell);
        let answering = self.http.send(request.body(Body::wrap_stream(stream::try_unfold(reading, Reading::next))));
        tokio::pin!(answering);
        let mut reads = true;
        let answer = loop {
            let sent = *moving.borrow_and_update();
            progress(sent, bytes);
            let patience = if sent < bytes { self.http.patience.stall } else { self.http.patience.stored };
            tokio::select! {
                biased;
                () = cancel.cancelled() => return Err(PostizError::Cancelled),
                answer = &mut answering => break answer,
                more = moving.changed(), if reads => reads = more.is_ok(),
                () = tokio::time::sleep(patience) => {
                    let why = if sent < bytes { "the upload stood still" } else { "it took too long" };
                    return Err(PostizError::Lost { why: why.into() });
                }
            }
        };
        match (told.try_recv(), answer) {
            // Why the file was not read to its end is why the request broke.
            (Ok(Err(why)), _) => Err(why),
            (_, Err(error)) => Err(error),
            (Err(_), Ok(_)) => Err(PostizError::Unreadable { why: "it answered before it had the whole file".into() }),
            (Ok(Ok(())), Ok(answer)) => {
                progress(bytes, bytes);
                let uploaded: Uploaded = http::read(&answer)?;
                if uploaded.id.is_empty() || uploaded.path.is_empty() {
                    return Err(PostizError::Unreadable { why: "it does not name the file it was sent".into() });
                }
                Ok(uploaded)
            }
        }
    }
}

async fn open(path: PathBuf) -> Result<(File, u64), PostizError> {
    let opening = tokio::task::spawn_blocking(move || {
        let opened = File::open(&path).and_then(|file| Ok((file.metadata()?.len(), file)));
        opened.map(|(bytes, file)| (file, bytes)).map_err(MediaError::io("read", &path))
    });
    let gone = |error| PostizError::Unreachable { why: format!("the work stopped: {error}") };
    Ok(opening.await.map_err(gone)??)
}

/// The frame of the one field that is sent (RFC 7578).
struct Form {
    boundary: String,
    head: Vec<u8>,
    tail: Vec<u8>,
}

impl Form {
    fn new(name: &str) -> Self {
        // Random: no file has it in it.
        let boundary = format!("edit-factory-{}", uuid::Uuid::now_v7().simple());
        let (name, kind) = (ascii(name), kind_of(name));
        let head = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: {kind}\r\n\r\n"
        );
        let tail = format!("\r\n--{boundary}--\r\n");
        Self { boundary, head: head.into_bytes(), tail: tail.into_bytes() }
    }

    fn kind(&self) -> String {
        format!("multipart/form-data; boundary={}", self.boundary)
    }

    fn length(&self) -> u64 {
        (self.head.len() + self.tail.len()) as u64
    }
}

/// A file on its way into a request.
struct Reading {
    file: File,
    path: PathBuf,
    /// Bytes of it that are still to be read.
    left: u64,
    wanted: String,
    hasher: blake3::Hasher,
    /// What is sent next, once what comes after it is known; `None` when all was.
    held: Option<Vec<u8>>,
    /// How many bytes of that are the file's.
    held_of_file: u64,
    tail: Vec<u8>,
    moved: watch::Sender<u64>,
    tell: Option<oneshot::Sender<Result<(), PostizError>>>,
}

impl Reading {
    fn new(
        file: File,
        path: &Path,
        bytes: u64,
        hash: &str,
        form: Form,
        moved: watch::Sender<u64>,
        tell: oneshot::Sender<Result<(), PostizError>>,
    ) -> Self {
        let (path, wanted, hasher) = (path.to_owned(), hash.to_owned(), blake3::Hasher::new());
        let (held, held_of_file, tail, tell) = (Some(form.head), 0, form.tail, Some(tell));
        Self { file, path, left: bytes, wanted, hasher, held, held_of_file, tail, moved, tell }
    }

    /// What is written next. The last piece of the file comes only when the hash is known to be right.
    async fn next(mut self) -> Result<Option<(Vec<u8>, Self)>, std::io::Error> {
        let Some(mut now) = self.held.take() else { return Ok(None) };
        let (mut this, piece) = tokio::task::spawn_blocking(move || {
            let piece = self.read();
            (self, piece)
        })
        .await
        .map_err(std::io::Error::other)?;
        let of_file = this.held_of_file;
        match piece {
            Ok(Some(piece)) => {
                this.held_of_file = piece.len() as u64;
                this.held = Some(piece);
            }
            Ok(None) => {
                now.extend_from_slice(&this.tail);
                this.told(Ok(()));
            }
            Err(why) => {
                // Ends the request in the middle.
                let broken = std::io::Error::other(why.to_string());
                this.told(Err(why));
                return Err(broken);
            }
        }
        this.moved.send_modify(|sent| *sent += of_file);
        Ok(Some((now, this)))
    }

    /// Reads and hashes a piece; `None` at the end of a file that is the one that was meant.
    fn read(&mut self) -> Result<Option<Vec<u8>>, PostizError> {
        let mut piece = Vec::with_capacity(PIECE);
        let read = (&mut self.file).take(PIECE as u64).read_to_end(&mut piece);
        let read = read.map_err(MediaError::io("read", &self.path))?;
        if read > 0 {
            self.hasher.update(&piece);
            // It may have grown since it was opened.
            self.left = self.left.checked_sub(read as u64).ok_or(PostizError::Changed)?;
            return Ok(Some(piece));
        }
        let right = self.left == 0 && self.hasher.finalize().to_hex().as_str() == self.wanted;
        if right { Ok(None) } else { Err(PostizError::Changed) }
    }

    fn told(&mut self, outcome: Result<(), PostizError>) {
        // A request that was given up listens no more.
        drop(self.tell.take().map(|tell| tell.send(outcome)));
    }
}

/// A name that every server reads the same.
fn ascii(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '_' }).collect()
}

fn kind_of(name: &str) -> &'static str {
    let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    match ending.as_str() {
        "mp4" | "m4v" => "video/mp4",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use futures_util::StreamExt;

    use super::*;

    /// How it ended, what would have been written, and how many bytes of the file that were.
    async fn written(content: &[u8], hash: &str) -> (Result<(), PostizError>, Vec<u8>, u64) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.mp4");
        std::fs::write(&path, content).unwrap();
        let form = Form { boundary: "b".into(), head: b"<".to_vec(), tail: b">".to_vec() };
        let (moved, moving) = watch::channel(0);
        let (tell, mut told) = oneshot::channel();
        let file = File::open(&path).unwrap();
        let reading = Reading::new(file, &path, content.len() as u64, hash, form, moved, tell);
        let mut pieces = std::pin::pin!(stream::try_unfold(reading, Reading::next));
        let mut all = Vec::new();
        while let Some(Ok(piece)) = pieces.next().await {
            all.extend(piece);
        }
        let sent = *moving.borrow();
        (told.try_recv().unwrap(), all, sent)
    }

    #[tokio::test]
    async fn the_last_piece_goes_only_when_the_hash_is_right() {
        for size in [0, 1, PIECE, PIECE + 1, 3 * PIECE] {
            let content = vec![7; size];
            let hash = blake3::hash(&content).to_hex().to_string();
            let (done, all, sent) = written(&content, &hash).await;
            assert!(done.is_ok() && sent == size as u64, "{size}");
            assert_eq!(all, [b"<".as_slice(), &content, b">"].concat(), "{size}");
            let (done, all, sent) = written(&content, "another").await;
            assert!(matches!(done, Err(PostizError::Changed)), "{size}");
            assert!(all.len() <= size && sent <= size.saturating_sub(1) as u64, "{size}");
        }
    }

    #[test]
    fn a_name_is_sent_in_letters_that_every_server_reads_the_same() {
        assert_eq!(ascii("Pâine \"caldă\"\r\n.mp4"), "P_ine__cald____.mp4");
        assert_eq!((kind_of("a.MP4"), kind_of("a")), ("video/mp4", "application/octet-stream"));
    }
}
