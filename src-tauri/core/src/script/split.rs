//! Spoken text to sentences, for English and Romanian and decently for their neighbours.
//!
//! A sentence ends only at a space, so joining the sentences with spaces gives the text back, letter for letter.

/// Longer sentences are divided, characters.
pub(super) const MAX_CHARACTERS: usize = 400;

/// Never the last word of a sentence.
const BEFORE_A_WORD: [&str; 48] = [
    "mr", "mrs", "ms", "dr", "prof", "messrs", "hon", "rev", "vs", "e.g", "i.e", "cf", "viz", "approx", "incl", "esp",
    "fig", "dl", "dlui", "dna", "d-na", "d-l", "d-lui", "d-nei", "dra", "d-ra", "ing", "av", "acad", "arh", "ec",
    "str", "bd", "bld", "b-dul", "șos", "şos", "sos", "jud", "mun", "aprox", "cca", "ex", "engl", "lat", "fr", "al",
    "tel",
];
/// Never the last word either, when written with a capital letter; else ordinary words.
const TITLES: [&str; 16] =
    ["Gen", "Col", "Capt", "Lt", "Sgt", "Maj", "Mt", "St", "Ste", "Sf", "Pr", "Sen", "Rep", "Gov", "Cpt", "Com"];
/// Abbreviations when a number follows; else ordinary words.
const BEFORE_A_NUMBER: [&str; 42] = [
    "no",
    "nr",
    "art",
    "pag",
    "p",
    "pp",
    "fig",
    "vol",
    "cap",
    "ch",
    "sec",
    "et",
    "ap",
    "bl",
    "sc",
    "alin",
    "lit",
    "pct",
    "ed",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "ian",
    "iun",
    "iul",
    "noi",
    "tel",
    "nos",
    "par",
    "versiunea",
    "v",
    "cod",
    "min",
];
/// Abbreviations that may end a sentence: they do when the next word has a capital letter.
const MAY_END: [&str; 38] = [
    "etc", "a.m", "p.m", "am", "pm", "inc", "ltd", "co", "corp", "jr", "sr", "min", "max", "mil", "mld", "kg", "km",
    "cm", "mm", "ml", "g", "l", "h", "ș.a", "ş.a", "s.a", "ș.a.m.d", "ş.a.m.d", "s.a.m.d", "a.c", "î.hr", "d.hr",
    "î.e.n", "e.n", "ave", "blvd", "est", "dept",
];
/// Words that start a sentence when they follow an acronym or an initial with a capital letter.
const STARTERS: [&str; 48] = [
    "The", "It", "He", "She", "We", "You", "They", "This", "That", "These", "There", "Then", "But", "And", "So", "If",
    "When", "What", "Why", "How", "Now", "In", "On", "At", "For", "Our", "My", "Its", "A", "An", "El", "Ea", "Noi",
    "Voi", "Ei", "Este", "Și", "Dar", "În", "La", "Acum", "Apoi", "Dacă", "Când", "Cum", "De", "Un", "Iar",
];

const CLOSERS: [char; 13] = ['"', '\'', '”', '“', '’', '»', '«', ')', ']', '}', '*', '_', '‘'];
const OPENERS: [char; 11] = ['"', '\'', '„', '“', '‘', '«', '»', '(', '[', '{', '¿'];

/// The sentences of one block of text with single spaces. Each has at least one letter or digit when the text has.
pub(super) fn sentences(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split(' ').filter(|w| !w.is_empty()).collect();
    let mut all: Vec<String> = Vec::new();
    let mut start = 0;
    for end in 1..=words.len() {
        if end < words.len() && !ends(&words, start, end - 1) {
            continue;
        }
        let sentence = words[start..end].join(" ");
        let spoken = |s: &str| s.chars().any(char::is_alphanumeric);
        match all.last_mut() {
            // A lone dash or dots belong to what stands before them.
            Some(last) if !spoken(&sentence) || !spoken(last) => {
                last.push(' ');
                last.push_str(&sentence);
            }
            _ => all.push(sentence),
        }
        start = end;
    }
    all.into_iter().flat_map(|sentence| divided(&sentence)).collect()
}

/// Whether the sentence that starts at `start` ends with the word `at`, which is not the last of the text.
fn ends(words: &[&str], start: usize, at: usize) -> bool {
    let (word, next) = (words[at], words[at + 1]);
    let bare = word.trim_end_matches(CLOSERS);
    let quoted = bare.len() < word.len();
    let first = next.trim_start_matches(OPENERS).trim_start_matches(['.', '…', '-', '–', '—']).chars().next();
    let goes_on = first.is_some_and(char::is_lowercase);
    if bare.ends_with(['!', '?', '。', '！', '？', '؟']) {
        // "Stop!" she said.
        return !(quoted && goes_on);
    }
    if bare.ends_with('…') || bare.ends_with("..") {
        return !goes_on;
    }
    let Some(stem) = bare.strip_suffix('.') else { return false };
    if quoted {
        return !goes_on;
    }
    let stem = stem.trim_start_matches(OPENERS);
    let lower = stem.to_lowercase();
    let is_in = |list: &[&str]| list.contains(&lower.as_str());
    let before_number = first.is_some_and(|c| c.is_ascii_digit());
    let next_bare = next.trim_matches(|c: char| !c.is_alphanumeric());
    if is_in(&BEFORE_A_WORD) || TITLES.contains(&stem) || is_in(&BEFORE_A_NUMBER) && before_number {
        return false;
    }
    if is_in(&MAY_END) {
        return !goes_on && !before_number;
    }
    let mut letters = stem.chars();
    let initial = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
    let dotted = stem.contains('.')
        && stem.split('.').all(|part| part.chars().count() <= 2 && !part.is_empty())
        && stem.chars().all(|c| c.is_alphabetic() || c == '.');
    if initial || dotted {
        // "So do I. Then …" but "J. Smith" and "U.S. Army".
        let pronoun = stem == "I" && at > start && !words[at - 1].ends_with('.');
        return pronoun || STARTERS.contains(&next_bare) && at > start;
    }
    // "1. Flour" inside a line: the number belongs to what it counts.
    let number = stem.chars().all(|c| c.is_ascii_digit());
    !(number && (at == start || goes_on))
}

/// A sentence too long for one breath, divided near its middle at a semicolon, colon, dash or comma, else at a space.
fn divided(sentence: &str) -> Vec<String> {
    let length = sentence.chars().count();
    if length <= MAX_CHARACTERS {
        return vec![sentence.to_owned()];
    }
    let words: Vec<&str> = sentence.split(' ').collect();
    let mut best: Option<(u8, usize, usize)> = None;
    let mut passed = 0;
    for (i, word) in words.iter().enumerate().take(words.len().saturating_sub(1)) {
        passed += word.chars().count() + 1;
        let weight = match word.chars().next_back() {
            Some(';' | ':') => 0,
            Some(',' | '–' | '—') => 1,
            _ => 2,
        };
        let from_middle = passed.abs_diff(length / 2);
        // A weak place right in the middle is better than a strong one near the end.
        let far = u8::from(from_middle > length / 3) * 3;
        let rank = (weight + far, from_middle, i + 1);
        let speaks = |part: &[&str]| part.iter().any(|w| w.chars().any(char::is_alphanumeric));
        if best.is_none_or(|b| rank < b) && speaks(&words[..=i]) && speaks(&words[i + 1..]) {
            best = Some(rank);
        }
    }
    let Some((_, _, at)) = best else { return vec![sentence.to_owned()] };
    let mut parts = divided(&words[..at].join(" "));
    parts.extend(divided(&words[at..].join(" ")));
    parts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn english_sentences_end_where_they_end() {
        for (text, wanted) in [
            ("Hello. How are you? Fine!", vec!["Hello.", "How are you?", "Fine!"]),
            (
                "Mr. Smith met Dr. J. R. Jones at 5 p.m. on Main St. yesterday.",
                vec!["Mr. Smith met Dr. J. R. Jones at 5 p.m. on Main St. yesterday."],
            ),
            ("We open at 5 p.m. Come early.", vec!["We open at 5 p.m.", "Come early."]),
            ("Use flour, water, etc. Then wait.", vec!["Use flour, water, etc.", "Then wait."]),
            ("Use nuts, e.g. almonds. Done.", vec!["Use nuts, e.g. almonds.", "Done."]),
            ("The U.S. Army came. In the U.S. They eat.", vec!["The U.S. Army came.", "In the U.S.", "They eat."]),
            (
                "It costs 3.5 dollars. Version 2.0.1 is out. See x.com today.",
                vec!["It costs 3.5 dollars.", "Version 2.0.1 is out.", "See x.com today."],
            ),
            ("Wait... what? Wait… What?!", vec!["Wait... what?", "Wait…", "What?!"]),
            ("“Stop!” she said. “Why?” He left.", vec!["“Stop!” she said.", "“Why?”", "He left."]),
            ("He said \"go.\" Then (so it seems.) he went.", vec!["He said \"go.\"", "Then (so it seems.) he went."]),
            ("See No. 5 here. I said no. Then I left.", vec!["See No. 5 here.", "I said no.", "Then I left."]),
            ("So do I. Then we go.", vec!["So do I.", "Then we go."]),
            ("1. Flour goes in. 2. Water follows.", vec!["1. Flour goes in.", "2. Water follows."]),
            ("no capitals here. still two sentences", vec!["no capitals here.", "still two sentences"]),
            ("It was 1989. Then came change.", vec!["It was 1989.", "Then came change."]),
            ("Wow! – Yes.", vec!["Wow!", "– Yes."]),
        ] {
            assert_eq!(sentences(text), wanted);
        }
    }

    #[test]
    fn romanian_sentences_end_where_they_end() {
        for (text, wanted) in [
            (
                "Dl. Popescu și d-na. Ionescu stau pe str. Lungă nr. 5, bl. 3. Vin des.",
                vec!["Dl. Popescu și d-na. Ionescu stau pe str. Lungă nr. 5, bl. 3.", "Vin des."],
            ),
            ("Costă 3,5 lei. Adică 3.500 de bani? Nu!", vec!["Costă 3,5 lei.", "Adică 3.500 de bani?", "Nu!"]),
            ("Făină, apă, sare ș.a. Apoi aștepți.", vec!["Făină, apă, sare ș.a.", "Apoi aștepți."]),
            ("Pâine, cozonac etc. se coc aici.", vec!["Pâine, cozonac etc. se coc aici."]),
            ("A. I. Cuza a domnit. Era în sec. 19.", vec!["A. I. Cuza a domnit.", "Era în sec. 19."]),
            ("„Vino!” a spus el. „De ce?” Nu știu.", vec!["„Vino!” a spus el.", "„De ce?”", "Nu știu."]),
            ("Îmi place acest gen. Mă doare un cap. Atât.", vec!["Îmi place acest gen.", "Mă doare un cap.", "Atât."]),
            ("În anul 100 î.Hr. nu era pâine.", vec!["În anul 100 î.Hr. nu era pâine."]),
        ] {
            assert_eq!(sentences(text), wanted);
        }
    }

    #[test]
    fn a_very_long_sentence_is_divided_at_its_commas() {
        let text =
            format!("{}, {}; {}.", "word ".repeat(50).trim(), "word ".repeat(50).trim(), "word ".repeat(50).trim());
        let parts = sentences(&text);
        assert!(parts.len() >= 2 && parts.iter().all(|p| p.chars().count() <= MAX_CHARACTERS));
        assert!(parts.iter().rev().skip(1).any(|p| p.ends_with(';') || p.ends_with(',')), "{parts:?}");
        assert_eq!(parts.join(" "), text);
    }

    proptest! {
        #[test]
        fn no_character_is_lost_or_doubled_and_no_sentence_is_empty(
            words in prop::collection::vec("[a-zA-ZăîșțȘ0-9.,!?…\"”„()–;:'-]{1,12}", 0..120)
        ) {
            let text = words.join(" ");
            let parts = sentences(&text);
            prop_assert_eq!(parts.join(" "), text.clone());
            let speaks = |s: &str| s.chars().any(char::is_alphanumeric);
            if speaks(&text) {
                prop_assert!(parts.iter().all(|p| speaks(p)), "{:?}", parts);
            }
            for part in &parts {
                prop_assert!(part.chars().count() <= MAX_CHARACTERS || !part.contains(' '));
            }
        }
    }
}
