//! Calls of core for the window's session, and what is heard from its profile.

use edit_factory_core::api::{Call, ProfileDelete, ProfileRestore, dispatch};
use edit_factory_core::error::{Code, Failure};
use edit_factory_core::profile::events::Event;
use serde::Serialize;
use serde_json::{Value, json};
use tauri::ipc::Channel;
use tauri::{AppHandle, Emitter, Manager, Runtime, WebviewWindow};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio_util::sync::CancellationToken;

use super::guarded;
use crate::opening::Opening;

/// Runs a call of core for the session of this epoch: `{"call": "job_show", "id": "…"}`.
///
/// # Errors
/// What the call says; [`Code::StaleSession`] when the window shows another profile, before the call (then nothing is
/// done) or by its end (then it is done, and only the answer is dropped).
#[tauri::command]
pub async fn call<R: Runtime>(
    app: AppHandle<R>,
    window: WebviewWindow<R>,
    epoch: u64,
    call: Value,
) -> Result<Value, Failure> {
    guarded(async move {
        let shell = app.state::<Opening>().shell()?;
        let profile = shell.sessions.profile(window.label(), epoch)?;
        let name = call.get("call").and_then(Value::as_str).unwrap_or_default().to_owned();
        let call: Call = serde_json::from_value(call).map_err(|error| not_a_call(&name, &error))?;
        let changes_home = changes_the_home(&call);
        #[cfg(feature = "test-hooks")]
        let held = (profile.id(), call.name());
        let answer = match &call {
            Call::ProfileDelete(ProfileDelete { id }) | Call::ProfileRestore(ProfileRestore { id, .. }) => {
                // Held here, it could not be taken away.
                drop(profile);
                shell.call_without(&app, *id, call).await
            }
            _ => dispatch(&shell.caller(Some(profile)), call).await,
        };
        if changes_home
            && answer.is_ok()
            && let Err(error) = app.emit("home-changed", json!({}))
        {
            tracing::error!(%error, "the windows could not be told that the home changed");
        }
        #[cfg(feature = "test-hooks")]
        crate::holds::wait(&shell.home, held.0, held.1).await;
        // The page may show another profile by now, and must not be given anything of this one.
        shell.sessions.profile(window.label(), epoch)?;
        answer
    })
    .await
}

/// True for calls after which other windows list profiles, or look, differently.
fn changes_the_home(call: &Call) -> bool {
    matches!(
        call,
        Call::ProfileCreate(_)
            | Call::ProfileRename(_)
            | Call::ProfileColour(_)
            | Call::ProfileUse(_)
            | Call::ProfileDelete(_)
            | Call::ProfileRestore(_)
            | Call::ProfileImport(_)
            | Call::AppSettingsSet(_)
    )
}

fn not_a_call(name: &str, error: &serde_json::Error) -> Failure {
    let says = format!("The window asked for something the program does not understand ({name}): {error}");
    Failure::new(Code::InvalidInput, says).with(json!({ "call": name }))
}

/// What a page hears: an event of its profile, or that it missed some.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
enum Heard {
    Event(Event),
    Missed { event: &'static str },
}

/// From now on, what changes in the session's profile goes into the channel, until the session ends or its page listens
/// again. A page that was too slow hears `{"event": "lagged"}` and has to read afresh.
///
/// # Errors
/// [`Code::StaleSession`].
#[tauri::command]
pub async fn listen<R: Runtime>(
    app: AppHandle<R>,
    window: WebviewWindow<R>,
    epoch: u64,
    channel: Channel<Value>,
) -> Result<(), Failure> {
    guarded(async move {
        let shell = app.state::<Opening>().shell()?;
        let (profile, ended) = shell.sessions.listening(window.label(), epoch)?;
        tokio::spawn(pass_on(profile.events().listen(), channel, ended));
        shell.workshops.tell(&app);
        Ok(())
    })
    .await
}

pub(crate) async fn pass_on(mut events: Receiver<Event>, channel: Channel<Value>, ended: CancellationToken) {
    loop {
        let heard = tokio::select! {
            // First, so that nothing goes out once the session has ended.
            biased;
            () = ended.cancelled() => return,
            heard = events.recv() => heard,
        };
        let heard = match heard {
            Ok(event) => Heard::Event(event),
            Err(RecvError::Lagged(_)) => Heard::Missed { event: "lagged" },
            Err(RecvError::Closed) => return,
        };
        let sent = serde_json::to_value(&heard).map_err(tauri::Error::from).and_then(|heard| channel.send(heard));
        if let Err(error) = sent {
            tracing::debug!(%error, "the page of a window hears nothing any more");
            return;
        }
    }
}
