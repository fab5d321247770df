//! THIRD-PARTY.md: the part written by hand stays, the lists of crates and npm packages below the mark are written by
//! this program.

use std::collections::BTreeMap;

use crate::checks::licences::{Package, npm_packages, packages};
use crate::checks::{Complaint, File};
use crate::run::{Repository, Stop};

const NAME: &str = "THIRD-PARTY.md";
const MARK: &str = "<!-- Written by `cargo xtask notices`. Change nothing below this line by hand. -->";

/// Writes the list anew.
pub fn write(repository: &Repository) -> Result<(), Stop> {
    let path = repository.path(NAME);
    let text = std::fs::read_to_string(&path).map_err(Stop::io(NAME))?;
    std::fs::write(&path, with_lists(&text, &packages(repository)?, &npm_packages(repository)?)).map_err(Stop::io(NAME))
}

/// Complains when the lists are not what `write` would write.
pub fn check(files: &[File], crates: &[Package], npm: &[Package]) -> Vec<Complaint> {
    let text = files.iter().find(|file| file.path == NAME).and_then(|file| file.text.as_deref());
    if text.is_some_and(|text| text == with_lists(text, crates, npm)) {
        return Vec::new();
    }
    let says = "it does not list the packages this is built from; run `cargo xtask notices`".into();
    vec![Complaint { of: NAME.into(), line: 0, says }]
}

fn with_lists(text: &str, crates: &[Package], npm: &[Package]) -> String {
    let by_hand = text.split(MARK).next().unwrap_or_default();
    format!("{by_hand}{MARK}\n{}\n## npm packages in the window's pages\n{}", by_licence(crates), by_licence(npm))
}

fn by_licence(packages: &[Package]) -> String {
    let mut of_licence: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in packages {
        of_licence.entry(&package.licence).or_default().push(&package.name);
    }
    let mut list = String::new();
    for (licence, mut names) in of_licence {
        names.dedup();
        list += &format!("\n**{licence}**: {}.\n", names.join(", "));
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, licence: &str) -> Package {
        Package { name: name.into(), licence: licence.into() }
    }

    #[test]
    fn what_was_written_by_hand_stays_and_the_lists_are_replaced() {
        let crates = [package("a", "MIT"), package("b", "ISC"), package("c", "MIT")];
        let first = with_lists("By hand.\n\n", &crates, &[package("react", "MIT")]);
        assert!(first.starts_with("By hand.\n\n") && first.contains("**MIT**: a, c.\n"));
        assert!(first.ends_with("npm packages in the window's pages\n\n**MIT**: react.\n"));
        let second = with_lists(&first, &[package("d", "MIT")], &[]);
        assert!(second.starts_with("By hand.\n\n") && second.contains("**MIT**: d.\n"));
        assert!(!second.contains("ISC") && !second.contains("react"));
    }

    #[test]
    fn lists_that_are_not_current_are_complained_about() {
        let (crates, npm) = ([package("a", "MIT")], [package("b", "MIT")]);
        let file = |text: String| [File { path: NAME.into(), text: Some(text) }];
        assert!(check(&file(with_lists("", &crates, &npm)), &crates, &npm).is_empty());
        assert_eq!(check(&file(with_lists("", &crates, &[])), &crates, &npm).len(), 1);
        assert_eq!(check(&file(with_lists("", &[], &npm)), &crates, &npm).len(), 1);
        assert_eq!(check(&[], &crates, &npm).len(), 1);
    }
}
