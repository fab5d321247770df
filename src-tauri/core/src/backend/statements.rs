//! Cuts a file of SQL into its statements, because one that commits on its own way (`call`) may not share a message with
//! others.

/// The statements, without what stands between them. Quotes, dollar quotes and comments are passed over as Postgres reads
/// them (with `standard_conforming_strings`, which is its default).
pub(super) fn statements(sql: &str) -> Vec<&str> {
    let bytes = sql.as_bytes();
    let (mut all, mut start, mut at, mut says_something) = (Vec::new(), 0, 0, false);
    while at < bytes.len() {
        let rest = &sql[at..];
        let next = match bytes[at] {
            b'-' if rest.starts_with("--") => at + rest.find('\n').unwrap_or(rest.len()),
            b'/' if rest.starts_with("/*") => at + comment(rest),
            quote @ (b'\'' | b'"') => {
                says_something = true;
                at + 1 + rest[1..].find(quote as char).map_or(rest.len() - 1, |end| end + 1)
            }
            b'$' => {
                says_something = true;
                at + dollar(rest)
            }
            b';' => {
                if says_something {
                    all.push(sql[start..at].trim());
                }
                (start, says_something) = (at + 1, false);
                at + 1
            }
            other => {
                says_something |= !other.is_ascii_whitespace();
                at + 1
            }
        };
        // A letter of several bytes is passed over whole.
        at = (next..=bytes.len()).find(|at| sql.is_char_boundary(*at)).unwrap_or(bytes.len());
    }
    if says_something {
        all.push(sql[start..].trim());
    }
    all
}

/// The length of a comment, which may hold others.
fn comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0_u32, 0);
    while at < rest.len() {
        let here = &rest.as_bytes()[at..];
        if here.starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if here.starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    rest.len()
}

/// The length of a text between two marks such as `$$` or `$body$`; 1 for a dollar that begins none.
fn dollar(rest: &str) -> usize {
    let Some(end) = rest[1..].find('$').map(|end| end + 2) else { return 1 };
    let mark = &rest[..end];
    let name = &mark[1..mark.len() - 1];
    if !name.chars().all(|c| c.is_alphanumeric() || c == '_') || name.starts_with(|c: char| c.is_ascii_digit()) {
        return 1;
    }
    rest[end..].find(mark).map_or(rest.len(), |at| end + at + mark.len())
}

#[cfg(test)]
mod tests {
    use super::super::files;
    use super::statements;

    #[test]
    fn a_semicolon_ends_a_statement_only_where_postgres_sees_one() {
        let sql = "-- a; b\nselect 'it''s; ok', \"a;b\"; /* x; /* y; */ z; */ select $1;\n\
                   create function f() returns int as $$ begin return 1; end $$; do $x$ a; $$ b; $x$;\n-- end;\n";
        let all = statements(sql);
        assert_eq!(all.len(), 4, "{all:?}");
        assert!(all[0].ends_with("\"a;b\"") && all[1].ends_with("select $1"));
        assert!(all[2].ends_with("end $$") && all[3].starts_with("do $x$"));
        assert!(statements(" -- nothing\n ; /* a */ ;").is_empty());
        assert_eq!(statements("select 'ț;ă'; select 2"), ["select 'ț;ă'", "select 2"]);
    }

    #[test]
    fn nothing_of_our_files_is_lost_and_transactions_are_whole() {
        for file in files() {
            let all = statements(file.sql);
            let count = |word: &str| all.iter().filter(|one| one.lines().last() == Some(word)).count();
            assert_eq!(count("begin"), count("commit"), "{}", file.name);
            let together: usize = all.iter().map(|one| one.len()).sum();
            assert!(together > file.sql.len() / 2 && all.len() > 1, "{}", file.name);
        }
    }
}
