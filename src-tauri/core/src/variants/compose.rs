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
            steps: narration.steps.clone(),
            cost: narration.cost,
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
pub(crate) fn framing(shot: &PlanShot, look: &Look, frame: &PlatformFrame) -> Framing {
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
    use crate::brand::BrandVideo;
    use crate::captions::cue::CueWord;
    use crate::profile::media::MediaPath;
    use crate::speech::chain::StepDown;
    use crate::variants::plan::plan;
    use crate::variants::samples::{Case, footage, narration, sentences};

    fn file(name: &str) -> FileRef {
        FileRef { path: MediaPath::new(name).unwrap(), hash: "0".repeat(64) }
    }

    fn frame(framing: Framing) -> PlatformFrame {
        PlatformFrame { name: "tiktok".into(), width: 1080, height: 1920, fps: 30, framing }
    }

    const CENTRE: Framing = Framing::Fill { x: 0.5, y: 0.5 };

    fn composed(plan: &VariantPlan, case: &Case, look: &Look, brand: &Brand, cues: Vec<Cue>) -> Timeline {
        compose(Composition {
            plan,
            shots: &case.shots,
            narration: &case.narration,
            voice: file("cache/voice/a.wav"),
            cues,
            caption_style: crate::captions::style::all().into_iter().next(),
            look,
            brand,
            frame: &frame(CENTRE),
        })
        .unwrap()
    }

    /// A variant of a plan as the timeline it is stored as, without brand or captions.
    pub(crate) fn timeline(plan: &VariantPlan, case: &Case) -> Timeline {
        composed(plan, case, &Look::default(), &Brand::default(), Vec::new())
    }

    /// Timelines of variants planned from plenty of footage, and what they were planned from.
    pub(crate) fn planned(seed: u64, variants: u32) -> (Vec<Timeline>, Case) {
        let said = sentences(seed, 5);
        let said: Vec<&str> = said.iter().map(String::as_str).collect();
        let case = Case::new(footage(seed, 20, 6), narration(seed, 30, &said));
        let plan = plan(&case.input(seed, variants)).unwrap();
        (plan.variants.iter().map(|v| timeline(v, &case)).collect(), case)
    }

    fn one_plan(case: &Case) -> VariantPlan {
        plan(&case.input(1, 1)).unwrap().variants.remove(0)
    }

    #[test]
    fn an_intro_shifts_the_voice_the_words_the_captions_and_the_shots() {
        let case = planned(8, 1).1;
        let video = |ms| BrandVideo { file: file("media/brand/a.mp4"), duration_ms: ms, sound: true, framing: None };
        let brand = Brand { intro: Some(video(1510)), outro: Some(video(2000)), ..Brand::default() };
        let word = CueWord { text: "a".into(), start_ms: 40, end_ms: 300, emphasis: false, break_after: false };
        let cue = Cue { start_ms: 40, end_ms: 500, words: vec![word], sentence: 0, place: None };
        let with = composed(&one_plan(&case), &case, &Look::default(), &brand, vec![cue]);
        // 1.51 s are 45 whole frames, which are 1.5 s.
        assert_eq!(with.story_start(), 45);
        assert_eq!((with.voice.start, with.segments[0].start), (45, 45));
        assert_eq!(with.words[0].start_ms, case.narration.words[0].start_ms + 1500);
        assert_eq!((with.captions[0].start_ms, with.captions[0].end_ms), (1540, 2000));
        assert_eq!((with.captions[0].words[0].start_ms, with.captions[0].words[0].end_ms), (1540, 1800));
        let story = u32::try_from(case.narration.samples / 1600).unwrap();
        assert_eq!(with.frames, 45 + story + 60);
        assert_eq!(with.outro.map(|o| (o.frames, o.framing)), Some((60, CENTRE)));
    }

    #[test]
    fn who_did_not_speak_goes_along_and_an_older_plan_without_it_reads_and_writes_as_before() {
        let mut case = planned(8, 1).1;
        let without = timeline(&one_plan(&case), &case);
        let text = serde_json::to_string(&without).unwrap();
        assert!(!text.contains("steps"), "the hash of a plan would change");
        assert_eq!(serde_json::from_str::<Timeline>(&text).unwrap(), without);
        let voice = case.narration.used.clone();
        let step = StepDown { voice, code: "no_key".into(), says: "no key is set".into() };
        case.narration.steps = vec![step.clone()];
        assert_eq!(timeline(&one_plan(&case), &case).voice.steps, [step]);
    }

    #[test]
    fn the_nearest_framing_decides_and_an_unaimed_fill_looks_where_the_eye_goes() {
        let mut shot = planned(8, 1).1.shots.remove(0);
        let mut look = Look::default();
        let eye = Framing::Fill { x: shot.shot.anchor_x, y: shot.shot.anchor_y };
        assert_eq!(framing(&shot, &look, &frame(CENTRE)), eye);
        assert_eq!(framing(&shot, &look, &frame(Framing::BlurFit)), Framing::BlurFit);
        look.framing = Some(Framing::Fit);
        assert_eq!(framing(&shot, &look, &frame(CENTRE)), Framing::Fit);
        look.framing = Some(CENTRE);
        assert_eq!(framing(&shot, &look, &frame(Framing::Fit)), eye);
        shot.source_framing = Some(Framing::BlurFit);
        assert_eq!(framing(&shot, &look, &frame(CENTRE)), Framing::BlurFit);
        shot.shot.framing = Some(CENTRE);
        assert_eq!(framing(&shot, &look, &frame(Framing::Fit)), CENTRE);
    }

    #[test]
    fn a_look_without_captions_keeps_the_cues_for_the_files_beside_the_clip() {
        let case = planned(8, 1).1;
        let word = CueWord { text: "a".into(), start_ms: 40, end_ms: 300, emphasis: false, break_after: false };
        let cue = Cue { start_ms: 40, end_ms: 500, words: vec![word], sentence: 0, place: None };
        let look = Look { captions: false, ..Look::default() };
        let silent = composed(&one_plan(&case), &case, &look, &Brand::default(), vec![cue.clone()]);
        assert!(silent.caption_style.is_none() && silent.captions == [cue.clone()]);
        let shown = composed(&one_plan(&case), &case, &Look::default(), &Brand::default(), vec![cue]);
        assert!(shown.caption_style.is_some());
    }

    #[test]
    fn a_plan_of_other_footage_is_refused() {
        let (case, other) = (planned(8, 1).1, planned(9, 1).1);
        let plan = one_plan(&case);
        let (look, brand) = (Look::default(), Brand::default());
        let refused = compose(Composition {
            plan: &plan,
            shots: &other.shots[..1],
            narration: &case.narration,
            voice: file("cache/voice/a.wav"),
            cues: Vec::new(),
            caption_style: None,
            look: &look,
            brand: &brand,
            frame: &frame(CENTRE),
        });
        assert!(matches!(refused, Err(TimelineError::UnknownShot(_))));
    }
}
