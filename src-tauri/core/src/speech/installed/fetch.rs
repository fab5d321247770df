//! Downloads one large file: it goes on where it was cut off, is hashed while it comes, and appears under its name only
//! when it is the file that was wanted.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use futures_util::StreamExt;
use reqwest::header::{CONTENT_RANGE, ETAG, HeaderMap, IF_RANGE, LAST_MODIFIED, RANGE};
use reqwest::{Client, Response, StatusCode};
use sha2::{Digest, Sha256};
use tokio_util::sync::CancellationToken;

use super::error::InstallError;
use super::note::shown;
use crate::profile::media::MediaError;

/// A server that is silent for longer is gone.
const SILENCE: Duration = Duration::from_secs(30);
/// How often a download that broke off is taken up again before a person is told.
const TRIES: u32 = 4;
/// No file is larger than this, bytes.
const MOST: u64 = 1 << 30;

/// What is wanted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub(super) address: &'a str,
    pub(super) bytes: Option<u64>,
    pub(super) sha256: Option<&'a str>,
}

/// Hears how many bytes there are, and how many there will be.
pub(super) type Heard<'a> = &'a (dyn Fn(u64, Option<u64>) + Send + Sync);

pub(super) fn client() -> Result<Client, InstallError> {
    Client::builder().connect_timeout(Duration::from_secs(15)).build().map_err(|error| InstallError::Network {
        name: "a voice".into(),
        says: plain(&error),
        kept: 0,
    })
}

/// Downloads a file to `goal`, or finds it there.
pub(super) async fn fetch(
    client: &Client,
    wanted: Wanted<'_>,
    goal: &Path,
    cancel: &CancellationToken,
    heard: Heard<'_>,
) -> Result<(), InstallError> {
    if goal.is_file() {
        return Ok(());
    }
    let mut arriving = Arriving::open(goal)?;
    let mut tries = 0;
    loop {
        let before = arriving.bytes;
        let broke = tokio::select! {
            biased;
            () = cancel.cancelled() => return Err(InstallError::Cancelled),
            done = arriving.go_on(client, wanted, heard) => match done {
                Ok(()) => break,
                Err(Broke::Off(says)) => says,
                Err(Broke::Ended(error)) => return Err(error),
            },
        };
        tries = if arriving.bytes > before { 1 } else { tries + 1 };
        tracing::info!(address = wanted.address, kept = arriving.bytes, says = broke, "a download broke off");
        if tries >= TRIES {
            return Err(InstallError::Network { name: shown(goal), says: broke, kept: arriving.bytes });
        }
        tokio::select! {
            biased;
            () = cancel.cancelled() => return Err(InstallError::Cancelled),
            () = tokio::time::sleep(Duration::from_millis(200) * tries) => {}
        }
    }
    arriving.finish(wanted)
}

/// How a try ended before the file was whole.
enum Broke {
    /// Another try may go on.
    Off(String),
    /// No other try helps.
    Ended(InstallError),
}

impl From<InstallError> for Broke {
    fn from(error: InstallError) -> Self {
        Self::Ended(error)
    }
}

/// A file on its way: `NAME.part`, and beside it `NAME.tag` with what the server calls this version of the file.
struct Arriving {
    goal: PathBuf,
    part: PathBuf,
    tag: PathBuf,
    file: File,
    hasher: Sha256,
    bytes: u64,
}

impl Arriving {
    fn open(goal: &Path) -> Result<Self, InstallError> {
        let beside = |end: &str| goal.with_file_name(format!("{}.{end}", shown(goal)));
        let (part, tag) = (beside("part"), beside("tag"));
        let mut file = File::options()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&part)
            .map_err(MediaError::io("opened", &part))?;
        // What is there is hashed again: only what is read now is known to be on the disk.
        let (mut hasher, mut bytes) = (Sha256::new(), 0);
        let mut piece = vec![0; 256 * 1024];
        loop {
            let n = file.read(&mut piece).map_err(MediaError::io("read", &part))?;
            if n == 0 {
                break;
            }
            hasher.update(&piece[..n]);
            bytes += n as u64;
        }
        Ok(Self { goal: goal.to_owned(), part, tag, file, hasher, bytes })
    }

    async fn go_on(&mut self, client: &Client, wanted: Wanted<'_>, heard: Heard<'_>) -> Result<(), Broke> {
        if wanted.bytes == Some(self.bytes) {
            return Ok(());
        }
        let tag = std::fs::read_to_string(&self.tag).ok().filter(|tag| !tag.is_empty());
        let mut request = client.get(wanted.address);
        // Without the server's name for the version, the rest could be that of another file.
        if let (Some(tag), true) = (&tag, self.bytes > 0) {
            request = request.header(RANGE, format!("bytes={}-", self.bytes)).header(IF_RANGE, tag);
        } else if self.bytes > 0 {
            self.begin_again()?;
        }
        let answer = tokio::time::timeout(SILENCE, request.send())
            .await
            .map_err(|_| Broke::Off("the server does not answer".into()))?
            .map_err(|error| Broke::Off(plain(&error)))?;
        match answer.status() {
            StatusCode::PARTIAL_CONTENT if starts_at(answer.headers()) == Some(self.bytes) => {}
            StatusCode::OK | StatusCode::PARTIAL_CONTENT | StatusCode::RANGE_NOT_SATISFIABLE if self.bytes > 0 => {
                // It does not go on, or has another version by now.
                let all = answer.status() == StatusCode::OK;
                self.begin_again()?;
                if !all {
                    return Err(Broke::Off("the server does not go on where the file was cut off".into()));
                }
            }
            StatusCode::OK => {}
            status if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS => {
                return Err(Broke::Off(format!("the server says {status}")));
            }
            status => {
                let says = format!("the server says {status}");
                let (name, kept) = (shown(&self.goal), self.bytes);
                return Err(Broke::Ended(InstallError::Network { name, says, kept }));
            }
        }
        if self.bytes == 0 {
            std::fs::write(&self.tag, version(answer.headers()))
                .map_err(MediaError::io("written", &self.tag))
                .map_err(InstallError::from)?;
        }
        self.take(answer, wanted, heard).await
    }

    async fn take(&mut self, answer: Response, wanted: Wanted<'_>, heard: Heard<'_>) -> Result<(), Broke> {
        let whole = answer.content_length().map(|more| self.bytes + more);
        let most = wanted.bytes.unwrap_or(MOST);
        let mut pieces = answer.bytes_stream();
        loop {
            let next = tokio::time::timeout(SILENCE, pieces.next()).await;
            let Some(piece) = next.map_err(|_| Broke::Off("the server went silent".into()))? else { break };
            let piece = piece.map_err(|error| Broke::Off(plain(&error)))?;
            let found = self.bytes + piece.len() as u64;
            if found > most {
                self.discard();
                let name = shown(&self.goal);
                return Err(Broke::Ended(InstallError::WrongSize { name, wanted: most, found }));
            }
            self.file.write_all(&piece).map_err(MediaError::io("written", &self.part)).map_err(InstallError::from)?;
            self.hasher.update(&piece);
            self.bytes = found;
            heard(self.bytes, wanted.bytes.or(whole));
        }
        match wanted.bytes.or(whole) {
            Some(all) if self.bytes < all => Err(Broke::Off(format!("it ended after {} of {all} bytes", self.bytes))),
            _ => Ok(()),
        }
    }

    fn begin_again(&mut self) -> Result<(), InstallError> {
        self.file
            .set_len(0)
            .and_then(|()| self.file.seek(SeekFrom::Start(0)).map(|_| ()))
            .map_err(MediaError::io("written", &self.part))?;
        (self.hasher, self.bytes) = (Sha256::new(), 0);
        Ok(())
    }

    fn discard(&self) {
        for file in [&self.part, &self.tag] {
            match std::fs::remove_file(file) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    tracing::warn!(%error, file = %file.display(), "a useless download was left behind");
                }
                _ => {}
            }
        }
    }

    fn finish(mut self, wanted: Wanted<'_>) -> Result<(), InstallError> {
        let name = shown(&self.goal);
        if let Some(bytes) = wanted.bytes.filter(|bytes| *bytes != self.bytes) {
            self.discard();
            return Err(InstallError::WrongSize { name, wanted: bytes, found: self.bytes });
        }
        let found = hex(&std::mem::take(&mut self.hasher));
        if let Some(wanted) = wanted.sha256.filter(|wanted| *wanted != found) {
            self.discard();
            return Err(InstallError::WrongHash { name, wanted: wanted.to_owned(), found });
        }
        self.file.sync_all().map_err(MediaError::io("written", &self.part))?;
        std::fs::rename(&self.part, &self.goal).map_err(MediaError::io("written", &self.goal))?;
        self.discard();
        Ok(())
    }
}

/// Lower-case hex of what was hashed.
pub(super) fn hex(hasher: &Sha256) -> String {
    hasher.clone().finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What the server calls this version of the file: a strong tag, else the time of its last change; else nothing.
fn version(headers: &HeaderMap) -> &str {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    text(ETAG).filter(|tag| !tag.starts_with("W/")).or_else(|| text(LAST_MODIFIED)).unwrap_or_default()
}

/// `bytes 100-199/200` starts at 100.
fn starts_at(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_RANGE)?.to_str().ok()?.strip_prefix("bytes ")?.split('-').next()?.parse().ok()
}

/// An error of the network with its reasons, without the address.
fn plain(error: &reqwest::Error) -> String {
    let mut says = Vec::new();
    let mut next: Option<&dyn std::error::Error> = std::error::Error::source(error);
    while let Some(cause) = next {
        says.push(cause.to_string());
        next = cause.source();
    }
    if says.is_empty() { error.to_string() } else { says.join(": ") }
}

#[cfg(test)]
#[path = "fetch_tests.rs"]
mod tests;
