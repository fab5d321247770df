//! From the written words of a sentence to what an engine is given, and back: which of the spoken words say which of the
//! written ones. The two differ where typography is made plain ("R&D" is three words) and where the dictionary says how
//! a name is pronounced.

use std::ops::Range;

use super::plain;
use super::pronunciation::Pronunciation;

/// Some written words and the spoken words that say them.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Group {
    words: Range<usize>,
    tokens: Range<usize>,
}

/// A sentence for an engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spoken {
    /// What is spoken: single spaces, no markup.
    pub(crate) text: String,
    tokens: usize,
    groups: Vec<Group>,
}

impl Spoken {
    /// Makes it of a sentence as written.
    pub(crate) fn of(text: &str, language: &str, dictionary: &[Pronunciation]) -> Self {
        let words: Vec<&str> = text.split_whitespace().collect();
        let mut tokens: Vec<String> = Vec::new();
        let mut groups: Vec<Group> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let (count, said) = match pronounced(&words[at..], language, dictionary) {
                Some((count, said)) => (count, plain::spoken(&said, language)),
                None => (1, plain::spoken(words[at], language)),
            };
            let written = at..at + count;
            at += count;
            let first = tokens.len();
            // A dash between words became a comma, which belongs to the word before it.
            if let (",", Some(last)) = (said.as_str(), tokens.last_mut()) {
                last.push(',');
                *last = last.replace(",,", ",");
            } else {
                tokens.extend(said.split_whitespace().map(str::to_owned));
            }
            match groups.last_mut() {
                Some(before) if tokens.len() == first => before.words.end = written.end,
                _ => groups.push(Group { words: written, tokens: first..tokens.len() }),
            }
        }
        Self { text: tokens.join(" "), tokens: tokens.len(), groups }
    }

    /// How many words are spoken.
    pub(crate) fn tokens(&self) -> usize {
        self.tokens
    }

    /// Times of the spoken words (one for each) as times of the written ones.
    pub(crate) fn written(&self, words: &[&str], times: &[(u32, u32)]) -> Vec<(u32, u32)> {
        let mut out = Vec::with_capacity(words.len());
        for group in &self.groups {
            let inside = times.get(group.tokens.clone()).unwrap_or_default();
            let last = out.last().map_or(0, |t: &(u32, u32)| t.1);
            let (from, to) = match (inside.first(), inside.last()) {
                (Some(first), Some(end)) => (first.0, end.1),
                _ => (last, last),
            };
            let letters = |word: &str| word.chars().count().max(1) as u64;
            let all: u64 = words[group.words.clone()].iter().map(|w| letters(w)).sum();
            let (mut done, length) = (0, u64::from(to.saturating_sub(from)));
            for word in &words[group.words.clone()] {
                let part = |n: u64| from + u32::try_from(length * n / all.max(1)).unwrap_or(0);
                out.push((part(done), part(done + letters(word))));
                done += letters(word);
            }
        }
        out
    }
}

/// The longest entry of the dictionary that these words begin with: how many words it takes, and what is said for them.
fn pronounced(words: &[&str], language: &str, dictionary: &[Pronunciation]) -> Option<(usize, String)> {
    let fits = dictionary.iter().filter(|entry| entry.speaks(language)).filter_map(|entry| {
        let wanted: Vec<&str> = entry.written.split_whitespace().collect();
        let here = words.get(..wanted.len()).filter(|here| !here.is_empty())?;
        let (before, after) = around(here, &wanted)?;
        Some((wanted.len(), format!("{before}{}{after}", entry.spoken.trim())))
    });
    fits.max_by_key(|(count, said)| (*count, said.len()))
}

/// What stands before and after the wanted words, when these are they: quotes and stops, or an ending ("'s", "-ul").
fn around<'a>(here: &[&'a str], wanted: &[&str]) -> Option<(&'a str, &'a str)> {
    let same = |a: &str, b: &str| a.to_lowercase() == b.to_lowercase();
    let (first, last) = (here.first()?, here.last()?);
    let start = first.find(char::is_alphanumeric)?;
    let before = &first[..start];
    if !wanted.first()?.starts_with(char::is_alphanumeric) && start > 0 {
        return None;
    }
    let last_inside = if here.len() == 1 { &last[start..] } else { last };
    let letters = wanted.last()?.chars().count();
    let end = last_inside.char_indices().nth(letters).map_or(last_inside.len(), |(i, _)| i);
    let (core, after) = last_inside.split_at(end);
    let goes_on = after.chars().next().is_some_and(char::is_alphanumeric);
    if goes_on || !same(core, wanted.last()?) {
        return None;
    }
    if here.len() > 1 {
        let inner = &here[1..here.len() - 1];
        if !same(&first[start..], wanted.first()?) || !inner.iter().zip(&wanted[1..]).all(|(a, b)| same(a, b)) {
            return None;
        }
    }
    Some((before, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(written: &str, spoken: &str) -> Pronunciation {
        Pronunciation { language: "en".into(), written: written.into(), spoken: spoken.into() }
    }

    #[test]
    fn without_a_dictionary_it_is_the_plain_text_word_by_word() {
        for text in [
            "It’s “easy”\u{a0}— really…",
            "word, — next",
            "R&D — and so on — pays.",
            "— Hello",
            "A—b",
            "One",
            "Call 0800 555 123 now.",
        ] {
            let spoken = Spoken::of(text, "en", &[]);
            assert_eq!(spoken.text, plain::spoken(text, "en"), "{text}");
            assert_eq!(spoken.text.split_whitespace().count(), spoken.tokens());
        }
    }

    #[test]
    fn a_name_is_spoken_as_the_dictionary_says_and_its_time_is_that_of_the_written_word() {
        let dictionary = [entry("Xynthi", "Zin thee"), entry("Edit Factory", "Eddit Fac tory Fun")];
        let text = "Try \"Xynthi's\" bread, says Edit Factory!";
        let spoken = Spoken::of(text, "en", &dictionary);
        assert_eq!(spoken.text, "Try \"Zin thee's\" bread, says Eddit Fac tory Fun!");
        let times: Vec<(u32, u32)> = (0..spoken.tokens() as u32).map(|i| (i * 100, i * 100 + 90)).collect();
        let words: Vec<&str> = text.split_whitespace().collect();
        let written = spoken.written(&words, &times);
        assert_eq!(written.len(), words.len());
        assert_eq!((written[0], written[1], written[2]), ((0, 90), (100, 290), (300, 390)));
        // Two written words share the time of four spoken ones.
        assert_eq!((written[4].0, written[5].1), (500, 890));
        assert!(written.windows(2).all(|p| p[0].0 < p[0].1 && p[0].1 <= p[1].0));
        // Another language's entry, and a longer word, are left alone.
        assert_eq!(Spoken::of("Xynthia", "en", &dictionary).text, "Xynthia");
        assert_eq!(Spoken::of("Xynthi", "ro", &dictionary).text, "Xynthi");
    }

    #[test]
    fn a_written_word_that_is_not_spoken_shares_the_time_of_the_word_before() {
        let text = "We bake — daily";
        let spoken = Spoken::of(text, "en", &[]);
        let words: Vec<&str> = text.split_whitespace().collect();
        let written = spoken.written(&words, &[(0, 100), (100, 300), (400, 600)]);
        assert_eq!((written.len(), written[1].0, written[2].1, written[3]), (4, 100, 300, (400, 600)));
        assert!(written[1].1 <= written[2].0 && written[2].0 < written[2].1);
    }
}
