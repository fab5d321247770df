//! The leak test: two throw-away profiles, random calls to one with what belongs to the other.
//!
//! The calls are made from the list of calls itself, argument by argument from its type, so a call that is added
//! tomorrow is rehearsed tomorrow. After each one: the other profile is as it was, byte for byte, and the reply holds
//! nothing of it that was not in the question.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::ownership::ids_in;
use crate::api::{self, CALLS, Call, CallInfo, Caller, Level};
use crate::captions::edits::CaptionEdits;
use crate::error::{Code, Failure};
use crate::home::Home;
use crate::host::Host;
use crate::ids::{BatchId, ClipId, ShotId, SourceId, VariantId};
use crate::jobs::{JobKind, store as jobs};
use crate::profile::Profile;
use crate::profile::db::DbError;
use crate::project::{Look, store as projects};

/// What the leak test did and found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
pub async fn rehearse(host: &Host, folder: &Path, seed: u64, calls: u32) -> Result<Rehearsal, Failure> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let home = Home::open(Host { home: folder.join("home"), ..host.clone() })?;
    let pair = [plant(&home, "Rehearsal A")?, plant(&home, "Rehearsal B")?];
    let mut result = Rehearsal { seed, calls: 0, refused: 0, leaks: Vec::new() };
    let listed: Vec<&CallInfo> = CALLS.iter().filter(|c| c.level == Level::Profile).collect();
    for n in 0..calls {
        let (mine, theirs) = if rng.random_bool(0.5) { (&pair[0], &pair[1]) } else { (&pair[1], &pair[0]) };
        // Each call of the list in turn, so that none is missed.
        let info = listed[n as usize % listed.len()];
        let question = question(info, theirs, folder, &mut rng);
        let Ok(call) = serde_json::from_value::<Call>(question.clone()) else {
            result.leaks.push(format!("{} could not be rehearsed: its arguments are of a kind not known here", info.name));
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
    let traces = super::inspect(&home)?.leaks;
    result.leaks.extend(traces.into_iter().map(|leak| leak.what));
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

fn question(info: &CallInfo, theirs: &Planted, folder: &Path, rng: &mut ChaCha8Rng) -> Value {
    let mut question = json!({ "call": info.name });
    for (name, kind) in info.arguments {
        question[*name] = argument(kind, theirs, folder, rng);
    }
    question
}

/// A value of this Rust type made of what belongs to the other profile.
fn argument(kind: &str, theirs: &Planted, folder: &Path, rng: &mut ChaCha8Rng) -> Value {
    let kind: String = kind.chars().filter(|c| !c.is_whitespace()).collect();
    let inner = |outer: &str| kind.strip_prefix(outer).and_then(|k| k.strip_suffix('>'));
    if let Some(inside) = inner("Option<") {
        return if rng.random_bool(0.3) { Value::Null } else { argument(inside, theirs, folder, rng) };
    }
    if let Some(inside) = inner("Vec<") {
        return json!([argument(inside, theirs, folder, rng)]);
    }
    if let Some((_, id)) = theirs.ids.iter().find(|(of, _)| *of == kind) {
        return json!(id);
    }
    match kind.as_str() {
        "String" => {
            let path = pick(&theirs.paths, rng).display().to_string();
            json!(if rng.random_bool(0.5) { pick(&theirs.names, rng).clone() } else { path })
        }
        "PathBuf" | "std::path::PathBuf" => json!(pick(&theirs.paths, rng)),
        "bool" => json!(rng.random_bool(0.5)),
        "u32" | "u64" | "i64" | "usize" => json!(rng.random_range(0..4)),
        "f32" | "f64" => json!(rng.random_range(0.0..1.0)),
        _ => api::sample(&kind, &|kind| {
            theirs.ids.iter().find(|(of, _)| *of == kind).map(|(_, id)| id.clone()).unwrap_or_default()
        }),
    }
}

fn pick<'a, T>(from: &'a [T], rng: &mut ChaCha8Rng) -> &'a T {
    &from[rng.random_range(0..from.len())]
}
