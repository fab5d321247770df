//! The text an engine is given: the sentence with typography made plain. Light on purpose: engines read numbers well,
//! and captions show the script as it was written, never this.

/// A sentence for any engine: single spaces, no control or invisible characters, plain quotes, dashes as pauses.
pub fn spoken(text: &str, language: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{2018}' | '\u{2019}' | '\u{02BC}' | '\u{201B}' => out.push('\''),
            '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{201F}' | '\u{00AB}' | '\u{00BB}' => out.push('"'),
            // A dash between words is a pause, which every engine makes at a comma.
            '\u{2013}' | '\u{2014}' | '\u{2015}' => out.push_str(", "),
            '\u{2010}' | '\u{2011}' | '\u{2212}' => out.push('-'),
            '\u{2026}' => out.push_str("..."),
            '&' => out.push_str(match language {
                "en" => " and ",
                "ro" => " și ",
                _ => "&",
            }),
            // Cedilla letters are the old way to write Romanian's comma letters.
            'ş' if language == "ro" => out.push('ș'),
            'ţ' if language == "ro" => out.push('ț'),
            'Ş' if language == "ro" => out.push('Ș'),
            'Ţ' if language == "ro" => out.push('Ț'),
            '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' => {}
            c if c.is_control() || c.is_whitespace() => out.push(' '),
            c => out.push(c),
        }
    }
    let joined = out.split_whitespace().collect::<Vec<_>>().join(" ");
    joined.replace(" , ", ", ").replace(",,", ",")
}

/// The same in ASCII, for an engine that knows only English letters: accents are dropped, signs are said in words.
pub fn ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            // "€20" is said after its number.
            '€' | '£' => {
                let mut number = String::new();
                while let Some(d) = rest.next_if(|d| d.is_ascii_digit() || matches!(d, '.' | ',')) {
                    number.push(d);
                }
                // A full stop or comma after the number belongs to the sentence.
                let digits = number.trim_end_matches(['.', ',']);
                let name = if c == '€' { "euros" } else { "pounds" };
                out.push_str(&format!("{digits} {name}{}", &number[digits.len()..]));
            }
            c if c.is_ascii() => out.push(c),
            c => out.push_str(letter(c)),
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn letter(c: char) -> &'static str {
    match c {
        'À'..='Å' | 'Ā' | 'Ă' | 'Ą' => "A",
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'Æ' => "Ae",
        'æ' => "ae",
        'Ç' | 'Ć' | 'Č' => "C",
        'ç' | 'ć' | 'č' => "c",
        'Ď' | 'Đ' | 'Ð' => "D",
        'ď' | 'đ' | 'ð' => "d",
        'È'..='Ë' | 'Ē' | 'Ę' | 'Ě' => "E",
        'è'..='ë' | 'ē' | 'ę' | 'ě' => "e",
        'Ğ' => "G",
        'ğ' => "g",
        'Ì'..='Ï' | 'Ī' | 'İ' => "I",
        'ì'..='ï' | 'ī' | 'ı' => "i",
        'Ł' => "L",
        'ł' => "l",
        'Ñ' | 'Ń' | 'Ň' => "N",
        'ñ' | 'ń' | 'ň' => "n",
        'Ò'..='Ö' | 'Ø' | 'Ō' | 'Ő' => "O",
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => "o",
        'Œ' => "Oe",
        'œ' => "oe",
        'Ř' => "R",
        'ř' => "r",
        'Ś' | 'Š' | 'Ş' | 'Ș' => "S",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ß' => "ss",
        'Ť' | 'Ţ' | 'Ț' => "T",
        'ť' | 'ţ' | 'ț' => "t",
        'Ù'..='Ü' | 'Ū' | 'Ů' | 'Ű' => "U",
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => "u",
        'Ý' | 'Ÿ' => "Y",
        'ý' | 'ÿ' => "y",
        'Ź' | 'Ż' | 'Ž' => "Z",
        'ź' | 'ż' | 'ž' => "z",
        '°' => " degrees",
        '×' => " times ",
        '½' => " one half",
        '¼' => " one quarter",
        '¾' => " three quarters",
        '™' | '®' | '©' => "",
        _ => " ",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typography_is_made_plain_for_the_engine() {
        assert_eq!(spoken("It’s “easy”\u{a0}— really…\u{7}", "en"), "It's \"easy\", really...");
        assert_eq!(spoken("R&D", "en"), "R and D");
        assert_eq!(spoken("Aceşti paşi", "ro"), "Acești pași");
    }

    #[test]
    fn an_english_engine_gets_its_own_letters_only() {
        assert_eq!(ascii("Café crème, €1,250.50. Only £5!"), "Cafe creme, 1,250.50 euros. Only 5 pounds!");
        assert!(ascii("日本 ok").is_ascii());
    }
}
