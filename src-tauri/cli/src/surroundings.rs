//! What the program finds around it: the environment, the platform's data folder, the tools on the PATH. Core is told;
//! it never looks itself.

use std::path::PathBuf;
use std::sync::Arc;

use edit_factory_core::error::{Code, Failure};
use edit_factory_core::host::Host;
use edit_factory_core::profile::secrets::Keyring;
use edit_factory_core::surroundings::Surroundings;

/// What core is given. `home` is what `--home` said.
pub fn host(home: Option<PathBuf>, process_name: &str) -> Result<Host, Failure> {
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
        process_name: process_name.to_owned(),
    })
}
