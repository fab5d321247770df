//! What can be downloaded: a dated list that comes with the program. Every file is named with its address, its size and
//! what it must hash to; a model or a runtime whose hash is not known is not downloaded unless a person gives the hash.

use serde::Deserialize;

const TEXT: &str = include_str!("../../../../../assets/voices/piper.json");

/// The list.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Catalog {
    /// The day it was made: "2026-11-26".
    pub(super) date: String,
    /// How its numbers were come by, for whoever changes it.
    #[serde(rename = "about")]
    _about: Vec<String>,
    /// Where voices and runtimes are: addresses begin with one of these, and another base may stand for all of them.
    hosts: Vec<String>,
    /// Voices.
    pub(super) voices: Vec<Voice>,
    /// The ONNX Runtime, one for each kind of machine.
    runtimes: Vec<Runtime>,
}

/// A voice.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Voice {
    pub(super) id: String,
    pub(super) language: String,
    pub(super) name: String,
    pub(super) licence: String,
    /// For a person.
    pub(super) page: String,
    pub(super) model: Download,
    pub(super) description: Download,
}

/// A runtime.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Runtime {
    system: String,
    processor: String,
    pub(super) version: String,
    pub(super) licence: String,
    pub(super) page: String,
    pub(super) archive: Download,
}

/// A file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Download {
    pub(super) address: String,
    pub(super) bytes: Option<u64>,
    pub(super) sha256: Option<String>,
    /// How its hash is known.
    #[serde(rename = "known_from")]
    _known_from: String,
}

impl Catalog {
    /// The list that came with the program.
    ///
    /// # Errors
    /// What is wrong with it; a test makes sure that nothing is.
    pub(super) fn bundled() -> Result<Self, serde_json::Error> {
        serde_json::from_str(TEXT)
    }

    pub(super) fn voice(&self, id: &str) -> Option<&Voice> {
        self.voices.iter().find(|voice| voice.id == id)
    }

    /// The runtime for a kind of machine ("linux", "x86_64"; the names of [`std::env::consts`]).
    pub(super) fn runtime(&self, system: &str, processor: &str) -> Option<&Runtime> {
        self.runtimes.iter().find(|runtime| runtime.system == system && runtime.processor == processor)
    }

    /// The address of a file, with `base` in place of its host.
    pub(super) fn address(&self, file: &Download, base: Option<&str>) -> String {
        let path = self.hosts.iter().find_map(|host| file.address.strip_prefix(host.as_str()));
        match (base, path) {
            (Some(base), Some(path)) => format!("{}{path}", base.trim_end_matches('/')),
            _ => file.address.clone(),
        }
    }
}

impl Voice {
    /// Of both its files.
    pub(super) fn bytes(&self) -> Option<u64> {
        Some(self.model.bytes? + self.description.bytes?)
    }

    /// The description needs no hash: all of it is read and judged before it is used.
    pub(super) fn hash_known(&self) -> bool {
        self.model.sha256.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_that_comes_with_the_program_is_sound() {
        let catalog = Catalog::bundled().unwrap();
        assert!(catalog.date.len() == 10 && catalog.voice("en_US-joe-medium").is_some());
        assert!(catalog.voice("ro_RO-mihai-medium").is_some());
        let runtimes = catalog.runtimes.iter().map(|runtime| &runtime.archive);
        let files = catalog.voices.iter().flat_map(|voice| [&voice.model, &voice.description]).chain(runtimes);
        for file in files {
            assert!(file.address.starts_with("https://"), "{file:?}");
            assert!(catalog.hosts.iter().any(|host| file.address.starts_with(&format!("{host}/"))), "{file:?}");
            if let Some(hash) = &file.sha256 {
                let hex = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
                assert!(hash.len() == 64 && hash.chars().all(hex), "{file:?}");
            }
        }
        for (system, processor) in [
            ("linux", "x86_64"),
            ("linux", "aarch64"),
            ("macos", "aarch64"),
            ("macos", "x86_64"),
            ("windows", "x86_64"),
        ] {
            assert!(catalog.runtime(system, processor).is_some(), "{system} {processor}");
        }
    }

    #[test]
    fn another_base_takes_the_place_of_every_host() {
        let catalog = Catalog::bundled().unwrap();
        let file = &catalog.voice("en_US-joe-medium").unwrap().model;
        let there = catalog.address(file, Some("http://127.0.0.1:9/"));
        assert!(there.starts_with("http://127.0.0.1:9/") && there.ends_with("/en_US-joe-medium.onnx"), "{there}");
        assert_eq!(catalog.address(file, None), file.address);
    }
}
