//! Habits the architecture forbids: state outside a profile, errors without a type, core reading its surroundings.
//! Tests may do most of these; so only the part of a file before its `#[cfg(test)]` module is read.

use std::collections::BTreeSet;

use super::{Complaint, File};

/// Longest file of code, lines.
const LONGEST: usize = 500;

/// Endings of files that are code.
const CODE: &[&str] = &[".rs", ".ts", ".tsx", ".mjs", ".css", ".sql", ".py", ".sh"];

/// Code that is generated, which nobody reads from top to bottom.
const GENERATED: &str = "ui/src/backend/bindings/";

/// Files of code that are too long to be one thing.
pub fn length(files: &[File]) -> Vec<Complaint> {
    files
        .iter()
        .filter(|file| CODE.iter().any(|ending| file.path.ends_with(ending)) && !file.path.starts_with(GENERATED))
        .filter_map(|file| {
            let lines = file.text.as_ref()?.lines().count();
            (lines > LONGEST).then(|| Complaint {
                of: file.path.clone(),
                line: 0,
                says: format!("{lines} lines; it wants to be two files"),
            })
        })
        .collect()
}

/// Forbidden habits in the product's own Rust code.
pub fn check(files: &[File]) -> Vec<Complaint> {
    let for_tests = for_tests(files);
    let product = |path: &str| {
        path.starts_with("src-tauri/") && !path.starts_with("src-tauri/xtask/") && !for_tests.contains(path)
    };
    let mut complaints = Vec::new();
    for file in files.iter().filter(|file| file.path.ends_with(".rs") && product(&file.path)) {
        let Some(text) = &file.text else { continue };
        let in_core = file.path.starts_with("src-tauri/core/src/");
        let lines: Vec<&str> = text.lines().collect();
        let tests = |pair: &[&str]| pair[0] == "#[cfg(test)]" && pair[1].contains("mod ") && pair[1].ends_with('{');
        let end = lines.windows(2).position(tests).unwrap_or(lines.len());
        for (number, line) in lines[..end].iter().enumerate() {
            if let Some(says) = habit(line.trim(), in_core) {
                complaints.push(Complaint { of: file.path.clone(), line: number + 1, says: says.into() });
            }
        }
    }
    complaints
}

/// Files that are compiled for tests only: modules declared right below `#[cfg(test)]`.
fn for_tests(files: &[File]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for file in files.iter().filter(|file| file.path.ends_with(".rs")) {
        let (Some(text), Some((folder, name))) = (&file.text, file.path.rsplit_once('/')) else { continue };
        let own = match name {
            "mod.rs" | "lib.rs" | "main.rs" => folder.to_owned(),
            name => format!("{folder}/{}", name.trim_end_matches(".rs")),
        };
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        for pair in lines.windows(2).filter(|pair| pair[0] == "#[cfg(test)]") {
            let declared = pair[1].rsplit_once("mod ").and_then(|(_, rest)| rest.strip_suffix(';'));
            found.extend(declared.map(|module| format!("{own}/{module}.rs")));
        }
    }
    found
}

fn habit(line: &str, in_core: bool) -> Option<&'static str> {
    if line.starts_with("//") {
        return None;
    }
    let declared = line.trim_start_matches("pub(crate) ").trim_start_matches("pub(super) ").trim_start_matches("pub ");
    let lazy = ["OnceLock", "LazyLock", "thread_local!", "lazy_static!", "OnceCell", "LazyCell"];
    if declared.starts_with("static ") || lazy.iter().any(|name| line.contains(name)) {
        return Some("state that belongs to no profile; hang it off `Profile`, `Home` or `Host`");
    }
    if text_as_error(line) {
        return Some("an error without a type; give the operation an enum");
    }
    // Writing to a String cannot fail.
    if line.starts_with("let _ =") && !line.starts_with("let _ = write") {
        return Some("an error nobody hears of; handle it, or log it");
    }
    let surroundings = ["env::var", "env::args", "env::current_dir", "env::temp_dir", "env::home_dir", "dirs::"];
    if in_core && surroundings.iter().any(|name| line.contains(name)) {
        return Some("core reads its surroundings; take what it needs from `Host`");
    }
    None
}

/// True for `Result<…, String>`.
fn text_as_error(line: &str) -> bool {
    line.match_indices("Result<").any(|(at, name)| {
        let arguments = &line[at + name.len()..];
        let mut depth = 1_i32;
        let mut last = 0;
        for (index, letter) in arguments.char_indices() {
            match letter {
                '<' | '(' | '[' => depth += 1,
                ',' if depth == 1 => last = index + 1,
                // The arrow of a function type closes nothing.
                '>' if arguments[..index].ends_with('-') => {}
                '>' | ')' | ']' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return last > 0 && arguments[last..index].trim() == "String";
            }
        }
        false
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn core(text: &str) -> Vec<Complaint> {
        check(&[File { path: "src-tauri/core/src/x.rs".into(), text: Some(text.into()) }])
    }

    #[test]
    fn planted_habits_are_found_with_their_line() {
        for bad in [
            "static CACHE: Mutex<u8> = Mutex::new(0);",
            "pub(crate) static N: u8 = 1;",
            "use std::sync::OnceLock;",
            "fn f() -> Result<Vec<(u8, u8)>, String> {",
            "let _ = fs::remove_file(path);",
            "let home = std::env::var(\"HOME\");",
        ] {
            let found = core(&format!("//! head\n#[cfg(test)]\nmod drawn;\n{bad}\n"));
            assert_eq!(found.len(), 1, "{bad}");
            assert_eq!(found[0].line, 4, "{bad}");
        }
    }

    #[test]
    fn what_is_fine_is_not_complained_about() {
        for good in [
            "// a static word, OnceLock",
            "fn f(name: &'static str) -> Result<String, Error> {",
            "fn f() -> Result<(), Error<Vec<String>>> {",
            "let _ = writeln!(text, \"\");",
            "fn f(g: impl Fn(u8) -> Result<u8, E>, s: String) {",
            "#[cfg(test)]\nmod tests {\nlet _ = f();",
        ] {
            assert_eq!(core(good), [], "{good}");
        }
    }

    #[test]
    fn files_that_are_compiled_for_tests_only_may_do_it() {
        let file = |path: &str, text: &str| File { path: path.into(), text: Some(text.into()) };
        let parent = file("src-tauri/core/src/room/mod.rs", "#[cfg(test)]\npub(crate) mod drawn;\npub mod plain;\n");
        let bad = "let home = std::env::var(\"HOME\");\n";
        let of = |name: &str| file(&format!("src-tauri/core/src/room/{name}.rs"), bad);
        let found = check(&[parent, of("drawn"), of("plain")]);
        assert_eq!(found.iter().map(|c| c.of.as_str()).collect::<Vec<_>>(), ["src-tauri/core/src/room/plain.rs"]);
    }

    #[test]
    fn a_file_of_501_lines_is_too_long_and_one_of_500_is_not() {
        let of = |lines: usize| File { path: "ui/a.ts".into(), text: Some("x\n".repeat(lines)) };
        assert!(length(&[of(500)]).is_empty());
        assert_eq!(length(&[of(501)]).len(), 1);
        let generated = File { path: "ui/src/backend/bindings/calls.ts".into(), ..of(501) };
        assert!(length(&[generated]).is_empty());
    }
}
