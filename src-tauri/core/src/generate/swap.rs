//! What else could be shown over a sentence of a planned video, for a person who wants another shot there.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::GenerateError;
use super::store::variant;
use crate::analysis::{store as shots, thumbnails};
use crate::ids::{ScriptId, ShotId, SourceId, VariantId};
use crate::profile::Profile;
use crate::profile::db::Reader;
use crate::profile::media::MediaPath;
use crate::project::store as projects;
use crate::script;
use crate::speech::words::{Narration, SpokenSentence, VoiceId};
use crate::variants::plan::{PlanInput, candidates};
use crate::variants::timeline::Timeline;
use crate::variants::usage;

/// A shot that could be shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ShotCandidate {
    /// The shot.
    pub shot: ShotId,
    /// The source it lies in.
    pub source: SourceId,
    /// The user's name for that.
    pub source_name: String,
    /// Its picture, when there is one.
    pub thumb: Option<MediaPath>,
    /// Start, milliseconds of the source.
    pub start_ms: u64,
    /// End, milliseconds of the source.
    pub end_ms: u64,
    /// How well it suits, 0 to 1 for the best of them.
    pub score: f32,
    /// What speaks for it ("tag: oven", "unused, sharp").
    pub reason: String,
    /// How many clips show it.
    pub used: u32,
}

/// The shots that could be shown over a sentence of a planned video, the best first, at most `limit`.
///
/// # Errors
/// [`GenerateError::NoVariant`], [`GenerateError::Project`] when there is no such script; [`GenerateError::NoSentence`].
pub fn for_sentence(
    profile: &Profile,
    tx: &Reader<'_>,
    (script, sentence): (ScriptId, u32),
    id: VariantId,
    limit: u32,
) -> Result<Vec<ShotCandidate>, GenerateError> {
    let script = projects::script_of(tx, script)?;
    let planned = variant(tx, id)?;
    let timeline = &planned.timeline;
    let language = match &script.language {
        Some(language) => language.clone(),
        // A script that can no longer be read was changed since; its words are on the timeline all the same.
        None => script::read(&script.text, None).map_or_else(|_| "en".to_owned(), |read| read.language),
    };
    let narration = said(timeline, language);
    let index = sentence as usize;
    let frames = timeline.segments.iter().filter(|s| s.sentence == index).map(|s| s.frames).min();
    let Some(frames) = frames.filter(|_| index < narration.sentences.len()) else {
        return Err(GenerateError::NoSentence { sentence, variant: id });
    };
    let sources = projects::sources(tx, planned.project)?;
    let usable = shots::usable(tx, &sources)?;
    let used = usage::counts(tx)?;
    let nothing = (BTreeMap::new(), BTreeMap::new());
    let input = PlanInput {
        shots: &usable,
        narration: &narration,
        fps: timeline.fps,
        seed: planned.seed,
        variants: 1,
        tags: &script.tags,
        pins: &[],
        previous: &nothing.0,
        used_in_batch: &nothing.1,
        used_before: &used,
    };
    let shown: BTreeSet<ShotId> = timeline.segments.iter().map(|s| s.pick.shot).collect();
    let by_id: BTreeMap<ShotId, _> = usable.iter().map(|s| (s.shot.id, s)).collect();
    let mut all = Vec::new();
    for ranked in candidates(&input, index, frames, &shown).into_iter().take(limit as usize) {
        let Some(found) = by_id.get(&ranked.shot) else { continue };
        all.push(ShotCandidate {
            shot: ranked.shot,
            source: found.shot.source,
            source_name: found.source_name.clone(),
            thumb: thumbnails::there(profile, found.shot.source, ranked.shot)?,
            start_ms: found.shot.start_ms,
            end_ms: found.shot.end_ms,
            score: ranked.score,
            reason: ranked.reason,
            used: used.get(&ranked.shot).copied().unwrap_or(0),
        });
    }
    Ok(all)
}

/// What a timeline says, as the planner knows it.
fn said(timeline: &Timeline, language: String) -> Narration {
    let count = timeline.words.iter().map(|w| w.sentence + 1).max().unwrap_or(0);
    let mut sentences = vec![SpokenSentence { text: String::new(), start_sample: 0, end_sample: 0 }; count];
    for word in &timeline.words {
        let text = &mut sentences[word.sentence].text;
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&word.text);
    }
    let voice: VoiceId = timeline.voice.used.clone();
    Narration {
        language,
        asked: voice.clone(),
        used: voice,
        reasons: Vec::new(),
        steps: Vec::new(),
        cost: None,
        sentences,
        words: timeline.words.clone(),
        samples: timeline.voice.samples,
    }
}
