//! Projects: scripts, the sources they may use, the look, the target platform; and pins and caption edits.

pub mod pins;
pub mod scripts;
pub mod sound;
pub mod store;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ids::{ProjectId, ScriptId};
use crate::speech::words::VoiceId;
use crate::variants::timeline::{FileRef, Framing, MusicTrack};

/// Everything about a project's videos that is not words or shots. Missing fields take these defaults.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct Look {
    /// Name of the platform in `assets/platforms.json`.
    pub platform: String,
    /// Caption style id; `None` takes the brand's, else the first bundled one.
    pub caption_style: Option<String>,
    /// Burn captions in.
    pub captions: bool,
    /// The voice asked for; `None` lets the program choose one for the language.
    pub voice: Option<VoiceId>,
    /// Level change of the voice, dB.
    pub voice_gain_db: f32,
    /// Music under everything.
    pub music: Option<MusicTrack>,
    /// Level of the footage's own sound, dB; `None` leaves it out.
    pub source_sound_db: Option<f32>,
    /// Framing of all shots that have none of their own; `None` takes the platform's default.
    pub framing: Option<Framing>,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            platform: "tiktok".into(),
            caption_style: None,
            captions: true,
            voice: None,
            voice_gain_db: 0.0,
            music: None,
            source_sound_db: None,
            framing: None,
        }
    }
}

/// A project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Project {
    /// Its id.
    pub id: ProjectId,
    /// Its name.
    pub name: String,
    /// Its look.
    pub look: Look,
    /// UTC milliseconds.
    pub created_at: i64,
}

/// A script as it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct StoredScript {
    /// Its id.
    pub id: ScriptId,
    /// The project it belongs to.
    pub project: ProjectId,
    /// Its name, for file names.
    pub name: String,
    /// As given, markup and all.
    pub text: String,
    /// Set by hand; else detected.
    pub language: Option<String>,
    /// For choosing footage.
    pub tags: Vec<String>,
    /// The user's own narration.
    pub recording: Option<FileRef>,
}
