//! One render from start to end: the planned video's row to a clip in the library.

use std::path::Path;

use serde_json::{Value, json};

use super::inputs::{self, Inputs};
use super::make::{self, Made};
use super::plan::{self, Planned};
use super::receipt::{
    Cost, EncoderLine, Hashes, LoudnessLine, Named, Programs, RECEIPT_VERSION, Receipt, ShotLine, VoiceLine,
    timeline_hash,
};
use super::{RenderError, cache, encoder, files, platform, refit};
use crate::captions::text_tracks;
use crate::clips::{self, store};
use crate::ids::{ClipId, JobId, VariantId};
use crate::jobs::JobContext;
use crate::profile::events::Event;
use crate::profile::media::MediaError;
use crate::profile::settings;
use crate::time::{iso, now_ms};

/// Renders a planned video into a clip; gives `{"clip": id}`. With a `platform`, for that one ([`super::refit`]) in place of
/// the one it was planned for.
///
/// A job makes one clip however often it is started: the clip's id follows from the job's, so a process that died
/// between giving the files their place and storing the row finds them there and only stores the row.
///
/// # Errors
/// [`RenderError`]; nothing is left in the library then. Finished chunks stay in the cache for the next try.
pub async fn run(context: &JobContext, variant: VariantId, platform: Option<&str>) -> Result<Value, RenderError> {
    context.report(0.0, "reading the plan");
    let profile = context.profile();
    let id = clip_of(context.job());
    let done = json!({ "clip": id });
    // Also for one that a dead process put there: saying it twice changes nothing.
    let kept = || match platform {
        Some(_) => profile.write(|tx| clips::keep_like_the_others(tx, id)),
        None => Ok(()),
    };
    if store::take_up(profile, id)? {
        kept()?;
        profile.announce(Event::Clip { clip: id });
        return Ok(done);
    }
    let (planned, planned_for, shared, settings) = profile.read::<_, RenderError>(|tx| {
        let mut planned = plan::read(tx, variant)?;
        let planned_for = planned.timeline.platform.clone();
        if let Some(name) = platform {
            let platform = platform::by_name(name).ok_or_else(|| RenderError::UnknownPlatform(name.to_owned()))?;
            planned.timeline = refit::timeline(tx, &planned, &platform)?;
        }
        let shared = plan::shared(tx, &planned)?;
        Ok((planned, planned_for, shared, settings::get(tx, &encoder::SETTINGS)?.unwrap_or_default()))
    })?;
    make::platform_of(&planned.timeline)?;
    let inputs = inputs::gather(profile, &planned.timeline, None, context.cancel()).await?;
    let made = make::make(context, &planned.timeline, &inputs, settings, true).await?;

    let still = make::still(context, &planned.timeline, &made.file).await;
    let mut receipt = receipt(context, id, planned, &inputs, &made)?;
    receipt.shared_shots = shared;
    if receipt.platform != planned_for {
        // Told apart from the one it was planned as, also where both are copied to one folder.
        receipt.name = files::safe_name(&format!("{}-{}", receipt.name, receipt.platform));
    }
    let folder = context.tmp().join("clip");
    let (voice, video) = (inputs.voice, made.file);
    let owner = profile.clone();
    let write = move || {
        cache::tidy(&owner)?;
        write(&folder, receipt, (&video, &voice, still.as_deref())).map(|receipt| (folder, receipt))
    };
    let (folder, receipt) = tokio::task::spawn_blocking(write)
        .await
        .map_err(|e| RenderError::io("written", context.tmp())(std::io::Error::other(e)))??;
    // The last moment to stop: from here on the clip exists.
    if context.cancel().is_cancelled() {
        return Err(crate::ffmpeg::ToolError::Cancelled.into());
    }
    store::put(profile, &folder, &receipt)?;
    kept()?;
    profile.announce(Event::Clip { clip: id });
    Ok(done)
}

/// The clip a render job makes.
fn clip_of(job: JobId) -> ClipId {
    let hash = blake3::derive_key("edit-factory 2026 clip of a render job", job.to_string().as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    // The marks of a version 8 UUID: "made by a rule of one's own".
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    ClipId::from_bytes(bytes)
}

/// The receipt, but for the hashes of the files.
fn receipt(
    context: &JobContext,
    id: ClipId,
    planned: Planned,
    inputs: &Inputs,
    made: &Made,
) -> Result<Receipt, RenderError> {
    let platform = make::platform_of(&planned.timeline)?;
    let timeline = planned.timeline;
    let ms = |frames: u32| u64::from(frames) * 1000 / u64::from(timeline.fps.max(1));
    let shots = timeline
        .segments
        .iter()
        .map(|segment| ShotLine {
            shot: segment.pick.shot,
            source: Named {
                id: segment.pick.source,
                name: inputs.sources.get(&segment.pick.source).map(|s| s.name.clone()).unwrap_or_default(),
            },
            source_hash: segment.pick.source_hash.clone(),
            in_ms: segment.pick.in_ms,
            out_ms: segment.pick.in_ms + ms(segment.frames),
            at_ms: ms(segment.start),
            framing: segment.framing,
            reason: segment.reason.clone(),
        })
        .collect();
    let mut notes = planned.notes;
    notes.extend(made.notes.iter().cloned());
    Ok(Receipt {
        version: RECEIPT_VERSION,
        clip: id,
        name: files::safe_name(&format!("{}-{}", planned.script.name, planned.number + 1)),
        made_at: iso(now_ms()),
        programs: Programs {
            edit_factory: env!("CARGO_PKG_VERSION").into(),
            ffmpeg: made.ffmpeg.clone(),
            x264: made.x264.clone(),
            fonts: made.fonts.clone(),
        },
        profile: context.profile().id(),
        project: planned.project,
        script: planned.script,
        variant: planned.id,
        number: planned.number,
        seed: planned.seed,
        batch: planned.batch,
        platform: platform.name.clone(),
        frames: timeline.frames,
        duration_ms: ms(timeline.frames),
        bytes: 0,
        shots,
        words: timeline.words.clone(),
        voice: VoiceLine {
            asked: timeline.voice.asked.clone(),
            used: timeline.voice.used.clone(),
            reasons: timeline.voice.reasons.clone(),
        },
        cost: timeline
            .voice
            .cost
            .map_or_else(Cost::default, |paid| Cost { characters: paid.characters, micro_usd: paid.microusd }),
        loudness: LoudnessLine { target: platform.loudness, measured: made.loudness },
        encoder: EncoderLine {
            encoder: made.encoder,
            settings: made.encoder.settings(&platform.video).iter().map(|a| a.to_string_lossy().into_owned()).collect(),
            audio_kbps: platform.audio_kbps,
        },
        hashes: Hashes { mp4: String::new(), srt: String::new(), vtt: String::new(), voice: String::new() },
        shared_shots: Vec::new(),
        notes,
        timeline_hash: timeline_hash(&timeline),
        timeline,
    })
}

/// Writes all files of the clip into a folder of the job's and fills in their hashes.
fn write(
    folder: &Path,
    mut receipt: Receipt,
    (video, voice, still): (&Path, &Path, Option<&Path>),
) -> Result<Receipt, RenderError> {
    std::fs::create_dir_all(folder).map_err(MediaError::io("made", folder))?;
    let file = |ending: &str| folder.join(format!("{}.{ending}", receipt.name));
    let (mp4, srt, vtt, json) = (file("mp4"), file("srt"), file("vtt"), file("json"));
    let narration = folder.join(store::VOICE);
    std::fs::rename(video, &mp4).map_err(MediaError::io("moved", video))?;
    if let Some(still) = still {
        std::fs::rename(still, folder.join(store::STILL)).map_err(MediaError::io("moved", still))?;
    }
    std::fs::copy(voice, &narration).map_err(MediaError::io("copied", voice))?;
    std::fs::write(&srt, text_tracks::srt(&receipt.timeline.captions)).map_err(MediaError::io("written", &srt))?;
    std::fs::write(&vtt, text_tracks::vtt(&receipt.timeline.captions)).map_err(MediaError::io("written", &vtt))?;
    receipt.bytes = mp4.metadata().map_err(MediaError::io("read", &mp4))?.len();
    let hash = |path: &Path| files::hash(path).map_err(MediaError::io("read", path));
    receipt.hashes = Hashes { mp4: hash(&mp4)?, srt: hash(&srt)?, vtt: hash(&vtt)?, voice: hash(&narration)? };
    let text = serde_json::to_string_pretty(&receipt)
        .map_err(|e| MediaError::io("written", &json)(std::io::Error::other(e)))?;
    std::fs::write(&json, text).map_err(MediaError::io("written", &json))?;
    files::sync_folder(folder).map_err(MediaError::io("written", folder))?;
    Ok(receipt)
}
