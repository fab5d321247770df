//! The outer layers of an archive: zstd, and age around it when there is a passphrase. Each says when it was cut.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;

use age::scrypt;
use age::stream::StreamWriter;
use secrecy::{ExposeSecret, SecretString};

use super::ArchiveError;
use crate::profile::media::MediaError;

/// Cost of a guess at the passphrase: 2^17 rounds of scrypt, a good part of a second.
const WORK: u8 = 17;
/// An archive that asks for more than this many doublings would only keep the machine busy.
const MOST_WORK: u8 = 20;
/// A passphrase of fewer characters is guessed.
const SHORTEST: usize = 8;
/// Footage does not become smaller by trying harder.
const LEVEL: i32 = 3;
/// How a file of age begins (its version line), and a frame of zstd (RFC 8878, section 3.1.1).
const AGE: &[u8] = b"age-encryption.org/";
const ZSTD: &[u8] = &[0x28, 0xB5, 0x2F, 0xFD];

/// Where an archive's tar is written to.
pub(super) struct Sink(zstd::Encoder<'static, Outer>);

enum Outer {
    Plain(BufWriter<File>),
    Sealed(StreamWriter<BufWriter<File>>),
}

impl Sink {
    pub(super) fn new(file: File, passphrase: Option<&SecretString>) -> Result<Self, ArchiveError> {
        let file = BufWriter::new(file);
        let outer = match passphrase {
            None => Outer::Plain(file),
            Some(short) if short.expose_secret().chars().count() < SHORTEST => {
                return Err(ArchiveError::ShortPassphrase(SHORTEST));
            }
            Some(passphrase) => {
                let mut recipient = scrypt::Recipient::new(passphrase.clone());
                recipient.set_work_factor(WORK);
                let sealed = age::Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient))
                    .map_err(|e| std::io::Error::other(e.to_string()))
                    .and_then(|encryptor| encryptor.wrap_output(file));
                Outer::Sealed(sealed.map_err(MediaError::io("sealed", Path::new("the archive")))?)
            }
        };
        let io = || MediaError::io("compressed", Path::new("the archive"));
        let mut encoder = zstd::Encoder::new(outer, LEVEL).map_err(io())?;
        encoder.include_checksum(true).map_err(io())?;
        Ok(Self(encoder))
    }

    /// Ends all layers; without this the archive counts as cut.
    pub(super) fn finish(self) -> std::io::Result<()> {
        let file = match self.0.finish()? {
            Outer::Plain(file) => file,
            Outer::Sealed(sealed) => sealed.finish()?,
        };
        file.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.flush()
    }
}

impl Write for Outer {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self {
            Self::Plain(file) => file.write(bytes),
            Self::Sealed(sealed) => sealed.write(bytes),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match self {
            Self::Plain(file) => file.flush(),
            Self::Sealed(sealed) => sealed.flush(),
        }
    }
}

/// Opens an archive down to its tar. The second value says whether it has a passphrase; without the right one there is
/// no tar.
pub(super) fn open(
    path: &Path,
    passphrase: Option<&SecretString>,
) -> Result<(Option<Box<dyn Read>>, bool), ArchiveError> {
    let mut file = BufReader::with_capacity(1 << 16, File::open(path).map_err(MediaError::io("read", path))?);
    let begins = file.fill_buf().map_err(MediaError::io("read", path))?;
    if begins.starts_with(ZSTD) {
        return Ok((Some(unzip(file, path)?), false));
    }
    if !begins.starts_with(AGE) {
        return Err(ArchiveError::NotOne { path: path.to_owned() });
    }
    let Some(passphrase) = passphrase else { return Ok((None, true)) };
    let mut identity = scrypt::Identity::new(passphrase.clone());
    identity.set_max_work_factor(MOST_WORK);
    let opened = age::Decryptor::new_buffered(file)
        .and_then(|decryptor| decryptor.decrypt(std::iter::once(&identity as &dyn age::Identity)));
    let plain = opened.map_err(|error| match error {
        age::DecryptError::DecryptionFailed
        | age::DecryptError::KeyDecryptionFailed
        | age::DecryptError::NoMatchingKeys => ArchiveError::WrongPassphrase { path: path.to_owned() },
        other => ArchiveError::Damaged { path: path.to_owned(), found: other.to_string() },
    })?;
    Ok((Some(unzip(BufReader::new(plain), path)?), true))
}

fn unzip<R: BufRead + 'static>(inner: R, path: &Path) -> Result<Box<dyn Read>, ArchiveError> {
    let decoder = zstd::Decoder::with_buffer(inner)
        .map_err(|error| ArchiveError::Damaged { path: path.to_owned(), found: error.to_string() })?;
    Ok(Box::new(decoder))
}
