//! The doctor: is everything there that a video needs? A line for each thing, each saying what to do.
//!
//! It changes nothing (but mends unpacked fonts) and never fails: what cannot be found out is a line, too.

use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;
use ts_rs::TS;

use crate::args;
use crate::captions::fonts;
use crate::error::Failure;
use crate::ffmpeg::{ToolError, Toolbox};
use crate::home::Home;
use crate::profile::Profile;
use crate::profile::db::DbError;
use crate::render::encoder::{self, VideoEncoder};
use crate::render::{platform, tool};
use crate::speech::installed::VoiceState;
use crate::speech::voices;

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "DoctorLine")]
pub struct Line {
    /// What ("ffmpeg", "captions", "disk").
    pub name: String,
    /// Videos can be made as far as this goes. A thing that is merely nice to have is fine without.
    pub ok: bool,
    /// How it is.
    pub says: String,
    /// What to do; empty when there is nothing to do.
    pub todo: String,
}

impl Line {
    fn good(name: &str, says: impl Into<String>) -> Self {
        Self { name: name.into(), ok: true, says: says.into(), todo: String::new() }
    }

    fn bad(name: &str, says: impl Into<String>, todo: impl Into<String>) -> Self {
        Self { name: name.into(), ok: false, says: says.into(), todo: todo.into() }
    }

    fn hint(name: &str, says: impl Into<String>, todo: impl Into<String>) -> Self {
        Self { name: name.into(), ok: true, says: says.into(), todo: todo.into() }
    }
}

/// Less free space than this is worth a warning, bytes.
const LITTLE_SPACE: u64 = 5_000_000_000;
/// With less than this, not even one video fits, bytes.
const NO_SPACE: u64 = 500_000_000;

const GET_FFMPEG: &str = "Install a complete ffmpeg, 5.1 or newer. Debian and Ubuntu: apt install ffmpeg; Fedora: dnf \
                          install ffmpeg (from RPM Fusion); macOS: brew install ffmpeg; Windows: winget install ffmpeg.";

/// Looks at everything. With a profile, its database and voices as well.
pub async fn report(home: &Home, profile: Option<&Profile>, cancel: &CancellationToken) -> Vec<Line> {
    let tools = Toolbox::new(home.tools());
    let mut lines = ffmpeg(&tools, cancel).await;
    lines.push(ffprobe(&tools, cancel).await);
    lines.push(espeak(&tools, cancel).await);
    lines.push(piper(home));
    if let Some(profile) = profile {
        lines.push(speakers(profile, cancel).await);
    }
    lines.push(lettering(home));
    lines.extend(encoders(&tools, cancel).await);
    lines.push(disk(home));
    if let Some(profile) = profile {
        lines.push(database(profile));
    }
    lines
}

async fn ffmpeg(tools: &Toolbox, cancel: &CancellationToken) -> Vec<Line> {
    let facts = match tool::facts(tools, cancel).await {
        Ok(facts) => facts,
        Err(error) => return vec![Line::bad("ffmpeg", error.to_string(), GET_FFMPEG)],
    };
    let place = tools.ffmpeg_path().map(|p| p.display().to_string()).unwrap_or_default();
    let lacks = facts.lacks();
    let mut lines = vec![if lacks.is_empty() {
        Line::good("ffmpeg", format!("version {} at {place}, with all filters videos need", facts.version))
    } else {
        Line::bad("ffmpeg", format!("version {} at {place}: {}", facts.version, lacks.join("; ")), GET_FFMPEG)
    }];
    if !facts.filters.contains("flite") {
        lines.push(Line::hint(
            "flite",
            "this ffmpeg has no flite, the small English voice",
            "Nothing, if espeak-ng or your own narration will do; else install an ffmpeg with libflite.",
        ));
    }
    lines
}

async fn ffprobe(tools: &Toolbox, cancel: &CancellationToken) -> Line {
    match tools.ffprobe(&args!["-version"], cancel).await {
        Ok(output) => {
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            let version = text.split_whitespace().nth(2).unwrap_or("unknown");
            Line::good("ffprobe", format!("version {version}"))
        }
        Err(error) => Line::bad("ffprobe", error.to_string(), "It comes with ffmpeg: install ffmpeg again."),
    }
}

async fn espeak(tools: &Toolbox, cancel: &CancellationToken) -> Line {
    match tools.espeak(&args!["--version"], "", cancel).await {
        Ok(output) => {
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            Line::good("espeak-ng", text.split("Data at").next().unwrap_or_default().trim().to_owned())
        }
        Err(error @ ToolError::Missing { .. }) => Line::hint(
            "espeak-ng",
            error.to_string(),
            "Install it to have scripts spoken in languages other than English.",
        ),
        Err(error) => Line::bad("espeak-ng", error.to_string(), "Install espeak-ng again."),
    }
}

/// Piper's voices are nice to have, so their absence is no fault; one that is there and cannot speak is worth a word.
fn piper(home: &Home) -> Line {
    let catalog = match home.installed().catalog() {
        Ok(catalog) => catalog,
        Err(error) => return Line::hint("piper", error.to_string(), "Install the program again."),
    };
    let here = catalog.voices.iter().filter(|voice| voice.state != VoiceState::Absent);
    let (waiting, ready): (Vec<_>, Vec<_>) = here.partition(|voice| voice.state == VoiceState::Waiting);
    let todo = "edit-factory voice install onnxruntime, and espeak-ng from your system, are what a voice needs.";
    match (waiting.first(), ready.as_slice(), &catalog.runtime.installed) {
        (Some(voice), ..) => {
            let lacks = voice.lacks.as_deref().unwrap_or("something is missing");
            Line::hint("piper", format!("{} cannot speak: {lacks}", voice.id), todo)
        }
        (None, [], _) => Line::hint(
            "piper",
            "no natural voice is installed on this machine",
            "Nothing, if the others will do; else see `edit-factory voice catalog`.",
        ),
        (None, ready, runtime) => {
            let names: Vec<&str> = ready.iter().map(|voice| voice.id.as_str()).collect();
            let runtime = runtime.as_deref().unwrap_or("unknown");
            Line::good("piper", format!("{} with ONNX Runtime {runtime}", names.join(", ")))
        }
    }
}

async fn speakers(profile: &Profile, cancel: &CancellationToken) -> Line {
    match voices::list(profile, cancel).await {
        Ok(all) => {
            let installed: Vec<_> = all.iter().filter(|v| v.installed).collect();
            let mut languages: Vec<&str> = installed.iter().map(|v| v.language.as_str()).collect();
            languages.sort_unstable();
            languages.dedup();
            if installed.is_empty() {
                Line::bad(
                    "voices",
                    "no voice is installed, so only your own narration can be used",
                    "Install espeak-ng, or an ffmpeg with libflite.",
                )
            } else {
                Line::good("voices", format!("{} voices in {} languages", installed.len(), languages.len()))
            }
        }
        Err(error) => Line::bad("voices", error.to_string(), "Install espeak-ng again."),
    }
}

fn lettering(home: &Home) -> Line {
    match fonts::unpack(home.root()) {
        Ok(_) => Line::good("fonts", format!("{} caption fonts", fonts::families().len())),
        Err(error) => Line::bad("fonts", error.to_string(), "Make the home folder writable and start again."),
    }
}

/// Each hardware encoder with how its test went; x264 decides whether videos can be made.
async fn encoders(tools: &Toolbox, cancel: &CancellationToken) -> Vec<Line> {
    let Some(platform) = platform::all().into_iter().next() else { return Vec::new() };
    let size = (platform.width, platform.height);
    let mut works = Vec::new();
    let mut lines = Vec::new();
    for encoder in std::iter::once(VideoEncoder::X264).chain(VideoEncoder::HARDWARE) {
        match encoder::try_out(tools, encoder, &platform.video, size, cancel).await {
            Ok(tried) => match (tried.failed, encoder) {
                (None, VideoEncoder::X264) => lines.push(Line::good("x264", "encoded a test video")),
                (Some(why), VideoEncoder::X264) => lines.push(Line::bad("x264", why, GET_FFMPEG)),
                (None, hardware) => works.push(hardware.name()),
                (Some(why), hardware) => tracing::debug!(encoder = hardware.name(), why, "failed its test"),
            },
            Err(error) => {
                lines.push(Line::bad("encoders", error.to_string(), GET_FFMPEG));
                return lines;
            }
        }
    }
    lines.push(if works.is_empty() {
        let tried = VideoEncoder::HARDWARE.map(VideoEncoder::name).join(", ");
        Line::good("hardware encoders", format!("tried {tried}: none works here, so x264 is used"))
    } else {
        Line::good("hardware encoders", format!("{} passed a test and can be chosen", works.join(", ")))
    });
    lines
}

fn disk(home: &Home) -> Line {
    let free = match fs4::available_space(home.root()) {
        Ok(free) => free,
        Err(error) => {
            return Line::hint("disk", format!("its free space cannot be told ({error})"), "Look at it yourself.");
        }
    };
    let says = format!("{:.1} GB free at {}", free as f64 / 1e9, home.root().display());
    let todo = "Make room, or move the home to a larger disk. The cache folders of profiles can be emptied safely.";
    match free {
        free if free < NO_SPACE => Line::bad("disk", says, todo),
        free if free < LITTLE_SPACE => Line::hint("disk", says, todo),
        _ => Line::good("disk", says),
    }
}

fn database(profile: &Profile) -> Line {
    let found = profile.read::<_, DbError>(|tx| {
        let mut query = tx.prepare("PRAGMA quick_check(5)")?;
        let rows = query.query_map([], |r| r.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
        Ok(rows)
    });
    let todo = "Close the program and put back a copy from the profile's backups folder.";
    match found {
        Ok(rows) if rows == ["ok"] => Line::good("database", "no faults found"),
        Ok(rows) => Line::bad("database", rows.join("; "), todo),
        Err(error) => Line::bad("database", Failure::from(error).message, todo),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::Tools;
    use crate::testkit;

    async fn lines(tools: Tools) -> Vec<Line> {
        let bench = testkit::bench_with(tools);
        report(&bench.home, Some(&bench.profile), &CancellationToken::new()).await
    }

    #[tokio::test]
    async fn a_healthy_machine_has_nothing_that_must_be_done() {
        let lines = lines(testkit::tools()).await;
        assert!(lines.iter().all(|l| l.ok), "{lines:#?}");
        for name in ["ffmpeg", "ffprobe", "voices", "fonts", "x264", "hardware encoders", "disk", "database"] {
            assert!(lines.iter().any(|l| l.name == name && !l.says.is_empty()), "{name} is missing: {lines:#?}");
        }
    }

    #[tokio::test]
    async fn without_tools_each_bad_line_says_what_to_do() {
        let lines = lines(Tools::default()).await;
        let bad: Vec<_> = lines.iter().filter(|l| !l.ok).collect();
        assert!(bad.iter().any(|l| l.name == "ffmpeg" && l.todo.contains("apt install ffmpeg")), "{lines:#?}");
        assert!(bad.iter().all(|l| !l.todo.is_empty()), "{bad:#?}");
        assert!(lines.iter().any(|l| l.name == "database" && l.ok));
    }
}
