//! Captions and the hook title as one ASS document, which ffmpeg's libass burns into the picture.
//!
//! Every word is an event of its own at a place of its own (`layout`), and what happens to it while it is spoken is an
//! animation inside that event. So a highlighted word moves no other word, and nothing is drawn twice.
//!
//! What is not here: which words stand in a cue (`cut`), how wide they are (`measure`).

use std::fmt::Write as _;

use super::cue::{Cue, CueWord};
use super::fonts::font;
use super::layout::{Anchor, Area, Block, PlacedWord, Type, set};
use super::measure::Ruler;
use super::paint::{Ink, escape, rounded};
use super::style::{self, CaptionStyle, Highlight, Rgb};
use super::{Frame, SafeZone};
use crate::variants::timeline::HookTitle;

/// How long a word takes to grow and to shrink back, milliseconds.
const POP_MS: i64 = 90;
/// How much a popping word grows at most.
const POP: f32 = 1.12;
/// How long the title fades in and out, milliseconds.
const FADE_MS: i64 = 240;
/// The title's letters: as large as the captions', and no larger than this share of the frame's height.
const TITLE_SIZE: f32 = 0.046;

/// The title, and where and when it stands.
#[derive(Debug, Clone, Copy)]
pub struct Titled<'a> {
    /// The title.
    pub title: &'a HookTitle,
    /// When the story starts, and the title with it, milliseconds of the timeline.
    pub start_ms: u32,
    /// How far down from the frame's top something else stands (the logo), as a share of the frame's height; the title
    /// stands below it.
    pub below: f32,
}

/// The document that draws `cues` in `style` (`None` draws no captions) and the title.
///
/// With a `window` (start and end, milliseconds of the timeline), only what shows inside it is written, cut to it, with times relative
/// to its start: pieces of video with the same captions at the same relative times get the same text.
#[must_use]
pub fn document(
    cues: &[Cue],
    style: Option<&CaptionStyle>,
    title: Option<Titled<'_>>,
    frame: &Frame,
    window: Option<(u32, u32)>,
) -> String {
    let clock = Clock::new(window);
    let mut events = Events { text: String::new(), clock };
    let mut styles = String::new();
    if let Some(style) = style {
        let pen = Pen::new(style, frame);
        styles.push_str(&pen.style_line("Caption"));
        for cue in cues {
            events.cue(cue, &pen, frame);
        }
    }
    let plain = if style.is_none() && title.is_some() { style::all().into_iter().next() } else { None };
    if let (Some(titled), Some(style)) = (title, style.or(plain.as_ref())) {
        let pen = Pen::title(style, frame);
        styles.push_str(&pen.style_line("Title"));
        let safe = SafeZone { top: frame.safe.top.max(titled.below), ..frame.safe };
        events.title(titled, &pen, &Frame { safe, ..*frame });
    }
    format!(
        "[Script Info]\nScriptType: v4.00+\nPlayResX: {}\nPlayResY: {}\nWrapStyle: 2\nScaledBorderAndShadow: yes\n\
         YCbCr Matrix: TV.709\n\n\
         [V4+ Styles]\nFormat: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, \
         Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, \
         MarginR, MarginV, Encoding\n{styles}\n\
         [Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n{}",
        frame.width, frame.height, events.text
    )
}

/// The colours, lengths and font of a style for one frame, in pixels.
pub(super) struct Pen<'s> {
    style: &'s CaptionStyle,
    pub(super) ruler: Ruler,
    pub(super) set: Type,
    outline: f32,
    shadow: f32,
    blur: f32,
    /// Colour of plain words.
    text: Rgb,
    /// Behind the block.
    background: Option<(Rgb, f32)>,
}

impl<'s> Pen<'s> {
    pub(super) fn new(style: &'s CaptionStyle, frame: &Frame) -> Self {
        Self {
            ruler: Ruler::new(&style.font),
            set: style.setting(frame),
            outline: style.outline * frame.height as f32,
            shadow: style.shadow * frame.height as f32,
            blur: style.softness * frame.height as f32,
            text: style::colour(&style.colour).unwrap_or(Rgb::WHITE),
            background: style.background.as_ref().map(|(c, a)| (style::colour(c).unwrap_or(Rgb::BLACK), *a)),
            style,
        }
    }

    /// The title: the style's font on a solid box in its highlight colour.
    pub(super) fn title(style: &'s CaptionStyle, frame: &Frame) -> Self {
        let mut pen = Self::new(style, frame);
        let accent = style::colour(&style.highlight_colour).unwrap_or(Rgb::WHITE);
        pen.text = accent.readable_on_it();
        pen.background = Some((accent, 1.0));
        (pen.outline, pen.shadow, pen.blur) = (0.0, 0.0, 0.0);
        let size = pen.set.size.min(TITLE_SIZE * frame.height as f32);
        pen.set =
            Type { size, gap: pen.ruler.space() * size, pitch: 1.2 * size, edge: 0.0, padding: 0.5 * size, ..pen.set };
        pen
    }

    fn style_line(&self, name: &str) -> String {
        let font = font(&self.style.font);
        let outline = style::colour(&self.style.outline_colour).unwrap_or(Rgb::BLACK);
        format!(
            "Style: {name},{},{:.2},{text},{text},{},{},{},0,0,0,100,100,{:.2},0,1,{:.2},{:.2},5,0,0,0,1\n",
            font.family,
            self.ruler.ass_size(self.set.size),
            outline.ass(1.0),
            Rgb::BLACK.ass(self.style.shadow_opacity),
            if font.bold { -1 } else { 0 },
            self.set.spacing * self.set.size,
            self.outline,
            self.shadow,
            text = self.text.ass(1.0),
        )
    }

    /// The tags that put a word in its place, and make it smaller with its whole block.
    fn place(&self, word: &PlacedWord, scale: f32) -> String {
        let size = self.set.size * scale;
        let y = word.baseline - self.ruler.baseline_below_middle() * size;
        let mut tags = format!("\\an5\\pos({:.1},{y:.1})", word.x);
        if scale < 1.0 {
            let _ = write!(
                tags,
                "\\fs{:.2}\\fsp{:.2}\\bord{:.2}\\shad{:.2}",
                self.ruler.ass_size(size),
                self.set.spacing * size,
                self.outline * scale,
                self.shadow * scale
            );
        }
        if self.blur > 0.0 {
            let _ = write!(tags, "\\blur{:.2}", self.blur * scale);
        }
        tags
    }
}

/// Times of the timeline as times of the document.
#[derive(Clone, Copy)]
struct Clock {
    /// Milliseconds of the timeline at which the document starts.
    from: i64,
    /// How long it lasts, a whole hundredth of a second; `None` for all there is.
    length: Option<i64>,
}

impl Clock {
    fn new(window: Option<(u32, u32)>) -> Self {
        let Some((from, to)) = window else { return Self { from: 0, length: None } };
        Self { from: i64::from(from), length: Some(to_hundredth(i64::from(to) - i64::from(from))) }
    }

    /// Milliseconds from the window's start. What began before the window has a negative time.
    fn at(self, ms: u32) -> i64 {
        to_hundredth(i64::from(ms) - self.from)
    }

    /// The part of a span inside the window; `None` when nothing of it is.
    fn span(self, start: u32, end: u32) -> Option<(i64, i64)> {
        let (start, end) = (self.at(start), self.at(end));
        let span = match self.length {
            Some(length) => (start.max(0), end.min(length)),
            None => (start, end.max(start + 10)),
        };
        (span.0 < span.1).then_some(span)
    }
}

/// The grain of ASS. The same time always gives the same hundredth, so what touched still touches.
fn to_hundredth(ms: i64) -> i64 {
    (ms + 5).div_euclid(10) * 10
}

struct Events {
    text: String,
    clock: Clock,
}

impl Events {
    fn push(&mut self, layer: u8, span: (i64, i64), style: &str, tags: &str, text: &str) {
        let _ = writeln!(
            self.text,
            "Dialogue: {layer},{},{},{style},,0,0,0,,{{{tags}}}{text}",
            timestamp(span.0),
            timestamp(span.1)
        );
    }

    fn cue(&mut self, cue: &Cue, pen: &Pen<'_>, frame: &Frame) {
        let Some(span) = self.clock.span(cue.start_ms, cue.end_ms) else { return };
        let texts: Vec<String> = cue.words.iter().map(|w| pen.style.shown(&w.text)).collect();
        let breaks: Vec<bool> = cue.words.iter().map(|w| w.break_after).collect();
        let place = cue.place.unwrap_or_else(|| pen.style.place(frame));
        let block = set(&texts, &breaks, &pen.ruler, &pen.set, frame, Anchor::Middle(place));
        if let Some((colour, opacity)) = pen.background {
            self.background(span, "Caption", &block, colour, opacity, pen, "");
        }
        if texts.iter().any(|t| reads_right_to_left(t)) {
            self.whole_lines(span, &texts, &block, pen);
            return;
        }
        for placed in &block.words {
            let word = &cue.words[placed.index];
            if pen.style.highlight == Highlight::Box {
                self.word_box(word, cue, placed, &block, pen);
            }
            let tags = pen.place(placed, block.scale) + &self.spoken(word, placed, span, pen);
            self.push(2, span, "Caption", &tags, &escape(&texts[placed.index]));
        }
    }

    /// What happens to a word while it is spoken, as tags of its event, which starts at `span.0`.
    fn spoken(&self, word: &CueWord, placed: &PlacedWord, span: (i64, i64), pen: &Pen<'_>) -> String {
        let style = pen.style;
        let accent = style::colour(&style.highlight_colour).unwrap_or(Rgb::WHITE);
        let emphasis = word.emphasis.then(|| style::colour(&style.emphasis_colour)).flatten();
        let base = emphasis.unwrap_or(pen.text);
        let spoken = match (style.highlight, emphasis) {
            (Highlight::None, _) | (_, Some(_)) => base,
            (Highlight::Box, None) => style.on_box_colour.as_deref().and_then(style::colour).unwrap_or(base),
            _ => accent,
        };
        let (from, to) = (self.clock.at(word.start_ms) - span.0, self.clock.at(word.end_ms) - span.0);
        let grown = if style.highlight == Highlight::Pop { POP.min(placed.room) } else { 1.0 };
        let mut ink = Ink::new(base, pen.text, span.1 - span.0);
        match style.highlight {
            Highlight::None => {}
            Highlight::Fill => ink.turn(from, from + (to - from).clamp(10, 120), spoken, 1.0),
            Highlight::Word | Highlight::Box => {
                ink.turn(from - 10, from, spoken, 1.0);
                ink.turn(to - 10, to, base, 1.0);
            }
            Highlight::Pop => {
                let soon = POP_MS.min((to - from).max(10));
                ink.turn(from, from + soon, spoken, grown);
                ink.turn(to, to + POP_MS, base, 1.0);
            }
        }
        ink.tags()
    }

    fn word_box(&mut self, word: &CueWord, cue: &Cue, placed: &PlacedWord, block: &Block, pen: &Pen<'_>) {
        let end = word.end_ms.min(cue.end_ms);
        let Some(span) = self.clock.span(word.start_ms.max(cue.start_ms), end) else { return };
        let size = pen.set.size * block.scale;
        let (across, up) = (pen.set.padding * block.scale, pen.set.padding * block.scale * 0.7);
        // As high as any letters, whatever letters this word has: boxes of one line are alike.
        let area = Area {
            left: placed.ink.left - across,
            top: placed.baseline - pen.ruler.capital() * size - up,
            right: placed.ink.right + across,
            bottom: placed.baseline + if pen.style.capitals { 0.0 } else { pen.ruler.foot() * size * 0.7 } + up,
        };
        let area = Area {
            top: area.top.min(placed.ink.top - up * 0.4),
            bottom: area.bottom.max(placed.ink.bottom + up * 0.4),
            ..area
        };
        let accent = style::colour(&pen.style.highlight_colour).unwrap_or(Rgb::BLACK);
        let (tags, shape) = rounded(area, size * 0.22, accent, 1.0);
        self.push(1, span, "Caption", &tags, &shape);
    }

    #[allow(clippy::too_many_arguments, reason = "one call draws both boxes: the captions' and the title's")]
    fn background(
        &mut self,
        span: (i64, i64),
        name: &str,
        block: &Block,
        colour: Rgb,
        opacity: f32,
        pen: &Pen<'_>,
        fade: &str,
    ) {
        let (mut tags, shape) = rounded(block.area, pen.set.size * block.scale * 0.35, colour, opacity);
        tags.push_str(fade);
        self.push(0, span, name, &tags, &shape);
    }

    /// Lines of a script that runs from right to left are drawn whole, as libass orders their words.
    fn whole_lines(&mut self, span: (i64, i64), texts: &[String], block: &Block, pen: &Pen<'_>) {
        let count = block.words.last().map_or(0, |w| w.line + 1);
        for number in 0..count {
            let line: Vec<&PlacedWord> = block.words.iter().filter(|w| w.line == number).collect();
            let (Some(first), Some(last)) = (line.first(), line.last()) else { continue };
            let text: Vec<String> = line.iter().map(|w| escape(&texts[w.index])).collect();
            let middle = PlacedWord { x: (first.ink.left + last.ink.right) / 2.0, ..(*first).clone() };
            self.push(2, span, "Caption", &pen.place(&middle, block.scale), &text.join(" "));
        }
    }

    fn title(&mut self, titled: Titled<'_>, pen: &Pen<'_>, frame: &Frame) {
        let (title, start) = (titled.title, titled.start_ms);
        let end = start.saturating_add(title.show_ms);
        let Some(span) = self.clock.span(start, end) else { return };
        let texts: Vec<String> = title.text.split_whitespace().map(|w| pen.style.shown(w)).collect();
        if texts.is_empty() {
            return;
        }
        let block = set(&texts, &vec![false; texts.len()], &pen.ruler, &pen.set, frame, Anchor::Top);
        let (from, to) = (self.clock.at(start) - span.0, self.clock.at(end) - span.0);
        let fade = FADE_MS.min((to - from) / 3);
        let opacity = |age: (i64, i64), clear: bool| -> String {
            // An animation that is over when the event starts would be read as lasting for all of it.
            if age.1 <= 0 {
                String::new()
            } else {
                format!("\\t({},{},\\alpha&H{}&)", age.0, age.1, if clear { "FF" } else { "00" })
            }
        };
        let mut tags = String::new();
        if from + fade > 0 {
            let _ = write!(tags, "\\alpha&HFF&{}", opacity((from, from + fade), false));
        }
        if to - fade < span.1 - span.0 {
            tags.push_str(&opacity((to - fade, to), true));
        }
        if let Some((colour, opaque)) = pen.background {
            self.background(span, "Title", &block, colour, opaque, pen, &tags);
        }
        if texts.iter().any(|t| reads_right_to_left(t)) {
            self.whole_lines(span, &texts, &block, pen);
            return;
        }
        for placed in &block.words {
            let tags = pen.place(placed, block.scale) + &tags;
            self.push(2, span, "Title", &tags, &escape(&texts[placed.index]));
        }
    }
}

/// `h:mm:ss.cc`.
fn timestamp(ms: i64) -> String {
    let cs = ms / 10;
    format!("{}:{:02}:{:02}.{:02}", cs / 360_000, cs / 6000 % 60, cs / 100 % 60, cs % 100)
}

/// True when the text has Hebrew, Arabic or related letters.
fn reads_right_to_left(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::captions::cut::cut;
    use crate::captions::testing::{frame, spoken};

    fn styled(id: &str) -> CaptionStyle {
        style::by_id(id).unwrap()
    }

    /// Start and end of every event in hundredths of a second, with its layer.
    fn spans(text: &str) -> Vec<(u8, u32, u32)> {
        let time = |t: &str| {
            let parts: Vec<u32> = t.split([':', '.']).map(|p| p.parse().unwrap()).collect();
            ((parts[0] * 60 + parts[1]) * 60 + parts[2]) * 100 + parts[3]
        };
        let events = text.lines().filter_map(|l| l.strip_prefix("Dialogue: "));
        events
            .map(|e| {
                let fields: Vec<&str> = e.splitn(4, ',').collect();
                (fields[0].parse().unwrap(), time(fields[1]), time(fields[2]))
            })
            .collect()
    }

    fn moved(cues: &[Cue], by: u32) -> Vec<Cue> {
        let mut cues = cues.to_vec();
        for cue in &mut cues {
            cue.start_ms += by;
            cue.end_ms += by;
            for word in &mut cue.words {
                word.start_ms += by;
                word.end_ms += by;
            }
        }
        cues
    }

    #[test]
    fn the_document_says_how_large_its_frame_is() {
        let text = document(&[], None, None, &frame(), None);
        assert!(text.contains("PlayResX: 270\nPlayResY: 480\n"));
        assert!(text.contains("ScaledBorderAndShadow: yes\n") && text.contains("WrapStyle: 2\n"));
        assert!(!text.contains("Dialogue"));
    }

    #[test]
    fn equal_captions_at_equal_relative_times_give_equal_text() {
        let style = styled("bold-pop");
        let cues = cut(&spoken(&["una două trei patru cinci"]), &style, &frame());
        let later = moved(&cues, 4567);
        let (now, then) = (Some((400, 1400)), Some((4967, 5967)));
        let text = document(&cues, Some(&style), None, &frame(), now);
        assert_eq!(text, document(&later, Some(&style), None, &frame(), then));
        assert!(text.contains("Dialogue"));
    }

    #[test]
    fn what_happens_outside_the_window_does_not_change_its_text() {
        let style = styled("boxed");
        let mut cues = cut(&spoken(&["una două trei.", "Patru cinci"]), &style, &frame());
        let window = Some((0, 550));
        let before = document(&cues, Some(&style), None, &frame(), window);
        let last = cues.last_mut().unwrap();
        last.words[0].text = "altceva".into();
        cues[0].words.last_mut().unwrap().start_ms += 90;
        assert_eq!(before, document(&cues, Some(&style), None, &frame(), window));
    }

    #[test]
    fn a_style_with_capitals_writes_capitals_as_the_language_has_them() {
        let style = styled("bold-pop");
        let cues = cut(&spoken(&["straße țară"]), &style, &frame());
        let text = document(&cues, Some(&style), None, &frame(), None);
        assert!(text.contains("}STRASSE\n") && text.contains("}ȚARĂ\n"));
    }

    #[test]
    fn lines_from_right_to_left_are_left_to_libass() {
        let style = styled("bold-pop");
        let cues = cut(&spoken(&["שלום לכל"]), &style, &frame());
        assert!(document(&cues, Some(&style), None, &frame(), None).contains("}שלום לכל\n"));
    }

    proptest! {
        #[test]
        fn rounding_leaves_no_empty_event_no_gap_and_no_overlap(
            lengths in prop::collection::vec(100u32..900, 1..12), from in 0u32..3000, length in 1u32..3000, clip: bool,
        ) {
            let style = styled("clean");
            let mut at = 7;
            let mut cues = Vec::new();
            for length in lengths {
                let word = CueWord { text: "da".into(), start_ms: at, end_ms: at + length, emphasis: false, break_after: false };
                cues.push(Cue { start_ms: at, end_ms: at + length, words: vec![word], sentence: 0, place: None });
                at += length;
            }
            let window = clip.then_some((from, from + length));
            let spans = spans(&document(&cues, Some(&style), None, &frame(), window));
            if !clip {
                prop_assert_eq!(spans.len(), cues.len());
            }
            for span in &spans {
                prop_assert!(span.1 < span.2);
                prop_assert!(!clip || f64::from(span.2) * 10.0 <= f64::from(length) + 5.0);
            }
            for pair in spans.windows(2) {
                prop_assert_eq!(pair[0].2, pair[1].1);
            }
        }
    }
}
