//! Real speech for the fakes, made once for each text by the voices of this machine; and what is no speech.

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The text, spoken.
    Speech,
    /// The first third of it.
    Third,
    /// As long as speech, and silent.
    Silence,
    /// As long as speech, and noise.
    Noise,
    /// Another text.
    Other,
}

/// Makes sounds and keeps them for the run of one test program.
#[derive(Debug, Default)]
pub struct Sounds {
    kept: Mutex<HashMap<(String, Kind, u32), Vec<u8>>>,
    /// What is said whatever the text is.
    always: Option<String>,
}

impl Sounds {
    /// Says always this: for tests that are not about what is heard, with texts that are as long.
    #[must_use]
    pub fn saying(text: &str) -> Self {
        Self { kept: Mutex::default(), always: Some(text.to_owned()) }
    }

    /// An MP3 of constant rate at 44.1 kHz and 128 kbit, or 24 kHz and 48 kbit.
    ///
    /// # Panics
    /// When the tools are not there.
    #[must_use]
    pub fn mp3(&self, text: &str, kind: Kind, rate: u32) -> Vec<u8> {
        let text = self.always.as_deref().unwrap_or(text);
        let key = (text.to_owned(), kind, rate);
        if let Some(kept) = self.kept.lock().unwrap().get(&key) {
            return kept.clone();
        }
        let made = make(text, kind, rate);
        self.kept.lock().unwrap().insert(key, made.clone());
        made
    }
}

fn make(text: &str, kind: Kind, rate: u32) -> Vec<u8> {
    let dir = tempfile::tempdir().unwrap();
    let (line, mp3) = (dir.path().join("line.txt"), dir.path().join("said.mp3"));
    let said = if kind == Kind::Other { "No." } else { text };
    std::fs::write(&line, said).unwrap();
    let seconds = (text.chars().count() as f64 / 14.0).max(1.0);
    let input = match kind {
        Kind::Speech | Kind::Third | Kind::Other => format!("flite=voice=slt:textfile={}", line.display()),
        Kind::Silence => format!("anullsrc=r=16000:cl=mono:d={seconds}"),
        Kind::Noise => format!("anoisesrc=r=16000:a=0.3:d={seconds}"),
    };
    let bits = if rate == 24_000 { "48k" } else { "128k" };
    encode(&input, rate, bits, &mp3);
    let mut bytes = std::fs::read(&mp3).unwrap();
    if kind == Kind::Third {
        bytes.truncate(bytes.len() / 3);
    }
    bytes
}

fn encode(input: &str, rate: u32, bits: &str, to: &Path) {
    let ffmpeg = crate::tools().ffmpeg.unwrap();
    let run = Command::new(ffmpeg)
        .args(["-v", "error", "-f", "lavfi", "-i", input, "-af", "apad=pad_dur=0.3", "-ac", "1"])
        .args(["-ar", &rate.to_string(), "-c:a", "libmp3lame", "-b:a", bits, "-write_xing", "0", "-id3v2_version", "0"])
        .arg(to)
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}

/// Seconds of an MP3 of constant rate.
#[must_use]
pub fn seconds(mp3: &[u8], rate: u32) -> f64 {
    mp3.len() as f64 * 8.0 / if rate == 24_000 { 48_000.0 } else { 128_000.0 }
}
