//! Fetches a file, or only looks whether the server has it whole: either way it is hashed while it comes.

use std::io::Write;

use tokio_util::sync::CancellationToken;

use super::Supabase;
use super::call::Call;
use super::files::{FileError, Heard, RemoteFile};
use super::http::{Refusal, plain};
use crate::profile::media::{MediaError, MediaPath};
use crate::sync::remote::RemoteError;

impl Supabase {
    /// Fetches a file into the profile. It appears under its name when it is the file that was wanted, and not before.
    ///
    /// # Errors
    /// [`FileError`]; nothing is left behind then.
    pub async fn download(
        &self,
        file: &RemoteFile,
        goal: &MediaPath,
        cancel: &CancellationToken,
        heard: Heard<'_>,
    ) -> Result<(), FileError> {
        let part = self.session().profile().folder().part(goal)?;
        let mut out = std::fs::File::create(part.path()).map_err(MediaError::io("written", part.goal()))?;
        let read = self.read_through(file, heard, |bytes| {
            out.write_all(bytes).map_err(|source| MediaError::io("written", part.goal())(source).into())
        });
        tokio::select! {
            biased;
            () = cancel.cancelled() => return Err(FileError::Cancelled),
            done = read => done?,
        }
        drop(out);
        Ok(part.commit()?)
    }

    /// Reads back what the server has.
    pub(super) async fn verify(&self, file: &RemoteFile) -> Result<(), FileError> {
        self.read_through(file, &|_, _| {}, |_| Ok(())).await
    }

    async fn read_through(
        &self,
        file: &RemoteFile,
        heard: Heard<'_>,
        mut take: impl FnMut(&[u8]) -> Result<(), FileError> + Send,
    ) -> Result<(), FileError> {
        let mut answer = match self.session().open(|| Call::read_file(file.profile(), &file.name())).await {
            Ok(answer) => answer,
            // Storage says 400 with the words of a 404.
            Err(Refusal { code, .. }) if matches!(code.as_str(), "not_found" | "NoSuchKey" | "Not found") => {
                return Err(FileError::NotThere);
            }
            Err(refusal) => return Err(RemoteError::from(refusal).into()),
        };
        let (mut hasher, mut bytes) = (blake3::Hasher::new(), 0_u64);
        while let Some(piece) = answer.chunk().await.map_err(|error| RemoteError::Offline { why: plain(&error) })? {
            bytes += piece.len() as u64;
            // Whatever else it is, it is not the file; and a disk is not filled with it.
            if bytes > file.bytes() {
                return Err(FileError::Damaged);
            }
            hasher.update(&piece);
            take(&piece)?;
            heard(bytes, file.bytes());
        }
        if hasher.finalize().to_hex().as_str() == file.hash() { Ok(()) } else { Err(FileError::Damaged) }
    }
}
