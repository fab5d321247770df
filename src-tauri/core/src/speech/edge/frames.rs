//! The messages of Edge's read-aloud service: what each frame says, and the time of every word.

use edge_tts_rust::{Boundary, SynthesisEvent, parse_binary_headers, parse_metadata};

use crate::speech::check::BadAudio;
use crate::speech::provider::Outcome;

/// 100 ns, the service's unit of time, in a millisecond.
const TICKS_IN_MS: u64 = 10_000;
/// Bytes of sound in a second: 48 kbit, constant.
const BYTES_A_SECOND: u64 = 48_000 / 8;

/// One word as the service timed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Timed {
    pub(super) text: String,
    pub(super) start_ms: u32,
    pub(super) end_ms: u32,
}

/// What a frame brings.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// Nothing to keep.
    Nothing,
    /// Words with their times.
    Words(Vec<Timed>),
    /// Sound.
    Sound(Vec<u8>),
    /// The end of the turn.
    End,
}

fn odd(what: &str) -> Outcome {
    Outcome::InvalidAudio(BadAudio::Undecodable { says: format!("an answer that cannot be read: {what}") })
}

/// A text frame: headers, a blank line, a body. `before` is how many bytes of sound the earlier requests gave.
pub(super) fn text(frame: &str, before: usize) -> Result<Frame, Outcome> {
    let (headers, body) = frame.split_once("\r\n\r\n").ok_or_else(|| odd("no headers"))?;
    let path = headers.lines().find_map(|line| line.trim().strip_prefix("Path:")).unwrap_or_default().trim();
    match path {
        "turn.end" => Ok(Frame::End),
        "audio.metadata" => {
            let base = before as u64 * 1000 / BYTES_A_SECOND * TICKS_IN_MS;
            let events = parse_metadata(body.as_bytes(), base).map_err(|e| odd(&e.to_string()))?;
            let words = events.into_iter().filter_map(|event| match event {
                SynthesisEvent::Boundary(b) if b.kind == Boundary::Word => {
                    let ms = |ticks: u64| u32::try_from(ticks / TICKS_IN_MS).unwrap_or(u32::MAX);
                    let end = b.offset_ticks.saturating_add(b.duration_ticks);
                    Some(Timed { text: b.text, start_ms: ms(b.offset_ticks), end_ms: ms(end) })
                }
                _ => None,
            });
            Ok(Frame::Words(words.collect()))
        }
        _ => Ok(Frame::Nothing),
    }
}

/// A binary frame: the length of its headers in two bytes, the headers, sound.
pub(super) fn binary(frame: &[u8]) -> Result<Frame, Outcome> {
    let Some((length, _)) = frame.split_first_chunk::<2>() else { return Err(odd("a frame without headers")) };
    let length = usize::from(u16::from_be_bytes(*length));
    let (headers, sound) = parse_binary_headers(frame, length).map_err(|e| odd(&e.to_string()))?;
    if headers.get("Path").map(|p| p.trim()) != Some("audio") {
        return Err(odd("a frame that is no sound"));
    }
    match headers.get("Content-Type").map(|t| t.trim()) {
        Some("audio/mpeg") => Ok(Frame::Sound(sound.to_vec())),
        // The last one has neither type nor body.
        None if sound.is_empty() => Ok(Frame::Nothing),
        _ => Err(odd("sound of another kind")),
    }
}

/// Times of the white-space words of `text`. The service cuts words its own way ("don", "'t"; nothing for a dash), so
/// each of its words is looked for in the text. A word of letters that was not timed shows in the number of times.
pub(super) fn times(text: &str, timed: &[Timed]) -> Vec<(u32, u32)> {
    let tokens: Vec<(usize, &str)> =
        text.split_whitespace().map(|t| (t.as_ptr() as usize - text.as_ptr() as usize, t)).collect();
    let mut found: Vec<Option<(u32, u32)>> = vec![None; tokens.len()];
    let mut from = 0;
    for word in timed {
        let Some(at) = text[from..].find(word.text.trim()).map(|i| from + i) else { continue };
        let to = at + word.text.trim().len();
        for (time, (start, token)) in found.iter_mut().zip(&tokens) {
            if *start < to && at < start + token.len() {
                *time = Some(time.map_or((word.start_ms, word.end_ms), |t| (t.0, word.end_ms)));
            }
        }
        from = to;
    }
    let mut out = Vec::with_capacity(found.len());
    for (time, (_, token)) in found.iter().zip(&tokens) {
        let last = out.last().map_or(0, |t: &(u32, u32)| t.1);
        // Numbers and signs are timed under the words they are read as; they take no time of their own here.
        let letters = token.chars().any(char::is_alphabetic) && !token.chars().any(|c| c.is_ascii_digit());
        match time {
            Some((start, end)) => out.push(((*start).max(last), (*end).max(last))),
            None if letters => return out,
            None => out.push((last, last)),
        }
    }
    spread(&mut out);
    out
}

/// Words without a time of their own share the time between their neighbours.
fn spread(times: &mut [(u32, u32)]) {
    for at in (1..times.len()).rev() {
        if times[at - 1].0 == times[at - 1].1 && times[at].0 > times[at - 1].1 {
            times[at - 1].1 = times[at].0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timed(words: &[&str]) -> Vec<Timed> {
        let word = |(i, w): (usize, &&str)| {
            let start_ms = i as u32 * 100;
            Timed { text: (*w).to_owned(), start_ms, end_ms: start_ms + 80 }
        };
        words.iter().enumerate().map(word).collect()
    }

    #[test]
    fn every_kind_of_text_frame_is_read() {
        assert_eq!(text("Path:turn.start\r\n\r\n{}", 0).unwrap(), Frame::Nothing);
        assert_eq!(text("X-RequestId:1\r\nPath:turn.end\r\n\r\n{}", 0).unwrap(), Frame::End);
        let body = r#"{"Metadata":[{"Type":"WordBoundary","Data":{"Offset":1000000,"Duration":5000000,"text":{"Text":"Hi","Length":2,"BoundaryType":"WordBoundary"}}}]}"#;
        let frame = format!("Content-Type:application/json\r\nPath:audio.metadata\r\n\r\n{body}");
        // A second of sound came before.
        let word = Timed { text: "Hi".into(), start_ms: 1100, end_ms: 1600 };
        assert_eq!(text(&frame, 6000).unwrap(), Frame::Words(vec![word]));
        let sentences = frame.replace("\"WordBoundary\",\"Data\"", "\"SentenceBoundary\",\"Data\"");
        assert_eq!(text(&sentences, 0).unwrap(), Frame::Words(vec![]));
        assert!(text("nonsense", 0).is_err());
    }

    #[test]
    fn sound_is_taken_out_of_its_frame() {
        let frame = |headers: &str, sound: &[u8]| {
            let mut out = u16::try_from(headers.len()).unwrap().to_be_bytes().to_vec();
            out.extend(headers.as_bytes());
            out.extend(sound);
            out
        };
        let good = frame("Content-Type:audio/mpeg\r\nPath:audio\r\n", &[1, 2]);
        assert_eq!(binary(&good).unwrap(), Frame::Sound(vec![1, 2]));
        assert_eq!(binary(&frame("Path:audio\r\n", &[])).unwrap(), Frame::Nothing);
        assert!(binary(&frame("Content-Type:audio/webm\r\nPath:audio\r\n", &[1])).is_err());
        assert!(binary(&[0]).is_err() && binary(&[255, 255, 1]).is_err());
    }

    #[test]
    fn words_find_their_times_however_the_service_cuts_them() {
        let times_of = |text: &str, words: &[&str]| times(text, &timed(words));
        assert_eq!(times_of("We don't know.", &["We", "don", "'t", "know"]), [(0, 80), (100, 280), (300, 380)]);
        let pause = times_of("We - bake", &["We", "bake"]);
        assert_eq!((pause.len(), pause[2]), (3, (100, 180)));
        // A word that was not spoken is missed.
        assert_eq!(times_of("We bake bread daily", &["We", "bake"]).len(), 2);
        assert!(times_of("We bake", &[]).is_empty());
    }
}
