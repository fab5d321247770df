//! What YouTube asks of a post. Names and values on the wire are those of Postiz's public API (`YouTubeSettings`).

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ts_rs::TS;

use super::super::caption::Facts;
use super::super::preflight::Finding;
use super::{shortened, titled, unfilled};

/// Fewest and most characters of a title.
pub const TITLE: (usize, usize) = (2, 100);
/// Most characters of all tags together; one with a space counts two more, as YouTube puts it in quotes
/// (developers.google.com/youtube/v3/docs/videos, `snippet.tags`).
pub const TAGS_MOST: usize = 500;

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
    /// 2 to 100 characters, with variables as captions; empty for the clip's hook or name.
    pub title: String,
    /// Who sees it.
    pub visibility: YoutubeVisibility,
    /// It is made for children.
    pub made_for_kids: bool,
    /// Its tags.
    pub tags: Vec<String>,
}

impl YoutubeSettings {
    pub(super) fn complete(&self, facts: &Facts) -> Self {
        let title = if self.title.trim().is_empty() {
            shortened(&titled(facts), TITLE.1)
        } else {
            super::filled(&self.title, facts)
        };
        let tags = self.tags.iter().map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()).collect();
        Self { title, tags, ..self.clone() }
    }

    pub(super) fn check(&self) -> Vec<Finding> {
        let mut found = unfilled(&self.title);
        let length = self.title.chars().count();
        if length > TITLE.1 {
            found.push(Finding::error(
                "title_too_long",
                format!("The title has {length} characters; YouTube takes at most {}. Shorten it.", TITLE.1),
                json!({ "length": length, "most": TITLE.1 }),
            ));
        }
        if self.title.trim().chars().count() < TITLE.0 {
            found.push(Finding::error(
                "title_too_short",
                format!("YouTube wants a title of at least {} characters.", TITLE.0),
                json!({ "length": length, "least": TITLE.0 }),
            ));
        }
        if let Some(mark) = self.title.chars().find(|c| matches!(c, '<' | '>')) {
            found.push(Finding::error(
                "title_mark",
                format!("YouTube takes no \"{mark}\" in a title. Take it out."),
                json!({ "mark": mark.to_string() }),
            ));
        }
        let tags: usize = self.tags.iter().map(|tag| tag.chars().count() + if tag.contains(' ') { 2 } else { 0 }).sum();
        // A comma stands between each two.
        let tags = tags + self.tags.len().saturating_sub(1);
        if tags > TAGS_MOST {
            found.push(Finding::error(
                "tags_too_long",
                format!("All tags together have {tags} characters; YouTube takes at most {TAGS_MOST}. Leave some out."),
                json!({ "length": tags, "most": TAGS_MOST }),
            ));
        }
        found
    }

    pub(super) fn wire(&self) -> Value {
        let visibility = match self.visibility {
            YoutubeVisibility::Public => "public",
            YoutubeVisibility::Unlisted => "unlisted",
            YoutubeVisibility::Private => "private",
        };
        let tags: Vec<Value> = self.tags.iter().map(|tag| json!({ "value": tag, "label": tag })).collect();
        json!({
            "__type": "youtube",
            "title": self.title,
            "type": visibility,
            "selfDeclaredMadeForKids": if self.made_for_kids { "yes" } else { "no" },
            "tags": tags,
        })
    }
}
