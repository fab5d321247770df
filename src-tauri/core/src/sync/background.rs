//! Rounds by themselves: soon after something changed here, now and then for what changed there, and with ever longer pauses
//! while the server cannot be reached.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::broadcast::error::RecvError;
use tokio_util::sync::CancellationToken;

use super::error::SyncError;
use super::remote::{Remote, RemoteError};
use super::round::run_once;
use crate::profile::Profile;
use crate::profile::events::Event;

/// How long changes are let gather.
const SOON: Duration = Duration::from_secs(2);
/// How often it is asked whether something changed there.
const NOW_AND_THEN: Duration = Duration::from_secs(60);
/// The first pause after a failure that passes; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(5);
/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(300);

/// Syncs the profile until it is told to stop, or the profile is unlinked. It holds its own clone: whatever is shown elsewhere
/// changes nothing for it.
pub async fn background(profile: Profile, remote: Arc<dyn Remote>, stop: CancellationToken) {
    let mut events = profile.events().listen();
    let mut failures = 0;
    while !stop.is_cancelled() {
        let round = tokio::select! {
            () = stop.cancelled() => return,
            round = run_once(&profile, remote.as_ref()) => round,
        };
        let wait = match round {
            Ok(_) => {
                failures = 0;
                NOW_AND_THEN
            }
            Err(SyncError::NotLinked) => return,
            Err(error) => {
                tracing::info!(%error, "syncing does not go on");
                failures += 1;
                pause(&error, failures)
            }
        };
        let calm = failures == 0;
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(wait) => {}
            // While the server cannot be reached, an edit is no reason to ask it more often.
            () = edited(&mut events), if calm => {
                tokio::select! {
                    () = stop.cancelled() => return,
                    () = tokio::time::sleep(SOON) => {}
                }
            }
        }
    }
}

/// How long to wait after this many failures in a row, this one the last.
fn pause(error: &SyncError, failures: u32) -> Duration {
    let asked = match error {
        SyncError::Remote(RemoteError::TooMany { retry_after }) => retry_after.unwrap_or_default(),
        SyncError::Remote(error) if !error.passes() => LONGEST_PAUSE,
        _ => Duration::ZERO,
    };
    let longer = FIRST_PAUSE.saturating_mul(2_u32.saturating_pow(failures.saturating_sub(1)));
    asked.max(longer.min(LONGEST_PAUSE))
}

/// Waits until something that is kept on the server may have changed here.
async fn edited(events: &mut tokio::sync::broadcast::Receiver<Event>) {
    loop {
        match events.recv().await {
            Ok(Event::Sync {} | Event::Voices {} | Event::InboxRefused { .. }) => {}
            Ok(_) | Err(RecvError::Lagged(_)) => return,
            // The profile is going: the one who stops this is on the way.
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_the_server_may_ask_for_longer_ones() {
        let offline = SyncError::Remote(RemoteError::Offline { why: String::new() });
        assert_eq!([1, 2, 3].map(|n| pause(&offline, n).as_secs()), [5, 10, 20]);
        assert_eq!(pause(&offline, 40), LONGEST_PAUSE);
        let many = SyncError::Remote(RemoteError::TooMany { retry_after: Some(Duration::from_secs(900)) });
        assert_eq!(pause(&many, 1).as_secs(), 900);
        assert_eq!(pause(&SyncError::Remote(RemoteError::DeviceOlder), 1), LONGEST_PAUSE);
    }
}
