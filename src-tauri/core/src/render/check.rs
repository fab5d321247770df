//! Is the file right? Frames counted, their times regular, size and rate as asked, streams as expected.
//!
//! Every frame is decoded once, in the chunk it was encoded into, and so is the sound. Joining copies packets and changes
//! none, so of the joined file it is checked that it holds the very packets that were decoded, one chunk after the other,
//! under the very headers they were decoded with. That finds more than decoding it again would: a decoder paints over many a wrong bit.

use std::ffi::OsString;

use super::RenderError;
use super::args::timescale;
use super::chunk::Canvas;
use crate::args;
use crate::speech::words::VOICE_RATE;
use serde::{Deserialize, Serialize};

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
    /// How many frames could be decoded; only said when asked for.
    nb_read_frames: String,
}

/// What is known of a picture that passed its check: the joined file must hold just this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passed {
    /// Hash of the headers.
    pub headers: String,
    /// BLAKE3 over the hashes of its packets, in the order of the file.
    pub packets: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Packet {
    stream_index: u32,
    pts: Option<i64>,
    data_hash: String,
}

/// What ffprobe says of a file.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Answer {
    streams: Vec<Stream>,
    packets: Vec<Packet>,
}

/// What is asked of a file: its streams, and time and hash of every packet.
const ENTRIES: &str = "stream=index,codec_type,codec_name,width,height,pix_fmt,time_base,start_pts,duration_ts,\
                       sample_rate,channels,extradata_hash,nb_read_frames:packet=stream_index,pts,data_hash";

/// Asks for the streams and all packets; decodes nothing.
#[must_use]
pub fn question(path: &str) -> Vec<OsString> {
    args!["-v", "error", "-show_entries", ENTRIES, "-show_data_hash", "md5", "-of", "json=compact=1", path]
}

/// The same, and decodes every frame on the way. Smoothing the edges of blocks is left out: it cannot fail, and nobody
/// looks.
#[must_use]
pub fn question_decoding(path: &str) -> Vec<OsString> {
    let mut list = args!["-count_frames", "-threads", "1", "-err_detect", "explode", "-skip_loop_filter", "all"];
    list.extend(question(path));
    list
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

    /// Checks that every frame was decoded ([`question_decoding`]) and nothing complained of.
    ///
    /// # Errors
    /// [`RenderError::Wrong`].
    pub fn decoded(&self, what: &str, frames: u32, stderr: &str) -> Result<(), RenderError> {
        let picture = self.streams.iter().find(|s| s.codec_type == "video");
        let count = picture.map_or("no", |s| s.nb_read_frames.as_str());
        if count != frames.to_string() {
            return Err(wrong(what, format!("{count} of its {frames} frames can be decoded")));
        }
        match stderr.lines().find(|line| !line.trim().is_empty()) {
            Some(complaint) => Err(wrong(what, format!("decoding it complains: {}", complaint.trim()))),
            None => Ok(()),
        }
    }

    /// Checks that the picture is made of these, one after the other, packet for packet. `chunks` are their lengths in
    /// frames and what they passed with.
    ///
    /// # Errors
    /// [`RenderError::Wrong`], naming the first that is not in its place.
    pub fn made_of<'a>(
        &self,
        what: &str,
        chunks: impl IntoIterator<Item = (u32, &'a Passed)>,
    ) -> Result<(), RenderError> {
        let Some(stream) = self.streams.iter().find(|s| s.codec_type == "video") else {
            return Err(wrong(what, "it has no picture".into()));
        };
        let mut packets = self.packets.iter().filter(|p| p.stream_index == stream.index);
        for (number, (frames, passed)) in (1..).zip(chunks) {
            if stream.extradata_hash != passed.headers {
                return Err(wrong(what, format!("its headers are not those of piece {number}")));
            }
            if digest(packets.by_ref().take(frames as usize)) != passed.packets {
                return Err(wrong(what, format!("piece {number} is not in it as it was encoded")));
            }
        }
        if packets.next().is_some() { Err(wrong(what, "it goes on after its last piece".into())) } else { Ok(()) }
    }

    /// Checks the picture: `frames` frames of the canvas' size, one after the other without a gap. Gives what a file
    /// that is joined of it must hold.
    ///
    /// # Errors
    /// [`RenderError::Wrong`] for the first thing that is not as it should be.
    pub fn picture(&self, what: &str, canvas: &Canvas, frames: u32) -> Result<Passed, RenderError> {
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
        let packets = digest(self.packets.iter().filter(|p| p.stream_index == stream.index));
        Ok(Passed { headers: stream.extradata_hash.clone(), packets })
    }

    /// Checks that there is one picture and one sound and nothing else.
    ///
    /// # Errors
    /// [`RenderError::Wrong`].
    pub fn one_of_each(&self, what: &str) -> Result<(), RenderError> {
        let of = |kind: &str| self.streams.iter().filter(|s| s.codec_type == kind).count();
        if (of("video"), of("audio"), self.streams.len()) == (1, 1, 2) {
            return Ok(());
        }
        Err(wrong(what, format!("it has {} pictures and {} sounds", of("video"), of("audio"))))
    }

    /// Checks the sound: exactly this many samples, from the start. Gives BLAKE3 over the hashes of its packets: a file it
    /// is copied into must hold the same.
    ///
    /// # Errors
    /// [`RenderError::Wrong`].
    pub fn sound(&self, what: &str, samples: u64) -> Result<String, RenderError> {
        let Some(sound) = self.streams.iter().find(|s| s.codec_type == "audio") else {
            return Err(wrong(what, "it has no sound".into()));
        };
        let expected = ("aac", VOICE_RATE.to_string(), 2, 0, samples);
        let got =
            (sound.codec_name.as_str(), sound.sample_rate.clone(), sound.channels, sound.start_pts, sound.duration_ts);
        if got != expected {
            return Err(wrong(what, format!("the sound is {got:?} instead of {expected:?}")));
        }
        Ok(digest(self.packets.iter().filter(|p| p.stream_index == sound.index)))
    }

    /// Checks that the sound is the one that was decoded and measured, packet for packet.
    ///
    /// # Errors
    /// [`RenderError::Wrong`].
    pub fn sounds_as(&self, what: &str, samples: u64, packets: &str) -> Result<(), RenderError> {
        if self.sound(what, samples)? == packets {
            return Ok(());
        }
        Err(wrong(what, "the sound is not in it as it was encoded".into()))
    }
}

fn wrong(what: &str, found: String) -> RenderError {
    RenderError::Wrong { what: what.to_owned(), found }
}

/// One hash of many packets.
fn digest<'a>(packets: impl Iterator<Item = &'a Packet>) -> String {
    let mut hasher = blake3::Hasher::new();
    for packet in packets {
        hasher.update(packet.data_hash.as_bytes());
        hasher.update(b"\n");
    }
    hasher.finalize().to_hex().to_string()
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
            packets: times
                .iter()
                .map(|t| Packet { stream_index: 0, pts: Some(*t), data_hash: format!("MD5:{t}") })
                .collect(),
        }
    }

    #[test]
    fn a_joined_file_holds_the_pieces_whole_and_in_their_order() {
        let canvas = bench::canvas(&bench::timeline(&[4]));
        let passed = |times: &[i64]| {
            let frames = u32::try_from(times.len()).unwrap();
            answer(times).picture("it", &canvas, frames).map(|passed| (frames, passed)).unwrap()
        };
        let (a, b) = (passed(&[0, 1000]), passed(&[0, 2000, 1000]));
        let joined = answer(&[0, 1000, 0, 2000, 1000]);
        let made_of = |joined: &Answer, pieces: &[&(u32, Passed)]| {
            joined.made_of("it", pieces.iter().map(|(frames, passed)| (*frames, passed))).map_err(|e| e.to_string())
        };
        assert_eq!(made_of(&joined, &[&a, &b]), Ok(()));
        assert!(made_of(&joined, &[&b, &a]).unwrap_err().contains("piece 1"));
        assert!(made_of(&joined, &[&a]).unwrap_err().contains("goes on"));
        assert!(made_of(&answer(&[0, 1000, 0, 2000]), &[&a, &b]).unwrap_err().contains("piece 2"));
        let mut changed = answer(&[0, 1000, 0, 2000, 1000]);
        changed.packets[3].data_hash = "MD5:other".into();
        assert!(made_of(&changed, &[&a, &b]).unwrap_err().contains("piece 2"));
        changed.streams[0].extradata_hash = "MD5:other".into();
        assert!(made_of(&changed, &[&a, &b]).unwrap_err().contains("headers"));
    }

    #[test]
    fn a_sound_that_is_missing_shorter_or_another_one_is_found() {
        let mut file = answer(&[0, 1000]);
        assert!(file.sound("it", 96).unwrap_err().to_string().contains("no sound"));
        file.streams[0].index = 1;
        file.streams.push(Stream {
            codec_type: "audio".into(),
            codec_name: "aac".into(),
            sample_rate: VOICE_RATE.to_string(),
            channels: 2,
            duration_ts: 96,
            ..Stream::default()
        });
        let packets = file.sound("it", 96).unwrap();
        assert!(file.one_of_each("it").is_ok() && file.sounds_as("it", 96, &packets).is_ok());
        assert!(file.sounds_as("it", 95, &packets).is_err());
        file.packets[1].data_hash = "MD5:other".into();
        assert!(file.sounds_as("it", 96, &packets).unwrap_err().to_string().contains("as it was encoded"));
        file.streams.pop();
        assert!(file.one_of_each("it").is_err());
    }

    #[test]
    fn a_frame_that_cannot_be_decoded_and_a_decoder_that_complains_are_found() {
        let mut file = answer(&[0, 1000]);
        file.streams[0].nb_read_frames = "2".into();
        assert!(file.decoded("it", 2, "\n").is_ok());
        assert!(file.decoded("it", 2, "[h264 @ 0x5] error while decoding MB 3 4").is_err());
        file.streams[0].nb_read_frames = "1".into();
        assert!(file.decoded("it", 2, "").unwrap_err().to_string().contains("1 of its 2 frames"));
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
