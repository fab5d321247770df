//! What the library of core is given instead of looking around: folders, tools, stores, addresses, concurrency.
//!
//! Nothing else in core reads the environment, the home folder or the PATH. The programs (CLI, desktop, tests) build
//! a [`Host`] once and hand it to [`crate::home::Home::open`].

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::profile::secrets::SecretStore;

/// The outside programs, by path. A missing one is `None`: calls that need it say what to install.
#[derive(Debug, Clone, Default)]
pub struct Tools {
    /// `ffmpeg`, 5.1 or newer.
    pub ffmpeg: Option<PathBuf>,
    /// `ffprobe` of the same version.
    pub ffprobe: Option<PathBuf>,
    /// `espeak-ng`, for voices in languages other than English.
    pub espeak: Option<PathBuf>,
}

impl Tools {
    /// Looks the tools up in these folders, in order (the caller passes what its PATH holds).
    #[must_use]
    pub fn find_in(folders: &[PathBuf]) -> Self {
        let find = |name: &str| {
            let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
            folders.iter().map(|folder| folder.join(&file)).find(|path| path.is_file())
        };
        Self { ffmpeg: find("ffmpeg"), ffprobe: find("ffprobe"), espeak: find("espeak-ng") }
    }
}

/// The services whose address can be given.
pub const SERVICES: [&str; 5] = ["elevenlabs", "edge", "postiz", "supabase", "voices"];

/// What a program gives to core.
#[derive(Clone)]
pub struct Host {
    /// The home: the folder that holds all profiles.
    pub home: PathBuf,
    /// Outside programs.
    pub tools: Tools,
    /// The folder with the bundled demo: `footage/` and `script.md`; `None` when the program came without.
    pub demo: Option<PathBuf>,
    /// Other addresses for the services that are asked over the network, by name: "elevenlabs", "edge", "postiz",
    /// "supabase", "voices" (which stands for every host voices are downloaded from). For a proxy, a server of one's own, or a test; empty means the real ones.
    pub endpoints: BTreeMap<String, String>,
    /// Where credentials live.
    pub secrets: Arc<dyn SecretStore>,
    /// How many encoders may run at once over all profiles of this process. At least 1.
    pub concurrency: usize,
    /// Who this process is, for the message of the runner lock ("the window", "edit-factory make").
    pub process_name: String,
}

impl std::fmt::Debug for Host {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Host")
            .field("home", &self.home)
            .field("tools", &self.tools)
            .field("demo", &self.demo)
            .field("endpoints", &self.endpoints)
            .field("concurrency", &self.concurrency)
            .field("process_name", &self.process_name)
            .finish_non_exhaustive()
    }
}
