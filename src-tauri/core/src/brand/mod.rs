//! The brand kit of a profile: logo, intro, outro, hook title, caption colours and font.
//!
//! A value in the profile's settings; its files lie under `media/brand/`, named by their hash.

mod change;
mod files;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::captions::style::CaptionStyle;
use crate::profile::Profile;
use crate::profile::db::DbError;
use crate::profile::settings::{self, Key};
use crate::variants::compose::PlatformFrame;
use crate::variants::timeline::{FileRef, Framing, HookTitle, Insert, Logo};
pub use change::{BrandError, BrandPatch, Change, set};
pub use files::BrandFileError;

const KEY: Key<Brand> = Key::new("brand");

/// A short video before or after every video of the brand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct BrandVideo {
    /// The file.
    pub file: FileRef,
    /// Its length, milliseconds; at most 10 s.
    pub duration_ms: u64,
    /// It has sound.
    pub sound: bool,
    /// How it fills the frame; `None` takes the platform's default.
    #[serde(default)]
    pub framing: Option<Framing>,
}

impl BrandVideo {
    /// The part of it that a timeline at this platform's frame rate plays: whole frames, none past its end.
    #[must_use]
    pub fn insert(&self, frame: &PlatformFrame) -> Insert {
        let frames = u32::try_from(self.duration_ms * u64::from(frame.fps) / 1000).unwrap_or(u32::MAX).max(1);
        Insert { file: self.file.clone(), frames, framing: self.framing.unwrap_or(frame.framing), sound: self.sound }
    }
}

/// The brand's changes to a caption style; `None` leaves the style's own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct CaptionColours {
    /// Text, `#rrggbb`.
    pub text: Option<String>,
    /// The word being spoken, `#rrggbb`.
    pub highlight: Option<String>,
    /// Emphasised words, `#rrggbb`.
    pub emphasis: Option<String>,
    /// Outline, `#rrggbb`.
    pub outline: Option<String>,
}

/// The brand kit.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Brand {
    /// Over the picture, all the time.
    pub logo: Option<Logo>,
    /// Before the story.
    pub intro: Option<BrandVideo>,
    /// After the story.
    pub outro: Option<BrandVideo>,
    /// Over the first seconds of the story.
    pub hook_title: Option<HookTitle>,
    /// Caption style id for projects that name none.
    pub caption_style: Option<String>,
    /// Changes to the colours of the caption style.
    pub caption_colours: CaptionColours,
    /// Font family of captions, one of the bundled ones; `None` leaves the style's own.
    pub font: Option<String>,
}

impl Brand {
    /// The style with the brand's colours and font.
    #[must_use]
    pub fn apply_to_style(&self, mut style: CaptionStyle) -> CaptionStyle {
        let colours = &self.caption_colours;
        for (own, brand) in [
            (&mut style.colour, &colours.text),
            (&mut style.highlight_colour, &colours.highlight),
            (&mut style.emphasis_colour, &colours.emphasis),
            (&mut style.outline_colour, &colours.outline),
            (&mut style.font, &self.font),
        ] {
            if let Some(brand) = brand {
                own.clone_from(brand);
            }
        }
        style
    }
}

/// The profile's brand kit; an empty one when nothing was set.
///
/// # Errors
/// [`DbError`].
pub fn show(profile: &Profile) -> Result<Brand, DbError> {
    profile.read(|reader| Ok(settings::get(reader, &KEY)?.unwrap_or_default()))
}
