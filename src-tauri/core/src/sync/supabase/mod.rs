//! A hosted Supabase project as the other end: sign-in, push and pull, the profiles there, and files in its storage.
//!
//! What is not here: what is pushed and what becomes of what is pulled; that is the engine's. Everything that goes out is
//! made in [`call`], where each call of a profile names it.

mod address;
mod call;
mod download;
mod files;
mod http;
mod session;
mod upload;

use std::sync::Arc;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ts_rs::TS;

use crate::ids::RemoteProfileId;
use crate::profile::Profile;
use crate::sync::remote::{Answering, Change, Cursor, Pulled, PushReply, Remote, RemoteError};
pub use address::{Address, AddressError};
use call::{Account, Call};
pub use files::{FileError, Heard, RemoteFile};
pub use http::Patience;
pub use session::Person;
use session::Session;

/// So many files are listed, and deleted, at once.
const FILES_AT_ONCE: usize = 100;

/// A project, as one profile of this machine is signed in to it. Cheap to clone.
#[derive(Clone)]
pub struct Supabase {
    session: Arc<Session>,
}

impl std::fmt::Debug for Supabase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Supabase").field("session", &self.session.http()).finish()
    }
}

/// A profile that the server keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RemoteProfile {
    /// Its id there.
    pub id: RemoteProfileId,
    /// Its name there.
    pub name: String,
    /// When it was made, UTC milliseconds; `null` when the server does not say it in a way that can be read.
    pub created_at: Option<i64>,
}

/// How much was erased there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Erased {
    /// Files.
    pub files: u64,
    /// Rows, over all tables.
    pub rows: u64,
}

impl Supabase {
    /// The project at this address, for this profile. Nothing is asked yet.
    ///
    /// # Errors
    /// [`RemoteError::Offline`] when this machine cannot make connections at all.
    pub fn new(profile: &Profile, address: Address) -> Result<Self, RemoteError> {
        Self::with_patience(profile, address, Patience::default())
    }

    /// The same, waiting less or more long.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn with_patience(profile: &Profile, address: Address, patience: Patience) -> Result<Self, RemoteError> {
        let http = http::Http::new(address, patience)?;
        Ok(Self { session: Arc::new(Session::new(http, profile.clone())) })
    }

    /// Signs in. The password is used once and kept nowhere; what goes on with the session lies in the profile's keyring.
    ///
    /// # Errors
    /// [`RemoteError::SignIn`] when the server does not take it.
    pub async fn sign_in(&self, email: &str, password: &SecretString) -> Result<Person, RemoteError> {
        self.session.sign_in(email.trim(), password).await
    }

    /// Signs out on this machine, also when the server cannot be told.
    ///
    /// # Errors
    /// [`RemoteError::Keyring`] when the session stays in the keyring.
    pub async fn sign_out(&self) -> Result<(), RemoteError> {
        self.session.sign_out().await
    }

    /// The profiles that the server keeps of whoever is signed in, the oldest first.
    ///
    /// # Errors
    /// [`RemoteError`].
    pub async fn profiles(&self) -> Result<Vec<RemoteProfile>, RemoteError> {
        let answer = self.session.json(|| Call::of_account(&Account::Profiles)).await?;
        let rows = answer.as_array().ok_or(RemoteError::NotOurs)?;
        let profile = |row: &Value| {
            Some(RemoteProfile {
                id: row["id"].as_str()?.parse().ok()?,
                name: row["name"].as_str().unwrap_or_default().to_owned(),
                created_at: row["created_at"].as_str().and_then(moment),
            })
        };
        rows.iter().map(|row| profile(row).ok_or(RemoteError::NotOurs)).collect()
    }

    /// Makes a profile there; fine if it is there already. The id is made here, so that a call whose answer is lost can be
    /// made again.
    ///
    /// # Errors
    /// [`RemoteError`].
    pub async fn create_profile(&self, id: RemoteProfileId, name: &str) -> Result<(), RemoteError> {
        self.session.send(|| Call::create(id, name)).await?;
        Ok(())
    }

    /// Erases everything the server keeps of a profile: files, then rows, then the profile. What was erased already when a
    /// call fails stays erased; made again, it goes on.
    ///
    /// # Errors
    /// [`FileError::Remote`] or [`FileError::Db`].
    pub async fn erase(&self, profile: RemoteProfileId) -> Result<Erased, FileError> {
        // First, so that nothing that goes wrong leaves a file counted as being there.
        self.forget_files(profile)?;
        let mut erased = Erased::default();
        loop {
            let files = self.files(profile).await?;
            if files.is_empty() {
                match self.session.json(|| Call::function("erase_profile", profile, json!({}))).await {
                    Ok(counts) => {
                        let counts = unwrapped(counts)?;
                        let rows = counts.as_object().into_iter().flatten();
                        erased.rows = rows.filter_map(|(_, count)| count.as_u64()).sum();
                        return Ok(erased);
                    }
                    // Another device has just put one there.
                    Err(refusal) if refusal.code == "P0440" && !self.files(profile).await?.is_empty() => continue,
                    Err(refusal) => return Err(RemoteError::from(refusal).into()),
                }
            }
            let gone = self.session.json(|| Call::delete_files(profile, &files)).await.map_err(RemoteError::from)?;
            let gone = gone.as_array().map_or(0, Vec::len);
            if gone == 0 {
                // Asking for ever would not help.
                let why = "the server keeps files that it does not delete".into();
                return Err(RemoteError::Refused { code: "P0440".into(), why }.into());
            }
            erased.files += gone as u64;
        }
    }

    fn session(&self) -> &Session {
        &self.session
    }

    /// Names of files of a profile, at most [`FILES_AT_ONCE`].
    async fn files(&self, profile: RemoteProfileId) -> Result<Vec<String>, RemoteError> {
        let answer = self.session.json(|| Call::list_files(profile, FILES_AT_ONCE)).await?;
        let rows = answer.as_array().ok_or(RemoteError::NotOurs)?;
        let inside = format!("{profile}/");
        let names = rows.iter().filter_map(|row| row["name"].as_str());
        // Some servers name a file whole, others without its folder.
        Ok(names.map(|name| name.strip_prefix(&inside).unwrap_or(name).to_owned()).collect())
    }
}

impl Remote for Supabase {
    fn push<'a>(&'a self, profile: RemoteProfileId, changes: &'a [Change], schema: u32) -> Answering<'a, PushReply> {
        Box::pin(async move {
            let arguments = json!({ "p_changes": changes, "p_schema": schema });
            let answer = self.session.json(|| Call::function("sync_push", profile, arguments.clone())).await?;
            serde_json::from_value(unwrapped(answer)?).map_err(|_| RemoteError::NotOurs)
        })
    }

    fn pull<'a>(&'a self, profile: RemoteProfileId, since: &'a Cursor, limit: u32) -> Answering<'a, Pulled> {
        Box::pin(async move {
            let arguments = json!({ "p_since": since, "p_limit": limit });
            let answer = self.session.json(|| Call::function("sync_pull", profile, arguments.clone())).await?;
            serde_json::from_value(unwrapped(answer)?).map_err(|_| RemoteError::NotOurs)
        })
    }
}

/// JSON that some servers give as a string with JSON in it.
fn unwrapped(value: Value) -> Result<Value, RemoteError> {
    match value {
        Value::String(text) => serde_json::from_str(&text).map_err(|_| RemoteError::NotOurs),
        other => Ok(other),
    }
}

/// A moment as servers write it, with a `T` or a space, with minutes in the offset or without: UTC milliseconds.
fn moment(text: &str) -> Option<i64> {
    let text = text.trim().replacen(' ', "T", 1);
    let short = text.len() > 3 && matches!(text.as_bytes()[text.len() - 3], b'+' | b'-');
    let whole = if short { format!("{text}:00") } else { text };
    Some(whole.parse::<jiff::Timestamp>().ok()?.as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_moments_and_of_json_are_read() {
        for text in ["2026-11-26 14:18:26.146949+00", "2026-11-26T14:18:26.146949+00:00", "2026-11-26T14:18:26.146Z"] {
            assert_eq!(moment(text), Some(1_795_702_706_146), "{text}");
        }
        assert_eq!(moment("yesterday"), None);
        assert_eq!(unwrapped(json!("{\"a\": 1}")).unwrap(), unwrapped(json!({ "a": 1 })).unwrap());
        assert_eq!(unwrapped(json!("<html>")), Err(RemoteError::NotOurs));
    }
}
