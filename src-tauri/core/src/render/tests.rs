//! Whole renders with the real ffmpeg, small and short.

use std::path::{Path, PathBuf};

use super::bench;
use super::encoder::RenderSettings;
use super::inputs;
use super::make::{self, Made};
use crate::error::{Code, Explain};
use crate::jobs::JobContext;
use crate::library::testmedia::{self, QUICK};
use crate::testkit::{self, Bench};
use crate::variants::timeline::Timeline;

async fn make(context: &JobContext, timeline: &Timeline) -> Made {
    try_make(context, timeline).await.unwrap()
}

async fn try_make(context: &JobContext, timeline: &Timeline) -> Result<Made, super::RenderError> {
    let inputs = inputs::gather(context.profile(), timeline, None, context.cancel()).await?;
    make::make(context, timeline, &inputs, RenderSettings::default(), true).await
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
    // `make` itself checks frames, times, samples and decodes all of it; here the figures are looked at from outside.
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
