//! A device whose process is killed while it sends or takes in goes on where it was.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use acceptance::direct::Direct;
use acceptance::postgres::Reach;
use acceptance::{soak_or, studio};
use edit_factory_core::home::Home;
use edit_factory_core::ids::ProjectId;
use edit_factory_core::profile::db::DbError;
use edit_factory_core::sync;
use futures_util::FutureExt as _;

use super::device::Device;
use super::edits::Dice;
use super::{DATABASE, Tally, USER, all_equal, profile_there, server};

/// Tells the process that is to be killed where its profile and its server are.
const INSIDE: &str = "EDIT_FACTORY_TEST_SYNC";
const ROWS: u32 = 3_000;

/// What the process that is killed does.
fn inside(places: &str) {
    let [home, id, socket] = places.split('|').collect::<Vec<_>>().try_into().unwrap();
    let profile = Home::open(studio::host(&PathBuf::from(home), &[])).unwrap().profile(id.parse().unwrap()).unwrap();
    let remote = Direct::new(Reach { socket: socket.into() }, DATABASE, USER);
    sync::run_once(&profile, &remote).now_or_never().unwrap().unwrap();
}

#[test]
fn a_device_that_is_killed_while_it_syncs_loses_nothing() {
    if let Ok(places) = std::env::var(INSIDE) {
        return inside(&places);
    }
    let server = server();
    let there = profile_there(&server);
    let mut devices: Vec<Device> = (0..2).map(Device::new).collect();
    devices.iter_mut().for_each(|device| device.begin(0, there));
    devices[0]
        .profile()
        .write::<_, DbError>(|tx| {
            let mut put = tx.prepare("INSERT INTO projects (id, name, look, created_at) VALUES (?1, ?2, '{}', 1)")?;
            (0..ROWS).try_for_each(|n| put.execute((ProjectId::new(), format!("project {n}"))).map(drop))?;
            Ok(())
        })
        .unwrap();
    let mut dice = Dice::new(7);
    let (mut kills, mut ended) = (0, 0);
    for turn in 0..soak_or(8, 100) {
        let device = &mut devices[usize::from(turn % 2 == 1)];
        device.note();
        // Each has something to say each time.
        device
            .profile()
            .write::<_, DbError>(|tx| {
                let sql = "UPDATE projects SET name = 'turn ' || ?1 || ' ' || name WHERE substr(id, -1) = ?2";
                Ok(tx.execute(sql, (turn, format!("{:x}", dice.below(16))))?)
            })
            .unwrap();
        device.note();
        let (home, id) = device.place();
        let places = format!("{}|{id}|{}", home.display(), server.reach().socket.display());
        let before = device.how_far();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "sync_devices::killed::a_device_that_is_killed_while_it_syncs_loses_nothing"])
            .env(INSIDE, places)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // As soon as it is a piece further, at whatever that is then.
        let over = loop {
            if device.how_far() != before {
                break child.try_wait().unwrap();
            }
            if let Some(status) = child.try_wait().unwrap() {
                break Some(status);
            }
        };
        if let Some(status) = over {
            assert!(status.success(), "{status}");
            ended += 1;
        } else {
            child.kill().unwrap();
            child.wait().unwrap();
            kills += 1;
        }
        device.note();
    }
    assert!(kills > 0, "each was over before it could be killed");
    for _ in 0..3 {
        for device in &mut devices {
            let remote = Direct::new(server.reach(), DATABASE, USER);
            sync::run_once(device.profile(), &remote).now_or_never().unwrap().unwrap();
            device.note();
        }
    }
    all_equal(&server, there, &devices, 0, &mut Tally::default());
    println!(
        "soak: two devices, {kills} killed while they synced {ROWS} rows, {ended} were over before: all equal the oracle"
    );
}
