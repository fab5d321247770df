//! Arguments of `source` and `inbox`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::look::Framing;

/// What to do with footage.
#[derive(Debug, Subcommand)]
pub enum Source {
    /// Take files and folders in and look for their shots
    #[command(
        after_help = "Examples:\n  edit-factory source add oven.mp4 street/ --tag bakery\n  edit-factory source add --in-place /mnt/archive/2026\n\nNames of folders become tags. A file that is here already is not taken twice."
    )]
    Add {
        /// Video files, and folders with video files in them
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// Leave the files where they are and refer to them, instead of copying them in
        #[arg(long)]
        in_place: bool,
        /// A tag for all of them; may be repeated
        #[arg(long = "tag", value_name = "TAG")]
        tags: Vec<String>,
        /// Do not wait: looking for shots stays in the queue, for `job run` or the window
        #[arg(long)]
        queue: bool,
    },
    /// List the footage, newest first
    #[command(visible_alias = "ls")]
    List {
        /// Only footage with this tag; may be repeated
        #[arg(long = "tag", value_name = "TAG")]
        tags: Vec<String>,
        /// Only footage whose name has this in it
        #[arg(long, value_name = "TEXT")]
        name: Option<String>,
    },
    /// Show a source and its shots
    Show(Which),
    /// Add tags to a source, or take them away
    #[command(after_help = "Example:\n  edit-factory source tag oven.mp4 bread warm --remove street")]
    Tag {
        #[command(flatten)]
        which: Which,
        /// Tags to add
        #[arg(value_name = "TAG", required_unless_present = "remove")]
        add: Vec<String>,
        /// A tag to take away; may be repeated
        #[arg(long, value_name = "TAG")]
        remove: Vec<String>,
    },
    /// Set how a source fills a frame of another shape
    Framing {
        #[command(flatten)]
        which: Which,
        /// How; `project` leaves it to the project and the platform
        #[arg(value_enum)]
        framing: SourceFraming,
        /// With `fill`: what to crop around, across, 0 left to 1 right
        #[arg(long, default_value_t = 0.5, value_parser = share)]
        x: f32,
        /// With `fill`: what to crop around, down, 0 top to 1 bottom
        #[arg(long, default_value_t = 0.5, value_parser = share)]
        y: f32,
    },
    /// Take a source off the list; videos made of it stay
    Remove(Which),
}

/// A source.
#[derive(Debug, Args)]
pub struct Which {
    /// The source's name or id
    #[arg(value_name = "SOURCE")]
    pub which: String,
}

/// How a source fills a frame of another shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum SourceFraming {
    /// As the project and the platform say
    Project,
    /// Cropped around what matters
    Fill,
    /// Whole picture over a blurred copy of itself
    BlurFit,
    /// Whole picture with black bars
    Fit,
}

impl SourceFraming {
    /// Without the project's.
    pub fn of_its_own(self) -> Option<Framing> {
        match self {
            Self::Project => None,
            Self::Fill => Some(Framing::Fill),
            Self::BlurFit => Some(Framing::BlurFit),
            Self::Fit => Some(Framing::Fit),
        }
    }
}

/// A share from 0 to 1.
pub fn share(text: &str) -> Result<f32, NotAShare> {
    text.parse().ok().filter(|share| (0.0..=1.0).contains(share)).ok_or(NotAShare)
}

/// The text is no share.
#[derive(Debug, thiserror::Error)]
#[error("write a number from 0 to 1")]
pub struct NotAShare;

/// What to do with the inbox.
#[derive(Debug, Subcommand)]
pub enum Inbox {
    /// Take in what is put into the profile's inbox folder, and work through the queue, until Ctrl-C
    #[command(after_help = "A file that stopped growing is imported and then leaves the inbox.")]
    Watch {
        /// How many jobs at once
        #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=64))]
        at_once: u8,
    },
}
