//! Footage to measure with: the demo's, made into full HD once and kept for the next run.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::said;
use crate::{BenchError, Place};

const FULL_HD: &str =
    "fps=30,scale=1920:1080:force_original_aspect_ratio=increase,crop=1920:1080,setsar=1,format=yuv420p";

/// The demo's footage, without the ending of the files.
pub const PLACES: [&str; 5] =
    ["earth/night-lights", "meadow/rabbit", "park/walk-on-grass", "square/people-crossing", "street/road-and-van"];

/// The demo's footage in full HD, in the same folders: about 105 s.
pub fn full_hd_folder(place: &Place) -> Result<PathBuf, BenchError> {
    let goal = place.work.join("footage/full-hd");
    for entry in PLACES {
        let from = place.demo.join(entry).with_extension("mp4");
        let to = goal.join(entry).with_extension("mp4");
        make(&to, |command| {
            command.arg("-i").arg(&from).args(["-vf", FULL_HD]);
        })?;
    }
    Ok(goal)
}

/// One minute of full HD with a cut every few seconds, and sound.
pub fn one_minute(place: &Place) -> Result<PathBuf, BenchError> {
    let folder = full_hd_folder(place)?;
    let to = place.work.join("footage/one-minute.mp4");
    make(&to, |command| {
        let parts = [("square/people-crossing", "20"), ("street/road-and-van", "20"), ("park/walk-on-grass", "20")];
        for (name, seconds) in parts {
            command.args(["-t", seconds, "-i"]).arg(folder.join(name).with_extension("mp4"));
        }
        // Pieces of four seconds, one of each place after the other.
        let mut graph = String::from(
            "[0:v]split=5[a0][a1][a2][a3][a4];[1:v]split=5[b0][b1][b2][b3][b4];[2:v]split=5[c0][c1][c2][c3][c4];",
        );
        let mut order = String::new();
        for piece in 0..5 {
            for name in ["a", "b", "c"] {
                let from = piece * 4;
                graph += &format!("[{name}{piece}]trim={from}:{},setpts=PTS-STARTPTS[{name}{piece}t];", from + 4);
                order += &format!("[{name}{piece}t]");
            }
        }
        graph += &format!("{order}concat=n=15,fps=30[v];anoisesrc=d=60:c=pink:a=0.2[s]");
        command.arg("-filter_complex").arg(graph).args(["-map", "[v]", "-map", "[s]", "-t", "60"]);
    })?;
    Ok(to)
}

/// Twenty minutes of a small picture: long, and cheap to decode.
pub fn twenty_minutes(place: &Place) -> Result<PathBuf, BenchError> {
    let minute = one_minute(place)?;
    let to = place.work.join("footage/twenty-minutes.mp4");
    make(&to, |command| {
        command.args(["-stream_loop", "19", "-i"]).arg(minute).args(["-vf", "scale=320:180"]);
    })?;
    Ok(to)
}

/// Makes a file unless it is there; a half-made one never has its name.
fn make(to: &Path, inputs: impl FnOnce(&mut Command)) -> Result<(), BenchError> {
    if to.exists() {
        return Ok(());
    }
    let folder = to.parent().unwrap_or(to);
    std::fs::create_dir_all(folder).map_err(BenchError::io(folder.display().to_string()))?;
    let part = to.with_extension("part.mp4");
    let mut command = Command::new("ffmpeg");
    command.args(["-v", "error", "-nostdin", "-y"]);
    inputs(&mut command);
    command.args(["-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-g", "60", "-c:a", "aac"]).arg(&part);
    said(&mut command)?;
    std::fs::rename(&part, to).map_err(BenchError::io(to.display().to_string()))
}
