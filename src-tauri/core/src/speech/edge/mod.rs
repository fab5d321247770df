//! Edge's read-aloud service: free voices of Microsoft, spoken over a WebSocket. Best effort: Microsoft promises nothing,
//! and it may stop any day. It is off until somebody turns it on.
//!
//! The protocol's messages come from `edge-tts-rust`; the connection is our own, so that its address can be given and
//! so that an answer counts only when it is whole: it says that its turn ended, and every part of the text has sound.

mod connection;
mod frames;
pub(crate) mod voices;

use edge_tts_rust::split_text;

use crate::profile::media::MediaError;
use crate::speech::provider::{Attempt, Line, Meter, Outcome, Probing, Provider, Raw, Speaking};

/// The provider's name.
pub const NAME: &str = "edge";
/// The most bytes of escaped text one request may have.
const MOST_BYTES: usize = 4096;

/// Edge's read-aloud service.
#[derive(Debug)]
pub struct Edge {
    base: Option<String>,
}

impl Edge {
    /// `base` replaces the real address.
    #[must_use]
    pub fn new(base: Option<&str>) -> Self {
        Self { base: base.map(str::to_owned) }
    }

    async fn ask(&self, line: Line<'_>, attempt: &Attempt) -> Result<Raw, Outcome> {
        if !line.text.chars().any(char::is_alphanumeric) {
            return Err(Outcome::BadInput);
        }
        // The protocol functions leave what looks like an entity as it is; in a script it is only text.
        let text = line.text.replace('&', "&amp;");
        let parts = split_text(&text, MOST_BYTES).map_err(|_| Outcome::BadInput)?;
        let (mut sound, mut words) = (Vec::new(), Vec::new());
        for part in &parts {
            let answer = connection::speak(self.base.as_deref(), line.voice, part, sound.len()).await?;
            sound.extend(answer.sound);
            words.extend(answer.words);
        }
        let file = attempt.folder().join("said.mp3");
        std::fs::write(&file, &sound).map_err(MediaError::io("written", &file))?;
        attempt.note(Meter::Nothing);
        Ok(Raw { file, words: Some(frames::times(line.text, &words)) })
    }
}

impl Provider for Edge {
    fn name(&self) -> &'static str {
        NAME
    }

    fn fingerprint(&self) -> String {
        connection::FORMAT.to_owned()
    }

    fn at_once(&self) -> usize {
        2
    }

    fn is_remote(&self) -> bool {
        true
    }

    fn speak<'a>(&'a self, line: Line<'a>, attempt: &'a Attempt) -> Speaking<'a> {
        Box::pin(attempt.unless_cancelled(self.ask(line, attempt)))
    }

    fn probe<'a>(&'a self, attempt: &'a Attempt) -> Probing<'a> {
        Box::pin(attempt.unless_cancelled(async { connection::connect(self.base.as_deref()).await.map(drop) }))
    }
}
