//! Which words are heard, and when, by a program that knows nothing of ours: pocketsphinx, in a Python of the tests' own.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::footage::ffmpeg;

/// A word as the aligner heard it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// In small letters, without punctuation.
    pub word: String,
    /// Milliseconds from the start of the file.
    pub start_ms: i64,
}

/// The words of `text` as they are heard in a sound or video file. `None`, with a line saying so, where the aligner is
/// not installed; `cargo xtask test` installs it and allows no skipping.
///
/// # Panics
/// When the aligner fails, or is missing where nothing may be skipped.
#[must_use]
pub fn heard(file: &Path, text: &str) -> Option<Vec<Heard>> {
    let python = python()?;
    let folder = tempfile::tempdir().unwrap();
    let wav = folder.path().join("narration.wav");
    let path = |path: &Path| path.to_str().expect("a test path is UTF-8").to_owned();
    ffmpeg(&["-i", &path(file), "-vn", "-ac", "1", "-ar", "16000", "-c:a", "pcm_s16le", &path(&wav)]);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("aligner/align.py");
    let mut child = Command::new(python)
        .arg(script)
        .arg(&wav)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the aligner starts");
    child.stdin.take().expect("a pipe").write_all(text.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "the aligner could not follow");
    let words: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    Some(
        words
            .iter()
            .map(|word| Heard {
                word: word["word"].as_str().unwrap().to_owned(),
                start_ms: word["start_ms"].as_i64().unwrap(),
            })
            .collect(),
    )
}

/// The words that a recogniser which does not know the text hears in a sound file. `None` as for [`heard`].
///
/// # Panics
/// As [`heard`].
#[must_use]
pub fn recognised(file: &Path) -> Option<Vec<String>> {
    let python = python()?;
    let folder = tempfile::tempdir().unwrap();
    let wav = folder.path().join("sound.wav");
    let path = |path: &Path| path.to_str().expect("a test path is UTF-8").to_owned();
    ffmpeg(&["-i", &path(file), "-vn", "-ac", "1", "-ar", "16000", "-c:a", "pcm_s16le", &path(&wav)]);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("aligner/recognise.py");
    let output = Command::new(python).arg(script).arg(&wav).output().expect("the recogniser starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

/// The share of a text's words that are among the heard ones, in order, 0 to 1.
#[must_use]
pub fn share_heard(text: &str, heard: &[String]) -> f64 {
    let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let words: Vec<String> = text.split_whitespace().map(plain).collect();
    // The longest common run of words, with gaps.
    let mut row = vec![0; heard.len() + 1];
    for word in &words {
        let mut before = 0;
        for (at, other) in heard.iter().enumerate() {
            let diagonal = before;
            before = row[at + 1];
            row[at + 1] = if plain(other) == *word { diagonal + 1 } else { row[at + 1].max(row[at]) };
        }
    }
    f64::from(row.last().copied().unwrap_or(0)) / words.len().max(1) as f64
}

fn python() -> Option<PathBuf> {
    let named = std::env::var_os("EDIT_FACTORY_TEST_PYTHON").map(PathBuf::from);
    // Beside the folder this test program was built into.
    let beside = || {
        let target = std::env::current_exe().ok()?.ancestors().nth(3)?.join("aligner-venv/bin/python");
        target.is_file().then_some(target)
    };
    let found = named.or_else(beside);
    if found.is_none() {
        assert!(std::env::var_os("EDIT_FACTORY_TEST_ALL").is_none(), "the aligner is not installed");
        eprintln!("skipped: the aligner is not installed; `cargo xtask setup` does it");
    }
    found
}

/// How far two lists of times lie apart, sorted, milliseconds.
#[must_use]
pub fn distances(ours: &[i64], theirs: &[Heard]) -> Vec<i64> {
    assert_eq!(ours.len(), theirs.len(), "not the same words");
    let mut distances: Vec<i64> = ours.iter().zip(theirs).map(|(our, their)| (our - their.start_ms).abs()).collect();
    distances.sort_unstable();
    distances
}

/// The value below which this share (0 to 1) of a sorted list lies.
#[must_use]
pub fn percentile(sorted: &[i64], share: f64) -> i64 {
    let at = ((sorted.len() - 1) as f64 * share).round() as usize;
    sorted[at]
}
