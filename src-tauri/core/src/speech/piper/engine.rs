//! A Piper model in memory, run by ONNX Runtime. Blocking: to be used from a thread that may wait.
//!
//! A session can do one sentence at a time, on one processor; a second one is made when two sentences are wanted at once.
//! What is not here: where the runtime and the model come from (`installed`).

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ort::environment::Environment;
use ort::session::{RunOptions, Session};
use ort::value::Tensor;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::graph;

/// Sentences at once, and so models in memory. More than two would speak no faster on the machines this is made for, and
/// each takes its memory.
pub(crate) const AT_ONCE: usize = 2;

/// Why a model does not speak.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The runtime.
    #[error("the ONNX Runtime at {} cannot be used: {says}", path.display())]
    Runtime {
        /// Its file.
        path: PathBuf,
        /// What the loader said.
        says: String,
    },
    /// The model, or what it made.
    #[error("the voice's model cannot be used: {0}")]
    Model(String),
    /// Its file.
    #[error("the voice's model cannot be read: {0}")]
    Read(#[source] std::io::Error),
    /// It was told to stop.
    #[error("it was stopped")]
    Stopped,
}

impl From<ort::Error> for EngineError {
    fn from(error: ort::Error) -> Self {
        Self::Model(error.to_string())
    }
}

impl From<ort::Error<ort::session::builder::SessionBuilder>> for EngineError {
    fn from(error: ort::Error<ort::session::builder::SessionBuilder>) -> Self {
        Self::Model(error.to_string())
    }
}

/// Loads the runtime. A process can do that once: the library stays loaded, and it has one environment.
///
/// # Errors
/// [`EngineError::Runtime`].
pub(crate) fn load_runtime(library: &Path) -> Result<Environment, EngineError> {
    let failed = |says: String| EngineError::Runtime { path: library.to_owned(), says };
    let environment = ort::init_from(library).map_err(|error| failed(error.to_string()))?;
    // Microsoft's builds for Windows report what they run unless they are told not to.
    environment.with_name("edit-factory").with_telemetry(false).build().map_err(|error| failed(error.to_string()))
}

/// What a model made of a sentence.
#[derive(Debug)]
pub(super) struct Made {
    /// From -1 to 1.
    pub(super) samples: Vec<f32>,
    /// How many frames each number was held, when the model tells.
    pub(super) frames: Option<Vec<f32>>,
}

/// A model, ready to speak.
pub(crate) struct Engine {
    environment: Environment,
    file: PathBuf,
    has_speakers: bool,
    idle: Mutex<Vec<Ready>>,
    /// Loading takes several times the model's size for a moment, so it is done once at a time.
    loading: Mutex<()>,
    places: Arc<Semaphore>,
}

struct Ready {
    session: Session,
    lengths: Option<String>,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("file", &self.file).finish_non_exhaustive()
    }
}

impl Engine {
    /// The model of this file. It is read when it is first wanted.
    pub(crate) fn new(environment: Environment, file: PathBuf, has_speakers: bool) -> Self {
        let places = Arc::new(Semaphore::new(AT_ONCE));
        Self { environment, file, has_speakers, idle: Mutex::default(), loading: Mutex::default(), places }
    }

    /// Waits for a free place. Whoever holds it may call [`Self::make`].
    pub(super) async fn place(&self) -> Result<OwnedSemaphorePermit, EngineError> {
        self.places.clone().acquire_owned().await.map_err(|_| EngineError::Stopped)
    }

    /// Speaks the numbers of a sentence. `stop` ends it from another thread.
    pub(super) fn make(
        &self,
        ids: &[i64],
        scales: [f32; 3],
        stop: &RunOptions,
        _place: &OwnedSemaphorePermit,
    ) -> Result<Made, EngineError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut ready = match idle {
            Some(ready) => ready,
            None => self.load()?,
        };
        let made = ready.run(ids, scales, self.has_speakers, stop);
        // A session that failed is not used again.
        if made.is_ok() {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(ready);
        }
        made
    }

    fn load(&self) -> Result<Ready, EngineError> {
        let _alone = self.loading.lock().unwrap_or_else(PoisonError::into_inner);
        let began = std::time::Instant::now();
        let mut model = std::fs::read(&self.file).map_err(EngineError::Read)?;
        let lengths = graph::add_lengths(&mut model);
        let mut builder = Session::builder(&self.environment)?
            .with_intra_threads(1)?
            .with_inter_threads(1)?
            // Every sentence has another shape, so plans of memory for a shape are only kept, never used.
            .with_memory_pattern(false)?;
        let session = builder.commit_from_memory(&model)?;
        drop(model);
        let took_ms = began.elapsed().as_millis();
        tracing::debug!(file = %self.file.display(), took_ms, timed = lengths.is_some(), "a voice's model was loaded");
        Ok(Ready { session, lengths })
    }
}

impl Ready {
    fn run(
        &mut self,
        ids: &[i64],
        scales: [f32; 3],
        has_speakers: bool,
        stop: &RunOptions,
    ) -> Result<Made, EngineError> {
        let length = ids.len() as i64;
        let mut inputs = ort::inputs![
            "input" => Tensor::from_array(([1, length], ids.to_vec()))?,
            "input_lengths" => Tensor::from_array(([1], vec![length]))?,
            "scales" => Tensor::from_array(([3], scales.to_vec()))?,
        ];
        if has_speakers {
            inputs.push(("sid".into(), Tensor::from_array(([1], vec![0_i64]))?.into()));
        }
        let outputs = self.session.run_with_options(inputs, stop)?;
        let of = |name: &str| -> Result<Vec<f32>, EngineError> {
            let value = outputs.get(name).ok_or_else(|| EngineError::Model(format!("it has no output \"{name}\"")))?;
            Ok(value.try_extract_tensor::<f32>()?.1.to_vec())
        };
        let frames = self.lengths.as_deref().map(of).transpose()?;
        Ok(Made { samples: of("output")?, frames })
    }
}
