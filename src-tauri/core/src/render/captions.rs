//! What is written over a planned video, for a preview that draws it with the same libass: the ASS text of the whole
//! timeline, and the fonts it names.

use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;
use ts_rs::TS;

use super::inputs::{self, Inputs};
use super::{RenderError, chunk, make};
use crate::captions::{fonts, style};
use crate::profile::Profile;
use crate::variants::timeline::Timeline;

/// Captions and title of a planned video.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CaptionText {
    /// The ASS document; without a `Dialogue` line when nothing is written.
    pub ass: String,
    /// File names of the bundled fonts it names.
    pub fonts: Vec<String>,
}

/// The text that a render burns in. `clean` leaves the title out, so that the captions can be seen alone.
///
/// # Errors
/// [`RenderError`] when the timeline cannot be rendered, or its logo, which the title keeps clear of, cannot be read.
pub async fn of(
    profile: &Profile,
    mut timeline: Timeline,
    clean: bool,
    cancel: &CancellationToken,
) -> Result<CaptionText, RenderError> {
    let platform = make::platform_of(&timeline)?;
    if clean {
        timeline.hook_title = None;
    }
    let logo = match &timeline.logo {
        Some(logo) if timeline.hook_title.is_some() => Some(inputs::logo(profile, &logo.file, cancel).await?),
        _ => None,
    };
    let ass = chunk::whole(&timeline, &make::canvas(&timeline, &platform), &Inputs { logo, ..Inputs::default() });
    // The title of a video without captions is set in the first style.
    let style = timeline.caption_style.clone().or_else(|| style::all().into_iter().next());
    let fonts = style.map(|style| fonts::file_of(&style.font).to_owned()).into_iter().collect();
    Ok(CaptionText { ass, fonts })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captions::cut::cut;
    use crate::captions::testing::spoken;
    use crate::render::bench;
    use crate::testkit;
    use crate::variants::timeline::HookTitle;

    #[tokio::test]
    async fn the_preview_gets_the_very_text_that_is_burned_in() {
        let bench = testkit::bench();
        let mut timeline = bench::timeline(&[60]);
        let style = style::by_id("bold-pop").unwrap();
        let canvas = bench::canvas(&timeline);
        timeline.captions = cut(&spoken(&["Pâinea este gata"]), &style, &canvas.frame);
        timeline.captions.retain(|cue| cue.end_ms <= 2000);
        timeline.caption_style = Some(style);
        timeline.hook_title = Some(HookTitle { text: "Fresh".into(), show_ms: 1000 });
        let burned = chunk::cut(&timeline, &canvas, &bench::inputs(&timeline)).remove(0).ass.unwrap();
        let cancel = CancellationToken::new();
        let shown = of(&bench.profile, timeline.clone(), false, &cancel).await.unwrap();
        assert_eq!(shown.ass, burned);
        let says = |text: &CaptionText, word: &str| text.ass.to_lowercase().contains(word);
        assert!(says(&shown, "fresh") && says(&shown, "este"));
        for font in &shown.fonts {
            assert!(bench.profile.folder().fonts().join(font).is_file(), "{font}");
        }
        let clean = of(&bench.profile, timeline, true, &cancel).await.unwrap();
        assert!(!says(&clean, "fresh") && says(&clean, "este"));
    }
}
