//! A receipt of the usual size, for videos that were never made.

use edit_factory_core::ids::{BatchId, ClipId, ProfileId, ProjectId, ScriptId, ShotId, SourceId, VariantId};
use edit_factory_core::render::receipt::Receipt;
use serde_json::{Value, json};

use crate::BenchError;

/// Words of one: 28 s of speech.
const WORDS: u32 = 70;
/// Shots of one.
const SHOTS: u32 = 10;

/// The JSON of one, which the product itself can read.
///
/// # Errors
/// When receipts have changed and this one has not.
pub fn usual(project: ProjectId, script: ScriptId) -> Result<String, BenchError> {
    let hash = "a1".repeat(32);
    let voice = json!({ "provider": "flite", "voice": "slt" });
    let words: Vec<Value> = (0..WORDS)
        .map(|n| json!({ "text": "bread", "start_ms": n * 400, "end_ms": n * 400 + 380, "sentence": n / 8 }))
        .collect();
    let shots: Vec<Value> = (0..SHOTS)
        .map(|n| {
            json!({
                "shot": ShotId::new(), "source": { "id": SourceId::new(), "name": format!("kitchen {n}.mp4") },
                "source_hash": hash, "in_ms": 1000, "out_ms": 3800, "at_ms": n * 2800,
                "framing": { "how": "fill", "x": 0.5, "y": 0.5 }, "reason": "unused, sharp",
            })
        })
        .collect();
    let timeline = json!({
        "version": 1, "platform": "tiktok", "width": 1080, "height": 1920, "fps": 30, "frames": 840,
        "segments": [], "words": [], "captions": [],
        "voice": {
            "file": { "path": "cache/voice/v.wav", "hash": hash }, "start": 0, "samples": 1_344_000,
            "gain_db": 0.0, "asked": voice, "used": voice,
        },
    });
    let receipt = json!({
        "version": 1, "clip": ClipId::new(), "name": "bread-1", "made_at": "2026-11-26T08:00:00Z",
        "programs": { "edit_factory": "0.1.0", "ffmpeg": "5.1", "x264": "164", "fonts": hash },
        "profile": ProfileId::new(), "project": { "id": project, "name": "Bench" },
        "script": { "id": script, "name": "s" }, "variant": VariantId::new(), "number": 0, "seed": 1,
        "batch": BatchId::new(), "platform": "tiktok", "frames": 840, "duration_ms": 28_000, "bytes": 9_000_000,
        "shots": shots, "words": words, "voice": { "asked": voice, "used": voice, "reasons": [] },
        "cost": { "characters": 0, "micro_usd": 0 },
        "loudness": {
            "target": { "lufs": -14.0, "peak_dbtp": -1.5 },
            "measured": { "lufs": -14.1, "peak_dbtp": -1.8, "range_lu": 5.2 },
        },
        "encoder": { "encoder": "x264", "settings": ["-crf", "20"], "audio_kbps": 192 },
        "hashes": { "mp4": hash, "srt": hash, "vtt": hash, "voice": hash },
        "shared_shots": [], "notes": [], "timeline_hash": hash,
        "timeline": timeline,
    });
    let text = receipt.to_string();
    serde_json::from_str::<Receipt>(&text)
        .map_err(|error| BenchError::Unexpected(format!("the receipt for the measurements is out of date: {error}")))?;
    Ok(text)
}
