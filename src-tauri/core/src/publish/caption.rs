//! Captions of posts: a text with variables, filled from what is known of the clip.
//!
//! `{name}` stands for a variable; `{{` and `}}` are braces. A variable that there is not is an error that names those
//! there are, so that no post goes out with `{hok}` in it. What is not here: the captions that are burned into the picture.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use crate::clips::{self, ClipError};
use crate::error::{Code, Explain};
use crate::ids::{ClipId, ScriptId};
use crate::profile::Profile;
use crate::profile::db::DbError;
use crate::render::receipt::Receipt;
use crate::speech::recorded;

/// The variables a caption may have, without their braces.
pub const VARIABLES: [&str; 8] = ["script", "hook", "project", "name", "brand", "tags", "date", "number"];

/// What variables are filled from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// What is said in the clip.
    pub script: String,
    /// What it opens with: its title, else the first sentence that is said.
    pub hook: String,
    /// Name of its project.
    pub project: String,
    /// Its name.
    pub name: String,
    /// Name of the brand.
    pub brand: String,
    /// Tags of its script.
    pub tags: Vec<String>,
    /// The day it goes out, in the profile's time zone, `2026-11-26`.
    pub date: String,
    /// Its place in the order, from 1.
    pub number: u32,
    /// The voice was made by a program.
    pub synthetic: bool,
}

/// A caption names a variable that there is not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "There is no variable {{{name}}}. There are {known}. Write {{{{ for a brace.",
    known = VARIABLES.map(|v| format!("{{{v}}}")).join(", ")
)]
pub struct UnknownVariable {
    /// What stands between the braces.
    pub name: String,
}

impl Explain for UnknownVariable {
    fn code(&self) -> Code {
        Code::InvalidInput
    }

    fn details(&self) -> Value {
        json!({ "variable": self.name, "known": VARIABLES })
    }
}

/// Why nothing could be said of a clip.
#[derive(Debug, thiserror::Error)]
pub enum CaptionError {
    /// The clip.
    #[error(transparent)]
    Clip(#[from] ClipError),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl Explain for CaptionError {
    fn code(&self) -> Code {
        match self {
            Self::Clip(e) => e.code(),
            Self::Db(e) => e.code(),
        }
    }

    fn details(&self) -> Value {
        match self {
            Self::Clip(e) => e.details(),
            Self::Db(e) => e.details(),
        }
    }
}

/// What is known of a clip that goes out at this UTC millisecond, as number `number` (from 1) of an order.
///
/// # Errors
/// [`CaptionError`] when there is no such clip, or its receipt does not read.
pub fn facts(
    profile: &Profile,
    brand: &str,
    clip: ClipId,
    number: u32,
    at: i64,
    zone: &TimeZone,
) -> Result<Facts, CaptionError> {
    let (found, receipt, tags) = profile.read::<_, CaptionError>(|tx| {
        let found = clips::get(tx, clip)?;
        let value = clips::receipt(tx, clip)?;
        let receipt: Receipt = serde_json::from_value(value).map_err(|source| ClipError::Receipt { clip, source })?;
        let tags = tags(tx, receipt.script.id)?;
        Ok((found, receipt, tags))
    })?;
    let said = sentences(&receipt);
    let title = receipt.timeline.hook_title.as_ref().map(|title| title.text.trim()).filter(|text| !text.is_empty());
    Ok(Facts {
        hook: title.map(str::to_owned).or_else(|| said.first().cloned()).unwrap_or_default(),
        script: said.join(" "),
        project: receipt.project.name,
        name: found.name,
        brand: brand.to_owned(),
        tags,
        date: day(at, zone),
        number,
        synthetic: receipt.voice.used.provider != recorded::NAME,
    })
}

/// Tags of a script; none when it is gone.
fn tags(tx: &crate::profile::db::Reader<'_>, script: ScriptId) -> Result<Vec<String>, DbError> {
    let mut query =
        tx.prepare_cached("SELECT t.value FROM scripts s, json_each(s.tags) t WHERE s.id = ?1 ORDER BY t.key")?;
    let tags = query.query_map([script], |r| r.get(0))?.collect::<Result<_, _>>()?;
    Ok(tags)
}

/// What is said, sentence by sentence.
fn sentences(receipt: &Receipt) -> Vec<String> {
    let words = receipt.words.chunk_by(|a, b| a.sentence == b.sentence);
    words.map(|sentence| sentence.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ")).collect()
}

fn day(at: i64, zone: &TimeZone) -> String {
    // A moment out of range cannot be scheduled either; it is written as nothing.
    Timestamp::from_millisecond(at).map_or_else(|_| String::new(), |at| zone.to_datetime(at).date().to_string())
}

/// Whether every variable of the text is one there is.
///
/// # Errors
/// [`UnknownVariable`] for the first that is not.
pub fn check(template: &str) -> Result<(), UnknownVariable> {
    pieces(template).map(drop)
}

/// The text with its variables replaced. Space left at the ends by variables that are empty goes.
///
/// # Errors
/// [`UnknownVariable`] for the first that there is not.
pub fn fill(template: &str, facts: &Facts) -> Result<String, UnknownVariable> {
    let mut text = String::with_capacity(template.len());
    for piece in pieces(template)? {
        match piece {
            Piece::Plain(plain) => text.push_str(plain),
            Piece::Variable(name) => text.push_str(&value(name, facts)),
        }
    }
    Ok(text.trim().to_owned())
}

/// A part of a template.
enum Piece<'t> {
    /// Stays as it is.
    Plain(&'t str),
    /// Its name.
    Variable(&'t str),
}

fn pieces(template: &str) -> Result<Vec<Piece<'_>>, UnknownVariable> {
    let mut all = Vec::new();
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, brace) = (&rest[..at], &rest[at..=at]);
        all.push(Piece::Plain(before));
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(brace) {
            all.push(Piece::Plain(brace));
            rest = after;
            continue;
        }
        let name = rest.find('}').map(|end| &rest[..end]).filter(|name| brace == "{" && is_name(name));
        match name {
            Some(name) if VARIABLES.contains(&name) => {
                all.push(Piece::Variable(name));
                rest = &rest[name.len() + 1..];
            }
            Some(name) => return Err(UnknownVariable { name: name.to_owned() }),
            // A brace that opens no name is a brace: ":-}" stays what it is.
            None => all.push(Piece::Plain(brace)),
        }
    }
    all.push(Piece::Plain(rest));
    Ok(all)
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || c == '_')
}

fn value(name: &str, facts: &Facts) -> String {
    match name {
        "script" => facts.script.clone(),
        "hook" => facts.hook.clone(),
        "project" => facts.project.clone(),
        "name" => facts.name.clone(),
        "brand" => facts.brand.clone(),
        "tags" => hashtags(&facts.tags),
        "date" => facts.date.clone(),
        "number" => facts.number.to_string(),
        _ => String::new(),
    }
}

/// "#bread #freshbread": each tag once, without what ends a hashtag.
#[must_use]
pub fn hashtags(tags: &[String]) -> String {
    let mut all: Vec<String> = Vec::new();
    for tag in tags {
        let bare: String = tag.chars().filter(|c| c.is_alphanumeric() || *c == '_').collect();
        let tag = format!("#{bare}");
        if !bare.is_empty() && !all.iter().any(|known| known.to_lowercase() == tag.to_lowercase()) {
            all.push(tag);
        }
    }
    all.join(" ")
}

/// How many hashtags a text has, as platforms see them: a `#` at the start of a word, with a letter or digit after it.
#[must_use]
pub fn count_hashtags(text: &str) -> usize {
    let mut count = 0;
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let starts = !before.is_alphanumeric() && !matches!(before, '_' | '&' | '/' | '#');
        if c == '#' && starts && rest.peek().is_some_and(|next| next.is_alphanumeric() || *next == '_') {
            count += 1;
        }
        before = c;
    }
    count
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn known() -> Facts {
        Facts {
            script: "Pâinea e gata. Poftiți.".into(),
            hook: "Pâinea e gata.".into(),
            project: "Brutărie".into(),
            name: "paine-1".into(),
            brand: "Coajă".into(),
            tags: vec!["pâine".into(), "fresh bread".into(), "Pâine".into(), "!".into()],
            date: "2026-11-26".into(),
            number: 3,
            synthetic: true,
        }
    }

    #[test]
    fn every_variable_is_filled() {
        let template = VARIABLES.map(|v| format!("{{{v}}}")).join("|");
        let filled = fill(&template, &known()).unwrap();
        let expected = "Pâinea e gata. Poftiți.|Pâinea e gata.|Brutărie|paine-1|Coajă|#pâine #freshbread|2026-11-26|3";
        assert_eq!(filled, expected);
    }

    #[test]
    fn an_unknown_variable_is_an_error_that_names_those_there_are() {
        let error = fill("Fresh: {hok}!", &known()).unwrap_err();
        assert_eq!(error.name, "hok");
        let says = error.to_string();
        for variable in VARIABLES {
            assert!(says.contains(&format!("{{{variable}}}")), "{says}");
        }
        assert!(says.starts_with("There is no variable {hok}.") && says.ends_with("Write {{ for a brace."), "{says}");
        assert_eq!(check("{Hook}").unwrap_err().name, "Hook", "another letter case is another name");
    }

    #[test]
    fn braces_that_are_no_variable_stay() {
        for (template, expected) in [
            ("{{hook}}", "{hook}"),
            (":-} and :-{", ":-} and :-{"),
            ("{ hook }", "{ hook }"),
            ("{}", "{}"),
            ("{", "{"),
            ("a {{{number}}} b", "a {3} b"),
        ] {
            assert_eq!(fill(template, &known()).unwrap(), expected, "{template}");
        }
    }

    #[test]
    fn what_empty_variables_leave_at_the_ends_goes() {
        let bare = Facts { tags: Vec::new(), ..known() };
        assert_eq!(fill("{hook}\n\n{tags}\n", &bare).unwrap(), "Pâinea e gata.");
    }

    #[test]
    fn hashtags_are_counted_as_platforms_see_them() {
        for (text, count) in
            [("#a #b#c", 2), ("issue#5 &#39; a/#b", 0), ("#pâine, (#două) #_x", 3), ("# ## #!", 0), ("##a", 0), ("", 0)]
        {
            assert_eq!(count_hashtags(text), count, "{text}");
        }
        assert_eq!(count_hashtags(&hashtags(&known().tags)), 2);
    }

    #[test]
    fn the_day_is_that_of_the_profiles_time_zone() {
        // 23:30 UTC on the 26th is the 27th in Bucharest.
        let at = "2026-11-26T23:30:00Z".parse::<Timestamp>().unwrap().as_millisecond();
        assert_eq!(day(at, &TimeZone::get("Europe/Bucharest").unwrap()), "2026-11-27");
        assert_eq!(day(at, &TimeZone::UTC), "2026-11-26");
    }

    proptest! {
        #[test]
        fn a_text_without_braces_comes_through_but_for_its_ends(text in "[^{}]{0,200}") {
            prop_assert_eq!(fill(&text, &known()).unwrap(), text.trim());
        }

        #[test]
        fn doubled_braces_come_through_whatever_stands_between(text in any::<String>()) {
            let escaped = text.replace('{', "{{").replace('}', "}}");
            prop_assert_eq!(fill(&escaped, &known()).unwrap(), text.trim());
        }

        #[test]
        fn any_text_at_all_is_filled_or_refused_and_the_check_agrees(text in "[{}a-z ]{0,60}") {
            prop_assert_eq!(fill(&text, &known()).is_ok(), check(&text).is_ok());
        }
    }
}
