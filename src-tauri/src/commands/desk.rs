//! Windows and files on the person's desk.

use std::path::PathBuf;

use edit_factory_core::error::{Code, Failure};
use edit_factory_core::ids::ProfileId;
use serde_json::json;
use tauri::{AppHandle, Manager, Runtime, WebviewWindow};

use super::guarded;
use crate::opening::Opening;
use crate::windows;

/// Opens another window, which shows this profile first; the one used last when none is named.
///
/// # Errors
/// What making the window says.
#[tauri::command]
pub async fn open_window<R: Runtime>(app: AppHandle<R>, profile: Option<ProfileId>) -> Result<(), Failure> {
    guarded(async move {
        let shell = app.state::<Opening>().shell()?;
        let label = windows::free_label(&app);
        if let Some(profile) = profile {
            shell.sessions.want(&label, profile);
        }
        windows::make(&app, &label).map_err(|error| {
            shell.sessions.end(&label);
            Failure::new(Code::Internal, format!("The system did not open another window: {error}"))
        })
    })
    .await
}

/// The page has painted something a person can use. The log keeps how long that took.
#[tauri::command]
pub fn window_ready<R: Runtime>(app: AppHandle<R>, window: WebviewWindow<R>) {
    let took = app.state::<Opening>().started().elapsed();
    tracing::info!(window = window.label(), ms = took.as_secs_f64() * 1000.0, "the window is ready");
}

/// Shows a file or folder in the system's file browser.
///
/// # Errors
/// [`Code::NotFound`] when it is not there; [`Code::Internal`] when there is no file browser.
#[tauri::command]
pub async fn reveal(path: PathBuf) -> Result<(), Failure> {
    guarded(async move {
        let shown = path.display().to_string();
        if !path.exists() {
            let says = format!("{shown} is not there any more, so it cannot be shown.");
            return Err(Failure::new(Code::NotFound, says).with(json!({ "path": shown })));
        }
        // Asks the desktop over its bus, which may take its time.
        let asked = tokio::task::spawn_blocking(move || tauri_plugin_opener::reveal_item_in_dir(path)).await;
        asked.map_err(|error| crate::shell::broken(&error))?.map_err(|error| {
            let says = format!("This system has no file browser that could be asked to show {shown}: {error}");
            Failure::new(Code::Internal, says).with(json!({ "path": shown }))
        })
    })
    .await
}

/// Shows a page in the system's browser.
///
/// # Errors
/// [`Code::InvalidInput`] when it is no `https` address; [`Code::Internal`] when there is no browser.
#[tauri::command]
pub async fn open_link(url: String) -> Result<(), Failure> {
    guarded(async move {
        // The address comes from a service: nothing but a page is opened for it.
        if !url.starts_with("https://") {
            let says = format!("{url} is no https address, so it is not opened.");
            return Err(Failure::new(Code::InvalidInput, says).with(json!({ "url": url })));
        }
        let shown = url.clone();
        let asked = tokio::task::spawn_blocking(move || tauri_plugin_opener::open_url(url, None::<&str>)).await;
        asked.map_err(|error| crate::shell::broken(&error))?.map_err(|error| {
            let says = format!("This system has no browser that could be asked to show {shown}: {error}");
            Failure::new(Code::Internal, says).with(json!({ "url": shown }))
        })
    })
    .await
}
