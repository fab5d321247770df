//! Removed sources: put back whole, or erased with everything that was found in them.
//!
//! A removed source's file stays where it is, so that clips made of it can be made again; only erasing deletes it.

use super::Source;
use super::import::{self, ImportError};
use super::sources::{self, SourceError};
use crate::analysis::{thumbnails, waveform};
use crate::ids::SourceId;
use crate::jobs::store as jobs;
use crate::profile::Profile;
use crate::profile::db::Reader;
use crate::profile::events::Event;

fn removed(tx: &Reader<'_>, id: SourceId) -> Result<Source, SourceError> {
    let source = sources::get(tx, id)?;
    if sources::is_removed(tx, id)? { Ok(source) } else { Err(SourceError::NotInTrash(id)) }
}

/// Puts a removed source back on the list, with its tags and shots. One that was removed before its shots were found is
/// looked at again.
///
/// # Errors
/// [`ImportError::Source`] with [`SourceError::NotFound`] or [`SourceError::NotInTrash`].
pub fn restore(profile: &Profile, id: SourceId) -> Result<Source, ImportError> {
    let (source, new) = profile.write::<_, ImportError>(|tx| {
        let source = removed(&tx.as_reader(), id)?;
        sources::restore(tx, id)?;
        let new = if source.analysed_at.is_none() { import::look_for_shots(tx, id)?.1 } else { Vec::new() };
        Ok((source, new))
    })?;
    for job in new {
        jobs::announce(profile, job);
    }
    profile.announce(Event::Source { source: id });
    Ok(source)
}

/// Deletes a removed source for good: its copy in the profile, its proxy and pictures, its shots. A file outside the
/// profile is not touched. Clips that show it stay, but cannot be made again.
///
/// # Errors
/// [`SourceError::NotFound`], [`SourceError::NotInTrash`]; [`SourceError::Media`] when a file cannot be deleted.
pub fn erase(profile: &Profile, id: SourceId) -> Result<Source, SourceError> {
    let source = profile.read(|tx| removed(tx, id))?;
    // Files first: a row without files can be erased again, files without a row would stay for ever.
    let pictures = [thumbnails::folder_of(id)?, waveform::path_of(id)?];
    for file in source.path.iter().chain(&source.proxy).chain(&pictures) {
        profile.folder().remove(file)?;
    }
    profile.write::<_, SourceError>(|tx| Ok(tx.execute("DELETE FROM sources WHERE id = ?1", [id])?))?;
    profile.announce(Event::Source { source: id });
    Ok(source)
}

#[cfg(test)]
#[path = "trash_tests.rs"]
mod tests;
