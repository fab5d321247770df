//! Looking at finished videos: their length, size and loudness, and a picture with a row of frames for each.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::run::{Repository, Stop, capture, show};

/// What was measured on a finished file.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// The file.
    pub file: PathBuf,
    /// Length of the picture, seconds.
    pub seconds: f64,
    /// Frame width, pixels.
    pub width: u64,
    /// Frame height, pixels.
    pub height: u64,
    /// Integrated loudness, LUFS.
    pub loudness: f64,
    /// True peak, dBTP.
    pub peak: f64,
}

/// Measures a finished file by decoding it.
pub fn measure(repository: &Repository, file: &Path) -> Result<Measured, Stop> {
    let probed = capture(
        repository
            .command("ffprobe")
            .args(["-v", "error", "-select_streams", "v:0", "-of", "json"])
            .args(["-show_entries", "stream=width,height,duration"])
            .arg(file),
    )?;
    let json: Value =
        serde_json::from_str(&probed.stdout).map_err(|source| Stop::Json { what: "ffprobe".into(), source })?;
    let stream = &json["streams"][0];
    let heard =
        capture(repository.command("ffmpeg").args(["-hide_banner", "-nostdin", "-nostats", "-i"]).arg(file).args([
            "-vn",
            "-af",
            "ebur128=peak=true:framelog=verbose",
            "-f",
            "null",
            "-",
        ]))?;
    let unreadable = || Stop::Said(format!("ffmpeg measured nothing in {}.", file.display()));
    let (loudness, peak) = loudness_of(&heard.stderr).ok_or_else(unreadable)?;
    Ok(Measured {
        file: file.to_owned(),
        seconds: stream["duration"].as_str().and_then(|text| text.parse().ok()).ok_or_else(unreadable)?,
        width: stream["width"].as_u64().ok_or_else(unreadable)?,
        height: stream["height"].as_u64().ok_or_else(unreadable)?,
        loudness,
        peak,
    })
}

/// Integrated loudness and true peak in the summary that ffmpeg's `ebur128` writes.
fn loudness_of(report: &str) -> Option<(f64, f64)> {
    let summary = report.rsplit("Summary:").next()?;
    let after = |name: &str| {
        let line = summary.lines().map(str::trim).find_map(|line| line.strip_prefix(name))?;
        line.split_whitespace().next()?.parse::<f64>().ok()
    };
    Some((after("I:")?, after("Peak:")?))
}

/// Frames in a row of the contact sheet.
const COLUMNS: u32 = 8;
/// Height of each frame there, pixels.
const HEIGHT: u32 = 320;

/// Writes a picture with a row of frames for each video.
pub fn contact_sheet(repository: &Repository, videos: &[Measured], goal: &Path) -> Result<(), Stop> {
    let mut command = repository.command("ffmpeg");
    command.args(["-v", "error", "-nostdin", "-y"]);
    for video in videos {
        command.arg("-i").arg(&video.file);
    }
    command.arg("-filter_complex").arg(sheet_graph(videos)).args(["-map", "[sheet]", "-frames:v", "1"]).arg(goal);
    show(&mut command)
}

fn sheet_graph(videos: &[Measured]) -> String {
    let rows: Vec<String> = videos
        .iter()
        .enumerate()
        .map(|(row, video)| {
            // One frame from the middle of each eighth of the video.
            let rate = f64::from(COLUMNS) / video.seconds.max(0.1);
            let width = (f64::from(HEIGHT) * video.width as f64 / video.height.max(1) as f64 / 2.0).round() * 2.0;
            format!("[{row}:v]fps={rate:.6}:round=near,scale={width}:{HEIGHT},tile={COLUMNS}x1:padding=4[row{row}]")
        })
        .collect();
    let names: String = (0..videos.len()).map(|row| format!("[row{row}]")).collect();
    let join = if videos.len() > 1 { format!("vstack=inputs={}", videos.len()) } else { "copy".into() };
    format!("{};{names}{join}[sheet]", rows.join(";"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loudness_and_peak_are_taken_from_the_summary_and_not_from_the_log_before_it() {
        let report = "[Parsed] t: 1 I: -70.0 LUFS\n[Parsed_ebur128_0 @ 0x1] Summary:\n\n  Integrated loudness:\n    \
                      I:         -14.1 LUFS\n    Threshold: -24.5 LUFS\n\n  Loudness range:\n    LRA:         3.1 LU\n\n  \
                      True peak:\n    Peak:       -1.6 dBFS\n";
        assert_eq!(loudness_of(report), Some((-14.1, -1.6)));
        assert_eq!(loudness_of("nothing"), None);
    }

    #[test]
    fn every_video_has_its_row_in_the_sheet() {
        let video = |name: &str| Measured {
            file: name.into(),
            seconds: 16.0,
            width: 1080,
            height: 1920,
            loudness: -14.0,
            peak: -1.5,
        };
        let graph = sheet_graph(&[video("a"), video("b")]);
        assert!(graph.contains("[0:v]fps=0.500000") && graph.contains("[1:v]") && graph.contains("scale=180:320"));
        assert!(graph.ends_with("[row0][row1]vstack=inputs=2[sheet]"));
        assert!(sheet_graph(&[video("a")]).ends_with("[row0]copy[sheet]"));
    }
}
