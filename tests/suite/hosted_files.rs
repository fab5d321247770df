//! Files on their way to a hosted project and back: in pieces that survive whatever cuts them, believed only by their hash.

use acceptance::fakes::relay::Relay;
use acceptance::hosted::{Hosted, KEY, PASSWORD};
use acceptance::studio::host;
use edit_factory_core::home::Home;
use edit_factory_core::ids::RemoteProfileId;
use edit_factory_core::profile::Profile;
use edit_factory_core::profile::media::MediaPath;
use edit_factory_core::sync::supabase::{Address, FileError, RemoteFile, Supabase};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio_util::sync::CancellationToken;

const PIECE: usize = 6 << 20;

struct Machine {
    profile: Profile,
    supabase: Supabase,
    folder: tempfile::TempDir,
    home: Home,
}

async fn machine(url: &str) -> Machine {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::open(host(&folder.path().join("home"), &[])).unwrap();
    let profile = home.profile(home.create("Test", None).unwrap().id).unwrap();
    let supabase = Supabase::new(&profile, Address::new(url, KEY).unwrap()).unwrap();
    supabase.sign_in("ana@example.com", &PASSWORD.to_owned().into()).await.unwrap();
    Machine { profile, supabase, folder, home }
}

impl Machine {
    /// A file of so many bytes that no two places of it are alike.
    fn file(&self, remote: RemoteProfileId, bytes: usize) -> (PathBuf, RemoteFile) {
        let mut content = vec![0; bytes];
        blake3::Hasher::new().finalize_xof().fill(&mut content);
        let path = self.folder.path().join("footage.mp4");
        std::fs::write(&path, &content).unwrap();
        let hash = blake3::hash(&content).to_hex().to_string();
        (path, RemoteFile::new(remote, &hash, "mp4", bytes as u64).unwrap())
    }

    async fn send(&self, file: &RemoteFile, path: &std::path::Path) -> Result<bool, FileError> {
        self.supabase.upload(file, path, &CancellationToken::new(), &|_, _| {}).await
    }

    async fn fetch(&self, file: &RemoteFile) -> Result<PathBuf, FileError> {
        let goal = MediaPath::new("media/fetched.mp4").unwrap();
        self.supabase.download(file, &goal, &CancellationToken::new(), &|_, _| {}).await?;
        Ok(self.profile.folder().path(&goal))
    }

    fn leftovers(&self) -> usize {
        std::fs::read_dir(self.profile.root().join("media")).unwrap().count()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_cut_off_goes_on_where_it_was_and_is_whole_on_the_other_machine() {
    // Each token ends sooner than a session waits to be renewed, so it is renewed before every piece.
    let Some(hosted) = Hosted::with_tokens_for(20) else { return };
    hosted.sign_up("ana@example.com").await;
    let relay = Relay::to(&hosted.url).await;
    let here = machine(&relay.url).await;
    let remote = RemoteProfileId::new();
    here.supabase.create_profile(remote, "Bakery").await.unwrap();
    let (path, file) = here.file(remote, 2 * PIECE + 1000);

    // Stopped by a person after the first piece.
    let (stop, furthest) = (CancellationToken::new(), AtomicU64::new(0));
    let heard = |sent: u64, of: u64| {
        assert_eq!(of, file.bytes());
        furthest.fetch_max(sent, Ordering::SeqCst);
        if sent >= PIECE as u64 {
            stop.cancel();
        }
    };
    let stopped = here.supabase.upload(&file, &path, &stop, &heard).await;
    assert!(matches!(stopped, Err(FileError::Cancelled)));
    assert_eq!(furthest.load(Ordering::SeqCst), PIECE as u64);

    // Another process goes on, and the cable is pulled in the middle of the second piece.
    relay.cut_after(PIECE / 2);
    let again = Supabase::new(&here.profile, Address::new(&relay.url, KEY).unwrap()).unwrap();
    let sent = again.upload(&file, &path, &CancellationToken::new(), &|_, _| {}).await;
    assert!(sent.unwrap(), "it is there now");
    // The first piece was not sent again, whatever was cut.
    assert!(relay.count() < 2 * PIECE, "{}", relay.count());
    assert!(!here.send(&file, &path).await.unwrap(), "it is known to be there");

    let there = machine(&hosted.url).await;
    let fetched = there.fetch(&file).await.unwrap();
    assert!(std::fs::read(fetched).unwrap() == std::fs::read(&path).unwrap());
    // Its owner finds nothing to send, and everybody else finds nothing.
    assert!(there.send(&file, &path).await.unwrap());
    hosted.sign_up("bob@example.com").await;
    there.supabase.sign_in("bob@example.com", &PASSWORD.to_owned().into()).await.unwrap();
    assert!(there.fetch(&file).await.is_err());
    drop((here.home, there.home));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_whose_program_was_killed_goes_on_where_it_was() {
    let Some(hosted) = Hosted::start() else { return };
    hosted.sign_up("ana@example.com").await;
    let relay = Relay::to(&hosted.url).await;
    let here = machine(&relay.url).await;
    let remote = RemoteProfileId::new();
    here.supabase.create_profile(remote, "Bakery").await.unwrap();
    let (path, file) = here.file(remote, 3 * PIECE);
    let root = here.folder.path().join("home");
    let mut sender = std::process::Command::new(env!("CARGO_BIN_EXE_device"))
        .arg("send")
        .arg(&root)
        .args([&relay.url, KEY, "ana@example.com", PASSWORD, &remote.to_string()])
        .arg(&path)
        .spawn()
        .unwrap();
    // In the middle of the second piece.
    while relay.count() < PIECE + PIECE / 2 {
        assert!(sender.try_wait().unwrap().is_none(), "it ended before it could be killed");
        tokio::task::yield_now().await;
    }
    sender.kill().unwrap();
    sender.wait().unwrap();
    relay.forget();
    assert!(here.send(&file, &path).await.unwrap());
    let sent = relay.count();
    assert!((PIECE..3 * PIECE).contains(&sent), "the first piece was not sent again: {sent}");
    assert!(std::fs::read(here.fetch(&file).await.unwrap()).unwrap() == std::fs::read(&path).unwrap());
    drop(here.home);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_bytes_are_never_believed() {
    let Some(hosted) = Hosted::start() else { return };
    hosted.sign_up("ana@example.com").await;
    let (here, there) = (machine(&hosted.url).await, machine(&hosted.url).await);
    let remote = RemoteProfileId::new();
    here.supabase.create_profile(remote, "Bakery").await.unwrap();
    let (path, file) = here.file(remote, 100_000);
    assert!(matches!(here.fetch(&file).await, Err(FileError::NotThere)));
    assert!(here.send(&file, &path).await.unwrap());

    // A bit of what the server keeps turned.
    let object = hosted.only_object();
    let mut bytes = std::fs::read(&object).unwrap();
    bytes[50_000] ^= 1;
    std::fs::write(&object, &bytes).unwrap();
    assert!(matches!(there.fetch(&file).await, Err(FileError::Damaged)));
    assert_eq!(there.leftovers(), 0);
    // Whoever has the file puts it right.
    let (path_there, same) = there.file(remote, 100_000);
    assert_eq!(same, file);
    assert!(there.send(&file, &path_there).await.unwrap());
    assert!(std::fs::read(here.fetch(&file).await.unwrap()).unwrap() == std::fs::read(&path).unwrap());

    // A file that changed since it was taken in is not sent under its old name.
    std::fs::write(&path, b"something else").unwrap();
    let (_, other) = there.file(remote, 5000);
    assert!(matches!(here.send(&other, &path).await, Err(FileError::Changed)));

    let erased = here.supabase.erase(remote).await.unwrap();
    assert_eq!(erased.files, 1);
    assert_eq!(hosted.query("select count(*) from storage.objects"), "0");
    // What was erased is known to be gone.
    let (path, file) = here.file(remote, 100_000);
    here.supabase.create_profile(remote, "Bakery").await.unwrap();
    assert!(here.send(&file, &path).await.unwrap(), "it is sent again");
}
