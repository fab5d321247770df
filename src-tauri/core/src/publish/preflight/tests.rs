//! Clips as values against every platform, and real files looked at.

use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::clip::{Already, Examined, FileState};
use super::look::{Looked, Picture};
use super::*;
use crate::captions::places::Written;
use crate::clips::{Clip, Triage};
use crate::ids::VariantId;
use crate::jobs::JobContext;
use crate::library::testmedia::{self, QUICK};
use crate::publish::settings::{Disclosure, InstagramKind, InstagramSettings, TiktokSettings};
use crate::render::loudness::Measured;
use crate::render::{bench, files, run};
use crate::testkit::{self, Bench};

/// A clip as this program makes it for TikTok.
fn good() -> Examined {
    let picture = Picture {
        codec: "h264".into(),
        profile: "High".into(),
        width: 1080,
        height: 1920,
        pixel_format: "yuv420p".into(),
        fps: 30.0,
        interlaced: false,
    };
    Examined {
        clip: Clip {
            id: ClipId::new(),
            variant: VariantId::new(),
            name: "bread-1".into(),
            folder: "clips/x".to_owned().try_into().unwrap(),
            hash: "h".into(),
            bytes: 20_000_000,
            duration_ms: 20_000,
            triage: Triage::Accepted,
            created_at: 1,
        },
        made_for: "tiktok".into(),
        file: FileState::Good(Looked {
            container: "mp4".into(),
            picture: Some(picture),
            sound: Some("aac".into()),
            seconds: 20.0,
            bytes: 20_000_000,
            kbps: 8000,
        }),
        loudness: Measured { lufs: -14.0, peak_dbtp: -1.5, range_lu: 4.0 },
        frame: (1080, 1920),
        written: Vec::new(),
        font: "Inter".into(),
        missing: Vec::new(),
        stale: Vec::new(),
        synthetic: false,
        already: Vec::new(),
    }
}

fn with(change: impl FnOnce(&mut Looked)) -> Examined {
    let mut clip = good();
    if let FileState::Good(looked) = &mut clip.file {
        change(looked);
    }
    clip
}

fn of(identifier: &str) -> PostSettings {
    match PostSettings::of_platform(identifier) {
        PostSettings::Youtube(mut youtube) => {
            youtube.title = "Bread".into();
            PostSettings::Youtube(youtube)
        }
        PostSettings::Tiktok(tiktok) => {
            PostSettings::Tiktok(TiktokSettings { made_with_ai: Disclosure::Yes, ..tiktok })
        }
        other => other,
    }
}

/// Code, level and the platform of the fix of each finding.
fn found(clip: &Examined, identifier: &str) -> Vec<(String, Level, Option<String>)> {
    let all = judge(clip, identifier, "Fresh bread.", &of(identifier));
    all.into_iter().map(|f| (f.code, f.level, f.fix.map(|Fix::Render { platform }| platform))).collect()
}

fn error(code: &str, fix: Option<&str>) -> Vec<(String, Level, Option<String>)> {
    vec![(code.into(), Level::Error, fix.map(str::to_owned))]
}

fn warning(code: &str, fix: Option<&str>) -> Vec<(String, Level, Option<String>)> {
    vec![(code.into(), Level::Warning, fix.map(str::to_owned))]
}

const ALL: [&str; 10] = [
    "tiktok",
    "instagram",
    "instagram-standalone",
    "youtube",
    "facebook",
    "linkedin",
    "linkedin-page",
    "x",
    "threads",
    "bluesky",
];

#[test]
fn a_clip_as_we_make_it_passes_everywhere() {
    for identifier in ALL {
        assert_eq!(found(&good(), identifier), [], "{identifier}");
    }
}

#[test]
fn formats_a_platform_does_not_take_are_errors_that_a_new_render_mends() {
    let picture = |change: fn(&mut Picture)| with(|looked| change(looked.picture.as_mut().unwrap()));
    assert_eq!(found(&with(|l| l.container = "avi".into()), "tiktok"), error("container", Some("tiktok")));
    assert_eq!(found(&picture(|p| p.codec = "mpeg4".into()), "tiktok"), error("codec", Some("tiktok")));
    let high444 = picture(|p| p.profile = "High 4:4:4 Predictive".into());
    assert_eq!(found(&high444, "tiktok"), error("profile", Some("tiktok")));
    assert_eq!(found(&high444, "youtube"), []);
    let other = picture(|p| p.pixel_format = "yuv422p".into());
    assert_eq!(found(&other, "instagram"), error("pixel_format", Some("reels")));
    assert_eq!(found(&picture(|p| p.interlaced = true), "facebook"), error("interlaced", Some("reels")));
    assert_eq!(found(&with(|l| l.sound = Some("mp3".into())), "instagram"), error("sound_codec", Some("reels")));
    assert_eq!(found(&with(|l| l.sound = None), "tiktok"), warning("no_sound", Some("tiktok")));
    assert_eq!(found(&with(|l| l.picture = None), "tiktok"), error("no_picture", None));
}

#[test]
fn sizes_and_shapes_are_held_against_the_platform() {
    let sized = |width, height| {
        let mut clip = with(|looked| {
            let picture = looked.picture.as_mut().unwrap();
            (picture.width, picture.height) = (width, height);
        });
        (clip.frame, clip.made_for) = ((width, height), "draft".into());
        clip
    };
    assert_eq!(found(&sized(270, 480), "tiktok"), error("too_small", Some("tiktok")));
    assert_eq!(found(&sized(2160, 3840), "instagram"), error("too_large", Some("reels")));
    assert_eq!(found(&sized(1920, 1080), "tiktok"), warning("shape_shown_badly", Some("tiktok")));
    assert_eq!(found(&sized(1920, 1080), "youtube"), []);
    assert_eq!(found(&sized(1080, 1350), "instagram"), []);
    assert_eq!(found(&sized(1900, 400), "x"), error("shape", Some("tiktok")));
}

#[test]
fn length_rate_and_size_of_the_file_are_held_against_the_platform() {
    let long = |seconds| with(|looked| looked.seconds = seconds);
    assert_eq!(found(&long(2.9), "tiktok"), error("too_short", None));
    assert_eq!(found(&long(600.5), "tiktok"), error("too_long", None));
    assert_eq!(found(&long(600.0), "tiktok"), []);
    assert_eq!(found(&long(901.0), "youtube"), warning("long", None));
    assert_eq!(found(&long(141.0), "x"), error("too_long", None));
    let fps = |fps| with(|looked| looked.picture.as_mut().unwrap().fps = fps);
    assert_eq!(found(&fps(23.976), "instagram"), []);
    assert_eq!(found(&fps(12.0), "instagram"), error("frame_rate", Some("reels")));
    assert_eq!(found(&fps(120.0), "youtube"), error("frame_rate", Some("shorts")));
    let bytes = |bytes| with(|looked| looked.bytes = bytes);
    assert_eq!(found(&bytes(120_000_000), "bluesky"), error("file_too_large", None), "it is made for that one already");
    assert_eq!(found(&bytes(400_000_000), "instagram"), warning("file_large", Some("reels")));
    assert_eq!(found(&bytes(50_000), "linkedin"), error("file_too_small", Some("reels")));
    assert_eq!(found(&with(|l| l.kbps = 26_000), "threads"), error("bit_rate", Some("reels")));
}

#[test]
fn a_story_has_a_length_of_its_own_and_shows_no_text() {
    let story = PostSettings::Instagram(InstagramSettings { kind: InstagramKind::Story, trial: false });
    let codes = |seconds: f64, caption: &str| -> Vec<String> {
        let clip = with(|looked| looked.seconds = seconds);
        judge(&clip, "instagram", caption, &story).into_iter().map(|f| f.code).collect()
    };
    assert_eq!(codes(61.0, "Bread"), ["too_long", "story_text"]);
    assert_eq!(codes(60.0, ""), ["no_caption"]);
}

#[test]
fn loudness_far_from_the_others_of_a_platform_is_told() {
    let loud = |lufs, peak_dbtp| Examined { loudness: Measured { lufs, peak_dbtp, range_lu: 1.0 }, ..good() };
    assert_eq!(found(&loud(-18.0, -3.0), "tiktok"), warning("loudness", Some("tiktok")));
    assert_eq!(found(&loud(-14.0, 0.2), "tiktok"), warning("peaks", Some("tiktok")));
    assert_eq!(found(&loud(-120.0, -120.0), "tiktok"), warning("silent", None));
    assert_eq!(found(&loud(-16.9, -1.0), "tiktok"), []);
}

#[test]
fn captions_that_another_platform_covers_are_counted_and_a_new_render_moves_them() {
    let written = |top: f32, bottom: f32| Written { start_ms: 1500, left: 0.1, top, right: 0.8, bottom };
    let mut clip = Examined { written: vec![written(0.3, 0.4), written(0.6, 0.7)], ..good() };
    // TikTok keeps the lower 28% free, Reels 35%.
    assert_eq!(found(&clip, "tiktok"), [], "it was made for that one");
    assert_eq!(found(&clip, "instagram"), warning("captions_covered", Some("reels")));
    let finding = judge(&clip, "instagram", "Bread", &of("instagram")).remove(0);
    assert_eq!(
        (&finding.details["count"], &finding.details["of"], &finding.details["first_ms"]),
        (&json!(1), &json!(2), &json!(1500))
    );
    clip.written.pop();
    assert_eq!(found(&clip, "instagram"), []);
}

#[test]
fn characters_the_font_lacks_are_named() {
    let clip = Examined { missing: vec!['日', '本'], ..good() };
    assert_eq!(found(&clip, "tiktok"), warning("missing_glyphs", None));
    assert!(judge(&clip, "tiktok", "Bread", &of("tiktok"))[0].says.contains("日本"));
}

#[test]
fn a_stale_clip_cannot_be_published_and_a_render_mends_it_where_that_is_enough() {
    let stale = |why: &[Stale]| Examined { stale: why.to_vec(), ..good() };
    assert_eq!(found(&stale(&[Stale::Captions]), "tiktok"), error("stale", Some("tiktok")));
    assert_eq!(found(&stale(&[Stale::Plan]), "instagram"), error("stale", Some("tiktok")), "suits it, too");
    let script = stale(&[Stale::Captions, Stale::Script]);
    assert_eq!(found(&script, "tiktok"), error("stale", None));
    let says = &judge(&script, "tiktok", "Bread", &of("tiktok"))[0].says;
    assert!(says.contains("captions were edited") && says.contains("script was changed"), "{says}");
}

#[test]
fn a_file_that_is_gone_changed_or_unreadable_cannot_be_published() {
    for (state, code) in [
        (FileState::Missing, "file_missing"),
        (FileState::Changed, "file_changed"),
        (FileState::Unreadable("moov atom not found".into()), "file_unreadable"),
    ] {
        let clip = Examined { file: state, ..good() };
        assert_eq!(found(&clip, "tiktok"), error(code, Some("tiktok")));
        assert_eq!(found(&clip, "mastodon")[0].0, code, "also where nothing else is known");
    }
}

#[test]
fn settings_of_another_platform_and_platforms_that_want_more_are_errors() {
    let all = judge(&good(), "tiktok", "Bread", &PostSettings::of_platform("youtube"));
    assert_eq!((all.len(), all[0].code.as_str(), all[0].level), (1, "other_platform", Level::Error));
    assert_eq!(found(&good(), "reddit"), error("platform_unsupported", None));
    assert_eq!(found(&good(), "mastodon"), warning("no_figures", None));
}

#[test]
fn a_synthetic_voice_that_is_not_disclosed_is_told() {
    let settings = PostSettings::Tiktok(TiktokSettings { made_with_ai: Disclosure::No, ..Default::default() });
    let codes = |synthetic| -> Vec<String> {
        let clip = Examined { synthetic, ..good() };
        judge(&clip, "tiktok", "Bread", &settings).into_iter().map(|f| f.code).collect()
    };
    assert_eq!(codes(true), ["not_disclosed"]);
    assert_eq!(codes(false), [""; 0]);
}

#[test]
fn a_video_that_is_on_the_platform_already_is_told_and_on_another_one_is_not() {
    let before = Already { platform: "tiktok".into(), account: "Crust".into(), at: 0 };
    let clip = Examined { already: vec![before], ..good() };
    assert_eq!(found(&clip, "tiktok"), warning("already_published", None));
    assert_eq!(found(&clip, "youtube"), []);
}

#[test]
fn errors_come_before_warnings() {
    let mut clip = with(|looked| looked.seconds = 2.0);
    clip.missing = vec!['日'];
    clip.stale = vec![Stale::Plan];
    let levels: Vec<Level> = found(&clip, "tiktok").into_iter().map(|f| f.1).collect();
    assert_eq!(levels, [Level::Error, Level::Error, Level::Warning]);
}

/// A rendered clip of one short shot.
async fn rendered() -> (Bench, JobContext, ClipId) {
    let bench = testkit::bench();
    let video = testmedia::make(&bench.desk, "a.mp4", "testsrc2=s=320x180:r=25:d=2", QUICK);
    let timeline = bench::real(&bench, &[video], &[20]).await;
    let (context, variant) = bench::planned(&bench, &timeline);
    let made = run::run(&context, variant, None).await.unwrap();
    let id = made["clip"].as_str().unwrap().parse().unwrap();
    (bench, context, id)
}

async fn look_at(bench: &Bench, id: ClipId) -> Examined {
    examine(&bench.profile, id, &CancellationToken::new()).await.unwrap()
}

/// Puts another file in the place of a clip's, as if it had been made like this.
fn replaced(bench: &Bench, id: ClipId, name: &str, options: &str) {
    let clip = bench.profile.read(|tx| crate::clips::get(tx, id)).unwrap();
    let place = bench.profile.folder().path(&clip.folder).join(format!("{}.mp4", clip.name));
    testmedia::ffmpeg(
        &bench.desk,
        &format!("-f lavfi -i testsrc2=s=540x960:r=30:d=3 -f lavfi -i sine=d=3 {options} {name}"),
    );
    std::fs::copy(bench.desk.join(name), &place).unwrap();
    let hash = files::hash(&place).unwrap();
    bench
        .profile
        .write::<_, DbError>(|tx| {
            tx.execute("UPDATE clips SET hash = ?2 WHERE id = ?1", (id, hash))?;
            Ok(())
        })
        .unwrap();
}

#[tokio::test]
async fn a_rendered_clip_is_what_its_plan_says_and_is_asked_about_once() {
    let (bench, _context, id) = rendered().await;
    let asked = || bench.profile.toolbox().last_commands().iter().filter(|c| c.contains("major_brand")).count();
    let clip = look_at(&bench, id).await;
    let FileState::Good(looked) = &clip.file else { panic!("{:?}", clip.file) };
    let picture = looked.picture.as_ref().unwrap();
    assert_eq!((looked.container.as_str(), picture.codec.as_str(), picture.profile.as_str()), ("mp4", "h264", "High"));
    assert_eq!((picture.width, picture.height, picture.fps), (270, 480, 30.0));
    assert_eq!((clip.made_for.as_str(), clip.stale.as_slice(), clip.synthetic), ("draft", [].as_slice(), true));
    assert_eq!(asked(), 1);
    assert_eq!(look_at(&bench, id).await, clip);
    assert_eq!(asked(), 1, "what was found is kept");
    let codes: Vec<String> = found(&clip, "tiktok").into_iter().map(|f| f.0).collect();
    assert!(codes.contains(&"too_small".to_owned()) && codes.contains(&"too_short".to_owned()), "{codes:?}");
}

#[tokio::test]
async fn a_file_that_was_touched_is_looked_at_again() {
    let (bench, _context, id) = rendered().await;
    look_at(&bench, id).await;
    let clip = bench.profile.read(|tx| crate::clips::get(tx, id)).unwrap();
    let file = bench.profile.folder().path(&clip.folder).join(format!("{}.mp4", clip.name));
    let whole = std::fs::read(&file).unwrap();
    std::fs::write(&file, &whole[..whole.len() - 1]).unwrap();
    assert_eq!(look_at(&bench, id).await.file, FileState::Changed);
    std::fs::remove_file(&file).unwrap();
    assert_eq!(look_at(&bench, id).await.file, FileState::Missing);
    std::fs::write(&file, b"no video at all").unwrap();
    let hash = files::hash(&file).unwrap();
    bench.profile.write::<_, DbError>(|tx| Ok(tx.execute("UPDATE clips SET hash = ?1", [hash])?)).unwrap();
    assert!(matches!(look_at(&bench, id).await.file, FileState::Unreadable(_)));
}

#[tokio::test]
async fn files_of_other_formats_are_told_apart_for_real() {
    let (bench, _context, id) = rendered().await;
    for (name, options, code) in [
        ("a.mp4", "-c:v mpeg4 -c:a aac", "codec"),
        ("b.mp4", "-c:v libx264 -preset ultrafast -pix_fmt yuv444p -c:a aac", "profile"),
        ("c.mkv", "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac", "container"),
        ("d.mp4", "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -r 12 -c:a aac", "frame_rate"),
        ("e.mp4", "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a libmp3lame", "sound_codec"),
    ] {
        replaced(&bench, id, name, options);
        let codes: Vec<String> = found(&look_at(&bench, id).await, "facebook").into_iter().map(|f| f.0).collect();
        assert!(codes.contains(&code.to_owned()), "{name}: {codes:?}");
    }
}
