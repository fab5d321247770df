//! Tests of putting a copy of a profile's database back.

use super::*;
use crate::error::{Code, Explain, Failure};
use crate::profile::Profile;
use crate::project::{Look, store as projects};
use crate::testkit::{Bench, bench};

fn add(profile: &Profile, name: &str) {
    profile.write(|tx| projects::create(tx, name, &Look::default(), &[])).unwrap();
}

fn names(home: &Home, id: ProfileId) -> Vec<String> {
    home.profile(id).unwrap().read(projects::list).unwrap().into_iter().map(|p| p.name).collect()
}

/// A second profile with a copy that was made before its second project, closed.
fn copied(bench: &Bench) -> (ProfileId, String) {
    let id = bench.home.create("Copied", None).unwrap().id;
    let profile = bench.home.profile(id).unwrap();
    add(&profile, "before");
    profile.back_up_daily().unwrap().unwrap();
    add(&profile, "after");
    let backups = bench.home.backups(id).unwrap();
    assert_eq!(backups.len(), 1);
    (id, backups[0].name.clone())
}

#[test]
fn a_copy_is_put_back_and_what_was_there_is_kept() {
    let bench = bench();
    let (id, backup) = copied(&bench);
    bench.home.restore(id, &backup).unwrap();
    assert_eq!(names(&bench.home, id), ["before"]);
    let replaced = bench.home.backups(id).unwrap().into_iter().find(|b| b.name.contains("replaced")).unwrap();
    assert!(replaced.bytes > 0 && replaced.at > 0);
    bench.home.restore(id, &replaced.name).unwrap();
    assert_eq!(names(&bench.home, id), ["after", "before"]);
}

#[test]
fn what_a_copy_was_about_to_send_may_have_been_sent_since_and_is_not_sent_again() {
    let bench = bench();
    let id = bench.home.create("Copied", None).unwrap().id;
    let profile = bench.home.profile(id).unwrap();
    crate::publish::tests::one_of_each(&profile);
    profile.back_up_daily().unwrap().unwrap();
    drop(profile);
    let backup = bench.home.backups(id).unwrap().remove(0).name;
    bench.home.restore(id, &backup).unwrap();
    let profile = bench.home.profile(id).unwrap();
    for state in ["waiting", "uploading", "sending"] {
        assert_eq!(crate::publish::tests::in_state(&profile, state), 0, "{state}");
    }
    assert_eq!(crate::publish::tests::in_state(&profile, "unknown"), 4);
}

#[test]
fn a_database_that_was_set_aside_after_a_crash_comes_back_with_its_last_changes() {
    let bench = bench();
    let (id, backup) = copied(&bench);
    let file = bench.home.folder_of(id).join(DATABASE);
    let wal = file.with_file_name(format!("{DATABASE}-wal"));
    // As a killed process leaves it: the files as they are while the last change is in the log alone.
    let profile = bench.home.profile(id).unwrap();
    add(&profile, "last");
    let (left, left_wal) = (std::fs::read(&file).unwrap(), std::fs::read(&wal).unwrap());
    assert!(!left_wal.is_empty());
    drop(profile);
    let aside = bench.home.backups_of(id).join("profile-replaced-1.sqlite");
    std::fs::write(&aside, left).unwrap();
    std::fs::write(aside.with_file_name("profile-replaced-1.sqlite-wal"), left_wal).unwrap();

    bench.home.restore(id, &backup).unwrap();
    assert_eq!(names(&bench.home, id), ["before"]);
    bench.home.restore(id, "profile-replaced-1.sqlite").unwrap();
    assert_eq!(names(&bench.home, id), ["last", "after", "before"]);
}

#[test]
fn a_damaged_database_is_mended_with_a_copy() {
    let bench = bench();
    let (id, backup) = copied(&bench);
    let file = bench.home.folder_of(id).join(DATABASE);
    let note = b"this is no database".repeat(200);
    std::fs::write(&file, &note).unwrap();
    for ending in BESIDE {
        std::fs::remove_file(file.with_file_name(format!("{DATABASE}{ending}"))).ok();
    }
    let refused = Failure::from(bench.home.profile(id).unwrap_err());
    assert_eq!((refused.code, &refused.details["profile"]), (Code::DamagedDatabase, &serde_json::json!(id)));
    bench.home.restore(id, &backup).unwrap();
    assert_eq!(names(&bench.home, id), ["before"]);
    let kept = bench.home.backups(id).unwrap().into_iter().find(|b| b.name.contains("replaced")).unwrap();
    assert_eq!(std::fs::read(bench.home.backups_of(id).join(kept.name)).unwrap(), note);
}

#[test]
fn nothing_is_put_back_while_it_is_open_or_from_elsewhere_or_from_a_damaged_copy() {
    let bench = bench();
    let (id, backup) = copied(&bench);
    let open = bench.home.profile(id).unwrap();
    assert!(matches!(bench.home.restore(id, &backup), Err(HomeError::Open(_))));
    drop(open);
    let outside = format!("../../{}/backups/{backup}", bench.profile.id());
    assert!(matches!(bench.home.restore(id, &outside), Err(HomeError::NoBackup(_))));
    let bad = "profile-daily-1.sqlite";
    std::fs::write(bench.home.backups_of(id).join(bad), "half a database").unwrap();
    assert_eq!(bench.home.restore(id, bad).unwrap_err().code(), Code::DamagedDatabase);
    assert_eq!(names(&bench.home, id), ["after", "before"]);
}

mod money {
    use super::*;
    use crate::budget::{self, Bound, Charge, LedgerState, Need, Price, quota_state, reserve_all};

    fn need() -> Need {
        Need {
            provider: "elevenlabs".into(),
            model: "eleven_v3".into(),
            price: Price { characters: 100, microusd: 22_000 },
            project: None,
            job: None,
            what: "hash".into(),
        }
    }

    fn pay(profile: &Profile) {
        let sent = reserve_all(profile, vec![need()]).unwrap().remove(0).send().unwrap();
        sent.settle(&Charge { price: need().price, request_id: None }).unwrap();
    }

    fn used_and_held(profile: &Profile) -> (u64, u64) {
        let line = quota_state(profile).unwrap().providers.remove(0);
        (line.used_characters, line.reserved_characters)
    }

    #[test]
    fn what_was_paid_and_limited_and_kept_in_the_keyring_since_is_not_undone_by_putting_a_copy_back() {
        let bench = bench();
        let id = bench.home.create("Paying", None).unwrap().id;
        let profile = bench.home.profile(id).unwrap();
        pay(&profile);
        // Sent when the copy is made, settled after it.
        let sent = reserve_all(&profile, vec![need()]).unwrap().remove(0).send().unwrap();
        profile.back_up_daily().unwrap().unwrap();
        sent.settle(&Charge { price: need().price, request_id: Some("r1".into()) }).unwrap();
        pay(&profile);
        reserve_all(&profile, vec![need()]).unwrap().remove(0).send().unwrap().unknown("time-out").unwrap();
        budget::set_quota(&profile, Some("elevenlabs"), Bound { characters: Some(450), microusd: None }).unwrap();
        crate::credentials::set(&profile, "elevenlabs", &"sk_0123456789abcdef".into(), None).unwrap();
        assert_eq!(used_and_held(&profile), (300, 100));
        drop(profile);
        let backup = bench.home.backups(id).unwrap()[0].name.clone();
        bench.home.restore(id, &backup).unwrap();
        let profile = bench.home.profile(id).unwrap();
        assert_eq!(used_and_held(&profile), (300, 100));
        assert_eq!(reserve_all(&profile, vec![need()]).unwrap_err().code(), Code::OverQuota);
        let all = budget::list(&profile, &budget::CostFilter::default(), 10, 0).unwrap().costs;
        assert_eq!(all.iter().filter(|row| row.state == LedgerState::Settled).count(), 3);
        assert!(crate::credentials::show(&profile, "elevenlabs").unwrap().set);
    }

    #[test]
    fn books_that_cannot_be_read_any_more_stop_paid_calls_until_somebody_has_seen_it() {
        let bench = bench();
        let (id, backup) = copied(&bench);
        let file = bench.home.folder_of(id).join(DATABASE);
        std::fs::write(&file, b"this is no database".repeat(200)).unwrap();
        for ending in BESIDE {
            std::fs::remove_file(file.with_file_name(format!("{DATABASE}{ending}"))).ok();
        }
        bench.home.restore(id, &backup).unwrap();
        let profile = bench.home.profile(id).unwrap();
        let refused = reserve_all(&profile, vec![need()]).unwrap_err();
        assert_eq!(refused.code(), Code::OverQuota);
        assert!(refused.details()["gap"].is_i64(), "{refused}");
        assert!(quota_state(&profile).unwrap().total.blocked.is_some());
        budget::acknowledge(&profile, None).unwrap();
        assert!(reserve_all(&profile, vec![need()]).is_ok());
    }
}
