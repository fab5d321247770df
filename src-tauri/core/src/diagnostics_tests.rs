//! Tests of what is in a bundle, and above all of what is not.

use std::io::Read;

use super::*;
use crate::project::{Look, store as projects};
use crate::testkit::{Bench, bench};

const SENTENCE: &str = "Our secret recipe has seven herbs.";

fn unpacked(file: &Path) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(File::open(file).unwrap()).unwrap();
    (0..zip.len())
        .map(|n| {
            let mut entry = zip.by_index(n).unwrap();
            let mut text = String::new();
            entry.read_to_string(&mut text).unwrap();
            (entry.name().unwrap().into_owned(), text)
        })
        .collect()
}

/// A script in the profile, and log lines of it, of another profile, of both and of none.
fn logged(bench: &Bench, other: &str) {
    bench
        .profile
        .write::<_, projects::ProjectError>(|tx| {
            let project = projects::create(tx, "P", &Look::default(), &[])?.id;
            let text = format!("# Title of ours\n\n{SENTENCE} \"Quoted words\" too.");
            projects::add_script(tx, project, &projects::NewScript { name: "s".into(), text, ..Default::default() })
        })
        .unwrap();
    let own = bench.profile.id().to_string();
    let line = |message: &str, of: &[&str]| {
        let spans: Vec<Value> = of.iter().map(|id| json!({ "name": "profile", "profile": id })).collect();
        json!({ "fields": { "message": message }, "spans": spans }).to_string()
    };
    let command = json!({ "fields": { "command": "ffmpeg -vf drawtext" }, "spans": [{ "profile": own }] }).to_string();
    let lines = [
        line("mine", &[&own]),
        line("theirs", &[other]),
        line("of both", &[&own, other]),
        line("of nobody", &[]),
        line(&format!("sentence 1 ({SENTENCE}) was not spoken"), &[&own]),
        line("it says \"Quoted words\" too", &[&own]),
        command,
        "{\"cut off".into(),
    ];
    let folder = logging::folder(bench.home.root());
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("edit-factory.2026-01-01.jsonl"), lines.join("\n")).unwrap();
}

#[tokio::test]
async fn a_bundle_holds_its_own_log_lines_and_nothing_of_another_profile_or_of_a_script() {
    let bench = bench();
    let other = bench.home.create("Other brand", None).unwrap().id;
    let theirs = bench.home.profile(other).unwrap();
    theirs.write(|tx| projects::create(tx, "Their wedding", &Look::default(), &[])).unwrap();
    logged(&bench, &other.to_string());
    crate::credentials::set(&bench.profile, "elevenlabs", &"sk-secret".into(), None).unwrap();

    let cancel = CancellationToken::new();
    let file = write(&bench.home, &bench.profile, &bench.desk, &cancel).await.unwrap();
    assert!(file.starts_with(&bench.desk) && file.extension().unwrap() == "zip");
    let again = write(&bench.home, &bench.profile, &bench.desk, &cancel).await.unwrap();
    assert_ne!(again, file, "nothing is overwritten");

    let documents = unpacked(&file);
    let names: Vec<&str> = documents.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["versions.json", "doctor.json", "database.json", "log.jsonl"]);
    let all: String = documents.iter().map(|(_, text)| text.as_str()).collect();
    let other = other.to_string();
    for forbidden in ["theirs", "of both", "of nobody", &other, "Other brand", "Their wedding", "sk-secret"] {
        assert!(!all.contains(forbidden), "{forbidden}");
    }
    for forbidden in ["secret recipe", "Title of ours", "Quoted words", "drawtext"] {
        assert!(!all.contains(forbidden), "{forbidden}");
    }
    let log = &documents[3].1;
    assert!(log.contains("mine") && log.matches(LEFT_OUT).count() == 3, "{log}");
    let database: Value = serde_json::from_str(&documents[2].1).unwrap();
    let migrations = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations/profile");
    let newest = std::fs::read_dir(migrations).unwrap().count();
    assert_eq!((&database["version"], &database["rows"]["scripts"]), (&json!(newest), &json!(1)));
}

#[tokio::test]
async fn a_bundle_goes_to_a_folder_that_is_there_and_not_into_another_profile() {
    let bench = bench();
    let other = bench.home.create("Other", None).unwrap().id;
    let theirs = bench.home.profile(other).unwrap().root().to_owned();
    let cancel = CancellationToken::new();
    for (to, code) in [
        (bench.desk.join("not/there.zip"), Code::InvalidInput),
        ("relative.zip".into(), Code::InvalidInput),
        (theirs.join("media"), Code::OutsideProfile),
    ] {
        let refused = write(&bench.home, &bench.profile, &to, &cancel).await.unwrap_err();
        assert_eq!(refused.code, code, "{}", to.display());
    }
    assert!(!bench.desk.join("not").exists() && std::fs::read_dir(theirs.join("media")).unwrap().count() == 0);
    let named = write(&bench.home, &bench.profile, &bench.desk.join("mine.zip"), &cancel).await.unwrap();
    assert_eq!(named, bench.desk.join("mine.zip"));
}
