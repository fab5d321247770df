//! On what the figures were measured.

use std::process::Command;

use crate::BenchError;
use crate::process::said;

/// The machine and the day.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// `2026-11-23`.
    pub date: String,
    /// How many cores this process may use.
    pub cores: usize,
    /// Name of the processor.
    pub processor: String,
    /// Name of the operating system.
    pub system: String,
    /// First line of `ffmpeg -version`.
    pub ffmpeg: String,
    /// Load averages; a busy machine measures badly.
    pub load: String,
}

/// How many cores this process may use.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// The machine this runs on.
pub fn here() -> Result<Facts, BenchError> {
    let version = said(Command::new("ffmpeg").arg("-version"))?;
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let after = |text: &str, key: &str, sign: char| {
        let line = text.lines().find(|line| line.starts_with(key)).unwrap_or_default();
        line.split_once(sign).map_or("unknown", |(_, value)| value).trim_matches([' ', '"']).to_owned()
    };
    let now = edit_factory_core::time::iso(edit_factory_core::time::now_ms());
    Ok(Facts {
        date: now.split('T').next().unwrap_or_default().to_owned(),
        cores: cores(),
        processor: after(&read("/proc/cpuinfo"), "model name", ':'),
        system: after(&read("/etc/os-release"), "PRETTY_NAME", '='),
        ffmpeg: version.split(" Copyright").next().unwrap_or_default().to_owned(),
        load: read("/proc/loadavg").split_whitespace().take(3).collect::<Vec<_>>().join(" "),
    })
}
