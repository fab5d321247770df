//! Chance that depends only on what it is asked about: the same seed and the same things give the same number, in
//! whatever order they are asked. So a plan does not change where nothing that matters to it changed.

/// A well-mixed number from these numbers.
pub(super) fn mix(parts: &[u64]) -> u64 {
    // The finaliser of SplitMix64 over a running sum: each input bit reaches every output bit.
    parts.iter().fold(0x9e37_79b9_7f4a_7c15, |state: u64, part| {
        let mut z = (state ^ part).wrapping_add(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    })
}

/// The same as a number from 0 (included) to 1 (not included).
pub(super) fn unit(parts: &[u64]) -> f32 {
    // 24 bits are what an f32 holds exactly.
    (mix(parts) >> 40) as f32 / 16_777_216.0
}

/// A number that stands for a text (FNV-1a).
pub(super) fn text(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |state, byte| (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_spread_evenly_and_stay_below_one() {
        let mut tenths = [0; 10];
        for n in 0..10_000 {
            let value = unit(&[7, n]);
            assert!((0.0..1.0).contains(&value));
            tenths[(value * 10.0) as usize] += 1;
        }
        assert!(tenths.iter().all(|n| (800..1200).contains(n)), "{tenths:?}");
    }
}
