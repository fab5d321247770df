//! The way to Postiz, held against a copy that refuses what the public API refuses: what is sent, what is found again, what is
//! refused, and what no key opens.

use std::sync::{Arc, Mutex};

use acceptance::fakes::postiz::{Fault, On, State};
use acceptance::posting::{AT, Desk, KEY_A, KEY_B, post, scheduled, tiktok, upload};
use edit_factory_core::api::{Caller, CredentialTest};
use edit_factory_core::credentials;
use edit_factory_core::error::{Code, Failure};
use edit_factory_core::publish::postiz::{Integration, Kind, NewPosts, PostState, Postiz, PostizError, Uploaded};
use edit_factory_core::time::now_ms;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

#[tokio::test(flavor = "multi_thread")]
async fn the_accounts_of_a_workspace_and_of_a_group_are_those_of_the_profiles_own_key() {
    let desk = Desk::new().await;
    let way = desk.way();
    assert!(way.is_connected().await.unwrap());
    let groups: Vec<String> = way.groups().await.unwrap().into_iter().map(|group| group.name).collect();
    assert_eq!(groups, ["Brand A", "Brand C"]);
    let ids = |all: Vec<Integration>| all.into_iter().map(|one| one.id).collect::<Vec<_>>();
    assert_eq!(ids(way.accounts(Some("brand-a")).await.unwrap()), ["a-tt", "a-yt"]);
    let all = way.accounts(None).await.unwrap();
    assert_eq!((all[0].identifier.as_str(), all[0].profile.as_str(), all[3].disabled), ("tiktok", "bakery", true));
    assert_eq!(all[0].customer.as_ref().map(|group| group.id.as_str()), Some("brand-a"));
    assert_eq!((all[2].customer.as_ref(), all.len()), (None, 4));
    assert_eq!(ids(Postiz::of(&desk.b).unwrap().accounts(None).await.unwrap()), ["b-tt"]);
    // The key is sent as it is.
    assert!(
        desk.copy
            .asked
            .all()
            .iter()
            .all(|asked| asked.header("authorization").is_some_and(|key| [KEY_A, KEY_B].contains(&key)))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clip_is_sent_whole_posted_to_several_accounts_in_one_call_and_found_again() {
    let desk = Desk::new().await;
    let way = desk.way();
    let clip = desk.clip("clip.mp4", 3_000_000);
    let heard = Arc::new(Mutex::new(Vec::new()));
    let hears = heard.clone();
    let progress = move |sent, of| hears.lock().unwrap().push((sent, of));
    let file = way.upload(&clip.0, "Pâine \"caldă\".mp4", &clip.1, &progress, &CancellationToken::new()).await.unwrap();
    let heard = heard.lock().unwrap().clone();
    assert!(heard.windows(2).all(|pair| pair[0].0 <= pair[1].0), "{heard:?}");
    assert_eq!(heard.last(), Some(&(3_000_012, 3_000_012)));
    let kept = &desk.copy.files(KEY_A)[0];
    assert_eq!((&kept.hash, kept.name.as_str(), &kept.id), (&clip.1, "P_ine__cald__.mp4", &file.id));

    let youtube = json!({ "__type": "youtube", "title": "Bread", "type": "unlisted", "selfDeclaredMadeForKids": "no" });
    let instagram = json!({ "__type": "instagram-standalone", "post_type": "post", "is_trial_reel": false });
    let media = [file];
    let posts = vec![post("a-tt", &media, tiktok()), post("a-yt", &media, youtube), post("a-ig", &media, instagram)];
    let before = desk.copy.asked.count();
    let made = way.create(&scheduled(posts.clone())).await.unwrap();
    assert_eq!(desk.copy.asked.count(), before + 1);
    assert_eq!(made.iter().map(|one| one.account.as_str()).collect::<Vec<_>>(), ["a-tt", "a-yt", "a-ig"]);
    for (post, made) in desk.copy.posts(KEY_A).iter().zip(&made) {
        assert_eq!((post.id.as_str(), post.at_ms, post.state), (made.post_id.as_str(), AT, State::Queue));
        assert_eq!((&post.hashes, post.content.as_str()), (&vec![clip.1.clone()], "Pâine caldă\n#brutărie"));
    }

    let seen = way.posts(AT - 1000, AT + 1000).await.unwrap();
    assert_eq!((seen.len(), seen[0].at_ms, seen[0].state, seen[0].url.as_ref()), (3, AT, PostState::Queue, None));
    assert!(seen[0].says(&posts[0].content) && seen[0].account == "a-tt");
    assert_eq!(way.posts(AT + 1, AT + 1000).await.unwrap(), []);
    desk.copy.publish_until(KEY_A, AT);
    let seen = way.posts(AT, AT).await.unwrap();
    assert!(seen.iter().all(|post| post.state == PostState::Published && post.url.is_some()));

    // One of its own group takes no other along.
    way.delete(&made[1].post_id).await.unwrap();
    assert_eq!(desk.copy.posts(KEY_A).len(), 2);
    let gone = way.delete(&made[1].post_id).await.unwrap_err();
    assert!(matches!(gone, PostizError::Trouble { status: 500 }) && !gone.surely_not_done());
    let asked = desk.copy.asked.count();
    assert!(matches!(way.delete("../integrations/a-tt").await, Err(PostizError::NotThere)));
    assert_eq!(desk.copy.asked.count(), asked);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_waits_and_what_goes_out_now_has_the_time_of_the_server() {
    let desk = Desk::new().await;
    let way = desk.way();
    let file = upload(&way, &desk.clip("clip.mp4", 10)).await.unwrap();
    let one = |kind, at_ms| NewPosts { kind, at_ms, posts: vec![post("a-tt", std::slice::from_ref(&file), tiktok())] };
    way.create(&one(Kind::Draft, AT)).await.unwrap();
    way.create(&one(Kind::Now, AT)).await.unwrap();
    let [draft, now] = <[_; 2]>::try_from(desk.copy.posts(KEY_A)).unwrap();
    assert_eq!((draft.state, draft.at_ms), (State::Draft, AT));
    assert!(now.state == State::Queue && now.at_ms <= now_ms());
    assert_eq!(way.posts(AT, AT).await.unwrap()[0].state, PostState::Draft);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_public_api_refuses_is_refused_in_its_words_and_nothing_is_made() {
    let desk = Desk::new().await;
    let way = desk.way();
    let file = [upload(&way, &desk.clip("clip.mp4", 10)).await.unwrap()];
    let with = |name: &str, value: Value| {
        let mut settings = tiktok();
        settings[name] = value;
        settings
    };
    let stranger = [Uploaded { id: "file-0".into(), path: "https://elsewhere.example/1.mp4".into() }];
    for (post, says) in [
        (post("a-tt", &file, with("privacy_level", json!("EVERYBODY"))), "settings.privacy_level"),
        (post("a-tt", &file, with("duet", json!("no"))), "settings.duet"),
        (post("a-tt", &file, with("duet", Value::Null)), "settings.duet"),
        (post("a-tt", &file, with("title", json!("é".repeat(91)))), "settings.title"),
        (post("a-tt", &file, with("privacy", json!("SELF_ONLY"))), "settings.privacy should not exist"),
        (post("a-tt", &file, with("__type", json!("youtube"))), "settings.__type"),
        (post("a-yt", &file, json!({ "__type": "youtube", "title": "x", "type": "public" })), "settings.title"),
        (post("a-ig", &file, json!({ "__type": "instagram-standalone", "post_type": "reel" })), "settings.post_type"),
        (post("a-tt", &[], tiktok()), "at least one attachment"),
        (post("a-tt", &stranger, tiktok()), "no file of this workspace"),
        (post("a-old", &file, tiktok()), "connected again"),
    ] {
        let refused = way.create(&scheduled(vec![post])).await.unwrap_err();
        let PostizError::Refused { status: 400, says: said } = &refused else { panic!("{refused:?}") };
        assert!(said.contains(says), "{said}");
        assert!(refused.surely_not_done() && !refused.passes());
    }
    let none = way.create(&scheduled(Vec::new())).await.unwrap_err();
    assert!(matches!(none, PostizError::Refused { .. }), "{none:?}");
    assert!(matches!(way.create(&scheduled(vec![post("nobody", &file, tiktok())])).await, Err(PostizError::NotThere)));
    let text = desk.folder.path().join("note.mp4");
    std::fs::write(&text, "no video at all").unwrap();
    let hash = blake3::hash(b"no video at all").to_hex().to_string();
    assert!(matches!(upload(&way, &(text, hash)).await, Err(PostizError::Refused { .. })));
    assert_eq!(desk.copy.posts(KEY_A), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn accounts_and_files_of_another_workspace_are_out_of_reach() {
    let desk = Desk::new().await;
    let (a, b) = (desk.way(), Postiz::of(&desk.b).unwrap());
    let clip = desk.clip("clip.mp4", 10);
    let (of_a, of_b) = ([upload(&a, &clip).await.unwrap()], [upload(&b, &clip).await.unwrap()]);
    for post in [post("b-tt", &of_a, tiktok()), post("a-tt", &of_b, tiktok())] {
        let refused = a.create(&scheduled(vec![post])).await.unwrap_err();
        assert!(matches!(refused, PostizError::Forbidden) && refused.surely_not_done(), "{refused:?}");
    }
    assert_eq!((desk.copy.posts(KEY_A), desk.copy.posts(KEY_B)), (Vec::new(), Vec::new()));
    assert_eq!(desk.copy.mixed_up().len(), 2);
    // An account that went between listing and posting.
    desk.copy.fail_next(On::Create, Fault::AccountGone);
    let gone = a.create(&scheduled(vec![post("a-tt", &of_a, tiktok())])).await;
    assert!(matches!(gone, Err(PostizError::NotThere)));
    assert_eq!(a.accounts(Some("brand-a")).await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_more_is_asked_in_an_hour_than_the_profile_is_set_to_and_another_profile_is_free() {
    let desk = Desk::new().await;
    let way = desk.way();
    for _ in 0..30 {
        way.is_connected().await.unwrap();
    }
    let Err(PostizError::Budget { until_ms }) = way.is_connected().await else { panic!("31 requests in an hour") };
    assert!((now_ms()..=now_ms() + 3_600_000).contains(&until_ms));
    assert!(matches!(upload(&way, &desk.clip("clip.mp4", 10)).await, Err(PostizError::Budget { .. })));
    assert_eq!(desk.copy.asked.count(), 30);
    assert!(Postiz::of(&desk.b).unwrap().is_connected().await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_tried_without_being_told_and_without_one_nothing_is_asked() {
    let desk = Desk::new().await;
    let caller = Caller::new(desk.home.clone()).with(desk.a.clone());
    let test = || CredentialTest { provider: "postiz".into() };
    let works = caller.ask(test()).await.unwrap();
    assert!(works.works && works.says.starts_with("Works"), "{works:?}");
    desk.copy.change_key(KEY_A, "another");
    let refused = caller.ask(test()).await.unwrap();
    assert!(!refused.works && refused.says.contains("does not take the key"), "{refused:?}");
    let error = desk.way().groups().await.unwrap_err();
    for said in [format!("{refused:?} {error} {error:?} {:?}", desk.way()), format!("{:?}", Failure::from(error))] {
        assert!(!said.contains("planted"), "{said}");
    }
    credentials::remove(&desk.a, "postiz").unwrap();
    let asked = desk.copy.asked.count();
    assert_eq!(caller.ask(test()).await.unwrap_err().code, Code::NotFound);
    assert!(matches!(Postiz::of(&desk.a), Err(PostizError::NoKey)));
    assert_eq!(desk.copy.asked.count(), asked);
}
