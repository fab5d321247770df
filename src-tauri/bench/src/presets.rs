//! Which x264 preset each platform gets: the fastest whose picture, at the bitrate the platform's quality takes, is as
//! good as `medium`'s within 0.002 SSIM. Writes a table of its own.

use std::path::{Path, PathBuf};
use std::process::Command;

use edit_factory_core::render::platform::{self, Platform};

use crate::facts::Facts;
use crate::process::{self, said};
use crate::{BenchError, Place, footage};

/// Fastest first.
const PRESETS: [&str; 6] = ["ultrafast", "superfast", "veryfast", "faster", "fast", "medium"];
/// How much worse than `medium` a picture may be.
const WORSE: f64 = 0.002;
/// Seconds taken of each piece of footage.
const SECONDS: &str = "2";

/// One preset at the platform's bitrate.
#[derive(Debug, Clone, PartialEq)]
struct Tried {
    preset: &'static str,
    kbps: f64,
    cpu: f64,
    ssim: f64,
}

/// Measures all platforms and gives the table.
pub fn table(place: &Place, facts: &Facts) -> Result<String, BenchError> {
    let folder = place.work.join("presets");
    std::fs::create_dir_all(&folder).map_err(BenchError::io(folder.display().to_string()))?;
    let mut text = format!(
        "# x264 presets\n\nWritten by `cargo xtask bench presets` on {}: {}, {}.\n\n\
         Ten seconds of the demo's five places in full HD with a little noise, as a phone's sensor gives it. `medium` is \
         encoded with the platform's CRF; every preset then gets exactly the bitrate that took (two passes, one thread). \
         SSIM is over all planes, against the picture before encoding; CPU seconds are of the second pass. Chosen is the \
         fastest preset within {WORSE} of `medium`.\n",
        facts.date, facts.processor, facts.ffmpeg
    );
    for platform in platform::all().iter().filter(|platform| platform.name != "draft") {
        let tried = measure(place, &folder, platform)?;
        let chosen = choose(&tried);
        println!("  {}: {chosen}", platform.name);
        text += &format!("\n## {} ({}x{})\n\n", platform.title, platform.width, platform.height);
        text += "| preset | SSIM | against medium | kbit/s | CPU s |\n| --- | --- | --- | --- | --- |\n";
        let medium = tried.last().map_or(0.0, |medium| medium.ssim);
        for one in &tried {
            let name = if one.preset == chosen { format!("**{chosen}**") } else { one.preset.into() };
            text += &format!(
                "| {name} | {:.4} | {:+.4} | {:.0} | {:.1} |\n",
                one.ssim,
                one.ssim - medium,
                one.kbps,
                one.cpu
            );
        }
        if chosen != platform.video.preset {
            text += &format!("\n`assets/platforms.json` says `{}`.\n", platform.video.preset);
        }
    }
    Ok(text)
}

fn choose(tried: &[Tried]) -> &'static str {
    let medium = tried.last().map_or(0.0, |medium| medium.ssim);
    tried.iter().find(|one| one.ssim >= medium - WORSE).map_or("medium", |one| one.preset)
}

fn measure(place: &Place, folder: &Path, platform: &Platform) -> Result<Vec<Tried>, BenchError> {
    let video = &platform.video;
    let truth = truth(place, folder, platform)?;
    let limits = [
        "-maxrate".to_owned(),
        format!("{}k", video.maxrate_kbps),
        "-bufsize".to_owned(),
        format!("{}k", video.bufsize_kbps),
        "-g".to_owned(),
        video.gop.to_string(),
        "-bf".to_owned(),
        video.b_frames.to_string(),
        "-profile:v".to_owned(),
        video.profile.clone(),
    ];
    let ffmpeg = |middle: &[&str], output: &str| -> Result<f64, BenchError> {
        let mut command = Command::new("ffmpeg");
        command.current_dir(folder).args(["-v", "error", "-nostdin", "-y", "-i"]).arg(&truth);
        command.args(["-an", "-c:v", "libx264", "-threads", "1"]).args(middle).args(&limits).arg(output);
        Ok(process::run(&mut command, &folder.join("encode.log"))?.cpu)
    };
    ffmpeg(&["-preset", "medium", "-crf", &video.crf.to_string()], "crf.mp4")?;
    let rate = format!("{:.0}k", kbps(&folder.join("crf.mp4"))?);
    let mut tried = Vec::new();
    for preset in PRESETS {
        let both = ["-preset", preset, "-b:v", &rate];
        ffmpeg(&[&both[..], &["-pass", "1", "-f", "null"]].concat(), "-")?;
        let cpu = ffmpeg(&[&both[..], &["-pass", "2"]].concat(), "try.mp4")?;
        let file = folder.join("try.mp4");
        tried.push(Tried { preset, kbps: kbps(&file)?, cpu, ssim: ssim(&file, &truth, folder)? });
    }
    Ok(tried)
}

/// The picture before encoding, without loss.
fn truth(place: &Place, folder: &Path, platform: &Platform) -> Result<PathBuf, BenchError> {
    let from = footage::full_hd_folder(place)?;
    let to = folder.join(format!("{}x{}.mkv", platform.width, platform.height));
    if to.exists() {
        return Ok(to);
    }
    let (w, h) = (platform.width, platform.height);
    let mut command = Command::new("ffmpeg");
    command.args(["-v", "error", "-nostdin", "-y"]);
    for name in footage::PLACES {
        command.args(["-ss", "1", "-t", SECONDS, "-i"]).arg(from.join(name).with_extension("mp4"));
    }
    let count = footage::PLACES.len();
    let joints: String = (0..count).map(|index| format!("[{index}:v]")).collect();
    let graph = format!(
        "{joints}concat=n={count},scale={w}:{h}:force_original_aspect_ratio=increase,crop={w}:{h},\
         noise=alls=5:allf=t:all_seed=1,format=yuv420p[v]"
    );
    let part = to.with_extension("part.mkv");
    command.args(["-filter_complex", &graph, "-map", "[v]", "-c:v", "libx264", "-qp", "0", "-preset", "ultrafast"]);
    said(command.arg(&part))?;
    std::fs::rename(&part, &to).map_err(BenchError::io(to.display().to_string()))?;
    Ok(to)
}

fn kbps(file: &Path) -> Result<f64, BenchError> {
    let mut command = Command::new("ffprobe");
    command.args(["-v", "error", "-show_entries", "format=bit_rate", "-of", "csv=p=0"]).arg(file);
    let text = said(&mut command)?;
    let bits: f64 = text.trim().parse().map_err(|_| BenchError::Unexpected(format!("a bitrate of {text}")))?;
    Ok(bits / 1000.0)
}

fn ssim(file: &Path, truth: &Path, folder: &Path) -> Result<f64, BenchError> {
    let log = folder.join("ssim.log");
    let mut command = Command::new("ffmpeg");
    command.args(["-hide_banner", "-nostdin", "-nostats", "-i"]).arg(file).arg("-i").arg(truth);
    command.args([
        "-lavfi",
        "[0:v]settb=AVTB,setpts=N/30/TB[a];[1:v]settb=AVTB,setpts=N/30/TB[b];[a][b]ssim",
        "-f",
        "null",
        "-",
    ]);
    process::run(&mut command, &log)?;
    let report = std::fs::read_to_string(&log).map_err(BenchError::io(log.display().to_string()))?;
    all_planes(&report).ok_or_else(|| BenchError::Unexpected("ffmpeg told no SSIM".into()))
}

/// The figure for all planes in what ffmpeg's `ssim` reports.
fn all_planes(report: &str) -> Option<f64> {
    report.rsplit("All:").next()?.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fastest_preset_that_is_good_enough_is_chosen() {
        let of = |figures: [f64; 6]| {
            let tried: Vec<Tried> = PRESETS
                .into_iter()
                .zip(figures)
                .map(|(preset, ssim)| Tried { preset, kbps: 1.0, cpu: 1.0, ssim })
                .collect();
            choose(&tried)
        };
        assert_eq!(of([0.9, 0.95, 0.978, 0.979, 0.98, 0.98]), "veryfast");
        assert_eq!(of([0.9, 0.9, 0.9, 0.9, 0.9, 0.98]), "medium");
        assert_eq!(of([0.99, 0.95, 0.978, 0.979, 0.98, 0.98]), "ultrafast");
    }

    #[test]
    fn the_figure_of_all_planes_is_read() {
        let report = "[Parsed_ssim_2 @ 0x5] SSIM Y:0.97 (15.2) U:0.99 (20.1) V:0.99 (20.0) All:0.981234 (17.3)\n";
        assert_eq!(all_planes(report), Some(0.981_234));
        assert_eq!(all_planes("nothing"), None);
    }
}
