//! From the time of every character to the time of every word.

use super::wire::Alignment;

/// Times of the white-space words of `text` in milliseconds; `None` when the alignment is of another text with as many
/// words, so that they are better estimated. An alignment with too few words is given as it is: the check refuses it.
pub(super) fn words(alignment: &Alignment, text: &str) -> Option<Vec<(u32, u32)>> {
    let Alignment { characters, character_start_times_seconds: starts, character_end_times_seconds: ends } = alignment;
    let ms = |seconds: f64| (seconds * 1000.0).round().clamp(0.0, f64::from(u32::MAX)) as u32;
    let mut said: Vec<(String, (u32, u32))> = Vec::new();
    let mut inside = false;
    for ((character, &start), &end) in characters.iter().zip(starts).zip(ends) {
        if character.trim().is_empty() {
            inside = false;
        } else if let (true, Some((word, time))) = (inside, said.last_mut()) {
            word.push_str(character);
            time.1 = ms(end);
        } else {
            said.push((character.clone(), (ms(start), ms(end))));
            inside = true;
        }
    }
    let expected: Vec<&str> = text.split_whitespace().collect();
    let matches = said.iter().map(|(word, _)| word.as_str()).eq(expected.iter().copied());
    (matches || said.len() < expected.len()).then(|| said.into_iter().map(|(_, time)| time).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aligned(text: &str) -> Alignment {
        let n = text.chars().count();
        Alignment {
            characters: text.chars().map(String::from).collect(),
            character_start_times_seconds: (0..n).map(|i| i as f64 * 0.1).collect(),
            character_end_times_seconds: (0..n).map(|i| (i + 1) as f64 * 0.1).collect(),
        }
    }

    #[test]
    fn characters_are_grouped_on_white_space() {
        assert_eq!(words(&aligned("Hi, you."), "Hi, you."), Some(vec![(0, 300), (400, 800)]));
    }

    #[test]
    fn times_of_another_text_are_not_taken_and_too_few_are_shown_to_the_check() {
        assert_eq!(words(&aligned("Ho, you."), "Hi, you."), None);
        assert_eq!(words(&aligned("Hi,"), "Hi, you.").map(|w| w.len()), Some(1));
    }
}
