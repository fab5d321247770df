//! Arguments of `make` and `generate`.

use std::path::PathBuf;

use clap::{ArgGroup, Args};
use edit_factory_core::generate::MOST_VARIANTS;

use super::look;

const EXAMPLES: &str = "\
Examples:
  edit-factory make --script bakery.txt --variants 3 --platform tiktok --out videos/ footage/
  edit-factory make --csv scripts.csv --variants 2 --out videos/ --name \"{script}-{platform}-{variant}\" a.mp4 b.mov
  edit-factory make --script words.txt --recording my-voice.wav --variants 1 --out videos/ footage/

Every video comes with its .srt, .vtt and .json (the receipt: shots, words, voice, loudness, hashes).
What is made before a stop is kept; the same command goes on from there.";

/// How many, and which.
#[derive(Debug, Clone, Args)]
pub struct HowMany {
    /// How many different videos of each script
    #[arg(long, short = 'n', default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=i64::from(MOST_VARIANTS)))]
    pub variants: u32,
    /// The same seed, footage and script give the same videos
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Leave out shots that were published in the last so many days, or are about to be, as far as there are others
    #[arg(long, value_name = "DAYS")]
    pub avoid_published: Option<u32>,
    /// How many jobs at once
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=64))]
    pub at_once: u8,
}

/// The whole job in one line.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, group(ArgGroup::new("scripts").required(true).multiple(true).args(["script", "script_dir", "csv"])))]
pub struct Make {
    /// A script: a text or Markdown file; may be repeated
    #[arg(long, value_name = "FILE")]
    pub script: Vec<PathBuf>,
    /// A folder of scripts
    #[arg(long, value_name = "DIR")]
    pub script_dir: Option<PathBuf>,
    /// A table of scripts (columns: name, text, tags)
    #[arg(long, value_name = "FILE")]
    pub csv: Option<PathBuf>,
    #[command(flatten)]
    pub how_many: HowMany,
    /// Where the videos go; made when missing
    #[arg(long, short, value_name = "DIR")]
    pub out: PathBuf,
    /// Names of the videos, from {script}, {variant}, {platform}, {date}, {profile}
    #[arg(long, value_name = "TEMPLATE", default_value = edit_factory_core::script::naming::DEFAULT_TEMPLATE)]
    pub name: String,
    /// Language of the scripts, as ISO 639-1 (en, ro) [default: found out]
    #[arg(long)]
    pub language: Option<String>,
    /// Your own narration of the one script (WAV or MP3), in place of a voice
    #[arg(long, value_name = "FILE", conflicts_with_all = ["voice", "script_dir", "csv"])]
    pub recording: Option<PathBuf>,
    /// Leave the footage where it is and refer to it, instead of copying it into the profile
    #[arg(long)]
    pub in_place: bool,
    /// A tag for all of the footage; may be repeated
    #[arg(long = "tag", value_name = "TAG")]
    pub tags: Vec<String>,
    #[command(flatten)]
    pub look: look::Look,
    /// Video files, and folders with video files in them
    #[arg(required = true, value_name = "FOOTAGE")]
    pub footage: Vec<PathBuf>,
}

/// Videos of a project.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  edit-factory generate Bakery --variants 5 --platform reels --seed 7")]
pub struct Generate {
    /// The project's name or id
    #[arg(value_name = "PROJECT")]
    pub which: String,
    #[command(flatten)]
    pub how_many: HowMany,
    /// Where the videos will be posted [default: the project's]
    #[arg(long, value_parser = look::platforms(), value_name = "PLATFORM")]
    pub platform: Option<String>,
    /// Only this script of the project; may be repeated
    #[arg(long = "script", value_name = "SCRIPT")]
    pub scripts: Vec<String>,
    /// Do not wait: the videos stay in the queue, for `job run` or the window
    #[arg(long)]
    pub queue: bool,
}
