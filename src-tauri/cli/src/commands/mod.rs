//! The commands: each asks core, and says what came of it.

mod again;
mod archive;
mod backend;
mod brand;
mod clip;
pub mod credential;
mod doctor;
mod find;
mod hand;
mod inbox;
mod installed;
mod job;
mod look;
mod make;
mod money;
mod produce;
mod profile;
mod project;
mod publish;
mod source;
mod sync;
mod voice;

use clap::CommandFactory;
use edit_factory_core::error::{Code, Failure};
use edit_factory_core::jobs::JobState;
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::args::{Cli, Command};
use crate::output::Outcome;
use crate::session::Session;

/// Does what was asked.
///
/// # Errors
/// What core says.
pub async fn run(cli: Cli, cancel: CancellationToken) -> Result<Outcome, Failure> {
    let Cli { global, command } = cli;
    let process = format!("edit-factory {}", name(&command));
    let quiet = global.quiet;
    let stopped = cancel.clone();
    let open = || Session::open(global, &process, cancel);
    match command {
        Command::Completions { shell } => completions(shell),
        // Needs no home and no profile, and writes no log.
        Command::Backend(what) => backend::run(what, quiet, &stopped).await,
        Command::Profile(what) => profile::run(&open()?, what).await,
        Command::Make(given) => make::make(&mut open()?, *given).await,
        Command::Generate(given) => make::generate(&mut open()?, given).await,
        Command::Source(what) => source::run(&mut open()?, what).await,
        Command::Sync(what) => sync::run(&mut open()?, what).await,
        Command::Publish(what) => publish::run(&mut open()?, what).await,
        Command::Inbox(what) => inbox::run(&mut open()?, what).await,
        Command::Doctor => doctor::run(&mut open()?).await,
        Command::Job(what) => job::run(&mut open()?, what).await,
        Command::Project(what) => project::run(&mut open()?, what).await,
        Command::Clip(what) => clip::run(&mut open()?, what).await,
        Command::Brand(what) => brand::run(&mut open()?, what).await,
        Command::Voice(what) => voice::run(&mut open()?, what).await,
        Command::Credential(what) => credential::run(&mut open()?, what).await,
        Command::Quota(what) => money::quota(&mut open()?, what).await,
        Command::Cost(what) => money::cost(&mut open()?, what).await,
    }
}

/// As the runner lock shows it to others.
fn name(command: &Command) -> &'static str {
    match command {
        Command::Make(_) => "make",
        Command::Generate(_) => "generate",
        Command::Source(_) => "source add",
        Command::Profile(_) => "profile",
        Command::Job(_) => "job run",
        Command::Project(_) => "project",
        Command::Clip(_) => "clip",
        Command::Brand(_) => "brand",
        Command::Voice(_) => "voice",
        Command::Credential(_) => "credential",
        Command::Quota(_) => "quota",
        Command::Cost(_) => "cost",
        Command::Sync(_) => "sync",
        Command::Publish(_) => "publish",
        Command::Inbox(_) => "inbox watch",
        Command::Backend(_) => "backend",
        Command::Doctor => "doctor",
        Command::Completions { .. } => "completions",
    }
}

fn completions(shell: clap_complete::Shell) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "edit-factory", &mut script);
    let script = String::from_utf8(script)
        .map_err(|e| Failure::new(Code::Internal, format!("The completion script is not text: {e}")))?;
    Outcome::new(&json!({ "shell": shell.to_string(), "completions": script }), script.trim_end())
}

/// What to say of a job that ended without saying why.
fn not_finished(state: JobState) -> Failure {
    match state {
        JobState::Cancelled => Failure::new(Code::Cancelled, "It was cancelled."),
        JobState::Paused => Failure::new(Code::WrongState, "It is paused. `edit-factory job resume` goes on with it."),
        _ => Failure::new(Code::Internal, "It ended without saying why. The log says more."),
    }
}
