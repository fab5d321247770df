//! The content of a file as a BLAKE3 hash, alone or while it is copied.

use std::fs::{File, Metadata};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use tokio_util::sync::CancellationToken;

use crate::error::{Code, Explain, is_disk_full};

/// Why a file could not be hashed or copied.
#[derive(Debug, thiserror::Error)]
pub enum HashError {
    /// Reading it failed.
    #[error("{} could not be read: {source}. Check that it is there and that you may open it.", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// Writing the copy failed.
    #[error(
        "{} could not be copied in: {source}.{} Nothing was left behind.", path.display(),
        if is_disk_full(source) { " Free some space and import it again, or import it in place." } else { "" }
    )]
    Write {
        /// The file that was copied.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// Cancelled while reading.
    #[error("It was cancelled.")]
    Cancelled,
}

impl Explain for HashError {
    fn code(&self) -> Code {
        match self {
            Self::Write { source, .. } if is_disk_full(source) => Code::DiskFull,
            Self::Read { .. } | Self::Write { .. } => Code::Unreadable,
            Self::Cancelled => Code::Cancelled,
        }
    }
}

const PIECE: usize = 1024 * 1024;

/// The hash of a whole file, lower-case hex.
///
/// # Errors
/// [`HashError::Read`].
pub(crate) fn of_file(path: &Path) -> Result<String, HashError> {
    Ok(through(path, &mut std::io::sink(), &CancellationToken::new())?.0)
}

/// Reads a file to its end, writes what was read, and gives its hash (lower-case hex) and size.
///
/// # Errors
/// [`HashError`]; what was written is the caller's to remove.
pub(crate) fn through(
    path: &Path,
    copy: &mut impl Write,
    cancel: &CancellationToken,
) -> Result<(String, u64), HashError> {
    let read = |source| HashError::Read { path: path.to_owned(), source };
    let mut file = File::open(path).map_err(read)?;
    let mut hasher = blake3::Hasher::new();
    let mut piece = vec![0; PIECE];
    let mut bytes = 0;
    loop {
        if cancel.is_cancelled() {
            return Err(HashError::Cancelled);
        }
        let n = match file.read(&mut piece) {
            Ok(0) => break,
            Ok(n) => n,
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(read(e)),
        };
        hasher.update(&piece[..n]);
        copy.write_all(&piece[..n]).map_err(|source| HashError::Write { path: path.to_owned(), source })?;
        bytes += n as u64;
    }
    Ok((hasher.finalize().to_hex().to_string(), bytes))
}

/// When a file was last changed, UTC milliseconds; `None` where the system does not say.
pub(crate) fn changed_at(meta: &Metadata) -> Option<i64> {
    let since = meta.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    i64::try_from(since.as_millis()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes so much, then says the disk is full.
    struct SmallDisk(usize);

    impl Write for SmallDisk {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0 = self.0.checked_sub(bytes.len()).ok_or(std::io::ErrorKind::StorageFull)?;
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn the_copy_is_the_file_and_the_hash_is_of_both() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        let content: Vec<u8> = (0..3_000_000u32).map(|i| (i / 7) as u8).collect();
        std::fs::write(&path, &content).unwrap();
        let mut copy = Vec::new();
        let (hash, bytes) = through(&path, &mut copy, &CancellationToken::new()).unwrap();
        assert!(copy == content && bytes == 3_000_000);
        assert_eq!(hash, blake3::hash(&content).to_hex().to_string());
        assert_eq!(of_file(&path).unwrap(), hash);
    }

    #[test]
    fn a_full_disk_is_called_that() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        std::fs::write(&path, vec![7; 3_000_000]).unwrap();
        let error = through(&path, &mut SmallDisk(2_000_000), &CancellationToken::new()).unwrap_err();
        assert_eq!(error.code(), Code::DiskFull);
    }

    #[test]
    fn a_cancel_stops_the_copy() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        std::fs::write(&path, b"x").unwrap();
        let cancel = CancellationToken::new();
        cancel.cancel();
        assert!(matches!(through(&path, &mut std::io::sink(), &cancel), Err(HashError::Cancelled)));
    }
}
