//! The table of x264 presets: [`edit_factory_core::render::presets`] measures, this gives it footage and writes it down.

use edit_factory_core::ffmpeg::Toolbox;
use edit_factory_core::host::Tools;
use edit_factory_core::render::{platform, presets};
use tokio_util::sync::CancellationToken;

use crate::facts::Facts;
use crate::{BenchError, Place, footage};

/// Frames taken of each piece of footage.
const FRAMES: u32 = 60;

/// Measures all platforms and gives the document.
pub fn table(place: &Place, facts: &Facts) -> Result<String, BenchError> {
    let folder = place.work.join("presets");
    std::fs::create_dir_all(&folder).map_err(BenchError::io(folder.display().to_string()))?;
    let from = footage::full_hd_folder(place)?;
    let footage: Vec<_> = footage::PLACES.iter().map(|name| from.join(name).with_extension("mp4")).collect();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let tools = Toolbox::new(Tools::find_in(&std::env::split_paths(&path).collect::<Vec<_>>()));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(BenchError::io("tokio"))?;
    let cancel = CancellationToken::new();
    let mut tables = Vec::new();
    let mut differ = String::new();
    for platform in platform::all().iter().filter(|platform| platform.name != "draft") {
        let measured = presets::measure(&tools, platform, &footage, FRAMES, &folder, &cancel);
        let table = runtime.block_on(measured).map_err(BenchError::product)?;
        let chosen = table.chosen().unwrap_or("none").to_owned();
        println!("  {}: {chosen}", platform.name);
        if chosen != platform.video.preset {
            differ += &format!("\n`assets/platforms.json` says `{}` for {}.\n", platform.video.preset, platform.name);
        }
        tables.push(table);
    }
    Ok(format!(
        "# x264 presets\n\nWritten by `cargo xtask bench presets` on {}: {}, {}.\n\n\
         The demo's five places in full HD, {FRAMES} frames of each, with a little noise as a phone's sensor gives it. \
         `medium` is encoded with the platform's CRF; every preset then gets exactly the bitrate that took, in two passes \
         of one thread. SSIM is over all planes, against the picture before encoding. Chosen is the fastest preset that \
         loses no more than {} against `medium`.\n{}{differ}",
        facts.date,
        facts.processor,
        facts.ffmpeg,
        presets::MAY_LOSE,
        presets::markdown(&tables)
    ))
}
