//! What libass really draws: renders through ffmpeg, their ink measured. Tests only.

use std::path::Path;

use tokio_util::sync::CancellationToken;

use super::ass::{Titled, document};
use super::cue::{Cue, Place};
use super::cut::cut;
use super::layout::{Anchor, Area, set};
use super::measure::Ruler;
use super::style::{self, CaptionStyle};
use super::testing::{frame, spoken};
use super::{Frame, SafeZone, fonts};
use crate::args;
use crate::ffmpeg::Toolbox;
use crate::testkit::tools;
use crate::variants::timeline::HookTitle;

/// Draws the document over black and gives grey pixels of the frame at `at_ms`.
fn draw(text: &str, frame: &Frame, at_ms: u32) -> Vec<u8> {
    let dir = tempfile::tempdir().unwrap();
    let fonts = fonts::unpack(dir.path()).unwrap();
    std::fs::write(dir.path().join("c.ass"), text).unwrap();
    let source = format!("color=0x808080:s={}x{}:r=25:d=10", frame.width, frame.height);
    let filter = format!(
        "trim=start={at},ass=filename={}:fontsdir={},format=gray",
        dir.path().join("c.ass").display(),
        fonts.display(),
        at = f64::from(at_ms) / 1000.0
    );
    run(&args!["-v", "error", "-f", "lavfi", "-i", source, "-vf", filter, "-frames:v", "1", "-f", "rawvideo", "pipe:1"])
}

fn run(args: &[std::ffi::OsString]) -> Vec<u8> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let toolbox = Toolbox::new(tools());
    runtime.block_on(toolbox.ffmpeg(args, &CancellationToken::new())).unwrap().stdout
}

/// Where pixels differ from the plain background.
fn ink(pixels: &[u8], frame: &Frame) -> Option<Area> {
    let plain = i16::from(pixels[0]);
    let mut area: Option<Area> = None;
    for (i, pixel) in pixels.iter().enumerate() {
        if (i16::from(*pixel) - plain).abs() > 12 {
            let (x, y) = ((i % frame.width as usize) as f32, (i / frame.width as usize) as f32);
            let all = area.get_or_insert(Area { left: x, top: y, right: x + 1.0, bottom: y + 1.0 });
            all.left = all.left.min(x);
            all.top = all.top.min(y);
            all.right = all.right.max(x + 1.0);
            all.bottom = all.bottom.max(y + 1.0);
        }
    }
    area
}

fn assert_inside(ink: Area, zone: Area, what: &str) {
    let inside = ink.left >= zone.left - 1.0
        && ink.right <= zone.right + 1.0
        && ink.top >= zone.top - 1.0
        && ink.bottom <= zone.bottom + 1.0;
    assert!(inside, "{what}: ink {ink:?} leaves {zone:?}");
}

fn cues(text: &str, style: &CaptionStyle) -> Vec<Cue> {
    cut(&spoken(&[text]), style, &frame())
}

#[test]
fn every_style_draws_romanian_inside_the_safe_zone() {
    let frame = frame();
    let zone = Area::safe(&frame);
    for style in style::all() {
        let cues = cues("Țăranii și pâinea ÎNTREAGĂ așteaptă", &style);
        let text = document(&cues, Some(&style), None, &frame, None);
        for at in [80, 400, 1320] {
            let ink = ink(&draw(&text, &frame, at), &frame).unwrap_or_else(|| panic!("{} draws nothing", style.id));
            assert_inside(ink, zone, &style.id);
        }
        assert_eq!(ink(&draw(&text, &frame, 5000), &frame), None, "{} stays after its end", style.id);
    }
}

#[test]
fn text_of_a_script_is_never_obeyed() {
    let frame = frame();
    let zone = Area::safe(&frame);
    let style = style::by_id("clean").unwrap();
    for evil in [
        "{\\pos(0,0)}x",
        "\\{\\pos(0,0)}x",
        "{\\an7\\fs400}BIG",
        "{\\p1}m 0 0 l 200 0 200 400 0 400",
        "a\\Nb\\nc\\hd",
        "{unclosed",
        "}\\",
        "a\nDialogue: 0,0:00:00.00,9:00:00.00,Caption,,0,0,0,,{\\pos(0,0)}x",
    ] {
        let mut all = cues("one", &style);
        all[0].words[0].text = evil.into();
        let text = document(&all, Some(&style), None, &frame, None);
        assert_eq!(text.matches("\nDialogue:").count(), 1, "{evil:?} became an event");
        let drawn = ink(&draw(&text, &frame, 100), &frame).unwrap_or_else(|| panic!("{evil:?} is not drawn"));
        assert_inside(drawn, zone, evil);
        // Drawn as it stands, it is as wide as it was measured; obeyed, its tags would take no room.
        let block = block(&all[0], &style, &frame);
        let measured = &block.words[0].ink;
        let wide = measured.width();
        assert!((drawn.width() - wide).abs() < 0.06 * wide + 4.0, "{evil:?}: {} for {wide}", drawn.width());
    }
}

fn block(cue: &Cue, style: &CaptionStyle, frame: &Frame) -> super::layout::Block {
    let texts: Vec<String> = cue.words.iter().map(|w| style.shown(&w.text)).collect();
    let none = vec![false; texts.len()];
    set(&texts, &none, &Ruler::new(&style.font), &style.setting(frame), frame, Anchor::Middle(style.place(frame)))
}

#[test]
fn letters_are_drawn_where_and_as_large_as_they_were_measured() {
    let frame = Frame { width: 720, height: 1280, ..frame() };
    for family in fonts::families() {
        let mut style = style::by_id("clean").unwrap();
        style.font = family.into();
        (style.outline, style.shadow, style.softness, style.size) = (0.0, 0.0, 0.0, 0.06);
        let cue = cues("HȘpÂx", &style).remove(0);
        let measured = block(&cue, &style, &frame).words[0].ink;
        let drawn = ink(&draw(&document(&[cue], Some(&style), None, &frame, None), &frame, 100), &frame).unwrap();
        for (what, measured, drawn) in [
            ("left", measured.left, drawn.left),
            ("right", measured.right, drawn.right),
            ("top", measured.top, drawn.top),
            ("bottom", measured.bottom, drawn.bottom),
        ] {
            assert!((measured - drawn).abs() < 4.0, "{family}, {what}: measured {measured}, drawn {drawn}");
        }
    }
}

#[test]
fn a_word_of_sixty_letters_and_a_cue_moved_to_a_corner_stay_inside() {
    let frame = frame();
    let zone = Area::safe(&frame);
    for style in style::all() {
        let long = cues("Pneumonoultramicroscopicsilicovolcanoconiosisneinterzisissima", &style);
        let mut moved = cues("jos de tot", &style);
        for cue in &mut moved {
            cue.place = Some(Place { x: 1.0, y: 1.0 });
        }
        for all in [long, moved] {
            let text = document(&all, Some(&style), None, &frame, None);
            assert_inside(ink(&draw(&text, &frame, 160), &frame).unwrap(), zone, &style.id);
        }
    }
}

#[test]
fn a_spoken_word_moves_no_other_word() {
    let frame = frame();
    for style in style::all().into_iter().filter(|s| s.max_words >= 3) {
        let cues = cues("una două trei", &style);
        assert_eq!(cues[0].words.len(), 3, "{}", style.id);
        let text = document(&cues, Some(&style), None, &frame, None);
        let (first, second) = (draw(&text, &frame, 160), draw(&text, &frame, 480));
        let (words, size) = (block(&cues[0], &style, &frame).words, style.size * 480.0);
        let mut changed = 0;
        for (i, (a, b)) in first.iter().zip(&second).enumerate() {
            let (x, y) = ((i % 270) as f32, (i / 270) as f32);
            let waits = &words[2].ink;
            // The word before it is spoken in the second picture; its box or its size may reach a little over.
            let apart =
                if words[1].line == words[2].line { x > waits.left + 0.2 * size } else { y > waits.top + 0.3 * size };
            if apart && x <= waits.right && x >= waits.left && y >= waits.top && y <= waits.bottom {
                assert_eq!(a, b, "{}: the waiting word changed at {x},{y}", style.id);
            }
            changed += usize::from(a != b);
        }
        assert_eq!(changed > 0, style.highlight != style::Highlight::None, "{}: the highlight is seen", style.id);
    }
}

/// The title with nothing above it.
fn from(title: &HookTitle, start_ms: u32) -> Titled<'_> {
    Titled { title, start_ms, below: 0.0 }
}

#[test]
fn a_title_stands_below_what_is_above_it() {
    let frame = frame();
    let style = style::by_id("bold-pop").unwrap();
    let title = HookTitle { text: "Trei greșeli când faci pâine".into(), show_ms: 2000 };
    let text = document(&[], Some(&style), Some(Titled { below: 0.3, ..from(&title, 0) }), &frame, None);
    let drawn = ink(&draw(&text, &frame, 1000), &frame).unwrap();
    assert!((drawn.top - 0.3 * frame.height as f32).abs() <= 2.0, "{drawn:?}");
    assert_inside(drawn, Area::safe(&frame), "title");
}

#[test]
fn a_window_draws_what_the_whole_draws_at_that_time() {
    let frame = frame();
    let title = HookTitle { text: "Trei greșeli".into(), show_ms: 1500 };
    for style in style::all() {
        let cues = cues("una două trei patru cinci șase", &style);
        let titled = from(&title, 0);
        let whole = document(&cues, Some(&style), Some(titled), &frame, None);
        // 340 ms is inside the growth of the second word, 1320 inside the fade of the title.
        for (from, to, at) in [(320, 1000, 360), (320, 1000, 960), (1320, 2000, 1400)] {
            let part = document(&cues, Some(&style), Some(titled), &frame, Some((from, to)));
            assert_eq!(draw(&whole, &frame, at), draw(&part, &frame, at - from), "{} at {at}", style.id);
        }
    }
}

#[test]
fn a_long_title_stands_at_the_top_of_the_safe_zone_and_fades() {
    let frame = frame();
    let zone = Area::safe(&frame);
    let style = style::by_id("bold-pop").unwrap();
    for text in [
        "De ce {\\pos(0,0)} pâinea ta nu crește niciodată, și ce să faci mâine dimineață",
        "Supercalifragilisticexpialidociousuperlativ",
    ] {
        let title = HookTitle { text: text.into(), show_ms: 2000 };
        let text = document(&[], Some(&style), Some(from(&title, 1000)), &frame, None);
        assert_eq!(ink(&draw(&text, &frame, 960), &frame), None);
        let full = ink(&draw(&text, &frame, 2000), &frame).unwrap();
        assert_inside(full, zone, "title");
        assert!((full.top - zone.top).abs() <= 2.0, "{full:?}");
        let brightness = |at| draw(&text, &frame, at).iter().map(|p| u64::from(p.abs_diff(128))).sum::<u64>();
        assert!(brightness(1080) < brightness(2000) / 2 && brightness(2960) < brightness(2000) / 2);
    }
}

#[test]
#[ignore = "writes pictures for a person to look at"]
fn pictures_of_every_style() {
    let out = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/captions");
    std::fs::create_dir_all(&out).unwrap();
    let fonts = fonts::unpack(&out).unwrap();
    let frame = Frame { width: 1080, height: 1920, safe: SafeZone { left: 0.06, right: 0.12, top: 0.08, bottom: 0.2 } };
    let words = spoken(&["Pâinea caldă iese din cuptor și țăranii așteaptă, Știi ce înseamnă asta?"]);
    let title = HookTitle { text: "Trei greșeli când faci pâine".into(), show_ms: 3000 };
    let media = std::env::var_os("LOOK_AT").expect("LOOK_AT names a video to draw on");
    for style in style::all() {
        let mut cues = cut(&words, &style, &frame);
        cues[0].words[0].emphasis = true;
        let text = document(&cues, Some(&style), Some(from(&title, 0)), &frame, None);
        let ass = out.join(format!("{}.ass", style.id));
        std::fs::write(&ass, text).unwrap();
        let filter = format!(
            "scale=1080:1920:force_original_aspect_ratio=increase,crop=1080:1920,fps=25,ass=filename={}:fontsdir={},select='eq(n\\,12)+eq(n\\,33)+eq(n\\,60)',tile=3x1,scale=1620:-2",
            ass.display(),
            fonts.display()
        );
        let png = out.join(format!("{}.png", style.id));
        run(&args!["-v", "error", "-i", &media, "-vf", filter, "-frames:v", "1", "-update", "1", png]);
    }
}
