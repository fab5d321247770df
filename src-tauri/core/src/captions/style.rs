//! Caption styles: data files in `assets/captions/`, read into values.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Frame;
use super::cue::Place;
use super::layout::Type;
use super::measure::Ruler;

/// How the words being spoken stand out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Highlight {
    /// No difference.
    None,
    /// The spoken word takes the highlight colour.
    Word,
    /// The spoken word gets a box in the highlight colour.
    Box,
    /// Words stay in the highlight colour once spoken.
    Fill,
    /// The spoken word takes the highlight colour and grows a little.
    Pop,
}

/// How captions look. Sizes are shares of the frame's height, so a style serves every platform.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CaptionStyle {
    /// Stable name, as in the file name ("bold-pop").
    pub id: String,
    /// Name shown to people.
    pub name: String,
    /// Font family, one of the bundled ones.
    pub font: String,
    /// From the top of a capital letter to the foot of a "p", as a share of the frame height (0.02 to 0.12).
    pub size: f32,
    /// Extra room between letters, as a share of `size`.
    #[serde(default)]
    pub letter_spacing: f32,
    /// Text colour, `#rrggbb`.
    pub colour: String,
    /// Colour of the word being spoken, `#rrggbb`.
    pub highlight_colour: String,
    /// Colour of the spoken word's letters on its box, `#rrggbb`; `None` leaves them as they are.
    #[serde(default)]
    pub on_box_colour: Option<String>,
    /// Colour of words the editor emphasised, `#rrggbb`.
    pub emphasis_colour: String,
    /// How the spoken word stands out.
    pub highlight: Highlight,
    /// Outline colour, `#rrggbb`.
    pub outline_colour: String,
    /// Outline width as a share of the frame height.
    pub outline: f32,
    /// Shadow offset as a share of the frame height.
    pub shadow: f32,
    /// How solid the shadow is, 0 to 1.
    #[serde(default = "half")]
    pub shadow_opacity: f32,
    /// How far outline and shadow are blurred, as a share of the frame height.
    #[serde(default)]
    pub softness: f32,
    /// A box behind the whole cue: colour `#rrggbb` and opacity 0 to 1.
    #[serde(default)]
    pub background: Option<(String, f32)>,
    /// All letters in capitals.
    #[serde(default)]
    pub capitals: bool,
    /// Most words in a cue, 1 to 20.
    pub max_words: u32,
    /// Most characters in a cue.
    pub max_characters: u32,
    /// Vertical middle of the cue as a share of the safe zone's height: 0 top, 1 bottom.
    pub height_in_safe_zone: f32,
}

/// A colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb(u8, u8, u8);

impl Rgb {
    pub(super) const WHITE: Self = Self(255, 255, 255);
    pub(super) const BLACK: Self = Self(0, 0, 0);

    /// `&HAABBGGRR`, as a style line has it.
    pub(super) fn ass(self, opacity: f32) -> String {
        format!("&H{:02X}{:02X}{:02X}{:02X}", Self::clear(opacity), self.2, self.1, self.0)
    }

    /// `&HBBGGRR&`, as an override tag has it.
    pub(super) fn ass_short(self) -> String {
        format!("&H{:02X}{:02X}{:02X}&", self.2, self.1, self.0)
    }

    /// `&HAA&` for an override tag.
    pub(super) fn alpha(opacity: f32) -> String {
        format!("&H{:02X}&", Self::clear(opacity))
    }

    /// ASS counts how clear a colour is, not how solid.
    fn clear(opacity: f32) -> u8 {
        ((1.0 - opacity.clamp(0.0, 1.0)) * 255.0).round() as u8
    }

    /// Black or white, whichever reads better on this colour.
    pub(super) fn readable_on_it(self) -> Self {
        let part = |v: u8| (f32::from(v) / 255.0).powf(2.2);
        let luminance = 0.2126 * part(self.0) + 0.7152 * part(self.1) + 0.0722 * part(self.2);
        if luminance > 0.25 { Self::BLACK } else { Self::WHITE }
    }
}

/// Reads `#rrggbb`.
#[must_use]
pub fn colour(text: &str) -> Option<Rgb> {
    let digits = text.strip_prefix('#').filter(|d| d.len() == 6 && d.bytes().all(|b| b.is_ascii_hexdigit()))?;
    let part = |from: usize| u8::from_str_radix(digits.get(from..from + 2)?, 16).ok();
    Some(Rgb(part(0)?, part(2)?, part(4)?))
}

impl CaptionStyle {
    /// Lengths of this style in a frame, in pixels.
    pub(super) fn setting(&self, frame: &Frame) -> Type {
        let height = frame.height as f32;
        let size = self.size * height;
        let edge = (self.outline + self.shadow + self.softness) * height;
        let padding = match (&self.background, self.highlight) {
            (Some(_), _) => 0.42 * size,
            (None, Highlight::Box) => 0.2 * size,
            (None, _) => 0.0,
        };
        let space = Ruler::new(&self.font).space() * size;
        let gap = match self.highlight {
            Highlight::Pop => space.max(0.42 * size),
            Highlight::Box => space.max(0.24 * size),
            _ => space,
        };
        // Room for both neighbours' outlines, so that none covers the other's letters.
        let gap = gap.max(2.0 * edge + 0.1 * size);
        Type {
            size,
            spacing: self.letter_spacing,
            gap,
            pitch: size * if self.capitals { 1.08 } else { 1.2 },
            edge,
            padding,
        }
    }

    /// A word as it is drawn.
    pub(crate) fn shown(&self, word: &str) -> String {
        if self.capitals { word.to_uppercase() } else { word.to_owned() }
    }

    /// Where a cue stands that was not moved by hand.
    pub(super) fn place(&self, frame: &Frame) -> Place {
        let safe = frame.safe;
        Place {
            x: (safe.left + 1.0 - safe.right) / 2.0,
            y: safe.top + (1.0 - safe.top - safe.bottom) * self.height_in_safe_zone.clamp(0.0, 1.0),
        }
    }
}

fn half() -> f32 {
    0.5
}

macro_rules! sheets {
    ($($id:literal)*) => {
        /// Every bundled style as text, by id; the first is the one taken when nobody chose.
        const SHEETS: &[(&str, &str)] =
            &[$(($id, include_str!(concat!("../../../../assets/captions/", $id, ".json")))),*];
    };
}

sheets! { "bold-pop" "clean" "karaoke" "boxed" "headline" "editorial" "label" "comic" "night" }

/// The bundled styles; the first is the one taken when nobody chose.
#[must_use]
pub fn all() -> Vec<CaptionStyle> {
    SHEETS.iter().filter_map(|(id, sheet)| read(id, sheet)).collect()
}

/// The bundled style of that id.
#[must_use]
pub fn by_id(id: &str) -> Option<CaptionStyle> {
    SHEETS.iter().find(|(known, _)| *known == id).and_then(|(id, sheet)| read(id, sheet))
}

fn read(id: &str, sheet: &str) -> Option<CaptionStyle> {
    match serde_json::from_str(sheet) {
        Ok(style) => Some(style),
        // A test reads every sheet, so this is a damaged program, not a user's mistake.
        Err(error) => {
            tracing::error!(style = id, %error, "a bundled caption style cannot be read");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captions::fonts::families;

    #[test]
    fn every_bundled_style_is_whole_and_names_a_bundled_font() {
        let all = all();
        assert_eq!(all.len(), SHEETS.len());
        assert!(all.len() >= 6);
        for ((id, _), style) in SHEETS.iter().zip(&all) {
            assert_eq!(style.id, *id);
            assert_eq!(by_id(id).as_ref(), Some(style));
            assert!(families().contains(&style.font.as_str()), "{id}: {}", style.font);
            assert!((0.02..=0.12).contains(&style.size), "{id}");
            assert!((1..=20).contains(&style.max_words) && style.max_characters >= 10, "{id}");
            let colours = [&style.colour, &style.highlight_colour, &style.emphasis_colour, &style.outline_colour];
            let more = style.on_box_colour.iter().chain(style.background.as_ref().map(|(c, _)| c));
            for text in colours.into_iter().chain(more) {
                assert!(colour(text).is_some(), "{id}: {text}");
            }
        }
        for kind in [Highlight::None, Highlight::Word, Highlight::Box, Highlight::Fill, Highlight::Pop] {
            assert!(all.iter().any(|s| s.highlight == kind), "no style shows {kind:?}");
        }
    }

    #[test]
    fn only_six_hexadecimal_digits_are_a_colour() {
        assert_eq!(colour("#0a10ff"), Some(Rgb(10, 16, 255)));
        for text in ["0a10ff", "#0a10f", "#0a10fff", "#0a10fg", "#+a+b+c", "", "#éé"] {
            assert_eq!(colour(text), None, "{text}");
        }
    }

    #[test]
    fn colours_are_written_as_ass_has_them() {
        assert_eq!(Rgb(1, 2, 255).ass(0.0), "&HFFFF0201");
        assert_eq!(Rgb(1, 2, 255).ass_short(), "&HFF0201&");
    }
}
