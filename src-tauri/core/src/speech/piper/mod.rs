//! Piper: a small neural voice on this machine. espeak-ng writes the sounds of a sentence (`phonemes`), the voice's model
//! speaks them (`engine`) and says how long it held each (`graph`), which gives every word its time.
//!
//! What is not here: where voices and the runtime come from and whether they may be used (`installed`).

pub(crate) mod config;
pub(crate) mod engine;
mod graph;
mod phonemes;

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use ort::session::RunOptions;

use crate::ffmpeg::Toolbox;
use crate::profile::media::MediaError;
use crate::speech::installed::{Installed, InstalledVoice};
use crate::speech::offline;
use crate::speech::provider::{Attempt, Line, Outcome, Provider, Raw, Speaking};
use config::Config;
use engine::{AT_ONCE, Engine, EngineError, Made};

/// The provider's name.
pub const NAME: &str = "piper";

/// Bump when the same model would be made to sound another way.
const VERSION: u32 = 1;
/// The loudest sample of what is written, of 32767: the model's own level means nothing.
const PEAK: f32 = 29_000.0;

/// One voice of Piper.
#[derive(Debug)]
pub(crate) struct Piper {
    toolbox: Toolbox,
    installed: Installed,
    voice: InstalledVoice,
    fingerprint: String,
    /// Its model stays in memory for as long as somebody may want the next sentence.
    engine: Mutex<Option<Arc<Engine>>>,
}

impl Piper {
    /// A voice that is installed.
    pub(crate) fn new(toolbox: &Toolbox, installed: &Installed, voice: InstalledVoice) -> Self {
        let fingerprint = format!(
            "version {VERSION}|model {}|description {}|onnxruntime {}|scales {:?}|{}",
            voice.note.model,
            voice.note.description,
            installed.runtime().map_or_else(|| "missing".to_owned(), |runtime| runtime.hash),
            voice.config.scales(),
            offline::fingerprint_of(toolbox.espeak_path()),
        );
        Self { toolbox: toolbox.clone(), installed: installed.clone(), voice, fingerprint, engine: Mutex::default() }
    }

    async fn engine(&self) -> Result<Arc<Engine>, Outcome> {
        let (installed, voice) = (self.installed.clone(), self.voice.clone());
        let engine = tokio::task::spawn_blocking(move || installed.engine(&voice)).await.map_err(Outcome::Stopped)?;
        let engine = engine.map_err(unavailable)?;
        *self.engine.lock().unwrap_or_else(PoisonError::into_inner) = Some(engine.clone());
        Ok(engine)
    }

    async fn say(&self, line: Line<'_>, attempt: &Attempt) -> Result<Raw, Outcome> {
        if !line.text.chars().any(char::is_alphanumeric) {
            return Err(Outcome::BadInput);
        }
        let config = &self.voice.config;
        let sounds = phonemes::sounds(&self.toolbox, config, line.text, attempt.cancel()).await?;
        let engine = self.engine().await?;
        let place = tokio::select! {
            biased;
            () = attempt.cancel().cancelled() => return Err(Outcome::Cancelled),
            place = engine.place() => place.map_err(unavailable)?,
        };
        let stop = Arc::new(RunOptions::new().map_err(|error| unavailable(error.into()))?);
        let mut making = {
            let (engine, ids, scales, stop) = (engine, sounds.ids.clone(), config.scales(), stop.clone());
            tokio::task::spawn_blocking(move || engine.make(&ids, scales, &stop, &place))
        };
        let made = tokio::select! {
            biased;
            () = attempt.cancel().cancelled() => {
                if let Err(error) = stop.terminate() {
                    tracing::warn!(%error, "a sentence could not be stopped; it is spoken to its end");
                }
                // Waited for, so that its place is free and its memory is used by nobody.
                drop(making.await);
                return Err(Outcome::Cancelled);
            }
            made = &mut making => made.map_err(Outcome::Stopped)?.map_err(unavailable)?,
        };
        let words = match &made.frames {
            Some(frames) => {
                let held: f64 = frames.iter().map(|n| f64::from(*n)).sum();
                // The model says how long it spoke; a file that is shorter or longer is not what it spoke.
                if held * f64::from(config.hop()) != made.samples.len() as f64 {
                    return Err(Outcome::Truncated);
                }
                sounds.times(frames, f64::from(config.hop()) * 1000.0 / f64::from(config.sample_rate()))
            }
            None => None,
        };
        let file = attempt.folder().join("said.wav");
        write(&file, config, &made).map_err(MediaError::io("written", &file))?;
        Ok(Raw { file, words })
    }
}

fn unavailable(error: EngineError) -> Outcome {
    match error {
        EngineError::Stopped => Outcome::Cancelled,
        other => Outcome::Unavailable(other.to_string()),
    }
}

/// Writes the samples, as loud as they may be. What is silent or no number stays silent, for the checks to find.
fn write(file: &Path, config: &Config, made: &Made) -> std::io::Result<()> {
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: config.sample_rate(),
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let peak = made.samples.iter().map(|sample| sample.abs()).fold(0.01, f32::max);
    let wav = |error: hound::Error| match error {
        hound::Error::IoError(error) => error,
        other => std::io::Error::other(other),
    };
    let mut writer = hound::WavWriter::create(file, spec).map_err(wav)?;
    for sample in &made.samples {
        writer.write_sample((sample / peak * PEAK).round() as i16).map_err(wav)?;
    }
    writer.finalize().map_err(wav)
}

impl Provider for Piper {
    fn name(&self) -> &'static str {
        NAME
    }

    fn fingerprint(&self) -> String {
        self.fingerprint.clone()
    }

    fn at_once(&self) -> usize {
        AT_ONCE
    }

    fn speak<'a>(&'a self, line: Line<'a>, attempt: &'a Attempt) -> Speaking<'a> {
        Box::pin(self.say(line, attempt))
    }
}
