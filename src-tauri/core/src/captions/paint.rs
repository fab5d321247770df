//! The smallest parts of an ASS document: escaped text, changes of colour and size over time, filled shapes.

use std::fmt::Write as _;

use super::layout::Area;
use super::style::Rgb;

/// Text that libass draws as it is: nothing in it is read as markup, a line break or an override.
///
/// Checked against libass 0.17: `\{` draws a brace, and a word joiner (which is invisible) after a backslash keeps it
/// from being read together with the letter behind it.
pub(super) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '{' => safe.push_str("\\{"),
            '\\' => safe.push_str("\\\u{2060}"),
            c if c.is_control() || c == '\u{2028}' || c == '\u{2029}' => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

/// How one word's colour and size change while its event shows. Times are milliseconds from the event's start.
pub(super) struct Ink {
    length: i64,
    plain: Rgb,
    start: (Rgb, f32),
    last: (Rgb, f32),
    turns: String,
}

impl Ink {
    /// Starts in `colour`; `plain` is the colour the style has by itself and needs no tag.
    pub fn new(colour: Rgb, plain: Rgb, length: i64) -> Self {
        Self { length, plain, start: (colour, 1.0), last: (colour, 1.0), turns: String::new() }
    }

    /// From `from` to `to` the word takes that colour and size. What is over when the event starts becomes how it
    /// starts, and what begins after its end is left out, so that events alike on screen are alike as text.
    pub fn turn(&mut self, from: i64, to: i64, colour: Rgb, grown: f32) {
        if from >= self.length || (colour, grown) == self.last {
            return;
        }
        if to <= 0 {
            self.start = (colour, grown);
        } else {
            let _ = write!(
                self.turns,
                "\\t({from},{to}{}{})",
                change(self.last.0, colour, ",\\1c"),
                size(self.last.1, grown)
            );
        }
        self.last = (colour, grown);
    }

    pub fn tags(&self) -> String {
        let mut tags = String::new();
        if self.start.0 != self.plain {
            let _ = write!(tags, "\\1c{}", self.start.0.ass_short());
        }
        tags.push_str(&size(1.0, self.start.1));
        tags.push_str(&self.turns);
        tags
    }
}

fn change(before: Rgb, now: Rgb, tag: &str) -> String {
    if before == now { ",".into() } else { format!("{tag}{}", now.ass_short()) }
}

fn size(before: f32, now: f32) -> String {
    let percent = now * 100.0;
    if (before - now).abs() < 0.001 { String::new() } else { format!("\\fscx{percent:.1}\\fscy{percent:.1}") }
}

/// A filled rectangle with round corners: the tags and the drawing.
pub(super) fn rounded(area: Area, radius: f32, colour: Rgb, opacity: f32) -> (String, String) {
    let (w, h) = (area.width().round().max(1.0), area.height().round().max(1.0));
    let r = radius.min(w / 2.0).min(h / 2.0);
    // The share of the radius at which the handles of a Bézier curve make nearly a quarter of a circle.
    let k = r * 0.448;
    let tags = format!(
        "\\an7\\pos({:.0},{:.0})\\bord0\\shad0\\blur0\\1c{}\\1a{}\\p1",
        area.left.round(),
        area.top.round(),
        colour.ass_short(),
        Rgb::alpha(opacity)
    );
    let shape = format!(
        "m {r:.1} 0 l {a:.1} 0 b {b:.1} 0 {w:.1} {k:.1} {w:.1} {r:.1} l {w:.1} {c:.1} b {w:.1} {d:.1} {b:.1} {h:.1} {a:.1} {h:.1} \
         l {r:.1} {h:.1} b {k:.1} {h:.1} 0 {d:.1} 0 {c:.1} l 0 {r:.1} b 0 {k:.1} {k:.1} 0 {r:.1} 0",
        a = w - r,
        b = w - k,
        c = h - r,
        d = h - k,
    );
    (tags, shape)
}
