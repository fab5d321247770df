//! Pins stay where they were put.

use proptest::prelude::*;

use super::tests::{case, stored};
use super::*;

/// Pins a shot in the second video of a plan and plans again.
fn a_pin_is_kept(seed: u64, said: u64, sentence: usize, shot: usize) -> Result<(), TestCaseError> {
    let case = case(seed, 10, 4, said);
    let first = plan(&case.input(seed, 2)).unwrap();
    let place = &first.variants[1].segments[sentence % first.variants[1].segments.len()];
    // A script may say the same twice: the pin says which of them it means.
    let sentence = case.narration.sentences[place.sentence].text.clone();
    let same = case.narration.sentences[..place.sentence].iter().filter(|s| s.text == sentence).count();
    let pin = Pin {
        variant: 1,
        sentence,
        occurrence: u32::try_from(same).unwrap(),
        part: place.part,
        shot: case.shots[shot].shot.id,
        in_ms: None,
    };
    let pins = [pin];
    let previous = stored(&first, &case);
    let input = PlanInput { pins: &pins, previous: &previous, ..case.input(seed, 2) };
    let second = plan(&input).unwrap();
    let pinned: Vec<_> = second.variants[1].segments.iter().filter(|s| s.pinned).collect();
    if pinned.is_empty() {
        prop_assert!(second.variants[1].notes.iter().any(|n| n.contains("does not fit")), "{:?}", second.variants[1]);
    } else {
        prop_assert_eq!(pinned[0].pick.shot, case.shots[shot].shot.id);
        prop_assert_eq!((pinned[0].sentence, pinned[0].part), (place.sentence, place.part));
        prop_assert_eq!(&pinned[0].reason, "pinned");
    }
    let elsewhere = second.variants[0].segments.iter().zip(&first.variants[0].segments);
    prop_assert!(elsewhere.clone().all(|(a, b)| a.pick.shot == b.pick.shot));
    Ok(())
}

#[test]
fn a_pin_on_the_second_of_two_equal_sentences_stays_there() {
    a_pin_is_kept(206_428_584_204, 4, 4, 0).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn pins_are_kept_whatever_else_is_planned(
        seed in 0_u64..1 << 40, said in 2_u64..8, sentence in 0_usize..8, shot in 0_usize..40,
    ) {
        a_pin_is_kept(seed, said, sentence, shot)?;
    }
}
