//! Whether a profile's key opens a workspace. Costs nothing but a request of the hourly limit.

use tokio_util::sync::CancellationToken;

use super::{Postiz, PostizError};
use crate::credentials::CredentialCheck;
use crate::error::{Code, Failure};
use crate::profile::Profile;

/// Asks Postiz whether it knows the key.
///
/// # Errors
/// [`Code::NotFound`] without a key; what the keyring says.
pub async fn check(profile: &Profile, cancel: &CancellationToken) -> Result<CredentialCheck, Failure> {
    let asking = profile.clone();
    // A keyring may wait for its user.
    let there = tokio::task::spawn_blocking(move || Postiz::of(&asking)).await;
    let there = there.map_err(|error| Failure::new(Code::Internal, format!("The work stopped: {error}.")))?;
    let answer = match there {
        Ok(there) => tokio::select! {
            () = cancel.cancelled() => return Err(PostizError::Cancelled.into()),
            answer = there.is_connected() => answer,
        },
        Err(error @ PostizError::Address(_)) => Err(error),
        Err(error) => return Err(error.into()),
    };
    let (works, says) = match answer {
        Ok(true) => (true, "Works: Postiz knows the key.".to_owned()),
        Ok(false) => (false, "The key was not seen to work: Postiz says that it is not connected.".to_owned()),
        Err(error) => (false, format!("The key was not seen to work: {error}")),
    };
    Ok(CredentialCheck { works, says, plan: None, characters_left: None })
}
