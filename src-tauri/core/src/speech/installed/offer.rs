//! What a person is shown: the voices there are to be had, the ones that are there, and what is on its way.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::catalog::Catalog;
use super::error::InstallError;
use super::{Installed, RUNTIME};
use crate::profile::media::MediaError;

/// The voices of Piper that are installed or can be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VoiceCatalog {
    /// The day the list of downloads was made.
    pub date: String,
    /// What all of them need.
    pub runtime: RuntimeOffer,
    /// By name.
    pub voices: Vec<VoiceOffer>,
    /// What is being installed now.
    pub arriving: Option<Arriving>,
    /// Where voices lie.
    pub folder: std::path::PathBuf,
}

/// The ONNX Runtime, which runs the voices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RuntimeOffer {
    /// The version that is installed.
    pub installed: Option<String>,
    /// Its size, bytes.
    pub installed_bytes: Option<u64>,
    /// The version that can be downloaded for this machine.
    pub offered: Option<String>,
    /// How much would be downloaded, bytes; `None` when that is not known.
    pub bytes: Option<u64>,
    /// Of the one that can be downloaded.
    pub licence: Option<String>,
    /// Where a person can read about it.
    pub page: Option<String>,
}

/// A voice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VoiceOffer {
    /// "en_US-joe-medium".
    pub id: String,
    /// "en-us".
    pub language: String,
    /// For a person.
    pub name: String,
    /// "CC0"; `None` when nobody says.
    pub licence: Option<String>,
    /// How much it takes or would be downloaded, bytes.
    pub bytes: Option<u64>,
    /// Where a person can read about it, and find its SHA-256.
    pub page: Option<String>,
    /// The list has it, so it can be downloaded.
    pub offered: bool,
    /// It can be downloaded without a SHA-256 from a person.
    pub hash_known: bool,
    /// Whether it speaks.
    pub state: VoiceState,
    /// Why it does not speak although it is there; for a person.
    pub lacks: Option<String>,
}

/// Whether a voice speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum VoiceState {
    /// Not here.
    Absent,
    /// Here, and something it needs is not.
    Waiting,
    /// Here, and was heard.
    Ready,
}

/// Something on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Arriving {
    /// The voice's id, "onnxruntime", or the name of what is imported.
    pub id: String,
    /// What is done now.
    pub step: ArrivingStep,
    /// Bytes that are there.
    pub done: u64,
    /// Bytes there will be.
    pub total: Option<u64>,
}

/// What is done with something on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ArrivingStep {
    /// It is downloaded.
    Download,
    /// It is taken out of an archive or copied.
    Copy,
    /// It speaks its test sentence.
    Listen,
}

impl Installed {
    /// What there is.
    ///
    /// # Errors
    /// [`InstallError::Media`] when the list that comes with the program cannot be read.
    pub fn catalog(&self) -> Result<VoiceCatalog, InstallError> {
        let list = list()?;
        let mut voices: Vec<VoiceOffer> = self
            .voices()
            .into_iter()
            .map(|voice| {
                let offered = list.voice(&voice.note.id);
                let lacks = self.lacks(&voice);
                VoiceOffer {
                    language: voice.config.language(),
                    name: voice.config.title(&voice.note.id),
                    licence: voice.note.licence.clone(),
                    bytes: Some(voice.note.bytes),
                    page: offered.map(|offered| offered.page.clone()),
                    offered: offered.is_some(),
                    hash_known: offered.is_some_and(|offered| offered.hash_known()),
                    state: if lacks.is_none() { VoiceState::Ready } else { VoiceState::Waiting },
                    lacks: lacks.map(str::to_owned),
                    id: voice.note.id,
                }
            })
            .collect();
        for offered in &list.voices {
            if voices.iter().any(|voice| voice.id == offered.id) {
                continue;
            }
            voices.push(VoiceOffer {
                id: offered.id.clone(),
                language: offered.language.clone(),
                name: offered.name.clone(),
                licence: Some(offered.licence.clone()),
                bytes: offered.bytes(),
                page: Some(offered.page.clone()),
                offered: true,
                hash_known: offered.hash_known(),
                state: VoiceState::Absent,
                lacks: None,
            });
        }
        voices.sort_by(|a, b| a.name.cmp(&b.name));
        let here = self.runtime();
        let offered = list.runtime(std::env::consts::OS, std::env::consts::ARCH);
        let runtime = RuntimeOffer {
            installed: here.as_ref().map(|here| here.version.clone()),
            installed_bytes: here.map(|here| here.bytes),
            offered: offered.map(|offered| offered.version.clone()),
            bytes: offered.and_then(|offered| offered.archive.bytes),
            licence: offered.map(|offered| offered.licence.clone()),
            page: offered.map(|offered| offered.page.clone()),
        };
        let (date, folder) = (list.date, self.inner.folder.clone());
        Ok(VoiceCatalog { date, runtime, voices, arriving: self.arriving(), folder })
    }

    /// Takes a voice away, or the runtime under the id "onnxruntime". What speaks with it now speaks on.
    ///
    /// # Errors
    /// [`InstallError::NotThere`], [`InstallError::Busy`], or what the disk says.
    pub fn remove(&self, id: &str) -> Result<(), InstallError> {
        let work = self.begin(id, &tokio_util::sync::CancellationToken::new())?;
        let folder = if id == RUNTIME {
            self.runtime_folder()
        } else {
            self.voice(id).ok_or_else(|| InstallError::NotThere(id.to_owned()))?.folder
        };
        if !folder.is_dir() {
            return Err(InstallError::NotThere(id.to_owned()));
        }
        // Gone under its name first, so that half of it is never taken for a voice.
        let away = self.arriving_folder().join(format!("gone-{}", uuid::Uuid::now_v7()));
        std::fs::create_dir_all(self.arriving_folder()).map_err(MediaError::io("made", &away))?;
        std::fs::rename(&folder, &away).map_err(MediaError::io("moved", &folder))?;
        std::fs::remove_dir_all(&away).map_err(MediaError::io("deleted", &away))?;
        drop(work);
        Ok(())
    }
}

/// The list that comes with the program.
pub(super) fn list() -> Result<Catalog, InstallError> {
    let name = std::path::Path::new("the list of voices");
    Catalog::bundled().map_err(|error| MediaError::io("read", name)(error.into()).into())
}
