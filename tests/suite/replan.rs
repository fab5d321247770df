//! The main job as a user sees it: N different videos, the same again from the same seed, and only what changed after
//! a changed word.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use acceptance::{Cli, footage};
use serde_json::{Value, json};

const SCRIPT: &str = "Fresh bread leaves the oven at six. The street still sleeps, but the window is lit. \
                      Three loaves wait for you on the counter.";

fn receipts(out: &Path) -> Vec<Value> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(out)
        .unwrap()
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|e| e == "json"))
        .collect();
    paths.sort();
    paths.iter().map(|p| serde_json::from_slice(&std::fs::read(p).unwrap()).unwrap()).collect()
}

fn shots(receipt: &Value) -> Vec<String> {
    let segments = receipt["timeline"]["segments"].as_array().unwrap();
    segments.iter().map(|s| s["pick"]["shot"].as_str().unwrap().to_owned()).collect()
}

fn bench() -> (tempfile::TempDir, Cli) {
    let dir = tempfile::tempdir().unwrap();
    for kind in 0..5 {
        footage::moving(&dir.path().join(format!("footage/part {kind}.mp4")), kind, 10);
    }
    std::fs::write(dir.path().join("bread.md"), SCRIPT).unwrap();
    let cli = Cli::new(&dir.path().join("home"));
    (dir, cli)
}

fn make(dir: &Path, cli: &Cli, out: &str) -> Value {
    let (script, out, footage) = (dir.join("bread.md"), dir.join(out), dir.join("footage"));
    let path = |p: &Path| p.to_str().unwrap().to_owned();
    let reply = cli.run([
        "make",
        "--variants",
        "3",
        "--platform",
        "draft",
        "--seed",
        "5",
        "--script",
        &path(&script),
        "--out",
        &path(&out),
        &path(&footage),
    ]);
    assert_eq!(reply.code, 0, "{} {}", reply.json, reply.stderr);
    reply.json
}

#[test]
fn one_line_makes_three_finished_videos_that_share_no_shot() {
    let (dir, cli) = bench();
    make(dir.path(), &cli, "out");
    let out = dir.path().join("out");
    let made: Vec<String> =
        std::fs::read_dir(&out).unwrap().flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    for ending in ["mp4", "srt", "vtt", "json"] {
        assert_eq!(made.iter().filter(|n| n.ends_with(&format!(".{ending}"))).count(), 3, "{made:?}");
    }
    let receipts = receipts(&out);
    let mut seen = BTreeSet::new();
    for receipt in &receipts {
        let shots = shots(receipt);
        assert!(shots.len() >= 3);
        for shot in shots {
            assert!(seen.insert(shot), "a shot is in two variants though there are enough");
        }
    }
    // The words of the script, all of them, in order, in the subtitles.
    for name in made.iter().filter(|n| n.ends_with(".srt")) {
        let text = std::fs::read_to_string(out.join(name)).unwrap();
        let spoken: Vec<&str> = text
            .lines()
            .filter(|l| !l.contains("-->") && l.trim().parse::<u32>().is_err())
            .flat_map(str::split_whitespace)
            .collect();
        assert_eq!(spoken, SCRIPT.split_whitespace().collect::<Vec<_>>());
    }
    // No two videos have the same picture at the same place anywhere in the first second.
    let hashes: Vec<Vec<String>> =
        made.iter().filter(|n| n.ends_with(".mp4")).map(|n| footage::frame_hashes(&out.join(n))).collect();
    assert!((0..30).all(|i| hashes[0][i] != hashes[1][i] && hashes[1][i] != hashes[2][i]));
    // Picture and receipt agree on the length, frame for frame.
    assert!(receipts.iter().all(|r| hashes.iter().any(|h| json!(h.len()) == r["timeline"]["frames"])));
}

#[test]
fn after_one_changed_word_only_what_it_touches_is_made_again() {
    let (dir, cli) = bench();
    make(dir.path(), &cli, "before");
    let cache = |kind: &str| -> BTreeSet<PathBuf> {
        let profile = std::fs::read_dir(dir.path().join("home/profiles")).unwrap().flatten().next().unwrap().path();
        std::fs::read_dir(profile.join("cache").join(kind)).unwrap().flatten().map(|e| e.path()).collect()
    };
    let project = cli.run(["project", "list"]).json[0]["id"].as_str().unwrap().to_owned();
    let before = cache("chunks").into_iter().filter(|p| p.extension().is_some_and(|e| e == "mp4")).count();
    let changed = dir.path().join("changed.md");
    std::fs::write(&changed, SCRIPT.replace("Three loaves", "Seven loaves")).unwrap();
    let reply = cli.run(["project", "script", "set", &project, "bread", changed.to_str().unwrap()]);
    assert_eq!(reply.code, 0, "{} {}", reply.json, reply.stderr);
    let reply = cli.run(["generate", &project, "--variants", "3", "--platform", "draft", "--seed", "5"]);
    assert_eq!(reply.code, 0, "{} {}", reply.json, reply.stderr);
    let after = cache("chunks").into_iter().filter(|p| p.extension().is_some_and(|e| e == "mp4")).count();
    let receipts = receipts(&dir.path().join("before"));
    let touched: usize = receipts
        .iter()
        .map(|r| r["timeline"]["segments"].as_array().unwrap().iter().filter(|s| s["sentence"] == 2).count())
        .sum();
    assert!(after > before, "the changed sentence was made again");
    // The sentence that changed, and at most its neighbour where a cut moved by a frame.
    assert!(
        after - before <= touched + 3,
        "{} chunks were made, {touched} lie under the changed sentence",
        after - before
    );
}

#[test]
fn a_clip_rendered_again_from_its_receipt_is_the_same_frame_for_frame() {
    let (dir, cli) = bench();
    make(dir.path(), &cli, "out");
    let clips = cli.run(["clip", "list"]).json;
    let clip = clips[0]["id"].as_str().unwrap();
    let again = cli.run(["clip", "rerender", clip]);
    assert_eq!((again.code, &again.json["equal"]), (0, &json!(true)), "{} {}", again.json, again.stderr);
}
