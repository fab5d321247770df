//! `cargo xtask …`: everything one does with the repository itself.
//!
//! It compiles in seconds because it never links core; what needs core (the benchmarks, the command line) it builds
//! and runs as a program of its own. What the product does is not here.
#![allow(clippy::print_stdout, reason = "a program for a terminal")]

mod app;
mod bench;
mod checks;
mod demo;
mod live;
mod machine;
mod needs;
mod notices;
mod python;
mod run;
mod setup;
mod sheet;
mod soak;
mod test;
mod ui;
mod window;

use std::process::ExitCode;

use run::{Repository, Stop};

const USAGE: &str = "\
cargo xtask app        opens the window (builds it first)
cargo xtask demo       makes three videos from assets/demo and a contact sheet of them
cargo xtask demo-sync  two homes on this machine keep one profile on a project that runs here, too
cargo xtask test       installs what the tests need and runs everything
cargo xtask bench      measures speed and memory, writes docs/measurements/bench.md; `bench presets` the x264 presets
cargo xtask soak       the long tests, writes docs/measurements/soak.md
cargo xtask live       asks the real providers: ElevenLabs with the key in ELEVENLABS_API_KEY, `live edge` Edge too, a hosted
                       project with EDIT_FACTORY_SUPABASE_URL, _KEY, _EMAIL and _PASSWORD, Postiz with POSTIZ_API_KEY
                       (and POSTIZ_URL for your own)
cargo xtask window     only the tests of the real window; `window media` those whose file has \"media\" in its name
cargo xtask ui         only the checks and tests of the window's pages
cargo xtask rules      checks the repository's own rules (licences, forbidden habits) in a second
cargo xtask setup      only installs what is missing (for app, demo, test and bench)
cargo xtask bundle     makes an installer: .deb on Linux, .dmg on macOS, .msi on Windows
cargo xtask bindings   writes the types of all calls anew for the window's pages
cargo xtask notices    writes THIRD-PARTY.md anew after a dependency has changed
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let names: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match dispatch(&names) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Stop::Usage) => {
            eprint!("{USAGE}");
            ExitCode::from(2)
        }
        Err(stop) => {
            eprintln!("\n{stop}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(names: &[&str]) -> Result<(), Stop> {
    match names {
        ["app"] => app::run(&Repository::here()?),
        ["bundle"] => app::bundle(&Repository::here()?),
        ["bindings"] => app::bindings(&Repository::here()?),
        ["window", only @ ..] => test::window(&Repository::here()?, only),
        ["ui"] => test::ui(&Repository::here()?),
        ["demo"] => demo::run(&Repository::here()?),
        ["demo-sync"] => demo::sync(&Repository::here()?),
        ["test"] => test::run(&Repository::here()?),
        ["rules"] => test::rules(&Repository::here()?),
        ["bench", only @ ..] => bench::run(&Repository::here()?, only),
        ["live"] => live::run(&Repository::here()?, false),
        ["live", "edge"] => live::run(&Repository::here()?, true),
        ["soak"] => soak::run(&Repository::here()?),
        ["setup"] => setup::everything(&Repository::here()?),
        ["notices"] => notices::write(&Repository::here()?),
        ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            Ok(())
        }
        _ => Err(Stop::Usage),
    }
}
