//! Tests of removing, putting back and erasing sources.

use tokio_util::sync::CancellationToken;

use super::*;
use crate::library::import::ImportOptions;
use crate::library::testmedia;
use crate::testkit::{Bench, bench};

async fn imported(bench: &Bench) -> Source {
    let path = testmedia::plain(&bench.desk, "a.mp4");
    let options = ImportOptions { tags: vec!["oven".into()], ..ImportOptions::default() };
    import::import(&bench.profile, &[path], &options, &CancellationToken::new()).await.unwrap().added.remove(0).source
}

#[tokio::test]
async fn a_removed_source_comes_back_whole_and_is_looked_at_again() {
    let bench = bench();
    let source = imported(&bench).await;
    assert!(matches!(restore(&bench.profile, source.id), Err(ImportError::Source(SourceError::NotInTrash(_)))));
    sources::remove(&bench.profile, source.id).unwrap();
    assert!(bench.profile.read(|tx| sources::list(tx, &sources::Filter::default())).unwrap().is_empty());
    assert_eq!(restore(&bench.profile, source.id).unwrap(), source);
    let listed = bench.profile.read(|tx| sources::list(tx, &sources::Filter::default())).unwrap();
    assert_eq!(listed, std::slice::from_ref(&source));
    assert!(sources::real_path(&bench.profile, &source).is_ok());
    // Its analysis was stopped by the removal.
    assert_eq!(bench.profile.read(|tx| sources::open_jobs(tx, source.id)).unwrap().len(), 2);
}

#[tokio::test]
async fn an_erased_source_is_gone_and_one_in_the_library_cannot_be_erased() {
    let bench = bench();
    let source = imported(&bench).await;
    assert!(matches!(erase(&bench.profile, source.id), Err(SourceError::NotInTrash(_))));
    sources::remove(&bench.profile, source.id).unwrap();
    let file = bench.profile.folder().path(source.path.as_ref().unwrap());
    assert!(file.is_file());
    erase(&bench.profile, source.id).unwrap();
    assert!(!file.exists() && matches!(restore(&bench.profile, source.id), Err(ImportError::Source(_))));
    assert!(matches!(bench.profile.read(|tx| sources::get(tx, source.id)), Err(SourceError::NotFound(_))));
}

#[tokio::test]
async fn erasing_leaves_a_file_outside_the_profile_alone() {
    let bench = bench();
    let path = testmedia::plain(&bench.desk, "a.mp4");
    let options = ImportOptions { in_place: true, ..ImportOptions::default() };
    let report =
        import::import(&bench.profile, std::slice::from_ref(&path), &options, &CancellationToken::new()).await.unwrap();
    let id = report.added[0].source.id;
    sources::remove(&bench.profile, id).unwrap();
    erase(&bench.profile, id).unwrap();
    assert!(path.is_file());
}
