//! Measures what is promised about speed and memory, and writes the table that the repository carries.
//!
//! Everything is a ratio inside one run where that is possible, because absolute times say more about the machine;
//! those are recorded beside it. Nothing here is a test: a slow machine fails nothing. Run by `cargo xtask bench`, with
//! full optimisation, on a machine that does nothing else.
#![allow(clippy::print_stdout, reason = "a program for a terminal")]

mod analysis;
mod facts;
mod footage;
mod opening;
mod planning;
mod presets;
mod process;
mod product;
mod receipt;
mod reference;
mod speech;
mod sync;
mod table;
mod videos;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use edit_factory_core::error::Failure;
use table::{Row, Table};

/// Why a measurement could not be taken.
#[derive(Debug, thiserror::Error)]
enum BenchError {
    /// Words on the command line.
    #[error(
        "usage: edit-factory-bench --work FOLDER --demo FOLDER --voices FOLDER --write FILE [--rows FILE] [NAME…] or --fill HOME; names: {}",
        names()
    )]
    Usage,
    /// A file or a program.
    #[error("{what}: {source}")]
    Io {
        /// What was tried.
        what: String,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// A program ended badly.
    #[error("`{command}` failed: {said}")]
    Tool {
        /// The command line.
        command: String,
        /// The end of what it said.
        said: String,
    },
    /// An answer that is not what was expected.
    #[error("{0}")]
    Unexpected(String),
    /// The product said no.
    #[error("{0}")]
    Product(Failure),
}

impl BenchError {
    fn io(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let what = what.into();
        move |source| Self::Io { what, source }
    }

    fn product(error: impl Into<Failure>) -> Self {
        Self::Product(error.into())
    }
}

/// What a measurement is given.
#[derive(Debug, Clone)]
struct Place {
    /// A folder for everything it makes. What is costly to make stays there for the next time.
    work: PathBuf,
    /// The demo's footage.
    demo: PathBuf,
    /// A folder with the packages of a voice and of the runtime.
    voices: PathBuf,
}

type Measure = fn(&Place) -> Result<Vec<Row>, BenchError>;

/// All measurements, by name.
const MEASURES: &[(&str, Measure)] = &[
    ("videos", videos::measure),
    ("analysis", analysis::measure),
    ("planning", planning::measure),
    ("opening", opening::measure),
    ("speech", speech::measure),
    ("sync", sync::measure),
];

/// The measurement that writes a table of its own, and only when it is named: it decides what the platforms' data says.
const PRESETS: &str = "presets";

/// The measurements of the window, taken before by a script that drives it: `--rows` brings what they gave.
const WINDOW: &str = "window";

fn names() -> String {
    MEASURES.iter().map(|(name, _)| *name).chain([WINDOW, PRESETS]).collect::<Vec<_>>().join(", ")
}

fn main() -> ExitCode {
    match run(std::env::args().skip(1).collect()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: Vec<String>) -> Result<(), BenchError> {
    let mut words = words.into_iter();
    let (mut work, mut demo, mut voices, mut write, mut rows, mut only) = (None, None, None, None, None, Vec::new());
    let mut presets = false;
    while let Some(word) = words.next() {
        match word.as_str() {
            "--work" => work = words.next().map(PathBuf::from),
            "--demo" => demo = words.next().map(PathBuf::from),
            "--voices" => voices = words.next().map(PathBuf::from),
            "--write" => write = words.next().map(PathBuf::from),
            "--rows" => rows = words.next().map(PathBuf::from),
            "--fill" => return opening::two_profiles(&words.next().map(PathBuf::from).ok_or(BenchError::Usage)?),
            WINDOW => only.push(word),
            PRESETS => presets = true,
            name if MEASURES.iter().any(|(known, _)| *known == name) => only.push(word),
            _ => return Err(BenchError::Usage),
        }
    }
    let (Some(work), Some(demo), Some(voices), Some(write)) = (work, demo, voices, write) else {
        return Err(BenchError::Usage);
    };
    std::fs::create_dir_all(&work).map_err(BenchError::io(work.display().to_string()))?;
    // Some programs run in a folder of their own, where a relative path would lead elsewhere.
    let whole = |path: PathBuf| std::path::absolute(&path).map_err(BenchError::io(path.display().to_string()));
    let place = Place { work: whole(work)?, demo: whole(demo)?, voices: whole(voices)? };
    let facts = facts::here()?;
    if presets {
        println!("measuring {PRESETS}");
        let text = presets::table(&place, &facts)?;
        return save(&write.with_file_name("x264-presets.md"), &text);
    }
    let mut table = Table::new(facts);
    for (name, measure) in MEASURES.iter().filter(|(name, _)| only.is_empty() || only.iter().any(|o| o == name)) {
        println!("measuring {name}");
        for row in measure(&place)? {
            println!("  {row}");
            table.push(row);
        }
    }
    for row in rows.map(|file| table::measured_elsewhere(&file)).transpose()?.unwrap_or_default() {
        table.push(row);
    }
    let text = table.markdown();
    if only.is_empty() {
        return save(&write, &text);
    }
    println!("\n{text}\nNot written: only a part was measured.");
    Ok(())
}

fn save(path: &Path, text: &str) -> Result<(), BenchError> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(BenchError::io(folder.display().to_string()))?;
    }
    std::fs::write(path, text).map_err(BenchError::io(path.display().to_string()))?;
    println!("written to {}", path.display());
    Ok(())
}
