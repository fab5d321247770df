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
use edit_factory_core::error::{Code, Explain};
use edit_factory_core::home::Home;
use edit_factory_core::host::{Host, Tools};
use edit_factory_core::profile::Profile;
use edit_factory_core::profile::secrets::{Keyring, SecretStore};
use edit_factory_core::speech::chain::Engine;
use secrecy::ExposeSecret;

/// Set in the process that has the keyring.
const INSIDE: &str = "EDIT_FACTORY_TEST_KEYRING";

/// What is between the test and the keyring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Unlocked.
    Open,
    /// Locked after it was used, and nobody there to unlock it.
    Locked,
    /// The bus lets nobody speak to it.
    Denied,
}

/// Runs this test again in a process whose bus has a keyring. False when the tools for that are not installed.
fn with_keyring(test: &str, way: Way) -> bool {
    for tool in ["dbus-run-session", "gnome-keyring-daemon", "dbus-send"] {
        if Command::new(tool).arg("--version").output().is_err() {
            assert!(std::env::var_os("EDIT_FACTORY_TEST_ALL").is_none(), "{tool} is missing");
            eprintln!("skipped: {tool} is not installed; `cargo xtask setup` does it");
            return false;
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
    let mut session = Command::new("dbus-run-session");
    if way == Way::Denied {
        let config = dir.path().join("bus.conf");
        std::fs::write(&config, DENYING).unwrap();
        session.arg("--config-file").arg(config);
    }
    let run = session
        .args(["--", "sh", "-c", script, "sh"])
        .arg(me)
        .args(["--exact", test])
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
    true
}

/// A bus on which the keyring is there, and nobody may send it anything.
const DENYING: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
    <deny send_destination="org.freedesktop.secrets"/>
  </policy>
</busconfig>
"#;

#[test]
fn deleting_a_profile_takes_its_keys_out_of_the_keyring_and_no_others() {
    if std::env::var_os(INSIDE).is_some() {
        return inside();
    }
    with_keyring("keyring::deleting_a_profile_takes_its_keys_out_of_the_keyring_and_no_others", Way::Open);
}

#[test]
fn a_keyring_that_is_locked_keeps_its_key_and_stops_nothing_else() {
    if std::env::var_os(INSIDE).is_some() {
        let profile = set_up();
        credentials::set(&profile, "elevenlabs", &"sk_0123456789abcdef".into(), None).unwrap();
        let lock = Command::new("dbus-send")
            .args(["--session", "--print-reply", "--dest=org.freedesktop.secrets", "/org/freedesktop/secrets"])
            .args(["org.freedesktop.Secret.Service.Lock", "array:objpath:/org/freedesktop/secrets/collection/login"])
            .output()
            .unwrap();
        assert!(lock.status.success(), "{}", String::from_utf8_lossy(&lock.stderr));
        return refused(&profile, true);
    }
    with_keyring("keyring::a_keyring_that_is_locked_keeps_its_key_and_stops_nothing_else", Way::Locked);
}

#[test]
fn a_keyring_that_lets_nobody_in_stops_nothing_else() {
    if std::env::var_os(INSIDE).is_some() {
        return refused(&set_up(), false);
    }
    with_keyring("keyring::a_keyring_that_lets_nobody_in_stops_nothing_else", Way::Denied);
}

fn set_up() -> Profile {
    let home = Home::open(acceptance::studio::host(&std::path::PathBuf::from(std::env::var_os(INSIDE).unwrap()), &[]));
    let mut host = home.unwrap().host().clone();
    (host.secrets, host.tools) = (Arc::new(Keyring), acceptance::tools());
    let profile = Home::open(host).unwrap().current().unwrap();
    acceptance::studio::ask(&profile, &[Engine::Elevenlabs, Engine::Flite]);
    profile
}

/// Nothing is told of a key, the next voice speaks, and what is said is what to do.
fn refused(profile: &Profile, has_a_key: bool) {
    let bus = std::env::var_os("DBUS_SESSION_BUS_ADDRESS").unwrap();
    let refused = credentials::set(profile, "elevenlabs", &"sk_another_0123456789".into(), None).unwrap_err();
    assert_eq!(refused.code(), Code::Keyring);
    assert!(refused.to_string().contains("Unlock it") && !refused.to_string().contains("sk_another"), "{refused}");
    // What was known of the key before is as it was.
    let shown = credentials::show(profile, "elevenlabs").unwrap();
    assert_eq!((shown.set, shown.ends_in.as_deref()), (has_a_key, has_a_key.then_some("cdef")));
    if has_a_key {
        assert_eq!(credentials::get(profile, "elevenlabs").unwrap_err().code(), Code::Keyring);
    }
    let cli = Cli::new(std::path::Path::new(&std::env::var_os(INSIDE).unwrap())).with("DBUS_SESSION_BUS_ADDRESS", bus);
    let said = cli.run(["voice", "say", "Fresh bread every morning.", "--language", "en"]).good();
    assert_eq!(said["narration"]["used"]["provider"], "flite");
    let step = &said["narration"]["steps"][0];
    assert_eq!(step["code"], if has_a_key { "keyring" } else { "no_key" }, "{said:#}");
    if has_a_key {
        assert_eq!(cli.run(["credential", "test", "elevenlabs"]).error(), "keyring");
        assert_eq!(cli.run(["credential", "remove", "elevenlabs"]).error(), "keyring");
        // It is still listed, so that nothing is left behind in the keyring when the profile goes.
        assert_eq!(cli.run(["credential", "list"]).good()[0]["set"], true);
    }
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
