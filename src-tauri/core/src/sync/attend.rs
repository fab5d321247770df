//! What an opened profile's syncing is as a whole: nothing while it is kept on this machine only; else rounds by themselves, and
//! its files after them. It follows what is changed about it: signed in, linked, unlinked, another choice of files.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio_util::sync::CancellationToken;

use super::account::{self, Account, MediaPolicy};
use super::supabase::Supabase;
use super::{background, link, media};
use crate::ids::RemoteProfileId;
use crate::profile::Profile;
use crate::profile::events::Event;

/// How long files are let gather: a video is announced several times while it is made.
const SOON: Duration = Duration::from_secs(5);
/// How often files that did not get there are tried again.
const AGAIN: Duration = Duration::from_secs(600);

/// Syncs the profile, whenever it is linked and somebody is signed in, until it is told to stop. Holds its own clone. A profile
/// that is not linked asks nobody anything.
pub async fn attend(profile: Profile, stop: CancellationToken) {
    let mut events = profile.events().listen();
    loop {
        let goes_on = match arrangement(&profile) {
            Some((remote, account, supabase)) => {
                let rounds = stop.child_token();
                let files = send_files(&profile, &supabase, remote, account.media, &rounds);
                tokio::select! {
                    () = background(profile.clone(), Arc::new(supabase.clone()), rounds.clone()) => true,
                    () = files => true,
                    goes_on = changed(&profile, &mut events, Some((remote, &account))) => goes_on,
                    () = stop.cancelled() => false,
                }
            }
            None => tokio::select! {
                goes_on = changed(&profile, &mut events, None) => goes_on,
                () = stop.cancelled() => false,
            },
        };
        if !goes_on {
            return;
        }
    }
}

/// The profile there and the way to it, when there is one.
fn arrangement(profile: &Profile) -> Option<(RemoteProfileId, Account, Supabase)> {
    let found = link::linked(profile).map(|linked| (linked, account::get(profile), account::supabase(profile)));
    match found {
        Ok((Some(remote), Ok(Some(account)), Ok(Some(supabase)))) => Some((remote, account, supabase)),
        Ok((None, ..) | (_, Ok(None), _)) => None,
        other => {
            tracing::warn!(found = ?other.map(|(_, account, supabase)| (account, supabase.map(|_| ()))), "how this profile is synced cannot be read");
            None
        }
    }
}

/// Waits until the arrangement is another one. False when the profile is going.
async fn changed(profile: &Profile, events: &mut Receiver<Event>, from: Option<(RemoteProfileId, &Account)>) -> bool {
    loop {
        match events.recv().await {
            Ok(Event::Sync {} | Event::Settings {}) | Err(RecvError::Lagged(_)) => {
                let now = arrangement(profile);
                if now.as_ref().map(|(remote, account, _)| (*remote, account)) != from {
                    return true;
                }
            }
            Ok(_) => {}
            Err(RecvError::Closed) => return false,
        }
    }
}

/// Sends the files that should be there, after something changed and now and then.
async fn send_files(
    profile: &Profile,
    supabase: &Supabase,
    remote: RemoteProfileId,
    policy: MediaPolicy,
    stop: &CancellationToken,
) {
    if policy == MediaPolicy::KeepHere {
        return std::future::pending().await;
    }
    let mut events = profile.events().listen();
    loop {
        match media::send_all(profile, supabase, remote, policy, stop, &|_, _| ()).await {
            Ok(sent) if sent.sent > 0 || !sent.left.is_empty() => {
                tracing::info!(sent = sent.sent, left = sent.left.len(), "files were sent");
                profile.announce(Event::Sync {});
            }
            Ok(_) => {}
            Err(error) => tracing::info!(%error, "files are not sent"),
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(AGAIN) => {}
            () = new_file(&mut events) => tokio::time::sleep(SOON).await,
        }
    }
}

async fn new_file(events: &mut Receiver<Event>) {
    loop {
        match events.recv().await {
            Ok(Event::Source { .. } | Event::Clip { .. }) | Err(RecvError::Lagged(_)) => return,
            Ok(_) => {}
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}
