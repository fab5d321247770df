//! The whole job where there is no network: in a network namespace that has nothing but an unconnected loopback.
#![cfg(target_os = "linux")]

use std::process::{Command, Output};

use acceptance::{Cli, footage};

/// Runs a command in a namespace without a network; `None`, with a line saying so, where that is not allowed.
fn without_network(inner: &Command) -> Option<Output> {
    let mut allowed = Command::new("unshare");
    // Root makes the namespace directly; anybody else by way of a user namespace.
    let ways: [&[&str]; 2] = [&["--net"], &["--user", "--map-root-user", "--net"]];
    let way = ways.into_iter().find(|way| {
        Command::new("unshare").args(*way).arg("true").output().is_ok_and(|output| output.status.success())
    });
    let Some(way) = way else {
        assert!(std::env::var_os("EDIT_FACTORY_TEST_ALL").is_none(), "this system lets nobody leave the network");
        eprintln!("skipped: this system lets nobody leave the network");
        return None;
    };
    allowed.args(way).arg(inner.get_program()).args(inner.get_args()).env_clear();
    allowed.envs(inner.get_envs().filter_map(|(name, value)| Some((name, value?))));
    if let Some(folder) = inner.get_current_dir() {
        allowed.current_dir(folder);
    }
    Some(allowed.output().unwrap())
}

#[test]
fn three_videos_are_made_where_there_is_no_network() {
    let mut roads = Command::new("ip");
    roads.args(["-json", "route", "show", "table", "all"]);
    let Some(roads) = without_network(&roads) else { return };
    assert!(roads.status.success() && roads.stdout.trim_ascii() == b"[]", "there is a way out: {roads:?}");

    let dir = tempfile::tempdir().unwrap();
    for kind in 0..3 {
        footage::moving(&dir.path().join(format!("footage/{kind}.mp4")), kind, 6);
    }
    let script = dir.path().join("script.txt");
    std::fs::write(&script, "No cable, no radio, no cloud. It still works.").unwrap();
    let out = dir.path().join("out");
    let cli = Cli::new(&dir.path().join("home"));
    let mut make = cli.command(["make", "--variants", "3", "--platform", "draft", "--script"]);
    make.arg(&script).arg("--out").arg(&out).arg(dir.path().join("footage"));
    let Some(ran) = without_network(&make) else { return };
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let videos =
        std::fs::read_dir(&out).unwrap().flatten().filter(|e| e.path().extension().is_some_and(|x| x == "mp4"));
    assert_eq!(videos.count(), 3);
}
