//! What a person changes about posts that are under way, and who may post where: through the calls of the window, against a
//! copy of Postiz.

use acceptance::brands::Brands;
use acceptance::fakes::postiz::{Account, Fault, On};
use acceptance::posting::{KEY_A, KEY_B};
use edit_factory_core::api::{
    ClipErase, ClipRemove, CredentialSet, JobCancel, JobList, PublicationCancel, PublicationMove, PublicationRetry,
    PublishAccount, PublishGroup, PublishPropose, PublishRefresh, PublishSet, PublishShow, PublishStart,
};
use edit_factory_core::credentials::Secret;
use edit_factory_core::error::Code;
use edit_factory_core::publish::{Publication, PublicationState, PublishOrder, When};
use edit_factory_core::time::now_ms;
use secrecy::SecretString;

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

fn one_clip(brand: &acceptance::brands::Brand, when: When) -> PublishOrder {
    let mut order = brand.order(0);
    order.clips.truncate(1);
    order.accounts.truncate(1);
    order.when = when;
    order
}

fn only(mut all: Vec<Publication>) -> Publication {
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_that_is_moved_is_there_once_at_its_new_time_and_one_that_is_taken_back_is_gone() {
    let mut brands = Brands::new(1).await;
    let at = now_ms() + DAY;
    let order = one_clip(&brands.a, When::At { at });
    brands.a.publish(&order).await;
    brands.a.settle().await;
    let id = only(brands.a.publications().await).id;
    let past = brands.a.caller.ask(PublicationMove { id, at: now_ms() - 1 }).await.unwrap_err();
    assert_eq!(past.code, Code::InvalidInput);
    let moved = brands.a.caller.ask(PublicationMove { id, at: at + DAY }).await.unwrap();
    assert_eq!((moved.state, moved.publish_at), (PublicationState::Waiting, Some(at + DAY)));
    // The answer to the deletion is lost, too.
    brands.copy.fail_next(On::Delete, Fault::TroubleAfter);
    brands.a.settle().await;
    let posts = brands.copy.posts(KEY_A);
    assert_eq!((posts.len(), posts[0].at_ms), (1, at + DAY));
    assert_eq!(only(brands.a.publications().await).post_id.as_deref(), Some(posts[0].id.as_str()));
    assert_eq!(brands.copy.files(KEY_A).len(), 1, "its file was there already");

    let taken = brands.a.caller.ask(PublicationCancel { id }).await.unwrap();
    assert_eq!((taken.state, taken.post_id), (PublicationState::Cancelled, None));
    assert_eq!(brands.copy.posts(KEY_A), []);
    let again = brands.a.caller.ask(PublicationCancel { id }).await.unwrap_err();
    assert_eq!(again.code, Code::WrongState);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_postiz_keeps_is_not_said_to_be_taken_back() {
    let mut brands = Brands::new(1).await;
    let order = one_clip(&brands.a, When::At { at: now_ms() + DAY });
    brands.a.publish(&order).await;
    brands.a.settle().await;
    let id = only(brands.a.publications().await).id;
    brands.copy.fail_next(On::Delete, Fault::Trouble);
    assert_eq!(brands.a.caller.ask(PublicationCancel { id }).await.unwrap_err().code, Code::Offline);
    assert_eq!(only(brands.a.publications().await).state, PublicationState::Scheduled);
    assert_eq!(brands.copy.posts(KEY_A).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_of_one_profile_is_refused_in_another_without_saying_whose_it_is() {
    let brands = Brands::new(1).await;
    // Both brands in one workspace.
    let key = Secret::from(SecretString::from(KEY_A.to_owned()));
    brands.b.caller.ask(CredentialSet { provider: "postiz".into(), secret: key, keep_in: None }).await.unwrap();
    brands.b.caller.ask(PublishRefresh {}).await.unwrap();
    let refused = brands.b.caller.ask(PublishAccount { id: "a-tiktok".into(), ticked: true }).await.unwrap_err();
    assert_eq!(refused.code, Code::Exists);
    let says = format!("{refused} {}", refused.details);
    let id = brands.a.profile.id().to_string();
    assert!(!says.contains(&id) && !says.contains("profile A") && !says.contains("\"A\""), "{says}");
    let mut order = one_clip(&brands.b, When::Now {});
    order.accounts = vec!["a-tiktok".into()];
    assert_eq!(brands.b.caller.ask(PublishPropose { order }).await.unwrap_err().code, Code::InvalidInput);
    // Let go of there, it can be had here.
    brands.a.caller.ask(PublishAccount { id: "a-tiktok".into(), ticked: false }).await.unwrap();
    brands.b.caller.ask(PublishAccount { id: "a-tiktok".into(), ticked: true }).await.unwrap();
    let order = one_clip(&brands.a, When::Now {});
    assert!(brands.a.caller.ask(PublishPropose { order }).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_tied_to_a_group_has_its_accounts_and_no_others() {
    let brands = Brands::new(1).await;
    let of = |id: &str, group: &str| Account::new(id, "Bakery", "tiktok").of(group, group);
    brands.copy.workspace(KEY_B, vec![of("one", "ours"), of("two", "ours"), of("three", "theirs")]);
    let caller = &brands.b.caller;
    let shown = caller.ask(PublishGroup { group: Some("ours".into()) }).await.unwrap();
    let mut ticked: Vec<&str> = shown.accounts.iter().filter(|a| a.ticked).map(|a| a.id.as_str()).collect();
    ticked.sort_unstable();
    assert_eq!(ticked, ["one", "two"]);
    assert!(shown.accounts.iter().all(|a| a.id != "three"));
    // The group is this profile's alone.
    let key = Secret::from(SecretString::from(KEY_B.to_owned()));
    brands.a.caller.ask(CredentialSet { provider: "postiz".into(), secret: key, keep_in: None }).await.unwrap();
    let refused = brands.a.caller.ask(PublishGroup { group: Some("ours".into()) }).await.unwrap_err();
    assert_eq!(refused.code, Code::Exists);
    assert_eq!(brands.a.caller.ask(PublishShow {}).await.unwrap().settings.group, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_confirmed_is_sent_once_and_only_as_it_was_seen() {
    let mut brands = Brands::new(1).await;
    let order = brands.a.order(now_ms() + DAY);
    let seal = brands.a.propose(&order).await.seal;
    let mut other = order.clone();
    other.caption = Some("Another text".into());
    let changed = brands.a.caller.ask(PublishStart { order: other, seal: seal.clone() }).await.unwrap_err();
    assert_eq!(changed.code, Code::WrongState);
    // Confirmed twice at once, by an impatient hand.
    let start = || brands.a.caller.ask(PublishStart { order: order.clone(), seal: seal.clone() });
    let (one, two) = tokio::join!(start(), start());
    assert_eq!([one.is_ok(), two.is_ok()].iter().filter(|good| **good).count(), 1, "{one:?} {two:?}");
    brands.a.settle().await;
    brands.a.assert_each_once(&brands.copy).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_is_looked_for_and_never_sent_again_blindly() {
    let mut brands = Brands::new(1).await;
    let settings = brands.a.shown().await.settings;
    let patient = edit_factory_core::publish::PublishSettings { look_after_s: 3600, ..settings.clone() };
    brands.a.caller.ask(PublishSet { settings: patient }).await.unwrap();
    let order = one_clip(&brands.a, When::At { at: now_ms() + DAY });
    brands.copy.fail_next(On::Create, Fault::Dropped);
    brands.a.publish(&order).await;
    brands.a.idle().await;
    let id = only(brands.a.publications().await).id;
    let refused = brands.a.caller.ask(PublicationRetry { ids: vec![id] }).await.unwrap_err();
    assert_eq!(refused.code, Code::WrongState);
    assert_eq!(brands.a.caller.ask(PublicationCancel { id }).await.unwrap_err().code, Code::WrongState);
    let unknown = only(brands.a.publications().await);
    assert!(unknown.state == PublicationState::Unknown && unknown.why.is_some(), "{unknown:?}");
    assert_eq!(brands.a.shown().await.unknown, 1);
    brands.a.look().await;
    let found = only(brands.a.publications().await);
    assert_eq!((found.state, found.why), (PublicationState::Scheduled, None));
    brands.a.assert_each_once(&brands.copy).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_kept_while_a_post_needs_it_and_a_cancelled_job_takes_its_posts_with_it() {
    let mut brands = Brands::new(1).await;
    let order = one_clip(&brands.a, When::At { at: now_ms() + DAY });
    let started = brands.a.publish(&order).await;
    brands.a.settle().await;
    let id = order.clips[0];
    let kept = match brands.a.caller.ask(ClipRemove { id }).await {
        Err(refused) => refused,
        Ok(_) => brands.a.caller.ask(ClipErase { id }).await.unwrap_err(),
    };
    assert_eq!(kept.code, Code::WrongState);
    brands.a.caller.ask(PublicationCancel { id: started.publications[0].id }).await.unwrap();

    brands.copy.fail_next(On::Upload, Fault::Slow);
    let started = brands.a.publish(&brands.a.order(now_ms() + DAY)).await;
    brands.a.caller.ask(JobCancel { id: started.job }).await.unwrap();
    brands.a.idle().await;
    let states = brands.a.publications().await;
    assert!(states.iter().all(|one| one.state == PublicationState::Cancelled), "{states:?}");
    assert_eq!(brands.copy.posts(KEY_A), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_key_makes_the_accounts_unusable_until_they_are_asked_for_again() {
    let brands = Brands::new(1).await;
    let key = |key: &str| Secret::from(SecretString::from(key.to_owned()));
    let set = CredentialSet { provider: "postiz".into(), secret: key(KEY_B), keep_in: None };
    brands.a.caller.ask(set).await.unwrap();
    let order = one_clip(&brands.a, When::Now {});
    let refused = brands.a.caller.ask(PublishPropose { order: order.clone() }).await.unwrap_err();
    assert_eq!(refused.code, Code::WrongState);
    let set = CredentialSet { provider: "postiz".into(), secret: key(KEY_A), keep_in: None };
    brands.a.caller.ask(set).await.unwrap();
    brands.a.caller.ask(PublishRefresh {}).await.unwrap();
    brands.a.propose(&order).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_made_in_postiz_and_goes_nowhere_by_itself() {
    let mut brands = Brands::new(1).await;
    let order = one_clip(&brands.a, When::Draft {});
    brands.a.publish(&order).await;
    brands.a.idle().await;
    let draft = only(brands.a.publications().await);
    assert_eq!((draft.state, draft.publish_at), (PublicationState::Draft, None));
    brands.copy.publish_until(KEY_A, now_ms() + 2 * DAY);
    brands.a.look().await;
    assert_eq!(only(brands.a.publications().await).state, PublicationState::Draft);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_that_was_only_to_be_moved_is_never_shown_as_taken_back_while_postiz_has_it() {
    let mut brands = Brands::new(1).await;
    let at = now_ms() + DAY;
    let order = one_clip(&brands.a, When::At { at });
    brands.a.publish(&order).await;
    brands.a.settle().await;
    let id = only(brands.a.publications().await).id;
    // Postiz has trouble: the move waits, and its job is cancelled.
    brands.copy.fail(On::Delete, Fault::TooMany(Some(3600)));
    brands.a.caller.ask(PublicationMove { id, at: at + DAY }).await.unwrap();
    let jobs = brands.a.caller.ask(JobList { states: vec![], limit: None }).await.unwrap();
    let job = jobs.iter().find(|job| !job.state.is_final()).unwrap().id;
    brands.a.caller.ask(JobCancel { id: job }).await.unwrap();
    brands.a.idle().await;
    assert_eq!(only(brands.a.publications().await).state, PublicationState::Scheduled);
    // Nor when it cannot be asked to take it back.
    brands.a.caller.ask(PublicationCancel { id }).await.unwrap_err();
    assert_eq!(only(brands.a.publications().await).state, PublicationState::Scheduled);
    // What is said of its time is right again once Postiz was asked.
    brands.a.look().await;
    assert_eq!(only(brands.a.publications().await).publish_at, Some(at));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_failed_and_was_published_anew_is_not_sent_again() {
    let mut brands = Brands::new(1).await;
    let order = one_clip(&brands.a, When::At { at: now_ms() + DAY });
    brands.copy.remove_account(KEY_A, "a-tiktok");
    brands.a.publish(&order).await;
    brands.a.idle().await;
    let failed = only(brands.a.publications().await);
    assert_eq!(failed.state, PublicationState::Failed, "{failed:?}");
    brands.copy.workspace(KEY_A, vec![Account::new("a-tiktok", "Bakery", "tiktok")]);
    brands.a.publish(&order).await;
    brands.a.idle().await;
    let refused = brands.a.caller.ask(PublicationRetry { ids: vec![failed.id] }).await.unwrap_err();
    assert_eq!(refused.code, Code::WrongState);
    assert_eq!(brands.copy.posts(KEY_A).len(), 1);
}
