//! What the program finds around it: the environment, the platform's data folder, the tools on the PATH. Core is told;
//! it never looks itself.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use edit_factory_core::error::{Code, Failure};
use edit_factory_core::host::{Host, Tools};
use edit_factory_core::profile::secrets::Keyring;

/// What core is given. `home` is what `--home` said.
pub fn host(home: Option<PathBuf>, process_name: &str) -> Result<Host, Failure> {
    let read = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    Ok(Host {
        home: home_folder(home, &read)?,
        tools: tools(&read),
        secrets: Arc::new(Keyring),
        concurrency: std::thread::available_parallelism().map_or(2, std::num::NonZero::get),
        process_name: process_name.to_owned(),
    })
}

/// Where the home is: what `--home` said, else `EDIT_FACTORY_HOME`, else the platform's place for data.
fn home_folder(given: Option<PathBuf>, read: &dyn Fn(&str) -> Option<OsString>) -> Result<PathBuf, Failure> {
    let set = |name| read(name).map(PathBuf::from);
    let user = || set("HOME").or_else(std::env::home_dir);
    let platform = || {
        if cfg!(windows) {
            set("LOCALAPPDATA").map(|f| f.join("Edit Factory"))
        } else if cfg!(target_os = "macos") {
            user().map(|f| f.join("Library/Application Support/Edit Factory"))
        } else {
            let data = set("XDG_DATA_HOME").filter(|f| f.is_absolute());
            data.or_else(|| user().map(|f| f.join(".local/share"))).map(|f| f.join("edit-factory"))
        }
    };
    given.or_else(|| set("EDIT_FACTORY_HOME")).or_else(platform).ok_or_else(|| {
        Failure::new(
            Code::InvalidInput,
            "This user has no home folder, so there is no place for the profiles. Name one with --home DIR.",
        )
    })
}

fn tools(read: &dyn Fn(&str) -> Option<OsString>) -> Tools {
    let folders: Vec<PathBuf> = read("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default();
    let found = Tools::find_in(&folders);
    // A path that was set on purpose is taken as it is: when it is wrong, running it says so.
    let set = |name: &str, found: Option<PathBuf>| read(name).map(PathBuf::from).or(found);
    Tools {
        ffmpeg: set("EDIT_FACTORY_FFMPEG", found.ffmpeg),
        ffprobe: set("EDIT_FACTORY_FFPROBE", found.ffprobe),
        espeak: set("EDIT_FACTORY_ESPEAK", found.espeak),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(pairs: &'static [(&str, &str)]) -> impl Fn(&str) -> Option<OsString> {
        |name| pairs.iter().find(|(n, _)| *n == name).map(|(_, value)| OsString::from(value))
    }

    #[test]
    fn the_home_is_the_argument_then_the_variable_then_the_platforms_place() {
        let set = environment(&[("EDIT_FACTORY_HOME", "/from/variable"), ("XDG_DATA_HOME", "/data"), ("HOME", "/me")]);
        assert_eq!(home_folder(Some("/given".into()), &set).unwrap(), PathBuf::from("/given"));
        assert_eq!(home_folder(None, &set).unwrap(), PathBuf::from("/from/variable"));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn on_linux_the_platforms_place_follows_xdg() {
        let set = environment(&[("XDG_DATA_HOME", "/data"), ("HOME", "/me")]);
        assert_eq!(home_folder(None, &set).unwrap(), PathBuf::from("/data/edit-factory"));
        let relative = environment(&[("XDG_DATA_HOME", "data"), ("HOME", "/me")]);
        assert_eq!(home_folder(None, &relative).unwrap(), PathBuf::from("/me/.local/share/edit-factory"));
    }

    #[test]
    fn a_tool_named_by_a_variable_wins_over_the_path() {
        let dir = tempfile::tempdir().unwrap();
        let name = format!("ffmpeg{}", std::env::consts::EXE_SUFFIX);
        std::fs::write(dir.path().join(&name), "").unwrap();
        let path = dir.path().as_os_str().to_owned();
        let on_path = |variable: &str| (variable == "PATH").then(|| path.clone());
        assert_eq!(tools(&on_path).ffmpeg, Some(dir.path().join(name)));
        assert_eq!(tools(&on_path).espeak, None);
        let named = environment(&[("EDIT_FACTORY_FFMPEG", "/opt/ffmpeg")]);
        assert_eq!(tools(&named).ffmpeg, Some(PathBuf::from("/opt/ffmpeg")));
    }
}
