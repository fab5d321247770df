//! The same video made by one ffmpeg: what our way of making it is measured against. Its graph is built of the very
//! filters the chunks are made with, its encoder has the same settings, and all cores are given to it.

use std::path::{Path, PathBuf};
use std::process::Command;

use edit_factory_core::captions::ass;
use edit_factory_core::profile::Profile;
use edit_factory_core::render::chunk::{Canvas, Chunk};
use edit_factory_core::render::encoder::VideoEncoder;
use edit_factory_core::render::inputs::{self, Inputs};
use edit_factory_core::render::platform::Platform;
use edit_factory_core::render::{args, chunk, escape, graph, make};
use edit_factory_core::variants::timeline::Timeline;
use tokio_util::sync::CancellationToken;

use crate::BenchError;
use crate::process::{self, Cost};

/// A planned video with everything it is made of.
#[derive(Debug)]
pub struct Planned {
    timeline: Timeline,
    inputs: Inputs,
    platform: Platform,
    canvas: Canvas,
    fonts: PathBuf,
}

impl Planned {
    /// Finds everything a timeline names in its profile.
    pub fn gather(profile: &Profile, timeline: Timeline) -> Result<Self, BenchError> {
        let platform = make::platform_of(&timeline).map_err(BenchError::product)?;
        let runtime =
            tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(BenchError::io("tokio"))?;
        let inputs = runtime
            .block_on(inputs::gather(profile, &timeline, None, &CancellationToken::new()))
            .map_err(BenchError::product)?;
        let canvas = make::canvas(&timeline, &platform);
        Ok(Self { canvas, inputs, platform, fonts: profile.folder().fonts().to_owned(), timeline })
    }

    /// Length, seconds.
    pub fn seconds(&self) -> f64 {
        f64::from(self.timeline.frames) / f64::from(self.timeline.fps)
    }

    /// Makes it with one ffmpeg, in `folder`.
    pub fn in_one_go(&self, folder: &Path) -> Result<Cost, BenchError> {
        let captions = ass::document(
            &self.timeline.captions,
            self.timeline.caption_style.as_ref(),
            None,
            &self.canvas.frame,
            None,
        );
        let path = folder.join("captions.ass");
        std::fs::write(&path, captions).map_err(BenchError::io(path.display().to_string()))?;

        let chunks = chunk::cut(&self.timeline, &self.canvas, &self.inputs);
        let fps = self.timeline.fps;
        let mut command = Command::new("ffmpeg");
        command.current_dir(folder).args(["-nostdin", "-v", "error", "-y"]);
        for chunk in &chunks {
            command.args(["-ss", &args::seconds(chunk.reel.in_ms * 1000)]);
            command.args(["-t", &args::seconds(args::micros(chunk.frames, fps) + 1_000_000), "-i"]);
            command.arg(args::file(&chunk.reel.path));
        }
        command.arg("-i").arg(args::file(&self.inputs.voice));
        let loudness = self.platform.loudness;
        let mut text = self.picture(&chunks);
        text += &format!(
            ";[{}:a:0]aformat=sample_fmts=fltp,pan=stereo|c0=c0|c1=c0,loudnorm=I={}:TP={},\
             aformat=sample_rates=48000:channel_layouts=stereo[sound]",
            chunks.len(),
            loudness.lufs,
            loudness.peak_dbtp
        );
        command.arg("-filter_complex").arg(text).args(["-map", "[v]", "-map", "[sound]"]);
        self.encode(&mut command);
        command.args(["-c:a", "aac", "-b:a", &format!("{}k", self.platform.audio_kbps), "-movflags", "+faststart"]);
        command.arg("one-go.mp4");
        process::run(&mut command, &folder.join("one-go.log"))
    }

    /// Encodes the frames of a finished video once more with the same settings, and does nothing else.
    pub fn bare_encode(&self, finished: &Path, folder: &Path) -> Result<Cost, BenchError> {
        let mut command = Command::new("ffmpeg");
        command.current_dir(folder).args(["-nostdin", "-v", "error", "-y", "-i"]).arg(finished).arg("-an");
        self.encode(&mut command);
        command.arg("bare.mp4");
        process::run(&mut command, &folder.join("bare.log"))
    }

    fn encode(&self, command: &mut Command) {
        let settings = VideoEncoder::X264.settings(&self.platform.video);
        // Chunks are encoded by one thread each; one encoder alone may use every core.
        let threads = settings.iter().position(|word| word == "-threads");
        let kept = settings.iter().enumerate().filter(|(at, _)| threads.is_none_or(|t| *at != t && *at != t + 1));
        command.args(kept.map(|(_, word)| word));
    }

    /// All chunks' graphs side by side, joined, then captioned in one go.
    fn picture(&self, chunks: &[Chunk]) -> String {
        let mut parts = Vec::new();
        let mut joints = String::new();
        for (index, chunk) in chunks.iter().enumerate() {
            let plain = Chunk { ass: None, ..chunk.clone() };
            let mut text = graph::chunk(&plain, &self.canvas, "", &self.fonts, None);
            text = text.replace("[0:V:0]", &format!("[{index}:V:0]"));
            for label in ["v", "near", "far", "ground"] {
                text = text.replace(&format!("[{label}]"), &format!("[{label}{index}]"));
            }
            parts.push(text);
            joints += &format!("[v{index}]");
        }
        let fonts = escape::value(&self.fonts.to_string_lossy());
        format!(
            "{};{joints}concat=n={},ass=filename=captions.ass:fontsdir={fonts},format=yuv420p[v]",
            parts.join(";"),
            chunks.len()
        )
    }
}
