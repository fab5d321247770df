//! Logs: one JSON object a line in `<home>/logs/`, a file a day, the last fourteen kept; and lines for a person on stderr
//! when the program wants them.
//!
//! Work done for a profile happens inside its span ([`crate::profile::Profile::span`]), so every line of it carries the
//! profile's id in `spans`. Nothing global is set here: the program installs the subscriber it is given.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tracing::Subscriber;
use tracing::level_filters::LevelFilter;
pub use tracing_appender::non_blocking::WorkerGuard as Guard;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::{Layer, Registry, fmt};

use crate::error::{Code, Explain, is_disk_full};

/// How many files are kept, the one being written included.
const FILES_KEPT: usize = 14;

/// Why there is no log.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The folder could not be made.
    #[error("The log folder {} could not be made: {source}", folder.display())]
    Folder {
        /// Which.
        folder: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The file could not be opened.
    #[error("No log could be opened in {}: {source}", folder.display())]
    File {
        /// In which folder.
        folder: PathBuf,
        /// What the system said.
        #[source]
        source: tracing_appender::rolling::InitError,
    },
}

impl Explain for LogError {
    fn code(&self) -> Code {
        match self {
            Self::Folder { source, .. } if is_disk_full(source) => Code::DiskFull,
            Self::Folder { .. } | Self::File { .. } => Code::Unreadable,
        }
    }

    fn details(&self) -> Value {
        match self {
            Self::Folder { folder, .. } | Self::File { folder, .. } => {
                json!({ "folder": folder.display().to_string() })
            }
        }
    }
}

/// Where the logs of this home are.
#[must_use]
pub fn folder(home: &Path) -> PathBuf {
    home.join("logs")
}

/// A subscriber that writes the log files and, from `person` on, lines for a person to `stderr`; and the guard that
/// writes out what is still waiting when it is dropped, at the end of the program.
///
/// # Errors
/// [`LogError`] when the folder or the file cannot be made.
pub fn subscriber<W>(
    home: &Path,
    person: LevelFilter,
    stderr: W,
) -> Result<(impl Subscriber + Send + Sync + use<W>, Guard), LogError>
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let (writer, guard) = tracing_appender::non_blocking(files(home)?);
    let subscriber = Registry::default().with(to_file(writer)).with(
        fmt::layer().without_time().with_target(false).with_ansi(false).with_writer(stderr).with_filter(
            Targets::new().with_target("edit_factory", person).with_default(person.min(LevelFilter::WARN)),
        ),
    );
    Ok((subscriber, guard))
}

fn files(home: &Path) -> Result<RollingFileAppender, LogError> {
    let folder = folder(home);
    std::fs::create_dir_all(&folder).map_err(|source| LogError::Folder { folder: folder.clone(), source })?;
    RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("edit-factory")
        .filename_suffix("jsonl")
        .max_log_files(FILES_KEPT)
        .build(&folder)
        .map_err(|source| LogError::File { folder, source })
}

/// Our own lines from DEBUG on, those of libraries from WARN on.
fn to_file<S, W>(writer: W) -> impl Layer<S>
where
    S: Subscriber + for<'span> tracing_subscriber::registry::LookupSpan<'span>,
    W: for<'w> MakeWriter<'w> + 'static,
{
    fmt::layer()
        .json()
        .with_current_span(false)
        .with_span_list(true)
        .with_writer(writer)
        .with_filter(Targets::new().with_target("edit_factory", LevelFilter::DEBUG).with_default(LevelFilter::WARN))
}

/// The profiles a log line names: those of the spans it was written in, and a `profile` field of its own.
#[must_use]
pub fn profiles_of(line: &Value) -> Vec<&str> {
    let spans = line["spans"].as_array().into_iter().flatten().chain(std::iter::once(&line["fields"]));
    spans.filter_map(|holder| holder["profile"].as_str()).collect()
}

#[cfg(test)]
mod tests {
    use tracing::subscriber::DefaultGuard;

    use super::*;
    use crate::api::{Caller, JobList, JobShow};
    use crate::ids::JobId;

    /// What keeps a log going for one test's thread.
    struct Logging {
        _installed: DefaultGuard,
        _guard: Guard,
        // While only one subscriber lives, tracing asks the thread that meets a log line first whether anybody wants it,
        // and remembers a "no" of a test without one for all threads. With two it asks both.
        _second: tracing::Dispatch,
    }

    fn log_into(home: &Path) -> Logging {
        let second = tracing::Dispatch::new(Registry::default());
        let (subscriber, guard) = subscriber(home, LevelFilter::OFF, std::io::sink).unwrap();
        Logging { _installed: tracing::subscriber::set_default(subscriber), _guard: guard, _second: second }
    }

    fn lines(home: &Path) -> Vec<Value> {
        let mut lines = Vec::new();
        for entry in std::fs::read_dir(folder(home)).unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            lines.extend(text.lines().map(|l| serde_json::from_str::<Value>(l).unwrap()));
        }
        lines
    }

    #[tokio::test]
    async fn every_line_of_work_for_a_profile_carries_its_id_and_no_other() {
        let dir = tempfile::tempdir().unwrap();
        let logging = log_into(dir.path());
        let bench = crate::testkit::bench();
        let home = &bench.home;
        let (a, b) = (home.create("A", None).unwrap().id, home.create("B", None).unwrap().id);
        for id in [a, b] {
            let caller = Caller::new(home.clone()).with(home.profile(id).unwrap());
            caller.ask(JobList { states: Vec::new(), limit: None }).await.unwrap();
            caller.ask(JobShow { id: JobId::new() }).await.unwrap_err();
        }
        drop(logging);

        let lines = lines(dir.path());
        let of_calls: Vec<_> = lines.iter().filter(|l| l["fields"]["call"].is_string()).collect();
        let names = |line: &&Value| profiles_of(line).iter().map(ToString::to_string).collect::<Vec<_>>();
        let expected: Vec<Vec<String>> = [a, a, a, b, b, b].map(|id| vec![id.to_string()]).to_vec();
        assert_eq!(of_calls.iter().map(names).collect::<Vec<_>>(), expected, "{of_calls:#?}");
    }

    #[test]
    fn only_the_last_fourteen_files_are_kept() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder(dir.path())).unwrap();
        for day in 1..=20 {
            std::fs::write(folder(dir.path()).join(format!("edit-factory.2020-01-{day:02}.jsonl")), "{}\n").unwrap();
        }
        let logging = log_into(dir.path());
        tracing::info!(target: "edit_factory_core", "one line");
        drop(logging);
        assert_eq!(std::fs::read_dir(folder(dir.path())).unwrap().count(), FILES_KEPT);
        assert!(lines(dir.path()).iter().any(|l| l["fields"]["message"] == "one line"));
    }

    #[test]
    fn chatter_of_libraries_stays_out_and_warnings_of_theirs_come_in() {
        let dir = tempfile::tempdir().unwrap();
        let logging = log_into(dir.path());
        tracing::info!(target: "somebody_else", "chatter");
        tracing::warn!(target: "somebody_else", "trouble");
        tracing::debug!(target: "edit_factory", "ours");
        drop(logging);
        let messages: Vec<_> = lines(dir.path()).iter().map(|l| l["fields"]["message"].clone()).collect();
        assert_eq!(messages, ["trouble", "ours"]);
    }
}
