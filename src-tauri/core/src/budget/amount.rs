//! Amounts: billed characters and millionths of a US dollar. Integers throughout; what is rounded is rounded up.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a call costs: its upper bound before it is made, what was charged after it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Price {
    /// Characters as the provider bills them.
    pub characters: u64,
    /// Millionths of a US dollar.
    pub microusd: u64,
}

impl Price {
    /// Nothing.
    pub const FREE: Self = Self { characters: 0, microusd: 0 };

    /// Both together. Sums that no ledger will ever hold stay at the greatest number.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            characters: self.characters.saturating_add(other.characters),
            microusd: self.microusd.saturating_add(other.microusd),
        }
    }

    /// More than that, in either measure.
    #[must_use]
    pub fn passes(self, other: Self) -> bool {
        self.characters > other.characters || self.microusd > other.microusd
    }
}

impl std::iter::Sum for Price {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::FREE, Self::plus)
    }
}

/// Limits, or what is left of them; `None` means no limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Bound {
    /// Billed characters.
    pub characters: Option<u64>,
    /// Millionths of a US dollar.
    pub microusd: Option<u64>,
}

impl Bound {
    /// What is left after so much; never below nothing.
    #[must_use]
    pub fn less(self, spent: Price) -> Self {
        Self {
            characters: self.characters.map(|limit| limit.saturating_sub(spent.characters)),
            microusd: self.microusd.map(|limit| limit.saturating_sub(spent.microusd)),
        }
    }

    /// Whether so much fits. What costs nothing in a measure fits, however little is left of it.
    #[must_use]
    pub fn holds(self, price: Price) -> bool {
        let fits = |left: Option<u64>, needed| needed == 0 || left.is_none_or(|left| needed <= left);
        fits(self.characters, price.characters) && fits(self.microusd, price.microusd)
    }

    /// The tighter of both, in each measure.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let tighter = |a: Option<u64>, b: Option<u64>| match (a, b) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        Self {
            characters: tighter(self.characters, other.characters),
            microusd: tighter(self.microusd, other.microusd),
        }
    }
}

/// `$12.30`; what is less than ten cents with four places, so that it does not read as nothing.
#[must_use]
pub fn dollars(microusd: u64) -> String {
    let round = |unit: u64| microusd.saturating_add(unit / 2) / unit;
    if microusd > 0 && microusd < 100_000 {
        let tenths = round(100);
        format!("${}.{:04}", tenths / 10_000, tenths % 10_000)
    } else {
        let cents = round(10_000);
        format!("${}.{:02}", cents / 100, cents % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_reads_as_people_write_it() {
        assert_eq!([0, 220, 99_960, 12_300_000].map(dollars), ["$0.00", "$0.0002", "$0.1000", "$12.30"]);
    }

    #[test]
    fn what_costs_nothing_fits_into_nothing() {
        let nothing = Bound { characters: Some(0), microusd: Some(0) };
        assert!(nothing.holds(Price::FREE));
        assert!(!nothing.holds(Price { characters: 1, microusd: 0 }));
        assert!(Bound::default().holds(Price { characters: u64::MAX, microusd: u64::MAX }));
    }
}
