//! The isolation checklist: files of the same name, jobs at the same time, one profile used while another works.

use std::path::Path;
use std::sync::Arc;

use acceptance::{Cli, footage, tools};
use edit_factory_core::api::{CALLS, Caller};
use edit_factory_core::error::Code;
use edit_factory_core::generate::{self, Order};
use edit_factory_core::home::Home;
use edit_factory_core::host::Host;
use edit_factory_core::jobs::{JobState, Runner, store as jobs};
use edit_factory_core::library::import::{ImportOptions, import};
use edit_factory_core::profile::Profile;
use edit_factory_core::profile::db::DbError;
use edit_factory_core::profile::secrets::InMemory;
use edit_factory_core::project::{Look, store as projects};
use serde_json::Value;
use tokio_util::sync::CancellationToken;

const SCRIPT: &str = "The bride walks in and everybody turns around. A very good day begins.";

fn home(folder: &Path) -> Home {
    Home::open(Host {
        home: folder.to_owned(),
        tools: tools(),
        secrets: Arc::new(InMemory::default()),
        concurrency: 2,
        endpoints: std::collections::BTreeMap::new(),
        demo: None,
        process_name: "a test".into(),
    })
    .unwrap()
}

fn rows(profile: &Profile, table: &str) -> u64 {
    let count = |r: &edit_factory_core::profile::db::Reader<'_>| {
        let sql = format!("SELECT count(*) FROM {table}");
        r.query_row(&sql, [], |row| row.get(0)).map_err(DbError::from)
    };
    profile.read(count).unwrap()
}

/// Two brands, each with a `wedding.mp4` of its own colour, rendered at the same moment by two processes.
#[test]
fn two_profiles_with_files_of_the_same_name_render_at_once_and_nothing_crosses() {
    let dir = tempfile::tempdir().unwrap();
    let cli = Cli::new(&dir.path().join("home"));
    std::fs::write(dir.path().join("wedding.md"), SCRIPT).unwrap();
    let brands = [("Red", "red", 0), ("Blue", "blue", 2)];
    for (name, colour, _) in brands {
        footage::plain(&dir.path().join(name).join("wedding.mp4"), colour, 12);
        assert_eq!(cli.run(["profile", "create", name]).code, 0);
    }
    let children = brands.map(|(name, _, _)| {
        cli.command(["--json", "--profile", name, "make", "--variants", "1", "--platform", "draft", "--script"])
            .arg(dir.path().join("wedding.md"))
            .arg("--out")
            .arg(dir.path().join(name).join("out"))
            .arg(dir.path().join(name).join("wedding.mp4"))
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap()
    });
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
    for (name, _, channel) in brands {
        let clips: Vec<_> = std::fs::read_dir(dir.path().join(name).join("out"))
            .unwrap()
            .flatten()
            .map(|e| e.path())
            .filter(|p| p.extension().is_some_and(|e| e == "mp4"))
            .collect();
        assert_eq!(clips.len(), 1);
        let colour = footage::mean_colour(&clips[0], 0.5);
        assert!(colour[channel] > 2 * colour[2 - channel], "{name}: {colour:?}");
    }
    let audit = cli.run(["profile", "audit"]);
    assert_eq!((audit.code, &audit.json["leaks"]), (0, &serde_json::json!([])), "{}", audit.json);
    assert!(log_lines_name_one_profile(&dir.path().join("home/logs")) > 20);
}

/// Every log line that names a profile names no other. Gives how many lines name one.
fn log_lines_name_one_profile(logs: &Path) -> usize {
    let mut profiles: Vec<String> = Vec::new();
    for entry in std::fs::read_dir(logs.parent().unwrap().join("profiles")).unwrap().flatten() {
        profiles.push(entry.file_name().to_string_lossy().into_owned());
    }
    let mut named = 0;
    for entry in std::fs::read_dir(logs).unwrap().flatten() {
        for line in std::fs::read_to_string(entry.path()).unwrap().lines() {
            let parsed: Value = serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"));
            assert!(parsed.is_object());
            let found: Vec<&String> = profiles.iter().filter(|id| line.contains(id.as_str())).collect();
            assert!(found.len() <= 1, "a line of two profiles: {line}");
            named += found.len();
        }
    }
    named
}

/// Work of A goes on, and ends in A, while everything that is shown and asked for is B's.
#[tokio::test(flavor = "multi_thread")]
async fn a_job_started_in_a_ends_in_a_while_b_is_used() {
    let dir = tempfile::tempdir().unwrap();
    let home = home(&dir.path().join("home"));
    let a = home.create("A", None).unwrap().id;
    let b = home.create("B", None).unwrap().id;
    let file = footage::moving(&dir.path().join("wedding.mp4"), 1, 12);
    let cancel = CancellationToken::new();
    let profile = home.enter(a).unwrap();
    let report = import(&profile, &[file], &ImportOptions::default(), &cancel).await.unwrap();
    let waits: Vec<_> = report.added.iter().map(|i| i.job).collect();
    let batch = profile
        .write::<_, generate::GenerateError>(|tx| {
            let look = Look { platform: "draft".into(), ..Look::default() };
            let project = projects::create(tx, "Wedding", &look, &[])?;
            let new = projects::NewScript { name: "wedding".into(), text: SCRIPT.into(), ..Default::default() };
            projects::add_script(tx, project.id, &new)?;
            let order = Order {
                variants: 1,
                platform: None,
                seed: 1,
                scripts: vec![],
                render: true,
                avoid: vec![],
                avoid_published_days: None,
            };
            generate::queue(tx, project.id, &order, &waits)
        })
        .unwrap()
        .1;
    let mut runner = Runner::start(&profile, 2).unwrap();
    // The window switches to B, and everything there is to ask is asked there, again and again, while A works.
    let other = home.enter(b).unwrap();
    let caller = Caller::new(home.clone()).with(other.clone());
    let mut heard = other.events().listen();
    let mut asked = 0;
    loop {
        for name in
            ["source_list", "project_list", "job_list", "clip_list", "source_trash", "source_tags", "clip_trash"]
        {
            assert!(CALLS.iter().any(|c| c.name == name));
            let call = serde_json::from_value(serde_json::json!({ "call": name })).unwrap();
            let reply = edit_factory_core::api::dispatch(&caller, call).await.unwrap();
            assert_eq!(reply.as_array().map(Vec::len), Some(0), "{name} of B: {reply}");
            asked += 1;
        }
        let all = profile.read(|tx| jobs::of_batch(tx, batch)).unwrap();
        if all.len() > 1 && all.iter().all(|j| j.state.is_final()) {
            assert!(all.iter().all(|j| j.state == JobState::Done), "{all:?}");
            break;
        }
        tokio::task::yield_now().await;
    }
    runner.until_idle(&cancel).await;
    runner.stop().await;
    assert!(asked > 4);
    assert!(heard.try_recv().is_err(), "B heard of A's work");
    for table in ["sources", "shots", "projects", "scripts", "voiceovers", "variants", "clips", "jobs"] {
        assert!(rows(&profile, table) > 0 || table == "projects", "{table}");
        assert_eq!(rows(&other, table), 0, "{table}");
    }
    let media = std::fs::read_dir(dir.path().join("home/profiles").join(b.to_string()).join("media")).unwrap();
    assert_eq!(media.count(), 0);
    refuses_what_is_of(&profile, &caller).await;
}

/// Everything that is asked with an id or a path of another profile is refused, and changes nothing there.
async fn refuses_what_is_of(theirs: &Profile, caller: &Caller) {
    let id = |table: &str| -> String {
        let sql = format!("SELECT id FROM {table} LIMIT 1");
        theirs.read::<_, DbError>(|tx| Ok(tx.query_row(&sql, [], |r| r.get(0))?)).unwrap()
    };
    let [source, shot, project, script] = ["sources", "shots", "projects", "scripts"].map(id);
    let [variant, clip, job] = ["variants", "clips", "jobs"].map(id);
    let file = theirs.root().join("media");
    let recording = serde_json::json!({ "path": "media/none.wav", "hash": "00" });
    let asked = serde_json::json!([
        { "call": "source_show", "id": source },
        { "call": "source_restore", "id": source },
        { "call": "source_erase", "id": source },
        { "call": "source_relink", "id": source, "path": file },
        { "call": "shot_framing", "shot": shot, "framing": { "how": "fit" } },
        { "call": "project_restore", "id": project },
        { "call": "project_variants", "project": project },
        { "call": "script_rename", "id": script, "name": "mine" },
        { "call": "script_remove", "id": script },
        { "call": "script_restore", "id": script },
        { "call": "script_tags", "id": script, "tags": ["mine"] },
        { "call": "script_recording", "id": script, "recording": null },
        { "call": "script_recording", "id": script, "recording": recording },
        { "call": "render_variants", "variants": [variant] },
        { "call": "shot_candidates", "script": script, "sentence": 0, "variant": variant, "limit": 9 },
        { "call": "variant_captions", "variant": variant },
        { "call": "clip_triage", "ids": [clip], "triage": "rejected" },
        { "call": "clip_restore", "id": clip },
        { "call": "clip_erase", "id": clip },
        { "call": "clip_regenerate", "id": clip },
        { "call": "clip_refit", "clip": clip, "platform": "reels" },
        { "call": "job_move", "id": job, "before": null },
        { "call": "job_commands", "id": job },
        { "call": "diagnostics", "to": file },
    ]);
    let tables = ["sources", "shots", "projects", "scripts", "variants", "clips", "jobs", "job_commands"];
    let state = |profile: &Profile| {
        let files = std::fs::read_dir(profile.root().join("media")).unwrap().count();
        let triaged = profile.read::<_, DbError>(|tx| {
            Ok(tx.query_row("SELECT count(*) FROM clips WHERE triage = 'new' AND deleted_at IS NULL", [], |r| {
                r.get(0)
            })?)
        });
        (tables.map(|table| rows(profile, table)), files, triaged.unwrap_or(0_u64))
    };
    let own = caller.profile.clone().unwrap();
    let before = (state(theirs), state(&own));
    for wire in asked.as_array().unwrap() {
        let call = serde_json::from_value(wire.clone()).unwrap();
        let refused = edit_factory_core::api::dispatch(caller, call).await.expect_err(&wire.to_string());
        assert!(
            matches!(refused.code, Code::NotFound | Code::OutsideProfile | Code::InvalidInput),
            "{wire}: {refused}"
        );
    }
    let page = serde_json::json!({ "call": "clip_page", "filter": { "project": project }, "limit": 9 });
    let page = edit_factory_core::api::dispatch(caller, serde_json::from_value(page).unwrap()).await.unwrap();
    assert_eq!(page["total"], 0);
    assert_eq!((state(theirs), state(&own)), before);
}
