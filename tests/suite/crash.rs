//! kill -9 at any moment: nothing is lost, nothing is half there, and the work goes on where it was.

use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use acceptance::{Cli, footage, soak_or, tools};
use edit_factory_core::home::Home;
use edit_factory_core::host::Host;
use edit_factory_core::ids::ProfileId;
use edit_factory_core::profile::db::DbError;
use edit_factory_core::profile::secrets::InMemory;

/// The number of an order that nobody kills; more than there are of the others.
const UNDISTURBED: u32 = 5_000;

struct Bench {
    dir: tempfile::TempDir,
    cli: Cli,
}

impl Bench {
    fn make(&self, round: u32) -> Child {
        let script = self.dir.path().join(format!("round{round}.md"));
        let text = format!("This is round {round}. Every word is shown.");
        std::fs::write(&script, text).unwrap();
        self.cli
            .command(["--json", "make", "--variants", "2", "--platform", "draft", "--script"])
            .arg(script)
            .arg("--out")
            .arg(self.dir.path().join(format!("out{round}")))
            .arg(self.dir.path().join("footage"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    }

    /// Goes on with what was left.
    fn take_up(&self) -> Child {
        self.cli.command(["--json", "job", "run"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }
}

/// Kills it at that moment; false when it had ended by itself.
fn dies(child: &mut Child, moment: Duration) -> bool {
    if ends_within(child, moment) {
        return false;
    }
    // SIGKILL: nothing of ours runs after this.
    child.kill().unwrap();
    child.wait().unwrap();
    true
}

/// Waits for the child until then; true when it ended by itself.
fn ends_within(child: &mut Child, time: Duration) -> bool {
    let until = Instant::now() + time;
    while Instant::now() < until {
        if child.try_wait().unwrap().is_some() {
            return true;
        }
        std::thread::yield_now();
    }
    false
}

/// A seeded sequence (SplitMix64, public domain algorithm by S. Vigna), so that a failure can be had again.
fn next(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (*seed ^ (*seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[test]
fn a_process_killed_at_any_moment_loses_nothing_and_its_work_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    for kind in 0..2 {
        footage::moving(&dir.path().join(format!("footage/scene {kind}.mp4")), kind, 8);
    }
    let bench = Bench { cli: Cli::new(&dir.path().join("home")), dir };
    // Undisturbed twice: the first takes the footage in, the second says how long there is something to kill.
    assert!(bench.make(0).wait().unwrap().success());
    let started = Instant::now();
    assert!(bench.make(UNDISTURBED).wait().unwrap().success());
    let whole = started.elapsed();
    let mut seed = 20_261_123;
    let mut moment = || whole.mul_f64((next(&mut seed) % 1000) as f64 / 1000.0);
    let (mut killed, mut again, mut round) = (0, 0, 0);
    let wanted = soak_or(20, 500);
    // One that ended before it could be killed does not count.
    while killed < wanted {
        round += 1;
        assert!(round < UNDISTURBED, "hardly any of {round} orders could be killed");
        if dies(&mut bench.make(round), moment()) {
            killed += 1;
            // What takes the work up again may be killed as well: recovery has to survive itself.
            if killed < wanted && dies(&mut bench.take_up(), moment()) {
                killed += 1;
                again += 1;
            }
        }
        let run = bench.cli.run(["job", "run"]);
        assert_eq!(run.code, 0, "round {round}: {} {}", run.json, run.stderr);
        // Every file is read again now and then; in between only the newest, or the time would grow with the square.
        let newest = if round % 20 == 0 || killed == wanted { -1 } else { 8 };
        everything_is_whole(&bench.dir.path().join("home"), round, newest);
    }
    // And what was asked for can still be had: the same order, given again, ends well.
    let out = bench.dir.path().join("out1");
    if out.exists() {
        std::fs::remove_dir_all(&out).unwrap();
    }
    assert!(bench.make(1).wait().unwrap().success());
    let made = std::fs::read_dir(out).unwrap().flatten();
    assert_eq!(made.filter(|e| e.path().extension().is_some_and(|x| x == "mp4")).count(), 2);
    println!(
        "soak: kill -9 at {killed} seeded moments of {round} orders, {again} of them while the work was being taken up \
         again: nothing lost, nothing half there, all went on"
    );
}

/// Looks at rows and folders of all, and reads the files of so many of the newest clips (-1: of all).
fn everything_is_whole(root: &Path, round: u32, newest: i64) {
    let home = Home::open(Host {
        home: root.to_owned(),
        tools: tools(),
        secrets: Arc::new(InMemory::default()),
        concurrency: 1,
        endpoints: std::collections::BTreeMap::new(),
        demo: None,
        process_name: "a test".into(),
    })
    .unwrap();
    let profiles: Vec<ProfileId> = home.profiles().unwrap().iter().map(|p| p.id).collect();
    assert_eq!(profiles.len(), 1);
    let profile = home.profile(profiles[0]).unwrap();
    let folder = root.join("profiles").join(profiles[0].to_string());
    profile
        .read::<_, DbError>(|tx| {
            let sound: String = tx.query_row("PRAGMA integrity_check", [], |r| r.get(0))?;
            assert_eq!(sound, "ok", "round {round}");
            let unfinished: Vec<String> = tx
                .prepare("SELECT kind || ' ' || state || coalesce(failure, '') FROM jobs WHERE state <> 'done'")?
                .query_map([], |r| r.get(0))?
                .collect::<Result<_, _>>()?;
            assert_eq!(unfinished, Vec::<String>::new(), "round {round}");
            // A variant that was planned has exactly one clip, and its file is the one that was checked.
            let odd: i64 = tx.query_row(
                "SELECT count(*) FROM variants v WHERE (SELECT count(*) FROM clips c WHERE c.variant_id = v.id) <> 1",
                [],
                |r| r.get(0),
            )?;
            assert_eq!(odd, 0, "round {round}: variants without exactly one clip");
            let mut clips = tx.prepare("SELECT folder, hash FROM clips ORDER BY rowid DESC LIMIT ?1")?;
            for row in clips.query_map([newest], |r| Ok((r.get::<_, String>(0)?, r.get::<_, String>(1)?)))? {
                let (clip, hash) = row?;
                let file = std::fs::read_dir(folder.join(&clip))
                    .unwrap()
                    .flatten()
                    .map(|e| e.path())
                    .find(|p| p.extension().is_some_and(|e| e == "mp4"))
                    .unwrap_or_else(|| panic!("round {round}: no file in {clip}"));
                let found = blake3::hash(&std::fs::read(file).unwrap()).to_hex().to_string();
                assert_eq!(found, hash, "round {round}: {clip}");
            }
            let clips: i64 = tx.query_row("SELECT count(*) FROM clips", [], |r| r.get(0))?;
            let folders = std::fs::read_dir(folder.join("clips")).unwrap().count();
            assert_eq!(clips, i64::try_from(folders).unwrap(), "round {round}: a folder of no clip");
            Ok(())
        })
        .unwrap();
    let inside = |path: &String| path.strip_prefix(folder.to_str().unwrap()).unwrap().to_owned();
    let all: Vec<String> = files(&folder).iter().map(inside).collect();
    let left: Vec<_> = all.into_iter().filter(|p| p.contains(".part") || p.starts_with("/tmp/")).collect();
    assert_eq!(left, Vec::<String>::new(), "round {round}");
}

fn files(folder: &Path) -> Vec<String> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() {
            all.extend(files(&entry.path()));
        } else {
            all.push(entry.path().display().to_string());
        }
    }
    all
}
