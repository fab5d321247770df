//! The clock and how times are written: UTC milliseconds in storage, ISO 8601 in receipts.

use std::time::{SystemTime, UNIX_EPOCH};

/// Milliseconds since 1970-01-01 UTC. A clock set before 1970 reads as 0.
#[must_use]
pub fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// `2026-11-23T14:03:05Z` for a UTC millisecond; the millisecond itself as text when it is out of range.
#[must_use]
pub fn iso(ms: i64) -> String {
    jiff::Timestamp::from_millisecond(ms).map_or_else(
        |_| ms.to_string(),
        |t| jiff::Timestamp::from_second(t.as_second()).map_or_else(|_| ms.to_string(), |t| t.to_string()),
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_time_is_written_in_utc() {
        assert_eq!(super::iso(1_763_906_585_999), "2025-11-23T14:03:05Z");
    }
}
