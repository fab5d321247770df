//! Looking at a clip: its file, what is written over it, whether it is stale, where it was published. All that is found is a
//! value, which is then judged for each platform.

use std::path::Path;

use rusqlite::OptionalExtension;
use tokio_util::sync::CancellationToken;

use super::PreflightError;
use super::look::{self, Looked};
use super::stale::{self, Stale};
use crate::captions::places::{self, Written};
use crate::captions::{Frame, fonts, style};
use crate::clips::{self, Clip, ClipError};
use crate::ffmpeg::ToolError;
use crate::ids::ClipId;
use crate::profile::Profile;
use crate::profile::db::{DbError, Reader};
use crate::profile::media::MediaError;
use crate::render::files;
use crate::render::loudness::Measured;
use crate::render::platform;
use crate::render::receipt::Receipt;
use crate::speech::recorded;
use crate::variants::timeline::Timeline;

/// Where a clip, or another render of its plan, was published or is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Already {
    /// As Postiz names it.
    pub platform: String,
    /// The account's name.
    pub account: String,
    /// When it went out or will, UTC milliseconds.
    pub at: i64,
}

/// The file of a clip.
#[derive(Debug, Clone, PartialEq)]
pub enum FileState {
    /// Not on this machine.
    Missing,
    /// Not the one that was made.
    Changed,
    /// ffprobe cannot read it; what it says.
    Unreadable(String),
    /// As it was made.
    Good(Looked),
}

/// What is known of a clip before it is published.
#[derive(Debug, Clone, PartialEq)]
pub struct Examined {
    /// The clip.
    pub clip: Clip,
    /// Our platform it was made for.
    pub made_for: String,
    /// Its file.
    pub file: FileState,
    /// How loud it is, as measured when it was made.
    pub loudness: Measured,
    /// Its frame, pixels.
    pub frame: (u32, u32),
    /// Where captions and title stand.
    pub written: Vec<Written>,
    /// Their font.
    pub font: String,
    /// Characters of theirs that the font lacks.
    pub missing: Vec<char>,
    /// What was changed since it was made.
    pub stale: Vec<Stale>,
    /// The voice was made by a program.
    pub synthetic: bool,
    /// Where it was published before.
    pub already: Vec<Already>,
}

/// Looks at a clip.
///
/// # Errors
/// [`PreflightError`] when there is no such clip, or ffprobe cannot be run.
pub async fn examine(profile: &Profile, clip: ClipId, cancel: &CancellationToken) -> Result<Examined, PreflightError> {
    let (clip, receipt, stale, already) = profile.read::<_, PreflightError>(|tx| {
        let found = clips::get(tx, clip)?;
        let value = clips::receipt(tx, clip)?;
        let receipt: Receipt = serde_json::from_value(value).map_err(|source| ClipError::Receipt { clip, source })?;
        let stale = stale::of(tx, &receipt)?;
        let already = already(tx, &found)?;
        Ok((found, receipt, stale, already))
    })?;
    let file = file(profile, &clip, cancel).await?;
    let (font, missing) = glyphs(&receipt.timeline);
    Ok(Examined {
        made_for: receipt.platform.clone(),
        file,
        loudness: receipt.loudness.measured,
        frame: (receipt.timeline.width, receipt.timeline.height),
        written: written(&receipt.timeline),
        font,
        missing,
        stale,
        synthetic: receipt.voice.used.provider != recorded::NAME,
        already,
        clip,
    })
}

fn already(tx: &Reader<'_>, clip: &Clip) -> Result<Vec<Already>, DbError> {
    let mut query = tx.prepare_cached(
        "SELECT p.platform, p.account ->> 'name', coalesce(p.publish_at, p.sent_at, p.created_at) AS at
         FROM publications p
         LEFT JOIN clips c ON c.id = p.clip_id
         LEFT JOIN published_videos v ON v.clip_id = p.clip_id
         WHERE p.deleted_at IS NULL AND p.state NOT IN ('draft', 'failed', 'cancelled')
           AND (p.clip_id = ?1 OR coalesce(c.variant_id, v.variant_id) = ?2)
         ORDER BY at DESC",
    )?;
    let rows = query.query_map((clip.id, clip.variant), |r| {
        Ok(Already { platform: r.get(0)?, account: r.get::<_, Option<String>>(1)?.unwrap_or_default(), at: r.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Looks at the file; what was found is kept for as long as it is not touched.
async fn file(profile: &Profile, clip: &Clip, cancel: &CancellationToken) -> Result<FileState, PreflightError> {
    let path = profile.folder().path(&clip.folder).join(format!("{}.mp4", clip.name));
    let meta = match path.metadata() {
        Ok(meta) if meta.is_file() => meta,
        Ok(_) => return Ok(FileState::Missing),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(FileState::Missing),
        Err(error) => return Err(MediaError::io("read", &path)(error).into()),
    };
    let touched = (meta.len(), crate::library::hash::changed_at(&meta).unwrap_or(0));
    if let Some(state) = profile.read(|tx| kept(tx, clip, touched))? {
        return Ok(state);
    }
    let hashing = path.clone();
    let hash = tokio::task::spawn_blocking(move || files::hash(&hashing))
        .await
        .map_err(std::io::Error::other)
        .and_then(|hash| hash)
        .map_err(MediaError::io("read", &path))?;
    if hash != clip.hash {
        return Ok(FileState::Changed);
    }
    let state = ask(profile, &path, meta.len(), cancel).await?;
    if let FileState::Good(looked) = &state {
        keep(profile, clip, touched, looked)?;
    }
    Ok(state)
}

/// What ffprobe found.
async fn ask(
    profile: &Profile,
    path: &Path,
    bytes: u64,
    cancel: &CancellationToken,
) -> Result<FileState, PreflightError> {
    let unreadable = |says: &str| FileState::Unreadable(says.trim().to_owned());
    match profile.toolbox().ffprobe(&look::question(path), cancel).await {
        Ok(output) => Ok(match look::read(&output.stdout, bytes) {
            Some(looked) => FileState::Good(looked),
            None => unreadable("what ffprobe says of it makes no sense"),
        }),
        Err(ToolError::Failed { stderr, .. }) => {
            Ok(unreadable(stderr.lines().next_back().unwrap_or("ffprobe gives no reason")))
        }
        Err(error) => Err(error.into()),
    }
}

fn kept(tx: &Reader<'_>, clip: &Clip, touched: (u64, i64)) -> Result<Option<FileState>, DbError> {
    let text: Option<String> = tx
        .prepare_cached(
            "SELECT looked FROM looked_at WHERE clip_id = ?1 AND hash = ?2 AND bytes = ?3 AND changed_at = ?4",
        )?
        .query_row((clip.id, &clip.hash, touched.0, touched.1), |r| r.get(0))
        .optional()?;
    // One that a newer version wrote is looked at again.
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()).map(FileState::Good))
}

fn keep(profile: &Profile, clip: &Clip, touched: (u64, i64), looked: &Looked) -> Result<(), PreflightError> {
    let text = serde_json::to_string(looked).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?;
    profile.write::<_, PreflightError>(|tx| {
        // Of a clip that was erased in the meantime nothing is kept.
        tx.execute(
            "INSERT INTO looked_at (clip_id, hash, bytes, changed_at, looked)
             SELECT id, ?2, ?3, ?4, ?5 FROM clips WHERE id = ?1
             ON CONFLICT (clip_id) DO UPDATE SET hash = excluded.hash, bytes = excluded.bytes,
                 changed_at = excluded.changed_at, looked = excluded.looked",
            (clip.id, &clip.hash, touched.0, touched.1, text),
        )?;
        Ok(())
    })
}

fn written(timeline: &Timeline) -> Vec<Written> {
    // A platform this version does not know any more: where its captions stand cannot be said.
    let Some(platform) = platform::by_name(&timeline.platform) else { return Vec::new() };
    let frame = Frame { width: timeline.width, height: timeline.height, safe: platform.safe };
    let start_ms = u64::from(timeline.story_start()) * 1000 / u64::from(timeline.fps.max(1));
    let title = timeline.hook_title.as_ref().map(|title| (title, u32::try_from(start_ms).unwrap_or(u32::MAX)));
    places::written(&timeline.captions, timeline.caption_style.as_ref(), title, &frame)
}

/// The font of what is written, and the characters it lacks.
fn glyphs(timeline: &Timeline) -> (String, Vec<char>) {
    let first = style::all().into_iter().next();
    let Some(style) = timeline.caption_style.as_ref().or(first.as_ref()) else { return (String::new(), Vec::new()) };
    let mut text = String::new();
    if timeline.caption_style.is_some() {
        for word in timeline.captions.iter().flat_map(|cue| &cue.words) {
            text.push_str(&style.shown(&word.text));
        }
    }
    if let Some(title) = &timeline.hook_title {
        text.push_str(&style.shown(&title.text));
    }
    (style.font.clone(), fonts::missing_glyphs(&style.font, &text))
}
