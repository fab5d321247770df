//! Samples in and out of WAV files: mono, 16 bit, at [`VOICE_RATE`]. No other kind is written or read here.

use std::io::{BufWriter, Cursor};
use std::path::Path;

use super::words::VOICE_RATE;

/// What our WAV files look like.
#[must_use]
pub fn spec() -> hound::WavSpec {
    hound::WavSpec {
        channels: 1,
        sample_rate: VOICE_RATE,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    }
}

/// A WAV file that is being written, sample by sample.
pub type Writer = hound::WavWriter<BufWriter<std::fs::File>>;

/// Starts a file.
///
/// # Errors
/// What the system said.
pub fn create(path: &Path) -> std::io::Result<Writer> {
    hound::WavWriter::create(path, spec()).map_err(io)
}

/// Adds samples.
///
/// # Errors
/// What the system said.
pub fn push(writer: &mut Writer, samples: &[i16]) -> std::io::Result<()> {
    let mut fast = writer.get_i16_writer(u32::try_from(samples.len()).unwrap_or(u32::MAX));
    for &sample in samples {
        fast.write_sample(sample);
    }
    fast.flush().map_err(io)
}

/// Adds silence.
///
/// # Errors
/// What the system said.
pub fn push_silence(writer: &mut Writer, mut samples: u64) -> std::io::Result<()> {
    const PIECE: usize = 4800;
    while samples > 0 {
        let n = usize::try_from(samples).unwrap_or(PIECE).min(PIECE);
        push(writer, &[0; PIECE][..n])?;
        samples -= n as u64;
    }
    Ok(())
}

/// Completes the file's header.
///
/// # Errors
/// What the system said.
pub fn finish(writer: Writer) -> std::io::Result<()> {
    writer.finalize().map_err(io)
}

/// The samples of a file of ours, given as bytes; `None` when it is not one.
#[must_use]
pub fn read(bytes: &[u8]) -> Option<Vec<i16>> {
    let reader = hound::WavReader::new(Cursor::new(bytes)).ok()?;
    if reader.spec() != spec() {
        return None;
    }
    reader.into_samples::<i16>().collect::<Result<_, _>>().ok()
}

fn io(error: hound::Error) -> std::io::Error {
    match error {
        hound::Error::IoError(error) => error,
        other => std::io::Error::other(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_come_back_as_they_were_written() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.wav");
        let mut writer = create(&path).unwrap();
        push(&mut writer, &[1, -2, i16::MAX]).unwrap();
        push_silence(&mut writer, 10_000).unwrap();
        finish(writer).unwrap();
        let back = read(&std::fs::read(&path).unwrap()).unwrap();
        assert_eq!((&back[..3], back.len()), (&[1, -2, i16::MAX][..], 10_003));
        assert!(read(b"<html>").is_none());
    }
}
