//! `make` and `generate` as people use them: many scripts, names, music, one's own narration, stopping in the middle.

use std::path::Path;
use std::process::{Command, Stdio};

use acceptance::{Cli, footage};
use serde_json::{Value, json};

struct Desk {
    dir: tempfile::TempDir,
    cli: Cli,
}

impl Desk {
    /// A home, and two files of footage.
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let cli = Cli::new(&dir.path().join("home"));
        for kind in 1..=2 {
            footage::moving(&dir.path().join(format!("footage/{kind}.mp4")), kind, 10);
        }
        Self { dir, cli }
    }

    fn path(&self, name: &str) -> String {
        self.dir.path().join(name).to_str().unwrap().to_owned()
    }

    fn write(&self, name: &str, text: &str) -> String {
        std::fs::write(self.dir.path().join(name), text).unwrap();
        self.path(name)
    }

    fn names(&self, folder: &str) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(self.dir.path().join(folder))
            .unwrap()
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

const SCRIPT: &str = "Fresh bread, every morning. Come in and taste it.";

#[test]
fn a_table_of_scripts_becomes_videos_named_by_the_template_with_music_under_them() {
    let desk = Desk::new();
    let table = desk
        .write("scripts.csv", "name,text,tags\nmorning,Fresh bread every morning.,bread\nevening,The oven is warm.,\n");
    let song = desk.path("song.mp3");
    footage::ffmpeg(&["-f", "lavfi", "-i", "sine=frequency=330:duration=2", "-y", &song]);
    let (out, shots) = (desk.path("out"), desk.path("footage"));
    let made = desk.cli.run([
        "make",
        "--csv",
        &table,
        "-n",
        "1",
        "--platform",
        "draft",
        "--music",
        &song,
        "--name",
        "{profile} {script} {platform}",
        "--out",
        &out,
        &shots,
    ]);
    let made = made.good();
    assert_eq!(made["videos"].as_array().unwrap().len(), 2, "{made:#}");
    assert_eq!((&made["failed"], &made["left_out"], &made["run_by"]), (&json!([]), &json!([]), &Value::Null));
    let expected: Vec<String> = ["evening", "morning"]
        .iter()
        .flat_map(|s| ["json", "mp4", "srt", "vtt"].map(|e| format!("My brand {s} draft.{e}")))
        .collect();
    assert_eq!(desk.names("out"), expected);
    for video in made["videos"].as_array().unwrap() {
        assert_eq!(video["files"].as_array().unwrap().len(), 4);
        let lufs = video["loudness"]["measured"]["lufs"].as_f64().unwrap();
        assert!((lufs + 14.0).abs() <= 0.5, "{lufs}");
        assert!(video["duration_ms"].as_u64().unwrap() > 500);
    }
    let receipt: Value =
        serde_json::from_slice(&std::fs::read(desk.dir.path().join("out/My brand evening draft.json")).unwrap())
            .unwrap();
    assert!(receipt["timeline"]["music"]["file"]["path"].as_str().unwrap().starts_with("media/music/"));

    // The same as a person sees it, from the project that is there now: paths of nothing, numbers of everything.
    let ran = desk.cli.text(["generate", "morning", "-n", "1", "--platform", "draft"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{}", ran.stdout);
    assert!(ran.stdout.contains("LUFS") && ran.stdout.contains("2 videos in the library"), "{}", ran.stdout);
    let exported = desk.cli.run(["clip", "export", "--all", "--out", &desk.path("all")]).good();
    assert_eq!(exported["exported"].as_array().unwrap().len(), 4);
    assert_eq!(desk.names("all").iter().filter(|n| n.ends_with(".mp4")).count(), 4);
}

#[test]
fn a_script_that_gives_no_video_is_told_with_its_reason_and_the_others_are_made() {
    let desk = Desk::new();
    // One has nothing to speak; one is in a language (Khmer) that no voice speaks, which is known only at work.
    let table = desk.write(
        "scripts.csv",
        "name,text,tags\nfirst,Fresh bread every morning.,\nmute,🥐🥐,\nkhmer,នំប៉័ងស្រស់រាល់ព្រឹក សូមអញ្ជើញមកភ្លក់ ហាងរបស់យើងបើករាល់ថ្ងៃ,\n\
         last,The oven is warm.,\n",
    );
    let (out, shots) = (desk.path("out"), desk.path("footage"));
    let line = ["make", "--csv", &table, "-n", "1", "--platform", "draft", "--out", &out, &shots];
    let made = desk.cli.run(line);
    assert_eq!((made.code, made.error()), (1, "nothing_to_speak"), "{}", made.stdout);
    let unspoken: Vec<(&str, &str)> = made.json["unspoken"]
        .as_array()
        .unwrap()
        .iter()
        .map(|u| (u["name"].as_str().unwrap(), u["failure"]["code"].as_str().unwrap()))
        .collect();
    assert_eq!(unspoken, [("mute", "nothing_to_speak"), ("khmer", "no_voice")]);
    assert_eq!(made.json["error"]["details"]["scripts"], made.json["unspoken"]);
    let videos = desk.names("out").into_iter().filter(|n| n.ends_with(".mp4")).collect::<Vec<_>>();
    assert_eq!(videos.len(), 2, "{videos:?}");
    assert!(videos[0].starts_with("first") && videos[1].starts_with("last"), "{videos:?}");
    // A person reads the same.
    let said = desk.cli.text(["generate", "first", "-n", "1"]);
    assert_eq!(said.code, 1);
    assert!(said.stdout.contains("2 videos") && said.stderr.contains("\"khmer\""), "{}", said.stderr);
}

#[test]
fn the_same_line_again_finds_its_project_and_renders_only_what_changed() {
    let desk = Desk::new();
    let script = desk.write("bread.md", SCRIPT);
    let make = |platform: &str| {
        let (out, shots) = (desk.path("out"), desk.path("footage"));
        desk.cli.run(["make", "--script", &script, "-n", "1", "--platform", platform, "--out", &out, &shots]).good()
    };
    let first = make("draft");
    let chunks = || {
        let id = desk.cli.run(["profile", "list"]).good()[0]["id"].as_str().unwrap().to_owned();
        std::fs::read_dir(desk.cli.home.join("profiles").join(id).join("cache/chunks")).unwrap().count()
    };
    let before = chunks();
    let again = make("draft");
    assert_eq!(again["project"], first["project"]);
    assert_eq!(chunks(), before, "something was encoded again");

    desk.write("bread.md", &SCRIPT.replace("taste", "smell"));
    let changed = make("draft");
    assert_eq!(changed["project"], first["project"]);
    assert!(chunks() > before, "the changed word is in no new chunk");
    let projects = desk.cli.run(["project", "list"]).good();
    assert_eq!(projects.as_array().unwrap().len(), 1, "{projects:#}");
    let shown = desk.cli.run(["project", "show", "bread"]).good();
    let texts: Vec<_> = shown["scripts"].as_array().unwrap().iter().map(|s| s["text"].as_str().unwrap()).collect();
    assert_eq!(texts, [SCRIPT.replace("taste", "smell")]);

    // Another line of the same name: the project takes over what it says, and another script stands beside the first.
    let other = desk.write("beside.md", "The oven is warm.");
    let (out, shots) = (desk.path("out"), desk.path("footage/1.mp4"));
    let line =
        ["make", "--script", &script, "--script", &other, "-n", "1", "--platform", "draft", "--out", &out, &shots];
    let both = desk.cli.run(line).good();
    assert_eq!((&both["project"], both["videos"].as_array().unwrap().len()), (&first["project"], 2));
    assert_eq!(make("draft")["videos"].as_array().unwrap().len(), 1, "only the script of the line is made");
}

#[test]
fn ones_own_narration_takes_the_place_of_a_voice() {
    let desk = Desk::new();
    let script = desk.write("words.txt", SCRIPT);
    let recording = desk.path("me.wav");
    desk.cli.run(["voice", "say", SCRIPT, "--language", "en", "--out", &recording]).good();
    assert_eq!(desk.cli.run(["voice", "say", SCRIPT, "--out", &recording]).error(), "exists");
    let made = desk.cli.run([
        "make",
        "--script",
        &script,
        "--recording",
        &recording,
        "--language",
        "en",
        "-n",
        "1",
        "--platform",
        "draft",
        "--out",
        &desk.path("out"),
        &desk.path("footage"),
    ]);
    assert_eq!(made.good()["videos"][0]["voice"]["used"]["provider"], "recorded");
}

#[test]
fn what_cannot_be_made_is_said_with_its_code_before_anything_is_made() {
    let desk = Desk::new();
    let script = desk.write("words.txt", SCRIPT);
    let (out, shots) = (desk.path("out"), desk.path("footage"));
    let make = |more: &[&str]| {
        let fixed = ["make", "-n", "1", "--platform", "draft", "--out", &out];
        desk.cli.run(fixed.iter().chain(more))
    };
    std::fs::create_dir(desk.path("nothing")).unwrap();
    let long = desk.write("long.txt", &"word ".repeat(50_000));
    for (more, code) in [
        (vec!["--script", &desk.write("empty.txt", " \n"), &shots], "nothing_to_speak"),
        (vec!["--script", &desk.write("emoji.txt", "🥐🥐"), &shots], "nothing_to_speak"),
        (vec!["--script", &long, &shots], "script_too_long"),
        (vec!["--script", "/nowhere.txt", &shots], "unreadable"),
        (vec!["--script", &script, &desk.path("nothing")], "no_footage"),
        (vec!["--script", &script, &script], "not_a_video"),
        (vec!["--script", &script, &desk.path("missing.mp4")], "unreadable"),
        (vec!["--script", &script, "--name", "{title}", &shots], "invalid_input"),
        (vec!["--script", &script, "--music", &script, &shots], "invalid_input"),
        (vec!["--script", &script, "--recording", &script, &shots], "invalid_input"),
    ] {
        let ran = make(&more);
        assert_eq!((ran.code, ran.error()), (1, code), "{more:?}: {}", ran.stdout);
    }
    let klingon = make(&["--script", &script, "--language", "tlh", &shots]);
    assert_eq!((klingon.code, klingon.error()), (1, "no_voice"), "{}", klingon.stdout);
    for more in [
        vec![shots.as_str()],
        vec!["--script", &script],
        vec!["--script", &script, "--csv", &script, "--recording", &script, &shots],
        vec!["--script", &script, "--voice", "slt", &shots],
    ] {
        let ran = make(&more);
        assert_eq!((ran.code, ran.error()), (2, "usage"), "{more:?}: {}", ran.stdout);
    }
    assert!(!Path::new(&out).exists());
    assert_eq!(desk.cli.run(["clip", "list"]).good(), json!([]));
}

#[test]
fn without_tools_it_says_which_one_to_install() {
    let desk = Desk::new();
    let script = desk.write("words.txt", SCRIPT);
    let bare = Cli::new(&desk.cli.home).with("PATH", "/nonexistent");
    let ran = bare.run(["make", "--script", &script, "--out", &desk.path("out"), &desk.path("footage")]);
    assert_eq!((ran.code, ran.error()), (1, "tool_missing"), "{}", ran.stdout);
    assert!(ran.json["error"]["message"].as_str().unwrap().contains("apt install ffmpeg"), "{}", ran.stdout);
    let ran = bare.run(["doctor"]);
    assert_eq!((ran.code, ran.error()), (1, "tool_missing"), "{}", ran.stdout);
    assert!(ran.json["lines"].as_array().unwrap().iter().any(|l| l["name"] == "ffmpeg" && l["ok"] == false));
    assert_eq!(desk.cli.run(["doctor"]).code, 0);
}

#[test]
fn a_shot_and_a_caption_set_by_hand_are_in_the_next_video() {
    let desk = Desk::new();
    let script = desk.write("words.txt", SCRIPT);
    desk.cli.run(["source", "add", &desk.path("footage")]).good();
    desk.cli.run(["project", "create", "Bread", "--script", &script, "--platform", "draft"]).good();
    let shots = desk.cli.run(["source", "show", "2.mp4"]).good();
    let shot = shots["shots"].as_array().unwrap().last().unwrap()["id"].as_str().unwrap().to_owned();
    let pins = desk.cli.run(["project", "pin", "Bread", "--sentence", "2", "--shot", &shot[24..]]).good();
    assert_eq!(pins["pins"][0]["shot"], json!(shot));
    desk.cli.run(["project", "caption", "Bread", "--sentence", "1", "--words", "2", "--text", "sourdough,"]).good();
    assert_eq!(desk.cli.run(["project", "caption", "Bread", "--sentence", "1", "--words", "9", "--text", "x"]).code, 1);
    assert_eq!(desk.cli.run(["project", "pin", "Bread", "--sentence", "3", "--remove"]).error(), "invalid_input");

    let made = desk.cli.run(["generate", "Bread", "-n", "1"]).good();
    let clip = made["videos"][0]["clip"].as_str().unwrap();
    let receipt = desk.cli.run(["clip", "show", clip]).good()["receipt"].clone();
    let pinned: Vec<_> =
        receipt["timeline"]["segments"].as_array().unwrap().iter().filter(|s| s["pinned"] == true).collect();
    assert_eq!((pinned.len(), &pinned[0]["pick"]["shot"], &pinned[0]["sentence"]), (1, &json!(shot), &json!(1)));
    desk.cli.run(["clip", "export", clip, "--out", &desk.path("out")]).good();
    let srt = desk.names("out").into_iter().find(|n| n.ends_with(".srt")).unwrap();
    let srt = std::fs::read_to_string(desk.dir.path().join("out").join(srt)).unwrap();
    assert!(srt.contains("sourdough,") && !srt.contains("bread,"), "{srt}");
    assert_eq!(desk.cli.run(["clip", "rerender", clip]).good()["equal"], true);

    let cleared = desk.cli.run(["project", "caption", "Bread", "--clear"]).good();
    assert_eq!(cleared["edits"], json!([]));
    let pins = desk.cli.run(["project", "pin", "Bread", "--sentence", "2", "--remove"]).good();
    assert_eq!(pins["pins"], json!([]));

    let triaged = desk.cli.run(["clip", "triage", clip, "--as", "accepted"]).good();
    assert_eq!(triaged[0]["triage"], "accepted");
    let name = desk.cli.run(["clip", "remove", clip]).good()["name"].as_str().unwrap().to_owned();
    assert_eq!(desk.cli.run(["clip", "show", clip]).error(), "not_found");
    assert_eq!(desk.cli.run(["clip", "list", "--trash"]).good()[0]["id"], clip);
    assert_eq!(desk.cli.run(["clip", "restore", &name]).good()["triage"], "accepted");
    assert_eq!(desk.cli.run(["clip", "list", "--trash"]).good(), json!([]));
    assert_eq!(desk.cli.run(["clip", "list"]).good()[0]["id"], clip);
}

#[cfg(unix)]
#[test]
fn ctrl_c_stops_the_encoders_cancels_what_was_asked_for_and_the_same_line_goes_on_from_there() {
    let desk = Desk::new();
    let script = desk.write("long.md", &"This is a sentence with quite a few words in it to be spoken. ".repeat(8));
    desk.cli.run(["profile", "create", "A"]).good();
    let line = ["--json", "make", "--script", &script, "-n", "1", "--platform", "tiktok", "--out"];
    let line: Vec<String> =
        line.iter().map(ToString::to_string).chain([desk.path("out"), desk.path("footage")]).collect();
    let mut child = desk.cli.command(&line).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    loop {
        assert!(child.try_wait().unwrap().is_none(), "it ended before its render was seen at work");
        let jobs = desk.cli.run(["job", "list", "--state", "running"]).good();
        let at_work = |j: &Value| j["kind"]["kind"] == "render" && j["progress"].as_f64() > Some(0.02);
        if jobs.as_array().unwrap().iter().any(at_work) {
            break;
        }
    }
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    let said: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), &said["error"]["code"]), (Some(1), &json!("cancelled")), "{said}");
    let left = Command::new("pgrep").args(["-f", &format!("ffmpeg.*{}", desk.cli.home.display())]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&left.stdout), "", "an encoder goes on");
    for job in desk.cli.run(["job", "list"]).good().as_array().unwrap() {
        let (kind, state) = (&job["kind"]["kind"], job["state"].as_str().unwrap());
        let expected: &[&str] = match kind.as_str().unwrap() {
            "render" => &["cancelled"],
            "proxy" => &["queued", "interrupted", "done"],
            _ => &["done"],
        };
        assert!(expected.contains(&state), "{kind} is {state}");
    }
    assert!(!Path::new(&desk.path("out")).exists());
}

#[cfg(unix)]
#[test]
fn the_inbox_is_watched_until_ctrl_c() {
    let desk = Desk::new();
    desk.cli.run(["job", "list"]).good();
    let id = desk.cli.run(["profile", "list"]).good()[0]["id"].as_str().unwrap().to_owned();
    let inbox = desk.cli.home.join("profiles").join(id).join("inbox");
    let mut watch =
        desk.cli.command(["--json", "inbox", "watch"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    std::fs::copy(desk.path("footage/1.mp4"), inbox.join("from the camera.mp4")).unwrap();
    loop {
        assert!(watch.try_wait().unwrap().is_none(), "it ended by itself");
        let sources = desk.cli.run(["source", "list"]).good();
        if sources[0]["analysed_at"].is_number() {
            break;
        }
    }
    assert!(Command::new("kill").args(["-INT", &watch.id().to_string()]).status().unwrap().success());
    let output = watch.wait_with_output().unwrap();
    let said: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), said["sources"].as_array().unwrap().len()), (Some(0), 1), "{said}");
    assert_eq!(std::fs::read_dir(inbox).unwrap().count(), 0);
}
