//! A clip held against the figures of a platform. Pure.

use serde_json::{Value, json};

use super::super::settings::{Disclosure, InstagramKind, PostSettings};
use super::clip::{Examined, FileState};
use super::figures::{self, Figures, Known, Range};
use super::look::{Looked, Picture};
use super::stale::Stale;
use super::{Finding, Level, places, text};
use crate::time::iso;

/// What is wrong with posting a clip with this caption and these settings, which were completed, to an account of this
/// platform (Postiz's name for it). Errors come first.
#[must_use]
pub fn judge(clip: &Examined, identifier: &str, caption: &str, settings: &PostSettings) -> Vec<Finding> {
    let mut found = Vec::new();
    let known = figures::of_platform(identifier);
    match &known {
        Known::Figures(figures) => {
            found.extend(of_file(clip, figures, settings));
            found.extend(places::covered(clip, figures));
            found.extend(text::check(caption, figures));
        }
        Known::Unsupported => found.push(Finding::error(
            "platform_unsupported",
            format!("A post on \"{identifier}\" needs things that are not set here. Post it in Postiz itself."),
            json!({ "platform": identifier }),
        )),
        Known::Nothing => {
            found.extend(present(clip, None));
            let says = format!("What \"{identifier}\" takes is not known here, so nothing could be checked for it.");
            found.push(Finding::warning("no_figures", says, json!({ "platform": identifier })));
        }
    }
    found.extend(of_settings(clip, identifier, caption, settings));
    found.extend(of_clip(clip, identifier, &known));
    found.sort_by_key(|finding| finding.level == Level::Warning);
    found
}

/// The file is there and the one that was made.
fn present(clip: &Examined, fix: Option<&str>) -> Option<Finding> {
    let details = json!({ "clip": clip.clip.name });
    match &clip.file {
        FileState::Good(_) => None,
        FileState::Missing => Some(Finding::error(
            "file_missing",
            "The video's file is not on this machine. Fetch it, or make the video again.",
            details,
        )),
        FileState::Changed => Some(Finding::error(
            "file_changed",
            "The video's file was changed or damaged since it was made. Make the video again.",
            details,
        )),
        FileState::Unreadable(says) => Some(Finding::error(
            "file_unreadable",
            format!("The video's file cannot be read ({says}). Make the video again."),
            details,
        )),
    }
    .map(|finding| finding.mended_by(fix))
}

fn of_file(clip: &Examined, figures: &Figures, settings: &PostSettings) -> Vec<Finding> {
    let looked = match &clip.file {
        FileState::Good(looked) => looked,
        _ => {
            let fix = figures.render_for(clip.frame.0, clip.frame.1);
            return present(clip, fix.as_ref().map(|p| p.name.as_str())).into_iter().collect();
        }
    };
    let Some(picture) = &looked.picture else {
        let details = json!({ "platform": figures.name });
        return vec![Finding::error("no_picture", "There is no picture in the video's file.", details)];
    };
    let same = figures.render_for(picture.width, picture.height).map(|p| p.name);
    let best = figures.renders.first().cloned();
    let check = Check { clip, figures, looked, picture, same: same.as_deref(), best: best.as_deref() };
    let story = matches!(settings, PostSettings::Instagram(s) if s.kind == InstagramKind::Story);
    let mut found = Vec::new();
    found.extend(check.format());
    found.extend(check.shape());
    found.extend(check.length(story));
    found.extend(check.rates());
    found.extend(check.loudness());
    found
}

/// One file on one platform.
struct Check<'a> {
    clip: &'a Examined,
    figures: &'a Figures,
    looked: &'a Looked,
    picture: &'a Picture,
    /// Our platform of the same shape.
    same: Option<&'a str>,
    /// Our platform that suits best.
    best: Option<&'a str>,
}

impl Check<'_> {
    fn details(&self, more: &Value) -> Value {
        let mut details = more.clone();
        details["platform"] = json!(self.figures.name);
        details
    }

    /// A new render mends it unless the clip is one for that platform already.
    fn unless_made_so(&self) -> Option<&str> {
        self.same.filter(|name| *name != self.clip.made_for)
    }

    fn format(&self) -> Vec<Finding> {
        let (figures, picture, name) = (self.figures, self.picture, &self.figures.name);
        let mut found = Vec::new();
        let mut wrong = |code: &str, what: &str, is: &str, takes: &[String]| {
            let takes = takes.join(", ");
            let says = format!("The video's {what} is {is}; {name} takes {takes}.");
            let details = self.details(&json!({ "is": is, "takes": takes }));
            found.push(Finding::error(code, says, details).mended_by(self.same));
        };
        if !figures.containers.contains(&self.looked.container) {
            wrong("container", "file format", &self.looked.container, &figures.containers);
        }
        if !figures.codecs.contains(&picture.codec) {
            wrong("codec", "picture codec", &picture.codec, &figures.codecs);
        } else if picture.codec == "h264" && !figures.h264_profiles.contains(&picture.profile) {
            wrong("profile", "H.264 profile", &picture.profile, &figures.h264_profiles);
        }
        if !figures.pixel_formats.is_empty() && !figures.pixel_formats.contains(&picture.pixel_format) {
            wrong("pixel_format", "colour format", &picture.pixel_format, &figures.pixel_formats);
        }
        match &self.looked.sound {
            Some(sound) if !figures.sound.contains(sound) => wrong("sound_codec", "sound codec", sound, &figures.sound),
            Some(_) => {}
            None => {
                let says = "The video has no sound.";
                found.push(Finding::warning("no_sound", says, self.details(&json!({}))).mended_by(self.same));
            }
        }
        if picture.interlaced {
            let says = format!("The picture is interlaced; {name} takes whole frames.");
            found.push(Finding::error("interlaced", says, self.details(&json!({}))).mended_by(self.same));
        }
        found
    }

    fn shape(&self) -> Vec<Finding> {
        let (w, h) = (self.picture.width, self.picture.height);
        let (name, side) = (&self.figures.name, self.figures.side);
        let size = json!({ "width": w, "height": h, "least": side.least, "most": side.most });
        let (short, long) = (f64::from(w.min(h)), f64::from(w.max(h)));
        if let Some(least) = side.least.filter(|least| short < *least) {
            let says = format!("The picture is {w} by {h} pixels; {name} takes none with a side under {least}.");
            return vec![Finding::error("too_small", says, self.details(&size)).mended_by(self.same)];
        }
        if let Some(most) = side.most.filter(|most| long > *most) {
            let says = format!("The picture is {w} by {h} pixels; {name} takes none with a side over {most}.");
            return vec![Finding::error("too_large", says, self.details(&size)).mended_by(self.best)];
        }
        let ratio = f64::from(w) / f64::from(h.max(1));
        let says = format!("The picture is {w} by {h} pixels, a shape that {name}");
        match beyond(ratio, self.figures.ratio) {
            Some((Level::Error, _)) => {
                let says = format!("{says} does not take.");
                vec![Finding::error("shape", says, self.details(&size)).mended_by(self.best)]
            }
            Some((Level::Warning, _)) => {
                let says = format!("{says} shows with bars or cuts at the sides.");
                vec![Finding::warning("shape_shown_badly", says, self.details(&size)).mended_by(self.best)]
            }
            None => Vec::new(),
        }
    }

    fn length(&self, story: bool) -> Option<Finding> {
        let range = self.figures.story.filter(|_| story).unwrap_or(self.figures.seconds);
        let (level, limit) = beyond(self.looked.seconds, range)?;
        let (is, name) = (self.looked.seconds, &self.figures.name);
        let what = if story { "a story" } else { "a video" };
        let short = is < limit;
        let details = self.details(&json!({ "seconds": is, "limit": limit, "story": story }));
        Some(match (level, short) {
            (Level::Error, true) => {
                let says = format!("The video is {is:.1} s long; {what} on {name} has at least {limit} s.");
                Finding::error("too_short", says, details)
            }
            (Level::Error, false) => {
                let says = format!("The video is {is:.1} s long; {what} on {name} has at most {limit} s.");
                Finding::error("too_long", says, details)
            }
            (Level::Warning, _) => {
                let says = format!(
                    "The video is {is:.1} s long; over {limit} s {name} takes it from some accounts only, or shows it \
                     otherwise."
                );
                Finding::warning("long", says, details)
            }
        })
    }

    fn rates(&self) -> Vec<Finding> {
        let (figures, name) = (self.figures, &self.figures.name);
        let mut found = Vec::new();
        if let Some((level, limit)) = beyond(self.picture.fps, figures.fps) {
            let says =
                format!("The video has {:.2} frames a second; {name} draws the line at {limit}.", self.picture.fps);
            let details = self.details(&json!({ "fps": self.picture.fps, "limit": limit }));
            found.push(Finding { level, ..Finding::error("frame_rate", says, details) }.mended_by(self.same));
        }
        let bytes = self.looked.bytes as f64;
        if let Some((level, limit)) = beyond(bytes, figures.bytes) {
            let mb = |bytes: f64| bytes / 1_000_000.0;
            let details = self.details(&json!({ "bytes": self.looked.bytes, "limit": limit }));
            let (code, says) = if bytes < limit {
                (
                    "file_too_small",
                    format!("The file has {:.2} MB; {name} takes none under {:.2} MB.", mb(bytes), mb(limit)),
                )
            } else if level == Level::Error {
                (
                    "file_too_large",
                    format!("The file has {:.0} MB; {name} takes at most {:.0} MB.", mb(bytes), mb(limit)),
                )
            } else {
                (
                    "file_large",
                    format!("The file has {:.0} MB; over {:.0} MB {name} may refuse it.", mb(bytes), mb(limit)),
                )
            };
            let finding = Finding { level, ..Finding::error(code, says, details) };
            found.push(finding.mended_by(self.unless_made_so()));
        }
        if let Some(most) = figures.most_kbps.filter(|most| self.looked.kbps > u64::from(*most)) {
            let says = format!("The video takes {} kbit/s; {name} takes at most {most}.", self.looked.kbps);
            let details = self.details(&json!({ "kbps": self.looked.kbps, "most": most }));
            found.push(Finding::error("bit_rate", says, details).mended_by(self.unless_made_so()));
        }
        found
    }

    fn loudness(&self) -> Vec<Finding> {
        let (is, wanted, name) = (self.clip.loudness, self.figures.loudness, &self.figures.name);
        let details = self.details(&json!({ "lufs": is.lufs, "wanted": wanted.lufs, "peak_dbtp": is.peak_dbtp }));
        let mut found = Vec::new();
        if is.is_silent() {
            found.push(Finding::warning("silent", "Nothing is heard in the video.", details));
        } else if (is.lufs - wanted.lufs).abs() > wanted.within_lu {
            let how = if is.lufs < wanted.lufs { "quieter" } else { "louder" };
            let says =
                format!("The video is {how} than others on {name}: {:.1} LUFS instead of {}.", is.lufs, wanted.lufs);
            found.push(Finding::warning("loudness", says, details).mended_by(self.same));
        } else if is.peak_dbtp > wanted.peak_dbtp {
            let says = format!("The sound peaks at {:.1} dBTP and may be distorted on {name}.", is.peak_dbtp);
            found.push(Finding::warning("peaks", says, details).mended_by(self.same));
        }
        found
    }
}

/// Whether a value is out of a range: how bad that is, and the limit it passes.
fn beyond(value: f64, range: Range) -> Option<(Level, f64)> {
    let below = |limit: Option<f64>| limit.filter(|limit| value < *limit);
    let above = |limit: Option<f64>| limit.filter(|limit| value > *limit);
    let error = below(range.least).or(above(range.most)).map(|limit| (Level::Error, limit));
    error.or(below(range.good_least).or(above(range.good_most)).map(|limit| (Level::Warning, limit)))
}

fn of_settings(clip: &Examined, identifier: &str, caption: &str, settings: &PostSettings) -> Vec<Finding> {
    if !settings.fits(identifier) {
        let says = format!("What the post is set to is for another platform than \"{identifier}\". Set it anew.");
        return vec![Finding::error("other_platform", says, json!({ "platform": identifier }))];
    }
    let mut found = settings.check();
    match settings {
        PostSettings::Tiktok(tiktok) if clip.synthetic && tiktok.made_with_ai == Disclosure::No => {
            found.push(Finding::warning(
                "not_disclosed",
                "The voice was made by a program, and the post is set not to say so. TikTok asks for it.",
                json!({}),
            ));
        }
        PostSettings::Instagram(instagram) if instagram.kind == InstagramKind::Story && !caption.trim().is_empty() => {
            found.push(Finding::warning("story_text", "A story shows no text: the caption is left out.", json!({})));
        }
        _ => {}
    }
    found
}

fn of_clip(clip: &Examined, identifier: &str, known: &Known) -> Vec<Finding> {
    let mut found = Vec::new();
    if !clip.stale.is_empty() {
        let why: Vec<&str> = clip.stale.iter().map(|stale| stale.says()).collect();
        let (why, details) = (why.join(", "), json!({ "changed": clip.stale }));
        let mended = clip.stale.iter().all(|stale: &Stale| stale.is_mended_by_a_render());
        // As it was made where that suits the platform.
        let best = match known {
            Known::Figures(figures) if !figures.renders.contains(&clip.made_for) => {
                figures.render_for(clip.frame.0, clip.frame.1).map(|p| p.name)
            }
            _ => Some(clip.made_for.clone()),
        };
        let todo = if mended { "Make the video again" } else { "Generate the script's videos again" };
        let says = format!("Since this video was made, {why}: it is not what its project says. {todo}.");
        found.push(Finding::error("stale", says, details).mended_by(best.as_deref().filter(|_| mended)));
    }
    if !clip.missing.is_empty() {
        let missing: String = clip.missing.iter().collect();
        let says =
            format!("The caption font {} cannot draw {missing}: there are empty boxes in the picture.", clip.font);
        let details = json!({ "font": clip.font, "missing": missing });
        found.push(Finding::warning("missing_glyphs", says, details));
    }
    if let Some(before) = clip.already.iter().find(|before| before.platform == identifier) {
        let says = format!("This video is on {} already, or will be: {}.", before.account, iso(before.at));
        let details = json!({ "account": before.account, "at": before.at });
        found.push(Finding::warning("already_published", says, details));
    }
    found
}
