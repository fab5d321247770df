//! How a profile publishes, as it is kept.

use super::error::PublishError;
use super::model::PublishSettings;
use super::postiz;
use crate::profile::Profile;
use crate::profile::db::{DbError, Reader};
use crate::profile::events::Event;
use crate::profile::settings::{self, Key};

/// Stays on this machine: it says where it publishes, and as whom.
const KEY: Key<PublishSettings> = Key::new("publishing");
/// The most requests an hour that can be set; servers of one's own may allow any number.
const MOST_REQUESTS: u32 = 10_000;

/// How this profile publishes.
///
/// # Errors
/// [`DbError`].
pub fn settings_of(profile: &Profile) -> Result<PublishSettings, DbError> {
    profile.read(read)
}

pub(super) fn read(tx: &Reader<'_>) -> Result<PublishSettings, DbError> {
    Ok(settings::get(tx, &KEY)?.unwrap_or_default())
}

/// Stores how it publishes. The group stays as it is: tying a profile to one asks Postiz.
///
/// # Errors
/// [`PublishError::BadSetting`]; [`PublishError::UnderWay`] for another address while posts are under way at the one before.
pub fn set(profile: &Profile, new: PublishSettings) -> Result<(), PublishError> {
    sound(&new)?;
    profile.write(|tx| {
        let before = read(&tx.as_reader())?;
        let moved = before.address.trim_end_matches('/') != new.address.trim().trim_end_matches('/');
        if moved {
            let open: u32 = tx.query_row(
                "SELECT count(*) FROM publications WHERE deleted_at IS NULL AND device = ?1
                 AND state IN ('uploading', 'sending', 'unknown', 'scheduled')",
                [profile.device()],
                |row| row.get(0),
            )?;
            if open > 0 {
                return Err(PublishError::UnderWay(open));
            }
            // Another workspace has other accounts.
            tx.execute("UPDATE accounts SET gone = 1", [])?;
        }
        let group = if moved { None } else { before.group };
        let address = postiz::address(&new.address)?;
        Ok(settings::set(tx, &KEY, &PublishSettings { address, group, ..new })?)
    })?;
    profile.announce(Event::Publishing {});
    Ok(())
}

pub(super) fn store(tx: &crate::profile::db::Writer<'_>, new: &PublishSettings) -> Result<(), DbError> {
    settings::set(tx, &KEY, new)
}

fn sound(new: &PublishSettings) -> Result<(), PublishError> {
    let bad = |says: String| Err(PublishError::BadSetting(says));
    postiz::address(&new.address)?;
    if new.requests_an_hour == 0 || new.requests_an_hour > MOST_REQUESTS {
        return bad(format!("requests an hour are 1 to {MOST_REQUESTS}"));
    }
    if new.jitter_min > 12 * 60 {
        return bad("a post is moved off its slot by 12 hours at the most".into());
    }
    super::schedule::check(new)?;
    for (n, template) in new.templates.iter().enumerate() {
        if template.name.trim().is_empty() {
            return bad("a caption template needs a name".into());
        }
        if new.templates[..n].iter().any(|other| other.name == template.name) {
            return bad(format!("there are two caption templates named \"{}\"", template.name));
        }
        super::caption::check(&template.text)?;
    }
    Ok(())
}
