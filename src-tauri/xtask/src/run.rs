//! The repository's folders, and running other programs in them.

use std::ffi::OsStr;
use std::fmt;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Why a task ended early.
#[derive(Debug)]
pub enum Stop {
    /// The words on the command line make no sense.
    Usage,
    /// Something a person has to do first, or that went wrong; said in full.
    Said(String),
    /// A program ended with an error it has already explained on the terminal.
    Failed {
        /// The command line, for reading.
        command: String,
        /// How it ended.
        status: std::process::ExitStatus,
    },
    /// A file or program could not be used.
    Io {
        /// What was tried.
        what: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// A program's answer could not be read.
    Json {
        /// Whose answer.
        what: String,
        /// Why.
        source: serde_json::Error,
    },
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage => f.write_str("This is not a task. `cargo xtask help` lists them."),
            Self::Said(text) => f.write_str(text),
            Self::Failed { command, status } => write!(f, "`{command}` failed ({status})."),
            Self::Io { what, source } => write!(f, "{what}: {source}"),
            Self::Json { what, source } => write!(f, "The answer of {what} could not be read: {source}"),
        }
    }
}

impl Stop {
    /// Makes the error of a file operation; `what` says what was tried.
    pub fn io(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let what = what.into();
        move |source| Self::Io { what, source }
    }
}

/// Where the checkout lies and where its products go.
#[derive(Debug, Clone)]
pub struct Repository {
    root: PathBuf,
    target: PathBuf,
}

impl Repository {
    /// The checkout this xtask was built in.
    pub fn here() -> Result<Self, Stop> {
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root =
            package.join("../..").canonicalize().map_err(Stop::io("The checkout has moved; build xtask again"))?;
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |dir| root.join(dir));
        Ok(Self { root, target })
    }

    /// The checkout.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A path in the checkout.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// A path under the build folder.
    pub fn target(&self, relative: &str) -> PathBuf {
        self.target.join(relative)
    }

    /// The same path as a person in the checkout would type it.
    pub fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).display().to_string()
    }

    /// A program to be run in the checkout.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root).stdin(Stdio::null());
        command
    }

    /// The cargo that runs this xtask.
    pub fn cargo(&self) -> Command {
        self.command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
    }

    /// The command-line program after a build with this profile.
    pub fn built(&self, profile: &str, program: &str) -> PathBuf {
        self.target.join(profile).join(format!("{program}{}", std::env::consts::EXE_SUFFIX))
    }
}

/// A command line for people to read.
fn words(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy().into_owned();
    command.get_args().fold(program, |line, word| line + " " + &word.to_string_lossy())
}

/// Runs it with its output on the terminal.
pub fn show(command: &mut Command) -> Result<(), Stop> {
    let status = command.status().map_err(Stop::io(words(command)))?;
    if status.success() { Ok(()) } else { Err(Stop::Failed { command: words(command), status }) }
}

/// Runs it and keeps what it writes; its error output is shown only when it fails.
pub fn capture(command: &mut Command) -> Result<Captured, Stop> {
    let output = command.output().map_err(Stop::io(words(command)))?;
    let captured = Captured {
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    };
    if output.status.success() {
        return Ok(captured);
    }
    eprint!("{}", captured.stderr);
    Err(Stop::Failed { command: words(command), status: output.status })
}

/// What a program wrote.
#[derive(Debug, Default)]
pub struct Captured {
    /// On its standard output.
    pub stdout: String,
    /// On its error output.
    pub stderr: String,
}

/// True when it could be started and ended well; nothing is shown.
pub fn succeeds(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// Runs it, shows its standard output line by line and hands every line over. Says whether it ended well.
pub fn follow(command: &mut Command, mut line_seen: impl FnMut(&str)) -> Result<bool, Stop> {
    let name = words(command);
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(Stop::io(name.clone()))?;
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).split(b'\n') {
            let line = line.map_err(Stop::io(name.clone()))?;
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            line_seen(&line);
        }
    }
    Ok(child.wait().map_err(Stop::io(name))?.success())
}
