//! What must hold for every timeline before it is stored or rendered.

use serde_json::{Value, json};

use crate::error::{Code, Explain};
use crate::ids::ShotId;
use crate::speech::words::VOICE_RATE;
use crate::variants::timeline::{Framing, TIMELINE_VERSION, Timeline};

/// Why a timeline cannot be stored or rendered.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum TimelineError {
    /// It names a shot that was not given.
    #[error("The plan names shot {0}, which is not among the project's shots. Generate the videos again.")]
    UnknownShot(ShotId),
    /// Written by a later version of the program.
    #[error(
        "This video was planned by a newer version of Edit Factory (plan version {found}, this version knows {known}). \
         Install the newer version to render it."
    )]
    Newer {
        /// What it says.
        found: u32,
        /// The newest we know.
        known: u32,
    },
    /// A number that no video can have.
    #[error("The plan of this video cannot be rendered: {what} is {value}. Generate the videos again.")]
    Unusable {
        /// Which number.
        what: &'static str,
        /// What it is.
        value: f64,
    },
    /// Shots that leave a gap or overlap.
    #[error(
        "The plan of this video cannot be rendered: a shot should start at frame {wanted} and starts at {found}. \
         Generate the videos again."
    )]
    Gap {
        /// Where the one before ends.
        wanted: u32,
        /// Where this one starts (or, at the end, where the story ends).
        found: u32,
    },
    /// The narration is longer or shorter than the shots under it.
    #[error(
        "The plan of this video cannot be rendered: its voice lasts {voice} frames from frame {start}, its shots last \
         {story}. Generate the videos again."
    )]
    Voice {
        /// Where the voice starts.
        start: u32,
        /// How many frames it lasts.
        voice: u64,
        /// How many frames the shots last.
        story: u32,
    },
    /// Words or captions that are empty, out of order, overlapping or outside the video.
    #[error("The {what} of this video are not in order at {at_ms} ms. Generate the videos again.")]
    Times {
        /// "words" or "captions".
        what: &'static str,
        /// Where, milliseconds of the timeline.
        at_ms: u32,
    },
}

impl Explain for TimelineError {
    fn code(&self) -> Code {
        match self {
            Self::UnknownShot(_) => Code::NotFound,
            Self::Newer { .. } => Code::NewerDatabase,
            Self::Unusable { .. } | Self::Gap { .. } | Self::Voice { .. } | Self::Times { .. } => Code::Internal,
        }
    }

    fn details(&self) -> Value {
        match self {
            Self::Newer { found, known } => json!({ "found": found, "known": known }),
            Self::UnknownShot(shot) => json!({ "shot": shot }),
            _ => json!({}),
        }
    }
}

impl Timeline {
    /// Checks what rendering relies on.
    ///
    /// # Errors
    /// [`TimelineError`] for the first thing that does not hold.
    pub fn check(&self) -> Result<(), TimelineError> {
        if self.version > TIMELINE_VERSION {
            return Err(TimelineError::Newer { found: self.version, known: TIMELINE_VERSION });
        }
        self.check_numbers()?;
        self.check_story()?;
        self.check_times()
    }

    fn check_numbers(&self) -> Result<(), TimelineError> {
        let side = |pixels: u32| pixels >= 2 && pixels.is_multiple_of(2);
        let share = |value: f32| (0.0..=1.0).contains(&value);
        let aimed = |framing: &Framing| match framing {
            Framing::Fill { x, y } => share(*x) && share(*y),
            Framing::BlurFit | Framing::Fit => true,
        };
        let logo_width = self.logo.as_ref().map_or(0.1, |l| l.width);
        let logo_opacity = self.logo.as_ref().map_or(1.0, |l| l.opacity);
        let inserts = [&self.intro, &self.outro].into_iter().flatten();
        let framings = self.segments.iter().map(|s| &s.framing).chain(inserts.clone().map(|i| &i.framing));
        let badly_aimed = framings.filter(|framing| !aimed(framing)).count();
        let shortest = inserts.map(|i| i.frames).min().unwrap_or(1);
        let numbers = [
            ("its version", f64::from(self.version), self.version > 0),
            ("its frame rate", f64::from(self.fps), self.fps > 0 && VOICE_RATE.is_multiple_of(self.fps.max(1))),
            ("its width", f64::from(self.width), side(self.width)),
            ("its height", f64::from(self.height), side(self.height)),
            ("the width of its logo", f64::from(logo_width), (0.02..=0.5).contains(&logo_width)),
            ("the opacity of its logo", f64::from(logo_opacity), share(logo_opacity)),
            ("the length of its intro or outro", f64::from(shortest), shortest > 0),
            ("the number of shots aimed outside their picture", badly_aimed as f64, badly_aimed == 0),
        ];
        let wrong = numbers.iter().find(|(_, _, good)| !good);
        wrong.map_or(Ok(()), |(what, value, _)| Err(TimelineError::Unusable { what, value: *value }))
    }

    fn check_story(&self) -> Result<(), TimelineError> {
        let start = self.story_start();
        let outro = self.outro.as_ref().map_or(0, |o| o.frames);
        let end = self.frames.saturating_sub(outro);
        let mut at = start;
        for segment in &self.segments {
            if segment.start != at {
                return Err(TimelineError::Gap { wanted: at, found: segment.start });
            }
            if segment.frames == 0 {
                return Err(TimelineError::Unusable { what: "the length of a shot", value: 0.0 });
            }
            at = at.saturating_add(segment.frames);
        }
        if at != end || self.segments.is_empty() {
            return Err(TimelineError::Gap { wanted: at, found: end });
        }
        let voice = self.voice.samples.div_ceil(self.samples_per_frame());
        let story = end - start;
        if self.voice.start != start || voice != u64::from(story) {
            return Err(TimelineError::Voice { start: self.voice.start, voice, story });
        }
        Ok(())
    }

    fn check_times(&self) -> Result<(), TimelineError> {
        // One frame more: times were rounded to milliseconds.
        let end_ms = (u64::from(self.frames) + 1) * 1000 / u64::from(self.fps);
        let inside = |end: u32| u64::from(end) <= end_ms;
        let mut at = 0;
        for word in &self.words {
            if word.start_ms < at || word.end_ms <= word.start_ms || !inside(word.end_ms) {
                return Err(TimelineError::Times { what: "words", at_ms: word.start_ms });
            }
            at = word.start_ms;
        }
        at = 0;
        for cue in &self.captions {
            let lengths = cue.words.iter().all(|w| w.end_ms > w.start_ms);
            let sound = cue.start_ms >= at && cue.end_ms > cue.start_ms && inside(cue.end_ms);
            if !sound || !lengths || cue.words.is_empty() {
                return Err(TimelineError::Times { what: "captions", at_ms: cue.start_ms });
            }
            at = cue.end_ms;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captions::cue::{Cue, CueWord};
    use crate::variants::compose::tests::planned;

    fn cue(start_ms: u32, end_ms: u32) -> Cue {
        let word = CueWord { text: "a".into(), start_ms, end_ms, emphasis: false, break_after: false };
        Cue { start_ms, end_ms, words: vec![word], sentence: 0, place: None }
    }

    /// What the check says after one thing was broken.
    fn broken(change: impl FnOnce(&mut Timeline)) -> Option<TimelineError> {
        let mut timeline = planned(3, 1).0.remove(0);
        timeline.captions = vec![cue(100, 400), cue(400, 900)];
        assert_eq!(timeline.check(), Ok(()));
        change(&mut timeline);
        timeline.check().err()
    }

    #[test]
    fn shots_that_leave_a_gap_overlap_or_end_early_are_found() {
        assert!(matches!(broken(|t| t.segments[1].start += 1), Some(TimelineError::Gap { .. })));
        assert!(matches!(broken(|t| t.segments[0].frames += 1), Some(TimelineError::Gap { .. })));
        assert!(matches!(broken(|t| drop(t.segments.pop())), Some(TimelineError::Gap { .. })));
        assert!(matches!(broken(|t| t.segments.clear()), Some(TimelineError::Gap { .. })));
        assert!(matches!(broken(|t| t.frames += 1), Some(TimelineError::Gap { .. })));
    }

    #[test]
    fn a_voice_of_another_length_or_place_is_found() {
        assert!(matches!(broken(|t| t.voice.samples += 1), Some(TimelineError::Voice { .. })));
        assert!(matches!(broken(|t| t.voice.start = 1), Some(TimelineError::Voice { .. })));
    }

    #[test]
    fn words_and_captions_out_of_order_or_without_length_are_found() {
        let captions = |e: Option<TimelineError>| matches!(e, Some(TimelineError::Times { what: "captions", .. }));
        assert!(captions(broken(|t| t.captions.swap(0, 1))));
        assert!(captions(broken(|t| t.captions[0].end_ms = 401)));
        assert!(captions(broken(|t| t.captions[0].words.clear())));
        assert!(captions(broken(|t| t.captions[1].words[0].end_ms = 400)));
        assert!(captions(broken(|t| t.captions[1].end_ms = 10_000_000)));
        assert!(matches!(broken(|t| t.words.reverse()), Some(TimelineError::Times { what: "words", .. })));
    }

    #[test]
    fn numbers_no_video_can_have_are_found() {
        let unusable = |e: Option<TimelineError>| matches!(e, Some(TimelineError::Unusable { .. }));
        assert!(unusable(broken(|t| t.fps = 29)));
        assert!(unusable(broken(|t| t.width = 1081)));
        assert!(unusable(broken(|t| t.version = 0)));
        assert!(unusable(broken(|t| t.segments[0].framing = Framing::Fill { x: 1.2, y: f32::NAN })));
    }

    #[test]
    fn a_plan_of_a_newer_program_is_refused_as_that() {
        let error = broken(|t| t.version = TIMELINE_VERSION + 1);
        assert_eq!(error, Some(TimelineError::Newer { found: TIMELINE_VERSION + 1, known: TIMELINE_VERSION }));
    }
}
