//! What is sent to the accounts of a brand. Every intent is a row before anything leaves the machine (`publications`), it is
//! sent by one device, and a database that is not the one it was made in sends nothing by itself.

mod model;
pub mod postiz;
pub mod preflight;
pub mod schedule;
pub mod settings;

use crate::profile::db::{DbError, Writer};
pub use model::{
    Account, AccountName, CaptionFor, CaptionTemplate, Group, Originality, PlannedPost, Publication, PublicationFilter,
    PublicationState, PublishOrder, PublishPlan, PublishSettings, PublishShown, PublishStarted, Slot, When,
};
pub use schedule::PlannedSlot;
pub use settings::PostSettings;

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
    Ok(())
}

/// For an older database that is put back: since it was copied, anything it was about to send may have been sent. Whether
/// it was has to be looked up; sending it again could post it twice.
///
/// # Errors
/// [`DbError`].
pub(crate) fn doubt(tx: &Writer<'_>) -> Result<(), DbError> {
    tx.execute(
        "UPDATE publications SET state = 'unknown', why = 'an older copy of the database was put back'
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
