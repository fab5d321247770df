//! From a sentence to the numbers a Piper model takes: espeak-ng writes its sounds in the International Phonetic Alphabet,
//! the voice's table gives each sign its numbers, and which of them say which word is kept for the times of words.
//!
//! espeak-ng leaves punctuation out of what it writes, and Piper wants it: it is how the voice knows where to pause and
//! whether to ask. So a sentence is cut at its pauses, and the sign of each pause is put back.

use std::ops::Range;

use tokio_util::sync::CancellationToken;

use super::config::Config;
use crate::args;
use crate::ffmpeg::{ToolError, Toolbox};
use crate::speech::offline;

/// A sentence as numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sounds {
    /// What the model takes.
    pub(super) ids: Vec<i64>,
    /// Which of them say each white-space word; empty for one that is not spoken.
    pub(super) words: Vec<Range<usize>>,
}

/// Some words that are spoken without a pause, and the sign of the pause after them.
#[derive(Debug, PartialEq, Eq)]
struct Clause {
    words: Range<usize>,
    end: char,
}

/// The sounds of a sentence.
///
/// # Errors
/// [`ToolError`] when espeak-ng is missing or fails.
pub(super) async fn sounds(
    toolbox: &Toolbox,
    config: &Config,
    text: &str,
    cancel: &CancellationToken,
) -> Result<Sounds, ToolError> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let clauses = clauses(&words);
    let texts: Vec<String> = clauses.iter().map(|clause| words[clause.words.clone()].join(" ")).collect();
    let mut said = say(toolbox, config, &texts, cancel).await?;
    if said.len() != texts.len() {
        // Of one of them it has nothing to say: each is asked for alone, to see of which.
        said.clear();
        for text in &texts {
            said.push(say(toolbox, config, std::slice::from_ref(text), cancel).await?.join(" "));
        }
    }
    let said: Vec<Vec<String>> = said.iter().map(|said| signs(said)).collect();
    // Words that espeak-ng draws together or spells out are said once more, each alone, to see how long each is.
    let mut alone: Vec<&str> = Vec::new();
    for (clause, said) in clauses.iter().zip(&said) {
        if said.len() != clause.words.len() {
            alone.extend(words[clause.words.clone()].iter().filter(|word| has_sound(word)));
        }
    }
    let texts: Vec<String> =
        alone.iter().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()).collect();
    let lengths = if texts.is_empty() { Vec::new() } else { say(toolbox, config, &texts, cancel).await? };
    let heard = lengths.len() == texts.len();
    let mut lengths = texts.iter().enumerate().map(|(i, text)| {
        // Should the two lists not match, letters do.
        if heard { signs(&lengths[i]).iter().map(|word| word.chars().count()).sum() } else { text.chars().count() }
    });
    let mut writer = Writer::new(config);
    for (clause, said) in clauses.iter().zip(&said) {
        let of_words: Vec<usize> = if said.len() == clause.words.len() {
            said.iter().map(|word| word.chars().count()).collect()
        } else {
            let length = |word: &&str| if has_sound(word) { lengths.next().unwrap_or(1).max(1) } else { 0 };
            words[clause.words.clone()].iter().map(length).collect()
        };
        writer.clause(said, &of_words, clause.end);
    }
    Ok(writer.done())
}

/// What espeak-ng writes for each of these texts.
async fn say(
    toolbox: &Toolbox,
    config: &Config,
    texts: &[String],
    cancel: &CancellationToken,
) -> Result<Vec<String>, ToolError> {
    // Without `--stdin` it reads line by line; an empty line comes out as an empty line, whatever else it breaks up.
    let input: String = texts.iter().map(|text| format!("{}\n\n", offline::no_notation(text))).collect();
    let arguments = args!["-b", "1", "-q", "--ipa", "-v", config.espeak_voice()];
    let output = toolbox.espeak(&arguments, &input, cancel).await?;
    let written = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(written.split("\n\n").map(|part| part.replace('\n', " ").trim().to_owned()).filter(|s| !s.is_empty()).collect())
}

fn has_sound(word: &str) -> bool {
    word.chars().any(char::is_alphanumeric)
}

/// Cuts a sentence at its pauses. A full stop inside it is no pause: most belong to an abbreviation.
fn clauses(words: &[&str]) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = Vec::new();
    let mut from = 0;
    for (index, word) in words.iter().enumerate() {
        let last = index + 1 == words.len();
        let inner = word.trim_end_matches(['"', '\'', ')', ']', '}']);
        let end = match inner.chars().next_back() {
            Some(sign @ (',' | ';' | ':' | '!' | '?')) => sign,
            _ if inner.ends_with("..") || last => '.',
            _ => continue,
        };
        if words[from..=index].iter().any(|word| has_sound(word)) {
            clauses.push(Clause { words: from..index + 1, end });
        } else if let Some(before) = clauses.last_mut() {
            before.words.end = index + 1;
        } else {
            continue;
        }
        from = index + 1;
    }
    clauses
}

/// The words of what espeak-ng wrote, without its notes about the language ("(en)").
fn signs(written: &str) -> Vec<String> {
    let mut plain = String::with_capacity(written.len());
    let mut rest = written;
    while let Some((before, after)) = rest.split_once('(') {
        plain.push_str(before);
        match after.split_once(')') {
            Some((note, after)) if !note.contains('(') => rest = after,
            _ => rest = after,
        }
    }
    plain.push_str(rest);
    // Letters with a mark on them are two signs, as in the tables of voices.
    let apart = |c: char| match c {
        'ç' => "c\u{327}".to_owned(),
        'ã' => "a\u{303}".to_owned(),
        'ẽ' => "e\u{303}".to_owned(),
        'ĩ' => "i\u{303}".to_owned(),
        'õ' => "o\u{303}".to_owned(),
        'ũ' => "u\u{303}".to_owned(),
        other => other.to_string(),
    };
    plain.split_whitespace().map(|word| word.chars().map(apart).collect()).collect()
}

/// Writes the numbers. Piper's order: the start, then each sign with a blank after it, then the end.
struct Writer<'a> {
    config: &'a Config,
    ids: Vec<i64>,
    words: Vec<Range<usize>>,
}

impl<'a> Writer<'a> {
    fn new(config: &'a Config) -> Self {
        let mut writer = Self { config, ids: Vec::new(), words: Vec::new() };
        writer.sign('^');
        writer
    }

    /// One sign with its blank; a sign the voice does not know is left out.
    fn sign(&mut self, sign: char) {
        let mut buffer = [0; 4];
        match self.config.ids(sign.encode_utf8(&mut buffer)) {
            Some(ids) => {
                self.ids.extend_from_slice(ids);
                self.ids.extend_from_slice(self.config.ids("_").unwrap_or_default());
            }
            None => tracing::debug!(%sign, "the voice has no such sound"),
        }
    }

    /// A clause: its words as espeak-ng wrote them, and how many signs long each written word is in proportion.
    fn clause(&mut self, said: &[String], of_words: &[usize], end: char) {
        if self.ids.len() > 2 {
            self.sign(' ');
        }
        let total: usize = said.iter().map(|word| word.chars().count()).sum();
        let shares: usize = of_words.iter().sum();
        // Where each written word ends, counted in signs of the clause.
        let mut so_far = 0;
        let ends: Vec<usize> = of_words
            .iter()
            .map(|length| {
                so_far += length;
                if shares == total { so_far } else { (total * so_far + shares / 2) / shares.max(1) }
            })
            .collect();
        let (mut word, mut from, mut at) = (0, self.ids.len(), 0);
        for (index, spoken) in said.iter().enumerate() {
            if index > 0 {
                self.sign(' ');
                if ends.get(word.max(1) - 1).is_some_and(|end| *end == at) {
                    from = self.ids.len();
                }
            }
            for sign in spoken.chars() {
                while ends.get(word).is_some_and(|end| *end <= at) {
                    self.words.push(from..self.ids.len());
                    (word, from) = (word + 1, self.ids.len());
                }
                self.sign(sign);
                at += 1;
            }
            while ends.get(word).is_some_and(|end| *end <= at) {
                self.words.push(from..self.ids.len());
                (word, from) = (word + 1, self.ids.len());
            }
        }
        while word < of_words.len() {
            self.words.push(from..from);
            word += 1;
        }
        self.sign(end);
    }

    fn done(mut self) -> Sounds {
        self.ids.extend_from_slice(self.config.ids("$").unwrap_or_default());
        Sounds { ids: self.ids, words: self.words }
    }
}

impl Sounds {
    /// Times of the words from how many frames each number was held, in milliseconds. `frame_ms` is the length of one.
    /// `None` when the two do not belong together.
    pub(super) fn times(&self, frames: &[f32], frame_ms: f64) -> Option<Vec<(u32, u32)>> {
        if frames.len() != self.ids.len() || !frames.iter().all(|n| n.is_finite() && *n >= 0.0) {
            return None;
        }
        let mut starts = Vec::with_capacity(frames.len() + 1);
        let mut at = 0.0;
        for held in frames {
            starts.push(at);
            at += f64::from(*held) * frame_ms;
        }
        starts.push(at);
        let ms = |index: usize| starts.get(index).map(|ms| ms.round() as u32);
        self.words.iter().map(|word| Some((ms(word.start)?, ms(word.end)?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::config::tests::small;
    use super::*;
    use crate::testkit;

    #[test]
    fn a_sentence_is_cut_where_it_pauses() {
        let words: Vec<&str> = "We bake, Mr. Smith (a \"baker\") said: \"Now!\" - well... at 5".split(' ').collect();
        let cut: Vec<(String, char)> =
            clauses(&words).iter().map(|c| (words[c.words.clone()].join(" "), c.end)).collect();
        let expected = [
            ("We bake,", ','),
            ("Mr. Smith (a \"baker\") said:", ':'),
            ("\"Now!\"", '!'),
            ("- well...", '.'),
            ("at 5", '.'),
        ];
        assert_eq!(cut, expected.map(|(text, end)| (text.to_owned(), end)));
        assert_eq!(clauses(&["Hm", "-", "?"]), [Clause { words: 0..3, end: '?' }]);
    }

    #[test]
    fn notes_and_marks_of_espeak_are_read() {
        assert_eq!(signs("ʒ(en)oˈes(ro) reˈad"), ["ʒoˈes", "reˈad"]);
        assert_eq!(signs("bɔ\u{303}ʒuʁ mãʒe"), ["bɔ\u{303}ʒuʁ", "ma\u{303}ʒe"]);
        assert_eq!(signs(""), Vec::<String>::new());
    }

    #[test]
    fn every_word_has_its_numbers_even_where_words_are_drawn_together() {
        let config = small();
        let mut writer = Writer::new(&config);
        writer.clause(&["ab".into(), "d".into()], &[2, 1], ',');
        // "of the" as one word, a word that is not spoken, and one that is two.
        writer.clause(&["eflm".into(), "no".into(), "p".into()], &[2, 2, 0, 3], '.');
        let sounds = writer.done();
        let said: Vec<Vec<i64>> = sounds
            .words
            .iter()
            .map(|word| sounds.ids[word.clone()].iter().copied().filter(|id| *id != 0).collect())
            .collect();
        let id = |sign: &str| config.ids(sign).unwrap()[0];
        let ids = |signs: &[&str]| signs.iter().map(|s| id(s)).collect::<Vec<_>>();
        assert_eq!(
            said,
            [ids(&["a", "b"]), ids(&["d"]), ids(&["e", "f"]), ids(&["l", "m"]), vec![], ids(&["n", "o", " ", "p"])]
        );
        assert_eq!((sounds.ids[..2].to_vec(), *sounds.ids.last().unwrap()), (vec![1, 0], 2));
        let times = sounds.times(&vec![2.0; sounds.ids.len()], 10.0).unwrap();
        assert!(times.windows(2).all(|pair| pair[0].0 <= pair[0].1 && pair[0].1 <= pair[1].0), "{times:?}");
        assert_eq!(times[0], (40, 120));
        assert!(sounds.times(&[1.0], 10.0).is_none());
    }

    #[tokio::test]
    async fn espeak_writes_the_sounds_of_whatever_a_script_holds() {
        let (toolbox, config) = (Toolbox::new(testkit::tools()), small());
        for text in [
            "We bake every morning, at five.",
            "It costs $3.50 a loaf!",
            "And the end of the U.S.A., e.g. approx. 5 - or [[h@lo]] so?",
            "-v de --stdout, \"quoted\" (in brackets).",
            "No",
        ] {
            let sounds = sounds(&toolbox, &config, text, &CancellationToken::new()).await.unwrap();
            let words: Vec<&str> = text.split_whitespace().collect();
            assert_eq!(sounds.words.len(), words.len(), "{text}");
            for (word, range) in words.iter().zip(&sounds.words) {
                assert_eq!(range.is_empty(), !has_sound(word), "{word} in {text}: {:?}", sounds.words);
            }
        }
    }
}
