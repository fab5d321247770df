//! What each platform takes, read from `assets/publishing.json`, which says where and when each figure was read.
//!
//! What our own renders aim at is another file ([`crate::render::platform`]); what is here may be wider, and holds for any file.

use serde::Deserialize;

use crate::render::platform::{self, Platform, SourceNote};

/// From where to where; `None` for no end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Range {
    /// Refused below.
    pub least: Option<f64>,
    /// Refused above.
    pub most: Option<f64>,
    /// Told below.
    pub good_least: Option<f64>,
    /// Told above.
    pub good_most: Option<f64>,
}

/// What a platform levels sound to.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// Integrated loudness, LUFS.
    pub lufs: f64,
    /// Told when it is further away, LU.
    pub within_lu: f64,
    /// Told when true peaks are higher, dBTP.
    pub peak_dbtp: f64,
}

/// How a platform counts the length of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Counted {
    /// Unicode characters.
    Characters,
    /// UTF-16 units: most emoji count two.
    Utf16,
    /// UTF-8 bytes: "ă" counts two.
    Bytes,
    /// What a reader takes for one character.
    Graphemes,
}

/// What a caption may be.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaptionRule {
    /// How its length is counted.
    pub counted: Counted,
    /// Longest.
    pub most: u32,
    /// Longest that every account may post.
    #[serde(default)]
    pub good_most: Option<u32>,
    /// Most hashtags.
    #[serde(default)]
    pub most_hashtags: Option<u32>,
    /// Most hashtags that count.
    #[serde(default)]
    pub good_hashtags: Option<u32>,
    /// What may not stand in it.
    #[serde(default)]
    pub forbidden: Vec<String>,
}

/// What one platform takes.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figures {
    /// Its name for people.
    pub name: String,
    /// Postiz's names for it.
    pub posts_as: Vec<String>,
    /// Our platforms whose videos suit it, the best first.
    pub renders: Vec<String>,
    /// File formats.
    pub containers: Vec<String>,
    /// Picture codecs, as ffprobe names them.
    pub codecs: Vec<String>,
    /// Profiles of H.264, as ffprobe names them.
    pub h264_profiles: Vec<String>,
    /// Pixel formats, as ffprobe names them; empty for any.
    pub pixel_formats: Vec<String>,
    /// Sound codecs.
    pub sound: Vec<String>,
    /// Each side of the picture, pixels.
    pub side: Range,
    /// Width over height.
    pub ratio: Range,
    /// Length.
    pub seconds: Range,
    /// Frames a second.
    pub fps: Range,
    /// Size of the file.
    pub bytes: Range,
    /// Most kilobits a second.
    #[serde(default)]
    pub most_kbps: Option<u32>,
    /// Loudness.
    pub loudness: Level,
    /// Captions of posts.
    pub caption: CaptionRule,
    /// Length of a story, where there are stories.
    #[serde(default)]
    pub story: Option<Range>,
    /// Where the figures come from.
    pub sources: Vec<SourceNote>,
}

impl Figures {
    /// The platform of ours a new render is made for: one of this shape, else the best.
    #[must_use]
    pub fn render_for(&self, width: u32, height: u32) -> Option<Platform> {
        let ratio = |w: u32, h: u32| f64::from(w) / f64::from(h.max(1));
        let ours: Vec<Platform> = self.renders.iter().filter_map(|name| platform::by_name(name)).collect();
        let same = ours.iter().find(|p| (ratio(p.width, p.height) - ratio(width, height)).abs() < 0.01);
        same.or(ours.first()).cloned()
    }
}

/// What is known of a platform.
#[derive(Debug, Clone, PartialEq)]
pub enum Known {
    /// Its figures.
    Figures(Box<Figures>),
    /// It wants things of a post that this program does not have.
    Unsupported,
    /// Nothing.
    Nothing,
}

#[derive(Deserialize)]
struct DataFile {
    unsupported: Vec<String>,
    platforms: Vec<Figures>,
}

fn file() -> DataFile {
    // The file is part of the program and a test reads it, so an unreadable one cannot be shipped; then nothing is known
    // of any platform, which is said.
    match serde_json::from_str(include_str!("../../../../../assets/publishing.json")) {
        Ok(file) => file,
        Err(error) => {
            tracing::error!(%error, "assets/publishing.json does not read");
            DataFile { unsupported: Vec::new(), platforms: Vec::new() }
        }
    }
}

/// What is known of a platform by Postiz's name for it.
#[must_use]
pub fn of_platform(identifier: &str) -> Known {
    let file = file();
    if file.unsupported.iter().any(|name| name == identifier) {
        return Known::Unsupported;
    }
    let found = file.platforms.into_iter().find(|p| p.posts_as.iter().any(|name| name == identifier));
    found.map_or(Known::Nothing, |figures| Known::Figures(Box::new(figures)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_platform_says_where_and_when_its_figures_were_read() {
        let all = file().platforms;
        assert!(all.len() >= 8);
        for figures in all {
            assert!(!figures.sources.is_empty() && !figures.posts_as.is_empty(), "{}", figures.name);
            for note in figures.sources {
                assert!(note.read.parse::<jiff::civil::Date>().is_ok(), "{}: {}", figures.name, note.read);
                assert!(!note.what.is_empty() && !note.place.is_empty(), "{}", figures.name);
            }
        }
    }

    #[test]
    fn limits_are_in_order_and_what_is_good_lies_within_them() {
        for figures in file().platforms {
            for range in [figures.side, figures.ratio, figures.seconds, figures.fps, figures.bytes] {
                let known = [range.least, range.good_least, range.good_most, range.most];
                let known: Vec<f64> = known.into_iter().flatten().collect();
                assert!(known.is_sorted(), "{}: {range:?}", figures.name);
            }
            let rule = &figures.caption;
            assert!(rule.good_most.is_none_or(|good| good < rule.most), "{}", figures.name);
            assert!(!figures.codecs.is_empty() && !figures.containers.is_empty(), "{}", figures.name);
        }
    }

    #[test]
    fn what_our_own_renders_make_is_taken_by_every_platform_they_are_for() {
        for figures in file().platforms {
            assert!(!figures.renders.is_empty(), "{}", figures.name);
            for name in &figures.renders {
                let ours = platform::by_name(name).unwrap_or_else(|| panic!("{}: {name}", figures.name));
                let within = |value: f64, range: Range| {
                    range.least.is_none_or(|least| value >= least) && range.most.is_none_or(|most| value <= most)
                };
                let (w, h) = (f64::from(ours.width), f64::from(ours.height));
                assert!(within(w, figures.side) && within(h, figures.side), "{}: {name}", figures.name);
                assert!(within(w / h, figures.ratio), "{}: {name}", figures.name);
                assert!(within(f64::from(ours.fps), figures.fps), "{}: {name}", figures.name);
                assert!(figures.most_kbps.is_none_or(|most| ours.video.maxrate_kbps <= most), "{name}");
                assert!((ours.loudness.lufs - figures.loudness.lufs).abs() <= figures.loudness.within_lu, "{name}");
            }
        }
    }

    #[test]
    fn a_new_render_keeps_the_shape_of_the_video_where_the_platform_takes_it() {
        let name = |identifier: &str, width, height| {
            let Known::Figures(figures) = of_platform(identifier) else { panic!("{identifier}") };
            figures.render_for(width, height).unwrap().name
        };
        assert_eq!(name("tiktok", 1080, 1920), "tiktok");
        assert_eq!(name("tiktok", 1920, 1080), "tiktok");
        assert_eq!(name("youtube", 1080, 1920), "shorts");
        assert_eq!(name("youtube", 1920, 1080), "landscape");
        assert_eq!(name("instagram-standalone", 1080, 1350), "portrait45");
        assert_eq!(name("linkedin", 270, 480), "reels");
    }

    #[test]
    fn platforms_that_want_more_than_a_video_and_a_text_are_not_taken_for_ones_that_do_not() {
        assert_eq!(of_platform("reddit"), Known::Unsupported);
        assert_eq!(of_platform("mastodon"), Known::Nothing);
    }
}
