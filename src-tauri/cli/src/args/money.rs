//! Arguments of `credential`, `quota` and `cost`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// What to do with keys.
#[derive(Debug, Subcommand)]
pub enum Credential {
    /// Store a key, read from standard input; it is tried with the provider
    #[command(
        after_help = "Examples:\n  edit-factory credential set elevenlabs < key.txt\n  pass show postiz | edit-factory credential set postiz\n\n\
                      The key is never an argument: those can be seen by every program of this machine.\n\
                      Without a keyring: put a passphrase in a file that only you can read, set\n\
                      EDIT_FACTORY_PASSPHRASE_FILE to its path, and add --in file."
    )]
    Set {
        /// Whose key (elevenlabs, postiz)
        provider: String,
        /// Where to keep it [default: where it was, else the system's keyring]
        #[arg(long = "in", value_enum, value_name = "PLACE")]
        keep_in: Option<Place>,
        /// Store it without asking the provider whether it works
        #[arg(long)]
        untested: bool,
    },
    /// Which keys there are, and how they end
    #[command(visible_alias = "ls")]
    List,
    /// Ask the provider whether the key works; costs nothing
    Test {
        /// Whose key
        provider: String,
    },
    /// Remove a key
    Remove {
        /// Whose key
        provider: String,
    },
}

/// Where a key is kept.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Place {
    /// The system's keyring
    Keyring,
    /// A file with a passphrase in the home
    File,
}

/// What to do with limits.
#[derive(Debug, Subcommand)]
pub enum Quota {
    /// The limits of this month, and what stands against them
    Show,
    /// Set a monthly limit
    #[command(
        after_help = "Examples:\n  edit-factory quota set --usd 10\n  edit-factory quota set --characters 50000 --provider elevenlabs\n  edit-factory quota set --none"
    )]
    Set(QuotaSet),
    /// Set what this device may spend of a limit while other devices of the profile spend from it too
    #[command(after_help = "Examples:\n  edit-factory quota share --usd 4\n  edit-factory quota share --none\n\n\
                      Costs of other devices count as soon as they are heard of. With a share on each device the limit\n\
                      holds also while they cannot hear of each other.")]
    Share(QuotaShare),
    /// Go on paying after a provider charged more than a call could cost, or after costs were lost
    #[command(after_help = "Look at `edit-factory cost list` and at your account with the provider first.")]
    Acknowledge {
        /// This provider [default: every one]
        #[arg(long, value_name = "PROVIDER")]
        provider: Option<String>,
    },
}

/// A monthly limit.
#[derive(Debug, Args)]
pub struct QuotaSet {
    /// US dollars a month
    #[arg(long, value_parser = microusd, value_name = "X", required_unless_present_any = ["characters", "none", "warn_at"])]
    pub usd: Option<u64>,
    /// Billed characters a month
    #[arg(long, value_name = "N")]
    pub characters: Option<u64>,
    /// Of this provider [default: of all together]
    #[arg(long, value_name = "PROVIDER")]
    pub provider: Option<String>,
    /// No limit any more
    #[arg(long, conflicts_with_all = ["usd", "characters"])]
    pub none: bool,
    /// Warn from this share of a limit on, in percent
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(1..=100))]
    pub warn_at: Option<u8>,
}

/// A part of a monthly limit.
#[derive(Debug, Args)]
pub struct QuotaShare {
    /// US dollars a month
    #[arg(long, value_parser = microusd, value_name = "X", required_unless_present_any = ["characters", "none"])]
    pub usd: Option<u64>,
    /// Billed characters a month
    #[arg(long, value_name = "N")]
    pub characters: Option<u64>,
    /// Of the limit of this provider [default: of all together]
    #[arg(long, value_name = "PROVIDER")]
    pub provider: Option<String>,
    /// No share of its own any more
    #[arg(long, conflicts_with_all = ["usd", "characters"])]
    pub none: bool,
}

/// What to do with costs.
#[derive(Debug, Subcommand)]
pub enum Cost {
    /// Paid calls, the newest first
    #[command(visible_alias = "ls")]
    List {
        /// Of this month, like 2030-01
        #[arg(long)]
        month: Option<String>,
        /// Of this provider
        #[arg(long)]
        provider: Option<String>,
        /// For this project, by name or id
        #[arg(long)]
        project: Option<String>,
        /// At most this many
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1000))]
        limit: u32,
    },
    /// Sums of a month
    Summary {
        /// The month, like 2030-01 [default: this one]
        #[arg(long)]
        month: Option<String>,
        /// By what
        #[arg(long, value_enum, default_value = "day")]
        by: By,
    },
    /// Write all costs to a CSV file
    Export {
        /// A folder that is there, or a file in one
        #[arg(value_name = "PATH")]
        to: PathBuf,
    },
    /// Find out what became of calls whose answer never came
    Reconcile,
}

/// By what costs are summed.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum By {
    /// Each day (UTC)
    Day,
    /// Each provider
    Provider,
    /// Each project
    Project,
}

/// The text is no amount of money.
#[derive(Debug, thiserror::Error)]
#[error("an amount of dollars is written like 10 or 2.50, with at most six decimals")]
struct NotDollars;

/// Dollars as millionths, exactly: `12.5` is 12,500,000.
fn microusd(text: &str) -> Result<u64, NotDollars> {
    let (whole, decimals) = text.trim().split_once('.').unwrap_or((text.trim(), "0"));
    let digits = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    if !digits(whole) || !digits(decimals) || decimals.len() > 6 {
        return Err(NotDollars);
    }
    let whole: u64 = whole.parse().map_err(|_| NotDollars)?;
    let millionths: u64 = format!("{decimals:0<6}").parse().map_err(|_| NotDollars)?;
    whole.checked_mul(1_000_000).and_then(|sum| sum.checked_add(millionths)).ok_or(NotDollars)
}

#[cfg(test)]
mod tests {
    use super::microusd;

    #[test]
    fn dollars_are_read_exactly_and_nothing_else_is() {
        assert_eq!(["10", "2.50", "0.000001"].map(|t| microusd(t).unwrap()), [10_000_000, 2_500_000, 1]);
        for wrong in ["", "-1", "1,5", "1e3", "0.0000001", ".5", "99999999999999999999"] {
            assert!(microusd(wrong).is_err(), "{wrong}");
        }
    }
}
