//! Making windows, and what happens when one goes.

use tauri::utils::config::Color;
use tauri::{AppHandle, Manager, Runtime, WebviewUrl, WebviewWindowBuilder, Window, WindowEvent};

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

/// A window that is gone has no session.
pub fn on_event<R: Runtime>(window: &Window<R>, event: &WindowEvent) {
    if matches!(event, WindowEvent::Destroyed)
        && let Some(shell) = window.state::<Opening>().opened()
    {
        shell.sessions.end(window.label());
    }
}
