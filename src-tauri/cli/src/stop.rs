//! Signals: Ctrl-C and a polite kill cancel what runs; a file-size limit becomes an error instead of the end.

use edit_factory_core::error::{Code, Failure};
use tokio_util::sync::CancellationToken;

/// Starts listening. The token fires at the first Ctrl-C (or SIGTERM, SIGHUP); at the second the program ends at once,
/// and what ran is found interrupted by the next one.
pub fn listen() -> Result<CancellationToken, Failure> {
    let cancel = CancellationToken::new();
    let mut asked = Asked::new().map_err(|e| {
        Failure::new(Code::Internal, format!("The program cannot listen for Ctrl-C, so it would not stop cleanly: {e}"))
    })?;
    let token = cancel.clone();
    tokio::spawn(async move {
        asked.wait().await;
        tracing::info!("asked to stop");
        token.cancel();
        asked.wait().await;
        std::process::exit(130);
    });
    Ok(cancel)
}

#[cfg(unix)]
struct Asked {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
    hang_up: tokio::signal::unix::Signal,
    // Writing past a file-size limit would end the process; while somebody listens it is an error of the write instead.
    _file_size: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Asked {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        /// The same number on Linux and macOS.
        const SIGXFSZ: i32 = 25;
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hang_up: signal(SignalKind::hangup())?,
            _file_size: signal(SignalKind::from_raw(SIGXFSZ))?,
        })
    }

    async fn wait(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
            _ = self.hang_up.recv() => {}
        }
    }
}

#[cfg(not(unix))]
struct Asked;

#[cfg(not(unix))]
impl Asked {
    fn new() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn wait(&mut self) {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::warn!(%error, "Ctrl-C cannot be heard");
            std::future::pending::<()>().await;
        }
    }
}
