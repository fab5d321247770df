//! Changing the kit: what is given is checked, files are taken in, then all of it is stored at once.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use ts_rs::TS;

use super::files::{self, BrandFileError};
use super::{Brand, KEY};
use crate::captions::{fonts, style};
use crate::error::{Code, Explain};
use crate::profile::Profile;
use crate::profile::db::DbError;
use crate::profile::settings;
use crate::variants::timeline::{Corner, FileRef, HookTitle, Logo};

/// Where a new logo stands when nothing is said about it.
const LOGO: (Corner, f32, f32) = (Corner::TopRight, 0.16, 0.9);
/// How long a new title shows, milliseconds.
const TITLE_MS: u32 = 2_500;
/// Most characters of a title: more cannot be read in the time it shows.
const TITLE_CHARACTERS: usize = 120;

/// What to do with one part of the kit.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "BrandChange")]
pub enum Change<T> {
    /// Leave it as it is.
    #[default]
    Keep,
    /// Take it away.
    Clear,
    /// Put this in its place.
    Set(T),
}

/// What to change in the kit; what is left at its default stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct BrandPatch {
    /// A picture file.
    #[ts(as = "Option<_>", optional)]
    pub logo: Change<PathBuf>,
    /// Where the logo stands.
    pub logo_corner: Option<Corner>,
    /// Its width as a share of the frame's width, 0.02 to 0.5.
    pub logo_width: Option<f32>,
    /// 0 clear to 1 solid.
    pub logo_opacity: Option<f32>,
    /// A video file of at most 10 s.
    #[ts(as = "Option<_>", optional)]
    pub intro: Change<PathBuf>,
    /// A video file of at most 10 s.
    #[ts(as = "Option<_>", optional)]
    pub outro: Change<PathBuf>,
    /// What the title says.
    #[ts(as = "Option<_>", optional)]
    pub hook_title: Change<String>,
    /// How long the title shows, milliseconds, 500 to 10,000.
    pub hook_title_ms: Option<u32>,
    /// A caption style id.
    #[ts(as = "Option<_>", optional)]
    pub caption_style: Change<String>,
    /// `#rrggbb`.
    #[ts(as = "Option<_>", optional)]
    pub text_colour: Change<String>,
    /// `#rrggbb`.
    #[ts(as = "Option<_>", optional)]
    pub highlight_colour: Change<String>,
    /// `#rrggbb`.
    #[ts(as = "Option<_>", optional)]
    pub emphasis_colour: Change<String>,
    /// `#rrggbb`.
    #[ts(as = "Option<_>", optional)]
    pub outline_colour: Change<String>,
    /// A bundled font family.
    #[ts(as = "Option<_>", optional)]
    pub font: Change<String>,
}

/// Why the kit was not changed.
#[derive(Debug, thiserror::Error)]
pub enum BrandError {
    /// A number outside what it may be.
    #[error("{what} must be from {least} to {most}; {given} was given. The brand kit was not changed.")]
    OutOfRange {
        /// Which.
        what: &'static str,
        /// The least.
        least: f64,
        /// The most.
        most: f64,
        /// What was given.
        given: f64,
    },
    /// Not a colour.
    #[error("\"{0}\" is not a colour. Write it as #rrggbb, for example #ffcc00. The brand kit was not changed.")]
    BadColour(String),
    /// No such caption style.
    #[error("There is no caption style \"{name}\". There are: {known}. The brand kit was not changed.")]
    UnknownStyle {
        /// What was given.
        name: String,
        /// The ones there are.
        known: String,
    },
    /// No such font.
    #[error("There is no font \"{name}\". The bundled ones are: {known}. The brand kit was not changed.")]
    UnknownFont {
        /// What was given.
        name: String,
        /// The ones there are.
        known: String,
    },
    /// A title that is empty or too long.
    #[error("A hook title has 1 to {TITLE_CHARACTERS} characters. The brand kit was not changed.")]
    BadTitle,
    /// A place or time for something that is not there.
    #[error("There is no {what} to set the {detail} of. Set a {what} first. The brand kit was not changed.")]
    Nothing {
        /// "logo" or "hook title".
        what: &'static str,
        /// "corner", "width", …
        detail: &'static str,
    },
    /// A file.
    #[error(transparent)]
    File(#[from] BrandFileError),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl Explain for BrandError {
    fn code(&self) -> Code {
        match self {
            Self::OutOfRange { .. }
            | Self::BadColour(_)
            | Self::UnknownStyle { .. }
            | Self::UnknownFont { .. }
            | Self::BadTitle
            | Self::Nothing { .. } => Code::InvalidInput,
            Self::File(e) => e.code(),
            Self::Db(e) => e.code(),
        }
    }

    fn details(&self) -> Value {
        match self {
            Self::File(e) => e.details(),
            Self::Db(e) => e.details(),
            Self::OutOfRange { least, most, given, .. } => json!({ "least": least, "most": most, "given": given }),
            _ => json!({}),
        }
    }
}

impl<T> Change<T> {
    /// What is there after the change.
    fn applied(self, before: Option<T>) -> Option<T> {
        match self {
            Self::Keep => before,
            Self::Clear => None,
            Self::Set(value) => Some(value),
        }
    }

    fn given(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Keep | Self::Clear => None,
        }
    }

    /// The same change with what `work` makes of its value.
    async fn with<U, E>(self, work: impl AsyncFnOnce(T) -> Result<U, E>) -> Result<Change<U>, E> {
        Ok(match self {
            Self::Keep => Change::Keep,
            Self::Clear => Change::Clear,
            Self::Set(value) => Change::Set(work(value).await?),
        })
    }
}

/// Changes the kit, all of the patch or nothing. Files are probed, then copied into the profile. What the kit had
/// before stays on the disk: videos planned with it can be rendered again.
///
/// # Errors
/// [`BrandError`]; the kit is as it was then.
pub async fn set(profile: &Profile, patch: BrandPatch, cancel: &CancellationToken) -> Result<Brand, BrandError> {
    let mut patch = checked(patch)?;
    let logo = std::mem::take(&mut patch.logo).with(async |path| files::picture(profile, &path, cancel).await).await?;
    let intro = std::mem::take(&mut patch.intro).with(async |path| files::video(profile, &path, cancel).await).await?;
    let outro = std::mem::take(&mut patch.outro).with(async |path| files::video(profile, &path, cancel).await).await?;
    profile.write(|tx| {
        let mut brand = settings::get(&tx.as_reader(), &KEY)?.unwrap_or_default();
        brand.intro = intro.applied(brand.intro);
        brand.outro = outro.applied(brand.outro);
        brand.logo = with_logo(brand.logo, logo, &patch)?;
        brand.hook_title = with_title(brand.hook_title, patch.hook_title, patch.hook_title_ms)?;
        brand.caption_style = patch.caption_style.applied(brand.caption_style);
        brand.font = patch.font.applied(brand.font);
        let colours = &mut brand.caption_colours;
        for (colour, change) in [
            (&mut colours.text, patch.text_colour),
            (&mut colours.highlight, patch.highlight_colour),
            (&mut colours.emphasis, patch.emphasis_colour),
            (&mut colours.outline, patch.outline_colour),
        ] {
            *colour = change.applied(colour.take());
        }
        settings::set(tx, &KEY, &brand)?;
        Ok(brand)
    })
}

/// The patch with its words and numbers checked and brought to one form.
fn checked(mut patch: BrandPatch) -> Result<BrandPatch, BrandError> {
    let range = |what, value: Option<f64>, least: f64, most: f64| match value {
        Some(given) if !(least..=most).contains(&given) => Err(BrandError::OutOfRange { what, least, most, given }),
        _ => Ok(()),
    };
    // Through text, so that 0.02 given is 0.02 compared, and not the f32 next to it.
    let wide = |value: Option<f32>| value.map(|v| v.to_string().parse().unwrap_or(f64::NAN));
    range("The logo's width (a share of the frame's)", wide(patch.logo_width), 0.02, 0.5)?;
    range("The logo's opacity", wide(patch.logo_opacity), 0.0, 1.0)?;
    range("The title's time in milliseconds", patch.hook_title_ms.map(f64::from), 500.0, 10_000.0)?;
    for change in
        [&mut patch.text_colour, &mut patch.highlight_colour, &mut patch.emphasis_colour, &mut patch.outline_colour]
    {
        if let Change::Set(colour) = change {
            if style::colour(colour).is_none() {
                return Err(BrandError::BadColour(colour.clone()));
            }
            colour.make_ascii_lowercase();
        }
    }
    if let Some(name) = patch.caption_style.given()
        && style::by_id(name).is_none()
    {
        let known = style::all().into_iter().map(|s| s.id).collect::<Vec<_>>().join(", ");
        return Err(BrandError::UnknownStyle { name: name.clone(), known });
    }
    if let Change::Set(name) = &mut patch.font {
        let mut families = fonts::families();
        families.dedup();
        let found = families.iter().find(|family| family.eq_ignore_ascii_case(name.trim()));
        let Some(found) = found else {
            return Err(BrandError::UnknownFont { name: name.clone(), known: families.join(", ") });
        };
        (*found).clone_into(name);
    }
    if let Change::Set(text) = &mut patch.hook_title {
        let line = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty());
        *text = line.collect::<Vec<_>>().join(" ");
        if text.is_empty() || text.chars().count() > TITLE_CHARACTERS {
            return Err(BrandError::BadTitle);
        }
    }
    Ok(patch)
}

fn with_logo(before: Option<Logo>, file: Change<FileRef>, patch: &BrandPatch) -> Result<Option<Logo>, BrandError> {
    let details = [
        ("corner", patch.logo_corner.is_some()),
        ("width", patch.logo_width.is_some()),
        ("opacity", patch.logo_opacity.is_some()),
    ];
    let logo = match (before, file) {
        (_, Change::Clear) => None,
        (before, Change::Keep) => before,
        (Some(logo), Change::Set(file)) => Some(Logo { file, ..logo }),
        (None, Change::Set(file)) => Some(Logo { file, corner: LOGO.0, width: LOGO.1, opacity: LOGO.2 }),
    };
    let Some(mut logo) = logo else {
        let unused = details.iter().find(|(_, given)| *given);
        return unused.map_or(Ok(None), |(detail, _)| Err(BrandError::Nothing { what: "logo", detail }));
    };
    logo.corner = patch.logo_corner.unwrap_or(logo.corner);
    logo.width = patch.logo_width.unwrap_or(logo.width);
    logo.opacity = patch.logo_opacity.unwrap_or(logo.opacity);
    Ok(Some(logo))
}

fn with_title(
    before: Option<HookTitle>,
    text: Change<String>,
    show_ms: Option<u32>,
) -> Result<Option<HookTitle>, BrandError> {
    let before_ms = before.as_ref().map_or(TITLE_MS, |t| t.show_ms);
    match text.applied(before.map(|t| t.text)) {
        Some(text) => Ok(Some(HookTitle { text, show_ms: show_ms.unwrap_or(before_ms) })),
        None if show_ms.is_some() => Err(BrandError::Nothing { what: "hook title", detail: "time" }),
        None => Ok(None),
    }
}

#[cfg(test)]
mod tests;
