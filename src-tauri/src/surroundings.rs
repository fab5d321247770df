//! What the program finds around it. Core is told; it never looks itself.

use std::path::PathBuf;
use std::sync::Arc;

use edit_factory_core::error::{Code, Failure};
use edit_factory_core::host::Host;
use edit_factory_core::profile::secrets::Keyring;
use edit_factory_core::surroundings::Surroundings;

fn around() -> Surroundings<'static> {
    Surroundings { variable: &|name| std::env::var_os(name), user_folder: std::env::home_dir() }
}

/// Where the profiles are.
pub fn home() -> Result<PathBuf, Failure> {
    around().home(None).ok_or_else(|| {
        Failure::new(
            Code::InvalidInput,
            "This user has no home folder, so there is no place for the profiles. Set EDIT_FACTORY_HOME to a folder.",
        )
    })
}

/// What core is given. `demo` is where the demo footage lies.
pub fn host(demo: Option<PathBuf>) -> Result<Host, Failure> {
    Ok(Host {
        home: home()?,
        tools: around().tools(),
        secrets: Arc::new(Keyring),
        concurrency: std::thread::available_parallelism().map_or(2, std::num::NonZero::get),
        endpoints: std::collections::BTreeMap::new(),
        demo,
        process_name: "the window".into(),
    })
}

/// The language of the system, as a tag; empty when it has none.
pub fn language() -> String {
    let names = ["LC_ALL", "LC_MESSAGES", "LANG"];
    names.iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty())).unwrap_or_default()
}
