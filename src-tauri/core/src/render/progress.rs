//! How far a render is: frames encoded over all frames, with shares for sound, joining and checking. Pure.

/// Share of the whole that encoding frames is.
const FRAMES: f64 = 0.92;
/// Share of the sound.
const SOUND: f64 = 0.05;
/// Share of joining.
const JOIN: f64 = 0.02;

/// What is done so far.
#[derive(Debug, Clone)]
pub struct Tally {
    chunks: Vec<(u32, u32)>,
    finished: usize,
    sound: bool,
    joined: bool,
    checked: bool,
}

impl Tally {
    /// For chunks of these lengths, in frames.
    #[must_use]
    pub fn new(frames: impl IntoIterator<Item = u32>) -> Self {
        let chunks = frames.into_iter().map(|f| (0, f)).collect();
        Self { chunks, finished: 0, sound: false, joined: false, checked: false }
    }

    /// A chunk has this many frames. Going back is ignored: an encoder that is started again says 0 first.
    pub fn frames(&mut self, chunk: usize, done: u64) {
        if let Some((so_far, all)) = self.chunks.get_mut(chunk) {
            *so_far = u32::try_from(done).unwrap_or(u32::MAX).min(*all).max(*so_far);
        }
    }

    /// A chunk is done.
    pub fn finished(&mut self, chunk: usize) {
        self.frames(chunk, u64::MAX);
        self.finished += 1;
    }

    /// The sound is done.
    pub fn sound(&mut self) {
        self.sound = true;
    }

    /// The file is joined.
    pub fn joined(&mut self) {
        self.joined = true;
    }

    /// The file is what it should be.
    pub fn checked(&mut self) {
        self.checked = true;
    }

    /// 0 to 1.
    #[must_use]
    pub fn share(&self) -> f64 {
        let (done, all) =
            self.chunks.iter().fold((0.0, 0.0), |(d, a), (done, all)| (d + f64::from(*done), a + f64::from(*all)));
        let part = |on: bool, share: f64| if on { share } else { 0.0 };
        FRAMES * done / f64::max(all, 1.0)
            + part(self.sound, SOUND)
            + part(self.joined, JOIN)
            + part(self.checked, 1.0 - FRAMES - SOUND - JOIN)
    }

    /// "encoding shot 4 of 9", "mixing the sound", …
    #[must_use]
    pub fn step(&self) -> String {
        let all = self.chunks.len();
        if self.finished < all {
            format!("encoding shot {} of {all}", self.finished + 1)
        } else if !self.sound {
            "mixing the sound".into()
        } else if !self.joined {
            "joining".into()
        } else {
            "checking the video".into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_step_has_its_words_and_the_end_is_one() {
        let mut tally = Tally::new([30, 60]);
        assert_eq!(tally.step(), "encoding shot 1 of 2");
        tally.finished(1);
        assert_eq!(tally.step(), "encoding shot 2 of 2");
        tally.finished(0);
        assert_eq!(tally.step(), "mixing the sound");
        tally.sound();
        assert_eq!(tally.step(), "joining");
        tally.joined();
        assert_eq!(tally.step(), "checking the video");
        tally.checked();
        assert!((tally.share() - 1.0).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn the_share_never_goes_back(events in prop::collection::vec((0_usize..4, 0_u64..100), 0..60)) {
            let mut tally = Tally::new([10, 50, 90]);
            let mut before = 0.0;
            for (chunk, frames) in events {
                tally.frames(chunk, frames);
                prop_assert!(tally.share() >= before && tally.share() <= 1.0);
                before = tally.share();
            }
        }
    }
}
