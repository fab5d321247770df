//! Two homes on this machine keep one profile on a project that runs here, too. `cargo xtask demo-sync` runs it.
#![allow(clippy::print_stdout, reason = "a program for a terminal")]

use std::process::ExitCode;

use acceptance::converge::converge;
use acceptance::hosted::Hosted;

#[tokio::main]
async fn main() -> ExitCode {
    let Some(hosted) = Hosted::start() else { return ExitCode::FAILURE };
    let Ok(folder) = tempfile::tempdir() else { return ExitCode::FAILURE };
    println!("A project of the tests' own, on this machine: {}\n", hosted.url);
    let ended = converge(&hosted, folder.path(), &mut |step| println!("{step}")).await;
    for (machine, seen) in ended.machines.iter().zip(&ended.seen) {
        println!("\n{} has:", machine.name);
        for line in seen {
            println!("  {line}");
        }
    }
    let equal = ended.seen[0] == ended.seen[1];
    println!("\n{}", if equal { "Both have the same." } else { "They differ." });
    if equal { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
