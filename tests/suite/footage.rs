//! Footage on the command line: taken in, listed, tagged, and every bad file refused with its own code.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use acceptance::{Cli, footage};
use serde_json::json;

fn fresh() -> (tempfile::TempDir, Cli) {
    let dir = tempfile::tempdir().unwrap();
    let cli = Cli::new(&dir.path().join("home"));
    (dir, cli)
}

fn add(cli: &Cli, paths: &[&Path]) -> acceptance::Ran {
    let fixed = ["source", "add", "--queue", "--"].map(OsString::from);
    cli.run(fixed.into_iter().chain(paths.iter().map(|p| p.as_os_str().to_owned())))
}

#[test]
fn footage_is_taken_in_once_listed_tagged_and_removed() {
    let (dir, cli) = fresh();
    let folder = dir.path().join("Wedding Day");
    std::fs::create_dir(&folder).unwrap();
    footage::moving(&folder.join("first dance.mp4"), 1, 3);
    footage::moving(&folder.join("cake.mp4"), 2, 3);
    let report = add(&cli, &[&folder]).good();
    assert_eq!((report["added"].as_array().unwrap().len(), report["jobs"].as_array().unwrap().len()), (2, 2));
    let again = add(&cli, &[&folder.join("cake.mp4")]).good();
    assert_eq!(again["added"].as_array().unwrap().len() + again["already"].as_array().unwrap().len(), 1);

    let listed = cli.run(["source", "list"]).good();
    assert_eq!(listed.as_array().unwrap().len(), 2);
    assert_eq!(listed[0]["tags"], json!(["wedding day"]));
    let tagged = cli.run(["source", "tag", "CAKE.mp4", "Sweet", "party", "--remove", "wedding day"]).good();
    assert_eq!(tagged["tags"], json!(["party", "sweet"]));
    assert_eq!(cli.run(["source", "list", "--tag", "sweet"]).good().as_array().unwrap().len(), 1);
    assert_eq!(cli.run(["source", "list", "--name", "dance"]).good()[0]["name"], "first dance.mp4");

    let shown = cli.run(["source", "show", "cake.mp4"]).good();
    assert_eq!((&shown["source"]["width"], &shown["source"]["has_sound"]), (&json!(320), &json!(true)));
    let framed = cli.run(["source", "framing", "cake.mp4", "fill", "--x", "0.25"]).good();
    assert_eq!(framed["framing"], json!({ "how": "fill", "x": 0.25, "y": 0.5 }));

    cli.run(["source", "remove", "cake.mp4"]).good();
    assert_eq!(cli.run(["source", "tag", "cake.mp4", "gone"]).error(), "not_found");
    assert_eq!(cli.run(["source", "list"]).good().as_array().unwrap().len(), 1);
    assert!(folder.join("cake.mp4").is_file(), "the user's own file is gone");
}

#[test]
fn every_bad_file_is_refused_with_its_own_code_and_nothing_of_it_stays() {
    let (dir, cli) = fresh();
    let at = |name: &str| dir.path().join(name);
    let good = footage::moving(&at("good.mp4"), 3, 3);
    let whole = std::fs::read(&good).unwrap();
    std::fs::write(at("text.mp4"), "dear diary").unwrap();
    std::fs::write(at("empty.mp4"), "").unwrap();
    std::fs::write(at("truncated.mp4"), &whole[..whole.len() / 2]).unwrap();
    let make = |name: &str, input: &[&str], output: &[&str]| {
        let path = at(name);
        footage::ffmpeg(&[input, output, &["-y", path.to_str().unwrap()]].concat());
    };
    make("audio.m4a", &["-f", "lavfi", "-i", "sine=duration=2"], &[]);
    make("still.png", &["-f", "lavfi", "-i", "testsrc=size=320x180"], &["-frames:v", "1"]);
    make("short.mp4", &["-f", "lavfi", "-i", "testsrc=size=320x180:duration=0.3"], &["-pix_fmt", "yuv420p"]);
    for (name, code) in [
        ("text.mp4", "not_a_video"),
        ("empty.mp4", "empty_file"),
        ("truncated.mp4", "truncated_file"),
        ("audio.m4a", "audio_only"),
        ("still.png", "still_picture"),
        ("short.mp4", "too_short"),
        ("missing.mp4", "unreadable"),
    ] {
        let ran = add(&cli, &[&at(name)]);
        assert_eq!((ran.code, ran.error()), (1, code), "{name}: {}", ran.stdout);
        assert!(ran.json["error"]["message"].as_str().unwrap().contains(name), "{}", ran.stdout);
        assert_eq!(ran.json["refused"][0]["name"], name);
    }
    let listed = cli.run(["source", "list"]).good();
    assert_eq!(listed, json!([]));

    // One bad file among good ones costs nothing but itself.
    let ran = add(&cli, &[&at("empty.mp4"), &good]);
    assert_eq!((ran.code, ran.error()), (1, "empty_file"));
    assert_eq!(ran.json["added"].as_array().unwrap().len(), 1);
}

/// Names people really have, and names that break programs.
fn odd_names() -> Vec<PathBuf> {
    let mut names: Vec<PathBuf> = [
        "with spaces.mp4",
        "it's \"quoted\".mp4",
        "100%d.mp4",
        "a:b.mp4",
        "two\nlines.mp4",
        "🎬 emoji ă.mp4",
        "-i.mp4",
        "--json.mp4",
        "concat:x|y.mp4",
    ]
    .map(PathBuf::from)
    .to_vec();
    names.push(format!("{}.mp4", "n".repeat(246)).into());
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStringExt;
        names.push(OsString::from_vec(b"latin-\xe9.mp4".to_vec()).into());
    }
    names
}

#[test]
fn files_with_odd_names_are_taken_in_like_any_other() {
    let (dir, cli) = fresh();
    for (n, name) in odd_names().into_iter().enumerate() {
        let plain = footage::moving(&dir.path().join("plain.mp4"), n as u32, 1);
        let odd = dir.path().join(&name);
        std::fs::rename(plain, &odd).unwrap();
        // As a person types it: from the folder it lies in.
        let fixed = ["--json", "source", "add", "--queue", "--"].map(OsString::from);
        let output =
            cli.command(fixed.into_iter().chain([name.clone().into()])).current_dir(dir.path()).output().unwrap();
        assert!(output.status.success(), "{name:?}: {}", String::from_utf8_lossy(&output.stdout));
    }
    let listed = cli.run(["source", "list"]).good();
    assert_eq!(listed.as_array().unwrap().len(), odd_names().len());
    let text = cli.text(["source", "list"]).stdout;
    assert_eq!(text.lines().count(), odd_names().len() + 1, "a name broke its line:\n{text}");
}
