//! Imports for real: files copied, rows and jobs stored, bad files left out.

use super::*;
use crate::jobs::JobState;
use crate::library::sources::Filter;
use crate::library::testmedia::{self, QUICK, make};
use crate::testkit::{Bench, bench};

async fn run(bench: &Bench, paths: &[PathBuf], options: &ImportOptions) -> ImportReport {
    import(&bench.profile, paths, options, &CancellationToken::new()).await.unwrap()
}

fn files_in_media(bench: &Bench) -> usize {
    std::fs::read_dir(bench.profile.root().join("media")).unwrap().count()
}

fn in_place() -> ImportOptions {
    ImportOptions { in_place: true, ..ImportOptions::default() }
}

#[tokio::test]
async fn a_file_is_copied_in_hashed_and_queued_for_analysis_and_proxy() {
    let bench = bench();
    let mut heard = bench.profile.events().listen();
    let path = testmedia::with_sound(&bench.desk, "Brutărie.mp4");
    let report = run(&bench, std::slice::from_ref(&path), &ImportOptions::default()).await;
    let Imported { source, job } = &report.added[0];
    assert_eq!((source.name.as_str(), source.has_sound, source.width), ("Brutărie.mp4", true, 320));
    assert_eq!(source.hash, blake3::hash(&std::fs::read(&path).unwrap()).to_hex().to_string());
    let copy = sources::real_path(&bench.profile, source).unwrap();
    assert_eq!(std::fs::read(copy).unwrap(), std::fs::read(&path).unwrap());
    let queued = bench.profile.read(|tx| jobs::list(tx, &[JobState::Queued], 10)).unwrap();
    assert_eq!(queued[0].id, *job);
    let kinds: Vec<JobKind> = queued.into_iter().map(|j| j.kind).collect();
    assert_eq!(kinds, [JobKind::Analyse { source: source.id }, JobKind::Proxy { source: source.id }]);
    assert_eq!(heard.recv().await.unwrap(), Event::Source { source: source.id });
    assert!(path.exists(), "the user's own file stays");
}

#[tokio::test]
async fn a_folder_with_some_bad_files_imports_the_good_ones_and_reports_the_others() {
    let bench = bench();
    let folder = bench.desk.join("Bakery");
    std::fs::create_dir_all(folder.join("Oven")).unwrap();
    testmedia::plain(&folder.join("Oven"), "good.mp4");
    std::fs::write(folder.join("notes.txt"), "flour, water").unwrap();
    std::fs::write(folder.join("empty.mp4"), "").unwrap();
    let tags = vec!["Spring, 2026".to_owned()];
    let report = run(&bench, &[folder, bench.desk.join("absent.mp4")], &ImportOptions { tags, in_place: false }).await;
    assert_eq!(report.added.len(), 1);
    assert_eq!(report.added[0].source.tags, ["bakery", "oven", "spring 2026"]);
    let why: Vec<(&str, Code)> = report.refused.iter().map(|r| (r.name.as_str(), r.failure.code)).collect();
    assert_eq!(why, [("empty.mp4", Code::EmptyFile), ("notes.txt", Code::NotAVideo), ("absent.mp4", Code::Unreadable)]);
    assert_eq!(files_in_media(&bench), 1);
}

#[tokio::test]
async fn the_same_content_under_another_name_is_not_stored_twice() {
    let bench = bench();
    let path = testmedia::plain(&bench.desk, "a.mp4");
    let copy = bench.desk.join("b.mp4");
    std::fs::copy(&path, &copy).unwrap();
    let report = run(&bench, &[path, copy.clone()], &ImportOptions::default()).await;
    // Not looked at yet: both wait for the same job.
    assert_eq!(report.added.len(), 2);
    assert_eq!(report.added[0].job, report.added[1].job);
    let id = report.added[0].source.id;
    bench
        .profile
        .write::<_, SourceError>(|tx| Ok(tx.execute("UPDATE sources SET analysed_at = 1 WHERE id = ?1", [id])?))
        .unwrap();
    let again = run(&bench, &[copy], &ImportOptions::default()).await;
    assert_eq!(again.already.iter().map(|s| s.id).collect::<Vec<_>>(), [id]);
    assert_eq!(files_in_media(&bench), 1);
    assert_eq!(bench.profile.read(|tx| jobs::list(tx, &[], 10)).unwrap().len(), 2);
}

#[tokio::test]
async fn a_removed_source_comes_back_with_its_tags_when_imported_again() {
    let bench = bench();
    let path = testmedia::plain(&bench.desk, "a.mp4");
    let tagged = ImportOptions { tags: vec!["dough".into()], in_place: false };
    let id = run(&bench, std::slice::from_ref(&path), &tagged).await.added[0].source.id;
    assert_eq!(sources::remove(&bench.profile, id).unwrap(), sources::Removed { source: id, clips: 0 });
    assert!(bench.profile.read(|tx| sources::list(tx, &Filter::default())).unwrap().is_empty());
    assert!(matches!(sources::remove(&bench.profile, id), Err(SourceError::NotFound(_))));
    let open = bench.profile.read(|tx| sources::open_jobs(tx, id)).unwrap();
    assert!(open.is_empty(), "nothing works on a removed source");
    let back = run(&bench, &[path], &ImportOptions::default()).await;
    assert_eq!(back.added[0].source.id, id);
    let listed = bench.profile.read(|tx| sources::list(tx, &Filter::default())).unwrap();
    assert_eq!(listed[0].tags, ["dough"]);
    assert_eq!(files_in_media(&bench), 1);
}

#[tokio::test]
async fn a_source_whose_copy_was_lost_gets_the_file_that_is_imported_again() {
    let bench = bench();
    let path = testmedia::plain(&bench.desk, "a.mp4");
    let source = run(&bench, std::slice::from_ref(&path), &ImportOptions::default()).await.added[0].source.clone();
    std::fs::remove_file(sources::real_path(&bench.profile, &source).unwrap()).unwrap();
    assert!(matches!(sources::real_path(&bench.profile, &source), Err(SourceError::Missing { .. })));
    let healed = run(&bench, &[path], &ImportOptions::default()).await.added[0].source.clone();
    assert_eq!(healed.id, source.id);
    assert!(sources::real_path(&bench.profile, &healed).unwrap().is_file());
}

#[tokio::test]
async fn in_place_refers_to_the_file_and_notices_when_it_changes() {
    let bench = bench();
    let path = testmedia::plain(&bench.desk, "it's 100% \"here\".mp4".replace(' ', "_").as_str());
    let source = run(&bench, std::slice::from_ref(&path), &in_place()).await.added[0].source.clone();
    assert_eq!((source.path.clone(), files_in_media(&bench)), (None, 0));
    assert_eq!(sources::real_path(&bench.profile, &source).unwrap(), path.canonicalize().unwrap());

    // Touched but the same: taken after a look at the content. The new time is remembered.
    let later = std::time::SystemTime::now() + std::time::Duration::from_secs(100);
    File::options().append(true).open(&path).unwrap().set_modified(later).unwrap();
    sources::real_path(&bench.profile, &source).unwrap();
    let source = bench.profile.read(|tx| sources::get(tx, source.id)).unwrap();

    // Other content of the same size.
    let mut bytes = std::fs::read(&path).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(&path, &bytes).unwrap();
    assert!(matches!(sources::real_path(&bench.profile, &source), Err(SourceError::Changed { .. })));
    std::fs::remove_file(&path).unwrap();
    assert!(matches!(sources::real_path(&bench.profile, &source), Err(SourceError::Missing { .. })));
}

#[tokio::test]
async fn files_of_another_profile_are_not_taken_by_path() {
    let bench = bench();
    let path = testmedia::plain(&bench.desk, "a.mp4");
    let mine = run(&bench, &[path], &ImportOptions::default()).await.added[0].source.clone();
    let theirs = bench.home.create("Other", None).unwrap();
    let theirs = bench.home.profile(theirs.id).unwrap();
    let file = sources::real_path(&bench.profile, &mine).unwrap();
    for options in [ImportOptions::default(), in_place()] {
        let report = import(&theirs, std::slice::from_ref(&file), &options, &CancellationToken::new()).await.unwrap();
        assert_eq!(report.refused[0].failure.code, Code::OutsideProfile);
    }
    assert!(matches!(theirs.read(|tx| sources::get(tx, mine.id)), Err(SourceError::NotFound(_))));
}

#[tokio::test]
async fn a_cancelled_import_leaves_no_file() {
    let bench = bench();
    let path = testmedia::plain(&bench.desk, "a.mp4");
    let cancel = CancellationToken::new();
    cancel.cancel();
    let result = import(&bench.profile, &[path], &ImportOptions::default(), &cancel).await;
    assert!(matches!(result, Err(ImportError::Cancelled)));
    assert_eq!(files_in_media(&bench), 0);
}

#[cfg(unix)]
#[tokio::test]
async fn odd_names_are_kept_for_people_and_never_become_paths() {
    use std::os::unix::ffi::OsStrExt;
    let bench = bench();
    let names: [&[u8]; 5] =
        [b"-y new\nline.mp4", b"%s 'a' \"b\" c:d.mp4", "🎬.mp4".as_bytes(), b"bad-\xff.mp4", b".mp4"];
    let mut paths = vec![];
    for (i, odd) in names.iter().enumerate() {
        let made = make(&bench.desk, &format!("n{i}.mkv"), &format!("testsrc2=s=64x64:r=10:d={}", i + 1), QUICK);
        let path = bench.desk.join(std::ffi::OsStr::from_bytes(odd));
        std::fs::rename(made, &path).unwrap();
        paths.push(path);
    }
    let report = run(&bench, &paths, &ImportOptions::default()).await;
    let names: Vec<&str> = report.added.iter().map(|i| i.source.name.as_str()).collect();
    assert_eq!(names, ["-y new\u{fffd}line.mp4", "%s 'a' \"b\" c:d.mp4", "🎬.mp4", "bad-\u{fffd}.mp4", ".mp4"]);
    for imported in &report.added {
        let inside = imported.source.path.as_ref().unwrap();
        assert_eq!(inside.as_str(), format!("media/{}.mkv", imported.source.id));
    }
    let report = run(&bench, &[bench.desk.join(std::ffi::OsStr::from_bytes(b"bad-\xff.mp4"))], &in_place()).await;
    assert!(report.refused.is_empty(), "a duplicate needs no path");
}

#[tokio::test]
async fn tags_are_added_taken_off_and_searched() {
    let bench = bench();
    let path = testmedia::plain(&bench.desk, "Țuică.mp4");
    let id = run(&bench, &[path], &ImportOptions::default()).await.added[0].source.id;
    let tag = |add: &[&str], remove: &[&str]| {
        let own = |t: &[&str]| t.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>();
        bench.profile.write(|tx| sources::tag(tx, id, &own(add), &own(remove)))
    };
    assert_eq!(tag(&["  Cold   Oven ", "Árbol"], &[]).unwrap().tags, ["cold oven", "árbol"]);
    assert_eq!(tag(&[], &["COLD OVEN"]).unwrap().tags, ["árbol"]);
    assert!(matches!(tag(&["fine", "no,comma"], &[]), Err(SourceError::BadTag(_))));
    let list = |tags: &[&str], text: Option<&str>| {
        let filter = Filter { tags: tags.iter().map(|t| (*t).to_owned()).collect(), text: text.map(str::to_owned) };
        bench.profile.read(|tx| sources::list(tx, &filter)).unwrap().len()
    };
    assert_eq!((list(&["ÁRBOL"], Some("țui")), list(&["fine"], None), list(&[], Some("rom"))), (1, 0, 0));
}
