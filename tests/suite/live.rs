//! The checks of the real providers, tried on the copies: they pass where everything is right, and only there.

use std::sync::Arc;

use acceptance::fakes::sound::Sounds;
use acceptance::fakes::{edge, elevenlabs};
use acceptance::hosted::{Hosted, KEY, PASSWORD};
use acceptance::live::{self, Check};
use acceptance::posting::{Desk, KEY_A};

fn bad(checks: &[Check]) -> Vec<&str> {
    checks.iter().filter(|check| !check.good).map(|check| check.what).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_checks_of_the_real_providers_pass_where_everything_is_right_and_only_there() {
    let sounds = Arc::new(Sounds::default());
    let fake = elevenlabs::ElevenLabs::start(&sounds).await;
    let asked = || live::elevenlabs(Some(&fake.url), elevenlabs::KEY.into());
    let checks = asked().await;
    assert!(checks.len() == 7 && bad(&checks).is_empty(), "{checks:?}");
    for (fault, wrong) in [
        (elevenlabs::Fault::NoCost, vec!["headers", "history"]),
        (elevenlabs::Fault::Untimed, vec!["times of words"]),
        (elevenlabs::Fault::Silence, vec!["sound", "history"]),
        (elevenlabs::Fault::NoVoice, vec!["headers", "speaking", "history"]),
    ] {
        fake.fail(fault);
        assert_eq!(bad(&asked().await), wrong, "{fault:?}");
    }
    let before = fake.spoken();
    let wrong = live::elevenlabs(Some(&fake.url), "sk_wrong".into()).await;
    assert_eq!((bad(&wrong).len(), fake.spoken()), (3, before), "{wrong:?}");

    let fake = edge::Edge::start(&sounds).await;
    assert!(bad(&live::edge(Some(&fake.url)).await).is_empty());
    fake.fail(edge::Fault::Sentences);
    assert_eq!(bad(&live::edge(Some(&fake.url)).await), ["times of words"]);
    fake.fail(edge::Fault::Broken);
    assert_eq!(bad(&live::edge(Some(&fake.url)).await), ["speaking"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_checks_of_a_hosted_project_pass_where_it_is_ready_and_only_there_and_leave_nothing() {
    let Some(hosted) = Hosted::start() else { return };
    hosted.sign_up("ana@example.com").await;
    let project = |password: &str| live::Hosted {
        url: hosted.url.clone(),
        key: KEY.into(),
        email: "ana@example.com".into(),
        password: password.to_owned().into(),
    };
    let checks = live::supabase(&project(PASSWORD)).await;
    assert!(checks.len() == 6 && bad(&checks).is_empty(), "{checks:?}");
    assert_eq!(hosted.query("select count(*) from public.profiles"), "0");
    assert_eq!(bad(&live::supabase(&project("wrong password")).await), ["sign-in"]);
    hosted.tell("drop function public.sync_pull");
    assert_eq!(bad(&live::supabase(&project(PASSWORD)).await), ["rows"]);
    hosted.tell("drop policy own_media on storage.objects");
    assert_eq!(bad(&live::supabase(&project(PASSWORD)).await), ["rows", "files"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_checks_of_postiz_pass_where_the_key_is_known_and_change_nothing() {
    let desk = Desk::new().await;
    let checks = live::postiz(Some(&desk.copy.url), KEY_A.into()).await;
    assert!(checks.len() == 4 && bad(&checks).is_empty(), "{checks:?}");
    assert!(checks[2].says.contains("Bakery (tiktok)"), "{checks:?}");
    assert!(desk.copy.asked.all().iter().all(|asked| asked.what.starts_with("GET ")));
    assert_eq!(bad(&live::postiz(Some(&desk.copy.url), "unknown".into()).await), ["key"]);
    let elsewhere = desk.copy.url.replace("/public/v1", "/nowhere");
    assert_eq!(bad(&live::postiz(Some(&elsewhere), KEY_A.into()).await), ["key"]);
}
