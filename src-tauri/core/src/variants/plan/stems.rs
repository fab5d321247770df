//! Words made comparable: letters without marks, endings taken off lightly, words that carry no picture left out.
//!
//! Light on purpose: "ovens" is found by "oven" and "cuptorul" by "cuptor"; nobody needs a grammar for that.

use std::collections::HashSet;

/// Finds the stems of words of one language.
pub(super) struct Stemmer {
    language: String,
    stop_words: HashSet<&'static str>,
}

impl Stemmer {
    pub(super) fn new(language: &str) -> Self {
        Self { language: language.to_owned(), stop_words: STOP_WORDS.split(' ').collect() }
    }

    /// The stems of a text's words, in order, without stop words, numbers and what cameras write into file names.
    pub(super) fn stems(&self, text: &str) -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric() && !is_mark(c))
            .map(fold)
            .filter(|word| word.chars().count() > 2 && word.chars().any(|c| !c.is_ascii_digit()))
            .filter(|word| !self.stop_words.contains(word.as_str()))
            .map(|word| stem(&word, &self.language))
            .collect()
    }
}

/// A combining mark, of a letter written in two pieces.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Lower case, marks taken off.
fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_lowercase) {
        let plain = match c {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ă' | 'ā' | 'ą' => "a",
            'ç' | 'ć' | 'č' => "c",
            'ď' | 'đ' => "d",
            'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => "e",
            'ğ' => "g",
            'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => "i",
            'ł' => "l",
            'ñ' | 'ń' | 'ň' => "n",
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ő' | 'ō' => "o",
            'ř' => "r",
            'ś' | 'š' | 'ş' | 'ș' => "s",
            'ť' | 'ţ' | 'ț' => "t",
            'ù' | 'ú' | 'û' | 'ü' | 'ű' | 'ů' | 'ū' => "u",
            'ý' | 'ÿ' => "y",
            'ź' | 'ž' | 'ż' => "z",
            'ß' => "ss",
            'æ' => "ae",
            'œ' => "oe",
            mark if is_mark(mark) => "",
            other => {
                folded.push(other);
                continue;
            }
        };
        folded.push_str(plain);
    }
    folded
}

const ROMANIAN_ENDINGS: [&str; 19] = [
    "urilor", "urile", "ului", "ilor", "elor", "iile", "uri", "ile", "ele", "lor", "lui", "ul", "ua", "ea", "le", "ei",
    "ii", "ie", "ia",
];

fn stem(word: &str, language: &str) -> String {
    let mut stem = word.to_owned();
    if language == "ro" {
        cut_first(&mut stem, &ROMANIAN_ENDINGS, 3);
        cut_vowels(&mut stem);
        // The vowel that opens under the accent: floare, flori; seara, seri.
        return stem.replace("oa", "o").replace("ea", "e");
    }
    if language == "en" {
        if !stem.ends_with("ss") && !cut_first(&mut stem, &["ies", "es"], 3) {
            cut_first(&mut stem, &["s"], 3);
        }
        cut_first(&mut stem, &["ing", "ed"], 3);
    }
    cut_vowels(&mut stem);
    if language == "en" {
        // running, run; berries, berry.
        let mut end = stem.chars().rev();
        if end.next() == end.next() && stem.chars().count() > 3 {
            stem.pop();
        }
    }
    stem
}

/// Takes off the first of these endings that leaves at least so many letters.
fn cut_first(word: &mut String, endings: &[&str], leave: usize) -> bool {
    let cut = endings.iter().filter_map(|e| word.strip_suffix(e)).find(|rest| rest.chars().count() >= leave);
    let Some(length) = cut.map(str::len) else { return false };
    word.truncate(length);
    true
}

fn cut_vowels(word: &mut String) {
    while word.chars().count() > 3 && word.ends_with(['a', 'e', 'i', 'o', 'u', 'y']) {
        word.pop();
    }
}

/// Words of English and Romanian that say nothing about a picture, words of file names, without marks.
const STOP_WORDS: &str = " \
    about above after again all also although always among and another any anything are around away back because been \
    before being below best better between both but came can cannot come could did does doing done down during each \
    else even ever every everything few first for from get gets give gives goes going gone good got great had has have \
    having her here hers him his how into its itself just keep kind know last least less let like little long look \
    looks lot made make makes many may maybe more most much must never new next not nothing now off often once one only \
    other our ours out over own put really right same say says see seen she should since some something still such take \
    takes than that the their them then there these they thing things this those through time times too two under until \
    upon use used using very want wants was way well went were what when where which while who whole whom whose why \
    will with without would yes yet you your yours \
    acea aceasta acel acela acele aceea acei aceia acest acesta aceste acestea acum adica afara aici aia aici altceva \
    alt alta alte alti altul apoi are asa asta astazi astfel asupra atat atunci avea avem aveti avut bine cam cand care \
    cat cate cati catre cel cele cei cea ceva chiar cine cineva cum dar daca dat deci deja deoarece desi despre din \
    dintr dintre doar doi doua dupa ele ele era erau este esti eram fara face faci fac fie fiecare fiind fost foarte \
    fost iar insa intr intre inca incat isi iti lor lui mai mare mult multa multe multi nici nimic niste noi nostru \
    noastra nou noua numai nou orice ori pana parca pe pentru peste poate pot prea prin printr putin sau sunt suntem \
    spre stie sub tau ta te toata toate tot toti totul trebuie unde unei unele unii unor unui unul una vei vom vor voi \
    vostru vrea \
    avi clip copy dji dsc dscn dscf edit export file final footage gopr img imagine mkv mov movie mp4 mpg mts mvi mxf \
    pxl raw rec recording shot untitled vid video whatsapp webm ";

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(text: &str, language: &str) -> Vec<String> {
        Stemmer::new(language).stems(text)
    }

    fn same(language: &str, words: &[&str]) {
        let all: Vec<_> = words.iter().map(|w| stems(w, language)).collect();
        assert!(all.iter().all(|s| s.len() == 1 && *s == all[0]), "{words:?} {all:?}");
    }

    #[test]
    fn english_words_meet_their_plural_and_ing_forms() {
        same("en", &["oven", "ovens", "Oven's", "OVEN"]);
        same("en", &["bake", "bakes", "baking", "baked"]);
        same("en", &["berry", "berries"]);
        same("en", &["run", "running", "runs"]);
        same("en", &["glass", "glasses"]);
        same("en", &["dish", "dishes"]);
    }

    #[test]
    fn romanian_words_meet_their_endings_with_and_without_marks() {
        same("ro", &["cuptor", "cuptorul", "cuptorului", "cuptoare", "cuptoarele"]);
        same("ro", &["pâine", "pâinea", "painea", "pâini"]);
        same("ro", &["grădină", "gradina", "grădinile", "grădinilor"]);
        same("ro", &["floare", "flori", "florile", "flo\u{61}\u{306}re"]);
        same("ro", &["oraș", "oraşul", "orașe", "oras\u{326}"]);
    }

    #[test]
    fn different_things_stay_different() {
        let pairs =
            [("en", "oven", "over"), ("en", "bread", "bride"), ("ro", "casă", "coasă"), ("ro", "masă", "mașină")];
        for (language, a, b) in pairs {
            assert_ne!(stems(a, language), stems(b, language));
        }
    }

    #[test]
    fn stop_words_numbers_and_camera_names_say_nothing() {
        assert_eq!(stems("This is the one with 4K 2024 IMG_0012.MOV și pentru că", "en"), [""; 0]);
        assert_eq!(stems("the old mill", "en"), ["old", "mil"]);
    }
}
