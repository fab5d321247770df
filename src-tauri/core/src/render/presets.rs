//! Which x264 preset a platform needs: the fastest whose picture, at the bitrate the platform's quality takes, is as good
//! as `medium`'s. That bitrate, and not the most the platform allows, is what videos are made with.
//!
//! Measured with real footage by `cargo xtask bench presets`; the figures are in `docs/measurements/x264-presets.md` and
//! the choice in `assets/platforms.json`. Nothing here runs while videos are made.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;

use super::args::{file, micros, seconds};
use super::platform::Platform;
use crate::args;
use crate::ffmpeg::{ToolError, Toolbox};

/// The presets that are compared, fastest first; the last is what the others are held against.
pub const PRESETS: [&str; 6] = ["ultrafast", "superfast", "veryfast", "faster", "fast", "medium"];

/// How much worse than `medium` a preset's SSIM may be.
pub const MAY_LOSE: f64 = 0.002;

/// One preset on one platform.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The preset.
    pub preset: String,
    /// SSIM of all planes against the uncompressed picture, 0 to 1.
    pub ssim: f64,
    /// What it really took, kilobits a second.
    pub kbps: u64,
    /// Wall time of the second pass, one thread, seconds.
    pub wall_s: f64,
}

/// All presets on one platform.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// The platform's name.
    pub platform: String,
    /// What `medium` takes at its quality, and every preset is given, kilobits a second.
    pub kbps: u64,
    /// In the order of [`PRESETS`].
    pub figures: Vec<Figure>,
}

impl Table {
    /// The fastest preset that is good enough.
    #[must_use]
    pub fn chosen(&self) -> Option<&str> {
        let best = self.figures.last()?.ssim;
        self.figures.iter().find(|f| f.ssim >= best - MAY_LOSE).map(|f| f.preset.as_str())
    }
}

/// Measures every preset on a platform. `footage` is cut to the first `frames` frames of each file, scaled to cover the
/// platform's frame and joined; `tmp` is a folder for what is made on the way.
///
/// # Errors
/// [`ToolError`].
pub async fn measure(
    tools: &Toolbox,
    platform: &Platform,
    footage: &[PathBuf],
    frames: u32,
    tmp: &Path,
    cancel: &CancellationToken,
) -> Result<Table, ToolError> {
    let tools = tools.in_folder(tmp);
    tools.ffmpeg(&reference(platform, footage, frames), cancel).await?;
    let length = f64::from(frames) * footage.len() as f64 / f64::from(platform.fps.max(1));
    let taken = || -> Result<u64, ToolError> {
        let file = std::fs::metadata(tmp.join(CODED)).map_err(|source| ToolError::Start { tool: "ffmpeg", source })?;
        Ok((file.len() as f64 * 8.0 / 1000.0 / length).round() as u64)
    };
    let crf = platform.video.crf.to_string();
    tools.ffmpeg(&encode(platform, "medium", &args!["-crf", crf, "-f", "mp4", CODED]), cancel).await?;
    let rate = taken()?;
    let mut figures = Vec::new();
    for preset in PRESETS {
        let pass = |number: &str, goal: &[OsString]| {
            let mut end = args!["-b:v", format!("{rate}k"), "-pass", number];
            end.extend_from_slice(goal);
            encode(platform, preset, &end)
        };
        tools.ffmpeg(&pass("1", &args!["-f", "null", "-"]), cancel).await?;
        let begin = Instant::now();
        tools.ffmpeg(&pass("2", &args!["-f", "mp4", CODED]), cancel).await?;
        let wall_s = begin.elapsed().as_secs_f64();
        let output = tools.ffmpeg(&compare(), cancel).await?;
        let ssim = ssim(&output.stderr).ok_or_else(|| ToolError::Start {
            tool: "ffmpeg",
            source: std::io::Error::other("the ssim filter said nothing"),
        })?;
        figures.push(Figure { preset: preset.to_owned(), ssim, kbps: taken()?, wall_s });
    }
    Ok(Table { platform: platform.name.clone(), kbps: rate, figures })
}

const REFERENCE: &str = "reference.mkv";
const CODED: &str = "coded.mp4";

/// The uncompressed picture, kept losslessly.
fn reference(platform: &Platform, footage: &[PathBuf], frames: u32) -> Vec<OsString> {
    let (w, h, fps) = (platform.width, platform.height, platform.fps);
    let mut list = Vec::new();
    let mut graph = String::new();
    for (n, path) in footage.iter().enumerate() {
        list.extend(args!["-t", seconds(micros(frames, fps) + 1_000_000), "-i", file(path)]);
        graph.push_str(&format!(
            "[{n}:V:0]fps={fps},tpad=stop_mode=clone:stop=3,trim=end_frame={frames},setpts=N/({fps}*TB),\
             scale={w}:{h}:force_original_aspect_ratio=increase,crop={w}:{h},setsar=1,format=yuv420p[v{n}];"
        ));
    }
    let names: String = (0..footage.len()).map(|n| format!("[v{n}]")).collect();
    // A little noise, as every camera's sensor gives it: without it the fast presets would look better than they are.
    graph.push_str(&format!("{names}concat=n={}:v=1,noise=alls=5:allf=t:all_seed=1[v]", footage.len()));
    list.extend(args!["-filter_complex", graph, "-map", "[v]", "-c:v", "libx264", "-preset", "ultrafast", "-qp", "0"]);
    list.push(REFERENCE.into());
    list
}

/// As a render encodes, with the rate control that `end` says.
fn encode(platform: &Platform, preset: &str, end: &[OsString]) -> Vec<OsString> {
    let video = &platform.video;
    let kbps = |n: u32| format!("{n}k");
    let mut list = args!["-threads", "1", "-i", REFERENCE, "-c:v", "libx264", "-preset", preset, "-threads", "1"];
    list.extend(args!["-maxrate", kbps(video.maxrate_kbps), "-bufsize", kbps(video.bufsize_kbps)]);
    list.extend(args!["-profile:v", &video.profile, "-level:v", &video.level]);
    list.extend(args!["-g", video.gop.to_string(), "-bf", video.b_frames.to_string()]);
    list.extend_from_slice(end);
    list
}

fn compare() -> Vec<OsString> {
    args!["-i", CODED, "-i", REFERENCE, "-lavfi", "[0:v][1:v]ssim", "-f", "null", "-"]
}

/// "… SSIM Y:0.98 (17.2) U:… All:0.985123 (18.3)".
fn ssim(stderr: &str) -> Option<f64> {
    stderr.rsplit_once("All:")?.1.split_whitespace().next()?.parse().ok()
}

/// The tables as a document.
#[must_use]
pub fn markdown(tables: &[Table]) -> String {
    let mut text = String::new();
    for table in tables {
        let chosen = table.chosen().unwrap_or("none");
        text.push_str(&format!("\n## {} at {} kbit/s: `{chosen}`\n\n", table.platform, table.kbps));
        text.push_str(
            "| preset | SSIM | less than medium | kbit/s taken | seconds |\n| --- | --- | --- | --- | --- |\n",
        );
        let best = table.figures.last().map_or(0.0, |f| f.ssim);
        for f in &table.figures {
            let less = best - f.ssim;
            text.push_str(&format!("| {} | {:.5} | {less:.5} | {} | {:.1} |\n", f.preset, f.ssim, f.kbps, f.wall_s));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::testmedia::{self, QUICK};
    use crate::render::platform;

    fn table(ssims: [f64; 6]) -> Table {
        let figures = PRESETS
            .iter()
            .zip(ssims)
            .map(|(preset, ssim)| Figure { preset: (*preset).into(), ssim, kbps: 8000, wall_s: 1.0 })
            .collect();
        Table { platform: "p".into(), kbps: 8000, figures }
    }

    #[test]
    fn the_fastest_preset_within_the_limit_is_chosen() {
        assert_eq!(table([0.90, 0.94, 0.9585, 0.955, 0.959, 0.96]).chosen(), Some("veryfast"));
        assert_eq!(table([0.90, 0.94, 0.95, 0.955, 0.957, 0.96]).chosen(), Some("medium"));
        assert_eq!(Table { platform: "p".into(), kbps: 1, figures: Vec::new() }.chosen(), None);
    }

    #[test]
    fn each_platform_has_the_preset_that_was_measured_for_it() {
        let document = include_str!("../../../../docs/measurements/x264-presets.md");
        for platform in platform::all().iter().filter(|p| p.name != "draft") {
            let head = format!("## {} at ", platform.name);
            let line = document.lines().find(|l| l.starts_with(&head)).unwrap();
            assert!(line.ends_with(&format!(": `{}`", platform.video.preset)), "{line}");
        }
    }

    #[tokio::test]
    async fn every_preset_is_measured_against_the_uncompressed_picture() {
        let folder = tempfile::tempdir().unwrap();
        let video = testmedia::make(folder.path(), "a.mp4", "mandelbrot=s=320x180:r=30,trim=duration=1", QUICK);
        let platform = Platform { width: 90, height: 160, ..platform::by_name("draft").unwrap() };
        let tools = Toolbox::new(crate::testkit::tools());
        let table = measure(&tools, &platform, &[video], 10, folder.path(), &CancellationToken::new()).await.unwrap();
        assert_eq!(table.figures.len(), PRESETS.len());
        assert!(table.figures.iter().all(|f| f.ssim > 0.5 && f.ssim <= 1.0 && f.kbps > 0), "{table:?}");
        assert!(markdown(&[table]).contains("| medium |"));
    }
}
