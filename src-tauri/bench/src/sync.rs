//! What it costs to keep a profile on a server: noting each edit, sending, and taking in. The server is a Postgres on this
//! machine, asked directly: what HTTP adds is not in it.

use std::path::Path;
use std::time::Instant;

use acceptance::direct::Direct;
use acceptance::postgres::{Postgres, migrations};
use edit_factory_core::home::Home;
use edit_factory_core::ids::{ProjectId, RemoteProfileId};
use edit_factory_core::profile::Profile;
use edit_factory_core::profile::db::DbError;
use edit_factory_core::sync::{self, Round};

use crate::table::{Aim, Row};
use crate::{BenchError, Place, opening, process};

const USER: &str = "11111111-1111-4111-8111-111111111111";
const DATABASE: &str = "bench";
const SOME: u32 = 5_000;
const MANY: u32 = 100_000;

/// Measures all of it.
pub fn measure(place: &Place) -> Result<Vec<Row>, BenchError> {
    let server = Postgres::start();
    server.project(DATABASE);
    for file in migrations() {
        server.must(DATABASE, &file, &[]);
    }
    server.tell(DATABASE, &format!("insert into auth.users (id) values ('{USER}')"));
    let root = place.work.join("sync");
    if root.exists() {
        std::fs::remove_dir_all(&root).map_err(BenchError::io(root.display().to_string()))?;
    }
    let mut rows = vec![noting(&root)?];
    let (push, pull, _) = there_and_back(&server, &root, SOME)?;
    rows.push(Row {
        what: format!("{SOME} rows sent"),
        aim: Aim::AtMost(3.0),
        seen: push,
        unit: "s",
        behind: format!("projects of six columns in calls of 500, {:.0} rows a second", f64::from(SOME) / push),
    });
    rows.push(Row {
        what: format!("{SOME} rows pulled and written"),
        aim: Aim::AtMost(2.0),
        seen: pull,
        unit: "s",
        behind: "staged in pages of 500, written in one transaction".into(),
    });
    let (push, pull, memory) = there_and_back(&server, &root, MANY)?;
    rows.push(Row {
        what: format!("memory over idle while {MANY} rows are synced for the first time"),
        aim: Aim::AtMost(64.0),
        seen: memory,
        unit: "MB",
        behind: format!("sent in {push:.0} s, pulled in {pull:.0} s"),
    });
    Ok(rows)
}

fn profile(root: &Path, name: &str) -> Result<(Home, Profile), BenchError> {
    let home = opening::open(&root.join("home"))?;
    let info = home.create(name, None).map_err(BenchError::product)?;
    let profile = home.profile(info.id).map_err(BenchError::product)?;
    Ok((home, profile))
}

fn fill(profile: &Profile, rows: u32) -> Result<(), BenchError> {
    let filled: Result<(), DbError> = profile.write(|tx| {
        let mut put =
            tx.prepare("INSERT INTO projects (id, name, look, created_at) VALUES (?1, ?2, ?3, 1760000000000)")?;
        for number in 0..rows {
            put.execute((ProjectId::new(), format!("project {number}"), r#"{"platform": "tiktok", "music": null}"#))?;
        }
        Ok(())
    });
    filled.map_err(BenchError::product)
}

/// What noting adds to an edit: the same edits in a profile that is linked and in one that is not, by turns.
fn noting(root: &Path) -> Result<Row, BenchError> {
    let (_home, plain) = profile(root, "not linked")?;
    let (_other, linked) = profile(root, "linked")?;
    sync::link(&linked, RemoteProfileId::new()).map_err(BenchError::product)?;
    let mut best = [f64::MAX; 2];
    for _ in 0..5 {
        for (at, profile) in [&plain, &linked].into_iter().enumerate() {
            let started = Instant::now();
            fill(profile, SOME)?;
            best[at] = best[at].min(started.elapsed().as_secs_f64() * 1e6 / f64::from(SOME));
        }
    }
    Ok(Row {
        what: "noting an edit of a profile that is kept on a server".into(),
        aim: Aim::AtMost(100.0),
        seen: best[1] - best[0],
        unit: "µs",
        behind: format!("{:.0} µs against {:.0} µs for a new row, best of 5 times {SOME}", best[1], best[0]),
    })
}

/// Seconds to send so many rows from one device, seconds to take them in on another, and the memory of both over idle in MB.
fn there_and_back(server: &Postgres, root: &Path, rows: u32) -> Result<(f64, f64, f64), BenchError> {
    let there = RemoteProfileId::new();
    server.tell(DATABASE, &format!("insert into public.profiles (id, user_id) values ('{there}', '{USER}')"));
    let remote = Direct::new(server.reach(), DATABASE, USER);
    let (_home, from) = profile(root, &format!("from {rows}"))?;
    let (_other, to) = profile(root, &format!("to {rows}"))?;
    fill(&from, rows)?;
    let idle = process::own_memory_mb();
    sync::link(&from, there).map_err(BenchError::product)?;
    sync::link(&to, there).map_err(BenchError::product)?;
    let runtime =
        tokio::runtime::Builder::new_current_thread().build().map_err(BenchError::io("the runtime".to_owned()))?;
    let timed = |profile: &Profile| -> Result<(f64, Round), BenchError> {
        let started = Instant::now();
        let round = runtime.block_on(sync::run_once(profile, &remote)).map_err(BenchError::product)?;
        Ok((started.elapsed().as_secs_f64(), round))
    };
    let (push, sent) = timed(&from)?;
    let (pull, came) = timed(&to)?;
    if sent.sent != rows as usize || came.received != rows as usize {
        return Err(BenchError::Unexpected(format!(
            "{} rows sent and {} received of {rows}",
            sent.sent, came.received
        )));
    }
    Ok((push, pull, process::own_largest_memory_mb() - idle))
}
