use super::*;
use crate::captions::cut::cut;
use crate::captions::edits::{CaptionEdits, Change, Edit};
use crate::captions::style;
use crate::captions::testing::spoken as words;
use crate::ids::{BatchId, ClipId, ShotId, VariantId};
use crate::publish::testing::receipt;
use crate::render::{bench, platform};
use crate::testkit::{self, Bench};
use crate::variants::plan::Pin;

const SAID: [&str; 2] = ["Pâinea este gata și caldă.", "Ușa e deschisă."];

struct Made {
    bench: Bench,
    planned: Planned,
    receipt: Receipt,
}

impl Made {
    /// A clip of two shots with captions, after an intro, just as it was planned.
    fn new() -> Self {
        let bench = testkit::bench();
        let mut timeline = bench::timeline(&[60, 60]);
        timeline.words = words(&SAID);
        // An intro of 700 ms comes first.
        for word in &mut timeline.words {
            (word.start_ms, word.end_ms) = (word.start_ms + 700, word.end_ms + 700);
        }
        timeline.segments[1].sentence = 1;
        timeline.caption_style = style::by_id("bold-pop");
        let from_nought = cut(&words(&SAID), timeline.caption_style.as_ref().unwrap(), &bench::canvas(&timeline).frame);
        timeline.captions = from_nought;
        for cue in &mut timeline.captions {
            (cue.start_ms, cue.end_ms) = (cue.start_ms + 700, cue.end_ms + 700);
            for word in &mut cue.words {
                (word.start_ms, word.end_ms) = (word.start_ms + 700, word.end_ms + 700);
            }
        }
        let (_, variant) = bench::planned(&bench, &timeline);
        let planned = bench.profile.read(|tx| plan::read(tx, variant)).unwrap();
        let value = receipt(ClipId::new(), variant, "it", &timeline);
        let made = Self { bench, planned, receipt: serde_json::from_value(value).unwrap() };
        made.sql("UPDATE scripts SET text = ?1", &SAID.join("\n\n"));
        made
    }

    fn sql(&self, sql: &str, value: &str) {
        self.bench.profile.write::<_, DbError>(|tx| Ok(tx.execute(sql, [value])?)).unwrap();
    }

    fn stale(&self) -> Vec<Stale> {
        self.bench.profile.read(|tx| of(tx, &self.receipt)).unwrap()
    }

    fn edit(&self, change: Change) {
        let edit = Edit { sentence: SAID[0].into(), occurrence: 0, first: 2, last: 2, change };
        let edits = CaptionEdits { edits: vec![edit] };
        self.bench.profile.write(|tx| pins::set_caption_edits(tx, self.planned.script.id, &edits)).unwrap();
    }

    /// Plans the same video again, as this.
    fn plan_again(&self, timeline: &Timeline) {
        let text = serde_json::to_string(timeline).unwrap();
        self.bench
            .profile
            .write::<_, DbError>(|tx| {
                tx.execute(
                    "INSERT INTO variants (id, project_id, script_id, batch_id, number, seed, timeline, created_at)
                     SELECT ?1, project_id, script_id, ?2, number, seed, ?3, created_at + 1 FROM variants LIMIT 1",
                    (VariantId::new(), BatchId::new(), text),
                )?;
                Ok(())
            })
            .unwrap();
    }

    /// Another shot of three seconds in the library.
    fn shot(&self, end_ms: i64) -> ShotId {
        let (source, shot) = (SourceId::new(), ShotId::new());
        self.bench
            .profile
            .write::<_, DbError>(|tx| {
                tx.execute(
                    "INSERT INTO sources (id, name, hash, bytes, path, duration_ms, width, height, has_sound, probe, created_at)
                     VALUES (?1, 'a.mp4', ?1, 1, 'media/a', 60000, 1920, 1080, 0, '{}', 0)",
                    [source],
                )?;
                tx.execute("INSERT INTO shots VALUES (?1, ?2, 0, ?3, 0, 0, 0, 0, 0, 0, 0, 0, NULL)", (shot, source, end_ms))?;
                Ok(())
            })
            .unwrap();
        shot
    }

    fn pin(&self, part: u32, shot: ShotId) {
        let pin = Pin { variant: 0, sentence: SAID[1].into(), occurrence: 0, part, shot, in_ms: None };
        self.bench.profile.write(|tx| pins::set(tx, self.planned.script.id, &pin)).unwrap();
    }
}

#[test]
fn a_clip_of_which_nothing_was_changed_is_not_stale() {
    let made = Made::new();
    assert_eq!(made.stale(), []);
    // The look and the brand are for future plans.
    made.sql("UPDATE projects SET look = ?1", r#"{"platform":"reels"}"#);
    assert_eq!(made.stale(), []);
}

#[test]
fn edits_of_captions_make_it_stale_and_taking_them_back_does_not() {
    let made = Made::new();
    for change in [
        Change::Text { text: "proaspătă".into() },
        Change::CueBreak { on: false },
        Change::LineBreak { on: true },
        Change::Emphasis { on: true },
        Change::Place { place: Some(crate::captions::cue::Place { x: 0.5, y: 0.2 }) },
    ] {
        made.edit(change.clone());
        assert_eq!(made.stale(), [Stale::Captions], "{change:?}");
    }
    made.sql("UPDATE caption_edits SET edits = ?1", "[]");
    assert_eq!(made.stale(), []);
}

#[test]
fn captions_that_another_version_cut_elsewhere_are_the_same_and_edited_ones_are_not() {
    let mut made = Made::new();
    made.receipt.programs.edit_factory = "0.0.1".into();
    let cues = std::mem::take(&mut made.receipt.timeline.captions);
    // All words of a sentence in one cue, as that version had it.
    made.receipt.timeline.captions = cues
        .chunk_by(|a, b| a.sentence == b.sentence)
        .map(|group| {
            let mut one = group[0].clone();
            one.words = group.iter().flat_map(|cue| cue.words.clone()).collect();
            one
        })
        .collect();
    assert_eq!(made.stale(), []);
    made.edit(Change::Text { text: "proaspătă".into() });
    assert_eq!(made.stale(), [Stale::Captions]);
}

#[test]
fn a_newer_plan_that_shows_something_else_makes_it_stale_and_one_that_does_not_leaves_it() {
    let made = Made::new();
    let mut same = made.planned.timeline.clone();
    same.segments[0].reason = "for another reason".into();
    made.plan_again(&same);
    assert_eq!(made.stale(), []);
    let mut other = same.clone();
    other.segments[0].pick.in_ms += 40;
    made.plan_again(&other);
    assert_eq!(made.stale(), [Stale::Plan]);
    // Taken back.
    made.sql("DELETE FROM variants WHERE timeline = ?1", &serde_json::to_string(&other).unwrap());
    assert_eq!(made.stale(), []);
}

#[test]
fn a_plan_for_another_platform_leaves_it() {
    let made = Made::new();
    let mut reels = made.planned.timeline.clone();
    reels.platform = "reels".into();
    made.plan_again(&reels);
    assert_eq!(made.stale(), []);
}

#[test]
fn a_clip_made_for_another_platform_than_planned_is_stale_only_when_something_changed() {
    let mut made = Made::new();
    let square = platform::by_name("square").unwrap();
    let timeline = made.bench.profile.read(|tx| refit::timeline(tx, &made.planned, &square)).unwrap();
    made.receipt.timeline = timeline;
    made.receipt.platform = "square".into();
    assert_eq!(made.stale(), []);
    made.edit(Change::Text { text: "proaspătă".into() });
    assert_eq!(made.stale(), [Stale::Captions]);
}

#[test]
fn a_script_that_says_something_else_makes_it_stale_and_other_marks_do_not() {
    let made = Made::new();
    // Nobody speaks a heading.
    made.sql("UPDATE scripts SET text = ?1", "# Titlu\n\nPâinea este gata, și CALDĂ!\n\nUșa e deschisă");
    assert_eq!(made.stale(), []);
    made.sql("UPDATE scripts SET text = ?1", "Pâinea este rece.");
    assert_eq!(made.stale(), [Stale::Script]);
    made.sql("UPDATE scripts SET deleted_at = ?1", "1");
    assert_eq!(made.stale(), [], "its clips stay");
}

#[test]
fn a_shot_set_by_hand_makes_it_stale_where_it_could_be_shown() {
    let made = Made::new();
    // Two seconds are to be filled.
    made.pin(0, made.shot(1500));
    assert_eq!(made.stale(), [], "too short to be shown there");
    made.pin(5, made.shot(9000));
    assert_eq!(made.stale(), [], "there is no such place");
    made.pin(0, made.shot(9000));
    assert_eq!(made.stale(), [Stale::Shots]);
}

#[test]
fn a_pin_that_was_taken_away_makes_it_stale() {
    let made = Made::new();
    let mut pinned = made.planned.timeline.clone();
    pinned.segments[1].pinned = true;
    made.sql("UPDATE variants SET timeline = ?1", &serde_json::to_string(&pinned).unwrap());
    assert_eq!(made.stale(), [Stale::Shots]);
}

#[test]
fn a_clip_whose_plan_is_not_here_is_taken_as_it_is() {
    let mut made = Made::new();
    made.receipt.variant = VariantId::new();
    assert_eq!(made.stale(), []);
}
