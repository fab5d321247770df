//! Timelines for the tests of this room: pure ones, and ones of real footage in a throw-away profile.

use std::path::Path;

use super::chunk::Canvas;
use super::inputs::{Inputs, Reading};
use super::{files, make, platform};
use crate::ids::{ShotId, SourceId};
use crate::library::Probe;
use crate::speech::words::VoiceId;
use crate::testkit::Bench;
use crate::variants::timeline::{FileRef, Framing, Segment, ShotRef, TIMELINE_VERSION, Timeline, VoiceTrack};

/// Id number `n`.
pub(crate) fn source_id(n: usize) -> SourceId {
    SourceId::from_bytes([u8::try_from(n).unwrap() + 1; 16])
}

pub(crate) fn file(name: &str) -> FileRef {
    FileRef { path: format!("media/{name}").try_into().unwrap(), hash: "00".into() }
}

/// Segments of these lengths at 270x480 and 30 frames a second, each of a source of its own, from 500 ms on, filled.
pub(crate) fn timeline(lengths: &[u32]) -> Timeline {
    let mut start = 0;
    let segments = lengths
        .iter()
        .enumerate()
        .map(|(n, frames)| {
            let pick = ShotRef {
                shot: ShotId::from_bytes([u8::try_from(n).unwrap() + 1; 16]),
                source: source_id(n),
                source_hash: format!("{n:064}"),
                in_ms: 500,
            };
            let framing = Framing::Fill { x: 0.5, y: 0.5 };
            let segment =
                Segment { start, frames: *frames, sentence: 0, pick, framing, reason: "a test".into(), pinned: false };
            start += frames;
            segment
        })
        .collect();
    let voice = VoiceId { provider: "test".into(), voice: "tone".into() };
    Timeline {
        version: TIMELINE_VERSION,
        platform: "tiktok".into(),
        width: 270,
        height: 480,
        fps: 30,
        frames: start,
        intro: None,
        outro: None,
        segments,
        voice: VoiceTrack {
            file: file("voice.wav"),
            start: 0,
            samples: u64::from(start) * 1600,
            gain_db: 0.0,
            asked: voice.clone(),
            used: voice,
            reasons: Vec::new(),
            steps: Vec::new(),
            cost: None,
        },
        words: Vec::new(),
        captions: Vec::new(),
        caption_style: None,
        hook_title: None,
        logo: None,
        music: None,
        source_sound_db: None,
    }
}

pub(crate) fn canvas(timeline: &Timeline) -> Canvas {
    make::canvas(timeline, &platform::by_name(&timeline.platform).unwrap())
}

/// An ordinary 1920x1080 probe.
pub(crate) fn ordinary() -> Probe {
    crate::library::probe::plain()
}

/// Inputs that are not there: enough for pure functions.
pub(crate) fn inputs(timeline: &Timeline) -> Inputs {
    let sources = timeline.segments.iter().enumerate().map(|(n, segment)| {
        let reading = Reading {
            name: format!("{n}.mp4"),
            path: format!("/sources/{n}.mp4").into(),
            duration_ms: 60_000,
            has_sound: true,
            probe: ordinary(),
        };
        (segment.pick.source, reading)
    });
    Inputs { sources: sources.collect(), voice: "/voice.wav".into(), ..Inputs::default() }
}

/// Copies a file into the profile.
pub(crate) fn adopt(bench: &Bench, made: &Path) -> FileRef {
    let hash = files::hash(made).unwrap();
    let ending = made.extension().unwrap().to_str().unwrap();
    let path: crate::profile::media::MediaPath = format!("media/{hash}.{ending}").try_into().unwrap();
    std::fs::copy(made, bench.profile.folder().path(&path)).unwrap();
    FileRef { path, hash }
}

/// Takes a video into the profile's library as source `n`, probed for real.
pub(crate) async fn source(bench: &Bench, n: usize, made: &Path) -> (SourceId, String) {
    let cancel = tokio_util::sync::CancellationToken::new();
    let probed = crate::library::probe::probe(bench.profile.toolbox(), made, &cancel).await.unwrap();
    let file = adopt(bench, made);
    let id = source_id(n);
    bench
        .profile
        .write::<_, super::RenderError>(|tx| {
            tx.execute(
                "INSERT INTO sources (id, name, hash, bytes, path, duration_ms, width, height, has_sound, probe, created_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 0)",
                rusqlite::params![
                    id,
                    made.file_name().unwrap().to_str(),
                    file.hash,
                    i64::try_from(made.metadata().unwrap().len()).unwrap(),
                    file.path,
                    i64::try_from(probed.duration_ms).unwrap(),
                    probed.width,
                    probed.height,
                    probed.has_sound,
                    serde_json::to_string(&probed.probe).unwrap(),
                ],
            )?;
            Ok(())
        })
        .unwrap();
    (id, file.hash)
}

/// A WAV of a spoken-like tone (bursts), as long as the timeline, taken into the profile.
pub(crate) fn voice(bench: &Bench, timeline: &mut Timeline) {
    let length = f64::from(timeline.frames) / f64::from(timeline.fps);
    crate::library::testmedia::ffmpeg(
        &bench.desk,
        &format!(
            "-f lavfi -i aevalsrc='0.2*sin(440*2*PI*t)*gt(sin(5*t),0)':s=48000:d={length:.6} -ac 1 -c:a pcm_s16le voice.wav"
        ),
    );
    timeline.voice.file = adopt(bench, &bench.desk.join("voice.wav"));
    timeline.voice.samples = u64::from(timeline.frames) * 48_000 / u64::from(timeline.fps);
}

/// A timeline of real footage in the profile: a segment for each of these videos, with a voice.
pub(crate) async fn real(bench: &Bench, videos: &[std::path::PathBuf], lengths: &[u32]) -> Timeline {
    let mut timeline = timeline(lengths);
    for (n, video) in videos.iter().enumerate() {
        let (_, hash) = source(bench, n, video).await;
        timeline.segments[n].pick.source_hash = hash;
        timeline.segments[n].pick.in_ms = 200;
    }
    timeline.platform = "draft".into();
    voice(bench, &mut timeline);
    timeline
}

/// Stores a timeline as a planned video of a project and gives the context of its render job.
pub(crate) fn planned(bench: &Bench, timeline: &Timeline) -> (crate::jobs::JobContext, crate::ids::VariantId) {
    use crate::ids::{BatchId, ProjectId, ScriptId, VariantId};
    let (project, script, variant) = (ProjectId::new(), ScriptId::new(), VariantId::new());
    bench
        .profile
        .write::<_, super::RenderError>(|tx| {
            tx.execute("INSERT INTO projects (id, name, look, created_at) VALUES (?1, 'Project', '{}', 0)", [project])?;
            tx.execute(
                "INSERT INTO scripts (id, project_id, name, text, position, created_at)
                 VALUES (?1, ?2, 'Vară: 100%', 'Text.', 0, 0)",
                (script, project),
            )?;
            tx.execute(
                "INSERT INTO variants (id, project_id, script_id, batch_id, number, seed, timeline, created_at)
                 VALUES (?1, ?2, ?3, ?4, 0, 7, ?5, 0)",
                (variant, project, script, BatchId::new(), serde_json::to_string(timeline).unwrap()),
            )?;
            Ok(())
        })
        .unwrap();
    (bench.running(&crate::jobs::JobKind::Render { variant, platform: None }), variant)
}
