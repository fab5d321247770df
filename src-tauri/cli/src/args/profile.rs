//! Arguments of `profile`.

use std::path::PathBuf;

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
    /// Write a profile into one file: everything but its keys
    #[command(
        after_help = "Footage that is referenced where it lies goes along as a copy.\n\nExamples:\n  edit-factory profile export Bakery --out bakery.efprofile\n  edit-factory profile export Bakery --out bakery.efprofile --passphrase < passphrase.txt"
    )]
    Export {
        #[command(flatten)]
        which: Which,
        /// The file; one that is there is replaced
        #[arg(long, short, value_name = "FILE")]
        out: PathBuf,
        /// Encrypt it with the passphrase on standard input
        #[arg(long)]
        passphrase: bool,
    },
    /// Take a profile out of an exported file, as a new one
    #[command(after_help = "Example:\n  edit-factory profile import bakery.efprofile --passphrase < passphrase.txt")]
    Import {
        /// The file
        file: PathBuf,
        /// It has a passphrase, which is on standard input
        #[arg(long)]
        passphrase: bool,
    },
    /// Copies of a profile's database: list them, make one, go back to one
    #[command(subcommand, visible_alias = "backups")]
    Backup(Backup),
}

/// What to do with the copies of a profile's database.
#[derive(Debug, Subcommand)]
pub enum Backup {
    /// List them, the newest first
    #[command(visible_alias = "ls")]
    List {
        #[command(flatten)]
        which: Which,
    },
    /// Copy the database now
    Now {
        #[command(flatten)]
        which: Which,
    },
    /// Put one in the place of the database, which is set aside; what was paid since stays in the books
    #[command(
        after_help = "Examples:\n  edit-factory profile backup list Bakery\n  edit-factory profile backup restore Bakery profile-daily-1764115200000.sqlite.zst"
    )]
    Restore {
        #[command(flatten)]
        which: Which,
        /// Its name in the list
        backup: String,
    },
}

/// A profile.
#[derive(Debug, Args)]
pub struct Which {
    /// The profile's name or id
    #[arg(value_name = "PROFILE")]
    pub which: String,
}
