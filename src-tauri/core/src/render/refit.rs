//! A planned video for another platform, or again with captions as they are by now: the same shots, words and sounds in
//! another frame. Nothing is planned anew and nothing is spoken.

use std::collections::BTreeMap;

use super::RenderError;
use super::plan::Planned;
use super::platform::{self, Platform};
use crate::analysis::store as shots;
use crate::captions::cut;
use crate::captions::edits::{self, CaptionEdits};
use crate::ids::{ProjectId, ScriptId, ShotId, SourceId};
use crate::profile::db::{DbError, Reader};
use crate::project::{Look, pins, store as projects};
use crate::script;
use crate::variants::compose::{PlatformFrame, framing};
use crate::variants::plan::PlanShot;
use crate::variants::timeline::{Insert, Timeline};

/// The planned video in the platform's frame, with the caption edits there are now.
///
/// # Errors
/// [`RenderError::OtherRate`] when the platform has another frame rate than it was planned for.
pub fn timeline(tx: &Reader<'_>, planned: &Planned, platform: &Platform) -> Result<Timeline, RenderError> {
    let mut timeline = planned.timeline.clone();
    if platform.fps != timeline.fps {
        return Err(RenderError::OtherRate {
            platform: platform.title.clone(),
            fps: platform.fps,
            planned: timeline.fps,
        });
    }
    if timeline.platform != platform.name {
        let look = look(tx, planned.project.id)?;
        let sources: Vec<SourceId> = timeline.segments.iter().map(|s| s.pick.source).collect();
        reframe(&mut timeline, platform, &look, &shots::usable(tx, &sources)?);
    }
    timeline.captions = captions(tx, planned.script.id, &timeline)?;
    timeline.check()?;
    Ok(timeline)
}

fn look(tx: &Reader<'_>, project: ProjectId) -> Result<Look, RenderError> {
    match projects::get(tx, project) {
        Ok(project) => Ok(project.look),
        Err(projects::ProjectError::Db(error)) => Err(error.into()),
        // A project that was removed: its clips stay, and are framed as nobody said otherwise.
        Err(_) => Ok(Look::default()),
    }
}

/// Another frame. Shots are framed anew, as when they were planned; one whose footage is gone, and with it what was found in
/// it, keeps its framing.
fn reframe(timeline: &mut Timeline, platform: &Platform, look: &Look, known: &[PlanShot]) {
    let before = platform::by_name(&timeline.platform).map(|p| p.framing);
    let frame = PlatformFrame {
        name: platform.name.clone(),
        width: platform.width,
        height: platform.height,
        fps: platform.fps,
        framing: platform.framing,
    };
    let by_id: BTreeMap<ShotId, &PlanShot> = known.iter().map(|s| (s.shot.id, s)).collect();
    for segment in &mut timeline.segments {
        if let Some(shot) = by_id.get(&segment.pick.shot) {
            segment.framing = framing(shot, look, &frame);
        }
    }
    let again = |insert: &mut Option<Insert>| {
        if let Some(insert) = insert.as_mut().filter(|insert| Some(insert.framing) == before) {
            insert.framing = platform.framing;
        }
    };
    again(&mut timeline.intro);
    again(&mut timeline.outro);
    timeline.platform.clone_from(&platform.name);
    (timeline.width, timeline.height) = (platform.width, platform.height);
}

/// The captions of a timeline, cut for its frame, with the edits there are now. As planned where none are burned in, or
/// nothing is said.
///
/// # Errors
/// [`DbError`].
pub fn captions(
    tx: &Reader<'_>,
    script: ScriptId,
    timeline: &Timeline,
) -> Result<Vec<crate::captions::cue::Cue>, DbError> {
    let (Some(style), Some(platform)) = (&timeline.caption_style, platform::by_name(&timeline.platform)) else {
        return Ok(timeline.captions.clone());
    };
    if timeline.words.is_empty() {
        return Ok(timeline.captions.clone());
    }
    let cues = cut::cut(&timeline.words, style, &super::make::canvas(timeline, &platform).frame);
    let changed = match pins::caption_edits(tx, script) {
        Ok(changed) => changed,
        Err(projects::ProjectError::Db(error)) => return Err(error),
        Err(_) => CaptionEdits::default(),
    };
    if changed.edits.is_empty() {
        return Ok(cues);
    }
    Ok(edits::apply(cues, &sentences(tx, script, timeline)?, &changed))
}

/// What the timeline says, sentence by sentence, as the script has it where it still says so: edits name it like that.
fn sentences(tx: &Reader<'_>, script: ScriptId, timeline: &Timeline) -> Result<Vec<String>, DbError> {
    let spoken = spoken(timeline);
    let stored = match projects::script_of(tx, script) {
        Ok(stored) => stored,
        Err(projects::ProjectError::Db(error)) => return Err(error),
        Err(_) => return Ok(spoken),
    };
    let Ok(read) = script::read(&stored.text, stored.language.as_deref()) else { return Ok(spoken) };
    let written: BTreeMap<String, String> = read.sentences.into_iter().map(|s| (letters(&s.text), s.text)).collect();
    Ok(spoken.into_iter().map(|text| written.get(&letters(&text)).cloned().unwrap_or(text)).collect())
}

/// What a timeline says, sentence by sentence.
#[must_use]
pub fn spoken(timeline: &Timeline) -> Vec<String> {
    let count = timeline.words.iter().map(|w| w.sentence + 1).max().unwrap_or(0);
    let mut sentences = vec![String::new(); count];
    for word in &timeline.words {
        let text = &mut sentences[word.sentence];
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&word.text);
    }
    sentences
}

/// A text without white space: two ways to write the same sentence are the same then.
#[must_use]
pub fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captions::edits::{Change, Edit};
    use crate::captions::style;
    use crate::captions::testing::spoken as words;
    use crate::render::{bench, plan};
    use crate::testkit;
    use crate::variants::timeline::Framing;

    const SAID: [&str; 2] = ["Pâinea este gata și caldă.", "Ușa e deschisă."];

    /// A planned video whose script says what it says.
    fn planned(bench: &testkit::Bench) -> Planned {
        let mut timeline = bench::timeline(&[60, 60]);
        (timeline.width, timeline.height) = (1080, 1920);
        timeline.words = words(&SAID);
        timeline.caption_style = style::by_id("bold-pop");
        timeline.captions =
            cut::cut(&timeline.words, timeline.caption_style.as_ref().unwrap(), &bench::canvas(&timeline).frame);
        let (_, variant) = bench::planned(bench, &timeline);
        let planned = bench.profile.read(|tx| plan::read(tx, variant)).unwrap();
        bench
            .profile
            .write::<_, DbError>(|tx| {
                tx.execute("UPDATE scripts SET text = ?1", [SAID.join("\n\n")])?;
                Ok(())
            })
            .unwrap();
        planned
    }

    fn refit(bench: &testkit::Bench, planned: &Planned, name: &str) -> Timeline {
        bench.profile.read(|tx| timeline(tx, planned, &platform::by_name(name).unwrap())).unwrap()
    }

    #[test]
    fn a_video_for_another_platform_shows_and_says_the_same_in_another_frame() {
        let bench = testkit::bench();
        let planned = planned(&bench);
        let square = refit(&bench, &planned, "square");
        assert_eq!((square.platform.as_str(), square.width, square.height), ("square", 1080, 1080));
        let picks = |t: &Timeline| t.segments.iter().map(|s| (s.start, s.frames, s.pick.clone())).collect::<Vec<_>>();
        assert_eq!(picks(&square), picks(&planned.timeline));
        assert_eq!((&square.words, &square.voice), (&planned.timeline.words, &planned.timeline.voice));
        let shown = |t: &Timeline| t.captions.iter().flat_map(|c| &c.words).map(|w| w.text.clone()).collect::<Vec<_>>();
        assert_eq!(shown(&square), shown(&planned.timeline));
    }

    #[test]
    fn a_video_for_its_own_platform_is_the_same_but_for_edits_of_its_captions() {
        let bench = testkit::bench();
        let planned = planned(&bench);
        assert_eq!(refit(&bench, &planned, "tiktok"), planned.timeline);
        let change = Change::Text { text: "proaspătă".into() };
        let edit = Edit { sentence: SAID[0].into(), occurrence: 0, first: 2, last: 2, change };
        let edits = CaptionEdits { edits: vec![edit] };
        bench.profile.write(|tx| pins::set_caption_edits(tx, planned.script.id, &edits)).unwrap();
        let again = refit(&bench, &planned, "tiktok");
        assert_ne!(again.captions, planned.timeline.captions);
        assert!(again.captions.iter().flat_map(|c| &c.words).any(|w| w.text == "proaspătă"), "{:?}", again.captions);
        assert_eq!(Timeline { captions: planned.timeline.captions.clone(), ..again }, planned.timeline);
    }

    #[test]
    fn shots_and_the_intro_are_framed_as_the_other_platform_frames_them() {
        let mut timeline = bench::timeline(&[60]);
        let fill = platform::by_name("tiktok").unwrap().framing;
        timeline.intro = Some(Insert { file: bench::file("i.mp4"), frames: 30, framing: fill, sound: false });
        timeline.outro = Some(Insert { file: bench::file("o.mp4"), frames: 30, framing: Framing::Fit, sound: false });
        let landscape = platform::by_name("landscape").unwrap();
        // Its footage is not known any more: what was chosen stays.
        reframe(&mut timeline, &landscape, &Look::default(), &[]);
        assert_eq!(timeline.segments[0].framing, Framing::Fill { x: 0.5, y: 0.5 });
        assert_eq!(timeline.intro.unwrap().framing, Framing::BlurFit);
        assert_eq!(timeline.outro.unwrap().framing, Framing::Fit, "set by hand");
    }

    #[test]
    fn another_frame_rate_is_refused_with_a_reason() {
        let bench = testkit::bench();
        let planned = planned(&bench);
        let film = Platform { fps: 24, ..platform::by_name("reels").unwrap() };
        let error = bench.profile.read(|tx| timeline(tx, &planned, &film)).unwrap_err();
        assert!(error.to_string().contains("24") && error.to_string().contains("30"), "{error}");
    }
}
