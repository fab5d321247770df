//! What lies in the folder of installed voices, and what is written beside each thing: what it must hash to, where it came
//! from, and whether it was heard to speak.
//!
//! ```text
//! voices/piper/en_US-joe-medium/{voice.onnx, voice.onnx.json, note.json}
//! voices/runtime/1.22.0/libonnxruntime.so
//! voices/runtime/note.json
//! voices/arriving/…         what is on its way
//! ```

use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::error::InstallError;
use crate::profile::media::MediaError;
use crate::profile::part::PartFile;
use crate::speech::piper::config::Config;

/// The model of a voice, in its folder.
pub(super) const MODEL: &str = "voice.onnx";
/// Its description.
pub(super) const DESCRIPTION: &str = "voice.onnx.json";
/// The note beside it.
pub(super) const NOTE: &str = "note.json";

/// What is known of an installed voice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct VoiceNote {
    /// "en_US-joe-medium".
    pub(crate) id: String,
    /// BLAKE3 of its model.
    pub(crate) model: String,
    /// BLAKE3 of its description.
    pub(crate) description: String,
    /// Of both files.
    pub(crate) bytes: u64,
    /// An address, or the name of the file or folder it was taken from.
    pub(crate) source: String,
    /// "CC0"; `None` when nobody says.
    pub(crate) licence: Option<String>,
    /// UTC milliseconds.
    pub(crate) installed_at: i64,
    /// The runtime with which it was heard to speak its test sentence; only then it may speak for a profile.
    pub(crate) heard_with: Option<String>,
}

/// What is known of the installed runtime.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct RuntimeNote {
    pub(super) version: String,
    /// Below the folder of runtimes.
    pub(super) file: String,
    /// BLAKE3.
    pub(super) hash: String,
    pub(super) bytes: u64,
    pub(super) source: String,
    pub(super) installed_at: i64,
}

/// An installed voice.
#[derive(Debug, Clone)]
pub(crate) struct InstalledVoice {
    pub(crate) folder: PathBuf,
    pub(crate) config: Config,
    pub(crate) note: VoiceNote,
}

impl InstalledVoice {
    /// The voice in this folder.
    pub(super) fn read(folder: &Path) -> Result<Self, InstallError> {
        let note = read(&folder.join(NOTE))?;
        let description = folder.join(DESCRIPTION);
        let bytes = std::fs::read(&description).map_err(MediaError::io("read", &description))?;
        let config = Config::read(&bytes).map_err(|why| InstallError::Voice { name: shown(folder), why })?;
        Ok(Self { folder: folder.to_owned(), config, note })
    }

    pub(crate) fn model(&self) -> PathBuf {
        self.folder.join(MODEL)
    }
}

/// The name of a file, for a person.
pub(super) fn shown(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

pub(super) fn read<T: DeserializeOwned>(path: &Path) -> Result<T, InstallError> {
    let bytes = std::fs::read(path).map_err(MediaError::io("read", path))?;
    let value = serde_json::from_slice(&bytes).map_err(|e| MediaError::io("read", path)(e.into()))?;
    Ok(value)
}

pub(super) fn write<T: Serialize>(path: &Path, note: &T) -> Result<(), InstallError> {
    let text = serde_json::to_vec_pretty(note).map_err(|e| MediaError::io("written", path)(e.into()))?;
    Ok(PartFile::beside(path)?.write(&text)?)
}
