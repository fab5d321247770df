//! Asking ffprobe about one file, and judging the answers.

use std::fs::File;
use std::path::Path;

use tokio_util::sync::CancellationToken;

use super::container::{Looks, head, looks, missing_end};
use super::read::{Answer, Kind, Samples, Times};
use super::{ProbeError, Probed, SHORTEST_MS, as_input};
use crate::args;
use crate::ffmpeg::{ToolError, Toolbox};

/// The containers we open. Playlists (HLS, concat, DASH) are not among them: they would read other files, or the
/// network. Nor are text "videos" (tty) and single pictures.
const CONTAINERS: &str = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,flv,live_flv,asf,ogg,mxf,dv,gif,nut,wtv,\
                          rm,yuv4mpegpipe,ivf,swf,apng,mp3,wav,aac,flac,aiff,amr,ape,caf,w64,wv,ac3,eac3,dts,mp2,opus";
/// Packets looked at from the start, for the rhythm of frames.
const HEAD_PACKETS: u32 = 240;
/// How much of the end is looked at, seconds.
const TAIL_S: f64 = 2.0;
/// How much earlier than promised the picture may end, seconds; and as a share of the promise.
const LATE_S: f64 = 0.5;
const LATE_SHARE: f64 = 0.02;

/// Looks at a file: is it footage, and what kind.
///
/// # Errors
/// [`ProbeError`], which says in words what is wrong with the file.
pub async fn probe(tools: &Toolbox, path: &Path, cancel: &CancellationToken) -> Result<Probed, ProbeError> {
    let unreadable = |source| ProbeError::Unreadable { path: path.to_owned(), source };
    let truncated = |found: String| ProbeError::Truncated { path: path.to_owned(), found };
    let meta = path.metadata().map_err(unreadable)?;
    if !meta.is_file() {
        return Err(unreadable(std::io::Error::other("it is not a file")));
    }
    if meta.len() == 0 {
        return Err(ProbeError::Empty(path.to_owned()));
    }
    let mut file = File::open(path).map_err(unreadable)?;
    let begins = looks(&head(&mut file).map_err(unreadable)?);
    std::io::Seek::rewind(&mut file).map_err(unreadable)?;
    let cut = missing_end(&mut file, meta.len()).map_err(unreadable)?;
    drop(file);
    if begins == Looks::Picture {
        return Err(ProbeError::StillPicture(path.to_owned()));
    }

    let asking = Asking { tools, path, cancel };
    let answer: Answer = match asking.ask(&["-show_format", "-show_streams"]).await {
        Ok(answer) => answer,
        Err(ProbeError::Tool(ToolError::Failed { .. })) => {
            return Err(match (begins, cut) {
                (Looks::Unknown, _) => ProbeError::NotAVideo(path.to_owned()),
                (_, Some(found)) => truncated(found),
                (_, None) => truncated("ffmpeg cannot read it".into()),
            });
        }
        Err(other) => return Err(other),
    };
    match answer.kind() {
        Kind::Footage => {}
        Kind::AudioOnly => return Err(ProbeError::AudioOnly(path.to_owned())),
        Kind::StillPicture => return Err(ProbeError::StillPicture(path.to_owned())),
        Kind::NotAVideo => return Err(ProbeError::NotAVideo(path.to_owned())),
    }
    if let Some(found) = cut {
        return Err(truncated(found));
    }

    let changed_at = crate::library::hash::changed_at(&meta);
    let undecodable = || truncated("none of its pictures can be decoded".into());
    let frames: Samples = asking.ask_picture(&["-show_entries", "frame=interlaced_frame"], Some("%+#8".into())).await?;
    if frames.frames.is_empty() {
        return Err(undecodable());
    }
    // Only the rate is wanted here, to guess how long a packet without a length lasts.
    let fps = answer.probe(&Times::default(), &[], None).map_or(30.0, |p| p.fps());
    let times = asking.times(&answer, fps).await?;
    let probe = answer.probe(&times, &frames.frames, changed_at).ok_or_else(undecodable)?;
    if times.frames() == 1 {
        return Err(ProbeError::StillPicture(path.to_owned()));
    }
    if let Some(promised) = answer.promised_end() {
        let length = promised - answer.start();
        if times.end < promised - LATE_S.max(length * LATE_SHARE) {
            let there = (times.end - answer.start()).max(0.0);
            return Err(truncated(format!("it says it has {length:.1} s of picture, but only {there:.1} s are there")));
        }
    }
    let duration_ms = as_ms(times.end - answer.start());
    if duration_ms < SHORTEST_MS {
        return Err(ProbeError::TooShort { path: path.to_owned(), ms: duration_ms });
    }
    let (width, height) = probe.shown();
    Ok(Probed { duration_ms, width, height, has_sound: probe.sound.is_some(), probe })
}

fn as_ms(seconds: f64) -> u64 {
    // A float cast saturates: a negative or absurd time becomes an end of the range.
    (seconds * 1000.0).round() as u64
}

struct Asking<'a> {
    tools: &'a Toolbox,
    path: &'a Path,
    cancel: &'a CancellationToken,
}

impl Asking<'_> {
    /// When frames show: at the start and at the end, or all through when that does not tell where the end is.
    async fn times(&self, answer: &Answer, fps: f64) -> Result<Times, ProbeError> {
        let entries = ["-show_entries", "packet=pts_time,dts_time,duration_time"];
        if let Some(end) = answer.about_end() {
            let stretches = format!("%+#{HEAD_PACKETS},{:.3}%", (end - TAIL_S).max(answer.start()));
            match self.ask_picture(&entries, Some(stretches)).await {
                Ok(Samples { packets, .. }) => {
                    let times = Times::of(&packets, fps);
                    if times.end >= end - LATE_S {
                        return Ok(times);
                    }
                }
                // Not every container can be searched by time; then all of it is read.
                Err(ProbeError::Tool(ToolError::Failed { .. })) => {}
                Err(other) => return Err(other),
            }
        }
        let all: Samples = self.ask_picture(&entries, None).await?;
        Ok(Times::of(&all.packets, fps))
    }

    async fn ask_picture(&self, what: &[&str], stretches: Option<String>) -> Result<Samples, ProbeError> {
        let mut all = vec!["-select_streams", "V:0"];
        if let Some(stretches) = &stretches {
            all.extend(["-read_intervals", stretches.as_str()]);
        }
        all.extend(what);
        self.ask(&all).await
    }

    async fn ask<T: serde::de::DeserializeOwned>(&self, what: &[&str]) -> Result<T, ProbeError> {
        let unreadable = |source| ProbeError::Unreadable { path: self.path.to_owned(), source };
        let mut list = args![
            "-v",
            "error",
            "-hide_banner",
            "-of",
            "json=compact=1",
            "-protocol_whitelist",
            "file",
            "-format_whitelist",
            CONTAINERS,
        ];
        list.extend(what.iter().map(Into::into));
        list.push(as_input(self.path).map_err(unreadable)?);
        let output = self.tools.ffprobe(&list, self.cancel).await?;
        // Tags may hold bytes that are not UTF-8.
        serde_json::from_str(&String::from_utf8_lossy(&output.stdout)).map_err(|e| ProbeError::Truncated {
            path: self.path.to_owned(),
            found: format!("ffprobe's answer about it makes no sense ({e})"),
        })
    }
}
