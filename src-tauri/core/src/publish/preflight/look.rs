//! What a file is: asked of ffprobe and read here. Nothing is decoded.

use std::ffi::OsString;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::args;
use crate::render::args::file;

/// The picture of a file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Picture {
    /// As ffprobe names it ("h264").
    pub codec: String,
    /// As ffprobe names it ("High").
    pub profile: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// "yuv420p".
    pub pixel_format: String,
    /// Frames a second.
    pub fps: f64,
    /// Two half pictures a frame.
    pub interlaced: bool,
}

/// What was found in a file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Looked {
    /// "mp4", "mov", "webm", or the first name ffprobe has for it.
    pub container: String,
    /// Its picture; `None` when it has none.
    pub picture: Option<Picture>,
    /// Codec of its sound; `None` when it has none.
    pub sound: Option<String>,
    /// Length.
    pub seconds: f64,
    /// Size.
    pub bytes: u64,
    /// Kilobits a second over all of it.
    pub kbps: u64,
}

const ENTRIES: &str = "format=format_name,duration,bit_rate:format_tags=major_brand:stream=codec_type,codec_name,profile,\
                       width,height,pix_fmt,avg_frame_rate,field_order";

/// What is asked.
#[must_use]
pub fn question(path: &Path) -> Vec<OsString> {
    args!["-v", "error", "-show_entries", ENTRIES, "-of", "json=compact=1", file(path)]
}

/// Reads the answer; `None` when it makes no sense.
#[must_use]
pub fn read(stdout: &[u8], bytes: u64) -> Option<Looked> {
    let answer: Value = serde_json::from_slice(stdout).ok()?;
    let format = &answer["format"];
    let streams = answer["streams"].as_array()?;
    let of = |kind: &str| streams.iter().find(|s| s["codec_type"] == kind);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let number = |value: &Value| value.as_str().and_then(|text| text.parse::<f64>().ok());
    let side = |value: &Value| value.as_u64().and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
    let picture = of("video").map(|stream| Picture {
        codec: text(&stream["codec_name"]),
        profile: text(&stream["profile"]),
        width: side(&stream["width"]),
        height: side(&stream["height"]),
        pixel_format: text(&stream["pix_fmt"]),
        fps: fraction(&text(&stream["avg_frame_rate"])),
        interlaced: stream["field_order"].as_str().is_some_and(|order| !matches!(order, "progressive" | "unknown")),
    });
    let seconds = number(&format["duration"]).unwrap_or(0.0);
    let kbps = number(&format["bit_rate"]).map_or(0.0, |rate| rate / 1000.0);
    Some(Looked {
        container: container(
            &text(&format["format_name"]),
            &text(&format["tags"]["major_brand"]),
            picture.as_ref().map_or("", |picture| &picture.codec),
        ),
        picture,
        sound: of("audio").map(|stream| text(&stream["codec_name"])),
        seconds,
        bytes,
        // A float cast saturates: a negative rate becomes 0.
        kbps: kbps.round() as u64,
    })
}

/// ffprobe has one name for a whole family of formats. The brand in the file tells MP4 and QuickTime apart, and what is in it
/// WebM and other Matroska.
fn container(names: &str, brand: &str, codec: &str) -> String {
    let listed = |name: &str| names.split(',').any(|n| n == name);
    if listed("mp4") {
        return if brand.trim() == "qt" { "mov" } else { "mp4" }.to_owned();
    }
    if listed("webm") && matches!(codec, "vp8" | "vp9" | "av1") {
        return "webm".to_owned();
    }
    names.split(',').next().unwrap_or_default().to_owned()
}

/// "30000/1001" as a number; 0 when it is none.
fn fraction(text: &str) -> f64 {
    let (above, below) = text.split_once('/').unwrap_or((text, "1"));
    match (above.parse::<f64>(), below.parse::<f64>()) {
        (Ok(above), Ok(below)) if below > 0.0 => above / below,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANSWER: &str = r#"{"streams":[
        {"codec_name":"h264","profile":"High","codec_type":"video","width":1080,"height":1920,"pix_fmt":"yuv420p",
         "field_order":"progressive","avg_frame_rate":"30/1"},
        {"codec_name":"aac","profile":"LC","codec_type":"audio"}],
        "format":{"format_name":"mov,mp4,m4a,3gp,3g2,mj2","duration":"12.500000","bit_rate":"8000000",
                  "tags":{"major_brand":"isom"}}}"#;

    #[test]
    fn an_answer_of_ffprobe_is_read() {
        let looked = read(ANSWER.as_bytes(), 12_500_000).unwrap();
        let picture = looked.picture.unwrap();
        assert_eq!((looked.container.as_str(), looked.sound.as_deref()), ("mp4", Some("aac")));
        assert_eq!((picture.codec.as_str(), picture.profile.as_str(), picture.fps), ("h264", "High", 30.0));
        assert_eq!((picture.width, picture.height, picture.interlaced), (1080, 1920, false));
        assert_eq!((looked.seconds, looked.bytes, looked.kbps), (12.5, 12_500_000, 8000));
    }

    #[test]
    fn formats_that_ffprobe_names_alike_are_told_apart() {
        assert_eq!(container("mov,mp4,m4a,3gp,3g2,mj2", "qt  ", "h264"), "mov");
        assert_eq!(container("mov,mp4,m4a,3gp,3g2,mj2", "mp42", "h264"), "mp4");
        assert_eq!(container("matroska,webm", "", "vp9"), "webm");
        assert_eq!(container("matroska,webm", "", "h264"), "matroska");
        assert_eq!(container("avi", "", "mpeg4"), "avi");
    }

    #[test]
    fn rates_are_read_and_what_is_no_rate_is_none() {
        assert!((fraction("30000/1001") - 29.97).abs() < 0.001);
        assert_eq!([fraction("25"), fraction("0/0"), fraction("")], [25.0, 0.0, 0.0]);
    }

    #[test]
    fn an_answer_that_makes_no_sense_is_none() {
        assert_eq!(read(b"not json", 1), None);
        assert_eq!(read(b"{}", 1), None);
    }
}
