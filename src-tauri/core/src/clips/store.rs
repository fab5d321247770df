//! Putting a clip into the library: its folder and its rows, together or not at all, once for a job however often that
//! is started.

use std::path::Path;

use super::page::Instead;
use crate::ids::{ClipId, ShotId};
use crate::profile::Profile;
use crate::profile::db::Writer;
use crate::profile::media::{MediaError, MediaPath};
use crate::render::receipt::Receipt;
use crate::render::{RenderError, files};
use crate::time::now_ms;

/// The narration beside a clip.
pub const VOICE: &str = "voice.wav";

/// A frame of the finished video, beside it. Clips made before there was one have none.
pub const STILL: &str = "still.jpg";

/// The folder of a clip.
///
/// # Errors
/// Never in practice: the path is made of an id.
pub fn folder(id: ClipId) -> Result<MediaPath, MediaError> {
    MediaPath::new(format!("clips/{id}"))
}

/// Gives the finished folder its place and stores the rows.
///
/// # Errors
/// [`RenderError`]; the folder is gone then.
pub fn put(profile: &Profile, made: &Path, receipt: &Receipt) -> Result<(), RenderError> {
    let place = folder(receipt.clip)?;
    let goal = profile.folder().path(&place);
    let parent = goal.parent().unwrap_or(&goal).to_owned();
    std::fs::rename(made, &goal).map_err(MediaError::io("moved", made))?;
    #[cfg(unix)]
    std::fs::File::open(&parent).and_then(|f| f.sync_all()).map_err(MediaError::io("written", &parent))?;
    #[cfg(not(unix))]
    drop(parent);
    profile.write(|tx| insert(tx, receipt)).inspect_err(|_| {
        if let Err(error) = profile.folder().remove(&place) {
            tracing::warn!(%error, clip = %receipt.clip, "the files of a clip that could not be stored were left behind");
        }
    })
}

/// Whether this clip is in the library already. Files that a dead process put in their place, but did not come to
/// store, are checked and stored now; broken ones are removed.
///
/// # Errors
/// [`RenderError`].
pub fn take_up(profile: &Profile, id: ClipId) -> Result<bool, RenderError> {
    let known: bool = profile.read::<_, RenderError>(|tx| {
        Ok(tx.query_row("SELECT EXISTS (SELECT 1 FROM clips WHERE id = ?1)", [id], |r| r.get(0))?)
    })?;
    if known {
        return Ok(true);
    }
    let place = folder(id)?;
    let path = profile.folder().path(&place);
    if !path.is_dir() {
        return Ok(false);
    }
    match whole(&path).filter(|r| r.clip == id) {
        Some(receipt) => {
            profile.write(|tx| insert(tx, &receipt))?;
            Ok(true)
        }
        None => {
            profile.folder().remove(&place)?;
            Ok(false)
        }
    }
}

/// The receipt in a clip's folder, if every file it names is there with the hash it gives.
fn whole(folder: &Path) -> Option<Receipt> {
    let json = std::fs::read_dir(folder).ok()?.flatten().find(|e| e.path().extension().is_some_and(|x| x == "json"))?;
    let receipt: Receipt = serde_json::from_slice(&std::fs::read(json.path()).ok()?).ok()?;
    let same = |name: String, hash: &str| files::hash(&folder.join(name)).is_ok_and(|h| h == hash);
    let file = |ending: &str| format!("{}.{ending}", receipt.name);
    let hashes = &receipt.hashes;
    let all = same(file("mp4"), &hashes.mp4)
        && same(file("srt"), &hashes.srt)
        && same(file("vtt"), &hashes.vtt)
        && same(VOICE.into(), &hashes.voice);
    all.then_some(receipt)
}

fn insert(tx: &Writer<'_>, receipt: &Receipt) -> Result<(), RenderError> {
    let text = serde_json::to_string(receipt).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?;
    let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    tx.execute(
        "INSERT INTO clips (id, variant_id, name, folder, hash, bytes, duration_ms, receipt, created_at, platform, opening,
                            instead)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) ON CONFLICT (id) DO NOTHING",
        (
            receipt.clip,
            receipt.variant,
            &receipt.name,
            folder(receipt.clip)?,
            &receipt.hashes.mp4,
            count(receipt.bytes),
            count(receipt.duration_ms),
            text,
            now_ms(),
            &receipt.platform,
            receipt.shots.first().map(|s| s.shot),
            Instead::of(&receipt.timeline.voice),
        ),
    )?;
    let shots: std::collections::BTreeSet<ShotId> = receipt.shots.iter().map(|s| s.shot).collect();
    for shot in shots {
        tx.execute("INSERT OR IGNORE INTO shot_uses (clip_id, shot_id) VALUES (?1, ?2)", (receipt.clip, shot))?;
    }
    Ok(())
}
