//! Which machine this is: a name made once for each home, written beside what this machine did.

use crate::profile::db::{Db, DbError};

const NAME: &str = "device";

/// The name of this machine; made the first time.
pub(super) fn of(app: &Db) -> Result<String, DbError> {
    app.write(|tx| {
        tx.execute(
            "INSERT INTO settings (name, value) VALUES (?1, json_quote(?2)) ON CONFLICT DO NOTHING",
            (NAME, uuid::Uuid::now_v7().to_string()),
        )?;
        Ok(tx.query_row("SELECT json_extract(value, '$') FROM settings WHERE name = ?1", [NAME], |r| r.get(0))?)
    })
}
