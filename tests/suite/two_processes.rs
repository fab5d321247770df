//! The window beside the command line: one process runs a profile's jobs, the other queues, reads, and says who runs.

use std::process::Stdio;
use std::sync::Arc;

use acceptance::{Cli, footage, tools};
use edit_factory_core::home::Home;
use edit_factory_core::host::Host;
use edit_factory_core::jobs::Runner;
use edit_factory_core::profile::secrets::InMemory;
use tokio_util::sync::CancellationToken;

#[tokio::test(flavor = "multi_thread")]
async fn what_one_process_queues_the_holder_of_the_lock_runs_and_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("home");
    footage::moving(&dir.path().join("footage/a.mp4"), 1, 8);
    let script = dir.path().join("s.md");
    std::fs::write(&script, "A short line to be spoken. And then another one.").unwrap();
    let home = Home::open(Host {
        home: root.clone(),
        tools: tools(),
        secrets: Arc::new(InMemory::default()),
        concurrency: 2,
        endpoints: std::collections::BTreeMap::new(),
        demo: None,
        process_name: "the window".into(),
    })
    .unwrap();
    let profile = home.current().unwrap();
    let mut runner = Runner::start(&profile, 2).unwrap();
    let cli = Cli::new(&root);
    let child = cli
        .command(["make", "--variants", "1", "--platform", "draft", "--script"])
        .arg(&script)
        .arg("--out")
        .arg(dir.path().join("out"))
        .arg(dir.path().join("footage"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let output = tokio::task::spawn_blocking(move || child.wait_with_output().unwrap()).await.unwrap();
    let says = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{says}");
    assert!(says.contains("the window") && says.contains(&std::process::id().to_string()), "{says}");
    runner.until_idle(&CancellationToken::new()).await;
    runner.stop().await;
    let clips = std::fs::read_dir(dir.path().join("out")).unwrap().flatten();
    assert_eq!(clips.filter(|e| e.path().extension().is_some_and(|x| x == "mp4")).count(), 1);
}

#[test]
fn a_job_is_cancelled_from_another_process_and_leaves_no_file() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("home");
    footage::moving(&dir.path().join("footage/a.mp4"), 1, 20);
    let script = dir.path().join("s.md");
    // Long enough to be found at work.
    std::fs::write(&script, "This is a sentence with quite a few words in it to be spoken. ".repeat(12)).unwrap();
    let cli = Cli::new(&root);
    assert_eq!(cli.run(["profile", "create", "A"]).code, 0);
    let mut child = cli
        .command(["--json", "make", "--variants", "1", "--platform", "tiktok", "--script"])
        .arg(&script)
        .arg("--out")
        .arg(dir.path().join("out"))
        .arg(dir.path().join("footage"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let job = loop {
        assert!(child.try_wait().unwrap().is_none(), "it ended before its render was seen at work");
        let list = cli.run(["job", "list"]).json;
        let encoding =
            list.as_array().into_iter().flatten().find(|j| {
                j["state"] == "running" && j["kind"]["kind"] == "render" && j["progress"].as_f64() > Some(0.02)
            });
        if let Some(job) = encoding {
            break job["id"].as_str().unwrap().to_owned();
        }
    };
    assert_eq!(cli.run(["job", "cancel", &job]).code, 0);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stdout));
    let shown = cli.run(["job", "show", &job]).json;
    assert_eq!(shown["state"], "cancelled");
    let profile = std::fs::read_dir(root.join("profiles")).unwrap().flatten().next().unwrap().path();
    for folder in ["clips", "tmp"] {
        assert_eq!(std::fs::read_dir(profile.join(folder)).unwrap().count(), 0, "{folder}");
    }
    let parts = std::fs::read_dir(profile.join("cache/chunks")).into_iter().flatten().flatten();
    assert_eq!(parts.filter(|e| e.file_name().to_string_lossy().ends_with(".part")).count(), 0);
    // No encoder goes on behind the user's back.
    let running = std::process::Command::new("pgrep").args(["-f", &profile.display().to_string()]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&running.stdout), "");
}
