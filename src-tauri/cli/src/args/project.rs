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
    /// Choose the shot of a sentence by hand; without a shot, list what is chosen
    #[command(
        after_help = "Example:\n  edit-factory project pin Bakery --sentence 2 --shot 4f1c09ab\n  edit-factory project pin Bakery --sentence 2 --remove\n\n`source show` lists shots; `project caption` lists sentences."
    )]
    Pin(Box<Pin>),
    /// Change captions by hand; without a change, list sentences, words and changes
    #[command(
        after_help = "Examples:\n  edit-factory project caption Bakery\n  edit-factory project caption Bakery --sentence 1 --words 2-3 --text \"sourdough\"\n  edit-factory project caption Bakery --sentence 1 --words 1 --place 0.5,0.3\n\nChanges stay when the videos are planned again, as long as the sentence stays."
    )]
    Caption(Box<Caption>),
}

/// Which script of a project.
#[derive(Debug, Args)]
pub struct OfScript {
    /// The project's name or id
    #[arg(value_name = "PROJECT")]
    pub which: String,
    /// The script's name or id; needed when the project has several
    #[arg(long, value_name = "SCRIPT")]
    pub script: Option<String>,
}

/// A shot chosen by hand.
#[derive(Debug, Args)]
pub struct Pin {
    #[command(flatten)]
    pub of: OfScript,
    /// Which sentence, from 1
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..), requires = "change")]
    pub sentence: Option<u32>,
    /// Which cut inside the sentence, from 1
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub part: u32,
    /// Which video, from 1
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub variant: u32,
    /// The shot's id, or its last characters
    #[arg(long, group = "change", requires = "sentence")]
    pub shot: Option<String>,
    /// Leave the place to the plan again
    #[arg(long, group = "change", requires = "sentence")]
    pub remove: bool,
}

/// A change of captions.
#[derive(Debug, Args)]
pub struct Caption {
    #[command(flatten)]
    pub of: OfScript,
    /// Which sentence, from 1
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..), requires = "change")]
    pub sentence: Option<u32>,
    /// Which words of it, from 1: `3`, or `2-4` [default: all]
    #[arg(long, value_parser = words, requires = "sentence", value_name = "N|N-M")]
    pub words: Option<(u32, u32)>,
    /// Show this text instead; empty shows nothing
    #[arg(long, group = "change", requires = "sentence")]
    pub text: Option<String>,
    /// Draw them in the emphasis colour
    #[arg(long, group = "change", requires = "sentence", value_enum, value_name = "ON|OFF")]
    pub emphasis: Option<Switch>,
    /// Start a new caption before the first of them
    #[arg(long, group = "change", requires = "sentence", value_enum, value_name = "ON|OFF")]
    pub cue_break: Option<Switch>,
    /// End the line after the last of them
    #[arg(long, group = "change", requires = "sentence", value_enum, value_name = "ON|OFF")]
    pub line_break: Option<Switch>,
    /// Where the middle of the caption stands, as shares of the frame: X,Y; or `style`
    #[arg(long, group = "change", requires = "sentence", value_parser = place, value_name = "X,Y|style")]
    pub place: Option<Where>,
    /// Forget all changes of the sentence; without --sentence, of the whole script
    #[arg(long, group = "change", conflicts_with = "words")]
    pub clear: bool,
}

/// On or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Switch {
    /// On
    On,
    /// Off
    Off,
}

/// Where a caption stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Where {
    /// Where the style puts it.
    Style,
    /// Across and down, shares of the frame.
    At(f32, f32),
}

/// The text names no place.
#[derive(Debug, thiserror::Error)]
#[error("write two numbers from 0 to 1, such as 0.5,0.3, or the word style")]
pub struct NotAPlace;

fn place(text: &str) -> Result<Where, NotAPlace> {
    if text == "style" {
        return Ok(Where::Style);
    }
    let (x, y) = text.split_once(',').ok_or(NotAPlace)?;
    match (super::footage::share(x.trim()), super::footage::share(y.trim())) {
        (Ok(x), Ok(y)) => Ok(Where::At(x, y)),
        _ => Err(NotAPlace),
    }
}

/// The text names no words.
#[derive(Debug, thiserror::Error)]
#[error("write the number of a word, from 1, or of the first and the last, such as 2-4")]
pub struct NotWords;

fn words(text: &str) -> Result<(u32, u32), NotWords> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let number = |t: &str| t.trim().parse().ok().filter(|n| *n > 0);
    match (number(first), number(last)) {
        (Some(first), Some(last)) if first <= last => Ok((first, last)),
        _ => Err(NotWords),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_places_are_read_as_they_are_written() {
        assert_eq!([words("3").unwrap(), words("2-4").unwrap()], [(3, 3), (2, 4)]);
        assert!(["", "0", "4-2", "a", "1-"].iter().all(|t| words(t).is_err()));
        assert_eq!([place("style").unwrap(), place("0.5, 0.25").unwrap()], [Where::Style, Where::At(0.5, 0.25)]);
        assert!(["", "0.5", "2,0", "nan,0", "up"].iter().all(|t| place(t).is_err()));
    }
}
