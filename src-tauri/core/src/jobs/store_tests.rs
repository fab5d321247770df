//! Tests of the job store: which changes of state are allowed, and that nothing overwrites a cancel.

use super::*;
use crate::ids::SourceId;
use crate::testkit;

fn analyse() -> JobKind {
    JobKind::Analyse { source: SourceId::new() }
}

fn proxy() -> JobKind {
    JobKind::Proxy { source: SourceId::new() }
}

fn add_one(profile: &Profile, kind: &JobKind, waits_for: &[JobId]) -> JobId {
    profile.write(|tx| add(tx, kind, None, waits_for)).unwrap()
}

fn take(profile: &Profile) -> Option<JobId> {
    profile.write(|tx| take_next(tx, Lane::Machine)).unwrap().map(|j| j.id)
}

fn state(profile: &Profile, id: JobId) -> JobState {
    profile.read(|tx| get(tx, id)).unwrap().state
}

fn end(profile: &Profile, id: JobId, ending: &Ending) {
    profile.write(|tx| finish(tx, id, ending)).unwrap();
}

#[test]
fn jobs_run_by_priority_then_in_the_order_they_came() {
    let kit = testkit::bench();
    let first = add_one(&kit.profile, &JobKind::Render { variant: crate::ids::VariantId::new(), platform: None }, &[]);
    let second = add_one(&kit.profile, &JobKind::Render { variant: crate::ids::VariantId::new(), platform: None }, &[]);
    let urgent = add_one(&kit.profile, &analyse(), &[]);
    assert_eq!([take(&kit.profile), take(&kit.profile), take(&kit.profile)], [Some(urgent), Some(first), Some(second)]);
    assert_eq!(take(&kit.profile), None);
}

#[test]
fn a_job_moved_first_is_taken_before_its_equals() {
    let kit = testkit::bench();
    let first = add_one(&kit.profile, &analyse(), &[]);
    let second = add_one(&kit.profile, &analyse(), &[]);
    kit.profile.write(|tx| move_first(tx, second)).unwrap();
    assert_eq!([take(&kit.profile), take(&kit.profile)], [Some(second), Some(first)]);
}

#[test]
fn a_job_waits_for_the_ones_before_it_even_when_they_fail() {
    let kit = testkit::bench();
    let before = add_one(&kit.profile, &analyse(), &[]);
    let after = add_one(&kit.profile, &analyse(), &[before]);
    assert_eq!(take(&kit.profile), Some(before));
    assert_eq!(take(&kit.profile), None);
    end(&kit.profile, before, &Ending::Failed(Failure::new(Code::NotAVideo, "no")));
    assert_eq!(take(&kit.profile), Some(after));
}

#[test]
fn proxies_wait_until_nothing_else_is_to_do() {
    let kit = testkit::bench();
    let low = add_one(&kit.profile, &proxy(), &[]);
    let high = add_one(&kit.profile, &analyse(), &[]);
    assert_eq!(take(&kit.profile), Some(high));
    assert_eq!(take(&kit.profile), None);
    end(&kit.profile, high, &Ending::Done(json!({})));
    assert_eq!(take(&kit.profile), Some(low));
}

#[test]
fn cancelled_is_never_overwritten() {
    let kit = testkit::bench();
    let id = add_one(&kit.profile, &analyse(), &[]);
    take(&kit.profile);
    kit.profile.write(|tx| cancel(tx, id)).unwrap();
    assert_eq!(kit.profile.read(wishes).unwrap(), [(id, Wish::Cancel)]);
    end(&kit.profile, id, &Ending::Stopped(Wish::Cancel));
    for late in [Ending::Done(json!({})), Ending::Failed(Failure::new(Code::Internal, "late")), Ending::Interrupted] {
        end(&kit.profile, id, &late);
        assert_eq!(state(&kit.profile, id), JobState::Cancelled);
    }
    kit.profile.write(|tx| report(tx, id, 0.9, "late")).unwrap();
    assert_eq!(kit.profile.read(|tx| get(tx, id)).unwrap().progress, 0.0);
    kit.profile.write(mark_interrupted).unwrap();
    assert_eq!(state(&kit.profile, id), JobState::Cancelled);
    assert!(matches!(kit.profile.write(|tx| pause(tx, id)), Err(JobError::WrongState { .. })));
    assert!(matches!(kit.profile.write(|tx| resume(tx, id)), Err(JobError::WrongState { .. })));
}

#[test]
fn a_cancel_the_dead_process_did_not_get_to_is_carried_out_at_recovery() {
    let kit = testkit::bench();
    let cancelled = add_one(&kit.profile, &analyse(), &[]);
    let other = add_one(&kit.profile, &analyse(), &[]);
    take(&kit.profile);
    take(&kit.profile);
    kit.profile.write(|tx| cancel(tx, cancelled)).unwrap();
    assert_eq!(kit.profile.write(mark_interrupted).unwrap(), [other]);
    assert_eq!(state(&kit.profile, cancelled), JobState::Cancelled);
    assert_eq!(state(&kit.profile, other), JobState::Interrupted);
    assert_eq!(take(&kit.profile), Some(other));
}

#[test]
fn progress_never_goes_back_and_survives_an_interruption() {
    let kit = testkit::bench();
    let id = add_one(&kit.profile, &analyse(), &[]);
    take(&kit.profile);
    for progress in [0.2_f64, 0.7, 0.4, -1.0] {
        kit.profile.write(|tx| report(tx, id, progress, "x")).unwrap();
    }
    kit.profile.write(mark_interrupted).unwrap();
    take(&kit.profile);
    let job = kit.profile.read(|tx| get(tx, id)).unwrap();
    assert_eq!((job.progress, job.attempts), (0.7, 2));
}

#[test]
fn only_what_ended_badly_can_be_retried() {
    let kit = testkit::bench();
    let id = add_one(&kit.profile, &analyse(), &[]);
    assert!(kit.profile.write(|tx| retry(tx, id)).is_err());
    take(&kit.profile);
    end(&kit.profile, id, &Ending::Failed(Failure::new(Code::DiskFull, "full")));
    assert_eq!(kit.profile.read(|tx| get(tx, id)).unwrap().failure.unwrap().code, Code::DiskFull);
    let again = kit.profile.write(|tx| retry(tx, id)).unwrap();
    assert_eq!((again.state, again.failure), (JobState::Queued, None));
}

#[test]
fn a_pause_can_be_taken_back_before_it_is_carried_out() {
    let kit = testkit::bench();
    let id = add_one(&kit.profile, &analyse(), &[]);
    take(&kit.profile);
    kit.profile.write(|tx| pause(tx, id)).unwrap();
    kit.profile.write(|tx| resume(tx, id)).unwrap();
    assert_eq!(kit.profile.read(wishes).unwrap(), []);
    kit.profile.write(|tx| pause(tx, id)).unwrap();
    end(&kit.profile, id, &Ending::Stopped(Wish::Pause));
    assert_eq!((state(&kit.profile, id), take(&kit.profile)), (JobState::Paused, None));
    kit.profile.write(|tx| resume(tx, id)).unwrap();
    assert_eq!(take(&kit.profile), Some(id));
}
