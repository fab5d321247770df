use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

const ZONE: &str = "Europe/Bucharest";

fn settings(slots: &[(u8, u16)], jitter_min: u32) -> PublishSettings {
    PublishSettings {
        time_zone: Some(ZONE.into()),
        slots: slots.iter().map(|(weekday, minute)| Slot { weekday: *weekday, minute: *minute }).collect(),
        jitter_min,
        ..PublishSettings::default()
    }
}

/// Every day at these minutes.
fn daily(minutes: &[u16], jitter_min: u32) -> PublishSettings {
    let slots: Vec<(u8, u16)> = (1..=7).flat_map(|day| minutes.iter().map(move |minute| (day, *minute))).collect();
    settings(&slots, jitter_min)
}

fn ms(text: &str) -> i64 {
    text.parse::<Timestamp>().unwrap().as_millisecond()
}

/// As the clock in Bucharest shows it.
fn local(at: i64) -> String {
    let zone = TimeZone::get(ZONE).unwrap();
    zone.to_datetime(Timestamp::from_millisecond(at).unwrap()).strftime("%Y-%m-%d %H:%M").to_string()
}

fn spread(from: &str, days: u32, a_day: Option<u32>) -> When {
    When::Spread { from: ms(from), days, a_day, seed: 7 }
}

fn go(settings: &PublishSettings, taken: &[i64], clips: u32, when: &When) -> Result<Vec<String>, ScheduleError> {
    let now = ms("2026-11-20T00:00:00Z");
    let all = times(now, settings, taken, clips, when)?;
    Ok(all.into_iter().map(|at| local(at.unwrap())).collect())
}

/// Why it cannot be done, in words.
fn refused(settings: &PublishSettings, clips: u32, when: &When) -> String {
    go(settings, &[], clips, when).unwrap_err().to_string()
}

#[test]
fn slots_are_times_of_the_profiles_clock() {
    let slots = settings(&[(1, 9 * 60), (4, 18 * 60 + 30)], 0);
    let all = go(&slots, &[], 2, &spread("2026-11-23T00:00:00Z", 7, None)).unwrap();
    assert_eq!(all, ["2026-11-23 09:00", "2026-11-26 18:30"]);
}

#[test]
fn a_slot_that_the_clock_jumps_over_goes_out_later_and_one_that_comes_twice_the_first_time() {
    let at_half_past_three = daily(&[3 * 60 + 30], 0);
    // On 28 March 2027 three o'clock becomes four in Bucharest.
    let all = times(0, &at_half_past_three, &[], 3, &spread("2027-03-26T22:00:00Z", 3, None)).unwrap();
    let all: Vec<String> = all.into_iter().map(|at| local(at.unwrap())).collect();
    assert_eq!(all, ["2027-03-27 03:30", "2027-03-28 04:30", "2027-03-29 03:30"]);
    // On 31 October 2027 four o'clock becomes three: half past three is at 00:30 and at 01:30 UTC.
    let all = times(0, &at_half_past_three, &[], 1, &spread("2027-10-30T21:00:00Z", 1, None)).unwrap();
    assert_eq!(all, [Some(ms("2027-10-31T00:30:00Z"))]);
}

#[test]
fn two_slots_that_meet_where_the_clock_jumps_are_one() {
    let slots = daily(&[3 * 60 + 30, 4 * 60 + 30], 0);
    let error = times(0, &slots, &[], 2, &spread("2027-03-27T22:00:00Z", 1, None)).unwrap_err();
    assert!(matches!(error, ScheduleError::TooFew { clips: 2, places: 1, days: 1 }), "{error}");
}

#[test]
fn a_batch_is_spread_over_all_its_days() {
    let slots = daily(&[9 * 60, 12 * 60, 18 * 60], 0);
    let days = |clips, days, a_day| -> Vec<String> {
        let all = go(&slots, &[], clips, &spread("2026-11-22T22:00:00Z", days, a_day)).unwrap();
        all.into_iter().map(|at| at[8..10].to_owned()).collect()
    };
    assert_eq!(days(4, 4, None), ["23", "24", "25", "26"]);
    assert_eq!(days(2, 4, None), ["23", "25"]);
    assert_eq!(days(6, 4, None), ["23", "23", "24", "25", "25", "26"]);
    assert_eq!(days(4, 2, Some(2)), ["23", "23", "24", "24"]);
}

#[test]
fn too_few_slots_none_at_all_and_senseless_days_are_refused_with_numbers() {
    let slots = daily(&[9 * 60, 18 * 60], 0);
    let in_days = |days, a_day| spread("2026-11-22T22:00:00Z", days, a_day);
    let says = refused(&slots, 5, &in_days(2, None));
    assert!(says.starts_with("5 clips do not fit: in 2 days 4 of"), "{says}");
    let says = refused(&slots, 3, &in_days(2, Some(1)));
    assert!(says.contains("2 of the profile's slots"), "{says}");
    assert!(refused(&settings(&[], 0), 1, &in_days(2, None)).contains("no slots"));
    for days in [0, MOST_DAYS + 1] {
        assert!(go(&slots, &[], 1, &in_days(days, None)).is_err());
    }
    let says = refused(&settings(&[(8, 5)], 0), 1, &in_days(2, None));
    assert!(says.contains("weekday 8"), "{says}");
    let nowhere = PublishSettings { time_zone: Some("Mars/Olympus".into()), ..slots };
    assert!(refused(&nowhere, 1, &in_days(2, None)).contains("Mars/Olympus"));
}

#[test]
fn a_slot_around_which_something_goes_out_already_is_full() {
    let slots = daily(&[9 * 60, 18 * 60], 10);
    let taken = [ms("2026-11-23T07:04:00Z")];
    let all = go(&slots, &taken, 1, &spread("2026-11-22T22:00:00Z", 1, None)).unwrap();
    assert!(all[0].as_str() >= "2026-11-23 17:50" && all[0].as_str() <= "2026-11-23 18:10", "{all:?}");
    assert!(go(&slots, &taken, 2, &spread("2026-11-22T22:00:00Z", 1, None)).is_err());
    assert!(go(&slots, &taken, 1, &spread("2026-11-22T22:00:00Z", 1, Some(1))).is_err(), "one goes out that day");
}

#[test]
fn clips_at_one_time_go_out_a_minute_apart_and_past_what_is_taken() {
    let at = ms("2026-11-23T10:00:00Z");
    let taken = [at + 20_000, at + 2 * MINUTE];
    let all = times(0, &settings(&[], 0), &taken, 3, &When::At { at }).unwrap();
    assert_eq!(all, [at + MINUTE, at + 3 * MINUTE, at + 4 * MINUTE].map(Some));
    assert_eq!(times(0, &settings(&[], 0), &[], 2, &When::Now {}).unwrap(), [None, None]);
}

#[test]
fn nothing_is_put_into_the_past() {
    let now = ms("2026-11-23T10:00:01Z");
    let past = times(now, &settings(&[], 0), &[], 1, &When::At { at: now - 1 });
    assert!(matches!(past, Err(ScheduleError::Past(_))));
    assert!(chosen(now, now).is_ok() && chosen(now, now - 1).is_err());
    assert!(matches!(chosen(now, i64::MAX), Err(ScheduleError::OutOfRange(_))));
    // Noon in Bucharest is now; of the minutes around it only the coming ones are left.
    for seed in 0..50 {
        let when = When::Spread { from: now - 5 * 3_600_000, days: 1, a_day: None, seed };
        let all = times(now, &daily(&[12 * 60], 5), &[], 1, &when).unwrap();
        assert!(all[0].unwrap() >= now, "{all:?}");
    }
    assert!(times(now + 6 * MINUTE, &daily(&[12 * 60], 5), &[], 1, &spread("2026-11-23T00:00:00Z", 1, None)).is_err());
}

#[test]
fn iana_names_are_known_and_a_zone_names_itself() {
    for name in ["Europe/Bucharest", "America/Sao_Paulo", "Asia/Kathmandu", "UTC"] {
        let settings = PublishSettings { time_zone: Some(name.into()), ..PublishSettings::default() };
        assert_eq!(zone_name(&zone(&settings).unwrap()), name);
    }
    assert!(!zone_name(&zone(&PublishSettings::default()).unwrap()).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn spread_posts_keep_every_promise(
        slots in prop::collection::vec((1_u8..=7, 0_u16..1440), 1..12),
        jitter in 0_u32..40,
        start in 0_i64..400 * 24 * 60,
        late in -3_i64 * 24 * 60..3 * 24 * 60,
        days in 1_u32..20,
        a_day in prop::option::of(1_u32..4),
        clips in 1_u32..15,
        taken in prop::collection::vec(0_i64..20 * 24 * 60, 0..20),
        seed in any::<u64>(),
    ) {
        let settings = settings(&slots, jitter);
        let from = ms("2026-12-01T00:00:00Z") + start * MINUTE;
        let now = from + late * MINUTE + 31_000;
        let taken: Vec<i64> = taken.into_iter().map(|minute| from + minute * MINUTE + 5_000).collect();
        let when = When::Spread { from, days, a_day, seed };
        let Ok(all) = times(now, &settings, &taken, clips, &when) else { return Ok(()) };
        prop_assert_eq!(&all, &times(now, &settings, &taken, clips, &when).unwrap(), "the same seed gives the same");
        let all: Vec<i64> = all.into_iter().flatten().collect();
        prop_assert_eq!(all.len(), clips as usize);
        prop_assert!(all.windows(2).all(|pair| pair[0] / MINUTE < pair[1] / MINUTE), "in order, a minute each: {all:?}");
        let zone = TimeZone::get(ZONE).unwrap();
        let first = zone.to_datetime(Timestamp::from_millisecond(from).unwrap()).date();
        let mut of_day: BTreeMap<Date, u32> = BTreeMap::new();
        for at in &all {
            prop_assert!(*at >= now && *at >= from, "{} is too early", local(*at));
            prop_assert!(taken.iter().all(|other| other.div_euclid(MINUTE) != at / MINUTE));
            // Some slot of some day is near enough.
            let near = (0..days).any(|number| {
                let date = first.checked_add(i64::from(number).days()).unwrap();
                slots.iter().filter(|slot| i64::from(slot.0) == i64::from(date.weekday().to_monday_one_offset())).any(|slot| {
                    let time = Time::new((slot.1 / 60) as i8, (slot.1 % 60) as i8, 0, 0).unwrap();
                    let at_slot = zone.to_ambiguous_zoned(date.to_datetime(time)).compatible().unwrap();
                    (at_slot.timestamp().as_millisecond() - at).abs() <= i64::from(jitter) * MINUTE
                })
            });
            prop_assert!(near, "{} is at no slot", local(*at));
            let date = zone.to_datetime(Timestamp::from_millisecond(*at).unwrap()).date();
            *of_day.entry(date).or_default() += 1;
        }
        // A jitter over midnight counts for the day of its slot, so that a day may have some of both its neighbours'.
        let most = a_day.map_or(u32::MAX, |most| if jitter == 0 { most } else { 3 * most });
        prop_assert!(of_day.values().all(|count| *count <= most), "{of_day:?}");
    }

    #[test]
    fn every_day_gets_its_even_share(wanted in 0_usize..60, rooms in prop::collection::vec(0_usize..5, 1..30)) {
        let counts = shared_out(wanted, &rooms);
        let total: usize = rooms.iter().sum();
        prop_assert_eq!(counts.iter().sum::<usize>(), wanted.min(total));
        prop_assert!(counts.iter().zip(&rooms).all(|(count, room)| count <= room));
        // No day has two more than another that has room.
        let least = counts.iter().zip(&rooms).filter(|(count, room)| count < room).map(|(count, _)| *count).min();
        prop_assert!(least.is_none_or(|least| counts.iter().all(|count| *count <= least + 1)), "{counts:?} {rooms:?}");
    }
}
