//! What is sent to the accounts of a brand. Every intent is a row before anything leaves the machine (`publications`), it is
//! sent by one device, and a database that is not the one it was made in sends nothing by itself.

mod accounts;
pub mod caption;
mod change;
mod clock;
mod error;
mod follow;
mod keep;
pub mod ledger;
mod look;
mod model;
mod moment;
mod next;
mod order;
pub mod originality;
pub mod postiz;
pub mod preflight;
pub mod schedule;
mod send;
pub mod settings;
mod store;
#[cfg(test)]
pub(crate) mod testing;

use crate::profile::db::{DbError, Writer};
pub use accounts::{defaults, groups, key_changed, refresh, set_settings, show, tick, tie};
pub use change::{cancel, move_to, retry, show as publication};
pub use clock::{read_time, show_time};
pub use error::PublishError;
pub use follow::{check, tick as follow};
pub use keep::{set, settings_of};
pub use model::{
    Account, AccountName, CaptionFor, CaptionTemplate, Group, Originality, PlannedPost, Publication, PublicationFilter,
    PublicationState, PublishOrder, PublishPlan, PublishSettings, PublishShown, PublishStarted, Slot, When,
};
pub use order::{propose, start, times};
pub use schedule::PlannedSlot;
pub use send::run;
pub use settings::PostSettings;
pub use store::list;

/// For a database that becomes another profile: what was still to be sent is not sent from there. What was published stays
/// known.
///
/// # Errors
/// [`DbError`].
pub(crate) fn let_go(tx: &Writer<'_>) -> Result<(), DbError> {
    tx.execute(
        "UPDATE publications SET state = 'cancelled', why = 'taken in from a file: it is sent from where it came'
         WHERE state IN ('draft', 'waiting', 'uploading', 'sending', 'unknown', 'scheduled')",
        [],
    )?;
    // Accounts belong to the profile that the copy was made of.
    tx.execute("DELETE FROM accounts", [])?;
    tx.execute("UPDATE settings SET value = json_remove(value, '$.group') WHERE name = 'publishing'", [])?;
    Ok(())
}

/// For an older database that is put back: since it was copied, anything it was about to send may have been sent. Whether
/// it was has to be looked up; sending it again could post it twice.
///
/// # Errors
/// [`DbError`].
pub(crate) fn doubt(tx: &Writer<'_>) -> Result<(), DbError> {
    tx.execute(
        "UPDATE publications SET state = 'unknown', why = 'an older copy of the database was put back', look_at = 0
         WHERE state IN ('waiting', 'uploading', 'sending')",
        [],
    )?;
    Ok(())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::ids::ClipId;
    use crate::profile::Profile;
    use crate::testkit::bench;

    const STATES: [&str; 9] =
        ["draft", "waiting", "uploading", "sending", "unknown", "scheduled", "published", "failed", "cancelled"];

    /// A publication in every state there is.
    pub(crate) fn one_of_each(profile: &Profile) {
        let put = |tx: &Writer<'_>| {
            for state in STATES {
                tx.execute(
                    "INSERT INTO publications (id, clip_id, clip_hash, account, platform, state, caption, settings,
                                               device, created_at)
                     VALUES (?1, ?2, 'h', '{}', 'tiktok', ?3, '', '{}', 'here', 1)",
                    (ClipId::new(), ClipId::new(), state),
                )?;
            }
            Ok::<_, DbError>(())
        };
        profile.write(put).unwrap();
    }

    /// How many are in this state.
    pub(crate) fn in_state(profile: &Profile, state: &str) -> i64 {
        let sql = "SELECT count(*) FROM publications WHERE state = ?1";
        profile.read::<_, DbError>(|tx| Ok(tx.query_row(sql, [state], |r| r.get(0))?)).unwrap()
    }

    /// How many may still be sent, or may have been.
    pub(crate) fn open(profile: &Profile) -> i64 {
        STATES[..6].iter().map(|state| in_state(profile, state)).sum()
    }

    #[test]
    fn a_copy_in_another_profile_sends_nothing_and_knows_what_was_published() {
        let bench = bench();
        one_of_each(&bench.profile);
        bench.profile.write(let_go).unwrap();
        assert_eq!(open(&bench.profile), 0);
        assert_eq!(["published", "failed", "cancelled"].map(|state| in_state(&bench.profile, state)), [1, 1, 7]);
    }

    #[test]
    fn an_older_database_does_not_send_what_may_have_been_sent_since() {
        let bench = bench();
        one_of_each(&bench.profile);
        bench.profile.write(doubt).unwrap();
        for state in STATES {
            let expected = match state {
                "waiting" | "uploading" | "sending" => 0,
                "unknown" => 4,
                _ => 1,
            };
            assert_eq!(in_state(&bench.profile, state), expected, "{state}");
        }
    }
}
