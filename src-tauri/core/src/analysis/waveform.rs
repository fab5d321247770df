//! The waveform: the lowest and highest sample of every hundredth of a second, in a file the window can draw from.
//!
//! `cache/waveform/<source>.bin`: the letters `EFW1`, pairs a second (u32, little endian), then pairs of i8 (lowest,
//! highest; -127 to 127). A source without sound has no such file.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use super::decode::SOUND_RATE;
use crate::ids::SourceId;
use crate::profile::Profile;
use crate::profile::media::{MediaError, MediaPath};

const MAGIC: &[u8; 4] = b"EFW1";
/// Pairs a second.
const RATE: u32 = 100;

/// Peaks of a source's sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waveform {
    /// Pairs a second.
    pub rate: u32,
    /// Lowest and highest sample of each stretch, -127 to 127.
    pub peaks: Vec<(i8, i8)>,
}

/// Where a source's waveform lies.
///
/// # Errors
/// None in practice: an id is always a sound part of a path.
pub fn path_of(source: SourceId) -> Result<MediaPath, MediaError> {
    MediaPath::new(format!("cache/waveform/{source}.bin"))
}

/// A source's waveform; `None` when it has no sound or was not analysed.
///
/// # Errors
/// [`MediaError::Io`] when the file is there and cannot be read.
pub fn read(profile: &Profile, source: SourceId) -> Result<Option<Waveform>, MediaError> {
    let path = profile.folder().path(&path_of(source)?);
    match std::fs::read(&path) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        bytes => Ok(parse(&bytes.map_err(MediaError::io("read", &path))?)),
    }
}

fn parse(bytes: &[u8]) -> Option<Waveform> {
    let (head, pairs) = bytes.split_at_checked(8)?;
    let rate = u32::from_le_bytes(head.strip_prefix(MAGIC)?.try_into().ok()?);
    let peaks = pairs.chunks_exact(2).map(|p| (p[0].cast_signed(), p[1].cast_signed())).collect();
    Some(Waveform { rate, peaks })
}

/// Writes the waveform of raw samples (16 bit, mono) that the decode left.
pub(super) fn keep(profile: &Profile, source: SourceId, samples: &Path) -> Result<(), MediaError> {
    let file = File::open(samples).map_err(MediaError::io("read", samples))?;
    let mut bytes = MAGIC.to_vec();
    bytes.extend(RATE.to_le_bytes());
    bytes.extend(peaks(BufReader::new(file)).map_err(MediaError::io("read", samples))?);
    profile.folder().part(&path_of(source)?)?.write(&bytes)
}

fn peaks(mut samples: impl Read) -> std::io::Result<Vec<u8>> {
    let mut stretch = Vec::new();
    let mut pairs = Vec::new();
    loop {
        stretch.clear();
        let wanted = u64::from(SOUND_RATE / RATE * 2);
        if samples.by_ref().take(wanted).read_to_end(&mut stretch)? < 2 {
            return Ok(pairs);
        }
        let values = stretch.chunks_exact(2).map(|b| i16::from_le_bytes([b[0], b[1]]));
        let (low, high) = values.fold((i16::MAX, i16::MIN), |(low, high), v| (low.min(v), high.max(v)));
        // 258 = 32767 / 127, rounded up, so that both ends fit.
        pairs.extend([low, high].map(|v| (v / 258).clamp(-127, 127).to_le_bytes()[0]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peaks_are_the_ends_of_each_stretch_and_the_last_may_be_short() {
        let mut samples = [0i16; 85];
        (samples[3], samples[79], samples[84]) = (i16::MAX, i16::MIN, 2580);
        let bytes: Vec<u8> = samples.iter().flat_map(|s| s.to_le_bytes()).collect();
        let mut file = MAGIC.to_vec();
        file.extend(RATE.to_le_bytes());
        file.extend(peaks(bytes.as_slice()).unwrap());
        assert_eq!(parse(&file), Some(Waveform { rate: 100, peaks: vec![(-127, 127), (0, 10)] }));
        assert_eq!(parse(b"EFW"), None);
        assert_eq!(parse(b"RIFFxxxxyyyy"), None);
    }
}
