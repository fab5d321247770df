//! What stands against a post, and how it is mended: a clip that is not what its script says any more is not published, a new
//! render of it is; and a clip whose file is still needed stays.

use acceptance::brands::{Brand, Brands};
use edit_factory_core::api::{
    CaptionEditsSet, ClipErase, ClipList, ClipRefit, ClipRemove, ClipShow, PublicationCancel, PublishOriginality,
    PublishPropose, PublishStart, ScriptSet,
};
use edit_factory_core::captions::edits::{CaptionEdits, Change, Edit};
use edit_factory_core::clips::Clip;
use edit_factory_core::error::Code;
use edit_factory_core::publish::preflight::{Fix, Level};
use edit_factory_core::publish::{PublishOrder, PublishPlan};
use edit_factory_core::render::receipt::Receipt;
use edit_factory_core::time::now_ms;

const DAY: i64 = 24 * 60 * 60_000;

/// What would come of publishing one clip to all accounts of the brand.
async fn plan(brand: &Brand, clip: &Clip) -> (PublishOrder, PublishPlan) {
    let order = PublishOrder { clips: vec![clip.id], ..brand.order(now_ms() + DAY) };
    let plan = brand.caller.ask(PublishPropose { order: order.clone() }).await.unwrap();
    (order, plan)
}

/// The errors of a plan, each with the platform a new render of which would mend it.
fn errors(plan: &PublishPlan) -> Vec<(&str, Option<&str>)> {
    let findings = plan.posts.iter().flat_map(|post| &post.findings).filter(|one| one.level == Level::Error);
    findings
        .map(|one| {
            let fix = one.fix.as_ref().map(|Fix::Render { platform }| platform.as_str());
            (one.code.as_str(), fix)
        })
        .collect()
}

async fn receipt(brand: &Brand, clip: &Clip) -> Receipt {
    let shown = brand.caller.ask(ClipShow { id: clip.id }).await.unwrap();
    serde_json::from_value(shown.receipt).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edited_clip_is_not_published_until_it_is_made_again() {
    let mut brands = Brands::new(1).await;
    let brand = &mut brands.a;
    let clip = brand.clips[0].clone();
    let made = receipt(brand, &clip).await;
    let (order, fresh) = plan(brand, &clip).await;
    assert!(fresh.ready, "{:?}", errors(&fresh));
    // The voice is a program's: nobody had to say so.
    let tiktok = fresh.posts.iter().find(|post| post.account.platform == "tiktok").unwrap();
    assert_eq!(tiktok.settings.wire("tiktok")["video_made_with_ai"], true);

    // A caption was edited: a new render is enough, and the sheet that was confirmed before is worth nothing.
    let said = made.words.iter().filter(|word| word.sentence == 0).map(|word| word.text.as_str());
    let sentence = said.collect::<Vec<_>>().join(" ");
    let change = Change::Text { text: "Crusty".into() };
    let edits = CaptionEdits { edits: vec![Edit { sentence, occurrence: 0, first: 0, last: 0, change }] };
    brand.caller.ask(CaptionEditsSet { script: made.script.id, edits }).await.unwrap();
    let (_, edited) = plan(brand, &clip).await;
    assert_eq!(errors(&edited), [("stale", Some("tiktok")), ("stale", Some("tiktok"))]);
    let refused = brand.caller.ask(PublishStart { order, seal: fresh.seal }).await.unwrap_err();
    assert!([Code::InvalidInput, Code::WrongState].contains(&refused.code), "{refused:?}");
    assert!(brand.publications().await.is_empty());

    brand.caller.ask(ClipRefit { clip: clip.id, platform: "tiktok".into() }).await.unwrap();
    brand.idle().await;
    let clips = brand.caller.ask(ClipList { limit: None, offset: 0 }).await.unwrap();
    let again = clips.into_iter().find(|one| one.id != clip.id).unwrap();
    let words: Vec<String> = receipt(brand, &again)
        .await
        .timeline
        .captions
        .into_iter()
        .flat_map(|cue| cue.words.into_iter().map(|word| word.text))
        .collect();
    assert_eq!(words[0], "Crusty");
    let (order, mended) = plan(brand, &again).await;
    assert!(mended.ready, "{:?}", errors(&mended));

    // Another script is another video: no render mends that.
    brand.caller.ask(ScriptSet { id: made.script.id, text: "Stale bread.".into(), language: None }).await.unwrap();
    let (_, rewritten) = plan(brand, &again).await;
    assert_eq!(errors(&rewritten), [("stale", None), ("stale", None)]);
    assert!(brand.caller.ask(PublishStart { order, seal: mended.seal }).await.is_err());
    assert!(brand.publications().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_a_post_needs_stays_and_what_was_published_is_known_when_its_clip_is_gone() {
    let mut brands = Brands::new(2).await;
    let (first, second) = (brands.a.clips[0].clone(), brands.a.clips[1].clone());
    let at = now_ms() + DAY;
    let order = PublishOrder { clips: vec![first.id], ..brands.a.order(at) };
    brands.a.publish(&order).await;
    brands.a.settle().await;
    let refused = brands.a.caller.ask(ClipRemove { id: first.id }).await.unwrap_err();
    assert_eq!((refused.code, &refused.details["publications"]), (Code::WrongState, &2.into()));

    let near = |brand: &Brand| {
        let call = PublishOriginality { clips: vec![second.id] };
        let caller = brand.caller.clone();
        async move { caller.ask(call).await.unwrap().remove(0) }
    };
    let planned = near(&brands.a).await;
    assert_eq!(planned.nearest.as_deref(), Some(first.name.as_str()));
    assert!(planned.distance.is_some_and(|distance| distance > 0.0 && distance <= 0.8), "one script: {planned:?}");

    brands.copy.publish_until(brands.a.key, at);
    brands.a.look().await;
    brands.a.caller.ask(ClipRemove { id: first.id }).await.unwrap();
    brands.a.caller.ask(ClipErase { id: first.id }).await.unwrap();
    assert_eq!(near(&brands.a).await, planned);
    // The other brand, with clips and accounts of the same names, has published nothing.
    let other = brands.b.caller.ask(PublishOriginality { clips: vec![brands.b.clips[0].id] }).await.unwrap().remove(0);
    assert_eq!((other.distance, other.nearest, other.shown_lately), (None, None, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_that_is_taken_back_lets_its_file_go() {
    let mut brands = Brands::new(1).await;
    brands.a.publish(&brands.a.order(now_ms() + DAY)).await;
    brands.a.settle().await;
    let clip = brands.a.clips[0].id;
    assert_eq!(brands.a.caller.ask(ClipRemove { id: clip }).await.unwrap_err().code, Code::WrongState);
    for one in brands.a.publications().await {
        brands.a.caller.ask(PublicationCancel { id: one.id }).await.unwrap();
    }
    brands.a.caller.ask(ClipRemove { id: clip }).await.unwrap();
}
