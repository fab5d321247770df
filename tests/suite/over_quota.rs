//! `make` and `generate` when the quota does not cover the scripts: the plan is shown, nothing is sent, nothing is begun.

use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;

use acceptance::fakes::elevenlabs;
use acceptance::fakes::sound::Sounds;
use acceptance::{Cli, Ran, footage};
use edit_factory_core::budget::{self, Charge, Need, Price};
use edit_factory_core::home::Home;

const TEXTS: [&str; 2] = ["We bake bread every morning at five.", "Come and taste it while it is warm."];

struct Shop {
    fake: elevenlabs::ElevenLabs,
    desk: tempfile::TempDir,
    cli: Cli,
}

impl Shop {
    /// A home whose paid voice is on and has a key.
    async fn new() -> Self {
        let fake = elevenlabs::ElevenLabs::start(&Arc::new(Sounds::default())).await;
        let desk = tempfile::tempdir().unwrap();
        let passphrase = desk.path().join("passphrase");
        std::fs::write(&passphrase, "correct horse battery").unwrap();
        let cli = Cli::new(&desk.path().join("home")).with("EDIT_FACTORY_PASSPHRASE_FILE", &passphrase);
        let shop = Self { fake, desk, cli };
        shop.run(&["credential", "set", "elevenlabs", "--in", "file"]).await.good();
        shop.run(&["voice", "chain", "--order", "elevenlabs,flite", "--on", "elevenlabs"]).await.good();
        shop
    }

    /// Runs the program on a thread of its own; its standard input is the key.
    async fn run(&self, arguments: &[&str]) -> Ran {
        let endpoint = format!("elevenlabs={}", self.fake.url);
        let mut command = self.cli.command(["--json", "--endpoint", &endpoint]);
        let key = self.desk.path().join("key.txt");
        std::fs::write(&key, elevenlabs::KEY).unwrap();
        command.args(arguments).stdin(std::fs::File::open(key).unwrap());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
        let stdout = String::from_utf8(output.stdout).unwrap();
        Ran {
            code: output.status.code().unwrap(),
            json: serde_json::from_str(&stdout).unwrap_or_else(|e| panic!("{e}: {stdout}")),
            stdout,
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    fn path(&self, name: &str) -> String {
        self.desk.path().join(name).to_str().unwrap().to_owned()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn make_and_generate_over_the_quota_show_the_plan_and_ask_nobody() {
    let shop = Shop::new().await;
    footage::moving(Path::new(&shop.path("footage/a.mp4")), 1, 8);
    for (name, text) in ["first", "second"].iter().zip(TEXTS) {
        std::fs::create_dir_all(shop.path("scripts")).unwrap();
        std::fs::write(shop.path(&format!("scripts/{name}.md")), text).unwrap();
    }
    let letters = TEXTS.map(|text| text.chars().count() as u64);
    let limit = (letters[0] + 5).to_string();
    shop.run(&["quota", "set", "--provider", "elevenlabs", "--characters", &limit]).await.good();
    let asked = shop.fake.asked.count();

    let (scripts, out, shots) = (shop.path("scripts"), shop.path("out"), shop.path("footage"));
    let make = ["make", "--script-dir", &scripts, "-n", "10", "--platform", "draft", "--out", &out, &shots];
    let made = shop.run(&make).await;
    let project = shop.run(&["project", "list"]).await.good()[0]["name"].as_str().unwrap().to_owned();
    let generated = shop.run(&["generate", &project, "-n", "10"]).await;
    for ran in [&made, &generated] {
        assert_eq!((ran.code, ran.error()), (1, "over_quota"), "{ran:?}");
        let plan = &ran.json["error"]["details"]["plan"];
        assert_eq!((&plan["fits"], &plan["characters"]), (&1.into(), &letters.iter().sum::<u64>().into()), "{ran:?}");
        let says = ran.json["error"]["message"].as_str().unwrap();
        assert!(says.contains("10 variants of 2 scripts") && says.contains("the quota covers 1 of 2"), "{says}");
    }
    assert_eq!(shop.fake.asked.count(), asked, "nobody was asked for anything");
    let jobs = shop.run(&["job", "list", "--all"]).await;
    let jobs = jobs.json.as_array().cloned().unwrap_or_default();
    assert!(jobs.iter().all(|job| job["kind"]["kind"] == "analyse"), "{jobs:#?}");
    assert!(!Path::new(&out).exists() || std::fs::read_dir(&out).unwrap().count() == 0);
    assert_eq!(shop.run(&["cost", "list"]).await.good()["total"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_overcharged_is_paid_again_after_somebody_has_seen_it() {
    let shop = Shop::new().await;
    {
        let home = Home::open(acceptance::studio::host(Path::new(&shop.path("home")), &[])).unwrap();
        let price = Price { characters: 10, microusd: 2200 };
        let (provider, model, what) = ("elevenlabs".into(), "eleven_v3".into(), "hash".into());
        let need = Need { provider, model, price, project: None, job: None, what };
        let sent = budget::reserve_all(&home.current().unwrap(), vec![need]).unwrap().remove(0).send().unwrap();
        let price = Price { characters: 90, microusd: 19_800 };
        sent.settle(&Charge { price, request_id: None }).unwrap();
    }
    let say = ["voice", "say", "Fresh bread.", "--language", "en"];
    let refused = shop.run(&say).await;
    assert_eq!((refused.error(), shop.fake.spoken()), ("over_quota", 0));
    assert!(refused.json["error"]["message"].as_str().unwrap().contains("quota acknowledge"), "{refused:?}");
    let shown = shop.run(&["quota", "show"]).await.good();
    assert!(shown["providers"][0]["blocked"].as_str().unwrap().contains("90 characters"), "{shown:#}");
    assert_eq!(shop.run(&["quota", "acknowledge", "--provider", "somebody"]).await.error(), "invalid_input");
    shop.run(&["quota", "acknowledge", "--provider", "elevenlabs"]).await.good();
    let said = shop.run(&say).await.good();
    assert_eq!((said["narration"]["used"]["provider"].as_str(), shop.fake.spoken()), (Some("elevenlabs"), 1));
}
