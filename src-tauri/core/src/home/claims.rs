//! What of the world outside belongs to one profile of this home alone. Two profiles that posted to one account, or were
//! kept as one profile on a server, would be one brand.
//!
//! A profile holds its own view ([`Claims`]): it can claim and let go. That a thing is somebody else's is all it can learn of others.

use std::sync::Arc;

use rusqlite::OptionalExtension;

use crate::ids::ProfileId;
use crate::profile::db::{Db, DbError, Reader};
use crate::time::now_ms;

/// Something that belongs to one profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Thing<'a> {
    /// An account videos are posted to, by the publishing service's id.
    Account(&'a str),
    /// A group of accounts there.
    Group(&'a str),
    /// A profile on a server.
    Remote(&'a str),
}

impl Thing<'_> {
    fn name(self) -> String {
        match self {
            Self::Account(id) => format!("account:{id}"),
            Self::Group(id) => format!("group:{id}"),
            Self::Remote(id) => format!("remote:{id}"),
        }
    }
}

/// What one profile claims.
#[derive(Clone)]
pub(crate) struct Claims {
    app: Arc<Db>,
    profile: ProfileId,
}

impl Claims {
    pub(super) fn of(app: Arc<Db>, profile: ProfileId) -> Self {
        Self { app, profile }
    }

    fn is_ours(&self, tx: &Reader<'_>, thing: Thing<'_>) -> Result<bool, DbError> {
        let sql = "SELECT profile_id FROM claims WHERE thing = ?1";
        let holder: Option<ProfileId> =
            tx.prepare_cached(sql)?.query_row([thing.name()], |row| row.get(0)).optional()?;
        Ok(holder == Some(self.profile))
    }

    /// Takes it for this profile, if it is nobody's; gives whether it is this profile's now. One transaction: of two that
    /// try at once one gets it.
    ///
    /// # Errors
    /// [`DbError`].
    pub(crate) fn take(&self, thing: Thing<'_>) -> Result<bool, DbError> {
        self.app.write(|tx| {
            tx.execute(
                "INSERT INTO claims (thing, profile_id, claimed_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
                (thing.name(), self.profile, now_ms()),
            )?;
            self.is_ours(&tx.as_reader(), thing)
        })
    }

    /// Lets go of it; fine if it was not this profile's.
    ///
    /// # Errors
    /// [`DbError`].
    pub(crate) fn let_go(&self, thing: Thing<'_>) -> Result<(), DbError> {
        self.app.write(|tx| {
            tx.execute("DELETE FROM claims WHERE thing = ?1 AND profile_id = ?2", (thing.name(), self.profile))?;
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testkit::bench;

    #[test]
    fn what_one_profile_claims_no_other_gets_until_it_lets_go_or_is_deleted() {
        let bench = bench();
        let other = bench.home.create("Other", None).unwrap();
        let there = bench.home.profile(other.id).unwrap();
        let (here, there) = (bench.profile.claims(), there.claims().clone());
        let thing = Thing::Account("cm1");
        assert!(here.take(thing).unwrap() && here.take(thing).unwrap());
        assert!(!there.take(thing).unwrap());
        assert!(there.take(Thing::Remote("cm1")).unwrap(), "another thing of the same name");
        there.let_go(thing).unwrap();
        assert!(!there.take(thing).unwrap(), "nobody lets go for another");
        here.let_go(thing).unwrap();
        assert!(there.take(thing).unwrap());
    }
}
