//! THIRD-PARTY.md: the part written by hand stays, the list of crates below the mark is written by this program.

use std::collections::BTreeMap;

use crate::checks::licences::{Package, packages};
use crate::checks::{Complaint, File};
use crate::run::{Repository, Stop};

const NAME: &str = "THIRD-PARTY.md";
const MARK: &str = "<!-- Written by `cargo xtask notices`. Change nothing below this line by hand. -->";

/// Writes the list anew.
pub fn write(repository: &Repository) -> Result<(), Stop> {
    let path = repository.path(NAME);
    let text = std::fs::read_to_string(&path).map_err(Stop::io(NAME))?;
    std::fs::write(&path, with_list(&text, &packages(repository)?)).map_err(Stop::io(NAME))
}

/// Complains when the list is not what `write` would write.
pub fn check(files: &[File], packages: &[Package]) -> Vec<Complaint> {
    let text = files.iter().find(|file| file.path == NAME).and_then(|file| file.text.as_deref());
    if text.is_some_and(|text| text == with_list(text, packages)) {
        return Vec::new();
    }
    let says = "it does not list the crates this is built from; run `cargo xtask notices`".into();
    vec![Complaint { of: NAME.into(), line: 0, says }]
}

fn with_list(text: &str, packages: &[Package]) -> String {
    let by_hand = text.split(MARK).next().unwrap_or_default();
    let mut of_licence: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in packages {
        of_licence.entry(&package.licence).or_default().push(&package.name);
    }
    let mut list = format!("{by_hand}{MARK}\n");
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
    fn what_was_written_by_hand_stays_and_the_list_is_replaced() {
        let first = with_list("By hand.\n\n", &[package("a", "MIT"), package("b", "ISC"), package("c", "MIT")]);
        assert!(first.starts_with("By hand.\n\n") && first.contains("**MIT**: a, c.\n"));
        let second = with_list(&first, &[package("d", "MIT")]);
        assert!(second.starts_with("By hand.\n\n") && second.contains("**MIT**: d.\n") && !second.contains("ISC"));
    }

    #[test]
    fn a_list_that_is_not_current_is_complained_about() {
        let packages = [package("a", "MIT")];
        let file = |text: String| [File { path: NAME.into(), text: Some(text) }];
        assert!(check(&file(with_list("", &packages)), &packages).is_empty());
        assert_eq!(check(&file(with_list("", &[])), &packages).len(), 1);
        assert_eq!(check(&[], &packages).len(), 1);
    }
}
