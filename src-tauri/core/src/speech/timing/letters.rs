//! From the letters of a word to the kinds of sound it is made of, roughly. No dictionary: that "ough" is read in six ways
//! does not matter when all that counts is "a vowel, long".

use super::align::{Unit, Units};
use super::numbers;
use super::sounds::Sound;

/// Letters that are one sound together in English, longest first. "e$" and the like are handled by the code.
const ENGLISH: [(&str, Sound); 59] = [
    ("eigh", Sound::Open),
    ("ough", Sound::Open),
    ("augh", Sound::Open),
    ("igh", Sound::Open),
    ("tch", Sound::Hiss),
    ("dge", Sound::Hiss),
    ("ch", Sound::Hiss),
    ("sh", Sound::Hiss),
    ("th", Sound::Breath),
    ("ph", Sound::Breath),
    ("wh", Sound::Glide),
    ("ck", Sound::Stop),
    ("ng", Sound::Nose),
    ("nk", Sound::Nose),
    ("qu", Sound::Stop),
    ("gh", Sound::Breath),
    ("kn", Sound::Nose),
    ("wr", Sound::Glide),
    ("ee", Sound::Close),
    ("ea", Sound::Open),
    ("oo", Sound::Close),
    ("ou", Sound::Open),
    ("ow", Sound::Open),
    ("oi", Sound::Open),
    ("oy", Sound::Open),
    ("ai", Sound::Open),
    ("ay", Sound::Open),
    ("au", Sound::Open),
    ("aw", Sound::Open),
    ("ei", Sound::Open),
    ("ey", Sound::Open),
    ("ie", Sound::Open),
    ("oa", Sound::Open),
    ("oe", Sound::Close),
    ("ue", Sound::Close),
    ("ui", Sound::Close),
    ("ar", Sound::Open),
    ("er", Sound::Open),
    ("ir", Sound::Open),
    ("or", Sound::Open),
    ("ur", Sound::Open),
    ("ll", Sound::Glide),
    ("rr", Sound::Glide),
    ("ss", Sound::Hiss),
    ("zz", Sound::Hiss),
    ("ff", Sound::Breath),
    ("tt", Sound::Stop),
    ("pp", Sound::Stop),
    ("dd", Sound::Stop),
    ("bb", Sound::Stop),
    ("gg", Sound::Stop),
    ("cc", Sound::Stop),
    ("nn", Sound::Nose),
    ("mm", Sound::Nose),
    ("ce", Sound::Hiss),
    ("ci", Sound::Hiss),
    ("cy", Sound::Hiss),
    ("ge", Sound::Hiss),
    ("sc", Sound::Hiss),
];

/// English words that are said lightly.
const LIGHT: [&str; 62] = [
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "for", "from", "had", "has", "have", "he", "her",
    "his", "i", "if", "in", "is", "it", "its", "me", "my", "no", "not", "of", "on", "or", "our", "she", "so", "than",
    "that", "the", "their", "them", "then", "they", "this", "to", "us", "was", "we", "were", "will", "with", "would",
    "you", "your", "it's", "i'm", "we're", "you're", "but", "been", "could", "there", "what", "when",
];

/// A word's units. None when there is nothing in it to hear.
pub(super) fn units(word: &str, language: &str) -> Units {
    let english = language == "en";
    let mut units = Vec::new();
    for part in numbers::read(word, english) {
        if english && part.is_ascii() {
            english_units(&part, &mut units);
        } else {
            other_units(&part, language, &mut units);
        }
    }
    // Quotes and brackets may close after the mark.
    let mark = word.trim_end_matches(['"', '\'', ')', ']', '”', '’', '»']);
    let pause_likely = mark.ends_with([',', ';', ':', '.', '!', '?', '…', '—', '–', '-', '、', '。', '，']);
    Units { units, pause_likely }
}

/// The last two sounds before a pause are drawn out.
pub(super) fn lengthen_ends(words: &mut [Units]) {
    for word in words.iter_mut().filter(|w| w.pause_likely) {
        for unit in word.units.iter_mut().rev().take(2) {
            unit.frames *= 1.5;
        }
    }
}

/// Frames of 10 ms that a sound lasts on average.
fn usual(sound: Sound) -> f32 {
    match sound {
        Sound::Open => 9.5,
        Sound::Close => 7.5,
        Sound::Hiss => 10.0,
        Sound::Breath | Sound::Stop => 7.0,
        Sound::Nose => 6.5,
        Sound::Glide => 6.0,
        Sound::Silence | Sound::Any => 8.0,
    }
}

fn push(units: &mut Vec<Unit>, sound: Sound, lightness: f32) {
    units.push(Unit { sound, frames: usual(sound) * lightness });
}

fn english_units(word: &str, units: &mut Vec<Unit>) {
    let lightness = if LIGHT.contains(&word) { 0.8 } else { 1.0 };
    let letters: String = word.chars().filter(char::is_ascii_alphabetic).collect();
    let (stem, ending) = ending(&letters);
    let mut rest = stem;
    while let Some(first) = rest.chars().next() {
        if let Some(tail) = rest.strip_prefix("tion").or_else(|| rest.strip_prefix("sion")) {
            push(units, Sound::Hiss, 1.0);
            push(units, Sound::Nose, 1.5);
            rest = tail;
            continue;
        }
        // "ce", "ge" and the like keep their vowel for the next round.
        let group = ENGLISH.iter().find(|(letters, _)| rest.starts_with(letters));
        let (sound, length) = match group {
            Some((letters @ ("ce" | "ci" | "cy" | "ge" | "sc"), sound)) => (*sound, letters.len() - 1),
            Some((letters, sound)) => (*sound, letters.len()),
            None if first == 'y' && rest.len() == 1 => (Sound::Close, 1),
            None => (latin(first), 1),
        };
        push(units, sound, lightness);
        rest = &rest[length..];
    }
    match ending {
        Ending::None => {}
        Ending::Stop => push(units, Sound::Stop, 1.0),
        Ending::Hiss => push(units, Sound::Hiss, 1.0),
    }
}

enum Ending {
    None,
    Stop,
    Hiss,
}

/// Takes a final e that is not heard off a word of more than one vowel: "bake", "baked", "bakes".
fn ending(letters: &str) -> (&str, Ending) {
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let groups = letters.split(|c| !vowel(c)).filter(|g| !g.is_empty()).count();
    let before = |n: usize| letters.chars().rev().nth(n).unwrap_or(' ');
    if groups < 2 || letters.len() < 4 {
        return (letters, Ending::None);
    }
    let cut = |n: usize| &letters[..letters.len() - n];
    if letters.ends_with("ed") && !matches!(before(2), 't' | 'd' | 'e') {
        (cut(2), Ending::Stop)
    } else if letters.ends_with("es") && !matches!(before(2), 's' | 'z' | 'x' | 'h' | 'c' | 'g' | 'e') {
        (cut(2), Ending::Hiss)
    } else if letters.ends_with('e') && !vowel(before(1)) && (before(1) != 'l' || vowel(before(2))) {
        (cut(1), Ending::None)
    } else {
        (letters, Ending::None)
    }
}

fn latin(letter: char) -> Sound {
    match letter {
        'a' | 'e' | 'o' => Sound::Open,
        'i' | 'u' => Sound::Close,
        's' | 'z' | 'x' | 'j' => Sound::Hiss,
        'f' | 'v' | 'h' => Sound::Breath,
        'm' | 'n' => Sound::Nose,
        'l' | 'r' | 'w' | 'y' => Sound::Glide,
        'b' | 'c' | 'd' | 'g' | 'k' | 'p' | 'q' | 't' => Sound::Stop,
        _ => Sound::Any,
    }
}

/// Languages written as they are spoken, more or less: one letter, one sound.
fn other_units(word: &str, language: &str, units: &mut Vec<Unit>) {
    let letters: Vec<char> = word.to_lowercase().chars().filter(|c| c.is_alphabetic()).collect();
    let soft = matches!(language, "ro" | "it" | "es" | "fr" | "pt");
    let mut last = None;
    for (i, &c) in letters.iter().enumerate() {
        let following = letters.get(i + 1).copied().unwrap_or(' ');
        // "ch" and "gh" before e and i are hard in Romanian and Italian: the h only says so.
        if c == 'h' && matches!(last, Some('c' | 'g')) {
            last = Some(c);
            continue;
        }
        // A doubled letter is one sound.
        if last == Some(c) && !matches!(c, 'i' | 'e') {
            continue;
        }
        last = Some(c);
        let sound = match c {
            'c' | 'g' if soft && matches!(following, 'e' | 'i') => Sound::Hiss,
            // Hard in some languages and soft in others.
            'c' if following == 'h' && !matches!(language, "ro" | "it") => Sound::Hiss,
            _ => letter(c),
        };
        let length = if sound == Sound::Any && c >= '\u{2E80}' { 2.2 } else { 1.0 };
        push(units, sound, length);
    }
}

fn letter(c: char) -> Sound {
    match c {
        'a'..='z' => latin(c),
        'à'..='æ' | 'è'..='ë' | 'ò'..='ö' | 'ø' | 'œ' | 'ā' | 'ă' | 'ą' | 'ē' | 'ę' | 'ě' | 'ō' | 'ő' => {
            Sound::Open
        }
        'ì'..='ï' | 'ù'..='ý' | 'ÿ' | 'ī' | 'ı' | 'ū' | 'ů' | 'ű' => Sound::Close,
        'ß' | 'ç' | 'ś' | 'š' | 'ş' | 'ș' | 'ţ' | 'ț' | 'ć' | 'č' | 'ź' | 'ż' | 'ž' => Sound::Hiss,
        'ñ' | 'ń' | 'ň' => Sound::Nose,
        'ł' | 'ř' => Sound::Glide,
        'ď' | 'đ' | 'ť' | 'ķ' | 'ģ' => Sound::Stop,
        // Cyrillic and Greek.
        'а' | 'е' | 'о' | 'э' | 'я' | 'ё' | 'є' | 'α' | 'ά' | 'ε' | 'έ' | 'ο' | 'ό' | 'ω' | 'ώ' => {
            Sound::Open
        }
        'и' | 'і' | 'ї' | 'у' | 'ы' | 'ю' | 'η' | 'ή' | 'ι' | 'ί' | 'υ' | 'ύ' => Sound::Close,
        'с' | 'з' | 'ц' | 'ч' | 'ш' | 'щ' | 'ж' | 'σ' | 'ς' | 'ζ' | 'ξ' | 'ψ' => Sound::Hiss,
        'ф' | 'в' | 'х' | 'φ' | 'β' | 'χ' | 'θ' | 'δ' | 'γ' => Sound::Breath,
        'м' | 'н' | 'μ' | 'ν' => Sound::Nose,
        'л' | 'р' | 'й' | 'λ' | 'ρ' => Sound::Glide,
        'б' | 'п' | 'д' | 'т' | 'г' | 'к' | 'ґ' | 'π' | 'τ' | 'κ' => Sound::Stop,
        _ => Sound::Any,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(word: &str, language: &str) -> Vec<Sound> {
        units(word, language).units.iter().map(|u| u.sound).collect()
    }

    #[test]
    fn english_groups_of_letters_are_one_sound_and_a_final_e_is_none() {
        assert_eq!(kinds("Shapes,", "en"), [Sound::Hiss, Sound::Open, Sound::Stop, Sound::Hiss]);
        assert_eq!(kinds("night", "en"), [Sound::Nose, Sound::Open, Sound::Stop]);
        assert!(units("Shapes,", "en").pause_likely && !units("night", "en").pause_likely);
    }

    #[test]
    fn romanian_letters_are_read_as_they_are_written() {
        assert_eq!(kinds("cheie", "ro")[0], Sound::Stop);
        assert_eq!(kinds("cine", "ro")[0], Sound::Hiss);
        assert_eq!(kinds("țară", "ro"), [Sound::Hiss, Sound::Open, Sound::Glide, Sound::Open]);
    }

    #[test]
    fn a_sign_alone_makes_no_sound_and_a_number_makes_many() {
        assert!(kinds("—", "en").is_empty());
        assert!(kinds("1,250", "en").len() > 15);
        assert!(kinds("2026", "ro").len() > 8);
    }
}
