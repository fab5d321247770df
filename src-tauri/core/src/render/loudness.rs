//! Loudness in two passes: measure the mix (EBU R 128), then bring it to the platform's target with one constant gain.
//! Where that would push true peaks over the limit, a look-ahead limiter at four times the rate takes the peaks and the
//! gain is measured again; never a gain that moves along with the content, which pumps.

use std::ffi::OsString;

use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;
use ts_rs::TS;

use super::RenderError;
use super::platform::Loudness;
use crate::args;
use crate::ffmpeg::{ToolError, Toolbox};
use crate::speech::words::VOICE_RATE;

/// The filter that measures; it passes the sound on. Its summary comes on stderr when the sound ends.
pub const METER: &str = "ebur128=peak=true:framelog=verbose";

/// How far the finished file may be from the target, LU.
pub const TOLERANCE_LU: f64 = 0.5;
/// No finished file peaks above this, dBTP, whatever its platform's target.
pub const HIGHEST_PEAK: f64 = -1.0;

/// What the meter says.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
pub struct Measured {
    /// Integrated loudness, LUFS.
    pub lufs: f64,
    /// Highest true peak, dBTP.
    pub peak_dbtp: f64,
    /// Loudness range, LU.
    pub range_lu: f64,
}

/// What stands for "nothing heard" where the meter says minus infinity.
const SILENT: f64 = -120.0;

impl Measured {
    /// Reads the meter's summary from ffmpeg's stderr; `None` when there is none.
    #[must_use]
    pub fn parse(stderr: &str) -> Option<Self> {
        let summary = &stderr[stderr.rfind("Summary:")?..];
        let number = |label: &str| {
            let line = summary.lines().find_map(|l| l.trim().strip_prefix(label))?;
            let word = line.split_whitespace().next()?;
            if word == "-inf" || word == "nan" { Some(SILENT) } else { word.parse::<f64>().ok() }
        };
        Some(Self { lufs: number("I:")?, peak_dbtp: number("Peak:")?, range_lu: number("LRA:")? })
    }

    /// Nothing to bring to a level.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        self.lufs <= -69.0
    }

    /// The finished file is as loud as it should be.
    #[must_use]
    pub fn meets(&self, target: Loudness) -> bool {
        self.is_silent() || ((self.lufs - target.lufs).abs() <= TOLERANCE_LU && self.peak_dbtp <= HIGHEST_PEAK)
    }
}

/// One constant gain and the ceiling of the limiter after it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Level {
    /// dB.
    pub gain_db: f64,
    /// dBTP; `None` when the gain alone keeps the peaks down.
    pub ceiling_dbtp: Option<f64>,
}

impl Level {
    /// For a mix that measures so.
    #[must_use]
    pub fn first(mix: Measured, target: Loudness) -> Self {
        if mix.is_silent() {
            return Self { gain_db: 0.0, ceiling_dbtp: None };
        }
        let gain_db = target.lufs - mix.lufs;
        let over = mix.peak_dbtp + gain_db > target.peak_dbtp;
        Self { gain_db, ceiling_dbtp: over.then_some(target.peak_dbtp) }
    }

    /// The next try after the finished sound measured so; `None` when it is good, or when trying more cannot help.
    #[must_use]
    pub fn next(self, got: Measured, target: Loudness) -> Option<Self> {
        let off = target.lufs - got.lufs;
        // Compression of the sound adds a little to peaks; half a decibel is kept below the limit of all files.
        let over = got.peak_dbtp - (HIGHEST_PEAK - 0.1);
        if got.is_silent() || (off.abs() <= TOLERANCE_LU / 2.0 && over <= 0.0) {
            return None;
        }
        let gain_db = self.gain_db + if off.abs() > TOLERANCE_LU / 4.0 { off } else { 0.0 };
        let ceiling = self.ceiling_dbtp.unwrap_or(target.peak_dbtp);
        let ceiling_dbtp = Some(if over > 0.0 { ceiling - over - 0.1 } else { ceiling });
        Some(Self { gain_db, ceiling_dbtp })
    }

    /// The filters.
    #[must_use]
    pub fn filters(self, samples: u64) -> String {
        let mut text = format!("volume={:.3}dB:precision=double", self.gain_db);
        if let Some(ceiling) = self.ceiling_dbtp {
            let limit = 10_f64.powf(ceiling / 20.0).clamp(0.0625, 1.0);
            text.push_str(&format!(
                ",aresample={},alimiter=limit={limit:.6}:attack=5:release=60:level=disabled:latency=1,aresample={VOICE_RATE}",
                4 * VOICE_RATE
            ));
        }
        text.push_str(&format!(",apad=whole_len={samples},atrim=end_sample={samples},asetpts=N/SR/TB"));
        text
    }
}

/// Encodes `mix` at this level to `output` (AAC in MP4), once.
#[must_use]
pub fn encode(mix: &str, level: Level, samples: u64, kbps: u32, output: &str) -> Vec<OsString> {
    let mut list = args!["-i", mix, "-map", "0:a:0", "-af", level.filters(samples)];
    list.extend(args!["-c:a", "aac", "-b:a", format!("{kbps}k"), "-ar", VOICE_RATE.to_string(), "-ac", "2"]);
    list.extend(args!["-movie_timescale", VOICE_RATE.to_string(), "-fflags", "+bitexact", "-flags:a", "+bitexact"]);
    list.extend(args!["-f", "mp4", output]);
    list
}

/// Decodes a file's sound, stopping at the first error, and measures it.
#[must_use]
pub fn measure(input: &str) -> Vec<OsString> {
    args!["-xerror", "-err_detect", "explode", "-vn", "-i", input, "-map", "0:a:0", "-af", METER, "-f", "null", "-"]
}

/// How often the level is tried: one or two tries are the rule, more for sound that is nearly all peaks.
const TRIES: usize = 8;

/// Levels and encodes the mix; gives what the AAC file measures.
///
/// # Errors
/// [`RenderError::Loudness`] when the target cannot be met.
pub async fn finish(
    tools: &Toolbox,
    (mix, measured): (&str, Measured),
    (target, kbps): (Loudness, u32),
    samples: u64,
    output: &str,
    cancel: &CancellationToken,
) -> Result<Measured, RenderError> {
    let mut level = Level::first(measured, target);
    let mut got = measured;
    for _ in 0..TRIES {
        tools.ffmpeg(&encode(mix, level, samples, kbps, output), cancel).await?;
        got = read(tools, &measure(output), cancel).await?;
        match level.next(got, target) {
            Some(next) => level = next,
            None => return Ok(got),
        }
    }
    if got.meets(target) { Ok(got) } else { Err(RenderError::Loudness { target, got }) }
}

/// Runs a command with a meter in it and reads the meter.
///
/// # Errors
/// [`RenderError::Tool`], also when there was no summary.
pub async fn read(tools: &Toolbox, args: &[OsString], cancel: &CancellationToken) -> Result<Measured, RenderError> {
    let output = tools.ffmpeg(args, cancel).await?;
    summary(&output.stderr)
}

/// The meter's summary in what ffmpeg wrote.
///
/// # Errors
/// [`RenderError::Tool`] when there is none.
fn summary(stderr: &str) -> Result<Measured, RenderError> {
    Measured::parse(stderr).ok_or_else(|| {
        let source = std::io::Error::other("ffmpeg's loudness meter said nothing");
        RenderError::Tool(ToolError::Start { tool: "ffmpeg", source })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TARGET: Loudness = Loudness { lufs: -14.0, peak_dbtp: -1.5 };

    fn measured(lufs: f64, peak_dbtp: f64) -> Measured {
        Measured { lufs, peak_dbtp, range_lu: 3.0 }
    }

    #[test]
    fn the_meters_summary_is_read_silence_too() {
        let text = "junk I: 3\n[Parsed_ebur128_0 @ 0x55] Summary:\n\n  Integrated loudness:\n    I:         -21.8 LUFS\n    \
                    Threshold: -32.0 LUFS\n\n  Loudness range:\n    LRA:         4.1 LU\n    Threshold: -42.1 LUFS\n    \
                    LRA low:   -24.0 LUFS\n    LRA high:  -19.9 LUFS\n\n  True peak:\n    Peak:       -3.4 dBFS\n";
        assert_eq!(Measured::parse(text), Some(Measured { lufs: -21.8, peak_dbtp: -3.4, range_lu: 4.1 }));
        let silent = text.replace("-21.8", "-70.0").replace("-3.4", "-inf");
        assert!(Measured::parse(&silent).is_some_and(|m| m.is_silent()));
        assert_eq!(Measured::parse("nothing"), None);
    }

    #[test]
    fn quiet_peaks_need_a_gain_only_and_high_ones_a_limiter() {
        assert_eq!(Level::first(measured(-20.0, -9.0), TARGET), Level { gain_db: 6.0, ceiling_dbtp: None });
        assert_eq!(Level::first(measured(-20.0, -3.0), TARGET), Level { gain_db: 6.0, ceiling_dbtp: Some(-1.5) });
        assert_eq!(Level::first(measured(-70.0, -120.0), TARGET), Level { gain_db: 0.0, ceiling_dbtp: None });
    }

    #[test]
    fn a_finished_file_that_is_off_is_tried_again_the_right_way() {
        let level = Level { gain_db: 6.0, ceiling_dbtp: Some(-1.5) };
        assert_eq!(level.next(measured(-14.1, -1.3), TARGET), None);
        let louder = level.next(measured(-15.0, -1.3), TARGET).unwrap();
        assert!(louder.gain_db > 6.9 && louder.ceiling_dbtp == Some(-1.5));
        let lower = level.next(measured(-14.0, -0.5), TARGET).unwrap();
        assert!(lower.gain_db == 6.0 && lower.ceiling_dbtp.unwrap() < -2.0);
    }
}
