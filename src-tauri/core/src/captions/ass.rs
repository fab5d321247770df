//! Captions and the hook title as one ASS document, which ffmpeg's libass burns into the picture.

use super::Frame;
use super::cue::Cue;
use super::style::CaptionStyle;
use crate::variants::timeline::HookTitle;

/// The document that draws `cues` in `style` (`None` draws no captions) and the title.
///
/// `title` comes with the time at which the story starts, in milliseconds of the timeline. With a `window`
/// (start and end, milliseconds of the timeline), only what shows inside it is written, cut to it, with times relative
/// to its start: pieces of video with the same captions at the same relative times get the same text.
#[must_use]
pub fn document(
    _cues: &[Cue],
    _style: Option<&CaptionStyle>,
    _title: Option<(&HookTitle, u32)>,
    frame: &Frame,
    _window: Option<(u32, u32)>,
) -> String {
    format!(
        "[Script Info]\nScriptType: v4.00+\nPlayResX: {}\nPlayResY: {}\nScaledBorderAndShadow: yes\nWrapStyle: 2\n",
        frame.width, frame.height
    )
}
