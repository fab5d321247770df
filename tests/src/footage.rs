//! Footage made by the tests themselves, with the real ffmpeg.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Runs ffmpeg with these arguments; panics with its last words when it fails.
pub fn ffmpeg(args: &[&str]) {
    let output = Command::new("ffmpeg").args(["-hide_banner", "-nostdin", "-y", "-v", "error"]).args(args).output();
    let output = output.expect("ffmpeg runs");
    assert!(output.status.success(), "ffmpeg {args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A moving picture of `seconds`, 320x180 at 30 frames a second, with a tone, whose scenes (2.5 s each) have colours
/// and positions that depend on `kind`, so that files of different kinds never look or hash alike.
pub fn moving(path: &Path, kind: u32, seconds: u32) -> PathBuf {
    let hue = (kind * 67) % 360;
    // `hue` turns by a third at every scene: hard cuts for the analysis to find.
    let picture = format!(
        "testsrc2=size=320x180:rate=30:duration={seconds},hue=h='{hue}+120*floor(t/2.5)',\
         rotate='{kind}*0.35+floor(t/2.5)*0.8':fillcolor=0x{:06x}",
        (u64::from(kind) * 2_654_435_761) & 0x00ff_ffff
    );
    let tone = format!("sine=frequency={}:duration={seconds}:sample_rate=48000", 200 + 60 * kind);
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).expect("a folder for footage");
    }
    ffmpeg(&[
        "-f",
        "lavfi",
        "-i",
        &picture,
        "-f",
        "lavfi",
        "-i",
        &tone,
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-crf",
        "24",
        "-pix_fmt",
        "yuv420p",
        "-c:a",
        "aac",
        "-b:a",
        "64k",
        "-f",
        "mp4",
        path.to_str().expect("a test path is UTF-8"),
    ]);
    path.to_owned()
}

/// The frames of a video as hashes of their decoded pixels, in order (`-f framemd5`).
#[must_use]
pub fn frame_hashes(path: &Path) -> Vec<String> {
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-nostdin", "-i"])
        .arg(path)
        .args(["-map", "0:v", "-f", "framemd5", "-"])
        .output()
        .expect("ffmpeg runs");
    assert!(output.status.success(), "{}: {}", path.display(), String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.rsplit(',').next().map(|h| h.trim().to_owned()))
        .collect()
}

/// The mean colour of a video's frame at `at` seconds: red, green, blue from 0 to 255.
#[must_use]
pub fn mean_colour(path: &Path, at: f64) -> [u8; 3] {
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-nostdin", "-ss", &at.to_string(), "-i"])
        .arg(path)
        .args(["-frames:v", "1", "-vf", "scale=1:1:flags=area", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"])
        .output()
        .expect("ffmpeg runs");
    <[u8; 3]>::try_from(&output.stdout[..3]).expect("one pixel")
}

/// A plain picture of one colour with a tone: what identifies whose footage is in a video.
pub fn plain(path: &Path, colour: &str, seconds: u32) -> PathBuf {
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).expect("a folder for footage");
    }
    let picture = format!(
        "color=c={colour}:size=320x180:rate=30:duration={seconds},\
         drawbox=x='mod(t*60,280)':y='80+40*sin(t)':w=40:h=40:color=white@0.25:t=fill"
    );
    let tone = format!("sine=frequency=300:duration={seconds}:sample_rate=48000");
    ffmpeg(&[
        "-f",
        "lavfi",
        "-i",
        &picture,
        "-f",
        "lavfi",
        "-i",
        &tone,
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-crf",
        "24",
        "-pix_fmt",
        "yuv420p",
        "-c:a",
        "aac",
        "-b:a",
        "64k",
        "-f",
        "mp4",
        path.to_str().expect("a test path is UTF-8"),
    ]);
    path.to_owned()
}
