//! Arguments of `publish`.

use clap::{Args, Subcommand};

/// What to do about publishing.
#[derive(Debug, Subcommand)]
pub enum Publish {
    /// The accounts of the workspace, and which of them are this profile's
    #[command(after_help = "The key goes in with `edit-factory credential set postiz < key.txt`.\n\nExamples:\n  \
                      edit-factory publish accounts --refresh\n  edit-factory publish accounts --group \"Corner Bakery\"\n  \
                      edit-factory publish accounts --tick @cornerbakery\n  \
                      edit-factory publish accounts --address https://postiz.example.com/api/public/v1 --refresh")]
    Accounts {
        /// Ask Postiz for them
        #[arg(long)]
        refresh: bool,
        /// Tie the profile to a group ("customer") of the workspace: its accounts are this profile's, and no others
        #[arg(long, value_name = "NAME", conflicts_with_all = ["no_group", "tick", "untick"])]
        group: Option<String>,
        /// Tie it to none: accounts are ticked one by one
        #[arg(long)]
        no_group: bool,
        /// An account that belongs to this profile, by name, @handle or id. Repeatable
        #[arg(long, value_name = "ACCOUNT")]
        tick: Vec<String>,
        /// An account that no longer does. Repeatable
        #[arg(long, value_name = "ACCOUNT")]
        untick: Vec<String>,
        /// The workspace's address, for a Postiz of your own
        #[arg(long, value_name = "URL")]
        address: Option<String>,
        /// The time zone of the profile, by its IANA name
        #[arg(long, value_name = "ZONE")]
        time_zone: Option<String>,
    },
    /// What would stand against publishing these clips. Nothing is stored or sent
    Preflight(What),
    /// Publish clips as soon as they can be
    #[command(
        after_help = "Example:\n  edit-factory publish now bakery-1 --to @cornerbakery --caption \"{hook} {tags}\" --yes"
    )]
    Now {
        /// What, and where to.
        #[command(flatten)]
        what: What,
        /// Make drafts in Postiz instead, for a person to finish there
        #[arg(long)]
        draft: bool,
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
    /// Publish clips at a time, or spread over days
    #[command(
        after_help = "Examples:\n  edit-factory publish schedule bakery-1 --to @cornerbakery --at \"2026-12-01 18:30\"\n  \
                      edit-factory publish schedule bakery-1 bakery-2 bakery-3 --to @cornerbakery --days 3 --a-day 1"
    )]
    Schedule {
        /// What, and where to.
        #[command(flatten)]
        what: What,
        /// All of them then, in the profile's time zone
        #[arg(long, value_name = "TIME", required_unless_present = "days", conflicts_with = "days")]
        at: Option<String>,
        /// One after the other over the profile's slots in so many days
        #[arg(long, value_name = "N")]
        days: Option<u32>,
        /// Not before this time
        #[arg(long, value_name = "TIME", requires = "days")]
        from: Option<String>,
        /// Most clips a day
        #[arg(long, value_name = "N", requires = "days")]
        a_day: Option<u32>,
        /// The same seed gives the same shifts off the slots
        #[arg(long, default_value_t = 1, requires = "days")]
        seed: u64,
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
    /// What is under way, what is out, what failed
    Status {
        /// Ask Postiz what became of them
        #[arg(long)]
        refresh: bool,
        /// Those that have ended too
        #[arg(long)]
        all: bool,
    },
    /// Move one that is not out yet to another time
    Move {
        /// Which, by id
        id: String,
        /// When, in the profile's time zone
        #[arg(long, value_name = "TIME")]
        to: String,
    },
    /// Take back what is not out yet, in Postiz too
    Cancel {
        /// Which, by id
        #[arg(required = true)]
        ids: Vec<String>,
    },
    /// Send again what failed
    Retry {
        /// Which, by id
        #[arg(required = true)]
        ids: Vec<String>,
    },
}

/// Clips and accounts.
#[derive(Debug, Args)]
pub struct What {
    /// The clips, by name or id
    #[arg(required = true, value_name = "CLIP")]
    pub clips: Vec<String>,
    /// An account of this profile, by name, @handle or id. Repeatable
    #[arg(long, required = true, value_name = "ACCOUNT")]
    pub to: Vec<String>,
    /// The caption, with variables such as {hook}; else the profile's first template
    #[arg(long, value_name = "TEXT")]
    pub caption: Option<String>,
}
