//! Settings of one profile: named JSON values, each read with its type and default by the room that owns it.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::db::{DbError, Reader, Writer};

/// Names a setting and its type; a room keeps its keys as constants.
#[derive(Debug)]
pub struct Key<T> {
    name: &'static str,
    kind: std::marker::PhantomData<fn() -> T>,
}

impl<T> Key<T> {
    /// The key with this name.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, kind: std::marker::PhantomData }
    }
}

/// The value, or `None` when it was never set. A value that no longer reads as its type counts as not set, and is logged.
///
/// # Errors
/// [`DbError`].
pub fn get<T: DeserializeOwned>(reader: &Reader<'_>, key: &Key<T>) -> Result<Option<T>, DbError> {
    let mut query = reader.prepare_cached("SELECT value FROM settings WHERE name = ?1")?;
    let mut rows = query.query([key.name])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let text: String = row.get(0)?;
    match serde_json::from_str(&text) {
        Ok(value) => Ok(Some(value)),
        Err(error) => {
            tracing::warn!(setting = key.name, %error, "a setting could not be read; its default is used");
            Ok(None)
        }
    }
}

/// Stores the value.
///
/// # Errors
/// [`DbError`].
pub fn set<T: Serialize>(writer: &Writer<'_>, key: &Key<T>, value: &T) -> Result<(), DbError> {
    let text = serde_json::to_string(value).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?;
    writer.execute(
        "INSERT INTO settings (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (key.name, text),
    )?;
    Ok(())
}
