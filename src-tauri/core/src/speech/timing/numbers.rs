//! How a word with digits and signs is read, for its length alone. What is really read out is the engine's affair.

/// The parts a word is read as, lower case.
pub(super) fn read(word: &str, english: bool) -> Vec<String> {
    let mut parts = Vec::new();
    let mut letters = String::new();
    let chars: Vec<char> = word.chars().collect();
    let mut i = 0;
    // "$5" is read as "five dollars".
    let mut after = None;
    while i < chars.len() {
        let c = chars[i];
        if c.is_ascii_digit() {
            flush(&mut letters, &mut parts, english);
            let start = i;
            while i < chars.len() && (chars[i].is_ascii_digit() || is_inner(&chars, i)) {
                i += 1;
            }
            let text: String = chars[start..i].iter().collect();
            number(&text, english, &mut parts);
            parts.extend(after.take().map(str::to_owned));
            continue;
        }
        match c {
            '$' => after = Some("dollars"),
            '€' => after = Some("euros"),
            '£' => after = Some("pounds"),
            '%' => sign("percent", &mut letters, &mut parts, english),
            '&' => sign("and", &mut letters, &mut parts, english),
            '+' => sign("plus", &mut letters, &mut parts, english),
            '@' => sign("at", &mut letters, &mut parts, english),
            '.' if i > 0 && chars[i - 1].is_alphabetic() && chars.get(i + 1).is_some_and(|n| n.is_alphabetic()) => {
                sign("dot", &mut letters, &mut parts, english);
            }
            '-' | '/' | '–' | '—' => flush(&mut letters, &mut parts, english),
            c if c.is_alphabetic() || c == '\'' || c == '’' => letters.push(c),
            _ => {}
        }
        i += 1;
    }
    flush(&mut letters, &mut parts, english);
    parts.extend(after.map(str::to_owned));
    parts
}

/// A full stop or comma between digits.
fn is_inner(chars: &[char], i: usize) -> bool {
    matches!(chars[i], '.' | ',') && chars.get(i + 1).is_some_and(char::is_ascii_digit)
}

fn sign(name: &str, letters: &mut String, parts: &mut Vec<String>, english: bool) {
    flush(letters, parts, english);
    parts.push(name.to_owned());
}

fn flush(letters: &mut String, parts: &mut Vec<String>, english: bool) {
    let word = std::mem::take(letters);
    let bare: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    let vowels = |c: &char| matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    // "BBC" and "TV" are spelled.
    if english && bare.len() > 1 && bare.iter().all(char::is_ascii_uppercase) && !bare.iter().any(vowels) {
        parts.extend(
            bare.iter().map(|c| if *c == 'W' { "dubbelyou".to_owned() } else { format!("{c}ee").to_lowercase() }),
        );
    } else if !bare.is_empty() {
        parts.push(word.to_lowercase());
    }
}

fn number(text: &str, english: bool, parts: &mut Vec<String>) {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let grouped = whole.contains(',');
    let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
    match digits.parse::<u64>() {
        Ok(year) if english && !grouped && fraction.is_empty() && is_year(year, &digits) => {
            cardinal(year / 100, parts);
            match year % 100 {
                0 => parts.push("hundred".into()),
                rest @ 1..10 => parts.extend(["oh".to_owned(), ONES[rest as usize].to_owned()]),
                rest => cardinal(rest, parts),
            }
        }
        // A code or a telephone number is read digit by digit.
        Ok(_) | Err(_) if digits.len() > 12 || (digits.len() > 1 && digits.starts_with('0')) => spell(&digits, parts),
        Ok(value) => cardinal(value, parts),
        Err(_) => {}
    }
    if !fraction.is_empty() {
        parts.push("point".into());
        spell(fraction, parts);
    }
}

fn is_year(value: u64, digits: &str) -> bool {
    digits.len() == 4 && matches!(value, 1100..=1999 | 2010..=2099)
}

fn spell(digits: &str, parts: &mut Vec<String>) {
    parts.extend(digits.chars().filter_map(|c| c.to_digit(10)).map(|d| ONES[d as usize].to_owned()));
}

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// In English words; other languages' are about as long.
fn cardinal(value: u64, parts: &mut Vec<String>) {
    for (size, name) in [(1_000_000_000, "billion"), (1_000_000, "million"), (1000, "thousand"), (100, "hundred")] {
        if value >= size {
            cardinal(value / size, parts);
            parts.push(name.to_owned());
            if !value.is_multiple_of(size) {
                cardinal(value % size, parts);
            }
            return;
        }
    }
    if value < 20 {
        parts.push(ONES[value as usize].to_owned());
    } else {
        parts.push(TENS[(value / 10) as usize].to_owned());
        if !value.is_multiple_of(10) {
            parts.push(ONES[(value % 10) as usize].to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_read_them() {
        for (word, read_as) in [
            ("24", "twenty four"),
            ("1,250", "one thousand two hundred fifty"),
            ("1874.", "eighteen seventy four"),
            ("$3.50", "three point five zero dollars"),
            ("15%", "fifteen percent"),
            ("BBC's", "bbc's"),
            ("TV", "tee vee"),
            ("example.com", "example dot com"),
            ("007", "zero zero seven"),
            ("one-off", "one off"),
            ("—", ""),
        ] {
            assert_eq!(read(word, true).join(" "), read_as, "{word}");
        }
    }
}
