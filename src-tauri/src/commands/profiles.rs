//! Which profile the window shows.

use edit_factory_core::error::Failure;
use edit_factory_core::ids::ProfileId;
use tauri::{AppHandle, Manager, Runtime, WebviewWindow};

use super::guarded;
use crate::opening::Opening;
use crate::session::SessionInfo;

/// The window's session. The first time, the profile it was made for comes up, else the one that was used last.
///
/// # Errors
/// What opening the home says, when not even a new profile can be shown.
#[tauri::command]
pub async fn session<R: Runtime>(app: AppHandle<R>, window: WebviewWindow<R>) -> Result<SessionInfo, Failure> {
    guarded(async move {
        let shell = app.state::<Opening>().shell()?;
        shell.session(&app, window.label()).await
    })
    .await
}

/// Shows another profile in the window.
///
/// # Errors
/// What opening the profile says; the window then goes on showing what it shows.
#[tauri::command]
pub async fn switch_profile<R: Runtime>(
    app: AppHandle<R>,
    window: WebviewWindow<R>,
    id: ProfileId,
) -> Result<SessionInfo, Failure> {
    guarded(async move {
        let shell = app.state::<Opening>().shell()?;
        shell.switch(&app, window.label(), id).await
    })
    .await
}
