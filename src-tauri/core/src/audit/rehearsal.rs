//! The leak test: two throw-away profiles, random calls to one with what belongs to the other.
//!
//! The calls are made from the list of calls itself, argument by argument from its type, so a call that is added
//! tomorrow is rehearsed tomorrow. After each one: the other profile is as it was, byte for byte, and the reply holds
//! nothing of it that was not in the question.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ts_rs::TS;

use super::ownership::ids_in;
use crate::api::{self, CALLS, Call, CallInfo, Caller, Level};
use crate::error::Failure;
use crate::home::Home;
use crate::host::Host;
use crate::ids::{BatchId, ClipId, PublicationId, ShotId, SourceId, VariantId};
use crate::jobs::{JobKind, store as jobs};
use crate::library::Probe;
use crate::profile::Profile;
use crate::profile::db::DbError;
use crate::profile::media::MediaError;
use crate::profile::secrets::InMemory;
use crate::project::{Look, store as projects};

/// An account that both know by the same id: a workspace may hold those of several brands.
const ACCOUNT: &str = "account-of-a-rehearsal";

/// What the leak test did and found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Rehearsal {
    /// The seed; the same one makes the same calls.
    pub seed: u64,
    /// Calls made.
    pub calls: u32,
    /// How many of them were refused.
    pub refused: u32,
    /// What came across, in words; empty is the proof.
    pub leaks: Vec<String>,
}

/// What one throw-away profile has that the other must never show.
pub(super) struct Planted {
    pub profile: Profile,
    /// Ids by their type's name.
    ids: Vec<(&'static str, String)>,
    names: Vec<String>,
    paths: Vec<PathBuf>,
    /// Stands in its texts and files, and in no question asked.
    mark: String,
}

/// Makes a home inside `folder` with two profiles and calls each with what belongs to the other, `calls` times in all.
///
/// # Errors
/// When the throw-away home itself cannot be made.
///
/// Boxed with its type named: the audit makes calls and is one itself, and such a future cannot hold itself.
pub fn rehearse<'a>(
    host: &'a Host,
    folder: &'a Path,
    seed: u64,
    calls: u32,
) -> Pin<Box<dyn Future<Output = Result<Rehearsal, Failure>> + Send + 'a>> {
    Box::pin(perform(host, folder, seed, calls))
}

async fn perform(host: &Host, folder: &Path, seed: u64, calls: u32) -> Result<Rehearsal, Failure> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    // The keyring is the person's: no key of a rehearsal goes there, and none is taken from it.
    let secrets = Arc::new(InMemory::default());
    let home = Home::open(Host { home: folder.join("home"), demo: None, secrets, ..host.clone() })?;
    let pair = [plant(&home, "Rehearsal A")?, plant(&home, "Rehearsal B")?];
    let mut result = Rehearsal { seed, calls: 0, refused: 0, leaks: Vec::new() };
    let listed: Vec<&CallInfo> = CALLS.iter().filter(|c| c.level == Level::Profile).collect();
    for n in 0..calls {
        let (mine, theirs) = if rng.random_bool(0.5) { (&pair[0], &pair[1]) } else { (&pair[1], &pair[0]) };
        // Each call of the list in turn, so that none is missed.
        let info = listed[n as usize % listed.len()];
        let question = question(info, theirs, &mut rng);
        let Ok(call) = serde_json::from_value::<Call>(question.clone()) else {
            result
                .leaks
                .push(format!("{} could not be rehearsed: its arguments are of a kind not known here", info.name));
            continue;
        };
        let before = print(&theirs.profile)?;
        let caller = Caller::new(home.clone()).with(mine.profile.clone());
        let answer = match api::dispatch(&caller, call).await {
            Ok(value) => value.to_string(),
            Err(failure) => {
                result.refused += 1;
                serde_json::to_string(&failure).unwrap_or_default()
            }
        };
        result.calls += 1;
        result.leaks.extend(judge(info.name, &question.to_string(), &answer, theirs));
        if print(&theirs.profile)? != before {
            result.leaks.push(format!("{} on one profile changed the other", info.name));
        }
    }
    // Paths asked about in free text hold the other's profile id; that one is only an echo of the question.
    let echoed = |what: &str| pair.iter().any(|p| what.contains(&p.profile.id().to_string()));
    let traces = super::inspect(&home)?.leaks;
    result.leaks.extend(traces.into_iter().map(|leak| leak.what).filter(|what| !echoed(what)));
    result.leaks.sort();
    result.leaks.dedup();
    Ok(result)
}

/// What of the other profile is in the answer that was not in the question.
pub(super) fn judge(call: &str, question: &str, answer: &str, theirs: &Planted) -> Vec<String> {
    let own: BTreeSet<&str> = theirs.ids.iter().map(|(_, id)| id.as_str()).collect();
    let asked: BTreeSet<String> = ids_in(question).collect();
    let mut found: Vec<String> = ids_in(answer)
        .filter(|id| own.contains(id.as_str()) && !asked.contains(id))
        .map(|id| format!("{call} answered with {id}, which belongs to another profile"))
        .collect();
    if answer.contains(&theirs.mark) {
        found.push(format!("{call} answered with text of another profile"));
    }
    found
}

fn question(info: &CallInfo, theirs: &Planted, rng: &mut ChaCha8Rng) -> Value {
    let mut question = json!({ "call": info.name });
    for (name, kind) in info.arguments {
        question[*name] = match *name {
            // What a person has typed is theirs, whatever it says; an id in it would be found later as a trace.
            "text" => json!("Hello there."),
            _ => argument(kind, theirs, rng),
        };
    }
    question
}

/// A value of this Rust type made of what belongs to the other profile.
fn argument(kind: &str, theirs: &Planted, rng: &mut ChaCha8Rng) -> Value {
    let kind: String = kind.chars().filter(|c| !c.is_whitespace()).collect();
    let kind =
        kind.rsplit_once("::").map_or(kind.as_str(), |(path, last)| if path.contains('<') { &kind } else { last });
    let inner = |outer: &str| kind.strip_prefix(outer).and_then(|k| k.strip_suffix('>'));
    if let Some(inside) = inner("Option<") {
        return if rng.random_bool(0.3) { Value::Null } else { argument(inside, theirs, rng) };
    }
    if let Some(inside) = inner("Vec<") {
        return json!([argument(inside, theirs, rng)]);
    }
    match kind {
        "String" if rng.random_bool(0.5) => json!(pick(&theirs.names, rng)),
        "String" | "PathBuf" => json!(pick(&theirs.paths, rng)),
        "bool" => json!(rng.random_bool(0.5)),
        "u8" | "u32" | "u64" | "i64" | "usize" => json!(rng.random_range(1..4)),
        "f32" | "f64" => json!(rng.random_range(0.0..1.0)),
        "JobState" => json!("queued"),
        "Look" => json!(Look::default()),
        "Framing" => json!({ "how": "fit" }),
        "CaptionEdits" => json!([]),
        "ImportOptions" | "Filter" | "ClipFilter" => json!({}),
        "SourceSort" | "ClipSort" => json!("newest"),
        "KeptIn" => json!("keyring"),
        "SumBy" => json!("project"),
        "CostFilter" => json!({ "project": theirs.id("ProjectId") }),
        "MediaPolicy" => json!("clips_only"),
        "FileOf" => json!({ "of": "source", "id": theirs.id("SourceId") }),
        "RemoteProfileId" => theirs.id("ProfileId"),
        "Keep" => json!({ "daily": 3, "weekly": 2 }),
        "Secret" => json!("no key of anybody"),
        "Triage" => json!("rejected"),
        "FileRef" => {
            json!({ "path": "media/wedding.mp4", "hash": blake3::hash(theirs.mark.as_bytes()).to_hex().as_str() })
        }
        // The voices of this machine alone: a rehearsal asks nobody on a network.
        "Chain" => json!({ "links": [{ "provider": "flite", "on": true }] }),
        "Pronunciation" => {
            json!({ "language": "en", "written": pick(&theirs.names, rng), "spoken": "wedding" })
        }
        "VoiceId" => json!({ "provider": "flite", "voice": "slt" }),
        "Order" => json!({ "variants": 1, "seed": 1, "scripts": [theirs.id("ScriptId")] }),
        "NewScript" => json!({ "name": pick(&theirs.names, rng), "text": "Hello there." }),
        "SoundUse" => json!("music"),
        "BrandPatch" => {
            json!({ "logo": { "set": pick(&theirs.paths, rng) }, "intro": { "set": pick(&theirs.paths, rng) } })
        }
        "PublishSettings" => json!({ "requests_an_hour": 20 }),
        "PostSettings" => json!({ "platform": "other" }),
        "PublicationFilter" => json!({ "clip": theirs.id("ClipId") }),
        "When" => json!({ "when": "now" }),
        "PublishOrder" => json!({ "clips": [theirs.id("ClipId")], "accounts": [ACCOUNT], "when": { "when": "now" } }),
        "Pin" => json!({ "variant": 0, "sentence": "Hello.", "part": 0, "shot": theirs.id("ShotId") }),
        other => theirs.id(other),
    }
}

fn pick<'a, T>(from: &'a [T], rng: &mut ChaCha8Rng) -> &'a T {
    &from[rng.random_range(0..from.len())]
}

impl Planted {
    /// The id of this type, or null when there is none of that type.
    fn id(&self, kind: &str) -> Value {
        self.ids.iter().find(|(of, _)| *of == kind).map_or(Value::Null, |(_, id)| json!(id))
    }
}

/// A profile with a row in every table a call can reach, and files.
pub(super) fn plant(home: &Home, name: &str) -> Result<Planted, Failure> {
    let info = home.create(name, None)?;
    let profile = home.profile(info.id)?;
    // A word, not an id: ids are judged by themselves.
    let mark = format!("mark{}", info.id.to_string().replace('-', ""));
    let file = profile.root().join("media/wedding.mp4");
    std::fs::write(&file, &mark).map_err(MediaError::io("written", &file))?;
    let (source, shot) = (SourceId::new(), ShotId::new());
    let (variant, clip, batch) = (VariantId::new(), ClipId::new(), BatchId::new());
    let publication = PublicationId::new();
    let (project, script, job) = profile.write::<_, Failure>(|tx| {
        let sql = |text: &str, values: &[&dyn rusqlite::ToSql]| tx.execute(text, values).map_err(DbError::from);
        sql(
            "INSERT INTO sources (id, name, hash, bytes, path, duration_ms, width, height, has_sound, probe, created_at)
             VALUES (?1, 'wedding.mp4', ?2, 1, 'media/wedding.mp4', 4000, 320, 180, 0, ?3, 1)",
            &[&source, &mark, &json!(sample_probe(&mark)).to_string()],
        )?;
        sql("INSERT INTO tags (source_id, tag) VALUES (?1, ?2)", &[&source, &mark])?;
        sql(
            "INSERT INTO shots (id, source_id, start_ms, end_ms, scene, motion, sharpness, contrast, brightness, phash,
                                anchor_x, anchor_y)
             VALUES (?1, ?2, 0, 3000, 0, 0.5, 0.5, 0.5, 0.5, 7, 0.5, 0.5)",
            &[&shot, &source],
        )?;
        let project = projects::create(tx, "Wedding", &Look::default(), &[source])?;
        let text = format!("Spoken {mark}.");
        let new = projects::NewScript { name: "wedding".into(), text, ..Default::default() };
        let script = projects::add_script(tx, project.id, &new)?;
        sql(
            "INSERT INTO variants (id, project_id, script_id, batch_id, number, seed, timeline, created_at)
             VALUES (?1, ?2, ?3, ?4, 0, 1, ?5, 1)",
            &[&variant, &project.id, &script.id, &batch, &json!({ "mark": mark }).to_string()],
        )?;
        sql(
            "INSERT INTO clips (id, variant_id, name, folder, hash, bytes, duration_ms, receipt, created_at)
             VALUES (?1, ?2, ?3, 'clips/x', 'h', 1, 1, ?4, 1)",
            &[&clip, &variant, &mark, &json!({ "mark": mark }).to_string()],
        )?;
        let job = jobs::add(tx, &JobKind::Render { variant, platform: None }, Some(batch), &[])?;
        sql(
            "INSERT INTO accounts (id, name, handle, platform, disabled, seen_at) VALUES (?1, ?2, ?2, 'tiktok', 0, 1)",
            &[&ACCOUNT, &mark],
        )?;
        sql(
            "INSERT INTO publications (id, clip_id, clip_hash, account, platform, state, caption, settings, device, created_at)
             VALUES (?1, ?2, 'h', ?3, 'tiktok', 'failed', ?4, '{\"platform\": \"other\"}', ?5, 1)",
            &[&publication, &clip, &json!({ "id": ACCOUNT, "name": mark }).to_string(), &mark, &profile.device()],
        )?;
        Ok((project.id, script.id, job))
    })?;
    let ids = vec![
        ("ProfileId", info.id.to_string()),
        ("SourceId", source.to_string()),
        ("ShotId", shot.to_string()),
        ("ProjectId", project.to_string()),
        ("ScriptId", script.to_string()),
        ("VariantId", variant.to_string()),
        ("ClipId", clip.to_string()),
        ("JobId", job.to_string()),
        ("BatchId", batch.to_string()),
        ("PublicationId", publication.to_string()),
    ];
    let names = vec!["wedding.mp4".into(), "wedding".into(), "Wedding".into(), name.to_owned()];
    let other = format!("../{}/media/wedding.mp4", info.id);
    let paths = vec![file, profile.root().join("profile.sqlite"), profile.root().join("clips"), other.into()];
    Ok(Planted { profile, ids, names, paths, mark })
}

fn sample_probe(mark: &str) -> Probe {
    Probe {
        container: "mov".into(),
        codec: mark.to_owned(),
        pixel_format: "yuv420p".into(),
        coded_width: 320,
        coded_height: 180,
        pixel_aspect: (1, 1),
        rotation: 0,
        frame_rate: (30, 1),
        variable_rate: false,
        interlaced: false,
        hdr: None,
        sound: None,
        colour_matrix: String::new(),
        colour_primaries: String::new(),
        full_range: false,
        changed_at: None,
    }
}

/// Everything a profile holds as one hash: each row of each table, each file with its bytes.
fn print(profile: &Profile) -> Result<blake3::Hash, Failure> {
    let mut hasher = blake3::Hasher::new();
    profile.read::<_, DbError>(|tx| {
        let mut tables = tx.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")?;
        let tables: Vec<String> = tables.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?;
        for table in tables {
            let mut query = tx.prepare(&format!("SELECT * FROM \"{}\"", table.replace('"', "\"\"")))?;
            let columns = query.column_count();
            let mut rows = query.query([])?;
            while let Some(row) = rows.next()? {
                for i in 0..columns {
                    hasher.update(format!("{table} {i} {:?}\n", row.get_ref(i)?).as_bytes());
                }
            }
        }
        Ok(())
    })?;
    print_files(profile.root(), &mut hasher)?;
    Ok(hasher.finalize())
}

fn print_files(folder: &Path, hasher: &mut blake3::Hasher) -> Result<(), MediaError> {
    let entries = std::fs::read_dir(folder).map_err(MediaError::io("read", folder))?;
    let mut paths: Vec<PathBuf> =
        entries.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>().map_err(MediaError::io("read", folder))?;
    paths.sort();
    for path in paths {
        // The database files change as they are read (their rows are compared instead).
        if path.file_name().is_some_and(|n| n.to_string_lossy().starts_with("profile.sqlite")) {
            continue;
        }
        hasher.update(path.as_os_str().as_encoded_bytes());
        if path.is_dir() && !path.is_symlink() {
            print_files(&path, hasher)?;
        } else {
            hasher.update(&std::fs::read(&path).map_err(MediaError::io("read", &path))?);
        }
    }
    Ok(())
}
