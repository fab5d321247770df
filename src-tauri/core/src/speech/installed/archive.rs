//! Files out of archives: zip (which Python packages are) and gzipped tar. Only the bytes of a member are ever taken, under
//! a name of ours, so that no name in an archive can lead outside a folder.

use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;

use flate2::read::GzDecoder;
use zip::ZipArchive;

use super::error::InstallError;
use super::note::shown;
use crate::profile::media::MediaError;

/// No member is larger than this, bytes.
const MOST: u64 = 1 << 30;

/// A kind of archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Zip,
    Tar,
}

fn kind(path: &Path) -> Option<Kind> {
    let name = shown(path).to_lowercase();
    let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    if ends(&[".whl", ".zip", ".nupkg"]) {
        Some(Kind::Zip)
    } else if ends(&[".tgz", ".tar.gz"]) {
        Some(Kind::Tar)
    } else {
        None
    }
}

/// Whether this is called like an archive that can be read here.
pub(super) fn is_one(path: &Path) -> bool {
    kind(path).is_some()
}

/// The names of its files.
pub(super) fn names(path: &Path) -> Result<Vec<String>, InstallError> {
    match kind(path) {
        Some(Kind::Tar) => {
            let mut names = Vec::new();
            each_in_tar(path, &mut |name, _, _| {
                names.push(name.to_owned());
                Ok(false)
            })?;
            Ok(names)
        }
        _ => {
            let zip = zip(path)?;
            let names = zip.file_names().map(|name| name.map(std::borrow::Cow::into_owned));
            names.collect::<Result<_, _>>().map_err(|error| broken(path, error.to_string()))
        }
    }
}

/// Hands the bytes of one of its files over, in pieces.
pub(super) fn read(path: &Path, wanted: &str, to: &mut dyn Write) -> Result<(), InstallError> {
    let missing = || broken(path, format!("it has no {wanted}"));
    match kind(path) {
        Some(Kind::Tar) => {
            let mut found = false;
            each_in_tar(path, &mut |name, bytes, from| {
                if name != wanted {
                    return Ok(false);
                }
                found = true;
                pour(path, &mut from.take(bytes), bytes, to)?;
                Ok(true)
            })?;
            if found { Ok(()) } else { Err(missing()) }
        }
        _ => {
            let mut zip = zip(path)?;
            let mut member = zip.by_name(wanted).map_err(|_| missing())?;
            let bytes = member.size();
            pour(path, &mut member, bytes, to)
        }
    }
}

fn zip(path: &Path) -> Result<ZipArchive<std::io::BufReader<File>>, InstallError> {
    let file = File::open(path).map_err(MediaError::io("read", path))?;
    ZipArchive::new(std::io::BufReader::new(file)).map_err(|error| broken(path, error.to_string()))
}

/// Copies exactly as many bytes as the archive says there are.
fn pour(path: &Path, from: &mut dyn Read, bytes: u64, to: &mut dyn Write) -> Result<(), InstallError> {
    if bytes > MOST {
        return Err(broken(path, format!("a file in it has {bytes} bytes, and no voice is that large")));
    }
    let mut piece = vec![0; 256 * 1024];
    let mut done = 0;
    loop {
        let n = from.read(&mut piece).map_err(|error| broken(path, error.to_string()))?;
        if n == 0 {
            break;
        }
        done += n as u64;
        if done > bytes {
            break;
        }
        to.write_all(&piece[..n]).map_err(MediaError::io("written", path))?;
    }
    if done == bytes { Ok(()) } else { Err(broken(path, format!("a file in it has not the {bytes} bytes it should"))) }
}

fn broken(path: &Path, says: String) -> InstallError {
    InstallError::Archive { name: shown(path), says }
}

/// Sees each file of a tar: its name, its size and its bytes. `see` says whether it has seen enough.
type See<'a> = &'a mut dyn FnMut(&str, u64, &mut dyn Read) -> Result<bool, InstallError>;

/// Walks a gzipped tar (POSIX ustar: blocks of 512 bytes; name at 0, size in octal at 124, kind at 156, a name's start at
/// 345). Names longer than its fields are not read; no file we want has one.
fn each_in_tar(path: &Path, see: See<'_>) -> Result<(), InstallError> {
    let file = File::open(path).map_err(MediaError::io("read", path))?;
    let mut tar = GzDecoder::new(std::io::BufReader::new(file));
    let says = |error: std::io::Error| broken(path, error.to_string());
    loop {
        let mut head = [0_u8; 512];
        if let Err(error) = tar.read_exact(&mut head) {
            return if error.kind() == std::io::ErrorKind::UnexpectedEof { Ok(()) } else { Err(says(error)) };
        }
        if head.iter().all(|byte| *byte == 0) {
            return Ok(());
        }
        let text = |from: usize, to: usize| {
            let field = &head[from..to];
            let end = field.iter().position(|byte| *byte == 0).unwrap_or(field.len());
            String::from_utf8_lossy(&field[..end]).trim().to_owned()
        };
        let bytes = u64::from_str_radix(&text(124, 136), 8).map_err(|_| broken(path, "it is damaged".into()))?;
        let name = match text(345, 500) {
            start if head[257..262] == *b"ustar" && !start.is_empty() => format!("{start}/{}", text(0, 100)),
            _ => text(0, 100),
        };
        let padded = bytes.div_ceil(512) * 512;
        let mut body = (&mut tar).take(padded);
        if matches!(head[156], b'0' | 0) && see(&name, bytes, &mut body)? {
            return Ok(());
        }
        let left = body.limit();
        if std::io::copy(&mut body, &mut std::io::sink()).map_err(says)? < left {
            return Err(broken(path, "it ends in the middle".into()));
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// One file of a tar.
    fn entry(name: &str, kind: u8, bytes: &[u8]) -> Vec<u8> {
        let mut head = [0_u8; 512];
        head[..name.len()].copy_from_slice(name.as_bytes());
        head[124..135].copy_from_slice(format!("{:011o}", bytes.len()).as_bytes());
        head[156] = kind;
        head[257..262].copy_from_slice(b"ustar");
        let mut out = head.to_vec();
        out.extend_from_slice(bytes);
        out.resize(512 + bytes.len().div_ceil(512) * 512, 0);
        out
    }

    fn tgz(path: &Path, entries: &[Vec<u8>]) {
        let mut gz = flate2::write::GzEncoder::new(File::create(path).unwrap(), flate2::Compression::fast());
        gz.write_all(&entries.concat()).unwrap();
        gz.write_all(&[0; 1024]).unwrap();
        gz.finish().unwrap();
    }

    /// A zip with these files.
    pub(crate) fn zip_of(path: &Path, files: &[(&str, &[u8])]) {
        let mut zip = zip::ZipWriter::new(File::create(path).unwrap());
        for (name, bytes) in files {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap();
    }

    #[test]
    fn a_file_comes_out_of_either_kind_as_it_went_in() {
        let dir = tempfile::tempdir().unwrap();
        let long = vec![7_u8; 70_000];
        let (tar, whl) = (dir.path().join("a.tgz"), dir.path().join("b.whl"));
        tgz(
            &tar,
            &[
                entry("x/", b'5', b""),
                entry("x/link.so", b'2', b""),
                entry("x/a.so", b'0', b"ab"),
                entry("x/b", b'0', &long),
            ],
        );
        zip_of(&whl, &[("x/a.so", b"ab"), ("x/b", &long)]);
        for archive in [&tar, &whl] {
            let mut found = names(archive).unwrap();
            found.sort();
            assert_eq!(found, ["x/a.so", "x/b"]);
            let mut out = Vec::new();
            read(archive, "x/b", &mut out).unwrap();
            assert_eq!(out, long);
            assert!(read(archive, "x/c", &mut Vec::new()).is_err());
        }
    }

    #[test]
    fn a_cut_archive_is_no_archive() {
        let dir = tempfile::tempdir().unwrap();
        let tar = dir.path().join("a.tar.gz");
        let noise: Vec<u8> = (0..60_000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        tgz(&tar, &[entry("x/a.so", b'0', &noise)]);
        let bytes = std::fs::read(&tar).unwrap();
        std::fs::write(&tar, &bytes[..bytes.len() / 2]).unwrap();
        assert!(read(&tar, "x/a.so", &mut Vec::new()).is_err());
        let whl = dir.path().join("b.whl");
        std::fs::write(&whl, "<html>").unwrap();
        assert!(names(&whl).is_err());
    }
}
