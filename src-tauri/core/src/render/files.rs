//! Small things done with files: hashing them, and syncing a folder before it is given its name.

use std::fs::File;
use std::path::Path;

/// BLAKE3 of a file, lower-case hex. Reads it in pieces.
///
/// # Errors
/// What the system said.
pub fn hash(path: &Path) -> std::io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    std::io::copy(&mut File::open(path)?, &mut hasher)?;
    Ok(hasher.finalize().to_hex().to_string())
}

/// Makes sure that the files of a folder are on the disk.
///
/// # Errors
/// What the system said.
pub fn sync_folder(folder: &Path) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        File::options().write(true).open(entry?.path())?.sync_all()?;
    }
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    Ok(())
}

/// One hash over the names and contents of a folder's files: it changes when any of them does.
///
/// # Errors
/// What the system said.
pub fn hash_folder(folder: &Path) -> std::io::Result<String> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            names.push(entry.file_name());
        }
    }
    names.sort();
    let mut hasher = blake3::Hasher::new();
    for name in names {
        hasher.update(name.to_string_lossy().as_bytes());
        hasher.update(hash(&folder.join(&name))?.as_bytes());
    }
    Ok(hasher.finalize().to_hex().to_string())
}

/// A name that every file system takes, from any text: for the files of a clip.
#[must_use]
pub fn safe_name(text: &str) -> String {
    const FORBIDDEN: [char; 9] = ['/', '\\', ':', '*', '?', '"', '<', '>', '|'];
    const RESERVED: [&str; 4] = ["con", "prn", "aux", "nul"];
    let mut name = String::new();
    for c in text.chars() {
        let c = if c.is_control() || FORBIDDEN.contains(&c) { ' ' } else { c };
        if !(c.is_whitespace() && (name.is_empty() || name.ends_with(' '))) {
            name.push(if c.is_whitespace() { ' ' } else { c });
        }
    }
    // Short enough for " (2).json.part" after it on every file system; cut between characters.
    while name.len() > 120 {
        name.pop();
    }
    let name = name.trim_start_matches(['-', '.', ' ']).trim_end_matches(['.', ' ']);
    let lower = name.to_lowercase();
    let device = RESERVED.contains(&lower.as_str())
        || (lower.len() == 4 && (lower.starts_with("com") || lower.starts_with("lpt")));
    if name.is_empty() {
        "clip".into()
    } else if device {
        format!("{name}-clip")
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_keep_what_people_wrote_where_file_systems_allow() {
        assert_eq!(safe_name("Vară la mare 🎬 100%"), "Vară la mare 🎬 100%");
        assert_eq!(safe_name("a/b:c\n\"d\""), "a b c d");
        assert_eq!(safe_name("--help"), "help");
        assert_eq!(safe_name("../.."), "clip");
        assert_eq!(safe_name("NUL"), "NUL-clip");
    }

    proptest! {
        #[test]
        fn a_safe_name_is_one_short_plain_part(text in any::<String>()) {
            let name = safe_name(&text);
            prop_assert!(!name.is_empty() && name.len() <= 130);
            prop_assert!(!name.contains(['/', '\\', '\0', '\n', ':']) && !name.starts_with(['.', '-']));
            let path = format!("clips/{name}.mp4");
            prop_assert!(crate::profile::media::MediaPath::new(path).is_ok());
        }
    }
}
