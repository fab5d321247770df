//! A bundle of what helps to find out why something does not work in one profile: its log lines, versions, the doctor's
//! report, the schema and sizes. No keys, no media, no script text, and nothing of another profile.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::doctor;
use crate::error::{Code, Explain, Failure};
use crate::home::Home;
use crate::logging;
use crate::profile::Profile;
use crate::profile::db::DbError;
use crate::profile::media::MediaError;
use crate::profile::part::PartFile;
use crate::time::{iso, now_ms};

/// Why there is no bundle.
#[derive(Debug, thiserror::Error)]
pub enum DiagnosticsError {
    /// No place for it.
    #[error("The diagnostics were not packed: {} is not in a folder that is there. Choose a folder, or a file in one.", .0.display())]
    NoFolder(PathBuf),
    /// The bundle itself.
    #[error("The diagnostics could not be packed: {0}. Nothing was written.")]
    Zip(#[from] zip::result::ZipError),
    /// A file.
    #[error(transparent)]
    Media(#[from] MediaError),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl Explain for DiagnosticsError {
    fn code(&self) -> Code {
        match self {
            Self::NoFolder(_) => Code::InvalidInput,
            Self::Zip(zip::result::ZipError::Io(e)) if crate::error::is_disk_full(e) => Code::DiskFull,
            Self::Zip(_) => Code::Internal,
            Self::Media(e) => e.code(),
            Self::Db(e) => e.code(),
        }
    }
}

/// A beginning of a sentence this long, in characters, gives a log line away as quoting it.
const TELLING: usize = 12;
/// What stands in the place of a line that quotes a script.
const LEFT_OUT: &str = "(left out: it quotes a script)";

/// Writes the bundle to `to`: a folder that is there, or the name of the file. Never overwrites. Gives the file.
///
/// # Errors
/// [`DiagnosticsError`]; nothing is left behind then.
pub async fn write(home: &Home, profile: &Profile, to: &Path, cancel: &CancellationToken) -> Result<PathBuf, Failure> {
    // Nothing is made but the file itself: a slip of the hand must not leave folders behind.
    if !to.is_absolute() || !(to.is_dir() || to.parent().is_some_and(Path::is_dir)) {
        return Err(DiagnosticsError::NoFolder(to.to_owned()).into());
    }
    profile.folder().refuse_other_profiles(to)?;
    let report = doctor::report(home, Some(profile), cancel).await;
    let (logs, profile, to) = (logging::folder(home.root()), profile.clone(), to.to_owned());
    let pack = move || -> Result<PathBuf, Failure> {
        let goal = free(&to);
        let versions = json!({
            "edit_factory": env!("CARGO_PKG_VERSION"),
            "system": std::env::consts::OS,
            "processor": std::env::consts::ARCH,
            "profile": profile.id(),
            "made_at": iso(now_ms()),
        });
        let documents = [
            ("versions.json", pretty(&versions)),
            ("doctor.json", pretty(&json!(report))),
            ("database.json", pretty(&database(&profile)?)),
            ("log.jsonl", log(&profile, &logs)?),
        ];
        Ok(bundle(&goal, &documents)?)
    };
    tokio::task::spawn_blocking(pack)
        .await
        .map_err(|e| Failure::new(Code::Internal, format!("Packing the diagnostics broke off: {e}. Try again.")))?
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

/// A name that is not taken.
fn free(to: &Path) -> PathBuf {
    let day = iso(now_ms());
    let day = day.split('T').next().unwrap_or_default();
    let (folder, stem) = if to.is_dir() {
        (to.to_owned(), format!("edit-factory-diagnostics-{day}"))
    } else {
        let stem = to.file_stem().unwrap_or(to.as_os_str()).to_string_lossy().into_owned();
        (to.parent().map(Path::to_owned).unwrap_or_default(), stem)
    };
    let names = std::iter::once(format!("{stem}.zip")).chain((2..).map(|n| format!("{stem} ({n}).zip")));
    names.map(|name| folder.join(name)).find(|path| !path.exists()).unwrap_or_else(|| folder.join("diagnostics.zip"))
}

fn bundle(goal: &Path, documents: &[(&str, String)]) -> Result<PathBuf, DiagnosticsError> {
    let part = PartFile::beside(goal)?;
    let file = File::create(part.path()).map_err(MediaError::io("written", goal))?;
    let mut zip = ZipWriter::new(file);
    for (name, text) in documents {
        zip.start_file(*name, SimpleFileOptions::default())?;
        zip.write_all(text.as_bytes()).map_err(MediaError::io("written", goal))?;
    }
    zip.finish()?;
    part.commit()?;
    Ok(goal.to_owned())
}

/// The schema as it is, its version, and how many rows each table has.
fn database(profile: &Profile) -> Result<Value, DbError> {
    profile.read::<_, DbError>(|tx| {
        let version: i64 = tx.query_row("PRAGMA user_version", [], |r| r.get(0))?;
        let mut query = tx.prepare("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")?;
        let objects: Vec<(String, String, String)> =
            query.query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?.collect::<Result<_, _>>()?;
        let mut rows = serde_json::Map::new();
        for (_, name, _) in objects.iter().filter(|(kind, ..)| kind == "table") {
            let quoted = name.replace('"', "\"\"");
            let count: u64 = tx.query_row(&format!("SELECT count(*) FROM \"{quoted}\""), [], |r| r.get(0))?;
            rows.insert(name.clone(), json!(count));
        }
        let schema: Vec<String> = objects.into_iter().map(|(.., sql)| sql).collect();
        Ok(json!({ "version": version, "rows": rows, "schema": schema }))
    })
}

/// The log lines of work done for this profile and no other, without those that quote a script.
fn log(profile: &Profile, folder: &Path) -> Result<String, DiagnosticsError> {
    let quotes = quotes(profile)?;
    let id = profile.id().to_string();
    let mut files: Vec<PathBuf> = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        entries => entries.map_err(MediaError::io("read", folder))?.flatten().map(|e| e.path()).collect(),
    };
    files.sort();
    let mut lines = String::new();
    for file in files {
        let reader = BufReader::new(File::open(&file).map_err(MediaError::io("read", &file))?);
        for line in reader.split(b'\n') {
            let line = line.map_err(MediaError::io("read", &file))?;
            // A line that was cut off by a crash is no JSON.
            let Ok(mut line) = serde_json::from_slice::<Value>(&line) else { continue };
            let of = logging::profiles_of(&line);
            if of.is_empty() || of.iter().any(|of| *of != id) {
                continue;
            }
            // Commands may carry what is written on the picture.
            let fields = &line["fields"];
            let said = fields.to_string();
            if fields.get("command").is_some() || quotes.iter().any(|quote| said.contains(quote.as_str())) {
                line["fields"] = json!({ "message": LEFT_OUT });
            }
            lines.push_str(&line.to_string());
            lines.push('\n');
        }
    }
    Ok(lines)
}

/// The beginnings of all sentences and lines of all scripts, as they would stand in JSON.
fn quotes(profile: &Profile) -> Result<Vec<String>, DbError> {
    let texts: Vec<String> = profile.read::<_, DbError>(|tx| {
        let mut query = tx.prepare("SELECT text FROM scripts")?;
        Ok(query.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?)
    })?;
    let mut quotes = Vec::new();
    for text in &texts {
        let read = crate::script::read(text, None).map(|s| s.sentences).unwrap_or_default();
        let sentences = read.iter().map(|s| s.text.as_str());
        for sentence in text.lines().chain(sentences) {
            let start: String = sentence.trim().chars().take(TELLING).collect();
            if start.chars().count() >= TELLING.min(4) {
                quotes.push(json!(start).to_string().trim_matches('"').to_owned());
            }
        }
    }
    Ok(quotes)
}

#[cfg(test)]
#[path = "diagnostics_tests.rs"]
mod tests;
