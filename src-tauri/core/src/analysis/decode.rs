//! The one decode: ffmpeg's arguments as a value, and the thread that looks at the grey frames as they stream by.
//!
//! One process gives three things: grey frames of about 320 pixels at an even rate on stdout, a JPEG every half second,
//! and 8 kHz mono samples. The even rate (filter `fps`) makes a frame's index its time, also for footage whose frames
//! come at uneven times.

use std::ffi::OsString;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::mpsc::Receiver;

use super::dissolves::DissolveFinder;
use super::grid::Grid;
use super::scenes::CutFinder;
use super::scores::{Sample, Scorer};
use super::shots::Clock;
use crate::args;
use crate::library::Source;
use crate::library::probe::{Probe, as_input};

/// Longer side of the grey frames, pixels.
const GREY: u32 = 320;
/// Longer side of thumbnails, pixels.
const THUMB: u32 = 480;
/// Footage with more frames a second, or uneven ones, is looked at at this rate.
const RATE: (u32, u32) = (30, 1);
/// Scores are taken about this often, times a second.
const SAMPLES: f64 = 10.0;
/// Milliseconds between thumbnails.
pub(super) const THUMB_EVERY_MS: u64 = 500;
/// Samples a second of the sound.
pub(super) const SOUND_RATE: u32 = 8000;

/// What is asked of the decode.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub grey: (u32, u32),
    pub thumb: (u32, u32),
    pub clock: Clock,
    /// How many frames to expect.
    pub frames: usize,
    /// A sample is taken of every so manieth frame.
    pub every: usize,
    /// Where thumbnails go, one JPEG after the other.
    pub thumbs: PathBuf,
    /// Where samples go, when there is sound.
    pub sound: Option<PathBuf>,
}

impl Plan {
    pub(super) fn new(source: &Source, tmp: &Path) -> Self {
        let probe = &source.probe;
        let even = !probe.variable_rate && probe.fps() <= 30.5 && probe.frame_rate.0 > 0 && probe.frame_rate.1 > 0;
        let rate = if even { probe.frame_rate } else { RATE };
        let fps = f64::from(rate.0) / f64::from(rate.1);
        Self {
            grey: fit(source.width, source.height, GREY),
            thumb: fit(source.width, source.height, THUMB),
            clock: Clock { rate },
            frames: (source.duration_ms as f64 / 1000.0 * fps).round() as usize,
            every: ((fps / SAMPLES).round() as usize).max(1),
            thumbs: tmp.join("thumbs.mjpeg"),
            sound: source.has_sound.then(|| tmp.join("sound.pcm")),
        }
    }

    pub(super) fn frame_bytes(&self) -> usize {
        self.grey.0 as usize * self.grey.1 as usize
    }

    /// ffmpeg's arguments.
    pub(super) fn args(&self, probe: &Probe, file: &Path) -> std::io::Result<Vec<OsString>> {
        let Clock { rate: (n, d) } = self.clock;
        let ((gw, gh), (tw, th)) = (self.grey, self.thumb);
        // Brightness of HDR means something only after tone mapping; elsewhere a quick scale of luma will do.
        let grey = if probe.hdr.is_some() {
            probe.small_filters(gw, gh).join(",")
        } else {
            [probe.one_field(), Some(format!("scale=w={gw}:h={gh}:flags=fast_bilinear"))]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(",")
        };
        let thumb = probe.small_filters(tw, th).join(",");
        let per_second = 1000 / THUMB_EVERY_MS;
        // Rounded up: picture n is what shows at n half seconds, not a little later.
        let graph = format!(
            "[0:V:0]split=2[a][b];[a]fps={n}/{d}:start_time=0,{grey},format=gray[grey];\
             [b]fps={per_second}:start_time=0:round=up,{thumb},format=yuvj420p[thumb]"
        );
        let mut list = args![
            "-loglevel",
            "error",
            // Frames that no other frame is made from may stay blocky: at this size nobody sees it.
            "-skip_loop_filter",
            "noref",
            "-protocol_whitelist",
            "file,pipe",
            "-i",
            as_input(file)?,
            "-filter_complex",
            graph,
            "-map",
            "[grey]",
            "-fps_mode",
            "passthrough",
            "-f",
            "rawvideo",
            "pipe:1",
            "-map",
            "[thumb]",
            "-fps_mode",
            "passthrough",
            "-c:v",
            "mjpeg",
            "-q:v",
            "4",
            "-f",
            "image2pipe",
            as_input(&self.thumbs)?,
        ];
        if let Some(sound) = &self.sound {
            list.extend(args![
                "-map",
                "0:a:0",
                "-af",
                format!("aresample={SOUND_RATE}:async=1:first_pts=0"),
                "-ac",
                "1",
                "-c:a",
                "pcm_s16le",
                "-f",
                "s16le",
                as_input(sound)?,
            ]);
        }
        Ok(list)
    }
}

/// The size that fits a square of `longer`, even, with room for a few cells.
fn fit(width: u32, height: u32, longer: u32) -> (u32, u32) {
    let (width, height) = (u64::from(width.max(1)), u64::from(height.max(1)));
    let long = width.max(height);
    let side = |length: u64| {
        let even = (length * u64::from(longer) + long) / (2 * long) * 2;
        u32::try_from(even).unwrap_or(longer).max(32)
    };
    (side(width), side(height))
}

/// What was seen.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub frames: usize,
    /// Where a scene ends and the next starts, in frames: empty for a hard cut, a dissolve else.
    pub cuts: Vec<Range<usize>>,
    pub samples: Vec<Sample>,
}

/// Looks at frames until there are no more; `done` counts them for whoever reports progress. Runs on a thread of its own.
pub(super) fn watch(plan: &Plan, mut frames: Receiver<Vec<u8>>, done: &Arc<AtomicUsize>) -> Seen {
    let (width, height) = (plan.grey.0 as usize, plan.grey.1 as usize);
    let mut scorer = Scorer::new(width, height);
    let mut finder = CutFinder::default();
    let mut dissolves = DissolveFinder::default();
    let mut seen = Seen::default();
    while let Some(frame) = frames.blocking_recv() {
        let grid = Grid::of(&frame, width, height);
        if seen.frames.is_multiple_of(plan.every) {
            seen.samples.push(scorer.look(seen.frames, &frame, &grid));
        }
        dissolves.push(&grid);
        finder.push(grid);
        seen.frames += 1;
        done.store(seen.frames, Ordering::Relaxed);
    }
    seen.cuts = in_order(&finder.finish(), dissolves.finish());
    seen
}

/// Hard cuts and dissolves in the order of the frames. Where there is a hard cut, there is no dissolve.
fn in_order(hard: &[usize], dissolves: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let apart = |range: &Range<usize>| !hard.iter().any(|cut| (range.start..=range.end + 1).contains(cut));
    let mut all: Vec<Range<usize>> = hard.iter().map(|cut| *cut..*cut).collect();
    all.extend(dissolves.into_iter().filter(apart));
    all.sort_by_key(|range| range.start);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hard_cut_is_no_dissolve_and_all_stand_in_order() {
        assert_eq!(in_order(&[5, 60], vec![20..40, 58..70]), [5..5, 20..40, 60..60]);
    }

    #[test]
    fn pictures_keep_their_shape_whichever_side_is_longer() {
        assert_eq!(fit(1920, 1080, 320), (320, 180));
        assert_eq!(fit(1080, 1920, 320), (180, 320));
        assert_eq!(fit(321, 181, 320), (320, 180));
        assert_eq!(fit(10_000, 100, 320), (320, 32));
        assert_eq!(fit(64, 64, 480), (480, 480));
    }
}
