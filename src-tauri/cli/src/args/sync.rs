//! Arguments of `sync`.

use clap::{Subcommand, ValueEnum};
use edit_factory_core::sync::account::MediaPolicy;

/// What to do about keeping the profile on a server.
#[derive(Debug, Subcommand)]
pub enum Sync {
    /// Sign in to a project; the password is read from standard input and kept nowhere
    #[command(
        after_help = "Example:\n  edit-factory sync sign-in --url https://abcdefgh.supabase.co --key sb_publishable_… \\\n    --email ana@example.com < password.txt"
    )]
    SignIn {
        /// The project's address
        #[arg(long)]
        url: String,
        /// Its publishable key
        #[arg(long)]
        key: String,
        /// Who signs in
        #[arg(long)]
        email: String,
    },
    /// List the profiles that are there
    Profiles,
    /// Keep this profile there from now on. Nothing is sent before `sync now`, or before a window opens it
    #[command(
        after_help = "Examples:\n  edit-factory sync link --new\n  edit-factory --profile \"Corner Bakery\" sync link Bakery"
    )]
    Link {
        /// As this one, by name or id
        #[arg(value_name = "PROFILE_THERE", required_unless_present = "new", conflicts_with = "new")]
        remote: Option<String>,
        /// As a new one, called as this profile
        #[arg(long)]
        new: bool,
    },
    /// How it stands. Asks nobody outside this machine
    Status,
    /// Send what waits and take what is new
    Now,
    /// Send what the server refused once more
    Retry,
    /// Which files go there and come from there
    Media {
        /// Which
        #[arg(value_enum, value_name = "POLICY")]
        policy: Policy,
    },
    /// Fetch files that are not on this machine
    Fetch {
        /// The files, by name; all of them when none is named
        #[arg(value_name = "NAME")]
        names: Vec<String>,
    },
    /// End the session. A linked profile stays so, and goes on after signing in again
    SignOut,
    /// Keep the profile on this machine only. Everything stays, here and there
    Unlink,
    /// Erase everything of the profile there. Everything here stays
    Erase {
        /// What it is called there: so that nobody erases another one
        #[arg(long, value_name = "NAME")]
        name: String,
    },
}

/// Which files.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Policy {
    /// None: files stay on the machine they are on
    KeepHere,
    /// Finished videos go there, footage stays
    ClipsOnly,
    /// All go there; what is missing here can be fetched
    FetchOnDemand,
}

impl From<Policy> for MediaPolicy {
    fn from(policy: Policy) -> Self {
        match policy {
            Policy::KeepHere => Self::KeepHere,
            Policy::ClipsOnly => Self::ClipsOnly,
            Policy::FetchOnDemand => Self::FetchOnDemand,
        }
    }
}
