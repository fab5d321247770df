//! Posts: made, listed, deleted. There is no key of idempotence in this API: a call to make posts whose answer is lost may
//! have made them, and only the list can tell.

use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::upload::Uploaded;
use super::{Postiz, PostizError, wire};

/// What becomes of new posts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// They wait for a person in Postiz.
    Draft,
    /// They go out at their time.
    Schedule,
    /// They go out now; Postiz takes its own time for theirs.
    Now,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Schedule => "schedule",
            Self::Now => "now",
        }
    }
}

/// Posts that are made in one call, at one time.
#[derive(Debug, Clone, PartialEq)]
pub struct NewPosts {
    /// What becomes of them.
    pub kind: Kind,
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// The posts.
    pub posts: Vec<NewPost>,
}

/// A post to be made.
#[derive(Debug, Clone, PartialEq)]
pub struct NewPost {
    /// The account's id.
    pub account: String,
    /// Deleting one post deletes all of its group, so each has a group of its own.
    pub group: String,
    /// Its text.
    pub content: String,
    /// Its files.
    pub media: Vec<Uploaded>,
    /// What the platform asks for, with `__type`.
    pub settings: Value,
}

/// A post that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Created {
    /// Its id.
    pub post_id: String,
    /// The account it is on.
    pub account: String,
}

/// Where a post stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PostState {
    /// It waits for its time, or is on its way.
    Queue,
    /// It is out; or, for TikTok's inbox, in the app of whoever has the account.
    Published,
    /// The platform did not take it.
    Error,
    /// It waits for a person.
    Draft,
}

/// A post as the list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostSeen {
    /// Its id.
    pub id: String,
    /// Its text, as Postiz keeps it: it may have put marks of HTML into it.
    pub content: String,
    /// When it goes or went out, UTC milliseconds; Postiz keeps whole minutes of some.
    pub at_ms: i64,
    /// Where it can be seen.
    pub url: Option<String>,
    /// Where it stands.
    pub state: PostState,
    /// The account's id.
    pub account: String,
    /// Its group, by those servers that show it.
    pub group: Option<String>,
}

impl PostSeen {
    /// It has this text: marks of HTML, entities and blanks aside, which Postiz changes on its way.
    #[must_use]
    pub fn says(&self, text: &str) -> bool {
        bare(&self.content) == bare(text)
    }
}

impl Postiz {
    /// Makes posts. Counts once against the limit, however many they are. The answer has them in the order of the call.
    ///
    /// # Errors
    /// [`PostizError`]; unless it is [`PostizError::surely_not_done`] they may have been made.
    pub async fn create(&self, call: &NewPosts) -> Result<Vec<Created>, PostizError> {
        self.take()?;
        let posts = call.posts.iter().map(|post| {
            json!({
                "integration": { "id": post.account },
                "group": post.group,
                "value": [{ "content": post.content, "image": post.media }],
                "settings": post.settings,
            })
        });
        let body = json!({
            "type": call.kind.word(),
            "date": iso(call.at_ms),
            "shortLink": false,
            "tags": [],
            "posts": posts.collect::<Value>(),
        });
        let made: Vec<wire::Made> = self.http.json(self.http.request(Method::POST, "posts").json(&body)).await?;
        matched(&call.posts, made)
    }

    /// The posts that go or went out between these moments (UTC milliseconds), whatever their state, of all the workspace.
    ///
    /// # Errors
    /// [`PostizError`]. A list with a post that cannot be read is an error: one that was left out would look like one that
    /// was never made.
    pub async fn posts(&self, from_ms: i64, to_ms: i64) -> Result<Vec<PostSeen>, PostizError> {
        let (from, to) = (iso(from_ms), iso(to_ms));
        let all: wire::Posts = self.get("posts", &[("startDate", &from), ("endDate", &to)]).await?;
        all.posts.into_iter().map(PostSeen::try_from).collect()
    }

    /// Deletes a post, and with it all posts of its group.
    ///
    /// # Errors
    /// [`PostizError`]. Of a post that is not there some servers say 500: the list tells.
    pub async fn delete(&self, post: &str) -> Result<(), PostizError> {
        // It becomes part of an address.
        if post.is_empty() || !post.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c)) {
            return Err(PostizError::NotThere);
        }
        self.take()?;
        let request = self.http.request(Method::DELETE, &format!("posts/{post}"));
        self.http.send(request.timeout(self.http.patience.answer)).await?;
        Ok(())
    }
}

/// Which post of the call each row of the answer is. Rows that are said twice count once; with any other mismatch nobody
/// knows what was made.
fn matched(asked: &[NewPost], made: Vec<wire::Made>) -> Result<Vec<Created>, PostizError> {
    let mut rows: Vec<wire::Made> = Vec::new();
    for row in made {
        if !rows.contains(&row) {
            rows.push(row);
        }
    }
    let (told, wanted) = (rows.len(), asked.len());
    let mut all = Vec::new();
    for post in asked {
        let Some(at) = rows.iter().position(|row| row.integration == post.account) else { break };
        let row = rows.remove(at);
        all.push(Created { post_id: row.post, account: row.integration });
    }
    if all.len() == wanted && rows.is_empty() {
        return Ok(all);
    }
    Err(PostizError::Unreadable {
        why: format!("it tells of {told} posts, and not of the {wanted} that were asked for"),
    })
}

/// As the API writes moments: `2026-12-14T10:00:00.000Z`.
fn iso(ms: i64) -> String {
    jiff::Timestamp::from_millisecond(ms)
        .map_or_else(|_| ms.to_string(), |moment| moment.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string())
}

/// A text without marks of HTML, entities read, without blanks.
fn bare(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        plain.push_str(&rest[..at]);
        // Only what looks like a mark is one: people write "<3".
        let mark = rest[at + 1..].trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic());
        match rest[at..].find('>').filter(|_| mark) {
            Some(end) => rest = &rest[at + end + 1..],
            None => {
                plain.push('<');
                rest = &rest[at + 1..];
            }
        }
    }
    plain.push_str(rest);
    for (entity, sign) in
        [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
    {
        plain = plain.replace(entity, sign);
    }
    plain.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(accounts: &[&str]) -> Vec<NewPost> {
        let post = |account: &&str| NewPost {
            account: (*account).to_owned(),
            group: "g".into(),
            content: String::new(),
            media: Vec::new(),
            settings: json!({}),
        };
        accounts.iter().map(post).collect()
    }

    fn answered(accounts: &[&str], rows: &[(&str, &str)]) -> Option<Vec<String>> {
        let row = |(post, account): &(&str, &str)| wire::Made { post: (*post).into(), integration: (*account).into() };
        let all = matched(&asked(accounts), rows.iter().map(row).collect()).ok()?;
        Some(all.into_iter().map(|one| one.post_id).collect())
    }

    #[test]
    fn an_answer_is_believed_when_it_tells_of_exactly_what_was_asked() {
        let told = |ids: &[&str]| Some(ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>());
        assert_eq!(answered(&["a", "b"], &[("2", "b"), ("1", "a")]), told(&["1", "2"]));
        assert_eq!(answered(&["a", "a"], &[("1", "a"), ("2", "a")]), told(&["1", "2"]));
        assert_eq!(answered(&["a"], &[("1", "a"), ("1", "a")]), told(&["1"]), "said twice");
        assert_eq!(answered(&["a"], &[("1", "a"), ("2", "a")]), None, "made twice");
        assert_eq!(answered(&["a", "b"], &[("1", "a")]), None);
        assert_eq!(answered(&["a"], &[("1", "z")]), None);
        assert_eq!(answered(&["a"], &[]), None);
    }

    #[test]
    fn a_text_is_known_again_when_postiz_has_put_marks_into_it() {
        let seen = |content: &str| PostSeen {
            id: "p".into(),
            content: content.into(),
            at_ms: 0,
            url: None,
            state: PostState::Queue,
            account: "a".into(),
            group: None,
        };
        let text = "Pâine & cozonac <3\n\n#brutărie";
        assert!(seen(text).says(text));
        assert!(seen("<p>Pâine &amp; cozonac &lt;3</p><p>#brutărie</p>").says(text));
        assert!(!seen("<p>Pâine</p>").says(text));
    }

    #[test]
    fn moments_are_written_with_milliseconds_in_utc() {
        assert_eq!(iso(1_734_170_400_000), "2024-12-14T10:00:00.000Z");
        assert_eq!(iso(1_734_170_400_120), "2024-12-14T10:00:00.120Z");
    }
}
