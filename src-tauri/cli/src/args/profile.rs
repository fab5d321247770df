//! Arguments of `profile`.

use clap::{Args, Subcommand};

/// What to do with profiles.
#[derive(Debug, Subcommand)]
pub enum Profile {
    /// Make a profile
    #[command(after_help = "Example:\n  edit-factory profile create \"Corner Bakery\" --colour amber")]
    Create {
        /// Its name; unique, letter case aside
        name: String,
        /// coral, amber, lime, green, teal, blue, violet or pink [default: the one used least]
        #[arg(long, visible_alias = "color")]
        colour: Option<String>,
    },
    /// List the profiles, the last used first
    #[command(visible_alias = "ls")]
    List,
    /// Give a profile another name
    Rename {
        #[command(flatten)]
        which: Which,
        /// The new name
        name: String,
    },
    /// Give a profile another colour
    #[command(visible_alias = "color")]
    Colour {
        #[command(flatten)]
        which: Which,
        /// coral, amber, lime, green, teal, blue, violet or pink
        colour: String,
    },
    /// Move a profile to the system's trash, and remove its keys from the keyring
    #[command(after_help = "Its folder can be put back from the trash; it is then listed again.")]
    Delete {
        #[command(flatten)]
        which: Which,
    },
    /// Prove that nothing of one profile is in another: what each owns, and a leak test on two throw-away profiles
    #[command(after_help = "Real profiles are read, never changed. Exit code 1 when anything was found.")]
    Audit {
        /// Make the calls of this seed again [default: a new one each time]
        #[arg(long)]
        seed: Option<u64>,
        /// How many random calls [default: four of each kind]
        #[arg(long)]
        calls: Option<u32>,
    },
    /// Work in this profile from now on when no other is named
    Use {
        #[command(flatten)]
        which: Which,
    },
}

/// A profile.
#[derive(Debug, Args)]
pub struct Which {
    /// The profile's name or id
    #[arg(value_name = "PROFILE")]
    pub which: String,
}
