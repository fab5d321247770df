//! Captions as SRT and WebVTT: plain text with times, no markup. Nothing in a script's text is read as any.

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captions::cut::cut;
    use crate::captions::style;
    use crate::captions::testing::{frame, spoken};

    fn cue(text: &str) -> Cue {
        let mut cue = cut(&spoken(&["a"]), &style::by_id("clean").unwrap(), &frame()).remove(0);
        text.clone_into(&mut cue.words[0].text);
        (cue.start_ms, cue.end_ms) = (3_723_004, 3_725_670);
        cue
    }

    #[test]
    fn times_are_written_to_the_millisecond_as_each_format_has_them() {
        assert_eq!(srt(&[cue("Bună")]), "1\n01:02:03,004 --> 01:02:05,670\nBună\n\n");
        assert_eq!(vtt(&[cue("Bună")]), "WEBVTT\n\n01:02:03.004 --> 01:02:05.670\nBună\n\n");
    }

    #[test]
    fn line_breaks_made_by_hand_are_kept() {
        let mut cues = cut(&spoken(&["una două"]), &style::by_id("clean").unwrap(), &frame());
        cues[0].words[0].break_after = true;
        assert!(srt(&cues).contains("\nuna\ndouă\n"));
    }

    #[test]
    fn text_of_a_script_is_never_markup() {
        let evil = cue("<b>x</b> {\\an8} a --> b & c\n\n2\n00:00:00,000 --> 09:00:00,000\nboo");
        let text = srt(std::slice::from_ref(&evil));
        assert!(
            !text.contains(['<', '{', '\\']) && text.matches("-->").count() == 1 && text.lines().count() == 4,
            "{text}"
        );
        let text = vtt(&[evil]);
        assert!(text.contains("&lt;b&gt;x&lt;/b&gt;") && text.contains("a --&gt; b &amp; c"));
        assert!(text.matches("-->").count() == 1 && text.lines().count() == 5, "{text}");
    }

    #[test]
    fn ffmpeg_reads_back_what_was_written() {
        let dir = tempfile::tempdir().unwrap();
        let cues = cut(&spoken(&["Pâine <b>caldă</b> & bună.", "Da!"]), &style::by_id("clean").unwrap(), &frame());
        for (name, text) in [("c.srt", srt(&cues)), ("c.vtt", vtt(&cues))] {
            let path = dir.path().join(name);
            std::fs::write(&path, text).unwrap();
            let args = crate::args!["-v", "error", "-i", &path, "-f", "srt", "pipe:1"];
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            let tools = crate::ffmpeg::Toolbox::new(crate::testkit::tools());
            let read = runtime.block_on(tools.ffmpeg(&args, &tokio_util::sync::CancellationToken::new())).unwrap();
            let read = String::from_utf8(read.stdout).unwrap();
            assert_eq!(read.matches("-->").count(), cues.len(), "{read}");
            assert!(read.contains("00:00:00,000 --> 00:00:01,200") && read.contains("caldă"), "{read}");
        }
    }
}
