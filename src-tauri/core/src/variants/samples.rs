//! Footage and narrations for tests, made from numbers: no media, the same for the same numbers.

use std::collections::BTreeMap;

use crate::analysis::Shot;
use crate::ids::{ShotId, SourceId};
use crate::speech::words::{Narration, SpokenSentence, VOICE_RATE, VoiceId, Word};
use crate::variants::plan::{PlanInput, PlanShot};
use crate::variants::timeline::Timeline;

/// A small generator, so that a sample is a function of its seed.
pub(crate) struct Numbers(u64);

impl Numbers {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    pub(crate) fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.next() % (high - low + 1)
    }

    fn share(&mut self) -> f32 {
        self.between(0, 1000) as f32 / 1000.0
    }
}

fn bytes(kind: u8, number: u64) -> [u8; 16] {
    let mut bytes = [kind; 16];
    bytes[8..].copy_from_slice(&number.to_be_bytes());
    bytes
}

/// A source divided into touching shots of these lengths.
pub(crate) fn source(number: u64, seed: u64, lengths_ms: &[u64]) -> Vec<PlanShot> {
    let mut numbers = Numbers::new(seed ^ (number << 20));
    let mut at = 0;
    let duration = lengths_ms.iter().sum::<u64>() + 30;
    let one = |(index, length): (usize, &u64)| {
        let start_ms = at;
        at += length;
        let shot = Shot {
            id: ShotId::from_bytes(bytes(2, number * 100_000 + index as u64)),
            source: SourceId::from_bytes(bytes(1, number)),
            start_ms,
            end_ms: at,
            scene: 0,
            motion: numbers.share(),
            sharpness: numbers.share(),
            contrast: numbers.share(),
            brightness: numbers.share(),
            phash: numbers.next(),
            anchor_x: 0.4,
            anchor_y: 0.6,
            framing: None,
        };
        PlanShot {
            shot,
            source_name: format!("IMG_{number:04}.MOV"),
            tags: Vec::new(),
            source_hash: format!("{number:064x}"),
            source_duration_ms: duration,
            source_framing: None,
        }
    };
    lengths_ms.iter().enumerate().map(one).collect()
}

/// Many sources of some shots each, 1.5 to 4 s long.
pub(crate) fn footage(seed: u64, sources: u64, shots_each: u64) -> Vec<PlanShot> {
    let mut numbers = Numbers::new(seed);
    let mut all = Vec::new();
    for number in 0..sources {
        let lengths: Vec<u64> = (0..shots_each).map(|_| numbers.between(1500, 4000)).collect();
        all.extend(source(number, seed, &lengths));
    }
    all
}

/// Sentences spoken one after the other, each padded to whole frames of `fps`.
pub(crate) fn narration(seed: u64, fps: u32, sentences: &[&str]) -> Narration {
    let per_frame = u64::from(VOICE_RATE / fps);
    let mut words = Vec::new();
    let mut spoken = Vec::new();
    let mut start_sample = 0_u64;
    for (index, sentence) in sentences.iter().enumerate() {
        // The length of a word depends on the word alone, as with a voice that says it the same way each time.
        let base = start_sample * 1000 / u64::from(VOICE_RATE);
        let mut ms = 40;
        for (place, text) in sentence.split_whitespace().enumerate() {
            let sum = text.bytes().fold(place as u64 + 1, |sum, byte| sum * 31 + u64::from(byte));
            let length = Numbers::new(seed ^ sum).between(150, 620);
            let time = |ms: u64| u32::try_from(base + ms).unwrap();
            words.push(Word { text: text.to_owned(), start_ms: time(ms), end_ms: time(ms + length), sentence: index });
            ms += length + 30;
        }
        let end_sample = start_sample + ((ms + 80) * u64::from(VOICE_RATE) / 1000).div_ceil(per_frame) * per_frame;
        spoken.push(SpokenSentence { text: (*sentence).to_owned(), start_sample, end_sample });
        start_sample = end_sample;
    }
    let voice = VoiceId { provider: "flite".into(), voice: "slt".into() };
    Narration {
        language: "en".into(),
        asked: voice.clone(),
        used: voice,
        reasons: Vec::new(),
        steps: Vec::new(),
        cost: None,
        sentences: spoken,
        words,
        samples: start_sample,
    }
}

/// Sentences of made-up words, 1 to 14 words each.
pub(crate) fn sentences(seed: u64, count: u64) -> Vec<String> {
    let mut numbers = Numbers::new(seed);
    let syllables = ["ba", "do", "ri", "mu", "ke", "lo", "ta", "ve", "ni", "zo"];
    let mut word = || {
        let count = numbers.between(2, 4);
        (0..count).map(|_| syllables[numbers.between(0, 9) as usize]).collect::<String>()
    };
    let mut sizes = Numbers::new(seed ^ 99);
    (0..count)
        .map(|_| {
            let words: Vec<String> = (0..sizes.between(1, 14)).map(|_| word()).collect();
            format!("{}.", words.join(" "))
        })
        .collect()
}

/// What a plan is made of, owned, with nothing known from before.
pub(crate) struct Case {
    pub shots: Vec<PlanShot>,
    pub narration: Narration,
    pub previous: BTreeMap<u32, Timeline>,
    pub used_in_batch: BTreeMap<ShotId, u32>,
    pub used_before: BTreeMap<ShotId, u32>,
}

impl Case {
    pub(crate) fn new(shots: Vec<PlanShot>, narration: Narration) -> Self {
        Self {
            shots,
            narration,
            previous: BTreeMap::new(),
            used_in_batch: BTreeMap::new(),
            used_before: BTreeMap::new(),
        }
    }

    pub(crate) fn input(&self, seed: u64, variants: u32) -> PlanInput<'_> {
        PlanInput {
            shots: &self.shots,
            narration: &self.narration,
            fps: 30,
            seed,
            variants,
            tags: &[],
            pins: &[],
            previous: &self.previous,
            used_in_batch: &self.used_in_batch,
            used_before: &self.used_before,
        }
    }
}
