//! The bundled fonts: faces that cover Latin Extended, under the Open Font License, carried inside the program so
//! that a caption looks the same on every machine.
//!
//! What is not here: how wide text is in them (`measure`), and fonts a user has installed; styles name bundled ones.

use std::path::{Path, PathBuf};

use crate::error::{Code, Explain};
use crate::profile::media::MediaError;
use crate::profile::part::PartFile;

/// Why the fonts could not be put where libass finds them.
#[derive(Debug, thiserror::Error)]
pub enum FontError {
    /// The folder.
    #[error("The bundled fonts could not be unpacked, so no caption can be drawn: {0}")]
    Media(#[from] MediaError),
}

impl Explain for FontError {
    fn code(&self) -> Code {
        match self {
            Self::Media(e) => e.code(),
        }
    }
}

/// One bundled face.
#[derive(Debug, Clone, Copy)]
pub(super) struct FontFile {
    /// The family by which ASS documents and styles name it.
    pub family: &'static str,
    /// It is the bold face of its family, so ASS must ask for bold to get it as it is.
    pub bold: bool,
    /// Its file name in `assets/fonts/`.
    pub file: &'static str,
    /// The whole file.
    pub bytes: &'static [u8],
}

macro_rules! font {
    ($family:literal, $bold:literal, $file:literal) => {
        FontFile {
            family: $family,
            bold: $bold,
            file: $file,
            bytes: include_bytes!(concat!("../../../../assets/fonts/", $file)),
        }
    };
}

/// All of them. The first stands in for a family that is not among them.
pub(super) const FONTS: [FontFile; 7] = [
    font!("Montserrat ExtraBold", false, "Montserrat-ExtraBold.ttf"),
    font!("Montserrat SemiBold", false, "Montserrat-SemiBold.ttf"),
    font!("Inter", true, "Inter-Bold.ttf"),
    font!("Anton", false, "Anton-Regular.ttf"),
    font!("Bangers", false, "Bangers-Regular.ttf"),
    font!("Nunito ExtraBold", false, "Nunito-ExtraBold.ttf"),
    font!("Playfair Display", true, "PlayfairDisplay-Bold.ttf"),
];

/// The bundled face of that family; the first one when there is none.
pub(super) fn font(family: &str) -> &'static FontFile {
    FONTS.iter().find(|f| f.family == family).unwrap_or(&FONTS[0])
}

/// The families a style may name.
#[must_use]
pub fn families() -> Vec<&'static str> {
    FONTS.iter().map(|f| f.family).collect()
}

/// True for the file name of a bundled face.
#[must_use]
pub fn is_bundled(file: &str) -> bool {
    FONTS.iter().any(|f| f.file == file)
}

/// The file name of the face that is drawn for a family.
#[must_use]
pub fn file_of(family: &str) -> &'static str {
    font(family).file
}

/// The characters of `text` that the family has no glyph for, each once, in order of appearance. White space and
/// control characters never count.
#[must_use]
pub fn missing_glyphs(family: &str, text: &str) -> Vec<char> {
    let face = ttf_parser::Face::parse(font(family).bytes, 0).ok();
    let mut missing = Vec::new();
    for c in text.chars().filter(|c| !c.is_whitespace() && !c.is_control()) {
        let drawn = face.as_ref().is_some_and(|f| f.glyph_index(c).is_some());
        if !drawn && !missing.contains(&c) {
            missing.push(c);
        }
    }
    missing
}

/// Puts the bundled fonts into `<home>/fonts/` and gives that folder. A file that is there and whole is left alone; one
/// that is missing, cut off or changed is written anew, whole.
///
/// # Errors
/// [`FontError::Media`] when a file cannot be read or written.
pub fn unpack(home: &Path) -> Result<PathBuf, FontError> {
    let folder = home.join("fonts");
    std::fs::create_dir_all(&folder).map_err(MediaError::io("made", &folder))?;
    for font in &FONTS {
        let path = folder.join(font.file);
        let there = match std::fs::read(&path) {
            Ok(bytes) => Some(blake3::hash(&bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(MediaError::io("read", &path)(error).into()),
        };
        if there != Some(blake3::hash(font.bytes)) {
            PartFile::beside(&path)?.write(font.bytes)?;
        }
    }
    Ok(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_font_names_the_family_it_is_listed_under_and_draws_romanian() {
        for font in FONTS {
            let face = ttf_parser::Face::parse(font.bytes, 0).unwrap();
            let named = face
                .names()
                .into_iter()
                .filter(|n| n.name_id == ttf_parser::name_id::FAMILY)
                .any(|n| n.to_string().as_deref() == Some(font.family));
            assert!(named, "{} is not of the family {}", font.file, font.family);
            let missing = missing_glyphs(font.family, "ăâîșțĂÂÎȘȚ „”“«»—–…‘’?!%€0123456789");
            assert!(missing.is_empty(), "{} lacks {missing:?}", font.file);
        }
    }

    #[test]
    fn every_font_draws_latin_extended_a() {
        // U+0149 is deprecated, U+017F and the ligatures U+0132/0133 are not used in text today.
        let letters: String =
            ('\u{100}'..='\u{17e}').filter(|c| !['\u{149}', '\u{132}', '\u{133}'].contains(c)).collect();
        for family in families() {
            let missing = missing_glyphs(family, &letters);
            assert!(missing.is_empty(), "{family} lacks {missing:?}");
        }
    }

    #[test]
    fn a_character_without_a_glyph_is_reported_once() {
        assert_eq!(missing_glyphs("Anton", "日 a 日\n\tb 本"), ['日', '本']);
    }

    #[test]
    fn unpacking_writes_every_font_and_mends_a_damaged_one() {
        let home = tempfile::tempdir().unwrap();
        let folder = unpack(home.path()).unwrap();
        let broken = folder.join(FONTS[0].file);
        std::fs::write(&broken, b"half").unwrap();
        let whole = folder.join(FONTS[1].file);
        let before = std::fs::metadata(&whole).unwrap().modified().unwrap();
        unpack(home.path()).unwrap();
        assert_eq!(std::fs::read(&broken).unwrap(), FONTS[0].bytes);
        assert_eq!(std::fs::metadata(&whole).unwrap().modified().unwrap(), before, "a whole file was written again");
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), FONTS.len());
    }
}
