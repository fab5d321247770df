//! Mistakes of the program itself.

/// Writes every panic into the log, before what is done about it anyway.
pub fn log_them() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map(ToString::to_string);
        let says = panic.payload_as_str().unwrap_or("no message");
        tracing::error!(place, says, "the program made a mistake");
        before(panic);
    }));
}
