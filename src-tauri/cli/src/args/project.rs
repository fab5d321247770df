//! Arguments of `project`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::look::Look;

/// What to do with projects.
#[derive(Debug, Subcommand)]
pub enum Project {
    /// Make a project
    #[command(
        after_help = "Example:\n  edit-factory project create Bakery --script morning.txt --script evening.txt --platform reels"
    )]
    Create {
        /// Its name
        name: String,
        /// A script: a text or Markdown file, a folder of them, or a CSV (name, text, tags); may be repeated
        #[arg(long = "script", value_name = "PATH")]
        scripts: Vec<PathBuf>,
        /// A source it may use; may be repeated [default: all of the profile]
        #[arg(long = "source", value_name = "SOURCE")]
        sources: Vec<String>,
        /// Language of the scripts, as ISO 639-1 (en, ro) [default: found out]
        #[arg(long)]
        language: Option<String>,
        #[command(flatten)]
        look: Look,
    },
    /// List the projects, the newest first
    #[command(visible_alias = "ls")]
    List,
    /// Show a project: its look, its scripts, the sources it may use
    Show(Which),
    /// Take a project off the list; its clips stay
    Remove(Which),
    /// Scripts of a project: add, change
    #[command(subcommand)]
    Script(Script),
}

/// What to do with scripts.
#[derive(Debug, Subcommand)]
pub enum Script {
    /// Add scripts to a project
    #[command(
        after_help = "Examples:\n  edit-factory project script add Bakery evening.md\n  edit-factory project script add Bakery my-words.txt --recording my-voice.wav"
    )]
    Add {
        #[command(flatten)]
        which: Which,
        /// Text or Markdown files, folders of them, or CSV tables (name, text, tags)
        #[arg(required = true, value_name = "PATH")]
        scripts: Vec<PathBuf>,
        /// Language of the scripts, as ISO 639-1 (en, ro) [default: found out]
        #[arg(long)]
        language: Option<String>,
        /// Your own narration of the script (WAV or MP3), in place of a voice
        #[arg(long, value_name = "FILE")]
        recording: Option<PathBuf>,
    },
    /// Change a script's text; pins and caption edits stay with the sentences that stay
    Set {
        #[command(flatten)]
        which: Which,
        /// The script's name or id
        #[arg(value_name = "SCRIPT")]
        script: String,
        /// A text or Markdown file
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Language, as ISO 639-1 (en, ro) [default: found out]
        #[arg(long)]
        language: Option<String>,
    },
}

/// A project.
#[derive(Debug, Args)]
pub struct Which {
    /// The project's name or id
    #[arg(value_name = "PROJECT")]
    pub which: String,
}
