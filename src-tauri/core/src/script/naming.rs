//! File names for finished videos, made from a template, safe on every system.

use crate::error::{Code, Explain};

/// The template taken when none is given.
pub const DEFAULT_TEMPLATE: &str = "{script}-{variant}";

/// Most bytes of a name, which leaves room for ".part" and an extension under the 255 of common file systems.
const MAX_BYTES: usize = 200;

/// What placeholders stand for.
#[derive(Debug, Clone, Copy)]
pub struct NameParts<'a> {
    /// `{script}`: the script's name.
    pub script: &'a str,
    /// `{variant}`: counted from 1.
    pub variant: u32,
    /// `{platform}`: its name.
    pub platform: &'a str,
    /// `{date}`: as it should appear, e.g. "2026-05-01".
    pub date: &'a str,
    /// `{profile}`: its name.
    pub profile: &'a str,
}

/// A template that cannot be followed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// A placeholder nobody knows.
    #[error(
        "The name template has the placeholder \"{{{0}}}\", which means nothing. Use {{script}}, {{variant}}, {{platform}}, {{date}} or {{profile}}."
    )]
    Unknown(String),
    /// An opening brace without its closing one.
    #[error("The name template has a brace that is not closed. Write placeholders as {{script}}.")]
    Open,
}

impl Explain for TemplateError {
    fn code(&self) -> Code {
        Code::InvalidInput
    }
}

enum Piece<'t> {
    Text(&'t str),
    Script,
    Variant,
    Platform,
    Date,
    Profile,
}

fn pieces(template: &str) -> Result<Vec<Piece<'_>>, TemplateError> {
    let mut found = Vec::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').ok_or(TemplateError::Open)?;
        found.push(Piece::Text(before));
        found.push(match name.trim() {
            "script" => Piece::Script,
            "variant" => Piece::Variant,
            "platform" => Piece::Platform,
            "date" => Piece::Date,
            "profile" => Piece::Profile,
            _ => return Err(TemplateError::Unknown(name.to_owned())),
        });
        rest = after;
    }
    found.push(Piece::Text(rest));
    Ok(found)
}

/// Says whether a template can be followed, before work is spent on what it names.
///
/// # Errors
/// [`TemplateError`].
pub fn check(template: &str) -> Result<(), TemplateError> {
    pieces(template).map(drop)
}

/// The file name, without extension, for one video.
///
/// It has no path separator, no control character and no name a system reserves, neither starts with a dot or a dash
/// nor ends with a dot or a space, and is at most 200 bytes long. When it would be longer, the script's name is cut,
/// not the end, so that variants stay apart.
///
/// # Errors
/// [`TemplateError`].
pub fn output_name(template: &str, parts: &NameParts<'_>) -> Result<String, TemplateError> {
    let pieces = pieces(template)?;
    let fill = |script: &str| -> String {
        let mut name = String::new();
        for piece in &pieces {
            match piece {
                Piece::Text(text) => name.push_str(text),
                Piece::Script => name.push_str(script),
                Piece::Variant => name.push_str(&parts.variant.to_string()),
                Piece::Platform => name.push_str(parts.platform),
                Piece::Date => name.push_str(parts.date),
                Piece::Profile => name.push_str(parts.profile),
            }
        }
        safe(&name)
    };
    let mut script = safe_characters(parts.script);
    let mut name = fill(&script);
    while name.len() > MAX_BYTES && !script.is_empty() {
        let length = script.len().saturating_sub((name.len() - MAX_BYTES).max(1));
        script.truncate(script.floor_char_boundary(length));
        name = fill(&script);
    }
    name.truncate(name.floor_char_boundary(MAX_BYTES));
    let name = name.trim_end_matches(['.', ' ']);
    Ok(if name.is_empty() { "video".into() } else { name.to_owned() })
}

fn safe_characters(text: &str) -> String {
    let mut safe = String::new();
    for c in text.chars() {
        match c {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => safe.push('-'),
            // Marks that turn the reading direction make one name look like another.
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {}
            c if c.is_whitespace() || c.is_control() => {
                if !safe.ends_with(' ') {
                    safe.push(' ');
                }
            }
            c => safe.push(c),
        }
    }
    safe
}

fn safe(name: &str) -> String {
    let name = safe_characters(name);
    let name = name.trim_start_matches(['.', '-', ' ']).trim_end_matches(['.', ' ']);
    let base = name.split('.').next().unwrap_or_default().trim_end();
    let reserved = ["con", "prn", "aux", "nul"].iter().any(|r| base.eq_ignore_ascii_case(r))
        || base.get(..3).is_some_and(|p| p.eq_ignore_ascii_case("com") || p.eq_ignore_ascii_case("lpt"))
            && matches!(
                base.get(3..),
                Some("0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³")
            );
    match name {
        "" => "video".into(),
        name if reserved => format!("_{name}"),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parts(script: &str) -> NameParts<'_> {
        NameParts { script, variant: 2, platform: "tiktok", date: "2026-05-01", profile: "Brutăria" }
    }

    #[test]
    fn placeholders_are_filled_in() {
        let name = output_name("{profile} {date} {script}-{variant} {platform}", &parts("Pâine")).unwrap();
        assert_eq!(name, "Brutăria 2026-05-01 Pâine-2 tiktok");
    }

    #[test]
    fn a_placeholder_in_a_scripts_name_is_not_filled_in() {
        assert_eq!(output_name("{script}", &parts("{variant}")).unwrap(), "{variant}");
    }

    #[test]
    fn an_unknown_or_open_placeholder_is_refused() {
        assert_eq!(check("{script}-{nr}"), Err(TemplateError::Unknown("nr".into())));
        assert_eq!(check("{script"), Err(TemplateError::Open));
        assert!(TemplateError::Unknown("nr".into()).to_string().contains("\"{nr}\""));
    }

    #[test]
    fn names_cannot_leave_the_folder_or_upset_a_system() {
        for (given, wanted) in [
            ("../../etc/passwd", "etc-passwd"),
            ("..\\..\\x", "x"),
            ("a:b*c?\"<>|", "a-b-c-----"),
            ("-rf", "rf"),
            ("CON", "_CON"),
            ("com1.final", "_com1.final"),
            ("console", "console"),
            ("line\nbreak\0", "line break"),
            ("dots...", "dots"),
            ("", "video"),
            ("evil\u{202e}4pm", "evil4pm"),
        ] {
            let name = output_name("{script}", &parts(given)).unwrap();
            assert!(name == wanted || name.trim_start_matches('-') == wanted, "{given:?} gave {name:?}");
            assert!(!name.starts_with(['.', '-']), "{name:?}");
        }
    }

    #[test]
    fn a_long_script_name_is_cut_before_the_variant() {
        let long = "ș".repeat(200);
        let name = output_name("{script}-{variant}", &parts(&long)).unwrap();
        assert!(name.len() <= MAX_BYTES && name.ends_with("ș-2"), "{name}");
    }

    proptest! {
        #[test]
        fn every_name_is_safe(script in any::<String>(), template in "[ a-zA-Z./\\\\:-]{0,40}(\\{script\\})?[ a-z.]{0,260}") {
            let name = output_name(&template, &parts(&script)).unwrap();
            prop_assert!(!name.is_empty() && name.len() <= MAX_BYTES);
            prop_assert!(!name.contains(['/', '\\', ':', '\0', '\n']));
            prop_assert!(!name.starts_with(['.', '-', ' ']) && !name.ends_with(['.', ' ']));
        }
    }
}
