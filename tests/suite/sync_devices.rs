//! Three devices that edit one profile, against the server's own SQL on a real Postgres, with everything going wrong that can:
//! in the end all of them, and the server, have what an oracle says they must.

mod device;
mod edits;
mod killed;

use std::collections::BTreeMap;

use acceptance::direct::{Direct, Fault};
use acceptance::postgres::{Postgres, migrations};
use acceptance::soak_or;
use edit_factory_core::error::Code;
use edit_factory_core::ids::{ProjectId, RemoteProfileId};
use edit_factory_core::project::store as projects;
use edit_factory_core::sync::remote::{Cursor, Remote as _};
use edit_factory_core::sync::{self, SyncState};
use futures_util::FutureExt as _;
use serde_json::Value;

use device::{Device, Key, normal};
use edits::Dice;

/// Who keeps the profile.
const USER: &str = "11111111-1111-4111-8111-111111111111";
const DATABASE: &str = "devices";

fn server() -> Postgres {
    let server = Postgres::start();
    server.project(DATABASE);
    for file in migrations() {
        server.must(DATABASE, &file, &[]);
    }
    server.tell(DATABASE, &format!("insert into auth.users (id) values ('{USER}')"));
    server
}

fn profile_there(server: &Postgres) -> RemoteProfileId {
    let id = RemoteProfileId::new();
    server.tell(DATABASE, &format!("insert into public.profiles (id, user_id) values ('{id}', '{USER}')"));
    id
}

/// Everything the server has of a profile, by row and column.
fn all_there(server: &Postgres, profile: RemoteProfileId) -> BTreeMap<Key, Value> {
    let remote = Direct::new(server.reach(), DATABASE, USER);
    let mut place = Cursor::start();
    let mut all = BTreeMap::new();
    loop {
        let page = remote.pull(profile, &place, 1000).now_or_never().unwrap().unwrap();
        for row in page.rows {
            let named = if row.t == "settings" { "name" } else { "id" };
            let id = row.j[named].as_str().unwrap().to_owned();
            for (column, value) in row.j {
                all.insert((row.t.clone(), id.clone(), column), normal(value));
            }
        }
        if !page.more {
            return all;
        }
        place = page.cursor;
    }
}

#[derive(Debug, Default)]
struct Tally {
    edits: usize,
    rounds: usize,
    faults: usize,
    gone: usize,
    restamps: usize,
    /// What was ever written, by table.
    wrote: BTreeMap<String, usize>,
}

/// One life of a profile on three devices.
fn one(server: &Postgres, devices: &mut [Device], seed: u64, tally: &mut Tally) {
    let there = profile_there(server);
    for device in devices.iter_mut() {
        device.begin(seed, there);
    }
    let mut dice = Dice::new(seed);
    for _ in 0..60 {
        let at = dice.below(devices.len());
        let device = &mut devices[at];
        match dice.below(10) {
            // A clock that is wrong by hours, or is set right.
            0 => {
                device.clock_is_off_by(*dice.one_of(&[0, 90_000, -90_000, 3 * 3_600_000, -3 * 3_600_000]));
            }
            1..=6 => {
                let many = 1 + dice.below(4);
                (0..many).for_each(|_| edits::random(device.profile(), &mut dice));
                tally.edits += many;
            }
            _ => round(server, device, &mut dice, tally),
        }
        device.note();
    }
    // Back from wherever they were: nothing goes wrong any more.
    for _ in 0..4 {
        for device in devices.iter_mut() {
            let remote = Direct::new(server.reach(), DATABASE, USER);
            sync::run_once(device.profile(), &remote).now_or_never().unwrap().unwrap();
            device.note();
        }
    }
    all_equal(server, there, devices, seed, tally);
    for device in devices.iter_mut() {
        tally.restamps += device.restamps;
        device.end();
    }
}

/// A round with whatever goes wrong.
fn round(server: &Postgres, device: &mut Device, dice: &mut Dice, tally: &mut Tally) {
    tally.rounds += 1;
    let (mut faults, mut edits) = (dice.split(), dice.split());
    let (mut wrong, mut expected) = (0, None);
    let profile = device.profile().clone();
    let outcome = {
        let choose = || {
            let fault = match faults.below(40) {
                0 | 1 => Fault::Lost,
                2 | 3 => Fault::LostAnswer,
                4 | 5 => Fault::Twice,
                6 => Fault::Gone,
                7 => Fault::GoneAfter,
                8 => Fault::Broken,
                9 => Fault::DeviceOlder,
                10 => Fault::ServerOlder,
                _ => Fault::None,
            };
            wrong += usize::from(fault != Fault::None);
            expected = Some(fault);
            fault
        };
        let during = || {
            if edits.below(3) == 0 {
                edits::random(&profile, &mut edits);
            }
        };
        let remote = Direct::faulty(server.reach(), DATABASE, USER, Box::new(choose), Box::new(during));
        sync::run_once(&profile, &remote).now_or_never()
    };
    tally.faults += wrong;
    match outcome {
        Some(Ok(_)) => {}
        Some(Err(error)) => {
            let code = edit_factory_core::error::Explain::code(&error);
            let wanted = match expected.unwrap() {
                Fault::DeviceOlder | Fault::ServerOlder => Code::OtherVersion,
                _ => Code::Offline,
            };
            assert_eq!(code, wanted, "{error}");
        }
        None => {
            tally.gone += 1;
            drop(profile);
            device.goes_away_and_comes_back();
        }
    }
}

fn all_equal(server: &Postgres, there: RemoteProfileId, devices: &[Device], seed: u64, tally: &mut Tally) {
    let server_has = all_there(server, there);
    // The oracle: of everything that was ever written anywhere, the latest by its clock.
    let mut latest: BTreeMap<&Key, (&str, &Value)> = BTreeMap::new();
    for (key, clock, value) in devices.iter().flat_map(|device| &device.wrote) {
        let known = latest.entry(key).or_insert((clock, value));
        if clock.as_str() > known.0 {
            *known = (clock, value);
        }
    }
    assert!(!latest.is_empty());
    for (key, (clock, value)) in latest {
        if key.2 != "deleted" && devices.iter().any(|device| device.erased.contains(&key.1)) {
            continue;
        }
        let has = server_has.get(key).unwrap_or(&Value::Null);
        assert_eq!(has, value, "seed {seed}: the server's {key:?}, which should be of {clock}");
    }
    for (number, device) in devices.iter().enumerate() {
        let status = sync::status(device.profile()).unwrap();
        assert_eq!((status.state, status.held), (SyncState::InSync, 0), "seed {seed}: device {number}: {status:?}");
        for ((table, id, column), value) in device.everything() {
            let key = (table, id, column);
            let has = server_has.get(&key).unwrap_or(&Value::Null);
            assert_eq!(has, &value, "seed {seed}: device {number}: {key:?}");
        }
        // And nothing that is live there is missing here.
        for ((table, id, column), value) in &server_has {
            if column == "deleted" && value == &Value::Bool(false) && table != "jobs" {
                assert!(device.has(table, id), "seed {seed}: device {number} lacks {table} {id}");
            }
        }
        for (key, _, _) in &device.wrote {
            *tally.wrote.entry(key.0.clone()).or_default() += 1;
        }
        device.is_sound();
    }
}

#[test]
fn three_devices_and_the_server_agree_whatever_goes_wrong() {
    let server = server();
    let mut devices: Vec<Device> = (0..3).map(Device::new).collect();
    let mut tally = Tally::default();
    let seeds = soak_or(20, 200);
    for seed in 0..u64::from(seeds) {
        one(&server, &mut devices, seed, &mut tally);
    }
    assert!(tally.gone > 0 && tally.faults > 100 && tally.restamps > 0 && tally.wrote.len() == 6, "{tally:?}");
    println!("soak: three devices, {seeds} lives: all equal the oracle; {tally:?}");
}

#[test]
fn a_row_the_server_refuses_is_set_aside_with_the_reason_and_the_next_edit_sends_it() {
    let server = server();
    let there = profile_there(&server);
    let mut device = Device::new(0);
    device.begin(1, there);
    let remote = Direct::new(server.reach(), DATABASE, USER);
    let profile = device.profile();
    let make = |name: &str| {
        profile
            .write::<_, projects::ProjectError>(|tx| projects::create(tx, name, &Default::default(), &[]))
            .unwrap()
            .id
    };
    // A rule of the server that this version does not know of.
    server.tell(DATABASE, "alter table public.projects add constraint no_tea check (name <> 'tea')");
    let (tea, bread) = (make("tea"), make("bread"));
    let round = sync::run_once(profile, &remote).now_or_never().unwrap().unwrap();
    assert_eq!((round.sent, round.refused), (1, 1));
    let status = sync::status(profile).unwrap();
    assert_eq!((status.state, status.waiting, status.set_aside.len()), (SyncState::SetAside, 0, 1));
    assert_eq!((status.set_aside[0].id.clone(), status.set_aside[0].name.as_deref()), (tea.to_string(), Some("tea")));
    assert!(status.set_aside[0].why.contains("no_tea"), "{status:?}");
    // Nothing else is held up, and it is not sent for nothing.
    let round = sync::run_once(profile, &remote).now_or_never().unwrap().unwrap();
    assert_eq!((round.sent, round.refused), (0, 0));
    rename(profile, tea, "coffee");
    assert_eq!(sync::status(profile).unwrap().waiting, 1);
    sync::run_once(profile, &remote).now_or_never().unwrap().unwrap();
    assert_eq!(sync::status(profile).unwrap().state, SyncState::InSync);
    let names = server
        .query(DATABASE, &format!("select name from public.projects where id in ('{tea}', '{bread}') order by 1"));
    assert_eq!(names, "bread\ncoffee");
}

fn rename(profile: &edit_factory_core::profile::Profile, id: ProjectId, name: &str) {
    profile.write::<_, projects::ProjectError>(|tx| projects::update(tx, id, name, &Default::default())).unwrap();
}

#[test]
fn somebody_who_may_not_is_told_that_it_is_not_theirs_and_keeps_everything() {
    let server = server();
    let there = profile_there(&server);
    let mut device = Device::new(0);
    device.begin(1, there);
    let profile = device.profile();
    rename_free(profile);
    let stranger = "22222222-2222-4222-8222-222222222222";
    server.tell(DATABASE, &format!("insert into auth.users (id) values ('{stranger}')"));
    let theirs = Direct::new(server.reach(), DATABASE, stranger);
    assert!(sync::run_once(profile, &theirs).now_or_never().unwrap().is_err());
    let status = sync::status(profile).unwrap();
    assert_eq!((status.state, status.waiting, status.set_aside.len()), (SyncState::Failing, 1, 0));
    assert_eq!(server.query(DATABASE, "select count(*) from public.projects"), "0");
    let mine = Direct::new(server.reach(), DATABASE, USER);
    sync::run_once(profile, &mine).now_or_never().unwrap().unwrap();
    assert_eq!(sync::status(profile).unwrap().state, SyncState::InSync);
    assert_eq!(server.query(DATABASE, "select count(*) from public.projects"), "1");
}

fn rename_free(profile: &edit_factory_core::profile::Profile) {
    profile.write::<_, projects::ProjectError>(|tx| projects::create(tx, "bread", &Default::default(), &[])).unwrap();
}
