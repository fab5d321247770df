//! Is a clip still what its project says? What was changed since it was rendered, and would be seen or heard.
//!
//! What a person changes elsewhere and only future plans take (the brand, the look) makes no clip stale.

use serde::{Deserialize, Serialize};

use crate::analysis::store as shots;
use crate::generate;
use crate::ids::SourceId;
use crate::profile::db::{DbError, Reader};
use crate::project::{pins, store as projects};
use crate::render::RenderError;
use crate::render::plan::{self, Planned};
use crate::render::receipt::Receipt;
use crate::render::refit::{self, letters};
use crate::script;
use crate::variants::timeline::Timeline;

/// What is other by now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stale {
    /// The same video was planned again since, and came out otherwise.
    Plan,
    /// Captions were edited.
    Captions,
    /// A shot was set by hand, or is no longer.
    Shots,
    /// The script says something else.
    Script,
}

impl Stale {
    /// Rendering it again is enough; nothing has to be planned or spoken.
    #[must_use]
    pub fn is_mended_by_a_render(self) -> bool {
        matches!(self, Self::Plan | Self::Captions)
    }

    /// For a sentence: "its captions were edited".
    #[must_use]
    pub fn says(self) -> &'static str {
        match self {
            Self::Plan => "it was planned anew",
            Self::Captions => "its captions were edited",
            Self::Shots => "other shots were chosen for it",
            Self::Script => "its script was changed",
        }
    }
}

/// What was changed since a clip was rendered; nothing when its plan is not known here.
pub(super) fn of(tx: &Reader<'_>, receipt: &Receipt) -> Result<Vec<Stale>, DbError> {
    let Some(made_of) = read(tx, receipt.variant)? else { return Ok(Vec::new()) };
    let newest = match generate::newest_of(tx, receipt.variant)? {
        Some(id) if id != receipt.variant => read(tx, id)?,
        _ => None,
    };
    let replanned = newest.as_ref().is_some_and(|newest| shows_otherwise(&newest.timeline, &made_of.timeline));
    let now = newest.unwrap_or(made_of);
    let mut found = Vec::new();
    if replanned {
        found.push(Stale::Plan);
    } else if recaptioned(tx, &now, receipt)? {
        found.push(Stale::Captions);
    }
    if repinned(tx, &now)? {
        found.push(Stale::Shots);
    }
    if rewritten(tx, &now)? {
        found.push(Stale::Script);
    }
    Ok(found)
}

fn read(tx: &Reader<'_>, variant: crate::ids::VariantId) -> Result<Option<Planned>, DbError> {
    match plan::read(tx, variant) {
        Ok(planned) => Ok(Some(planned)),
        Err(RenderError::Db(error)) => Err(error),
        // A clip that came from another machine without its plan, or whose plan a newer version wrote.
        Err(error) => {
            tracing::debug!(%variant, %error, "whether a clip is stale is not known");
            Ok(None)
        }
    }
}

/// Whether anything that is seen or heard differs, captions apart.
fn shows_otherwise(a: &Timeline, b: &Timeline) -> bool {
    let shown = |t: &Timeline| {
        let mut t = t.clone();
        t.captions.clear();
        t.voice.cost = None;
        t.voice.reasons.clear();
        t.voice.steps.clear();
        for segment in &mut t.segments {
            segment.reason.clear();
            segment.pinned = false;
        }
        t
    };
    shown(a) != shown(b)
}

fn recaptioned(tx: &Reader<'_>, now: &Planned, receipt: &Receipt) -> Result<bool, DbError> {
    let rendered = &receipt.timeline;
    if rendered.caption_style.is_none() {
        return Ok(false);
    }
    // In the clip's own frame, which may be that of another platform than it was planned for.
    let framed = Timeline {
        platform: rendered.platform.clone(),
        width: rendered.width,
        height: rendered.height,
        ..now.timeline.clone()
    };
    let captions = refit::captions(tx, now.script.id, &framed)?;
    if receipt.programs.edit_factory == env!("CARGO_PKG_VERSION") {
        return Ok(captions != rendered.captions);
    }
    // Another version may cut cues in other places; what is written in them is the same.
    let written = |timeline: &[crate::captions::cue::Cue]| {
        let words = timeline.iter().flat_map(|cue| cue.words.iter().map(move |word| (cue.place, word)));
        words.map(|(place, word)| (word.text.clone(), word.emphasis, place)).collect::<Vec<_>>()
    };
    Ok(written(&captions) != written(&rendered.captions))
}

/// Whether a shot that was set by hand is not the one that shows, though it could be, or one shows that no longer is.
fn repinned(tx: &Reader<'_>, now: &Planned) -> Result<bool, DbError> {
    let pins = match pins::of_script(tx, now.script.id) {
        Ok(pins) => pins,
        Err(projects::ProjectError::Db(error)) => return Err(error),
        Err(_) => return Ok(false),
    };
    let timeline = &now.timeline;
    let spoken: Vec<String> = refit::spoken(timeline).iter().map(|text| letters(text)).collect();
    let pins: Vec<_> = pins.into_iter().filter(|pin| pin.variant == now.number).collect();
    // Which sentence of the timeline a pin means.
    let place = |pin: &crate::variants::plan::Pin| {
        let wanted = letters(&pin.sentence);
        let mut same = spoken.iter().enumerate().filter(|(_, text)| **text == wanted);
        Some((same.nth(pin.occurrence as usize)?.0, pin.part as usize))
    };
    let sources: Vec<SourceId> = projects::sources(tx, now.project.id).or_else(|error| match error {
        projects::ProjectError::Db(error) => Err(error),
        _ => Ok(Vec::new()),
    })?;
    let usable = if pins.is_empty() { Vec::new() } else { shots::usable(tx, &sources)? };
    let mut parts = vec![0; spoken.len()];
    for segment in &timeline.segments {
        let Some(part) = parts.get_mut(segment.sentence) else { continue };
        let here = (segment.sentence, *part);
        *part += 1;
        let pin = pins.iter().find(|pin| place(pin) == Some(here));
        let length_ms = u64::from(segment.frames) * 1000 / u64::from(timeline.fps.max(1));
        let changed = match pin {
            None => segment.pinned,
            Some(pin) if pin.shot == segment.pick.shot => false,
            // One that is too short for its place, or gone, is not shown whatever is planned.
            Some(pin) => usable.iter().any(|s| s.shot.id == pin.shot && s.shot.end_ms - s.shot.start_ms >= length_ms),
        };
        if changed {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether the script says other words than the plan.
fn rewritten(tx: &Reader<'_>, now: &Planned) -> Result<bool, DbError> {
    if now.timeline.words.is_empty() {
        return Ok(false);
    }
    let stored = match projects::script_of(tx, now.script.id) {
        Ok(stored) => stored,
        Err(projects::ProjectError::Db(error)) => return Err(error),
        // A script that was removed: its clips stay as they are.
        Err(_) => return Ok(false),
    };
    // Marks are written in many ways; words are what is said.
    let said =
        |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    let planned: String = now.timeline.words.iter().map(|word| said(&word.text)).collect();
    let written = match script::read(&stored.text, stored.language.as_deref()) {
        Ok(read) => read.sentences.iter().map(|sentence| said(&sentence.text)).collect(),
        Err(_) => String::new(),
    };
    Ok(planned != written)
}

#[cfg(test)]
#[path = "stale_tests.rs"]
mod tests;
