//! The command line as a person and a script meet it: help, exit codes, one document, profiles.

use acceptance::Cli;
use serde_json::json;

fn fresh() -> (tempfile::TempDir, Cli) {
    let dir = tempfile::tempdir().unwrap();
    let cli = Cli::new(&dir.path().join("home"));
    (dir, cli)
}

/// The commands a help page lists, aliases left out.
fn listed(help: &str) -> Vec<String> {
    let lines = help.lines().skip_while(|l| *l != "Commands:").skip(1).take_while(|l| !l.is_empty());
    // Longer descriptions go on in lines that are indented further.
    let names =
        lines.filter(|l| l.starts_with("  ") && !l.starts_with("   ")).filter_map(|l| l.split_whitespace().next());
    names.filter(|n| *n != "help").map(str::to_owned).collect()
}

#[test]
fn every_command_explains_itself_and_touches_nothing() {
    let (_dir, cli) = fresh();
    let mut to_visit = vec![Vec::<String>::new()];
    let mut seen = 0;
    while let Some(path) = to_visit.pop() {
        let asked: Vec<&str> = path.iter().map(String::as_str).chain(["--help"]).collect();
        let ran = cli.text(&asked);
        assert_eq!(ran.code, 0, "{asked:?}: {}", ran.stderr);
        assert!(ran.stdout.contains("Usage: edit-factory"), "{asked:?}: {}", ran.stdout);
        assert_eq!(ran.stderr, "", "{asked:?}");
        assert!(cli.run(&asked).json["help"].as_str().unwrap().contains("Usage:"), "{asked:?}");
        for name in listed(&ran.stdout) {
            to_visit.push(path.iter().cloned().chain([name]).collect());
        }
        seen += 1;
    }
    assert!(seen > 30, "only {seen} commands");
    assert!(!cli.home.exists());
}

#[test]
fn arguments_that_make_no_sense_end_with_2_and_one_document() {
    let (_dir, cli) = fresh();
    let wrong: [&[&str]; 9] = [
        &[],
        &["nonsense"],
        &["profile"],
        &["profile", "create"],
        &["job", "list", "--state", "sleeping"],
        &["job", "list", "--limit", "0"],
        &["project", "create", "A", "--platform", "cinema"],
        &["brand", "set"],
        &["--quiet", "--verbose", "profile", "list"],
    ];
    for arguments in wrong {
        let ran = cli.run(arguments);
        assert_eq!((ran.code, ran.error()), (2, "usage"), "{arguments:?}: {}", ran.stdout);
        assert!(!ran.json["error"]["message"].as_str().unwrap().is_empty());
        assert_eq!(ran.stderr, "", "{arguments:?}");
        let ran = cli.text(arguments);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.stderr.contains("Usage") || ran.stderr.contains("--help"), "{arguments:?}: {}", ran.stderr);
    }
    assert!(!cli.home.exists());
}

#[test]
fn the_first_run_makes_a_profile_by_itself() {
    let (_dir, cli) = fresh();
    assert_eq!(cli.run(["profile", "list"]).good(), json!([]));
    assert_eq!(cli.run(["job", "list"]).good(), json!([]));
    let profiles = cli.run(["profile", "list"]).good();
    assert_eq!(profiles.as_array().unwrap().len(), 1);
    assert_eq!(profiles[0]["missing"], false);
}

#[test]
fn a_profile_is_made_renamed_coloured_chosen_and_put_in_the_trash() {
    let (_dir, cli) = fresh();
    let made = cli.run(["profile", "create", "Bakery", "--colour", "amber"]).good();
    assert_eq!((made["name"].as_str(), made["colour"].as_str()), (Some("Bakery"), Some("amber")));
    let id = made["id"].as_str().unwrap();
    assert_eq!(cli.run(["profile", "create", "bakery"]).error(), "exists");
    assert_eq!(cli.run(["profile", "create", "Other", "--colour", "mud"]).error(), "invalid_input");
    cli.run(["profile", "create", "Other"]).good();

    assert_eq!(cli.run(["profile", "rename", "bakery", "Corner Bakery"]).good()["name"], "Corner Bakery");
    assert_eq!(cli.run(["profile", "colour", &id[id.len() - 8..], "teal"]).good()["colour"], "teal");
    assert_eq!(cli.run(["profile", "use", id]).good()["default"], true);
    let text = cli.text(["profile", "list"]).stdout;
    assert!(text.contains("Corner Bakery") && text.contains("default") && !text.contains('{'), "{text}");

    let folder = cli.home.join("profiles").join(id);
    assert!(folder.is_dir());
    assert_eq!(cli.run(["profile", "delete", "Corner Bakery"]).good()["id"], made["id"]);
    assert!(!folder.exists());
    assert!(cli.trash().join(id).join("profile.sqlite").is_file(), "it is not in the trash");
    let left = cli.run(["profile", "list"]).good();
    let names: Vec<_> = left.as_array().unwrap().iter().map(|p| p["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Other"]);
}

#[test]
fn a_profile_that_is_not_there_is_named_in_the_error() {
    let (_dir, cli) = fresh();
    let ran = cli.run(["--profile", "Nobody's", "job", "list"]);
    assert_eq!((ran.code, ran.error()), (1, "not_found"));
    assert!(ran.json["error"]["message"].as_str().unwrap().contains("Nobody's"));
    assert!(ran.json["error"]["details"].is_object());
    let ran = cli.text(["--profile", "Nobody's", "job", "list"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert!(ran.stderr.starts_with("error: "), "{}", ran.stderr);
}

#[test]
fn naming_a_profile_for_one_command_does_not_change_where_the_next_one_works() {
    let (_dir, cli) = fresh();
    for name in ["A", "B"] {
        cli.run(["profile", "create", name]).good();
    }
    cli.run(["profile", "use", "A"]).good();
    cli.run(["--profile", "B", "project", "create", "Of B"]).good();
    assert_eq!(cli.run(["project", "list"]).good(), json!([]));
    assert_eq!(cli.run(["--profile", "b", "project", "list"]).good()[0]["name"], "Of B");
}

#[test]
fn the_home_comes_from_the_environment_when_no_argument_names_it() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("from the environment");
    let cli = Cli::new(&home);
    let output = std::process::Command::new(acceptance::cli::program())
        .args(["--json", "profile", "create", "A"])
        .env_clear()
        .env("EDIT_FACTORY_HOME", &home)
        .output()
        .unwrap();
    assert!(output.status.success());
    assert_eq!(cli.run(["profile", "list"]).good()[0]["name"], "A");
}

#[test]
fn a_job_that_is_not_there_and_a_queue_with_nothing_in_it() {
    let (_dir, cli) = fresh();
    let nowhere = "019aaaaa-aaaa-7aaa-8aaa-aaaaaaaaaaaa";
    for verb in ["show", "cancel", "pause", "resume", "retry", "first"] {
        assert_eq!(cli.run(["job", verb, nowhere]).error(), "not_found", "{verb}");
        assert_eq!(cli.run(["job", verb, "nothing"]).error(), "not_found", "{verb}");
    }
    assert_eq!(cli.run(["job", "run"]).good()["jobs"], json!([]));
    assert_eq!(cli.run(["job", "retry", "--failed"]).good()["jobs"], json!([]));
}

#[test]
fn a_project_keeps_its_scripts_and_refuses_what_cannot_be_spoken() {
    let (dir, cli) = fresh();
    let write = |name: &str, text: &str| {
        let path = dir.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.into_os_string().into_string().unwrap()
    };
    let script = write("morning.txt", "Fresh bread, every morning. Come in!");
    let made = cli.run(["project", "create", "Bakery", "--script", &script, "--platform", "reels"]).good();
    assert_eq!(made["project"]["look"]["platform"], "reels");
    assert_eq!(made["scripts"][0]["name"], "morning");

    for (name, text, code) in [("empty.txt", "", "nothing_to_speak"), ("emoji.txt", "🥐🥐🥐\n\n🎉", "nothing_to_speak")]
    {
        let bad = write(name, text);
        let ran = cli.run(["project", "create", "Bad", "--script", &script, "--script", &bad]);
        assert_eq!((ran.code, ran.error()), (1, code), "{name}");
        assert_eq!(cli.run(["project", "script", "add", "Bakery", &bad]).error(), code, "{name}");
    }
    assert_eq!(cli.run(["project", "create", "Bad", "--script", "/nowhere.txt"]).error(), "unreadable");
    assert_eq!(cli.run(["project", "list"]).good().as_array().unwrap().len(), 1);

    let second = write("evening.md", "# Evening\n\nThe oven is still warm.");
    cli.run(["project", "script", "add", "bakery", &second]).good();
    let shown = cli.run(["project", "show", "Bakery"]).good();
    assert_eq!(shown["scripts"][1]["name"], "evening");
    cli.run(["project", "script", "set", "Bakery", "evening", &script]).good();
    let shown = cli.run(["project", "show", "Bakery"]).good();
    assert_eq!(shown["scripts"][1]["text"], shown["scripts"][0]["text"]);
    assert!(cli.text(["project", "show", "Bakery"]).stdout.contains("morning"));
}

#[test]
fn every_log_line_of_a_profiles_work_carries_its_id() {
    let (_dir, cli) = fresh();
    let mut ids = Vec::new();
    for name in ["A", "B"] {
        ids.push(cli.run(["profile", "create", name]).good()["id"].as_str().unwrap().to_owned());
        cli.run(["--profile", name, "project", "list"]).good();
        assert_eq!(cli.run(["--profile", name, "project", "show", "nothing"]).code, 1);
    }
    let mut of_calls = Vec::new();
    for entry in std::fs::read_dir(cli.home.join("logs")).unwrap() {
        for line in std::fs::read_to_string(entry.unwrap().path()).unwrap().lines() {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            if line["fields"]["call"].as_str().is_some_and(|call| call.starts_with("project_")) {
                let profiles: Vec<String> =
                    edit_factory_core::logging::profiles_of(&line).into_iter().map(str::to_owned).collect();
                of_calls.push(profiles);
            }
        }
    }
    let expected: Vec<_> = [0, 0, 1, 1].map(|n: usize| vec![ids[n].clone()]).to_vec();
    assert_eq!(of_calls, expected);
}

#[test]
fn completions_are_written_for_every_shell_and_need_no_home() {
    let (_dir, cli) = fresh();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = cli.text(["completions", shell]);
        assert!(ran.code == 0 && ran.stdout.contains("edit-factory"), "{shell}");
    }
    assert!(!cli.home.exists());
}
