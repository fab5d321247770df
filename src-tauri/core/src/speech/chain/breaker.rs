//! A breaker for each provider of a profile: one that keeps failing is left alone for a while, then asked again with a
//! question that costs nothing.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Scripts in a row that must fail before it opens.
const FAILURES: u32 = 3;
/// How long it stays open at first; twice as long after each failed probe.
const OPEN: Duration = Duration::from_secs(30);
/// Never longer than this.
const OPEN_MOST: Duration = Duration::from_secs(600);

#[derive(Debug, Clone, Copy)]
struct State {
    failures: u32,
    opened: u32,
    until: Option<Instant>,
}

/// What may be done with a provider now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gate {
    /// Ask it.
    Closed,
    /// Ask first whether it is well.
    HalfOpen,
    /// Leave it alone for this long.
    Open(Duration),
}

/// The breakers of one profile; in memory, so a restart begins afresh.
#[derive(Debug, Default)]
pub(crate) struct Breakers {
    states: Mutex<HashMap<String, State>>,
}

impl Breakers {
    fn with<T>(&self, provider: &str, work: impl FnOnce(&mut State) -> T) -> T {
        let mut states = self.states.lock().unwrap_or_else(PoisonError::into_inner);
        work(states.entry(provider.to_owned()).or_insert(State { failures: 0, opened: 0, until: None }))
    }

    pub(crate) fn gate(&self, provider: &str, now: Instant) -> Gate {
        self.with(provider, |state| match state.until {
            None => Gate::Closed,
            Some(until) if until > now => Gate::Open(until - now),
            Some(_) => Gate::HalfOpen,
        })
    }

    pub(crate) fn succeeded(&self, provider: &str) {
        self.with(provider, |state| *state = State { failures: 0, opened: 0, until: None });
    }

    pub(crate) fn failed(&self, provider: &str, now: Instant) {
        self.with(provider, |state| {
            state.failures += 1;
            // One that was open already has had its chances.
            if state.failures >= FAILURES || state.until.is_some() {
                let length = OPEN.saturating_mul(1 << state.opened.min(8)).min(OPEN_MOST);
                state.until = Some(now + length);
                state.opened += 1;
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_opens_after_three_failures_and_asks_again_later_and_longer() {
        let (breakers, now) = (Breakers::default(), Instant::now());
        for _ in 0..2 {
            breakers.failed("edge", now);
        }
        assert_eq!(breakers.gate("edge", now), Gate::Closed);
        breakers.failed("edge", now);
        assert_eq!(breakers.gate("edge", now), Gate::Open(OPEN));
        assert_eq!(breakers.gate("elevenlabs", now), Gate::Closed);
        let later = now + OPEN;
        assert_eq!(breakers.gate("edge", later), Gate::HalfOpen);
        breakers.failed("edge", later);
        assert_eq!(breakers.gate("edge", later), Gate::Open(OPEN * 2));
        breakers.succeeded("edge");
        breakers.failed("edge", later);
        assert_eq!(breakers.gate("edge", later), Gate::Closed);
    }
}
