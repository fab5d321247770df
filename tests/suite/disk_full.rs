//! No room: every write that fails says so with its code, leaves nothing behind, and works once there is room again.

use std::path::Path;
use std::process::Command;

use acceptance::{Cli, footage, voices};
use serde_json::{Value, json};

/// Runs the command line with no file larger than `blocks` of 1024 bytes allowed (RLIMIT_FSIZE).
fn limited(cli: &Cli, blocks: u32, args: &[&str]) -> (i32, Value) {
    let command = cli.command(["--json"].iter().chain(args));
    let script = format!("ulimit -f {blocks}; exec \"$0\" \"$@\"");
    let mut bash = Command::new("bash");
    bash.args(["-c", &script]).arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => bash.env(name, value),
            None => bash.env_remove(name),
        };
    }
    let output = bash.output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let json = serde_json::from_str(&text)
        .unwrap_or_else(|e| panic!("{e}: {text:?} {}", String::from_utf8_lossy(&output.stderr)));
    (output.status.code().unwrap(), json)
}

fn media(home: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for profile in std::fs::read_dir(home.join("profiles")).unwrap().flatten() {
        for entry in std::fs::read_dir(profile.path().join("media")).unwrap().flatten() {
            found.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    found
}

#[test]
fn footage_that_does_not_fit_is_refused_whole_and_taken_when_there_is_room() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("home");
    let cli = Cli::new(&home);
    let small = footage::moving(&dir.path().join("small.mp4"), 1, 2);
    let file = dir.path().join("large.mp4");
    // Larger than the limit below, which leaves room for the database: a video with a long tail.
    std::fs::copy(footage::moving(&dir.path().join("x.mp4"), 2, 2), &file).unwrap();
    let mut bytes = std::fs::read(&file).unwrap();
    let tail = 8 * 1024 * 1024_u32;
    // An MP4 "free" box: ignored by every reader.
    bytes.extend(tail.to_be_bytes());
    bytes.extend(b"free");
    bytes.resize(bytes.len() + tail as usize - 8, 0);
    std::fs::write(&file, bytes).unwrap();
    assert_eq!(cli.run(["profile", "create", "A"]).code, 0);
    let (code, reply) = limited(&cli, 4096, &["source", "add", file.to_str().unwrap()]);
    assert_eq!(code, 1, "{reply}");
    assert!(reply.to_string().contains("disk_full"), "{reply}");
    assert_eq!(media(&home), Vec::<String>::new());
    let (code, reply) = limited(&cli, 4096, &["source", "add", small.to_str().unwrap()]);
    assert_eq!(code, 0, "{reply}");
    assert_eq!(cli.run(["source", "add", file.to_str().unwrap()]).code, 0);
    assert_eq!(media(&home).iter().filter(|n| n.ends_with(".mp4")).count(), 2);
}

#[test]
fn a_render_that_does_not_fit_fails_with_its_reason_and_is_finished_later() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("home");
    let cli = Cli::new(&home);
    footage::moving(&dir.path().join("footage/a.mp4"), 1, 8);
    let script = dir.path().join("s.md");
    std::fs::write(&script, "A short line to be spoken. And then another one.").unwrap();
    let out = dir.path().join("out");
    let paths = [&script, &out, &dir.path().join("footage")].map(|p| p.to_str().unwrap().to_owned());
    let make = ["make", "--variants", "1", "--platform", "draft", "--script", &paths[0], "--out", &paths[1], &paths[2]];
    // Enough for the database and the spoken sentences, not for the mix of the whole sound.
    let (code, reply) = limited(&cli, 500, &make);
    assert_eq!(code, 1, "{reply}");
    assert!(reply.to_string().contains("disk_full"), "{reply}");
    let done = cli.run(make);
    assert_eq!(done.code, 0, "{} {}", done.json, done.stderr);
    let clips: Vec<_> = std::fs::read_dir(&out).unwrap().flatten().collect();
    assert_eq!(clips.iter().filter(|e| e.path().extension().is_some_and(|x| x == "mp4")).count(), 1);
    let failed = cli.run(["job", "list"]).json;
    assert!(failed.as_array().unwrap().iter().all(|j| j["state"] != json!("running")), "{failed}");
}

#[test]
fn a_voice_that_does_not_fit_is_not_installed_and_is_when_there_is_room() {
    let Some(packages) = voices::packages() else { return };
    let dir = tempfile::tempdir().unwrap();
    let cli = Cli::new(&dir.path().join("home"));
    let install = ["voice", "install", "--from", packages.to_str().unwrap()];
    // Less than the library has.
    let (code, reply) = limited(&cli, 20_000, &install);
    assert_eq!((code, &reply["error"]["code"]), (1, &json!("disk_full")), "{reply}");
    let catalog = cli.run(["voice", "catalog"]).good();
    assert_eq!(catalog["runtime"]["installed"], Value::Null, "{catalog}");
    let installed = cli.run(install).good();
    assert_eq!(installed["installed"], json!(["onnxruntime", voices::VOICE]));
}
