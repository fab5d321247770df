//! The inbox: a folder of the profile that is watched. A file that stopped growing is imported, then taken out of the
//! inbox; one that cannot be imported is left where it is and reported.
//!
//! Deciding which files have stopped growing is [`Settling`], which knows neither clock nor disk.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, Watcher};
use serde_json::Value;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tracing::Instrument;

use super::gather::{self, Found};
use super::hash;
use super::import::{ImportOptions, import_file};
use super::probe::name;
use crate::error::{Code, Explain, Failure};
use crate::profile::Profile;
use crate::profile::events::Event;

/// Why the inbox cannot be watched.
#[derive(Debug, thiserror::Error)]
pub enum WatchError {
    /// The folder is not there and cannot be made.
    #[error("The inbox {} cannot be opened: {source}. New files there are not imported; import them by hand.", path.display())]
    Inbox {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// Called outside of the runtime that background work runs on.
    #[error("The inbox cannot be watched here: {0}.")]
    NoRuntime(#[from] tokio::runtime::TryCurrentError),
}

impl Explain for WatchError {
    fn code(&self) -> Code {
        match self {
            Self::Inbox { .. } => Code::Unreadable,
            Self::NoRuntime(_) => Code::Internal,
        }
    }

    fn details(&self) -> Value {
        match self {
            Self::Inbox { path, .. } => serde_json::json!({ "folder": path.to_string_lossy() }),
            Self::NoRuntime(_) => serde_json::json!({}),
        }
    }
}

/// How often the inbox is looked at.
#[derive(Debug, Clone, Copy)]
struct Pace {
    /// While something in it may still be growing.
    growing: Duration,
    /// Otherwise, in case the system did not tell of a change (network folders do not).
    quiet: Duration,
}

const PACE: Pace = Pace { growing: Duration::from_secs(2), quiet: Duration::from_secs(30) };
/// When the system cannot tell of changes at all.
const PACE_UNTOLD: Duration = Duration::from_secs(4);

/// Watches a profile's inbox until it is dropped.
#[derive(Debug)]
pub struct InboxWatcher {
    stop: CancellationToken,
    // Kept: the system tells of changes only while it lives.
    _told: Option<notify::RecommendedWatcher>,
}

impl InboxWatcher {
    /// Starts watching. What is in the inbox already is imported too.
    ///
    /// # Errors
    /// [`WatchError`].
    pub fn start(profile: &Profile) -> Result<Self, WatchError> {
        Self::start_at(profile, PACE)
    }

    fn start_at(profile: &Profile, mut pace: Pace) -> Result<Self, WatchError> {
        let runtime = tokio::runtime::Handle::try_current()?;
        let inbox = profile.folder().inbox();
        std::fs::create_dir_all(&inbox).map_err(|source| WatchError::Inbox { path: inbox.clone(), source })?;
        let changed = Arc::new(Notify::new());
        let told = match tell(&inbox, &changed) {
            Ok(told) => Some(told),
            Err(error) => {
                tracing::warn!(%error, "the system cannot tell of changes in the inbox; it is looked at now and then");
                pace.quiet = pace.quiet.min(PACE_UNTOLD);
                None
            }
        };
        let stop = CancellationToken::new();
        let watch = watch(profile.clone(), inbox, pace, changed, stop.clone()).instrument(profile.span());
        drop(runtime.spawn(watch));
        Ok(Self { stop, _told: told })
    }
}

impl Drop for InboxWatcher {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

fn tell(inbox: &Path, changed: &Arc<Notify>) -> notify::Result<notify::RecommendedWatcher> {
    let changed = Arc::clone(changed);
    let mut watcher = notify::recommended_watcher(move |told: notify::Result<notify::Event>| {
        if is_change(&told) {
            changed.notify_one();
        }
    })?;
    watcher.watch(inbox, notify::RecursiveMode::Recursive)?;
    Ok(watcher)
}

/// Whether it is a reason to look. Looking itself opens and reads the folder, which the system tells of too: that must be
/// none, or each look would be the reason for the next. An error may hide a change.
fn is_change(told: &notify::Result<notify::Event>) -> bool {
    let written = EventKind::Access(AccessKind::Close(AccessMode::Write));
    told.as_ref().map_or(true, |event| !event.kind.is_access() || event.kind == written)
}

async fn watch(profile: Profile, inbox: PathBuf, pace: Pace, changed: Arc<Notify>, stop: CancellationToken) {
    let mut settling = Settling::default();
    while !stop.is_cancelled() {
        let folder = inbox.clone();
        match tokio::task::spawn_blocking(move || look(&folder)).await {
            Ok(there) => {
                let tags: HashMap<PathBuf, Vec<String>> =
                    there.iter().map(|(found, _)| (found.path.clone(), found.tags.clone())).collect();
                for path in settling.look(there.into_iter().map(|(found, stamp)| (found.path, stamp))) {
                    let tags = tags.get(&path).cloned().unwrap_or_default();
                    take(&profile, Found { path, tags }, &stop).await;
                }
            }
            Err(error) => tracing::warn!(%error, "looking at the inbox broke off"),
        }
        let growing = settling.is_waiting();
        let pause = tokio::time::sleep(if growing { pace.growing } else { pace.quiet });
        tokio::select! {
            () = stop.cancelled() => {}
            () = pause => {}
            // While something grows there is a change all the time; two looks must lie a pause apart.
            () = changed.notified(), if !growing => {}
        }
    }
}

/// Imports one file and takes it out of the inbox, or reports why not.
async fn take(profile: &Profile, found: Found, stop: &CancellationToken) {
    let failure = match import_file(profile, &found, &ImportOptions::default(), stop).await {
        Ok(_) => match std::fs::remove_file(&found.path) {
            Ok(()) => return,
            Err(error) => Failure::new(
                Code::Unreadable,
                format!("\"{}\" was imported, but cannot be taken out of the inbox: {error}.", name(&found.path)),
            ),
        },
        Err(error) if error.code() == Code::Cancelled => return,
        Err(error) => error.into(),
    };
    tracing::warn!(file = %name(&found.path), %failure, "a file stays in the inbox");
    profile.announce(Event::InboxRefused { name: name(&found.path), failure });
}

/// The files of the inbox as they are now. Names of folders inside it become tags.
fn look(inbox: &Path) -> Vec<(Found, Stamp)> {
    let mut all = Vec::new();
    gather::below(inbox, &[], &mut all);
    all.into_iter()
        .filter_map(|found| match found {
            Ok(found) if is_unfinished(&found.path) => None,
            Ok(found) => {
                // Gone between listing and looking: it is not there.
                let meta = found.path.metadata().ok()?;
                Some((found, Stamp { bytes: meta.len(), changed_at: hash::changed_at(&meta) }))
            }
            Err((path, error)) => {
                tracing::warn!(%error, path = %path.display(), "a part of the inbox cannot be looked at");
                None
            }
        })
        .collect()
}

/// What browsers and copying programs call a file until it is whole.
fn is_unfinished(path: &Path) -> bool {
    let end = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    ["part", "partial", "crdownload", "download", "tmp", "filepart"].contains(&end.as_str())
}

/// What a file looks like from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    bytes: u64,
    changed_at: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Seen, and perhaps still growing.
    New,
    /// Handed over for import. Handed over again only when it changes.
    Handed,
}

/// Decides which files have stopped growing: those that look the same in two looks that follow each other.
#[derive(Debug, Default)]
struct Settling {
    files: HashMap<PathBuf, (Stamp, State)>,
}

impl Settling {
    /// Takes what is there now; gives what is ready, each once for every state it is in.
    fn look(&mut self, there: impl IntoIterator<Item = (PathBuf, Stamp)>) -> Vec<PathBuf> {
        let mut ready = Vec::new();
        let mut now = HashMap::new();
        for (path, stamp) in there {
            let state = match self.files.get(&path) {
                Some((before, State::Handed)) if *before == stamp => State::Handed,
                Some((before, State::New)) if *before == stamp => {
                    ready.push(path.clone());
                    State::Handed
                }
                _ => State::New,
            };
            now.insert(path, (stamp, state));
        }
        self.files = now;
        ready
    }

    /// Something may still be growing.
    fn is_waiting(&self) -> bool {
        self.files.values().any(|(_, state)| *state == State::New)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::sources::{self, Filter};
    use crate::library::testmedia;
    use crate::testkit::{Bench, bench};

    fn file(name: &str, bytes: u64) -> (PathBuf, Stamp) {
        (PathBuf::from(name), Stamp { bytes, changed_at: Some(1) })
    }

    #[test]
    fn looking_at_the_inbox_is_no_reason_to_look_again() {
        let dir = tempfile::tempdir().unwrap();
        let (tell, told) = std::sync::mpsc::channel();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            let gone = event.as_ref().is_ok_and(|event| event.kind.is_remove());
            tell.send((is_change(&event), gone)).unwrap();
        })
        .unwrap();
        watcher.watch(dir.path(), notify::RecursiveMode::Recursive).unwrap();
        // Files of a name that says that they are not whole yet come and go: only they are told of.
        let (first, last) = (dir.path().join("a.part"), dir.path().join("b.part"));
        std::fs::write(&first, "a").unwrap();
        std::fs::remove_file(&first).unwrap();
        let until_gone = || told.iter().take_while(|(_, gone)| !gone).filter(|(change, _)| *change).count();
        let quiet = until_gone();
        for _ in 0..100 {
            assert!(look(dir.path()).is_empty());
        }
        std::fs::write(&last, "b").unwrap();
        std::fs::remove_file(&last).unwrap();
        assert_eq!(until_gone(), quiet, "a hundred looks are no change");
        assert!(quiet > 0, "a file that is written is one");
    }

    #[test]
    fn a_file_is_ready_when_two_looks_see_the_same_and_only_once() {
        let mut settling = Settling::default();
        assert!(settling.look([file("a", 1)]).is_empty() && settling.is_waiting());
        assert!(settling.look([file("a", 2), file("b", 5)]).is_empty());
        assert_eq!(settling.look([file("a", 2), file("b", 5)]), [PathBuf::from("a"), PathBuf::from("b")]);
        assert!(!settling.is_waiting());
        assert!(settling.look([file("a", 2), file("b", 5)]).is_empty());
    }

    #[test]
    fn a_refused_file_is_tried_again_when_it_changed_or_came_back() {
        let mut settling = Settling::default();
        settling.look([file("a", 1)]);
        assert_eq!(settling.look([file("a", 1)]).len(), 1);
        assert!(settling.look([file("a", 9)]).is_empty());
        assert_eq!(settling.look([file("a", 9)]).len(), 1);
        settling.look([]);
        assert!(settling.look([file("a", 9)]).is_empty());
        assert_eq!(settling.look([file("a", 9)]).len(), 1);
    }

    #[test]
    fn files_on_their_way_are_not_looked_at() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["a.mp4.part", "b.crdownload", ".c.mp4", "d.mp4"] {
            std::fs::write(dir.path().join(name), b"x").unwrap();
        }
        let there: Vec<PathBuf> = look(dir.path()).into_iter().map(|(found, _)| found.path).collect();
        assert_eq!(there, [dir.path().join("d.mp4")]);
    }

    /// Hears the next thing that is not about jobs. A minute is far more than it takes.
    async fn next(heard: &mut tokio::sync::broadcast::Receiver<Event>) -> Event {
        let wait = async {
            loop {
                match heard.recv().await.unwrap() {
                    Event::Job { .. } => {}
                    event => return event,
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(60), wait).await.unwrap()
    }

    fn quick(bench: &Bench) -> InboxWatcher {
        let pace = Pace { growing: Duration::from_millis(20), quiet: Duration::from_secs(600) };
        InboxWatcher::start_at(&bench.profile, pace).unwrap()
    }

    #[tokio::test]
    async fn what_is_in_the_inbox_and_what_comes_later_is_imported_and_bad_files_stay() {
        let bench = bench();
        let mut heard = bench.profile.events().listen();
        let inbox = bench.profile.folder().inbox();
        let oven = inbox.join("Oven");
        std::fs::create_dir(&oven).unwrap();
        let early = testmedia::plain(&oven, "early.mp4");
        std::fs::write(inbox.join("notes.txt"), "not a video").unwrap();
        let watcher = quick(&bench);
        assert!(matches!(next(&mut heard).await, Event::Source { .. }));
        // Files are taken one after the other: when the bad one is reported, the good one has left the inbox.
        let Event::InboxRefused { name, failure } = next(&mut heard).await else { panic!() };
        assert_eq!((name.as_str(), failure.code), ("notes.txt", Code::NotAVideo));
        assert!(!early.exists() && inbox.join("notes.txt").exists());
        let listed = bench.profile.read(|tx| sources::list(tx, &Filter::default())).unwrap();
        assert_eq!(listed[0].tags, ["oven"]);

        let late = testmedia::with_sound(&bench.desk, "late.mp4");
        std::fs::rename(late, inbox.join("late.mp4")).unwrap();
        assert!(matches!(next(&mut heard).await, Event::Source { .. }));
        drop(watcher);
        assert_eq!(bench.profile.read(|tx| sources::list(tx, &Filter::default())).unwrap().len(), 2);
    }

    #[test]
    fn without_a_runtime_it_says_so_instead_of_panicking() {
        assert!(matches!(InboxWatcher::start(&bench().profile), Err(WatchError::NoRuntime(_))));
    }
}
