use std::collections::VecDeque;
use std::sync::Mutex;

use serde_json::{Value, json};

use super::remote::{Answering, Change, Cursor, Pulled, PulledRow, PushReply, Remote, RemoteError, RowReply};
use super::*;
use crate::clips::page as clip_pages;
use crate::ids::RemoteProfileId;
use crate::library::page as source_pages;
use crate::profile::Profile;
use crate::profile::db::DbError;
use crate::testkit::{Bench, bench};

/// A server that says what it was told to say, and takes everything.
#[derive(Default)]
struct Told {
    pages: Mutex<VecDeque<Pulled>>,
    heard: Mutex<Vec<Change>>,
}

impl Told {
    fn says(&self, rows: &[(&str, Value)]) {
        let mut pages = self.pages.lock().unwrap();
        let rev = 1 + i64::try_from(pages.len()).unwrap() + i64::try_from(self.heard.lock().unwrap().len()).unwrap();
        let rows = rows
            .iter()
            .map(|(t, j)| PulledRow { rev, t: (*t).to_owned(), j: j.as_object().unwrap().clone() })
            .collect();
        pages.push_back(Pulled { rows, more: false, cursor: Cursor(rev, 1, "a".to_owned()) });
    }

    fn heard(&self) -> Vec<Change> {
        std::mem::take(&mut self.heard.lock().unwrap())
    }
}

impl Remote for Told {
    fn push<'a>(&'a self, _: RemoteProfileId, changes: &'a [Change], _: u32) -> Answering<'a, PushReply> {
        self.heard.lock().unwrap().extend(changes.iter().cloned());
        let ok = |c: &Change| RowReply { t: c.t.clone(), id: c.id.clone(), ok: true, code: None, message: None };
        let reply = PushReply { now_ms: crate::time::now_ms(), rows: changes.iter().map(ok).collect() };
        Box::pin(async move { Ok(reply) })
    }

    fn pull<'a>(&'a self, _: RemoteProfileId, since: &'a Cursor, _: u32) -> Answering<'a, Pulled> {
        let next = self.pages.lock().unwrap().pop_front();
        let nothing = Pulled { rows: Vec::new(), more: false, cursor: since.clone() };
        Box::pin(async move { Ok(next.unwrap_or(nothing)) })
    }
}

const A: &str = "01890000-0000-7000-8000-00000000000a";
const B: &str = "01890000-0000-7000-8000-00000000000b";
const C: &str = "01890000-0000-7000-8000-00000000000c";

/// A row as the server has it: every column changed at the same time by the same other device.
fn row(id: &str, at: i64, values: Value) -> Value {
    let mut row = values;
    let clock: Value = row
        .as_object()
        .unwrap()
        .keys()
        .map(|name| (name.clone(), json!(format!("{:016x}:0000000a", at << 16))))
        .chain([("deleted".to_owned(), json!(format!("{:016x}:0000000a", at << 16)))])
        .collect::<serde_json::Map<_, _>>()
        .into();
    let object = row.as_object_mut().unwrap();
    object.insert("id".to_owned(), json!(id));
    object.insert("clock".to_owned(), clock);
    object.entry("deleted").or_insert(json!(false));
    row
}

fn source(id: &str, at: i64, hash: &str) -> Value {
    let shots = json!([{ "id": id, "start_ms": 0, "end_ms": 900, "scene": 0, "motion": 0.1, "sharpness": 0.1, "contrast": 0.1,
        "brightness": 0.1, "phash": "-5", "anchor_x": 0.5, "anchor_y": 0.5, "framing": null }]);
    row(
        id,
        at,
        json!({ "name": "sea.MOV", "hash": hash, "bytes": 7, "duration_ms": 900, "width": 320, "height": 180,
            "has_sound": true, "probe": probe(), "tags": ["beach"], "shots": shots, "created_at": 5 }),
    )
}

fn probe() -> Value {
    json!({})
}

fn script(id: &str, project: &str) -> Value {
    let pins = json!([{ "variant": 0, "sentence": "s", "occurrence": 0, "part": 0, "shot_id": A, "in_ms": null }]);
    row(
        id,
        10,
        json!({ "project_id": project, "name": "s", "text": "t", "tags": [], "position": 1, "pins": pins, "created_at": 1 }),
    )
}

fn project(id: &str, sources: &[&str]) -> Value {
    row(id, 10, json!({ "name": "p", "look": {}, "sources": sources, "created_at": 1 }))
}

fn clip(id: &str, at: i64) -> Value {
    let plan = json!({ "id": C, "project_id": A, "script_id": B, "batch_id": C, "number": 0, "seed": "-1", "timeline": {},
        "notes": [], "created_at": 1 });
    let voice = json!({ "asked": { "provider": "elevenlabs", "voice": "George" }, "used": { "provider": "edge", "voice": "Emma" } });
    let receipt = json!({ "platform": "tiktok", "shots": [{ "shot": A }], "voice": voice });
    row(
        id,
        at,
        json!({ "project_id": A, "plan": plan, "name": "c", "hash": "h", "bytes": 1, "duration_ms": 900, "receipt": receipt,
            "triage": "new", "created_at": 1 }),
    )
}

fn linked_bench() -> (Bench, Told) {
    let bench = bench();
    link(&bench.profile, RemoteProfileId::new()).unwrap();
    (bench, Told::default())
}

async fn round(bench: &Bench, told: &Told) -> Round {
    run_once(&bench.profile, told).await.unwrap()
}

fn one<T: rusqlite::types::FromSql>(profile: &Profile, sql: &str) -> T {
    profile.read::<_, DbError>(|tx| Ok(tx.query_row(sql, [], |r| r.get(0))?)).unwrap()
}

#[tokio::test]
async fn what_came_is_there_with_its_files_missing_and_is_no_edit() {
    let (bench, told) = linked_bench();
    // In any order: children may come on an earlier page than their parents.
    told.says(&[
        ("clips", clip(A, 10)),
        ("scripts", script(B, A)),
        ("sources", source(A, 10, "h")),
        ("projects", project(A, &[A])),
    ]);
    let done = round(&bench, &told).await;
    assert_eq!((done.received, done.held), (4, 0));
    assert!(told.heard().is_empty(), "what came is not sent back");
    let profile = &bench.profile;
    let sources = profile
        .read(|tx| {
            let sort = source_pages::SourceSort::Newest;
            source_pages::page(profile, tx, &crate::library::sources::Filter::default(), sort, (10, 0))
        })
        .unwrap();
    assert!(sources.sources[0].missing && sources.sources[0].tags == ["beach"]);
    let path: String = one(profile, "SELECT path FROM sources");
    assert_eq!(path, format!("media/{A}.mov"));
    let used: String = one(profile, "SELECT platform || opening || (SELECT count(*) FROM shot_uses) FROM clips");
    assert_eq!(used, format!("tiktok{A}1"));
    let pins: i64 = one(profile, "SELECT count(*) FROM pins JOIN project_sources");
    assert_eq!(pins, 1);
    let (filter, sort) = (clip_pages::ClipFilter::default(), clip_pages::ClipSort::Newest);
    let clips = profile.read(|tx| clip_pages::page(profile, tx, &filter, sort, (10, 0))).unwrap();
    assert_eq!(clips.total, 1);
    let instead = clips.clips[0].instead.as_ref().unwrap();
    assert_eq!((instead.asked.voice.as_str(), instead.used.voice.as_str()), ("George", "Emma"));
    assert_eq!(status(profile).unwrap().state, SyncState::InSync);
}

#[tokio::test]
async fn a_row_waits_for_its_parent_and_an_incomplete_one_keeps_no_other_out() {
    let (bench, told) = linked_bench();
    let incomplete = row(C, 1, json!({ "name": "from before", "created_at": 1 }));
    told.says(&[("scripts", script(B, A)), ("clips", incomplete), ("projects", project(C, &[]))]);
    let done = round(&bench, &told).await;
    assert_eq!((done.received, done.held, status(&bench.profile).unwrap().held), (1, 2, 2));
    told.says(&[("projects", project(A, &[]))]);
    // The pin's shot is not here either: the script comes without it, and waits for that.
    assert_eq!(round(&bench, &told).await.held, 2);
    assert_eq!(one::<i64>(&bench.profile, "SELECT count(*) FROM scripts"), 1);
    told.says(&[("sources", source(A, 10, "h"))]);
    assert_eq!(round(&bench, &told).await.held, 1);
    assert_eq!(one::<i64>(&bench.profile, "SELECT count(*) FROM pins"), 1);
}

#[tokio::test]
async fn a_column_from_the_future_and_a_table_from_the_future_are_left_for_later() {
    let (bench, told) = linked_bench();
    let mut newer = project(A, &[]);
    newer["colour"] = json!("red");
    newer["clock"]["colour"] = json!("0000000000ff0000:0000000a");
    told.says(&[("projects", newer), ("posters", row(B, 10, json!({ "name": "x" })))]);
    assert_eq!(round(&bench, &told).await.received, 1);
    assert_eq!(one::<String>(&bench.profile, "SELECT name FROM projects"), "p");
}

#[tokio::test]
async fn the_later_change_of_a_column_wins_and_the_others_are_let_be() {
    let (bench, told) = linked_bench();
    told.says(&[("projects", project(A, &[]))]);
    round(&bench, &told).await;
    let rename = "UPDATE projects SET name = 'here'";
    bench.profile.write::<_, DbError>(|tx| Ok(tx.execute(rename, [])?)).unwrap();
    let mut theirs = project(A, &[]);
    theirs["name"] = json!("there");
    theirs["look"] = json!({ "platform": "x" });
    for column in ["name", "look"] {
        theirs["clock"][column] = json!(format!("{:016x}:0000000b", 11_i64 << 16));
    }
    told.says(&[("projects", theirs)]);
    round(&bench, &told).await;
    assert_eq!(one::<String>(&bench.profile, "SELECT name || look FROM projects"), r#"here{"platform":"x"}"#);
    let sent: Vec<String> = told.heard().iter().flat_map(|change| change.c.keys().cloned()).collect();
    assert_eq!(sent, ["name"]);
}

#[tokio::test]
async fn a_clip_that_was_erased_here_does_not_come_back_unless_somebody_puts_it_back() {
    let (bench, told) = linked_bench();
    told.says(&[("projects", project(A, &[])), ("scripts", script(B, A)), ("clips", clip(A, 10))]);
    round(&bench, &told).await;
    bench.profile.write::<_, DbError>(|tx| Ok(tx.execute("DELETE FROM clips", [])?)).unwrap();
    // An echo, and an edit that another device made without knowing.
    told.says(&[("clips", clip(A, 20))]);
    let mut echo = clip(A, 20);
    echo["clock"]["deleted"] = json!("000000000000000a:0000000a");
    told.pages.lock().unwrap().clear();
    told.says(&[("clips", echo)]);
    round(&bench, &told).await;
    assert_eq!(one::<i64>(&bench.profile, "SELECT count(*) FROM clips"), 0);
    let sent = told.heard();
    assert_eq!((sent.len(), &sent[0].f["deleted"], sent[0].f.len()), (1, &json!(true), 1));
    let later = crate::time::now_ms() + 60_000;
    told.says(&[("clips", clip(A, later))]);
    round(&bench, &told).await;
    assert_eq!(one::<i64>(&bench.profile, "SELECT count(*) FROM clips WHERE deleted_at IS NULL"), 1);
}

#[tokio::test]
async fn of_two_imports_of_the_same_file_the_first_stays_with_the_file_and_the_projects_of_both() {
    let (bench, told) = linked_bench();
    let profile = &bench.profile;
    profile
        .write::<_, DbError>(|tx| {
            tx.execute_batch(&format!(
                "INSERT INTO sources (id, name, hash, bytes, path, duration_ms, width, height, has_sound, probe, created_at)
                     VALUES ('{B}', 'b.mp4', 'same', 1, 'media/mine.mp4', 1, 1, 1, 0, '{{}}', 1);
                 INSERT INTO projects (id, name, look, created_at) VALUES ('{C}', 'p', '{{}}', 1);
                 INSERT INTO project_sources VALUES ('{C}', '{B}');"
            ))?;
            Ok(())
        })
        .unwrap();
    told.says(&[("sources", source(A, 10, "same"))]);
    round(&bench, &told).await;
    let stays: String = one(profile, "SELECT id || ' ' || path FROM sources WHERE deleted_at IS NULL");
    assert_eq!(stays, format!("{A} media/mine.mp4"));
    let has: i64 = one(profile, &format!("SELECT count(*) FROM project_sources WHERE source_id = '{A}'"));
    assert_eq!(has, 1);
    let sent = told.heard();
    let says = |t: &str, id: &str, column: &str| {
        sent.iter().filter(|c| c.t == t && c.id == id).find_map(|c| c.f.get(column)).cloned()
    };
    assert_eq!(says("sources", B, "deleted"), Some(json!(true)));
    assert_eq!(says("projects", C, "sources"), Some(json!([A, B])));
}

#[tokio::test]
async fn what_another_device_spent_counts_and_is_not_for_this_machine_to_end() {
    let (bench, told) = linked_bench();
    let cost = |status: &str| {
        json!({ "provider": "elevenlabs", "model": "m", "month": crate::budget::month_of(crate::time::now_ms()),
            "status": status, "characters_reserved": 40, "microusd_reserved": 9, "device": "another", "created_at": 1,
            "sent_at": 1 })
    };
    told.says(&[("api_costs", row(A, 10, cost("unknown"))), ("api_costs", row(B, 10, cost("sent")))]);
    assert_eq!(round(&bench, &told).await.received, 2);
    let profile = &bench.profile;
    assert_eq!(crate::budget::recover(profile).unwrap(), 0);
    let looked = crate::budget::Looked { calls: Vec::new(), from_ms: 0, at_ms: crate::time::now_ms() };
    assert_eq!(crate::budget::settle_from(profile, "elevenlabs", &looked).unwrap(), 0);
    let state = crate::budget::quota_state(profile).unwrap();
    assert_eq!(state.total.reserved_characters, 80);
}

#[tokio::test]
async fn nothing_is_lost_when_the_disk_is_full_while_rows_come() {
    let (bench, told) = linked_bench();
    let profile = &bench.profile;
    let long = "x".repeat(200_000);
    let mut large = project(A, &[]);
    large["look"] = json!({ "notes": long });
    told.says(&[("projects", large.clone())]);
    let limit = |pages: i64| {
        profile
            .write::<_, DbError>(|tx| Ok(tx.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))?))
            .unwrap();
    };
    let now: i64 = one(profile, "PRAGMA page_count");
    limit(now + 2);
    let refused = run_once(profile, &told).await.unwrap_err();
    assert_eq!(crate::error::Explain::code(&refused), crate::error::Code::DiskFull, "{refused}");
    let place: String = one(profile, "SELECT place FROM sync_link");
    assert!(place.starts_with("[0,"), "{place}");
    limit(1_000_000);
    told.says(&[("projects", large)]);
    assert_eq!(round(&bench, &told).await.received, 1);
    assert_eq!(status(profile).unwrap().state, SyncState::InSync);
}

#[tokio::test]
async fn no_path_of_this_machine_and_nothing_of_a_log_is_sent() {
    let (bench, told) = linked_bench();
    bench
        .profile
        .write::<_, DbError>(|tx| {
            tx.execute_batch(&format!(
                "INSERT INTO sources (id, name, hash, bytes, outside, duration_ms, width, height, has_sound, probe, proxy, created_at)
                     VALUES ('{A}', 'a.mp4', 'h', 1, '/planted/a.mp4', 1, 1, 1, 0, '{{}}', 'planted/proxy.mp4', 1);
                 INSERT INTO jobs (id, kind, state, priority, position, created_at, failure, result, step)
                     VALUES ('{A}', '{{\"kind\": \"import\", \"path\": \"/planted/a.mp4\"}}', 'failed', 0, 0, 1,
                             '{{\"planted\": 1}}', '{{\"planted\": 1}}', 'planted');
                 INSERT INTO job_commands VALUES ('{A}', 1, 1, 'planted', 'planted');
                 INSERT INTO secret_names (name) VALUES ('planted');
                 INSERT INTO settings VALUES ('render', '{{\"planted\": 1}}');
                 INSERT INTO ledger (id, state, provider, model, month, characters_reserved, microusd_reserved, what, why, owner,
                                     device, request_id, created_at)
                     VALUES ('{A}', 'reserved', 'p', 'm', '2030-01', 1, 1, 'planted', 'planted', 'planted', 'd', 'planted', 1);"
            ))?;
            Ok(())
        })
        .unwrap();
    round(&bench, &told).await;
    let sent = serde_json::to_string(&told.heard()).unwrap();
    assert!(sent.contains("import") && sent.contains("a.mp4"), "{sent}");
    assert!(!sent.contains("planted"), "{sent}");
}

#[tokio::test]
async fn why_it_does_not_go_on_is_told_until_it_does() {
    struct Away;
    impl Remote for Away {
        fn push<'a>(&'a self, _: RemoteProfileId, _: &'a [Change], _: u32) -> Answering<'a, PushReply> {
            Box::pin(async { Err(RemoteError::NotOurs) })
        }
        fn pull<'a>(&'a self, _: RemoteProfileId, _: &'a Cursor, _: u32) -> Answering<'a, Pulled> {
            Box::pin(async { Err(RemoteError::Offline { why: "no route".to_owned() }) })
        }
    }
    let (bench, told) = linked_bench();
    let mut events = bench.profile.events().listen();
    assert!(run_once(&bench.profile, &Away).await.is_err());
    let first = status(&bench.profile).unwrap();
    assert!(first.state == SyncState::Offline && first.failing_since.is_some());
    assert!(first.failure.unwrap().message.contains("no route"));
    assert_eq!(events.try_recv().unwrap(), crate::profile::events::Event::Sync {});
    // The same again is no news.
    assert!(run_once(&bench.profile, &Away).await.is_err());
    assert!(events.try_recv().is_err());
    round(&bench, &told).await;
    let then = status(&bench.profile).unwrap();
    assert!(then.state == SyncState::InSync && then.failure.is_none() && then.failing_since.is_none());
    unlink(&bench.profile).unwrap();
    assert!(matches!(run_once(&bench.profile, &told).await, Err(SyncError::NotLinked)));
}
