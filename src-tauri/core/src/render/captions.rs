//! What is written over a planned video, for a preview that draws it with the same libass: the ASS text of the whole
//! timeline, and the fonts it names.

use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;
use ts_rs::TS;

use super::inputs::{self, Inputs};
use super::{RenderError, chunk, make};
use crate::captions::cue::Cue;
use crate::captions::edits::{self, CaptionEdits};
use crate::captions::{cut, fonts, style};
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

/// The captions of a planned video with the edits that were made since, so that they are seen at once. As planned when
/// the script says something else by now: then the plan is old, and another one is on its way.
#[must_use]
pub fn edited(timeline: &Timeline, sentences: &[String], edits: &CaptionEdits) -> Vec<Cue> {
    let planned = || timeline.captions.clone();
    let (Some(style), Ok(platform)) = (&timeline.caption_style, make::platform_of(timeline)) else { return planned() };
    let spoken = timeline.words.iter().map(|w| w.sentence + 1).max().unwrap_or(0);
    let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let same = spoken == sentences.len()
        && sentences.iter().enumerate().all(|(number, sentence)| {
            let words = timeline.words.iter().filter(|w| w.sentence == number);
            words.flat_map(|w| letters(&w.text).chars().collect::<Vec<_>>()).eq(letters(sentence).chars())
        });
    if !same {
        return planned();
    }
    edits::apply(cut::cut(&timeline.words, style, &make::canvas(timeline, &platform).frame), sentences, edits)
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

    #[test]
    fn an_edit_of_the_captions_is_seen_before_it_is_planned() {
        use crate::captions::edits::{Change, Edit};
        let mut timeline = bench::timeline(&[60]);
        let style = style::by_id("bold-pop").unwrap();
        let texts = ["Pâinea este gata", "Ușa e deschisă"];
        timeline.words = spoken(&texts);
        timeline.captions = cut(&timeline.words, &style, &bench::canvas(&timeline).frame);
        timeline.caption_style = Some(style);
        let sentences = texts.map(str::to_owned);
        assert_eq!(edited(&timeline, &sentences, &CaptionEdits::default()), timeline.captions);
        let change = Change::Text { text: "caldă".into() };
        let edit = Edit { sentence: texts[0].into(), occurrence: 0, first: 2, last: 2, change };
        let edits = CaptionEdits { edits: vec![edit] };
        let shown = edited(&timeline, &sentences, &edits);
        let says = |cues: &[Cue], word: &str| cues.iter().flat_map(|c| &c.words).any(|w| w.text == word);
        assert!(says(&shown, "caldă") && !says(&shown, "gata"), "{shown:#?}");
        // Other words are spoken by now: what was planned stays until they are.
        let other = ["Pâinea nu este gata".to_owned(), texts[1].to_owned()];
        assert_eq!(edited(&timeline, &other, &edits), timeline.captions);
        assert_eq!(edited(&timeline, &sentences[..1], &edits), timeline.captions);
    }

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
