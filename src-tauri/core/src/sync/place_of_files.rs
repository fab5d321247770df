//! Where the files of rows that came will lie once they are fetched. Until then nothing is there, and the row is shown as one
//! whose file is missing.

use serde_json::{Map, Value};

/// The path, relative in the profile, of a source that came: the one an import would have given it.
pub(super) fn source(id: &str, row: &Map<String, Value>) -> String {
    let name = row.get("name").and_then(Value::as_str).unwrap_or_default();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    let sound = (1..=8).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_alphanumeric());
    format!("media/{id}.{}", if sound { ending.as_str() } else { "mp4" })
}

/// The folder of a clip that came.
pub(super) fn clip(id: &str) -> String {
    format!("clips/{id}")
}
