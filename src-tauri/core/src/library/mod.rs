//! The library: footage files of a profile, taken in, described, tagged, watched for.

mod gather;
pub mod hash;
pub mod import;
pub mod leftovers;
pub mod page;
pub mod probe;
pub mod proxy;
pub mod relink;
pub mod sources;
#[cfg(test)]
pub(crate) mod testmedia;
pub mod trash;
pub mod watch;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ids::SourceId;
use crate::profile::media::MediaPath;
use crate::variants::timeline::Framing;
pub use probe::Probe;

/// An imported footage file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Source {
    /// Its id.
    pub id: SourceId,
    /// The user's file name.
    pub name: String,
    /// BLAKE3 of the file, lower-case hex.
    pub hash: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Where it lies in the profile, when it was copied in.
    pub path: Option<MediaPath>,
    /// Where it lies outside, when it is referenced in place.
    pub outside: Option<std::path::PathBuf>,
    /// Length, milliseconds.
    pub duration_ms: u64,
    /// Width as shown (rotation and pixel shape applied).
    pub width: u32,
    /// Height as shown.
    pub height: u32,
    /// It has a sound track.
    pub has_sound: bool,
    /// Everything else the probe found.
    pub probe: Probe,
    /// Lower-case tags, sorted.
    pub tags: Vec<String>,
    /// Framing set by hand.
    pub framing: Option<Framing>,
    /// The 720p proxy, once made.
    pub proxy: Option<MediaPath>,
    /// When analysis finished, UTC milliseconds.
    pub analysed_at: Option<i64>,
    /// When it was imported, UTC milliseconds.
    pub created_at: i64,
}
