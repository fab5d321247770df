//! Throw-away homes and profiles for unit tests.
//!
//! What is not here: media. Footage for tests is made by `library::testmedia`.

use std::path::PathBuf;
use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use crate::home::Home;
use crate::host::{Host, Tools};
use crate::jobs::JobContext;
use crate::jobs::model::JobKind;
use crate::profile::Profile;
use crate::profile::secrets::InMemory;

/// A home in a temporary folder with one open profile. Everything goes when it is dropped.
pub(crate) struct Bench {
    /// The open profile; a clone of it may outlive nothing of this value.
    pub profile: Profile,
    /// The home it is of.
    pub home: Home,
    /// A folder of the test's own, beside the home, for files of "the user".
    pub desk: PathBuf,
    // Last, so that the folder goes after the databases in it were closed.
    _folder: tempfile::TempDir,
}

/// The tools this machine has. Tests may read the PATH; core itself never does.
pub(crate) fn tools() -> Tools {
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()).collect();
    Tools::find_in(&folders)
}

/// A new home with one profile.
pub(crate) fn bench() -> Bench {
    bench_with(tools())
}

/// A new home with one profile and these tools, to see what happens when one is missing.
pub(crate) fn bench_with(tools: Tools) -> Bench {
    bench_at("home", tools)
}

/// A new home with one profile whose services are asked at these addresses.
pub(crate) fn bench_asking(endpoints: &[(&str, &str)]) -> Bench {
    let endpoints = endpoints.iter().map(|(name, url)| ((*name).to_owned(), (*url).to_owned()));
    bench_of("home", tools(), endpoints.collect())
}

/// The same in a home folder of this name, to see that no character of it means anything to the tools.
pub(crate) fn bench_at(name: &str, tools: Tools) -> Bench {
    bench_of(name, tools, std::collections::BTreeMap::new())
}

fn bench_of(name: &str, tools: Tools, endpoints: std::collections::BTreeMap<String, String>) -> Bench {
    let folder = tempfile::tempdir().unwrap();
    let desk = folder.path().join("desk");
    std::fs::create_dir(&desk).unwrap();
    let home = Home::open(Host {
        home: folder.path().join(name),
        tools,
        secrets: Arc::new(InMemory::default()),
        concurrency: 2,
        endpoints,
        demo: None,
        process_name: "a test".into(),
    })
    .unwrap();
    let info = home.create("Test", None).unwrap();
    let profile = home.profile(info.id).unwrap();
    Bench { profile, home, desk, _folder: folder }
}

impl Bench {
    /// Stores a job of this kind, marks it running and gives what it would be run with.
    pub(crate) fn running(&self, kind: &JobKind) -> JobContext {
        let job = self
            .profile
            .write::<_, crate::jobs::store::JobError>(|tx| {
                let id = crate::jobs::store::add(tx, kind, None, &[])?;
                tx.execute("UPDATE jobs SET state = 'running' WHERE id = ?1", [id])
                    .map_err(crate::profile::db::DbError::from)?;
                Ok(id)
            })
            .unwrap();
        JobContext::new(&self.profile, job, CancellationToken::new()).unwrap()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bench_has_a_profile_with_its_folders() {
        let bench = bench();
        assert!(bench.profile.folder().inbox().is_dir());
        assert!(bench.home.profiles().unwrap().len() == 1 && bench.desk.is_dir());
    }
}
