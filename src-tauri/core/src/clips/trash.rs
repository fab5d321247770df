//! Clips on their way out of the library and back: removed ones lie in the profile's trash, erased ones are gone.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rusqlite::OptionalExtension;

use super::{COLUMNS, Clip, ClipError, clip, get};
use crate::ids::ClipId;
use crate::profile::Profile;
use crate::profile::db::Reader;
use crate::profile::events::Event;
use crate::profile::media::{MediaError, MediaPath};
use crate::publish::ledger;
use crate::time::now_ms;

/// Where the folder of a removed clip lies.
pub(super) fn place(clip: &MediaPath) -> Result<MediaPath, MediaError> {
    MediaPath::new(format!("trash/{clip}"))
}

/// A clip of the trash.
fn removed(tx: &Reader<'_>, id: ClipId) -> Result<Clip, ClipError> {
    tx.prepare_cached(&format!("SELECT {COLUMNS} FROM clips WHERE id = ?1 AND deleted_at IS NOT NULL"))?
        .query_row([id], clip)
        .optional()?
        .ok_or(ClipError::NotInTrash(id))
}

fn real(profile: &Profile, clip: &Clip) -> Result<(PathBuf, PathBuf), MediaError> {
    Ok((profile.folder().path(&clip.folder), profile.folder().path(&place(&clip.folder)?)))
}

/// Takes a clip out of the library: its files go to the profile's trash.
///
/// # Errors
/// [`ClipError::NotFound`]; [`ClipError::Needed`] while a publication needs its file; [`ClipError::Media`] when its folder
/// cannot be moved; it stays in the library then.
pub fn remove(profile: &Profile, id: ClipId) -> Result<(), ClipError> {
    let clip = profile.write::<_, ClipError>(|tx| {
        let clip = get(&tx.as_reader(), id)?;
        ledger::refuse_if_needed(&tx.as_reader(), id, &clip.name)?;
        tx.execute("UPDATE clips SET deleted_at = ?2 WHERE id = ?1", (id, now_ms()))?;
        Ok(clip)
    })?;
    let (from, to) = real(profile, &clip)?;
    match moved(&from, &to) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            set_kept(profile, id)?;
            return Err(MediaError::io("moved to the trash", &from)(error).into());
        }
        // A folder that somebody has deleted already is as good as removed.
        _ => {}
    }
    profile.announce(Event::Clip { clip: id });
    Ok(())
}

fn moved(from: &Path, to: &Path) -> std::io::Result<()> {
    if let Some(parent) = to.parent() {
        std::fs::create_dir_all(parent)?;
    }
    std::fs::rename(from, to)
}

fn set_kept(profile: &Profile, id: ClipId) -> Result<(), ClipError> {
    profile.write::<_, ClipError>(|tx| {
        tx.execute("UPDATE clips SET deleted_at = NULL WHERE id = ?1", [id])?;
        Ok(())
    })
}

/// Moves the files of a clip that was put back on another device out of the trash here; fine if none are there.
pub(crate) fn files_back(profile: &Profile, id: ClipId) -> Result<(), ClipError> {
    let clip = profile.read(|tx| get(tx, id))?;
    let (home, trash) = real(profile, &clip)?;
    if home.is_dir() || !trash.is_dir() {
        return Ok(());
    }
    Ok(moved(&trash, &home).map_err(MediaError::io("moved out of the trash", &trash))?)
}

/// Puts a removed clip back into the library, whole.
///
/// # Errors
/// [`ClipError::NotInTrash`]; [`ClipError::Gone`] when its files are not there any more; [`ClipError::Media`] when they
/// cannot be moved.
pub fn restore(profile: &Profile, id: ClipId) -> Result<Clip, ClipError> {
    let clip = profile.read(|tx| removed(tx, id))?;
    let (home, trash) = real(profile, &clip)?;
    match moved(&trash, &home) {
        Ok(()) => {}
        // A process that died between storing the removal and moving the files left them where they belong.
        Err(error) if error.kind() == ErrorKind::NotFound && home.is_dir() => {}
        // Of a clip that is kept on a server the files may be there: it is shown as one whose file is missing.
        Err(error) if error.kind() == ErrorKind::NotFound && profile.read(crate::sync::link::is_linked)? => {}
        Err(error) if error.kind() == ErrorKind::NotFound => return Err(ClipError::Gone(clip.name)),
        Err(error) => return Err(MediaError::io("moved out of the trash", &trash)(error).into()),
    }
    // Files in the library with a row in the trash can be restored again, so nothing has to be undone.
    set_kept(profile, id)?;
    profile.announce(Event::Clip { clip: id });
    Ok(clip)
}

/// Deletes a removed clip for good, with its files; what it showed stays known where it was published.
///
/// # Errors
/// [`ClipError::NotInTrash`]: what is still in the library cannot be erased; [`ClipError::Needed`] while a publication needs
/// its file; [`ClipError::Media`].
pub fn erase(profile: &Profile, id: ClipId) -> Result<Clip, ClipError> {
    // It may have come to the trash with a publication: removed on another machine, or before it was put on its way there.
    let clip = profile.write::<_, ClipError>(|tx| {
        let clip = removed(&tx.as_reader(), id)?;
        ledger::refuse_if_needed(&tx.as_reader(), id, &clip.name)?;
        // What was published stays in the footage ledger.
        ledger::record_if_published(tx, id)?;
        Ok(clip)
    })?;
    // Files first: a row without files can be erased again, files without a row would stay for ever.
    profile.folder().remove(&place(&clip.folder)?)?;
    profile.folder().remove(&clip.folder)?;
    profile.write::<_, ClipError>(|tx| {
        Ok(tx.execute("DELETE FROM clips WHERE id = ?1 AND deleted_at IS NOT NULL", [id])?)
    })?;
    profile.announce(Event::Clip { clip: id });
    Ok(clip)
}
