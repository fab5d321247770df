//! Tests of the home: first run, names, colours, defaults, and that deleting loses nothing.

use super::*;
use crate::host::Tools;
use crate::profile::secrets::{InMemory, SecretStore};

struct Kit {
    dir: tempfile::TempDir,
    store: Arc<InMemory>,
}

impl Kit {
    fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap(), store: Arc::default() }
    }

    fn home(&self) -> Home {
        Home::open(Host {
            home: self.dir.path().join("home"),
            tools: Tools::default(),
            secrets: self.store.clone(),
            concurrency: 1,
            endpoints: std::collections::BTreeMap::new(),
            demo: None,
            process_name: "a test".into(),
        })
        .unwrap()
    }
}

#[test]
fn the_first_run_makes_a_profile_by_itself_and_only_one() {
    let kit = Kit::new();
    let first = kit.home().current().unwrap().id();
    assert_eq!(kit.home().current().unwrap().id(), first);
    assert_eq!(kit.home().profiles().unwrap().len(), 1);
}

#[test]
fn the_last_used_profile_comes_back_and_the_default_wins_over_it() {
    let kit = Kit::new();
    let home = kit.home();
    let a = home.create("A", None).unwrap().id;
    let b = home.create("B", None).unwrap().id;
    home.enter(a).unwrap();
    assert_eq!(kit.home().current().unwrap().id(), a);
    home.set_default(b).unwrap();
    assert_eq!(kit.home().current().unwrap().id(), b);
    assert!(home.info(b).unwrap().default && !home.info(a).unwrap().default);
}

#[test]
fn a_missing_profile_is_passed_over_and_nothing_is_made_in_its_place() {
    let kit = Kit::new();
    let home = kit.home();
    let a = home.create("A", None).unwrap().id;
    let b = home.create("B", None).unwrap().id;
    home.set_default(b).unwrap();
    let folder = home.folder_of(b);
    drop(home);
    std::fs::rename(&folder, kit.dir.path().join("aside")).unwrap();
    let home = kit.home();
    assert_eq!(home.current().unwrap().id(), a);
    assert!(matches!(home.profile(b), Err(HomeError::Missing { .. })));
    assert!(!folder.exists());
    std::fs::rename(kit.dir.path().join("aside"), &folder).unwrap();
    assert_eq!(kit.home().current().unwrap().id(), b);
}

#[test]
fn names_are_unique_whatever_their_letter_case() {
    let home = Kit::new();
    let home = home.home();
    let a = home.create("Brand Ă", None).unwrap().id;
    assert!(matches!(home.create("brand ă", None), Err(HomeError::NameTaken(_))));
    assert!(matches!(home.create(" \n ", None), Err(HomeError::BadName)));
    assert!(matches!(home.create(&"x".repeat(301), None), Err(HomeError::BadName)));
    home.create(&"ש".repeat(300), None).unwrap();
    home.rename(a, "BRAND Ă").unwrap();
    assert_eq!(home.find("brand ă").unwrap().id, a);
}

#[test]
fn each_new_profile_gets_the_colour_used_least() {
    let home = Kit::new();
    let home = home.home();
    let colours: std::collections::BTreeSet<_> =
        (0..8).map(|n| home.create(&format!("P{n}"), None).unwrap().colour).collect();
    assert_eq!(colours.len(), COLOURS.len());
    assert!(matches!(home.create("Q", Some("mauve")), Err(HomeError::BadColour(_))));
}

#[test]
fn the_same_handle_is_handed_out_while_somebody_holds_it() {
    let kit = Kit::new();
    let home = kit.home();
    let id = home.create("A", None).unwrap().id;
    let one = home.profile(id).unwrap();
    let mut heard = one.events().listen();
    home.profile(id).unwrap().announce(crate::profile::events::Event::Job { job: crate::ids::JobId::new() });
    assert!(heard.try_recv().is_ok());
}

#[cfg(target_os = "linux")]
#[test]
fn deleting_moves_the_folder_to_the_trash_and_takes_the_keyring_entries_along() {
    let kit = Kit::new();
    let home = kit.home();
    let (a, b) = (home.create("A", None).unwrap().id, home.create("B", None).unwrap().id);
    for id in [a, b] {
        let profile = home.profile(id).unwrap();
        crate::credentials::set(&profile, "elevenlabs", &"sk-secret".into(), None).unwrap();
    }
    let folder = home.folder_of(a);
    home.delete(a).unwrap();
    assert!(!folder.exists());
    assert_eq!(kit.store.len(), 1);
    assert!(crate::credentials::get(&home.profile(b).unwrap(), "elevenlabs").unwrap().is_some());
    assert!(kit.store.get(&format!("edit-factory/{a}"), "elevenlabs").unwrap().is_none());
    let in_trash: Vec<_> =
        trash::os_limited::list().unwrap().into_iter().filter(|item| item.original_path() == folder).collect();
    assert_eq!(in_trash.len(), 1);
    // Put back from the trash, it is listed again under its name.
    trash::os_limited::restore_all(in_trash).unwrap();
    assert_eq!(kit.home().info(a).unwrap().name, "A");
}

#[test]
fn a_profile_whose_jobs_run_is_not_deleted() {
    let kit = Kit::new();
    let home = kit.home();
    let id = home.create("A", None).unwrap().id;
    let lock = home.profile(id).unwrap().lock_runner().unwrap();
    assert!(matches!(home.delete(id), Err(HomeError::Busy(_))));
    assert!(home.folder_of(id).exists());
    drop(lock);
}

#[test]
fn a_profile_of_the_first_schema_comes_over_with_all_it_has() {
    use rusqlite::Connection;
    let kit = Kit::new();
    let home = kit.home();
    let id = home.create("A", None).unwrap().id;
    let root = home.folder_of(id);
    drop(home);
    for ending in ["", "-wal", "-shm"] {
        std::fs::remove_file(root.join(format!("profile.sqlite{ending}"))).ok();
    }
    {
        let old = Connection::open(root.join("profile.sqlite")).unwrap();
        old.execute_batch(include_str!("../../../../migrations/profile/0001_initial.sql")).unwrap();
        old.execute_batch(
            "INSERT INTO projects VALUES ('p', 'Bakery', '{}', 1, NULL);
             INSERT INTO scripts (id, project_id, name, text, position, created_at) VALUES ('s', 'p', 'bread', 'Hi.', 1, 1);
             INSERT INTO sources (id, name, hash, bytes, path, duration_ms, width, height, has_sound, probe, created_at)
                 VALUES ('f', 'a.mp4', 'h', 1, 'media/a', 1, 2, 2, 0, '{}', 1);
             INSERT INTO shots VALUES ('t', 'f', 0, 900, 0, 0, 0, 0, 0, 0, 0, 0, NULL);
             INSERT INTO pins VALUES ('s', 0, 'Hi.', 0, 0, 't');
             INSERT INTO variants VALUES ('v', 'p', 's', 'b', 0, 1, '{}', '[]', 1);
             INSERT INTO clips (id, variant_id, name, folder, hash, bytes, duration_ms, receipt, created_at)
                 VALUES ('c', 'v', 'bread-1', 'clips/c', 'h', 1, 1,
                         '{\"platform\": \"tiktok\", \"shots\": [{\"shot\": \"t\"}]}', 1);
             PRAGMA user_version = 1;",
        )
        .unwrap();
    }
    let home = kit.home();
    let row = home
        .profile(id)
        .unwrap()
        .read::<_, DbError>(|tx| {
            Ok(tx.query_row(
                "SELECT c.name, c.platform, c.opening, s.text, s.deleted_at, p.shot_id, p.in_ms
                 FROM clips c, scripts s, pins p",
                [],
                |r| {
                    let texts: [String; 4] = [r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?];
                    Ok((texts, r.get::<_, Option<i64>>(4)?, r.get::<_, String>(5)?, r.get::<_, Option<i64>>(6)?))
                },
            )?)
        })
        .unwrap();
    assert_eq!(row, (["bread-1", "tiktok", "t", "Hi."].map(str::to_owned), None, "t".into(), None));
    let backups = home.backups(id).unwrap();
    assert!(backups.len() == 1 && backups[0].name.starts_with("profile-schema1-"), "{backups:?}");
}
