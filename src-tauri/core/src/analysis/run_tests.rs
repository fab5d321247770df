//! Analysis for real: footage made by ffmpeg, imported, decoded, looked at.

use std::path::{Path, PathBuf};

use tokio_util::sync::CancellationToken;

use super::*;
use crate::analysis::Shot;
use crate::error::Failure;
use crate::jobs::JobKind;
use crate::library::import::{ImportOptions, import};
use crate::library::testmedia::{self, QUICK, ffmpeg, make};
use crate::testkit::{Bench, bench};
use crate::variants::timeline::Framing;

async fn take_in(bench: &Bench, path: PathBuf) -> Source {
    let report = import(&bench.profile, &[path], &ImportOptions::default(), &CancellationToken::new()).await.unwrap();
    assert!(report.refused.is_empty(), "{:?}", report.refused);
    report.added[0].source.clone()
}

async fn analyse(bench: &Bench, source: SourceId) -> Value {
    run(&bench.running(&JobKind::Analyse { source }), source).await.unwrap()
}

async fn shots_in(bench: &Bench, path: PathBuf) -> (Source, Vec<Shot>) {
    let source = take_in(bench, path).await;
    analyse(bench, source.id).await;
    bench
        .profile
        .read::<_, SourceError>(|tx| Ok((sources::get(tx, source.id)?, store::shots_of(tx, source.id)?)))
        .unwrap()
}

fn spans(shots: &[Shot]) -> Vec<(u64, u64, u32)> {
    shots.iter().map(|s| (s.start_ms, s.end_ms, s.scene)).collect()
}

/// Width and height of a JPEG, from its start-of-frame header.
fn size_of(jpeg: &Path) -> (u32, u32) {
    let bytes = std::fs::read(jpeg).unwrap();
    let at = bytes.windows(2).position(|w| w == [0xFF, 0xC0]).unwrap();
    let two = |i: usize| u32::from(bytes[i]) << 8 | u32::from(bytes[i + 1]);
    (two(at + 7), two(at + 5))
}

#[tokio::test]
async fn joined_footage_is_cut_where_it_was_joined_and_long_scenes_are_divided() {
    let bench = bench();
    let (source, shots) = shots_in(&bench, testmedia::four_scenes(&bench.desk, "a.mp4")).await;
    assert_eq!(spans(&shots), [(0, 1960, 0), (2040, 2960, 1), (3040, 5500, 2), (5500, 7960, 2), (8040, 9960, 3)]);
    assert_eq!(source.duration_ms, 10_000);
    assert!(source.analysed_at.is_some());
    for shot in &shots {
        let picture = thumbnails::of_shot(source.id, shot.id).unwrap();
        assert_eq!(size_of(&bench.profile.folder().path(&picture)), (480, 270));
        for score in [shot.motion, shot.sharpness, shot.contrast, shot.brightness, shot.anchor_x, shot.anchor_y] {
            assert!((0.0..=1.0).contains(&score), "{shot:?}");
        }
    }
    let strip = thumbnails::strip(&bench.profile, source.id).unwrap();
    assert_eq!(strip.iter().map(|(at, _)| *at).collect::<Vec<_>>(), (0..10).map(|s| s * 1000).collect::<Vec<_>>());
    assert_eq!(waveform::read(&bench.profile, source.id).unwrap(), None);
    // Still bars do not move; the others do.
    assert!(shots[1].motion < 0.01 && shots[0].motion > shots[1].motion && shots[3].motion > shots[1].motion);
    assert!((shots[0].phash ^ shots[1].phash).count_ones() > 12);
}

#[tokio::test]
async fn scenes_that_melt_into_each_other_are_cut_and_what_lies_between_is_in_no_shot() {
    let bench = bench();
    let scene =
        |source: &str| format!("{source}=s=320x180:r=25,trim=duration=3,setpts=PTS-STARTPTS,setsar=1,format=yuv420p");
    let graph = format!(
        "{}[a];{}[b];[a][b]xfade=transition=fade:duration=1:offset=2[out]",
        scene("testsrc"),
        scene("mandelbrot")
    );
    let path = bench.desk.join("x.mp4");
    testmedia::ffmpeg(&bench.desk, &format!("-filter_complex {graph} -map [out] {} x.mp4", testmedia::QUICK));
    let (_, shots) = shots_in(&bench, path).await;
    let [before, after] = spans(&shots)[..] else { panic!("{:?}", spans(&shots)) };
    // The picture goes from one to the other from 2000 to 3000 ms.
    assert!(before.0 == 0 && before.1.abs_diff(1960) <= 320, "{before:?}");
    assert!(after.0.abs_diff(3040) <= 320 && after.2 == 1, "{after:?}");
}

#[tokio::test]
async fn running_it_again_changes_nothing_and_keeps_what_was_set_by_hand() {
    let bench = bench();
    let (source, shots) = shots_in(&bench, testmedia::four_scenes(&bench.desk, "a.mp4")).await;
    let set = bench.profile.write(|tx| store::set_framing(tx, shots[1].id, Some(Framing::BlurFit))).unwrap();
    assert_eq!(set.unwrap().framing, Some(Framing::BlurFit));
    let before = bench.profile.read(|tx| store::shots_of(tx, source.id)).unwrap();
    analyse(&bench, source.id).await;
    assert_eq!(bench.profile.read(|tx| store::shots_of(tx, source.id)).unwrap(), before);
    let folder = bench.profile.folder().path(&thumbnails::folder_of(source.id).unwrap());
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), 15);
}

#[tokio::test]
async fn frames_at_uneven_times_are_cut_at_the_right_time() {
    let bench = bench();
    testmedia::four_scenes(&bench.desk, "even.mp4");
    // Every frame in the first two seconds, then every fourth: a frame's number says nothing about its time.
    ffmpeg(
        &bench.desk,
        &format!("-i even.mp4 -vf select='lt(t\\,2)+not(mod(n\\,4))' -fps_mode vfr {QUICK} uneven.mp4"),
    );
    let (source, shots) = shots_in(&bench, bench.desk.join("uneven.mp4")).await;
    assert!(source.probe.variable_rate);
    let starts: Vec<u64> = shots.iter().map(|s| s.start_ms).collect();
    for (start, cut) in [(starts[1], 2000), (starts[2], 3000), (*starts.last().unwrap(), 8000)] {
        // Of every fourth frame, the first of a scene comes up to 120 ms late, and a margin of a frame is kept.
        assert!((cut..=cut + 200).contains(&start), "{starts:?}");
    }
}

#[tokio::test]
async fn phone_footage_is_looked_at_upright() {
    let bench = bench();
    testmedia::plain(&bench.desk, "a.mp4");
    ffmpeg(&bench.desk, "-i a.mp4 -c copy -metadata:s:v rotate=90 turned.mp4");
    let (source, shots) = shots_in(&bench, bench.desk.join("turned.mp4")).await;
    let picture = bench.profile.folder().path(&thumbnails::of_shot(source.id, shots[0].id).unwrap());
    assert_eq!(size_of(&picture), (270, 480));
}

#[tokio::test]
async fn hdr_interlaced_odd_and_oblong_footage_gives_shots() {
    let bench = bench();
    let hdr = "-c:v libx265 -preset ultrafast -pix_fmt yuv420p10le -x265-params \
               log-level=none:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc \
               -color_primaries bt2020 -color_trc smpte2084 -colorspace bt2020nc";
    let fields = format!("-vf tinterlace=interleave_top,setfield=tff -flags +ilme+ildct {QUICK}");
    let oblong = format!("-vf setsar=16/11 {QUICK}");
    for (name, source, output) in [
        ("hdr.mp4", "testsrc2=s=320x180:r=30:d=1", hdr),
        ("fields.mp4", "testsrc2=s=320x180:r=50:d=1", fields.as_str()),
        ("odd.mkv", "testsrc=s=321x181:r=30:d=1", "-c:v ffv1 -pix_fmt yuv420p"),
        ("oblong.mp4", "testsrc2=s=360x288:r=25:d=1", oblong.as_str()),
        ("slow.mp4", "testsrc2=s=320x180:r=2:d=3", QUICK),
    ] {
        let (_, shots) = shots_in(&bench, make(&bench.desk, name, source, output)).await;
        assert_eq!(shots.len(), 1, "{name}");
        assert!(shots[0].contrast > 0.2 && shots[0].brightness > 0.15, "{name}: {:?}", shots[0]);
    }
}

#[tokio::test]
async fn sound_gives_a_waveform_that_starts_when_the_picture_does() {
    let bench = bench();
    // Half a second of nothing, then a tone.
    ffmpeg(
        &bench.desk,
        &format!(
            "-f lavfi -i testsrc2=s=320x180:r=30:d=2 -f lavfi -i sine=f=440:d=2:r=44100 -af volume='gte(t,0.5)':eval=frame \
             {QUICK} -c:a aac -shortest a.mp4"
        ),
    );
    let (source, _) = shots_in(&bench, bench.desk.join("a.mp4")).await;
    let wave = waveform::read(&bench.profile, source.id).unwrap().unwrap();
    assert_eq!(wave.rate, 100);
    assert!(wave.peaks.len().abs_diff(200) <= 5, "{}", wave.peaks.len());
    let loud = wave.peaks.iter().position(|(low, high)| *high > 8 && *low < -8).unwrap();
    assert!(loud.abs_diff(50) <= 3, "{loud}");
    assert!(wave.peaks[..45].iter().all(|(low, high)| *low >= -1 && *high <= 1));
}

#[tokio::test]
async fn a_cancel_stops_it_and_stores_nothing() {
    let bench = bench();
    let source = take_in(&bench, testmedia::four_scenes(&bench.desk, "a.mp4")).await;
    let ctx = bench.running(&JobKind::Analyse { source: source.id });
    ctx.cancel().cancel();
    let failure = Failure::from(run(&ctx, source.id).await.unwrap_err());
    assert_eq!(failure.code, Code::Cancelled);
    let source = bench.profile.read(|tx| sources::get(tx, source.id)).unwrap();
    assert!(source.analysed_at.is_none());
    assert!(bench.profile.read(|tx| store::shots_of(tx, source.id)).unwrap().is_empty());
}

#[tokio::test]
async fn footage_that_stops_decoding_half_way_is_a_failure_that_says_so() {
    let bench = bench();
    let source = take_in(&bench, testmedia::four_scenes(&bench.desk, "a.mp4")).await;
    // The file keeps its size, but after a third of it there are only zeros.
    let path = sources::real_path(&bench.profile, &source).unwrap();
    let mut bytes = std::fs::read(&path).unwrap();
    let index = bytes.windows(4).position(|w| w == b"moov").unwrap();
    let third = index / 3;
    bytes[third..index - 4].fill(0);
    std::fs::write(&path, bytes).unwrap();
    let failure =
        Failure::from(run(&bench.running(&JobKind::Analyse { source: source.id }), source.id).await.unwrap_err());
    assert_eq!(failure.code, Code::TruncatedFile);
    assert!(failure.message.contains("a.mp4"), "{}", failure.message);
}
