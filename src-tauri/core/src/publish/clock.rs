//! Times as people write and read them: in the profile's time zone.

use jiff::Timestamp;
use jiff::civil::DateTime;

use super::error::PublishError;
use super::{keep, schedule};
use crate::profile::Profile;

/// The moment (UTC milliseconds) of `2026-12-01 18:30` in the profile's time zone, or of a time that names its own offset. A
/// time that a change of clocks leaves out is taken an hour later; of two the first.
///
/// # Errors
/// [`PublishError::BadTime`].
pub fn read_time(profile: &Profile, text: &str) -> Result<i64, PublishError> {
    if let Ok(moment) = text.trim().parse::<Timestamp>() {
        return Ok(moment.as_millisecond());
    }
    let zone = schedule::zone(&keep::settings_of(profile)?)?;
    let bad = || PublishError::BadTime(text.to_owned());
    let there: DateTime = text.trim().parse().map_err(|_| bad())?;
    let moment = zone.to_ambiguous_zoned(there).compatible().map_err(|_| bad())?;
    Ok(moment.timestamp().as_millisecond())
}

/// `2026-12-01 18:30` in the profile's time zone, for a UTC millisecond.
///
/// # Errors
/// [`PublishError::Schedule`] when the zone is not known here.
pub fn show_time(profile: &Profile, ms: i64) -> Result<String, PublishError> {
    let zone = schedule::zone(&keep::settings_of(profile)?)?;
    let moment = Timestamp::from_millisecond(ms).map_err(|_| PublishError::BadTime(ms.to_string()))?;
    Ok(moment.to_zoned(zone).strftime("%Y-%m-%d %H:%M").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::PublishSettings;
    use crate::testkit::bench;

    #[test]
    fn a_time_is_read_and_shown_in_the_profiles_zone_and_an_offset_of_its_own_counts() {
        let bench = bench();
        let settings = PublishSettings { time_zone: Some("Europe/Bucharest".into()), ..PublishSettings::default() };
        keep::set(&bench.profile, settings).unwrap();
        let read = |text: &str| read_time(&bench.profile, text);
        // Bucharest is two hours ahead in winter, three in summer.
        assert_eq!(read("2026-12-01 18:30").unwrap(), read("2026-12-01T16:30:00Z").unwrap());
        assert_eq!(read("2026-07-01 18:30").unwrap(), read("2026-07-01T18:30:00+03:00").unwrap());
        assert_eq!(show_time(&bench.profile, read("2026-12-01 18:30").unwrap()).unwrap(), "2026-12-01 18:30");
        assert!(matches!(read("tomorrow"), Err(PublishError::BadTime(_))));
    }
}
