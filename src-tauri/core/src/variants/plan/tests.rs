//! The rules of the planner, each as a property of plans of made-up footage and narrations.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::ids::ShotId;
use crate::variants::samples::{Case, footage, narration, sentences, source};

pub(super) fn case(seed: u64, sources: u64, shots_each: u64, said: u64) -> Case {
    let said = sentences(seed, said);
    let said: Vec<&str> = said.iter().map(String::as_str).collect();
    Case::new(footage(seed, sources, shots_each), narration(seed, 30, &said))
}

fn shots_by_id(case: &Case) -> BTreeMap<ShotId, &PlanShot> {
    case.shots.iter().map(|s| (s.shot.id, s)).collect()
}

fn uses(plan: &Plan) -> BTreeMap<ShotId, u32> {
    let mut uses = BTreeMap::new();
    for segment in plan.variants.iter().flat_map(|v| &v.segments) {
        *uses.entry(segment.pick.shot).or_default() += 1;
    }
    uses
}

fn places(plan: &Plan) -> usize {
    plan.variants.iter().map(|v| v.segments.len()).sum()
}

/// Frames a shot can fill, counted here anew.
fn usable_frames(shot: &PlanShot) -> u64 {
    (shot.shot.end_ms.min(shot.source_duration_ms - 100) - shot.shot.start_ms) * 30 / 1000
}

/// The plan as the timelines it would be stored as.
pub(super) fn stored(plan: &Plan, case: &Case) -> BTreeMap<u32, Timeline> {
    plan.variants.iter().map(|v| (v.number, crate::variants::compose::tests::timeline(v, case))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn segments_tile_the_narration_and_cut_at_word_or_sentence_starts(
        seed in 0_u64..1 << 40, sources in 1_u64..12, each in 1_u64..9, said in 1_u64..12, variants in 1_u32..5,
    ) {
        let case = case(seed, sources, each, said);
        let Ok(plan) = plan(&case.input(seed, variants)) else {
            prop_assert!(false, "no plan");
            return Ok(());
        };
        let total = u32::try_from(case.narration.samples / 1600).unwrap();
        prop_assert_eq!(plan.variants.len(), variants as usize);
        for variant in &plan.variants {
            let mut at = 0;
            for segment in &variant.segments {
                prop_assert_eq!(segment.start, at);
                prop_assert!(segment.frames > 0);
                let spoken = &case.narration.sentences[segment.sentence];
                let sentence = u32::try_from(spoken.start_sample / 1600).unwrap();
                prop_assert!(at >= sentence && u64::from(at + segment.frames) * 1600 <= spoken.end_sample);
                let starts = case.narration.words.iter().filter(|w| w.sentence == segment.sentence).map(|w| w.start_ms);
                let near_word = |ms: u32| (i64::from(ms) * 30 - i64::from(at) * 1000).abs() <= 1000;
                prop_assert!(at == sentence || starts.clone().any(near_word), "cut at {at}");
                at += segment.frames;
            }
            prop_assert_eq!(at, total);
        }
    }

    #[test]
    fn no_segment_reads_outside_its_shot_or_to_the_very_end_of_its_source(
        seed in 0_u64..1 << 40, sources in 1_u64..12, each in 1_u64..9, said in 1_u64..12, variants in 1_u32..5,
    ) {
        let case = case(seed, sources, each, said);
        let plan = plan(&case.input(seed, variants)).unwrap();
        let shots = shots_by_id(&case);
        for segment in plan.variants.iter().flat_map(|v| &v.segments) {
            let shot = shots[&segment.pick.shot];
            let end = segment.pick.in_ms * 30 + u64::from(segment.frames) * 1000;
            prop_assert!(segment.pick.in_ms >= shot.shot.start_ms);
            prop_assert!(end <= shot.shot.end_ms * 30 && end <= (shot.source_duration_ms - 100) * 30);
        }
    }

    #[test]
    fn with_footage_enough_no_shot_is_shown_twice_and_no_two_variants_share_one(
        seed in 0_u64..1 << 40, said in 1_u64..8, variants in 1_u32..5,
    ) {
        let case = case(seed, 40, 6, said);
        let plan = plan(&case.input(seed, variants)).unwrap();
        prop_assume!(places(&plan) * 2 <= case.shots.len());
        prop_assert!(uses(&plan).values().all(|n| *n == 1));
        prop_assert!(plan.notes.is_empty());
        prop_assert!(plan.variants.iter().flat_map(|v| &v.segments).all(|s| !s.reason.contains("again")));
    }

    #[test]
    fn with_little_footage_every_shot_that_fits_is_shown_before_one_is_shown_again(
        seed in 0_u64..1 << 40, sources in 1_u64..8, each in 1_u64..5, said in 1_u64..10, variants in 1_u32..5,
    ) {
        let case = case(seed, sources, each, said);
        let plan = plan(&case.input(seed, variants)).unwrap();
        let uses = uses(&plan);
        let unused: Vec<_> = case.shots.iter().filter(|s| !uses.contains_key(&s.shot.id)).collect();
        for variant in &plan.variants {
            let here: BTreeSet<_> = variant.segments.iter().map(|s| s.pick.shot).collect();
            let mut seen = BTreeSet::new();
            for segment in &variant.segments {
                let frames = u64::from(segment.frames);
                // An opening keeps its strong shot though a weaker one would fit.
                if uses[&segment.pick.shot] > 1 && !segment.reason.starts_with("strongest opening") {
                    prop_assert!(!unused.iter().any(|s| usable_frames(s) >= frames), "an unused one would fit");
                    prop_assert!(!plan.notes.is_empty());
                }
                if !seen.insert(segment.pick.shot) {
                    let other = case.shots.iter().any(|s| !here.contains(&s.shot.id) && usable_frames(s) >= frames);
                    prop_assert!(!other, "shown twice in a variant though another one would fit");
                }
            }
        }
    }

    #[test]
    fn shots_of_equal_length_are_worn_evenly(
        seed in 0_u64..1 << 40, count in 4_u64..16, said in 4_u64..10, variants in 2_u32..6,
    ) {
        let mut case = case(seed, 1, 1, said);
        case.shots = (0..count).flat_map(|number| source(number, seed, &[5000])).collect();
        let plan = plan(&case.input(seed, variants)).unwrap();
        let uses = uses(&plan);
        let most = uses.values().copied().max().unwrap_or(0);
        let least = if uses.len() < case.shots.len() { 0 } else { uses.values().copied().min().unwrap_or(0) };
        prop_assert!(most - least <= 1, "{least} to {most}");
    }

    #[test]
    fn neighbours_come_from_different_places_when_there_is_footage_enough(
        seed in 0_u64..1 << 40, said in 2_u64..10, variants in 1_u32..4,
    ) {
        let case = case(seed, 8, 30, said);
        let plan = plan(&case.input(seed, variants)).unwrap();
        let shots = shots_by_id(&case);
        for pair in plan.variants.iter().flat_map(|v| v.segments.windows(2)) {
            let [a, b] = [&pair[0], &pair[1]].map(|s| &shots[&s.pick.shot].shot);
            let gap = a.start_ms.max(b.start_ms).saturating_sub(a.end_ms.min(b.end_ms));
            prop_assert!(a.source != b.source || gap >= 4000, "{} and {}", a.start_ms, b.start_ms);
        }
    }

    #[test]
    fn touching_shots_of_one_source_are_kept_apart_even_when_all_are_needed(seed in 0_u64..1 << 40) {
        // Eight sentences, eight shots of one source: an order without touching neighbours exists.
        let said = ["One two three four five."; 8];
        let case = Case::new(source(1, seed, &[4000; 8]), narration(seed, 30, &said));
        let plan = plan(&case.input(seed, 1)).unwrap();
        prop_assume!(plan.variants[0].segments.len() == 8);
        let shots = shots_by_id(&case);
        for pair in plan.variants[0].segments.windows(2) {
            let [a, b] = [&pair[0], &pair[1]].map(|s| &shots[&s.pick.shot].shot);
            prop_assert!(a.start_ms.abs_diff(b.start_ms) > 4000, "{} and {}", a.start_ms, b.start_ms);
        }
    }

    #[test]
    fn the_same_input_gives_the_same_plan_in_whatever_order_shots_are_listed(
        seed in 0_u64..1 << 40, sources in 1_u64..10, each in 1_u64..6, said in 1_u64..8,
    ) {
        let mut case = case(seed, sources, each, said);
        let first = plan(&case.input(seed, 3)).unwrap();
        case.shots.reverse();
        prop_assert_eq!(first, plan(&case.input(seed, 3)).unwrap());
    }

    #[test]
    fn a_changed_word_changes_the_picks_of_its_own_sentence_only(
        seed in 0_u64..1 << 40, sources in 1_u64..10, each in 2_u64..8, said in 2_u64..9, which in 0_usize..9,
    ) {
        let mut said = sentences(seed, said);
        let which = which % said.len();
        let words = |said: &[String]| narration(seed, 30, &said.iter().map(String::as_str).collect::<Vec<_>>());
        let mut case = Case::new(footage(seed, sources, each), words(&said));
        let before = plan(&case.input(seed, 3)).unwrap();
        case.previous = stored(&before, &case);
        said[which] = format!("Quite different {}", said[which]);
        case.narration = words(&said);
        let after = plan(&case.input(seed, 3)).unwrap();
        for (old, new) in before.variants.iter().zip(&after.variants) {
            for sentence in (0..said.len()).filter(|s| *s != which) {
                let shown = |v: &VariantPlan| -> Vec<_> {
                    let own: Vec<_> = v.segments.iter().filter(|s| s.sentence == sentence).collect();
                    own.iter().map(|s| (s.start - own[0].start, s.frames, s.pick.clone())).collect()
                };
                prop_assert_eq!(shown(old), shown(new));
            }
        }
    }

    #[test]
    fn segments_are_comfortable_to_watch(seed in 0_u64..1 << 40, said in 1_u64..10, variants in 1_u32..4) {
        let case = case(seed, 30, 8, said);
        let plan = plan(&case.input(seed, variants)).unwrap();
        for segment in plan.variants.iter().flat_map(|v| &v.segments) {
            let spoken = &case.narration.sentences[segment.sentence];
            let sentence = (spoken.end_sample - spoken.start_sample) / 1600;
            prop_assert!(segment.frames <= 122, "{} frames", segment.frames);
            prop_assert!(segment.frames >= 30 || u64::from(segment.frames) == sentence, "{} frames", segment.frames);
        }
    }

    #[test]
    fn fresh_shots_come_before_shots_of_earlier_videos(seed in 0_u64..1 << 40, said in 2_u64..8) {
        let mut case = case(seed, 40, 4, said);
        case.used_before = case.shots.iter().step_by(2).map(|s| (s.shot.id, 1)).collect();
        let plan = plan(&case.input(seed, 1)).unwrap();
        for segment in plan.variants[0].segments.iter().skip(1) {
            // A place that only one or two shots are long enough for takes what there is.
            let fitting = case.shots.iter().filter(|s| usable_frames(s) >= u64::from(segment.frames)).count();
            prop_assert!(fitting < 10 || !case.used_before.contains_key(&segment.pick.shot), "{segment:?}");
        }
    }

    #[test]
    fn the_strongest_shots_open_the_variants(seed in 0_u64..1 << 40, said in 1_u64..6, variants in 1_u32..6) {
        let mut case = case(seed, 20, 4, said);
        for shot in &mut case.shots {
            shot.shot.end_ms = shot.shot.start_ms + 4000;
            shot.source_duration_ms += 20_000;
        }
        let plan = plan(&case.input(seed, variants)).unwrap();
        let hook = |s: &Shot| 0.45 * s.motion + 0.35 * s.sharpness + 0.2 * s.contrast;
        let mut strengths: Vec<f32> = case.shots.iter().map(|s| hook(&s.shot)).collect();
        strengths.sort_by(|a, b| b.total_cmp(a));
        let shots = shots_by_id(&case);
        let openings: BTreeSet<_> = plan.variants.iter().map(|v| v.segments[0].pick.shot).collect();
        prop_assert_eq!(openings.len(), variants as usize);
        for opening in openings {
            prop_assert!(hook(&shots[&opening].shot) >= strengths[variants as usize - 1] - 1e-6);
        }
        prop_assert!(plan.variants.iter().all(|v| v.segments[0].reason.starts_with("strongest opening")));
    }

    #[test]
    fn variants_differ_in_order_rhythm_and_in_points_when_they_must_share_shots(seed in 0_u64..1 << 40) {
        let said = sentences(seed, 8);
        let said: Vec<&str> = said.iter().map(String::as_str).collect();
        let shots = (0..12).flat_map(|number| source(number, seed, &[8000])).collect();
        let case = Case::new(shots, narration(seed, 30, &said));
        let plan = plan(&case.input(seed, 3)).unwrap();
        prop_assume!(plan.variants[0].segments.len() >= 8);
        for (a, b) in [(0, 1), (0, 2), (1, 2)] {
            let (a, b) = (&plan.variants[a].segments, &plan.variants[b].segments);
            let same = a.iter().zip(b).filter(|(a, b)| a.pick.shot == b.pick.shot && a.start == b.start).count();
            prop_assert!(same * 3 <= a.len(), "{same} of {} places show the same", a.len());
            let pairs = a.iter().flat_map(|a| b.iter().filter(|b| b.pick.shot == a.pick.shot).map(move |b| (a, b)));
            let close = |a: &PlanSegment, b: &PlanSegment| a.pick.in_ms.abs_diff(b.pick.in_ms) < 40;
            let (all, close) = pairs.fold((0, 0), |(n, c), (a, b)| (n + 1, c + usize::from(close(a, b))));
            prop_assert!(close * 4 <= all, "{close} of {all} shared shots start at the same point");
        }
    }
}

#[test]
fn footage_named_for_a_sentence_is_shown_over_it() {
    let said = [
        "Welcome to our little shop.",
        "The ovens are hot at five.",
        "Grădina este verde acum.",
        "Fresh bread for everyone.",
    ];
    let mut case = Case::new(footage(3, 12, 3), narration(3, 30, &said));
    case.shots[4].tags = vec!["wood oven".into()];
    case.shots[13].source_name = "gradina_mare 01.mp4".into();
    case.shots[22].tags = vec!["breads".into()];
    let plan = plan(&case.input(5, 1)).unwrap();
    for (sentence, shot, reason) in
        [(1, 4, "tag: wood oven"), (2, 13, "file name: gradina_mare 01"), (3, 22, "tag: breads")]
    {
        let found = plan.variants[0].segments.iter().find(|s| s.pick.shot == case.shots[shot].shot.id);
        let found = found.unwrap_or_else(|| panic!("shot {shot} is not shown: {:#?}", plan.variants[0].segments));
        assert_eq!((found.sentence, found.reason.as_str()), (sentence, reason));
    }
}

#[test]
fn a_shot_that_fits_the_words_wins_over_a_fresh_one_and_a_fresh_one_over_one_shown_before() {
    let said = ["Here we begin.", "The harbour is quiet tonight."];
    let mut case = Case::new((0..6).flat_map(|n| source(n, 1, &[4000])).collect(), narration(1, 30, &said));
    case.shots[2].tags = vec!["harbour".into()];
    case.used_before = BTreeMap::from([(case.shots[2].shot.id, 3), (case.shots[4].shot.id, 1)]);
    let plan = plan(&case.input(1, 1)).unwrap();
    let shown: Vec<_> = plan.variants[0].segments.iter().map(|s| s.pick.shot).collect();
    assert!(shown.contains(&case.shots[2].shot.id));
    assert!(!shown.contains(&case.shots[4].shot.id));
}

#[test]
fn a_shot_is_handed_over_to_the_only_place_it_alone_is_long_enough_for() {
    let mut said = narration(1, 30, &["Here we begin.", "The bread rises.", "Slowly it grows and grows until noon."]);
    let start = said.sentences[2].start_sample;
    for (word, number) in said.words.iter_mut().filter(|w| w.sentence == 2).zip(0..) {
        word.start_ms = u32::try_from(start / 48).unwrap() + number * 480;
        word.end_ms = word.start_ms + 450;
    }
    said.sentences[2].end_sample = start + 105 * 1600;
    said.samples = said.sentences[2].end_sample;
    let mut shots: Vec<PlanShot> =
        [2500, 4000, 2500].iter().zip(0..).flat_map(|(ms, n)| source(n, 1, &[*ms])).collect();
    for (shot, strength) in shots.iter_mut().zip([0.9, 0.8, 0.1]) {
        (shot.shot.motion, shot.shot.sharpness, shot.shot.contrast) = (strength, strength, strength);
    }
    shots[1].tags = vec!["bread".into()];
    shots[2].tags = vec!["bread".into()];
    let case = Case::new(shots, said);
    let plan = plan(&case.input(1, 1)).unwrap();
    let shown: Vec<_> = plan.variants[0].segments.iter().map(|s| s.pick.shot).collect();
    // Were it not, the last sentence would be cut in two for the short shots.
    assert_eq!(shown, [0, 2, 1].map(|n: usize| case.shots[n].shot.id));
}

#[test]
fn low_supply_is_said_in_words() {
    let said = ["One two three four five."; 8];
    let case = Case::new((0..3).flat_map(|n| source(n, 1, &[4000])).collect(), narration(1, 30, &said));
    let plan = plan(&case.input(1, 1)).unwrap();
    assert_eq!(plan.variants[0].segments.len(), 8);
    let note = &plan.notes[0];
    assert!(note.starts_with("Only 3 shots for 8 places: each is shown up to 3 times. Add about 5 shots ("), "{note}");
    let again = plan.variants[0].segments.iter().filter(|s| s.reason == "shown again: no unused shot left").count();
    assert_eq!(again, 5);
}

#[test]
fn shots_of_other_scripts_of_the_batch_come_last() {
    let said = sentences(9, 5);
    let said: Vec<&str> = said.iter().map(String::as_str).collect();
    let mut case = Case::new(footage(9, 20, 4), narration(9, 30, &said));
    case.used_in_batch = case.shots.iter().step_by(2).map(|s| (s.shot.id, 1)).collect();
    let plan = plan(&case.input(9, 1)).unwrap();
    assert!(plan.variants[0].segments.iter().all(|s| !case.used_in_batch.contains_key(&s.pick.shot)));
}

#[test]
fn new_footage_takes_the_place_of_repeats() {
    let said = ["One two three four five."; 8];
    let mut case = Case::new((0..4).flat_map(|n| source(n, 1, &[4000])).collect(), narration(1, 30, &said));
    let before = plan(&case.input(1, 1)).unwrap();
    case.previous = stored(&before, &case);
    case.shots.extend((10..20).flat_map(|n| source(n, 1, &[4000])));
    let after = plan(&case.input(1, 1)).unwrap();
    assert!(uses(&after).values().all(|n| *n == 1));
    assert!(after.notes.is_empty());
    let kept = after.variants[0].segments.iter().filter(|s| s.reason.starts_with("kept from before")).count();
    assert_eq!(kept, 4);
}

#[test]
fn a_pin_longer_ago_than_its_shot_or_sentence_is_reported() {
    let said = ["One two three four five.", "Six seven eight."];
    let case = Case::new(footage(2, 6, 3), narration(2, 30, &said));
    let gone = ShotId::from_bytes([9; 16]);
    let pins = [
        Pin { variant: 0, sentence: said[0].into(), occurrence: 0, part: 0, shot: gone, in_ms: None },
        Pin {
            variant: 0,
            sentence: "Long gone.".into(),
            occurrence: 0,
            part: 0,
            shot: case.shots[0].shot.id,
            in_ms: None,
        },
    ];
    let plan = plan(&PlanInput { pins: &pins, ..case.input(2, 1) }).unwrap();
    let notes = plan.variants[0].notes.join("\n");
    assert!(notes.contains("is no longer among the footage") && notes.contains("no longer in the script"), "{notes}");
}

#[test]
fn a_pinned_shot_that_is_short_gets_a_short_place() {
    let said = ["One two three four five six seven eight nine ten eleven twelve."];
    let mut shots = source(1, 1, &[1200]);
    shots.extend((2..10).flat_map(|n| source(n, 1, &[4000])));
    let case = Case::new(shots, narration(2, 30, &said));
    let pin =
        Pin { variant: 0, sentence: said[0].into(), occurrence: 0, part: 1, shot: case.shots[0].shot.id, in_ms: None };
    let plan = plan(&PlanInput { pins: &[pin], ..case.input(2, 1) }).unwrap();
    let place = &plan.variants[0].segments[1];
    assert!(place.pinned && place.pick.shot == case.shots[0].shot.id && place.frames <= 36, "{place:?}");
}

#[test]
fn a_word_longer_than_any_shot_is_an_error_and_a_pause_is_cut_with_a_note() {
    let case = Case::new(source(1, 1, &[2000, 2000]), narration(1, 30, &["Well then."]));
    let stretch = |words: bool| {
        let mut narration = case.narration.clone();
        let (last, end) = (narration.words.len() - 1, narration.samples + 5 * 48_000);
        narration.sentences[0].end_sample = end;
        narration.samples = end;
        if words {
            narration.words[last].end_ms += 4000;
        }
        narration
    };
    let long_word = Case::new(case.shots.clone(), stretch(true));
    assert!(
        matches!(plan(&long_word.input(1, 1)), Err(PlanError::WordTooLong { word, longest_ms: 2000, .. }) if word == "then.")
    );
    let long_pause = Case::new(case.shots.clone(), stretch(false));
    let plan = plan(&long_pause.input(1, 1)).unwrap();
    assert!(plan.notes.iter().any(|n| n.contains("pause")), "{:?}", plan.notes);
    assert_eq!(
        plan.variants[0].segments.iter().map(|s| u64::from(s.frames)).sum::<u64>(),
        long_pause.narration.samples / 1600
    );
}

#[test]
fn nothing_to_show_and_nothing_said_are_errors() {
    let none = Case::new(Vec::new(), narration(1, 30, &["Well then."]));
    assert_eq!(plan(&none.input(1, 1)), Err(PlanError::NoFootage));
    let mut silent = Case::new(source(1, 1, &[2000]), narration(1, 30, &["Well then."]));
    silent.narration.sentences.clear();
    silent.narration.samples = 0;
    assert_eq!(plan(&silent.input(1, 1)), Err(PlanError::NothingSpoken));
    let odd = Case::new(source(1, 1, &[2000]), narration(1, 30, &["Well then."]));
    assert_eq!(plan(&PlanInput { fps: 29, ..odd.input(1, 1) }), Err(PlanError::BadFrameRate(29)));
}

#[test]
fn a_pin_starts_where_it_was_trimmed_to_and_never_outside_its_shot() {
    let case = case(5, 8, 4, 2);
    let first = plan(&case.input(5, 1)).unwrap();
    let place = &first.variants[0].segments[0];
    let longest = case.shots.iter().max_by_key(|s| s.shot.end_ms - s.shot.start_ms).unwrap();
    let pinned = |in_ms: Option<u64>| {
        let pins = [Pin {
            variant: 0,
            sentence: case.narration.sentences[place.sentence].text.clone(),
            occurrence: 0,
            part: place.part,
            shot: longest.shot.id,
            in_ms,
        }];
        let plan = plan(&PlanInput { pins: &pins, ..case.input(5, 1) }).unwrap();
        let segment = plan.variants[0].segments.iter().find(|s| s.pinned).unwrap().clone();
        (segment.pick.in_ms, u64::from(segment.frames) * 1000 / 30)
    };
    let start = longest.shot.start_ms;
    assert_eq!(pinned(Some(start + 17)).0, start + 17);
    assert_eq!(pinned(Some(0)).0, start);
    let (late, length) = pinned(Some(u64::MAX));
    assert!(late > start + 17 && late + length <= longest.shot.end_ms, "{late} {length}");
}
