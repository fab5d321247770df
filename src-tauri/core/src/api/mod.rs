//! The one list of calls: everything a person can ask of the program, for the window, the CLI and tests alike.
//!
//! A call is listed once, in [`list`]: its name, its arguments, its reply. The list gives [`Call`] (what goes over the
//! wire), [`dispatch`] (a wire call run, its reply as JSON), [`Ask`] (the same with types, for callers in Rust) and
//! [`CALLS`] (names and types, from which bindings are made). A call of a profile gets its `&Profile` from
//! [`Caller::profile`] here and nowhere else, and runs inside that profile's tracing span.
//!
//! What is not here: what the calls do; that is in the rooms. A handler only turns arguments into a room's call.

pub mod bindings;
mod brands;
pub mod clips;
mod jobs;
mod list;
mod looks;
mod machine;
mod macros;
mod profiles;
pub mod projects;
pub mod sources;
mod voices;

use std::pin::Pin;

use serde::Serialize;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use ts_rs::TS;

use crate::error::{Code, Failure};
use crate::home::Home;
use crate::profile::Profile;
pub use list::*;

/// Who asks: the home, the profile that is selected, and how to stop what was asked for.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Where the profiles are.
    pub home: Home,
    /// The profile the calls are about; `None` when none is selected.
    pub profile: Option<Profile>,
    /// Fires when the caller no longer wants the answer. A call that was stopped fails with [`Code::Cancelled`].
    pub cancel: CancellationToken,
}

impl Caller {
    /// Somebody who has selected no profile yet.
    #[must_use]
    pub fn new(home: Home) -> Self {
        Self { home, profile: None, cancel: CancellationToken::new() }
    }

    /// The same caller with this profile selected.
    #[must_use]
    pub fn with(mut self, profile: Profile) -> Self {
        self.profile = Some(profile);
        self
    }

    /// Runs a call and gives its typed reply.
    ///
    /// # Errors
    /// What the call says; [`Code::InvalidInput`] for a call of a profile when none is selected.
    pub async fn ask<A: Ask>(&self, arguments: A) -> Result<A::Reply, Failure> {
        let reply = arguments.ask(self).await;
        if let Err(failure) = &reply {
            let profile = self.profile.as_ref().map_or_else(tracing::Span::none, Profile::span);
            let _entered = profile.enter();
            tracing::warn!(call = A::NAME, code = ?failure.code, message = failure.message, details = %failure.details, "a call failed");
        }
        reply
    }

    fn profile_for(&self, call: &'static str) -> Result<&Profile, Failure> {
        self.profile.as_ref().ok_or_else(|| {
            Failure::new(Code::InvalidInput, "No profile is selected, and this belongs to one. Choose a profile first.")
                .with(json!({ "call": call }))
        })
    }
}

/// A call as a value: its arguments, knowing its reply and how it is run.
pub trait Ask: Into<Call> + Send + TS + 'static {
    /// What it gives back.
    type Reply: Serialize + Send + TS + 'static;
    /// Its name on the wire.
    const NAME: &'static str;
    /// Whether it needs a profile.
    const LEVEL: Level;

    /// Runs it. [`Caller::ask`] does this and logs a failure.
    fn ask(self, caller: &Caller) -> impl Future<Output = Result<Self::Reply, Failure>> + Send;
}

/// What a call is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// The home: the list of profiles, the machine.
    Home,
    /// The selected profile.
    Profile,
}

/// One line of the list, for making bindings.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct CallInfo {
    /// Its name on the wire ("source_add").
    pub name: &'static str,
    /// Whether it needs a profile.
    pub level: Level,
    /// Names and Rust types of its arguments.
    pub arguments: &'static [(&'static str, &'static str)],
    /// Rust type of its reply.
    pub reply: &'static str,
}

/// Runs a wire call for this caller.
///
/// Boxed because one of the calls, the audit, makes all the others.
///
/// # Errors
/// As [`Caller::ask`].
pub fn dispatch(caller: &Caller, call: Call) -> Pin<Box<dyn Future<Output = Result<Value, Failure>> + Send + '_>> {
    Box::pin(call.run(caller))
}

fn wire(reply: &impl Serialize) -> Result<Value, Failure> {
    serde_json::to_value(reply)
        .map_err(|e| Failure::new(Code::Internal, format!("The answer could not be written as JSON: {e}")))
}

/// A piece of work on a thread of its own that did not end: it panicked, or the program is closing.
fn stopped(error: tokio::task::JoinError) -> Failure {
    Failure::new(Code::Internal, format!("The work stopped in the middle: {error}. Try again; the log says more."))
}

#[cfg(test)]
mod tests;
