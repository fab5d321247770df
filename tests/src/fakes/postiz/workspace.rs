//! What a workspace holds: accounts, files, posts.

use serde_json::{Value, json};

/// An account that posts are made to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its platform.
    pub platform: String,
    /// Its group: id and name.
    pub group: Option<(String, String)>,
    /// It cannot post until somebody connects it again.
    pub disabled: bool,
}

impl Account {
    /// An account in no group.
    #[must_use]
    pub fn new(id: &str, name: &str, platform: &str) -> Self {
        Self { id: id.into(), name: name.into(), platform: platform.into(), group: None, disabled: false }
    }

    /// The same in a group.
    #[must_use]
    pub fn of(mut self, group: &str, name: &str) -> Self {
        self.group = Some((group.into(), name.into()));
        self
    }

    /// The same, to be connected again.
    #[must_use]
    pub fn disabled(mut self) -> Self {
        self.disabled = true;
        self
    }

    pub(super) fn shown(&self) -> Value {
        let mut shown = json!({
            "id": self.id, "name": self.name, "identifier": self.platform, "disabled": self.disabled,
            "picture": format!("https://pictures.example/{}.jpg", self.id),
            "profile": self.name.to_lowercase().replace(' ', ""),
        });
        if let Some((id, name)) = &self.group {
            shown["customer"] = json!({ "id": id, "name": name });
        }
        shown
    }
}

/// A file that was uploaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its id.
    pub id: String,
    /// Its address.
    pub path: String,
    /// The name it was sent under.
    pub name: String,
    /// BLAKE3 of its bytes, hex.
    pub hash: String,
    /// It is there no more.
    pub lost: bool,
}

/// Where a post stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It waits for its time.
    Queue,
    /// It is out.
    Published,
    /// The platform did not take it.
    Error,
    /// It waits for a person.
    Draft,
}

/// A post that was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Post {
    /// Its id.
    pub id: String,
    /// The account it is on.
    pub account: String,
    /// Posts of one group are deleted together.
    pub group: String,
    /// Its text.
    pub content: String,
    /// When it goes or went out, UTC milliseconds.
    pub at_ms: i64,
    /// BLAKE3 of each of its files, hex.
    pub hashes: Vec<String>,
    /// What it was set to.
    pub settings: Value,
    /// Where it stands.
    pub state: State,
}

/// A workspace; its key is not in it.
#[derive(Debug, Default)]
pub(super) struct Workspace {
    pub(super) accounts: Vec<Account>,
    pub(super) files: Vec<File>,
    pub(super) posts: Vec<Post>,
    /// How many more requests are answered; `None` for all.
    pub(super) allowed: Option<usize>,
}

impl Workspace {
    pub(super) fn new(accounts: Vec<Account>) -> Self {
        Self { accounts, ..Self::default() }
    }

    pub(super) fn account(&self, id: &str) -> Option<&Account> {
        self.accounts.iter().find(|account| account.id == id)
    }

    pub(super) fn remove(&mut self, id: &str) {
        self.accounts.retain(|account| account.id != id);
        self.posts.retain(|post| post.account != id || post.state == State::Published);
    }

    pub(super) fn groups(&self) -> Vec<Value> {
        let mut groups: Vec<&(String, String)> = self.accounts.iter().filter_map(|one| one.group.as_ref()).collect();
        groups.sort();
        groups.dedup();
        groups.into_iter().map(|(id, name)| json!({ "id": id, "name": name })).collect()
    }

    pub(super) fn publish_until(&mut self, at_ms: i64) {
        let lost: Vec<&String> = self.files.iter().filter(|file| file.lost).map(|file| &file.hash).collect();
        for post in self.posts.iter_mut().filter(|post| post.state == State::Queue && post.at_ms <= at_ms) {
            let whole = !post.hashes.iter().any(|hash| lost.contains(&hash));
            post.state = if whole { State::Published } else { State::Error };
        }
    }

    /// One request more; `false` when it is one too many.
    pub(super) fn admits(&mut self) -> bool {
        match &mut self.allowed {
            None => true,
            Some(0) => false,
            Some(left) => {
                *left -= 1;
                true
            }
        }
    }

    pub(super) fn shown(&self, post: &Post) -> Value {
        let account = self.account(&post.account);
        let state = match post.state {
            State::Queue => "QUEUE",
            State::Published => "PUBLISHED",
            State::Error => "ERROR",
            State::Draft => "DRAFT",
        };
        let url = (post.state == State::Published).then(|| format!("https://posts.example/{}", post.id));
        json!({
            "id": post.id, "content": post.content, "settings": post.settings, "state": state, "releaseURL": url,
            "publishDate": super::rules::iso(post.at_ms),
            "integration": {
                "id": post.account, "providerIdentifier": account.map(|one| &one.platform),
                "name": account.map(|one| &one.name), "picture": "",
            },
        })
    }
}
