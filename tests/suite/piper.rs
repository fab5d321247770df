//! A real voice of Piper, from its package to a sentence that an independent program can follow.

use std::path::Path;

use acceptance::fakes::files::Files;
use acceptance::voices::{self, VOICE};
use acceptance::{Cli, aligner};
use serde_json::Value;

const TEXT: &str = "We bake fresh bread every morning at five. Come and taste it while it is warm, or take it home \
                    for the whole family.";

/// A home in which the voice and the runtime were installed from their packages.
fn with_the_voice(cli: &Cli) -> Option<()> {
    let packages = voices::packages()?;
    let installed = cli.run(["voice", "install", "--from", packages.to_str().unwrap()]).good();
    assert_eq!(installed["installed"], serde_json::json!(["onnxruntime", VOICE]));
    Some(())
}

fn voice(catalog: &Value) -> Value {
    catalog["voices"].as_array().unwrap().iter().find(|voice| voice["id"] == VOICE).unwrap().clone()
}

/// The files below a folder that are no lock and no note.
fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    found.sort();
    found
}

#[test]
fn a_voice_from_its_package_speaks_for_every_profile_and_every_word_is_heard_when_it_is_said() {
    let dir = tempfile::tempdir().unwrap();
    let cli = Cli::new(&dir.path().join("home"));
    let before = cli.run(["voice", "catalog"]).good();
    assert_eq!((voice(&before)["state"].as_str(), &before["runtime"]["installed"]), (Some("absent"), &Value::Null));
    if with_the_voice(&cli).is_none() {
        return;
    }
    let here = voice(&cli.run(["voice", "catalog"]).good());
    assert_eq!((here["state"].as_str(), here["licence"].as_str()), (Some("ready"), Some("CC0")), "{here}");
    assert_eq!(cli.run(["profile", "create", "Other"]).code, 0);
    // It is the best voice of the machine for English now, so nobody has to ask for it.
    let wav = dir.path().join("said.wav");
    let words = ["--profile", "Other", "voice", "say", TEXT, "--language", "en", "--out", wav.to_str().unwrap()];
    let said = cli.run(words).good();
    let narration = &said["narration"];
    assert_eq!(narration["used"], serde_json::json!({ "provider": "piper", "voice": VOICE }), "{said}");
    assert_eq!(
        (narration["asked"].clone(), narration["reasons"].clone()),
        (narration["used"].clone(), serde_json::json!([]))
    );
    let ours: Vec<i64> =
        narration["words"].as_array().unwrap().iter().map(|word| word["start_ms"].as_i64().unwrap()).collect();
    if let Some(heard) = aligner::heard(&wav, TEXT) {
        let distances = aligner::distances(&ours, &heard);
        let (median, most) = (aligner::percentile(&distances, 0.5), aligner::percentile(&distances, 0.9));
        println!("soak: Piper's word times are {median} ms off in the middle, {most} ms at the 90th percentile");
        assert!(median <= 60 && most <= 150, "{distances:?}");
    }
    // Said again it is the same sound, kept from before.
    let again = cli.run(["--profile", "Other", "voice", "say", TEXT, "--language", "en"]).good();
    assert!(again["steps"][0]["says"].as_str().unwrap().starts_with("kept from before"), "{again}");
    let doctor = cli.run(["doctor"]).json.to_string();
    assert!(doctor.contains(&format!("{VOICE} with ONNX Runtime 1.")), "{doctor}");
}

#[test]
fn a_voice_that_was_taken_away_or_damaged_is_a_step_down_and_never_a_broken_sound() {
    let dir = tempfile::tempdir().unwrap();
    let cli = Cli::new(&dir.path().join("home"));
    if with_the_voice(&cli).is_none() {
        return;
    }
    let chosen = format!("piper:{VOICE}");
    let say = |text: &str| cli.run(["voice", "say", text, "--language", "en", "--voice", &chosen]).good();
    let model = cli.home.join(format!("voices/piper/{VOICE}/voice.onnx"));
    let mut bytes = std::fs::read(&model).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x40;
    std::fs::write(&model, bytes).unwrap();
    let damaged = say("It is warm today.");
    assert_eq!(damaged["narration"]["used"]["provider"], "flite", "{damaged}");
    assert!(damaged["narration"]["reasons"][0].as_str().unwrap().contains("changed or damaged"), "{damaged}");
    cli.run(["voice", "remove", VOICE]).good();
    let gone = say("It is cold today.");
    assert_eq!(gone["narration"]["asked"]["voice"], VOICE);
    let reason = gone["narration"]["reasons"][0].as_str().unwrap();
    assert_eq!(reason, format!("{chosen} is not there: this voice is not installed"));
    assert!(!model.exists());
    assert_eq!(cli.run(["voice", "remove", VOICE]).error(), "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_voice_is_downloaded_goes_on_where_it_was_cut_and_is_believed_only_by_its_hash() {
    let dir = tempfile::tempdir().unwrap();
    let cli = Cli::new(&dir.path().join("home"));
    if with_the_voice(&cli).is_none() {
        return;
    }
    let folder = cli.home.join(format!("voices/piper/{VOICE}"));
    let model = std::fs::read(folder.join("voice.onnx")).unwrap();
    let description = std::fs::read(folder.join("voice.onnx.json")).unwrap();
    cli.run(["voice", "remove", VOICE]).good();
    let server = Files::start().await;
    let endpoint = format!("voices={}", server.url);
    let install = || cli.run(["--endpoint", &endpoint, "voice", "install", VOICE]);
    server.put(&format!("{VOICE}.onnx.json"), description);
    // Nothing there but the description.
    let missing = install();
    assert!(missing.code == 1 && missing.json.to_string().contains("404"), "{}", missing.json);
    // Another file of the same size.
    let mut other = model.clone();
    other[40_000_000] ^= 1;
    server.put(&format!("{VOICE}.onnx"), other);
    let wrong = install();
    assert_eq!(wrong.json["error"]["details"]["reason"], "wrong_hash", "{}", wrong.json);
    assert_eq!(voice(&cli.run(["voice", "catalog"]).good())["state"], "absent");
    assert!(!files(&cli.home.join("voices")).iter().any(|file| file.starts_with("voice.onnx.part")));
    // The right one, cut twice.
    server.put(&format!("{VOICE}.onnx"), model);
    server.cut(2);
    assert_eq!(voice(&install().good())["state"], "ready");
    let ranges = server.asked.all().iter().filter(|request| request.header("range").is_some()).count();
    assert_eq!(ranges, 2);
    assert_eq!(std::fs::read_dir(cli.home.join("voices/arriving")).unwrap().count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_downloaded_whose_hash_is_not_known_or_that_nobody_offers() {
    let dir = tempfile::tempdir().unwrap();
    let cli = Cli::new(&dir.path().join("home"));
    let server = Files::start().await;
    let endpoint = format!("voices={}", server.url);
    let install = |words: &[&str]| cli.run(["--endpoint", &endpoint, "voice", "install"].iter().chain(words));
    let unknown = install(&["ro_RO-mihai-medium"]);
    assert_eq!(unknown.json["error"]["details"]["reason"], "no_hash", "{}", unknown.json);
    assert!(unknown.json["error"]["message"].as_str().unwrap().contains("https://"), "{}", unknown.json);
    assert_eq!(install(&["ro_RO-mihai-medium", "--sha256", "abc"]).error(), "invalid_input");
    assert_eq!(install(&["xx_XX-nobody-low"]).error(), "not_found");
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(install(&["--from", empty.path().to_str().unwrap()]).error(), "not_found");
    assert_eq!(server.asked.count(), 0);
}

#[test]
fn a_library_that_cannot_be_loaded_is_not_installed() {
    let dir = tempfile::tempdir().unwrap();
    let cli = Cli::new(&dir.path().join("home"));
    let (start, end) = (std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    std::fs::write(dir.path().join(format!("{start}onnxruntime{end}")), "no library").unwrap();
    let refused = cli.run(["voice", "install", "--from", dir.path().to_str().unwrap()]);
    assert_eq!(refused.error(), "invalid_input", "{}", refused.json);
    assert_eq!(refused.json["error"]["details"]["reason"], "runtime");
    assert_eq!(cli.run(["voice", "catalog"]).good()["runtime"]["installed"], Value::Null);
    assert_eq!(std::fs::read_dir(cli.home.join("voices/runtime")).unwrap().count(), 0);
}
