//! Tests of the audit: it finds planted leaks of every kind, and nothing in sound profiles.

use super::*;
use crate::profile::Profile;
use crate::profile::db::DbError;
use crate::project::{Look, store};
use crate::testkit;

fn two() -> (testkit::Bench, Profile, Profile) {
    let bench = testkit::bench();
    let other = bench.home.create("Other", None).unwrap().id;
    let (a, b) = (bench.profile.clone(), bench.home.profile(other).unwrap());
    for profile in [&a, &b] {
        let project = profile.write(|tx| store::create(tx, "Wedding", &Look::default(), &[])).unwrap();
        let new = store::NewScript { name: "s".into(), text: "Hello there.".into(), ..Default::default() };
        profile.write(|tx| store::add_script(tx, project.id, &new)).unwrap();
        std::fs::write(profile.root().join("media/wedding.mp4"), profile.id().to_string()).unwrap();
    }
    (bench, a, b)
}

fn leaks(bench: &testkit::Bench) -> Vec<Leak> {
    inspect(&bench.home).unwrap().leaks
}

#[test]
fn sound_profiles_have_no_leak_and_what_they_own_is_listed() {
    let (bench, a, _b) = two();
    let report = inspect(&bench.home).unwrap();
    assert_eq!((report.leaks, report.unread), (vec![], vec![]));
    let owned = report.profiles.iter().find(|p| p.profile == a.id()).unwrap();
    assert_eq!((owned.rows["projects"], owned.rows["scripts"], owned.rows["jobs"]), (1, 1, 0));
    assert!(owned.files >= 2 && owned.bytes > 36);
}

#[test]
fn a_planted_row_of_another_profile_is_found() {
    let (bench, a, b) = two();
    let theirs = a.read(store::list).unwrap().remove(0);
    b.write::<_, DbError>(|tx| {
        tx.execute("INSERT INTO projects (id, name, look, created_at) VALUES (?1, 'x', '{}', 0)", [theirs.id])?;
        Ok(())
    })
    .unwrap();
    assert!(leaks(&bench).iter().any(|l| l.what.contains(&theirs.id.to_string())));
}

#[test]
fn a_planted_mention_inside_json_is_found() {
    let (bench, a, b) = two();
    let theirs = a.read(store::list).unwrap().remove(0);
    b.write::<_, DbError>(|tx| {
        let text = format!("\"see project {} of the other brand\"", theirs.id);
        tx.execute("INSERT INTO settings (name, value) VALUES ('note', ?1)", [text])?;
        Ok(())
    })
    .unwrap();
    let found = leaks(&bench);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].found_in, found[0].belongs_to), (b.id(), Some(a.id())));
}

#[test]
fn a_planted_file_name_is_found() {
    let (bench, a, b) = two();
    std::fs::write(b.root().join(format!("cache/{}.bin", a.id())), "x").unwrap();
    assert_eq!(leaks(&bench).len(), 1);
}

#[cfg(unix)]
#[test]
fn planted_links_are_found() {
    let (bench, a, b) = two();
    std::os::unix::fs::symlink(a.root().join("media/wedding.mp4"), b.root().join("media/soft.mp4")).unwrap();
    let found = leaks(&bench);
    assert_eq!((found.len(), found[0].belongs_to), (1, Some(a.id())));
    std::fs::hard_link(a.root().join("media/wedding.mp4"), b.root().join("media/hard.mp4")).unwrap();
    assert!(leaks(&bench).iter().any(|l| l.what.contains("same file on disk")));
}

#[test]
fn an_absolute_path_where_a_relative_one_belongs_is_found() {
    let (bench, _a, b) = two();
    b.write::<_, DbError>(|tx| {
        tx.execute(
            "INSERT INTO voiceovers (id, key, file, hash, narration, created_at) VALUES ('x', 'k', '/etc/passwd', 'h', '{}', 0)",
            [],
        )?;
        Ok(())
    })
    .unwrap();
    assert_eq!(leaks(&bench).len(), 1);
}

#[test]
fn ids_are_found_wherever_they_stand() {
    let id = ProfileId::new().to_string();
    let text = format!("é{id}{id}-0123 {}", id.to_uppercase());
    assert_eq!(ownership::ids_in(&text).collect::<Vec<_>>(), [id.clone(), id.clone(), id]);
}

#[tokio::test]
async fn a_rehearsal_of_every_call_finds_nothing() {
    let bench = testkit::bench();
    let calls = u32::try_from(crate::api::CALLS.len() * 4).unwrap();
    let result = rehearse(bench.home.host(), &bench.desk, 7, calls).await.unwrap();
    assert_eq!(result.leaks, Vec::<String>::new());
    assert_eq!(result.calls, calls);
    assert!(result.refused > 0);
}

#[test]
fn an_answer_that_holds_something_of_the_other_profile_is_a_leak() {
    let bench = testkit::bench();
    let theirs = rehearsal::plant(&bench.home, "Theirs").unwrap();
    let clip: String =
        theirs.profile.read::<_, DbError>(|tx| Ok(tx.query_row("SELECT id FROM clips", [], |r| r.get(0))?)).unwrap();
    let text: String = theirs
        .profile
        .read::<_, DbError>(|tx| Ok(tx.query_row("SELECT text FROM scripts", [], |r| r.get(0))?))
        .unwrap();
    assert_eq!(rehearsal::judge("x", "{}", "{}", &theirs), Vec::<String>::new());
    // Asked for by its id and told that it is not there: nothing was given away.
    assert_eq!(rehearsal::judge("x", &clip, &format!("no clip {clip}"), &theirs), Vec::<String>::new());
    assert_eq!(rehearsal::judge("x", "{}", &clip, &theirs).len(), 1);
    assert_eq!(rehearsal::judge("x", &clip, &text, &theirs).len(), 1);
}

#[test]
fn an_account_that_two_profiles_list_is_no_leak_and_one_that_both_post_to_is() {
    let bench = testkit::bench();
    let other = bench.home.profile(bench.home.create("Other", None).unwrap().id).unwrap();
    for profile in [&bench.profile, &other] {
        profile
            .write::<_, DbError>(|tx| {
                tx.execute(
                    "INSERT INTO accounts (id, name, handle, platform, disabled, seen_at) VALUES ('a', 'A', 'a', 'tiktok', 0, 1)",
                    [],
                )?;
                Ok(())
            })
            .unwrap();
    }
    assert_eq!(inspect(&bench.home).unwrap().leaks, []);
    for profile in [&bench.profile, &other] {
        profile.write::<_, DbError>(|tx| Ok(tx.execute("UPDATE accounts SET ticked = 1", [])?)).unwrap();
    }
    assert!(inspect(&bench.home).unwrap().leaks[0].what.contains("in both profiles"));
}
