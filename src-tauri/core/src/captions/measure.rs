//! How much room text takes in a bundled font, as libass will draw it.
//!
//! The unit is the height of letters: from the top of an "H" to the foot of a "p". A style's size is given in it, so
//! fonts with tall and with small built-in line heights come out equally large. libass itself counts a font's size
//! from the ascent to the descent of the Windows metrics; [`Ruler::ass_size`] converts.
//!
//! Kerning is left out: it nearly always draws letters together, so what is measured is at least what is drawn.

use ttf_parser::{Face, GlyphId, Rect};

use super::fonts::font;

/// Taken for a character the font lacks: as wide as it is high, the shape of a Chinese character or an empty box.
const UNKNOWN_ADVANCE: f32 = 1.1;
const UNKNOWN_TOP: f32 = 0.9;
const UNKNOWN_BOTTOM: f32 = 0.25;

/// Where the ink of a text lies around the point at which its first letter starts on the baseline; units of letter
/// height, up and right positive.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Extent {
    /// How far the pen moves.
    pub advance: f32,
    /// Leftmost ink.
    pub left: f32,
    /// Rightmost ink.
    pub right: f32,
    /// Highest ink above the baseline.
    pub top: f32,
    /// Lowest ink below the baseline, positive downwards.
    pub bottom: f32,
}

/// Measures text in one font.
#[derive(Debug)]
pub(super) struct Ruler {
    face: Option<Face<'static>>,
    /// Letter height in font units.
    letter: f32,
    /// Ascent and descent as libass takes them, in letter heights; both positive.
    ascent: f32,
    descent: f32,
    /// Top of an "H" above the baseline, and foot of a "p" below it, in letter heights.
    capital: f32,
    foot: f32,
    space: f32,
}

impl Ruler {
    /// The ruler for that family (or for the first bundled font, when it is not bundled).
    pub fn new(family: &str) -> Self {
        // A test parses every bundled file, so `None` cannot happen; it would only make estimates of the widths.
        let face = Face::parse(font(family).bytes, 0).ok();
        let bounds = |c| face.as_ref().and_then(|f| f.glyph_bounding_box(f.glyph_index(c)?));
        let cap = bounds('H').map_or(700.0, |b: Rect| f32::from(b.y_max));
        let foot = bounds('p').map_or(200.0, |b: Rect| -f32::from(b.y_min));
        let letter = cap + foot;
        let (ascent, descent) = face.as_ref().map_or((900.0, 250.0), |f| {
            // libass: OS/2 winAscent and winDescent when they are set, else those of `hhea`.
            let windows = f.tables().os2.map(|t| (f32::from(t.windows_ascender()), -f32::from(t.windows_descender())));
            match windows {
                Some((a, d)) if a + d > 0.0 => (a, d),
                _ => (f32::from(f.ascender()), -f32::from(f.descender())),
            }
        });
        let mut ruler = Self {
            face,
            letter,
            ascent: ascent / letter,
            descent: descent / letter,
            capital: cap / letter,
            foot: foot / letter,
            space: 0.0,
        };
        ruler.space = ruler.text(" ", 0.0).advance;
        ruler
    }

    /// The font size to write into an ASS document so that letters come out `height` pixels high.
    pub fn ass_size(&self, height: f32) -> f32 {
        height * (self.ascent + self.descent)
    }

    /// How far below the middle of libass' line box the baseline lies, in letter heights.
    pub fn baseline_below_middle(&self) -> f32 {
        (self.ascent - self.descent) / 2.0
    }

    /// Top of a capital letter above the baseline, in letter heights.
    pub fn capital(&self) -> f32 {
        self.capital
    }

    /// Foot of a "p" below the baseline, in letter heights.
    pub fn foot(&self) -> f32 {
        self.foot
    }

    /// Width of a space, in letter heights.
    pub fn space(&self) -> f32 {
        self.space
    }

    /// Room one text takes with `spacing` letter heights added after each letter.
    pub fn text(&self, text: &str, spacing: f32) -> Extent {
        let mut all = Extent::default();
        let (mut left, mut right) = (f32::MAX, f32::MIN);
        for c in text.chars().filter(|c| !invisible(*c)) {
            let glyph = self.face.as_ref().and_then(|f| f.glyph_index(c));
            let (advance, ink) = match glyph {
                Some(glyph) => (self.advance(glyph), self.ink(glyph)),
                None => (UNKNOWN_ADVANCE, Some([0.0, UNKNOWN_ADVANCE, UNKNOWN_TOP, UNKNOWN_BOTTOM])),
            };
            if let Some([from, to, top, bottom]) = ink {
                left = left.min(all.advance + from);
                right = right.max(all.advance + to);
                all.top = all.top.max(top);
                all.bottom = all.bottom.max(bottom);
            }
            all.advance += advance + spacing;
        }
        if left <= right {
            (all.left, all.right) = (left, right);
        }
        all
    }

    fn advance(&self, glyph: GlyphId) -> f32 {
        let advance = self.face.as_ref().and_then(|f| f.glyph_hor_advance(glyph));
        advance.map_or(UNKNOWN_ADVANCE, |a| f32::from(a) / self.letter)
    }

    fn ink(&self, glyph: GlyphId) -> Option<[f32; 4]> {
        let b = self.face.as_ref()?.glyph_bounding_box(glyph)?;
        Some([b.x_min, b.x_max, b.y_max, -b.y_min].map(|v| f32::from(v) / self.letter))
    }
}

/// Characters that take no room: marks of direction, joiners, variation selectors.
fn invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ad}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captions::fonts::families;

    #[test]
    fn every_bundled_font_can_be_measured() {
        for family in families() {
            let ruler = Ruler::new(family);
            assert!(ruler.face.is_some(), "{family}");
            let h = ruler.text("Hp", 0.0);
            assert!((h.top + h.bottom - 1.0).abs() < 0.08, "{family}: {h:?}");
            assert!(ruler.ass_size(1.0) > 1.0 && ruler.ass_size(1.0) < 2.5, "{family}");
            assert!((0.1..0.5).contains(&ruler.space()), "{family}");
        }
    }

    #[test]
    fn longer_text_is_wider_and_joiners_take_no_room() {
        let ruler = Ruler::new("Inter");
        assert!(ruler.text("word words", 0.0).advance > ruler.text("word", 0.0).advance);
        assert_eq!(ruler.text("a\u{2060}b", 0.0), ruler.text("ab", 0.0));
        assert!(ruler.text("ab", 0.5).advance > ruler.text("ab", 0.0).advance + 0.99);
    }

    #[test]
    fn a_character_the_font_lacks_takes_room_all_the_same() {
        assert!(Ruler::new("Anton").text("日本", 0.0).right > 2.0);
    }
}
