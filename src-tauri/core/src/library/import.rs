//! Taking footage in: probe, copy (or reference), hash, row, jobs. One file's failure never stops the others.
//!
//! What is not here: finding the files (gather), looking at the picture (analysis, as a job).

use std::fs::File;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use ts_rs::TS;

use super::Source;
use super::gather::{self, Found};
use super::hash::{self, HashError};
use super::probe::{ProbeError, Probed, name, probe};
use super::sources::{self, Place, SourceError};
use crate::error::{Code, Explain, Failure};
use crate::ids::{JobId, SourceId};
use crate::jobs::JobKind;
use crate::jobs::store as jobs;
use crate::profile::Profile;
use crate::profile::db::{DbError, Writer};
use crate::profile::events::Event;
use crate::profile::media::{MediaError, MediaPath};

/// How to import.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct ImportOptions {
    /// Leave the files where they are and refer to them, instead of copying them in.
    #[ts(as = "Option<_>", optional)]
    pub in_place: bool,
    /// Tags for all of them.
    #[ts(as = "Option<_>", optional)]
    pub tags: Vec<String>,
}

/// A file that was taken in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Imported {
    /// What it became.
    pub source: Source,
    /// The job that looks for its shots.
    pub job: JobId,
}

/// A file that was left out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Refused {
    /// Its name.
    pub name: String,
    /// Why.
    pub failure: Failure,
}

/// What became of each file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct ImportReport {
    /// Taken in; their shots are being looked for.
    pub added: Vec<Imported>,
    /// Their content was here already, shots and all.
    pub already: Vec<Source>,
    /// Left out, with the reason.
    pub refused: Vec<Refused>,
}

/// Why a file, or a whole import, failed.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It is no footage.
    #[error(transparent)]
    Probe(#[from] ProbeError),
    /// It could not be read or copied.
    #[error(transparent)]
    Hash(#[from] HashError),
    /// It was still being written.
    #[error("\"{0}\" changed while it was read. Wait until it is finished, then import it again.")]
    Growing(String),
    /// It belongs to a profile.
    #[error(
        "\"{}\" lies in the folder of a profile. Each profile's files are its own: export the clip to a folder of yours \
         first, and import it from there.", .0.display()
    )]
    OfAProfile(PathBuf),
    /// Its path cannot be stored.
    #[error("\"{0}\" cannot be used in place, because its path is not text. Rename it, or copy it in.")]
    NotText(String),
    /// It is not the footage that was meant.
    #[error(
        "\"{given}\" is not the same footage as \"{wanted}\": its content is another. Nothing was changed. Choose the file \
         that was imported, or import this one as new footage."
    )]
    OtherContent {
        /// The name of the file that was given.
        given: String,
        /// The name of the source.
        wanted: String,
    },
    /// Stopped; what was taken in before stays.
    #[error("The import was cancelled. What was taken in before stays.")]
    Cancelled,
    /// A part of the program broke off.
    #[error("Reading \"{0}\" broke off. Import it again.")]
    BrokeOff(String),
    /// The sources table.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The jobs table.
    #[error(transparent)]
    Job(#[from] jobs::JobError),
    /// The profile's folder.
    #[error(transparent)]
    Media(#[from] MediaError),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl Explain for ImportError {
    fn code(&self) -> Code {
        match self {
            Self::Probe(e) => e.code(),
            Self::Hash(e) => e.code(),
            Self::Growing(_) => Code::Unreadable,
            Self::OfAProfile(_) => Code::OutsideProfile,
            Self::NotText(_) | Self::OtherContent { .. } => Code::InvalidInput,
            Self::Cancelled => Code::Cancelled,
            Self::BrokeOff(_) => Code::Internal,
            Self::Source(e) => e.code(),
            Self::Job(e) => e.code(),
            Self::Media(e) => e.code(),
            Self::Db(e) => e.code(),
        }
    }

    fn details(&self) -> Value {
        match self {
            Self::Probe(e) => e.details(),
            Self::Source(e) => e.details(),
            Self::Db(e) => e.details(),
            _ => json!({}),
        }
    }
}

/// Imports files, and folders with all that is in them. Names of folders become tags.
///
/// # Errors
/// [`ImportError::Cancelled`]. What is wrong with single files is in the report instead.
pub async fn import(
    profile: &Profile,
    paths: &[PathBuf],
    options: &ImportOptions,
    cancel: &CancellationToken,
) -> Result<ImportReport, ImportError> {
    let mut report = ImportReport::default();
    for found in gather::gather(paths) {
        if cancel.is_cancelled() {
            return Err(ImportError::Cancelled);
        }
        let one = match found {
            Ok(found) => import_file(profile, &found, options, cancel).await.map_err(|e| (name(&found.path), e)),
            Err((path, source)) => Err((name(&path), ProbeError::Unreadable { path, source }.into())),
        };
        match one {
            Ok(Outcome::Added(imported)) => report.added.push(imported),
            Ok(Outcome::Already(source)) => report.already.push(source),
            Err((_, error)) if error.code() == Code::Cancelled => return Err(ImportError::Cancelled),
            Err((name, error)) => {
                tracing::warn!(file = %name, %error, "not imported");
                report.refused.push(Refused { name, failure: error.into() });
            }
        }
    }
    Ok(report)
}

/// What became of one file.
pub(super) enum Outcome {
    Added(Imported),
    Already(Source),
}

/// Imports one file.
pub(super) async fn import_file(
    profile: &Profile,
    found: &Found,
    options: &ImportOptions,
    cancel: &CancellationToken,
) -> Result<Outcome, ImportError> {
    let path = found.path.as_path();
    refuse_files_of_profiles(profile, path)?;
    let probed = probe(profile.toolbox(), path, cancel).await?;
    let tags: Vec<String> = found.tags.iter().chain(&options.tags).cloned().collect();
    let size = path.metadata().map_err(|source| ProbeError::Unreadable { path: path.to_owned(), source })?.len();

    // Only a file whose size is known can be a duplicate; then reading it once is cheaper than copying it for nothing.
    if profile.read(|tx| sources::has_size(tx, size))? {
        let (hash, _) = read_through(path, None, cancel).await?;
        let known = profile.read(|tx| sources::by_hash(tx, &hash))?;
        if known.is_some_and(|(source, _)| sources::real_path(profile, &source).is_ok()) {
            let (outcome, _) = store(profile, &name(path), (&hash, size), None, &probed, &tags)?;
            return Ok(outcome);
        }
    }

    if options.in_place {
        let real = path.canonicalize().map_err(|source| ProbeError::Unreadable { path: path.to_owned(), source })?;
        let text = real.to_str().ok_or_else(|| ImportError::NotText(name(path)))?.to_owned();
        let (hash, bytes) = read_through(path, None, cancel).await?;
        still_the_same(path, bytes, &probed)?;
        let (outcome, _) =
            store(profile, &name(path), (&hash, bytes), Some((SourceId::new(), Place::Outside(text))), &probed, &tags)?;
        return Ok(outcome);
    }

    let id = SourceId::new();
    let inside = MediaPath::new(format!("media/{id}.{}", extension(&probed)))?;
    let part = profile.folder().part(&inside)?;
    let (hash, bytes) = read_through(path, Some(part.path()), cancel).await?;
    still_the_same(path, bytes, &probed)?;
    part.commit()?;
    let place = Some((id, Place::Inside(inside.clone())));
    match store(profile, &name(path), (&hash, bytes), place, &probed, &tags) {
        Ok((outcome, true)) => Ok(outcome),
        // Another import of the same content was faster, or nothing was stored: the copy is nobody's.
        Ok((outcome, false)) => {
            profile.folder().remove(&inside)?;
            Ok(outcome)
        }
        Err(error) => {
            if let Err(error) = profile.folder().remove(&inside) {
                tracing::warn!(%error, "a copy without a row was left behind");
            }
            Err(error)
        }
    }
}

/// Stores the file as a new source, or finds the one with the same content; `true` when `place` was taken.
fn store(
    profile: &Profile,
    name: &str,
    (hash, bytes): (&str, u64),
    place: Option<(SourceId, Place)>,
    probed: &Probed,
    tags: &[String],
) -> Result<(Outcome, bool), ImportError> {
    // Looked at before the transaction: reaching a file may need one of its own.
    let before = profile.read(|tx| sources::by_hash(tx, hash))?;
    let lost = before.is_some_and(|(source, _)| sources::real_path(profile, &source).is_err());
    let (outcome, taken, jobs) = profile.write::<_, ImportError>(|tx| {
        let known = sources::by_hash(&tx.as_reader(), hash)?;
        let (id, taken) = match (known, place) {
            (Some((source, removed)), place) => {
                if removed {
                    sources::restore(tx, source.id)?;
                }
                // The same footage, handed over again after its file was lost: the old source gets the new file.
                let taken = match place {
                    Some((_, place)) if lost => {
                        sources::set_place(tx, source.id, &place, probed)?;
                        true
                    }
                    _ => false,
                };
                (source.id, taken)
            }
            (None, Some((id, place))) => {
                sources::insert(tx, id, name, (hash, bytes), &place, probed)?;
                (id, true)
            }
            (None, None) => return Err(ImportError::Growing(name.to_owned())),
        };
        sources::tag_leniently(tx, id, tags)?;
        let source = sources::get(&tx.as_reader(), id)?;
        if source.analysed_at.is_some() {
            return Ok((Outcome::Already(source), taken, vec![]));
        }
        let (job, new) = look_for_shots(tx, id)?;
        Ok((Outcome::Added(Imported { source, job }), taken, new))
    })?;
    let (Outcome::Added(Imported { source, .. }) | Outcome::Already(source)) = &outcome;
    profile.announce(Event::Source { source: source.id });
    for job in jobs {
        jobs::announce(profile, job);
    }
    Ok((outcome, taken))
}

/// Queues analysis and proxy where none waits yet; gives the analysis and what is new.
pub(super) fn look_for_shots(tx: &Writer<'_>, source: SourceId) -> Result<(JobId, Vec<JobId>), ImportError> {
    let open = sources::open_jobs(&tx.as_reader(), source)?;
    let waiting = |wanted: &JobKind| open.iter().find(|(_, kind)| kind == wanted).map(|(job, _)| *job);
    let mut new = Vec::new();
    let analyse = JobKind::Analyse { source };
    let job = match waiting(&analyse) {
        Some(job) => job,
        None => {
            let job = jobs::add(tx, &analyse, None, &[])?;
            new.push(job);
            job
        }
    };
    let proxy = JobKind::Proxy { source };
    if waiting(&proxy).is_none() {
        new.push(jobs::add(tx, &proxy, None, &[])?);
    }
    Ok((job, new))
}

/// A profile's files are its own. Its inbox is the one folder that is there to be imported from.
pub(super) fn refuse_files_of_profiles(profile: &Profile, path: &Path) -> Result<(), ImportError> {
    let real = path.canonicalize().map_err(|source| ProbeError::Unreadable { path: path.to_owned(), source })?;
    let profiles = profile.root().parent().unwrap_or(profile.root());
    if real.starts_with(profiles) && !real.starts_with(profile.folder().inbox()) {
        return Err(ImportError::OfAProfile(path.to_owned()));
    }
    Ok(())
}

/// Hashes a file, copying it on the way when a goal is given. On a thread of its own: files are large.
pub(super) async fn read_through(
    path: &Path,
    goal: Option<&Path>,
    cancel: &CancellationToken,
) -> Result<(String, u64), ImportError> {
    let (path, goal, cancel) = (path.to_owned(), goal.map(Path::to_owned), cancel.clone());
    let shown = name(&path);
    let work = move || match goal {
        None => hash::through(&path, &mut std::io::sink(), &cancel),
        Some(goal) => {
            let mut copy = File::create(&goal).map_err(|source| HashError::Write { path: path.clone(), source })?;
            hash::through(&path, &mut copy, &cancel)
        }
    };
    Ok(tokio::task::spawn_blocking(work).await.map_err(|_| ImportError::BrokeOff(shown))??)
}

/// A camera or a download may still be writing the file.
fn still_the_same(path: &Path, bytes: u64, probed: &Probed) -> Result<(), ImportError> {
    let meta = path.metadata().map_err(|source| ProbeError::Unreadable { path: path.to_owned(), source })?;
    if meta.len() == bytes && hash::changed_at(&meta) == probed.probe.changed_at {
        Ok(())
    } else {
        Err(ImportError::Growing(name(path)))
    }
}

/// By what the file is, not by what it is called.
pub(super) fn extension(probed: &Probed) -> &str {
    match probed.probe.container.split(',').next().unwrap_or_default() {
        "mov" => "mp4",
        "matroska" => "mkv",
        "mpegts" => "ts",
        "mpeg" => "mpg",
        other if !other.is_empty() && other.chars().all(|c| c.is_ascii_alphanumeric()) => other,
        _ => "video",
    }
}

#[cfg(test)]
#[path = "import_tests.rs"]
mod tests;
