//! Voices and runtimes in what a person has: a folder, a file, a Python package, an archive. Only looked for here.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::archive;
use super::error::InstallError;
use super::note::shown;
use crate::profile::media::MediaError;

/// Folders in folders that are looked into.
const DEEP: usize = 3;

/// A file, wherever it lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Source {
    File(PathBuf),
    Member { archive: PathBuf, name: String },
}

impl Source {
    fn name(&self) -> String {
        match self {
            Self::File(path) => shown(path),
            Self::Member { name, .. } => name.rsplit('/').next().unwrap_or(name).to_owned(),
        }
    }

    /// With another name in the same folder.
    fn sibling(&self, other: &str) -> Self {
        match self {
            Self::File(path) => Self::File(path.with_file_name(other)),
            Self::Member { archive, name } => {
                let folder = name.rsplit_once('/').map_or_else(String::new, |(folder, _)| format!("{folder}/"));
                Self::Member { archive: archive.clone(), name: format!("{folder}{other}") }
            }
        }
    }

    /// Hands its bytes over.
    pub(super) fn copy(&self, to: &mut dyn Write) -> Result<(), InstallError> {
        match self {
            Self::File(path) => {
                let mut from = std::fs::File::open(path).map_err(MediaError::io("read", path))?;
                std::io::copy(&mut from, &mut Adapter(to)).map_err(MediaError::io("copied", path))?;
                Ok(())
            }
            Self::Member { archive, name } => archive::read(archive, name, to),
        }
    }
}

/// `std::io::copy` wants a sized writer.
struct Adapter<'a>(&'a mut dyn Write);

impl Write for Adapter<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.flush()
    }
}

/// What was found.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) voices: Vec<FoundVoice>,
    /// The library, and its version as far as names tell.
    pub(super) runtime: Option<(Source, String)>,
}

/// A voice.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct FoundVoice {
    pub(super) id: String,
    pub(super) model: Source,
    pub(super) description: Source,
    /// What the voice's makers say of it, its licence among it.
    pub(super) card: Option<Source>,
}

/// Looks through a folder, a file or an archive.
pub(super) fn look(path: &Path) -> Result<Found, InstallError> {
    let mut files = Vec::new();
    if path.is_dir() {
        list(path, DEEP, &mut files)?;
    } else if path.is_file() {
        files.push(path.to_owned());
        if let Some(folder) = path.parent().filter(|_| !archive::is_one(path)) {
            // A model alone is given with what lies beside it.
            files.extend([format!("{}.json", shown(path)), "MODEL_CARD".into()].map(|name| folder.join(name)));
            files.retain(|file| file.is_file());
        }
    } else {
        let gone = std::io::Error::from(std::io::ErrorKind::NotFound);
        return Err(MediaError::io("read", path)(gone).into());
    }
    let mut sources = Vec::new();
    for file in files {
        if archive::is_one(&file) {
            let names = archive::names(&file)?;
            sources.extend(names.into_iter().map(|name| Source::Member { archive: file.clone(), name }));
        } else {
            sources.push(Source::File(file));
        }
    }
    let found = sort(&sources);
    if found == Found::default() {
        return Err(InstallError::NothingFound(path.display().to_string()));
    }
    Ok(found)
}

fn list(folder: &Path, deep: usize, files: &mut Vec<PathBuf>) -> Result<(), InstallError> {
    let entries = std::fs::read_dir(folder).map_err(MediaError::io("read", folder))?;
    for entry in entries {
        let path = entry.map_err(MediaError::io("read", folder))?.path();
        if path.is_dir() && deep > 0 {
            list(&path, deep - 1, files)?;
        } else if path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(())
}

fn sort(sources: &[Source]) -> Found {
    let mut found = Found::default();
    for source in sources {
        let name = source.name();
        if let Some(id) = name.strip_suffix(".onnx").filter(|id| is_id(id)) {
            let description = source.sibling(&format!("{name}.json"));
            if sources.contains(&description) && !found.voices.iter().any(|voice| voice.id == id) {
                let card = Some(source.sibling("MODEL_CARD")).filter(|card| sources.contains(card));
                found.voices.push(FoundVoice { id: id.to_owned(), model: source.clone(), description, card });
            }
        } else if let Some(version) = library_version(&name) {
            // Several names of one library: the one that says its version is the file, the others are links to it.
            if found.runtime.as_ref().is_none_or(|(_, before)| before.is_empty()) {
                found.runtime = Some((source.clone(), version));
            }
        }
    }
    if let Some((source, version)) = &mut found.runtime
        && version.is_empty()
    {
        *version = version_around(source).unwrap_or_else(|| "unknown".into());
    }
    found
}

/// Whether a name can be the id of a voice: it becomes the name of a folder, and a setting.
pub(super) fn is_id(name: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '+' | '.');
    (1..=80).contains(&name.len()) && name.chars().all(plain) && name.starts_with(char::is_alphanumeric)
}

/// The version in the name of the runtime's library for this system, empty when it has none; `None` for other names.
/// "libonnxruntime.so.1.22.0", "libonnxruntime.1.22.0.dylib", "onnxruntime.dll".
fn library_version(name: &str) -> Option<String> {
    let (start, end) = (format!("{}onnxruntime", std::env::consts::DLL_PREFIX), std::env::consts::DLL_SUFFIX);
    let rest = name.strip_prefix(&start)?;
    let version = match rest.strip_suffix(end) {
        Some(version) => version.strip_prefix('.').unwrap_or(version),
        None => rest.strip_prefix(end)?.strip_prefix('.')?,
    };
    version.chars().all(|c| c.is_ascii_digit() || c == '.').then(|| version.to_owned())
}

/// The version in the name of the archive or the folder around a library: "onnxruntime-1.22.0-cp311-…", "…-x64-1.22.1".
fn version_around(source: &Source) -> Option<String> {
    let text = match source {
        Source::File(path) => path.to_string_lossy().into_owned(),
        Source::Member { archive, name } => format!("{}/{name}", shown(archive)),
    };
    let is_version =
        |part: &&str| part.starts_with("1.") && part.chars().all(|c| c.is_ascii_digit() || c == '.') && part.len() > 3;
    text.split(['-', '/', '\\', '_'])
        .map(|part| part.trim_end_matches(".zip").trim_end_matches(".tgz"))
        .find(|part| is_version(part))
        .map(str::to_owned)
}

/// The licence that the makers' card names: "* License: CC0".
pub(super) fn licence(card: &str) -> Option<String> {
    let line = card.lines().find_map(|line| {
        let line = line.trim_start_matches(['*', '-', ' ']);
        let named = line.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("license:"));
        named.then(|| line[8..].trim().to_owned())
    });
    line.filter(|licence| !licence.is_empty() && licence.chars().count() <= 200)
}

#[cfg(test)]
mod tests {
    use super::super::archive::tests::zip_of;
    use super::*;

    fn library(version: &str) -> String {
        let (start, end) = (std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
        if cfg!(target_os = "linux") {
            format!("{start}onnxruntime{end}.{version}")
        } else {
            format!("{start}onnxruntime.{version}{end}")
        }
    }

    #[test]
    fn voices_and_the_runtime_are_found_in_folders_packages_and_beside_a_file() {
        let dir = tempfile::tempdir().unwrap();
        let deep = dir.path().join("voices/joe");
        std::fs::create_dir_all(&deep).unwrap();
        std::fs::write(deep.join("en_US-joe-medium.onnx"), "m").unwrap();
        std::fs::write(deep.join("en_US-joe-medium.onnx.json"), "{}").unwrap();
        std::fs::write(deep.join("alone.onnx"), "m").unwrap();
        let member = format!("onnxruntime/capi/{}", library("1.32.0"));
        zip_of(&dir.path().join("onnxruntime-1.32.0-cp311.whl"), &[(&member, b"l"), ("onnxruntime/LICENSE", b"MIT")]);
        let found = look(dir.path()).unwrap();
        let ids: Vec<&str> = found.voices.iter().map(|voice| voice.id.as_str()).collect();
        assert_eq!(ids, ["en_US-joe-medium"]);
        let (source, version) = found.runtime.unwrap();
        assert_eq!(version, "1.32.0");
        let mut bytes = Vec::new();
        source.copy(&mut bytes).unwrap();
        assert_eq!(bytes, b"l");
        let beside = look(&deep.join("en_US-joe-medium.onnx")).unwrap();
        assert_eq!((beside.voices.len(), beside.runtime), (1, None));
    }

    #[test]
    fn a_place_without_a_voice_says_what_a_voice_looks_like() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("model.onnx"), "m").unwrap();
        let error = look(dir.path()).unwrap_err().to_string();
        assert!(error.contains(".onnx.json") && error.contains("onnxruntime"), "{error}");
        assert!(look(&dir.path().join("nowhere")).is_err());
    }

    #[test]
    fn a_name_that_leads_elsewhere_is_no_voice() {
        assert!(is_id("pt_PT-tugão-medium") && is_id("en_US-joe-medium"));
        for bad in ["", "..", ".hidden", "a/b", "a b", "-v", "x'y", &"a".repeat(81)] {
            assert!(!is_id(bad), "{bad}");
        }
        let outside = Source::Member { archive: "a.whl".into(), name: "../../x.onnx".into() };
        assert_eq!(outside.name(), "x.onnx");
    }

    #[test]
    fn the_licence_is_read_from_the_card() {
        assert_eq!(licence("# Card\n\n* URL: x\n* License: CC0\n").as_deref(), Some("CC0"));
        assert_eq!(licence("Licence of the data: none\nă\n"), None);
    }
}
