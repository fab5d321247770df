//! Every fault of every provider at every place of the chain: what is accepted is the text, spoken, and nothing else.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use acceptance::aligner;
use acceptance::fakes::sound::{Kind, Sounds};
use acceptance::fakes::{edge, elevenlabs};
use acceptance::soak_or;
use acceptance::studio::{Studio, hasty};
use edit_factory_core::speech::chain::Engine::{self, Edge, Elevenlabs, Flite};
use edit_factory_core::speech::check::{Strictness, judge};
use edit_factory_core::speech::heard::Heard;

/// A row of the matrix: what each fake does from which sentence on, and who is asked in which order.
#[derive(Debug, Clone, Copy)]
struct Case {
    elevenlabs: elevenlabs::Fault,
    edge: edge::Fault,
    from: usize,
    first: Engine,
}

fn all() -> Vec<Case> {
    let mut cases = Vec::new();
    for from in [1, 2] {
        for first in [Elevenlabs, Edge] {
            for elevenlabs in elevenlabs::Fault::BAD.into_iter().chain([elevenlabs::Fault::None]) {
                for edge in edge::Fault::BAD.into_iter().chain([edge::Fault::None]) {
                    cases.push(Case { elevenlabs, edge, from, first });
                }
            }
        }
    }
    cases
}

/// The same few in every run of CI: each fault of each provider at least once.
fn few() -> Vec<Case> {
    let eleven = elevenlabs::Fault::BAD.into_iter().enumerate().map(|(i, fault)| Case {
        elevenlabs: fault,
        edge: if i % 2 == 0 { edge::Fault::None } else { edge::Fault::BAD[(i / 2) % edge::Fault::BAD.len()] },
        from: 1 + i % 2,
        first: Elevenlabs,
    });
    let edges = edge::Fault::BAD.into_iter().enumerate().map(|(i, fault)| Case {
        elevenlabs: elevenlabs::Fault::None,
        edge: fault,
        from: 1 + i % 2,
        first: Edge,
    });
    eleven.chain(edges).collect()
}

const TEXTS: [&str; 2] = ["We bake bread every morning at five.", "People came from all over the country."];

/// What was accepted, by its hash: the same sound is listened to once.
#[derive(Debug, Default)]
struct Accepted {
    files: usize,
    different: HashSet<blake3::Hash>,
}

impl Accepted {
    /// Somebody who knows nothing of our checks hears the text in it.
    fn hear(&mut self, case: Case, file: &Path) {
        self.files += 1;
        if self.different.insert(blake3::hash(&std::fs::read(file).unwrap()))
            && let Some(words) = aligner::recognised(file)
        {
            let share = aligner::share_heard(&TEXTS.join(" "), &words);
            assert!(share >= HEARD, "{case:?}: {words:?}");
        }
    }
}

/// The share of the words that a recogniser hears of these texts: all but a few of what is spoken, none of what is not.
const HEARD: f64 = 0.8;

async fn run(sounds: &Arc<Sounds>, case: Case, accepted: &mut Accepted) {
    let second = if case.first == Edge { Elevenlabs } else { Edge };
    let mut studio = Studio::new(sounds, &[case.first, second, Flite]).await;
    if case.elevenlabs == elevenlabs::Fault::Hang || case.edge == edge::Fault::Hang {
        studio.patience = hasty();
    }
    studio.elevenlabs.fail_from(case.from, case.elevenlabs);
    studio.edge.fail_from(case.from, case.edge);
    let (voiceover, steps) = studio.speak(&TEXTS).await.unwrap_or_else(|e| panic!("{case:?}: {e}"));
    let narration = &voiceover.narration;
    // Who spoke is the first that is well, and everybody before is told of.
    let well = |engine: Engine| match engine {
        Elevenlabs => case.elevenlabs == elevenlabs::Fault::None,
        Edge => case.edge == edge::Fault::None,
        _ => true,
    };
    let order = [case.first, second, Flite];
    let place = order.iter().position(|engine| engine.name() == narration.used.provider).unwrap();
    // A slow machine may lose patience with a fake that is well, but never accept one that is not.
    assert!(well(order[place]), "{case:?}: {} was accepted: {steps:?}", narration.used);
    assert_eq!(narration.steps.len(), place, "{case:?}: {steps:?}");
    assert_eq!(narration.asked.provider, order[0].name());
    accepted.hear(case, &studio.profile.folder().existing(&voiceover.file.path).unwrap());
    // The file is the text, sentence by sentence.
    let samples = studio.samples(&voiceover);
    for sentence in &narration.sentences {
        let (from, to) = (sentence.start_sample as usize, sentence.end_sample as usize);
        let judged = judge(&Heard::of(&samples[from..to]), &sentence.text, "en", Strictness::Engine);
        assert!(judged.is_ok(), "{case:?}: {judged:?}");
    }
    assert_eq!(narration.words.len(), TEXTS.iter().map(|t| t.split(' ').count()).sum::<usize>());
    // Nothing is left open in the books, and nothing was asked twice for money.
    let ledger = studio.ledger();
    assert!(!ledger.contains_key("reserved") && !ledger.contains_key("sent"), "{case:?}: {ledger:?}");
    let free = [elevenlabs::Fault::Storm, elevenlabs::Fault::Concurrent, elevenlabs::Fault::Busy];
    if !free.contains(&case.elevenlabs) {
        assert!(studio.elevenlabs.spoken() <= TEXTS.len(), "{case:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_fails_wherever_the_accepted_file_is_the_text_spoken() {
    let sounds = Arc::new(Sounds::default());
    let cases = if soak_or(0, 1) == 0 { few() } else { all() };
    let (mut accepted, count) = (Accepted::default(), cases.len());
    for case in cases {
        run(&sounds, case, &mut accepted).await;
    }
    assert_eq!(accepted.files, count);
    println!(
        "soak: fault matrix: {count} cases, 0 wrong files accepted; the {} different files that were accepted are the text \
         to an independent recogniser",
        accepted.different.len()
    );
}

#[test]
fn the_independent_recogniser_hears_the_text_where_it_is_and_nowhere_else() {
    let (sounds, folder) = (Sounds::default(), tempfile::tempdir().unwrap());
    let share = |kind: Kind| {
        let file = folder.path().join("sound.mp3");
        std::fs::write(&file, sounds.mp3(TEXTS[0], kind, 44_100)).unwrap();
        aligner::recognised(&file).map(|words| aligner::share_heard(TEXTS[0], &words))
    };
    let Some(good) = share(Kind::Speech) else { return };
    assert!(good >= HEARD, "{good}");
    for wrong in [Kind::Third, Kind::Silence, Kind::Noise, Kind::Other] {
        let heard = share(wrong).unwrap();
        assert!(heard < HEARD, "{wrong:?}: {heard}");
    }
}
