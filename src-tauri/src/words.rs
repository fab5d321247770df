//! What the program says outside its windows, in the languages of the window.

use crate::workshops::Done;

/// The body of the notification that a batch is done; the title is the profile's name.
pub fn batch_done(language: Language, done: &Done) -> String {
    let Done { made, failed } = *done;
    match language {
        Language::English => match (made, failed) {
            (1, 0) => "1 video is ready.".into(),
            (made, 0) => format!("{made} videos are ready."),
            (0, _) => "The videos could not be made. The queue says why.".into(),
            (made, failed) => format!("{made} of {} videos are ready. The queue says what went wrong.", made + failed),
        },
        Language::Romanian => match (made, failed) {
            (1, 0) => "1 videoclip este gata.".into(),
            (made, 0) => format!("{} sunt gata.", romanian_count(made)),
            (0, _) => "Videoclipurile nu au putut fi create. Coada spune de ce.".into(),
            (made, failed) => {
                format!("{made} din {} sunt gata. Coada spune ce nu a mers.", romanian_count(made + failed))
            }
        },
    }
}

/// "5 videoclipuri", but "20 de videoclipuri".
fn romanian_count(videos: usize) -> String {
    let of = if videos == 0 || (1..20).contains(&(videos % 100)) { "" } else { "de " };
    format!("{videos} {of}videoclipuri")
}

/// A language of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English, and whatever has no words here.
    English,
    /// Romanian.
    Romanian,
}

impl Language {
    /// The language of a tag ("ro", "ro_RO.UTF-8", "en-GB").
    pub fn of(tag: &str) -> Self {
        let primary = tag.split(['-', '_', '.']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("ro") { Self::Romanian } else { Self::English }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(language: Language, made: usize, failed: usize) -> String {
        batch_done(language, &Done { made, failed })
    }

    #[test]
    fn the_number_of_videos_is_said_as_people_say_it() {
        assert_eq!(says(Language::English, 1, 0), "1 video is ready.");
        assert_eq!(says(Language::English, 5, 0), "5 videos are ready.");
        assert_eq!(says(Language::Romanian, 5, 0), "5 videoclipuri sunt gata.");
        assert_eq!(says(Language::Romanian, 20, 0), "20 de videoclipuri sunt gata.");
        assert_eq!(says(Language::Romanian, 101, 0), "101 videoclipuri sunt gata.");
    }

    #[test]
    fn what_failed_is_not_hidden() {
        assert!(says(Language::English, 2, 1).starts_with("2 of 3 videos"));
        assert!(says(Language::English, 0, 3).contains("could not be made"));
        assert!(says(Language::Romanian, 2, 1).starts_with("2 din 3 videoclipuri"));
    }

    #[test]
    fn a_language_is_known_by_the_first_part_of_its_tag() {
        assert_eq!(Language::of("ro_RO.UTF-8"), Language::Romanian);
        assert_eq!(Language::of("RO"), Language::Romanian);
        assert_eq!(Language::of("rom"), Language::English);
        assert_eq!(Language::of(""), Language::English);
    }
}
