//! ffprobe's JSON, read purely: no process, no file.

use serde::Deserialize;
use std::collections::BTreeMap;

use super::Probe;

/// What `-show_format -show_streams` answers.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Answer {
    #[serde(default)]
    pub streams: Vec<Stream>,
    #[serde(default)]
    pub format: Format,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Format {
    #[serde(default)]
    pub format_name: String,
    start_time: Option<String>,
    duration: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Stream {
    codec_type: String,
    codec_name: Option<String>,
    width: u32,
    height: u32,
    sample_aspect_ratio: Option<String>,
    pix_fmt: Option<String>,
    field_order: Option<String>,
    r_frame_rate: String,
    avg_frame_rate: String,
    start_time: Option<String>,
    duration: Option<String>,
    nb_frames: Option<String>,
    color_range: Option<String>,
    color_space: Option<String>,
    color_transfer: Option<String>,
    color_primaries: Option<String>,
    sample_rate: Option<String>,
    channels: u32,
    disposition: BTreeMap<String, i64>,
    tags: BTreeMap<String, String>,
    side_data_list: Vec<SideData>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct SideData {
    rotation: Option<f64>,
}

/// What `-show_packets` or `-show_frames` answers.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Samples {
    pub packets: Vec<Packet>,
    pub frames: Vec<Frame>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Packet {
    pts_time: Option<String>,
    dts_time: Option<String>,
    duration_time: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Frame {
    interlaced_frame: i64,
}

/// What kind of thing the streams make the file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Footage,
    AudioOnly,
    StillPicture,
    NotAVideo,
}

impl Stream {
    fn is(&self, disposition: &str) -> bool {
        self.disposition.get(disposition).is_some_and(|v| *v != 0)
    }

    /// What ffmpeg's specifier `V` picks: moving picture, no cover art.
    fn is_picture(&self) -> bool {
        self.codec_type == "video" && !self.is("attached_pic") && !self.is("timed_thumbnails")
    }

    fn codec(&self) -> Option<&str> {
        self.codec_name.as_deref().filter(|n| !n.is_empty() && *n != "unknown" && *n != "none")
    }
}

impl Answer {
    fn picture(&self) -> Option<&Stream> {
        self.streams.iter().find(|s| s.is_picture())
    }

    pub(super) fn kind(&self) -> Kind {
        match self.picture() {
            Some(p) if p.is("still_image") || p.nb_frames.as_deref() == Some("1") => Kind::StillPicture,
            Some(p) if p.codec().is_some() && p.width > 0 && p.height > 0 => Kind::Footage,
            _ if self.streams.iter().any(|s| s.codec_type == "audio") => Kind::AudioOnly,
            None if self.streams.iter().any(|s| s.is("attached_pic")) => Kind::StillPicture,
            _ => Kind::NotAVideo,
        }
    }

    /// Where the container's clock starts, seconds. ffmpeg counts from there.
    pub(super) fn start(&self) -> f64 {
        seconds(self.format.start_time.as_ref()).unwrap_or(0.0)
    }

    /// Where the picture should end on the container's clock, as the file says about the picture itself.
    pub(super) fn promised_end(&self) -> Option<f64> {
        let picture = self.picture()?;
        let tagged = picture.tags.iter().find(|(k, _)| k.eq_ignore_ascii_case("duration")).and_then(|(_, v)| clock(v));
        let length = seconds(picture.duration.as_ref()).or(tagged)?;
        Some(seconds(picture.start_time.as_ref()).unwrap_or(0.0) + length)
    }

    /// About where the file ends on the container's clock.
    pub(super) fn about_end(&self) -> Option<f64> {
        self.promised_end().or_else(|| Some(self.start() + seconds(self.format.duration.as_ref())?))
    }

    /// Everything together; `None` when there is no picture.
    pub(super) fn probe(&self, times: &Times, frames: &[Frame], changed_at: Option<i64>) -> Option<Probe> {
        let picture = self.picture()?;
        let rate = fraction(&picture.avg_frame_rate, '/').or_else(|| fraction(&picture.r_frame_rate, '/'));
        let flagged = frames.iter().filter(|f| f.interlaced_frame != 0).count();
        let by_field = matches!(picture.field_order.as_deref(), Some("tt" | "bb" | "tb" | "bt"));
        let sound = self.streams.iter().find(|s| s.codec_type == "audio").and_then(|s| {
            let rate = s.sample_rate.as_ref()?.parse().ok().filter(|r| *r > 0)?;
            Some((s.codec()?.to_owned(), rate, s.channels.max(1)))
        });
        let text = |t: &Option<String>| {
            t.clone().filter(|t| !matches!(t.as_str(), "unknown" | "unspecified" | "reserved")).unwrap_or_default()
        };
        let pixel_format = text(&picture.pix_fmt);
        let transfer = text(&picture.color_transfer);
        Some(Probe {
            container: self.format.format_name.clone(),
            codec: picture.codec()?.to_owned(),
            coded_width: picture.width,
            coded_height: picture.height,
            pixel_aspect: picture.sample_aspect_ratio.as_deref().map_or((1, 1), pixel_aspect),
            rotation: picture.side_data_list.iter().find_map(|s| s.rotation).map_or(0, clockwise),
            frame_rate: rate.unwrap_or((0, 1)),
            variable_rate: times.irregular(),
            interlaced: if frames.is_empty() { by_field } else { flagged * 2 > frames.len() },
            hdr: matches!(transfer.as_str(), "smpte2084" | "arib-std-b67").then_some(transfer),
            sound,
            colour_matrix: text(&picture.color_space),
            colour_primaries: text(&picture.color_primaries),
            full_range: pixel_format.starts_with("yuvj") || picture.color_range.as_deref() == Some("pc"),
            changed_at,
            pixel_format,
        })
    }
}

/// When frames show, seconds on the container's clock, of the stretches that were looked at.
#[derive(Debug, Default)]
pub(super) struct Times {
    /// Sorted.
    at: Vec<f64>,
    /// Where the last one ends.
    pub end: f64,
}

impl Times {
    pub(super) fn of(packets: &[Packet], fps: f64) -> Self {
        let mut at = Vec::with_capacity(packets.len());
        let mut end = f64::MIN;
        for packet in packets {
            let Some(time) = seconds(packet.pts_time.as_ref()).or_else(|| seconds(packet.dts_time.as_ref())) else {
                continue;
            };
            let lasts = seconds(packet.duration_time.as_ref()).filter(|d| *d > 0.0).unwrap_or(1.0 / fps.max(1.0));
            end = end.max(time + lasts);
            at.push(time);
        }
        at.sort_by(f64::total_cmp);
        at.dedup();
        Self { at, end }
    }

    pub(super) fn frames(&self) -> usize {
        self.at.len()
    }

    /// More than a few gaps differ from the usual one by more than a fifth. A few may: the two stretches meet somewhere,
    /// and frames reordered at the end of a stretch are missing.
    fn irregular(&self) -> bool {
        let gaps: Vec<f64> = self.at.windows(2).map(|w| w[1] - w[0]).collect();
        let mut sorted = gaps.clone();
        sorted.sort_by(f64::total_cmp);
        let Some(usual) = sorted.get(sorted.len() / 2).copied() else { return false };
        // Containers that count in milliseconds round by one.
        let off = gaps.iter().filter(|g| (*g - usual).abs() > (usual * 0.2).max(0.0021)).count();
        off > 4 && off * 50 > gaps.len()
    }
}

fn seconds(text: Option<&String>) -> Option<f64> {
    text?.parse::<f64>().ok().filter(|s| s.is_finite())
}

/// `00:00:02.000000000`, as Matroska tags a stream's length.
fn clock(text: &str) -> Option<f64> {
    let mut parts = text.split(':').map(str::parse::<f64>);
    let (h, m, s) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    Some(h * 3600.0 + m * 60.0 + s)
}

fn fraction(text: &str, between: char) -> Option<(u32, u32)> {
    let (n, d) = text.split_once(between)?;
    let (n, d) = (n.parse().ok()?, d.parse().ok()?);
    (n > 0 && d > 0).then_some((n, d))
}

/// `4:3`; a shape nobody films in is taken as a wrong header.
fn pixel_aspect(text: &str) -> (u32, u32) {
    fraction(text, ':').filter(|(n, d)| *n <= d.saturating_mul(8) && *d <= n.saturating_mul(8)).unwrap_or((1, 1))
}

/// The display matrix' angle is counter-clockwise. ffmpeg turns by quarters only within a degree of one, and so do we.
fn clockwise(degrees: f64) -> u32 {
    let turn = (-degrees).rem_euclid(360.0);
    [(90.0, 90), (180.0, 180), (270.0, 270)].into_iter().find(|(at, _)| (turn - at).abs() < 1.0).map_or(0, |(_, d)| d)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(at: impl Iterator<Item = f64>) -> Times {
        let packets: Vec<Packet> = at.map(|t| Packet { pts_time: Some(t.to_string()), ..Packet::default() }).collect();
        Times::of(&packets, 30.0)
    }

    #[test]
    fn an_angle_counts_clockwise() {
        assert_eq!([-90.0, 90.0, 180.0, -180.0, 0.0, 12.0].map(clockwise), [90, 270, 180, 180, 0, 0]);
    }

    #[test]
    fn rounding_to_milliseconds_is_not_a_variable_rate_but_dropped_frames_are() {
        assert!(!times((0..200).map(|i| (f64::from(i) / 30.0 * 1000.0).round() / 1000.0)).irregular());
        assert!(times((0..200).filter(|i| i % 7 != 3).map(|i| f64::from(i) / 30.0)).irregular());
        let two_stretches = (0..60).chain(900..960).map(|i| f64::from(i) / 30.0);
        assert!(!times(two_stretches).irregular());
    }

    #[test]
    fn streams_say_what_kind_of_file_it_is() {
        let kind = |json: &str| serde_json::from_str::<Answer>(json).unwrap().kind();
        let video = r#"{"codec_type":"video","codec_name":"h264","width":4,"height":4"#;
        assert_eq!(kind(&format!(r#"{{"streams":[{video}}}]}}"#)), Kind::Footage);
        let cover = format!(r#"{video},"disposition":{{"attached_pic":1}}}}"#);
        assert_eq!(kind(&format!(r#"{{"streams":[{cover},{{"codec_type":"audio"}}]}}"#)), Kind::AudioOnly);
        assert_eq!(kind(&format!(r#"{{"streams":[{cover}]}}"#)), Kind::StillPicture);
        assert_eq!(kind(&format!(r#"{{"streams":[{video},"nb_frames":"1"}}]}}"#)), Kind::StillPicture);
        assert_eq!(kind("{}"), Kind::NotAVideo);
    }
}
