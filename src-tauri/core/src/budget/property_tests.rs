//! Random sequences of everything that can happen to paid calls of two profiles, against a model of a few lines.

use proptest::prelude::*;

use super::tests::need;
use super::*;
use crate::profile::Profile;
use crate::testkit::bench;

const LIMIT: u64 = 1000;

#[derive(Debug, Clone)]
enum Step {
    Reserve(u64),
    ReserveTwo(u64, u64),
    Send,
    Settle(u64),
    Release,
    Lose,
    Drop,
    Reconcile(Option<u64>),
    Decide,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (1..400_u64).prop_map(Step::Reserve),
        1 => (1..300_u64, 1..300_u64).prop_map(|(a, b)| Step::ReserveTwo(a, b)),
        4 => Just(Step::Send),
        // In percent of what was reserved: now and then more than that.
        3 => (0..115_u64).prop_map(Step::Settle),
        1 => Just(Step::Release),
        1 => Just(Step::Lose),
        1 => Just(Step::Drop),
        1 => proptest::option::of(0..100_u64).prop_map(Step::Reconcile),
        1 => Just(Step::Decide),
    ]
}

/// One profile as it should be.
struct Model {
    profile: Profile,
    reserved: Vec<(Reservation, u64)>,
    sent: Vec<(Sent, u64)>,
    unknown: Vec<(crate::ids::LedgerId, u64)>,
    used: u64,
    overcharged: bool,
    blocked: bool,
}

impl Model {
    fn new(profile: Profile) -> Self {
        set_quota(&profile, Some("elevenlabs"), Bound { characters: Some(LIMIT), microusd: None }).unwrap();
        Self { profile, reserved: vec![], sent: vec![], unknown: vec![], used: 0, overcharged: false, blocked: false }
    }

    fn held(&self) -> u64 {
        let reserved = self.reserved.iter().map(|(_, n)| n);
        reserved.chain(self.sent.iter().map(|(_, n)| n)).chain(self.unknown.iter().map(|(_, n)| n)).sum()
    }

    fn charge(characters: u64) -> Charge {
        Charge { price: Price { characters, microusd: 0 }, request_id: None }
    }

    fn reserve(&mut self, wanted: &[u64]) {
        let fits = !self.blocked && self.used + self.held() + wanted.iter().sum::<u64>() <= LIMIT;
        match reserve_all(&self.profile, wanted.iter().map(|n| need(*n)).collect()) {
            Ok(held) => {
                assert!(fits, "held what does not fit");
                self.reserved.extend(held.into_iter().zip(wanted.iter().copied()));
            }
            Err(error) => assert!(!fits, "{error}"),
        }
    }

    fn apply(&mut self, step: Step) {
        match step {
            Step::Reserve(n) => self.reserve(&[n]),
            Step::ReserveTwo(a, b) => self.reserve(&[a, b]),
            Step::Send => {
                if let Some((reservation, n)) = self.reserved.pop() {
                    self.sent.push((reservation.send().unwrap(), n));
                }
            }
            Step::Settle(percent) => {
                if let Some((sent, n)) = self.sent.pop() {
                    let charged = n * percent / 100;
                    sent.settle(&Self::charge(charged)).unwrap();
                    self.used += charged;
                    self.overcharged |= charged > n;
                    self.blocked |= charged > n;
                }
            }
            Step::Release => {
                if let Some((reservation, _)) = self.reserved.pop() {
                    reservation.release("test").unwrap();
                }
            }
            Step::Lose => {
                if let Some((sent, n)) = self.sent.pop() {
                    self.unknown.push((sent.id(), n));
                    sent.unknown("test").unwrap();
                }
            }
            Step::Drop => {
                self.reserved.clear();
                for (sent, n) in self.sent.drain(..) {
                    self.unknown.push((sent.id(), n));
                }
            }
            Step::Reconcile(percent) => {
                if let Some((id, n)) = self.unknown.pop() {
                    let found = percent.map_or(Found::NotThere, |p| Found::Charged(Self::charge(n * p / 100)));
                    reconcile(&self.profile, id, &found).unwrap();
                    self.used += percent.map_or(0, |p| n * p / 100);
                }
            }
            Step::Decide => {
                let limit = Bound { characters: Some(LIMIT), microusd: None };
                set_quota(&self.profile, Some("elevenlabs"), limit).unwrap();
                self.blocked = false;
            }
        }
    }

    fn compare(&self) {
        let line = quota_state(&self.profile).unwrap().providers.remove(0);
        assert_eq!((line.used_characters, line.reserved_characters), (self.used, self.held()));
        assert!(self.overcharged || self.used + self.held() <= LIMIT, "the quota was passed");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_calls_passes_a_quota_or_charges_the_other_profile(
        steps in proptest::collection::vec((any::<bool>(), step()), 1..40)
    ) {
        let bench = bench();
        let other = bench.home.create("Other", None).unwrap().id;
        let mut pair = [Model::new(bench.profile.clone()), Model::new(bench.home.profile(other).unwrap())];
        for (second, step) in steps {
            pair[usize::from(second)].apply(step);
            pair.iter().for_each(Model::compare);
        }
    }
}
