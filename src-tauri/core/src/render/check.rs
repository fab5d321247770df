//! Is the file right? Frames counted, their times regular, size and rate as asked, streams as expected; then decoded.

use std::ffi::OsString;

use super::RenderError;
use super::args::timescale;
use super::chunk::Canvas;
use crate::args;
use crate::speech::words::VOICE_RATE;
use serde::Deserialize;

/// A stream as ffprobe tells of it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Stream {
    index: u32,
    codec_type: String,
    codec_name: String,
    width: u32,
    height: u32,
    pix_fmt: String,
    time_base: String,
    start_pts: i64,
    duration_ts: u64,
    sample_rate: String,
    channels: u32,
    /// Hash of the headers (SPS and PPS); chunks can be joined only if it is the same.
    pub extradata_hash: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Packet {
    stream_index: u32,
    pts: Option<i64>,
}

/// What ffprobe says of a file.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Answer {
    streams: Vec<Stream>,
    packets: Vec<Packet>,
}

/// Asks for the streams and the times of all packets; reads headers only, decodes nothing.
#[must_use]
pub fn question(path: &str) -> Vec<OsString> {
    args![
        "-v",
        "error",
        "-show_entries",
        "stream=index,codec_type,codec_name,width,height,pix_fmt,time_base,start_pts,duration_ts,sample_rate,channels,\
         extradata_hash:packet=stream_index,pts",
        "-show_data_hash",
        "md5",
        "-of",
        "json=compact=1",
        path,
    ]
}

impl Answer {
    /// Reads ffprobe's answer.
    ///
    /// # Errors
    /// [`RenderError::Wrong`] when it makes no sense.
    pub fn read(what: &str, stdout: &[u8]) -> Result<Self, RenderError> {
        serde_json::from_slice(stdout).map_err(|e| wrong(what, format!("ffprobe's answer makes no sense ({e})")))
    }

    /// How many frames of picture there are.
    #[must_use]
    pub fn frames(&self) -> u64 {
        let picture = self.streams.iter().find(|s| s.codec_type == "video").map(|s| s.index);
        self.packets.iter().filter(|p| Some(p.stream_index) == picture && p.pts.is_some()).count() as u64
    }

    /// Checks the picture: `frames` frames of the canvas' size, one after the other without a gap. Gives the hash of
    /// its headers.
    ///
    /// # Errors
    /// [`RenderError::Wrong`] for the first thing that is not as it should be.
    pub fn picture(&self, what: &str, canvas: &Canvas, frames: u32) -> Result<String, RenderError> {
        let Some(stream) = self.streams.iter().find(|s| s.codec_type == "video") else {
            return Err(wrong(what, "it has no picture".into()));
        };
        let (w, h) = (canvas.frame.width, canvas.frame.height);
        let expected = ("h264", w, h, "yuv420p", format!("1/{}", timescale(canvas.fps)));
        let got = (stream.codec_name.as_str(), stream.width, stream.height, &*stream.pix_fmt, stream.time_base.clone());
        if got != expected {
            return Err(wrong(what, format!("the picture is {got:?} instead of {expected:?}")));
        }
        let mut times: Vec<i64> =
            self.packets.iter().filter(|p| p.stream_index == stream.index).filter_map(|p| p.pts).collect();
        times.sort_unstable();
        if times.len() != frames as usize {
            return Err(wrong(what, format!("it has {} frames instead of {frames}", times.len())));
        }
        // A frame is 1000 ticks, from 0.
        if let Some((index, time)) = (0_i64..).zip(&times).find(|(i, t)| **t != i * 1000) {
            return Err(wrong(what, format!("frame {index} shows at {time} instead of {}", index * 1000)));
        }
        Ok(stream.extradata_hash.clone())
    }

    /// Checks that there is one picture and one sound, and that the sound is exactly as long as the picture.
    ///
    /// # Errors
    /// [`RenderError::Wrong`].
    pub fn sound(&self, what: &str, samples: u64) -> Result<(), RenderError> {
        let of = |kind: &str| self.streams.iter().filter(|s| s.codec_type == kind).count();
        if (of("video"), of("audio"), self.streams.len()) != (1, 1, 2) {
            return Err(wrong(what, format!("it has {} pictures and {} sounds", of("video"), of("audio"))));
        }
        let Some(sound) = self.streams.iter().find(|s| s.codec_type == "audio") else { return Ok(()) };
        let expected = ("aac", VOICE_RATE.to_string(), 2, 0, samples);
        let got =
            (sound.codec_name.as_str(), sound.sample_rate.clone(), sound.channels, sound.start_pts, sound.duration_ts);
        if got == expected { Ok(()) } else { Err(wrong(what, format!("the sound is {got:?} instead of {expected:?}"))) }
    }
}

fn wrong(what: &str, found: String) -> RenderError {
    RenderError::Wrong { what: what.to_owned(), found }
}

/// Decodes all of a file, stopping at the first error, and measures its loudness on the way. Smoothing the edges of
/// blocks is left out: it cannot fail, and nobody looks.
#[must_use]
pub fn decode(path: &str) -> Vec<OsString> {
    let mut list = args![
        "-xerror",
        "-err_detect",
        "explode",
        "-skip_loop_filter",
        "all",
        "-i",
        path,
        "-map",
        "0:v:0",
        "-f",
        "null",
        "-"
    ];
    list.extend(args!["-map", "0:a:0", "-af", super::loudness::METER, "-f", "null", "-"]);
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::bench;

    fn answer(times: &[i64]) -> Answer {
        let stream = Stream {
            codec_type: "video".into(),
            codec_name: "h264".into(),
            width: 270,
            height: 480,
            pix_fmt: "yuv420p".into(),
            time_base: "1/30000".into(),
            ..Stream::default()
        };
        Answer {
            streams: vec![stream],
            packets: times.iter().map(|t| Packet { stream_index: 0, pts: Some(*t) }).collect(),
        }
    }

    #[test]
    fn a_lost_frame_a_shifted_one_and_a_wrong_size_are_found() {
        let canvas = bench::canvas(&bench::timeline(&[4]));
        let check = |times: &[i64], frames| answer(times).picture("it", &canvas, frames);
        assert!(check(&[0, 2000, 1000, 3000], 4).is_ok());
        assert!(check(&[0, 2000, 1000], 4).unwrap_err().to_string().contains("3 frames instead of 4"));
        assert!(check(&[0, 1000, 2020, 3000], 4).unwrap_err().to_string().contains("frame 2 shows at 2020"));
        let mut small = answer(&[0]);
        small.streams[0].width = 268;
        assert!(small.picture("it", &canvas, 1).is_err());
        assert!(Answer::default().picture("it", &canvas, 1).is_err());
    }
}
