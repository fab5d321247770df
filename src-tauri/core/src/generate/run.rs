//! Carrying out an order: everything needed is read in one snapshot, each script is spoken and planned ([`super::one`]),
//! then everything is stored at once.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::store::{self, FailedScript};
use super::{GenerateError, Order, one};
use crate::brand::{self, Brand};
use crate::captions::edits::CaptionEdits;
use crate::captions::style::{self, CaptionStyle};
use crate::ids::{BatchId, ProjectId, ShotId};
use crate::jobs::{JobContext, store as jobs};
use crate::project::{Look, Project, StoredScript, pins, store as projects};
use crate::publish::ledger;
use crate::render::platform::{self, Platform};
use crate::speech::plan::{self, Planned};
use crate::time::now_ms;
use crate::variants::plan::{Pin, PlanShot};
use crate::variants::timeline::Timeline;
use crate::variants::usage;

/// What an order needs from the database, read in one snapshot.
pub(super) struct Ground {
    pub project: Project,
    pub scripts: Vec<Scripted>,
    pub shots: Vec<PlanShot>,
    pub used_before: BTreeMap<ShotId, u32>,
    /// Shots that were published too lately to be shown again.
    pub published: BTreeSet<ShotId>,
    pub brand: Brand,
    pub batch: BatchId,
}

/// A script with what was changed by hand, and its earlier plans.
pub(super) struct Scripted {
    pub script: StoredScript,
    pub pins: Vec<Pin>,
    pub edits: CaptionEdits,
    pub previous: BTreeMap<u32, Timeline>,
}

/// What all scripts of an order share.
pub(super) struct Work<'a> {
    pub order: &'a Order,
    pub ground: &'a Ground,
    pub platform: &'a Platform,
    pub style: &'a CaptionStyle,
}

/// Speaks the scripts of a project, plans the variants and queues their renders. A script that cannot be spoken or planned
/// does not keep the others from being made; the result lists it with the reason.
///
/// # Errors
/// [`GenerateError`] when no script gives a video, or when the trouble is not of one script; nothing is queued then.
pub async fn run(ctx: &JobContext, project: ProjectId, order: &Order) -> Result<Value, GenerateError> {
    let ground = read(ctx, project, order)?;
    let name = order.platform.as_deref().unwrap_or(&ground.project.look.platform);
    let platform = platform::by_name(name).ok_or_else(|| GenerateError::UnknownPlatform {
        name: name.to_owned(),
        known: platform::all().into_iter().map(|p| p.name).collect::<Vec<_>>().join(", "),
    })?;
    let style = caption_style(&ground.project.look, &ground.brand)?;
    afford(ctx, &ground)?;
    let work = Work { order, ground: &ground, platform: &platform, style: &style };
    // Shots to avoid count as shown already, so others come first and too few are no reason to fail.
    let avoided = order.avoid.iter().chain(&ground.published);
    let mut used_in_batch: BTreeMap<ShotId, u32> = avoided.map(|shot| (*shot, 1)).collect();
    let mut planned = Vec::new();
    let mut failed = Vec::new();
    let count = ground.scripts.len();
    for (n, scripted) in ground.scripts.iter().enumerate() {
        match one::script(ctx, &work, scripted, (n, count), &used_in_batch).await {
            Ok(variants) => {
                for variant in &variants {
                    let shown: BTreeSet<ShotId> = variant.timeline.segments.iter().map(|s| s.pick.shot).collect();
                    for shot in shown {
                        *used_in_batch.entry(shot).or_default() += 1;
                    }
                }
                planned.extend(variants);
            }
            // The others can still be made; this one is told of at the end.
            Err(error) if error.is_of_one_script() => {
                tracing::warn!(script = %scripted.script.id, %error, "a script gives no video");
                failed.push((&scripted.script, error));
            }
            Err(error) => return Err(error),
        }
    }
    if planned.is_empty() && !failed.is_empty() {
        return Err(failed.swap_remove(0).1);
    }
    if ctx.cancel().is_cancelled() {
        return Err(GenerateError::Cancelled);
    }
    let failed: Vec<FailedScript> =
        failed.into_iter().map(|(script, error)| FailedScript::new(script, error)).collect();
    let (result, renders) = ctx.profile().write(|tx| store::settle(tx, ctx, &planned, &failed, order.render))?;
    for job in renders {
        jobs::announce(ctx.profile(), job);
    }
    Ok(result)
}

/// Refuses an order whose scripts cost more to speak than may be spent, before the first of them is begun.
fn afford(ctx: &JobContext, ground: &Ground) -> Result<(), GenerateError> {
    let spoken = ground.scripts.iter().filter(|scripted| scripted.script.recording.is_none());
    // A script that cannot be read is told of in its turn.
    let planned: Vec<Planned> = spoken
        .filter_map(|Scripted { script, .. }| {
            let read = crate::script::read(&script.text, script.language.as_deref()).ok()?;
            Some(Planned { id: script.id, script: read, voice: ground.project.look.voice.clone() })
        })
        .collect();
    plan::afford(ctx.profile(), &planned).map_err(GenerateError::Afford)
}

fn read(ctx: &JobContext, project: ProjectId, order: &Order) -> Result<Ground, GenerateError> {
    let brand = brand::show(ctx.profile())?;
    ctx.profile().read(|tx| {
        let found = projects::get(tx, project)?;
        let mut scripts = Vec::new();
        for script in projects::scripts(tx, project)? {
            if order.scripts.is_empty() || order.scripts.contains(&script.id) {
                scripts.push(Scripted {
                    pins: pins::of_script(tx, script.id)?,
                    edits: pins::caption_edits(tx, script.id)?,
                    previous: store::previous(tx, script.id, order.seed)?,
                    script,
                });
            }
        }
        if scripts.is_empty() {
            return Err(GenerateError::NoScript(project));
        }
        let published = match order.avoid_published_days {
            Some(days) => ledger::shown_since(tx, ledger::days_before(now_ms(), days))?,
            None => BTreeSet::new(),
        };
        let batch = jobs::get(tx, ctx.job())?.batch.unwrap_or_else(BatchId::new);
        let sources = projects::sources(tx, project)?;
        Ok(Ground {
            project: found,
            scripts,
            shots: crate::analysis::store::usable(tx, &sources)?,
            used_before: usage::counts(tx)?,
            published,
            brand,
            batch,
        })
    })
}

fn caption_style(look: &Look, brand: &Brand) -> Result<CaptionStyle, GenerateError> {
    let wanted = look.caption_style.as_ref().or(brand.caption_style.as_ref());
    let found = match wanted {
        Some(id) => style::by_id(id),
        None => style::all().into_iter().next(),
    };
    found.map(|style| brand.apply_to_style(style)).ok_or_else(|| GenerateError::UnknownStyle {
        name: wanted.cloned().unwrap_or_default(),
        known: style::all().into_iter().map(|s| s.id).collect::<Vec<_>>().join(", "),
    })
}
