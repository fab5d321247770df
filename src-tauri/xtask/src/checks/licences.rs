//! The licences of all packages this is built from, on every platform, against the ones that may be shipped with it:
//! crates, and the npm packages that end up in the window's pages.

use serde_json::Value;

use super::{Complaint, File};
use crate::run::{Repository, Stop, capture};

/// Licences that ask for no more than notices, and MPL-2.0, which asks for the source of unchanged files only.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Packages with another licence that are used all the same, and why that is right.
const EXCEPTIONS: &[(&str, &str)] = &[
    // LGPL: it lies in the pages unchanged, as files of its own, and whoever has this source can build the program with
    // another version of it. THIRD-PARTY.md names it and its licence.
    (
        "jassub",
        "LGPL-2.1-or-later AND (FTL OR GPL-2.0-or-later) AND MIT AND MIT-Modern-Variant AND ISC AND NTP AND Zlib AND BSL-1.0",
    ),
    // GPL: not shipped. `ui/vite.config.ts` puts an empty module in its place, which `left_out` sees to.
    (LEFT_OUT, "GPL-3.0"),
];

/// The package that is replaced by an empty module when the pages are built.
const LEFT_OUT: &str = "rvfc-polyfill";

/// Complains when the package that may not be shipped is not left out of the pages.
pub fn left_out(files: &[File]) -> Vec<Complaint> {
    let path = "ui/vite.config.ts";
    let config = files.iter().find(|file| file.path == path).and_then(|file| file.text.as_deref());
    if config.is_some_and(|text| text.contains(&format!("alias: {{ '{LEFT_OUT}'"))) {
        return Vec::new();
    }
    let says = format!("{LEFT_OUT} would be shipped, which its licence forbids; give it an alias to an empty module");
    vec![Complaint { of: path.into(), line: 0, says }]
}

/// A crate or npm package that is not ours.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Its SPDX expression; empty when it has none.
    pub licence: String,
}

/// Every crate of Cargo.lock that comes from elsewhere, by name, each once.
pub fn packages(repository: &Repository) -> Result<Vec<Package>, Stop> {
    let answer = capture(repository.cargo().args(["metadata", "--format-version", "1", "--locked"]))?;
    let json: Value =
        serde_json::from_str(&answer.stdout).map_err(|source| Stop::Json { what: "cargo metadata".into(), source })?;
    let all = json["packages"].as_array().map_or(&[][..], Vec::as_slice);
    let mut packages: Vec<Package> = all
        .iter()
        .filter(|package| !package["source"].is_null())
        .map(|package| Package {
            name: package["name"].as_str().unwrap_or_default().to_owned(),
            licence: package["license"].as_str().unwrap_or_default().to_owned(),
        })
        .collect();
    packages.sort();
    packages.dedup();
    Ok(packages)
}

/// The npm packages that are shipped: those of `ui/package-lock.json` that are not there for development alone.
pub fn npm_packages(repository: &Repository) -> Result<Vec<Package>, Stop> {
    const LOCK: &str = "ui/package-lock.json";
    let text = std::fs::read_to_string(repository.path(LOCK)).map_err(Stop::io(LOCK))?;
    let json: Value = serde_json::from_str(&text).map_err(|source| Stop::Json { what: LOCK.into(), source })?;
    Ok(shipped(&json))
}

fn shipped(lock: &Value) -> Vec<Package> {
    let mut packages: Vec<Package> = Vec::new();
    for (path, package) in lock["packages"].as_object().into_iter().flatten() {
        let for_development = package["dev"] == true || package["devOptional"] == true;
        // The path of a package inside another one's folder ends with its own name, too.
        if let (Some((_, name)), false) = (path.rsplit_once("node_modules/"), for_development) {
            let licence = package["license"].as_str().unwrap_or_default().to_owned();
            packages.push(Package { name: name.to_owned(), licence });
        }
    }
    packages.sort();
    packages.dedup();
    packages
}

/// The packages whose licence gives no allowed choice.
pub fn check(packages: &[Package]) -> Vec<Complaint> {
    packages
        .iter()
        .filter(|package| !allowed(&package.licence) && !excepted(package))
        .map(|package| Complaint {
            of: package.name.clone(),
            line: 0,
            says: format!("its licence \"{}\" may not be shipped; use another package", package.licence),
        })
        .collect()
}

fn excepted(package: &Package) -> bool {
    EXCEPTIONS.contains(&(package.name.as_str(), package.licence.as_str()))
}

/// True when an SPDX expression can be met with allowed licences only.
fn allowed(expression: &str) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let mut words = spaced.split_whitespace().peekable();
    let met = any_of(&mut words);
    met && words.next().is_none()
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn any_of(words: &mut Words<'_>) -> bool {
    let mut met = all_of(words);
    while words.next_if_eq(&"OR").is_some() {
        met |= all_of(words);
    }
    met
}

fn all_of(words: &mut Words<'_>) -> bool {
    let mut met = one(words);
    while words.next_if_eq(&"AND").is_some() {
        met &= one(words);
    }
    met
}

fn one(words: &mut Words<'_>) -> bool {
    match words.next() {
        Some("(") => any_of(words) && words.next() == Some(")"),
        Some(name) => {
            if words.next_if_eq(&"WITH").is_some() {
                // An exception only ever allows more.
                words.next();
            }
            ALLOWED.contains(&name)
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_met_by_one_part_and_a_sum_by_all_parts() {
        for good in [
            "MIT",
            "MIT OR GPL-3.0-only",
            "MIT/Apache-2.0",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception OR MIT",
        ] {
            assert!(allowed(good), "{good}");
        }
        for bad in ["", "GPL-3.0-only", "MIT AND GPL-3.0-only", "(MIT", "MIT )", "AND", "SSPL-1.0 OR AGPL-3.0"] {
            assert!(!allowed(bad), "{bad}");
        }
    }

    #[test]
    fn an_exception_is_for_one_package_under_one_licence() {
        let package = |name: &str, licence: &str| Package { name: name.into(), licence: licence.into() };
        assert!(check(&[package(LEFT_OUT, "GPL-3.0")]).is_empty());
        assert_eq!(check(&[package(LEFT_OUT, "AGPL-3.0"), package("other", "GPL-3.0")]).len(), 2);
    }

    #[test]
    fn a_package_that_must_be_left_out_is_missed_in_the_configuration() {
        let config = |text: &str| [File { path: "ui/vite.config.ts".into(), text: Some(text.into()) }];
        assert!(left_out(&config("resolve: { alias: { 'rvfc-polyfill': empty } },")).is_empty());
        assert_eq!(left_out(&config("worker: { format: 'es' },")).len(), 1);
        assert_eq!(left_out(&[]).len(), 1);
    }

    #[test]
    fn npm_packages_for_development_alone_are_not_shipped() {
        let lock = serde_json::json!({ "packages": {
            "": { "license": "MIT" },
            "node_modules/react": { "license": "MIT" },
            "node_modules/@a/b": { "license": "ISC" },
            "node_modules/@a/b/node_modules/c": { "license": "0BSD" },
            "node_modules/vite": { "license": "MIT", "dev": true },
            "node_modules/d": { "license": "MIT", "devOptional": true },
        }});
        let names: Vec<String> = shipped(&lock).into_iter().map(|package| package.name).collect();
        assert_eq!(names, ["@a/b", "c", "react"]);
    }

    #[test]
    fn a_crate_without_a_licence_is_complained_about() {
        let found = check(&[Package { name: "mystery".into(), licence: String::new() }]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].of, "mystery");
    }
}
