//! A profile into one file and out of one. How such a file is laid out is in [`crate::archive`].

use std::path::Path;

use secrecy::SecretString;
use tokio_util::sync::CancellationToken;

use super::registry::{IDENTITY, checked};
use super::{COLOURS, Home, HomeError, ProfileInfo, profile_migrations};
use crate::archive::{
    self, ArchiveError, ArchiveInfo, Claim, Contents, Exported, FORMAT, Head, Ongoing, Packed, TransferKind, Transfers,
};
use crate::ids::ProfileId;
use crate::library::sources;
use crate::profile::db::{self, Db, DbError, Writer};
use crate::profile::media::{MediaError, MediaPath};
use crate::profile::part::PartFile;
use crate::profile::{Profile, settings};
use crate::time::now_ms;
use crate::{publish, sync};

/// How folders of work under way are called.
const DESK: &str = ".unfinished-";

impl Home {
    /// The export or import that is going on.
    #[must_use]
    pub fn transfers(&self) -> &Transfers {
        &self.inner.transfers
    }

    /// What an archive says of itself. With a passphrase and without the right one, only that it has one.
    ///
    /// # Errors
    /// [`ArchiveError`] when it is none, or not this passphrase's.
    pub fn look_into(&self, path: &Path, passphrase: Option<&SecretString>) -> Result<ArchiveInfo, ArchiveError> {
        archive::look(path, passphrase)
    }

    /// Writes a profile into one file, which may be in use meanwhile. Footage that is referenced where it lies goes along.
    ///
    /// # Errors
    /// [`HomeError`]; the goal is as it was then.
    pub fn export(
        &self,
        id: ProfileId,
        to: &Path,
        passphrase: Option<&SecretString>,
        cancel: &CancellationToken,
    ) -> Result<Exported, HomeError> {
        let info = self.info(id)?;
        let profile = self.profile(id)?;
        let ongoing = self.inner.transfers.begin(TransferKind::Export, cancel)?;
        let part = self.goal(to)?;
        let tmp = profile.root().join("tmp");
        let desk = tempfile::Builder::new().prefix(DESK).tempdir_in(&tmp).map_err(MediaError::io("made", &tmp))?;
        let claims = [Claim::on(self.root(), desk.path())?, Claim::on(self.root(), part.path())?];
        let mut exported = Exported {
            path: to.to_owned(),
            bytes: 0,
            files: 0,
            sealed: passphrase.is_some(),
            copied: 0,
            missing: Vec::new(),
        };
        let (_, schema) = profile_migrations();
        let (database, footage) = snapshot(&profile, desk.path(), &mut exported)?;
        let mut files = vec![database];
        files.extend(archive::files_of(profile.root())?);
        files.extend(footage);
        let bytes = files.iter().map(|file| file.bytes).sum();
        room(to.parent().unwrap_or(to), bytes)?;
        ongoing.about(&info.name, bytes);
        exported.files = files.len() as u64;
        let program = env!("CARGO_PKG_VERSION").to_owned();
        let (name, colour, made_at, count) = (info.name, info.colour, now_ms(), exported.files);
        let head = Head { format: FORMAT, schema, program, profile: id, name, colour, made_at, files: count, bytes };
        exported.bytes = archive::write(&Contents { head, files }, part, passphrase, &ongoing)?;
        drop(claims);
        tracing::info!(profile = %id, files = exported.files, bytes = exported.bytes, "a profile was exported");
        Ok(exported)
    }

    /// The file to write, which must not be one of a profile.
    fn goal(&self, to: &Path) -> Result<PartFile, HomeError> {
        let folder = match to.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        let real = folder.canonicalize().map_err(MediaError::io("found", folder))?;
        if real.starts_with(self.root()) {
            let (path, home) = (to.to_owned(), self.root().to_owned());
            return Err(ArchiveError::Inside { path, home }.into());
        }
        let name = to.file_name().ok_or_else(|| ArchiveError::NotOne { path: to.to_owned() })?;
        Ok(PartFile::beside(&real.join(name))?)
    }

    /// Takes a profile out of an archive, under a new id and, where its name is taken, a new name. Everything in it gets
    /// new ids. Its queued work that may cost money is paused.
    ///
    /// # Errors
    /// [`HomeError`]; nothing is left behind then.
    pub fn import(
        &self,
        path: &Path,
        passphrase: Option<&SecretString>,
        cancel: &CancellationToken,
    ) -> Result<ProfileInfo, HomeError> {
        let ongoing = self.inner.transfers.begin(TransferKind::Import, cancel)?;
        let profiles = self.root().join("profiles");
        let desk = tempfile::Builder::new().prefix(DESK).tempdir_in(&profiles);
        let desk = desk.map_err(MediaError::io("made", &profiles))?;
        let claim = Claim::on(self.root(), desk.path())?;
        let (_, known) = profile_migrations();
        let head = archive::unpack(path, passphrase, desk.path(), &ongoing, |head| {
            if head.schema > known {
                return Err(ArchiveError::Newer { path: path.to_owned(), program: head.program.clone() });
            }
            room(&profiles, head.bytes)
        })?;
        let id = ProfileId::new();
        let name = self.free_name(&checked(&head.name).unwrap_or_else(|_| super::registry::FIRST_NAME.to_owned()))?;
        let colour = match COLOURS.contains(&head.colour.as_str()) {
            true => head.colour.clone(),
            false => self.least_used_colour()?,
        };
        settle(desk.path(), path, head.profile, id, (&name, &colour))?;
        stop_here(&ongoing)?;
        let folder = self.folder_of(id);
        let desk = desk.keep();
        std::fs::rename(&desk, &folder).map_err(MediaError::io("moved", &desk))?;
        drop(claim);
        self.list_it(id, &name, &colour)?;
        self.profile(id)?;
        tracing::info!(profile = %id, "a profile was imported");
        self.info(id)
    }
}

fn stop_here(ongoing: &Ongoing) -> Result<(), ArchiveError> {
    ongoing.advance(0)
}

fn room(folder: &Path, needed: u64) -> Result<(), ArchiveError> {
    match fs4::available_space(folder) {
        Ok(free) if free < needed => Err(ArchiveError::NoRoom { needed, free, folder: folder.to_owned() }),
        Ok(_) => Ok(()),
        Err(error) => {
            tracing::warn!(%error, "the free space cannot be told");
            Ok(())
        }
    }
}

/// A copy of the database without what belongs to this machine, and the footage that it then says is inside.
fn snapshot(profile: &Profile, desk: &Path, exported: &mut Exported) -> Result<(Packed, Vec<Packed>), HomeError> {
    let file = desk.join(archive::DATABASE);
    profile.snapshot(&file)?;
    let (migrations, schema) = profile_migrations();
    let copy = Db::open(&file, desk, &migrations, schema)?;
    let all = copy.read(|tx| sources::list(tx, &sources::Filter::default())).map_err(ArchiveError::from)?;
    let outside = all.into_iter().filter(|source| source.outside.is_some());
    // Only what is still the file that was imported.
    let outside: Vec<_> = outside.map(|source| (sources::real_path(profile, &source), source)).collect();
    let mut footage = Vec::new();
    copy.write::<_, HomeError>(|tx| {
        strip(tx)?;
        for (real, source) in outside {
            let Ok(from) = real else {
                exported.missing.push(source.name);
                continue;
            };
            let ending: String = from.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
            let ending: String = ending.chars().filter(char::is_ascii_alphanumeric).take(8).collect();
            let ending = if ending.is_empty() { "bin".to_owned() } else { ending };
            let path = MediaPath::new(format!("media/{}.{ending}", source.id))?;
            tx.execute("UPDATE sources SET path = ?2, outside = NULL WHERE id = ?1", (source.id, &path))?;
            footage.push(Packed { path, from, bytes: source.bytes });
            exported.copied += 1;
        }
        Ok(())
    })?;
    copy.compact()?;
    // Closed, all of it is in the one file.
    drop(copy);
    let bytes = file.metadata().map_err(MediaError::io("read", &file))?.len();
    let path = MediaPath::new(archive::DATABASE)?;
    Ok((Packed { path, from: file, bytes }, footage))
}

/// What belongs to the machine: names of keys in its keyring, its programs' commands with all their paths, and that it is kept
/// on a server.
fn strip(tx: &Writer<'_>) -> Result<(), DbError> {
    sync::forget(tx)?;
    tx.execute("DELETE FROM secret_names", [])?;
    tx.execute("DELETE FROM job_commands", [])?;
    Ok(tx.execute_batch("DELETE FROM sync_project; DELETE FROM media_uploads; DELETE FROM media_there;")?)
}

/// Makes of what was unpacked a profile of this home: checked, of this version, with its own ids and name.
fn settle(
    desk: &Path,
    from: &Path,
    old: ProfileId,
    new: ProfileId,
    (name, colour): (&str, &str),
) -> Result<(), HomeError> {
    let (migrations, schema) = profile_migrations();
    let file = desk.join(archive::DATABASE);
    let damaged =
        |error: DbError| ArchiveError::Damaged { path: from.to_owned(), found: format!("its database: {error}") };
    db::check(&file, schema).map_err(damaged)?;
    let older = desk.join("older");
    let made = Db::open(&file, &older, &migrations, schema)?;
    made.write::<_, HomeError>(|tx| {
        strip(tx)?;
        tx.execute(
            "UPDATE jobs SET state = 'paused', wish = NULL
             WHERE state IN ('queued', 'running', 'interrupted') AND kind ->> '$.kind' = 'generate'",
            [],
        )?;
        publish::let_go(tx)?;
        settings::set(tx, &IDENTITY, &(name.to_owned(), colour.to_owned()))?;
        Ok(())
    })?;
    archive::renew(&made, desk, old, new)?;
    drop(made);
    match std::fs::remove_dir_all(&older) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(MediaError::io("removed", &older)(error).into())
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
#[path = "archive_tests.rs"]
mod tests;
