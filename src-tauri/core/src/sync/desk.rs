//! What a person does about syncing: signs in, chooses the profile there, looks how it stands, leaves.

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio_util::sync::CancellationToken;
use ts_rs::TS;

use super::account::{self, Account, AccountError, MediaPolicy};
use super::error::SyncError;
use super::media::{self, FileOf, MediaFile, Sent};
use super::remote::RemoteError;
use super::status::{SyncStatus, status};
use super::supabase::{Address, AddressError, Erased, FileError, RemoteProfile, Supabase};
use super::{link, linked, note, run_once, unlink};
use crate::error::{Code, Explain};
use crate::home::claims::Thing;
use crate::ids::RemoteProfileId;
use crate::profile::Profile;
use crate::profile::db::DbError;
use crate::profile::events::Event;

/// Why one of these steps failed. Nothing in the profile is lost by any of them.
#[derive(Debug, thiserror::Error)]
pub enum StepError {
    /// Nobody has signed in.
    #[error("Nobody has signed in to a project for this profile. Sign in first; the profile stays as it is.")]
    SignedOut,
    /// No such profile there.
    #[error(
        "There is no such profile in the project, or it is somebody else's. Nothing was changed. Look at the list again."
    )]
    NotThere,
    /// It is kept there as another profile of this home.
    #[error(
        "That profile is already where another profile of this home is kept. Kept as one they would become one brand, so \
         nothing was changed. Choose another one, or a new one."
    )]
    OfAnother,
    /// The name that was typed is another one.
    #[error("\"{typed}\" is not the name of the profile there ({name}). Nothing was erased.")]
    OtherName {
        /// What was typed.
        typed: String,
        /// What it is called.
        name: String,
    },
    /// The project's address or key.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// The account.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// The server.
    #[error(transparent)]
    Remote(#[from] RemoteError),
    /// Syncing.
    #[error(transparent)]
    Sync(#[from] SyncError),
    /// A file.
    #[error(transparent)]
    File(#[from] FileError),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl Explain for StepError {
    fn code(&self) -> Code {
        match self {
            Self::SignedOut => Code::SignIn,
            Self::NotThere => Code::NotFound,
            Self::OfAnother => Code::Exists,
            Self::OtherName { .. } => Code::InvalidInput,
            Self::Address(e) => e.code(),
            Self::Account(e) => e.code(),
            Self::Remote(e) => e.code(),
            Self::Sync(e) => e.code(),
            Self::File(e) => e.code(),
            Self::Db(e) => e.code(),
        }
    }

    fn details(&self) -> Value {
        match self {
            Self::Account(e) => e.details(),
            Self::Remote(e) => e.details(),
            Self::Sync(e) => e.details(),
            _ => serde_json::json!({}),
        }
    }
}

/// Who is signed in, where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SyncAccount {
    /// The project's address.
    pub url: String,
    /// Who.
    pub email: String,
    /// Which files go there.
    pub media: MediaPolicy,
}

/// Everything about syncing a profile that a page shows. Read from this machine alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SyncShown {
    /// Who is signed in; `None` while nobody is.
    pub account: Option<SyncAccount>,
    /// How it stands.
    pub status: SyncStatus,
    /// How many files of the library are not on this machine.
    pub missing: u32,
}

/// What of this profile would be copied to a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SyncHeld {
    /// Projects.
    pub projects: u64,
    /// Finished videos.
    pub clips: u64,
    /// Footage.
    pub sources: u64,
}

/// What a round by hand did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SyncDone {
    /// Rows the server took.
    pub sent: u64,
    /// Rows that came and changed something here.
    pub received: u64,
    /// Rows the server refused; they are set aside.
    pub refused: u64,
    /// What became of files that should be there.
    pub files: Sent,
}

/// How it stands.
///
/// # Errors
/// [`StepError`] when the database cannot be read.
pub fn show(profile: &Profile) -> Result<SyncShown, StepError> {
    let status = status(profile)?;
    let account = account::get(profile)?.map(|Account { address, person, media }| SyncAccount {
        url: address.url().to_owned(),
        email: person.email,
        media,
    });
    let missing = if status.remote.is_some() { media::missing(profile)?.len() } else { 0 };
    Ok(SyncShown { account, status, missing: u32::try_from(missing).unwrap_or(u32::MAX) })
}

/// What would be copied there.
///
/// # Errors
/// [`StepError::Db`].
pub fn holds(profile: &Profile) -> Result<SyncHeld, StepError> {
    profile.read(|tx| {
        let count = |table: &str| -> Result<u64, DbError> {
            let sql = format!("SELECT count(*) FROM {table} WHERE deleted_at IS NULL");
            Ok(tx.query_row(&sql, [], |r| r.get(0))?)
        };
        Ok(SyncHeld { projects: count("projects")?, clips: count("clips")?, sources: count("sources")? })
    })
}

fn reach(profile: &Profile) -> Result<Supabase, StepError> {
    account::supabase(profile)?.ok_or(StepError::SignedOut)
}

fn linked_to(profile: &Profile) -> Result<RemoteProfileId, StepError> {
    Ok(linked(profile)?.ok_or(SyncError::NotLinked)?)
}

/// Signs in; who is signed in is kept with the profile, the session in the keyring, the password nowhere.
///
/// # Errors
/// [`StepError`]; who was signed in before stays signed in then.
pub async fn sign_in(
    profile: &Profile,
    url: &str,
    key: &str,
    email: &str,
    password: &SecretString,
) -> Result<SyncShown, StepError> {
    let address = Address::new(url, key)?;
    let reached = Supabase::new(profile, account::at_endpoint(profile, address.clone())?)?;
    let person = reached.sign_in(email, password).await?;
    let media = account::get(profile)?.map(|account| account.media).unwrap_or_default();
    account::set(profile, &Account { address, person, media })?;
    show(profile)
}

/// Ends the session. A profile that is linked stays so, and goes on when somebody signs in again.
///
/// # Errors
/// [`StepError`].
pub async fn sign_out(profile: &Profile) -> Result<SyncShown, StepError> {
    reach(profile)?.sign_out().await?;
    if linked(profile)?.is_some() {
        note(profile, &RemoteError::SignIn { why: "signed out here".into() })?;
    } else {
        account::forget(profile)?;
    }
    profile.announce(Event::Sync {});
    show(profile)
}

/// The profiles that the person has there.
///
/// # Errors
/// [`StepError`].
pub async fn profiles(profile: &Profile) -> Result<Vec<RemoteProfile>, StepError> {
    Ok(reach(profile)?.profiles().await?)
}

/// Keeps the profile there from now on: as `remote`, or as a new one of this name.
///
/// # Errors
/// [`StepError`]; it is kept on this machine only then, as before.
pub async fn keep(profile: &Profile, remote: Option<RemoteProfileId>, name: &str) -> Result<SyncShown, StepError> {
    let reached = reach(profile)?;
    let remote = match remote {
        Some(remote) => {
            let known = reached.profiles().await?.iter().any(|one| one.id == remote);
            if !known {
                return Err(StepError::NotThere);
            }
            if !profile.claims().take(Thing::Remote(&remote.to_string()))? {
                return Err(StepError::OfAnother);
            }
            // Where both have something, what is there counts: what was here instead can be had again.
            profile.back_up_now()?;
            remote
        }
        None => {
            let remote = RemoteProfileId::new();
            reached.create_profile(remote, name).await?;
            profile.claims().take(Thing::Remote(&remote.to_string()))?;
            remote
        }
    };
    link(profile, remote)?;
    show(profile)
}

/// One round now, and the files after it.
///
/// # Errors
/// [`StepError`]; what was done stays done, and the rest is done another time.
pub async fn now(profile: &Profile, cancel: &CancellationToken) -> Result<SyncDone, StepError> {
    let remote = linked_to(profile)?;
    let reached = reach(profile)?;
    let round = tokio::select! {
        round = run_once(profile, &reached) => round?,
        () = cancel.cancelled() => return Err(FileError::Cancelled.into()),
    };
    let policy = account::get(profile)?.map(|account| account.media).unwrap_or_default();
    let files = media::send_all(profile, &reached, remote, policy, cancel, &|_, _| ()).await?;
    profile.announce(Event::Sync {});
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    Ok(SyncDone { sent: count(round.sent), received: count(round.received), refused: count(round.refused), files })
}

/// Keeps the profile on this machine only. Everything in it stays, and so does what is there.
///
/// # Errors
/// [`StepError`].
pub async fn leave(profile: &Profile) -> Result<SyncShown, StepError> {
    if let Ok(Some(reached)) = account::supabase(profile)
        && let Err(error) = reached.sign_out().await
    {
        // The session ends by itself; without a network one can still leave.
        tracing::info!(%error, "the session could not be ended there");
    }
    let_go(profile)?;
    account::forget(profile)?;
    profile.announce(Event::Sync {});
    show(profile)
}

/// Erases everything of the profile there, rows and files, when `name` is what it is called there. Everything here stays,
/// and is kept on this machine only from then on.
///
/// # Errors
/// [`StepError`].
pub async fn erase(profile: &Profile, name: &str) -> Result<Erased, StepError> {
    let remote = linked_to(profile)?;
    let reached = reach(profile)?;
    let there = reached.profiles().await?.into_iter().find(|one| one.id == remote).ok_or(StepError::NotThere)?;
    if there.name.trim() != name.trim() {
        return Err(StepError::OtherName { typed: name.to_owned(), name: there.name });
    }
    let erased = reached.erase(remote).await?;
    let_go(profile)?;
    profile.announce(Event::Sync {});
    Ok(erased)
}

/// Ends the link; the profile there is free for another one of this home.
fn let_go(profile: &Profile) -> Result<(), StepError> {
    let remote = linked(profile)?;
    unlink(profile)?;
    if let Some(remote) = remote {
        profile.claims().let_go(Thing::Remote(&remote.to_string()))?;
    }
    Ok(())
}

/// The files that are not on this machine.
///
/// # Errors
/// [`StepError`].
pub fn missing(profile: &Profile) -> Result<Vec<MediaFile>, StepError> {
    Ok(media::missing(profile)?)
}

/// Fetches a file that is not on this machine.
///
/// # Errors
/// [`StepError`]; it is missing then as before.
pub async fn fetch(profile: &Profile, of: FileOf, cancel: &CancellationToken) -> Result<SyncShown, StepError> {
    let (remote, reached) = (linked_to(profile)?, reach(profile)?);
    media::fetch(profile, &reached, remote, of, cancel, &|_, _| ()).await?;
    profile.announce(Event::Sync {});
    show(profile)
}

/// Says which files go there.
///
/// # Errors
/// [`StepError`].
pub fn set_media(profile: &Profile, policy: MediaPolicy) -> Result<SyncShown, StepError> {
    if account::get(profile)?.is_none() {
        return Err(StepError::SignedOut);
    }
    account::set_media(profile, policy)?;
    profile.announce(Event::Sync {});
    show(profile)
}
