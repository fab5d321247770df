//! Where each word of a caption or a title stands: lines, sizes, pixels. Always inside the safe zone: first it breaks
//! into lines, then it gets smaller.
//!
//! Each word has a place of its own, so that a word that grows or gets a box moves no other word.

use super::cue::Place;
use super::measure::{Extent, Ruler};
use super::{Frame, SafeZone};

/// Most lines of a block, unless more breaks were asked for by hand.
const MAX_LINES: usize = 3;
/// How much smaller each try is when a block does not fit.
const SHRINK: f32 = 0.94;

/// How text is set. Lengths in pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Type {
    /// Letter height: top of "H" to foot of "p".
    pub size: f32,
    /// Extra room after each letter, as a share of the letter height.
    pub spacing: f32,
    /// Between two words.
    pub gap: f32,
    /// From baseline to baseline.
    pub pitch: f32,
    /// Outline, shadow and blur around the letters.
    pub edge: f32,
    /// Padding of the box behind the block, or of the box behind a word; else 0.
    pub padding: f32,
}

impl Type {
    /// The same, smaller.
    pub fn scaled(&self, scale: f32) -> Self {
        Self {
            size: self.size * scale,
            spacing: self.spacing,
            gap: self.gap * scale,
            pitch: self.pitch * scale,
            edge: self.edge * scale,
            padding: self.padding * scale,
        }
    }
}

/// A rectangle in pixels of the frame.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
}

impl Area {
    /// The safe zone in pixels.
    pub fn safe(frame: &Frame) -> Self {
        let (w, h) = (frame.width as f32, frame.height as f32);
        let SafeZone { left, right, top, bottom } = frame.safe;
        Self { left: left * w, top: top * h, right: w - right * w, bottom: h - bottom * h }
    }

    pub fn width(&self) -> f32 {
        self.right - self.left
    }

    pub fn height(&self) -> f32 {
        self.bottom - self.top
    }
}

/// A word with its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PlacedWord {
    /// Which of the words given.
    pub index: usize,
    /// Its line, from 0.
    pub line: usize,
    /// Middle of its advance.
    pub x: f32,
    /// Its baseline.
    pub baseline: f32,
    /// Its letters, without outline.
    pub ink: Area,
    /// By how much it can grow around its middle without touching its neighbours or leaving the safe zone; 1 or more.
    pub room: f32,
}

/// A block of words in place.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// What the size given was multiplied with to make it fit; 1 nearly always.
    pub scale: f32,
    /// All words, in reading order.
    pub words: Vec<PlacedWord>,
    /// Around everything drawn: letters, outline, padding.
    pub area: Area,
}

/// Where a block goes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Anchor {
    /// Its middle, as shares of the frame; moved as little as needed to stay in the safe zone.
    Middle(Place),
    /// Its top edge at the top of the safe zone, in the middle of its width.
    Top,
}

/// Sets words in lines. `breaks[i]` asks for a line break after word `i`.
pub(super) fn set(
    texts: &[String],
    breaks: &[bool],
    ruler: &Ruler,
    style: &Type,
    frame: &Frame,
    anchor: Anchor,
) -> Block {
    let extents: Vec<Extent> = texts.iter().map(|t| ruler.text(t, style.spacing)).collect();
    let zone = Area::safe(frame);
    let mut scale = 1.0;
    loop {
        let setting = Setting { extents: &extents, breaks, ruler, style: style.scaled(scale), zone, frame };
        let lines = setting.lines();
        // What does not even fit with unreadable letters has no place at all: it is set as it is.
        let hopeless = scale < 0.01;
        match (lines, hopeless) {
            (None, false) => {}
            (lines, _) => {
                let lines = lines.unwrap_or_else(|| std::iter::once(0..texts.len()).collect());
                let block = setting.place(&lines, scale, anchor);
                if block.area.height() <= zone.height() + 0.01 || hopeless {
                    return block;
                }
            }
        }
        scale *= SHRINK;
    }
}

/// True when these words fit the safe zone at full size in that many lines.
pub(super) fn fits(extents: &[Extent], ruler: &Ruler, style: &Type, frame: &Frame, most_lines: usize) -> bool {
    let breaks = vec![false; extents.len()];
    let zone = Area::safe(frame);
    let setting = Setting { extents, breaks: &breaks, ruler, style: *style, zone, frame };
    setting.lines().is_some_and(|lines| lines.len() <= most_lines)
}

type Line = std::ops::Range<usize>;

/// One try at one size.
struct Setting<'a> {
    extents: &'a [Extent],
    breaks: &'a [bool],
    ruler: &'a Ruler,
    style: Type,
    zone: Area,
    frame: &'a Frame,
}

impl Setting<'_> {
    fn around(&self) -> f32 {
        self.style.edge + self.style.padding
    }

    /// Width of the letters of a line and the gaps between its words.
    fn pen_width(&self, line: &Line) -> f32 {
        let letters: f32 = self.extents[line.clone()].iter().map(|e| e.advance).sum();
        letters * self.style.size + self.style.gap * line.len().saturating_sub(1) as f32
    }

    /// Width of what is drawn outside the pen's way: letters that lean out of their advance, outline, padding.
    fn beyond_pen(&self, line: &Line) -> f32 {
        let words = &self.extents[line.clone()];
        let left = words.first().map_or(0.0, |e| (-e.left).max(0.0));
        let right = words.last().map_or(0.0, |e| (e.right - e.advance).max(0.0));
        // The middle of the pen's way is centred, so the larger overhang counts on both sides.
        2.0 * (left.max(right) * self.style.size + self.around())
    }

    fn width(&self, line: &Line) -> f32 {
        self.pen_width(line) + self.beyond_pen(line)
    }

    /// The fewest lines into which the words fit, the widest of them as narrow as can be. `None` when they do not fit.
    fn lines(&self) -> Option<Vec<Line>> {
        let n = self.extents.len();
        let forced = self.breaks.iter().take(n.saturating_sub(1)).filter(|b| **b).count();
        let most = MAX_LINES.max(forced + 1).min(n.max(1));
        // best[l][end]: the least width of the widest line when the first `end` words stand in `l` lines, and where
        // the last of these lines starts.
        let mut best = vec![vec![(f32::MAX, 0_usize); n + 1]; most + 1];
        best[0][0].0 = 0.0;
        for l in 1..=most {
            for end in 1..=n {
                let mut pen = -self.style.gap;
                for start in (0..end).rev() {
                    pen += self.extents[start].advance * self.style.size + self.style.gap;
                    let width = pen + self.beyond_pen(&(start..end));
                    // Every line that starts further back is wider still.
                    if start + 1 < end && self.breaks[start] || width > self.zone.width() {
                        break;
                    }
                    let widest = best[l - 1][start].0.max(width);
                    if widest < best[l][end].0 {
                        best[l][end] = (widest, start);
                    }
                }
            }
        }
        let count = (1..=most).find(|l| best[*l][n].0 < f32::MAX)?;
        let mut lines = Vec::with_capacity(count);
        let mut end = n;
        for l in (1..=count).rev() {
            let start = best[l][end].1;
            lines.push(start..end);
            end = start;
        }
        lines.reverse();
        Some(lines)
    }

    fn highest(&self, line: &Line) -> f32 {
        self.extents[line.clone()].iter().fold(self.ruler.capital(), |m, e| m.max(e.top)) * self.style.size
    }

    fn lowest(&self, line: &Line) -> f32 {
        self.extents[line.clone()].iter().fold(0.0_f32, |m, e| m.max(e.bottom)) * self.style.size
    }

    /// Each line's distance below the first baseline: the style's pitch, or more when an accent would meet the line
    /// above it.
    fn baselines(&self, lines: &[Line]) -> Vec<f32> {
        let pitch = lines.windows(2).fold(self.style.pitch, |pitch, pair| {
            let letters = self.lowest(&pair[0]) + self.highest(&pair[1]);
            pitch.max(letters + self.style.edge + 0.05 * self.style.size)
        });
        (0..lines.len()).map(|number| number as f32 * pitch).collect()
    }

    fn place(&self, lines: &[Line], scale: f32, anchor: Anchor) -> Block {
        let baselines = self.baselines(lines);
        let last_baseline = baselines.last().copied().unwrap_or_default();
        let top = lines.first().map_or(0.0, |l| self.highest(l)) + self.around();
        let bottom = last_baseline + lines.last().map_or(0.0, |l| self.lowest(l)) + self.around();
        let widest = lines.iter().map(|l| self.width(l)).fold(0.0, f32::max);

        // The middle is that of plain capitals, so that an accent does not make a caption jump.
        let middle = (last_baseline - self.ruler.capital() * self.style.size) / 2.0;
        let (x, first) = match anchor {
            Anchor::Middle(place) => (place.x * self.frame.width as f32, place.y * self.frame.height as f32 - middle),
            Anchor::Top => (self.zone.left + self.zone.width() / 2.0, self.zone.top + top),
        };
        let x = hold(x, self.zone.left + widest / 2.0, self.zone.right - widest / 2.0);
        let first = hold(first, self.zone.top + top, self.zone.bottom - bottom);

        let mut words = Vec::with_capacity(self.extents.len());
        for (number, line) in lines.iter().enumerate() {
            let mut pen = x - self.pen_width(line) / 2.0;
            for index in line.clone() {
                words.push(self.word(index, number, line, pen, first + baselines[number]));
                pen += self.extents[index].advance * self.style.size + self.style.gap;
            }
        }
        let area = Area { left: x - widest / 2.0, top: first - top, right: x + widest / 2.0, bottom: first + bottom };
        Block { scale, words, area }
    }

    fn word(&self, index: usize, number: usize, line: &Line, pen: f32, baseline: f32) -> PlacedWord {
        let (e, size) = (&self.extents[index], self.style.size);
        let ink = Area {
            left: pen + e.left * size,
            top: baseline - e.top * size,
            right: pen + e.right * size,
            bottom: baseline + e.bottom * size,
        };
        let x = pen + e.advance * size / 2.0;
        // Growing about its middle, it may take most of the gaps beside it up to the neighbours' outlines, and never more
        // than is left to the borders.
        let beside = if line.len() == 1 { f32::MAX } else { 0.7 * (self.style.gap - 2.0 * self.style.edge).max(0.0) };
        let to_border = (ink.left - self.zone.left).min(self.zone.right - ink.right) - self.around();
        let above = (ink.top - self.zone.top).min(self.zone.bottom - ink.bottom) - self.around();
        let across = 1.0 + beside.min(to_border).max(0.0) * 2.0 / (e.advance * size).max(1.0);
        let up = 1.0 + above.max(0.0) / size.max(1.0);
        PlacedWord { index, line: number, x, baseline, ink, room: across.min(up) }
    }
}

/// The value nearest to `value` between the two; midway when there is none.
fn hold(value: f32, least: f32, most: f32) -> f32 {
    if least > most { (least + most) / 2.0 } else { value.clamp(least, most) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captions::testing::frame;

    fn plain(size: f32) -> Type {
        Type { size, spacing: 0.0, gap: 0.25 * size, pitch: 1.2 * size, edge: 1.0, padding: 0.0 }
    }

    fn lines(text: &str, break_after: Option<usize>, size: f32) -> (Vec<String>, f32) {
        let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
        let breaks: Vec<bool> = (0..words.len()).map(|i| Some(i) == break_after).collect();
        let middle = Anchor::Middle(Place { x: 0.5, y: 0.5 });
        let block = set(&words, &breaks, &Ruler::new("Inter"), &plain(size), &frame(), middle);
        let mut lines = vec![String::new(); block.words.last().map_or(0, |w| w.line + 1)];
        for word in &block.words {
            lines[word.line] += &format!("{} ", words[word.index]);
        }
        (lines.iter().map(|l| l.trim().to_owned()).collect(), block.scale)
    }

    #[test]
    fn words_break_into_few_lines_of_like_width() {
        assert_eq!(lines("one two", None, 20.0), (vec!["one two".into()], 1.0));
        let (broken, scale) = lines("bread comes out of the oven now", None, 20.0);
        assert_eq!((broken, scale), (vec!["bread comes out".into(), "of the oven now".into()], 1.0));
    }

    #[test]
    fn a_break_made_by_hand_is_kept() {
        assert_eq!(lines("one two three", Some(0), 14.0).0, ["one", "two three"]);
    }

    #[test]
    fn what_does_not_fit_three_lines_gets_smaller() {
        let (broken, scale) =
            lines("incomprehensibilities and counterrevolutionaries everywhere nevertheless", None, 30.0);
        assert!(broken.len() <= 3 && scale < 1.0, "{broken:?} {scale}");
    }

    #[test]
    fn a_text_that_can_never_fit_is_still_set() {
        let words = vec!["word".to_owned(); 3000];
        let none = vec![false; words.len()];
        let block = set(&words, &none, &Ruler::new("Inter"), &plain(40.0), &frame(), Anchor::Top);
        assert_eq!(block.words.len(), 3000);
    }
}
