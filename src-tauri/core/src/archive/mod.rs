//! A profile in one file, to keep or to take to another machine: written by [`Home::export`], read by [`Home::import`].
//!
//! The file is a tar, compressed with zstd, and inside of age when it has a passphrase; `age -d`, `zstd -d` and `tar x`
//! open it without this program. In it, in this order: `profile.json` (what it is: [`Head`]), `profile.sqlite` (made with
//! SQLite's backup, without what belongs to the machine it was made on), the profile's files under the names they have in
//! its folder, and `files.json` (all of them with size and BLAKE3). The list comes last, so a file that was cut has none.
//!
//! Footage that is referenced where it lies goes along as a copy. What does not go along: keys (they are in the keyring,
//! and their names stay behind, too), encoded shots, backups, logs, the inbox, work under way.
//!
//! What is not here: the list of profiles and their databases; those are the home's.
//!
//! [`Home::export`]: crate::home::Home::export
//! [`Home::import`]: crate::home::Home::import

mod claim;
mod error;
mod read;
mod renew;
mod seal;
mod transfer;
mod write;

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ids::ProfileId;
use crate::profile::media::MediaPath;
pub(crate) use claim::{Claim, sweep};
pub use error::ArchiveError;
pub(crate) use read::{look, unpack};
pub(crate) use renew::renew;
pub(crate) use transfer::Ongoing;
pub use transfer::{Transfer, TransferKind, Transfers};
pub(crate) use write::{Contents, Packed, files_of, write};

/// How the files of these archives end.
pub const ENDING: &str = "efprofile";
/// The way an archive is laid out; one more each time an older program could not read it.
pub(crate) const FORMAT: u32 = 1;

pub(crate) const HEAD: &str = "profile.json";
pub(crate) const DATABASE: &str = "profile.sqlite";
pub(crate) const LIST: &str = "files.json";
/// The folders of a profile that go along.
pub(crate) const SHELVES: [&str; 4] = ["media", "clips", "trash", "cache"];
/// Made again when they are needed.
pub(crate) const LEFT_OUT: &str = "cache/chunks/";

/// What an archive says of itself, before anything else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Head {
    /// See [`FORMAT`].
    pub format: u32,
    /// Schema of the database.
    pub schema: i64,
    /// Version of the program that wrote it.
    pub program: String,
    /// The profile it was made of.
    pub profile: ProfileId,
    /// Its name.
    pub name: String,
    /// Its colour.
    pub colour: String,
    /// When, UTC milliseconds.
    pub made_at: i64,
    /// How many files follow, the database among them.
    pub files: u64,
    /// How many bytes they have together.
    pub bytes: u64,
}

/// A file of an archive.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Listed {
    /// Where it lies in the profile's folder.
    pub path: MediaPath,
    /// Its size.
    pub bytes: u64,
    /// BLAKE3, lower-case hex.
    pub hash: String,
}

/// What can be said of an archive before it is taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ArchiveInfo {
    /// It has a passphrase.
    pub sealed: bool,
    /// What is in it; `None` while the passphrase is not known.
    pub holds: Option<ArchiveHolds>,
}

/// What is in an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ArchiveHolds {
    /// Name of the profile it was made of.
    pub name: String,
    /// Its colour.
    pub colour: String,
    /// When it was made, UTC milliseconds.
    pub made_at: i64,
    /// How many files are in it.
    pub files: u64,
    /// How much room they take, bytes.
    pub bytes: u64,
}

/// What came of writing an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Exported {
    /// Where it is.
    pub path: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// How many files are in it.
    pub files: u64,
    /// It has a passphrase.
    pub sealed: bool,
    /// How many footage files that are referenced where they lie went along as copies.
    pub copied: u32,
    /// Names of those that were not there, or not the same any more, and so did not go along.
    pub missing: Vec<String>,
}
