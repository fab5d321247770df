//! Tests of a profile that goes into one file and comes out of it.

use std::fs::File;
use std::io::{Read, Write};
use std::path::PathBuf;

use super::*;
use crate::error::{Code, Explain};
use crate::library::import::{ImportOptions, import};
use crate::library::{Source, sources, testmedia};
use crate::project::{Look, store as projects};
use crate::testkit::{Bench, bench};

/// A profile with a file inside and one that is referenced where it lies, a project, a key and a file in each folder.
async fn filled() -> (Bench, ProfileId) {
    let bench = bench();
    let profile = &bench.profile;
    let cancel = CancellationToken::new();
    for (name, in_place) in [("in.mp4", false), ("out.mp4", true)] {
        let file =
            if in_place { testmedia::with_sound(&bench.desk, name) } else { testmedia::plain(&bench.desk, name) };
        let options = ImportOptions { in_place, ..ImportOptions::default() };
        assert_eq!(import(profile, &[file], &options, &cancel).await.unwrap().added.len(), 1);
    }
    profile.write(|tx| projects::create(tx, "Bakery", &Look::default(), &[])).unwrap();
    crate::publish::tests::one_of_each(profile);
    crate::credentials::set(profile, "elevenlabs", &"sk-planted-0123456789".into(), None).unwrap();
    for file in ["cache/voice/a.wav", "cache/chunks/b.mkv", "inbox/c.mp4", "media/music/d.mp3", "media/.e.part"] {
        let path = profile.root().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, file.repeat(1000)).unwrap();
    }
    let id = profile.id();
    (bench, id)
}

fn goal(bench: &Bench) -> PathBuf {
    bench.desk.join("bakery.efprofile")
}

fn export(bench: &Bench, passphrase: Option<&str>) -> Result<Exported, HomeError> {
    let passphrase = passphrase.map(SecretString::from);
    bench.home.export(bench.profile.id(), &goal(bench), passphrase.as_ref(), &CancellationToken::new())
}

fn take_in(bench: &Bench, passphrase: Option<&str>) -> Result<ProfileInfo, HomeError> {
    let passphrase = passphrase.map(SecretString::from);
    bench.home.import(&goal(bench), passphrase.as_ref(), &CancellationToken::new())
}

fn listed(profile: &Profile) -> Vec<Source> {
    profile.read(|tx| sources::list(tx, &sources::Filter::default())).unwrap()
}

/// Neither a profile nor anything half made.
fn nothing_came(bench: &Bench) {
    assert_eq!(bench.home.profiles().unwrap().len(), 1);
    let left: Vec<_> = std::fs::read_dir(bench.home.root().join("profiles")).unwrap().flatten().collect();
    assert_eq!(left.len(), 1, "{left:?}");
    assert_eq!(std::fs::read_dir(bench.home.root().join("unfinished")).unwrap().count(), 0);
    assert!(bench.home.transfers().show().is_none());
}

#[tokio::test]
async fn a_profile_comes_out_of_its_file_with_everything_and_a_footage_file_that_was_outside() {
    let (bench, id) = filled().await;
    let exported = export(&bench, None).unwrap();
    assert_eq!((exported.copied, exported.missing.len(), exported.sealed), (1, 0, false));
    let bytes = std::fs::read(&exported.path).unwrap();
    let mut tar = Vec::new();
    zstd::Decoder::new(&bytes[..]).unwrap().read_to_end(&mut tar).unwrap();
    assert!(!tar.windows(10).any(|w| w == b"sk-planted"), "no key is in it");

    let said = bench.home.look_into(&exported.path, None).unwrap();
    assert_eq!(said.holds.map(|h| (h.name, h.files)), Some(("Test".to_owned(), exported.files)));
    let info = take_in(&bench, None).unwrap();
    assert_eq!(info.name, "Test 2");
    assert_ne!(info.id, id);
    let other = bench.home.profile(info.id).unwrap();
    let (mine, theirs) = (listed(&bench.profile), listed(&other));
    assert_eq!(theirs.len(), 2);
    for (mine, theirs) in mine.iter().zip(&theirs) {
        assert_eq!((&mine.hash, &mine.name, mine.created_at), (&theirs.hash, &theirs.name, theirs.created_at));
        assert!(mine.id != theirs.id && theirs.outside.is_none());
        let real = sources::real_path(&other, theirs).unwrap();
        assert!(real.starts_with(other.root()));
        assert_eq!(crate::library::hash::of_file(&real).unwrap(), theirs.hash);
    }
    assert_eq!(other.read(projects::list).unwrap()[0].name, "Bakery");
    assert!(other.root().join("cache/voice/a.wav").is_file() && other.root().join("media/music/d.mp3").is_file());
    for left in ["cache/chunks/b.mkv", "inbox/c.mp4", "media/.e.part", "older"] {
        assert!(!other.root().join(left).exists(), "{left}");
    }
    assert!(!crate::credentials::show(&other, "elevenlabs").unwrap().set);
    // What was still to be sent is sent by the profile it was asked of, and by no copy of it.
    assert_eq!(crate::publish::tests::open(&other), 0);
    assert!(crate::publish::tests::open(&bench.profile) > 0);
    // Two of them have nothing in common, with each other or with the first.
    let third = take_in(&bench, None).unwrap();
    assert_eq!(third.name, "Test 3");
    other.write(|tx| projects::create(tx, "Only here", &Look::default(), &[])).unwrap();
    assert_eq!(bench.home.profile(third.id).unwrap().read(projects::list).unwrap().len(), 1);
    assert_eq!(crate::audit::inspect(&bench.home).unwrap().leaks, []);
}

#[tokio::test]
async fn with_a_passphrase_only_that_one_opens_it() {
    let (bench, _) = filled().await;
    assert!(matches!(export(&bench, Some("short")), Err(HomeError::Archive(ArchiveError::ShortPassphrase(_)))));
    assert!(!goal(&bench).exists());
    export(&bench, Some("correct horse")).unwrap();
    let bytes = std::fs::read(goal(&bench)).unwrap();
    assert!(!bytes.windows(6).any(|w| w == b"Bakery" || w == b"SQLite"));
    assert_eq!(bench.home.look_into(&goal(&bench), None).unwrap(), ArchiveInfo { sealed: true, holds: None });
    assert!(matches!(take_in(&bench, None), Err(HomeError::Archive(ArchiveError::Sealed { .. }))));
    assert!(matches!(
        take_in(&bench, Some("wrong horse")),
        Err(HomeError::Archive(ArchiveError::WrongPassphrase { .. }))
    ));
    nothing_came(&bench);
    assert_eq!(take_in(&bench, Some("correct horse")).unwrap().name, "Test 2");
}

#[tokio::test]
async fn a_file_that_was_cut_or_changed_anywhere_is_refused_and_leaves_nothing() {
    let (bench, _) = filled().await;
    for passphrase in [None, Some("correct horse")] {
        export(&bench, passphrase).unwrap();
        let whole = std::fs::read(goal(&bench)).unwrap();
        let mut bad: Vec<Vec<u8>> = [whole.len() / 4, whole.len() / 2, whole.len() - 1, whole.len() - 200]
            .into_iter()
            .map(|length| whole[..length].to_vec())
            .collect();
        for at in [whole.len() / 3, whole.len() * 2 / 3, whole.len() - 2] {
            let mut changed = whole.clone();
            changed[at] ^= 0x10;
            bad.push(changed);
        }
        for (n, bytes) in bad.into_iter().enumerate() {
            std::fs::write(goal(&bench), bytes).unwrap();
            let error = take_in(&bench, passphrase).unwrap_err();
            assert_eq!(error.code(), Code::TruncatedFile, "{n}: {error}");
            assert!(error.to_string().contains("nothing of it was taken in"), "{error}");
            nothing_came(&bench);
        }
    }
    std::fs::write(goal(&bench), "a letter to a friend").unwrap();
    assert!(matches!(take_in(&bench, None), Err(HomeError::Archive(ArchiveError::NotOne { .. }))));
    nothing_came(&bench);
}

/// Writes an archive as somebody with bad intentions would.
fn forge(bench: &Bench, head: &serde_json::Value, entries: &[(&str, &[u8], tar::EntryType)]) {
    let mut tar = tar::Builder::new(zstd::Encoder::new(File::create(goal(bench)).unwrap(), 1).unwrap());
    let head = serde_json::to_vec(head).unwrap();
    let head = ("profile.json", head.as_slice(), tar::EntryType::Regular);
    for (name, bytes, kind) in std::iter::once(&head).chain(entries) {
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(*kind);
        header.set_size(bytes.len() as u64);
        // The names are written as they are: the library itself would not write some of them.
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        if *kind == tar::EntryType::Symlink {
            header.set_link_name("/etc/passwd").unwrap();
        }
        header.set_cksum();
        tar.append(&header, *bytes).unwrap();
    }
    tar.into_inner().unwrap().finish().unwrap().flush().unwrap();
}

#[tokio::test]
async fn no_name_in_it_leads_out_and_what_is_no_file_or_too_much_or_too_new_is_refused() {
    let bench = bench();
    export(&bench, None).unwrap();
    let head = |change: &[(&str, serde_json::Value)]| {
        let mut head = serde_json::json!({
            "format": 1, "schema": 1, "program": "9.9", "profile": ProfileId::new(), "name": "Bad", "colour": "teal",
            "made_at": 1, "files": 1, "bytes": 100
        });
        for (name, value) in change {
            head[*name] = value.clone();
        }
        head
    };
    let regular = tar::EntryType::Regular;
    for name in ["../outside.txt", "media/../../outside.txt", "/tmp/outside.txt", "outside.txt", "backups/x.sqlite"] {
        forge(&bench, &head(&[]), &[(name, b"x", regular)]);
        assert_eq!(take_in(&bench, None).unwrap_err().code(), Code::TruncatedFile, "{name}");
        nothing_came(&bench);
    }
    forge(&bench, &head(&[]), &[("media/link", b"", tar::EntryType::Symlink)]);
    assert_eq!(take_in(&bench, None).unwrap_err().code(), Code::TruncatedFile);
    forge(&bench, &head(&[("bytes", 3.into())]), &[("media/a", b"abcd", regular)]);
    assert!(take_in(&bench, None).unwrap_err().to_string().contains("more is in it"));
    forge(&bench, &head(&[]), &[("media/a", b"a", regular), ("media/a", b"b", regular)]);
    assert!(take_in(&bench, None).unwrap_err().to_string().contains("twice"));
    forge(&bench, &head(&[("bytes", u64::MAX.into())]), &[]);
    assert_eq!(take_in(&bench, None).unwrap_err().code(), Code::DiskFull);
    for newer in [("format", 2), ("schema", 9999)] {
        forge(&bench, &head(&[(newer.0, newer.1.into())]), &[]);
        let error = take_in(&bench, None).unwrap_err();
        assert_eq!(error.code(), Code::NewerDatabase, "{error}");
    }
    nothing_came(&bench);
    assert!(!bench.home.root().join("outside.txt").exists());
}

#[tokio::test]
async fn one_that_is_stopped_leaves_nothing_and_only_one_goes_on_at_a_time() {
    let (bench, id) = filled().await;
    let stopped = CancellationToken::new();
    stopped.cancel();
    let export_stopped = bench.home.export(id, &goal(&bench), None, &stopped).unwrap_err();
    assert_eq!(export_stopped.code(), Code::Cancelled);
    assert!(
        !std::fs::read_dir(&bench.desk).unwrap().flatten().any(|e| e.path().extension().is_some_and(|x| x == "part"))
    );
    export(&bench, None).unwrap();
    assert_eq!(bench.home.import(&goal(&bench), None, &stopped).unwrap_err().code(), Code::Cancelled);
    nothing_came(&bench);
    let busy = bench.home.transfers().begin(TransferKind::Import, &CancellationToken::new()).unwrap();
    assert!(matches!(export(&bench, None), Err(HomeError::Archive(ArchiveError::Busy))));
    drop(busy);
    let inside = bench.profile.root().join("media/x.efprofile");
    assert_eq!(
        bench.home.export(id, &inside, None, &CancellationToken::new()).unwrap_err().code(),
        Code::OutsideProfile
    );
}

#[tokio::test]
async fn footage_outside_that_is_gone_is_named_and_stays_behind() {
    let (bench, _) = filled().await;
    std::fs::remove_file(bench.desk.join("out.mp4")).unwrap();
    let exported = export(&bench, None).unwrap();
    assert_eq!((exported.copied, exported.missing), (0, vec!["out.mp4".to_owned()]));
    let other = bench.home.profile(take_in(&bench, None).unwrap().id).unwrap();
    assert_eq!(listed(&other).iter().filter(|s| s.outside.is_some()).count(), 1);
}
