//! Profiles that do not open, that are deleted, that another program is at work in.

use edit_factory_core::error::Code;
use serde_json::json;

use super::kit::{ask, call, code, desk, epoch, heard, session, switch};

#[test]
fn a_damaged_profile_gives_way_to_another_and_says_so() {
    let desk = desk();
    let [a, b] = desk.profiles(["A", "B"]);
    desk.home().enter(a.id).unwrap();
    desk.home().enter(b.id).unwrap();
    std::fs::write(desk.database(b.id), vec![0xA5; 8192]).unwrap();
    let shown = session(&desk.window("main"));
    assert_eq!(shown["profile"]["name"], "A");
    assert_eq!(shown["notice"]["code"], "damaged_database");
    assert!(shown["notice"]["message"].as_str().unwrap().contains("This window shows \"A\" instead."), "{shown}");
    assert_eq!(std::fs::read(desk.database(b.id)).unwrap(), vec![0xA5; 8192], "nothing of it was touched");
}

#[test]
fn a_missing_profile_gives_way_to_a_new_one_when_there_is_no_other() {
    let desk = desk();
    let [only] = desk.profiles(["Only"]);
    let folder = desk.database(only.id).parent().unwrap().to_owned();
    std::fs::rename(&folder, desk.aside()).unwrap();
    let shown = session(&desk.window("main"));
    assert_eq!(shown["profile"]["name"], "My brand");
    assert_eq!(shown["notice"]["code"], "not_found");
    assert!(!folder.exists(), "nothing is made in its place");
    assert_eq!(desk.home().profiles().unwrap().len(), 2, "it is still listed");
}

#[test]
fn a_home_that_cannot_be_used_is_said_in_the_window_and_tried_again() {
    let desk = desk();
    let window = desk.window("main");
    std::fs::write(desk.home_folder(), "a file in the way").unwrap();
    let refused = ask(&window, "session", json!({})).expect_err("there is no home");
    assert!(!refused.message.is_empty());
    assert!(ask(&window, "call", json!({ "epoch": 1, "call": { "call": "profile_list" } })).is_err());
    std::fs::remove_file(desk.home_folder()).unwrap();
    assert_eq!(session(&window)["profile"]["name"], "My brand");
}

#[test]
fn a_deleted_profile_makes_room_in_every_window_that_showed_it() {
    let desk = desk();
    let [a, b, c] = desk.profiles(["A", "B", "C"]);
    let windows = ["main", "window-2", "window-3"].map(|label| desk.window(label));
    let now = epoch(&switch(&windows[0], a.id));
    for window in &windows[1..] {
        switch(window, b.id);
    }
    let kept = switch(&windows[2], c.id);
    let switched = windows.each_ref().map(|window| heard(window, "profile-switched"));
    let changed = windows.each_ref().map(|window| heard(window, "home-changed"));

    let deleted = call(&windows[0], now, json!({ "call": "profile_delete", "id": b.id })).unwrap();

    assert_eq!(deleted["name"], "B");
    assert!(!desk.database(b.id).exists());
    let shown = session(&windows[1]);
    assert_ne!(shown["profile"]["name"], "B");
    assert_eq!(shown["notice"]["code"], "not_found");
    assert!(shown["notice"]["message"].as_str().unwrap().contains("\"B\" was deleted"), "{shown}");
    assert_eq!(switched[1].try_recv().unwrap(), shown);
    assert!(switched[0].try_recv().is_err() && switched[2].try_recv().is_err());
    assert_eq!(epoch(&session(&windows[2])), epoch(&kept));
    assert!(changed.iter().all(|heard| heard.try_recv().is_ok()), "every window hears that the list changed");
}

#[test]
fn deleting_the_profile_one_looks_at_shows_another() {
    let desk = desk();
    let [a, b] = desk.profiles(["A", "B"]);
    let window = desk.window("main");
    switch(&window, a.id);
    let now = epoch(&switch(&window, b.id));
    let answer = call(&window, now, json!({ "call": "profile_delete", "id": b.id }));
    assert_eq!(code(answer), Code::StaleSession, "the answer belongs to a session that is gone");
    assert_eq!(session(&window)["profile"]["name"], "A");
    assert!(desk.home().info(b.id).is_err());
}

#[test]
fn a_profile_that_another_program_works_in_is_not_deleted_and_comes_back() {
    let desk = desk();
    let [a, b] = desk.profiles(["A", "B"]);
    let (one, two) = (desk.window("main"), desk.window("window-2"));
    let now = epoch(&switch(&one, a.id));
    let _other = desk.other_process(b.id);
    let before = switch(&two, b.id);
    assert_eq!(before["notice"]["code"], "runner_busy");

    let refused = call(&one, now, json!({ "call": "profile_delete", "id": b.id }));

    assert_eq!(code(refused), Code::RunnerBusy);
    let after = session(&two);
    assert_eq!(after["profile"]["name"], "B");
    assert!(epoch(&after) > epoch(&before));
    assert_eq!(after["notice"]["code"], "runner_busy");
    assert!(desk.database(b.id).exists());
}

#[test]
fn a_changed_list_is_told_to_every_window_and_a_failed_change_is_not() {
    let desk = desk();
    let [a, b] = desk.profiles(["A", "B"]);
    let (one, two) = (desk.window("main"), desk.window("window-2"));
    let now = epoch(&switch(&one, a.id));
    switch(&two, b.id);
    let told = heard(&two, "home-changed");
    for change in [
        json!({ "call": "profile_create", "name": "C" }),
        json!({ "call": "profile_rename", "id": b.id, "name": "B 2" }),
        json!({ "call": "profile_colour", "id": b.id, "colour": "teal" }),
        json!({ "call": "profile_use", "id": b.id }),
        json!({ "call": "app_settings_set", "settings": { "theme": "light", "language": null, "keys": {}, "ffmpeg": null } }),
    ] {
        call(&one, now, change.clone()).unwrap();
        assert!(told.try_recv().is_ok(), "{change}");
    }
    assert_eq!(session(&two)["profile"]["name"], "B 2");
    assert_eq!(code(call(&one, now, json!({ "call": "profile_create", "name": "C" }))), Code::Exists);
    call(&one, now, json!({ "call": "profile_list" })).unwrap();
    assert!(told.try_recv().is_err());
}

#[test]
fn a_backup_is_put_back_while_the_profile_is_shown() {
    let desk = desk();
    let [a] = desk.profiles(["A"]);
    let window = desk.window("main");
    switch(&window, a.id);
    let copy = desk.database(a.id).parent().unwrap().join("backups").join("profile-v1-1893456000000.sqlite");
    std::fs::copy(desk.database(a.id), &copy).unwrap();
    let before = epoch(&session(&window));
    let listed = call(&window, before, json!({ "call": "profile_backups", "id": a.id })).unwrap();
    let told = heard(&window, "profile-switched");

    let restore = json!({ "call": "profile_restore", "id": a.id, "backup": listed[0]["name"] });
    assert_eq!(code(call(&window, before, restore)), Code::StaleSession, "its page is mounted afresh");

    let after = session(&window);
    assert_eq!((&after["profile"]["name"], &after["notice"]), (&json!("A"), &json!(null)));
    assert_eq!(told.try_recv().unwrap(), after);
    assert!(epoch(&after) > before);
}
