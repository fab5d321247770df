//! Values for the tests of this room.

use serde_json::{Value, json};

use crate::ids::{BatchId, ClipId, ProfileId, ProjectId, ScriptId, VariantId};
use crate::variants::timeline::Timeline;

/// The receipt of a clip that was made of this timeline by this version of the program.
pub(crate) fn receipt(clip: ClipId, variant: VariantId, name: &str, timeline: &Timeline) -> Value {
    let (voice, hash) = (&timeline.voice.used, "");
    json!({
        "version": 1, "clip": clip, "name": name, "made_at": "2026-11-26T10:00:00Z",
        "programs": { "edit_factory": env!("CARGO_PKG_VERSION"), "ffmpeg": "0", "x264": null, "fonts": "0" },
        "profile": ProfileId::new(),
        "project": { "id": ProjectId::new(), "name": "p" }, "script": { "id": ScriptId::new(), "name": "s" },
        "variant": variant, "number": 0, "seed": 7, "batch": BatchId::new(), "platform": timeline.platform,
        "frames": timeline.frames, "duration_ms": 1, "bytes": 1, "shots": [], "words": timeline.words,
        "voice": { "asked": voice, "used": voice, "reasons": [] },
        "cost": { "characters": 0, "micro_usd": 0 },
        "loudness": { "target": { "lufs": -14.0, "peak_dbtp": -1.5 },
                      "measured": { "lufs": -14.0, "peak_dbtp": -2.0, "range_lu": 3.0 } },
        "encoder": { "encoder": "x264", "settings": [], "audio_kbps": 128 },
        "hashes": { "mp4": hash, "srt": hash, "vtt": hash, "voice": hash },
        "shared_shots": [], "notes": [], "timeline_hash": "", "timeline": timeline,
    })
}
