//! Arguments about how videos look and sound, shared by `make` and `project create`.

use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;
use edit_factory_core::captions::style;
use edit_factory_core::render::platform;
use edit_factory_core::speech::words::VoiceId;

/// How the videos look and sound.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Look and sound")]
pub struct Look {
    /// Where the videos will be posted
    #[arg(long, value_parser = platforms(), value_name = "PLATFORM")]
    pub platform: Option<String>,
    /// Caption style [default: the brand's, else the first]
    #[arg(long, value_parser = styles(), value_name = "STYLE", conflicts_with = "no_captions")]
    pub style: Option<String>,
    /// Burn no captions in (the .srt and .vtt are written all the same)
    #[arg(long)]
    pub no_captions: bool,
    /// The voice, as `voice list` shows it (flite:slt) [default: the best installed for the language]
    #[arg(long, value_parser = voice, value_name = "VOICE")]
    pub voice: Option<VoiceId>,
    /// Change of the voice's level, dB
    #[arg(long, default_value_t = 0.0, allow_negative_numbers = true, value_parser = level, value_name = "DB")]
    pub voice_gain: f32,
    /// A music file, played under everything, quieter while somebody speaks
    #[arg(long, value_name = "FILE")]
    pub music: Option<PathBuf>,
    /// Level of the music, dB
    #[arg(long, default_value_t = -12.0, allow_negative_numbers = true, value_parser = level, requires = "music", value_name = "DB")]
    pub music_gain: f32,
    /// Keep the footage's own sound, at this level, dB [default: left out]
    #[arg(long, allow_negative_numbers = true, value_parser = level, value_name = "DB")]
    pub source_sound: Option<f32>,
    /// How footage of another shape fills the frame [default: the platform's]
    #[arg(long, value_enum)]
    pub framing: Option<Framing>,
}

/// How footage of another shape fills the frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Framing {
    /// Cropped around what matters
    Fill,
    /// Whole picture over a blurred copy of itself
    BlurFit,
    /// Whole picture with black bars
    Fit,
}

pub fn platforms() -> PossibleValuesParser {
    PossibleValuesParser::new(platform::all().into_iter().map(|p| p.name))
}

pub fn styles() -> PossibleValuesParser {
    PossibleValuesParser::new(style::all().into_iter().map(|s| s.id))
}

/// "flite:slt".
pub fn voice(text: &str) -> Result<VoiceId, NotAVoice> {
    match text.split_once(':') {
        Some((provider, voice)) if !provider.is_empty() && !voice.is_empty() => {
            Ok(VoiceId { provider: provider.to_owned(), voice: voice.to_owned() })
        }
        _ => Err(NotAVoice),
    }
}

/// The text names no voice.
#[derive(Debug, thiserror::Error)]
#[error("write it as `voice list` shows it, for example flite:slt")]
pub struct NotAVoice;

/// A change of level that makes sense.
fn level(text: &str) -> Result<f32, NotALevel> {
    text.parse().ok().filter(|db| (-60.0..=20.0).contains(db)).ok_or(NotALevel)
}

/// The text is no level.
#[derive(Debug, thiserror::Error)]
#[error("a level is a number of decibels from -60 to 20")]
struct NotALevel;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_voice_has_two_parts_and_a_level_has_limits() {
        assert_eq!(voice("espeak-ng:ro").unwrap().to_string(), "espeak-ng:ro");
        assert!(["slt", ":slt", "flite:", ""].iter().all(|t| voice(t).is_err()));
        assert!((level("-3.5").unwrap() + 3.5).abs() < f32::EPSILON);
        assert!(["loud", "nan", "inf", "-61", "21", ""].iter().all(|t| level(t).is_err()));
    }
}
