//! `brand`: the brand kit.

use edit_factory_core::api::{BrandSet, BrandShow};
use edit_factory_core::brand::{Brand as Kit, BrandPatch, Change};
use edit_factory_core::error::Failure;

use crate::args::finished::{self, Brand, BrandPart};
use crate::output::Outcome;
use crate::session::Session;
use crate::table::{length, plain};

pub async fn run(session: &mut Session, what: Brand) -> Result<Outcome, Failure> {
    session.choose_profile()?;
    let kit = match what {
        Brand::Show => session.caller.ask(BrandShow {}).await?,
        Brand::Set(given) => session.caller.ask(BrandSet { patch: patch(*given) }).await?,
    };
    Outcome::new(&kit, described(&kit))
}

fn patch(given: finished::BrandSet) -> BrandPatch {
    fn change<T>(clear: &[BrandPart], part: BrandPart, set: Option<T>) -> Change<T> {
        match set {
            Some(value) => Change::Set(value),
            None if clear.contains(&part) => Change::Clear,
            None => Change::Keep,
        }
    }
    let clear = given.clear.as_slice();
    BrandPatch {
        logo: change(clear, BrandPart::Logo, given.logo),
        logo_corner: given.logo_corner.map(Into::into),
        logo_width: given.logo_width,
        logo_opacity: given.logo_opacity,
        intro: change(clear, BrandPart::Intro, given.intro),
        outro: change(clear, BrandPart::Outro, given.outro),
        hook_title: change(clear, BrandPart::HookTitle, given.hook_title),
        hook_title_ms: given.hook_title_ms,
        caption_style: change(clear, BrandPart::CaptionStyle, given.caption_style),
        text_colour: change(clear, BrandPart::TextColour, given.text_colour),
        highlight_colour: change(clear, BrandPart::HighlightColour, given.highlight_colour),
        emphasis_colour: change(clear, BrandPart::EmphasisColour, given.emphasis_colour),
        outline_colour: change(clear, BrandPart::OutlineColour, given.outline_colour),
        font: change(clear, BrandPart::Font, given.font),
    }
}

fn described(kit: &Kit) -> String {
    let none = || "none".to_owned();
    let own = || "the style's own".to_owned();
    let logo = kit.logo.as_ref().map_or_else(none, |l| {
        format!(
            "{}, {:?}, {:.0}% wide, {:.0}% solid",
            l.file.path.file_name(),
            l.corner,
            l.width * 100.0,
            l.opacity * 100.0
        )
    });
    let video = |v: &Option<edit_factory_core::brand::BrandVideo>| {
        v.as_ref().map_or_else(none, |v| format!("{}, {}", v.file.path.file_name(), length(v.duration_ms)))
    };
    let title = kit.hook_title.as_ref().map_or_else(none, |t| format!("\"{}\" for {} ms", plain(&t.text), t.show_ms));
    let colours = &kit.caption_colours;
    let colour = |c: &Option<String>| c.clone().unwrap_or_else(own);
    [
        format!("logo              {logo}"),
        format!("intro             {}", video(&kit.intro)),
        format!("outro             {}", video(&kit.outro)),
        format!("hook title        {title}"),
        format!("caption style     {}", kit.caption_style.clone().unwrap_or_else(|| "the first".into())),
        format!("text colour       {}", colour(&colours.text)),
        format!("highlight colour  {}", colour(&colours.highlight)),
        format!("emphasis colour   {}", colour(&colours.emphasis)),
        format!("outline colour    {}", colour(&colours.outline)),
        format!("font              {}", kit.font.clone().unwrap_or_else(own)),
    ]
    .join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::Cli;
    use clap::Parser;

    fn read(words: &[&str]) -> BrandPatch {
        let cli = Cli::try_parse_from(["edit-factory", "brand", "set"].iter().chain(words)).unwrap();
        match cli.command {
            crate::args::Command::Brand(Brand::Set(given)) => patch(*given),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_not_named_stays_and_what_is_cleared_goes() {
        let patch = read(&["--font", "Inter", "--clear", "intro", "--logo-width", "0.2"]);
        let expected = BrandPatch {
            font: Change::Set("Inter".into()),
            intro: Change::Clear,
            logo_width: Some(0.2),
            ..BrandPatch::default()
        };
        assert_eq!(patch, expected);
    }

    #[test]
    fn changing_nothing_is_a_mistake() {
        assert!(Cli::try_parse_from(["edit-factory", "brand", "set"]).is_err());
    }
}
