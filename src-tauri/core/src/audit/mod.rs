//! The isolation audit: proof, on demand, that nothing of one profile is in another.
//!
//! It lists what each profile owns, looks for traces of each profile in all others (ids in databases, links and shared
//! files on disk), and rehearses: two throw-away profiles, hundreds of random calls made to one with the ids, paths and
//! file names of the other, and a look whether anything came across. It reads; the real profiles are never changed.

mod ownership;
mod rehearsal;
mod traces;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::home::{Home, HomeError};
use crate::ids::ProfileId;
pub use rehearsal::{Rehearsal, rehearse};

/// What one profile owns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Owned {
    /// Which profile.
    pub profile: ProfileId,
    /// Its name.
    pub name: String,
    /// Rows in each table.
    pub rows: BTreeMap<String, u64>,
    /// Files in its folder.
    pub files: u64,
    /// Their size, bytes.
    pub bytes: u64,
    /// Sources that are referenced where they lie, outside the profile.
    pub outside: u64,
    /// Names of its credentials; never the credentials.
    pub credentials: Vec<String>,
}

/// Something of one profile found in another, or a way from one to the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Leak {
    /// Where it was found.
    pub found_in: ProfileId,
    /// Whose it is, when that is known.
    pub belongs_to: Option<ProfileId>,
    /// What and where, in words.
    pub what: String,
}

/// What the audit found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AuditReport {
    /// Each profile that could be read.
    pub profiles: Vec<Owned>,
    /// Profiles that could not be read, and why.
    pub unread: Vec<(String, String)>,
    /// Every leak; empty is the proof.
    pub leaks: Vec<Leak>,
    /// The leak test on two throw-away profiles, when it was run.
    pub rehearsal: Option<Rehearsal>,
}

impl AuditReport {
    /// How many leaks were found, in the real profiles and in the rehearsal.
    #[must_use]
    pub fn found(&self) -> usize {
        self.leaks.len() + self.rehearsal.as_ref().map_or(0, |r| r.leaks.len())
    }
}

/// Looks at every profile of the home. Real profiles are read, never changed.
///
/// # Errors
/// [`HomeError`] when the list of profiles itself cannot be read.
pub fn inspect(home: &Home) -> Result<AuditReport, HomeError> {
    let mut report = AuditReport { profiles: Vec::new(), unread: Vec::new(), leaks: Vec::new(), rehearsal: None };
    let mut seen = Vec::new();
    for info in home.profiles()? {
        let looked = home.profile(info.id).and_then(|profile| ownership::of(&profile, &info.name));
        match looked {
            Ok((owned, prints)) => {
                report.profiles.push(owned);
                seen.push(prints);
            }
            Err(error) => report.unread.push((info.name, error.to_string())),
        }
    }
    report.leaks = traces::between(&seen);
    Ok(report)
}

#[cfg(test)]
mod tests;
