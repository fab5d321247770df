//! What a profile owns, and the prints it leaves: its ids, the ids its database mentions, its files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rusqlite::types::ValueRef;

use super::Owned;
use crate::home::HomeError;
use crate::ids::ProfileId;
use crate::profile::Profile;
use crate::profile::db::{DbError, Reader};
use crate::profile::media::MediaError;

/// What is compared between profiles.
pub(super) struct Prints {
    pub profile: ProfileId,
    /// Ids of its rows, and its own.
    pub own: BTreeSet<String>,
    /// Every id its database or its file names mention, with the place of the first mention.
    pub mentioned: BTreeMap<String, String>,
    /// Its folder, real path.
    pub root: PathBuf,
    /// Links in its folder and where they lead.
    pub links: Vec<(PathBuf, PathBuf)>,
    /// Device and inode of each file that has more than one name.
    pub shared: BTreeMap<(u64, u64), PathBuf>,
    /// Paths outside the profile that its database holds where only relative ones may stand.
    pub strays: Vec<String>,
}

/// Columns that hold paths inside the profile.
const PATHS: [(&str, &str); 4] =
    [("sources", "path"), ("sources", "proxy"), ("voiceovers", "file"), ("clips", "folder")];

pub(super) fn of(profile: &Profile, name: &str) -> Result<(Owned, Prints), HomeError> {
    let mut prints = Prints {
        profile: profile.id(),
        own: BTreeSet::from([profile.id().to_string()]),
        mentioned: BTreeMap::new(),
        root: profile.root().to_owned(),
        links: Vec::new(),
        shared: BTreeMap::new(),
        strays: Vec::new(),
    };
    let mut owned = Owned {
        profile: profile.id(),
        name: name.to_owned(),
        rows: BTreeMap::new(),
        files: 0,
        bytes: 0,
        outside: 0,
        credentials: Vec::new(),
    };
    profile.read::<_, DbError>(|tx| rows(tx, &mut owned, &mut prints))?;
    owned.credentials = profile.read(|tx| profile.secrets().names(tx))?;
    files(profile.root(), &mut owned, &mut prints)?;
    Ok((owned, prints))
}

fn rows(tx: &Reader<'_>, owned: &mut Owned, prints: &mut Prints) -> Result<(), DbError> {
    let mut tables = tx.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")?;
    let tables: Vec<String> = tables.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?;
    for table in tables {
        // The name comes from the schema itself; it is quoted all the same.
        let mut query = tx.prepare(&format!("SELECT * FROM \"{}\"", table.replace('"', "\"\"")))?;
        let columns: Vec<String> = query.column_names().into_iter().map(str::to_owned).collect();
        let mut rows = query.query([])?;
        let mut count = 0;
        while let Some(row) = rows.next()? {
            count += 1;
            for (i, column) in columns.iter().enumerate() {
                let ValueRef::Text(bytes) = row.get_ref(i)? else { continue };
                let text = String::from_utf8_lossy(bytes);
                let place = format!("{table}.{column}");
                // Every profile lists what its workspace has; only an account that is ticked is its own.
                if column == "id" && table != "accounts" {
                    prints.own.insert(text.to_string());
                }
                if table == "sources" && column == "outside" {
                    owned.outside += 1;
                } else if PATHS.contains(&(table.as_str(), column.as_str()))
                    && crate::profile::media::MediaPath::new(text.as_ref()).is_err()
                {
                    prints.strays.push(format!("{place} holds the path {text}"));
                }
                for id in ids_in(&text) {
                    prints.mentioned.entry(id).or_insert_with(|| place.clone());
                }
            }
        }
        owned.rows.insert(table, count);
    }
    let mut ticked = tx.prepare("SELECT id FROM accounts WHERE ticked = 1")?;
    for id in ticked.query_map([], |row| row.get::<_, String>(0))? {
        prints.own.insert(id?);
    }
    Ok(())
}

fn files(folder: &Path, owned: &mut Owned, prints: &mut Prints) -> Result<(), MediaError> {
    let entries = std::fs::read_dir(folder).map_err(MediaError::io("read", folder))?;
    for entry in entries {
        let path = entry.map_err(MediaError::io("read", folder))?.path();
        // What vanishes while we look (a job's temporary file) is no trace.
        let Ok(meta) = path.symlink_metadata() else { continue };
        let inside = path.strip_prefix(&prints.root).unwrap_or(&path).to_string_lossy().into_owned();
        for id in ids_in(&inside) {
            prints.mentioned.entry(id).or_insert_with(|| format!("the file name {inside}"));
        }
        if meta.is_symlink() {
            let leads_to = path.canonicalize().or_else(|_| std::fs::read_link(&path)).unwrap_or_default();
            prints.links.push((path, leads_to));
        } else if meta.is_dir() {
            files(&path, owned, prints)?;
        } else {
            owned.files += 1;
            owned.bytes += meta.len();
            note_shared(&meta, path, prints);
        }
    }
    Ok(())
}

#[cfg(unix)]
fn note_shared(meta: &std::fs::Metadata, path: PathBuf, prints: &mut Prints) {
    use std::os::unix::fs::MetadataExt;
    if meta.nlink() > 1 {
        prints.shared.insert((meta.dev(), meta.ino()), path);
    }
}

#[cfg(not(unix))]
fn note_shared(_: &std::fs::Metadata, _: PathBuf, _: &mut Prints) {}

/// Everything in the text that has the shape of an id (8-4-4-4-12 hex digits), lower case.
pub(super) fn ids_in(text: &str) -> impl Iterator<Item = String> + '_ {
    const LENGTH: usize = 36;
    let bytes = text.as_bytes();
    let shaped = |at: usize| {
        bytes[at..at + LENGTH].iter().enumerate().all(|(i, b)| match i {
            8 | 13 | 18 | 23 => *b == b'-',
            _ => b.is_ascii_hexdigit(),
        })
    };
    let mut at = 0;
    std::iter::from_fn(move || {
        while at + LENGTH <= bytes.len() {
            if shaped(at) {
                let found = String::from_utf8_lossy(&bytes[at..at + LENGTH]).to_lowercase();
                at += LENGTH;
                return Some(found);
            }
            at += 1;
        }
        None
    })
}
