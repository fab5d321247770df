//! Sends a file in pieces, so that it goes on where it was cut off: after a broken connection, a session that ran out, a
//! killed program. Where it goes on is kept in the profile's database before the first piece is sent.
//!
//! The protocol is TUS 1.0 (tus.io) as Supabase Storage speaks it: pieces of exactly 6 MiB but for the last, an address that
//! holds for a day, an object that appears when the last piece has come.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::OptionalExtension;
use tokio_util::sync::CancellationToken;

use super::Supabase;
use super::call::{Call, UploadPath};
use super::files::{FileError, Heard, RemoteFile};
use super::http::Refusal;
use crate::ids::RemoteProfileId;
use crate::profile::media::MediaError;
use crate::sync::remote::RemoteError;
use crate::time::now_ms;

/// Supabase Storage takes pieces of exactly this size, bytes.
const PIECE: u64 = 6 << 20;
/// How often it is tried again without getting any further.
const TRIES: u32 = 5;
/// No wait between two tries is longer.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// How far a file has come.
enum Place {
    At(UploadPath, u64),
    /// An object of this name is there.
    There,
}

impl Supabase {
    /// Sees to it that the server has this file, whole; `false` when it was known to have it. The file at `path` is hashed
    /// before, what the server has after.
    ///
    /// # Errors
    /// [`FileError`]; made again, it goes on where it was.
    pub async fn upload(
        &self,
        file: &RemoteFile,
        path: &Path,
        cancel: &CancellationToken,
        heard: Heard<'_>,
    ) -> Result<bool, FileError> {
        tokio::select! {
            biased;
            () = cancel.cancelled() => Err(FileError::Cancelled),
            done = self.upload_whole(file, path, heard) => done,
        }
    }

    async fn upload_whole(&self, file: &RemoteFile, path: &Path, heard: Heard<'_>) -> Result<bool, FileError> {
        if self.is_there(file)? {
            return Ok(false);
        }
        self.is_the_file(file, path).await?;
        let mut second = false;
        loop {
            self.send_pieces(file, path, heard).await?;
            match self.verify(file).await {
                Ok(()) => return self.note_there(file).map(|()| true),
                // An object can be whole and hold wrong bytes: of an upload that was mixed up, or somebody else's.
                Err(FileError::Damaged) if !second => {
                    second = true;
                    tracing::warn!(file = file.name(), "the server kept wrong bytes; the file is sent once more");
                    let name = [file.name()];
                    self.session()
                        .json(|| Call::delete_files(file.profile(), &name))
                        .await
                        .map_err(RemoteError::from)?;
                }
                Err(error) => return Err(error),
            }
        }
    }

    async fn send_pieces(&self, file: &RemoteFile, path: &Path, heard: Heard<'_>) -> Result<(), FileError> {
        let (mut place, mut tries, mut furthest) = (None, 0, 0);
        loop {
            let step = match place.take() {
                None => self.place(file).await,
                Some(Place::At(upload, offset)) => self.send_piece(file, path, upload, offset).await,
                Some(Place::There) => return Ok(()),
            };
            let error = match step {
                Ok(Place::At(_, offset)) if offset >= file.bytes() => {
                    heard(file.bytes(), file.bytes());
                    return Ok(());
                }
                Ok(next) => {
                    if let Place::At(_, offset) = next
                        && (offset > furthest || tries == 0)
                    {
                        (furthest, tries) = (offset.max(furthest), 0);
                        heard(offset, file.bytes());
                    }
                    place = Some(next);
                    continue;
                }
                Err(FileError::Remote(error)) if error.passes() && tries + 1 < TRIES => error,
                Err(error) => return Err(error),
            };
            // Asked anew how far it has come: a piece may have arrived although its answer did not.
            tries += 1;
            let wait = match &error {
                RemoteError::TooMany { retry_after: Some(wait) } => *wait,
                _ => self.session().http().first_wait() * 2_u32.pow(tries - 1),
            };
            tracing::info!(%error, file = file.name(), "an upload broke off");
            tokio::time::sleep(wait.min(LONGEST_WAIT)).await;
        }
    }

    /// Where to go on: at the address that is kept, if the server still knows it, else at a new one.
    async fn place(&self, file: &RemoteFile) -> Result<Place, FileError> {
        if let Some(upload) = self.kept(file)? {
            // What an answer to HEAD refuses has no words: another session is tried before it counts as gone.
            let stale = |refusal: &Refusal| matches!(refusal.status, 400 | 401 | 403);
            match self.session().send_if(|| Call::ask_upload(&upload), stale).await {
                Ok(answer) => {
                    if let Some(offset) = offset(&answer.headers) {
                        return Ok(Place::At(upload, offset));
                    }
                    return Err(RemoteError::NotOurs.into());
                }
                Err(refusal) if matches!(refusal.status, 400..=428 | 430..=499) => self.forget(file)?,
                Err(refusal) => return Err(RemoteError::from(refusal).into()),
            }
        }
        let begin = || Call::begin_upload(file.profile(), &file.name(), file.bytes(), file.kind());
        match self.session().send(begin).await {
            Ok(answer) => {
                let location = answer.headers.get("location").and_then(|v| v.to_str().ok());
                let upload = location.and_then(UploadPath::of).ok_or(RemoteError::NotOurs)?;
                self.keep(file, &upload)?;
                Ok(Place::At(upload, 0))
            }
            Err(refusal) if refusal.status == 409 => Ok(Place::There),
            Err(refusal) if refusal.status == 413 => Err(FileError::TooLarge { bytes: file.bytes() }),
            Err(refusal) => Err(RemoteError::from(refusal).into()),
        }
    }

    async fn send_piece(
        &self,
        file: &RemoteFile,
        path: &Path,
        upload: UploadPath,
        offset: u64,
    ) -> Result<Place, FileError> {
        let piece = piece(path.to_owned(), offset, PIECE.min(file.bytes() - offset)).await?;
        match self.session().send(|| Call::continue_upload(&upload, offset, piece.clone())).await {
            Ok(answer) => match self::offset(&answer.headers) {
                Some(now) if now > offset => Ok(Place::At(upload, now)),
                _ => Err(RemoteError::NotOurs.into()),
            },
            // Another machine was faster with the same file.
            Err(refusal) if refusal.status == 409 && !refusal.code.is_empty() => Ok(Place::There),
            // Its place is not known any more, or is not where we thought: that is asked next.
            Err(refusal) if matches!(refusal.status, 404 | 409 | 410 | 423) => {
                Err(RemoteError::Trouble { why: "the upload is elsewhere by now".into() }.into())
            }
            Err(refusal) => Err(RemoteError::from(refusal).into()),
        }
    }

    /// Whether the file at `path` is the one that is meant.
    async fn is_the_file(&self, file: &RemoteFile, path: &Path) -> Result<(), FileError> {
        let (owned, wanted) = (path.to_owned(), file.hash().to_owned());
        let hashed = tokio::task::spawn_blocking(move || crate::render::files::hash(&owned)).await;
        let found = hashed.map_err(std::io::Error::other).flatten().map_err(MediaError::io("read", path))?;
        if found == wanted { Ok(()) } else { Err(FileError::Changed) }
    }

    fn kept(&self, file: &RemoteFile) -> Result<Option<UploadPath>, FileError> {
        self.session().profile().read(|tx| {
            let sql = "SELECT path FROM media_uploads WHERE profile = ?1 AND file = ?2";
            let path: Option<String> = tx.query_row(sql, (file.profile(), file.name()), |row| row.get(0)).optional()?;
            Ok(path.as_deref().and_then(UploadPath::of))
        })
    }

    fn keep(&self, file: &RemoteFile, upload: &UploadPath) -> Result<(), FileError> {
        self.session().profile().write(|tx| {
            tx.execute(
                "INSERT OR REPLACE INTO media_uploads (profile, file, path, started_at) VALUES (?1, ?2, ?3, ?4)",
                (file.profile(), file.name(), upload.as_str(), now_ms()),
            )?;
            Ok(())
        })
    }

    fn forget(&self, file: &RemoteFile) -> Result<(), FileError> {
        self.session().profile().write(|tx| {
            let sql = "DELETE FROM media_uploads WHERE profile = ?1 AND file = ?2";
            tx.execute(sql, (file.profile(), file.name()))?;
            Ok(())
        })
    }

    /// From now on nothing is known of files of this profile there.
    pub(super) fn forget_files(&self, profile: RemoteProfileId) -> Result<(), FileError> {
        self.session().profile().write(|tx| {
            for table in ["media_uploads", "media_there"] {
                tx.execute(&format!("DELETE FROM {table} WHERE profile = ?1"), [profile])?;
            }
            Ok(())
        })
    }

    /// Whether the server was seen to have it, whole.
    fn is_there(&self, file: &RemoteFile) -> Result<bool, FileError> {
        self.session().profile().read(|tx| {
            let sql = "SELECT EXISTS (SELECT 1 FROM media_there WHERE profile = ?1 AND file = ?2)";
            Ok(tx.query_row(sql, (file.profile(), file.name()), |row| row.get(0))?)
        })
    }

    fn note_there(&self, file: &RemoteFile) -> Result<(), FileError> {
        self.session().profile().write(|tx| {
            let sql = "INSERT OR REPLACE INTO media_there (profile, file, checked_at) VALUES (?1, ?2, ?3)";
            tx.execute(sql, (file.profile(), file.name(), now_ms()))?;
            let sql = "DELETE FROM media_uploads WHERE profile = ?1 AND file = ?2";
            tx.execute(sql, (file.profile(), file.name()))?;
            Ok(())
        })
    }
}

fn offset(headers: &reqwest::header::HeaderMap) -> Option<u64> {
    headers.get("upload-offset")?.to_str().ok()?.parse().ok()
}

async fn piece(path: PathBuf, offset: u64, bytes: u64) -> Result<Vec<u8>, FileError> {
    let shown = path.clone();
    let read = tokio::task::spawn_blocking(move || {
        let mut file = File::open(&path)?;
        file.seek(SeekFrom::Start(offset))?;
        let mut piece = vec![0; usize::try_from(bytes).unwrap_or(usize::MAX)];
        file.read_exact(&mut piece)?;
        Ok::<_, std::io::Error>(piece)
    });
    Ok(read.await.map_err(std::io::Error::other).flatten().map_err(MediaError::io("read", &shown))?)
}
