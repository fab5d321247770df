//! When posts go out: at once, at one time, or spread over the slots of the profile's week.
//!
//! Slots are times of the profile's own clock, so they follow summer time: one that the clock jumps over goes out as much
//! later as it jumps, one that comes twice goes out the first time. No two clips of a profile go out in the same minute, and
//! none in the past. Pure: the time that it is now is given.

use std::collections::BTreeSet;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ts_rs::TS;

use super::model::{PublishSettings, Slot, When};
use crate::error::{Code, Explain};
use crate::time::iso;

/// A minute in milliseconds.
const MINUTE: i64 = 60_000;
/// The most days a batch is spread over.
pub const MOST_DAYS: u32 = 366;

/// A time for a clip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PlannedSlot {
    /// Which clip, from 0.
    pub clip: u32,
    /// UTC milliseconds.
    pub at: i64,
}

/// Why posts cannot go out like this.
#[derive(Debug, thiserror::Error)]
pub enum ScheduleError {
    /// No such time zone.
    #[error("There is no time zone \"{0}\". Choose one by its IANA name, such as Europe/Bucharest.")]
    UnknownZone(String),
    /// A time that has passed.
    #[error("{} has passed already. Choose a later time.", iso(*.0))]
    Past(i64),
    /// A slot that no week has.
    #[error("A slot on weekday {}, minute {} is none: weekdays are 1 (Monday) to 7, minutes 0 to 1439.", .0.weekday, .0.minute)]
    BadSlot(Slot),
    /// Nothing to spread over.
    #[error("The profile has no slots, so there is nothing to spread clips over. Add slots, or choose a time.")]
    NoSlots,
    /// A number of days that makes no sense.
    #[error("A batch is spread over 1 to {MOST_DAYS} days, not {0}.")]
    BadDays(u32),
    /// Fewer places than clips.
    #[error(
        "{clips} clips do not fit: in {days} days {places} of the profile's slots are free. Choose more days, more clips a \
         day, or add slots."
    )]
    TooFew {
        /// How many clips.
        clips: u32,
        /// How many there is room for.
        places: u32,
        /// In how many days.
        days: u32,
    },
    /// A moment that no calendar has.
    #[error("The time {0} is out of every calendar's range.")]
    OutOfRange(i64),
}

impl Explain for ScheduleError {
    fn code(&self) -> Code {
        Code::InvalidInput
    }

    fn details(&self) -> Value {
        match self {
            Self::UnknownZone(name) => json!({ "zone": name }),
            Self::Past(at) | Self::OutOfRange(at) => json!({ "at": at }),
            Self::BadSlot(slot) => json!({ "weekday": slot.weekday, "minute": slot.minute }),
            Self::NoSlots => json!({}),
            Self::BadDays(days) => json!({ "days": days, "most": MOST_DAYS }),
            Self::TooFew { clips, places, days } => json!({ "clips": clips, "places": places, "days": days }),
        }
    }
}

/// The time zone that counts: the profile's, else this machine's, else UTC.
///
/// # Errors
/// [`ScheduleError::UnknownZone`].
pub fn zone(settings: &PublishSettings) -> Result<TimeZone, ScheduleError> {
    match &settings.time_zone {
        Some(name) => TimeZone::get(name).map_err(|_| ScheduleError::UnknownZone(name.clone())),
        None => Ok(TimeZone::try_system().unwrap_or(TimeZone::UTC)),
    }
}

/// The IANA name of a time zone; "UTC" for one without.
#[must_use]
pub fn zone_name(zone: &TimeZone) -> String {
    zone.iana_name().unwrap_or("UTC").to_owned()
}

/// Whether settings can be scheduled by: the time zone there is, the slots of a week.
///
/// # Errors
/// [`ScheduleError::UnknownZone`], [`ScheduleError::BadSlot`].
pub fn check(settings: &PublishSettings) -> Result<(), ScheduleError> {
    zone(settings)?;
    let bad = settings.slots.iter().find(|slot| !(1..=7).contains(&slot.weekday) || slot.minute >= 24 * 60);
    bad.map_or(Ok(()), |slot| Err(ScheduleError::BadSlot(*slot)))
}

/// A time chosen by hand.
///
/// # Errors
/// [`ScheduleError::Past`], [`ScheduleError::OutOfRange`].
pub fn chosen(now_ms: i64, at: i64) -> Result<i64, ScheduleError> {
    moment(at)?;
    if at < now_ms { Err(ScheduleError::Past(at)) } else { Ok(at) }
}

/// When each of so many clips goes out; `None` as soon as it can. `taken` are the times of the profile's other
/// publications.
///
/// # Errors
/// [`ScheduleError`].
pub fn times(
    now_ms: i64,
    settings: &PublishSettings,
    taken: &[i64],
    clips: u32,
    when: &When,
) -> Result<Vec<Option<i64>>, ScheduleError> {
    match when {
        When::Now {} | When::Draft {} => Ok(vec![None; clips as usize]),
        When::At { at } => {
            let mut taken: BTreeSet<i64> = taken.iter().map(|at| at.div_euclid(MINUTE)).collect();
            let mut next = chosen(now_ms, *at)?;
            let mut all = Vec::with_capacity(clips as usize);
            for _ in 0..clips {
                // The next minute in which nothing else goes out.
                while !taken.insert(next.div_euclid(MINUTE)) {
                    next += MINUTE;
                }
                all.push(Some(next));
            }
            Ok(all)
        }
        When::Spread { from, days, a_day, seed } => {
            check(settings)?;
            let zone = zone(settings)?;
            let spread = Spread { now_ms, from: *from, days: *days, a_day: *a_day, seed: *seed, zone, settings };
            Ok(spread.times(taken, clips)?.into_iter().map(Some).collect())
        }
    }
}

fn moment(at: i64) -> Result<Timestamp, ScheduleError> {
    Timestamp::from_millisecond(at).map_err(|_| ScheduleError::OutOfRange(at))
}

struct Spread<'a> {
    now_ms: i64,
    from: i64,
    days: u32,
    a_day: Option<u32>,
    seed: u64,
    zone: TimeZone,
    settings: &'a PublishSettings,
}

/// A slot of a day with the minutes around it in which a post may go out.
struct Place {
    /// Minutes since 1970, UTC, in order; never none.
    minutes: Vec<i64>,
}

impl Spread<'_> {
    fn times(&self, taken: &[i64], clips: u32) -> Result<Vec<i64>, ScheduleError> {
        if self.days == 0 || self.days > MOST_DAYS {
            return Err(ScheduleError::BadDays(self.days));
        }
        if self.settings.slots.is_empty() {
            return Err(ScheduleError::NoSlots);
        }
        let mut taken: BTreeSet<i64> = taken.iter().map(|at| at.div_euclid(MINUTE)).collect();
        let days = self.days_with_places(&taken)?;
        let rooms: Vec<usize> = days.iter().map(|(room, _)| *room).collect();
        let places: usize = rooms.iter().sum();
        let wanted = clips as usize;
        if wanted > places {
            let places = u32::try_from(places).unwrap_or(u32::MAX);
            return Err(ScheduleError::TooFew { clips, places, days: self.days });
        }
        let mut rng = ChaCha8Rng::seed_from_u64(self.seed);
        let mut all = Vec::with_capacity(wanted);
        for (count, (_, mut places)) in shared_out(wanted, &rooms).into_iter().zip(days) {
            // Drawn for all, so that what another day takes changes nothing here.
            places.shuffle(&mut rng);
            let mut left = count;
            for place in places {
                let drawn: u64 = rng.random();
                if left == 0 {
                    continue;
                }
                // A neighbouring slot may have taken one of its minutes.
                let free: Vec<i64> = place.minutes.into_iter().filter(|minute| !taken.contains(minute)).collect();
                if let Some(minute) = pick(&free, drawn) {
                    taken.insert(minute);
                    all.push(minute * MINUTE);
                    left -= 1;
                }
            }
        }
        if all.len() < wanted {
            let places = u32::try_from(all.len()).unwrap_or(u32::MAX);
            return Err(ScheduleError::TooFew { clips, places, days: self.days });
        }
        all.sort_unstable();
        Ok(all)
    }

    /// For every day: how many clips it takes, and its places.
    fn days_with_places(&self, taken: &BTreeSet<i64>) -> Result<Vec<(usize, Vec<Place>)>, ScheduleError> {
        let first = self.zone.to_datetime(moment(self.from)?).date();
        let slots: BTreeSet<Slot> = self.settings.slots.iter().copied().collect();
        let mut all = Vec::with_capacity(self.days as usize);
        for number in 0..self.days {
            let Ok(date) = first.checked_add(i64::from(number).days()) else { break };
            let there = self.taken_on(date, taken);
            let mut places = self.places(date, &slots, taken);
            places.retain(|place| !place.minutes.is_empty());
            let room = self.a_day.map_or(places.len(), |most| (most as usize).saturating_sub(there).min(places.len()));
            all.push((room, places));
        }
        Ok(all)
    }

    /// In how many minutes of a day something goes out already.
    fn taken_on(&self, date: Date, taken: &BTreeSet<i64>) -> usize {
        let start = |date: Date| self.instant(date.to_datetime(Time::midnight())).map(|at| at.div_euclid(MINUTE));
        let (Some(from), Some(to)) = (start(date), date.tomorrow().ok().and_then(start)) else { return 0 };
        taken.range(from..to.max(from)).count()
    }

    fn places(&self, date: Date, slots: &BTreeSet<Slot>, taken: &BTreeSet<i64>) -> Vec<Place> {
        let weekday = date.weekday().to_monday_one_offset();
        let jitter = i64::from(self.settings.jitter_min);
        let mut middles: Vec<i64> = Vec::new();
        for slot in slots.iter().filter(|slot| i64::from(slot.weekday) == i64::from(weekday)) {
            let time = i8::try_from(slot.minute / 60).ok().zip(i8::try_from(slot.minute % 60).ok());
            let Some(time) = time.and_then(|(hour, minute)| Time::new(hour, minute, 0, 0).ok()) else { continue };
            middles.extend(self.instant(date.to_datetime(time)).map(|at| at.div_euclid(MINUTE)));
        }
        // Two slots can meet where the clock jumps.
        middles.sort_unstable();
        middles.dedup();
        // A post that is there already fills the slot it is nearest to.
        let mut full = BTreeSet::new();
        for minute in taken {
            let nearest = middles.iter().min_by_key(|middle| (*middle - minute).abs());
            full.extend(nearest.filter(|middle| (*middle - minute).abs() <= jitter).copied());
        }
        // Not before the first whole minute that is neither past nor too early.
        let earliest = self.from.max(self.now_ms);
        let earliest = earliest.div_euclid(MINUTE) + i64::from(earliest.rem_euclid(MINUTE) > 0);
        middles
            .into_iter()
            .filter(|middle| !full.contains(middle))
            .map(|middle| {
                let around = (middle - jitter).max(earliest)..=middle + jitter;
                Place { minutes: around.filter(|minute| !taken.contains(minute)).collect() }
            })
            .collect()
    }

    /// A time of the profile's clock as UTC milliseconds.
    fn instant(&self, at: DateTime) -> Option<i64> {
        self.zone.to_ambiguous_zoned(at).compatible().ok().map(|zoned| zoned.timestamp().as_millisecond())
    }
}

fn pick(from: &[i64], drawn: u64) -> Option<i64> {
    let count = u64::try_from(from.len()).ok().filter(|count| *count > 0)?;
    from.get(usize::try_from(drawn % count).ok()?).copied()
}

/// How many of `wanted` each day takes: as even as their rooms allow, and spread over all of them.
fn shared_out(wanted: usize, rooms: &[usize]) -> Vec<usize> {
    let mut counts = vec![0; rooms.len()];
    let mut left = wanted;
    while left > 0 {
        let open: Vec<usize> = (0..rooms.len()).filter(|day| counts[*day] < rooms[*day]).collect();
        if open.is_empty() {
            break;
        }
        // A round of one for each open day; the last round, which is not enough for all, at even distances.
        let round = left.min(open.len());
        for n in 0..round {
            counts[open[n * open.len() / round]] += 1;
        }
        left -= round;
    }
    counts
}

#[cfg(test)]
#[path = "schedule_tests.rs"]
mod tests;
