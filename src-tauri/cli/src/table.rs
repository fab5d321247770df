//! Tables, sizes and times for a person to read. Pure; nothing is written here.

/// A table with a head line; columns are as wide as they need to be. Control characters in cells (a file name may hold
/// a line break) are shown as escapes.
pub fn table<const N: usize>(head: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    let mut lines = vec![head.map(str::to_owned)];
    lines.extend(rows.into_iter().map(|row| row.map(|cell| plain(&cell))));
    let mut widths = [0; N];
    for line in &lines {
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let lines: Vec<String> = lines
        .iter()
        .map(|line| {
            let cells: Vec<String> = line.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
            cells.join("  ").trim_end().to_owned()
        })
        .collect();
    lines.join("\n")
}

/// The text on one line, without anything that would move the cursor.
pub fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { c.escape_debug().to_string() } else { c.to_string() }).collect()
}

/// `3.2 s`, `1:05`, `1:02:03`.
pub fn length(ms: u64) -> String {
    let seconds = ms / 1000;
    if seconds < 60 {
        format!("{}.{} s", seconds, ms % 1000 / 100)
    } else if seconds < 3600 {
        format!("{}:{:02}", seconds / 60, seconds % 60)
    } else {
        format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
    }
}

/// `1 video`, `3 videos`.
pub fn count(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

/// The end of an identifier: enough to tell things apart, and what the commands accept.
pub fn short(id: impl ToString) -> String {
    let id = id.to_string();
    id[id.len().saturating_sub(8)..].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_and_no_cell_breaks_its_line() {
        let rows = [["ș".to_owned(), "x".to_owned()], ["long\nname".to_owned(), "\u{1b}[2J".to_owned()]];
        let text = table(["A", "B"], rows);
        assert_eq!(text, "A           B\nș           x\nlong\\nname  \\u{1b}[2J");
    }

    #[test]
    fn lengths_read_as_people_write_them() {
        assert_eq!(
            [length(0), length(3_250), length(65_000), length(3_723_000)],
            ["0.0 s", "3.2 s", "1:05", "1:02:03"]
        );
    }
}
