//! Which files are meant when a person hands over files and folders, and the tags their folders give them.

use std::path::{Path, PathBuf};

/// A file to import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub path: PathBuf,
    /// Names of the folders on the way to it, from the given folder down.
    pub tags: Vec<String>,
}

/// A file to import, or a path that could not be looked at.
pub(super) type FoundOrNot = Result<Found, (PathBuf, std::io::Error)>;

/// Files as they are; folders with everything below them, by name, without hidden files and what systems leave behind.
/// Links to folders are not followed, so there are no circles.
pub(super) fn gather(paths: &[PathBuf]) -> Vec<FoundOrNot> {
    let mut all = Vec::new();
    for path in paths {
        if path.is_dir() {
            // The given folder may be "." or end in "..": its real name counts.
            let own = path.canonicalize().ok().as_deref().and_then(folder_name);
            below(path, &own.into_iter().collect::<Vec<_>>(), &mut all);
        } else {
            all.push(Ok(Found { path: path.clone(), tags: vec![] }));
        }
    }
    all
}

/// Everything in a folder and below it. `tags` are those of the folder itself.
pub(super) fn below(folder: &Path, tags: &[String], all: &mut Vec<FoundOrNot>) {
    let entries = std::fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let mut entries = match entries {
        Ok(entries) => entries,
        Err(error) => return all.push(Err((folder.to_owned(), error))),
    };
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if is_litter(&path) {
            continue;
        }
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => {
                let tags: Vec<String> = tags.iter().cloned().chain(folder_name(&path)).collect();
                below(&path, &tags, all);
            }
            Ok(kind) if kind.is_symlink() && path.is_dir() => {}
            Ok(_) => all.push(Ok(Found { path, tags: tags.to_vec() })),
            Err(error) => all.push(Err((path, error))),
        }
    }
}

fn folder_name(path: &Path) -> Option<String> {
    Some(path.file_name()?.to_string_lossy().into_owned())
}

/// Hidden files (`.DS_Store`, `._clip.mov`) and what Windows leaves in folders of pictures.
pub(super) fn is_litter(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    name.starts_with('.') || name == "thumbs.db" || name == "desktop.ini"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_searched_and_their_names_become_tags() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("Bakery");
        std::fs::create_dir_all(root.join("Oven/Close up")).unwrap();
        for file in ["b.mp4", "a.mp4", ".DS_Store", "Thumbs.db", "Oven/c.mp4", "Oven/Close up/d.mp4"] {
            std::fs::write(root.join(file), b"x").unwrap();
        }
        let single = dir.path().join("e.mp4");
        let found: Vec<Found> = gather(&[root.clone(), single.clone()]).into_iter().map(Result::unwrap).collect();
        let of = |path: &str, tags: &[&str]| Found {
            path: root.join(path),
            tags: tags.iter().map(|t| (*t).to_owned()).collect(),
        };
        assert_eq!(
            found,
            [
                of("Oven/Close up/d.mp4", &["Bakery", "Oven", "Close up"]),
                of("Oven/c.mp4", &["Bakery", "Oven"]),
                of("a.mp4", &["Bakery"]),
                of("b.mp4", &["Bakery"]),
                Found { path: single, tags: vec![] },
            ]
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_linked_into_itself_ends() {
        let dir = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(dir.path(), dir.path().join("again")).unwrap();
        std::fs::write(dir.path().join("a.mp4"), b"x").unwrap();
        assert_eq!(gather(&[dir.path().to_owned()]).len(), 1);
    }
}
