//! Tests of the ledger: what is held, refused, let go of, and what nobody knows.

use super::*;
use crate::error::{Code, Explain};
use crate::profile::Profile;
use crate::testkit::bench;

pub(super) fn need(characters: u64) -> Need {
    Need {
        provider: "elevenlabs".into(),
        model: "eleven_v3".into(),
        price: Price { characters, microusd: characters * 220 },
        project: None,
        job: None,
        what: "hash".into(),
    }
}

fn charge(characters: u64) -> Charge {
    Charge { price: Price { characters, microusd: characters * 220 }, request_id: Some("r1".into()) }
}

fn limit(profile: &Profile, characters: u64) {
    set_quota(profile, Some("elevenlabs"), Bound { characters: Some(characters), microusd: None }).unwrap();
}

fn one(profile: &Profile, characters: u64) -> Reservation {
    reserve_all(profile, vec![need(characters)]).unwrap().remove(0)
}

fn line(profile: &Profile) -> (u64, u64, Option<u64>) {
    let line = quota_state(profile).unwrap().providers.remove(0);
    (line.used_characters, line.reserved_characters, line.remaining_characters)
}

#[test]
fn money_is_held_when_reserved_and_what_was_charged_stays() {
    let bench = bench();
    limit(&bench.profile, 1000);
    let sent = one(&bench.profile, 400).send().unwrap();
    assert_eq!(line(&bench.profile), (0, 400, Some(600)));
    sent.settle(&charge(350)).unwrap();
    assert_eq!(line(&bench.profile), (350, 0, Some(650)));
    let row = list(&bench.profile, &CostFilter::default(), 10, 0).unwrap().costs.remove(0);
    assert_eq!((row.state, row.request_id.as_deref()), (LedgerState::Settled, Some("r1")));
    assert_eq!(row.charged, Some(charge(350).price));
}

#[test]
fn what_does_not_fit_is_refused_whole_with_the_numbers_and_nothing_is_held() {
    let bench = bench();
    limit(&bench.profile, 1000);
    one(&bench.profile, 300).send().unwrap().settle(&charge(300)).unwrap();
    let _held = one(&bench.profile, 200);
    let refused = reserve_all(&bench.profile, vec![need(400), need(101)]).unwrap_err();
    assert_eq!(refused.code(), Code::OverQuota);
    let details = refused.details();
    let numbers = ["used", "reserved", "remaining", "needed"].map(|n| details[n]["characters"].as_u64().unwrap());
    assert_eq!(numbers, [300, 200, 500, 501]);
    assert_eq!(line(&bench.profile), (300, 200, Some(500)));
    assert!(check(&bench.profile, &[need(500)]).is_ok());
    assert!(check(&bench.profile, &[need(501)]).is_err());
}

#[test]
fn the_limit_of_all_together_holds_for_each_and_in_money_too() {
    let bench = bench();
    set_quota(&bench.profile, None, Bound { characters: None, microusd: Some(220_000) }).unwrap();
    assert!(check(&bench.profile, &[need(1000)]).is_ok());
    assert_eq!(check(&bench.profile, &[need(1001)]).unwrap_err().details()["provider"], serde_json::Value::Null);
    assert_eq!(remaining(&bench.profile, "elevenlabs").unwrap().microusd, Some(220_000));
    limit(&bench.profile, 10);
    assert_eq!(remaining(&bench.profile, "elevenlabs").unwrap().characters, Some(10));
}

#[test]
fn dropping_a_reservation_lets_go_of_it_and_dropping_a_sent_call_holds_it() {
    let bench = bench();
    drop(one(&bench.profile, 100));
    assert_eq!(line(&bench.profile).1, 0);
    drop(one(&bench.profile, 100).send().unwrap());
    assert_eq!(line(&bench.profile).1, 100);
    assert_eq!(unknown(&bench.profile).unwrap().len(), 1);
}

#[test]
fn an_unknown_call_is_held_until_it_is_known_and_paid_once() {
    let bench = bench();
    let ids: Vec<_> = (0..2)
        .map(|_| {
            let sent = one(&bench.profile, 100).send().unwrap();
            let id = sent.id();
            sent.unknown("time-out").unwrap();
            id
        })
        .collect();
    assert_eq!(line(&bench.profile), (0, 200, None));
    reconcile(&bench.profile, ids[0], &Found::Charged(charge(90))).unwrap();
    reconcile(&bench.profile, ids[1], &Found::NotThere).unwrap();
    assert_eq!(line(&bench.profile), (90, 0, None));
    let again = reconcile(&bench.profile, ids[0], &Found::Charged(charge(90))).unwrap_err();
    assert_eq!(again.code(), Code::WrongState);
    assert_eq!(line(&bench.profile), (90, 0, None));
}

#[test]
fn an_overrun_is_kept_shown_and_stops_the_next_call_until_somebody_decides() {
    let bench = bench();
    limit(&bench.profile, 10_000);
    let overrun = || one(&bench.profile, 100).send().unwrap().settle(&charge(150)).unwrap();
    overrun();
    let refused = reserve_all(&bench.profile, vec![need(1)]).unwrap_err();
    assert_eq!(refused.code(), Code::OverQuota);
    assert_eq!(refused.details()["overrun"]["charged"]["characters"], 150);
    assert!(quota_state(&bench.profile).unwrap().providers[0].blocked.is_some());
    assert!(list(&bench.profile, &CostFilter::default(), 1, 0).unwrap().costs[0].overrun);
    limit(&bench.profile, 10_000);
    assert!(reserve_all(&bench.profile, vec![need(1)]).is_ok());
    assert_eq!(line(&bench.profile).0, 150);
    // Without a limit, too; and what is free is never stopped.
    set_quota(&bench.profile, Some("elevenlabs"), Bound::default()).unwrap();
    overrun();
    let refused = reserve_all(&bench.profile, vec![need(1)]).unwrap_err();
    assert!(refused.to_string().contains("quota acknowledge"), "{refused}");
    assert!(check(&bench.profile, &[Need { price: Price::FREE, ..need(0) }]).is_ok());
    assert!(acknowledge(&bench.profile, Some("somebody")).is_err());
    acknowledge(&bench.profile, Some("edge")).unwrap();
    assert!(check(&bench.profile, &[need(1)]).is_err());
    acknowledge(&bench.profile, Some("elevenlabs")).unwrap();
    assert!(check(&bench.profile, &[need(1)]).is_ok());
    overrun();
    acknowledge(&bench.profile, None).unwrap();
    assert!(quota_state(&bench.profile).unwrap().providers[0].blocked.is_none());
}

#[test]
fn an_entry_of_the_history_settles_one_call_and_the_other_stays_held() {
    let bench = bench();
    let mut sent: Vec<Sent> = (0..2).map(|_| one(&bench.profile, 100).send().unwrap()).collect();
    assert!(sent.remove(0).settle_found(&charge(90)).unwrap());
    assert!(!sent.remove(0).settle_found(&charge(90)).unwrap());
    assert_eq!(line(&bench.profile), (90, 100, None));
    // The answer to a third comes, and is the one that the first was thought to be: that one is held again.
    one(&bench.profile, 100).send().unwrap().settle(&charge(90)).unwrap();
    assert_eq!(line(&bench.profile), (90, 190, None));
}

#[test]
fn a_limit_warns_at_the_share_that_was_set() {
    let bench = bench();
    limit(&bench.profile, 1000);
    let _held = one(&bench.profile, 799);
    let warns = || quota_state(&bench.profile).unwrap().providers[0].warning;
    assert!(!warns());
    let _more = one(&bench.profile, 1);
    assert!(warns());
    set_warning(&bench.profile, 0.9).unwrap();
    assert!(!warns());
    assert!(set_warning(&bench.profile, 1.5).is_err());
}

#[test]
fn a_new_month_starts_empty_and_a_call_stays_in_the_month_it_was_reserved_in() {
    let bench = bench();
    limit(&bench.profile, 1000);
    let last_year = crate::time::now_ms() - 400 * 86_400_000;
    let held = reservation::reserve_at(&bench.profile, &[need(1000)], last_year).unwrap().remove(0);
    held.send().unwrap().settle(&charge(1000)).unwrap();
    assert_eq!(line(&bench.profile), (0, 0, Some(1000)));
    let sums = summary(&bench.profile, &month_of(last_year), SumBy::Provider).unwrap();
    assert_eq!((sums[0].key.as_deref(), sums[0].charged.characters), (Some("elevenlabs"), 1000));
}

#[test]
fn what_another_process_holds_stays_held_while_it_lives_and_not_longer() {
    let bench = bench();
    // A second home is a second process here: its lock files are its own.
    let other = crate::home::Home::open(bench.home.host().clone()).unwrap();
    let theirs = other.profile(bench.profile.id()).unwrap();
    let reserved = one(&theirs, 10);
    let sent = one(&theirs, 20).send().unwrap();
    assert_eq!(recover(&bench.profile).unwrap(), 0);
    assert_eq!(line(&bench.profile).1, 30);
    // Killed: nothing of it is written, its locks go. Its lock file is removed to stand for that.
    std::fs::remove_dir_all(bench.profile.root().join("payers")).unwrap();
    std::mem::forget((reserved, sent));
    assert_eq!(recover(&bench.profile).unwrap(), 2);
    assert_eq!(line(&bench.profile).1, 20);
    assert_eq!(unknown(&bench.profile).unwrap()[0].reserved.characters, 20);
}

#[test]
fn costs_are_exported_whole_and_no_cell_is_a_formula() {
    let bench = bench();
    let mut formula = need(7);
    formula.model = "=1+1".into();
    let held = reserve_all(&bench.profile, vec![formula]).unwrap().remove(0);
    held.send().unwrap().settle(&charge(7)).unwrap();
    let file = export(&bench.profile, &bench.desk).unwrap();
    let text = std::fs::read_to_string(file).unwrap();
    assert_eq!(text.lines().count(), 2);
    assert!(text.contains(",'=1+1,,7,0.001540,7,0.001540,r1,"), "{text}");
    assert!(export(&bench.profile, std::path::Path::new("relative.csv")).is_err());
}
