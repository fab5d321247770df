//! Caption styles: data files in `assets/captions/`, read into values.

use serde::{Deserialize, Serialize};

/// How the words being spoken stand out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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

sheets! { "bold-pop" }

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
