//! What is open: the home, the sessions of the windows, the places of work of the profiles.

use std::sync::Arc;
use std::time::Duration;

use edit_factory_core::api::{Call, Caller, dispatch};
use edit_factory_core::error::{Code, Failure};
use edit_factory_core::home::{Home, HomeError, Resumed};
use edit_factory_core::ids::ProfileId;
use edit_factory_core::media_server::MediaServer;
use edit_factory_core::profile::Profile;
use serde_json::Value;
use tauri::{AppHandle, Emitter, Runtime};
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;

use crate::outside::Outside;
use crate::session::{SessionInfo, Sessions};
use crate::workshops::Workshops;

/// How long work that was told to stop may take to be gone.
const A_MOMENT: Duration = Duration::from_secs(3);

/// Everything that is open while the program runs.
pub struct Shell {
    /// Where the profiles are.
    pub home: Home,
    /// Which profile each window shows.
    pub sessions: Arc<Sessions>,
    /// Where the profiles' jobs are done.
    pub workshops: Workshops,
    /// Held while a session is replaced, so that two switches of a window cannot overtake each other.
    switching: Mutex<()>,
}

impl Shell {
    /// Nothing is shown yet.
    pub fn new(home: Home, outside: Arc<Outside>) -> Self {
        let sessions = Arc::new(Sessions::default());
        let workshops = Workshops::new(home.clone(), sessions.clone(), outside);
        Self { home, sessions, workshops, switching: Mutex::new(()) }
    }

    /// Asks core, for this profile.
    pub fn caller(&self, profile: Option<Profile>) -> Caller {
        // Nothing stops a call: what a person asked for is done even if the window shows another profile by then.
        Caller { home: self.home.clone(), profile, cancel: CancellationToken::new() }
    }

    /// The window's session; the first time, the profile it was made for or the one used last comes up.
    ///
    /// # Errors
    /// What opening says when not even a new profile can be made.
    pub async fn session<R: Runtime>(&self, app: &AppHandle<R>, window: &str) -> Result<SessionInfo, Failure> {
        let _switching = self.switching.lock().await;
        if let Some(info) = self.info(window) {
            return Ok(info);
        }
        match self.sessions.wanted(window).map(|wanted| self.home.enter(wanted)) {
            Some(Ok(profile)) => self.show(app, window, profile, None).await,
            Some(Err(error)) => self.show_another(app, window, Some(error.into())).await,
            None => self.show_another(app, window, None).await,
        }
    }

    /// Shows another profile in the window, and tells its page. When that profile does not open, the window goes on
    /// showing what it shows.
    ///
    /// # Errors
    /// What opening the profile says.
    pub async fn switch<R: Runtime>(
        &self,
        app: &AppHandle<R>,
        window: &str,
        id: ProfileId,
    ) -> Result<SessionInfo, Failure> {
        let _switching = self.switching.lock().await;
        let home = self.home.clone();
        let profile = tokio::task::spawn_blocking(move || home.enter(id)).await.map_err(|error| broken(&error))??;
        let info = self.show(app, window, profile, None).await?;
        announce(app, window, &info);
        Ok(info)
    }

    /// Makes a call that takes a profile away or replaces its database: nothing of it is open meanwhile. The windows
    /// that showed it show another one afterwards, and say why; or the same one again, if the call failed.
    ///
    /// # Errors
    /// What the call says.
    pub async fn call_without<R: Runtime>(
        &self,
        app: &AppHandle<R>,
        id: ProfileId,
        call: Call,
    ) -> Result<Value, Failure> {
        let _switching = self.switching.lock().await;
        let name = self.home.info(id)?.name;
        let worked = self.workshops.close(id).await;
        let windows = self.sessions.showing(id);
        for window in &windows {
            self.sessions.end(window);
        }
        self.let_go(id).await;
        let result = dispatch(&self.caller(None), call).await;
        for window in &windows {
            let shown = match (self.home.enter(id), &result) {
                (Ok(profile), result) => self.show(app, window, profile, result.clone().err()).await,
                (Err(HomeError::NotFound(_)), Ok(_)) => {
                    let says = format!("\"{name}\" was deleted. It lies in the system's trash until that is emptied.");
                    self.show_another(app, window, Some(Failure::new(Code::NotFound, says))).await
                }
                (Err(error), _) => self.show_another(app, window, Some(error.into())).await,
            };
            match shown {
                Ok(info) => announce(app, window, &info),
                Err(failure) => tracing::error!(message = failure.message, "a window has nothing to show"),
            }
        }
        if worked && windows.is_empty() && result.is_err() {
            self.workshops.open(app, &self.home.profile(id)?).await;
        }
        result
    }

    /// Waits until nobody holds the profile any more: calls that are under way, an import from its inbox. Whoever needs
    /// longer than a moment is not waited for; the call that wants the profile for itself says so then.
    async fn let_go(&self, id: ProfileId) {
        let free = async {
            while self.home.is_held(id) {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        if tokio::time::timeout(A_MOMENT, free).await.is_err() {
            tracing::warn!(profile = %id, "a profile that is to be taken away is still at work");
        }
    }

    /// Stops all work; what was being done resumes at the next start.
    pub async fn close(&self) {
        self.workshops.close_all().await;
    }

    async fn show_another<R: Runtime>(
        &self,
        app: &AppHandle<R>,
        window: &str,
        why: Option<Failure>,
    ) -> Result<SessionInfo, Failure> {
        let home = self.home.clone();
        let resumed = tokio::task::spawn_blocking(move || home.resume()).await.map_err(|error| broken(&error))?;
        let Resumed { profile, instead_of } = resumed?;
        let name = self.home.info(profile.id())?.name;
        let notice = why.or(instead_of.map(Failure::from)).map(|failure| Failure {
            message: format!("{} This window shows \"{name}\" instead.", failure.message),
            ..failure
        });
        self.show(app, window, profile, notice).await
    }

    async fn show<R: Runtime>(
        &self,
        app: &AppHandle<R>,
        window: &str,
        profile: Profile,
        notice: Option<Failure>,
    ) -> Result<SessionInfo, Failure> {
        let media = MediaServer::start(&profile).await?;
        let busy = self.workshops.open(app, &profile).await;
        let id = profile.id();
        self.sessions.put(window, profile, media, notice.or(busy));
        tracing::info!(profile = %id, window, "the window shows this profile");
        self.info(window).ok_or_else(|| Failure::from(HomeError::NotFound(id.to_string())))
    }

    fn info(&self, window: &str) -> Option<SessionInfo> {
        match self.home.info(self.sessions.shown(window)?) {
            Ok(profile) => self.sessions.info(window, profile),
            Err(error) => {
                tracing::warn!(%error, window, "the profile of a window is not listed any more");
                None
            }
        }
    }
}

/// Tells the page of this window alone that it shows another profile.
fn announce<R: Runtime>(app: &AppHandle<R>, window: &str, info: &SessionInfo) {
    if let Err(error) = app.emit_to(window, "profile-switched", info) {
        tracing::error!(%error, window, "the page of a window could not be told of its new profile");
    }
}

/// Work that ended in a panic, as a failure a window can show.
pub fn broken(error: &tokio::task::JoinError) -> Failure {
    tracing::error!(%error, "a piece of work ended badly");
    Failure::new(
        Code::Internal,
        "The program made a mistake and could not finish this. What was saved is still there; try again. The log says \
         more (Settings, Diagnostics).",
    )
}
