//! Is this ffmpeg fit for the work? Asked once before a render, so that a missing part is told before minutes are spent.

use std::collections::BTreeSet;

use tokio_util::sync::CancellationToken;

use super::RenderError;
use crate::args;
use crate::ffmpeg::{ToolError, Toolbox};

/// The oldest version that has what we use (`alimiter` with latency compensation).
pub const OLDEST: (u32, u32) = (5, 1);

/// Filters no render can do without, and what each is for.
pub const NEEDED: [(&str, &str); 16] = [
    ("fps", "an even frame rate"),
    ("tpad", "whole chunks"),
    ("scale", "sizes"),
    ("crop", "framing"),
    ("setfield", "even chunks"),
    ("sidedata", "even chunks"),
    ("overlay", "logo and blurred background"),
    ("boxblur", "blurred background"),
    ("ass", "captions (libass)"),
    ("bwdif", "interlaced footage"),
    ("zscale", "HDR footage (libzimg)"),
    ("tonemap", "HDR footage"),
    ("ebur128", "loudness"),
    ("alimiter", "loudness"),
    ("sidechaincompress", "music under the voice"),
    ("amix", "sound"),
];

/// What an ffmpeg is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// As it calls itself ("5.1.9-0+deb12u1").
    pub version: String,
    /// The number in that; `None` for builds named after a commit, which are taken to be new.
    pub number: Option<(u32, u32)>,
    /// The names of its filters.
    pub filters: BTreeSet<String>,
    /// It has x264.
    pub x264: bool,
}

impl Facts {
    /// Reads what `-version`, `-filters` and `-encoders` print.
    #[must_use]
    pub fn parse(version: &str, filters: &str, encoders: &str) -> Self {
        let version = version
            .lines()
            .find_map(|l| l.strip_prefix("ffmpeg version "))
            .and_then(|l| l.split_whitespace().next())
            .unwrap_or("unknown")
            .to_owned();
        let number = {
            let mut parts = version.trim_start_matches('n').split(|c: char| !c.is_ascii_digit());
            match (parts.next().map(str::parse), parts.next().map(str::parse)) {
                (Some(Ok(major)), Some(Ok(minor))) => Some((major, minor)),
                (Some(Ok(major)), _) => Some((major, 0)),
                _ => None,
            }
        };
        // " TSC name   A->A  what it does": the second word, on lines that say what goes in and out.
        let filters = filters
            .lines()
            .filter(|line| line.contains("->"))
            .filter_map(|line| line.split_whitespace().nth(1).map(str::to_owned))
            .collect();
        let x264 = encoders.lines().any(|line| line.split_whitespace().nth(1) == Some("libx264"));
        Self { version, number, filters, x264 }
    }

    /// What it lacks, in words; empty when it is fit.
    #[must_use]
    pub fn lacks(&self) -> Vec<String> {
        let mut lacks = Vec::new();
        if self.number.is_some_and(|n| n < OLDEST) {
            lacks.push(format!("it is version {}, and {}.{} or newer is needed", self.version, OLDEST.0, OLDEST.1));
        }
        if !self.x264 {
            lacks.push("it has no libx264, the H.264 encoder".into());
        }
        for (filter, what) in NEEDED {
            if !self.filters.contains(filter) {
                lacks.push(format!("it has no filter \"{filter}\" ({what})"));
            }
        }
        lacks
    }

    /// # Errors
    /// [`RenderError::Unfit`] when it lacks anything.
    pub fn check(&self) -> Result<(), RenderError> {
        let lacks = self.lacks();
        if lacks.is_empty() { Ok(()) } else { Err(RenderError::Unfit { version: self.version.clone(), lacks }) }
    }
}

/// Asks an ffmpeg what it is.
///
/// # Errors
/// [`ToolError`].
pub async fn facts(tools: &Toolbox, cancel: &CancellationToken) -> Result<Facts, ToolError> {
    let ask = async |what: &str| {
        let output = tools.ffmpeg(&args![what], cancel).await?;
        Ok::<_, ToolError>(String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let (version, filters, encoders) = tokio::join!(ask("-version"), ask("-filters"), ask("-encoders"));
    Ok(Facts::parse(&version?, &filters?, &encoders?))
}

/// The x264 that made a file, from the note it leaves in the first frame ("core 164 r3095 baee400"); `None` for other
/// encoders.
#[must_use]
pub fn x264_version(bytes: &[u8]) -> Option<String> {
    let mark = b"x264 - core ";
    let at = bytes.windows(mark.len()).position(|w| w == mark)? + mark.len();
    let rest = bytes.get(at..at + 80)?;
    let text: String =
        rest.iter().take_while(|b| b.is_ascii_graphic() || **b == b' ').map(|b| char::from(*b)).collect();
    Some(format!("core {}", text.split(" - ").next()?.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILTERS: &str = "Filters:\n  T.. = Timeline support\n ... ass   V->V  Render ASS\n TSC scale V->V  Scale.\n";

    #[test]
    fn versions_are_read_however_a_build_names_itself() {
        let number = |line: &str| Facts::parse(line, "", "").number;
        assert_eq!(number("ffmpeg version 5.1.9-0+deb12u1 Copyright"), Some((5, 1)));
        assert_eq!(number("ffmpeg version n7.1 Copyright"), Some((7, 1)));
        assert_eq!(number("ffmpeg version 8 Copyright"), Some((8, 0)));
        assert_eq!(number("ffmpeg version N-117000-gabc Copyright"), None);
    }

    #[test]
    fn what_an_ffmpeg_lacks_is_said_with_what_it_is_for() {
        let facts = Facts::parse("ffmpeg version 4.4.2 Copyright", FILTERS, " V..... libx264  H.264\n");
        let lacks = facts.lacks();
        assert!(lacks[0].contains("4.4.2") && lacks[0].contains("5.1"), "{lacks:?}");
        assert!(lacks.iter().any(|l| l.contains("sidechaincompress")) && !lacks.iter().any(|l| l.contains("\"ass\"")));
        assert!(matches!(facts.check(), Err(RenderError::Unfit { .. })));
    }

    #[tokio::test]
    async fn this_machines_ffmpeg_is_fit() {
        let facts = facts(&Toolbox::new(crate::testkit::tools()), &CancellationToken::new()).await.unwrap();
        assert_eq!(facts.lacks(), Vec::<String>::new());
    }

    #[test]
    fn the_version_of_x264_is_found_in_a_file() {
        let mut file = vec![0; 50];
        file.extend_from_slice(
            b"x264 - core 164 r3095 baee400 - H.264/MPEG-4 AVC codec - Copyleft 2003-2022 - http: more more",
        );
        assert_eq!(x264_version(&file).as_deref(), Some("core 164 r3095 baee400"));
        assert_eq!(x264_version(b"nothing"), None);
    }
}
