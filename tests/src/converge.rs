//! Two machines that keep one profile on a project: what `cargo xtask demo-sync` shows and a test makes sure of. Each machine
//! is a home of its own, asked through the command line.

use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;

use crate::hosted::{Hosted, KEY, PASSWORD};
use crate::{Cli, footage};

const EMAIL: &str = "ana@example.com";
const SCRIPT: &str = "Fresh bread is on the table. And the door is open for everybody.";

/// A machine of the demo.
pub struct Machine {
    /// What it is called.
    pub name: &'static str,
    cli: Cli,
    /// Keeps the session of its profile, in place of a keyring.
    _safe: tempfile::TempDir,
}

impl Machine {
    fn new(name: &'static str, folder: &Path) -> Self {
        let safe = tempfile::tempdir().unwrap();
        let passphrase = safe.path().join("passphrase");
        std::fs::write(&passphrase, "correct horse battery").unwrap();
        let cli = Cli::new(&folder.join(name)).with("EDIT_FACTORY_PASSPHRASE_FILE", passphrase);
        Self { name, cli, _safe: safe }
    }

    /// Runs a command that must go well; gives its document.
    ///
    /// # Panics
    /// When it does not.
    pub fn ask(&self, arguments: &[&str]) -> Value {
        self.cli.run(arguments).good()
    }

    /// Runs a command with this on standard input.
    ///
    /// # Panics
    /// When it does not go well.
    pub fn tell(&self, arguments: &[&str], input: &str) {
        let mut command = self.cli.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// What a person sees of the profile: names of projects, footage with its tags, finished videos.
    ///
    /// # Panics
    /// When it cannot be asked.
    #[must_use]
    pub fn sees(&self) -> Vec<String> {
        let mut all = Vec::new();
        let texts = |value: &Value| value.as_array().map(Vec::as_slice).unwrap_or_default().to_vec();
        for project in texts(&self.ask(&["project", "list"])) {
            all.push(format!("project {}", project["name"].as_str().unwrap()));
        }
        for source in texts(&self.ask(&["source", "list"])) {
            let tags: Vec<String> = texts(&source["tags"]).iter().map(|t| t.as_str().unwrap().to_owned()).collect();
            let (name, hash) = (source["name"].as_str().unwrap(), source["hash"].as_str().unwrap());
            all.push(format!("footage {name} ({}) {}", tags.join(", "), &hash[..12]));
        }
        for clip in texts(&self.ask(&["clip", "list"])) {
            all.push(format!("clip {} {}", clip["name"].as_str().unwrap(), clip["triage"].as_str().unwrap()));
        }
        all.sort();
        all
    }
}

/// How it ended.
pub struct Converged {
    /// The machines.
    pub machines: [Machine; 2],
    /// What each of them sees at the end.
    pub seen: [Vec<String>; 2],
}

/// Makes a profile on one machine, takes it up on another, changes it on both, and syncs until nothing is left to be sent.
/// `told` hears each step.
///
/// # Panics
/// When a step does not go well.
pub async fn converge(hosted: &Hosted, folder: &Path, told: &mut dyn FnMut(&str)) -> Converged {
    hosted.sign_up(EMAIL).await;
    let (studio, laptop) = (Machine::new("studio", folder), Machine::new("laptop", folder));
    let sign_in = ["sync", "sign-in", "--url", &hosted.url, "--key", KEY, "--email", EMAIL];

    told("studio: a profile with footage and a finished video");
    studio.ask(&["profile", "create", "Bakery"]);
    footage::moving(&folder.join("footage/oven.mp4"), 1, 10);
    let script = folder.join("bread.md");
    std::fs::write(&script, SCRIPT).unwrap();
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (script, out, from) = (path("bread.md"), path("out"), path("footage"));
    studio.ask(&["make", "--variants", "1", "--platform", "draft", "--script", &script, "--out", &out, &from]);

    told("studio: signs in, keeps the profile there, with all of its files");
    studio.tell(&sign_in, PASSWORD);
    studio.ask(&["sync", "link", "--new"]);
    studio.ask(&["sync", "media", "fetch-on-demand"]);
    let sent = studio.ask(&["sync", "now"]);
    told(&format!("        sent {} rows and {} files", sent["done"]["sent"], sent["done"]["files"]["sent"]));

    told("laptop: signs in and takes the profile up");
    laptop.ask(&["profile", "create", "Bakery"]);
    laptop.tell(&sign_in, PASSWORD);
    laptop.ask(&["sync", "link", "Bakery"]);
    // What was here before the other's changes came is not lost.
    assert_eq!(laptop.ask(&["profile", "backup", "list", "Bakery"]).as_array().map(Vec::len), Some(1));
    let came = laptop.ask(&["sync", "now"]);
    told(&format!("        received {} rows", came["done"]["received"]));

    told("both change it: the studio tags footage and keeps the video, the laptop makes a project");
    studio.ask(&["source", "tag", "oven.mp4", "warm"]);
    let clip = studio.ask(&["clip", "list"])[0]["id"].as_str().unwrap().to_owned();
    studio.ask(&["clip", "triage", &clip, "--as", "accepted"]);
    laptop.ask(&["project", "create", "Cake"]);
    for machine in [&studio, &laptop, &studio] {
        let done = machine.ask(&["sync", "now"]);
        let (sent, received) = (&done["done"]["sent"], &done["done"]["received"]);
        told(&format!("{}: sent {sent}, received {received}, then {}", machine.name, done["status"]["state"]));
    }
    told("laptop: fetches the files");
    let fetched = laptop.ask(&["sync", "fetch"]);
    told(&format!("        {}", fetched["fetched"]));
    let seen = [studio.sees(), laptop.sees()];
    Converged { machines: [studio, laptop], seen }
}
