//! What a post is set to, platform by platform: who sees it, what may be done with it, what it discloses.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How a video gets to TikTok.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TiktokMethod {
    /// It is posted.
    #[default]
    DirectPost,
    /// It is put into the app's inbox, where a person has to finish it within 24 hours. Postiz calls that published.
    Inbox,
}

/// Who sees a video on TikTok.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TiktokPrivacy {
    /// Everyone.
    #[default]
    Everyone,
    /// Those who follow and are followed.
    Friends,
    /// Followers.
    Followers,
    /// The account alone.
    OnlyMe,
}

/// Whether a post says that it was made with AI.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Disclosure {
    /// When the voice is synthetic.
    #[default]
    Auto,
    /// Always.
    Yes,
    /// Never.
    No,
}

/// TikTok.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct TiktokSettings {
    /// At most 90 characters; empty for none.
    pub title: String,
    /// How it gets there.
    pub method: TiktokMethod,
    /// Who sees it.
    pub privacy: TiktokPrivacy,
    /// Others may make a duet with it.
    pub duet: bool,
    /// Others may stitch it.
    pub stitch: bool,
    /// Others may comment.
    pub comment: bool,
    /// Whether it is said to be made with AI.
    pub made_with_ai: Disclosure,
    /// It promotes somebody else's brand.
    pub brand_content: bool,
    /// It promotes the account's own brand.
    pub brand_organic: bool,
}

/// Who sees a video on YouTube.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum YoutubeVisibility {
    /// Everyone.
    #[default]
    Public,
    /// Who has the link.
    Unlisted,
    /// The account alone.
    Private,
}

/// YouTube.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct YoutubeSettings {
    /// 2 to 100 characters, with variables as captions; empty for the clip's name.
    pub title: String,
    /// Who sees it.
    pub visibility: YoutubeVisibility,
    /// It is made for children.
    pub made_for_kids: bool,
    /// Its tags.
    pub tags: Vec<String>,
}

/// What becomes of a video on Instagram.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum InstagramKind {
    /// A reel.
    #[default]
    Reel,
    /// A story.
    Story,
}

/// Instagram.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct InstagramSettings {
    /// A reel or a story.
    pub kind: InstagramKind,
    /// A trial reel, shown to people who do not follow first.
    pub trial: bool,
}

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
