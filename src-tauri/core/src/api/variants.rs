//! Calls about planned videos: planning them, seeing them side by side, rendering them.

use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;
use ts_rs::TS;

use super::macros::arguments;
use crate::error::Failure;
use crate::generate::{self, Order, PlannedVariant, Rendering, ShotCandidate, SideBySide};
use crate::ids::{BatchId, JobId, ProjectId, ScriptId, VariantId};
use crate::jobs;
use crate::profile::Profile;
use crate::project::pins;
use crate::project::store::{self, ProjectError};
use crate::render::captions::{self, CaptionText};
use crate::script;

arguments! {
    profile variants {
        /// Queues making videos of a project: speaking, planning, rendering.
        generate: Generate {
            /// Which.
            project: ProjectId,
            /// What.
            order: Order,
            /// Not before these jobs have ended (looking for the shots of new footage).
            #[serde(default)]
            #[ts(as = "Option<_>", optional)]
            after: Vec<JobId>,
        } -> Queued;

        /// The planned videos of a batch, with what a person should know about them.
        batch_show: BatchShow {
            /// Which.
            batch: BatchId,
        } -> Vec<PlannedVariant>;

        /// The newest planned videos of each script of a project, side by side.
        project_variants: ProjectVariants {
            /// Which.
            project: ProjectId,
        } -> SideBySide;

        /// Queues the renders of planned videos.
        render_variants: RenderVariants {
            /// Which.
            variants: Vec<VariantId>,
        } -> Rendering;

        /// What else could be shown over a sentence of a planned video, the best first.
        shot_candidates: ShotCandidates {
            /// In which script.
            script: ScriptId,
            /// Which sentence of the planned video, from 0.
            sentence: u32,
            /// In which planned video.
            variant: VariantId,
            /// At most this many.
            limit: u32,
        } -> Vec<ShotCandidate>;

        /// The very captions that a render burns in, for a preview that draws them with the same libass.
        variant_captions: VariantCaptions {
            /// Of which planned video.
            variant: VariantId,
            /// Leaves the title out, so that the captions can be seen alone.
            #[serde(default)]
            #[ts(as = "Option<_>", optional)]
            clean: bool,
        } -> CaptionText;
    }
}

/// Videos that were asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Queued {
    /// The job that speaks and plans, and then queues a render for each video.
    pub job: JobId,
    /// What all of these jobs share.
    pub batch: BatchId,
}

pub(super) async fn generate(profile: &Profile, args: Generate, _: &CancellationToken) -> Result<Queued, Failure> {
    let (job, batch) = profile.write(|tx| generate::queue(tx, args.project, &args.order, &args.after))?;
    jobs::store::announce(profile, job);
    Ok(Queued { job, batch })
}

pub(super) async fn batch_show(
    profile: &Profile,
    args: BatchShow,
    _: &CancellationToken,
) -> Result<Vec<PlannedVariant>, Failure> {
    Ok(profile.read(|tx| generate::variants_of_batch(tx, args.batch))?)
}

pub(super) async fn project_variants(
    profile: &Profile,
    args: ProjectVariants,
    _: &CancellationToken,
) -> Result<SideBySide, Failure> {
    Ok(profile.read(|tx| generate::of_project(tx, args.project))?)
}

pub(super) async fn render_variants(
    profile: &Profile,
    args: RenderVariants,
    _: &CancellationToken,
) -> Result<Rendering, Failure> {
    let (rendering, new) = profile.write(|tx| generate::render(tx, &args.variants))?;
    for job in new {
        jobs::store::announce(profile, job);
    }
    Ok(rendering)
}

pub(super) async fn shot_candidates(
    profile: &Profile,
    args: ShotCandidates,
    _: &CancellationToken,
) -> Result<Vec<ShotCandidate>, Failure> {
    let place = (args.script, args.sentence);
    Ok(profile.read(|tx| generate::for_sentence(profile, tx, place, args.variant, args.limit))?)
}

pub(super) async fn variant_captions(
    profile: &Profile,
    args: VariantCaptions,
    cancel: &CancellationToken,
) -> Result<CaptionText, Failure> {
    let planned = profile.read(|tx| generate::variant(tx, args.variant))?;
    let script = planned.script;
    let (said, edits) = profile.read::<_, ProjectError>(|tx| {
        let script = store::script_of(tx, script)?;
        Ok((script::read(&script.text, script.language.as_deref()), pins::caption_edits(tx, script.id)?))
    })?;
    let mut timeline = planned.timeline;
    // A script that cannot be read any more is another script than the one that was planned.
    if let Ok(said) = said {
        let sentences: Vec<String> = said.sentences.into_iter().map(|s| s.text).collect();
        timeline.captions = captions::edited(&timeline, &sentences, &edits);
    }
    Ok(captions::of(profile, timeline, args.clean, cancel).await?)
}
