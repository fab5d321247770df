//! Finished chunks, kept by what decides their bits: a changed word re-encodes only the chunks it touches, and a crash
//! costs no finished chunk.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::RenderError;
use super::args::{self, Recipe};
use super::check::Passed;
use super::chunk::Chunk;
use super::files;
use crate::profile::Profile;
use crate::profile::media::{MediaError, MediaPath};

/// Changed when the way chunks are made changes in a way the arguments do not show.
const RECIPE_VERSION: u32 = 2;

/// What decides a chunk's bits beside its own contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Makers {
    /// What ffmpeg calls its version.
    pub ffmpeg: String,
    /// Hash of the fonts.
    pub fonts: String,
}

/// The key of a chunk: BLAKE3 over everything that decides its bits. No path of this machine is in it, so a profile that
/// was moved keeps its chunks.
#[must_use]
pub fn key(chunk: &Chunk, recipe: &Recipe<'_>, makers: &Makers) -> String {
    let mut plain = chunk.clone();
    plain.reel.path = "source".into();
    if let Some(overlay) = &mut plain.overlay {
        overlay.path = "logo".into();
    }
    let recipe = Recipe { fonts: Path::new("fonts"), ..*recipe };
    let mut hasher = blake3::Hasher::new();
    let mut add = |text: &[u8]| {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text);
    };
    add(&RECIPE_VERSION.to_le_bytes());
    for argument in args::chunk(&plain, &recipe, "ass", "output") {
        add(argument.to_string_lossy().as_bytes());
    }
    add(chunk.reel.hash.as_bytes());
    add(chunk.overlay.as_ref().map_or("", |o| &o.logo.file.hash).as_bytes());
    // The fonts matter only where something is written.
    add(chunk.ass.as_deref().unwrap_or_default().as_bytes());
    add(if chunk.ass.is_some() { makers.fonts.as_bytes() } else { b"" });
    add(makers.ffmpeg.as_bytes());
    hasher.finalize().to_hex().to_string()
}

/// What is known of a kept chunk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Size of the file.
    pub bytes: u64,
    /// BLAKE3 of the file.
    pub hash: String,
    /// Frames in it.
    pub frames: u32,
    /// What it passed its check with.
    pub passed: Passed,
}

fn place(key: &str, ending: &str) -> Result<MediaPath, MediaError> {
    MediaPath::new(format!("cache/chunks/{key}.{ending}"))
}

/// How ffmpeg, running in a job's folder (`tmp/<job>/`), names a kept chunk.
#[must_use]
pub fn from_job_folder(key: &str) -> String {
    format!("../../cache/chunks/{key}.mp4")
}

/// The kept chunk of this key, if its file is still the one that was checked. A damaged one is removed.
///
/// # Errors
/// [`RenderError::Media`] when a damaged one cannot be removed.
pub fn find(profile: &Profile, key: &str, frames: u32) -> Result<Option<Kept>, RenderError> {
    let (video, note) = (place(key, "mp4")?, place(key, "json")?);
    let Ok(text) = std::fs::read(profile.folder().path(&note)) else { return Ok(None) };
    let kept: Option<Kept> = serde_json::from_slice(&text).ok();
    let path = profile.folder().path(&video);
    let sound = kept.filter(|k| {
        k.frames == frames
            && path.metadata().is_ok_and(|m| m.len() == k.bytes)
            && files::hash(&path).is_ok_and(|h| h == k.hash)
    });
    // A used chunk is a young one; when that cannot be noted, it is only made again sooner.
    if let (Some(_), Ok(file)) = (&sound, std::fs::File::options().write(true).open(&path))
        && let Err(error) = file.set_modified(std::time::SystemTime::now())
    {
        tracing::debug!(key, %error, "the use of a chunk could not be noted");
    }
    if sound.is_none() {
        tracing::warn!(key, "a kept chunk was damaged; it is made again");
        forget(profile, key)?;
    }
    Ok(sound)
}

/// Keeps a checked chunk that lies in the job's folder.
///
/// # Errors
/// [`RenderError::Media`].
pub fn keep(profile: &Profile, key: &str, made: &Path, frames: u32, passed: Passed) -> Result<Kept, RenderError> {
    let bytes = made.metadata().map_err(MediaError::io("read", made))?.len();
    let hash = files::hash(made).map_err(MediaError::io("read", made))?;
    let kept = Kept { bytes, hash, frames, passed };
    let part = profile.folder().part(&place(key, "mp4")?)?;
    std::fs::rename(made, part.path()).map_err(MediaError::io("moved", made))?;
    part.commit()?;
    // The note comes last: without it the chunk does not count.
    let note = serde_json::to_vec(&kept).unwrap_or_default();
    profile.folder().part(&place(key, "json")?)?.write(&note)?;
    Ok(kept)
}

/// Takes a chunk out of the cache.
///
/// # Errors
/// [`RenderError::Media`].
pub fn forget(profile: &Profile, key: &str) -> Result<(), RenderError> {
    profile.folder().remove(&place(key, "json")?)?;
    profile.folder().remove(&place(key, "mp4")?)?;
    Ok(())
}

/// How much the kept chunks of a profile may take, bytes. About an hour and a half of finished video.
const MOST_KEPT: u64 = 8_000_000_000;

/// Takes the longest unused chunks out until the rest is within the limit. A render in progress has just used its own.
///
/// # Errors
/// [`RenderError::Media`].
pub fn tidy(profile: &Profile) -> Result<(), RenderError> {
    tidy_to(profile, MOST_KEPT)
}

fn tidy_to(profile: &Profile, most: u64) -> Result<(), RenderError> {
    let folder = profile.folder().path(&MediaPath::new("cache/chunks")?);
    let Ok(entries) = std::fs::read_dir(&folder) else { return Ok(()) };
    let mut chunks: Vec<(std::time::SystemTime, u64, String)> = entries
        .flatten()
        .filter(|entry| entry.path().extension().is_some_and(|e| e == "mp4"))
        .filter_map(|entry| {
            let (meta, path) = (entry.metadata().ok()?, entry.path());
            Some((meta.modified().ok()?, meta.len(), path.file_stem()?.to_str()?.to_owned()))
        })
        .collect();
    chunks.sort();
    let mut all: u64 = chunks.iter().map(|c| c.1).sum();
    for (_, bytes, key) in chunks {
        if all <= most {
            break;
        }
        forget(profile, &key)?;
        all -= bytes;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::encoder::VideoEncoder;
    use crate::render::{bench, chunk, platform};
    use crate::testkit;

    fn passed() -> Passed {
        Passed { headers: "h".into(), packets: "p".into() }
    }

    #[test]
    fn a_key_changes_with_what_decides_the_bits_and_with_nothing_else() {
        let timeline = bench::timeline(&[20]);
        let canvas = bench::canvas(&timeline);
        let chunk = chunk::cut(&timeline, &canvas, &bench::inputs(&timeline)).remove(0);
        let platform = platform::by_name("tiktok").unwrap();
        let recipe =
            Recipe { canvas: &canvas, platform: &platform, encoder: VideoEncoder::X264, fonts: Path::new("/a/fonts") };
        let makers = Makers { ffmpeg: "5.1".into(), fonts: "f".into() };
        let first = key(&chunk, &recipe, &makers);

        let mut moved = chunk.clone();
        moved.reel.path = "/elsewhere/x.mp4".into();
        moved.start += 7;
        assert_eq!(key(&moved, &Recipe { fonts: Path::new("/b"), ..recipe }, &makers), first);
        let fonts = Makers { fonts: "g".into(), ..makers.clone() };
        assert_eq!(key(&chunk, &recipe, &fonts), first, "nothing is written on it");

        let change = |how: fn(&mut Chunk)| {
            let mut changed = chunk.clone();
            how(&mut changed);
            changed
        };
        for changed in [
            change(|c| c.reel.hash = "other".into()),
            change(|c| c.reel.in_ms += 1),
            change(|c| c.frames += 1),
            change(|c| c.ass = Some("Dialogue".into())),
        ] {
            assert_ne!(key(&changed, &recipe, &makers), first);
        }
        assert_ne!(key(&chunk, &recipe, &Makers { ffmpeg: "7".into(), ..makers.clone() }), first);
        assert_ne!(key(&chunk, &Recipe { encoder: VideoEncoder::Nvenc, ..recipe }, &makers), first);
    }

    #[test]
    fn the_longest_unused_chunks_go_first() {
        let bench = testkit::bench();
        for (age, key) in ["old", "used", "young"].into_iter().enumerate() {
            let made = bench.desk.join("c.mp4");
            std::fs::write(&made, [0; 100]).unwrap();
            keep(&bench.profile, key, &made, 3, passed()).unwrap();
            let path = bench.profile.folder().path(&place(key, "mp4").unwrap());
            let then = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1000 + age as u64);
            std::fs::File::options().write(true).open(path).unwrap().set_modified(then).unwrap();
        }
        assert!(find(&bench.profile, "used", 3).unwrap().is_some());
        assert!(find(&bench.profile, "old", 3).unwrap().is_some());
        tidy_to(&bench.profile, 200).unwrap();
        let there = |key| find(&bench.profile, key, 3).unwrap().is_some();
        assert_eq!((there("old"), there("used"), there("young")), (true, true, false));
    }

    #[test]
    fn a_damaged_chunk_is_not_used_and_goes() {
        let bench = testkit::bench();
        let made = bench.desk.join("c.mp4");
        std::fs::write(&made, b"frames").unwrap();
        keep(&bench.profile, "k", &made, 3, passed()).unwrap();
        assert!(find(&bench.profile, "k", 3).unwrap().is_some());
        let path = bench.profile.folder().path(&place("k", "mp4").unwrap());
        std::fs::write(&path, b"frameS").unwrap();
        assert_eq!(find(&bench.profile, "k", 3).unwrap(), None);
        assert!(!path.exists());
    }
}
