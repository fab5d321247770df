//! Which profile comes up when a window opens: the one to work in, or, when that cannot be opened, another one.

use super::registry::FIRST_NAME;
use super::{Home, HomeError};
use crate::profile::Profile;

/// The profile that came up.
#[derive(Debug)]
pub struct Resumed {
    /// It, open.
    pub profile: Profile,
    /// Why the one that should have come up did not.
    pub instead_of: Option<HomeError>,
}

impl Home {
    /// Opens the default profile, else the last used one. When that is missing or damaged, the next one that opens; when
    /// none does, a new one. Nothing is changed in a profile that does not open.
    ///
    /// # Errors
    /// [`HomeError`] when not even a new profile can be made.
    pub fn resume(&self) -> Result<Resumed, HomeError> {
        let mut profiles = self.profiles()?;
        // Stable: behind the default, the last used ones still come first.
        profiles.sort_by_key(|info| !info.default);
        let mut instead_of = None;
        for info in profiles {
            match self.enter(info.id) {
                Ok(profile) => return Ok(Resumed { profile, instead_of }),
                Err(error) => {
                    tracing::warn!(profile = %info.id, %error, "a profile does not open; the next one is tried");
                    instead_of.get_or_insert(error);
                }
            }
        }
        let fresh = self.create(&self.free_name(FIRST_NAME)?, None)?;
        Ok(Resumed { profile: self.enter(fresh.id)?, instead_of })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testkit::bench;

    fn damage(home: &Home, id: crate::ids::ProfileId) -> std::path::PathBuf {
        let file = home.root().join("profiles").join(id.to_string()).join("profile.sqlite");
        std::fs::write(&file, vec![0xA5; 8192]).unwrap();
        file
    }

    #[test]
    fn the_last_used_profile_comes_up() {
        let bench = bench();
        let (a, b) = (bench.home.create("A", None).unwrap().id, bench.home.create("B", None).unwrap().id);
        for id in [a, b, a] {
            bench.home.enter(id).unwrap();
            let resumed = bench.home.resume().unwrap();
            assert_eq!(resumed.profile.id(), id);
            assert!(resumed.instead_of.is_none());
        }
        bench.home.set_default(b).unwrap();
        assert_eq!(bench.home.resume().unwrap().profile.id(), b, "the default wins");
    }

    #[test]
    fn a_damaged_profile_gives_way_to_the_next_one_and_keeps_its_file() {
        let bench = bench();
        let (a, b) = (bench.home.create("A", None).unwrap().id, bench.home.create("B", None).unwrap().id);
        bench.home.enter(a).unwrap();
        bench.home.enter(b).unwrap();
        let file = damage(&bench.home, b);
        let resumed = bench.home.resume().unwrap();
        assert_eq!(resumed.profile.id(), a);
        assert!(matches!(resumed.instead_of, Some(HomeError::Unopened { .. })), "{:?}", resumed.instead_of);
        assert_eq!(std::fs::read(file).unwrap(), vec![0xA5; 8192]);
    }

    #[test]
    fn when_no_profile_opens_a_new_one_is_made_beside_them() {
        let folder = tempfile::tempdir().unwrap();
        let home =
            Home::open(crate::host::Host { home: folder.path().join("home"), ..bench().home.host().clone() }).unwrap();
        assert!(home.resume().unwrap().instead_of.is_none(), "the first run is no failure");
        let first = home.profiles().unwrap()[0].id;
        let gone = home.root().join("profiles").join(first.to_string());
        std::fs::rename(&gone, folder.path().join("aside")).unwrap();
        let resumed = home.resume().unwrap();
        assert!(matches!(resumed.instead_of, Some(HomeError::Missing { .. })));
        assert_eq!(home.profiles().unwrap().len(), 2);
        assert!(!gone.exists());
    }
}
