//! Calls about keys. A key goes in; what comes out is that it is there, how it ends and what the provider says of it.

use tokio_util::sync::CancellationToken;

use super::macros::arguments;
use crate::credentials::{self, CredentialCheck, CredentialInfo, KeptIn, Secret, SecretError, SecretFileState};
use crate::error::{Code, Failure};
use crate::home::Home;
use crate::profile::Profile;
use crate::publish::postiz;
use crate::speech::account;

arguments! {
    home credentials {
        /// Whether there is a file with a passphrase for keys, and whether it is unlocked in this process.
        secret_file_show: SecretFileShow {} -> SecretFileState;

        /// Gives the passphrase of that file, or the one for the file that will be made.
        secret_file_unlock: SecretFileUnlock {
            /// Never kept but in memory.
            passphrase: Secret,
        } -> SecretFileState;
    }
    profile credentials {
        /// Who takes a key, and what may be said of it.
        credential_list: CredentialList {} -> Vec<CredentialInfo>;

        /// Stores a key in place of the one before.
        credential_set: CredentialSet {
            /// Whose.
            provider: String,
            /// The key.
            secret: Secret,
            /// Where to keep it; `None` leaves it where it was, else takes the file when it is unlocked, else the keyring.
            #[serde(default)]
            keep_in: Option<KeptIn>,
        } -> CredentialInfo;

        /// Removes a key.
        credential_remove: CredentialRemove {
            /// Whose.
            provider: String,
        } -> CredentialInfo;

        /// Asks the provider whether the key works. Costs nothing.
        credential_test: CredentialTest {
            /// Whose.
            provider: String,
        } -> CredentialCheck;
    }
}

pub(super) async fn secret_file_show(
    home: &Home,
    _: SecretFileShow,
    _: &CancellationToken,
) -> Result<SecretFileState, Failure> {
    Ok(home.secret_file().state())
}

pub(super) async fn secret_file_unlock(
    home: &Home,
    args: SecretFileUnlock,
    _: &CancellationToken,
) -> Result<SecretFileState, Failure> {
    let home = home.clone();
    // A passphrase is made slow to try.
    let unlock = move || home.secret_file().unlock(args.passphrase.into_inner());
    Ok(tokio::task::spawn_blocking(unlock).await.map_err(super::stopped)??)
}

/// A store may wait for a person to unlock it: never on a thread that others need.
async fn waiting<T: Send + 'static>(
    profile: &Profile,
    work: impl FnOnce(&Profile) -> Result<T, SecretError> + Send + 'static,
) -> Result<T, Failure> {
    let profile = profile.clone();
    Ok(tokio::task::spawn_blocking(move || work(&profile)).await.map_err(super::stopped)??)
}

pub(super) async fn credential_list(
    profile: &Profile,
    _: CredentialList,
    _: &CancellationToken,
) -> Result<Vec<CredentialInfo>, Failure> {
    Ok(credentials::list(profile)?)
}

pub(super) async fn credential_set(
    profile: &Profile,
    args: CredentialSet,
    _: &CancellationToken,
) -> Result<CredentialInfo, Failure> {
    let CredentialSet { provider, secret, keep_in } = args;
    let secret = secret.into_inner();
    let of_accounts = provider == crate::publish::postiz::NAME;
    let set = waiting(profile, move |profile| credentials::set(profile, &provider, &secret, keep_in)).await?;
    if of_accounts {
        crate::publish::key_changed(profile)?;
    }
    Ok(set)
}

pub(super) async fn credential_remove(
    profile: &Profile,
    args: CredentialRemove,
    _: &CancellationToken,
) -> Result<CredentialInfo, Failure> {
    waiting(profile, move |profile| credentials::remove(profile, &args.provider)).await
}

pub(super) async fn credential_test(
    profile: &Profile,
    args: CredentialTest,
    cancel: &CancellationToken,
) -> Result<CredentialCheck, Failure> {
    if !credentials::show(profile, &args.provider)?.set {
        let says = format!("There is no key for {} in this profile. Set one first.", args.provider);
        return Err(Failure::new(Code::NotFound, says));
    }
    match args.provider.as_str() {
        postiz::NAME => postiz::check(profile, cancel).await,
        _ => account::check(profile, cancel).await,
    }
}
