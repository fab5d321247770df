//! The bundled fonts.

use std::path::{Path, PathBuf};

use crate::error::{Code, Explain};
use crate::profile::media::MediaError;

/// Why the fonts could not be put where libass finds them.
#[derive(Debug, thiserror::Error)]
pub enum FontError {
    /// The folder.
    #[error("The bundled fonts could not be unpacked: {0}")]
    Media(#[from] MediaError),
}

impl Explain for FontError {
    fn code(&self) -> Code {
        match self {
            Self::Media(e) => e.code(),
        }
    }
}

/// Puts the bundled fonts into `<home>/fonts/` unless they are there already; gives that folder.
///
/// # Errors
/// [`FontError::Media`] when a file cannot be written.
pub fn unpack(home: &Path) -> Result<PathBuf, FontError> {
    let folder = home.join("fonts");
    std::fs::create_dir_all(&folder).map_err(MediaError::io("made", &folder))?;
    Ok(folder)
}
