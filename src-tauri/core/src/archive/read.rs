//! Reads an archive. Nothing in it is trusted: names, sizes and hashes are checked before anything is taken for a profile.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use secrecy::SecretString;

use super::{
    ArchiveError, ArchiveHolds, ArchiveInfo, DATABASE, FORMAT, HEAD, Head, LEFT_OUT, LIST, Listed, Ongoing, SHELVES,
    seal,
};
use crate::profile::media::{MediaError, MediaPath};

/// No head is longer, and no list of files, bytes.
const LONGEST_HEAD: u64 = 64 * 1024;
const LONGEST_LIST: u64 = 512 * 1024 * 1024;
/// How much is read at once, bytes.
const PIECE: usize = 256 * 1024;

/// What an archive says of itself.
pub(crate) fn look(path: &Path, passphrase: Option<&SecretString>) -> Result<ArchiveInfo, ArchiveError> {
    let (tar, sealed) = seal::open(path, passphrase)?;
    let Some(tar) = tar else { return Ok(ArchiveInfo { sealed, holds: None }) };
    let mut tar = tar::Archive::new(tar);
    let mut entries = tar.entries().map_err(|e| damaged(path, &e))?;
    let head = head(&mut entries, path)?;
    let Head { name, colour, made_at, files, bytes, .. } = head;
    Ok(ArchiveInfo { sealed, holds: Some(ArchiveHolds { name, colour, made_at, files, bytes }) })
}

/// Puts the files of an archive into an empty folder, checked. `may` says, from the head, whether it may go on.
pub(crate) fn unpack(
    path: &Path,
    passphrase: Option<&SecretString>,
    desk: &Path,
    ongoing: &Ongoing,
    may: impl FnOnce(&Head) -> Result<(), ArchiveError>,
) -> Result<Head, ArchiveError> {
    let (tar, _) = seal::open(path, passphrase)?;
    let tar = tar.ok_or_else(|| ArchiveError::Sealed { path: path.to_owned() })?;
    let mut tar = tar::Archive::new(tar);
    let mut entries = tar.entries().map_err(|e| damaged(path, &e))?;
    let head = head(&mut entries, path)?;
    may(&head)?;
    ongoing.about(&head.name, head.bytes);
    let mut found = Vec::new();
    let mut left = head.bytes;
    let mut list: Option<Vec<Listed>> = None;
    for entry in entries.by_ref() {
        let mut entry = entry.map_err(|e| damaged(path, &e))?;
        let name = name_of(&entry, path)?;
        if list.is_some() {
            return Err(wrong(path, "something follows its list of files"));
        }
        if name == LIST {
            let bytes = small(&mut entry, LONGEST_LIST, path)?;
            list = Some(serde_json::from_slice(&bytes).map_err(|e| damaged(path, &e))?);
            continue;
        }
        let inside = allowed(&name, path)?;
        let bytes = entry.size();
        left = left.checked_sub(bytes).ok_or_else(|| wrong(path, "more is in it than it says"))?;
        found.push(put(&mut entry, inside, bytes, desk, path, ongoing)?);
    }
    // What is behind the tar is the end of the layers around it, which say whether anything was cut or changed.
    std::io::copy(&mut tar.into_inner(), &mut std::io::sink()).map_err(|e| damaged(path, &e))?;
    let list = list.ok_or_else(|| wrong(path, "it ends in the middle"))?;
    let (found, list): (BTreeSet<_>, BTreeSet<_>) = (found.into_iter().collect(), list.into_iter().collect());
    if let Some(odd) = found.symmetric_difference(&list).next() {
        return Err(wrong(path, &format!("{} is not as it was", odd.path)));
    }
    if left != 0 || head.files != found.len() as u64 || !found.iter().any(|file| file.path.as_str() == DATABASE) {
        return Err(wrong(path, "something is missing in it"));
    }
    Ok(head)
}

fn head<R: Read>(entries: &mut tar::Entries<'_, R>, path: &Path) -> Result<Head, ArchiveError> {
    let not_one = || ArchiveError::NotOne { path: path.to_owned() };
    let mut first = entries.next().ok_or_else(not_one)?.map_err(|e| damaged(path, &e))?;
    if name_of(&first, path)? != HEAD {
        return Err(not_one());
    }
    let bytes = small(&mut first, LONGEST_HEAD, path)?;
    // Of a later layout only this is known.
    #[derive(serde::Deserialize)]
    struct Format {
        format: u32,
        program: String,
    }
    let format: Format = serde_json::from_slice(&bytes).map_err(|e| damaged(path, &e))?;
    if format.format > FORMAT {
        return Err(ArchiveError::Newer { path: path.to_owned(), program: format.program });
    }
    serde_json::from_slice(&bytes).map_err(|e| damaged(path, &e))
}

/// The name of a plain file. Links, folders and devices are nothing we write.
fn name_of<R: Read>(entry: &tar::Entry<'_, R>, path: &Path) -> Result<String, ArchiveError> {
    if !entry.header().entry_type().is_file() {
        return Err(wrong(path, "it holds something that is no file"));
    }
    let name = entry.path_bytes();
    String::from_utf8(name.into_owned()).map_err(|_| wrong(path, "a name in it is no text"))
}

/// A name that can only lie where a profile's files lie.
fn allowed(name: &str, path: &Path) -> Result<MediaPath, ArchiveError> {
    let odd = || wrong(path, "it holds a file that does not belong into a profile");
    let inside = MediaPath::new(name).map_err(|_| odd())?;
    let shelf = name.split_once('/').map(|(shelf, _)| shelf);
    let fits = name == DATABASE || shelf.is_some_and(|shelf| SHELVES.contains(&shelf)) && !name.starts_with(LEFT_OUT);
    if fits { Ok(inside) } else { Err(odd()) }
}

fn small<R: Read>(entry: &mut tar::Entry<'_, R>, most: u64, path: &Path) -> Result<Vec<u8>, ArchiveError> {
    let mut bytes = Vec::new();
    entry.by_ref().take(most).read_to_end(&mut bytes).map_err(|e| damaged(path, &e))?;
    if entry.size() == bytes.len() as u64 { Ok(bytes) } else { Err(wrong(path, "it ends in the middle")) }
}

fn put<R: Read>(
    entry: &mut tar::Entry<'_, R>,
    inside: MediaPath,
    bytes: u64,
    desk: &Path,
    path: &Path,
    ongoing: &Ongoing,
) -> Result<Listed, ArchiveError> {
    let goal: PathBuf = inside.as_str().split('/').fold(desk.to_owned(), |folder, part| folder.join(part));
    if let Some(folder) = goal.parent() {
        std::fs::create_dir_all(folder).map_err(MediaError::io("made", folder))?;
    }
    let mut file = match File::create_new(&goal) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            return Err(wrong(path, "a file is in it twice"));
        }
        file => file.map_err(MediaError::io("written", &goal))?,
    };
    let mut hasher = blake3::Hasher::new();
    let mut piece = vec![0; PIECE];
    let mut done = 0;
    loop {
        let n = entry.read(&mut piece).map_err(|e| damaged(path, &e))?;
        if n == 0 {
            break;
        }
        done += n as u64;
        hasher.update(&piece[..n]);
        file.write_all(&piece[..n]).map_err(MediaError::io("written", &goal))?;
        ongoing.advance(n as u64)?;
    }
    if done != bytes {
        return Err(wrong(path, "it ends in the middle"));
    }
    // What can be made again need not outlive a power cut in this very moment.
    if !inside.as_str().starts_with("cache/") {
        file.sync_all().map_err(MediaError::io("written", &goal))?;
    }
    Ok(Listed { path: inside, bytes, hash: hasher.finalize().to_hex().to_string() })
}

fn damaged(path: &Path, error: &dyn std::fmt::Display) -> ArchiveError {
    wrong(path, &error.to_string())
}

fn wrong(path: &Path, found: &str) -> ArchiveError {
    ArchiveError::Damaged { path: path.to_owned(), found: found.to_owned() }
}
