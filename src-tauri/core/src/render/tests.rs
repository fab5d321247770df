//! Whole renders with the real ffmpeg, small and short.

use std::path::{Path, PathBuf};

use super::bench;
use super::encoder::{Encoder, RenderSettings, VideoEncoder};
use super::inputs;
use super::make::{self, Made};
use crate::captions::cue::{Cue, CueWord};
use crate::error::{Code, Explain};
use crate::jobs::JobContext;
use crate::library::testmedia::{self, QUICK};
use crate::testkit::{self, Bench};
use crate::variants::timeline::{Corner, Framing, Insert, Logo, Segment, Timeline};

async fn make(context: &JobContext, timeline: &Timeline) -> Made {
    try_make(context, timeline).await.unwrap()
}

async fn try_make(context: &JobContext, timeline: &Timeline) -> Result<Made, super::RenderError> {
    make_with(context, timeline, Encoder::Software).await
}

async fn make_with(context: &JobContext, timeline: &Timeline, encoder: Encoder) -> Result<Made, super::RenderError> {
    let inputs = inputs::gather(context.profile(), timeline, None, context.cancel()).await?;
    make::make(context, timeline, &inputs, RenderSettings { encoder }, true).await
}

fn context(bench: &Bench) -> JobContext {
    JobContext::new(&bench.profile, crate::ids::JobId::new(), tokio_util::sync::CancellationToken::new()).unwrap()
}

/// How many chunks were encoded so far.
fn encodes(bench: &Bench) -> usize {
    bench.profile.toolbox().last_commands().iter().filter(|c| c.contains("[0:V:0]")).count()
}

fn three(desk: &Path) -> Vec<PathBuf> {
    vec![
        testmedia::make(desk, "a.mp4", "testsrc2=s=320x180:r=25:d=3", QUICK),
        testmedia::make(desk, "b.mp4", "mandelbrot=s=180x320:r=60,trim=duration=3", QUICK),
        testmedia::make(desk, "c.mp4", "smptebars=s=320x240:r=24000/1001:d=3", QUICK),
    ]
}

#[tokio::test]
async fn chunks_join_to_every_frame_at_its_time_and_sound_to_the_sample() {
    let bench = testkit::bench();
    // Lengths that are no whole number of milliseconds, at rates that do not divide each other.
    let timeline = bench::real(&bench, &three(&bench.desk), &[37, 52, 44]).await;
    let context = context(&bench);
    // `make` itself checks frames, times and samples and has decoded all of it; here the figures are looked at from outside.
    let made = make(&context, &timeline).await;
    let probed = crate::library::probe::probe(bench.profile.toolbox(), &made.file, context.cancel()).await.unwrap();
    assert_eq!(probed.duration_ms, 133 * 1000 / 30);
    assert!(!probed.probe.variable_rate && probed.probe.frame_rate == (30, 1), "{:?}", probed.probe);
    assert!((made.loudness.lufs + 14.0).abs() <= 0.5 && made.loudness.peak_dbtp <= -1.0, "{:?}", made.loudness);
    assert!(made.x264.is_some() && made.notes.is_empty());
}

#[tokio::test]
async fn a_changed_shot_is_the_only_one_encoded_again() {
    let bench = testkit::bench();
    let mut timeline = bench::real(&bench, &three(&bench.desk), &[20, 20, 20]).await;
    make(&context(&bench), &timeline).await;
    assert_eq!(encodes(&bench), 3);
    timeline.segments[1].pick.in_ms += 40;
    make(&context(&bench), &timeline).await;
    assert_eq!(encodes(&bench), 4);
}

#[tokio::test]
async fn a_source_that_ends_early_is_an_error_and_never_a_frozen_picture() {
    let bench = testkit::bench();
    let mut timeline = bench::real(&bench, &three(&bench.desk), &[20, 20, 20]).await;
    timeline.segments[2].pick.in_ms = 2_700;
    let error = try_make(&context(&bench), &timeline).await.unwrap_err();
    assert!(matches!(error, super::RenderError::SourceEnds { .. }), "{error}");
    assert_eq!(error.code(), Code::TruncatedFile);

    // The length on file is a lie: only encoding finds out.
    bench
        .profile
        .write::<_, super::RenderError>(|tx| Ok(tx.execute("UPDATE sources SET duration_ms = 9000", [])?))
        .unwrap();
    let error = try_make(&context(&bench), &timeline).await.unwrap_err();
    assert!(matches!(error, super::RenderError::SourceEnds { has_ms, .. } if has_ms < 3_200), "{error}");
}

/// The red, green and blue of a pixel of a frame.
fn pixel(video: &Path, frame: u32, x: u32, y: u32) -> [u8; 3] {
    let raw = video.with_file_name("frame.rgb");
    let select = format!("select=eq(n\\,{frame}),crop=2:2:{x}:{y},scale=1:1:flags=area");
    let args =
        format!("-i {} -vf {select} -frames:v 1 -pix_fmt rgb24 -f rawvideo", video.file_name().unwrap().display());
    testmedia::ffmpeg(video.parent().unwrap(), &format!("{args} frame.rgb"));
    std::fs::read(&raw).unwrap().try_into().unwrap()
}

fn near(got: [u8; 3], wanted: [u8; 3]) -> bool {
    got.iter().zip(wanted).all(|(g, w)| g.abs_diff(w) < 24)
}

const RED: [u8; 3] = [200, 20, 20];
const BLUE: [u8; 3] = [20, 20, 200];
const BLACK: [u8; 3] = [0, 0, 0];

/// Half red, half blue, side by side, 320x180; the parts of a frame can be told by their colour.
fn halves(desk: &Path, name: &str, output: &str) -> PathBuf {
    let graph = "color=c=0xc81414:s=160x180:r=30:d=2[l];color=c=0x1414c8:s=160x180:r=30:d=2[r];[l][r]hstack[out]";
    testmedia::ffmpeg(desk, &format!("-filter_complex {graph} -map [out] {output} {name}"));
    desk.join(name)
}

/// Tagged, so that colours come out as they went in.
const TAGGED: &str = "-vf scale=out_color_matrix=bt709,format=yuv420p -colorspace bt709 -color_primaries bt709 \
                      -color_trc bt709 -c:v libx264 -preset ultrafast";

#[tokio::test]
async fn each_framing_puts_the_picture_where_it_says() {
    let bench = testkit::bench();
    let video = {
        let plain = halves(&bench.desk, "plain.mp4", "-pix_fmt rgb24 -c:v png -f nut");
        testmedia::ffmpeg(&bench.desk, &format!("-f nut -i plain.mp4 {TAGGED} halves.mp4"));
        plain.with_file_name("halves.mp4")
    };
    let mut timeline = bench::real(&bench, std::slice::from_ref(&video), &[12]).await;
    let hash = timeline.segments[0].pick.source_hash.clone();
    // Four segments of the same source, framed in four ways.
    let framings = [Framing::Fill { x: 0.0, y: 0.5 }, Framing::Fill { x: 1.0, y: 0.5 }, Framing::Fit, Framing::BlurFit];
    let first = timeline.segments[0].clone();
    timeline.segments = (0..)
        .zip(framings)
        .map(|(n, framing)| Segment { start: n * 12, framing, pick: first.pick.clone(), ..first.clone() })
        .collect();
    assert_eq!(timeline.segments[3].pick.source_hash, hash);
    timeline.frames = 48;
    bench::voice(&bench, &mut timeline);
    let context = context(&bench);
    let made = make(&context, &timeline).await;
    let at = |frame, x, y| pixel(&made.file, frame, x, y);
    assert!(near(at(6, 20, 240), RED) && near(at(6, 250, 240), RED), "left: {:?}", at(6, 250, 240));
    assert!(near(at(18, 20, 240), BLUE) && near(at(18, 250, 240), BLUE), "right: {:?}", at(18, 20, 240));
    assert!(near(at(30, 20, 40), BLACK) && near(at(30, 20, 240), RED) && near(at(30, 250, 240), BLUE), "fit");
    assert!(near(at(42, 20, 240), RED) && near(at(42, 250, 240), BLUE), "blur_fit, the picture");
    let above = at(42, 20, 40);
    assert!(near(above, RED) && !near(above, BLACK), "blur_fit, behind it: {above:?}");
}

#[tokio::test]
async fn intro_outro_and_logo_stand_in_their_places() {
    let bench = testkit::bench();
    let desk = &bench.desk;
    let colour = |name: &str, c: &str| {
        testmedia::make(desk, name, &format!("color=c={c}:s=180x320:r=25:d=2"), &format!("-pix_fmt yuv420p {TAGGED}"))
    };
    let (intro, story, outro) = (colour("i.mp4", "0x1414c8"), colour("s.mp4", "0xc81414"), colour("o.mp4", "black"));
    testmedia::ffmpeg(desk, "-f lavfi -i color=c=white:s=100x50 -frames:v 1 logo.png");
    let mut timeline = bench::real(&bench, &[story], &[20]).await;
    let insert = |path: &Path| Insert {
        file: bench::adopt(&bench, path),
        frames: 10,
        framing: Framing::Fill { x: 0.5, y: 0.5 },
        sound: true,
    };
    (timeline.intro, timeline.outro) = (Some(insert(&intro)), Some(insert(&outro)));
    timeline.segments[0].start = 10;
    timeline.voice.start = 10;
    timeline.frames = 40;
    let file = bench::adopt(&bench, &desk.join("logo.png"));
    timeline.logo = Some(Logo { file, corner: Corner::TopLeft, width: 0.2, opacity: 0.5 });
    let context = context(&bench);
    let made = make(&context, &timeline).await;
    let at = |frame, x, y| pixel(&made.file, frame, x, y);
    assert!(near(at(4, 130, 240), BLUE) && near(at(35, 130, 240), BLACK));
    assert!(near(at(15, 130, 240), RED));
    // The draft's safe zone starts at 6% and 14%: the logo covers x 16 to 70, y 67 to 94, half clear.
    assert!(near(at(15, 40, 80), [228, 138, 138]), "{:?}", at(15, 40, 80));
    assert!(near(at(15, 40, 40), RED) && near(at(4, 40, 80), BLUE), "not above, and not over the intro");
}

#[tokio::test]
async fn odd_footage_renders_upright_and_regular_with_its_sound() {
    let bench = testkit::bench();
    let desk = &bench.desk;
    testmedia::with_sound(desk, "sound.mp4");
    testmedia::ffmpeg(desk, "-i sound.mp4 -c copy -metadata:s:v rotate=90 turned.mp4");
    let deep = testmedia::make(desk, "deep.mp4", "testsrc2=s=322x182:r=25:d=2", "-pix_fmt yuv420p10le -c:v libx264");
    let fields = testmedia::make(
        desk,
        "fields.mp4",
        "testsrc2=s=320x240:r=50:d=2,interlace",
        "-c:v libx264 -flags +ildct+ilme -pix_fmt yuv420p",
    );
    // Every third frame is missing, and times are kept.
    let uneven = testmedia::make(
        desk,
        "uneven.mp4",
        "testsrc2=s=320x180:r=30:d=3",
        &format!("-vf select=mod(n\\,3) -fps_mode vfr {QUICK}"),
    );
    // What a camera notes in its headers must not show in the chunks: those could not be joined then.
    let noted = testmedia::make(
        desk,
        "noted.mp4",
        "testsrc2=s=320x180:r=30:d=2",
        &format!(
            "{QUICK} -chroma_sample_location topleft -color_primaries smpte170m -color_trc smpte170m -colorspace smpte170m"
        ),
    );
    let videos = [desk.join("turned.mp4"), deep, fields, uneven, noted];
    let mut timeline = bench::real(&bench, &videos, &[21, 22, 23, 25, 20]).await;
    timeline.source_sound_db = Some(-6.0);
    let context = context(&bench);
    let made = make(&context, &timeline).await;
    assert!(made.loudness.meets(super::platform::by_name("draft").unwrap().loudness), "{:?}", made.loudness);
}

#[tokio::test]
async fn no_character_of_the_homes_path_means_anything() {
    let bench = testkit::bench_at("it's: a [home], 100% \"odd\"; \\é=#?&$(x) %03d", testkit::tools());
    let mut timeline = bench::real(&bench, &three(&bench.desk)[..2], &[20, 20]).await;
    write_caption(&mut timeline, 0, "Hello", 600);
    testmedia::ffmpeg(&bench.desk, "-f lavfi -i color=c=white:s=100x50 -frames:v 1 logo.png");
    let file = bench::adopt(&bench, &bench.desk.join("logo.png"));
    timeline.logo = Some(Logo { file, corner: Corner::TopRight, width: 0.2, opacity: 1.0 });
    let context = context(&bench);
    let made = make(&context, &timeline).await;
    assert!(made.file.is_file());
    let commands = bench.profile.toolbox().last_commands();
    assert!(commands.iter().any(|c| c.contains("ass=filename=0000.ass")), "a caption was drawn");
}

/// A word shown from `start` on for half a second.
fn write_caption(timeline: &mut Timeline, start_ms: u32, text: &str, end_ms: u32) {
    let word = CueWord { text: text.into(), start_ms, end_ms, emphasis: false, break_after: false };
    timeline.captions.push(Cue { start_ms, end_ms, words: vec![word], sentence: 0, place: None });
    timeline.caption_style = crate::captions::style::all().into_iter().next();
}

#[tokio::test]
async fn a_changed_word_encodes_only_the_shots_it_shows_in() {
    let bench = testkit::bench();
    let mut timeline = bench::real(&bench, &three(&bench.desk), &[30, 30, 30]).await;
    write_caption(&mut timeline, 100, "One", 900);
    write_caption(&mut timeline, 1_100, "two", 1_900);
    write_caption(&mut timeline, 2_100, "three", 2_900);
    make(&context(&bench), &timeline).await;
    assert_eq!(encodes(&bench), 3);
    timeline.captions[1].words[0].text = "zwei".into();
    make(&context(&bench), &timeline).await;
    assert_eq!(encodes(&bench), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_render_leaves_nothing_behind() {
    let bench = testkit::bench();
    let video = testmedia::make(&bench.desk, "long.mp4", "mandelbrot=s=640x360:r=30,trim=duration=4", QUICK);
    let mut timeline = bench::real(&bench, &[video], &[100]).await;
    // Large and slow, so that it is stopped in the middle of an encode.
    (timeline.width, timeline.height, timeline.platform) = (2160, 3840, "tiktok".into());
    let context = context(&bench);
    let tmp = context.tmp().to_owned();
    let cancel = context.cancel().clone();
    let stop = {
        let tmp = tmp.clone();
        async move {
            // The chunk has appeared: ffmpeg is at work on it.
            while !tmp.join("0000.mp4").exists() {
                tokio::task::yield_now().await;
            }
            cancel.cancel();
        }
    };
    let (made, ()) = tokio::join!(try_make(&context, &timeline), stop);
    assert_eq!(made.unwrap_err().code(), Code::Cancelled);
    drop(context);
    assert!(!tmp.exists());
    let cache = bench.profile.root().join("cache/chunks");
    assert!(!cache.exists() || std::fs::read_dir(cache).unwrap().next().is_none());
    assert_eq!(bench.profile.encoders().available_permits(), 2, "the places for encoders are free again");
}

#[cfg(unix)]
#[tokio::test]
async fn an_ffmpeg_that_lacks_a_part_is_told_before_anything_is_rendered() {
    use std::os::unix::fs::PermissionsExt;
    let bench = testkit::bench();
    let script = bench.desk.join("ffmpeg");
    std::fs::write(&script, "#!/bin/sh\necho 'ffmpeg version 4.4.2 Copyright'\n").unwrap();
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
    let unfit = testkit::bench_with(crate::host::Tools { ffmpeg: Some(script), ..testkit::tools() });
    let timeline = bench::real(&unfit, &three(&bench.desk)[..1], &[20]).await;
    let error = try_make(&context(&unfit), &timeline).await.unwrap_err();
    assert_eq!(error.code(), Code::ToolUnfit);
    assert!(error.to_string().contains("4.4.2") && error.to_string().contains("libx264"), "{error}");
}

#[tokio::test]
async fn hdr_footage_comes_out_as_bright_as_it_was_meant() {
    let bench = testkit::bench();
    let desk = &bench.desk;
    // Grey of half the signal of ordinary video, as a phone writes it in HDR: 10 bits, wide primaries.
    let hdr = |name: &str, transfer: &str, tag: &str| {
        let to = format!("zscale=tin=bt709:min=bt709:pin=bt709:t={transfer}:p=bt2020:m=bt2020nc:npl=203");
        testmedia::make(
            desk,
            name,
            "color=c=0x808080:s=320x180:r=30:d=2,format=yuv420p",
            &format!(
                "-vf {to},format=yuv420p10le -c:v libx264 -preset ultrafast -color_trc {tag} -color_primaries bt2020 \
                 -colorspace bt2020nc"
            ),
        )
    };
    let videos = [hdr("pq.mp4", "smpte2084", "smpte2084"), hdr("hlg.mp4", "arib-std-b67", "arib-std-b67")];
    let timeline = bench::real(&bench, &videos, &[20, 20]).await;
    let context = context(&bench);
    let made = make(&context, &timeline).await;
    for frame in [10, 30] {
        let [red, green, blue] = pixel(&made.file, frame, 135, 240);
        // Tone mapping makes room for what is brighter than white; left as it is, PQ would be far too dark or pale.
        assert!((80..=170).contains(&green), "frame {frame}: {red} {green} {blue}");
        assert!(red.abs_diff(green) <= 6 && blue.abs_diff(green) <= 6, "still grey: {red} {green} {blue}");
    }
    let probed = crate::library::probe::probe(bench.profile.toolbox(), &made.file, context.cancel()).await.unwrap();
    assert_eq!(probed.probe.hdr, None);
}

/// An ffmpeg whose NVIDIA encoder does what `nvenc` (a shell command) does; the other hardware encoders fail.
#[cfg(unix)]
fn with_nvenc(desk: &Path, nvenc: &str) -> Bench {
    use std::os::unix::fs::PermissionsExt;
    let real = testkit::tools();
    let script = desk.join("ffmpeg");
    let text = format!(
        "#!/bin/sh\ncase \"$*\" in\n*h264_nvenc*) {nvenc};;\n*h264_*) echo 'No device' >&2; exit 1;;\nesac\nexec {} \"$@\"\n",
        real.ffmpeg.as_ref().unwrap().display()
    );
    std::fs::write(&script, text).unwrap();
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
    testkit::bench_with(crate::host::Tools { ffmpeg: Some(script), ..real })
}

#[cfg(unix)]
#[tokio::test]
async fn a_hardware_encoder_that_is_listed_but_does_not_work_gives_way_to_x264_and_the_receipt_says_so() {
    let desk = testkit::bench();
    for (nvenc, says) in [
        // Fails its test, as builds do that list it on a machine without the device.
        ("echo 'Cannot load libcuda.so.1' >&2; exit 1", "no hardware encoder passed its test"),
        // Passes its test, and fails at work.
        ("case \"$*\" in *'-f null'*) exit 0;; esac; echo 'out of memory' >&2; exit 1", "h264_nvenc failed at work"),
    ] {
        let bench = with_nvenc(&desk.desk, nvenc);
        let timeline = bench::real(&bench, &three(&desk.desk)[..2], &[20, 20]).await;
        let made = make_with(&context(&bench), &timeline, Encoder::Hardware).await.unwrap();
        assert_eq!(made.encoder, VideoEncoder::X264);
        assert!(made.notes.len() == 1 && made.notes[0].contains(says), "{:?}", made.notes);
        assert!(made.x264.is_some());
    }
}
