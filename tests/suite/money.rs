//! Money and keys with the real program and real processes: kill -9 between the states of a paid call, and a planted key
//! that is looked for everywhere.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use acceptance::{Cli, Ran, planted, soak_or, tools};
use edit_factory_core::budget::{self, Bound, BudgetError, Charge, Need, Price};
use edit_factory_core::home::Home;
use edit_factory_core::host::Host;
use edit_factory_core::profile::Profile;
use edit_factory_core::profile::secrets::InMemory;
use serde_json::json;

/// Set in the process that pays until it is killed.
const PAYER: &str = "EDIT_FACTORY_TEST_PAYER";
const LIMIT: u64 = 6000;
const KEY: &str = "sk-planted-4f7d1c9a2b-x9Kd";

fn open(home: &Path) -> Profile {
    let host = Host {
        home: home.to_owned(),
        tools: tools(),
        secrets: Arc::new(InMemory::default()),
        concurrency: 1,
        demo: None,
        endpoints: std::collections::BTreeMap::new(),
        process_name: "a test".into(),
    };
    let home = Home::open(host).unwrap();
    home.current().unwrap()
}

fn pay_until_killed(home: &Path) {
    let profile = open(home);
    let say = |word: &str| {
        let mut out = std::io::stdout().lock();
        writeln!(out, "\npayer {word}").and_then(|()| out.flush()).unwrap();
    };
    let need = Need {
        provider: "elevenlabs".into(),
        model: "eleven_v3".into(),
        price: Price { characters: 100, microusd: 22_000 },
        project: None,
        job: None,
        what: "hash".into(),
    };
    loop {
        let mut held = match budget::reserve_all(&profile, vec![need.clone(), need.clone()]) {
            Ok(held) => held,
            Err(BudgetError::OverQuota(_)) => return say("full"),
            Err(error) => panic!("{error}"),
        };
        say("reserved");
        let sent = held.pop().unwrap().send().unwrap();
        say("sent");
        sent.settle(&Charge { price: need.price, request_id: None }).unwrap();
        say("settled");
    }
}

/// What the ledger holds, by state, and how many calls that left have no end.
fn states(profile: &Profile) -> (u64, u64, u64) {
    profile
        .read::<_, BudgetError>(|tx| {
            let one = |sql: &str| tx.query_row(sql, [], |r| r.get::<_, u64>(0));
            Ok((
                one("SELECT count(*) FROM ledger WHERE state = 'settled'")?,
                one("SELECT count(*) FROM ledger WHERE state = 'unknown'")?,
                one("SELECT count(*) FROM ledger WHERE state IN ('reserved', 'sent') OR
                     (sent_at IS NOT NULL AND state NOT IN ('settled', 'unknown'))")?,
            ))
        })
        .unwrap()
}

#[test]
fn a_payer_killed_between_any_two_states_forgets_no_call_and_passes_no_quota() {
    if let Some(home) = std::env::var_os(PAYER) {
        return pay_until_killed(Path::new(&home));
    }
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("home");
    let limit = Bound { characters: Some(LIMIT), microusd: None };
    budget::set_quota(&open(&home), Some("elevenlabs"), limit).unwrap();
    let (mut settled, mut sent_and_killed) = (0, 0);
    for round in 0..soak_or(12, 40) {
        let mut payer = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "money::a_payer_killed_between_any_two_states_forgets_no_call_and_passes_no_quota"])
            .arg("--nocapture")
            .env(PAYER, &home)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut last = String::new();
        let words = BufReader::new(payer.stdout.take().unwrap()).lines().map_while(Result::ok);
        let words = words.filter_map(|line| line.strip_prefix("payer ").map(str::to_owned));
        // Killed after 1 to 5 words: in turn after each state, early and late.
        for word in words.take(1 + round as usize * 2 % 5) {
            settled += u64::from(word == "settled");
            last = word;
        }
        payer.kill().unwrap();
        payer.wait().unwrap();
        sent_and_killed += u64::from(last == "sent");
        let profile = open(&home);
        let line = budget::quota_state(&profile).unwrap().providers.remove(0);
        let found = states(&profile);
        assert!(line.used_characters + line.reserved_characters <= LIMIT, "round {round}: {line:?}");
        assert_eq!(found.2, 0, "round {round}: a call without an end");
        // It may have gone a step further than it could say.
        assert!(found.0 >= settled, "round {round}: {found:?}, said to be settled: {settled}");
        settled = found.0;
    }
    let (_, unknown, _) = states(&open(&home));
    assert!(unknown > 0 || sent_and_killed == 0, "calls that were sent are held");
}

/// The key, or all of it but its shown end.
fn nowhere(cli: &Cli, ran: &[&Ran]) {
    for ran in ran {
        assert!(!ran.stdout.contains("sk-planted") && !ran.stderr.contains("sk-planted"), "{ran:?}");
    }
    let logs = planted::files(&cli.home).iter().filter(|p| p.to_string_lossy().contains("logs")).count();
    assert!(logs > 0, "there are logs to look into");
    assert_eq!(planted::holding(&cli.home, &["sk-planted"]), Vec::<std::path::PathBuf>::new());
}

/// Runs the program with this on its standard input.
fn with_stdin(cli: &Cli, arguments: &[&str], text: &str) -> Ran {
    let mut child = cli
        .command(["-vv", "--json"].iter().chain(arguments))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let stdout = String::from_utf8(output.stdout).unwrap();
    Ran {
        code: output.status.code().unwrap(),
        json: serde_json::from_str(&stdout).unwrap(),
        stdout,
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

#[test]
fn without_a_keyring_a_key_is_kept_in_a_file_with_a_passphrase_and_is_nowhere_else() {
    let dir = tempfile::tempdir().unwrap();
    let bare = Cli::new(&dir.path().join("home"));
    let refused = with_stdin(&bare, &["credential", "set", "elevenlabs", "--untested"], KEY);
    assert_eq!((refused.code, refused.error()), (1, "keyring"));
    assert!(refused.stdout.contains("gnome-keyring"), "{}", refused.stdout);
    // Everything that needs no key goes on working.
    assert_eq!(bare.run(["voice", "list"]).code, 0);
    let locked = with_stdin(&bare, &["credential", "set", "elevenlabs", "--in", "file"], KEY);
    assert_eq!(locked.error(), "keyring");

    let passphrase = dir.path().join("passphrase");
    std::fs::write(&passphrase, "correct horse battery\n").unwrap();
    let cli = Cli::new(&dir.path().join("home")).with("EDIT_FACTORY_PASSPHRASE_FILE", &passphrase);
    let set = with_stdin(&cli, &["credential", "set", "elevenlabs", "--untested", "--in", "file"], KEY);
    assert_eq!((set.code, set.json["ends_in"].as_str()), (0, Some("x9Kd")), "{set:?}");
    let listed = cli.run(["credential", "list"]);
    assert_eq!((&listed.json[0]["set"], &listed.json[0]["kept_in"]), (&true.into(), &"file".into()));
    let shown = cli.text(["credential", "list"]);
    assert!(shown.stdout.contains("set, ends in …x9Kd"), "{shown:?}");
    let wrong = with_stdin(&cli, &["credential", "set", "somebody"], KEY);
    let argument = cli.run(["credential", "set", "elevenlabs", KEY]);
    assert_eq!((wrong.error(), argument.code), ("invalid_input", 2));
    nowhere(&cli, &[&refused, &locked, &set, &listed, &shown, &wrong]);

    let id = cli.run(["profile", "list"]).json[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(cli.run(["profile", "delete", &id]).code, 0);
    assert!(dir.path().join("home/secrets.age").is_file());
    let again = with_stdin(&cli, &["credential", "list"], "");
    assert_eq!(again.json[0]["set"], false);
    nowhere(&cli, &[&again]);
}

#[test]
fn limits_and_costs_are_set_and_shown_by_the_program() {
    let dir = tempfile::tempdir().unwrap();
    let cli = Cli::new(&dir.path().join("home"));
    let set = cli.run(["quota", "set", "--usd", "12.50", "--characters", "1000", "--provider", "elevenlabs"]).good();
    let line = &set["providers"][0];
    assert_eq!((&line["limit_microusd"], &line["remaining_characters"]), (&12_500_000.into(), &1000.into()));
    assert!(cli.text(["quota", "show"]).stdout.contains("1000 characters, $12.50"));
    let shared = cli.run(["quota", "share", "--characters", "400", "--usd", "5", "--provider", "elevenlabs"]).good();
    let line = shared["providers"].as_array().unwrap().iter().find(|l| l["provider"] == "elevenlabs").unwrap().clone();
    assert_eq!((&line["share_characters"], &line["remaining_characters"]), (&json!(400), &json!(400)));
    assert!(cli.text(["quota", "show"]).stdout.contains("this device may spend 400 characters, $5.00 of the limit"));
    let half = cli.run(["quota", "share", "--usd", "5", "--provider", "elevenlabs"]);
    assert_eq!(half.error(), "invalid_input");
    let much = cli.run(["quota", "share", "--characters", "1001", "--usd", "5", "--provider", "elevenlabs"]);
    assert_eq!(much.error(), "invalid_input");
    cli.run(["quota", "share", "--none", "--provider", "elevenlabs"]).good();
    assert!(!cli.text(["quota", "show"]).stdout.contains("this device"));
    assert_eq!(cli.run(["quota", "set", "--usd", "1e3"]).code, 2);
    assert_eq!(cli.run(["quota", "set", "--usd", "1", "--provider", "somebody"]).error(), "invalid_input");
    assert_eq!(cli.run(["cost", "list"]).good()["total"], 0);
    let file = cli.run(["cost", "export", dir.path().to_str().unwrap()]).good();
    let text = std::fs::read_to_string(file.as_str().unwrap()).unwrap();
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(
        cli.run(["quota", "set", "--none", "--provider", "elevenlabs"]).good()["providers"][0]["limit_microusd"]
            .is_null()
    );
}
