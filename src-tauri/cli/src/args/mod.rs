//! The arguments: what the program can be asked, and its help.

pub mod backend;
pub mod finished;
pub mod footage;
pub mod look;
pub mod make;
pub mod money;
pub mod profile;
pub mod project;
pub mod publish;
pub mod queue;
pub mod sync;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

const EXAMPLES: &str = "\
Examples:
  # Three videos from one script and a folder of footage, in one line
  edit-factory make --script bakery.txt --variants 3 --platform tiktok --out videos/ footage/

  # The same in steps
  edit-factory source add footage/
  edit-factory project create Bakery --script bakery.txt
  edit-factory generate Bakery --variants 3 --platform reels
  edit-factory clip export --all --out videos/

  # Is everything there that it needs?
  edit-factory doctor

Exit codes: 0 done, 1 something failed, 2 the arguments make no sense.
With --json, stdout holds exactly one JSON document; an error is {\"error\":{\"code\",\"message\",\"details\"}}.
Things can be named by their name, their id, or the last characters of their id as the lists show it.";

/// Turns footage and a script into finished short videos: spoken, captioned, loud enough, ready to post. On this
/// machine, without an account.
#[derive(Debug, Parser)]
#[command(name = "edit-factory", version, after_help = EXAMPLES, propagate_version = true, max_term_width = 100)]
pub struct Cli {
    /// What holds for every command.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What holds for every command.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Options of every command")]
pub struct Global {
    /// The folder that holds all profiles [default: EDIT_FACTORY_HOME, else the platform's folder for data]
    #[arg(long, global = true, value_name = "DIR")]
    pub home: Option<PathBuf>,
    /// The profile to work in, by name or id [default: the one set with `profile use`, else the last used]
    #[arg(long = "profile", id = "in_profile", global = true, value_name = "NAME_OR_ID")]
    pub profile: Option<String>,
    /// Ask a service at another address than its own (a proxy, a server of yours): elevenlabs, edge, postiz or supabase.
    /// Your keys for it go there. Repeatable
    #[arg(long, global = true, value_name = "NAME=URL")]
    pub endpoint: Vec<String>,
    /// Write exactly one JSON document on stdout, and nothing else there
    #[arg(long, global = true)]
    pub json: bool,
    /// Say more on stderr; twice for even more. The log in the home always has it
    #[arg(short, long, global = true, action = clap::ArgAction::Count, conflicts_with = "quiet")]
    pub verbose: u8,
    /// Say nothing on stderr but errors
    #[arg(short, long, global = true)]
    pub quiet: bool,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make finished videos from footage and scripts: the whole job in one line
    Make(Box<make::Make>),
    /// Make videos of a project
    Generate(make::Generate),
    /// Workspaces, one for each brand: each has its own footage, projects, clips and brand kit
    #[command(subcommand, visible_alias = "profiles")]
    Profile(profile::Profile),
    /// Footage: take files in, list, look at, tag, remove
    #[command(subcommand, visible_alias = "sources")]
    Source(footage::Source),
    /// Jobs: what is being made, what waits, what failed
    #[command(subcommand, visible_alias = "jobs")]
    Job(queue::Job),
    /// Projects: scripts, the footage they may use, the look, the platform
    #[command(subcommand, visible_alias = "projects")]
    Project(project::Project),
    /// Finished videos: list, look at, export, render again
    #[command(subcommand, visible_alias = "clips")]
    Clip(finished::Clip),
    /// The brand kit: logo, intro, outro, title, caption look
    #[command(subcommand)]
    Brand(finished::Brand),
    /// Voices: which there are, and how they sound
    #[command(subcommand, visible_alias = "voices")]
    Voice(finished::Voice),
    /// Keys of paid services, for this profile alone; they go in and never come out
    #[command(subcommand, visible_alias = "credentials")]
    Credential(money::Credential),
    /// How much may be spent in a month, and how much is left
    #[command(subcommand, visible_alias = "quotas")]
    Quota(money::Quota),
    /// What was spent, on what, for which project
    #[command(subcommand, visible_alias = "costs")]
    Cost(money::Cost),
    /// Keep the profile on a Supabase project of yours, for a second machine. Off until you sign in
    #[command(subcommand)]
    Sync(sync::Sync),
    /// Publish clips to the accounts of the brand through Postiz: look, confirm, follow
    #[command(subcommand)]
    Publish(publish::Publish),
    /// The profile's inbox folder: footage put there is taken in
    #[command(subcommand)]
    Inbox(footage::Inbox),
    /// The database of a hosted backend: look at it, make it ready
    #[command(subcommand)]
    Backend(backend::Backend),
    /// Is everything there that a video needs? Each line says what to do
    #[command(after_help = "Ends with 1 when something that is needed is missing.")]
    Doctor,
    /// Print a completion script for a shell
    #[command(
        after_help = "Example:\n  edit-factory completions bash > ~/.local/share/bash-completion/completions/edit-factory"
    )]
    Completions {
        /// Which shell.
        shell: clap_complete::Shell,
    },
}

/// Whether `--json` was given, when the arguments could not be read.
pub fn json_wanted(given: &[OsString]) -> bool {
    given.iter().skip(1).take_while(|a| *a != "--").any(|a| a == "--json")
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn walk(command: &clap::Command, path: &str, visit: &mut dyn FnMut(&clap::Command, &str)) {
        visit(command, path);
        for sub in command.get_subcommands() {
            walk(sub, &format!("{path} {}", sub.get_name()), visit);
        }
    }

    #[test]
    fn the_arguments_are_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_and_every_argument_says_what_it_is() {
        walk(&Cli::command(), "edit-factory", &mut |command, path| {
            assert!(command.get_about().is_some(), "{path} has no help");
            for argument in command.get_arguments() {
                assert!(argument.get_help().is_some(), "{path}: {} has no help", argument.get_id());
            }
        });
    }

    #[test]
    fn json_is_noticed_even_when_the_rest_is_wrong_but_not_after_a_double_dash() {
        let given = |words: &[&str]| json_wanted(&words.iter().map(OsString::from).collect::<Vec<_>>());
        assert!(given(&["edit-factory", "nonsense", "--json"]));
        assert!(!given(&["edit-factory", "source", "add", "--", "--json"]));
        assert!(!given(&["--json"]));
    }
}
