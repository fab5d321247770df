//! The sound of a video, apart from its picture: narration, footage sound, intro and outro, music ducked under the voice,
//! mixed once into a float WAV as long as the picture to the sample.
//!
//! Pure arguments. What is not here: how loud it ends up ([`super::loudness`]).

use std::ffi::OsString;
use std::path::Path;

use super::args::{file, micros, seconds};
use super::inputs::{Inputs, Reading};
use crate::args;
use crate::speech::words::VOICE_RATE;
use crate::variants::timeline::Timeline;

/// Fades at both ends of a piece of footage sound, seconds: a cut inside a wave clicks.
const PIECE_FADE_S: f64 = 0.03;

/// Ducking: under an ordinary voice the music goes down by some 8 to 12 dB, and comes back in a third of a second.
const DUCK: &str = "sidechaincompress=threshold=0.03:ratio=5:attack=20:release=300:makeup=1";

/// Every input becomes this before it is mixed.
const COMMON: &str = "aformat=sample_fmts=fltp:sample_rates=48000:channel_layouts=stereo";

/// How many samples the sound of a timeline has: exactly its frames.
#[must_use]
pub fn samples(timeline: &Timeline) -> u64 {
    u64::from(timeline.frames) * timeline.samples_per_frame()
}

/// A filter that makes a stream exactly `samples` long, starting at 0.
fn exactly(samples: u64) -> String {
    format!("apad=whole_len={samples},atrim=end_sample={samples},asetpts=N/SR/TB")
}

/// Mixes everything into `output`, a float WAV, and measures it on the way ([`super::loudness::Measured::parse`]).
#[must_use]
pub fn mix(timeline: &Timeline, inputs: &Inputs, output: &str) -> Vec<OsString> {
    let total = samples(timeline);
    let mut list = args!["-i", file(&inputs.voice)];
    let mut next = 1;
    let start = u64::from(timeline.voice.start) * timeline.samples_per_frame();
    // Both ears get the voice whole: the usual mixing of mono to stereo would take 3 dB off.
    let mut graph = format!(
        "[0:a:0]aresample={VOICE_RATE},aformat=sample_fmts=fltp,pan=stereo|c0=c0|c1=c0,adelay={start}S:all=1,volume={:.2}dB,{}",
        timeline.voice.gain_db,
        exactly(total)
    );
    let ducked = timeline.music.as_ref().is_some_and(|m| m.duck) && inputs.music.is_some();
    graph.push_str(if ducked { ",asplit[voice][key]" } else { "[voice]" });
    let mut mixed = String::from("[voice]");
    let mut count = 1;

    if let Some((arguments, bed)) = bed(timeline, inputs, next) {
        next += arguments.iter().filter(|a| *a == "-i").count();
        list.extend(arguments);
        graph.push_str(&format!(";{bed}"));
        mixed.push_str("[bed]");
        count += 1;
    }
    if let (Some(music), Some(path)) = (&timeline.music, &inputs.music) {
        list.extend(args!["-stream_loop", "-1", "-vn", "-i", file(path)]);
        let fade = f64::from(music.fade_ms) / 1000.0;
        let length = total as f64 / f64::from(VOICE_RATE);
        let fade = fade.min(length / 2.0);
        graph.push_str(&format!(
            ";[{next}:a:0]{COMMON},{},volume={:.2}dB,afade=t=in:st=0:d={fade:.3},afade=t=out:st={:.3}:d={fade:.3}",
            exactly(total),
            music.gain_db,
            length - fade
        ));
        graph.push_str(&if ducked { format!("[m];[m][key]{DUCK}[music]") } else { "[music]".into() });
        mixed.push_str("[music]");
        count += 1;
    }
    graph.push_str(&format!(
        ";{mixed}amix=inputs={count}:duration=longest:normalize=0,{},{}[out]",
        exactly(total),
        super::loudness::METER
    ));
    list.extend(args!["-filter_complex_threads", "1", "-filter_complex", graph, "-map", "[out]"]);
    list.extend(args!["-c:a", "pcm_f32le", "-f", "wav", output]);
    list
}

/// The footage's own sound and that of intro and outro, one after the other, with silence where there is none. `None`
/// when all would be silence.
fn bed(timeline: &Timeline, inputs: &Inputs, first: usize) -> Option<(Vec<OsString>, String)> {
    let per_frame = timeline.samples_per_frame();
    let mut list = Vec::new();
    let (mut pieces, mut graph, mut next) = (0, String::new(), first);
    let mut silence = 0;
    let mut add = |reading: Option<(&Path, u64)>, frames: u32, db: f32| {
        let samples = u64::from(frames) * per_frame;
        match reading {
            Some((path, in_ms)) => {
                if silence > 0 {
                    graph.push_str(&format!(
                        "anullsrc=r={VOICE_RATE}:cl=stereo,{COMMON},atrim=end_sample={silence}[p{pieces}];"
                    ));
                    pieces += 1;
                    silence = 0;
                }
                let length = micros(frames, timeline.fps);
                let end = length as f64 / 1e6 - PIECE_FADE_S;
                list.extend(args!["-vn", "-ss", seconds(in_ms * 1000), "-t", seconds(length), "-i", file(path)]);
                graph.push_str(&format!(
                    "[{next}:a:0]aresample=async=1:first_pts=0,{COMMON},{},volume={db:.2}dB,\
                     afade=t=in:st=0:d={PIECE_FADE_S},afade=t=out:st={end:.3}:d={PIECE_FADE_S}[p{pieces}];",
                    exactly(samples)
                ));
                pieces += 1;
                next += 1;
            }
            None => silence += samples,
        }
    };
    let heard = |reading: Option<&'_ Reading>, wanted: bool| wanted && reading.is_some_and(|r| r.has_sound);
    if let Some(intro) = &timeline.intro {
        let reading = inputs.intro.as_ref().filter(|_| heard(inputs.intro.as_ref(), intro.sound));
        add(reading.map(|r| (r.path.as_path(), 0)), intro.frames, 0.0);
    }
    for segment in &timeline.segments {
        let source = inputs.sources.get(&segment.pick.source);
        let reading = source.filter(|_| heard(source, timeline.source_sound_db.is_some()));
        add(
            reading.map(|r| (r.path.as_path(), segment.pick.in_ms)),
            segment.frames,
            timeline.source_sound_db.unwrap_or(0.0),
        );
    }
    if let Some(outro) = &timeline.outro {
        let reading = inputs.outro.as_ref().filter(|_| heard(inputs.outro.as_ref(), outro.sound));
        add(reading.map(|r| (r.path.as_path(), 0)), outro.frames, 0.0);
    }
    // Silence at the end needs no piece: the mix is made exactly as long as the picture anyhow.
    if pieces == 0 {
        return None;
    }
    let names: String = (0..pieces).map(|p| format!("[p{p}]")).collect();
    graph.push_str(&format!("{names}concat=n={pieces}:v=0:a=1,{}[bed]", exactly(samples(timeline))));
    Some((list, graph))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::bench;
    use crate::variants::timeline::MusicTrack;

    fn text(list: &[OsString]) -> String {
        list.iter().map(|a| a.to_string_lossy()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_voice_alone_is_placed_and_made_exactly_as_long_as_the_picture() {
        let mut timeline = bench::timeline(&[20, 31]);
        timeline.voice.start = 6;
        let line = text(&mix(&timeline, &bench::inputs(&timeline), "mix.wav"));
        assert!(line.contains("adelay=9600S:all=1"), "{line}");
        assert!(line.contains("atrim=end_sample=81600"), "51 frames of 1600 samples: {line}");
        assert!(!line.contains("sidechaincompress") && !line.contains("[bed]"));
    }

    #[test]
    fn music_loops_and_ducks_under_the_voice() {
        let mut timeline = bench::timeline(&[60]);
        timeline.music = Some(MusicTrack { file: bench::file("music.mp3"), gain_db: -12.0, duck: true, fade_ms: 500 });
        let mut inputs = bench::inputs(&timeline);
        inputs.music = Some("/m.mp3".into());
        let line = text(&mix(&timeline, &inputs, "mix.wav"));
        assert!(line.contains("-stream_loop -1 -vn -i file:/m.mp3"), "{line}");
        assert!(line.contains("asplit[voice][key]") && line.contains("[m][key]sidechaincompress"), "{line}");
        assert!(line.contains("afade=t=out:st=1.500:d=0.500"), "{line}");
    }

    #[test]
    fn footage_sound_stands_where_its_shot_does_and_a_silent_shot_is_silence() {
        let mut timeline = bench::timeline(&[20, 31, 9]);
        timeline.source_sound_db = Some(-18.0);
        let mut inputs = bench::inputs(&timeline);
        let second = timeline.segments[1].pick.source;
        for (id, source) in &mut inputs.sources {
            source.has_sound = *id == second;
        }
        let line = text(&mix(&timeline, &inputs, "mix.wav"));
        assert!(line.contains("atrim=end_sample=32000[p0]"), "20 frames of silence first: {line}");
        assert!(line.contains("[1:a:0]") && line.contains("volume=-18.00dB") && line.contains("concat=n=2"), "{line}");
    }
}
