//! Making windows, and what happens when one goes.

use std::sync::Arc;
use std::time::Duration;

use tauri::utils::config::Color;
use tauri::{AppHandle, Manager, Runtime, WebviewUrl, WebviewWindow, WebviewWindowBuilder, Window, WindowEvent};
use tokio::sync::Notify;

use crate::opening::Opening;

/// The window the program starts with.
pub const MAIN: &str = "main";

/// What is seen until the page has painted: the canvas of the dark theme, which blinks least.
const CANVAS: Color = Color(0x0f, 0x11, 0x15, 0xff);

/// A label no window has.
pub fn free_label<R: Runtime>(app: &AppHandle<R>) -> String {
    let mut labels = std::iter::once(MAIN.to_owned()).chain((2..).map(|number| format!("window-{number}")));
    labels.find(|label| app.get_webview_window(label).is_none()).unwrap_or_else(|| MAIN.to_owned())
}

/// Makes a window. Its page asks for its session itself.
///
/// # Errors
/// What the system says.
pub fn make<R: Runtime>(app: &AppHandle<R>, label: &str) -> tauri::Result<()> {
    // The page draws the title bar, so that the profile stands in it.
    let window = WebviewWindowBuilder::new(app, label, WebviewUrl::default())
        .title("Edit Factory")
        .decorations(false)
        .inner_size(1280.0, 800.0)
        .min_inner_size(960.0, 600.0)
        .background_color(CANVAS)
        .build()?;
    window.set_focus()
}

/// Brings a window to the front, or makes one when there is none: the program was started a second time.
pub fn come_forward<R: Runtime>(app: &AppHandle<R>) {
    let windows = app.webview_windows();
    let shown = match windows.get(MAIN).or_else(|| windows.values().next()) {
        Some(window) => window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus()),
        None => make(app, MAIN),
    };
    if let Err(error) = shown {
        tracing::error!(%error, "no window could be brought to the front");
    }
}

/// How long a page may take to show that it is alive.
const PATIENCE: Duration = Duration::from_secs(5);

/// A window that is gone has no session. One that is to be closed asks its page first, which stores what is unsaved; a
/// page that is not there any more (its process died) is not waited for.
pub fn on_event<R: Runtime>(window: &Window<R>, event: &WindowEvent) {
    match event {
        WindowEvent::Destroyed => {
            if let Some(shell) = window.try_state::<Opening>().and_then(|opening| opening.opened()) {
                shell.sessions.end(window.label());
            }
        }
        WindowEvent::CloseRequested { .. } => {
            let Some(window) = window.get_webview_window(window.label()) else { return };
            tauri::async_runtime::spawn(async move {
                if !answers(&window).await {
                    tracing::warn!(window = window.label(), "the page of a window is dead; the window is closed");
                    if let Err(error) = window.destroy() {
                        tracing::error!(%error, "a window without a page could not be closed");
                    }
                }
            });
        }
        _ => {}
    }
}

/// True when the page runs what it is given within [`PATIENCE`].
async fn answers<R: Runtime>(window: &WebviewWindow<R>) -> bool {
    let answered = Arc::new(Notify::new());
    let tell = answered.clone();
    match window.eval_with_callback("1", move |_| tell.notify_one()) {
        Ok(()) => tokio::time::timeout(PATIENCE, answered.notified()).await.is_ok(),
        Err(_) => false,
    }
}
