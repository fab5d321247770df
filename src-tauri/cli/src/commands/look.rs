//! From the arguments about look and sound to a project's look, and scripts from files.

use std::path::{Path, PathBuf};

use edit_factory_core::api::SoundAdd;
use edit_factory_core::api::scripts::SoundUse;
use edit_factory_core::error::Failure;
use edit_factory_core::project::Look;
use edit_factory_core::project::store::NewScript;
use edit_factory_core::script::batch;
use edit_factory_core::variants::timeline::{Framing, MusicTrack};

use crate::args::look;
use crate::session::Session;

/// How long music takes to come and to go, milliseconds.
const FADE_MS: u32 = 1500;

/// The look that was asked for; a music file is copied into the profile.
pub async fn look(session: &Session, given: look::Look) -> Result<Look, Failure> {
    let usual = Look::default();
    let music = match &given.music {
        Some(path) => {
            let file = session.caller.ask(SoundAdd { path: path.clone(), what_for: SoundUse::Music }).await?;
            Some(MusicTrack { file, gain_db: given.music_gain, duck: true, fade_ms: FADE_MS })
        }
        None => None,
    };
    Ok(Look {
        platform: given.platform.unwrap_or(usual.platform),
        caption_style: given.style,
        captions: !given.no_captions,
        voice: given.voice,
        voice_gain_db: given.voice_gain,
        music,
        source_sound_db: given.source_sound,
        framing: given.framing.map(framing),
    })
}

/// As core names it; what is cropped around is left in the middle, where each shot's own anchor replaces it.
pub fn framing(given: look::Framing) -> Framing {
    match given {
        look::Framing::Fill => Framing::Fill { x: 0.5, y: 0.5 },
        look::Framing::BlurFit => Framing::BlurFit,
        look::Framing::Fit => Framing::Fit,
    }
}

/// The scripts in these files, folders and tables; with the user's own narration of the only one, when given.
pub async fn scripts(
    session: &Session,
    paths: &[PathBuf],
    language: Option<&str>,
    recording: Option<&Path>,
) -> Result<Vec<NewScript>, Failure> {
    let recording = match recording {
        Some(path) => {
            let add = SoundAdd { path: path.to_owned(), what_for: SoundUse::Narration };
            Some(session.caller.ask(add).await?)
        }
        None => None,
    };
    let found = batch::from_paths(paths)?;
    Ok(found
        .into_iter()
        .map(|named| NewScript {
            name: named.name,
            text: named.text,
            language: language.map(str::to_owned),
            tags: named.tags,
            recording: recording.clone(),
        })
        .collect())
}
