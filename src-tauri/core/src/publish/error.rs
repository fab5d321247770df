//! Why something about publishing failed.

use serde_json::{Value, json};

use super::model::PublicationState;
use super::postiz::PostizError;
use super::schedule::ScheduleError;
use crate::error::{Code, Explain};
use crate::ids::{ClipId, PublicationId};
use crate::profile::db::DbError;

/// Why something about publishing failed. Nothing was sent unless it says so.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// Not in this profile.
    #[error("There is no publication {0} in this profile. `edit-factory publish status` lists the ones there are.")]
    NotFound(PublicationId),
    /// No clip or no account was named.
    #[error("Nothing was published: name at least one clip and one account.")]
    Nothing,
    /// No such account.
    #[error(
        "There is no account \"{0}\" in the list. `edit-factory publish accounts --refresh` asks Postiz for it anew."
    )]
    NoAccount(String),
    /// It is not this profile's.
    #[error(
        "\"{0}\" does not belong to this profile, so nothing is posted to it. Tick it among the profile's accounts first."
    )]
    NotTicked(String),
    /// It is another profile's.
    #[error("\"{0}\" belongs to another profile of this home, so it cannot be this one's too. Nothing was changed.")]
    OfAnotherProfile(String),
    /// It left the workspace or the group.
    #[error("\"{0}\" is no longer among the accounts of the workspace. Nothing was posted to it.")]
    Gone(String),
    /// The platform wants it connected again.
    #[error("Postiz cannot post to \"{0}\" at present: connect it again in Postiz, then ask for the accounts anew.")]
    Disabled(String),
    /// The key is another one than when the accounts were asked for.
    #[error(
        "The accounts have to be asked for again: the key or the address has changed since. \
         `edit-factory publish accounts --refresh` does it. Nothing was sent."
    )]
    AskAgain,
    /// No such group there.
    #[error("There is no such group in the workspace. Nothing was changed.")]
    NoGroup,
    /// Not in this profile, or removed.
    #[error("There is no clip {0} in this profile.")]
    NoClip(ClipId),
    /// A plan with errors.
    #[error("Nothing was published: {0} of the posts have errors. Mend them, or leave them out, then try again.")]
    NotReady(usize),
    /// What was confirmed is not what would be sent.
    #[error("Nothing was published: something has changed since you looked. Look at it again, then confirm.")]
    Changed,
    /// It is on its way to the account already.
    #[error("Nothing was published: \"{clip}\" is on its way to {account} already.")]
    Already {
        /// The clip.
        clip: String,
        /// The account.
        account: String,
    },
    /// Where it stands does not allow it.
    #[error("The post to {account} is {}, so it cannot be {change}.", state.words())]
    WrongState {
        /// The account.
        account: String,
        /// Where it stands.
        state: PublicationState,
        /// "moved", "taken back", …
        change: &'static str,
    },
    /// Another device sends it.
    #[error("The post to {0} is sent by another of your devices. Change it there.")]
    Elsewhere(String),
    /// Not a time.
    #[error("\"{0}\" is not a time. Write it as 2026-12-01 18:30, in the profile's time zone.")]
    BadTime(String),
    /// A time that has passed.
    #[error("That time has passed. Choose one that is still to come; nothing was changed.")]
    Past,
    /// It could not be taken back.
    #[error("Postiz still has the post to {0}. Try again; until then it goes out as planned.")]
    StillThere(String),
    /// A setting that makes no sense.
    #[error("The settings were not changed: {0}.")]
    BadSetting(String),
    /// A setting for another platform.
    #[error("These settings are not for {0}. Nothing was changed.")]
    OtherPlatform(String),
    /// The address cannot change now.
    #[error(
        "The workspace cannot be changed while {0} posts are under way in it. Wait until they are out, or take them back."
    )]
    UnderWay(u32),
    /// A variable that is none.
    #[error(transparent)]
    Variable(#[from] super::caption::UnknownVariable),
    /// What captions are made from.
    #[error(transparent)]
    Caption(#[from] super::caption::CaptionError),
    /// A clip.
    #[error(transparent)]
    Clip(#[from] crate::clips::ClipError),
    /// A time.
    #[error(transparent)]
    Schedule(#[from] ScheduleError),
    /// What was looked at before sending.
    #[error(transparent)]
    Preflight(#[from] super::preflight::PreflightError),
    /// Postiz.
    #[error(transparent)]
    Postiz(#[from] PostizError),
    /// The profile's name.
    #[error(transparent)]
    Home(#[from] Box<crate::home::HomeError>),
    /// The queue.
    #[error(transparent)]
    Job(#[from] crate::jobs::store::JobError),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
    /// It was told to stop.
    #[error("Publishing was stopped. What was sent stays sent; the rest waits.")]
    Stopped,
}

impl From<rusqlite::Error> for PublishError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<crate::home::HomeError> for PublishError {
    fn from(error: crate::home::HomeError) -> Self {
        Self::Home(Box::new(error))
    }
}

impl Explain for PublishError {
    fn code(&self) -> Code {
        match self {
            Self::NotFound(_) | Self::NoAccount(_) | Self::NoGroup | Self::NoClip(_) | Self::Gone(_) => Code::NotFound,
            Self::OfAnotherProfile(_) | Self::Already { .. } => Code::Exists,
            Self::Nothing
            | Self::NotTicked(_)
            | Self::Past
            | Self::BadTime(_)
            | Self::NotReady(_)
            | Self::BadSetting(_)
            | Self::OtherPlatform(_) => Code::InvalidInput,
            Self::Disabled(_)
            | Self::AskAgain
            | Self::Changed
            | Self::WrongState { .. }
            | Self::Elsewhere(_)
            | Self::UnderWay(_) => Code::WrongState,
            Self::StillThere(_) => Code::Offline,
            Self::Stopped => Code::Cancelled,
            Self::Variable(e) => e.code(),
            Self::Caption(e) => e.code(),
            Self::Clip(e) => e.code(),
            Self::Schedule(e) => e.code(),
            Self::Preflight(e) => e.code(),
            Self::Postiz(e) => e.code(),
            Self::Home(e) => e.code(),
            Self::Job(e) => e.code(),
            Self::Db(e) => e.code(),
        }
    }

    fn details(&self) -> Value {
        match self {
            Self::NotFound(id) => json!({ "publication": id }),
            Self::WrongState { state, .. } => json!({ "state": state }),
            Self::Postiz(e) => e.details(),
            Self::Preflight(e) => e.details(),
            Self::Home(e) => e.details(),
            Self::Job(e) => e.details(),
            Self::Db(e) => e.details(),
            _ => json!({}),
        }
    }
}
