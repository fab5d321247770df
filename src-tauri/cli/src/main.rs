//! Edit Factory on the command line: the same calls as the window, for people, scripts and tests.
//!
//! This program reads arguments and the environment, asks core, and writes the answer: one JSON document on stdout with
//! `--json`, sentences and tables without it; logs and progress on stderr. It ends with 0, 1 (failure) or 2 (usage).
//! What is not here: anything the product does. That is in core, behind its one list of calls.

mod args;
mod commands;
mod follow;
mod output;
mod session;
mod stop;
mod surroundings;
mod table;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;
use edit_factory_core::error::{Code, Failure};

use args::Cli;
use output::{Outcome, Output};

fn main() -> ExitCode {
    let given: Vec<OsString> = std::env::args_os().collect();
    let (output, outcome) = match Cli::try_parse_from(&given) {
        Ok(cli) => (Output { json: cli.global.json }, run(cli)),
        Err(error) => {
            let output = Output { json: args::json_wanted(&given) };
            return output.finish_parsing(&error);
        }
    };
    output.finish(outcome)
}

fn run(cli: Cli) -> Result<Outcome, Failure> {
    // Core's own work is a few database calls; the encoders are other processes. Two threads are plenty.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|e| Failure::new(Code::Internal, format!("The program could not start its threads: {e}")))?;
    runtime.block_on(async {
        let cancel = stop::listen()?;
        commands::run(cli, cancel).await
    })
}
