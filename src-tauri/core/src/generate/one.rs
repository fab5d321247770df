//! One script of an order: spoken, planned, and put together into the timelines of its videos.

use std::collections::BTreeMap;

use super::GenerateError;
use super::run::{Scripted, Work};
use super::store::PlannedVariant;
use crate::captions::{cut, edits};
use crate::ids::{ShotId, VariantId};
use crate::jobs::JobContext;
use crate::render::platform::Platform;
use crate::script;
use crate::speech::{self, Errand, SpeakRequest, Voiceover};
use crate::variants::compose::{Composition, PlatformFrame, compose};
use crate::variants::plan::{PlanInput, plan};
use crate::variants::timeline::Timeline;

/// The planned videos of a script, which is number `n` of `count`. `used_in_batch` says how often the scripts before it
/// have shown each shot.
///
/// # Errors
/// [`GenerateError`]; whether it concerns this script alone is said by [`GenerateError::is_of_one_script`].
pub(super) async fn script(
    ctx: &JobContext,
    work: &Work<'_>,
    scripted: &Scripted,
    (n, count): (usize, usize),
    used_in_batch: &BTreeMap<ShotId, u32>,
) -> Result<Vec<PlannedVariant>, GenerateError> {
    let Work { order, ground, platform, style } = *work;
    let name = &scripted.script.name;
    let voice = voice(ctx, work, scripted, (n, count)).await?;
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
        used_in_batch,
        used_before: &ground.used_before,
    })
    .map_err(|source| GenerateError::Plan { script: name.clone(), source })?;
    let sentences: Vec<String> = voice.narration.sentences.iter().map(|s| s.text.clone()).collect();
    let cues = cut::cut(&voice.narration.words, style, &platform.frame());
    let cues = edits::apply(cues, &sentences, &scripted.edits);
    let frame = PlatformFrame {
        name: platform.name.clone(),
        width: platform.width,
        height: platform.height,
        fps: platform.fps,
        framing: platform.framing,
    };
    let mut planned = Vec::with_capacity(plan.variants.len());
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
        check_length(&timeline, platform, name)?;
        planned.push(PlannedVariant {
            id: VariantId::new(),
            project: ground.project.id,
            script: scripted.script.id,
            batch: ground.batch,
            number: variant.number,
            seed: order.seed,
            timeline,
            notes: plan.notes.iter().chain(&variant.notes).cloned().collect(),
            created_at: crate::time::now_ms(),
        });
    }
    Ok(planned)
}

/// The script, spoken (or the user's recording of it); reports its share of the job.
async fn voice(
    ctx: &JobContext,
    work: &Work<'_>,
    scripted: &Scripted,
    (n, count): (usize, usize),
) -> Result<Voiceover, GenerateError> {
    let (script, platform) = (&scripted.script, work.platform);
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
                voice: work.ground.project.look.voice.clone(),
                fps: platform.fps,
                errand: Errand { project: Some(work.ground.project.id), job: Some(ctx.job()), ..Errand::default() },
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
