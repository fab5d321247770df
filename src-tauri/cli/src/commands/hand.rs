//! `project pin` and `project caption`: what an editor sets by hand, and what stays when videos are planned again.

use std::collections::HashMap;

use edit_factory_core::api::{
    CaptionEditsSet, CaptionEditsShow, PinRemove, PinSet, ProjectShow, ScriptRead, SourceList, SourceShow,
};
use edit_factory_core::captions::cue::Place;
use edit_factory_core::captions::edits::{CaptionEdits, Change, Edit};
use edit_factory_core::error::{Code, Failure};
use edit_factory_core::ids::ShotId;
use edit_factory_core::library::sources::Filter;
use edit_factory_core::project::StoredScript;
use edit_factory_core::variants::plan::Pin;
use serde_json::json;

use crate::args::project::{self, OfScript, Switch, Where};
use crate::output::Outcome;
use crate::session::Session;
use crate::table::{count, plain, short, table};

/// A script with its sentences, and which of several equal ones each is.
struct Sentences {
    script: StoredScript,
    texts: Vec<(String, u32)>,
}

impl Sentences {
    async fn of(session: &Session, of: &OfScript) -> Result<Self, Failure> {
        let project = super::project::id(session, &of.which).await?;
        let mut scripts = session.caller.ask(ProjectShow { id: project }).await?.scripts;
        let script = match (&of.script, scripts.len()) {
            (Some(named), _) => {
                let all: Vec<_> = scripts.iter().map(|s| (s.id, s.name.clone())).collect();
                let id = super::find::one("script", named, || Ok(all))?;
                scripts.into_iter().find(|s| s.id == id)
            }
            (None, 1) => scripts.pop(),
            (None, n) => {
                let names: Vec<String> = scripts.into_iter().map(|s| s.name).collect();
                let says = format!("The project has {}. Say which with --script NAME.", count(n, "script"));
                return Err(Failure::new(Code::InvalidInput, says).with(json!({ "scripts": names })));
            }
        };
        let script = script.ok_or_else(|| Failure::new(Code::NotFound, "The project has no such script."))?;
        let read = ScriptRead { text: script.text.clone(), language: script.language.clone() };
        let read = session.caller.ask(read).await?;
        let mut seen: HashMap<String, u32> = HashMap::new();
        let number = |text: String| {
            let before = seen.entry(text.clone()).or_default();
            *before += 1;
            (text, *before - 1)
        };
        Ok(Self { script, texts: read.sentences.into_iter().map(|s| s.text).map(number).collect() })
    }

    /// Text and occurrence of the sentence with this number, from 1.
    fn get(&self, number: u32) -> Result<(String, u32), Failure> {
        let found = usize::try_from(number).ok().and_then(|n| self.texts.get(n - 1));
        found.cloned().ok_or_else(|| {
            let says = format!("The script has {}, not {number}.", count(self.texts.len(), "sentence"));
            Failure::new(Code::InvalidInput, says)
        })
    }

    /// The number, from 1, of the sentence with this text; `None` when the script no longer has it.
    fn number(&self, text: &str, occurrence: u32) -> Option<usize> {
        self.texts.iter().position(|(t, o)| t == text && *o == occurrence).map(|n| n + 1)
    }
}

pub async fn pin(session: &Session, given: project::Pin) -> Result<Outcome, Failure> {
    let sentences = Sentences::of(session, &given.of).await?;
    let script = sentences.script.id;
    let pins = match (given.sentence, &given.shot) {
        (Some(number), shot) => {
            let (sentence, occurrence) = sentences.get(number)?;
            let (variant, part) = (given.variant - 1, given.part - 1);
            match shot {
                Some(shot) => {
                    let pin = Pin {
                        variant,
                        sentence,
                        occurrence,
                        part,
                        shot: self::shot(session, shot).await?,
                        in_ms: None,
                    };
                    session.caller.ask(PinSet { script, pin }).await?
                }
                None => {
                    // The shot of a pin that goes does not matter.
                    let pin = Pin { variant, sentence, occurrence, part, shot: ShotId::new(), in_ms: None };
                    session.caller.ask(PinRemove { script, pin }).await?
                }
            }
        }
        (None, _) => {
            let detail = session.caller.ask(ProjectShow { id: sentences.script.project }).await?;
            detail.pins.get(&script).cloned().unwrap_or_default()
        }
    };
    let rows = pins.iter().map(|pin| {
        let number = sentences.number(&pin.sentence, pin.occurrence);
        let number = number.map_or_else(|| "gone".to_owned(), |n| n.to_string());
        [(pin.variant + 1).to_string(), number, (pin.part + 1).to_string(), short(pin.shot), pin.sentence.clone()]
    });
    let text = if pins.is_empty() {
        "No shot is chosen by hand.".to_owned()
    } else {
        table(["VIDEO", "SENTENCE", "PART", "SHOT", ""], rows)
    };
    Outcome::new(&json!({ "script": script, "pins": pins }), text)
}

async fn shot(session: &Session, named: &str) -> Result<ShotId, Failure> {
    if let Ok(id) = named.parse() {
        return Ok(id);
    }
    let mut all = Vec::new();
    for source in session.caller.ask(SourceList { filter: Filter::default() }).await? {
        let shots = session.caller.ask(SourceShow { id: source.id }).await?.shots;
        all.extend(shots.into_iter().map(|s| (s.shot.id, String::new())));
    }
    super::find::one("shot", named, || Ok(all))
}

pub async fn caption(session: &Session, given: project::Caption) -> Result<Outcome, Failure> {
    let sentences = Sentences::of(session, &given.of).await?;
    let script = sentences.script.id;
    let mut edits = session.caller.ask(CaptionEditsShow { script }).await?;
    if change(&mut edits, &sentences, &given)? {
        edits = session.caller.ask(CaptionEditsSet { script, edits }).await?;
    }
    let mut lines = Vec::new();
    for (n, (text, _)) in sentences.texts.iter().enumerate() {
        let words: Vec<String> =
            text.split_whitespace().enumerate().map(|(w, word)| format!("{}:{}", w + 1, plain(word))).collect();
        lines.push(format!("{}  {}", n + 1, words.join(" ")));
        for edit in &edits.edits {
            if sentences.number(&edit.sentence, as_u32(edit.occurrence)) == Some(n + 1) {
                lines.push(format!("   words {}-{}: {}", edit.first + 1, edit.last + 1, said(&edit.change)));
            }
        }
    }
    let gone = edits.edits.iter().filter(|e| sentences.number(&e.sentence, as_u32(e.occurrence)).is_none()).count();
    if gone > 0 {
        lines.push(format!(
            "{} of sentences that are not in the script now; kept for when they are back.",
            count(gone, "change")
        ));
    }
    Outcome::new(
        &json!({ "script": script, "sentences": sentences.texts.iter().map(|(t, _)| t).collect::<Vec<_>>(), "edits": edits }),
        lines.join("\n"),
    )
}

fn as_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Makes the change; false when none was asked for.
fn change(edits: &mut CaptionEdits, sentences: &Sentences, given: &project::Caption) -> Result<bool, Failure> {
    let Some(number) = given.sentence else {
        if given.clear {
            edits.edits.clear();
        }
        return Ok(given.clear);
    };
    let (sentence, occurrence) = sentences.get(number)?;
    let occurrence = usize::try_from(occurrence).unwrap_or(usize::MAX);
    if given.clear {
        edits.edits.retain(|e| e.sentence != sentence || e.occurrence != occurrence);
        return Ok(true);
    }
    let there = as_u32(sentence.split_whitespace().count());
    let (first, last) = given.words.unwrap_or((1, there));
    if last > there {
        let says = format!("Sentence {number} has {}, not {last}.", count(there as usize, "word"));
        return Err(Failure::new(Code::InvalidInput, says));
    }
    let on = |switch: Switch| switch == Switch::On;
    let change = match (&given.text, given.emphasis, given.cue_break, given.line_break, given.place) {
        (Some(text), ..) => Change::Text { text: text.clone() },
        (_, Some(switch), ..) => Change::Emphasis { on: on(switch) },
        (_, _, Some(switch), ..) => Change::CueBreak { on: on(switch) },
        (_, _, _, Some(switch), _) => Change::LineBreak { on: on(switch) },
        (.., Some(Where::Style)) => Change::Place { place: None },
        (.., Some(Where::At(x, y))) => Change::Place { place: Some(Place { x, y }) },
        (None, None, None, None, None) => return Ok(false),
    };
    let edit = Edit { sentence, occurrence, first: first as usize - 1, last: last as usize - 1, change };
    // The same kind of change to the same words replaces the earlier one.
    let same = |e: &Edit| {
        (&e.sentence, e.occurrence, e.first, e.last) == (&edit.sentence, edit.occurrence, edit.first, edit.last)
            && std::mem::discriminant(&e.change) == std::mem::discriminant(&edit.change)
    };
    edits.edits.retain(|e| !same(e));
    edits.edits.push(edit);
    Ok(true)
}

fn said(change: &Change) -> String {
    let on = |on: bool| if on { "on" } else { "off" };
    match change {
        Change::Text { text } => format!("shown as \"{}\"", plain(text)),
        Change::CueBreak { on: is } => format!("new caption before: {}", on(*is)),
        Change::LineBreak { on: is } => format!("line break after: {}", on(*is)),
        Change::Emphasis { on: is } => format!("emphasis: {}", on(*is)),
        Change::Place { place: Some(place) } => format!("stands at {}, {}", place.x, place.y),
        Change::Place { place: None } => "stands where the style says".to_owned(),
    }
}
