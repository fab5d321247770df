//! The kit changed with real files: what is good is taken, what is not changes nothing.

use super::*;
use crate::brand::show;
use crate::captions::style::CaptionStyle;
use crate::library::testmedia;
use crate::testkit::{Bench, bench};

async fn change(bench: &Bench, patch: BrandPatch) -> Result<Brand, BrandError> {
    set(&bench.profile, patch, &CancellationToken::new()).await
}

fn picture(bench: &Bench, name: &str) -> PathBuf {
    testmedia::ffmpeg(&bench.desk, &format!("-f lavfi -i testsrc2=s=64x32:d=1:r=1 -frames:v 1 -update 1 {name}"));
    bench.desk.join(name)
}

fn colours(text: &str) -> BrandPatch {
    BrandPatch { text_colour: Change::Set(text.into()), ..BrandPatch::default() }
}

#[tokio::test]
async fn a_kit_is_set_part_by_part_and_cleared_part_by_part() {
    let bench = bench();
    assert_eq!(show(&bench.profile).unwrap(), Brand::default());
    let odd = bench.desk.join("-my 'logo' 100%d.png");
    std::fs::rename(picture(&bench, "logo.png"), &odd).unwrap();
    let intro = testmedia::with_sound(&bench.desk, "intro.mp4");
    // Named as what it is not: content decides.
    std::fs::rename(picture(&bench, "photo.jpg"), bench.desk.join("photo.png")).unwrap();
    let photo = BrandPatch { logo: Change::Set(bench.desk.join("photo.png")), ..BrandPatch::default() };
    let photo = change(&bench, photo).await.unwrap().logo.unwrap();
    assert!(photo.file.path.as_str().ends_with(".jpg"));
    let patch = BrandPatch {
        logo: Change::Set(odd),
        logo_corner: Some(Corner::BottomLeft),
        intro: Change::Set(intro),
        hook_title: Change::Set("  Fresh\n bread ".into()),
        caption_style: Change::Set(style::all()[0].id.clone()),
        highlight_colour: Change::Set("#FFCC00".into()),
        font: Change::Set(fonts::families()[0].to_uppercase()),
        ..BrandPatch::default()
    };
    let first = change(&bench, patch).await.unwrap();
    assert_eq!(first, show(&bench.profile).unwrap());
    let logo = first.logo.clone().unwrap();
    assert_eq!((logo.corner, logo.width), (Corner::BottomLeft, LOGO.1));
    assert_eq!(logo.file.path.as_str(), format!("media/brand/{}.png", logo.file.hash));
    assert!(bench.profile.folder().existing(&logo.file.path).unwrap().is_file());
    let intro = first.intro.clone().unwrap();
    assert!(intro.sound && (1990..=2010).contains(&intro.duration_ms), "{intro:?}");
    assert_eq!(first.hook_title, Some(HookTitle { text: "Fresh bread".into(), show_ms: TITLE_MS }));
    assert_eq!(first.caption_colours.highlight.as_deref(), Some("#ffcc00"));
    assert_eq!(first.font.as_deref(), Some(fonts::families()[0]));

    let patch =
        BrandPatch { logo_opacity: Some(0.5), intro: Change::Clear, hook_title_ms: Some(900), ..BrandPatch::default() };
    let second = change(&bench, patch).await.unwrap();
    let title = HookTitle { text: "Fresh bread".into(), show_ms: 900 };
    let expected = Brand { logo: Some(Logo { opacity: 0.5, ..logo }), intro: None, hook_title: Some(title), ..first };
    assert_eq!(second, expected);
    // What earlier plans name stays.
    assert!(bench.profile.folder().existing(&intro.file.path).is_ok());
}

#[tokio::test]
async fn what_is_not_a_logo_or_a_short_video_is_refused_and_changes_nothing() {
    let bench = bench();
    let before = change(&bench, colours("#102030")).await.unwrap();
    let desk = &bench.desk;
    let long = testmedia::make(desk, "long.mp4", "testsrc2=s=64x64:r=5:d=11", testmedia::QUICK);
    let short = testmedia::plain(desk, "short.mp4");
    let still = picture(&bench, "still.png");
    let mut cut = std::fs::read(&still).unwrap();
    cut.truncate(cut.len() / 2);
    std::fs::write(desk.join("cut.png"), cut).unwrap();
    std::fs::write(desk.join("text.png"), "not a picture").unwrap();
    std::fs::write(desk.join("empty.png"), "").unwrap();
    let logo = |path: PathBuf| BrandPatch { logo: Change::Set(path), ..colours("#ffffff") };
    let intro = |path: PathBuf| BrandPatch { intro: Change::Set(path), ..colours("#ffffff") };
    for (patch, code) in [
        (logo(short), Code::InvalidInput),
        (logo(desk.join("cut.png")), Code::InvalidInput),
        (logo(desk.join("text.png")), Code::InvalidInput),
        (logo(desk.join("empty.png")), Code::InvalidInput),
        (logo(desk.join("missing.png")), Code::Unreadable),
        (logo(desk.clone()), Code::InvalidInput),
        (intro(long), Code::InvalidInput),
        (intro(still), Code::StillPicture),
        (intro(desk.join("missing.mp4")), Code::Unreadable),
    ] {
        let shown = format!("{patch:?}");
        let error = change(&bench, patch).await.unwrap_err();
        assert_eq!(error.code(), code, "{shown} {error}");
    }
    assert_eq!(show(&bench.profile).unwrap(), before);
    assert!(!bench.profile.root().join("media/brand").exists());
}

#[tokio::test]
async fn words_and_numbers_that_make_no_sense_are_refused() {
    let bench = bench();
    let default = BrandPatch::default;
    for patch in [
        colours("red"),
        colours("#12345"),
        BrandPatch { logo_width: Some(0.1), ..default() },
        BrandPatch { logo_width: Some(f32::NAN), ..default() },
        BrandPatch { hook_title_ms: Some(1000), ..default() },
        BrandPatch { hook_title: Change::Set(" \n ".into()), ..default() },
        BrandPatch { hook_title: Change::Set("x".repeat(121)), ..default() },
        BrandPatch { hook_title: Change::Set("x".into()), hook_title_ms: Some(10), ..default() },
        BrandPatch { caption_style: Change::Set("no such".into()), ..default() },
        BrandPatch { font: Change::Set("no such".into()), ..default() },
    ] {
        let shown = format!("{patch:?}");
        let error = change(&bench, patch).await.unwrap_err();
        assert_eq!(error.code(), Code::InvalidInput, "{shown}");
    }
    assert_eq!(show(&bench.profile).unwrap(), Brand::default());
}

#[test]
fn the_smallest_logo_and_the_widest_are_possible() {
    for width in [0.02, 0.5] {
        assert!(checked(BrandPatch { logo_width: Some(width), ..BrandPatch::default() }).is_ok());
    }
    assert!(checked(BrandPatch { logo_width: Some(0.51), ..BrandPatch::default() }).is_err());
}

#[test]
fn the_brand_changes_only_what_it_names_of_a_style() {
    let style = style::all().remove(0);
    assert_eq!(Brand::default().apply_to_style(style.clone()), style);
    let mut brand = Brand { font: Some("Inter".into()), ..Brand::default() };
    brand.caption_colours.text = Some("#010203".into());
    let changed = brand.apply_to_style(style.clone());
    assert_eq!(changed, CaptionStyle { font: "Inter".into(), colour: "#010203".into(), ..style });
}
