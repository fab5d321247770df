//! The one list of calls: everything a person can ask of the program, for the window, the CLI and tests alike.
//!
//! A call is declared once, in the room of this module that handles it (its name, its arguments, its reply), and named
//! in [`list`]. The list gives [`Call`] (what goes over the wire), [`dispatch`] (a wire call run, its reply as JSON),
//! [`Ask`] (the same with types, for callers in Rust) and [`CALLS`] (names and types, from which [`bindings`] are made).
//! A call of a profile gets its `&Profile` from [`Caller::profile`] here and nowhere else, and runs inside that profile's
//! tracing span.
//!
//! What is not here: what the calls do; that is in the rooms. A handler only turns arguments into a room's call.

mod archives;
pub mod bindings;
mod brands;
mod budget;
pub mod clips;
mod credentials;
mod installed;
mod jobs;
mod list;
mod looks;
mod machine;
mod macros;
mod profiles;
pub mod projects;
mod publish;
pub mod scripts;
mod settings;
pub mod sources;
mod storage;
mod sync;
pub mod variants;
mod voices;

use std::pin::Pin;

use serde::Serialize;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use ts_rs::TS;

use crate::error::{Code, Failure};
use crate::home::Home;
use crate::profile::Profile;
pub use archives::{ArchiveLook, ProfileExport, ProfileImport, TransferShow, TransferStop};
pub use brands::{BrandSet, BrandShow};
pub use budget::{
    CostExport, CostList, CostReconcile, CostSummary, PriceList, PriceSet, QuotaAcknowledge, QuotaSet, QuotaShare,
    QuotaShow, QuotaWarn,
};
pub use clips::{
    ClipCounts, ClipErase, ClipExport, ClipList, ClipPage, ClipRefit, ClipRegenerate, ClipRemove, ClipRerender,
    ClipRestore, ClipShow, ClipTrash, ClipTriage,
};
pub use credentials::{
    CredentialList, CredentialRemove, CredentialSet, CredentialTest, SecretFileShow, SecretFileUnlock,
};
pub use installed::{VoiceCatalogShow, VoiceImport, VoiceInstall, VoiceInstallStop, VoiceRemove};
pub use jobs::{
    JobBatch, JobCancel, JobCommands, JobCounts, JobFirst, JobList, JobMove, JobPause, JobResume, JobRetry,
    JobRetryFailed, JobShow,
};
use list::each;
pub use list::{CALLS, Call};
pub use looks::{FontList, PlatformList, ScriptRead, StyleList};
pub use machine::{DemoProject, Diagnostics, Doctor};
pub use profiles::{
    ProfileAudit, ProfileBackup, ProfileBackups, ProfileColour, ProfileCreate, ProfileDelete, ProfileList,
    ProfileRename, ProfileRestore, ProfileUse,
};
pub use projects::{
    ProjectCreate, ProjectList, ProjectRemove, ProjectRestore, ProjectShow, ProjectSources, ProjectUpdate,
};
pub use publish::{
    PublicationCancel, PublicationCheck, PublicationList, PublicationMove, PublicationRetry, PublicationShow,
    PublishAccount, PublishAccountSettings, PublishDefaults, PublishGroup, PublishGroups, PublishOriginality,
    PublishPropose, PublishRefresh, PublishSet, PublishShow, PublishStart, PublishTimes,
};
pub use scripts::{
    CaptionEditsSet, CaptionEditsShow, PinRemove, PinSet, ScriptAdd, ScriptRecording, ScriptRemove, ScriptRename,
    ScriptRestore, ScriptSet, ScriptTags, SoundAdd,
};
pub use settings::{AppSettingsSet, AppSettingsShow};
pub use sources::{
    ShotFraming, SourceAdd, SourceErase, SourceFraming, SourceList, SourcePage, SourceRelink, SourceRemove,
    SourceRestore, SourceShow, SourceTag, SourceTags, SourceTrash,
};
pub use storage::{BackupKeepSet, BackupKeepShow, CacheClear, StorageShow};
pub use sync::{
    SyncErase, SyncFetch, SyncHolds, SyncLink, SyncMedia, SyncMissing, SyncNow, SyncProfiles, SyncRetry, SyncShow,
    SyncSignIn, SyncSignOut, SyncUnlink,
};
pub use variants::{BatchShow, Generate, ProjectVariants, RenderVariants, ShotCandidates, VariantCaptions};
pub use voices::{PronunciationSet, PronunciationShow, SpeechPlan, VoiceChainSet, VoiceChainShow, VoiceList, VoiceSay};

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
            tracing::warn!(call = A::INFO.name, code = ?failure.code, message = failure.message, details = %failure.details, "a call failed");
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
    /// What is said of it in the list.
    const INFO: CallInfo;

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

/// What a wire call will answer.
pub type Answer<'a> = Pin<Box<dyn Future<Output = Result<Value, Failure>> + Send + 'a>>;

/// Runs a wire call for this caller.
///
/// # Errors
/// As [`Caller::ask`].
pub fn dispatch(caller: &Caller, call: Call) -> Answer<'_> {
    call.run(caller)
}

/// Boxed call by call: one of them, the audit, makes all the others, and room for the largest of them in each would be
/// more than a stack has.
fn answer<A: Ask>(caller: &Caller, arguments: A) -> Answer<'_> {
    Box::pin(async move { wire(&caller.ask(arguments).await?) })
}

/// Runs the work of a call for a profile inside that profile's span.
async fn of_profile<T>(profile: &Profile, call: &'static str, work: impl Future<Output = T>) -> T {
    let work = async {
        tracing::debug!(call, "call");
        work.await
    };
    tracing::Instrument::instrument(work, profile.span()).await
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
