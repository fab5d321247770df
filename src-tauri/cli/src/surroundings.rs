//! What the program finds around it: the environment, the platform's data folder, the tools on the PATH. Core is told;
//! it never looks itself.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use edit_factory_core::error::{Code, Failure};
use edit_factory_core::host::{Host, SERVICES};
use edit_factory_core::profile::secrets::Keyring;
use edit_factory_core::surroundings::Surroundings;

/// What core is given. `home` is what `--home` said, `endpoints` what `--endpoint` did.
pub fn host(home: Option<PathBuf>, endpoints: &[String], process_name: &str) -> Result<Host, Failure> {
    let around = Surroundings { variable: &|name| std::env::var_os(name), user_folder: std::env::home_dir() };
    let no_place = || {
        Failure::new(
            Code::InvalidInput,
            "This user has no home folder, so there is no place for the profiles. Name one with --home DIR.",
        )
    };
    Ok(Host {
        home: around.home(home).ok_or_else(no_place)?,
        tools: around.tools(),
        secrets: Arc::new(Keyring),
        concurrency: std::thread::available_parallelism().map_or(2, std::num::NonZero::get),
        demo: None,
        endpoints: named(endpoints)?,
        process_name: process_name.to_owned(),
    })
}

/// `NAME=URL`, each with a name of a service and an address that can be asked.
fn named(endpoints: &[String]) -> Result<BTreeMap<String, String>, Failure> {
    let bad = |given: &str, why: &str| {
        let known = SERVICES.join(", ");
        let says = format!("--endpoint {given}: {why}. Give NAME=URL, with one of these names: {known}.");
        Failure::new(Code::InvalidInput, says)
    };
    let mut all = BTreeMap::new();
    for given in endpoints {
        let (name, url) = given.split_once('=').ok_or_else(|| bad(given, "there is no ="))?;
        if !SERVICES.contains(&name) {
            return Err(bad(given, "there is no such service"));
        }
        let rest = ["http://", "https://", "ws://", "wss://"].iter().find_map(|scheme| url.strip_prefix(scheme));
        if rest.is_none_or(|rest| rest.is_empty() || rest.contains(char::is_whitespace)) {
            return Err(bad(given, "that is no address"));
        }
        all.insert(name.to_owned(), url.to_owned());
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_is_a_known_service_and_an_address() {
        let of = |given: &str| named(&[given.to_owned()]);
        assert_eq!(of("edge=ws://127.0.0.1:9/x").unwrap()["edge"], "ws://127.0.0.1:9/x");
        for wrong in ["edge", "other=http://a", "edge=ftp://a", "edge=http://"] {
            assert_eq!(of(wrong).unwrap_err().code, Code::InvalidInput, "{wrong}");
        }
    }
}
