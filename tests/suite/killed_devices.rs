//! Devices that sync over HTTP and are killed at any moment: what each had made is on all of them in the end.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use acceptance::hosted::{Hosted, KEY, PASSWORD};
use acceptance::soak_or;
use acceptance::studio::host;
use edit_factory_core::home::Home;
use edit_factory_core::ids::RemoteProfileId;
use edit_factory_core::profile::Profile;
use edit_factory_core::profile::db::DbError;
use edit_factory_core::project::Look;
use edit_factory_core::sync::supabase::{Address, Supabase};
use edit_factory_core::sync::{self, SyncState};

struct Devices {
    folder: tempfile::TempDir,
    url: String,
    remote: RemoteProfileId,
}

impl Devices {
    fn home(&self, number: usize) -> PathBuf {
        self.folder.path().join(format!("home-{number}"))
    }

    fn notes(&self, number: usize) -> PathBuf {
        self.folder.path().join(format!("notes-{number}"))
    }

    fn start(&self, number: usize) -> Child {
        Command::new(env!("CARGO_BIN_EXE_device"))
            .arg("work")
            .arg(self.home(number))
            .args([&self.url, KEY, "ana@example.com", PASSWORD, &self.remote.to_string()])
            .arg(self.notes(number))
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    }

    /// What the device has noted so far.
    fn made(&self, number: usize) -> Vec<String> {
        let text = std::fs::read_to_string(self.notes(number)).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }

    fn way(&self, profile: &Profile) -> Supabase {
        Supabase::new(profile, Address::new(&self.url, KEY).unwrap()).unwrap()
    }
}

/// Every project with everything that is kept of it. The server keeps JSON as what it means, not as it was written.
fn content(profile: &Profile) -> BTreeSet<String> {
    let rows: Vec<(String, String, String)> = profile
        .read::<_, DbError>(|tx| {
            let sql = "SELECT id || ' ' || name, look, ' ' || created_at || ' ' || (deleted_at IS NULL) FROM projects";
            Ok(tx
                .prepare(sql)?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
                .collect::<Result<_, _>>()?)
        })
        .unwrap();
    let look = |text: &str| serde_json::from_str::<Look>(text).unwrap();
    rows.iter().map(|(name, text, rest)| format!("{name} {:?}{rest}", look(text))).collect()
}

fn open(home: &Path) -> (Home, Profile) {
    let home = Home::open(host(home, &[])).unwrap();
    let profile = home.current().unwrap();
    (home, profile)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_killed_devices_made_is_on_all_of_them_in_the_end() {
    let Some(hosted) = Hosted::start() else { return };
    hosted.sign_up("ana@example.com").await;
    let devices =
        Devices { folder: tempfile::tempdir().unwrap(), url: hosted.url.clone(), remote: RemoteProfileId::new() };
    {
        let (_home, profile) = open(&devices.home(0));
        let way = devices.way(&profile);
        way.sign_in("ana@example.com", &PASSWORD.to_owned().into()).await.unwrap();
        way.create_profile(devices.remote, "Bakery").await.unwrap();
    }
    let kills = soak_or(6, 100) as usize;
    let mut running: Vec<Child> = (0..3).map(|number| devices.start(number)).collect();
    for kill in 0..kills {
        let number = kill % 3;
        // Another moment each time: after so many things that it made since it was started.
        let (before, wanted) = (devices.made(number).len(), 1 + kill * 5 % 11);
        while devices.made(number).len() < before + wanted {
            assert!(running[number].try_wait().unwrap().is_none(), "a device died by itself");
            tokio::task::yield_now().await;
        }
        running[number].kill().unwrap();
        running[number].wait().unwrap();
        running[number] = devices.start(number);
    }
    for child in &mut running {
        child.kill().unwrap();
        child.wait().unwrap();
    }

    let opened: Vec<(Home, Profile)> = (0..3).map(|number| open(&devices.home(number))).collect();
    for round in 0..3 {
        for (_, profile) in &opened {
            let way = devices.way(profile);
            way.sign_in("ana@example.com", &PASSWORD.to_owned().into()).await.unwrap();
            sync::link(profile, devices.remote).unwrap();
            sync::run_once(profile, &way).await.unwrap();
            let status = sync::status(profile).unwrap();
            assert_eq!((status.set_aside.len(), status.held), (0, 0), "round {round}");
        }
    }
    let first = content(&opened[0].1);
    for (_, profile) in &opened {
        assert_eq!(sync::status(profile).unwrap().state, SyncState::InSync);
        let other = content(profile);
        let differs: Vec<&String> = first.symmetric_difference(&other).take(6).collect();
        assert!(differs.is_empty(), "{differs:#?}");
    }
    let made: BTreeSet<String> = (0..3).flat_map(|number| devices.made(number)).collect();
    let there: BTreeSet<String> =
        first.iter().map(|line| line.splitn(4, ' ').take(3).collect::<Vec<_>>().join(" ")).collect();
    let lost: Vec<&String> = made.difference(&there).collect();
    assert!(lost.is_empty(), "{} of {} are lost: {lost:?}", lost.len(), made.len());
    println!("soak: {kills} devices killed while they synced over HTTP; {} rows, none lost", made.len());
}
