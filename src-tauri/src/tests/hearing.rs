//! What a page hears of its profile.

use std::sync::mpsc;

use edit_factory_core::ids::{JobId, ProfileId};
use edit_factory_core::profile::events::Event;
use serde_json::{Value, json};
use tauri::WebviewWindow;
use tauri::ipc::{Channel, InvokeResponseBody};
use tauri::test::MockRuntime;

use super::kit::{Desk, PATIENCE, code, desk, epoch, session, switch};
use crate::commands::calls;

/// Listens as the page of the window does.
fn listen(desk: &Desk, window: &WebviewWindow<MockRuntime>, epoch: u64) -> mpsc::Receiver<Value> {
    let (channel, heard) = channel();
    let listened = calls::listen(desk.app.handle().clone(), window.clone(), epoch, channel);
    tauri::async_runtime::block_on(listened).unwrap();
    heard
}

fn channel() -> (Channel<Value>, mpsc::Receiver<Value>) {
    let (tell, heard) = mpsc::channel();
    let channel = Channel::new(move |body| {
        let InvokeResponseBody::Json(text) = body else { panic!("events are JSON") };
        drop(tell.send(serde_json::from_str(&text)?));
        Ok(())
    });
    (channel, heard)
}

/// Something happens in the profile.
fn announce(desk: &Desk, id: ProfileId) -> Value {
    let job = JobId::new();
    desk.open(id).announce(Event::Job { job });
    json!({ "event": "job", "job": job })
}

#[test]
fn a_page_hears_its_own_profile_and_no_other() {
    let desk = desk();
    let [a, b] = desk.profiles(["A", "B"]);
    let (one, two) = (desk.window("main"), desk.window("window-2"));
    let of_a = listen(&desk, &one, epoch(&switch(&one, a.id)));
    let of_b = listen(&desk, &two, epoch(&switch(&two, b.id)));
    let first = announce(&desk, a.id);
    let second = announce(&desk, b.id);
    assert_eq!(of_a.recv_timeout(PATIENCE).unwrap(), first);
    // Both went out in this order, so what the second page heard first is all it was sent.
    assert_eq!(of_b.recv_timeout(PATIENCE).unwrap(), second);
    assert!(of_a.try_recv().is_err() && of_b.try_recv().is_err());
}

#[test]
fn after_a_switch_the_old_profile_is_not_heard_any_more() {
    let desk = desk();
    let [a, b] = desk.profiles(["A", "B"]);
    let window = desk.window("main");
    let old = listen(&desk, &window, epoch(&switch(&window, a.id)));
    let new = listen(&desk, &window, epoch(&switch(&window, b.id)));
    announce(&desk, a.id);
    let of_b = announce(&desk, b.id);
    assert_eq!(new.recv_timeout(PATIENCE).unwrap(), of_b);
    // The channel itself is gone: nothing can come through it later either.
    assert_eq!(old.recv_timeout(PATIENCE), Err(mpsc::RecvTimeoutError::Disconnected));
    assert!(new.try_recv().is_err());
}

#[test]
fn a_page_that_listens_again_hears_through_the_new_channel_alone() {
    let desk = desk();
    let [a] = desk.profiles(["A"]);
    let window = desk.window("main");
    let now = epoch(&switch(&window, a.id));
    let first = listen(&desk, &window, now);
    let second = listen(&desk, &window, now);
    let event = announce(&desk, a.id);
    assert_eq!(second.recv_timeout(PATIENCE).unwrap(), event);
    assert_eq!(first.recv_timeout(PATIENCE), Err(mpsc::RecvTimeoutError::Disconnected));
}

#[test]
fn nobody_listens_with_an_older_epoch() {
    let desk = desk();
    let [a] = desk.profiles(["A"]);
    let window = desk.window("main");
    let old = epoch(&session(&window));
    switch(&window, a.id);
    let listened = calls::listen(desk.app.handle().clone(), window, old, channel().0);
    let answer = tauri::async_runtime::block_on(listened).map(|()| json!(null));
    assert_eq!(code(answer), edit_factory_core::error::Code::StaleSession);
}

#[test]
fn a_closed_window_hears_nothing() {
    let desk = desk();
    let [a] = desk.profiles(["A"]);
    let window = desk.window("main");
    let heard = listen(&desk, &window, epoch(&switch(&window, a.id)));
    desk.shell().sessions.end("main");
    announce(&desk, a.id);
    assert_eq!(heard.recv_timeout(PATIENCE), Err(mpsc::RecvTimeoutError::Disconnected));
}

#[test]
fn a_page_that_was_too_slow_is_told_that_it_missed_something() {
    let desk = desk();
    let [a] = desk.profiles(["A"]);
    let profile = desk.open(a.id);
    let events = profile.events().listen();
    for _ in 0..2000 {
        profile.announce(Event::Job { job: JobId::new() });
    }
    let (channel, heard) = channel();
    let ended = tokio_util::sync::CancellationToken::new();
    let passing_on = tauri::async_runtime::spawn(calls::pass_on(events, channel, ended.clone()));
    assert_eq!(heard.recv_timeout(PATIENCE).unwrap(), json!({ "event": "lagged" }));
    ended.cancel();
    tauri::async_runtime::block_on(passing_on).unwrap();
}
