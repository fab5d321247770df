//! A timeline cut into chunks: the intro, each shot and the outro are encoded apart, then joined without encoding again.
//!
//! Pure: what a chunk shows, how long, with which captions. What is not here: the filters that make it so
//! ([`super::graph`]), the arguments of ffmpeg ([`super::args`]) and running it ([`super::chunks`]).

use std::path::PathBuf;

use super::graph;
use super::inputs::{Inputs, Reading};
use crate::captions::{Frame, ass};
use crate::library::Probe;
use crate::variants::timeline::{Framing, Insert, Logo, Segment, Timeline};

/// The frame all chunks of a timeline share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Canvas {
    /// Size and safe zone.
    pub frame: Frame,
    /// Frames a second.
    pub fps: u32,
}

/// What a chunk reads.
#[derive(Debug, Clone, PartialEq)]
pub struct Reel {
    /// The file, for ffmpeg.
    pub path: PathBuf,
    /// BLAKE3 of the file; stands for it in the chunk's key.
    pub hash: String,
    /// Where reading starts, milliseconds.
    pub in_ms: u64,
    /// What the file is: which filters make its picture ordinary.
    pub probe: Probe,
}

/// The logo over a chunk.
#[derive(Debug, Clone, PartialEq)]
pub struct Overlay {
    /// The picture, for ffmpeg.
    pub path: PathBuf,
    /// Where, how wide, how solid, and its hash.
    pub logo: Logo,
}

/// What a chunk is a piece of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The brand's intro.
    Intro,
    /// A shot, counted from 0.
    Shot(usize),
    /// The brand's outro.
    Outro,
}

/// A piece of picture that is encoded by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Chunk {
    /// What it is a piece of.
    pub part: Part,
    /// First frame on the timeline.
    pub start: u32,
    /// How many frames.
    pub frames: u32,
    /// What it reads.
    pub reel: Reel,
    /// How the picture fills the frame.
    pub framing: Framing,
    /// The logo over it.
    pub overlay: Option<Overlay>,
    /// The ASS document drawn on it, with times from its first frame; `None` when nothing is drawn.
    pub ass: Option<String>,
}

impl Chunk {
    /// "the intro", "shot 4": for step texts and messages.
    #[must_use]
    pub fn title(&self) -> String {
        match self.part {
            Part::Intro => "the intro".into(),
            Part::Shot(index) => format!("shot {}", index + 1),
            Part::Outro => "the outro".into(),
        }
    }
}

/// The chunks of a timeline, in order, without gaps. `inputs` must hold every file the timeline names.
#[must_use]
pub fn cut(timeline: &Timeline, canvas: &Canvas, inputs: &Inputs) -> Vec<Chunk> {
    let mut chunks = Vec::with_capacity(timeline.segments.len() + 2);
    let insert = |part, start, insert: &Insert, file: &Reading| Chunk {
        part,
        start,
        frames: insert.frames,
        reel: Reel { path: file.path.clone(), hash: insert.file.hash.clone(), in_ms: 0, probe: file.probe.clone() },
        framing: insert.framing,
        overlay: None,
        ass: None,
    };
    if let (Some(intro), Some(file)) = (&timeline.intro, &inputs.intro) {
        chunks.push(insert(Part::Intro, 0, intro, file));
    }
    for (index, segment) in timeline.segments.iter().enumerate() {
        let Some(source) = inputs.sources.get(&segment.pick.source) else { continue };
        let overlay = match (&timeline.logo, &inputs.logo) {
            (Some(logo), Some(mark)) => Some(Overlay { path: mark.path.clone(), logo: logo.clone() }),
            _ => None,
        };
        chunks.push(Chunk {
            part: Part::Shot(index),
            start: segment.start,
            frames: segment.frames,
            reel: Reel {
                path: source.path.clone(),
                hash: segment.pick.source_hash.clone(),
                in_ms: segment.pick.in_ms,
                probe: source.probe.clone(),
            },
            framing: segment.framing,
            overlay,
            ass: captions(timeline, canvas, segment, taken_above(timeline, canvas, inputs)),
        });
    }
    if let (Some(outro), Some(file)) = (&timeline.outro, &inputs.outro) {
        chunks.push(insert(Part::Outro, timeline.frames.saturating_sub(outro.frames), outro, file));
    }
    chunks
}

/// Room between the logo and what stands below it, as a share of the frame's height.
const UNDER_LOGO: f32 = 0.012;

/// How far down a logo at the top reaches, as a share of the frame's height; the title keeps clear of it.
fn taken_above(timeline: &Timeline, canvas: &Canvas, inputs: &Inputs) -> f32 {
    match (&timeline.logo, &inputs.logo) {
        (Some(logo), Some(mark)) if logo.corner.is_at_the_top() => {
            let high = graph::logo_height(logo, mark, canvas.frame.width);
            canvas.frame.safe.top + high as f32 / canvas.frame.height.max(1) as f32 + UNDER_LOGO
        }
        _ => 0.0,
    }
}

/// What is drawn over a segment, or `None`: then libass need not run, and the chunk serves any captions around it.
fn captions(timeline: &Timeline, canvas: &Canvas, segment: &Segment, below: f32) -> Option<String> {
    if timeline.caption_style.is_none() && timeline.hook_title.is_none() {
        return None;
    }
    let window = (ms(segment.start, canvas), ms(segment.start + segment.frames, canvas));
    let text = written(timeline, canvas, Some(window), below);
    text.lines().any(|line| line.starts_with("Dialogue:")).then_some(text)
}

/// What is drawn over the whole timeline. Of `inputs` only the logo is looked at.
pub(super) fn whole(timeline: &Timeline, canvas: &Canvas, inputs: &Inputs) -> String {
    written(timeline, canvas, None, taken_above(timeline, canvas, inputs))
}

fn written(timeline: &Timeline, canvas: &Canvas, window: Option<(u32, u32)>, below: f32) -> String {
    let start_ms = ms(timeline.story_start(), canvas);
    let title = timeline.hook_title.as_ref().map(|title| ass::Titled { title, start_ms, below });
    ass::document(&timeline.captions, timeline.caption_style.as_ref(), title, &canvas.frame, window)
}

fn ms(frame: u32, canvas: &Canvas) -> u32 {
    u32::try_from(u64::from(frame) * 1000 / u64::from(canvas.fps)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::bench;

    #[test]
    fn a_title_keeps_clear_of_a_logo_at_the_top() {
        use crate::render::inputs::Mark;
        use crate::variants::timeline::{Corner, HookTitle};
        let mut timeline = bench::timeline(&[20]);
        timeline.hook_title = Some(HookTitle { text: "Three mistakes".into(), show_ms: 2000 });
        let logo = |corner| Logo { file: bench::file("l.png"), corner, width: 0.2, opacity: 1.0 };
        let mut inputs = bench::inputs(&timeline);
        // Twice as wide as high: 54 by 27 pixels of 270x480.
        inputs.logo = Some(Mark { path: "/l.png".into(), width: 200, height: 100 });
        let canvas = bench::canvas(&timeline);
        let mut top = |corner: Option<Corner>| {
            timeline.logo = corner.map(logo);
            let text = cut(&timeline, &canvas, &inputs).remove(0).ass.unwrap();
            let places = text.split("\\pos(").skip(1).filter_map(|p| p.split_once(')')?.0.split_once(','));
            places.map(|(_, y)| y.parse::<f32>().unwrap()).filter(|y| *y > 0.0).fold(f32::MAX, f32::min)
        };
        let alone = top(None);
        assert!((top(Some(Corner::BottomLeft)) - alone).abs() < 0.1);
        for corner in [Corner::TopLeft, Corner::TopCentre, Corner::TopRight] {
            assert!(top(Some(corner)) >= alone + 27.0, "{corner:?}: {} after {alone}", top(Some(corner)));
        }
    }

    #[test]
    fn chunks_follow_each_other_without_gaps() {
        let timeline = bench::timeline(&[20, 31, 9]);
        let chunks = cut(&timeline, &bench::canvas(&timeline), &bench::inputs(&timeline));
        let mut next = 0;
        for chunk in &chunks {
            assert_eq!(chunk.start, next);
            next += chunk.frames;
        }
        assert_eq!((chunks.len(), next), (3, timeline.frames));
    }
}
