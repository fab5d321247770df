//! The right brand, once: two profiles that look the same publish at the same time, through a Postiz that loses answers,
//! breaks connections and asks for pauses.

use acceptance::brands::{Alone, Brand, Brands};
use acceptance::fakes::postiz::{Fault, On, Postiz, State};
use acceptance::posting::{KEY_A, KEY_B};
use acceptance::soak_or;
use edit_factory_core::api::PublishStart;
use edit_factory_core::credentials;
use edit_factory_core::publish::{Publication, PublicationState};
use edit_factory_core::time::now_ms;

const HOUR: i64 = 60 * 60 * 1000;
const DAY: i64 = 24 * HOUR;

/// Now this, now that; never so much at once that anybody gives up.
fn faults(copy: &Postiz, round: usize) {
    const PAUSE: Fault = Fault::TooMany(Some(0));
    let uploads = [Fault::None, Fault::Cut, Fault::None, Fault::Dropped, PAUSE, Fault::None, Fault::TroubleAfter];
    let creates = [
        Fault::None,
        Fault::Dropped,
        Fault::TroubleAfter,
        Fault::None,
        Fault::Cut,
        Fault::HalfAnswer,
        PAUSE,
        Fault::Trouble,
        Fault::Twice,
        Fault::Page,
        Fault::None,
    ];
    let reads = [Fault::None, Fault::None, PAUSE, Fault::None, Fault::Trouble];
    copy.fail_by(On::Upload, move |number| uploads[(number + round) % uploads.len()]);
    copy.fail_by(On::Create, move |number| creates[(number + round) % creates.len()]);
    copy.fail_by(On::Read, move |number| reads[(number + round) % reads.len()]);
}

async fn sent(brand: &mut Brand, at: i64) {
    brand.publish(&brand.order(at)).await;
    brand.settle().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_profiles_that_look_the_same_publish_at_once_and_every_post_is_the_right_one_and_there_once() {
    let mut brands = Brands::new(2).await;
    let rounds = soak_or(20, 200);
    for round in 0..rounds as usize {
        faults(&brands.copy, round);
        let at = now_ms() + DAY + round as i64 * HOUR;
        tokio::join!(sent(&mut brands.a, at), sent(&mut brands.b, at));
        // They go out, so that the same clips may be published again.
        for on in [On::Upload, On::Create, On::Read] {
            brands.copy.fail(on, Fault::None);
        }
        for brand in [&brands.a, &brands.b] {
            brand.assert_each_once(&brands.copy).await;
            // Posts with the same words are kept minutes apart.
            brands.copy.publish_until(brand.key, at + 30 * DAY);
            brand.look().await;
            let all = brand.publications().await;
            assert!(all.iter().all(|one| one.state == PublicationState::Published && one.url.is_some()), "{all:?}");
        }
    }
    let each = rounds as usize * brands.a.clips.len() * brands.a.accounts.len();
    assert_eq!([KEY_A, KEY_B].map(|key| brands.copy.posts(key).len()), [each; 2]);
    assert_eq!(brands.copy.mixed_up(), Vec::<String>::new());
    let (asked, met, posts) = (brands.copy.asked.count(), brands.copy.faults_met(), 2 * each);
    assert!(met > 2 * rounds as usize, "{met} faults");
    println!(
        "soak: two brands published at once {rounds} times: {posts} posts, {asked} requests of which {met} failed, none lost, twice or mixed up"
    );
    brands.assert_nothing_else_left();
    assert_eq!(brands.holding(&["planted-a", "planted-b"]), Vec::<std::path::PathBuf>::new(), "no key in any file");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_whose_upload_hangs_holds_up_no_other_and_its_post_is_made_in_the_end() {
    let mut brands = Brands::new(1).await;
    let at = now_ms() + DAY;
    brands.copy.fail_next(On::Upload, Fault::Slow);
    let (a, b) = (&mut brands.a, &mut brands.b);
    a.publish(&a.order(at)).await;
    brands.copy.asked.until("POST /public/v1/upload", 1).await;
    // Somebody works in B meanwhile, from beginning to end.
    sent(b, at).await;
    b.assert_each_once(&brands.copy).await;
    assert_eq!(brands.copy.posts(KEY_A), []);
    assert!(a.publications().await.iter().all(|one| one.state == PublicationState::Uploading));
    brands.copy.release(1);
    a.settle().await;
    a.assert_each_once(&brands.copy).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_went_away_fails_by_itself_and_the_others_are_posted_to() {
    let mut desk = Alone::new(1).await;
    let a = &mut desk.a;
    let order = a.order(now_ms() + DAY);
    let seal = a.propose(&order).await.seal;
    desk.copy.remove_account(KEY_A, "a-tiktok");
    a.caller.ask(PublishStart { order, seal }).await.unwrap();
    a.idle().await;
    let states = |all: Vec<Publication>| {
        let mut states: Vec<_> = all.into_iter().map(|one| (one.platform, one.state, one.why.is_some())).collect();
        states.sort_by(|one, other| one.0.cmp(&other.0));
        states
    };
    let found = states(a.publications().await);
    let expected = [
        ("tiktok".to_owned(), PublicationState::Failed, true),
        ("youtube".to_owned(), PublicationState::Scheduled, false),
    ];
    assert_eq!(found, expected);
    assert_eq!(desk.copy.posts(KEY_A).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn with_the_key_of_another_workspace_nothing_is_posted_anywhere() {
    let mut desk = Alone::new(1).await;
    let a = &mut desk.a;
    let order = a.order(now_ms() + DAY);
    let seal = a.propose(&order).await.seal;
    credentials::set(&a.profile, "postiz", &KEY_B.into(), None).unwrap();
    // Whether it is refused at once or fails on its way: no post is made with it.
    if a.caller.ask(PublishStart { order, seal }).await.is_ok() {
        a.idle().await;
    }
    let all = a.publications().await;
    assert!(all.iter().all(|one| one.state == PublicationState::Failed), "{all:?}");
    assert_eq!([KEY_A, KEY_B].map(|key| desk.copy.posts(key).len()), [0, 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_platform_did_not_take_is_seen_to_have_failed() {
    let mut desk = Alone::new(1).await;
    let a = &mut desk.a;
    let at = now_ms() + DAY;
    sent(a, at).await;
    desk.copy.lose_files(KEY_A);
    desk.copy.publish_until(KEY_A, at + HOUR);
    assert!(desk.copy.posts(KEY_A).iter().all(|post| post.state == State::Error));
    a.look().await;
    let all = a.publications().await;
    assert!(all.iter().all(|one| one.state == PublicationState::Failed && one.why.is_some()), "{all:?}");
}
