//! What a post is set to, platform by platform: who sees it, what may be done with it, what it discloses.
//!
//! An account takes what a person set for it, else the profile's defaults, else the program's ([`PostSettings::of_platform`]).
//! Before it is checked and sent it is completed with what is known of the clip: a title where none was given, and the
//! disclosure of a synthetic voice, which nobody has to remember.

mod instagram;
#[cfg(test)]
mod tests;
mod tiktok;
mod youtube;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ts_rs::TS;

use super::caption::{self, Facts};
use super::preflight::Finding;
pub use instagram::{InstagramKind, InstagramSettings};
pub use tiktok::{Disclosure, TiktokMethod, TiktokPrivacy, TiktokSettings};
pub use youtube::{YoutubeSettings, YoutubeVisibility};

/// What a post is set to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "platform", rename_all = "snake_case")]
pub enum PostSettings {
    /// TikTok.
    Tiktok(TiktokSettings),
    /// YouTube.
    Youtube(YoutubeSettings),
    /// Instagram.
    Instagram(InstagramSettings),
    /// Facebook.
    Facebook {},
    /// A platform without settings of its own here.
    Other {},
}

impl PostSettings {
    /// What the program sets a post to on this platform, by Postiz's name for it ("instagram-standalone").
    #[must_use]
    pub fn of_platform(identifier: &str) -> Self {
        match identifier {
            "tiktok" => Self::Tiktok(TiktokSettings::default()),
            "youtube" => Self::Youtube(YoutubeSettings::default()),
            "instagram" | "instagram-standalone" => Self::Instagram(InstagramSettings::default()),
            "facebook" => Self::Facebook {},
            _ => Self::Other {},
        }
    }

    /// They are settings of this platform.
    #[must_use]
    pub fn fits(&self, identifier: &str) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(&Self::of_platform(identifier))
    }

    /// The same with everything decided: titles filled from the clip, variables replaced, the disclosure of a synthetic
    /// voice set.
    #[must_use]
    pub fn complete(&self, facts: &Facts) -> Self {
        match self {
            Self::Tiktok(settings) => Self::Tiktok(settings.complete(facts)),
            Self::Youtube(settings) => Self::Youtube(settings.complete(facts)),
            whole => whole.clone(),
        }
    }

    /// What the platform would not take, or what a person should know. Of settings that were completed.
    #[must_use]
    pub fn check(&self) -> Vec<Finding> {
        match self {
            Self::Tiktok(settings) => settings.check(),
            Self::Youtube(settings) => settings.check(),
            Self::Instagram(settings) => settings.check(),
            Self::Facebook {} | Self::Other {} => Vec::new(),
        }
    }

    /// As Postiz takes them for this platform.
    #[must_use]
    pub fn wire(&self, identifier: &str) -> Value {
        match self {
            Self::Tiktok(settings) => settings.wire(),
            Self::Youtube(settings) => settings.wire(),
            Self::Instagram(settings) => settings.wire(identifier),
            // X asks for it; nobody is kept from answering.
            Self::Other {} if identifier == "x" => json!({ "__type": "x", "who_can_reply_post": "everyone" }),
            Self::Facebook {} | Self::Other {} => json!({ "__type": identifier }),
        }
    }
}

/// A title for a clip nobody gave one: what it opens with, else its name. Without marks that mean something here (braces)
/// or that YouTube refuses.
fn titled(facts: &Facts) -> String {
    let bare: String = facts.hook.chars().filter(|c| !matches!(c, '<' | '>' | '{' | '}')).collect();
    let hook = bare.split_whitespace().collect::<Vec<_>>().join(" ");
    if hook.chars().count() >= 2 { hook } else { facts.name.trim().to_owned() }
}

/// The text with its variables replaced; as it is when one of them is not known, which the check then says.
fn filled(text: &str, facts: &Facts) -> String {
    caption::fill(text, facts).unwrap_or_else(|_| text.to_owned())
}

/// At most so many characters, cut between words where there are any.
fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    let whole = match kept.rfind(char::is_whitespace) {
        Some(end) if end > kept.len() / 2 => &kept[..end],
        _ => &kept,
    };
    let bare = whole.trim_end_matches(|c: char| c.is_whitespace() || c.is_ascii_punctuation());
    format!("{}…", if bare.is_empty() { whole } else { bare })
}

/// A variable that nothing was put in for.
fn unfilled(title: &str) -> Vec<Finding> {
    match caption::check(title) {
        Ok(()) => Vec::new(),
        Err(unknown) => {
            let says = format!("The title: {unknown}");
            vec![Finding::error("unknown_variable", says, json!({ "variable": unknown.name }))]
        }
    }
}
