//! How names are said: a dictionary of the profile, by language. It changes what is spoken, never what is written in
//! captions.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::SpeechError;
use crate::profile::Profile;
use crate::profile::events::Event;
use crate::profile::settings::{self, Key};

const DICTIONARY: Key<Vec<Pronunciation>> = Key::new("pronunciation");
/// More entries than this are a mistake.
const MOST: usize = 2000;

/// One name and how it is said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Pronunciation {
    /// ISO 639-1 code of the scripts it holds for.
    pub language: String,
    /// As it is written in scripts: one word or several. Letter case does not matter.
    pub written: String,
    /// As it is to be read aloud, in the spelling of that language.
    pub spoken: String,
}

impl Pronunciation {
    pub(crate) fn speaks(&self, language: &str) -> bool {
        let base = |code: &str| code.split(['-', '_']).next().unwrap_or_default().to_lowercase();
        base(&self.language) == base(language)
    }
}

/// The dictionary.
///
/// # Errors
/// [`SpeechError::Db`].
pub fn show(profile: &Profile) -> Result<Vec<Pronunciation>, SpeechError> {
    Ok(profile.read(|tx| settings::get(tx, &DICTIONARY))?.unwrap_or_default())
}

/// Replaces the dictionary.
///
/// # Errors
/// [`SpeechError::BadInput`] for an entry that says nothing, or says something twice; [`SpeechError::Db`].
pub fn set(profile: &Profile, entries: Vec<Pronunciation>) -> Result<Vec<Pronunciation>, SpeechError> {
    let bad = |what: String| Err(SpeechError::BadInput(format!("The pronunciations were not changed: {what}.")));
    if entries.len() > MOST {
        return bad(format!("there are {} of them, and {MOST} is the most", entries.len()));
    }
    let mut seen = std::collections::HashSet::new();
    for entry in &entries {
        let Pronunciation { language, written, spoken } = entry;
        if !written.chars().any(char::is_alphanumeric) || !spoken.chars().any(char::is_alphanumeric) {
            return bad(format!("\"{written}\", spoken \"{spoken}\", has nothing to read or to say"));
        }
        if language.is_empty() || written.len() > 200 || spoken.len() > 200 {
            return bad(format!("\"{written}\" needs a language, and at most 200 letters"));
        }
        if !seen.insert((language.to_lowercase(), written.to_lowercase())) {
            return bad(format!("\"{written}\" is there twice for the language \"{language}\""));
        }
    }
    profile.write::<_, SpeechError>(|tx| Ok(settings::set(tx, &DICTIONARY, &entries)?))?;
    profile.announce(Event::Settings {});
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_kept_and_nonsense_is_refused() {
        let bench = crate::testkit::bench();
        let entry = |w: &str, s: &str| Pronunciation { language: "en".into(), written: w.into(), spoken: s.into() };
        let good = vec![entry("Xynthi", "Zin thee")];
        assert_eq!(set(&bench.profile, good.clone()).unwrap(), good);
        assert!(set(&bench.profile, vec![entry("A", "!")]).is_err());
        assert!(set(&bench.profile, vec![entry("A", "b"), entry("a", "c")]).is_err());
        assert_eq!(show(&bench.profile).unwrap(), good);
    }
}
