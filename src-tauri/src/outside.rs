//! What the program asks of the desktop around it: to show a notification, and not to fall asleep.

use std::any::Any;

/// Keeps the machine awake for as long as it is held.
pub type Awake = Box<dyn Any + Send>;

/// Shows a notification: title, body.
pub type Notify = Box<dyn Fn(&str, &str) + Send + Sync>;

/// The desktop. Tests give one of their own.
pub struct Outside {
    /// The language of the system, as a tag ("ro_RO.UTF-8").
    pub language: String,
    /// Tells the person something while they may be looking elsewhere.
    pub notify: Notify,
    /// Asks for the machine to stay awake. May wait for other programs, so it is called on a thread of its own.
    pub keep_awake: Box<dyn Fn() -> Option<Awake> + Send + Sync>,
}

/// Asks the system not to sleep while videos are made. The screen may go dark.
pub fn keep_awake() -> Option<Awake> {
    let asked = keepawake::Builder::default()
        .idle(true)
        .sleep(true)
        .reason("Making videos")
        .app_name("Edit Factory")
        .app_reverse_domain("com.editfactory.desktop")
        .create();
    match asked {
        Ok(awake) => Some(Box::new(awake)),
        Err(error) => {
            tracing::info!(%error, "this system cannot be asked to stay awake; it may sleep while videos are made");
            None
        }
    }
}
