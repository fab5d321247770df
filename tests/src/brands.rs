//! Brands of one home that look the same: clips, projects and accounts of the same names, in two workspaces of a copy of
//! Postiz. Only the bytes, the ids and the keys differ.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use edit_factory_core::api::{
    Caller, ClipList, PublicationCheck, PublicationList, PublicationRetry, PublishAccount, PublishPropose,
    PublishRefresh, PublishSet, PublishShow, PublishStart,
};
use edit_factory_core::clips::Clip;
use edit_factory_core::credentials;
use edit_factory_core::error::Code;
use edit_factory_core::home::Home;
use edit_factory_core::jobs::Runner;
use edit_factory_core::profile::Profile;
use edit_factory_core::publish::{
    Publication, PublicationFilter, PublicationState, PublishOrder, PublishPlan, PublishSettings, PublishStarted, When,
};
use tokio_util::sync::CancellationToken;

use crate::fakes::postiz::{Account, Postiz};
use crate::planted;
use crate::posting::{KEY_A, KEY_B};
use crate::studio::host;
use crate::{Cli, footage};

/// The text of both brands' videos.
const SCRIPT: &str = "Fresh bread every morning. Come in and taste it while it is warm.";
/// A person looks, and sends again what failed, at most so often.
const PATIENCE: usize = 40;

/// The copy and the brands.
pub struct Brands {
    /// The copy.
    pub copy: Postiz,
    /// The home.
    pub home: Home,
    /// The first brand, with [`KEY_A`].
    pub a: Brand,
    /// The second, with [`KEY_B`].
    pub b: Brand,
    folder: tempfile::TempDir,
}

/// The copy, with both workspaces, and the first brand alone: half the work where nothing is asked of the second.
pub struct Alone {
    /// The copy.
    pub copy: Postiz,
    /// The home.
    pub home: Home,
    /// The brand, with [`KEY_A`].
    pub a: Brand,
    _folder: tempfile::TempDir,
}

/// One brand.
pub struct Brand {
    /// The key of its workspace.
    pub key: &'static str,
    /// Its profile.
    pub profile: Profile,
    /// Who asks for it.
    pub caller: Caller,
    /// Its clips.
    pub clips: Vec<Clip>,
    /// The ids of its accounts: TikTok, YouTube.
    pub accounts: Vec<String>,
    runner: Runner,
}

impl Brands {
    /// Both with so many clips, and their accounts ticked.
    ///
    /// # Panics
    /// When they cannot be made.
    pub async fn new(clips: u32) -> Self {
        let (folder, copy, home) = stage(&["A", "B"], clips).await;
        let (a, b) = (Brand::new(&home, "A", KEY_A).await, Brand::new(&home, "B", KEY_B).await);
        assert_eq!(a.names(), b.names());
        assert!(a.clips.iter().all(|one| b.clips.iter().all(|other| one.hash != other.hash)));
        Self { copy, home, a, b, folder }
    }

    /// Every request came with one of the two keys in its place, and had neither a key nor a folder of this machine anywhere
    /// else in it.
    ///
    /// # Panics
    /// When that is not so.
    pub fn assert_nothing_else_left(&self) {
        let folder = self.folder.path().to_str().unwrap();
        for asked in self.copy.asked.all() {
            let key = asked.header("authorization").unwrap();
            assert!([KEY_A, KEY_B].contains(&key), "{}", asked.what);
            let others: String =
                asked.headers.iter().filter(|(_, value)| value != key).map(|(_, value)| value.as_str()).collect();
            let said = format!("{} {others} {}", asked.what, asked.body);
            assert!(![folder, KEY_A, KEY_B].iter().any(|secret| said.contains(secret)), "{said}");
        }
    }

    /// The files of the home that have one of these in them.
    #[must_use]
    pub fn holding(&self, needles: &[&str]) -> Vec<std::path::PathBuf> {
        planted::holding(self.folder.path(), needles)
    }
}

impl Alone {
    /// With so many clips, and its accounts ticked.
    ///
    /// # Panics
    /// When it cannot be made.
    pub async fn new(clips: u32) -> Self {
        let (folder, copy, home) = stage(&["A"], clips).await;
        let a = Brand::new(&home, "A", KEY_A).await;
        Self { copy, home, a, _folder: folder }
    }
}

/// A home in which these profiles have so many videos, and a copy with the workspaces of both.
async fn stage(names: &'static [&'static str], clips: u32) -> (tempfile::TempDir, Postiz, Home) {
    let folder = tempfile::tempdir().unwrap();
    let desk = folder.path().to_owned();
    let work = move || copy_tree(&made(names, clips).join("home"), &desk.join("home"));
    tokio::task::spawn_blocking(work).await.unwrap();
    let copy = Postiz::start().await;
    for (key, of) in [(KEY_A, "a"), (KEY_B, "b")] {
        let account = |platform: &str| Account::new(&format!("{of}-{platform}"), "Bakery", platform);
        copy.workspace(key, vec![account("tiktok"), account("youtube")]);
    }
    let home = Home::open(host(&folder.path().join("home"), &[("postiz", &copy.url)])).unwrap();
    (folder, copy, home)
}

/// A folder whose home has these profiles with so many videos each. Made once for all tests of a run, which work on copies of
/// it: making videos is not what they are about.
fn made(names: &'static [&'static str], clips: u32) -> PathBuf {
    type Made = BTreeMap<(&'static [&'static str], u32), tempfile::TempDir>;
    static MADE: Mutex<Made> = Mutex::new(BTreeMap::new());
    let mut all = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = all.entry((names, clips)).or_insert_with(|| {
        // Beside the program, where cleaning up finds it: what is made for all tests of a run outlives each of them.
        let place = crate::cli::program().with_file_name("brands");
        std::fs::create_dir_all(&place).unwrap();
        let folder = tempfile::tempdir_in(place).unwrap();
        names.iter().for_each(|name| make(folder.path(), name, clips));
        folder
    });
    folder.path().to_owned()
}

fn copy_tree(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let goal = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_tree(&entry.path(), &goal);
        } else {
            std::fs::copy(entry.path(), goal).unwrap();
        }
    }
}

/// Makes the videos of one brand. The files and the project are called the same in both.
fn make(desk: &Path, name: &str, clips: u32) {
    let cli = Cli::new(&desk.join("home"));
    let kind = u32::from(name == "B") + 1;
    let shots = desk.join(name).join("bakery.mp4");
    footage::moving(&shots, kind, 12);
    let script = desk.join(name).join("spring.md");
    std::fs::write(&script, SCRIPT).unwrap();
    assert_eq!(cli.run(["profile", "create", name]).code, 0);
    let (clips, out) = (clips.to_string(), desk.join(name).join("out"));
    let path = |path: &Path| path.to_str().unwrap().to_owned();
    let (script, out, shots) = (path(&script), path(&out), path(&shots));
    let line = [
        "--profile",
        name,
        "make",
        "--variants",
        &clips,
        "--platform",
        "tiktok",
        "--script",
        &script,
        "--out",
        &out,
        &shots,
    ];
    cli.run(line).good();
}

impl Brand {
    async fn new(home: &Home, name: &str, key: &'static str) -> Self {
        let info = home.profiles().unwrap().into_iter().find(|profile| profile.name == name).unwrap();
        let profile = home.profile(info.id).unwrap();
        credentials::set(&profile, "postiz", &key.into(), None).unwrap();
        let caller = Caller::new(home.clone()).with(profile.clone());
        // Nobody waits in a test: what is lost is looked for at once.
        let settings = PublishSettings { requests_an_hour: 10_000, look_after_s: 0, ..PublishSettings::default() };
        caller.ask(PublishSet { settings }).await.unwrap();
        let shown = caller.ask(PublishRefresh {}).await.unwrap();
        let accounts: Vec<String> = shown.accounts.iter().map(|account| account.id.clone()).collect();
        for id in &accounts {
            caller.ask(PublishAccount { id: id.clone(), ticked: true }).await.unwrap();
        }
        let clips = caller.ask(ClipList { limit: None, offset: 0 }).await.unwrap();
        let runner = Runner::start(&profile, 1).unwrap();
        Self { key, profile, caller, clips, accounts, runner }
    }

    /// The names of its clips, in order.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.clips.iter().map(|clip| clip.name.as_str()).collect();
        names.sort_unstable();
        names
    }

    /// All of its clips to all of its accounts, at this time.
    #[must_use]
    pub fn order(&self, at: i64) -> PublishOrder {
        PublishOrder {
            clips: self.clips.iter().map(|clip| clip.id).collect(),
            accounts: self.accounts.clone(),
            when: When::At { at },
            caption: Some("Warm bread, every morning. #bakery".into()),
            captions: Vec::new(),
            settings: Vec::new(),
        }
    }

    /// What would come of it.
    ///
    /// # Panics
    /// When it is refused, or something stands against it.
    pub async fn propose(&self, order: &PublishOrder) -> PublishPlan {
        let plan = self.caller.ask(PublishPropose { order: order.clone() }).await.unwrap();
        let findings: Vec<_> = plan.posts.iter().flat_map(|post| &post.findings).collect();
        assert!(plan.ready, "{findings:?}");
        plan
    }

    /// Confirms what would come of it.
    ///
    /// # Panics
    /// As [`Self::propose`].
    pub async fn publish(&self, order: &PublishOrder) -> PublishStarted {
        let seal = self.propose(order).await.seal;
        self.caller.ask(PublishStart { order: order.clone(), seal }).await.unwrap()
    }

    /// Its publications.
    ///
    /// # Panics
    /// When they cannot be read.
    pub async fn publications(&self) -> Vec<Publication> {
        self.caller.ask(PublicationList { filter: PublicationFilter::default() }).await.unwrap()
    }

    /// Waits until nothing is being sent.
    pub async fn idle(&mut self) {
        self.runner.until_idle(&CancellationToken::new()).await;
    }

    /// Does what a person does until everything is in Postiz: waits, has it looked, and sends again what failed.
    ///
    /// # Panics
    /// When it does not get there.
    pub async fn settle(&mut self) {
        for _ in 0..PATIENCE {
            self.idle().await;
            let all = self.publications().await;
            let good = |state| matches!(state, PublicationState::Scheduled | PublicationState::Published);
            if all.iter().all(|one| good(one.state)) {
                return;
            }
            let failed: Vec<_> =
                all.iter().filter(|one| one.state == PublicationState::Failed).map(|one| one.id).collect();
            if failed.is_empty() {
                self.look().await;
            } else {
                self.caller.ask(PublicationRetry { ids: failed }).await.unwrap();
            }
        }
        let all = self.publications().await;
        panic!("not settled: {:?}", all.iter().map(|one| (one.state, &one.why)).collect::<Vec<_>>());
    }

    /// Has it asked what became of everything. That Postiz cannot be asked is one of the things that are tested.
    ///
    /// # Panics
    /// When it fails for another reason.
    pub async fn look(&self) {
        if let Err(failure) = self.caller.ask(PublicationCheck {}).await {
            assert_eq!(failure.code, Code::Offline, "{failure:?}");
        }
    }

    /// Every publication is one post, with its bytes, on its account, and there is no other post.
    ///
    /// # Panics
    /// When that is not so.
    pub async fn assert_each_once(&self, copy: &Postiz) {
        let (all, posts) = (self.publications().await, copy.posts(self.key));
        for one in &all {
            let key = one.id.to_string();
            let made: Vec<_> = posts.iter().filter(|post| post.group == key).collect();
            let [post] = made.as_slice() else { panic!("{} posts of {:?}: {:?}", made.len(), one.state, one.why) };
            let clip = self.clips.iter().find(|clip| clip.id == one.clip).unwrap();
            assert_eq!((&one.clip_hash, post.hashes.as_slice()), (&clip.hash, std::slice::from_ref(&clip.hash)));
            assert_eq!((&post.account, &post.content), (&one.account.id, &one.caption));
            assert_eq!(one.post_id.as_ref(), Some(&post.id), "{:?}", one.state);
            assert!(self.accounts.contains(&post.account));
        }
        assert_eq!(posts.len(), all.len());
        let known = |hash: &String| self.clips.iter().any(|clip| clip.hash == *hash);
        assert!(copy.files(self.key).iter().all(|file| known(&file.hash)));
    }

    /// What its page shows.
    ///
    /// # Panics
    /// When it cannot be read.
    pub async fn shown(&self) -> edit_factory_core::publish::PublishShown {
        self.caller.ask(PublishShow {}).await.unwrap()
    }

    /// Stops sending.
    pub async fn stop(self) {
        self.runner.stop().await;
    }
}
