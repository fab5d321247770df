//! Rendering a clip again from its receipt, without the cache, to see that the same comes out.

use std::path::Path;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ClipError, get, receipt, store};
use crate::args;
use crate::ffmpeg::{ToolError, Toolbox};
use crate::ids::ClipId;
use crate::jobs::JobContext;
use crate::render::encoder::{Encoder, RenderSettings, VideoEncoder};
use crate::render::receipt::Receipt;
use crate::render::{RenderError, args as paths, files, inputs, make};

/// What rendering a clip again gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Rerender {
    /// Every frame of picture and sound is the same.
    pub equal: bool,
    /// What differs from the time it was made, in words; may be filled even when the frames are equal.
    pub differs: Vec<String>,
}

/// Renders a clip again from its receipt and the narration kept with it, without the cache, and compares every decoded
/// frame of picture and sound. The clip is not touched.
///
/// # Errors
/// [`ClipError::NotFound`]; [`ClipError::Render`] when rendering fails for a reason of today (no ffmpeg, a full disk).
/// Footage that is gone or was changed is a difference, not an error.
pub async fn rerender(context: &JobContext, id: ClipId) -> Result<Rerender, ClipError> {
    let profile = context.profile();
    let (clip, value) = profile.read::<_, ClipError>(|tx| Ok((get(tx, id)?, receipt(tx, id)?)))?;
    let receipt: Receipt = serde_json::from_value(value).map_err(|source| ClipError::Receipt { clip: id, source })?;
    let folder = profile.folder().path(&clip.folder);
    let video = folder.join(format!("{}.mp4", clip.name));
    let mut differs = Vec::new();
    let unequal = |differs| Ok(Rerender { equal: false, differs });
    match files::hash(&video) {
        Ok(hash) if hash == receipt.hashes.mp4 => {}
        Ok(_) => differs.push("the video in the library was changed since it was made".to_owned()),
        Err(error) => {
            differs.push(format!("the video in the library cannot be read ({error})"));
            return unequal(differs);
        }
    }
    let voice = folder.join(store::VOICE);
    let inputs = match inputs::gather(profile, &receipt.timeline, Some(&voice), context.cancel()).await {
        Ok(inputs) => inputs,
        Err(error) if error.is_about_inputs() => {
            differs.push(error.to_string());
            return unequal(differs);
        }
        Err(error) => return Err(error.into()),
    };
    let hardware = receipt.encoder.encoder != VideoEncoder::X264;
    let settings = RenderSettings { encoder: if hardware { Encoder::Hardware } else { Encoder::Software } };
    let made = make::make(context, &receipt.timeline, &inputs, settings, false).await?;

    let mut compare = |what: &str, then: &str, now: &str| {
        if then != now {
            differs.push(format!("{what}: {then} then, {now} now"));
        }
    };
    let programs = &receipt.programs;
    compare("Edit Factory", &programs.edit_factory, env!("CARGO_PKG_VERSION"));
    compare("ffmpeg", &programs.ffmpeg, &made.ffmpeg);
    compare("x264", programs.x264.as_deref().unwrap_or("none"), made.x264.as_deref().unwrap_or("none"));
    compare("fonts", &programs.fonts, &made.fonts);
    compare("encoder", receipt.encoder.encoder.name(), made.encoder.name());
    let platform = make::platform_of(&receipt.timeline)?;
    let settings: Vec<_> =
        made.encoder.settings(&platform.video).iter().map(|a| a.to_string_lossy().into_owned()).collect();
    compare("encoder settings", &receipt.encoder.settings.join(" "), &settings.join(" "));
    let kbps = |n: u32| format!("{n} kbit/s");
    compare("sound", &kbps(receipt.encoder.audio_kbps), &kbps(platform.audio_kbps));

    let tools = profile.toolbox().in_folder(context.tmp());
    let (then, now) = (frames(context, &tools, &video).await?, frames(context, &tools, &made.file).await?);
    let mut equal = true;
    for (what, stream) in [("picture", "0,"), ("sound", "1,")] {
        let of = |all: &str| -> Vec<String> {
            all.lines().filter(|l| l.trim_start().starts_with(stream)).map(str::to_owned).collect()
        };
        let (then, now) = (of(&then), of(&now));
        if then.len() != now.len() {
            differs.push(format!("the {what} had {} frames and has {}", then.len(), now.len()));
        } else if let Some(first) = then.iter().zip(&now).position(|(a, b)| a != b) {
            let count = then.iter().zip(&now).filter(|(a, b)| a != b).count();
            differs.push(format!("{count} of {} frames of the {what} differ, from frame {first} on", then.len()));
        }
        equal &= then == now && !then.is_empty();
    }
    Ok(Rerender { equal, differs })
}

/// The MD5 of every decoded frame, a line each.
async fn frames(context: &JobContext, tools: &Toolbox, file: &Path) -> Result<String, ClipError> {
    let list = args![
        "-v",
        "error",
        "-i",
        paths::file(file),
        "-map",
        "0:v:0",
        "-map",
        "0:a:0",
        "-fflags",
        "+bitexact",
        "-f",
        "framemd5",
        "-"
    ];
    let output = tools.ffmpeg(&list, context.cancel()).await.map_err(|e: ToolError| RenderError::from(e))?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
