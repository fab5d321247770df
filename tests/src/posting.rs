//! A copy of Postiz with two workspaces, and a home whose two profiles have their keys: what the tests of posting stand on.

use std::path::PathBuf;
use std::time::Duration;

use edit_factory_core::credentials;
use edit_factory_core::home::Home;
use edit_factory_core::profile::Profile;
use edit_factory_core::publish::postiz::{Kind, NewPost, NewPosts, Patience, Postiz, PostizError, Uploaded};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::fakes::postiz::{self as copy, Account};
use crate::studio::host;

/// The key of the first workspace.
pub const KEY_A: &str = "planted-a-0123456789-x9Kd";
/// The key of the second.
pub const KEY_B: &str = "planted-b-0123456789-x9Kd";
/// 2027-01-01T10:00:00.120Z
pub const AT: i64 = 1_798_797_600_120;

/// The copy, the home and the profiles.
#[derive(Debug)]
pub struct Desk {
    /// The copy.
    pub copy: copy::Postiz,
    /// The home.
    pub home: Home,
    /// The profile with [`KEY_A`].
    pub a: Profile,
    /// The profile with [`KEY_B`].
    pub b: Profile,
    /// Files of "the user".
    pub folder: tempfile::TempDir,
}

impl Desk {
    /// The first workspace has four accounts, the second one.
    ///
    /// # Panics
    /// When it cannot be made.
    pub async fn new() -> Self {
        let copy = copy::Postiz::start().await;
        let of_a = vec![
            Account::new("a-tt", "Bakery", "tiktok").of("brand-a", "Brand A"),
            Account::new("a-yt", "Bakery", "youtube").of("brand-a", "Brand A"),
            Account::new("a-ig", "Bakery", "instagram-standalone"),
            Account::new("a-old", "Old bakery", "tiktok").of("brand-c", "Brand C").disabled(),
        ];
        copy.workspace(KEY_A, of_a);
        copy.workspace(KEY_B, vec![Account::new("b-tt", "Bakery", "tiktok")]);
        let folder = tempfile::tempdir().unwrap();
        let home = Home::open(host(&folder.path().join("home"), &[("postiz", &copy.url)])).unwrap();
        let profile = |name: &str, key: &str| {
            let profile = home.profile(home.create(name, None).unwrap().id).unwrap();
            credentials::set(&profile, "postiz", &key.into(), None).unwrap();
            profile
        };
        let (a, b) = (profile("A", KEY_A), profile("B", KEY_B));
        Self { copy, home, a, b, folder }
    }

    /// The way of the first profile.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn way(&self) -> Postiz {
        Postiz::of(&self.a).unwrap()
    }

    /// The same, which waits for nobody long.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn hasty(&self) -> Postiz {
        let short = Duration::from_millis(300);
        Postiz::with_patience(&self.a, Patience { answer: short, stall: short, stored: short }).unwrap()
    }

    /// A file that begins as MP4s do, and so many bytes more; its path and hash.
    ///
    /// # Panics
    /// When it cannot be written.
    #[must_use]
    pub fn clip(&self, name: &str, bytes: usize) -> (PathBuf, String) {
        let mut content = b"\0\0\0\x20ftypisom".to_vec();
        content.extend(name.bytes().cycle().take(bytes));
        let path = self.folder.path().join(name);
        std::fs::write(&path, &content).unwrap();
        (path, blake3::hash(&content).to_hex().to_string())
    }
}

/// Sends a file.
///
/// # Errors
/// As [`Postiz::upload`].
pub async fn upload(way: &Postiz, (path, hash): &(PathBuf, String)) -> Result<Uploaded, PostizError> {
    way.upload(path, "clip.mp4", hash, &|_, _| {}, &CancellationToken::new()).await
}

/// Settings that TikTok takes.
#[must_use]
pub fn tiktok() -> Value {
    json!({ "__type": "tiktok", "title": "Bread", "privacy_level": "SELF_ONLY", "duet": false, "stitch": false,
            "comment": true, "autoAddMusic": "no", "brand_content_toggle": false, "brand_organic_toggle": false,
            "video_made_with_ai": true, "content_posting_method": "DIRECT_POST" })
}

/// A post of these files.
#[must_use]
pub fn post(account: &str, media: &[Uploaded], settings: Value) -> NewPost {
    let (group, content) = (format!("group of {account}"), "Pâine caldă\n#brutărie".to_owned());
    NewPost { account: account.into(), group, content, media: media.to_vec(), settings }
}

/// A call that makes these posts at [`AT`].
#[must_use]
pub fn scheduled(posts: Vec<NewPost>) -> NewPosts {
    NewPosts { kind: Kind::Schedule, at_ms: AT, posts }
}
