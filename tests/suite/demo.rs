//! The demo's videos, small, measured from outside: loudness, frames, words against an independent aligner, captions.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use acceptance::{Cli, aligner};
use serde_json::Value;

/// The demo as `cargo xtask demo` makes it, at a small size; made once for all tests here.
struct Demo {
    videos: Vec<(PathBuf, Value)>,
    _folder: tempfile::TempDir,
}

static DEMO: LazyLock<Demo> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/demo");
    let cli = Cli::new(&folder.path().join("home"));
    let mut words: Vec<std::ffi::OsString> =
        ["make", "--variants", "3", "--platform", "draft", "--script"].map(Into::into).to_vec();
    words.extend([assets.join("script.md").into(), "--out".into(), out.clone().into(), assets.join("footage").into()]);
    cli.run(words).good();
    let mut videos: Vec<(PathBuf, Value)> = std::fs::read_dir(&out)
        .unwrap()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "mp4"))
        .map(|path| {
            let receipt = std::fs::read(path.with_extension("json")).unwrap();
            (path, serde_json::from_slice(&receipt).unwrap())
        })
        .collect();
    videos.sort_by(|a, b| a.0.cmp(&b.0));
    assert_eq!(videos.len(), 3);
    Demo { videos, _folder: folder }
});

fn tool(name: &str, arguments: &[&str], file: &Path, after: &[&str]) -> (String, String) {
    let output = Command::new(name).args(arguments).arg(file).args(after).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{name} {arguments:?}: {}", text(&output.stderr));
    (text(&output.stdout), text(&output.stderr))
}

/// A number after a name in the summary of ffmpeg's `ebur128`.
fn summary(report: &str, name: &str) -> f64 {
    let summary = report.rsplit("Summary:").next().unwrap();
    let line = summary.lines().find_map(|line| line.trim().strip_prefix(name)).unwrap();
    line.split_whitespace().next().unwrap().parse().unwrap()
}

#[test]
fn every_finished_video_is_as_loud_as_asked_and_clips_nowhere() {
    for (video, _) in &DEMO.videos {
        let meter = ["-vn", "-af", "ebur128=peak=true:framelog=verbose", "-f", "null", "-"];
        let (_, report) = tool("ffmpeg", &["-hide_banner", "-nostdin", "-nostats", "-i"], video, &meter);
        let (loudness, peak) = (summary(&report, "I:"), summary(&report, "Peak:"));
        println!("soak: a finished video of the demo: {loudness:.1} LUFS, {peak:.1} dBTP");
        assert!((loudness + 14.0).abs() <= 0.5, "{loudness} LUFS");
        assert!(peak <= -1.0, "{peak} dBTP");
    }
}

#[test]
fn picture_and_sound_are_as_long_as_the_plan_to_the_frame() {
    for (video, receipt) in &DEMO.videos {
        let asked = ["-v", "error", "-count_frames", "-of", "json", "-show_entries"];
        let entries = "stream=codec_type,nb_read_frames,duration,r_frame_rate,avg_frame_rate";
        let (answer, _) = tool("ffprobe", &[&asked[..], &[entries]].concat(), video, &[]);
        let answer: Value = serde_json::from_str(&answer).unwrap();
        let of = |kind: &str| answer["streams"].as_array().unwrap().iter().find(|s| s["codec_type"] == kind).unwrap();
        let frames = receipt["frames"].as_u64().unwrap();
        let picture = of("video");
        assert_eq!(picture["nb_read_frames"], frames.to_string());
        assert_eq!(picture["r_frame_rate"], picture["avg_frame_rate"], "the frames are not evenly apart");
        let seconds = |stream: &Value| stream["duration"].as_str().unwrap().parse::<f64>().unwrap();
        assert!((seconds(picture) - frames as f64 / 30.0).abs() < 0.001);
        assert!((seconds(of("audio")) - seconds(picture)).abs() < 0.001);
    }
}

#[test]
fn words_start_where_an_independent_aligner_hears_them() {
    let (video, receipt) = &DEMO.videos[0];
    let words = receipt["words"].as_array().unwrap();
    let text: Vec<&str> = words.iter().map(|word| word["text"].as_str().unwrap()).collect();
    let Some(heard) = aligner::heard(video, &text.join(" ")) else { return };
    let ours: Vec<i64> = words.iter().map(|word| word["start_ms"].as_i64().unwrap()).collect();
    let distances = aligner::distances(&ours, &heard);
    let (median, most) = (aligner::percentile(&distances, 0.5), aligner::percentile(&distances, 0.9));
    println!("soak: word starts of the demo against the aligner: median {median} ms, 90th percentile {most} ms");
    assert!(median <= 65 && most <= 150, "median {median} ms, 90th percentile {most} ms");
}

#[test]
fn no_shot_is_shown_twice_and_every_pick_says_why() {
    let mut seen = std::collections::BTreeSet::new();
    for (_, receipt) in &DEMO.videos {
        for shot in receipt["shots"].as_array().unwrap() {
            assert!(seen.insert(shot["shot"].as_str().unwrap()), "{shot} is shown twice");
            assert!(!shot["reason"].as_str().unwrap().is_empty());
        }
        assert_eq!(receipt["shared_shots"], Value::Array(Vec::new()));
    }
}

#[test]
fn what_is_spoken_of_is_shown() {
    // The subject's word, and the file it is shown in.
    let subjects =
        [("square,", "people-crossing.mp4"), ("street.", "road-and-van.mp4"), ("park.", "walk-on-grass.mp4")];
    for (_, receipt) in &DEMO.videos {
        for (word, file) in subjects {
            assert_eq!(shown_at(receipt, word), file, "while \"{word}\" is heard");
        }
    }
    // There are five seconds of the rabbit: enough for two videos.
    let rabbits = DEMO.videos.iter().filter(|(_, receipt)| shown_at(receipt, "rabbit") == "rabbit.mp4");
    assert_eq!(rabbits.count(), 2);
}

/// The footage that is seen when a word starts.
fn shown_at<'a>(receipt: &'a Value, word: &str) -> &'a str {
    let words = receipt["words"].as_array().unwrap();
    let at = words.iter().find(|w| w["text"] == word).unwrap()["start_ms"].as_u64().unwrap();
    let shots = receipt["shots"].as_array().unwrap();
    let shot = shots.iter().rev().find(|shot| shot["at_ms"].as_u64().unwrap() <= at).unwrap();
    shot["source"]["name"].as_str().unwrap()
}
