//! The outside programs as processes: started with argument lists that are pure values, killed on cancel, never a
//! shell. Their last words (stderr) stay with the error.
//!
//! What is not here: what the arguments are. That is decided in `render`, `analysis`, `library` and `speech`.

mod journal;
pub mod progress;
mod shared;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, Command};
use tokio_util::sync::CancellationToken;

use crate::error::{Code, Explain};
use crate::host::Tools;
pub use journal::Ran;
use journal::{Entry, Journal};
use progress::{Progress, ProgressReader};
pub use shared::SharedTools;

/// Why a tool did not do its work.
#[derive(Debug, thiserror::Error)]
pub enum ToolError {
    /// Not installed.
    #[error("{tool} is not installed, and this work needs it. {}", how_to_install(tool))]
    Missing {
        /// "ffmpeg", "ffprobe", "espeak-ng".
        tool: &'static str,
    },
    /// It could not be started or talked to.
    #[error("{tool} could not be run: {source}")]
    Start {
        /// Which.
        tool: &'static str,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// It ended with an error.
    #[error("{tool} failed ({status}): {}", last_line(stderr))]
    Failed {
        /// Which.
        tool: &'static str,
        /// How it ended.
        status: ExitStatus,
        /// The end of what it wrote on stderr.
        stderr: String,
    },
    /// Cancelled, and the process is gone.
    #[error("It was cancelled.")]
    Cancelled,
}

impl ToolError {
    /// What it wrote on stderr before it failed, if it ran.
    #[must_use]
    pub fn stderr(&self) -> &str {
        match self {
            Self::Failed { stderr, .. } => stderr,
            _ => "",
        }
    }
}

impl Explain for ToolError {
    fn code(&self) -> Code {
        match self {
            Self::Missing { .. } => Code::ToolMissing,
            Self::Start { source, .. } if crate::error::is_disk_full(source) => Code::DiskFull,
            Self::Failed { stderr, status, .. }
                if stderr.contains("No space left on device")
                    || stderr.contains("File too large")
                    || hit_size_limit(*status) =>
            {
                Code::DiskFull
            }
            Self::Start { .. } | Self::Failed { .. } => Code::ToolFailed,
            Self::Cancelled => Code::Cancelled,
        }
    }

    fn details(&self) -> Value {
        match self {
            Self::Failed { tool, stderr, .. } => json!({ "tool": tool, "stderr": stderr }),
            Self::Missing { tool } | Self::Start { tool, .. } => json!({ "tool": tool }),
            Self::Cancelled => json!({}),
        }
    }
}

/// Killed by SIGXFSZ: a file passed the limit on file size. We live through that signal; a tool starts with its usual
/// effect. The number is the same on Linux and macOS.
#[cfg(unix)]
fn hit_size_limit(status: ExitStatus) -> bool {
    std::os::unix::process::ExitStatusExt::signal(&status) == Some(25)
}

/// There is no such limit here.
#[cfg(not(unix))]
fn hit_size_limit(_: ExitStatus) -> bool {
    false
}

fn how_to_install(tool: &str) -> &'static str {
    match tool {
        "espeak-ng" => "On Debian and Ubuntu: apt install espeak-ng; on macOS: brew install espeak-ng.",
        _ => {
            "On Debian and Ubuntu: apt install ffmpeg; on macOS: brew install ffmpeg; on Windows: winget install ffmpeg."
        }
    }
}

fn last_line(stderr: &str) -> &str {
    stderr.lines().rev().find(|l| !l.trim().is_empty()).unwrap_or("it said nothing")
}

/// How much of stderr is kept.
const STDERR_KEPT: usize = 8 * 1024;
/// How many command lines are remembered for "show the last FFmpeg commands".
const COMMANDS_KEPT: usize = 50;

/// The tools of one profile's work, and the last commands that were run with them.
#[derive(Debug, Clone)]
pub struct Toolbox {
    tools: SharedTools,
    commands: Arc<Mutex<Vec<String>>>,
    journal: Option<Journal>,
    folder: Option<PathBuf>,
}

/// What came back from a tool that ended well.
#[derive(Debug, Default)]
pub struct Output {
    /// Everything it wrote on stdout.
    pub stdout: Vec<u8>,
    /// The end of what it wrote on stderr (filters report there).
    pub stderr: String,
}

impl Toolbox {
    /// A box of these tools.
    #[must_use]
    pub fn new(tools: Tools) -> Self {
        Self::of(SharedTools::new(tools))
    }

    /// A box of tools that may be replaced while it is used.
    #[must_use]
    pub fn of(tools: SharedTools) -> Self {
        Self { tools, commands: Arc::default(), journal: None, folder: None }
    }

    /// What the program said when it was asked this before in this home; else asks it now. An answer that says nothing is
    /// not kept: it may have been a bad moment.
    pub(crate) async fn ask_once<E>(
        &self,
        question: String,
        ask: impl AsyncFnOnce() -> Result<String, E>,
    ) -> Result<String, E> {
        if let Some(said) = self.tools.said(&question) {
            return Ok(said);
        }
        let said = ask().await?;
        if !said.is_empty() {
            self.tools.remember(question, said.clone());
        }
        Ok(said)
    }

    /// The same tools, run in `folder`: what lies there can go by plain names, whatever the folder's own path looks like.
    /// They stay the ones of now, because what is made in one folder belongs together.
    #[must_use]
    pub fn in_folder(&self, folder: &Path) -> Self {
        Self { folder: Some(folder.to_owned()), tools: SharedTools::new(self.tools.now()), ..self.clone() }
    }

    /// The same tools with a journal of their own: what is run with them, and with clones of them, is kept until
    /// [`Self::take_journal`].
    #[must_use]
    pub fn with_journal(&self) -> Self {
        Self { journal: Some(Journal::default()), ..self.clone() }
    }

    /// What ended since the last time, in that order; nothing without a journal.
    #[must_use]
    pub fn take_journal(&self) -> Vec<Ran> {
        self.journal.as_ref().map(|journal| journal.take()).unwrap_or_default()
    }

    /// The path of ffmpeg.
    ///
    /// # Errors
    /// [`ToolError::Missing`].
    pub fn ffmpeg_path(&self) -> Result<PathBuf, ToolError> {
        self.tools.now().ffmpeg.ok_or(ToolError::Missing { tool: "ffmpeg" })
    }

    /// The path of espeak-ng.
    ///
    /// # Errors
    /// [`ToolError::Missing`].
    pub fn espeak_path(&self) -> Result<PathBuf, ToolError> {
        self.tools.now().espeak.ok_or(ToolError::Missing { tool: "espeak-ng" })
    }

    /// The last command lines, oldest first, for a person to read or copy.
    #[must_use]
    pub fn last_commands(&self) -> Vec<String> {
        self.commands.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Runs ffmpeg to its end. `-hide_banner -nostdin -y` are added.
    ///
    /// # Errors
    /// [`ToolError`]; on cancel the process is killed and waited for first.
    pub async fn ffmpeg(&self, args: &[OsString], cancel: &CancellationToken) -> Result<Output, ToolError> {
        self.run("ffmpeg", self.ffmpeg_path()?, &ffmpeg_args(args), None, cancel).await
    }

    /// Runs ffmpeg with `-progress pipe:1`, calling `on` for each report (about four a second).
    ///
    /// # Errors
    /// As [`Self::ffmpeg`].
    pub async fn ffmpeg_with_progress(
        &self,
        args: &[OsString],
        cancel: &CancellationToken,
        mut on: impl FnMut(Progress) + Send,
    ) -> Result<Output, ToolError> {
        let path = self.ffmpeg_path()?;
        let mut all: Vec<OsString> = ["-progress", "pipe:1", "-stats_period", "0.25"].map(OsString::from).to_vec();
        all.extend_from_slice(args);
        let mut running = self.start("ffmpeg", &path, &ffmpeg_args(&all), false)?;
        let stdout = running.child.stdout.take();
        let read = async {
            let mut reader = ProgressReader::default();
            if let Some(stdout) = stdout {
                let mut lines = BufReader::new(stdout).lines();
                while let Some(line) = lines.next_line().await? {
                    if let Some(progress) = reader.line(&line) {
                        on(progress);
                    }
                }
            }
            Ok(Vec::new())
        };
        running.finish(read, cancel).await
    }

    /// Runs ffmpeg and hands its stdout over in pieces as it comes, for raw frames and samples.
    ///
    /// # Errors
    /// As [`Self::ffmpeg`].
    pub async fn ffmpeg_stream(
        &self,
        args: &[OsString],
        cancel: &CancellationToken,
        mut on: impl FnMut(&[u8]) + Send,
    ) -> Result<Output, ToolError> {
        let path = self.ffmpeg_path()?;
        let mut running = self.start("ffmpeg", &path, &ffmpeg_args(args), false)?;
        let stdout = running.child.stdout.take();
        let read = async {
            if let Some(mut stdout) = stdout {
                let mut piece = vec![0; 256 * 1024];
                loop {
                    let n = stdout.read(&mut piece).await?;
                    if n == 0 {
                        break;
                    }
                    on(&piece[..n]);
                }
            }
            Ok(Vec::new())
        };
        running.finish(read, cancel).await
    }

    /// Runs ffmpeg and sends its stdout on in pieces of exactly `piece` bytes (raw frames). A receiver that is slow makes
    /// ffmpeg wait, so memory stays small; a receiver that is gone stops it.
    ///
    /// # Errors
    /// As [`Self::ffmpeg`].
    pub async fn ffmpeg_pieces(
        &self,
        args: &[OsString],
        cancel: &CancellationToken,
        piece: usize,
        pieces: tokio::sync::mpsc::Sender<Vec<u8>>,
    ) -> Result<Output, ToolError> {
        let path = self.ffmpeg_path()?;
        let mut running = self.start("ffmpeg", &path, &ffmpeg_args(args), false)?;
        let stdout = running.child.stdout.take();
        let read = async {
            if let Some(mut stdout) = stdout {
                loop {
                    let mut next = vec![0; piece];
                    match stdout.read_exact(&mut next).await {
                        Ok(_) => {}
                        Err(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => break,
                        Err(e) => return Err(e),
                    }
                    if pieces.send(next).await.is_err() {
                        break;
                    }
                }
            }
            drop(pieces);
            Ok(Vec::new())
        };
        running.finish(read, cancel).await
    }

    /// Runs ffprobe to its end.
    ///
    /// # Errors
    /// As [`Self::ffmpeg`].
    pub async fn ffprobe(&self, args: &[OsString], cancel: &CancellationToken) -> Result<Output, ToolError> {
        let path = self.tools.now().ffprobe.ok_or(ToolError::Missing { tool: "ffprobe" })?;
        self.run("ffprobe", path, args, None, cancel).await
    }

    /// Runs espeak-ng with `text` on its stdin.
    ///
    /// # Errors
    /// As [`Self::ffmpeg`].
    pub async fn espeak(&self, args: &[OsString], text: &str, cancel: &CancellationToken) -> Result<Output, ToolError> {
        let path = self.espeak_path()?;
        self.run("espeak-ng", path, args, Some(text.as_bytes().to_vec()), cancel).await
    }

    async fn run(
        &self,
        tool: &'static str,
        path: PathBuf,
        args: &[OsString],
        input: Option<Vec<u8>>,
        cancel: &CancellationToken,
    ) -> Result<Output, ToolError> {
        let mut running = self.start(tool, &path, args, input.is_some())?;
        let stdin = running.child.stdin.take();
        let stdout = running.child.stdout.take();
        let talk = async {
            let write = async {
                if let (Some(mut stdin), Some(input)) = (stdin, input) {
                    // A tool that ends before it read everything says why on stderr; a broken pipe here is not the news.
                    drop(stdin.write_all(&input).await);
                }
            };
            let read = async {
                let mut all = Vec::new();
                if let Some(mut stdout) = stdout {
                    stdout.read_to_end(&mut all).await?;
                }
                Ok(all)
            };
            tokio::join!(write, read).1
        };
        running.finish(talk, cancel).await
    }

    fn start(&self, tool: &'static str, path: &Path, args: &[OsString], input: bool) -> Result<Running, ToolError> {
        let line = self.remember(tool, args);
        let mut command = Command::new(path);
        if let Some(folder) = &self.folder {
            command.current_dir(folder);
        }
        let child = command
            .args(args)
            .stdin(if input { Stdio::piped() } else { Stdio::null() })
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(|source| {
                if source.kind() == std::io::ErrorKind::NotFound {
                    ToolError::Missing { tool }
                } else {
                    ToolError::Start { tool, source }
                }
            })?;
        let journal = self.journal.as_ref().map(|journal| journal.begin(line));
        Ok(Running { tool, child, journal })
    }

    fn remember(&self, tool: &str, args: &[OsString]) -> String {
        let mut line = tool.to_owned();
        for arg in args {
            let arg = arg.to_string_lossy();
            line.push(' ');
            if arg.is_empty() || arg.contains([' ', '\'', '"', ';', '[', '(', '\n']) {
                line.push_str(&format!("'{}'", arg.replace('\'', r"'\''")));
            } else {
                line.push_str(&arg);
            }
        }
        tracing::debug!(command = %line, "run");
        let mut commands = self.commands.lock().unwrap_or_else(PoisonError::into_inner);
        if commands.len() == COMMANDS_KEPT {
            commands.remove(0);
        }
        commands.push(line.clone());
        line
    }
}

fn ffmpeg_args(args: &[OsString]) -> Vec<OsString> {
    let mut all: Vec<OsString> = ["-hide_banner", "-nostdin", "-y"].map(OsString::from).to_vec();
    all.extend_from_slice(args);
    all
}

struct Running {
    tool: &'static str,
    child: Child,
    journal: Option<Entry>,
}

impl Running {
    async fn finish(
        mut self,
        stdout: impl Future<Output = std::io::Result<Vec<u8>>>,
        cancel: &CancellationToken,
    ) -> Result<Output, ToolError> {
        let tool = self.tool;
        let stderr = self.child.stderr.take();
        let errors = async {
            let mut kept = Vec::new();
            if let Some(mut stderr) = stderr {
                let mut piece = [0; 4096];
                loop {
                    let n = stderr.read(&mut piece).await?;
                    if n == 0 {
                        break;
                    }
                    kept.extend_from_slice(&piece[..n]);
                    if kept.len() > 2 * STDERR_KEPT {
                        kept.drain(..kept.len() - STDERR_KEPT);
                    }
                }
            }
            Ok::<_, std::io::Error>(String::from_utf8_lossy(&kept).into_owned())
        };
        let ended = {
            let child = &mut self.child;
            let all = async { tokio::try_join!(stdout, errors, child.wait()) };
            tokio::select! {
                // Biased: a cancel that came first is honoured even if the process has just ended.
                biased;
                () = cancel.cancelled() => None,
                ended = all => Some(ended),
            }
        };
        let Some(ended) = ended else {
            // `kill` also waits, so that nobody writes into the job's folder afterwards.
            if let Err(source) = self.child.kill().await {
                tracing::warn!(tool, %source, "a cancelled process could not be killed");
            }
            if let Some(entry) = self.journal {
                entry.ended("(it was stopped)");
            }
            return Err(ToolError::Cancelled);
        };
        let (stdout, stderr, status) = ended.map_err(|source| ToolError::Start { tool, source })?;
        if let Some(entry) = self.journal {
            entry.ended(&stderr);
        }
        if status.success() { Ok(Output { stdout, stderr }) } else { Err(ToolError::Failed { tool, status, stderr }) }
    }
}

/// An argument list from things that are text or paths.
#[macro_export]
macro_rules! args {
    ($($arg:expr),* $(,)?) => {{
        let list: Vec<std::ffi::OsString> = vec![$(std::ffi::OsString::from($arg)),*];
        list
    }};
}
