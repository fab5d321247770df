//! Runs the built program as a person or a script would, in surroundings of its own.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use serde_json::Value;
use tempfile::TempDir;

/// The program with a home, a trash and an environment that nobody else has.
#[derive(Debug)]
pub struct Cli {
    /// What `--home` says.
    pub home: PathBuf,
    surroundings: TempDir,
    environment: Vec<(OsString, OsString)>,
}

/// How a run of the program ended.
#[derive(Debug)]
pub struct Ran {
    /// 0, 1 or 2.
    pub code: i32,
    /// The one document on stdout; null when `--json` was not asked for.
    pub json: Value,
    /// All of stdout.
    pub stdout: String,
    /// All of stderr.
    pub stderr: String,
}

impl Ran {
    /// The code of the error, "" when there is none.
    #[must_use]
    pub fn error(&self) -> &str {
        self.json["error"]["code"].as_str().unwrap_or_default()
    }

    /// The document, after a run that must have gone well.
    ///
    /// # Panics
    /// When it did not.
    #[allow(clippy::must_use_candidate, reason = "often only that it went well matters")]
    pub fn good(self) -> Value {
        assert_eq!(self.code, 0, "{}\n{}", self.stdout, self.stderr);
        assert_eq!(self.error(), "", "{}", self.stdout);
        self.json
    }
}

impl Cli {
    /// The program with this folder as its home.
    ///
    /// # Panics
    /// When the program cannot be built.
    #[must_use]
    pub fn new(home: &Path) -> Self {
        let surroundings = tempfile::tempdir().unwrap();
        Self { home: home.to_owned(), surroundings, environment: Vec::new() }
    }

    /// The same with an environment variable set.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.environment.push((name.into(), value.as_ref().to_owned()));
        self
    }

    /// Where what it deletes goes.
    #[must_use]
    pub fn trash(&self) -> PathBuf {
        self.surroundings.path().join("data/Trash/files")
    }

    /// The program, ready to be started: only the PATH is taken from the tests' own environment.
    pub fn command<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Command {
        let mut command = Command::new(program());
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.surroundings.path())
            .env("XDG_DATA_HOME", self.surroundings.path().join("data"))
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .current_dir(self.surroundings.path())
            .stdin(Stdio::null())
            .arg("--home")
            .arg(&self.home)
            .args(arguments);
        command
    }

    /// Runs it with `--json`, and reads the one document it must write whatever happens.
    ///
    /// # Panics
    /// When stdout is not exactly one JSON document, or the program died of a signal.
    #[must_use]
    pub fn run<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Ran {
        let output = self.command::<OsString>([]).arg("--json").args(arguments).output().unwrap();
        let mut ran = ended(output);
        ran.json = serde_json::from_str(&ran.stdout)
            .unwrap_or_else(|e| panic!("stdout is not one JSON document: {e}\n{}\n{}", ran.stdout, ran.stderr));
        ran
    }

    /// Runs it as a person does, without `--json`.
    ///
    /// # Panics
    /// When the program died of a signal.
    #[must_use]
    pub fn text<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Ran {
        ended(self.command(arguments).output().unwrap())
    }
}

fn ended(output: Output) -> Ran {
    let stdout = String::from_utf8(output.stdout).expect("stdout is UTF-8");
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    let code = output.status.code().unwrap_or_else(|| panic!("the program died ({}): {stderr}", output.status));
    Ran { code, json: Value::Null, stdout, stderr }
}

/// The built program. It lies beside the folder of this test program; `cargo test` alone does not promise that it is
/// there and up to date, so cargo is asked once.
///
/// # Panics
/// When it cannot be built.
pub fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let me = std::env::current_exe().unwrap();
        // Tests lie in a folder of their own there, programs (the demo) do not.
        let folder = me.parent().unwrap();
        let products = if folder.ends_with("deps") { folder.parent().unwrap() } else { folder };
        if let Some(cargo) = std::env::var_os("CARGO") {
            let profile = match products.file_name().and_then(OsStr::to_str) {
                Some("debug") | None => "dev",
                Some(other) => other,
            };
            let built = Command::new(cargo)
                .args(["build", "--quiet", "--package", "edit-factory", "--profile", profile, "--target-dir"])
                .arg(products.parent().unwrap())
                .status()
                .unwrap();
            assert!(built.success(), "edit-factory does not build");
        }
        let program = products.join(format!("edit-factory{}", std::env::consts::EXE_SUFFIX));
        assert!(program.is_file(), "{} is not there; build it first", program.display());
        program
    })
}
