//! Files of a profile in the project's storage: named by what is in them, put there once, and believed only when what is
//! read back has the hash it is named by.

use crate::error::{Code, Explain};
use crate::ids::RemoteProfileId;
use crate::profile::db::DbError;
use crate::profile::media::MediaError;
use crate::sync::remote::RemoteError;

/// Hears how many bytes of a file have gone over the wire, and how many there are.
pub type Heard<'a> = &'a (dyn Fn(u64, u64) + Send + Sync);

/// Why a file did not get there, or back.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The server.
    #[error(transparent)]
    Remote(#[from] RemoteError),
    /// The file here changed since it was taken into the library.
    #[error("The file here is not the one that was taken into the library any more, so it is not sent. Link it again.")]
    Changed,
    /// The server has other bytes under this name.
    #[error(
        "What the server keeps under the name of this file is damaged. Nothing here was replaced by it. Send the file again \
         from a machine that has it."
    )]
    Damaged,
    /// The server has no such file.
    #[error(
        "The server does not have this file. Keep the machine that has it switched on with sending of files switched on, \
         or copy the file here and link it."
    )]
    NotThere,
    /// The project takes no file as large.
    #[error(
        "This file ({bytes} bytes) is larger than the project takes. It stays here. The limit is in the project's settings, \
         under Storage."
    )]
    TooLarge {
        /// Its size.
        bytes: u64,
    },
    /// Stopped on the way; it goes on from there another time.
    #[error("Stopped. What was sent already stays; it goes on from there another time.")]
    Cancelled,
    /// A file here.
    #[error(transparent)]
    Here(#[from] MediaError),
    /// The profile's database.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<rusqlite::Error> for FileError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Db(error.into())
    }
}

impl Explain for FileError {
    fn code(&self) -> Code {
        match self {
            Self::Remote(e) => e.code(),
            Self::Changed | Self::Damaged => Code::Unreadable,
            Self::NotThere => Code::NotFound,
            Self::TooLarge { .. } => Code::SyncRefused,
            Self::Cancelled => Code::Cancelled,
            Self::Here(e) => e.code(),
            Self::Db(e) => e.code(),
        }
    }
}

/// A file of one profile, as the server names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteFile {
    profile: RemoteProfileId,
    hash: String,
    ending: String,
    bytes: u64,
}

impl RemoteFile {
    /// The file with this BLAKE3 hash (64 hexadecimal digits), size, and ending of its name. `None` for what is no hash.
    #[must_use]
    pub fn new(profile: RemoteProfileId, hash: &str, ending: &str, bytes: u64) -> Option<Self> {
        let sound = hash.len() == 64 && hash.chars().all(|c| c.is_ascii_digit() || ('a'..='f').contains(&c));
        let plain = !ending.is_empty() && ending.len() <= 8 && ending.chars().all(|c| c.is_ascii_alphanumeric());
        let ending = if plain { ending.to_ascii_lowercase() } else { "video".to_owned() };
        sound.then(|| Self { profile, hash: hash.to_owned(), ending, bytes })
    }

    /// Whose it is.
    #[must_use]
    pub fn profile(&self) -> RemoteProfileId {
        self.profile
    }

    /// Its name inside the profile's folder of the storage.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}.{}", self.hash, self.ending)
    }

    /// Its size.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// BLAKE3 of what is in it, lower-case hex.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// Its kind, for whoever looks at the storage.
    pub(super) fn kind(&self) -> &'static str {
        match self.ending.as_str() {
            "mp4" | "m4v" => "video/mp4",
            "mov" => "video/quicktime",
            "mkv" => "video/x-matroska",
            "webm" => "video/webm",
            _ => "application/octet-stream",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_by_what_is_in_it_and_by_nothing_else() {
        let profile = RemoteProfileId::new();
        let hash = "ab".repeat(32);
        let file = RemoteFile::new(profile, &hash, "MP4", 5).unwrap();
        assert_eq!(file.name(), format!("{hash}.mp4"));
        assert_eq!(RemoteFile::new(profile, &hash, "../x", 5).unwrap().name(), format!("{hash}.video"));
        for bad in ["", "../../x", &"AB".repeat(32), &"ab".repeat(31)] {
            assert!(RemoteFile::new(profile, bad, "mp4", 5).is_none(), "{bad}");
        }
    }
}
