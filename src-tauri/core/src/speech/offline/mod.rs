//! Voices that need no account and no network: flite inside ffmpeg for English, espeak-ng for every other language.

mod espeak;
mod flite;

use std::path::PathBuf;

pub(crate) use espeak::no_notation;
pub use espeak::{Espeak, EspeakVoice, NAME as ESPEAK};
pub use flite::{Flite, NAME as FLITE, VOICES as FLITE_VOICES};

/// Tells one build of a program from another without running it: its path, size and time of change.
pub(crate) fn fingerprint_of(program: Result<PathBuf, crate::ffmpeg::ToolError>) -> String {
    let Ok(path) = program else { return "missing".into() };
    let real = path.canonicalize().unwrap_or(path);
    let (bytes, changed) = real.metadata().map_or((0, 0), |m| {
        let since = m.modified().ok().and_then(|t| t.duration_since(std::time::UNIX_EPOCH).ok());
        (m.len(), since.map_or(0, |d| d.as_millis()))
    });
    format!("{}|{bytes}|{changed}", real.display())
}
