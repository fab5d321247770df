//! Platforms: what each place a video is posted to asks of it, read from `assets/platforms.json`.
//!
//! The data file says where and when each figure was read. What is not here: what a project or a brand changes (that
//! is the look and the timeline), and how settings become encoder arguments ([`super::encoder`]).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::captions::{Frame, SafeZone};
use crate::variants::timeline::Framing;

/// How the picture is compressed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct VideoSettings {
    /// x264's constant rate factor: the quality aimed at; lower is better.
    pub crf: u32,
    /// The most it may take, kilobits a second.
    pub maxrate_kbps: u32,
    /// Over which buffer that is kept, kilobits.
    pub bufsize_kbps: u32,
    /// H.264 profile ("high").
    pub profile: String,
    /// H.264 level ("4.0").
    pub level: String,
    /// Most frames from one key frame to the next.
    pub gop: u32,
    /// Most B-frames in a row.
    pub b_frames: u32,
    /// x264 preset: the fastest whose SSIM at [`maxrate_kbps`](Self::maxrate_kbps) is within 0.002 of `medium`.
    pub preset: String,
}

/// How loud the finished sound is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Loudness {
    /// Integrated loudness, LUFS (EBU R 128).
    pub lufs: f64,
    /// Highest true peak, dBTP.
    pub peak_dbtp: f64,
}

/// Where a figure comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SourceNote {
    /// Which figures.
    pub what: String,
    /// Where they were read.
    #[serde(rename = "where")]
    pub place: String,
    /// The day they were read, `2026-11-23`.
    pub read: String,
}

/// A place videos are posted to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Platform {
    /// Stable name ("tiktok").
    pub name: String,
    /// Name shown to people.
    pub title: String,
    /// Frame width, pixels; even.
    pub width: u32,
    /// Frame height, pixels; even.
    pub height: u32,
    /// Frames a second: 24, 25, 30, 50 or 60, so that a frame is a whole number of samples.
    pub fps: u32,
    /// How the picture is compressed.
    pub video: VideoSettings,
    /// AAC, kilobits a second.
    pub audio_kbps: u32,
    /// How loud.
    pub loudness: Loudness,
    /// Longest video it takes, seconds.
    pub max_seconds: u32,
    /// What it does not cover with its own buttons and text.
    pub safe: SafeZone,
    /// Framing of shots that have none of their own. For [`Framing::Fill`] a shot's own anchor replaces the one here.
    pub framing: Framing,
    /// Where the figures come from.
    pub sources: Vec<SourceNote>,
}

impl Platform {
    /// The frame captions are laid out for.
    #[must_use]
    pub fn frame(&self) -> Frame {
        Frame { width: self.width, height: self.height, safe: self.safe }
    }
}

#[derive(Deserialize)]
struct DataFile {
    platforms: Vec<Platform>,
}

/// All platforms, in the order people are shown them.
#[must_use]
pub fn all() -> Vec<Platform> {
    // The file is part of the program and a test reads it, so an unreadable one cannot be shipped; an empty list would
    // then be met as "unknown platform".
    match serde_json::from_str::<DataFile>(include_str!("../../../../assets/platforms.json")) {
        Ok(file) => file.platforms,
        Err(error) => {
            tracing::error!(%error, "assets/platforms.json does not read");
            Vec::new()
        }
    }
}

/// The platform of this name.
#[must_use]
pub fn by_name(name: &str) -> Option<Platform> {
    all().into_iter().find(|platform| platform.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_platform_is_there_and_a_frame_is_a_whole_number_of_samples() {
        let names: Vec<String> = all().into_iter().map(|p| p.name).collect();
        assert_eq!(names, ["tiktok", "reels", "shorts", "square", "portrait45", "landscape", "draft"]);
        for p in all() {
            assert!([24, 25, 30, 50, 60].contains(&p.fps), "{}", p.name);
            assert!(p.width % 2 == 0 && p.height % 2 == 0, "{}", p.name);
            assert!(p.video.bufsize_kbps >= p.video.maxrate_kbps && p.video.gop > 0, "{}", p.name);
            assert!(p.safe.left + p.safe.right < 0.5 && p.safe.top + p.safe.bottom < 0.6, "{}", p.name);
        }
    }

    #[test]
    fn every_platform_says_where_and_when_its_figures_were_read() {
        for p in all() {
            assert!(!p.sources.is_empty(), "{}", p.name);
            for note in p.sources {
                assert!(note.read.parse::<jiff::civil::Date>().is_ok(), "{}: {}", p.name, note.read);
                assert!(!note.what.is_empty() && !note.place.is_empty(), "{}", p.name);
            }
        }
    }

    #[test]
    fn no_two_platforms_have_the_same_settings() {
        let all = all();
        for (i, a) in all.iter().enumerate() {
            for b in &all[i + 1..] {
                let settings = |p: &Platform| (p.width, p.height, p.video.clone(), p.audio_kbps, p.max_seconds);
                assert_ne!(settings(a), settings(b), "{} and {}", a.name, b.name);
            }
        }
    }
}
