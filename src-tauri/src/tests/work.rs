//! Jobs go on whatever the windows show, and are told of as they may be.

use std::sync::atomic::Ordering;

use edit_factory_core::ids::{BatchId, JobId, SourceId, VariantId};
use edit_factory_core::jobs::store::{self, Ending, JobError};
use edit_factory_core::jobs::{JobKind, JobState};
use edit_factory_core::profile::Profile;
use serde_json::json;
use tauri::ipc::Channel;

use super::kit::{Desk, PATIENCE, call, desk, epoch, heard, switch, until};
use crate::commands::calls;

/// Queues jobs of one batch.
fn queue(profile: &Profile, kinds: &[JobKind], batch: BatchId) -> Vec<JobId> {
    profile
        .write::<_, JobError>(|tx| kinds.iter().map(|kind| store::add(tx, kind, Some(batch), &[])).collect())
        .unwrap()
}

/// Takes the next job, as a runner of another process would.
fn take(profile: &Profile) -> JobId {
    let job = profile.write(|tx| store::take_next(tx, store::Lane::Machine)).unwrap().unwrap().id;
    store::announce(profile, job);
    job
}

fn finish(profile: &Profile, job: JobId, ending: &Ending) {
    profile.write(|tx| store::finish(tx, job, ending)).unwrap();
    store::announce(profile, job);
}

fn render() -> JobKind {
    JobKind::Render { variant: VariantId::new(), platform: None }
}

fn failure() -> Ending {
    Ending::Failed(edit_factory_core::error::Failure::new(edit_factory_core::error::Code::ToolFailed, "It broke."))
}

fn listen(desk: &Desk, window: &tauri::WebviewWindow<tauri::test::MockRuntime>, epoch: u64) {
    let channel = Channel::new(|_| Ok(()));
    tauri::async_runtime::block_on(calls::listen(desk.app.handle().clone(), window.clone(), epoch, channel)).unwrap();
}

#[test]
fn a_job_of_a_profile_that_is_not_shown_any_more_is_done() {
    let desk = desk();
    let [a, b] = desk.profiles(["A", "B"]);
    let window = desk.window("main");
    switch(&window, a.id);
    switch(&window, b.id);
    // There is no such source, so it fails at once: that it was tried is what counts.
    let job = queue(&desk.open(a.id), &[JobKind::Analyse { source: SourceId::new() }], BatchId::new())[0];
    let state = || desk.open(a.id).read(|tx| store::get(tx, job)).unwrap().state;
    until("the job to end", || state() == JobState::Failed);
}

#[test]
fn jobs_wait_while_another_process_does_them_and_are_done_here_when_it_is_gone() {
    let desk = desk();
    let [a] = desk.profiles(["A"]);
    let other = desk.other_process(a.id);
    let window = desk.window("main");
    assert_eq!(switch(&window, a.id)["notice"]["code"], "runner_busy");
    let job = queue(&desk.open(a.id), &[JobKind::Analyse { source: SourceId::new() }], BatchId::new())[0];
    let state = || desk.open(a.id).read(|tx| store::get(tx, job)).unwrap().state;
    assert_eq!(state(), JobState::Queued);
    drop(other);
    until("the job to end", || state() == JobState::Failed);
}

#[test]
fn a_window_is_told_how_many_jobs_run_in_other_profiles_and_only_that() {
    let desk = desk();
    let [a, b] = desk.profiles(["A", "B"]);
    let _other = desk.other_process(a.id);
    let (one, two) = (desk.window("main"), desk.window("window-2"));
    let (told, told_too) = (heard(&one, "elsewhere"), heard(&two, "elsewhere"));
    let of_a = epoch(&switch(&one, a.id));
    let of_b = epoch(&switch(&two, b.id));
    listen(&desk, &one, of_a);
    listen(&desk, &two, of_b);
    assert_eq!(told.recv_timeout(PATIENCE).unwrap(), json!({ "running": 0 }));
    assert_eq!(told_too.recv_timeout(PATIENCE).unwrap(), json!({ "running": 0 }));

    let profile = desk.open(a.id);
    queue(&profile, &[render()], BatchId::new());
    let job = take(&profile);
    assert_eq!(told_too.recv_timeout(PATIENCE).unwrap(), json!({ "running": 1 }));
    finish(&profile, job, &Ending::Done(json!({})));
    assert_eq!(told_too.recv_timeout(PATIENCE).unwrap(), json!({ "running": 0 }));
    assert!(told.try_recv().is_err(), "for the profile's own window nothing changed");
}

#[test]
fn a_page_that_begins_to_listen_is_told_what_runs_elsewhere_already() {
    let desk = desk();
    let [a, b] = desk.profiles(["A", "B"]);
    let _other = desk.other_process(a.id);
    let window = desk.window("main");
    switch(&window, a.id);
    let profile = desk.open(a.id);
    queue(&profile, &[render()], BatchId::new());
    take(&profile);
    until("the machine to be kept awake", || desk.awake.load(Ordering::SeqCst) == 1);
    let told = heard(&window, "elsewhere");
    let now = epoch(&switch(&window, b.id));
    listen(&desk, &window, now);
    assert_eq!(told.recv_timeout(PATIENCE).unwrap(), json!({ "running": 1 }));
}

#[test]
fn the_machine_stays_awake_while_jobs_run_and_not_longer() {
    let desk = desk();
    let [a] = desk.profiles(["A"]);
    let _other = desk.other_process(a.id);
    let window = desk.window("main");
    switch(&window, a.id);
    let profile = desk.open(a.id);
    for _ in 0..2 {
        queue(&profile, &[render()], BatchId::new());
        let job = take(&profile);
        until("the machine to be kept awake", || desk.awake.load(Ordering::SeqCst) == 1);
        finish(&profile, job, &failure());
        until("the machine to be let go", || desk.awake.load(Ordering::SeqCst) == 0);
    }
}

#[test]
fn a_batch_that_is_done_is_announced_once_when_its_last_job_has_ended() {
    let desk = desk();
    let [a, b] = desk.profiles(["A", "B"]);
    let _other = desk.other_process(a.id);
    let window = desk.window("main");
    switch(&window, a.id);
    switch(&window, b.id);
    let profile = desk.open(a.id);
    queue(&profile, &[render(), render(), render()], BatchId::new());
    let jobs = [take(&profile), take(&profile), take(&profile)];
    finish(&profile, jobs[0], &Ending::Done(json!({})));
    finish(&profile, jobs[1], &failure());
    finish(&profile, jobs[2], &Ending::Done(json!({})));
    store::announce(&profile, jobs[2]);
    // Looking at footage alone is not announced; by the time it has ended, the others were.
    queue(&profile, &[JobKind::Analyse { source: SourceId::new() }], BatchId::new());
    let last = take(&profile);
    finish(&profile, last, &failure());
    until("the batch to be announced", || !desk.notified.lock().unwrap().is_empty());
    until("the machine to be let go", || desk.awake.load(Ordering::SeqCst) == 0);
    let said = "2 of 3 videos are ready. The queue says what went wrong.".to_owned();
    assert_eq!(*desk.notified.lock().unwrap(), [("A".to_owned(), said)]);
}

#[test]
fn when_the_program_ends_every_profile_can_be_worked_in_by_others() {
    let desk = desk();
    let [a, b] = desk.profiles(["A", "B"]);
    let window = desk.window("main");
    for id in [a.id, b.id] {
        switch(&window, id);
        assert!(desk.open(id).lock_runner().is_err());
    }
    tauri::async_runtime::block_on(desk.shell().close());
    for id in [a.id, b.id] {
        assert!(desk.open(id).lock_runner().is_ok());
    }
}

#[test]
fn people_are_spoken_to_in_the_language_they_chose() {
    let desk = desk();
    let [a] = desk.profiles(["A"]);
    let _other = desk.other_process(a.id);
    let window = desk.window("main");
    let now = epoch(&switch(&window, a.id));
    let settings = json!({ "theme": "system", "language": "ro", "keys": {}, "ffmpeg": null });
    call(&window, now, json!({ "call": "app_settings_set", "settings": settings })).unwrap();
    let profile = desk.open(a.id);
    queue(&profile, &[render()], BatchId::new());
    let job = take(&profile);
    finish(&profile, job, &Ending::Done(json!({})));
    until("the batch to be announced", || !desk.notified.lock().unwrap().is_empty());
    assert_eq!(desk.notified.lock().unwrap()[0].1, "1 videoclip este gata.");
}
