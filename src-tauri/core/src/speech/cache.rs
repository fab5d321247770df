//! What was spoken before: sentences as pieces, scripts as voiceovers, each found by everything that decides its sound.
//!
//! A kept file is used only after its bytes were hashed and found to be what was stored; one that is missing or broken
//! is spoken again.

use std::path::Path;

use rusqlite::OptionalExtension;
use serde::{Deserialize, Serialize};

use super::words::Narration;
use super::{SpeechError, Voiceover, wav};
use crate::ids::VoiceoverId;
use crate::profile::Profile;
use crate::profile::media::{MediaError, MediaPath};
use crate::variants::timeline::FileRef;

/// A cache key in the making: every field changes it, and no two lists of fields give the same.
#[derive(Debug)]
pub(crate) struct Key(blake3::Hasher);

impl Key {
    pub(crate) fn new(kind: &str) -> Self {
        Self(blake3::Hasher::new()).field(kind)
    }

    pub(crate) fn field(mut self, value: impl AsRef<[u8]>) -> Self {
        let value = value.as_ref();
        // With its length first, so that ("ab", "c") differs from ("a", "bc").
        self.0.update(&(value.len() as u64).to_le_bytes());
        self.0.update(value);
        self
    }

    pub(crate) fn done(&self) -> String {
        self.0.finalize().to_hex().to_string()
    }
}

/// One sentence as spoken: trimmed, levelled, checked.
#[derive(Debug)]
pub(crate) struct Piece {
    pub(crate) samples: Vec<i16>,
    /// Word times from the provider, milliseconds from the start of the piece.
    pub(crate) words: Option<Vec<(u32, u32)>>,
}

/// What lies beside a piece: what it must hash to, and what the samples do not say.
#[derive(Serialize, Deserialize)]
struct Note {
    hash: String,
    words: Option<Vec<(u32, u32)>>,
}

fn path(key: &str, extension: &str) -> Result<MediaPath, MediaError> {
    MediaPath::new(format!("cache/voice/{key}.{extension}"))
}

/// The piece with this key, when it is there and sound.
pub(crate) fn piece(profile: &Profile, key: &str) -> Result<Option<Piece>, MediaError> {
    let folder = profile.folder();
    let (Ok(note), Ok(bytes)) =
        (std::fs::read(folder.path(&path(key, "json")?)), std::fs::read(folder.path(&path(key, "wav")?)))
    else {
        return Ok(None);
    };
    let note = serde_json::from_slice::<Note>(&note).ok();
    let sound = note.filter(|note| blake3::hash(&bytes).to_hex().as_str() == note.hash);
    let piece = sound.and_then(|note| Some(Piece { samples: wav::read(&bytes)?, words: note.words }));
    if piece.is_none() {
        tracing::warn!(key, "a kept sentence was damaged; it is spoken again");
    }
    Ok(piece)
}

/// Keeps a piece.
pub(crate) fn keep_piece(profile: &Profile, key: &str, piece: &Piece) -> Result<(), MediaError> {
    let part = profile.folder().part(&path(key, "wav")?)?;
    let write = || {
        let mut writer = wav::create(part.path())?;
        wav::push(&mut writer, &piece.samples)?;
        wav::finish(writer)
    };
    write().map_err(MediaError::io("written", part.goal()))?;
    let hash = hash_of(part.path())?;
    part.commit()?;
    let note = serde_json::to_vec(&Note { hash, words: piece.words.clone() })
        .map_err(|e| MediaError::io("written", Path::new(key))(e.into()))?;
    profile.folder().part(&path(key, "json")?)?.write(&note)
}

/// The voiceover with this key, when its row is there and its file is what the row says.
pub(crate) fn voiceover(profile: &Profile, key: &str) -> Result<Option<Voiceover>, SpeechError> {
    let row = profile.read::<_, SpeechError>(|db| {
        let mut query = db.prepare_cached("SELECT id, file, hash, narration FROM voiceovers WHERE key = ?1")?;
        Ok(query.query_row([key], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get::<_, String>(3)?))).optional()?)
    })?;
    let Some((id, path, hash, narration)) = row else { return Ok(None) };
    let file = FileRef { path, hash };
    let Ok(narration) = serde_json::from_str(&narration) else {
        tracing::warn!(key, "a kept voiceover cannot be read; it is made again");
        return Ok(None);
    };
    let real = profile.folder().path(&file.path);
    match hash_of(&real) {
        Ok(found) if found == file.hash => Ok(Some(Voiceover { id, file, narration })),
        _ => {
            tracing::warn!(key, "the file of a kept voiceover is gone or damaged; it is made again");
            Ok(None)
        }
    }
}

/// Where the joined file of this key goes.
pub(crate) fn joined(key: &str) -> Result<MediaPath, MediaError> {
    path(key, "wav")
}

/// Stores the row of a voiceover whose file is there. Made again, it keeps its id.
pub(crate) fn keep(
    profile: &Profile,
    key: &str,
    file: FileRef,
    narration: Narration,
) -> Result<Voiceover, SpeechError> {
    let text = serde_json::to_string(&narration).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?;
    let id = profile.write::<_, SpeechError>(|tx| {
        Ok(tx.query_row(
            "INSERT INTO voiceovers (id, key, file, hash, narration, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (key) DO UPDATE SET file = excluded.file, hash = excluded.hash, narration = excluded.narration
             RETURNING id",
            (VoiceoverId::new(), key, &file.path, &file.hash, text, crate::time::now_ms()),
            |r| r.get(0),
        )?)
    })?;
    Ok(Voiceover { id, file, narration })
}

/// BLAKE3 of a file, lower-case hex.
pub(crate) fn hash_of(file: &Path) -> Result<String, MediaError> {
    let mut hasher = blake3::Hasher::new();
    let mut open = std::fs::File::open(file).map_err(MediaError::io("read", file))?;
    std::io::copy(&mut open, &mut hasher).map_err(MediaError::io("read", file))?;
    Ok(hasher.finalize().to_hex().to_string())
}
