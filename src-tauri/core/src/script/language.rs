//! Which language a text is in.

use super::ScriptError;

/// Letters fewer than this are too few to tell by statistics.
const ENOUGH_LETTERS: usize = 24;

/// Common words of Romanian written without its marks that English and its neighbours do not share.
const ROMANIAN: [&str; 30] = [
    "pentru", "sunt", "din", "daca", "cand", "fara", "dupa", "pana", "aceasta", "acest", "asta", "foarte", "iar",
    "nostru", "noastra", "atunci", "acum", "trebuie", "vrei", "poti", "cel", "cele", "sau", "spre", "doar", "despre",
    "fiecare", "stii", "este", "mai",
];
const ENGLISH: [&str; 30] = [
    "the", "and", "is", "are", "you", "your", "for", "with", "this", "that", "it", "of", "to", "we", "our", "have",
    "has", "was", "what", "when", "how", "why", "who", "not", "but", "from", "they", "every", "one", "here",
];

/// The primary language of a code as given by hand ("ro-RO", "RON", "en_US") in ISO 639-1, where there is such a code.
pub(super) fn code(given: &str) -> Result<String, ScriptError> {
    let primary = given.trim().split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let letters = primary.bytes().all(|b| b.is_ascii_alphabetic());
    if !letters || !(2..=3).contains(&primary.len()) {
        return Err(ScriptError::Language(given.to_owned()));
    }
    Ok(short(&primary).map_or(primary.clone(), str::to_owned))
}

/// The language of a text, ISO 639-1; "en" when that cannot be told.
pub(super) fn detect(text: &str) -> String {
    if has_romanian_letters(text) {
        return "ro".into();
    }
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    let count = |known: &[&str]| words.iter().filter(|w| known.contains(&w.as_str())).count();
    let (romanian, english) = (count(&ROMANIAN), count(&ENGLISH));
    if romanian >= 2 && romanian > english {
        return "ro".into();
    }
    if english >= 2 && english * 8 > words.len() || text.chars().filter(|c| c.is_alphabetic()).count() < ENOUGH_LETTERS
    {
        return "en".into();
    }
    match whatlang::detect(text) {
        Some(info) if info.is_reliable() => {
            let code = info.lang().code();
            short(code).unwrap_or(code).to_owned()
        }
        _ => "en".into(),
    }
}

/// Romanian alone has "ș" and "ț"; "ă" with "â", "î", "ş" or "ţ" is Romanian where nothing else is Vietnamese or Turkish.
fn has_romanian_letters(text: &str) -> bool {
    let has = |letters: &[char]| text.chars().any(|c| c.to_lowercase().any(|l| letters.contains(&l)));
    has(&['ș', 'ț']) || has(&['ă']) && !has(&['đ', 'ơ', 'ư', 'ạ', 'ế']) || has(&['ţ']) && !has(&['ı', 'ğ'])
}

/// Two letters for three.
fn short(code: &str) -> Option<&'static str> {
    const CODES: [(&str, &str); 44] = [
        ("eng", "en"),
        ("ron", "ro"),
        ("rum", "ro"),
        ("deu", "de"),
        ("ger", "de"),
        ("fra", "fr"),
        ("fre", "fr"),
        ("spa", "es"),
        ("ita", "it"),
        ("por", "pt"),
        ("nld", "nl"),
        ("pol", "pl"),
        ("ces", "cs"),
        ("slk", "sk"),
        ("slv", "sl"),
        ("hrv", "hr"),
        ("srp", "sr"),
        ("bul", "bg"),
        ("mkd", "mk"),
        ("ukr", "uk"),
        ("rus", "ru"),
        ("bel", "be"),
        ("hun", "hu"),
        ("fin", "fi"),
        ("est", "et"),
        ("lav", "lv"),
        ("lit", "lt"),
        ("swe", "sv"),
        ("dan", "da"),
        ("nob", "nb"),
        ("ell", "el"),
        ("tur", "tr"),
        ("cat", "ca"),
        ("lat", "la"),
        ("epo", "eo"),
        ("ara", "ar"),
        ("heb", "he"),
        ("hin", "hi"),
        ("cmn", "zh"),
        ("jpn", "ja"),
        ("kor", "ko"),
        ("vie", "vi"),
        ("ind", "id"),
        ("afr", "af"),
    ];
    CODES.iter().find(|(long, _)| *long == code).map(|(_, short)| *short)
}

/// Romanian as it is spelt: the cedillas of old keyboards become the commas below that its voices and fonts expect.
pub(super) fn with_commas_below(text: &str) -> String {
    let comma = |c| match c {
        'ş' => 'ș',
        'Ş' => 'Ș',
        'ţ' => 'ț',
        'Ţ' => 'Ț',
        other => other,
    };
    text.chars().map(comma).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_apart() {
        for (text, wanted) in [
            ("Fresh bread is what you smell when the door opens.", "en"),
            ("Pâinea caldă iese din cuptor.", "ro"),
            ("Cumperi paine proaspata din cuptor doar acum, daca vrei.", "ro"),
            ("Paşi mari în faţă", "ro"),
            ("Ok", "en"),
            ("Bread!", "en"),
            ("Das frische Brot kommt jeden Morgen aus dem Ofen und duftet herrlich durch die ganze Straße.", "de"),
            ("Le pain frais sort du four chaque matin et son parfum remplit toute la rue du village.", "fr"),
            ("Свежий хлеб выходит из печи каждое утро, и запах наполняет улицу.", "ru"),
        ] {
            assert_eq!(detect(text), wanted, "{text}");
        }
    }

    #[test]
    fn codes_are_read_in_all_their_forms() {
        for (given, wanted) in [("ro-RO", "ro"), ("EN_us", "en"), ("ron", "ro"), (" de ", "de"), ("yue", "yue")] {
            assert_eq!(code(given).unwrap(), wanted);
        }
        for given in ["", "romanian", "r", "12", "-ro"] {
            assert!(matches!(code(given), Err(ScriptError::Language(_))), "{given}");
        }
    }
}
