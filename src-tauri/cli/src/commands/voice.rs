//! `voice`: who can speak, and how it sounds.

use std::fs::File;
use std::path::Path;

use edit_factory_core::api::{VoiceChainSet, VoiceChainShow, VoiceList, VoiceSay};
use edit_factory_core::error::{Code, Failure, is_disk_full};
use edit_factory_core::speech::chain::Engine;
use serde_json::json;

use crate::args::finished::Voice;
use crate::commands::installed;
use crate::output::Outcome;
use crate::session::Session;
use crate::table::{plain, table};

pub async fn run(session: &mut Session, what: Voice) -> Result<Outcome, Failure> {
    session.choose_profile()?;
    match what {
        Voice::List { language } => {
            let mut voices = session.caller.ask(VoiceList {}).await?;
            if let Some(wanted) = &language {
                let speaks = |code: &str| code == wanted || code.split('-').next() == Some(wanted);
                voices.retain(|v| speaks(&v.language) || v.also.iter().any(|code| speaks(code)));
            }
            let rows = voices.iter().map(|v| {
                let note = match (v.installed, v.paid) {
                    (true, true) => "paid",
                    (true, false) => "",
                    (false, _) if v.id.provider == Engine::Piper.name() => "cannot speak (voice catalog)",
                    (false, _) if v.id.provider == Engine::Edge.name() => "off (voice chain --on edge)",
                    (false, _) => "not installed",
                };
                [v.id.to_string(), v.language.clone(), v.name.clone(), note.to_owned()]
            });
            let text = if voices.is_empty() {
                "No voice speaks that.".to_owned()
            } else {
                table(["VOICE", "LANGUAGE", "NAME", ""], rows)
            };
            Outcome::new(&voices, text)
        }
        Voice::Chain { on, off, order, voice, model } => {
            let mut chain = session.caller.ask(VoiceChainShow {}).await?;
            if !(on.is_empty() && off.is_empty() && order.is_empty() && voice.is_empty() && model.is_empty()) {
                for link in &mut chain.links {
                    link.on = (link.on || on.contains(&link.provider)) && !off.contains(&link.provider);
                    let mine = voice.iter().filter(|(engine, ..)| *engine == link.provider);
                    link.voices.extend(mine.map(|(_, language, voice)| (language.clone(), voice.clone())));
                    if let Some((_, model)) = model.iter().find(|(engine, _)| *engine == link.provider) {
                        link.model = Some(model.clone());
                    }
                }
                let place = |engine| order.iter().position(|wanted| *wanted == engine).unwrap_or(order.len());
                chain.links.sort_by_key(|link| place(link.provider));
                chain = session.caller.ask(VoiceChainSet { chain }).await?;
            }
            let rows = chain.links.iter().map(|link| {
                let voices: Vec<String> = link.voices.iter().map(|(code, voice)| format!("{code}: {voice}")).collect();
                let on = if link.on { "on" } else { "off" };
                let model = link.model.clone().unwrap_or_default();
                [link.provider.name().to_owned(), on.to_owned(), model, voices.join(", ")]
            });
            let mut text = table(["PROVIDER", "", "MODEL", "VOICES"], rows);
            if chain.on(Engine::Edge).is_some() {
                text.push_str("\nEdge read-aloud is best effort: Microsoft promises nothing.");
            }
            Outcome::new(&chain, text)
        }
        Voice::Catalog => installed::catalog(session).await,
        Voice::Install { id: Some(id), sha256, .. } => installed::install(session, id, sha256).await,
        Voice::Install { from: Some(path), .. } => installed::import(session, path).await,
        Voice::Install { .. } => Err(Failure::new(Code::InvalidInput, "Name a voice, or a place with --from.")),
        Voice::Remove { id } => installed::remove(session, id).await,
        Voice::Say { text, voice, language, out, explain } => {
            let said = session.caller.ask(VoiceSay { text, language, voice }).await?;
            let file = match &out {
                Some(out) => {
                    copy(&said.file, out)?;
                    out
                }
                None => &said.file,
            };
            let narration = &said.voiceover.narration;
            let seconds = narration.samples as f64 / f64::from(edit_factory_core::speech::words::VOICE_RATE);
            let mut says =
                format!("{} spoke for {seconds:.1} s: {}", narration.used, plain(&file.display().to_string()));
            if explain {
                for step in &said.steps {
                    says.push_str(&format!("\n  {}", plain(&step.line())));
                }
            } else {
                for reason in &narration.reasons {
                    says.push_str(&format!("\n  {}", plain(reason)));
                }
            }
            if let Some(cost) = &narration.cost {
                let dollars = cost.microusd as f64 / 1_000_000.0;
                says.push_str(&format!("\n  It cost {} characters, {dollars:.4} US dollars.", cost.characters));
            }
            let document = json!({
                "file": file.to_string_lossy(),
                "seconds": seconds,
                "narration": narration,
                "steps": said.steps,
            });
            Outcome::new(&document, says)
        }
    }
}

/// Copies a file to where there is none.
fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    let failed = |what: &str, error: std::io::Error| {
        let code = match error.kind() {
            std::io::ErrorKind::AlreadyExists => Code::Exists,
            _ if is_disk_full(&error) => Code::DiskFull,
            _ => Code::Unreadable,
        };
        Failure::new(code, format!("{} could not be {what}: {error}", to.display()))
    };
    let mut source = File::open(from).map_err(|e| failed("filled", e))?;
    let mut target = File::create_new(to).map_err(|e| failed("made", e))?;
    match std::io::copy(&mut source, &mut target).and_then(|_| target.sync_all()) {
        Ok(()) => Ok(()),
        Err(error) => {
            drop(target);
            if let Err(error) = std::fs::remove_file(to) {
                tracing::warn!(%error, file = %to.display(), "half a file was left behind");
            }
            Err(failed("written", error))
        }
    }
}
