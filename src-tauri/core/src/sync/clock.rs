//! When something was changed, and by whom: a hybrid logical clock. It is never behind anything this device has seen, so a
//! change that was made in sight of another one is later than it, however wrong the clocks of the machines are.

use std::fmt;
use std::str::FromStr;

/// A time and a device: the greater one wins. As text, which sorts the same way, 16 hexadecimal digits (milliseconds << 16,
/// plus a counter), a colon, and 8 digits of the device.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clock {
    /// Milliseconds << 16, plus a counter.
    pub time: i64,
    /// Which device: 8 lower-case hexadecimal digits.
    pub node: String,
}

/// Bits of the counter.
pub(super) const COUNTER: u32 = 16;

/// The text is no clock.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is no clock")]
pub struct BadClock(pub String);

impl Clock {
    /// The moment in it, UTC milliseconds.
    #[must_use]
    pub fn ms(&self) -> i64 {
        self.time >> COUNTER
    }

    /// The next time of a device that has last given or seen `last`, at this moment.
    #[must_use]
    pub fn next(last: i64, now_ms: i64) -> i64 {
        (last + 1).max(now_ms.max(0) << COUNTER)
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}:{}", self.time, self.node)
    }
}

impl FromStr for Clock {
    type Err = BadClock;

    fn from_str(text: &str) -> Result<Self, BadClock> {
        let bad = || BadClock(text.to_owned());
        let (time, node) = text.split_once(':').ok_or_else(bad)?;
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if time.len() != 16 || node.len() != 8 || !digits(time) || !digits(node) {
            return Err(bad());
        }
        Ok(Self { time: i64::from_str_radix(time, 16).map_err(|_| bad())?, node: node.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_sorts_as_its_text_does() {
        let mut clocks: Vec<Clock> = [
            "0000000000000001:00000000",
            "019abcdef0120000:00c0ffee",
            "019abcdef0120001:00000001",
            "019abcdef0120000:00c0fffe",
        ]
        .iter()
        .map(|text| text.parse().unwrap())
        .collect();
        let mut texts: Vec<String> = clocks.iter().map(ToString::to_string).collect();
        clocks.sort();
        texts.sort();
        assert_eq!(texts, clocks.iter().map(ToString::to_string).collect::<Vec<_>>());
    }

    #[test]
    fn what_is_no_clock_is_refused() {
        for text in ["", "1:2", "019abcdef0120000:00C0FFEE", "019abcdef0120000-00c0ffee", "f19abcdef0120000:00c0ffee"] {
            assert!(text.parse::<Clock>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_next_time_is_later_than_the_last_even_when_the_machine_is_behind() {
        let now = 1_763_906_585_999;
        assert_eq!(Clock::next(0, now) >> COUNTER, now);
        let ahead = (now + 3_600_000) << COUNTER;
        assert_eq!(Clock::next(ahead, now), ahead + 1);
    }
}
