//! Telling the program where a source's file is now: taken only when it holds the very same footage.

use std::path::Path;

use tokio_util::sync::CancellationToken;

use super::Source;
use super::import::{ImportError, extension, read_through, refuse_files_of_profiles};
use super::probe::{ProbeError, name, probe};
use super::sources::{self, Place};
use crate::ids::SourceId;
use crate::profile::Profile;
use crate::profile::events::Event;
use crate::profile::media::MediaPath;

/// Gives a source the file at `path`: copied in again when the source was copied in, referred to when it lies outside.
///
/// # Errors
/// [`ImportError::OtherContent`] when it is another file; what reading or copying it gave. The source is as it was then.
pub async fn relink(
    profile: &Profile,
    id: SourceId,
    path: &Path,
    cancel: &CancellationToken,
) -> Result<Source, ImportError> {
    let source = profile.read(|tx| sources::get(tx, id))?;
    refuse_files_of_profiles(profile, path)?;
    let unreadable = |error| ProbeError::Unreadable { path: path.to_owned(), source: error };
    let other = || ImportError::OtherContent { given: name(path), wanted: source.name.clone() };
    // The size tells most wrong files without reading them.
    if path.metadata().map_err(unreadable)?.len() != source.bytes {
        return Err(other());
    }
    let probed = probe(profile.toolbox(), path, cancel).await?;
    let place = if source.outside.is_some() {
        let real = path.canonicalize().map_err(unreadable)?;
        let text = real.to_str().ok_or_else(|| ImportError::NotText(name(path)))?.to_owned();
        let (hash, _) = read_through(path, None, cancel).await?;
        if hash != source.hash {
            return Err(other());
        }
        Place::Outside(text)
    } else {
        let inside = match &source.path {
            Some(inside) => inside.clone(),
            None => MediaPath::new(format!("media/{id}.{}", extension(&probed)))?,
        };
        let part = profile.folder().part(&inside)?;
        let (hash, _) = read_through(path, Some(part.path()), cancel).await?;
        if hash != source.hash {
            return Err(other());
        }
        part.commit()?;
        Place::Inside(inside)
    };
    let source = profile.write::<_, ImportError>(|tx| {
        sources::set_place(tx, id, &place, &probed)?;
        Ok(sources::get(&tx.as_reader(), id)?)
    })?;
    profile.announce(Event::Source { source: id });
    Ok(source)
}

#[cfg(test)]
#[path = "relink_tests.rs"]
mod tests;
