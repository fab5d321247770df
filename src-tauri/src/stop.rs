//! Being asked to end by the system: what runs is stopped as when the last window is closed.

use tauri::AppHandle;

/// Ends the program at SIGTERM, SIGINT or SIGHUP, and lets a write past a file-size limit be an error of that write.
#[cfg(unix)]
pub fn listen(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        if let Err(error) = asked().await {
            return tracing::warn!(%error, "signals cannot be heard; what runs is found interrupted after one");
        }
        tracing::info!("asked to stop");
        app.exit(0);
    });
}

#[cfg(unix)]
async fn asked() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    /// The same number on Linux and macOS.
    const SIGXFSZ: i32 = 25;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let mut hang_up = signal(SignalKind::hangup())?;
    // While somebody listens, it does not end the process.
    let _file_size = signal(SignalKind::from_raw(SIGXFSZ))?;
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
        _ = hang_up.recv() => {}
    }
    Ok(())
}

/// Windows ends programs with windows by closing those.
#[cfg(not(unix))]
pub fn listen(_: &AppHandle) {}
