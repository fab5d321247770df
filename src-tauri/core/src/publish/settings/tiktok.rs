//! What TikTok asks of a post. Names and values on the wire are those of Postiz's public API (`TikTokSettings`).

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ts_rs::TS;

use super::super::caption::Facts;
use super::super::preflight::Finding;
use super::{shortened, titled, unfilled};

/// Most characters of a title, as Postiz takes it.
pub const TITLE_MOST: usize = 90;

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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct TiktokSettings {
    /// At most 90 characters, with variables as captions; empty for the clip's hook or name.
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

impl Default for TiktokSettings {
    /// Comments are open; what hands the footage to others (duet, stitch) is for a person to allow.
    fn default() -> Self {
        Self {
            title: String::new(),
            method: TiktokMethod::DirectPost,
            privacy: TiktokPrivacy::Everyone,
            duet: false,
            stitch: false,
            comment: true,
            made_with_ai: Disclosure::Auto,
            brand_content: false,
            brand_organic: false,
        }
    }
}

impl TiktokSettings {
    pub(super) fn complete(&self, facts: &Facts) -> Self {
        let made_with_ai = match self.made_with_ai {
            Disclosure::Auto if facts.synthetic => Disclosure::Yes,
            Disclosure::Auto => Disclosure::No,
            said => said,
        };
        let title = if self.title.trim().is_empty() {
            shortened(&titled(facts), TITLE_MOST)
        } else {
            super::filled(&self.title, facts)
        };
        Self { title, made_with_ai, ..self.clone() }
    }

    pub(super) fn check(&self) -> Vec<Finding> {
        let mut found = unfilled(&self.title);
        let length = self.title.chars().count();
        if length > TITLE_MOST {
            found.push(Finding::error(
                "title_too_long",
                format!("The title has {length} characters; TikTok takes at most {TITLE_MOST}. Shorten it."),
                json!({ "length": length, "most": TITLE_MOST }),
            ));
        }
        if self.method == TiktokMethod::Inbox {
            found.push(Finding::warning(
                "tiktok_inbox",
                "It only goes to the inbox of the TikTok app: somebody has to finish it there within 24 hours, or it is \
                 gone. Postiz calls it published all the same, and TikTok ignores the other settings.",
                json!({ "hours": 24 }),
            ));
        } else if self.brand_content && self.privacy == TiktokPrivacy::OnlyMe {
            found.push(Finding::error(
                "branded_but_private",
                "TikTok refuses branded content that only the account itself can see. Show it to others, or say that it \
                 promotes nobody else's brand.",
                json!({}),
            ));
        }
        found
    }

    pub(super) fn wire(&self) -> Value {
        let privacy = match self.privacy {
            TiktokPrivacy::Everyone => "PUBLIC_TO_EVERYONE",
            TiktokPrivacy::Friends => "MUTUAL_FOLLOW_FRIENDS",
            TiktokPrivacy::Followers => "FOLLOWER_OF_CREATOR",
            TiktokPrivacy::OnlyMe => "SELF_ONLY",
        };
        let method = match self.method {
            TiktokMethod::DirectPost => "DIRECT_POST",
            TiktokMethod::Inbox => "UPLOAD",
        };
        json!({
            "__type": "tiktok",
            "title": self.title,
            "privacy_level": privacy,
            "duet": self.duet,
            "stitch": self.stitch,
            "comment": self.comment,
            // Of photo posts alone, but asked for all the same.
            "autoAddMusic": "no",
            "brand_content_toggle": self.brand_content,
            "brand_organic_toggle": self.brand_organic,
            // Not resolved is not "no": who forgot to complete the settings discloses too much, never too little.
            "video_made_with_ai": self.made_with_ai != Disclosure::No,
            "content_posting_method": method,
        })
    }
}
