//! Installing: a voice of the list is downloaded, one that a person has is copied; then it is put in its place and heard.

use std::io::Write;
use std::path::Path;

use sha2::{Digest, Sha256};
use tokio_util::sync::CancellationToken;

use super::error::InstallError;
use super::fetch::{self, Wanted};
use super::import::{self, Found, FoundVoice, Source};
use super::note::{DESCRIPTION, MODEL, VoiceNote, shown};
use super::offer::{self, ArrivingStep};
use super::place::Work;
use super::{Installed, RUNTIME, catalog, engine};
use crate::profile::media::MediaError;
use crate::speech::piper::config::Config;

/// Is told that something changed on the way.
pub type Tell<'a> = &'a (dyn Fn() + Send + Sync);

impl Installed {
    /// Downloads a voice of the list, and the runtime when that is not there; or, under the id "onnxruntime", the runtime.
    /// `sha256` is what the model must hash to when the list does not know it.
    ///
    /// # Errors
    /// [`InstallError`]; what was downloaded soundly is kept for the next try.
    pub async fn install(
        &self,
        id: &str,
        sha256: Option<&str>,
        cancel: &CancellationToken,
        tell: Tell<'_>,
    ) -> Result<(), InstallError> {
        let list = offer::list()?;
        let voice = match (id == RUNTIME, list.voice(id)) {
            (true, _) => None,
            (false, Some(voice)) => Some(voice),
            (false, None) => return Err(InstallError::Unknown(id.to_owned())),
        };
        let sha256 = sha256.map(hash).transpose()?;
        if let Some(voice) = voice.filter(|voice| !voice.hash_known() && sha256.is_none()) {
            return Err(InstallError::NoHash { name: voice.name.clone(), page: voice.page.clone() });
        }
        let work = self.begin(id, cancel)?;
        if voice.is_none() || self.runtime().is_none() {
            self.install_runtime(&list, &work, tell).await?;
        }
        let Some(voice) = voice else { return self.try_out_waiting(&work.cancel).await };
        let folder = self.arriving_folder().join(id);
        std::fs::create_dir_all(&folder).map_err(MediaError::io("made", &folder))?;
        let client = fetch::client()?;
        let base = self.inner.base.as_deref();
        let total = voice.bytes();
        let before = voice.description.bytes.unwrap_or(0);
        for (file, name, hash, so_far) in [
            (&voice.description, DESCRIPTION, voice.description.sha256.as_deref(), 0),
            (&voice.model, MODEL, sha256.as_deref().or(voice.model.sha256.as_deref()), before),
        ] {
            let address = list.address(file, base);
            let wanted = Wanted { address: &address, bytes: file.bytes, sha256: hash };
            let heard = |done: u64, all: Option<u64>| {
                if self.progress(ArrivingStep::Download, so_far + done, total.or(all)) {
                    tell();
                }
            };
            fetch::fetch(&client, wanted, &folder.join(name), &work.cancel, &heard).await?;
        }
        let (licence, source) = (Some(voice.licence.clone()), voice.model.address.clone());
        self.accept(&folder, id, licence, source).await?;
        tell();
        self.try_out(id, &work.cancel).await
    }

    /// Takes every voice and the runtime out of a folder, a file or an archive. Gives the ids of the voices, and
    /// "onnxruntime" when that was there.
    ///
    /// # Errors
    /// [`InstallError`]. What was taken before the first failure is installed.
    pub async fn import(
        &self,
        path: &Path,
        cancel: &CancellationToken,
        tell: Tell<'_>,
    ) -> Result<Vec<String>, InstallError> {
        let Found { voices, runtime } = {
            let path = path.to_owned();
            tokio::task::spawn_blocking(move || import::look(&path)).await??
        };
        let source = shown(path);
        let work = self.begin(&source, cancel)?;
        let mut taken = Vec::new();
        if let Some((library, version)) = runtime {
            self.progress(ArrivingStep::Copy, 0, None);
            tell();
            self.take_runtime(library, version, source.clone()).await?;
            taken.push(RUNTIME.to_owned());
        }
        for voice in voices {
            if work.cancel.is_cancelled() {
                return Err(InstallError::Cancelled);
            }
            let id = voice.id.clone();
            self.progress(ArrivingStep::Copy, 0, None);
            tell();
            let folder = self.arriving_folder().join(format!("{id}-{}", uuid::Uuid::now_v7()));
            let licence = {
                let folder = folder.clone();
                tokio::task::spawn_blocking(move || copy(&voice, &folder)).await??
            };
            self.accept(&folder, &id, licence, source.clone()).await?;
            tell();
            self.try_out(&id, &work.cancel).await?;
            taken.push(id);
        }
        self.try_out_waiting(&work.cancel).await?;
        Ok(taken)
    }

    async fn install_runtime(&self, list: &catalog::Catalog, work: &Work, tell: Tell<'_>) -> Result<(), InstallError> {
        let (system, processor) = (std::env::consts::OS, std::env::consts::ARCH);
        let offered = list
            .runtime(system, processor)
            .ok_or_else(|| InstallError::NoRuntimeFor(format!("{system}, {processor}")))?;
        let folder = self.arriving_folder().join(RUNTIME);
        std::fs::create_dir_all(&folder).map_err(MediaError::io("made", &folder))?;
        let address = list.address(&offered.archive, self.inner.base.as_deref());
        let archive = folder.join(shown(Path::new(&address)));
        let sha256 = offered.archive.sha256.as_deref();
        if sha256.is_none() {
            return Err(InstallError::NoHash { name: RUNTIME.to_owned(), page: offered.page.clone() });
        }
        let wanted = Wanted { address: &address, bytes: offered.archive.bytes, sha256 };
        let heard = |done: u64, all: Option<u64>| {
            if self.progress(ArrivingStep::Download, done, all) {
                tell();
            }
        };
        fetch::fetch(&fetch::client()?, wanted, &archive, &work.cancel, &heard).await?;
        let (library, _) = {
            let archive = archive.clone();
            let found = tokio::task::spawn_blocking(move || import::look(&archive)).await??;
            found.runtime.ok_or_else(|| InstallError::NothingFound(address.clone()))?
        };
        self.take_runtime(library, offered.version.clone(), address.clone()).await?;
        std::fs::remove_dir_all(&folder).map_err(MediaError::io("deleted", &folder))?;
        Ok(())
    }

    /// Copies the library to its place, and sees that it can be loaded.
    async fn take_runtime(&self, library: Source, version: String, source: String) -> Result<(), InstallError> {
        let installed = self.clone();
        tokio::task::spawn_blocking(move || {
            let part = installed.library_part(&version)?;
            let mut file = std::fs::File::create(part.path()).map_err(MediaError::io("written", part.goal()))?;
            library.copy(&mut file)?;
            drop(file);
            let goal = part.goal().to_owned();
            part.commit()?;
            // Loaded under its last name: on Windows a loaded library can be neither written nor renamed.
            if let Err(error) = installed.loads(&goal) {
                let folder = goal.parent().unwrap_or(&goal);
                std::fs::remove_dir_all(folder).map_err(MediaError::io("deleted", folder))?;
                return Err(error);
            }
            installed.place_runtime(goal, &version, &source).map(|_| ())
        })
        .await?
    }

    /// Whether the library can be loaded. A process that has one loaded already cannot load another to see; then the test
    /// sentence of the next start says it.
    fn loads(&self, library: &Path) -> Result<(), InstallError> {
        let mut loaded = self.inner.loaded.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if loaded.runtime.is_some() {
            return Ok(());
        }
        let environment = engine::load_runtime(library).map_err(|error| InstallError::Runtime(error.to_string()))?;
        let hash = crate::speech::cache::hash_of(library)?;
        loaded.runtime = Some((hash, environment));
        Ok(())
    }

    /// Puts a voice whose two files lie in `folder` in its place.
    async fn accept(
        &self,
        folder: &Path,
        id: &str,
        licence: Option<String>,
        source: String,
    ) -> Result<(), InstallError> {
        let (installed, folder, id) = (self.clone(), folder.to_owned(), id.to_owned());
        tokio::task::spawn_blocking(move || {
            let (model, description) = (folder.join(MODEL), folder.join(DESCRIPTION));
            let text = std::fs::read(&description).map_err(MediaError::io("read", &description))?;
            if let Err(why) = Config::read(&text) {
                std::fs::remove_dir_all(&folder).map_err(MediaError::io("deleted", &folder))?;
                return Err(InstallError::Voice { name: id, why });
            }
            let size = model.metadata().map_err(MediaError::io("read", &model))?.len();
            let note = VoiceNote {
                id,
                model: crate::speech::cache::hash_of(&model)?,
                description: crate::speech::cache::hash_of(&description)?,
                bytes: size + text.len() as u64,
                source,
                licence,
                installed_at: crate::time::now_ms(),
                heard_with: None,
            };
            installed.place_voice(&folder, &note)
        })
        .await?
    }
}

/// Copies a voice into a folder; gives its licence.
fn copy(voice: &FoundVoice, folder: &Path) -> Result<Option<String>, InstallError> {
    std::fs::create_dir_all(folder).map_err(MediaError::io("made", folder))?;
    take(&voice.description, &folder.join(DESCRIPTION))?;
    let hash = take(&voice.model, &folder.join(MODEL))?;
    // The same file as in the list has the licence that the list knows.
    let known = offer::list()?
        .voice(&voice.id)
        .and_then(|known| (known.model.sha256.as_ref() == Some(&hash)).then(|| known.licence.clone()));
    let card = match &voice.card {
        Some(card) => {
            let mut text = Vec::new();
            card.copy(&mut text)?;
            import::licence(&String::from_utf8_lossy(&text))
        }
        None => None,
    };
    Ok(known.or(card))
}

/// Copies a file; gives its SHA-256.
fn take(source: &Source, goal: &Path) -> Result<String, InstallError> {
    let file = std::fs::File::create(goal).map_err(MediaError::io("written", goal))?;
    let mut both = Hashing { file, hasher: Sha256::new() };
    source.copy(&mut both)?;
    both.file.sync_all().map_err(MediaError::io("written", goal))?;
    Ok(fetch::hex(&both.hasher))
}

/// Writes a file and hashes it on the way.
struct Hashing {
    file: std::fs::File,
    hasher: Sha256,
}

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let n = self.file.write(bytes)?;
        self.hasher.update(&bytes[..n]);
        Ok(n)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

/// A SHA-256 as a person gives it.
fn hash(text: &str) -> Result<String, InstallError> {
    let plain = text.trim().to_lowercase();
    let hex = plain.len() == 64 && plain.chars().all(|c| c.is_ascii_hexdigit());
    if hex { Ok(plain) } else { Err(InstallError::BadHash(text.trim().chars().take(80).collect())) }
}
