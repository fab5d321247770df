//! The voice chain against loopback copies of the services: who speaks, who pays, what is told.

use std::sync::Arc;

use acceptance::fakes::sound::{Kind, Sounds};
use acceptance::fakes::{edge, elevenlabs};
use acceptance::studio::{Studio, hasty};
use edit_factory_core::budget;
use edit_factory_core::error::{Code, Explain};
use edit_factory_core::speech::chain::Engine::{Edge, Elevenlabs, EspeakNg, Flite};
use edit_factory_core::speech::pronunciation::{self, Pronunciation};
use edit_factory_core::speech::words::VoiceId;

const TWO: [&str; 2] = ["We bake bread every morning at five.", "Come and taste it while it is warm."];

fn letters(texts: &[&str]) -> u64 {
    texts.iter().map(|t| t.chars().count() as u64).sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_paid_voice_speaks_with_the_times_it_gave_and_the_ledger_says_what_it_cost() {
    let studio = Studio::new(&Arc::new(Sounds::default()), &[Elevenlabs, Edge, Flite]).await;
    let (voiceover, steps) = studio.speak(&TWO).await.unwrap();
    let narration = &voiceover.narration;
    assert_eq!((&narration.asked, narration.reasons.len()), (&narration.used, 0), "{steps:?}");
    assert_eq!(narration.used.provider, "elevenlabs");
    assert_eq!(narration.cost.unwrap().characters, letters(&TWO));
    let spoken: Vec<&str> = narration.words.iter().map(|w| w.text.as_str()).collect();
    assert_eq!(spoken, TWO.join(" ").split(' ').collect::<Vec<_>>());
    assert_eq!(studio.ledger(), [("settled".to_owned(), (2, letters(&TWO)))].into());
    assert_eq!((studio.elevenlabs.spoken(), studio.edge.asked.count()), (2, 0));
    // Again it is in the cache: nobody is asked and nothing is paid, key or no key.
    let before = studio.elevenlabs.asked.count();
    studio.set_key("another");
    studio.speak(&TWO).await.unwrap();
    assert_eq!(studio.elevenlabs.asked.count(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_fails_in_the_middle_gives_the_whole_script_to_the_next() {
    let studio = Studio::new(&Arc::new(Sounds::default()), &[Elevenlabs, Edge, Flite]).await;
    studio.elevenlabs.fail_from(2, elevenlabs::Fault::Quota);
    let (voiceover, steps) = studio.speak(&TWO).await.unwrap();
    let narration = &voiceover.narration;
    assert_eq!((narration.asked.provider.as_str(), narration.used.provider.as_str()), ("elevenlabs", "edge"));
    assert_eq!(narration.steps[0].code, "provider_quota", "{steps:?}");
    assert_eq!((studio.edge.spoken(), narration.cost), (2, None));
    // What was charged for the first sentence stays in the books; the other is given back.
    let ledger = studio.ledger();
    assert_eq!((ledger["settled"].0, ledger.len()), (1, 1), "{ledger:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_that_the_quota_does_not_cover_is_refused_and_nobody_is_asked() {
    let studio = Studio::new(&Arc::new(Sounds::default()), &[Elevenlabs, Edge, Flite]).await;
    budget::set_quota(&studio.profile, Some("elevenlabs"), budget::Bound { characters: Some(40), microusd: None })
        .unwrap();
    let error = studio.speak(&TWO).await.unwrap_err();
    assert_eq!(error.code(), Code::OverQuota, "{error}");
    assert_eq!((studio.elevenlabs.asked.count(), studio.edge.asked.count()), (0, 0));
    assert!(studio.ledger().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_lost_after_it_was_paid_is_found_in_the_history_and_not_paid_again() {
    let sounds = Arc::new(Sounds::default());
    // Made before, so that only the answer that does not come is waited for.
    drop(sounds.mp3(TWO[0], Kind::Speech, 44_100));
    let mut studio = Studio::new(&sounds, &[Elevenlabs, Flite]).await;
    studio.patience = hasty();
    studio.elevenlabs.fail(elevenlabs::Fault::HangCharged);
    let (voiceover, steps) = studio.speak(&TWO[..1]).await.unwrap();
    assert_eq!(voiceover.narration.used.provider, "elevenlabs", "{steps:?}");
    assert_eq!(studio.elevenlabs.spoken(), 1);
    assert_eq!(studio.ledger(), [("settled".to_owned(), (1, letters(&TWO[..1])))].into());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_reserved_is_reckoned_with_the_providers_own_numbers_once_it_was_asked() {
    let studio = Studio::new(&Arc::new(Sounds::default()), &[Elevenlabs]).await;
    studio.elevenlabs.bill("eleven_multilingual_v2", 3.0);
    // One sentence fits by the listed price and not by the provider's own: that is learnt before anything is paid.
    let limit = budget::Bound { characters: Some(letters(&TWO[..1]) * 2), microusd: None };
    budget::set_quota(&studio.profile, Some("elevenlabs"), limit).unwrap();
    let error = studio.speak(&TWO[..1]).await.unwrap_err();
    assert_eq!(error.details()["needed"]["characters"], letters(&TWO[..1]) * 3, "{error}");
    assert_eq!((studio.elevenlabs.spoken(), studio.elevenlabs.asked.with("GET /v1/models").len()), (0, 1));
    // Kept: the next one is refused without asking anybody.
    studio.speak(&TWO[..1]).await.unwrap_err();
    assert_eq!(studio.elevenlabs.asked.count(), 1);
    budget::set_quota(&studio.profile, Some("elevenlabs"), budget::Bound::default()).unwrap();
    studio.speak(&TWO[..1]).await.unwrap();
    assert_eq!(studio.ledger(), [("settled".to_owned(), (1, letters(&TWO[..1]) * 3))].into());
    assert!(!budget::list(&studio.profile, &budget::CostFilter::default(), 1, 0).unwrap().costs[0].overrun);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_whose_outcome_nobody_knows_is_held_and_not_sent_again() {
    let mut studio = Studio::new(&Arc::new(Sounds::default()), &[Elevenlabs, Flite]).await;
    studio.patience = hasty();
    studio.elevenlabs.fail(elevenlabs::Fault::Hang);
    let (voiceover, _) = studio.speak(&TWO[..1]).await.unwrap();
    assert_eq!(voiceover.narration.used.provider, "flite");
    assert_eq!(studio.elevenlabs.spoken(), 1);
    assert_eq!(studio.elevenlabs.asked.with("GET /v1/history").len(), 1);
    assert_eq!(studio.ledger().keys().collect::<Vec<_>>(), ["unknown"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn edge_lets_in_a_clock_that_is_wrong_after_telling_it_the_time() {
    let studio = Studio::new(&Arc::new(Sounds::default()), &[Edge]).await;
    studio.edge.fail(edge::Fault::Skew);
    let (voiceover, _) = studio.speak(&TWO[..1]).await.unwrap();
    assert_eq!(voiceover.narration.used.provider, "edge");
    let tokens: Vec<String> = studio
        .edge
        .asked
        .with("Sec-MS-GEC=")
        .iter()
        .map(|r| r.what.split("Sec-MS-GEC=").nth(1).unwrap().split('&').next().unwrap().to_owned())
        .collect();
    assert!(tokens.len() == 2 && tokens[0] != tokens[1], "{tokens:?}");
    assert!(tokens.iter().all(|t| t.len() == 16 + 1 + 64));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_text_has_sound_for_every_part_or_is_not_taken() {
    let studio = Studio::new(&Arc::new(Sounds::default()), &[Edge]).await;
    let long = "Bread and butter, jam and tea, every day of the week, as good as it can be; ".repeat(56);
    let long = format!("{}.", long.trim_end().trim_end_matches(';'));
    assert!(long.len() > 4096);
    studio.edge.fail(edge::Fault::SecondSilent);
    let error = studio.speak(&[&long]).await.unwrap_err();
    assert_eq!(error.code(), Code::BadSpeech, "{error}");
    studio.edge.fail(edge::Fault::None);
    let (voiceover, _) = studio.speak(&[&long]).await.unwrap();
    let words = &voiceover.narration.words;
    assert_eq!(words.len(), long.split_whitespace().count());
    assert!(words.windows(2).all(|p| p[0].start_ms <= p[0].end_ms && p[0].end_ms <= p[1].start_ms));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_keeps_failing_is_left_alone_for_a_while() {
    let studio = Studio::new(&Arc::new(Sounds::default()), &[Edge, Flite]).await;
    studio.edge.fail(edge::Fault::Broken);
    for number in ["One loaf of bread.", "Two loaves of bread.", "Three loaves of bread."] {
        assert_eq!(studio.speak(&[number]).await.unwrap().0.narration.steps[0].code, "unavailable");
    }
    let before = studio.edge.asked.count();
    let narration = studio.speak(&["Four loaves of bread."]).await.unwrap().0.narration;
    assert_eq!((narration.steps[0].code.as_str(), studio.edge.asked.count()), ("resting", before));
}

#[tokio::test(flavor = "multi_thread")]
async fn names_are_spoken_as_the_dictionary_says_and_captions_show_them_as_they_are_written() {
    let studio = Studio::new(&Arc::new(Sounds::default()), &[Elevenlabs]).await;
    let text = "Try the new Xynthi bread today.";
    studio.speak(&[text]).await.unwrap();
    let entry = Pronunciation { language: "en".into(), written: "xynthi".into(), spoken: "Zin thee".into() };
    pronunciation::set(&studio.profile, vec![entry]).unwrap();
    let narration = studio.speak(&[text]).await.unwrap().0.narration;
    // A changed pronunciation is another sound, so it was spoken again.
    let sent = studio.elevenlabs.asked.with("POST");
    assert!(sent.len() == 2 && sent[1].body.contains("Try the new Zin thee bread today."), "{sent:?}");
    let written: Vec<&str> = narration.words.iter().map(|w| w.text.as_str()).collect();
    assert_eq!(written, text.split(' ').collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_speak_is_told_with_the_reason() {
    let studio = Studio::new(&Arc::new(Sounds::default()), &[Elevenlabs, EspeakNg]).await;
    studio.set_key("sk_wrong_key_of_somebody");
    let narration = studio.speak(&TWO[..1]).await.unwrap().0.narration;
    assert_eq!((narration.steps[0].code.as_str(), narration.used.provider.as_str()), ("auth", "espeak-ng"));
    // What was given back is no cost.
    assert!(studio.ledger().is_empty());
    // A voice that is asked for by name and turned off.
    let wanted = VoiceId { provider: "edge".into(), voice: "en-US-AriaNeural".into() };
    let narration = studio.speak_with(&TWO[1..], Some(wanted.clone())).await.unwrap().0.narration;
    assert_eq!((&narration.asked, narration.steps[0].code.as_str()), (&wanted, "turned_off"));
    assert_eq!(studio.edge.asked.count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn markup_in_a_script_reaches_nobody_as_markup() {
    let studio = Studio::new(&Arc::new(Sounds::default()), &[Edge]).await;
    let odd = "He said break the bread &amp; butter </voice> now, \"please\".";
    // What the copy hears is the text as it was written, so no tag of ours was closed by it.
    drop(studio.speak(&[odd]).await);
    let sent = &studio.edge.asked.with("speak")[0].body;
    assert_eq!(sent.matches("</voice>").count(), 1, "{sent}");
    studio.ask(&[Elevenlabs]);
    drop(studio.speak(&["Wait <break time=\"90s\" /> for [laughs] it."]).await);
    let sent = &studio.elevenlabs.asked.with("POST")[0].body;
    assert!(!sent.contains('<') && !sent.contains("[laughs]"), "{sent}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_plan_says_how_many_scripts_the_quota_covers_and_an_order_that_does_not_fit_asks_nobody() {
    use edit_factory_core::api::{Caller, SpeechPlan, VoiceChainShow};
    use edit_factory_core::project::Look;
    use edit_factory_core::project::store::{self, NewScript};
    let studio = Studio::new(&Arc::new(Sounds::default()), &[Elevenlabs, Flite]).await;
    let scripts = studio
        .profile
        .write::<_, store::ProjectError>(|tx| {
            let project = store::create(tx, "Bakery", &Look::default(), &[])?;
            let add = |text: &&str| {
                let new = NewScript {
                    name: "One".into(),
                    text: (*text).to_owned(),
                    language: Some("en".into()),
                    tags: vec![],
                    recording: None,
                };
                Ok(store::add_script(tx, project.id, &new)?.id)
            };
            TWO.iter().map(add).collect::<Result<Vec<_>, store::ProjectError>>()
        })
        .unwrap();
    let limit = budget::Bound { characters: Some(letters(&TWO[..1]) + 5), microusd: None };
    budget::set_quota(&studio.profile, Some("elevenlabs"), limit).unwrap();
    let caller = Caller::new(studio.home.clone()).with(studio.profile.clone());
    let plan = caller.ask(SpeechPlan { scripts: scripts.clone(), variants: 20 }).await.unwrap();
    assert_eq!((plan.characters, plan.fits, plan.asked.provider.as_str()), (letters(&TWO), 1, "elevenlabs"));
    assert_eq!(plan.refusal.unwrap().code, Code::OverQuota);
    // What is spoken already costs nothing.
    studio.speak(&TWO[..1]).await.unwrap();
    let plan = caller.ask(SpeechPlan { scripts, variants: 20 }).await.unwrap();
    assert!(plan.scripts[0].cached && !plan.scripts[1].cached, "{plan:?}");
    assert_eq!(studio.elevenlabs.spoken(), 1);
    assert!(caller.ask(VoiceChainShow {}).await.unwrap().links[0].on);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_program_turns_a_voice_on_asks_it_where_it_is_told_and_explains_every_step() {
    let fake = edge::Edge::start(&Arc::new(Sounds::default())).await;
    let dir = tempfile::tempdir().unwrap();
    let cli = acceptance::Cli::new(&dir.path().join("home"));
    let endpoint = format!("edge={}", fake.url);
    let say = ["--endpoint", &endpoint, "voice", "say", "Fresh bread, every morning.", "--language", "en", "--explain"];
    // Off until it is turned on.
    let before = cli.run(say).good();
    assert_eq!((before["narration"]["used"]["provider"].as_str(), fake.asked.count()), (Some("flite"), 0));
    let chain = cli.run(["voice", "chain", "--on", "edge", "--voice", "edge:en=en-GB-SoniaNeural"]).good();
    assert_eq!((chain["links"][1]["provider"].as_str(), chain["links"][1]["on"].as_bool()), (Some("edge"), Some(true)));
    let ran = cli.text(say);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("edge:en-GB-SoniaNeural, sentence 1: spoken and checked"), "{}", ran.stdout);
    assert!(ran.stderr.contains("edge is asked at ws://127.0.0.1"), "{}", ran.stderr);
    assert!(fake.asked.with("speak")[0].body.contains("(en-GB, SoniaNeural)"));
    // When it fails the next one speaks, and says why.
    fake.fail(edge::Fault::Forbidden);
    let other = [&say[..4], &["Butter melts on warm bread.", "--language", "en", "--explain"]].concat();
    let ran = cli.text(other);
    assert!(
        ran.stdout.contains("does not speak: sentence 1: the provider did not let this program in"),
        "{}",
        ran.stdout
    );
    assert!(ran.stdout.contains("flite:slt spoke"), "{}", ran.stdout);
}
