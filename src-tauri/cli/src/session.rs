//! One run of the program: logs installed, home open, profile chosen.

use edit_factory_core::api::Caller;
use edit_factory_core::error::{Code, Failure};
use edit_factory_core::home::Home;
use edit_factory_core::logging;
use edit_factory_core::profile::Profile;
use tokio_util::sync::CancellationToken;
use tracing::level_filters::LevelFilter;

use crate::args::Global;
use crate::surroundings;

/// What the commands work with.
pub struct Session {
    /// Asks core.
    pub caller: Caller,
    /// What was said before the command.
    pub global: Global,
    // Writes out the last log lines when the run is over.
    _log: Option<logging::Guard>,
}

impl Session {
    /// Opens the home. Nothing of a profile is touched.
    pub fn open(global: Global, process_name: &str, cancel: CancellationToken) -> Result<Self, Failure> {
        let host = surroundings::host(global.home.clone(), &global.endpoint, process_name)?;
        let person = match (global.quiet, global.verbose) {
            // The answer says what a person needs to know; the log in the home has all of it.
            (true, _) | (false, 0) => LevelFilter::OFF,
            (false, 1) => LevelFilter::INFO,
            (false, 2) => LevelFilter::DEBUG,
            (false, _) => LevelFilter::TRACE,
        };
        let (subscriber, guard) = logging::subscriber(&host.home, person, std::io::stderr)?;
        // Only this program installs a subscriber, once; were there one already, its logs would do.
        let log = tracing::subscriber::set_global_default(subscriber).is_ok().then_some(guard);
        for (service, url) in &host.endpoints {
            tracing::warn!(service, url, "a service is asked at another address than its own (--endpoint)");
            if !global.quiet {
                eprintln!("Note: {service} is asked at {url}, not at its own address (--endpoint).");
            }
        }
        let home = Home::open(host)?;
        crate::commands::credential::unlock(&home)?;
        Ok(Self { caller: Caller { home, profile: None, cancel }, global, _log: log })
    }

    /// Chooses the profile: the one `--profile` names, else the one to work in. Naming one for a single command does
    /// not make it the one that later commands without a name work in.
    pub fn choose_profile(&mut self) -> Result<Profile, Failure> {
        let home = &self.caller.home;
        let profile = match &self.global.profile {
            Some(named) => home.profile(home.find(named)?.id)?,
            None => home.current()?,
        };
        self.caller.profile = Some(profile.clone());
        Ok(profile)
    }

    /// The profile that was chosen.
    pub fn chosen(&self) -> Result<&Profile, Failure> {
        let none = || Failure::new(Code::Internal, "This command forgot to choose a profile.");
        self.caller.profile.as_ref().ok_or_else(none)
    }

    /// Whether bars and asides for a person may be written on stderr.
    pub fn chatty(&self) -> bool {
        !self.global.quiet && !self.global.json
    }
}
