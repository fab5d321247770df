//! The repository speaks of the product alone: no path of somebody's machine, no package index but the public ones.

use std::path::Path;

use super::{Complaint, File};

/// What Cargo.lock calls the public index.
const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";
/// Where npm packages come from publicly.
const NPM: &str = "https://registry.npmjs.org/";

/// Files that name this checkout, this user's home, or another package index.
pub fn check(files: &[File], root: &Path, home: &str) -> Vec<Complaint> {
    let root = root.to_string_lossy();
    let mut complaints = Vec::new();
    for file in files {
        let Some(text) = &file.text else { continue };
        for (index, line) in text.lines().enumerate() {
            let says = if line.contains(&*root) || names_home(line, home) {
                "a path of the machine this was written on"
            } else if other_index(&file.path, line) {
                "a package index that others do not have"
            } else {
                continue;
            };
            complaints.push(Complaint { of: file.path.clone(), line: index + 1, says: says.into() });
        }
    }
    complaints
}

/// True when it names something hidden in the home folder, or anything in a home folder that has a user's name.
fn names_home(line: &str, home: &str) -> bool {
    let named = home.matches('/').count() > 1;
    !home.is_empty() && line.contains(&if named { format!("{home}/") } else { format!("{home}/.") })
}

fn other_index(path: &str, line: &str) -> bool {
    let line = line.trim();
    if path.ends_with("Cargo.lock") {
        return line.strip_prefix("source = \"").is_some_and(|source| !source.starts_with(CRATES_IO));
    }
    if path.ends_with("package-lock.json") {
        return line.strip_prefix("\"resolved\": \"").is_some_and(|source| !source.starts_with(NPM));
    }
    if path.ends_with(".cargo/config.toml") {
        return line.starts_with("[source") || line.starts_with("[registr");
    }
    path.ends_with(".npmrc") || line.starts_with("--index-url") || line.starts_with("--extra-index-url")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaints(path: &str, text: &str) -> usize {
        let file = File { path: path.into(), text: Some(text.into()) };
        check(&[file], Path::new("/somewhere/checkout"), "/home/ana").len()
    }

    #[test]
    fn paths_of_this_machine_are_found_in_any_text() {
        assert_eq!(complaints("README.md", "see /somewhere/checkout/target"), 1);
        assert_eq!(complaints("a.json", "\"/home/ana/videos\""), 1);
        assert_eq!(complaints("README.md", "see /home/you and target/demo"), 0);
    }

    #[test]
    fn a_home_without_a_users_name_counts_only_with_what_is_hidden_in_it() {
        assert!(names_home("/you/.config/x", "/you"));
        assert!(!names_home("a path such as /you/video.mp4", "/you"));
    }

    #[test]
    fn only_public_package_indexes_are_named() {
        assert_eq!(complaints("Cargo.lock", &format!("source = \"{CRATES_IO}\"")), 0);
        assert_eq!(complaints("Cargo.lock", "source = \"registry+https://crates.example/index\""), 1);
        assert_eq!(complaints("ui/package-lock.json", "  \"resolved\": \"https://npm.example/a.tgz\","), 1);
        assert_eq!(complaints(".cargo/config.toml", "[source.crates-io]"), 1);
        assert_eq!(complaints("tests/aligner/requirements.txt", "--index-url https://pypi.example"), 1);
    }
}
