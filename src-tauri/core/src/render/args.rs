//! Argument lists of ffmpeg for pictures: pure values that tests compare.
//!
//! ffmpeg runs in the job's temporary folder, so what lies there goes by plain names. Everything else goes by its full
//! path behind `file:`, which keeps a colon or a leading dash in a name from meaning something.

use std::ffi::OsString;
use std::path::Path;

use super::chunk::{Canvas, Chunk};
use super::encoder::VideoEncoder;
use super::graph;
use super::platform::Platform;
use crate::args;
use crate::speech::words::VOICE_RATE;

/// A path as ffmpeg's `-i` takes it without reading anything into it.
#[must_use]
pub fn file(path: &Path) -> OsString {
    let mut arg = OsString::from("file:");
    arg.push(path);
    arg
}

/// Seconds with microseconds, for `-ss` and `-t`.
#[must_use]
pub fn seconds(micros: u64) -> String {
    format!("{}.{:06}", micros / 1_000_000, micros % 1_000_000)
}

/// How long `frames` are, microseconds, rounded up.
#[must_use]
pub fn micros(frames: u32, fps: u32) -> u64 {
    (u64::from(frames) * 1_000_000).div_ceil(u64::from(fps.max(1)))
}

/// Ticks a second of a picture track: a frame is 1000 of them, on every chunk, or joining shifts frames.
#[must_use]
pub fn timescale(fps: u32) -> String {
    (fps * 1000).to_string()
}

/// How a chunk is encoded: the same for all chunks of a timeline.
#[derive(Debug, Clone, Copy)]
pub struct Recipe<'a> {
    /// Size, safe zone, rate.
    pub canvas: &'a Canvas,
    /// Whose settings.
    pub platform: &'a Platform,
    /// By which encoder.
    pub encoder: VideoEncoder,
    /// Where libass finds the fonts.
    pub fonts: &'a Path,
}

/// Encodes a chunk to `output`. `ass` is the name of its ASS document.
#[must_use]
pub fn chunk(chunk: &Chunk, recipe: &Recipe<'_>, ass: &str, output: &str) -> Vec<OsString> {
    let fps = recipe.canvas.fps;
    let mut list = recipe.encoder.device();
    list.extend(args![
        // One thread for reading too: there is a chunk a core.
        "-threads",
        "1",
        "-ss",
        seconds(chunk.reel.in_ms * 1000),
        // A second more than is shown, so that the last frame is there whatever the source's rate.
        "-t",
        seconds(micros(chunk.frames, fps) + 1_000_000),
        "-i",
        file(&chunk.reel.path),
    ]);
    if let Some(overlay) = &chunk.overlay {
        // A `%` in the path must not be read as a numbered sequence of pictures.
        list.extend(args!["-f", "image2", "-pattern_type", "none", "-i", file(&overlay.path)]);
    }
    let graph = graph::chunk(chunk, recipe.canvas, ass, recipe.fonts, recipe.encoder.last_filter());
    list.extend(args!["-filter_complex_threads", "1", "-filter_complex", graph, "-map", "[v]", "-an", "-sn", "-dn"]);
    // The graph has counted the frames out; ffmpeg 7 would drop some of them again to "keep the rate".
    list.extend(args!["-fps_mode", "passthrough"]);
    list.extend(recipe.encoder.settings(&recipe.platform.video));
    list.extend(args!["-video_track_timescale", timescale(fps), "-movie_timescale", VOICE_RATE.to_string()]);
    list.extend(plain_mp4());
    list.push(output.into());
    list
}

/// The list that ffmpeg's concat demuxer reads. Lengths are given in microseconds that add up without drifting: rounding
/// each chunk by itself would shift frames at the joints.
#[must_use]
pub fn concat_list<'a>(chunks: impl IntoIterator<Item = (&'a str, u32)>, fps: u32) -> String {
    let mut text = String::from("ffconcat version 1.0\n");
    let (mut frames, mut before) = (0_u64, 0_u64);
    for (name, length) in chunks {
        frames += u64::from(length);
        let now = (frames * 2_000_000 + u64::from(fps)) / (2 * u64::from(fps));
        text.push_str(&format!("file {name}\nduration {}us\n", now - before));
        before = now;
    }
    text
}

/// Joins the chunks of `list` and `sound` without encoding anything, to `output`. Their headers are the same, so their
/// packets are copied as they are (`-auto_convert 0`).
#[must_use]
pub fn join(list: &str, sound: &str, fps: u32, output: &str) -> Vec<OsString> {
    let mut all = args![
        "-auto_convert",
        "0",
        "-f",
        "concat",
        "-safe",
        "0",
        "-i",
        list,
        "-i",
        sound,
        "-map",
        "0:v:0",
        "-map",
        "1:a:0"
    ];
    all.extend(args!["-c", "copy", "-map_metadata", "-1", "-movflags", "+faststart"]);
    all.extend(args!["-video_track_timescale", timescale(fps), "-movie_timescale", VOICE_RATE.to_string()]);
    all.extend(plain_mp4());
    all.push(output.into());
    all
}

/// One frame of `video`, at most `side` pixels long and high, as a JPEG at `output`.
#[must_use]
pub fn still(video: &str, at_seconds: f64, side: u32, output: &str) -> Vec<OsString> {
    let scale = format!("scale={side}:{side}:force_original_aspect_ratio=decrease:force_divisible_by=2");
    let mut all = args!["-ss", format!("{at_seconds:.3}"), "-i", video, "-map", "0:v:0", "-frames:v", "1"];
    all.extend(args!["-vf", scale, "-c:v", "mjpeg", "-q:v", "3", "-f", "image2", "-update", "1", output]);
    all
}

/// No names of programs or times of making in the file: the same video is the same bytes.
fn plain_mp4() -> Vec<OsString> {
    args!["-fflags", "+bitexact", "-flags:v", "+bitexact", "-f", "mp4"]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::{bench, chunk as chunks, platform};

    #[test]
    fn a_chunk_is_one_ffmpeg_with_everything_in_it() {
        let timeline = bench::timeline(&[20]);
        let canvas = bench::canvas(&timeline);
        let cut = chunks::cut(&timeline, &canvas, &bench::inputs(&timeline));
        let platform = platform::by_name("tiktok").unwrap();
        let recipe =
            Recipe { canvas: &canvas, platform: &platform, encoder: VideoEncoder::X264, fonts: Path::new("/f") };
        let line: Vec<String> =
            chunk(&cut[0], &recipe, "0.ass", "0.mp4").iter().map(|a| a.to_string_lossy().into_owned()).collect();
        let line = line.join(" ");
        assert!(
            line.starts_with("-threads 1 -ss 0.500000 -t 1.666667 -i file:/sources/0.mp4 -filter_complex_threads 1")
        );
        assert!(line.ends_with(
            "-video_track_timescale 30000 -movie_timescale 48000 -fflags +bitexact -flags:v +bitexact -f mp4 0.mp4"
        ));
    }

    #[test]
    fn lengths_in_the_list_add_up_to_the_whole_whatever_the_rate() {
        for fps in [24, 25, 30, 50, 60] {
            let names = vec![("a.mp4", 7_u32); 100];
            let text = concat_list(names, fps);
            let sum: u64 = text
                .lines()
                .filter_map(|l| l.strip_prefix("duration ")?.strip_suffix("us"))
                .map(|n| n.parse::<u64>().unwrap())
                .sum();
            let whole = 700.0 * 1e6 / f64::from(fps);
            assert!((sum as f64 - whole).abs() <= 0.5, "{fps}: {sum}");
        }
    }
}
