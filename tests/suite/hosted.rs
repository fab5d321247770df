//! Signing in to a hosted project and what can be asked of it, over HTTP on a real Postgres.

use std::sync::Arc;

use acceptance::hosted::{Hosted, KEY, PASSWORD};
use acceptance::studio::host;
use edit_factory_core::home::Home;
use edit_factory_core::host::Host;
use edit_factory_core::ids::RemoteProfileId;
use edit_factory_core::profile::Profile;
use edit_factory_core::profile::secrets::{InMemory, SecretStore};
use edit_factory_core::sync::remote::{Change, Cursor, Remote, RemoteError};
use edit_factory_core::sync::supabase::{Address, Supabase};
use secrecy::ExposeSecret;
use serde_json::json;

/// A machine with one profile.
struct Machine {
    profile: Profile,
    secrets: Arc<InMemory>,
    _home: Home,
    _folder: tempfile::TempDir,
}

fn machine() -> Machine {
    let folder = tempfile::tempdir().unwrap();
    let secrets = Arc::new(InMemory::default());
    let home = Home::open(Host { secrets: secrets.clone(), ..host(&folder.path().join("home"), &[]) }).unwrap();
    let profile = home.profile(home.create("Test", None).unwrap().id).unwrap();
    Machine { profile, secrets, _home: home, _folder: folder }
}

impl Machine {
    fn way_to(&self, hosted: &Hosted) -> Supabase {
        Supabase::new(&self.profile, Address::new(&hosted.url, KEY).unwrap()).unwrap()
    }

    fn token(&self) -> Option<String> {
        let service = format!("edit-factory/{}", self.profile.id());
        self.secrets.get(&service, "supabase").unwrap().map(|secret| secret.expose_secret().to_owned())
    }
}

fn password() -> secrecy::SecretString {
    PASSWORD.to_owned().into()
}

fn a_project(name: &str) -> Change {
    let value = json!({ "t": "projects", "id": "01890000-0000-7000-8000-000000000002", "f": { "name": name },
                        "c": { "name": "0000000000000001:00000001" } });
    serde_json::from_value(value).unwrap()
}

fn needs_sign_in<T: std::fmt::Debug>(answer: Result<T, RemoteError>) -> bool {
    matches!(answer, Err(RemoteError::SignIn { .. }))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_signs_in_keeps_a_profile_there_and_nobody_else_sees_it() {
    let Some(hosted) = Hosted::start() else { return };
    let ana = hosted.sign_up("ana@example.com").await;
    hosted.sign_up("bob@example.com").await;
    let (here, there) = (machine(), machine());
    let (mine, theirs) = (here.way_to(&hosted), there.way_to(&hosted));

    assert!(needs_sign_in(mine.profiles().await), "nobody is signed in");
    assert!(needs_sign_in(mine.sign_in("ana@example.com", &"wrong password".to_owned().into()).await));
    assert_eq!(here.token(), None);
    assert_eq!(mine.sign_in(" ana@example.com ", &password()).await.unwrap().id, ana);
    theirs.sign_in("bob@example.com", &password()).await.unwrap();
    // What goes on with the session is in the keyring and nowhere else.
    let token = here.token().unwrap();
    let files = std::fs::read_dir(here.profile.root()).unwrap().flatten().filter(|e| e.path().is_file());
    for file in files {
        let bytes = std::fs::read(file.path()).unwrap();
        assert!(!bytes.windows(token.len()).any(|w| w == token.as_bytes()), "{}", file.path().display());
    }

    assert_eq!(mine.profiles().await.unwrap(), []);
    let profile = RemoteProfileId::new();
    mine.create_profile(profile, "Bakery").await.unwrap();
    mine.create_profile(profile, "Bakery").await.unwrap();
    let listed = mine.profiles().await.unwrap();
    assert_eq!((listed.len(), listed[0].id, listed[0].name.as_str()), (1, profile, "Bakery"));
    assert!(listed[0].created_at.is_some());

    let pushed = mine.push(profile, &[a_project("Bread")], 1).await.unwrap();
    assert!(pushed.rows[0].ok && pushed.now_ms > 0);
    let pulled = mine.pull(profile, &Cursor::start(), 10).await.unwrap();
    assert_eq!((pulled.rows.len(), pulled.rows[0].j["name"].as_str()), (1, Some("Bread")));
    assert_eq!(mine.pull(profile, &pulled.cursor, 10).await.unwrap().rows, []);
    // A refusal of one row is no refusal of the call; an older device is told to update.
    let mut ahead = a_project("From the future");
    ahead.c.insert("name".into(), "7fffffffffffffff:00000001".into());
    let row = &mine.push(profile, &[ahead], 1).await.unwrap().rows[0];
    assert_eq!((row.ok, row.code.as_deref()), (false, Some("P0425")));
    assert_eq!(mine.push(profile, &[], 0).await, Err(RemoteError::DeviceOlder));
    let mut newer = a_project("x");
    newer.c.insert("nose".into(), "0000000000000001:00000001".into());
    assert!(matches!(mine.push(profile, &[newer], 1).await, Err(RemoteError::ServerOlder { .. })));

    // Bob knows the id of everything.
    assert_eq!(theirs.profiles().await.unwrap(), []);
    assert_eq!(theirs.push(profile, &[a_project("Mine now")], 1).await, Err(RemoteError::NotYours));
    assert_eq!(theirs.pull(profile, &Cursor::start(), 10).await, Err(RemoteError::NotYours));
    assert!(theirs.erase(profile).await.is_err());
    theirs.create_profile(profile, "Mine now").await.unwrap_or_default();
    let held = hosted.query("select p.name, (select name from public.projects) from public.profiles p");
    assert_eq!(held, "Bakery|Bread");

    let erased = mine.erase(profile).await.unwrap();
    assert_eq!((erased.rows, erased.files), (1, 0));
    assert_eq!(hosted.query("select count(*) from public.profiles"), "0");

    mine.sign_out().await.unwrap();
    assert_eq!(here.token(), None);
    assert!(needs_sign_in(mine.profiles().await));
    assert!(needs_sign_in(here.way_to(&hosted).profiles().await));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_outlives_its_tokens_a_second_process_and_a_crash_between_renewing_and_keeping() {
    // Every token ends sooner than a session waits to be renewed, so every call renews it; and yet none ends on its way.
    let Some(mut hosted) = Hosted::with_tokens_for(20) else { return };
    let ana = hosted.sign_up("ana@example.com").await;
    let here = machine();
    let window = here.way_to(&hosted);
    window.sign_in("ana@example.com", &password()).await.unwrap();
    let mut seen = vec![here.token().unwrap()];
    for _ in 0..3 {
        window.profiles().await.unwrap();
        seen.push(here.token().unwrap());
    }
    seen.dedup();
    assert_eq!(seen.len(), 4, "each time another one was kept");

    // The window and the command line at once: one renews after the other, with what the other kept.
    let command_line = here.way_to(&hosted);
    for _ in 0..5 {
        let (one, other) = tokio::join!(window.profiles(), command_line.profiles());
        assert!(one.is_ok() && other.is_ok(), "{one:?} {other:?}");
    }

    // A process renewed the session and died before it kept what it was given.
    let kept = here.token().unwrap();
    let given = hosted.renewed(&kept).await;
    assert!(given.is_some_and(|given| given != kept));
    window.profiles().await.unwrap();
    assert_ne!(here.token().unwrap(), kept);

    // The server was started anew, elsewhere: the session goes on.
    hosted.restart();
    let moved = here.way_to(&hosted);
    moved.profiles().await.unwrap();

    hosted.lock_out(&ana);
    assert!(needs_sign_in(here.way_to(&hosted).profiles().await));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_profiles_of_one_home_are_never_kept_as_one_and_neither_learns_of_the_other() {
    use edit_factory_core::api::{Caller, SyncLink, SyncShow, SyncSignIn, SyncUnlink};
    use edit_factory_core::error::Code;

    let Some(hosted) = Hosted::start() else { return };
    hosted.sign_up("ana@example.com").await;
    let here = machine();
    let home = here._home.clone();
    let first = Caller::new(home.clone()).with(here.profile.clone());
    let second = home.profile(home.create("Corner Bakery", None).unwrap().id).unwrap();
    let second = Caller::new(home).with(second);
    for caller in [&first, &second] {
        let password = edit_factory_core::credentials::Secret::from(password());
        let (url, key, email) = (hosted.url.clone(), KEY.to_owned(), "ana@example.com".to_owned());
        caller.ask(SyncSignIn { url, key, email, password }).await.unwrap();
    }
    let linked = first.ask(SyncLink { remote: None }).await.unwrap().status.remote.unwrap();
    let refused = second.ask(SyncLink { remote: Some(linked) }).await.unwrap_err();
    assert_eq!(refused.code, Code::Exists);
    let says = format!("{refused} {}", refused.details);
    assert!(!says.contains("Test") && !says.contains(&here.profile.id().to_string()), "{says}");
    assert_eq!(second.ask(SyncShow {}).await.unwrap().status.remote, None);
    // Once the first is kept here only, the second may go on there.
    first.ask(SyncUnlink {}).await.unwrap();
    assert_eq!(second.ask(SyncLink { remote: Some(linked) }).await.unwrap().status.remote, Some(linked));
    assert!(first.ask(SyncLink { remote: Some(linked) }).await.is_err());
}
