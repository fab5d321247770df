//! How long it takes to plan ten variants out of 10,000 shots.

use std::collections::BTreeMap;
use std::time::Instant;

use edit_factory_core::analysis::Shot;
use edit_factory_core::ids::{ShotId, SourceId};
use edit_factory_core::speech::words::{Narration, SpokenSentence, VOICE_RATE, VoiceId, Word};
use edit_factory_core::variants::plan::{PlanInput, PlanShot, plan};

use crate::table::{Aim, Row};
use crate::{BenchError, Place};

const SOURCES: u32 = 500;
const SHOTS_EACH: u32 = 20;
const VARIANTS: u32 = 10;
/// The best of so many, so that a moment of other work does not count.
const TIMES: usize = 5;
const SUBJECTS: [&str; 8] = ["oven", "bread", "market", "street", "hands", "garden", "coffee", "rain"];

/// Plans and measures.
pub fn measure(_: &Place) -> Result<Vec<Row>, BenchError> {
    let shots = shots();
    let narration = narration();
    let nothing_used = BTreeMap::new();
    let nothing_planned = BTreeMap::new();
    let input = PlanInput {
        shots: &shots,
        narration: &narration,
        fps: 30,
        seed: 1,
        variants: VARIANTS,
        tags: &[],
        pins: &[],
        previous: &nothing_planned,
        used_in_batch: &nothing_used,
        used_before: &nothing_used,
    };
    let mut best = f64::MAX;
    let mut segments = 0;
    for _ in 0..TIMES {
        let started = Instant::now();
        let planned = plan(&input).map_err(BenchError::product)?;
        best = best.min(started.elapsed().as_secs_f64() * 1000.0);
        segments = planned.variants.iter().map(|variant| variant.segments.len()).sum();
    }
    Ok(vec![Row {
        what: format!("{} shots planned into {VARIANTS} variants of 28 s", shots.len()),
        aim: Aim::AtMost(200.0),
        seen: best,
        unit: "ms",
        behind: format!("{segments} picks, best of {TIMES}"),
    }])
}

/// A number that looks random and is the same in every run.
fn scattered(n: u32) -> u64 {
    u64::from(n).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23).wrapping_mul(0xbf58_476d_1ce4_e5b9)
}

fn id(kind: u8, n: u32) -> [u8; 16] {
    let mut bytes = [kind; 16];
    bytes[12..].copy_from_slice(&n.to_be_bytes());
    bytes
}

fn shots() -> Vec<PlanShot> {
    let share = |n: u64, shift: u32| ((n >> shift) & 0xff) as f32 / 255.0;
    let mut shots = Vec::new();
    for source in 0..SOURCES {
        let subject = SUBJECTS[source as usize % SUBJECTS.len()];
        for number in 0..SHOTS_EACH {
            let random = scattered(source * SHOTS_EACH + number);
            let start_ms = u64::from(number) * 3000;
            shots.push(PlanShot {
                shot: Shot {
                    id: ShotId::from_bytes(id(1, source * SHOTS_EACH + number)),
                    source: SourceId::from_bytes(id(2, source)),
                    start_ms,
                    end_ms: start_ms + 1500 + random % 1500,
                    scene: number / 3,
                    motion: share(random, 0),
                    sharpness: share(random, 8),
                    contrast: share(random, 16),
                    brightness: share(random, 24),
                    phash: random,
                    anchor_x: 0.5,
                    anchor_y: 0.5,
                    framing: None,
                },
                source_name: format!("{subject}-{source}.mp4"),
                tags: vec![subject.to_owned()],
                source_hash: format!("{source:064x}"),
                source_duration_ms: u64::from(SHOTS_EACH) * 3000,
                source_framing: None,
            });
        }
    }
    shots
}

/// 28 s: ten sentences of seven words, 0.4 s each.
fn narration() -> Narration {
    let voice = VoiceId { provider: "bench".into(), voice: "bench".into() };
    let mut words = Vec::new();
    let mut sentences = Vec::new();
    for sentence in 0..10_u32 {
        let mut text = String::new();
        for word in 0..7_u32 {
            let start_ms = (sentence * 7 + word) * 400;
            let spoken = if word == 3 { SUBJECTS[sentence as usize % SUBJECTS.len()] } else { "and" };
            text = text + spoken + " ";
            words.push(Word { text: spoken.into(), start_ms, end_ms: start_ms + 380, sentence: sentence as usize });
        }
        let samples = u64::from(VOICE_RATE) * 28 / 10;
        sentences.push(SpokenSentence {
            text: text.trim_end().to_owned(),
            start_sample: u64::from(sentence) * samples,
            end_sample: (u64::from(sentence) + 1) * samples,
        });
    }
    Narration {
        language: "en".into(),
        asked: voice.clone(),
        used: voice,
        reasons: Vec::new(),
        steps: Vec::new(),
        cost: None,
        sentences,
        words,
        samples: u64::from(VOICE_RATE) * 28,
    }
}
