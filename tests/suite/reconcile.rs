//! What became of calls whose answer never came: looked up in the provider's history to its end, each entry once, and held
//! as long as nobody knows.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use acceptance::fakes::elevenlabs::{self, Fault};
use acceptance::fakes::sound::Sounds;
use acceptance::studio::{self, Studio, hasty};
use edit_factory_core::api::{Caller, CostReconcile};
use edit_factory_core::budget::BudgetError;
use edit_factory_core::home::Home;
use edit_factory_core::profile::Profile;
use edit_factory_core::speech::Patience;
use edit_factory_core::speech::chain::Engine::{Elevenlabs, Flite};
use edit_factory_core::speech::words::VoiceId;

const TEXT: &str = "We bake bread every morning at five.";

fn letters() -> u64 {
    TEXT.chars().count() as u64
}

/// A profile with one call that nobody saw the end of.
async fn lost(fault: Fault) -> Studio {
    let mut studio = Studio::new(&Arc::new(Sounds::default()), &[Elevenlabs, Flite]).await;
    studio.patience = hasty();
    lose(&studio, fault, None).await;
    studio
}

async fn lose(studio: &Studio, fault: Fault, voice: Option<VoiceId>) {
    let before = studio.ledger().get("unknown").map_or(0, |(count, _)| *count);
    studio.elevenlabs.fail(fault);
    studio.elevenlabs.history(|history| history.answers = 0);
    let (voiceover, steps) = studio.speak_with(&[TEXT], voice).await.unwrap();
    assert_eq!(voiceover.narration.used.provider, "flite", "{steps:?}");
    assert_eq!(studio.ledger()["unknown"].0, before + 1);
    studio.elevenlabs.history(|history| history.answers = usize::MAX);
}

/// Makes every call of the profile older than an answer may be late.
fn age(profile: &Profile) {
    profile
        .write::<_, BudgetError>(|tx| {
            tx.execute("UPDATE ledger SET sent_at = sent_at - 700000, created_at = created_at - 700000", [])?;
            Ok(())
        })
        .unwrap();
}

/// Looks them up; gives how many are still not known.
async fn reconcile(home: &Home, profile: &Profile) -> usize {
    let caller = Caller::new(home.clone()).with(profile.clone());
    caller.ask(CostReconcile {}).await.unwrap().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_on_the_third_page_of_the_history_is_found_and_settled() {
    let studio = lost(Fault::HangCharged).await;
    let before = studio.elevenlabs.asked.with("GET /v1/history").len();
    studio.elevenlabs.history(|history| {
        history.page = 10;
        history.others(25);
    });
    assert_eq!(reconcile(&studio.home, &studio.profile).await, 0);
    assert_eq!(studio.ledger(), [("settled".to_owned(), (1, letters()))].into());
    assert_eq!(studio.elevenlabs.asked.with("GET /v1/history").len(), before + 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_is_on_no_page_is_let_go_once_it_would_be_there() {
    let studio = lost(Fault::Hang).await;
    studio.elevenlabs.history(|history| {
        history.page = 10;
        history.others(25);
    });
    assert_eq!(reconcile(&studio.home, &studio.profile).await, 1, "it may come yet");
    age(&studio.profile);
    assert_eq!(reconcile(&studio.home, &studio.profile).await, 0);
    assert!(studio.ledger().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_history_that_cannot_be_read_to_its_end_proves_nothing() {
    let studio = lost(Fault::HangCharged).await;
    age(&studio.profile);
    for answers in [0, 1, 2] {
        studio.elevenlabs.history(|history| {
            history.page = 10;
            history.others(25);
            history.answers = answers;
        });
        assert_eq!(reconcile(&studio.home, &studio.profile).await, 1);
        assert_eq!(studio.ledger(), [("unknown".to_owned(), (1, letters()))].into());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_lost_calls_of_one_text_are_not_both_paid_by_one_entry() {
    let studio = lost(Fault::HangCharged).await;
    lose(&studio, Fault::Hang, None).await;
    assert_eq!(reconcile(&studio.home, &studio.profile).await, 1, "one is paid, the other may come yet");
    let ledger = studio.ledger();
    assert_eq!((ledger["settled"], ledger["unknown"]), ((1, letters()), (1, letters())));
    age(&studio.profile);
    assert_eq!(reconcile(&studio.home, &studio.profile).await, 0);
    assert_eq!(studio.ledger(), [("settled".to_owned(), (1, letters()))].into());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_entry_of_a_call_that_was_answered_is_no_other_calls() {
    let mut studio = Studio::new(&Arc::new(Sounds::default()), &[Elevenlabs, Flite]).await;
    studio.speak(&[TEXT]).await.unwrap();
    studio.patience = hasty();
    // The same text once more, with another voice.
    let other = VoiceId { provider: "elevenlabs".into(), voice: "of-somebody-else".into() };
    lose(&studio, Fault::Hang, Some(other)).await;
    age(&studio.profile);
    assert_eq!(reconcile(&studio.home, &studio.profile).await, 0);
    assert_eq!(studio.ledger(), [("settled".to_owned(), (1, letters()))].into());
}

/// Set in the process that is killed: the home and where to ask.
const KILLED: [&str; 2] = ["EDIT_FACTORY_TEST_KILLED_HOME", "EDIT_FACTORY_TEST_KILLED_URL"];

async fn speak_until_killed(folder: &Path, url: &str) {
    let home = Home::open(studio::host(&folder.join("home"), &[("elevenlabs", url)])).unwrap();
    let profile = home.current().unwrap();
    studio::set_key(&profile, elevenlabs::KEY);
    studio::ask(&profile, &[Elevenlabs]);
    studio::speak(&profile, folder, &[TEXT], None, Patience::default()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_a_killed_program_had_sent_is_found_after_the_restart() {
    if let [Some(folder), Some(url)] = KILLED.map(std::env::var_os) {
        return speak_until_killed(Path::new(&folder), url.to_str().unwrap()).await;
    }
    let fake = elevenlabs::ElevenLabs::start(&Arc::new(Sounds::default())).await;
    fake.fail(Fault::HangCharged);
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "reconcile::a_call_that_a_killed_program_had_sent_is_found_after_the_restart"])
        .env(KILLED[0], folder.path())
        .env(KILLED[1], &fake.url)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    fake.asked.until("POST /v1/text-to-speech/", 1).await;
    child.kill().unwrap();
    child.wait().unwrap();
    while fake.history(|history| history.is_empty()) {
        tokio::task::yield_now().await;
    }
    let home = Home::open(studio::host(&folder.path().join("home"), &[("elevenlabs", &fake.url)])).unwrap();
    let profile = home.current().unwrap();
    studio::set_key(&profile, elevenlabs::KEY);
    let held = || {
        let line = edit_factory_core::budget::quota_state(&profile).unwrap().providers.remove(0);
        (line.used_characters, line.reserved_characters)
    };
    assert_eq!(held(), (0, letters()));
    assert_eq!(reconcile(&home, &profile).await, 0);
    assert_eq!(held(), (letters(), 0));
    assert_eq!(fake.charged(elevenlabs::KEY), letters());
}
