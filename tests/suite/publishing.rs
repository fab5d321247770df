//! The right brand, once: two profiles that look the same publish at the same time, through a Postiz that loses answers,
//! breaks connections and asks for pauses.

use acceptance::brands::{Brand, Brands};
use acceptance::fakes::postiz::{Fault, On, Postiz, State};
use acceptance::posting::{KEY_A, KEY_B};
use acceptance::soak_or;
use edit_factory_core::credentials;
use edit_factory_core::publish::PublicationState;
use edit_factory_core::time::now_ms;

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

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
        let at = now_ms() + DAY + round as i64 * MINUTE;
        tokio::join!(sent(&mut brands.a, at), sent(&mut brands.b, at));
        for brand in [&brands.a, &brands.b] {
            brand.assert_each_once(&brands.copy).await;
        }
        // They go out, so that the same clips may be published again.
        for on in [On::Upload, On::Create, On::Read] {
            brands.copy.fail(on, Fault::None);
        }
        for brand in [&brands.a, &brands.b] {
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
    let (asked, posts) = (brands.copy.asked.count(), 2 * each);
    println!(
        "soak: two brands published at once {rounds} times: {posts} posts, {asked} requests, none lost, twice or mixed up"
    );
    assert_eq!(brands.holding(&["planted-a", "planted-b"]), Vec::<std::path::PathBuf>::new(), "no key in any file");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_whose_upload_hangs_holds_up_no_other_and_its_post_is_made_in_the_end() {
    let mut brands = Brands::new(1).await;
    let at = now_ms() + DAY;
    brands.copy.fail_next(On::Upload, Fault::Slow);
    brands.a.publish(&brands.a.order(at)).await;
    brands.copy.asked.until("POST /public/v1/upload", 1).await;
    // Somebody works in B meanwhile, from beginning to end.
    sent(&mut brands.b, at).await;
    brands.b.assert_each_once(&brands.copy).await;
    assert_eq!(brands.copy.posts(KEY_A), []);
    assert!(brands.a.publications().await.iter().all(|one| one.state == PublicationState::Uploading));
    brands.copy.release(1);
    brands.a.settle().await;
    brands.a.assert_each_once(&brands.copy).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_went_away_fails_by_itself_and_the_others_are_posted_to() {
    let mut brands = Brands::new(1).await;
    brands.a.publish(&brands.a.order(now_ms() + DAY)).await;
    brands.copy.remove_account(KEY_A, "a-tiktok");
    brands.a.idle().await;
    let states = |all: Vec<edit_factory_core::publish::Publication>| {
        let mut states: Vec<_> = all.into_iter().map(|one| (one.platform, one.state, one.why.is_some())).collect();
        states.sort_by(|one, other| one.0.cmp(&other.0));
        states
    };
    let found = states(brands.a.publications().await);
    let expected = [
        ("tiktok".to_owned(), PublicationState::Failed, true),
        ("youtube".to_owned(), PublicationState::Scheduled, false),
    ];
    assert_eq!(found, expected);
    assert_eq!(brands.copy.posts(KEY_A).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn with_the_key_of_another_workspace_nothing_is_posted_anywhere() {
    let mut brands = Brands::new(1).await;
    let order = brands.a.order(now_ms() + DAY);
    let seal = brands.a.propose(&order).await.seal;
    credentials::set(&brands.a.profile, "postiz", &KEY_B.into(), None).unwrap();
    // Whether it is refused at once or fails on its way: no post is made with it.
    let call = edit_factory_core::api::PublishStart { order, seal };
    if brands.a.caller.ask(call).await.is_ok() {
        brands.a.idle().await;
    }
    let all = brands.a.publications().await;
    assert!(all.iter().all(|one| one.state == PublicationState::Failed), "{all:?}");
    assert_eq!([KEY_A, KEY_B].map(|key| brands.copy.posts(key).len()), [0, 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_platform_did_not_take_is_seen_to_have_failed() {
    let mut brands = Brands::new(1).await;
    let at = now_ms() + DAY;
    sent(&mut brands.a, at).await;
    brands.copy.lose_files(KEY_A);
    brands.copy.publish_until(KEY_A, at);
    assert!(brands.copy.posts(KEY_A).iter().all(|post| post.state == State::Error));
    brands.a.look().await;
    let all = brands.a.publications().await;
    assert!(all.iter().all(|one| one.state == PublicationState::Failed && one.why.is_some()), "{all:?}");
}
