//! What belongs to the program rather than to a brand: theme, language, keys, which ffmpeg.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Home, HomeError};
use crate::host::Tools;
use crate::profile::settings::{self, Key};

const KEY: Key<AppSettings> = Key::new("app");
/// Longest language tag.
const LANGUAGE: usize = 35;
/// Most keys, and the longest name of one.
const KEYS: usize = 500;

/// Light or dark.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Dark.
    Dark,
    /// Light.
    Light,
}

/// Settings of the program, the same for all profiles.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct AppSettings {
    /// Light or dark.
    pub theme: Theme,
    /// Language of the window ("en", "ro"); `None` takes the system's.
    pub language: Option<String>,
    /// Keys set by hand, by command.
    #[ts(type = "Record<string, string>")]
    pub keys: BTreeMap<String, String>,
    /// The ffmpeg to use instead of the one on the PATH, by every profile of this process from then on.
    pub ffmpeg: Option<PathBuf>,
}

impl Home {
    /// The settings of the program.
    ///
    /// # Errors
    /// [`HomeError::Db`].
    pub fn settings(&self) -> Result<AppSettings, HomeError> {
        self.read(|tx| Ok(settings::get(tx, &KEY)?.unwrap_or_default()))
    }

    /// Replaces the settings of the program; gives them as they are stored.
    ///
    /// # Errors
    /// [`HomeError::BadSetting`] when a value makes no sense; nothing is changed then.
    pub fn set_settings(&self, new: AppSettings) -> Result<AppSettings, HomeError> {
        check(&new)?;
        self.inner.app.write::<_, HomeError>(|tx| Ok(settings::set(tx, &KEY, &new)?))?;
        self.inner.tools.replace(self.tools());
        Ok(new)
    }

    /// The outside programs: the host's, with the ffmpeg that was chosen in the settings.
    #[must_use]
    pub fn tools(&self) -> Tools {
        let tools = self.inner.host.tools.clone();
        match self.settings() {
            Ok(AppSettings { ffmpeg: Some(chosen), .. }) => with_ffmpeg(tools, &chosen),
            Ok(_) => tools,
            Err(error) => {
                tracing::warn!(%error, "the program's settings could not be read; the usual tools are used");
                tools
            }
        }
    }
}

/// The chosen ffmpeg, and the ffprobe beside it when there is one.
fn with_ffmpeg(tools: Tools, chosen: &Path) -> Tools {
    let probe = chosen.with_file_name(format!("ffprobe{}", std::env::consts::EXE_SUFFIX));
    Tools {
        ffmpeg: Some(chosen.to_owned()),
        ffprobe: if probe.is_file() { Some(probe) } else { tools.ffprobe },
        espeak: tools.espeak,
    }
}

fn check(settings: &AppSettings) -> Result<(), HomeError> {
    let bad = |says: String| Err(HomeError::BadSetting(says));
    if let Some(ffmpeg) = settings.ffmpeg.as_ref().filter(|f| !f.is_absolute() || !f.is_file()) {
        return bad(format!("there is no program at {}; choose the ffmpeg file itself", ffmpeg.display()));
    }
    let tag = |c: char| c.is_ascii_alphanumeric() || c == '-';
    match &settings.language {
        Some(language) if language.is_empty() || language.len() > LANGUAGE || !language.chars().all(tag) => {
            return bad(format!("\"{language}\" is not a language"));
        }
        _ => {}
    }
    let long = |text: &String| text.is_empty() || text.len() > KEYS;
    if settings.keys.len() > KEYS || settings.keys.iter().any(|(command, key)| long(command) || long(key)) {
        return bad("a key or a command has no name, or there are too many".into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testkit::bench;

    #[test]
    fn settings_are_kept_and_bad_ones_change_nothing() {
        let bench = bench();
        assert_eq!(bench.home.settings().unwrap(), AppSettings::default());
        let keys = BTreeMap::from([("library.open".to_owned(), "Ctrl+L".to_owned())]);
        let good = AppSettings { theme: Theme::Dark, language: Some("ro".into()), keys, ffmpeg: None };
        bench.home.set_settings(good.clone()).unwrap();
        for bad in [
            AppSettings { language: Some("../ro".into()), ..good.clone() },
            AppSettings { ffmpeg: Some(bench.desk.join("not-there")), ..good.clone() },
            AppSettings { ffmpeg: Some("ffmpeg".into()), ..good.clone() },
            AppSettings { keys: BTreeMap::from([("a".to_owned(), String::new())]), ..good.clone() },
        ] {
            assert!(matches!(bench.home.set_settings(bad), Err(HomeError::BadSetting(_))));
        }
        let again = Home::open(bench.home.host().clone()).unwrap();
        assert_eq!(again.settings().unwrap(), good);
    }

    #[test]
    fn the_chosen_ffmpeg_is_used_with_the_ffprobe_beside_it() {
        let bench = bench();
        let tool = |name: &str| bench.desk.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
        for name in ["ffmpeg", "ffprobe"] {
            std::fs::write(tool(name), "").unwrap();
        }
        let before = bench.profile.toolbox().ffmpeg_path().unwrap();
        let begun = bench.profile.toolbox().in_folder(&bench.desk);
        bench.home.set_settings(AppSettings { ffmpeg: Some(tool("ffmpeg")), ..AppSettings::default() }).unwrap();
        assert_eq!(bench.profile.toolbox().ffmpeg_path().unwrap(), tool("ffmpeg"), "a profile that is open, too");
        assert_eq!(begun.ffmpeg_path().unwrap(), before, "work that has begun goes on with what it began with");
        let id = bench.home.create("Other", None).unwrap().id;
        assert_eq!(bench.home.profile(id).unwrap().toolbox().ffmpeg_path().unwrap(), tool("ffmpeg"));
        assert_eq!(bench.home.tools().ffprobe, Some(tool("ffprobe")));
        let again = Home::open(bench.home.host().clone()).unwrap();
        assert_eq!(again.profile(id).unwrap().toolbox().ffmpeg_path().unwrap(), tool("ffmpeg"));
        bench.home.set_settings(AppSettings::default()).unwrap();
        assert_eq!(bench.profile.toolbox().ffmpeg_path().unwrap(), before);
    }
}
