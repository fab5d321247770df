//! Writes an archive: the head, the files as they are read, and at the end what was read.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use secrecy::SecretString;

use super::seal::Sink;
use super::{ArchiveError, HEAD, Head, LEFT_OUT, LIST, Listed, Ongoing, SHELVES};
use crate::profile::media::{MediaError, MediaPath};
use crate::profile::part::PartFile;

/// How much is read at once, bytes.
const PIECE: usize = 256 * 1024;

/// A file that goes along.
#[derive(Debug, Clone)]
pub(crate) struct Packed {
    /// Its name in the archive.
    pub path: MediaPath,
    /// Where it is.
    pub from: PathBuf,
    /// Its size.
    pub bytes: u64,
}

/// What goes into an archive.
#[derive(Debug)]
pub(crate) struct Contents {
    pub head: Head,
    /// The database first.
    pub files: Vec<Packed>,
}

/// The files of a profile's folder that go along, in the order of their names.
pub(crate) fn files_of(root: &Path) -> Result<Vec<Packed>, MediaError> {
    let mut all = Vec::new();
    for shelf in SHELVES {
        walk(root, shelf, &mut all)?;
    }
    all.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(all)
}

fn walk(root: &Path, folder: &str, all: &mut Vec<Packed>) -> Result<(), MediaError> {
    let real = root.join(folder);
    let entries = match std::fs::read_dir(&real) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(MediaError::io("read", &real))?,
    };
    for entry in entries {
        let entry = entry.map_err(MediaError::io("read", &real))?;
        // We name every file in a profile; what has another kind of name is not ours to carry.
        let name = entry.file_name();
        let Some(name) = name.to_str().filter(|name| !name.ends_with(".part")) else { continue };
        let inside = format!("{folder}/{name}");
        if format!("{inside}/").starts_with(LEFT_OUT) {
            continue;
        }
        // What vanishes meanwhile is passed over; links are not followed.
        let Ok(meta) = entry.path().symlink_metadata() else { continue };
        if meta.is_dir() {
            walk(root, &inside, all)?;
        } else if meta.is_file() {
            let Ok(path) = MediaPath::new(inside) else { continue };
            all.push(Packed { path, from: entry.path(), bytes: meta.len() });
        }
    }
    Ok(())
}

/// Writes the archive; it appears whole or not at all. Gives its size.
pub(crate) fn write(
    contents: &Contents,
    part: PartFile,
    passphrase: Option<&SecretString>,
    ongoing: &Ongoing,
) -> Result<u64, ArchiveError> {
    let io = || MediaError::io("written", part.goal());
    let mut options = File::options();
    options.create_new(true).write(true);
    // A brand's work, and what was paid for it: nobody else's to read.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let sink = Sink::new(options.open(part.path()).map_err(io())?, passphrase)?;
    let mut tar = tar::Builder::new(sink);
    let mut list = Vec::new();
    append(&mut tar, HEAD, &json(&contents.head)?).map_err(io())?;
    for file in &contents.files {
        list.push(pack(&mut tar, file, part.goal(), ongoing)?);
    }
    append(&mut tar, LIST, &json(&list)?).map_err(io())?;
    tar.into_inner().and_then(Sink::finish).map_err(io())?;
    let bytes = part.path().metadata().map_err(io())?.len();
    // The last moment to stop.
    ongoing.advance(0)?;
    part.commit()?;
    Ok(bytes)
}

fn json(value: &impl serde::Serialize) -> Result<Vec<u8>, ArchiveError> {
    let written = serde_json::to_vec(value).map_err(std::io::Error::other);
    Ok(written.map_err(MediaError::io("written", Path::new(LIST)))?)
}

fn append(tar: &mut tar::Builder<Sink>, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    tar.append_data(&mut header(bytes.len() as u64), name, bytes)
}

fn header(bytes: u64) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes);
    header.set_mode(0o644);
    header
}

fn pack(tar: &mut tar::Builder<Sink>, packed: &Packed, goal: &Path, ongoing: &Ongoing) -> Result<Listed, ArchiveError> {
    let file = File::open(&packed.from).map_err(MediaError::io("read", &packed.from))?;
    let mut read =
        Hashed { inner: file.take(packed.bytes), hasher: blake3::Hasher::new(), read: 0, ongoing, why: None };
    let appended = tar.append_data(&mut header(packed.bytes), packed.path.as_str(), &mut read);
    match (appended, read.why.take()) {
        (Err(_), Some(why)) => return Err(why),
        (Err(error), None) => return Err(MediaError::io("written", goal)(error).into()),
        (Ok(()), _) if read.read != packed.bytes => {
            return Err(ArchiveError::Changing { path: packed.from.clone() });
        }
        (Ok(()), _) => {}
    }
    Ok(Listed { path: packed.path.clone(), bytes: packed.bytes, hash: read.hasher.finalize().to_hex().to_string() })
}

/// Counts and hashes what goes by, and stops when it is no longer wanted.
struct Hashed<'a, R> {
    inner: R,
    hasher: blake3::Hasher,
    read: u64,
    ongoing: &'a Ongoing,
    /// Why it stopped, which the tar would only pass on as a text.
    why: Option<ArchiveError>,
}

impl<R: Read> Read for Hashed<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let most = buffer.len().min(PIECE);
        let n = self.inner.read(&mut buffer[..most])?;
        self.hasher.update(&buffer[..n]);
        self.read += n as u64;
        if let Err(error) = self.ongoing.advance(n as u64) {
            self.why = Some(error);
            return Err(std::io::Error::other("stopped"));
        }
        Ok(n)
    }
}
