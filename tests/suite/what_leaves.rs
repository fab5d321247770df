//! Everything that is sent to a hosted project is read: no key of another service, no path of this machine, no log; and
//! every request names the profile it is about, but for the few that are about an account.

use std::path::Path;

use acceptance::fakes::Request;
use acceptance::fakes::relay::Relay;
use acceptance::hosted::{Hosted, KEY, PASSWORD};
use acceptance::studio::host;
use acceptance::{Cli, footage};
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use edit_factory_core::home::Home;
use edit_factory_core::ids::RemoteProfileId;
use edit_factory_core::profile::Profile;
use edit_factory_core::sync::account::MediaPolicy;
use edit_factory_core::sync::supabase::{Address, Supabase};
use edit_factory_core::sync::{self, SyncState, media};
use tokio_util::sync::CancellationToken;

/// The key of another service.
const PLANTED: &str = "sk-planted-8c1f00d2e7";

/// What is about an account and no profile.
const OF_THE_ACCOUNT: &[&str] =
    &["POST /auth/v1/token?grant_type=", "POST /auth/v1/logout", "GET /rest/v1/profiles?select="];

fn has(bytes: &[u8], needle: &str) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle.as_bytes())
}

/// The request names this profile in its path, its body, or the address that was made for its file.
fn names(request: &Request, profile: &str) -> bool {
    let path = request.what.split(' ').nth(1).unwrap_or_default();
    let upload = path.rsplit('/').next().and_then(|id| BASE64_URL_SAFE_NO_PAD.decode(id).ok()).unwrap_or_default();
    let metadata = request.header("upload-metadata").unwrap_or_default();
    let metadata: Vec<u8> = metadata
        .split(',')
        .filter_map(|word| base64::prelude::BASE64_STANDARD.decode(word.split_once(' ')?.1).ok())
        .flatten()
        .collect();
    path.contains(profile) || request.body.contains(profile) || has(&upload, profile) || has(&metadata, profile)
}

/// A profile in which a video was made of footage that lies elsewhere on this machine.
fn worked_in(desk: &Path) -> (Home, Profile) {
    let root = desk.join("home");
    let cli = Cli::new(&root);
    footage::moving(&desk.join("footage/oven at dawn.mp4"), 1, 8);
    let script = desk.join("bakery script.md");
    std::fs::write(&script, "Fresh bread every morning. Come in and taste it.").unwrap();
    let path = |name: &str| desk.join(name).to_str().unwrap().to_owned();
    let made = ["make", "--in-place", "--variants", "1", "--platform", "draft", "--script"];
    let rest = [script.to_str().unwrap().to_owned(), "--out".into(), path("out"), path("footage")];
    cli.run(made.iter().map(|one| (*one).to_owned()).chain(rest)).good();
    // One that fails leaves the words of a program, with paths in them, in its job.
    std::fs::write(desk.join("broken.mp4"), b"no video at all").unwrap();
    assert_ne!(cli.run(["source", "add", &path("broken.mp4")]).code, 0);
    let home = Home::open(host(&root, &[])).unwrap();
    let profile = home.current().unwrap();
    edit_factory_core::credentials::set(&profile, "elevenlabs", &PLANTED.into(), None).unwrap();
    (home, profile)
}

#[tokio::test(flavor = "multi_thread")]
async fn no_key_no_path_and_no_log_is_ever_sent_and_every_request_names_its_profile() {
    let Some(hosted) = Hosted::start() else { return };
    hosted.sign_up("ana@example.com").await;
    let relay = Relay::to(&hosted.url).await;
    let (desk, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let folder = desk.path().to_owned();
    let (_home, here) = tokio::task::spawn_blocking(move || worked_in(&folder)).await.unwrap();
    let home = Home::open(host(&other.path().join("home"), &[])).unwrap();
    let there = home.profile(home.create("Second machine", None).unwrap().id).unwrap();

    let remote = RemoteProfileId::new();
    let cancel = CancellationToken::new();
    for profile in [&here, &there] {
        let way = Supabase::new(profile, Address::new(&relay.url, KEY).unwrap()).unwrap();
        way.sign_in("ana@example.com", &PASSWORD.to_owned().into()).await.unwrap();
        way.profiles().await.unwrap();
        way.create_profile(remote, "Bakery").await.unwrap();
        sync::link(profile, remote).unwrap();
        sync::run_once(profile, &way).await.unwrap();
        let sent = media::send_all(profile, &way, remote, MediaPolicy::FetchOnDemand, &cancel, &|_, _| {}).await;
        assert_eq!(sent.unwrap().left, []);
        let status = sync::status(profile).unwrap();
        assert_eq!((status.state, status.set_aside.len()), (SyncState::InSync, 0), "{status:?}");
    }
    // The second machine has the same clip and footage, and fetches what it has not.
    let way = Supabase::new(&there, Address::new(&relay.url, KEY).unwrap()).unwrap();
    let missing = media::missing(&there).unwrap();
    assert_eq!(missing.len(), 2, "{missing:?}");
    for file in &missing {
        media::fetch(&there, &way, remote, file.of, &cancel, &|_, _| {}).await.unwrap();
    }
    assert_eq!(media::missing(&there).unwrap(), []);
    // Everything is erased again, and signed out of.
    let erased = way.erase(remote).await.unwrap();
    assert_eq!(erased.files, 2);
    way.sign_out().await.unwrap();

    let sent = relay.sent();
    let names_of_folders = [desk.path(), other.path()].map(|path| path.to_str().unwrap().to_owned());
    for needle in [PLANTED, "/footage"].into_iter().chain(names_of_folders.iter().map(String::as_str)) {
        assert!(!has(&sent, needle), "{needle} was sent");
    }
    let logs = acceptance::planted::files(&desk.path().join("home/logs"));
    for log in logs {
        let text = std::fs::read_to_string(log).unwrap_or_default();
        for line in text.lines().filter(|line| line.len() > 60) {
            assert!(!has(&sent, line), "a line of a log was sent: {line}");
        }
    }
    let profile = remote.to_string();
    let requests = relay.requests();
    assert!(requests.len() > 15);
    for request in &requests {
        let account = OF_THE_ACCOUNT.iter().any(|known| request.what.starts_with(known));
        assert!(account != names(request, &profile), "{}", request.what);
        // The project's own key and session go to the project; nothing else that opens anything does.
        assert_eq!(request.header("apikey"), Some(KEY), "{}", request.what);
    }
}
