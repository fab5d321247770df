//! A plan, the narration, the captions, the look and the brand kit, put together into one [`Timeline`].

use std::collections::BTreeMap;

use crate::brand::Brand;
use crate::captions::cue::Cue;
use crate::captions::style::CaptionStyle;
use crate::ids::ShotId;
use crate::project::Look;
use crate::speech::words::{Narration, Word};
use crate::variants::check::TimelineError;
use crate::variants::plan::{PlanShot, VariantPlan};
use crate::variants::timeline::{FileRef, Framing, Segment, TIMELINE_VERSION, Timeline, VoiceTrack};

/// The frame of the platform the video is made for.
#[derive(Debug, Clone, PartialEq)]
pub struct PlatformFrame {
    /// Name of the platform in `assets/platforms.json`.
    pub name: String,
    /// Pixels; even.
    pub width: u32,
    /// Pixels; even.
    pub height: u32,
    /// Frames a second; those the plan was made with.
    pub fps: u32,
    /// How a picture of another shape fills the frame when nobody said otherwise.
    pub framing: Framing,
}

/// What a timeline is made of.
#[derive(Debug, Clone)]
pub struct Composition<'a> {
    /// One variant of a plan.
    pub plan: &'a VariantPlan,
    /// The shots the plan was made from.
    pub shots: &'a [PlanShot],
    /// What is said when, from the start of the voiceover.
    pub narration: &'a Narration,
    /// The voiceover's file.
    pub voice: FileRef,
    /// Captions, timed from the start of the voiceover.
    pub cues: Vec<Cue>,
    /// How captions look, the brand's changes made already ([`Brand::apply_to_style`]); left out of the picture when
    /// the look says so.
    pub caption_style: Option<CaptionStyle>,
    /// The project's look.
    pub look: &'a Look,
    /// The profile's brand kit.
    pub brand: &'a Brand,
    /// The platform's frame.
    pub frame: &'a PlatformFrame,
}

/// Puts a timeline together and checks it.
///
/// # Errors
/// [`TimelineError`] when the parts do not fit each other.
pub fn compose(parts: Composition<'_>) -> Result<Timeline, TimelineError> {
    let Composition { plan, shots, narration, voice, cues, caption_style, look, brand, frame } = parts;
    let by_id: BTreeMap<ShotId, &PlanShot> = shots.iter().map(|s| (s.shot.id, s)).collect();
    let intro = brand.intro.as_ref().map(|i| i.insert(frame));
    let outro = brand.outro.as_ref().map(|i| i.insert(frame));
    let start = intro.as_ref().map_or(0, |i| i.frames);
    let story: u32 = plan.segments.iter().map(|s| s.frames).sum();
    let shift = frames_to_ms(start, frame.fps);
    let mut segments = Vec::with_capacity(plan.segments.len());
    for planned in &plan.segments {
        let shot = by_id.get(&planned.pick.shot).ok_or(TimelineError::UnknownShot(planned.pick.shot))?;
        segments.push(Segment {
            start: start + planned.start,
            frames: planned.frames,
            sentence: planned.sentence,
            pick: planned.pick.clone(),
            framing: framing(shot, look, frame),
            reason: planned.reason.clone(),
            pinned: planned.pinned,
        });
    }
    let timeline = Timeline {
        version: TIMELINE_VERSION,
        platform: frame.name.clone(),
        width: frame.width,
        height: frame.height,
        fps: frame.fps,
        frames: start + story + outro.as_ref().map_or(0, |o| o.frames),
        intro,
        outro,
        segments,
        voice: VoiceTrack {
            file: voice,
            start,
            samples: narration.samples,
            gain_db: look.voice_gain_db,
            asked: narration.asked.clone(),
            used: narration.used.clone(),
            reasons: narration.reasons.clone(),
        },
        words: narration.words.iter().map(|w| later_word(w, shift)).collect(),
        captions: cues.into_iter().map(|c| later_cue(c, shift)).collect(),
        caption_style: caption_style.filter(|_| look.captions),
        hook_title: brand.hook_title.clone(),
        logo: brand.logo.clone(),
        music: look.music.clone(),
        source_sound_db: look.source_sound_db,
    };
    timeline.check()?;
    Ok(timeline)
}

/// The shot's own framing, else its source's, else the look's, else the platform's. A fill that nobody aimed by hand is
/// aimed at the place in the shot where the eye goes.
fn framing(shot: &PlanShot, look: &Look, frame: &PlatformFrame) -> Framing {
    if let Some(by_hand) = shot.shot.framing.or(shot.source_framing) {
        return by_hand;
    }
    match look.framing.unwrap_or(frame.framing) {
        Framing::Fill { .. } => Framing::Fill { x: shot.shot.anchor_x, y: shot.shot.anchor_y },
        other => other,
    }
}

fn frames_to_ms(frames: u32, fps: u32) -> u32 {
    let fps = u64::from(fps.max(1));
    u32::try_from((u64::from(frames) * 1000 + fps / 2) / fps).unwrap_or(u32::MAX)
}

fn later_word(word: &Word, shift: u32) -> Word {
    Word { start_ms: word.start_ms + shift, end_ms: word.end_ms + shift, ..word.clone() }
}

fn later_cue(mut cue: Cue, shift: u32) -> Cue {
    cue.start_ms += shift;
    cue.end_ms += shift;
    for word in &mut cue.words {
        word.start_ms += shift;
        word.end_ms += shift;
    }
    cue
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::profile::media::MediaPath;
    use crate::variants::samples::Case;

    fn file() -> FileRef {
        FileRef { path: MediaPath::new("cache/voice/a.wav").unwrap(), hash: "0".repeat(64) }
    }

    /// A variant of a plan as the timeline it is stored as, without brand or captions.
    pub(crate) fn timeline(plan: &VariantPlan, case: &Case) -> Timeline {
        let (look, brand) = (Look::default(), Brand::default());
        let frame = PlatformFrame {
            name: "tiktok".into(),
            width: 1080,
            height: 1920,
            fps: 30,
            framing: Framing::Fill { x: 0.5, y: 0.5 },
        };
        compose(Composition {
            plan,
            shots: &case.shots,
            narration: &case.narration,
            voice: file(),
            cues: Vec::new(),
            caption_style: None,
            look: &look,
            brand: &brand,
            frame: &frame,
        })
        .unwrap()
    }
}
