//! Encoders: x264 by default, because it gives the same file again; a hardware one only when asked for and only after
//! it has really encoded something. Being listed by ffmpeg proves nothing: builds list encoders of absent devices.

use std::ffi::OsString;

use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;
use ts_rs::TS;

use super::platform::VideoSettings;
use crate::args;
use crate::ffmpeg::{ToolError, Toolbox};
use crate::profile::settings::Key;

/// Which kind of encoder to use.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Encoder {
    /// x264: the same plan gives the same file.
    #[default]
    Software,
    /// A hardware encoder that passed a test on this machine, else x264. Faster; files differ between machines.
    Hardware,
}

/// What a profile sets about rendering, whatever the platform.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RenderSettings {
    /// Which kind of encoder.
    pub encoder: Encoder,
}

/// Where a profile keeps its [`RenderSettings`].
pub const SETTINGS: Key<RenderSettings> = Key::new("render");

/// An encoder by the name ffmpeg has for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum VideoEncoder {
    /// x264.
    X264,
    /// NVIDIA.
    Nvenc,
    /// Intel Quick Sync.
    Qsv,
    /// VA-API (Linux).
    Vaapi,
    /// Apple.
    Videotoolbox,
    /// AMD (Windows).
    Amf,
}

/// Where VA-API's first device is on Linux.
const VAAPI_DEVICE: &str = "/dev/dri/renderD128";

impl VideoEncoder {
    /// The hardware ones, in the order they are tried.
    pub const HARDWARE: [Self; 5] = [Self::Nvenc, Self::Videotoolbox, Self::Qsv, Self::Amf, Self::Vaapi];

    /// The name ffmpeg has for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::X264 => "libx264",
            Self::Nvenc => "h264_nvenc",
            Self::Qsv => "h264_qsv",
            Self::Vaapi => "h264_vaapi",
            Self::Videotoolbox => "h264_videotoolbox",
            Self::Amf => "h264_amf",
        }
    }

    /// Arguments before the inputs.
    #[must_use]
    pub fn device(self) -> Vec<OsString> {
        if self == Self::Vaapi { args!["-vaapi_device", VAAPI_DEVICE] } else { Vec::new() }
    }

    /// What the filter graph must end with.
    #[must_use]
    pub fn last_filter(self) -> Option<&'static str> {
        (self == Self::Vaapi).then_some("format=nv12,hwupload")
    }

    /// Arguments of the output. Every chunk of a timeline gets the same, so that their headers are equal and they can be
    /// joined without encoding again.
    #[must_use]
    pub fn settings(self, video: &VideoSettings) -> Vec<OsString> {
        let kbps = |n: u32| format!("{n}k");
        let mut list = args!["-c:v", self.name()];
        let quality = match self {
            // One thread: chunks run side by side, and one thread is what makes x264 give the same bits on any machine.
            Self::X264 => args!["-preset", &video.preset, "-crf", video.crf.to_string(), "-threads", "1"],
            Self::Nvenc => args!["-preset", "p5", "-rc", "vbr", "-b:v", kbps(video.maxrate_kbps * 3 / 4)],
            Self::Vaapi => args!["-rc_mode", "VBR", "-b:v", kbps(video.maxrate_kbps * 3 / 4)],
            Self::Amf => args!["-quality", "quality", "-rc", "vbr_peak", "-b:v", kbps(video.maxrate_kbps * 3 / 4)],
            Self::Qsv | Self::Videotoolbox => args!["-b:v", kbps(video.maxrate_kbps * 3 / 4)],
        };
        list.extend(quality);
        list.extend(args![
            "-maxrate",
            kbps(video.maxrate_kbps),
            "-bufsize",
            kbps(video.bufsize_kbps),
            "-profile:v",
            &video.profile,
            "-g",
            video.gop.to_string(),
            "-bf",
            if self == Self::Amf { "0".into() } else { video.b_frames.to_string() },
        ]);
        if self == Self::X264 {
            list.extend(args!["-level:v", &video.level]);
        }
        list.extend(args![
            "-color_primaries",
            "bt709",
            "-color_trc",
            "bt709",
            "-colorspace",
            "bt709",
            "-color_range",
            "tv",
            // Else it is taken over from each source, and the headers of chunks differ.
            "-chroma_sample_location",
            "left",
        ]);
        list
    }
}

/// Arguments of a test: ten frames of this size, really encoded, thrown away.
#[must_use]
pub fn test_args(encoder: VideoEncoder, video: &VideoSettings, width: u32, height: u32) -> Vec<OsString> {
    let mut list = args!["-v", "error"];
    list.extend(encoder.device());
    list.extend(args!["-f", "lavfi", "-i", format!("testsrc2=size={width}x{height}:rate=30:duration=0.34")]);
    list.extend(args![
        "-vf",
        format!("format=yuv420p{}", encoder.last_filter().map_or(String::new(), |f| format!(",{f}")))
    ]);
    list.extend(encoder.settings(video));
    list.extend(args!["-f", "null", "-"]);
    list
}

/// An encoder that was tried on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// Which.
    pub encoder: VideoEncoder,
    /// Why it cannot be used; `None` when it encoded the test.
    pub failed: Option<String>,
}

/// Tries an encoder with a real, tiny encode.
///
/// # Errors
/// [`ToolError::Missing`] and [`ToolError::Cancelled`]; that the encoder fails is an answer, not an error.
pub async fn try_out(
    toolbox: &Toolbox,
    encoder: VideoEncoder,
    video: &VideoSettings,
    (width, height): (u32, u32),
    cancel: &CancellationToken,
) -> Result<Tried, ToolError> {
    match toolbox.ffmpeg(&test_args(encoder, video, width, height), cancel).await {
        Ok(_) => Ok(Tried { encoder, failed: None }),
        Err(ToolError::Failed { stderr, status, .. }) => {
            let why = stderr.lines().find(|line| !line.trim().is_empty()).unwrap_or("it said nothing");
            Ok(Tried { encoder, failed: Some(format!("{status}: {}", why.trim())) })
        }
        Err(other) => Err(other),
    }
}

/// The encoder to use, and notes for the receipt when it is not what was asked for.
///
/// # Errors
/// As [`try_out`].
pub async fn choose(
    toolbox: &Toolbox,
    wanted: Encoder,
    video: &VideoSettings,
    size: (u32, u32),
    cancel: &CancellationToken,
) -> Result<(VideoEncoder, Vec<String>), ToolError> {
    if wanted == Encoder::Software {
        return Ok((VideoEncoder::X264, Vec::new()));
    }
    for encoder in VideoEncoder::HARDWARE {
        if try_out(toolbox, encoder, video, size, cancel).await?.failed.is_none() {
            return Ok((encoder, Vec::new()));
        }
    }
    Ok((VideoEncoder::X264, vec!["no hardware encoder passed its test on this machine; x264 was used".into()]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::platform;
    use crate::testkit;

    #[tokio::test]
    async fn x264_passes_its_test_and_an_encoder_without_its_device_says_why() {
        let toolbox = Toolbox::new(testkit::tools());
        let video = platform::by_name("square").unwrap().video;
        let cancel = CancellationToken::new();
        let x264 = try_out(&toolbox, VideoEncoder::X264, &video, (320, 320), &cancel).await.unwrap();
        assert_eq!(x264.failed, None);
        // No machine has all of them: at least one must fail, and with a reason.
        let mut reasons = Vec::new();
        for encoder in VideoEncoder::HARDWARE {
            reasons.extend(try_out(&toolbox, encoder, &video, (320, 320), &cancel).await.unwrap().failed);
        }
        assert!(!reasons.is_empty() && reasons.iter().all(|r| r.len() > 5), "{reasons:?}");
    }

    #[tokio::test]
    async fn asking_for_hardware_gives_one_that_works() {
        let toolbox = Toolbox::new(testkit::tools());
        let video = platform::by_name("square").unwrap().video;
        let cancel = CancellationToken::new();
        let (encoder, notes) = choose(&toolbox, Encoder::Hardware, &video, (320, 320), &cancel).await.unwrap();
        assert_eq!(try_out(&toolbox, encoder, &video, (320, 320), &cancel).await.unwrap().failed, None);
        assert_eq!(notes.is_empty(), encoder != VideoEncoder::X264);
    }

    #[test]
    fn settings_of_software_are_one_thread_and_capped_quality() {
        let video = platform::by_name("tiktok").unwrap().video;
        let line: Vec<String> =
            VideoEncoder::X264.settings(&video).iter().map(|a| a.to_string_lossy().into_owned()).collect();
        let line = line.join(" ");
        assert!(line.starts_with("-c:v libx264 -preset "), "{line}");
        assert!(
            line.contains(
                "-crf 20 -threads 1 -maxrate 12000k -bufsize 24000k -profile:v high -g 60 -bf 3 -level:v 4.0"
            )
        );
    }
}
