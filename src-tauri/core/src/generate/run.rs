//! Carrying out an order: script -> voice -> plan -> timeline, for each script, then everything stored at once.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::store::{self, PlannedVariant};
use super::{GenerateError, Order};
use crate::brand::{self, Brand};
use crate::captions::edits::CaptionEdits;
use crate::captions::style::{self, CaptionStyle};
use crate::captions::{cut, edits};
use crate::ids::{BatchId, ProjectId, ShotId, VariantId};
use crate::jobs::{JobContext, store as jobs};
use crate::project::{Look, Project, StoredScript, pins, store as projects};
use crate::render::platform::{self, Platform};
use crate::script;
use crate::speech::{self, SpeakRequest, Voiceover};
use crate::variants::compose::{Composition, PlatformFrame, compose};
use crate::variants::plan::{Pin, PlanInput, PlanShot, plan};
use crate::variants::timeline::Timeline;
use crate::variants::usage;

/// What an order needs from the database, read in one snapshot.
struct Ground {
    project: Project,
    scripts: Vec<Scripted>,
    shots: Vec<PlanShot>,
    used_before: BTreeMap<ShotId, u32>,
    brand: Brand,
    batch: BatchId,
}

struct Scripted {
    script: StoredScript,
    pins: Vec<Pin>,
    edits: CaptionEdits,
    previous: BTreeMap<u32, Timeline>,
}

/// Speaks the scripts of a project, plans the variants and queues their renders.
///
/// # Errors
/// [`GenerateError`]; nothing is queued then.
pub async fn run(ctx: &JobContext, project: ProjectId, order: &Order) -> Result<Value, GenerateError> {
    let ground = read(ctx, project, order)?;
    let name = order.platform.as_deref().unwrap_or(&ground.project.look.platform);
    let platform = platform::by_name(name).ok_or_else(|| GenerateError::UnknownPlatform {
        name: name.to_owned(),
        known: platform::all().into_iter().map(|p| p.name).collect::<Vec<_>>().join(", "),
    })?;
    let style = caption_style(&ground.project.look, &ground.brand)?;
    let mut used_in_batch: BTreeMap<ShotId, u32> = BTreeMap::new();
    let mut planned = Vec::new();
    let count = ground.scripts.len();
    for (n, scripted) in ground.scripts.iter().enumerate() {
        let name = &scripted.script.name;
        let voice = voice(ctx, scripted, &ground.project.look, &platform, n, count).await?;
        ctx.report((n + 1) as f64 * 0.95 / count as f64, &format!("planning \"{name}\""));
        let plan = plan(&PlanInput {
            shots: &ground.shots,
            narration: &voice.narration,
            fps: platform.fps,
            seed: order.seed,
            variants: order.variants,
            tags: &scripted.script.tags,
            pins: &scripted.pins,
            previous: &scripted.previous,
            used_in_batch: &used_in_batch,
            used_before: &ground.used_before,
        })
        .map_err(|source| GenerateError::Plan { script: name.clone(), source })?;
        let sentences: Vec<String> = voice.narration.sentences.iter().map(|s| s.text.clone()).collect();
        let cues = cut::cut(&voice.narration.words, &style, &platform.frame());
        let cues = edits::apply(cues, &sentences, &scripted.edits);
        let frame = PlatformFrame {
            name: platform.name.clone(),
            width: platform.width,
            height: platform.height,
            fps: platform.fps,
            framing: platform.framing,
        };
        for variant in &plan.variants {
            let timeline = compose(Composition {
                plan: variant,
                shots: &ground.shots,
                narration: &voice.narration,
                voice: voice.file.clone(),
                cues: cues.clone(),
                caption_style: Some(style.clone()),
                look: &ground.project.look,
                brand: &ground.brand,
                frame: &frame,
            })?;
            check_length(&timeline, &platform, name)?;
            let shown: BTreeSet<ShotId> = variant.segments.iter().map(|s| s.pick.shot).collect();
            for shot in shown {
                *used_in_batch.entry(shot).or_default() += 1;
            }
            planned.push(PlannedVariant {
                id: VariantId::new(),
                project,
                script: scripted.script.id,
                batch: ground.batch,
                number: variant.number,
                seed: order.seed,
                timeline,
                notes: plan.notes.iter().chain(&variant.notes).cloned().collect(),
                created_at: crate::time::now_ms(),
            });
        }
    }
    if ctx.cancel().is_cancelled() {
        return Err(GenerateError::Cancelled);
    }
    let (result, renders) = ctx.profile().write(|tx| store::settle(tx, ctx, &planned))?;
    for job in renders {
        jobs::announce(ctx.profile(), job);
    }
    Ok(result)
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
        let batch = jobs::get(tx, ctx.job())?.batch.unwrap_or_else(BatchId::new);
        let sources = projects::sources(tx, project)?;
        Ok(Ground {
            project: found,
            scripts,
            shots: crate::analysis::store::usable(tx, &sources)?,
            used_before: usage::counts(tx)?,
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

/// The script, spoken (or the user's recording of it); reports its share of the job.
async fn voice(
    ctx: &JobContext,
    scripted: &Scripted,
    look: &Look,
    platform: &Platform,
    n: usize,
    count: usize,
) -> Result<Voiceover, GenerateError> {
    let script = &scripted.script;
    let read = script::read(&script.text, script.language.as_deref())
        .map_err(|source| GenerateError::Script { script: script.name.clone(), source })?;
    let step = format!("speaking \"{}\"", script.name);
    let report = |share: f64| ctx.report((n as f64 + share.clamp(0.0, 1.0) * 0.95) * 0.95 / count as f64, &step);
    report(0.0);
    let spoken = match &script.recording {
        Some(recording) => {
            let file = ctx.profile().folder().existing(&recording.path)?;
            speech::recorded::accept(ctx.profile(), ctx.cancel(), &file, &read.sentences, &read.language, platform.fps)
                .await
        }
        None => {
            let request = SpeakRequest {
                sentences: &read.sentences,
                language: &read.language,
                voice: look.voice.clone(),
                fps: platform.fps,
            };
            speech::speak(ctx.profile(), ctx.tmp(), ctx.cancel(), &request, &report).await
        }
    };
    spoken.map_err(|source| match source {
        speech::SpeechError::Cancelled => GenerateError::Cancelled,
        source => GenerateError::Speech { script: script.name.clone(), source },
    })
}

fn check_length(timeline: &Timeline, platform: &Platform, script: &str) -> Result<(), GenerateError> {
    let seconds = u64::from(timeline.frames.div_ceil(timeline.fps.max(1)));
    if seconds > u64::from(platform.max_seconds) {
        return Err(GenerateError::TooLong {
            script: script.to_owned(),
            platform: platform.title.clone(),
            spoken_s: seconds,
            most_s: platform.max_seconds,
        });
    }
    Ok(())
}
