//! Postiz's public API, as one profile asks it: whose accounts there are, a file that goes there, posts made, listed and
//! deleted. Facts are from the API's own OpenAPI description (version 1.0.0, read in November 2026).
//!
//! What is not here: what is sent, when, and what becomes of it when an answer is lost. A [`Postiz`] is made from a profile
//! and asks with that profile's key alone; the profile's hourly limit is kept before anything is sent.

mod address;
mod check;
mod error;
mod http;
mod posts;
mod rate;
mod upload;
mod wire;

use reqwest::Method;
use serde::{Deserialize, Serialize};

use super::model::Group;
use crate::credentials;
use crate::profile::Profile;
pub use address::address;
pub use check::check;
pub use error::PostizError;
use http::Http;
pub use http::Patience;
pub use posts::{Created, Kind, NewPost, NewPosts, PostSeen, PostState};
pub use rate::requests_left;
pub use upload::Uploaded;

/// The hosted service.
pub const HOSTED: &str = "https://api.postiz.com/public/v1";
/// Its name among the credentials and the services whose address can be given.
pub const NAME: &str = "postiz";

/// A workspace, as one profile asks it. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Postiz {
    http: Http,
    profile: Profile,
    requests_an_hour: u32,
}

/// An account of the workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Integration {
    /// Its id there.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The platform: "tiktok", "instagram-standalone".
    pub identifier: String,
    /// Its picture's address.
    pub picture: Option<String>,
    /// It cannot post until somebody connects it again.
    pub disabled: bool,
    /// Its handle on the platform, as Postiz writes it; may be empty.
    pub profile: String,
    /// The group it is in.
    pub customer: Option<Group>,
}

impl Postiz {
    /// The workspace of this profile: the address it is set to (or the one this program was given), its key. Nothing is asked
    /// yet. May wait for the keyring: not for async code itself.
    ///
    /// # Errors
    /// [`PostizError::NoKey`], [`PostizError::Address`], and what the keyring says.
    pub fn of(profile: &Profile) -> Result<Self, PostizError> {
        Self::with_patience(profile, Patience::default())
    }

    /// The same, waiting less or more long.
    ///
    /// # Errors
    /// As [`Self::of`].
    pub fn with_patience(profile: &Profile, patience: Patience) -> Result<Self, PostizError> {
        let settings = super::settings_of(profile)?;
        let base = address(profile.endpoint(NAME).unwrap_or(&settings.address))?;
        let key = credentials::get(profile, NAME)?.ok_or(PostizError::NoKey)?;
        let http = Http::new(base, key, patience)?;
        Ok(Self { http, profile: profile.clone(), requests_an_hour: settings.requests_an_hour })
    }

    /// Whether Postiz knows the key.
    ///
    /// # Errors
    /// [`PostizError`]; a key it does not know is [`PostizError::KeyRefused`].
    pub async fn is_connected(&self) -> Result<bool, PostizError> {
        let answer: wire::Connected = self.get("is-connected", &[]).await?;
        Ok(answer.connected)
    }

    /// The groups ("customers") of the workspace: the brands whose accounts are in it.
    ///
    /// # Errors
    /// [`PostizError`].
    pub async fn groups(&self) -> Result<Vec<Group>, PostizError> {
        let all: Vec<wire::Group> = self.get("groups", &[]).await?;
        Ok(all.into_iter().map(Group::from).collect())
    }

    /// The accounts of a group, or all of the workspace.
    ///
    /// # Errors
    /// [`PostizError`].
    pub async fn accounts(&self, group: Option<&str>) -> Result<Vec<Integration>, PostizError> {
        let query: Vec<(&str, &str)> = group.map(|group| ("group", group)).into_iter().collect();
        let all: Vec<wire::Integration> = self.get("integrations", &query).await?;
        Ok(all.into_iter().map(Integration::from).collect())
    }

    async fn get<T: serde::de::DeserializeOwned>(&self, path: &str, query: &[(&str, &str)]) -> Result<T, PostizError> {
        self.take()?;
        self.http.json(self.http.request(Method::GET, path).query(query)).await
    }

    /// Counts a request that is about to be made.
    fn take(&self) -> Result<(), PostizError> {
        rate::take(&self.profile, self.requests_an_hour)
    }
}
