//! The window of Edit Factory: thin. It gives core a place on the screen, and sees to it that a window that shows brand
//! B neither hears nor sees anything of brand A.
//!
//! A window has a [`session`]: a profile and an epoch. Every call of its pages carries the epoch; when the window shows
//! another profile by then, the answer is refused. A session owns what is its own (the token its videos are played
//! with, the channel its events go through), and all of that ends when the session is replaced. What runs in the
//! background is no session's: [`workshops`] has one place of work for each profile that was opened, and it goes on
//! whatever the windows show.
//!
//! - [`opening`]: the home, opened when the first window asks; [`shell`]: what is open then;
//! - [`commands`]: what pages may call; [`windows`]: making and closing windows;
//! - [`outside`]: notifications and keeping the machine awake.
//!
//! What is not here: what the product does. That is in core, behind its one list of calls.

pub mod commands;
#[cfg(feature = "test-hooks")]
mod holds;
pub mod opening;
pub mod outside;
pub mod panics;
pub mod session;
pub mod shell;
pub mod windows;
mod words;
pub mod workshops;

#[cfg(test)]
mod tests;

use tauri::{Builder, Runtime};

/// What both the real program and its tests are built of: the commands, and what happens when a window goes. Whoever
/// builds it manages an [`opening::Opening`].
#[must_use]
pub fn configure<R: Runtime>(builder: Builder<R>) -> Builder<R> {
    builder
        .invoke_handler(tauri::generate_handler![
            commands::profiles::session,
            commands::profiles::switch_profile,
            commands::calls::call,
            commands::calls::listen,
            commands::desk::open_window,
            commands::desk::window_ready,
            commands::desk::reveal,
            commands::desk::open_link,
        ])
        .on_window_event(windows::on_event)
}
