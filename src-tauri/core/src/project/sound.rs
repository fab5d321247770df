//! Sound files of the user's own, music and narration: checked and copied into the profile, named by their hash.
//!
//! What is not here: what is done with them. Music is mixed by `render`, narration becomes a voiceover in `speech`.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::args;
use crate::error::{Code, Explain};
use crate::ffmpeg::ToolError;
use crate::library::probe::{as_input, name};
use crate::profile::Profile;
use crate::profile::media::MediaError;
use crate::variants::timeline::FileRef;

/// Why a sound file was not taken in.
#[derive(Debug, thiserror::Error)]
pub enum SoundError {
    /// It cannot be opened or read.
    #[error("\"{}\" cannot be read: {source}. Check that it is there and that you may open it.", name(.path))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// Zero bytes.
    #[error("\"{}\" is empty (0 bytes). Copy it again from where it came from.", name(.0))]
    Empty(PathBuf),
    /// Nothing to hear in it.
    #[error("\"{}\" has no sound that could be used. Give a sound file such as .wav, .mp3, .m4a or .flac.", name(.0))]
    NoSound(PathBuf),
    /// ffprobe is missing, could not run, or was cancelled.
    #[error(transparent)]
    Tool(#[from] ToolError),
    /// It could not be copied in.
    #[error(transparent)]
    Media(#[from] MediaError),
}

impl Explain for SoundError {
    fn code(&self) -> Code {
        match self {
            Self::Unreadable { .. } => Code::Unreadable,
            Self::Empty(_) => Code::EmptyFile,
            Self::NoSound(_) => Code::InvalidInput,
            Self::Tool(e) => e.code(),
            Self::Media(e) => e.code(),
        }
    }

    fn details(&self) -> Value {
        match self {
            Self::Unreadable { path, .. } | Self::Empty(path) | Self::NoSound(path) => {
                json!({ "file": path.to_string_lossy() })
            }
            Self::Tool(e) => e.details(),
            Self::Media(e) => e.details(),
        }
    }
}

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    streams: Vec<Value>,
}

/// Copies a sound file to `media/<folder>/<hash>-<name>` of the profile, unless it is there already.
///
/// # Errors
/// [`SoundError`]; nothing was copied then.
pub async fn take_in(
    profile: &Profile,
    path: &Path,
    folder: &str,
    cancel: &CancellationToken,
) -> Result<FileRef, SoundError> {
    let unreadable = |source| SoundError::Unreadable { path: path.to_owned(), source };
    // Before anything of it is read.
    profile.folder().refuse_other_profiles(path)?;
    let meta = path.metadata().map_err(unreadable)?;
    if !meta.is_file() {
        return Err(unreadable(std::io::Error::other("it is not a file")));
    }
    if meta.len() == 0 {
        return Err(SoundError::Empty(path.to_owned()));
    }
    let input = as_input(path).map_err(unreadable)?;
    let ask = args!["-v", "error", "-protocol_whitelist", "file", "-select_streams", "a:0"];
    let ask = [ask, args!["-show_entries", "stream=codec_name", "-of", "json", input]].concat();
    let answer = match profile.toolbox().ffprobe(&ask, cancel).await {
        Ok(output) => serde_json::from_slice(&output.stdout).unwrap_or(Answer { streams: Vec::new() }),
        Err(ToolError::Failed { .. }) => Answer { streams: Vec::new() },
        Err(error) => return Err(error.into()),
    };
    if answer.streams.is_empty() {
        return Err(SoundError::NoSound(path.to_owned()));
    }
    let (profile, from, folder) = (profile.clone(), path.to_owned(), folder.to_owned());
    let kept = tokio::task::spawn_blocking(move || profile.folder().keep(&from, &folder)).await;
    let (path, hash) = kept.map_err(|e| unreadable(std::io::Error::other(e)))??;
    Ok(FileRef { path, hash })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testkit::bench;

    #[tokio::test]
    async fn a_sound_file_is_copied_in_once_and_keeps_its_name() {
        let bench = bench();
        let cancel = CancellationToken::new();
        let song = bench.desk.join("-my %d song's: 1.wav");
        let spec = hound::WavSpec {
            channels: 1,
            sample_rate: 8000,
            bits_per_sample: 16,
            sample_format: hound::SampleFormat::Int,
        };
        let mut wav = hound::WavWriter::create(&song, spec).unwrap();
        (0..8000).for_each(|n| wav.write_sample((n % 100) as i16).unwrap());
        wav.finalize().unwrap();
        let first = take_in(&bench.profile, &song, "music", &cancel).await.unwrap();
        assert_eq!(first.path.as_str(), format!("media/music/{}-my %d song's 1.wav", first.hash));
        assert_eq!(take_in(&bench.profile, &song, "music", &cancel).await.unwrap(), first);
        let inside = bench.profile.folder().existing(&first.path).unwrap();
        assert_eq!(std::fs::read(&inside).unwrap(), std::fs::read(&song).unwrap());
        assert_eq!(std::fs::read_dir(inside.parent().unwrap()).unwrap().count(), 1);
    }

    #[tokio::test]
    async fn what_cannot_be_heard_is_refused_and_nothing_is_copied() {
        let bench = bench();
        let cancel = CancellationToken::new();
        std::fs::write(bench.desk.join("text.mp3"), "la la la").unwrap();
        std::fs::write(bench.desk.join("empty.mp3"), "").unwrap();
        for (file, code) in [
            ("text.mp3", Code::InvalidInput),
            ("empty.mp3", Code::EmptyFile),
            ("missing.mp3", Code::Unreadable),
            ("", Code::Unreadable),
        ] {
            let refused = take_in(&bench.profile, &bench.desk.join(file), "music", &cancel).await.unwrap_err();
            assert_eq!(refused.code(), code, "{file}: {refused}");
        }
        assert!(!bench.profile.root().join("media/music").exists());
    }
}
