//! The test sentence: a voice may speak for a profile only after it was heard here, by the same rules as every attempt.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::error::InstallError;
use super::note::{self, InstalledVoice, NOTE};
use super::offer::ArrivingStep;
use super::{Installed, Runtime};
use crate::profile::media::MediaError;
use crate::speech::listen::listen;
use crate::speech::piper::Piper;
use crate::speech::provider::{Attempt, Line, Outcome};

/// What a language's voice says; one that is not here counts, which every language can.
const SENTENCES: [(&str, &str); 8] = [
    ("en", "This is the first sentence that the new voice says."),
    ("ro", "Aceasta este prima propoziție pe care o spune vocea nouă."),
    ("de", "Das ist der erste Satz, den die neue Stimme spricht."),
    ("fr", "Voici la première phrase que dit la nouvelle voix."),
    ("es", "Esta es la primera frase que dice la nueva voz."),
    ("it", "Questa è la prima frase che dice la nuova voce."),
    ("pt", "Esta é a primeira frase que a nova voz diz."),
    ("hu", "Ez az első mondat, amelyet az új hang mond."),
];
const COUNTING: &str = "1, 2, 3, 4, 5, 6, 7.";
/// The time a machine may take for it, the loading of the model included.
const PATIENCE: Duration = Duration::from_secs(120);

impl Installed {
    /// Hears a voice say its test sentence, and notes it.
    pub(super) async fn hear(
        &self,
        voice: &InstalledVoice,
        runtime: &Runtime,
        cancel: &CancellationToken,
    ) -> Result<(), InstallError> {
        self.progress(ArrivingStep::Listen, 0, None);
        let language = voice.config.language();
        let base = language.split('-').next().unwrap_or(&language).to_owned();
        let text = SENTENCES.iter().find(|(code, _)| *code == base).map_or(COUNTING, |(_, text)| text);
        let outcome = |outcome: Outcome| match outcome {
            Outcome::Cancelled => InstallError::Cancelled,
            Outcome::Media(error) => error.into(),
            other => InstallError::NotHeard { name: voice.note.id.clone(), says: other.to_string() },
        };
        let piper = Piper::new(&self.inner.toolbox, self, voice.clone());
        let folder = self.arriving_folder();
        std::fs::create_dir_all(&folder).map_err(MediaError::io("made", &folder))?;
        let attempt = Attempt::new(&folder, PATIENCE, cancel)?;
        let line = Line { text, language: &base, voice: &voice.note.id };
        let raw = attempt.run(&piper, line).await.map_err(outcome)?;
        let words = raw.words.as_deref();
        listen(&self.inner.toolbox, &raw.file, text, &base, words, cancel).await.map_err(outcome)?;
        let mut heard = voice.note.clone();
        heard.heard_with = Some(runtime.version.clone());
        note::write(&voice.folder.join(NOTE), &heard)
    }

    /// Hears a voice when everything it needs is there. One that fails is taken away again.
    pub(super) async fn try_out(&self, id: &str, cancel: &CancellationToken) -> Result<(), InstallError> {
        let (Some(voice), Some(runtime)) = (self.voice(id), self.runtime()) else { return Ok(()) };
        if self.inner.toolbox.espeak_path().is_err() || self.inner.toolbox.ffmpeg_path().is_err() {
            return Ok(());
        }
        let heard = self.hear(&voice, &runtime, cancel).await;
        if matches!(heard, Err(InstallError::NotHeard { .. })) {
            std::fs::remove_dir_all(&voice.folder).map_err(MediaError::io("deleted", &voice.folder))?;
        }
        heard
    }

    /// Hears every voice that was not heard yet. One that fails is left there, unheard.
    pub(super) async fn try_out_waiting(&self, cancel: &CancellationToken) -> Result<(), InstallError> {
        let Some(runtime) = self.runtime() else { return Ok(()) };
        for voice in self.voices().iter().filter(|voice| voice.note.heard_with.is_none()) {
            match self.hear(voice, &runtime, cancel).await {
                Err(InstallError::NotHeard { name, says }) => {
                    tracing::warn!(name, says, "a voice that waited did not speak its test sentence");
                }
                other => other?,
            }
        }
        Ok(())
    }
}
