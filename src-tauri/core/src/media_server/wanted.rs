//! Which file an address means. Whatever is not a file this profile may show is nothing, without a word on why.

use std::path::PathBuf;
use std::str::FromStr;

use percent_encoding::percent_decode_str;

use crate::captions::fonts;
use crate::clips;
use crate::ids::{ClipId, SourceId};
use crate::library::sources;
use crate::profile::Profile;
use crate::profile::media::{MediaError, MediaPath};

/// The folders of a profile that a window may look into: never the database, logs, or what is being made.
const SHOWN: [&str; 4] = ["media", "cache", "clips", "trash"];

/// The file behind `kind/what` of an address (still percent-encoded); `None` when there is none to be shown.
///
/// - `file/<path>`: a file of the profile;
/// - `source/<id>`: the proxy of a source, else its original;
/// - `original/<id>`: the original of a source, which may lie outside the profile;
/// - `clip/<id>`: the video of a clip;
/// - `font/<name>`: a bundled font.
pub(super) fn file(profile: &Profile, wanted: &str) -> Option<PathBuf> {
    let (kind, what) = wanted.split_once('/')?;
    let found = match kind {
        "file" => inside(profile, what),
        "source" => source(profile, what, true),
        "original" => source(profile, what, false),
        "clip" => clip(profile, what),
        "font" => font(profile, what),
        _ => return None,
    };
    found.filter(|path| path.is_file())
}

/// One part of an address as it was meant. A part that hides a separator is no part.
fn part(encoded: &str) -> Option<String> {
    let plain = percent_decode_str(encoded).decode_utf8().ok()?;
    (!plain.contains('/')).then(|| plain.into_owned())
}

fn id<T: FromStr>(encoded: &str) -> Option<T> {
    part(encoded)?.parse().ok()
}

fn inside(profile: &Profile, what: &str) -> Option<PathBuf> {
    let parts: Vec<String> = what.split('/').map(part).collect::<Option<_>>()?;
    shown(profile, &MediaPath::new(parts.join("/")).ok()?)
}

/// The real path, if that lies in a folder that may be shown once all links are followed.
fn shown(profile: &Profile, path: &MediaPath) -> Option<PathBuf> {
    let real = match profile.folder().existing(path) {
        Ok(real) => real,
        Err(MediaError::Outside(path)) => {
            tracing::warn!(path, "a link that leads out of the profile was not followed");
            return None;
        }
        Err(_) => return None,
    };
    let first = real.strip_prefix(profile.root()).ok()?.components().next()?;
    SHOWN.iter().any(|folder| first.as_os_str() == *folder).then_some(real)
}

fn source(profile: &Profile, what: &str, proxy: bool) -> Option<PathBuf> {
    let id: SourceId = id(what)?;
    let source = heard(profile.read(|tx| sources::get(tx, id)))?;
    let small = source.proxy.as_ref().filter(|_| proxy).and_then(|path| shown(profile, path));
    small.filter(|path| path.is_file()).or_else(|| heard(sources::real_path(profile, &source)))
}

fn clip(profile: &Profile, what: &str) -> Option<PathBuf> {
    let id: ClipId = id(what)?;
    let clip = heard(profile.read(|tx| clips::get(tx, id)))?;
    let video = MediaPath::new(format!("{}/{}.mp4", clip.folder, clip.name)).ok()?;
    shown(profile, &video)
}

fn font(profile: &Profile, what: &str) -> Option<PathBuf> {
    let name = part(what).filter(|name| fonts::is_bundled(name))?;
    Some(profile.folder().fonts().join(name))
}

/// What was found. What was not is one answer to whoever asks; the log says why.
fn heard<T, E: std::error::Error>(found: Result<T, E>) -> Option<T> {
    found.inspect_err(|error| tracing::debug!(%error, "nothing to show")).ok()
}
