//! Credentials in a real keyring: a gnome-keyring of the tests' own, on a bus of its own.
//!
//! The part that uses it runs in a second process of this test program, because the way to the bus is an environment
//! variable.
#![cfg(target_os = "linux")]

use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::Arc;

use acceptance::Cli;
use edit_factory_core::credentials;
use edit_factory_core::home::Home;
use edit_factory_core::host::{Host, Tools};
use edit_factory_core::profile::secrets::{Keyring, SecretStore};
use secrecy::ExposeSecret;

/// Set in the process that has the keyring.
const INSIDE: &str = "EDIT_FACTORY_TEST_KEYRING";

#[test]
fn deleting_a_profile_takes_its_keys_out_of_the_keyring_and_no_others() {
    if std::env::var_os(INSIDE).is_some() {
        return inside();
    }
    for tool in ["dbus-run-session", "gnome-keyring-daemon"] {
        if Command::new(tool).arg("--version").output().is_err() {
            assert!(std::env::var_os("EDIT_FACTORY_TEST_ALL").is_none(), "{tool} is missing");
            eprintln!("skipped: {tool} is not installed; `cargo xtask setup` does it");
            return;
        }
    }
    let dir = tempfile::tempdir().unwrap();
    let folder = |name: &str| {
        let path = dir.path().join(name);
        std::fs::create_dir(&path).unwrap();
        path
    };
    // The password is not empty: with an empty one the keyring stores nothing.
    let script = "printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null; exec \"$@\"";
    let me = std::env::current_exe().unwrap();
    let run = Command::new("dbus-run-session")
        .args(["--", "sh", "-c", script, "sh"])
        .arg(me)
        .args(["--exact", "keyring::deleting_a_profile_takes_its_keys_out_of_the_keyring_and_no_others"])
        .env(INSIDE, dir.path().join("home"))
        .env("HOME", folder("user"))
        .env("XDG_DATA_HOME", folder("data"))
        .env("XDG_CONFIG_HOME", folder("config"))
        .env("XDG_CACHE_HOME", folder("cache"))
        .env("XDG_RUNTIME_DIR", folder("run"))
        .env_remove("DISPLAY")
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success(), "{said}{}", String::from_utf8_lossy(&run.stderr));
    assert!(said.contains("1 passed"), "{said}");
}

fn inside() {
    let home = Home::open(Host {
        home: std::env::var_os(INSIDE).unwrap().into(),
        tools: Tools::default(),
        secrets: Arc::new(Keyring),
        concurrency: 1,
        endpoints: std::collections::BTreeMap::new(),
        demo: None,
        process_name: "a test".into(),
    })
    .unwrap();
    let ids = ["Ana", "Bogdan"].map(|name| home.create(name, None).unwrap().id);
    for id in ids {
        let profile = home.profile(id).unwrap();
        credentials::set(&profile, "elevenlabs", &format!("key-of-{id}").into(), None).unwrap();
    }
    let plain = |secret: secrecy::SecretString| secret.expose_secret().to_owned();
    let kept = |id| Keyring.get(&format!("edit-factory/{id}"), "elevenlabs").unwrap().map(plain);
    assert_eq!(ids.map(kept), ids.map(|id| Some(format!("key-of-{id}"))));

    the_program_keeps_a_key_there();

    home.delete(ids[0]).unwrap();

    assert_eq!(kept(ids[0]), None);
    let other = home.profile(ids[1]).unwrap();
    assert_eq!(credentials::get(&other, "elevenlabs").unwrap().map(plain), Some(format!("key-of-{}", ids[1])));
}

/// `credential set|list|remove` of the real program against the real keyring.
fn the_program_keeps_a_key_there() {
    const KEY: &str = "sk-planted-in-the-ring-x9Kd";
    let folder = std::path::PathBuf::from(std::env::var_os(INSIDE).unwrap()).with_file_name("home of the program");
    let bus = std::env::var_os("DBUS_SESSION_BUS_ADDRESS").unwrap();
    let cli = Cli::new(&folder).with("DBUS_SESSION_BUS_ADDRESS", bus);
    let mut set = cli
        .command(["--json", "credential", "set", "elevenlabs", "--untested"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    set.stdin.take().unwrap().write_all(KEY.as_bytes()).unwrap();
    let said = String::from_utf8(set.wait_with_output().unwrap().stdout).unwrap();
    assert!(said.contains("\"ends_in\": \"x9Kd\"") && !said.contains("sk-planted"), "{said}");
    let listed = cli.run(["credential", "list"]).good();
    assert_eq!((&listed[0]["set"], &listed[0]["kept_in"]), (&true.into(), &"keyring".into()));
    let id = cli.run(["profile", "list"]).good()[0]["id"].as_str().unwrap().to_owned();
    let kept = || Keyring.get(&format!("edit-factory/{id}"), "elevenlabs").unwrap();
    assert_eq!(kept().map(|secret| secret.expose_secret().to_owned()).as_deref(), Some(KEY));
    assert_eq!(cli.run(["credential", "remove", "elevenlabs"]).good()["set"], false);
    assert!(kept().is_none());
}
