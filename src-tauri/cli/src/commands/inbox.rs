//! `inbox watch`: footage put into the profile's inbox is taken in and looked at, until Ctrl-C.

use edit_factory_core::api::{JobShow, SourceShow};
use edit_factory_core::error::Failure;
use edit_factory_core::jobs::JobState;
use edit_factory_core::library::watch::InboxWatcher;
use edit_factory_core::profile::events::Event;
use serde_json::json;
use tokio::sync::broadcast::error::RecvError;

use crate::args::footage::Inbox;
use crate::follow::Hands;
use crate::output::{Outcome, aside};
use crate::session::Session;
use crate::table::{count, plain};

pub async fn run(session: &mut Session, what: Inbox) -> Result<Outcome, Failure> {
    let Inbox::Watch { at_once } = what;
    let profile = session.choose_profile()?;
    let session = &*session;
    let mut events = profile.events().listen();
    let watcher = InboxWatcher::start(&profile)?;
    let mut hands = Hands::new(at_once.into());
    let folder = profile.folder().inbox();
    if session.chatty() {
        aside(&format!("Put footage into {}. Ctrl-C ends this.", folder.display()));
    }
    let (mut taken, mut refused) = (Vec::new(), Vec::new());
    loop {
        hands.take_the_lock(session)?;
        let event = tokio::select! {
            biased;
            () = session.caller.cancel.cancelled() => break,
            event = events.recv() => event,
            () = tokio::time::sleep(crate::follow::TRY_EVERY) => continue,
        };
        match event {
            Ok(Event::Source { source }) if !taken.contains(&source) => {
                let name = session.caller.ask(SourceShow { id: source }).await?.source.name;
                taken.push(source);
                say(session, &format!("Took in {}.", plain(&name)));
            }
            Ok(Event::InboxRefused { name, failure }) => {
                say(session, &format!("Left out: {}: {}", plain(&name), failure.message));
                refused.push(json!({ "name": name, "failure": failure }));
            }
            Ok(Event::Job { job }) => {
                let job = session.caller.ask(JobShow { id: job }).await?;
                if let (JobState::Failed, Some(failure)) = (job.state, &job.failure) {
                    say(session, &format!("Failed: {}: {}", job.kind.name(), failure.message));
                }
            }
            // What was missed is in the lists; nothing here depends on hearing all of it.
            Ok(_) | Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => break,
        }
    }
    drop(watcher);
    hands.stop().await;
    let text = format!("Took in {}.", count(taken.len(), "file"));
    Outcome::new(&json!({ "inbox": folder.to_string_lossy(), "sources": taken, "refused": refused }), text)
}

fn say(session: &Session, line: &str) {
    if session.chatty() {
        aside(line);
    }
}
