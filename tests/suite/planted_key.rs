//! A key that is planted in a profile, and looked for after everything that is done with it: in every file of the home, in
//! logs, events, errors and answers, and in what the programs that are started are given.
#![cfg(unix)]

use std::io::Write;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;

use acceptance::fakes::elevenlabs::{self, Fault};
use acceptance::fakes::sound::Sounds;
use acceptance::planted::{Recorder, holding};
use acceptance::studio::{self, hasty, quick};
use acceptance::{Cli, footage};
use edit_factory_core::api::{
    Caller, CostExport, CostReconcile, CredentialList, CredentialTest, Diagnostics, QuotaSet, QuotaShow, VoiceSay,
};
use edit_factory_core::error::Failure;
use edit_factory_core::home::Home;
use edit_factory_core::speech::chain::Engine::{Elevenlabs, EspeakNg, Flite};

/// Most of each; its shown end is left out, because that may be seen.
const KEY: &str = "sk-planted-4f7d1c9a2b-x9Kd";
const WRONG: &str = "sk-mistyped-77aa01b2c3-x9Kd";
const PASSPHRASE: &str = "correct horse battery staple";
const NEEDLES: [&str; 3] = ["sk-planted", "sk-mistyped", "horse battery"];

fn clean(what: &str, text: &str) {
    assert!(!NEEDLES.iter().any(|needle| text.contains(needle)), "{what}: {text}");
}

/// Nothing below the folder and nothing that was started knows it.
fn nowhere(folder: &Path, recorder: &Recorder) {
    assert_eq!(holding(folder, &NEEDLES), Vec::<std::path::PathBuf>::new());
    clean("a program that was started", &recorder.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_in_no_file_event_error_or_child_process_whether_it_pays_or_fails() {
    let fake = elevenlabs::ElevenLabs::start(&Arc::new(Sounds::default())).await;
    fake.admit(KEY, "");
    let desk = tempfile::tempdir().unwrap();
    let recorder = Recorder::new(desk.path());
    let mut host = studio::host(&desk.path().join("home"), &[("elevenlabs", &fake.url)]);
    host.tools = recorder.tools();
    let home = Home::open(host).unwrap();
    let profile = home.current().unwrap();
    let mut events = profile.events().listen();
    let out = desk.path().join("out");
    std::fs::create_dir(&out).unwrap();
    let speaking = |text: &'static str, patience| {
        let (profile, out) = (profile.clone(), out.clone());
        // Kept off the stack, which such a future would fill.
        Box::pin(async move { studio::speak(&profile, &out, &[text], None, patience).await })
    };
    studio::ask(&profile, &[Elevenlabs, EspeakNg, Flite]);

    // It pays; it fails in every way a request can; it is wrong.
    studio::set_key(&profile, KEY);
    let (paid, steps) = speaking("We bake bread every morning.", quick()).await.unwrap();
    assert_eq!(paid.narration.used.provider, "elevenlabs", "{steps:?}");
    clean("an answer", &format!("{paid:?}{steps:?}"));
    for (fault, text) in [
        (Fault::QuotaOld, "One loaf of bread."),
        (Fault::List, "Two loaves of bread."),
        (Fault::Html, "Three loaves of bread."),
        (Fault::CutSilently, "Four loaves of bread."),
        (Fault::HangCharged, "Five loaves of bread."),
        (Fault::Hang, "Six loaves of bread."),
    ] {
        fake.fail(fault);
        let (spoken, steps) = speaking(text, hasty()).await.unwrap();
        clean("an answer", &format!("{spoken:?}{steps:?}{}", serde_json::to_string(&spoken).unwrap()));
    }
    fake.fail(Fault::None);
    studio::set_key(&profile, WRONG);
    let (_, steps) = speaking("Seven loaves of bread.", quick()).await.unwrap();
    clean("an answer", &format!("{steps:?}"));
    studio::ask(&profile, &[Elevenlabs]);
    let failed = speaking("Eight loaves of bread.", quick()).await.unwrap_err();
    clean("an error", &format!("{failed} {failed:?}"));
    clean("a failure", &serde_json::to_string(&Failure::from(failed)).unwrap());

    // Everything that is asked about it.
    let caller = Caller::new(home.clone()).with(profile.clone());
    studio::set_key(&profile, KEY);
    let mut said = Box::pin(answers(&caller, &out)).await;
    said.push(format!("{caller:?} {profile:?}"));
    profile.back_up_daily().unwrap();
    said.iter().for_each(|said| clean("an answer", said));

    let mut heard = 0;
    while let Ok(event) = events.try_recv() {
        clean("an event", &format!("{event:?}{}", serde_json::to_string(&event).unwrap()));
        heard += 1;
    }
    assert!(heard > 10, "{heard} events");
    assert!(recorder.count("ffmpeg") > 5 && recorder.count("espeak-ng") > 0);
    // The key did what it is for.
    assert!(fake.asked.all().iter().any(|request| request.header("xi-api-key") == Some(KEY)));
    clean(
        "an address or a body",
        &fake.asked.all().iter().map(|r| format!("{} {}", r.what, r.body)).collect::<String>(),
    );
    drop(caller);
    nowhere(desk.path(), &recorder);
}

/// What the program says when it is asked about money and keys.
async fn answers(caller: &Caller, out: &Path) -> Vec<String> {
    let limit = QuotaSet { provider: None, characters: Some(1), microusd: None };
    let over = VoiceSay { text: "Nine loaves of bread.".into(), language: Some("en".into()), voice: None };
    vec![
        format!("{:?}", caller.ask(CredentialTest { provider: "elevenlabs".into() }).await.unwrap()),
        format!("{:?}", caller.ask(CredentialList {}).await.unwrap()),
        format!("{:?}", caller.ask(CostReconcile {}).await.unwrap()),
        format!("{:?}", caller.ask(QuotaShow {}).await.unwrap()),
        format!("{:?}", caller.ask(CostExport { to: out.to_owned() }).await.unwrap()),
        format!("{:?}", caller.ask(Diagnostics { to: out.join("diagnostics.zip") }).await),
        format!("{:?}", caller.ask(limit).await.unwrap()),
        format!("{:?}", Box::pin(caller.ask(over)).await.unwrap_err()),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn the_program_makes_a_paid_video_and_a_failed_one_and_the_key_is_in_no_log_file_or_child_process() {
    let fake = elevenlabs::ElevenLabs::start(&Arc::new(Sounds::default())).await;
    fake.admit(KEY, "");
    let desk = tempfile::tempdir().unwrap();
    let recorder = Recorder::new(desk.path());
    // Beside what is searched: it is the one place where it may be.
    let safe = tempfile::tempdir().unwrap();
    let passphrase = safe.path().join("passphrase");
    std::fs::write(&passphrase, PASSPHRASE).unwrap();
    footage::moving(&desk.path().join("footage/a.mp4"), 1, 8);
    let cli = Cli::new(&desk.path().join("home"))
        .with("PATH", recorder.path())
        .with("EDIT_FACTORY_PASSPHRASE_FILE", &passphrase);
    let endpoint = format!("elevenlabs={}", fake.url);
    let out = desk.path().join("out");
    let path = |path: &Path| path.to_str().unwrap().to_owned();
    // The copy answers while the program runs, so the program is waited for on a thread of its own.
    let run = |arguments: Vec<String>, input: &'static str| {
        let mut command = cli.command(["-vv", "--json", "--endpoint", &endpoint]);
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        tokio::task::spawn_blocking(move || {
            let mut child = command.spawn().unwrap();
            child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
            let output = child.wait_with_output().unwrap();
            let said =
                format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
            clean("what the program says", &said);
            (output.status.code().unwrap(), said)
        })
    };
    let words = |line: &str| line.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let (code, said) = run(words("credential set elevenlabs --in file"), KEY).await.unwrap();
    assert_eq!(code, 0, "{said}");
    run(words("voice chain --order elevenlabs,flite --on elevenlabs"), "").await.unwrap();
    for (name, text, fault) in [
        ("paid", "We bake bread every morning at five.", Fault::None),
        ("failed", "Come and taste it while it is warm.", Fault::Gateway),
    ] {
        fake.fail(fault);
        let script = desk.path().join(format!("{name}.md"));
        std::fs::write(&script, text).unwrap();
        let mut arguments = words("make --variants 1 --platform draft --language en --script");
        arguments.extend([path(&script), "--out".into(), path(&out), path(&desk.path().join("footage"))]);
        let (code, said) = run(arguments, "").await.unwrap();
        assert_eq!(code, 0, "{said}");
    }
    for line in ["credential test elevenlabs", "cost list", "cost reconcile", "quota show", "credential list", "doctor"]
    {
        run(words(line), "").await.unwrap();
    }
    run(words("credential set elevenlabs --in file"), WRONG).await.unwrap();
    assert_eq!(fake.spoken(), 2);
    assert!(recorder.count("ffmpeg") > 5);
    let logs = acceptance::planted::files(&cli.home).iter().filter(|p| p.to_string_lossy().contains("logs")).count();
    assert!(logs > 0, "there are logs to look into");
    nowhere(desk.path(), &recorder);
}
