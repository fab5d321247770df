//! Plain text or Markdown to blocks of spoken text: headings, links' addresses, pictures, code, HTML and SSML tags and
//! front matter go; what the author wrote to be said stays.
//!
//! What is not here: stage directions, labels, hashtags and emoji (`lines`), and sentences (`split`).

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::lines;

/// The blocks (paragraphs, list items, cells) of a text, cleaned, each with single spaces and at least one letter or
/// digit. Headings are spoken only when there is nothing else.
pub(super) fn blocks(text: &str) -> Vec<String> {
    let source = plain_lines(without_tags(without_front_matter(text)).as_str());
    let mut found = Found::default();
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES;
    for event in Parser::new_ext(&source, options) {
        found.take(event);
    }
    found.end_block();
    let spoken = lines::spoken(&found.body);
    if spoken.is_empty() { lines::spoken(&found.headings) } else { spoken }
}

#[derive(Default)]
struct Found {
    body: Vec<String>,
    headings: Vec<String>,
    block: String,
    /// Inside a heading.
    heading: bool,
    /// How many not-spoken things (pictures, code, struck-out text) are open.
    silent: usize,
}

impl Found {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => match tag {
                Tag::Heading { .. } => {
                    self.end_block();
                    self.heading = true;
                }
                Tag::CodeBlock(_) => {
                    self.end_block();
                    self.silent += 1;
                }
                Tag::Image { .. } | Tag::Strikethrough => self.silent += 1,
                Tag::Paragraph | Tag::Item | Tag::List(_) | Tag::BlockQuote(_) | Tag::TableCell => self.end_block(),
                _ => {}
            },
            Event::End(tag) => match tag {
                TagEnd::Heading(_) => {
                    self.end_block();
                    self.heading = false;
                }
                TagEnd::CodeBlock | TagEnd::Image | TagEnd::Strikethrough => {
                    self.silent = self.silent.saturating_sub(1)
                }
                TagEnd::Paragraph | TagEnd::Item | TagEnd::List(_) | TagEnd::BlockQuote(_) | TagEnd::TableCell => {
                    self.end_block();
                }
                _ => {}
            },
            Event::Text(text) | Event::Code(text) if self.silent == 0 => self.block.push_str(&text),
            Event::SoftBreak | Event::HardBreak => self.block.push('\n'),
            Event::Rule => self.end_block(),
            _ => {}
        }
    }

    fn end_block(&mut self) {
        let block = std::mem::take(&mut self.block);
        if !block.trim().is_empty() {
            if self.heading { self.headings.push(block) } else { self.body.push(block) }
        }
    }
}

/// Lines as Markdown should see them: not indented (an indented line of a script is no code), and without rules of
/// dashes, which would make a heading of the line above.
fn plain_lines(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for line in text.lines() {
        let line = line.trim();
        let rule = line.chars().count() >= 2 && line.chars().all(|c| matches!(c, '-' | '=' | '_' | '*' | ' ' | '~'));
        // A year at the start of a line is no number of a list.
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        if rule {
        } else if digits >= 3 && line[digits..].starts_with(['.', ')']) {
            plain.push_str(&line[..digits]);
            plain.push('\\');
            plain.push_str(&line[digits..]);
        } else {
            plain.push_str(line);
        }
        plain.push('\n');
    }
    plain
}

/// Drops a YAML or TOML block at the very top.
fn without_front_matter(text: &str) -> &str {
    let text = text.trim_start_matches('\u{feff}');
    for fence in ["---", "+++"] {
        let Some(rest) = text.strip_prefix(fence) else { continue };
        let Some((first, rest)) = rest.split_once('\n') else { continue };
        let heading = |line: &str| line.contains([':', '=']);
        if !first.trim().is_empty() || !rest.lines().next().is_some_and(heading) {
            continue;
        }
        let mut at = 0;
        for line in rest.split_inclusive('\n') {
            at += line.len();
            if line.trim_end() == fence {
                return &rest[at..];
            }
        }
    }
    text
}

/// Elements whose text is no speech either.
const SILENT: [&str; 4] = ["script", "style", "head", "audio"];
/// Elements that keep words in one line together.
const INLINE: [&str; 22] = [
    "a",
    "abbr",
    "amazon:effect",
    "b",
    "bdi",
    "cite",
    "code",
    "em",
    "emphasis",
    "font",
    "i",
    "lang",
    "mark",
    "phoneme",
    "prosody",
    "q",
    "s",
    "say-as",
    "small",
    "span",
    "strong",
    "u",
];

/// Text without HTML, SSML and comments. A tag that ends a line or a paragraph in a browser does so here, too.
fn without_tags(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let Some((name, after)) = tag(rest) else {
            plain.push('<');
            rest = &rest[1..];
            continue;
        };
        rest = after;
        if SILENT.contains(&name.as_str()) {
            rest = past_end_tag(rest, &name).unwrap_or(rest);
        } else if !INLINE.contains(&name.as_str()) {
            plain.push_str(match name.as_str() {
                "break" | "sub" | "w" | "voice" | "mstts:express-as" => " ",
                "br" => "\n",
                _ => "\n\n",
            });
        }
    }
    plain.push_str(rest);
    plain
}

/// The lower-case name of the tag the text starts with and what follows it.
fn tag(text: &str) -> Option<(String, &str)> {
    let inner = text.strip_prefix('<')?;
    let inner = inner.strip_prefix(['/', '?', '!']).unwrap_or(inner);
    if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let end = inner.find(['<', '>'])?;
    let (inside, after) = inner.split_at(end);
    let after = after.strip_prefix('>')?;
    // An address in brackets, which is not spoken either.
    if inside.contains("://") || inside.contains('@') {
        return Some(("a".into(), after));
    }
    let name: String = inside.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | ':')).collect();
    Some((name.to_ascii_lowercase(), after))
}

fn past_end_tag<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = text;
    loop {
        rest = &rest[rest.find("</")?..];
        match tag(rest) {
            Some((found, after)) if found == name => return Some(after),
            _ => rest = &rest[2..],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_leaves_what_is_said() {
        let text = "---\ntitle: Bread\n---\n# Why bread\n\nFresh **bread** is [our craft](https://x.ro/a?b=c) ![oven](o.jpg)and `love`.\n\n```\nlet x = 1;\n```\n\n1. Flour\n2. Water\n   - salt\n\n> Grandma said so. ~~Not.~~\n";
        assert_eq!(blocks(text), ["Fresh bread is our craft and love.", "Flour", "Water", "salt", "Grandma said so."]);
    }

    #[test]
    fn headings_are_spoken_when_there_is_nothing_else() {
        assert_eq!(blocks("# One\n\n## Two"), ["One", "Two"]);
    }

    #[test]
    fn a_line_over_dashes_and_an_indented_line_are_spoken() {
        assert_eq!(blocks("First line\n---\n    Second line\n==="), ["First line", "Second line"]);
    }

    #[test]
    fn a_year_at_the_start_of_a_line_is_no_list() {
        assert_eq!(blocks("1989. A year of change."), ["1989. A year of change."]);
    }

    #[test]
    fn html_and_ssml_tags_go_and_their_text_stays() {
        let text = "<speak><p>Hello <emphasis level=\"strong\">dear</emphasis><break time=\"1s\"/>friend.</p><p>Bye &amp; thanks</p></speak><script>alert(1)</script><!-- hidden -->";
        assert_eq!(blocks(text), ["Hello dear friend.", "Bye & thanks"]);
        assert_eq!(blocks("a < b and <https://x.ro> c > d"), ["a < b and c > d"]);
    }

    #[test]
    fn front_matter_is_only_what_looks_like_it() {
        assert_eq!(blocks("---\nHello there.\n---\nBye."), ["Hello there.", "Bye."]);
    }
}
