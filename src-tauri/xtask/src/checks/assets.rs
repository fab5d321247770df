//! Whatever is shipped and was not written here lies beside a file that says under which licence.

use super::{Complaint, File};

/// Endings of files that somebody made: footage, sound, pictures, fonts.
const WORKS: &[&str] =
    &[".mp4", ".mov", ".webm", ".mkv", ".wav", ".mp3", ".ogg", ".png", ".jpg", ".jpeg", ".ttf", ".otf", ".woff2"];

/// Works under `assets/` without a licence file in their folder or one above it (below `assets/`).
pub fn check(files: &[File]) -> Vec<Complaint> {
    files
        .iter()
        .filter(|file| file.path.starts_with("assets/") && WORKS.iter().any(|ending| file.path.ends_with(ending)))
        .filter(|file| {
            !folders_above(&file.path).any(|folder| files.iter().any(|other| is_licence(&other.path, folder)))
        })
        .map(|file| Complaint {
            of: file.path.clone(),
            line: 0,
            says: "no licence beside it; add LICENSES.md, …LICENSE or …OFL.txt to its folder".into(),
        })
        .collect()
}

/// The folders a file lies in, innermost first, `assets` itself left out.
fn folders_above(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(path.rsplit_once('/').map(|(folder, _)| folder), |folder| {
        folder.rsplit_once('/').map(|(above, _)| above)
    })
    .filter(|folder| *folder != "assets")
}

fn is_licence(path: &str, folder: &str) -> bool {
    path.rsplit_once('/')
        .is_some_and(|(its_folder, name)| its_folder == folder && (name.contains("LICENSE") || name.contains("OFL")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaints(paths: &[&str]) -> Vec<String> {
        let files: Vec<File> = paths.iter().map(|path| File { path: (*path).into(), text: None }).collect();
        check(&files).into_iter().map(|complaint| complaint.of).collect()
    }

    #[test]
    fn a_work_without_a_licence_is_found() {
        assert_eq!(complaints(&["assets/fonts/a.ttf", "assets/demo/LICENSES.md"]), ["assets/fonts/a.ttf"]);
        assert_eq!(complaints(&["assets/a.png", "assets/LICENSE"]), ["assets/a.png"]);
    }

    #[test]
    fn a_licence_in_the_folder_or_above_it_is_enough() {
        assert!(complaints(&["assets/fonts/a.ttf", "assets/fonts/A-OFL.txt"]).is_empty());
        assert!(complaints(&["assets/demo/footage/x/a.mp4", "assets/demo/LICENSES.md"]).is_empty());
        assert!(complaints(&["assets/captions/a.json"]).is_empty());
    }
}
