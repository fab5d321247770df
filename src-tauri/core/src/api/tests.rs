use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::*;
use crate::ids::JobId;
use crate::testkit::bench;

/// Arguments for each call: ones that read as its type and name nothing that exists.
fn samples() -> BTreeMap<&'static str, Value> {
    let id = JobId::from_bytes([7; 16]).to_string();
    let pin = json!({ "variant": 0, "sentence": "Hello.", "part": 0, "shot": id });
    BTreeMap::from([
        ("profile_list", json!({})),
        ("profile_create", json!({ "name": "Sample" })),
        ("profile_rename", json!({ "id": id, "name": "Other" })),
        ("profile_colour", json!({ "id": id, "colour": "teal" })),
        ("profile_use", json!({ "id": id })),
        ("profile_delete", json!({ "id": id })),
        ("profile_audit", json!({ "seed": 1, "calls": 0 })),
        ("doctor", json!({})),
        ("source_add", json!({ "paths": [] })),
        ("source_list", json!({})),
        ("source_show", json!({ "id": id })),
        ("source_tag", json!({ "id": id, "add": ["oven"] })),
        ("source_framing", json!({ "id": id, "framing": { "how": "fit" } })),
        ("source_remove", json!({ "id": id })),
        ("pin_set", json!({ "script": id, "pin": pin })),
        ("pin_remove", json!({ "script": id, "pin": pin })),
        ("caption_edits_show", json!({ "script": id })),
        ("caption_edits_set", json!({ "script": id, "edits": [] })),
        ("generate", json!({ "project": id, "order": { "variants": 1, "seed": 1 } })),
        ("batch_show", json!({ "batch": id })),
        ("platform_list", json!({})),
        ("style_list", json!({})),
        ("font_list", json!({})),
        ("script_read", json!({ "text": "Hello.", "language": "en" })),
        ("project_list", json!({})),
        ("project_show", json!({ "id": id })),
        ("project_create", json!({ "name": "Sample", "look": {}, "sources": [] })),
        ("project_update", json!({ "id": id, "name": "Sample", "look": {} })),
        ("project_sources", json!({ "id": id, "sources": [] })),
        ("project_remove", json!({ "id": id })),
        ("script_add", json!({ "project": id, "script": { "name": "a", "text": "Hello." } })),
        ("script_set", json!({ "id": id, "text": "Hello." })),
        ("sound_add", json!({ "path": "/nowhere/song.mp3", "what_for": "music" })),
        ("voice_list", json!({})),
        ("voice_say", json!({ "text": "Hello." })),
        ("voice_chain_show", json!({})),
        ("voice_chain_set", json!({ "chain": { "links": [] } })),
        ("speech_plan", json!({ "scripts": [id], "variants": 2 })),
        ("pronunciation_show", json!({})),
        ("pronunciation_set", json!({ "entries": [] })),
        ("voice_catalog_show", json!({})),
        ("voice_install", json!({ "id": "xx_XX-nobody-medium" })),
        ("voice_import", json!({ "path": "/nowhere" })),
        ("voice_install_stop", json!({})),
        ("voice_remove", json!({ "id": "xx_XX-nobody-medium" })),
        ("brand_show", json!({})),
        ("brand_set", json!({ "patch": {} })),
        ("clip_list", json!({})),
        ("clip_show", json!({ "id": id })),
        ("clip_export", json!({ "id": id, "to": "/nowhere" })),
        ("clip_rerender", json!({ "id": id })),
        ("clip_remove", json!({ "id": id })),
        ("secret_file_show", json!({})),
        ("secret_file_unlock", json!({ "passphrase": "correct horse" })),
        ("credential_list", json!({})),
        ("credential_set", json!({ "provider": "elevenlabs", "secret": "a-key-of-nobody" })),
        ("credential_remove", json!({ "provider": "elevenlabs" })),
        ("credential_test", json!({ "provider": "elevenlabs" })),
        ("quota_show", json!({})),
        ("quota_set", json!({ "provider": "elevenlabs", "characters": 1000 })),
        ("quota_share", json!({ "provider": "elevenlabs", "characters": 400 })),
        ("quota_warn", json!({ "at": 0.9 })),
        ("quota_acknowledge", json!({ "provider": "elevenlabs" })),
        ("cost_list", json!({ "filter": { "month": "2030-01" }, "limit": 10, "offset": 0 })),
        ("cost_summary", json!({ "month": "2030-01", "by": "day" })),
        ("cost_export", json!({ "to": "/nowhere/at/all" })),
        ("cost_reconcile", json!({})),
        ("price_list", json!({})),
        ("price_set", json!({ "provider": "elevenlabs", "microusd_per_1000": 100_000 })),
        ("job_list", json!({})),
        ("job_batch", json!({ "batch": id })),
        ("job_show", json!({ "id": id })),
        ("job_cancel", json!({ "id": id })),
        ("job_pause", json!({ "id": id })),
        ("job_resume", json!({ "id": id })),
        ("job_retry", json!({ "id": id })),
        ("job_first", json!({ "id": id })),
        ("job_move", json!({ "id": id, "before": null })),
        ("job_retry_failed", json!({})),
        ("job_commands", json!({ "id": id })),
        ("job_counts", json!({})),
        ("profile_backups", json!({ "id": id })),
        ("profile_restore", json!({ "id": id, "backup": "profile-daily-1.sqlite" })),
        ("app_settings_show", json!({})),
        ("app_settings_set", json!({ "settings": { "theme": "dark" } })),
        ("diagnostics", json!({ "to": "/nowhere/at/all" })),
        ("demo_project", json!({})),
        ("source_page", json!({ "filter": { "text": "a" }, "sort": "most_used", "limit": 10, "offset": 0 })),
        ("source_tags", json!({})),
        ("source_trash", json!({})),
        ("source_restore", json!({ "id": id })),
        ("source_erase", json!({ "id": id })),
        ("source_relink", json!({ "id": id, "path": "/nowhere/a.mp4" })),
        ("shot_framing", json!({ "shot": id, "framing": null })),
        ("project_restore", json!({ "id": id })),
        ("script_rename", json!({ "id": id, "name": "b" })),
        ("script_remove", json!({ "id": id })),
        ("script_restore", json!({ "id": id })),
        ("script_tags", json!({ "id": id, "tags": ["oven"] })),
        ("script_recording", json!({ "id": id, "recording": null })),
        ("project_variants", json!({ "project": id })),
        ("render_variants", json!({ "variants": [id] })),
        ("shot_candidates", json!({ "script": id, "sentence": 0, "variant": id, "limit": 5 })),
        ("variant_captions", json!({ "variant": id, "clean": false })),
        ("clip_page", json!({ "filter": { "triage": "new" }, "sort": "name", "limit": 10, "offset": 0 })),
        ("clip_triage", json!({ "ids": [id], "triage": "accepted" })),
        ("clip_counts", json!({})),
        ("clip_trash", json!({})),
        ("clip_restore", json!({ "id": id })),
        ("clip_erase", json!({ "id": id })),
        ("clip_refit", json!({ "clip": id, "platform": "reels" })),
        ("clip_regenerate", json!({ "id": id })),
        ("storage_show", json!({})),
        ("cache_clear", json!({})),
        ("backup_keep_show", json!({})),
        ("backup_keep_set", json!({ "keep": { "daily": 3, "weekly": 0 } })),
        ("profile_backup", json!({ "id": id })),
        ("profile_export", json!({ "id": id, "to": "/nowhere/at/all", "passphrase": "correct horse" })),
        ("archive_look", json!({ "path": "/nowhere/a.efprofile" })),
        ("profile_import", json!({ "path": "/nowhere/a.efprofile", "passphrase": null })),
        ("transfer_show", json!({})),
        ("transfer_stop", json!({})),
        ("sync_show", json!({})),
        ("sync_holds", json!({})),
        ("sync_sign_in", json!({ "url": "ftp://x", "key": "k", "email": "a@example.com", "password": "p" })),
        ("sync_sign_out", json!({})),
        ("sync_profiles", json!({})),
        ("sync_link", json!({ "remote": null })),
        ("sync_now", json!({})),
        ("sync_retry", json!({ "table": "clips", "id": id })),
        ("sync_unlink", json!({})),
        ("sync_erase", json!({ "name": "Test" })),
        ("sync_media", json!({ "policy": "clips_only" })),
        ("sync_missing", json!({})),
        ("publish_show", json!({})),
        ("publish_set", json!({ "settings": { "requests_an_hour": 20 } })),
        ("publish_groups", json!({})),
        ("publish_group", json!({ "group": null })),
        ("publish_refresh", json!({})),
        ("publish_account", json!({ "id": "nobody", "ticked": true })),
        ("publish_account_settings", json!({ "id": "nobody", "settings": null })),
        ("publish_defaults", json!({ "platform": "tiktok" })),
        ("publish_times", json!({ "clips": 1, "when": { "when": "now" } })),
        ("publish_originality", json!({ "clips": [id] })),
        ("publish_propose", json!({ "order": { "clips": [id], "accounts": ["nobody"], "when": { "when": "now" } } })),
        (
            "publish_start",
            json!({ "order": { "clips": [id], "accounts": ["nobody"], "when": { "when": "now" } }, "seal": "none" }),
        ),
        ("publication_list", json!({ "filter": { "states": ["failed"] } })),
        ("publication_show", json!({ "id": id })),
        ("publication_move", json!({ "id": id, "at": 4_102_444_800_000_i64 })),
        ("publication_cancel", json!({ "id": id })),
        ("publication_retry", json!({ "ids": [id] })),
        ("publication_check", json!({})),
        ("sync_fetch", json!({ "of": { "of": "source", "id": id } })),
    ])
}

fn sample(info: &CallInfo) -> Call {
    let mut wire = samples().remove(info.name).unwrap_or_else(|| panic!("{} has no sample", info.name));
    wire["call"] = info.name.into();
    serde_json::from_value(wire).unwrap_or_else(|e| panic!("{}: {e}", info.name))
}

#[test]
fn every_name_in_the_list_is_the_name_on_the_wire_and_is_there_once() {
    let mut names: Vec<_> = CALLS.iter().map(|c| c.name).collect();
    for info in CALLS {
        let call = sample(info);
        assert_eq!(call.name(), info.name);
        let wire = serde_json::to_value(&call).unwrap();
        assert_eq!(wire["call"], info.name);
        assert_eq!(wire.as_object().unwrap().len(), info.arguments.len() + 1, "{}", info.name);
    }
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), CALLS.len());
    assert_eq!(samples().len(), CALLS.len(), "a sample of no call");
}

#[tokio::test]
async fn every_call_of_a_profile_is_refused_without_one() {
    let bench = bench();
    let caller = Caller::new(bench.home.clone());
    for info in CALLS.iter().filter(|c| c.level == Level::Profile) {
        let failure = dispatch(&caller, sample(info)).await.unwrap_err();
        assert_eq!((failure.code, &failure.details["call"]), (Code::InvalidInput, &json!(info.name)));
    }
}

#[tokio::test]
async fn every_listed_call_reaches_its_handler() {
    let bench = bench();
    let caller = Caller::new(bench.home.clone()).with(bench.profile.clone());
    for info in CALLS {
        match dispatch(&caller, sample(info)).await {
            Ok(reply) => {
                let may_be_none = info.reply == "()" || info.reply.starts_with("Option");
                assert!(may_be_none || !reply.is_null(), "{}", info.name);
            }
            // Refused by the room that was asked, not by the dispatcher.
            Err(failure) => {
                assert!(failure.details.get("call").is_none(), "{}: {failure}", info.name);
                assert_ne!(failure.code, Code::Internal, "{}: {failure}", info.name);
            }
        }
    }
}

#[test]
fn unknown_calls_and_arguments_do_not_read() {
    let id = JobId::from_bytes([7; 16]);
    for wire in [json!({ "call": "job_steal", "id": id }), json!({ "call": "job_show", "id": id, "profile": "other" })]
    {
        assert!(serde_json::from_value::<Call>(wire).is_err());
    }
}

#[tokio::test]
async fn a_typed_call_gives_what_the_wire_gives() {
    let bench = bench();
    let caller = Caller::new(bench.home.clone());
    let made = caller.ask(ProfileCreate { name: "Brand".into(), colour: Some("teal".into()) }).await.unwrap();
    let listed = dispatch(&caller, ProfileList {}.into()).await.unwrap();
    assert_eq!(listed[0], serde_json::to_value(&made).unwrap());
    let again = caller.ask(ProfileCreate { name: "brand".into(), colour: None }).await.unwrap_err();
    assert_eq!(again.code, Code::Exists);
}

#[tokio::test]
async fn what_a_call_changes_in_a_profile_is_told_to_its_listeners() {
    use crate::profile::events::Event;
    let bench = bench();
    let caller = Caller::new(bench.home.clone()).with(bench.profile.clone());
    let ask = async |name: &str, arguments: Value| {
        let mut wire = arguments;
        wire["call"] = name.into();
        dispatch(&caller, serde_json::from_value(wire).unwrap()).await.unwrap_or_else(|e| panic!("{name}: {e}"))
    };
    let project = ask("project_create", json!({ "name": "P" })).await["id"].clone();
    let script = json!({ "name": "s", "text": "Hello there." });
    let script = ask("script_add", json!({ "project": project, "script": script })).await["id"].clone();
    let mut heard = bench.profile.events().listen();
    let of_the_project = Event::Project { project: serde_json::from_value(project.clone()).unwrap() };
    for (name, arguments) in [
        ("project_update", json!({ "id": project, "name": "Q", "look": {} })),
        ("project_sources", json!({ "id": project, "sources": [] })),
        ("script_set", json!({ "id": script, "text": "Hello." })),
        ("script_rename", json!({ "id": script, "name": "t" })),
        ("script_tags", json!({ "id": script, "tags": ["oven"] })),
        ("script_recording", json!({ "id": script, "recording": null })),
        ("caption_edits_set", json!({ "script": script, "edits": [] })),
        ("script_remove", json!({ "id": script })),
        ("script_restore", json!({ "id": script })),
        ("project_remove", json!({ "id": project })),
        ("project_restore", json!({ "id": project })),
    ] {
        ask(name, arguments).await;
        assert_eq!(heard.try_recv().unwrap(), of_the_project, "{name}");
        assert!(heard.try_recv().is_err(), "{name} is told once");
    }
    for (name, arguments) in [("brand_set", json!({ "patch": {} })), ("cache_clear", json!({}))] {
        ask(name, arguments).await;
        assert_eq!(heard.try_recv().unwrap(), Event::Settings {}, "{name}");
    }
}
