//! Where captions and the title stand in the picture, as rectangles: to tell whether another platform's buttons would cover
//! them. The same layout that draws them says it.

use super::Frame;
use super::ass::Pen;
use super::cue::Cue;
use super::layout::{Anchor, Area, set};
use super::style::{self, CaptionStyle};
use crate::variants::timeline::HookTitle;

/// Something written over the picture: shares of the frame, 0 left/top to 1 right/bottom.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Written {
    /// From when on it shows, milliseconds of the timeline.
    pub start_ms: u32,
    /// Left edge.
    pub left: f32,
    /// Top edge.
    pub top: f32,
    /// Right edge.
    pub right: f32,
    /// Bottom edge.
    pub bottom: f32,
}

/// Everything that is written over a picture of this frame, captions first. The title stands at the top of the frame's safe
/// zone, or lower where something is above it.
#[must_use]
pub fn written(
    cues: &[Cue],
    style: Option<&CaptionStyle>,
    title: Option<(&HookTitle, u32)>,
    frame: &Frame,
) -> Vec<Written> {
    let mut all = Vec::with_capacity(cues.len() + 1);
    if let Some(style) = style {
        let pen = Pen::new(style, frame);
        for cue in cues {
            let texts: Vec<String> = cue.words.iter().map(|w| style.shown(&w.text)).collect();
            let breaks: Vec<bool> = cue.words.iter().map(|w| w.break_after).collect();
            let place = cue.place.unwrap_or_else(|| style.place(frame));
            let block = set(&texts, &breaks, &pen.ruler, &pen.set, frame, Anchor::Middle(place));
            all.push(shares(cue.start_ms, block.area, frame));
        }
    }
    let first = style::all().into_iter().next();
    if let (Some((title, start_ms)), Some(style)) = (title, style.or(first.as_ref())) {
        let texts: Vec<String> = title.text.split_whitespace().map(|w| style.shown(w)).collect();
        if !texts.is_empty() {
            let pen = Pen::title(style, frame);
            let block = set(&texts, &vec![false; texts.len()], &pen.ruler, &pen.set, frame, Anchor::Top);
            all.push(shares(start_ms, block.area, frame));
        }
    }
    all
}

fn shares(start_ms: u32, area: Area, frame: &Frame) -> Written {
    let (w, h) = (frame.width.max(1) as f32, frame.height.max(1) as f32);
    Written { start_ms, left: area.left / w, top: area.top / h, right: area.right / w, bottom: area.bottom / h }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captions::SafeZone;
    use crate::captions::cut::cut;
    use crate::captions::testing::{frame, spoken};

    #[test]
    fn everything_written_lies_inside_the_zone_it_was_set_for() {
        let frame = frame();
        let SafeZone { left, right, top, bottom } = frame.safe;
        let title = HookTitle { text: "Three mistakes".into(), show_ms: 2000 };
        for style in style::all() {
            let cues = cut(&spoken(&["Pâinea este gata și caldă acum", "Ușa e deschisă"]), &style, &frame);
            let all = written(&cues, Some(&style), Some((&title, 0)), &frame);
            assert_eq!(all.len(), cues.len() + 1);
            for place in all {
                let inside = place.left >= left - 0.001
                    && place.right <= 1.0 - right + 0.001
                    && place.top >= top - 0.001
                    && place.bottom <= 1.0 - bottom + 0.001;
                assert!(inside && place.left < place.right && place.top < place.bottom, "{}: {place:?}", style.id);
            }
        }
    }

    #[test]
    fn a_video_without_captions_has_nothing_written_but_its_title() {
        let cues = cut(&spoken(&["Pâinea este gata"]), &style::all()[0], &frame());
        assert_eq!(written(&cues, None, None, &frame()), []);
        let title = HookTitle { text: "Three mistakes".into(), show_ms: 2000 };
        assert_eq!(written(&[], None, Some((&title, 400)), &frame())[0].start_ms, 400);
        assert_eq!(written(&[], None, Some((&HookTitle { text: "  ".into(), show_ms: 1 }, 0)), &frame()), []);
    }
}
