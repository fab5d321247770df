//! Captions as SRT and WebVTT: plain text with times, no markup.

use std::fmt::Write as _;

use super::cue::Cue;

/// The cues as SubRip text.
#[must_use]
pub fn srt(cues: &[Cue]) -> String {
    let mut out = String::new();
    for (number, cue) in cues.iter().enumerate() {
        let _ = write!(
            out,
            "{}\n{} --> {}\n{}\n\n",
            number + 1,
            time(cue.start_ms, ','),
            time(cue.end_ms, ','),
            text(cue, plain_srt)
        );
    }
    out
}

/// The cues as WebVTT text.
#[must_use]
pub fn vtt(cues: &[Cue]) -> String {
    let mut out = String::from("WEBVTT\n\n");
    for cue in cues {
        let _ = write!(out, "{} --> {}\n{}\n\n", time(cue.start_ms, '.'), time(cue.end_ms, '.'), text(cue, plain_vtt));
    }
    out
}

fn time(ms: u32, point: char) -> String {
    format!("{:02}:{:02}:{:02}{point}{:03}", ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60, ms % 1000)
}

fn text(cue: &Cue, plain: impl Fn(char) -> Option<&'static str>) -> String {
    let mut out = String::new();
    for (i, word) in cue.words.iter().enumerate() {
        if i > 0 {
            out.push(if cue.words[i - 1].break_after { '\n' } else { ' ' });
        }
        for c in word.text.chars() {
            match plain(c) {
                Some(safe) => out.push_str(safe),
                None if c.is_control() || c == '\u{2028}' || c == '\u{2029}' => out.push(' '),
                None => out.push(c),
            }
        }
    }
    out
}

/// SubRip knows no escapes, and players obey `<b>`, `{\an8}` and `{y:i}`: look-alikes stand in for what starts them.
fn plain_srt(c: char) -> Option<&'static str> {
    match c {
        '<' => Some("‹"),
        '>' => Some("›"),
        '{' => Some("❴"),
        '}' => Some("❵"),
        '\\' => Some("∖"),
        _ => None,
    }
}

/// WebVTT's own escapes; `-->` cannot appear once `>` is escaped.
fn plain_vtt(c: char) -> Option<&'static str> {
    match c {
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '&' => Some("&amp;"),
        _ => None,
    }
}
