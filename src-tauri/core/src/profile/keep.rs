//! Taking a file of the user's into the profile, named by its content and its own name: music, recordings.

use std::fs::File;
use std::io::{BufReader, Read, Write};
use std::path::Path;

use super::media::{Folder, MediaError, MediaPath};
use crate::render::files::safe_name;

impl Folder {
    /// Copies `from` to `media/<shelf>/<BLAKE3>-<its name>` and gives that path and the hash (lower-case hex). A file that is
    /// there already is not copied again.
    ///
    /// # Errors
    /// [`MediaError::Io`] when it cannot be read or there is no room; [`MediaError::Outside`] when it lies in another
    /// profile. Nothing is left behind then.
    pub fn keep(&self, from: &Path, shelf: &str) -> Result<(MediaPath, String), MediaError> {
        self.refuse_other_profiles(from)?;
        let ext: String = from.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        let ext: String = ext.chars().filter(char::is_ascii_alphanumeric).take(8).collect();
        let ext = if ext.is_empty() { "bin".to_owned() } else { ext };
        // The name is known only after the copy, so the copy goes to a part of a name that never commits.
        let part = self.part(&MediaPath::new(format!("media/{shelf}/incoming.{ext}"))?)?;
        let mut reader = BufReader::new(File::open(from).map_err(MediaError::io("read", from))?);
        let mut writer = File::create(part.path()).map_err(MediaError::io("written", part.goal()))?;
        let mut hasher = blake3::Hasher::new();
        let mut piece = vec![0; 256 * 1024];
        loop {
            let n = reader.read(&mut piece).map_err(MediaError::io("read", from))?;
            if n == 0 {
                break;
            }
            hasher.update(&piece[..n]);
            writer.write_all(&piece[..n]).map_err(MediaError::io("written", part.goal()))?;
        }
        drop(writer);
        let hash = hasher.finalize().to_hex().to_string();
        // The hash makes it one of a kind, its own name lets a person know it again.
        let stem = safe_name(&from.file_stem().unwrap_or_default().to_string_lossy());
        let path = MediaPath::new(format!("media/{shelf}/{hash}-{stem}.{ext}"))?;
        if self.path(&path).is_file() {
            return Ok((path, hash));
        }
        part.commit_as(&self.path(&path))?;
        Ok((path, hash))
    }
}

#[cfg(test)]
mod tests {
    use crate::testkit;

    #[test]
    fn a_kept_file_is_named_by_its_content_and_its_name_and_kept_once() {
        let bench = testkit::bench();
        let from = bench.desk.join("My 'song' %.MP3");
        std::fs::write(&from, "la la").unwrap();
        let (path, hash) = bench.profile.folder().keep(&from, "music").unwrap();
        assert_eq!(path.as_str(), format!("media/music/{hash}-My 'song' %.mp3"));
        assert_eq!(bench.profile.folder().keep(&from, "music").unwrap(), (path.clone(), hash));
        assert_eq!(std::fs::read(bench.profile.folder().existing(&path).unwrap()).unwrap(), b"la la");
        assert_eq!(std::fs::read_dir(bench.profile.root().join("media/music")).unwrap().count(), 1);
    }

    #[test]
    fn a_file_of_another_profile_is_not_taken() {
        let bench = testkit::bench();
        let other = bench.home.create("Other", None).unwrap().id;
        let theirs = bench.home.profile(other).unwrap().root().join("media/a.mp3");
        std::fs::write(&theirs, "x").unwrap();
        assert!(bench.profile.folder().keep(&theirs, "music").is_err());
    }
}
