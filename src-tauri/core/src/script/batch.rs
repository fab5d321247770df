//! Many scripts at once: files, a folder, or a table. How the videos made of them are named is in `naming`.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::error::{Code, Explain};

/// A file larger than this is no script; it is refused before it is read into memory.
const MAX_FILE_BYTES: u64 = 8 * 1024 * 1024;

/// A script with the name its videos get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedScript {
    /// For file names and lists; never empty, never twice in one list.
    pub name: String,
    /// As given, markup and all.
    pub text: String,
    /// For choosing footage; lower case.
    pub tags: Vec<String>,
}

/// Why scripts could not be taken.
#[derive(Debug, thiserror::Error)]
pub enum BatchError {
    /// The file or folder cannot be read.
    #[error("The script {} could not be read: {source}. Nothing was taken. Check the path and who may read it.", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// Neither UTF-8 nor UTF-16 with a byte order mark, or far too large.
    #[error("{} is not a text file this program can read. Nothing was taken. Save it as UTF-8 text (in Excel: CSV UTF-8).", .0.display())]
    NotText(PathBuf),
    /// A folder without a script in it.
    #[error("There is no script in {}. Put .txt or .md files in it, one for each script.", .0.display())]
    EmptyFolder(PathBuf),
    /// A table without a column of texts.
    #[error("The table {} has no column named \"text\". Its first row must name the columns: name, text, tags.", .0.display())]
    NoTextColumn(PathBuf),
    /// A row without a text.
    #[error("Row {row} of {} has no text. Nothing was taken. Fill it in or remove the row.", path.display())]
    EmptyRow {
        /// The table.
        path: PathBuf,
        /// Counted as a spreadsheet counts, the heading being row 1.
        row: usize,
    },
    /// Not a table.
    #[error("{} could not be read as a table: {source}. Nothing was taken. Check the quotes around the texts.", path.display())]
    BadTable {
        /// Which.
        path: PathBuf,
        /// What is wrong with it.
        #[source]
        source: csv::Error,
    },
}

impl Explain for BatchError {
    fn code(&self) -> Code {
        match self {
            Self::Unreadable { .. } => Code::Unreadable,
            Self::EmptyFolder(_) => Code::NotFound,
            Self::NotText(_) | Self::NoTextColumn(_) | Self::EmptyRow { .. } | Self::BadTable { .. } => {
                Code::InvalidInput
            }
        }
    }
}

/// All scripts of these paths, in order: a folder gives its files, a `.csv` its rows, any other file itself. Names that
/// come twice get a number.
///
/// # Errors
/// [`BatchError`]; then none is taken.
pub fn from_paths(paths: &[PathBuf]) -> Result<Vec<NamedScript>, BatchError> {
    let mut all = Vec::new();
    for path in paths {
        let table = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("csv"));
        match (path.is_dir(), table) {
            (true, _) => all.extend(from_folder(path)?),
            (false, true) => all.extend(from_csv(path)?),
            (false, false) => all.push(from_file(path)?),
        }
    }
    tell_apart(&mut all);
    Ok(all)
}

/// The script in a text or Markdown file, named after the file.
///
/// # Errors
/// [`BatchError`].
pub fn from_file(path: &Path) -> Result<NamedScript, BatchError> {
    Ok(NamedScript { name: stem(path), text: read_text(path)?, tags: Vec::new() })
}

/// The `.txt` and `.md` files of a folder (not of folders in it), sorted as people count: "9.txt" before "10.txt".
///
/// # Errors
/// [`BatchError`].
pub fn from_folder(folder: &Path) -> Result<Vec<NamedScript>, BatchError> {
    let unreadable = |source| BatchError::Unreadable { path: folder.to_owned(), source };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let is_script = path
            .extension()
            .is_some_and(|e| ["txt", "md", "markdown"].iter().any(|known| e.eq_ignore_ascii_case(known)));
        let hidden = path.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.'));
        if is_script && !hidden && path.is_file() {
            files.push(path);
        }
    }
    if files.is_empty() {
        return Err(BatchError::EmptyFolder(folder.to_owned()));
    }
    files.sort_by(|a, b| natural(&stem(a), &stem(b)).then_with(|| a.cmp(b)));
    let mut scripts = files.iter().map(|f| from_file(f)).collect::<Result<Vec<_>, _>>()?;
    tell_apart(&mut scripts);
    Ok(scripts)
}

/// The rows of a table with a heading: `text`, and if there `name` and `tags`, in any order. Commas, semicolons or tabs
/// between fields; tags are separated by commas, semicolons or bars.
///
/// # Errors
/// [`BatchError`].
pub fn from_csv(path: &Path) -> Result<Vec<NamedScript>, BatchError> {
    let text = read_text(path)?;
    let bad = |source| BatchError::BadTable { path: path.to_owned(), source };
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter(&text)).flexible(true).from_reader(text.as_bytes());
    let heading = reader.headers().map_err(bad)?.clone();
    let column = |wanted: &str| heading.iter().position(|h| h.trim().eq_ignore_ascii_case(wanted));
    let Some(text_column) = column("text").or_else(|| column("script")) else {
        return Err(BatchError::NoTextColumn(path.to_owned()));
    };
    let (name_column, tags_column) = (column("name"), column("tags"));
    let mut scripts = Vec::new();
    for (i, record) in reader.records().enumerate() {
        let record = record.map_err(bad)?;
        if record.iter().all(|field| field.trim().is_empty()) {
            continue;
        }
        let field = |column: Option<usize>| column.and_then(|c| record.get(c)).map_or("", str::trim);
        let text = field(Some(text_column));
        if text.is_empty() {
            return Err(BatchError::EmptyRow { path: path.to_owned(), row: i + 2 });
        }
        let name = match field(name_column) {
            "" => format!("{}-{}", stem(path), i + 1),
            name => name.to_owned(),
        };
        let tags = field(tags_column).split([',', ';', '|']).map(|t| t.trim().to_lowercase());
        scripts.push(NamedScript { name, text: text.to_owned(), tags: tags.filter(|t| !t.is_empty()).collect() });
    }
    tell_apart(&mut scripts);
    Ok(scripts)
}

/// The separator the heading uses; Excel writes semicolons where the comma is the decimal sign.
fn delimiter(text: &str) -> u8 {
    let heading = text.lines().next().unwrap_or_default();
    let count = |c: u8| heading.bytes().filter(|b| *b == c).count();
    let mut best = b',';
    for candidate in [b';', b'\t'] {
        if count(candidate) > count(best) {
            best = candidate;
        }
    }
    best
}

fn stem(path: &Path) -> String {
    let stem = path.file_stem().map(|s| s.to_string_lossy().trim().to_owned()).unwrap_or_default();
    if stem.is_empty() { "script".into() } else { stem }
}

fn read_text(path: &Path) -> Result<String, BatchError> {
    let unreadable = |source| BatchError::Unreadable { path: path.to_owned(), source };
    if std::fs::metadata(path).map_err(unreadable)?.len() > MAX_FILE_BYTES {
        return Err(BatchError::NotText(path.to_owned()));
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    decode(&bytes).ok_or_else(|| BatchError::NotText(path.to_owned()))
}

/// UTF-8 with or without its mark, or UTF-16 with its mark (Excel's "Unicode text").
fn decode(bytes: &[u8]) -> Option<String> {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        String::from_utf16(&units).ok()
    };
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes)?,
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes)?,
        [0xef, 0xbb, 0xbf, rest @ ..] => std::str::from_utf8(rest).ok()?.to_owned(),
        bytes => std::str::from_utf8(bytes).ok()?.to_owned(),
    };
    (!text.contains('\0')).then_some(text)
}

/// Gives names that come again a number, so that no video takes another's place.
fn tell_apart(scripts: &mut [NamedScript]) {
    let mut taken = HashSet::new();
    for script in scripts {
        let wished = script.name.clone();
        let mut number = 2;
        while !taken.insert(script.name.to_lowercase()) {
            script.name = format!("{wished}-{number}");
            number += 1;
        }
    }
}

/// Compares runs of digits as numbers and the rest without regard to case.
fn natural(a: &str, b: &str) -> Ordering {
    let key = |text: &str| -> Vec<(String, u128)> {
        let mut parts = vec![(String::new(), 0_u128)];
        let mut in_number = false;
        for c in text.to_lowercase().chars() {
            let digit = c.to_digit(10);
            if in_number && digit.is_none() {
                parts.push((String::new(), 0));
            }
            in_number = digit.is_some();
            if let Some((letters, number)) = parts.last_mut() {
                match digit {
                    Some(digit) => *number = number.saturating_mul(10).saturating_add(u128::from(digit)),
                    None => letters.push(c),
                }
            }
        }
        parts
    };
    key(a).cmp(&key(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    #[test]
    fn a_folder_gives_its_scripts_in_the_order_people_count() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["10 c.txt", "9 b.md", "1 a.TXT", ".hidden.txt", "notes.pdf", "1 A.md"] {
            write(dir.path(), name, b"Hello.");
        }
        let names: Vec<_> = from_folder(dir.path()).unwrap().into_iter().map(|s| s.name).collect();
        assert_eq!(names, ["1 A", "1 a-2", "9 b", "10 c"]);
    }

    #[test]
    fn a_folder_without_scripts_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        assert!(matches!(from_folder(dir.path()), Err(BatchError::EmptyFolder(_))));
    }

    #[test]
    fn a_table_as_excel_in_romania_writes_it_is_read() {
        let dir = tempfile::tempdir().unwrap();
        let table = "\u{feff}Tags;Name;Text\r\n\"pâine, cuptor\";Întâi;\"Pâine; caldă.\r\nSpune \"\"da\"\"!\"\r\n;;\r\n;;Al doilea\r\n";
        let scripts = from_csv(&write(dir.path(), "luna mai.csv", table.as_bytes())).unwrap();
        assert_eq!(scripts.len(), 2);
        assert_eq!(scripts[0].name, "Întâi");
        assert_eq!(scripts[0].text, "Pâine; caldă.\r\nSpune \"da\"!");
        assert_eq!(scripts[0].tags, ["pâine", "cuptor"]);
        assert_eq!((scripts[1].name.as_str(), scripts[1].text.as_str()), ("luna mai-3", "Al doilea"));
    }

    #[test]
    fn a_table_in_utf_16_is_read() {
        let dir = tempfile::tempdir().unwrap();
        let mut bytes = vec![0xff, 0xfe];
        bytes.extend("name\ttext\nA\tBună ziua\n".encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(from_csv(&write(dir.path(), "t.csv", &bytes)).unwrap()[0].text, "Bună ziua");
    }

    #[test]
    fn a_table_says_what_is_wrong_with_it() {
        let dir = tempfile::tempdir().unwrap();
        let read = |text: &str| from_csv(&write(dir.path(), "t.csv", text.as_bytes()));
        assert!(matches!(read("name,words\na,b\n"), Err(BatchError::NoTextColumn(_))));
        assert!(matches!(read("name,text\na,b\nc,\n"), Err(BatchError::EmptyRow { row: 3, .. })));
    }

    #[test]
    fn what_is_not_text_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        for bytes in [&b"\x00\x00\x00\x18ftypmp42"[..], b"caf\xe9"] {
            assert!(matches!(from_file(&write(dir.path(), "s.txt", bytes)), Err(BatchError::NotText(_))));
        }
        assert!(matches!(from_file(&dir.path().join("none.txt")), Err(BatchError::Unreadable { .. })));
    }

    #[test]
    fn names_that_come_twice_are_told_apart() {
        let dir = tempfile::tempdir().unwrap();
        let table = write(dir.path(), "t.csv", b"name,text\nPromo,One\npromo,Two\npromo-2,Three\n");
        let file = write(dir.path(), "promo.txt", b"Four");
        let names: Vec<_> = from_paths(&[table, file]).unwrap().into_iter().map(|s| s.name).collect();
        assert_eq!(names, ["Promo", "promo-2", "promo-2-2", "promo-3"]);
    }
}
