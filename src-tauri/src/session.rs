//! The sessions of the windows: which profile each shows, and since which epoch.
//!
//! An epoch is a number that only grows, over all windows: no two sessions ever have the same. What a session owns ends
//! when it is taken out of here, at once, whatever calls are still under way: those hold the profile, not the session.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use edit_factory_core::error::{Code, Failure};
use edit_factory_core::home::ProfileInfo;
use edit_factory_core::ids::ProfileId;
use edit_factory_core::media_server::MediaServer;
use edit_factory_core::profile::Profile;
use serde::Serialize;
use serde_json::json;
use tokio_util::sync::{CancellationToken, DropGuard};

/// A session as pages see it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SessionInfo {
    /// The profile.
    pub profile: ProfileInfo,
    /// The number every call carries.
    pub epoch: u64,
    /// Where the profile's files are played from.
    pub media: String,
    /// Why it is this profile, or what else a person should know when it comes up.
    pub notice: Option<Failure>,
    /// Version of the program.
    pub version: &'static str,
}

/// A profile shown in a window.
#[derive(Debug)]
pub struct Session {
    profile: Profile,
    media: MediaServer,
    notice: Option<Failure>,
    epoch: u64,
    /// Ends what is heard through the channel; replaced when the page listens anew.
    listening: Option<DropGuard>,
    /// How many jobs of other profiles the page was told of last.
    elsewhere: Option<usize>,
}

/// The sessions of all windows, by the window's label.
#[derive(Debug, Default)]
pub struct Sessions {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    of_window: HashMap<String, Session>,
    /// What a window that was just made is to show first.
    wanted: HashMap<String, ProfileId>,
    last_epoch: u64,
}

impl Sessions {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Shows the profile in the window from now on. The session that was there ends.
    pub fn put(&self, window: &str, profile: Profile, media: MediaServer, notice: Option<Failure>) {
        let mut inner = self.lock();
        inner.last_epoch += 1;
        let session = Session { profile, media, notice, epoch: inner.last_epoch, listening: None, elsewhere: None };
        inner.of_window.insert(window.to_owned(), session);
    }

    /// Which profile the window shows.
    pub fn shown(&self, window: &str) -> Option<ProfileId> {
        self.lock().of_window.get(window).map(|session| session.profile.id())
    }

    /// The session of a window as pages see it; `profile` is what the list says of its profile now.
    pub fn info(&self, window: &str, profile: ProfileInfo) -> Option<SessionInfo> {
        let inner = self.lock();
        let session = inner.of_window.get(window).filter(|session| session.profile.id() == profile.id)?;
        Some(SessionInfo {
            profile,
            epoch: session.epoch,
            media: session.media.address().to_owned(),
            notice: session.notice.clone(),
            version: env!("CARGO_PKG_VERSION"),
        })
    }

    /// The profile of the window's session.
    ///
    /// # Errors
    /// [`Code::StaleSession`] when the window's session is not the one of this epoch (any more).
    pub fn profile(&self, window: &str, epoch: u64) -> Result<Profile, Failure> {
        let inner = self.lock();
        let session = inner.of_window.get(window).filter(|session| session.epoch == epoch);
        session.map(|session| session.profile.clone()).ok_or_else(|| stale(epoch))
    }

    /// A token that fires when the session ends, or when its page listens again.
    ///
    /// # Errors
    /// [`Code::StaleSession`].
    pub fn listening(&self, window: &str, epoch: u64) -> Result<(Profile, CancellationToken), Failure> {
        let mut inner = self.lock();
        let session = inner.of_window.get_mut(window).filter(|session| session.epoch == epoch);
        let session = session.ok_or_else(|| stale(epoch))?;
        let token = CancellationToken::new();
        session.listening = Some(token.clone().drop_guard());
        session.elsewhere = None;
        Ok((session.profile.clone(), token))
    }

    /// Ends the session of a window.
    pub fn end(&self, window: &str) {
        let mut inner = self.lock();
        inner.wanted.remove(window);
        inner.of_window.remove(window);
    }

    /// The windows that show this profile.
    pub fn showing(&self, profile: ProfileId) -> Vec<String> {
        let inner = self.lock();
        let showing = inner.of_window.iter().filter(|(_, session)| session.profile.id() == profile);
        showing.map(|(window, _)| window.clone()).collect()
    }

    /// Notes what a window that is about to be made shows first.
    pub fn want(&self, window: &str, profile: ProfileId) {
        self.lock().wanted.insert(window.to_owned(), profile);
    }

    /// What the window was to show first; asked once.
    pub fn wanted(&self, window: &str) -> Option<ProfileId> {
        self.lock().wanted.remove(window)
    }

    /// The windows whose pages do not know yet how many jobs run in other profiles, with that number. `running` gives
    /// the number of jobs that run anywhere but in the profile.
    pub fn to_be_told(&self, running: impl Fn(ProfileId) -> usize) -> Vec<(String, usize)> {
        let mut told = Vec::new();
        for (window, session) in &mut self.lock().of_window {
            let now = running(session.profile.id());
            // A page that does not listen yet would miss it; it is told when it does.
            if session.listening.is_some() && session.elsewhere != Some(now) {
                session.elsewhere = Some(now);
                told.push((window.clone(), now));
            }
        }
        told
    }
}

fn stale(epoch: u64) -> Failure {
    let says = "This window shows another profile by now, so the answer was dropped.";
    Failure::new(Code::StaleSession, says).with(json!({ "epoch": epoch }))
}
