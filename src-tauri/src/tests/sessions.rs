//! Which profile a window shows, and that answers of another one do not reach it.

use edit_factory_core::error::Code;
use serde_json::json;

use super::kit::{ask, call, code, desk, epoch, heard, session, switch};

#[test]
fn on_the_first_run_a_profile_is_there_and_the_session_stays_the_same() {
    let desk = desk();
    let window = desk.window("main");
    let first = session(&window);
    assert_eq!(first["profile"]["name"], "My brand");
    assert_eq!(first["notice"], json!(null));
    assert_eq!(first["version"], env!("CARGO_PKG_VERSION"));
    assert!(first["media"].as_str().unwrap().starts_with("http://127.0.0.1:"));
    assert_eq!(session(&window), first, "a page that is loaded again has the same session");
}

#[test]
fn a_switch_tells_that_window_alone() {
    let desk = desk();
    let [_, b] = desk.profiles(["A", "B"]);
    let (one, two) = (desk.window("main"), desk.window("window-2"));
    let before = session(&one);
    session(&two);
    let (told, not_told) = (heard(&one, "profile-switched"), heard(&two, "profile-switched"));

    let after = switch(&one, b.id);

    assert_eq!(after["profile"]["name"], "B");
    assert!(epoch(&after) > epoch(&before));
    assert_ne!(after["media"], before["media"], "each session has a token of its own");
    assert_eq!(told.try_recv().unwrap(), after);
    assert!(not_told.try_recv().is_err());
    assert_eq!(session(&one), after);
}

#[test]
fn the_media_of_a_session_are_gone_when_it_ends() {
    let desk = desk();
    let [a, b] = desk.profiles(["A", "B"]);
    let window = desk.window("main");
    let reachable = |session: &serde_json::Value| {
        let address = session["media"].as_str().unwrap().strip_prefix("http://").unwrap();
        std::net::TcpStream::connect(address.split_once('/').unwrap().0).is_ok()
    };
    let of_a = switch(&window, a.id);
    assert!(reachable(&of_a));
    let of_b = switch(&window, b.id);
    super::kit::until("the port of the first session to close", || !reachable(&of_a));
    assert!(reachable(&of_b));
    window.destroy().unwrap();
}

#[test]
fn a_profile_that_does_not_open_leaves_the_window_as_it_is() {
    let desk = desk();
    let [a, b] = desk.profiles(["A", "B"]);
    let window = desk.window("main");
    let before = switch(&window, a.id);
    std::fs::write(desk.database(b.id), vec![0xA5; 8192]).unwrap();
    assert_eq!(code(ask(&window, "switch_profile", json!({ "id": b.id }))), Code::DamagedDatabase);
    assert_eq!(session(&window), before);
}

#[test]
fn a_call_of_an_older_epoch_is_refused_and_not_done() {
    let desk = desk();
    let [a, b] = desk.profiles(["A", "B"]);
    let window = desk.window("main");
    let old = epoch(&switch(&window, a.id));
    let new = epoch(&switch(&window, b.id));
    let make = json!({ "call": "project_create", "name": "P" });
    for stale in [old, new + 1, 0] {
        assert_eq!(code(call(&window, stale, make.clone())), Code::StaleSession);
    }
    for id in [a.id, b.id] {
        let now = epoch(&switch(&window, id));
        assert_eq!(call(&window, now, json!({ "call": "project_list" })).unwrap(), json!([]));
    }
}

#[test]
fn an_epoch_of_one_window_is_worth_nothing_in_another() {
    let desk = desk();
    let [a, b] = desk.profiles(["A", "B"]);
    let (one, two) = (desk.window("main"), desk.window("window-2"));
    let of_one = epoch(&switch(&one, a.id));
    switch(&two, b.id);
    assert_eq!(code(call(&two, of_one, json!({ "call": "project_list" }))), Code::StaleSession);
}

#[cfg(feature = "test-hooks")]
#[test]
fn an_answer_that_comes_after_a_switch_is_dropped_but_what_was_asked_for_is_done() {
    let desk = desk();
    let [a, b] = desk.profiles(["A", "B"]);
    let window = desk.window("main");
    let of_a = epoch(&switch(&window, a.id));
    let holds = desk.home_folder().join("test-holds");
    std::fs::create_dir_all(&holds).unwrap();
    let held = holds.join(format!("{}.project_create", a.id));
    std::fs::write(&held, "").unwrap();

    let asking = window.clone();
    let answer = std::thread::spawn(move || call(&asking, of_a, json!({ "call": "project_create", "name": "Of A" })));
    let made = || {
        let list = edit_factory_core::project::store::list;
        desk.open(a.id).read(list).unwrap().len() == 1
    };
    super::kit::until("the project to be made", made);
    switch(&window, b.id);
    std::fs::remove_file(held).unwrap();

    assert_eq!(code(answer.join().unwrap()), Code::StaleSession);
}

#[test]
fn what_is_no_call_is_said_to_be_none() {
    let desk = desk();
    let window = desk.window("main");
    let epoch = epoch(&session(&window));
    for nonsense in [json!({ "call": "format_disk" }), json!({}), json!("x"), json!({ "call": "job_show" })] {
        assert_eq!(code(call(&window, epoch, nonsense)), Code::InvalidInput);
    }
}

#[test]
fn another_window_shows_the_profile_it_was_made_for() {
    let desk = desk();
    let [a, b] = desk.profiles(["A", "B"]);
    let window = desk.window("main");
    switch(&window, a.id);
    ask(&window, "open_window", json!({ "profile": b.id })).unwrap();
    ask(&window, "open_window", json!({ "profile": null })).unwrap();
    let shown = |label: &str| {
        let window = tauri::Manager::get_webview_window(&desk.app, label).unwrap();
        session(&window)["profile"]["name"].as_str().unwrap().to_owned()
    };
    assert_eq!(shown("window-2"), "B");
    assert_eq!(shown("main"), "A", "the first window shows what it showed");
    assert_eq!(shown("window-3"), "B", "the one used last");
}
