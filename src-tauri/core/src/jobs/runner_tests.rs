//! Tests of the runner: one runs a profile's jobs, and stopping it loses nothing.

use super::*;
use crate::ids::SourceId;
use crate::jobs::model::{JobKind, JobState};
use crate::testkit;

fn queue_missing(profile: &Profile) -> JobId {
    let kind = JobKind::Analyse { source: SourceId::new() };
    profile.write::<_, JobError>(|tx| store::add(tx, &kind, None, &[])).unwrap()
}

#[tokio::test]
async fn a_job_that_cannot_be_done_fails_with_its_reason_and_the_runner_goes_on() {
    let bench = testkit::bench();
    let first = queue_missing(&bench.profile);
    let mut runner = Runner::start(&bench.profile, 2).unwrap();
    let second = queue_missing(&bench.profile);
    runner.until_idle(&CancellationToken::new()).await;
    for id in [first, second] {
        let job = bench.profile.read(|tx| store::get(tx, id)).unwrap();
        assert_eq!(job.state, JobState::Failed);
        assert!(!job.failure.unwrap().message.is_empty());
    }
    runner.stop().await;
}

#[tokio::test]
async fn a_second_runner_is_refused_and_told_who_runs() {
    let bench = testkit::bench();
    let runner = Runner::start(&bench.profile, 1).unwrap();
    let refused = Runner::start(&bench.profile, 1).unwrap_err();
    assert_eq!(refused.code(), Code::RunnerBusy);
    assert!(refused.to_string().contains("a test") && refused.to_string().contains(&std::process::id().to_string()));
    runner.stop().await;
    Runner::start(&bench.profile, 1).unwrap().stop().await;
}

#[tokio::test]
async fn recovery_removes_what_a_dead_job_left_and_nothing_else() {
    let bench = testkit::bench();
    let root = bench.profile.root().to_owned();
    let job = bench.running(&JobKind::Analyse { source: SourceId::new() });
    std::fs::write(job.tmp().join("frame"), "x").unwrap();
    let kept_tmp = job.tmp().to_owned();
    // As a killed process would: nothing is dropped.
    std::mem::forget(job);
    for left in ["cache/a.part", "clips/b/.c.part"] {
        std::fs::create_dir_all(root.join(left).parent().unwrap()).unwrap();
        std::fs::write(root.join(left), "x").unwrap();
    }
    for kept in ["media/now.part", "clips/b/d.mp4", "inbox/e.part"] {
        std::fs::write(root.join(kept), "x").unwrap();
    }
    let mut runner = Runner::start(&bench.profile, 1).unwrap();
    assert!(!kept_tmp.join("frame").exists());
    assert!(!root.join("cache/a.part").exists() && !root.join("clips/b/.c.part").exists());
    assert!(["media/now.part", "clips/b/d.mp4", "inbox/e.part"].iter().all(|kept| root.join(kept).exists()));
    runner.until_idle(&CancellationToken::new()).await;
    runner.stop().await;
}
