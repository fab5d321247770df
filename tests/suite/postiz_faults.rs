//! The way to Postiz when it fails: what counts as surely not done, and what of a file ever gets there.

use std::path::Path;
use std::time::Duration;

use acceptance::fakes::postiz::{Fault, On};
use acceptance::posting::{Desk, KEY_A, post, scheduled, tiktok, upload};
use edit_factory_core::publish::postiz::{Postiz, PostizError, Uploaded};
use tokio_util::sync::CancellationToken;

/// What a call to make a post came to, and whether the post was made.
async fn made(desk: &Desk, way: &Postiz, file: &[Uploaded], fault: Fault) -> (Result<usize, PostizError>, bool) {
    let before = desk.copy.posts(KEY_A).len();
    desk.copy.fail_next(On::Create, fault);
    let answer = way.create(&scheduled(vec![post("a-tt", file, tiktok())])).await.map(|made| made.len());
    (answer, desk.copy.posts(KEY_A).len() > before)
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_may_have_been_made_counts_as_surely_not_made() {
    let desk = Desk::new().await;
    let way = desk.way();
    let file = [upload(&way, &desk.clip("clip.mp4", 10)).await.unwrap()];
    for fault in [Fault::Cut, Fault::Trouble, Fault::TroubleAfter, Fault::Dropped, Fault::HalfAnswer, Fault::Page] {
        let (answer, _) = made(&desk, &way, &file, fault).await;
        let error = answer.unwrap_err();
        assert!(!error.surely_not_done(), "{fault:?}: {error:?}");
        assert_eq!(error.passes(), fault != Fault::Page, "{fault:?}: {error:?}");
    }
    for fault in [Fault::TooMany(None), Fault::TooMany(Some(7)), Fault::Redirect] {
        let (answer, there) = made(&desk, &way, &file, fault).await;
        let error = answer.unwrap_err();
        assert!(error.surely_not_done() && !there, "{fault:?}: {error:?}");
    }
    let (answer, there) = made(&desk, &way, &file, Fault::Twice).await;
    assert!(there && answer.unwrap() == 1);

    // One that waits longer than we do.
    let (answer, _) = made(&desk, &desk.hasty(), &file, Fault::Slow).await;
    assert!(matches!(answer, Err(PostizError::Lost { .. })), "{answer:?}");
    // One that only takes its time.
    desk.copy.release(2);
    let (answer, there) = made(&desk, &way, &file, Fault::Slow).await;
    assert!(there && answer.unwrap() == 1);
    // Nobody there at all: surely nothing was sent.
    let url = desk.copy.url.clone();
    let Desk { copy, home: _home, a, folder: _folder, .. } = desk;
    drop(copy);
    let error = Postiz::of(&a).unwrap().create(&scheduled(Vec::new())).await.unwrap_err();
    assert!(matches!(error, PostizError::Unreachable { .. }) && error.surely_not_done() && error.passes(), "{error:?}");
    assert!(!error.to_string().contains(&url));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_that_postiz_asks_for_is_told_and_one_without_a_length_is_a_pause_too() {
    let desk = Desk::new().await;
    let way = desk.way();
    for (fault, wait) in [(Fault::TooMany(Some(7)), Some(Duration::from_secs(7))), (Fault::TooMany(None), None)] {
        desk.copy.fail_next(On::Read, fault);
        let Err(PostizError::TooMany { retry_after }) = way.accounts(None).await else { panic!("{fault:?}") };
        assert_eq!(retry_after, wait);
    }
    desk.copy.allow(KEY_A, 1);
    assert!(way.groups().await.is_ok());
    assert!(matches!(way.groups().await, Err(PostizError::TooMany { retry_after: None })));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_breaks_off_counts_as_none_and_can_be_made_again() {
    let desk = Desk::new().await;
    let way = desk.way();
    let clip = desk.clip("clip.mp4", 4_000_000);
    for fault in [Fault::Cut, Fault::Trouble, Fault::Dropped, Fault::HalfAnswer, Fault::TroubleAfter] {
        desk.copy.fail_next(On::Upload, fault);
        let error = upload(&way, &clip).await.unwrap_err();
        assert!(matches!(error, PostizError::Lost { .. } | PostizError::Trouble { .. }), "{fault:?}: {error:?}");
        assert!(error.passes());
    }
    let file = upload(&way, &clip).await.unwrap();
    assert!(desk.copy.files(KEY_A).iter().all(|kept| kept.hash == clip.1));
    assert_eq!(desk.copy.files(KEY_A).last().unwrap().id, file.id);
    // A server that keeps it and never says so.
    desk.copy.fail_next(On::Upload, Fault::Slow);
    assert!(matches!(upload(&desk.hasty(), &clip).await, Err(PostizError::Lost { .. })));
    desk.copy.release(1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_missing_or_not_the_one_that_was_meant_never_gets_there() {
    let desk = Desk::new().await;
    let way = desk.way();
    let missing = (desk.folder.path().join("gone.mp4"), "0".repeat(64));
    assert!(matches!(upload(&way, &missing).await, Err(PostizError::File(_))));
    assert_eq!(desk.copy.asked.count(), 0);
    let (path, hash) = desk.clip("clip.mp4", 2_000_000);
    let edited = |path: &Path| {
        let mut content = std::fs::read(path).unwrap();
        *content.last_mut().unwrap() ^= 1;
        std::fs::write(path, content).unwrap();
    };
    edited(&path);
    let changed = upload(&way, &(path.clone(), hash.clone())).await.unwrap_err();
    assert!(matches!(changed, PostizError::Changed) && changed.surely_not_done(), "{changed:?}");
    assert_eq!(desk.copy.files(KEY_A), []);
    edited(&path);
    assert!(upload(&way, &(path, hash)).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_stops_where_it_is_cancelled() {
    let desk = Desk::new().await;
    let clip = desk.clip("clip.mp4", 2_000_000);
    let cancel = CancellationToken::new();
    let stop = cancel.clone();
    let progress = move |sent, _| {
        if sent > 0 {
            stop.cancel();
        }
    };
    // However fast it goes: its answer waits.
    desk.copy.fail_next(On::Upload, Fault::Slow);
    let done = desk.way().upload(&clip.0, "clip.mp4", &clip.1, &progress, &cancel).await;
    assert!(matches!(done, Err(PostizError::Cancelled)), "{done:?}");
}
