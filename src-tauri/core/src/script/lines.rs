//! What authors write around the spoken words: stage directions, who speaks, what is on screen, hashtags, links, emoji.
//!
//! Rules err on the side of speaking: what is not surely a direction is spoken.

/// Words that, alone or at the start in round brackets, are directions.
const DIRECTIONS: [&str; 28] = [
    "pause",
    "beat",
    "music",
    "sfx",
    "silence",
    "laughs",
    "laughing",
    "sighs",
    "whispers",
    "whispering",
    "smiles",
    "applause",
    "cut",
    "fade",
    "v.o",
    "v.o.",
    "vo",
    "o.s",
    "o.s.",
    "voiceover",
    "pauză",
    "pauza",
    "muzică",
    "muzica",
    "râde",
    "oftează",
    "tăcere",
    "șoptit",
];
/// Labels whose line is spoken without them.
const SPEAKERS: [&str; 30] = [
    "voice",
    "voiceover",
    "voice over",
    "voice-over",
    "vo",
    "v.o.",
    "narrator",
    "narration",
    "host",
    "speaker",
    "presenter",
    "text",
    "script",
    "hook",
    "intro",
    "outro",
    "cta",
    "call to action",
    "body",
    "scene",
    "part",
    "audio",
    "vocea",
    "voce",
    "narator",
    "naratorul",
    "prezentator",
    "prezentatorul",
    "introducere",
    "încheiere",
];
/// Labels whose whole line is not spoken.
const NOT_SPOKEN: [&str; 24] = [
    "visual",
    "visuals",
    "on screen",
    "on-screen",
    "on screen text",
    "text on screen",
    "text overlay",
    "caption",
    "b-roll",
    "broll",
    "camera",
    "shot",
    "sfx",
    "music",
    "sound",
    "image",
    "note",
    "vizual",
    "imagine",
    "cadru",
    "muzică",
    "muzica",
    "text pe ecran",
    "pe ecran",
];

/// The spoken text of these blocks; one that says nothing is left out.
pub(super) fn spoken(blocks: &[String]) -> Vec<String> {
    let labels = blocks.iter().flat_map(|b| b.lines()).filter(|l| is_capitals_label(l)).count();
    let mut all = Vec::new();
    for block in blocks {
        let mut text = String::new();
        for line in without_brackets(block).lines() {
            let Some(line) = spoken_line(line, labels > 1) else { continue };
            // A bullet the author typed starts a block of its own.
            let (bullet, line) = without_bullet(&line);
            if bullet {
                push_block(&mut all, &text);
                text.clear();
            }
            text.push(' ');
            text.push_str(line);
        }
        push_block(&mut all, &text);
    }
    all
}

fn push_block(all: &mut Vec<String>, text: &str) {
    let mut clean = String::new();
    for word in text.split_whitespace().filter(|w| !is_link(w)) {
        // What stood between a word and its comma may have been taken out.
        let closing = word.chars().all(|c| matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | '…' | ')' | '”' | '»'));
        if !clean.is_empty() && (!closing || clean.ends_with(closing_mark)) {
            clean.push(' ');
        }
        clean.push_str(word);
    }
    let clean = clean.replace("( )", "").replace("()", "");
    let clean = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    if clean.chars().any(char::is_alphanumeric) {
        all.push(clean);
    }
}

fn closing_mark(c: char) -> bool {
    matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | '…')
}

/// Text without `[…]`. A bracket that is never closed is left as it is.
fn without_brackets(block: &str) -> String {
    let mut kept = String::with_capacity(block.len());
    let mut rest = block;
    while let Some((before, after)) = rest.split_once('[') {
        kept.push_str(before);
        match after.split_once(']') {
            Some((_, after)) => {
                kept.push(' ');
                rest = after;
            }
            None => {
                kept.push('[');
                rest = after;
            }
        }
    }
    kept.push_str(rest);
    kept
}

fn spoken_line(line: &str, labels: bool) -> Option<String> {
    let line = without_pictures(line);
    let line = line.trim();
    if line.contains("-->") || is_time_code(line) || is_direction_line(line) {
        return None;
    }
    let line = match line.split_once(':') {
        Some((label, rest)) if is_label(label, &NOT_SPOKEN) && !rest.trim().is_empty() => return None,
        Some((label, rest))
            if is_label(label, &SPEAKERS) || labels && is_capitals_label(line) && label.len() < line.len() =>
        {
            rest
        }
        _ => line,
    };
    let line = without_asides(line);
    let line = without_hashtags(&line);
    (!line.trim().is_empty()).then_some(line)
}

/// "Narrator", "Speaker 2", "HOOK (0-3s)", "Scene 1".
fn is_label(label: &str, known: &[&str]) -> bool {
    let label = label.split('(').next().unwrap_or_default();
    let label = label.trim().trim_end_matches(|c: char| c.is_ascii_digit()).trim().to_lowercase();
    known.contains(&label.as_str())
}

/// "MARIA: Bună!": at most three words in capitals, a colon, a space.
fn is_capitals_label(line: &str) -> bool {
    let Some((label, rest)) = line.trim().split_once(':') else { return false };
    let letters = label.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2
        && rest.starts_with(char::is_whitespace)
        && label.split_whitespace().count() <= 3
        && label.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '(' | ')'))
}

/// "00:12", "0:00 - 0:05", alone on a line.
fn is_time_code(line: &str) -> bool {
    line.contains(':')
        && line.chars().any(|c| c.is_ascii_digit())
        && line
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | ',' | '-' | '–' | '—' | ' ' | '(' | ')' | 's'))
}

/// A line that is nothing but a short remark in round brackets, without a full stop.
fn is_direction_line(line: &str) -> bool {
    let Some(inner) = line.strip_prefix('(').and_then(|l| l.strip_suffix(')')) else { return false };
    !inner.contains(['(', ')']) && inner.split_whitespace().count() <= 6 && !inner.ends_with(['.', '!', '?'])
        || is_direction(inner)
}

fn is_direction(inner: &str) -> bool {
    let first = inner.split([' ', ',', ':']).next().unwrap_or_default().to_lowercase();
    DIRECTIONS.contains(&first.as_str()) && inner.split_whitespace().count() <= 6
}

/// Text without `(pause)` and the like; other remarks in brackets are spoken.
fn without_asides(line: &str) -> String {
    let mut kept = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('(') {
        kept.push_str(before);
        match after.split_once(')') {
            Some((inner, after)) if is_direction(inner) => {
                kept.push(' ');
                rest = after;
            }
            _ => {
                kept.push('(');
                rest = after;
            }
        }
    }
    kept.push_str(rest);
    kept
}

/// Hashtags at the end of a line go; one inside a sentence is a word of it and loses only its sign.
fn without_hashtags(line: &str) -> String {
    let is_tag =
        |word: &str| word.strip_prefix('#').is_some_and(|t| t.starts_with(|c: char| c.is_alphabetic() || c == '_'));
    let mut words: Vec<&str> = line.split_whitespace().collect();
    let plain = words.iter().rposition(|w| !is_tag(w)).map_or(0, |last| last + 1);
    // "We love #bread." has a word after all: its full stop says that the sentence ends with it.
    let ends = |w: &&str| is_tag(w) && w.ends_with(['.', '!', '?']);
    let ended_before = plain > 0 && words[plain - 1].ends_with(['.', '!', '?', '…', ')', '"', '”']);
    if plain == 0 || ended_before || !words[plain..].iter().any(ends) {
        words.truncate(plain);
    }
    words.iter().map(|w| if is_tag(w) { &w[1..] } else { w }).collect::<Vec<_>>().join(" ")
}

/// Whether the line starts with a sign that lists use, and the line without it.
fn without_bullet(line: &str) -> (bool, &str) {
    let line = line.trim();
    let bare = line.trim_start_matches(['•', '◦', '▪', '▸', '►', '–', '—', '→', '·', '*']);
    if bare.len() < line.len() && bare.starts_with(char::is_whitespace) {
        (true, bare.trim_start())
    } else {
        (false, line)
    }
}

fn is_link(word: &str) -> bool {
    let word = word.trim_start_matches(['(', '"', '<', '„', '“']).to_ascii_lowercase();
    ["http://", "https://", "www.", "mailto:", "ftp://"].iter().any(|start| word.starts_with(start))
}

/// Text without emoji, dingbats and characters that cannot be seen.
fn without_pictures(line: &str) -> String {
    let mut kept = String::with_capacity(line.len());
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        // "1️⃣": a digit in a key.
        let key = matches!(c, '0'..='9' | '#' | '*')
            && (chars.peek() == Some(&'\u{20e3}') || chars.peek() == Some(&'\u{fe0f}'));
        if key || is_picture(c) || c.is_whitespace() || c.is_control() {
            kept.push(' ');
        } else if !is_invisible(c) {
            kept.push(c);
        }
    }
    kept
}

fn is_picture(c: char) -> bool {
    matches!(c,
        '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{2300}'..='\u{23ff}'
        | '\u{25a0}'..='\u{25a9}' | '\u{25ab}'..='\u{25b7}' | '\u{25bb}'..='\u{25e5}' | '\u{25e7}'..='\u{25ff}'
        | '\u{e000}'..='\u{f8ff}' | '\u{2122}' | '\u{a9}' | '\u{ae}' | '\u{fffc}' | '\u{fffd}' | '\u{3030}' | '\u{303d}')
}

fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{20e3}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(line: &str) -> Vec<String> {
        spoken(&[line.to_owned()])
    }

    #[test]
    fn stage_directions_and_emoji_are_not_spoken() {
        assert_eq!(one("[whispering] Come in 🍞🔥, (pause) friend [door\ncreaks]!"), ["Come in, friend!"]);
        assert_eq!(one("Hello.\n(music fades)\n(a man walks in)\nBye (for now)."), ["Hello. Bye (for now)."]);
        assert!(one("😀 👨‍👩‍👧 ❤️ 1️⃣ 🇷🇴").is_empty());
        assert_eq!(one("an array [unclosed"), ["an array [unclosed"]);
    }

    #[test]
    fn labels_of_speakers_go_and_lines_for_the_screen_too() {
        assert_eq!(one("Narrator: Hello.\nVOICE: There.\nText on screen: 50% OFF\nB-roll: oven"), ["Hello. There."]);
        assert_eq!(one("MARIA: Bună!\nION: Salut!"), ["Bună! Salut!"]);
        assert_eq!(one("ATENȚIE: pâinea e caldă."), ["ATENȚIE: pâinea e caldă."]);
        assert_eq!(one("Remember: bread first."), ["Remember: bread first."]);
    }

    #[test]
    fn hashtags_and_links_are_not_spoken() {
        assert_eq!(one("Fresh daily. #bread #cluj"), ["Fresh daily."]);
        assert_eq!(one("We #love the #1 bread."), ["We love the #1 bread."]);
        assert_eq!(one("We all love #bread."), ["We all love bread."]);
        assert!(one("#paine #brutarie").is_empty());
        assert_eq!(one("See https://x.ro/y?z=1 or www.x.ro today"), ["See or today"]);
    }

    #[test]
    fn typed_bullets_make_blocks_and_time_codes_go() {
        assert_eq!(one("• Flour\n• Water\n– Salt"), ["Flour", "Water", "Salt"]);
        assert_eq!(one("0:00 - 0:05\nHello"), ["Hello"]);
        assert_eq!(one("00:00:01,000 --> 00:00:02,000\nHello"), ["Hello"]);
        assert_eq!(one("10:30 is when we open"), ["10:30 is when we open"]);
    }
}
