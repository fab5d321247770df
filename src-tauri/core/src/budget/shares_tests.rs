//! Devices that spend while they cannot hear each other, in every order; and shares as they are stored.

use proptest::prelude::*;

use super::*;
use crate::budget::tests::need;
use crate::budget::{Charge, reserve_all, set_quota};
use crate::error::{Code, Explain};
use crate::testkit::bench;

const LIMIT: u64 = 1000;

fn characters(n: u64) -> Bound {
    Bound { characters: Some(n), microusd: None }
}

fn price(n: u64) -> Price {
    Price { characters: n, microusd: 0 }
}

/// One device as it sees itself and, some time ago, the others.
#[derive(Debug, Clone, Copy)]
struct Device {
    share: u64,
    own: u64,
    known_of_others: u64,
}

#[derive(Debug, Clone)]
enum Step {
    /// A device spends, if it may.
    Spend(usize, u64),
    /// A device hears of everything that was spent.
    Hear(usize),
    /// A device gives a part of its share away; it arrives later.
    Give(usize, usize, u64),
    /// What is on its way arrives, the oldest first.
    Arrive,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        6 => (0..4_usize, 1..400_u64).prop_map(|(d, n)| Step::Spend(d, n)),
        2 => (0..4_usize).prop_map(Step::Hear),
        2 => (0..4_usize, 0..4_usize, 1..300_u64).prop_map(|(a, b, n)| Step::Give(a, b, n)),
        1 => Just(Step::Arrive),
    ];
    proptest::collection::vec(step, 1..60)
}

/// Four shares that come to at most the limit.
fn shared() -> impl Strategy<Value = [u64; 4]> {
    proptest::array::uniform4(0..=LIMIT).prop_map(|mut parts| {
        let mut left = LIMIT;
        for part in &mut parts {
            *part = (*part).min(left);
            left -= *part;
        }
        parts
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn devices_that_cannot_hear_each_other_never_pass_the_limit(shares in shared(), steps in steps()) {
        let mut devices = shares.map(|share| Device { share, own: 0, known_of_others: 0 });
        let mut on_the_way: Vec<(usize, u64)> = Vec::new();
        for step in steps {
            let spent: u64 = devices.iter().map(|d| d.own).sum();
            match step {
                Step::Spend(d, n) => {
                    let device = &mut devices[d];
                    let known = price(device.own + device.known_of_others);
                    let left = left(characters(LIMIT), Some(characters(device.share)), known, price(device.own));
                    if left.holds(price(n)) {
                        device.own += n;
                    }
                }
                Step::Hear(d) => devices[d].known_of_others = spent - devices[d].own,
                Step::Give(from, to, n) => {
                    if let Some(rest) = take(characters(devices[from].share), price(devices[from].own), price(n)) {
                        devices[from].share = rest.characters.unwrap();
                        on_the_way.push((to, n));
                    }
                }
                Step::Arrive if !on_the_way.is_empty() => {
                    let (to, n) = on_the_way.remove(0);
                    devices[to].share = add(characters(devices[to].share), price(n)).characters.unwrap();
                }
                Step::Arrive => {}
            }
            let spent: u64 = devices.iter().map(|d| d.own).sum();
            prop_assert!(spent <= LIMIT, "{devices:?}");
            prop_assert!(devices.iter().all(|d| d.own <= d.share), "{devices:?}");
        }
    }

    #[test]
    fn without_shares_a_device_that_hears_everything_never_passes_the_limit(
        spends in proptest::collection::vec((0..4_usize, 1..400_u64), 1..60)
    ) {
        let mut own = [0_u64; 4];
        for (d, n) in spends {
            let known = price(own.iter().sum());
            if left(characters(LIMIT), None, known, price(own[d])).holds(price(n)) {
                own[d] += n;
            }
            prop_assert!(own.iter().sum::<u64>() <= LIMIT);
        }
    }
}

#[test]
fn a_share_is_what_this_device_may_spend_and_costs_of_others_count_in_the_limit() {
    let bench = bench();
    let profile = &bench.profile;
    let me = profile.payer().device().to_owned();
    set_quota(profile, Some("elevenlabs"), characters(LIMIT)).unwrap();
    let shares: Shares = [(me.clone(), characters(300)), ("desk".into(), characters(700))].into();
    set_shares(profile, Some("elevenlabs"), &shares).unwrap();
    let refused = reserve_all(profile, vec![need(301)]).unwrap_err();
    assert_eq!(refused.code(), Code::OverQuota);
    assert_eq!(refused.details()["share"]["characters"], 300, "{refused}");
    let paid = reserve_all(profile, vec![need(100)]).unwrap().remove(0).send().unwrap();
    paid.settle(&Charge { price: need(100).price, request_id: None }).unwrap();
    // What the other device spent, once it is heard of: past its share, so that the limit is what is left to guard.
    profile
        .write::<_, DbError>(|tx| {
            tx.execute(
                "INSERT INTO ledger SELECT 'theirs', state, provider, model, month, 750, 0, 750, 0, 0, NULL, NULL, what,
                        NULL, NULL, 'desk', owner, created_at, sent_at, ended_at FROM ledger WHERE state = 'settled'",
                [],
            )?;
            Ok(())
        })
        .unwrap();
    assert_eq!(quota::remaining(profile, "elevenlabs").unwrap().characters, Some(150));
    // The window knows these very words: `ui/src/lib/saidMoney.ts`.
    let blocked = |profile| crate::budget::quota_state(profile).unwrap().providers.remove(0).blocked;
    assert_eq!(blocked(profile), None);
    assert!(reserve_all(profile, vec![need(151)]).is_err());
    // A device that has no share where there are some has nothing.
    set_shares(profile, Some("elevenlabs"), &[("desk".into(), characters(1000))].into()).unwrap();
    assert!(reserve_all(profile, vec![need(1)]).is_err());
    assert_eq!(blocked(profile).unwrap(), "The share of this device of the limit of this month is used up.");
    set_shares(profile, Some("elevenlabs"), &Shares::new()).unwrap();
    assert!(reserve_all(profile, vec![need(150)]).is_ok());
}

#[test]
fn shares_come_to_no_more_than_their_limit_and_go_with_it() {
    let bench = bench();
    let profile = &bench.profile;
    let me = profile.payer().device().to_owned();
    let half: Shares = [(me.clone(), characters(500)), ("desk".into(), characters(500))].into();
    assert!(set_shares(profile, None, &half).is_err(), "without a limit there is nothing to share");
    set_quota(profile, None, characters(LIMIT)).unwrap();
    set_shares(profile, None, &half).unwrap();
    let too_much: Shares = [(me.clone(), characters(501)), ("desk".into(), characters(500))].into();
    assert!(set_shares(profile, None, &too_much).is_err());
    assert!(set_quota(profile, None, characters(999)).is_err(), "less than is shared out");
    give_share(profile, None, "desk", price(200)).unwrap();
    assert!(give_share(profile, None, "desk", price(301)).is_err());
    let given: Shares = [(me, characters(300)), ("desk".into(), characters(700))].into();
    assert_eq!(super::shares(profile, None).unwrap(), given);
    set_quota(profile, None, Bound::default()).unwrap();
    assert_eq!(super::shares(profile, None).unwrap(), Shares::new());
}
