//! A copy of Postiz's public API on this machine. It refuses what the public API would refuse, by its published description:
//! keys, required fields, types, enums of each platform, more requests than allowed. It keeps what it took, so that a test can
//! say which bytes are on which account by whose key, and it fails in the ways such services fail, also after it has done
//! what was asked.

mod answer;
mod rules;
mod serve;
mod workspace;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use tokio::sync::Semaphore;

use super::Asked;
use super::server::{Faults, Server};
use workspace::Workspace;
pub use workspace::{Account, File, Post, State};

/// What is wrong with a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    None,
    /// The connection breaks in the middle of what is sent; nothing is done.
    Cut,
    /// HTTP 500, and nothing is done.
    Trouble,
    /// HTTP 500 after it was done.
    TroubleAfter,
    /// It is done, and there is no answer.
    Dropped,
    /// It is done, and half of the answer comes.
    HalfAnswer,
    /// It is done, and the answer waits until a test lets it go ([`Postiz::release`]).
    Slow,
    /// It is done, and the answer tells of everything twice.
    Twice,
    /// It is done, and the answer is the page of something in between.
    Page,
    /// Too many requests; nothing is done. With the seconds that are asked for, or without.
    TooMany(Option<u64>),
    /// The accounts a call names are removed before it is done.
    AccountGone,
    /// A redirect to somewhere else.
    Redirect,
}

/// The kinds of calls; each meets faults of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum On {
    /// `POST /upload`.
    Upload,
    /// `POST /posts`.
    Create,
    /// `DELETE /posts/…`.
    Delete,
    /// Whatever only reads.
    Read,
}

/// The copy, running until it is dropped.
#[derive(Debug)]
pub struct Postiz {
    /// Its address, as a profile is set to it.
    pub url: String,
    /// What it was asked. Of a file that was uploaded the body is "file NAME HASH".
    pub asked: Asked,
    state: Arc<Served>,
    _server: Server,
}

#[derive(Debug)]
struct Served {
    asked: Asked,
    faults: BTreeMap<On, Faults<Fault>>,
    counts: Mutex<BTreeMap<On, usize>>,
    held: Semaphore,
    ids: AtomicUsize,
    met: AtomicUsize,
    workspaces: Mutex<BTreeMap<String, Workspace>>,
    /// Accounts and files that were named with a key that is not of their workspace.
    mixed_up: Mutex<Vec<String>>,
}

impl Postiz {
    /// Starts it, without a workspace.
    ///
    /// # Panics
    /// When there is no port.
    pub async fn start() -> Self {
        let asked = Asked::default();
        let faults = [On::Upload, On::Create, On::Delete, On::Read].map(|on| (on, Faults::none(Fault::None)));
        let state = Arc::new(Served {
            asked: asked.clone(),
            faults: faults.into(),
            counts: Mutex::default(),
            held: Semaphore::new(0),
            ids: AtomicUsize::new(1),
            met: AtomicUsize::new(0),
            workspaces: Mutex::default(),
            mixed_up: Mutex::default(),
        });
        let serving = state.clone();
        let server = Server::start(move |stream| {
            let state = serving.clone();
            async move { state.serve(stream).await }
        });
        let server = server.await;
        Self { url: format!("http://{}/public/v1", server.address), asked, state, _server: server }
    }

    /// Opens a workspace with this key.
    pub fn workspace(&self, key: &str, accounts: Vec<Account>) {
        self.all().insert(key.to_owned(), Workspace::new(accounts));
    }

    /// From now on this key opens the workspace that had the other one.
    ///
    /// # Panics
    /// When there is none.
    pub fn change_key(&self, from: &str, to: &str) {
        let mut all = self.all();
        let workspace = all.remove(from).unwrap();
        all.insert(to.to_owned(), workspace);
    }

    /// Removes an account from a workspace; what waits on it goes, too.
    ///
    /// # Panics
    /// When there is no such workspace.
    pub fn remove_account(&self, key: &str, account: &str) {
        self.all().get_mut(key).unwrap().remove(account);
    }

    /// Deletes the files of a workspace, as a cleaning-up on its server would.
    ///
    /// # Panics
    /// When there is no such workspace.
    pub fn lose_files(&self, key: &str) {
        self.all().get_mut(key).unwrap().files.iter_mut().for_each(|file| file.lost = true);
    }

    /// Allows so many more requests with this key; after them 429.
    ///
    /// # Panics
    /// When there is no such workspace.
    pub fn allow(&self, key: &str, requests: usize) {
        self.all().get_mut(key).unwrap().allowed = Some(requests);
    }

    /// Each call of this kind meets the fault of its number, counted from 1 from now on.
    ///
    /// # Panics
    /// Never.
    pub fn fail_by(&self, on: On, which: impl Fn(usize) -> Fault + Send + 'static) {
        self.state.counts.lock().unwrap().insert(on, 0);
        self.state.faults[&on].by(which);
    }

    /// The next call of this kind meets this fault, those after it none.
    pub fn fail_next(&self, on: On, fault: Fault) {
        self.fail_by(on, move |number| if number == 1 { fault } else { Fault::None });
    }

    /// Every call of this kind meets this fault.
    pub fn fail(&self, on: On, fault: Fault) {
        self.fail_by(on, move |_| fault);
    }

    /// How many calls met a fault.
    #[must_use]
    pub fn faults_met(&self) -> usize {
        self.state.met.load(Ordering::SeqCst)
    }

    /// Lets so many slow answers go.
    pub fn release(&self, answers: usize) {
        self.state.held.add_permits(answers);
    }

    /// Time passes: whatever is due by then (UTC milliseconds) goes out, and fails when its file is lost.
    ///
    /// # Panics
    /// When there is no such workspace.
    pub fn publish_until(&self, key: &str, at_ms: i64) {
        self.all().get_mut(key).unwrap().publish_until(at_ms);
    }

    /// The posts that were made with this key and not deleted, in order.
    ///
    /// # Panics
    /// When there is no such workspace.
    #[must_use]
    pub fn posts(&self, key: &str) -> Vec<Post> {
        self.all()[key].posts.clone()
    }

    /// The files that were uploaded with this key, in order.
    ///
    /// # Panics
    /// When there is no such workspace.
    #[must_use]
    pub fn files(&self, key: &str) -> Vec<File> {
        self.all()[key].files.clone()
    }

    /// Accounts and files that were named with a key that is not of their workspace.
    ///
    /// # Panics
    /// Never.
    #[must_use]
    pub fn mixed_up(&self) -> Vec<String> {
        self.state.mixed_up.lock().unwrap().clone()
    }

    fn all(&self) -> MutexGuard<'_, BTreeMap<String, Workspace>> {
        self.state.workspaces.lock().unwrap()
    }
}
