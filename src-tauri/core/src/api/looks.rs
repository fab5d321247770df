//! Handlers of the calls about what every profile can use: platforms, caption styles, fonts, the reading of a script.

use tokio_util::sync::CancellationToken;

use super::macros::arguments;
use crate::captions::fonts;
use crate::captions::style::{self, CaptionStyle};
use crate::error::Failure;
use crate::home::Home;
use crate::render::platform::{self, Platform};
use crate::script::{self, Script};

arguments! {
    home looks {
        /// The platforms videos are made for, with their settings.
        platform_list: PlatformList {} -> Vec<Platform>;

        /// The caption styles there are.
        style_list: StyleList {} -> Vec<CaptionStyle>;

        /// The font families captions can use.
        font_list: FontList {} -> Vec<String>;

        /// A text as it would be spoken: its language, its sentences.
        script_read: ScriptRead {
            /// As written, markup and all.
            text: String,
            /// ISO 639-1; `None` lets the program find out.
            #[serde(default)]
            language: Option<String>,
        } -> Script;
    }
}

pub(super) async fn platform_list(_: &Home, _: PlatformList, _: &CancellationToken) -> Result<Vec<Platform>, Failure> {
    Ok(platform::all())
}

pub(super) async fn style_list(_: &Home, _: StyleList, _: &CancellationToken) -> Result<Vec<CaptionStyle>, Failure> {
    Ok(style::all())
}

pub(super) async fn font_list(_: &Home, _: FontList, _: &CancellationToken) -> Result<Vec<String>, Failure> {
    Ok(fonts::families().into_iter().map(str::to_owned).collect())
}

pub(super) async fn script_read(_: &Home, args: ScriptRead, _: &CancellationToken) -> Result<Script, Failure> {
    Ok(script::read(&args.text, args.language.as_deref())?)
}
