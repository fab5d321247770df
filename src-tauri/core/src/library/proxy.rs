//! Proxies: a small copy of a source that is quick to jump about in, for the window. Made when nothing else waits.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::Source;
use super::probe::{Probe, ProbeError, as_input, probe};
use super::sources::{self, SourceError};
use crate::args;
use crate::error::{Code, Explain};
use crate::ffmpeg::ToolError;
use crate::ids::SourceId;
use crate::jobs::JobContext;
use crate::profile::events::Event;
use crate::profile::media::{MediaError, MediaPath};

/// Shorter side of a proxy at most, pixels.
const SHORTER: u32 = 720;
/// Frames between key frames: half a second at 30, so that a jump decodes few.
const KEY_EVERY: &str = "15";
/// Frames a second at most.
const RATE: u32 = 30;
/// How far from the source's length the proxy's may be, milliseconds.
const OFF_MS: u64 = 500;

/// Why a proxy could not be made. The source itself is as good as before.
#[derive(Debug, thiserror::Error)]
pub enum ProxyError {
    /// The source or its file.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// ffmpeg.
    #[error("No proxy could be made: {0}. The footage can be used without one.")]
    Tool(ToolError),
    /// The finished proxy is no good.
    #[error("The proxy came out wrong: {0}. It was thrown away; the footage can be used without one.")]
    Check(#[source] ProbeError),
    /// The finished proxy has another length.
    #[error(
        "The proxy has {proxy_ms} ms, the footage {source_ms} ms. It was thrown away; the footage can be used without one."
    )]
    Length {
        /// Of the proxy.
        proxy_ms: u64,
        /// Of the footage.
        source_ms: u64,
    },
    /// Stopped.
    #[error("It was cancelled.")]
    Cancelled,
    /// The profile's folder.
    #[error(transparent)]
    Media(#[from] MediaError),
    /// The file's path could not be made absolute.
    #[error("{} cannot be opened: {source}", path.display())]
    Path {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
}

impl From<ToolError> for ProxyError {
    fn from(error: ToolError) -> Self {
        if matches!(error, ToolError::Cancelled) { Self::Cancelled } else { Self::Tool(error) }
    }
}

impl Explain for ProxyError {
    fn code(&self) -> Code {
        match self {
            Self::Source(e) => e.code(),
            Self::Tool(e) => e.code(),
            Self::Check(_) | Self::Length { .. } => Code::BadRender,
            Self::Cancelled => Code::Cancelled,
            Self::Media(e) => e.code(),
            Self::Path { .. } => Code::Unreadable,
        }
    }

    fn details(&self) -> Value {
        match self {
            Self::Source(e) => e.details(),
            Self::Tool(e) => e.details(),
            Self::Check(e) => e.details(),
            Self::Length { proxy_ms, source_ms } => json!({ "proxy_ms": proxy_ms, "source_ms": source_ms }),
            _ => json!({}),
        }
    }
}

/// Makes the proxy of a source, checks it and stores where it is.
///
/// # Errors
/// [`ProxyError`]; nothing is left behind then.
pub async fn run(ctx: &JobContext, id: SourceId) -> Result<Value, ProxyError> {
    let profile = ctx.profile();
    let source = profile.read(|tx| sources::get(tx, id))?;
    let path = sources::real_path(profile, &source)?;
    let place = tokio::select! {
        biased;
        () = ctx.cancel().cancelled() => return Err(ProxyError::Cancelled),
        place = profile.encoders().acquire() => place,
    };
    let step = format!("making a proxy of {}", source.name);
    ctx.report(0.0, &step);
    let goal = MediaPath::new(format!("cache/proxy/{id}.mp4"))?;
    let part = profile.folder().part(&goal)?;
    let args = args(&source, &path, part.path()).map_err(|source| ProxyError::Path { path, source })?;
    let length_us = source.duration_ms.max(1) as f64 * 1000.0;
    profile
        .toolbox()
        .ffmpeg_with_progress(&args, ctx.cancel(), |now| {
            ctx.report(0.98 * (now.out_us as f64 / length_us).min(1.0), &step);
        })
        .await?;
    drop(place);

    let made = match probe(profile.toolbox(), part.path(), ctx.cancel()).await {
        Ok(made) => made,
        Err(ProbeError::Tool(error)) => return Err(error.into()),
        Err(error) => return Err(ProxyError::Check(error)),
    };
    if made.duration_ms.abs_diff(source.duration_ms) > OFF_MS {
        return Err(ProxyError::Length { proxy_ms: made.duration_ms, source_ms: source.duration_ms });
    }
    part.commit()?;
    profile.write(|tx| sources::set_proxy(tx, id, &goal))?;
    profile.announce(Event::Source { source: id });
    Ok(json!({ "source": id, "width": made.width, "height": made.height }))
}

/// ffmpeg's arguments. Frames come at an even rate and count from the same zero as analysis, so that a place in the
/// proxy is the same place in the source.
fn args(source: &Source, from: &Path, to: &Path) -> std::io::Result<Vec<OsString>> {
    let (width, height) = size(source.width, source.height);
    let mut filters = vec![rate(&source.probe)];
    filters.extend(source.probe.normalise_filters());
    filters.push(format!("scale=w={width}:h={height}"));
    filters.push("setsar=1".into());
    filters.push("format=yuv420p".into());
    let mut list = args![
        "-loglevel",
        "error",
        "-protocol_whitelist",
        "file",
        "-i",
        as_input(from)?,
        "-map",
        "0:V:0",
        "-vf",
        filters.join(","),
        "-c:v",
        "libx264",
        "-preset",
        "veryfast",
        "-crf",
        "24",
        "-g",
        KEY_EVERY,
        "-bf",
        "0",
        "-colorspace",
        "bt709",
        "-color_primaries",
        "bt709",
        "-color_trc",
        "bt709",
    ];
    if source.has_sound {
        list.extend(args!["-map", "0:a:0", "-af", "aresample=48000:async=1:first_pts=0", "-ac", "2", "-c:a", "aac"]);
        list.extend(args!["-b:a", "128k"]);
    }
    list.extend(args!["-map_metadata", "-1", "-movflags", "+faststart", "-f", "mp4", as_input(to)?]);
    Ok(list)
}

fn rate(probe: &Probe) -> String {
    let (n, d) = if probe.variable_rate || probe.fps() > f64::from(RATE) + 0.5 || probe.frame_rate.0 == 0 {
        (RATE, 1)
    } else {
        probe.frame_rate
    };
    format!("fps={n}/{d}:start_time=0")
}

/// Even sizes, never larger than the source.
fn size(width: u32, height: u32) -> (u32, u32) {
    let shorter = width.min(height).max(1);
    let wanted = shorter.min(SHORTER);
    let side = |length: u32| {
        let exact = u64::from(length) * u64::from(wanted) / u64::from(shorter);
        u32::try_from(exact / 2 * 2).unwrap_or(SHORTER).max(2)
    };
    (side(width), side(height))
}

#[cfg(test)]
mod tests {
    use tokio_util::sync::CancellationToken;

    use super::*;
    use crate::jobs::JobKind;
    use crate::library::import::{ImportOptions, import};
    use crate::library::testmedia::{self, ffmpeg};
    use crate::testkit::{Bench, bench};

    async fn proxy_of(bench: &Bench, path: PathBuf) -> (Source, PathBuf) {
        let options = ImportOptions::default();
        let report = import(&bench.profile, &[path], &options, &CancellationToken::new()).await.unwrap();
        let id = report.added[0].source.id;
        run(&bench.running(&JobKind::Proxy { source: id }), id).await.unwrap();
        let source = bench.profile.read(|tx| sources::get(tx, id)).unwrap();
        let file = bench.profile.folder().existing(source.proxy.as_ref().unwrap()).unwrap();
        (source, file)
    }

    #[test]
    fn a_proxy_is_never_larger_than_its_source_and_always_even() {
        assert_eq!(size(1920, 1080), (1280, 720));
        assert_eq!(size(2160, 3840), (720, 1280));
        assert_eq!(size(321, 181), (320, 180));
    }

    #[tokio::test]
    async fn a_proxy_plays_like_its_source_and_has_many_key_frames() {
        let bench = bench();
        let (source, file) = proxy_of(&bench, testmedia::with_sound(&bench.desk, "a.mp4")).await;
        let tools = bench.profile.toolbox();
        let made = probe(tools, &file, &CancellationToken::new()).await.unwrap();
        assert_eq!((made.width, made.height, made.has_sound), (320, 180, true));
        assert!(made.duration_ms.abs_diff(source.duration_ms) <= 50, "{}", made.duration_ms);
        let list = args![
            "-v",
            "error",
            "-select_streams",
            "v",
            "-skip_frame",
            "nokey",
            "-show_entries",
            "frame=pts_time",
            "-of",
            "csv=p=0",
            file.as_os_str()
        ];
        let keys = tools.ffprobe(&list, &CancellationToken::new()).await.unwrap().stdout;
        assert_eq!(String::from_utf8(keys).unwrap().lines().filter(|l| !l.trim().is_empty()).count(), 4);
    }

    #[tokio::test]
    async fn a_turned_phone_gives_an_upright_proxy_that_is_not_turned_again() {
        let bench = bench();
        testmedia::plain(&bench.desk, "a.mp4");
        ffmpeg(&bench.desk, "-i a.mp4 -c copy -metadata:s:v rotate=90 turned.mp4");
        let (_, file) = proxy_of(&bench, bench.desk.join("turned.mp4")).await;
        let made = probe(bench.profile.toolbox(), &file, &CancellationToken::new()).await.unwrap();
        assert_eq!((made.width, made.height, made.probe.rotation), (180, 320, 0));
    }

    #[tokio::test]
    async fn a_cancelled_proxy_leaves_nothing() {
        let bench = bench();
        let path = testmedia::plain(&bench.desk, "a.mp4");
        let options = ImportOptions::default();
        let report = import(&bench.profile, &[path], &options, &CancellationToken::new()).await.unwrap();
        let id = report.added[0].source.id;
        let ctx = bench.running(&JobKind::Proxy { source: id });
        ctx.cancel().cancel();
        assert!(matches!(run(&ctx, id).await, Err(ProxyError::Cancelled)));
        assert!(bench.profile.read(|tx| sources::get(tx, id)).unwrap().proxy.is_none());
        let left = std::fs::read_dir(bench.profile.root().join("cache")).unwrap().count();
        assert_eq!(left, 0);
    }
}
