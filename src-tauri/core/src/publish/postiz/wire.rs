//! The answers of the public API as they come. What is documented as text may be missing or `null`; ids are never.

use serde::{Deserialize, Deserializer};

use super::PostizError;
use super::posts::{PostSeen, PostState};

#[derive(Deserialize)]
pub(super) struct Connected {
    pub(super) connected: bool,
}

#[derive(Deserialize)]
pub(super) struct Group {
    id: String,
    #[serde(default, deserialize_with = "or_empty")]
    name: String,
}

impl From<Group> for super::Group {
    fn from(group: Group) -> Self {
        Self { id: group.id, name: group.name }
    }
}

#[derive(Deserialize)]
pub(super) struct Integration {
    id: String,
    identifier: String,
    #[serde(default, deserialize_with = "or_empty")]
    name: String,
    #[serde(default, deserialize_with = "or_empty")]
    picture: String,
    #[serde(default)]
    disabled: bool,
    #[serde(default, deserialize_with = "or_empty")]
    profile: String,
    #[serde(default)]
    customer: Option<Group>,
}

impl From<Integration> for super::Integration {
    fn from(one: Integration) -> Self {
        Self {
            id: one.id,
            identifier: one.identifier,
            name: one.name,
            picture: Some(one.picture).filter(|picture| !picture.is_empty()),
            disabled: one.disabled,
            profile: one.profile,
            customer: one.customer.map(Into::into),
        }
    }
}

/// The answer to making posts, a row a post.
#[derive(Deserialize, PartialEq, Eq)]
pub(super) struct Made {
    #[serde(rename = "postId")]
    pub(super) post: String,
    pub(super) integration: String,
}

#[derive(Deserialize)]
pub(super) struct Posts {
    pub(super) posts: Vec<Post>,
}

#[derive(Deserialize)]
pub(super) struct Post {
    id: String,
    #[serde(default, deserialize_with = "or_empty")]
    content: String,
    #[serde(rename = "publishDate")]
    publish_date: String,
    #[serde(rename = "releaseURL", default)]
    release_url: Option<String>,
    state: String,
    #[serde(default)]
    group: Option<String>,
    #[serde(default)]
    integration: Option<Named>,
}

#[derive(Deserialize)]
struct Named {
    id: String,
}

impl TryFrom<Post> for PostSeen {
    type Error = PostizError;

    /// A post that is left out of a list looks like one that was never made, so one that cannot be read spoils the list.
    fn try_from(post: Post) -> Result<Self, PostizError> {
        let at_ms = moment(&post.publish_date)
            .ok_or_else(|| PostizError::Unreadable { why: "the date of a post is none".into() })?;
        Ok(Self {
            id: post.id,
            content: post.content,
            at_ms,
            url: post.release_url.filter(|url| !url.is_empty()),
            state: match post.state.as_str() {
                "PUBLISHED" => PostState::Published,
                "ERROR" => PostState::Error,
                "DRAFT" => PostState::Draft,
                // Whatever else it is called: it is there.
                _ => PostState::Queue,
            },
            account: post.integration.map(|account| account.id).unwrap_or_default(),
            group: post.group,
        })
    }
}

/// A moment with an offset, or in UTC without saying so: UTC milliseconds.
fn moment(text: &str) -> Option<i64> {
    let text = text.trim();
    let zoned = || text.parse::<jiff::Timestamp>().ok();
    let plain =
        || text.parse::<jiff::civil::DateTime>().ok()?.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|z| z.timestamp());
    zoned().or_else(plain).map(|moment| moment.as_millisecond())
}

fn or_empty<'de, D: Deserializer<'de>>(value: D) -> Result<String, D::Error> {
    Ok(Option::<String>::deserialize(value)?.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Result<PostSeen, PostizError> {
        serde_json::from_str::<Post>(text).unwrap().try_into()
    }

    #[test]
    fn a_post_is_read_as_documented_and_with_what_may_be_missing() {
        let whole = seen(
            r#"{"id":"p1","content":"Bread","settings":{},"publishDate":"2026-12-14T10:00:00.000Z",
                "releaseURL":"https://t.example/1","state":"PUBLISHED",
                "integration":{"id":"a1","providerIdentifier":"tiktok","name":"Bakery","picture":""}}"#,
        );
        let whole = whole.unwrap();
        assert_eq!(
            (whole.state, whole.url.as_deref(), whole.account.as_str()),
            (PostState::Published, Some("https://t.example/1"), "a1")
        );
        let bare = seen(
            r#"{"id":"p2","content":null,"publishDate":"2026-12-14T10:00:00","releaseURL":null,"state":"NEW_WORD"}"#,
        );
        let bare = bare.unwrap();
        assert_eq!((bare.state, bare.at_ms, bare.url), (PostState::Queue, whole.at_ms, None));
        assert!(seen(r#"{"id":"p3","publishDate":"soon","state":"QUEUE"}"#).is_err());
    }
}
