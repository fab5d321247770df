use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::publish::preflight::Level;

fn facts(synthetic: bool) -> Facts {
    Facts {
        script: "Bread is ready. Come in.".into(),
        hook: "Bread is ready.".into(),
        project: "Bakery".into(),
        name: "bread-1".into(),
        brand: "Crust".into(),
        tags: vec!["bread".into()],
        date: "2026-11-26".into(),
        number: 1,
        synthetic,
    }
}

fn tiktok(settings: &PostSettings) -> &TiktokSettings {
    let PostSettings::Tiktok(settings) = settings else { panic!("{settings:?}") };
    settings
}

fn codes(settings: &PostSettings) -> Vec<String> {
    settings.check().into_iter().map(|f| f.code).collect()
}

#[test]
fn a_synthetic_voice_is_disclosed_by_itself_and_a_persons_own_is_not() {
    let settings = PostSettings::of_platform("tiktok");
    assert_eq!(tiktok(&settings.complete(&facts(true))).made_with_ai, Disclosure::Yes);
    assert_eq!(tiktok(&settings.complete(&facts(false))).made_with_ai, Disclosure::No);
    let wire = |synthetic| settings.complete(&facts(synthetic)).wire("tiktok")["video_made_with_ai"].clone();
    assert_eq!((wire(true), wire(false)), (json!(true), json!(false)));
    // What a person said stays said.
    let never = PostSettings::Tiktok(TiktokSettings { made_with_ai: Disclosure::No, ..TiktokSettings::default() });
    assert_eq!(tiktok(&never.complete(&facts(true))).made_with_ai, Disclosure::No);
    // Settings that nobody completed disclose rather than conceal.
    assert_eq!(settings.wire("tiktok")["video_made_with_ai"], json!(true));
}

#[test]
fn every_name_of_a_platform_has_settings_that_fit_it_and_no_other() {
    let names = ["tiktok", "youtube", "instagram", "instagram-standalone", "facebook", "threads", "x"];
    for name in names {
        assert!(PostSettings::of_platform(name).fits(name), "{name}");
    }
    assert!(PostSettings::of_platform("instagram").fits("instagram-standalone"));
    assert!(!PostSettings::of_platform("tiktok").fits("youtube"));
    assert!(!PostSettings::of_platform("threads").fits("facebook"));
}

#[test]
fn the_programs_defaults_pass_their_own_check_once_completed() {
    for name in ["tiktok", "youtube", "instagram", "facebook", "bluesky"] {
        let settings = PostSettings::of_platform(name).complete(&facts(true));
        assert_eq!(settings.check(), [], "{name}");
    }
}

#[test]
fn a_title_nobody_gave_comes_from_the_hook_else_from_the_name() {
    let title = |settings: &PostSettings| settings.wire("youtube")["title"].as_str().unwrap().to_owned();
    let youtube = PostSettings::of_platform("youtube");
    assert_eq!(title(&youtube.complete(&facts(true))), "Bread is ready.");
    let nameless = Facts { hook: String::new(), ..facts(true) };
    assert_eq!(title(&youtube.complete(&nameless)), "bread-1");
    let marked = Facts { hook: "Bread <now> ready".into(), ..facts(true) };
    assert_eq!(codes(&youtube.complete(&marked)), [""; 0], "{}", title(&youtube.complete(&marked)));
}

#[test]
fn variables_of_a_title_are_replaced_and_unknown_ones_are_an_error() {
    let with = |title: &str| {
        PostSettings::Youtube(YoutubeSettings { title: title.into(), ..YoutubeSettings::default() })
            .complete(&facts(true))
    };
    assert_eq!(with("{brand}: {hook}").wire("youtube")["title"], json!("Crust: Bread is ready."));
    let wrong = with("{brnd}");
    assert_eq!(codes(&wrong), ["unknown_variable"]);
    assert!(wrong.check()[0].says.contains("{brand}"), "{}", wrong.check()[0].says);
}

#[test]
fn titles_and_tags_that_a_platform_would_refuse_are_errors() {
    let youtube = |title: &str, tags: Vec<String>| {
        codes(&PostSettings::Youtube(YoutubeSettings { title: title.into(), tags, ..YoutubeSettings::default() }))
    };
    assert_eq!(youtube(&"a".repeat(101), vec![]), ["title_too_long"]);
    assert_eq!(youtube(&"ș".repeat(100), vec![]), [""; 0]);
    assert_eq!(youtube("a", vec![]), ["title_too_short"]);
    assert_eq!(youtube("a > b", vec![]), ["title_mark"]);
    // 50 tags of nine letters: 450, and 49 commas.
    assert_eq!(youtube("fine", vec!["ninechars".into(); 50]), [""; 0]);
    assert_eq!(youtube("fine", vec!["two words".into(); 50]), ["tags_too_long"]);
    let tiktok = |settings| codes(&PostSettings::Tiktok(settings));
    assert_eq!(tiktok(TiktokSettings { title: "a".repeat(91), ..Default::default() }), ["title_too_long"]);
    let private = TiktokSettings { brand_content: true, privacy: TiktokPrivacy::OnlyMe, ..Default::default() };
    assert_eq!(tiktok(private), ["branded_but_private"]);
    let story = PostSettings::Instagram(InstagramSettings { kind: InstagramKind::Story, trial: true });
    assert_eq!(codes(&story), ["trial_story"]);
}

#[test]
fn a_post_that_only_reaches_the_inbox_of_the_app_says_so_and_goes_out_all_the_same() {
    let settings = PostSettings::Tiktok(TiktokSettings { method: TiktokMethod::Inbox, ..Default::default() });
    let found = settings.check();
    assert_eq!((found[0].code.as_str(), found[0].level), ("tiktok_inbox", Level::Warning));
    assert_eq!(settings.wire("tiktok")["content_posting_method"], json!("UPLOAD"));
}

#[test]
fn what_goes_over_the_wire_has_every_field_that_postiz_requires() {
    let required = |settings: &PostSettings, identifier: &str, fields: &[&str]| {
        let wire = settings.wire(identifier);
        for field in fields {
            assert!(wire.get(field).is_some(), "{identifier} without {field}: {wire}");
        }
        wire
    };
    let tiktok = [
        "__type",
        "privacy_level",
        "duet",
        "stitch",
        "comment",
        "autoAddMusic",
        "brand_content_toggle",
        "brand_organic_toggle",
        "content_posting_method",
    ];
    required(&PostSettings::of_platform("tiktok"), "tiktok", &tiktok);
    let kids = YoutubeSettings { made_for_kids: true, tags: vec!["a".into()], ..Default::default() };
    let wire = required(&PostSettings::Youtube(kids), "youtube", &["__type", "title", "type"]);
    assert_eq!(wire["selfDeclaredMadeForKids"], json!("yes"));
    assert_eq!(wire["tags"], json!([{ "value": "a", "label": "a" }]));
    let reel = PostSettings::of_platform("instagram-standalone");
    let wire = required(&reel, "instagram-standalone", &["__type", "post_type"]);
    assert_eq!((&wire["__type"], &wire["post_type"]), (&json!("instagram-standalone"), &json!("post")));
    let story = PostSettings::Instagram(InstagramSettings { kind: InstagramKind::Story, trial: false });
    assert_eq!(story.wire("instagram")["post_type"], json!("story"));
    assert_eq!(PostSettings::of_platform("x").wire("x")["who_can_reply_post"], json!("everyone"));
    assert_eq!(PostSettings::of_platform("threads").wire("threads"), json!({ "__type": "threads" }));
}

#[test]
fn stored_settings_read_back_and_missing_fields_take_the_programs_defaults() {
    let read = |text: &str| serde_json::from_str::<PostSettings>(text);
    assert_eq!(read(r#"{"platform":"tiktok"}"#).unwrap(), PostSettings::of_platform("tiktok"));
    assert!(read(r#"{"platform":"tiktok","privcy":"everyone"}"#).is_err(), "a slip of the pen is not taken silently");
    for name in ["tiktok", "youtube", "instagram", "facebook", "x"] {
        let settings = PostSettings::of_platform(name);
        assert_eq!(read(&serde_json::to_string(&settings).unwrap()).unwrap(), settings);
    }
}

proptest! {
    #[test]
    fn a_title_made_from_a_clip_always_passes(hook in any::<String>(), name in "[a-zăâîșț]{2}[a-z0-9 -]{0,150}") {
        let facts = Facts { hook, name, ..facts(true) };
        for platform in ["tiktok", "youtube"] {
            let settings = PostSettings::of_platform(platform).complete(&facts);
            let errors: Vec<_> = settings.check().into_iter().filter(|f| f.level == Level::Error).collect();
            prop_assert!(errors.is_empty(), "{errors:?}");
            prop_assert_eq!(&settings.complete(&facts), &settings);
        }
    }
}
