//! Tests of giving a source its file again.

use super::*;
use crate::library::import::{ImportOptions, import};
use crate::library::testmedia;
use crate::testkit::{Bench, bench};

async fn imported(bench: &Bench, in_place: bool) -> (Source, std::path::PathBuf) {
    let path = testmedia::plain(&bench.desk, "a.mp4");
    let options = ImportOptions { in_place, ..ImportOptions::default() };
    let report =
        import(&bench.profile, std::slice::from_ref(&path), &options, &CancellationToken::new()).await.unwrap();
    (report.added[0].source.clone(), path)
}

#[tokio::test]
async fn a_file_that_moved_is_found_again() {
    let bench = bench();
    let cancel = CancellationToken::new();
    let (source, path) = imported(&bench, true).await;
    let moved = bench.desk.join("moved.mp4");
    std::fs::rename(&path, &moved).unwrap();
    assert!(sources::real_path(&bench.profile, &source).is_err());
    let mended = relink(&bench.profile, source.id, &moved, &cancel).await.unwrap();
    assert_eq!(mended.outside, Some(moved.canonicalize().unwrap()));
    assert!(sources::real_path(&bench.profile, &mended).is_ok());
}

#[tokio::test]
async fn a_copy_that_was_lost_is_made_again() {
    let bench = bench();
    let (source, path) = imported(&bench, false).await;
    let inside = bench.profile.folder().path(source.path.as_ref().unwrap());
    std::fs::remove_file(&inside).unwrap();
    let mended = relink(&bench.profile, source.id, &path, &CancellationToken::new()).await.unwrap();
    assert_eq!((mended.path, std::fs::read(&inside).unwrap()), (source.path, std::fs::read(&path).unwrap()));
}

#[tokio::test]
async fn other_footage_is_refused_and_changes_nothing() {
    let bench = bench();
    let cancel = CancellationToken::new();
    let (source, path) = imported(&bench, false).await;
    let inside = bench.profile.folder().path(source.path.as_ref().unwrap());
    std::fs::remove_file(&inside).unwrap();
    let other = testmedia::make(&bench.desk, "b.mp4", "testsrc=s=320x180:r=30:d=2", testmedia::QUICK);
    // One of the same length in bytes, so that only its content gives it away.
    let mut bytes = std::fs::read(&path).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    let alike = bench.desk.join("alike.mp4");
    std::fs::write(&alike, bytes).unwrap();
    for wrong in [&other, &alike] {
        let refused = relink(&bench.profile, source.id, wrong, &cancel).await.unwrap_err();
        assert!(matches!(refused, ImportError::OtherContent { .. }), "{refused}");
    }
    assert!(!inside.exists());
    assert_eq!(bench.profile.read(|tx| sources::get(tx, source.id)).unwrap(), source);
}
