//! What is sent to the accounts of a brand. Every intent is a row before anything leaves the machine (`publications`), it is
//! sent by one device, and a database that is not the one it was made in sends nothing by itself.

use crate::profile::db::{DbError, Writer};

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
mod tests {
    use super::*;
    use crate::ids::ClipId;
    use crate::testkit::{Bench, bench};

    const STATES: [&str; 9] =
        ["draft", "waiting", "uploading", "sending", "unknown", "scheduled", "published", "failed", "cancelled"];

    fn one_of_each(bench: &Bench) {
        bench
            .profile
            .write::<_, DbError>(|tx| {
                for state in STATES {
                    tx.execute(
                        "INSERT INTO publications (id, clip_id, clip_hash, account, platform, state, caption, settings,
                                                   device, created_at)
                         VALUES (?1, ?2, 'h', '{}', 'tiktok', ?1, '', '{}', 'here', 1)",
                        (state, ClipId::new()),
                    )?;
                }
                Ok(())
            })
            .unwrap();
    }

    fn became(bench: &Bench, state: &str) -> String {
        let sql = "SELECT state FROM publications WHERE id = ?1";
        bench.profile.read::<_, DbError>(|tx| Ok(tx.query_row(sql, [state], |r| r.get(0))?)).unwrap()
    }

    #[test]
    fn a_copy_in_another_profile_sends_nothing_and_knows_what_was_published() {
        let bench = bench();
        one_of_each(&bench);
        bench.profile.write(let_go).unwrap();
        for state in STATES {
            let expected = if matches!(state, "published" | "failed") { state } else { "cancelled" };
            assert_eq!(became(&bench, state), expected);
        }
    }

    #[test]
    fn an_older_database_does_not_send_what_may_have_been_sent_since() {
        let bench = bench();
        one_of_each(&bench);
        bench.profile.write(doubt).unwrap();
        for state in STATES {
            let doubted = matches!(state, "waiting" | "uploading" | "sending");
            assert_eq!(became(&bench, state), if doubted { "unknown" } else { state });
        }
    }
}
