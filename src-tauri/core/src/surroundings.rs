//! Where the home and the outside programs are, worked out of the environment that a program hands over.
//!
//! Core reads no environment by itself. The command line and the window read theirs and ask here, so that both find
//! the same profiles and the same tools.

use std::ffi::OsString;
use std::path::PathBuf;

use crate::host::Tools;

/// What a program sees around it.
pub struct Surroundings<'a> {
    /// The value of an environment variable.
    pub variable: &'a dyn Fn(&str) -> Option<OsString>,
    /// The user's own folder, as the system knows it; asked when no variable names it.
    pub user_folder: Option<PathBuf>,
}

impl Surroundings<'_> {
    /// Where the home is: what was `given`, else `EDIT_FACTORY_HOME`, else the platform's place for data. `None` for a
    /// user without a folder.
    #[must_use]
    pub fn home(&self, given: Option<PathBuf>) -> Option<PathBuf> {
        given.or_else(|| self.path("EDIT_FACTORY_HOME")).or_else(|| self.platforms_place())
    }

    fn platforms_place(&self) -> Option<PathBuf> {
        let user = || self.path("HOME").or_else(|| self.user_folder.clone());
        if cfg!(windows) {
            self.path("LOCALAPPDATA").map(|f| f.join("Edit Factory"))
        } else if cfg!(target_os = "macos") {
            user().map(|f| f.join("Library/Application Support/Edit Factory"))
        } else {
            let data = self.path("XDG_DATA_HOME").filter(|f| f.is_absolute());
            data.or_else(|| user().map(|f| f.join(".local/share"))).map(|f| f.join("edit-factory"))
        }
    }

    /// The outside programs: those that variables name, else those on the PATH. A path that was set on purpose is taken
    /// as it is: when it is wrong, running it says so.
    #[must_use]
    pub fn tools(&self) -> Tools {
        let path = self.set("PATH");
        let folders: Vec<PathBuf> = path.map(|path| std::env::split_paths(&path).collect()).unwrap_or_default();
        let found = Tools::find_in(&folders);
        Tools {
            ffmpeg: self.path("EDIT_FACTORY_FFMPEG").or(found.ffmpeg),
            ffprobe: self.path("EDIT_FACTORY_FFPROBE").or(found.ffprobe),
            espeak: self.path("EDIT_FACTORY_ESPEAK").or(found.espeak),
        }
    }

    /// A variable that is set to something.
    fn set(&self, name: &str) -> Option<OsString> {
        (self.variable)(name).filter(|value| !value.is_empty())
    }

    fn path(&self, name: &str) -> Option<PathBuf> {
        self.set(name).map(PathBuf::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Pairs = &'static [(&'static str, &'static str)];

    fn home(pairs: Pairs, given: Option<&str>) -> Option<PathBuf> {
        let variable = |name: &str| pairs.iter().find(|(n, _)| *n == name).map(|(_, value)| OsString::from(value));
        Surroundings { variable: &variable, user_folder: None }.home(given.map(PathBuf::from))
    }

    #[test]
    fn the_home_is_the_argument_then_the_variable_then_the_platforms_place() {
        let set: Pairs = &[("EDIT_FACTORY_HOME", "/from/variable"), ("XDG_DATA_HOME", "/data"), ("HOME", "/me")];
        assert_eq!(home(set, Some("/given")), Some("/given".into()));
        assert_eq!(home(set, None), Some("/from/variable".into()));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn on_linux_the_platforms_place_follows_xdg() {
        assert_eq!(home(&[("XDG_DATA_HOME", "/data"), ("HOME", "/me")], None), Some("/data/edit-factory".into()));
        let relative: Pairs = &[("XDG_DATA_HOME", "data"), ("HOME", "/me")];
        assert_eq!(home(relative, None), Some("/me/.local/share/edit-factory".into()));
    }

    #[test]
    fn a_user_without_a_folder_has_no_home_and_an_empty_variable_counts_as_not_set() {
        assert_eq!(home(&[("EDIT_FACTORY_HOME", "")], None), None);
    }

    #[test]
    fn a_tool_named_by_a_variable_wins_over_the_path() {
        let dir = tempfile::tempdir().unwrap();
        let name = format!("ffmpeg{}", std::env::consts::EXE_SUFFIX);
        std::fs::write(dir.path().join(&name), "").unwrap();
        let tools = |named: Option<&str>| {
            let variable = |variable: &str| match variable {
                "PATH" => Some(dir.path().as_os_str().to_owned()),
                "EDIT_FACTORY_FFMPEG" => named.map(OsString::from),
                _ => None,
            };
            Surroundings { variable: &variable, user_folder: None }.tools()
        };
        assert_eq!(tools(None).ffmpeg, Some(dir.path().join(name)));
        assert_eq!(tools(None).espeak, None);
        assert_eq!(tools(Some("/opt/ffmpeg")).ffmpeg, Some(PathBuf::from("/opt/ffmpeg")));
    }
}
