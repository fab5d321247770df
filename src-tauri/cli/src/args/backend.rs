//! Arguments of `backend`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// What to do with the database of a hosted backend.
#[derive(Debug, Subcommand)]
pub enum Backend {
    /// Look at it: what is missing, rows of nobody, rows that point at nothing. Changes nothing
    #[command(
        after_help = "Example:\n  PGPASSWORD=… edit-factory backend check --url postgres://postgres@db.abcdefgh.supabase.co/postgres\n\n\
                      Ends with 1 when devices cannot sync with it as it is."
    )]
    Check(Where),
    /// Make it ready. Can be stopped and run again at any time: it goes on where it was
    #[command(
        after_help = "Examples:\n  edit-factory backend migrate --url - --owner 0b5c… --dry-run < url.txt\n  edit-factory backend migrate --url - --owner 0b5c… < url.txt\n\n\
                      --dry-run makes a copy of the database on the same server, migrates that, and drops it again."
    )]
    Migrate(Migrate),
}

/// Which database.
#[derive(Debug, Args)]
pub struct Where {
    /// Its address, postgres://…; `-` reads it from standard input. A password in an argument can be seen by every program
    /// of this machine: leave it out and set PGPASSWORD, or use `-`
    #[arg(long, value_name = "URL")]
    pub url: String,
    /// A certificate (PEM) to believe besides the public ones: the project's own, from its page
    #[arg(long, value_name = "FILE")]
    pub ca: Option<PathBuf>,
}

/// How to make it ready.
#[derive(Debug, Args)]
pub struct Migrate {
    /// Which database.
    #[command(flatten)]
    pub at: Where,
    /// The user who gets the rows that belong to nobody; needed where there are such rows
    #[arg(long, value_name = "UUID")]
    pub owner: Option<String>,
    /// Rehearse it on a copy, and leave the database as it is
    #[arg(long)]
    pub dry_run: bool,
}
