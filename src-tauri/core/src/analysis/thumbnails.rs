//! Thumbnails: one for each shot, and a strip at even times for scrubbing.
//!
//! They lie in `cache/thumbs/<source>/`: `<shot>.jpg` and `at-<milliseconds>.jpg`. The folder appears whole.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use super::Shot;
use super::decode::THUMB_EVERY_MS;
use crate::ids::{ShotId, SourceId};
use crate::profile::Profile;
use crate::profile::media::{MediaError, MediaPath};

/// The strip has about this many pictures at most.
const STRIP: u64 = 240;

/// Where a source's thumbnails lie.
///
/// # Errors
/// None in practice: an id is always a sound part of a path.
pub fn folder_of(source: SourceId) -> Result<MediaPath, MediaError> {
    MediaPath::new(format!("cache/thumbs/{source}"))
}

/// Where a shot's thumbnail lies, if its source was analysed.
///
/// # Errors
/// As [`folder_of`].
pub fn of_shot(source: SourceId, shot: ShotId) -> Result<MediaPath, MediaError> {
    MediaPath::new(format!("cache/thumbs/{source}/{shot}.jpg"))
}

/// A shot's thumbnail, when the file is there.
///
/// # Errors
/// As [`folder_of`].
pub fn there(profile: &Profile, source: SourceId, shot: ShotId) -> Result<Option<MediaPath>, MediaError> {
    let path = of_shot(source, shot)?;
    Ok(profile.folder().path(&path).is_file().then_some(path))
}

/// The strip of a source: time in milliseconds and picture, in order. Empty before analysis.
///
/// # Errors
/// [`MediaError::Io`] when the folder is there and cannot be read.
pub fn strip(profile: &Profile, source: SourceId) -> Result<Vec<(u64, MediaPath)>, MediaError> {
    let folder = folder_of(source)?;
    let real = profile.folder().path(&folder);
    let entries = match std::fs::read_dir(&real) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(vec![]),
        entries => entries.map_err(MediaError::io("read", &real))?,
    };
    let mut strip = Vec::new();
    for entry in entries {
        let name = entry.map_err(MediaError::io("read", &real))?.file_name();
        let Some(name) = name.to_str() else { continue };
        let at = name.strip_prefix("at-").and_then(|n| n.strip_suffix(".jpg")).and_then(|n| n.parse().ok());
        if let Some(at) = at {
            strip.push((at, MediaPath::new(format!("{folder}/{name}"))?));
        }
    }
    strip.sort();
    Ok(strip)
}

/// Sorts the JPEGs that the decode wrote one after the other (one every half second) into a folder for the source,
/// which replaces the one from an earlier analysis. Returns how many pictures were kept.
pub(super) fn keep(
    profile: &Profile,
    source: SourceId,
    shots: &[Shot],
    jpegs: &Path,
    tmp: &Path,
) -> Result<usize, MediaError> {
    let new = tmp.join("thumbs");
    std::fs::create_dir_all(&new).map_err(MediaError::io("made", &new))?;
    let length = jpegs.metadata().map_err(MediaError::io("read", jpegs))?.len();
    let mut reader = Jpegs::new(File::open(jpegs).map_err(MediaError::io("read", jpegs))?);
    let every = strip_every(shots.last().map_or(0, |s| s.end_ms));
    let mut shots: std::iter::Peekable<_> = shots.iter().peekable();
    let (mut kept, mut index, mut last) = (0, 0, Vec::new());
    let write = |name: String, bytes: &[u8]| {
        let path = new.join(name);
        std::fs::write(&path, bytes).map_err(MediaError::io("written", &path))
    };
    while let Some(picture) = reader.next(length).map_err(MediaError::io("read", jpegs))? {
        let at = index * THUMB_EVERY_MS;
        index += 1;
        if at.is_multiple_of(every) {
            write(format!("at-{at:09}.jpg"), &picture)?;
            kept += 1;
        }
        // Each shot gets the picture nearest to its middle; pictures and shots are both in order of time.
        while let Some(shot) = shots.next_if(|s| nearest_picture(s) <= at) {
            write(format!("{}.jpg", shot.id), &picture)?;
            kept += 1;
        }
        last = picture;
    }
    // The last picture may come a moment before the middle of a very short last shot.
    if !last.is_empty() {
        for shot in shots {
            write(format!("{}.jpg", shot.id), &last)?;
            kept += 1;
        }
    }
    let folder = folder_of(source)?;
    let goal = profile.folder().path(&folder);
    if let Some(parent) = goal.parent() {
        std::fs::create_dir_all(parent).map_err(MediaError::io("made", parent))?;
    }
    profile.folder().remove(&folder)?;
    std::fs::rename(&new, &goal).map_err(MediaError::io("written", &goal))?;
    Ok(kept)
}

/// The time of the picture that shows a shot best: the one nearest to its middle that lies inside it.
fn nearest_picture(shot: &Shot) -> u64 {
    let middle = (shot.start_ms + shot.end_ms) / 2;
    let nearest = (middle + THUMB_EVERY_MS / 2) / THUMB_EVERY_MS * THUMB_EVERY_MS;
    if nearest < shot.end_ms { nearest } else { nearest.saturating_sub(THUMB_EVERY_MS).max(shot.start_ms) }
}

/// A whole number of seconds between pictures of the strip.
fn strip_every(length_ms: u64) -> u64 {
    length_ms.div_ceil(STRIP * 1000).max(1) * 1000
}

/// JPEGs one after the other in a file. Inside a picture's data 0xFF is always followed by 0 or a restart mark, so the
/// end mark is found by looking for it.
struct Jpegs<R> {
    from: BufReader<R>,
}

impl<R: Read> Jpegs<R> {
    fn new(from: R) -> Self {
        Self { from: BufReader::with_capacity(64 * 1024, from) }
    }

    /// The next picture, which cannot be longer than `most`.
    fn next(&mut self, most: u64) -> std::io::Result<Option<Vec<u8>>> {
        use std::io::BufRead;
        let mut picture = Vec::new();
        loop {
            if self.from.read_until(0xD9, &mut picture)? == 0 || picture.len() as u64 > most {
                return Ok(None);
            }
            if picture.ends_with(&[0xFF, 0xD9]) {
                return Ok(Some(picture));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_told_apart_and_a_broken_last_one_is_left() {
        let bytes =
            [&[0xFF, 0xD8, 1, 0xD9, 2, 0xFF, 0xD9][..], &[0xFF, 0xD8, 3, 0xFF, 0xD9], &[0xFF, 0xD8, 4]].concat();
        let mut jpegs = Jpegs::new(bytes.as_slice());
        assert_eq!(jpegs.next(99).unwrap().unwrap().len(), 7);
        assert_eq!(jpegs.next(99).unwrap().unwrap().len(), 5);
        assert!(jpegs.next(99).unwrap().is_none());
    }

    #[test]
    fn the_strip_has_a_picture_a_second_until_it_would_get_long() {
        assert_eq!([0, 10_000, 240_000, 241_000, 3_600_000].map(strip_every), [1000, 1000, 1000, 2000, 15_000]);
    }
}
