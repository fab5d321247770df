//! Text inside FFmpeg's filter graphs, quoted so that no character of a folder's name is taken for syntax.

/// A value of a filter's option, written inside a filter graph. FFmpeg unquotes twice: once when it splits the graph
/// into filters, once when it splits a filter's options (FFmpeg documentation, "Notes on filtergraph escaping").
#[must_use]
pub fn value(text: &str) -> String {
    let option = quoted(text, &['\\', '\'', ':']);
    quoted(&option, &['\\', '\'', '[', ']', ',', ';'])
}

fn quoted(text: &str, special: &[char]) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if special.contains(&c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What FFmpeg's `av_get_token` does: backslashes and single quotes are taken away, up to an unquoted terminator.
    fn token(text: &str, ends: &[char]) -> (String, bool) {
        let (mut out, mut chars) = (String::new(), text.chars());
        while let Some(c) = chars.next() {
            match c {
                '\\' => out.extend(chars.next()),
                '\'' => out.extend(chars.by_ref().take_while(|q| *q != '\'')),
                c if ends.contains(&c) => return (out, false),
                c => out.push(c),
            }
        }
        (out, true)
    }

    #[test]
    fn special_characters_are_quoted_for_both_readings() {
        assert_eq!(value("a:b"), r"a\\:b");
        assert_eq!(value("it's"), r"it\\\'s");
        assert_eq!(value("[x],y;"), r"\[x\]\,y\;");
        assert_eq!(value("plain 100% é"), "plain 100% é");
    }

    proptest! {
        #[test]
        fn both_readings_give_the_text_back(text in "[a-z:'\\\\\\[\\],;=% é{}]{0,40}") {
            let (filter, whole) = token(&value(&text), &['[', ']', ',', ';']);
            prop_assert!(whole);
            let (option, whole) = token(&filter, &[':']);
            prop_assert!(whole);
            prop_assert_eq!(option, text);
        }
    }
}
