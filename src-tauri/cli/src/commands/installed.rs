//! `voice catalog`, `install` and `remove`: Piper's voices on this machine.

use std::path::PathBuf;
use std::time::Duration;

use edit_factory_core::api::{Ask, VoiceCatalogShow, VoiceImport, VoiceInstall, VoiceRemove};
use edit_factory_core::error::Failure;
use edit_factory_core::speech::installed::{ArrivingStep, VoiceCatalog, VoiceState};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use crate::output::Outcome;
use crate::session::Session;
use crate::table::{plain, table};

/// How often the bar is drawn again.
const DRAW_EVERY: Duration = Duration::from_millis(200);

/// What there is.
///
/// # Errors
/// What core says.
pub async fn catalog(session: &Session) -> Result<Outcome, Failure> {
    let catalog = session.caller.ask(VoiceCatalogShow {}).await?;
    let text = shown(&catalog);
    Outcome::new(&catalog, text)
}

fn shown(catalog: &VoiceCatalog) -> String {
    let megabytes = |bytes: Option<u64>| bytes.map_or_else(|| "?".to_owned(), |b| format!("{:.1} MB", b as f64 / 1e6));
    let rows = catalog.voices.iter().map(|voice| {
        let note = match (voice.state, voice.hash_known) {
            (VoiceState::Ready, _) => "installed".to_owned(),
            (VoiceState::Waiting, _) => format!("cannot speak: {}", voice.lacks.clone().unwrap_or_default()),
            (VoiceState::Absent, true) => String::new(),
            (VoiceState::Absent, false) => "needs --sha256 from its page".to_owned(),
        };
        let licence = voice.licence.clone().unwrap_or_else(|| "not known".into());
        [voice.id.clone(), voice.language.clone(), voice.name.clone(), megabytes(voice.bytes), licence, note]
    });
    let mut text = table(["ID", "LANGUAGE", "NAME", "SIZE", "LICENCE", ""], rows);
    let runtime = &catalog.runtime;
    let offered = || {
        let version = runtime.offered.clone()?;
        let licence = runtime.licence.clone().unwrap_or_else(|| "licence not known".into());
        Some(format!("not installed; {version} would be downloaded ({}, {licence})", megabytes(runtime.bytes)))
    };
    let here = runtime.installed.clone().map(|version| format!("{version}, installed"));
    let none = "not installed, and none is known for this machine".to_owned();
    text.push_str(&format!("\n\nONNX Runtime, which all of them need: {}", here.or_else(offered).unwrap_or(none)));
    text.push_str(&format!(
        "\nList of {}. Voices lie in {}",
        catalog.date,
        plain(&catalog.folder.display().to_string())
    ));
    for voice in catalog.voices.iter().filter(|v| v.state == VoiceState::Absent && !v.hash_known) {
        if let Some(page) = &voice.page {
            text.push_str(&format!("\nPage of {}: {page}", voice.id));
        }
    }
    text
}

/// Downloads a voice.
///
/// # Errors
/// What core says.
pub async fn install(session: &Session, id: String, sha256: Option<String>) -> Result<Outcome, Failure> {
    let catalog = watched(session, VoiceInstall { id: id.clone(), sha256 }).await?;
    let ready = catalog.voices.iter().find(|voice| voice.id == id);
    let text = match ready.map(|voice| (voice.state, voice.lacks.clone())) {
        Some((VoiceState::Ready, _)) => {
            format!("{id} is installed and was heard. Try: edit-factory voice say \"…\" --voice piper:{id}")
        }
        Some((_, lacks)) => format!("{id} is installed, but cannot speak: {}", lacks.unwrap_or_default()),
        None => format!("{id} is installed."),
    };
    Outcome::new(&catalog, text)
}

/// Takes voices from a folder or a package.
///
/// # Errors
/// What core says.
pub async fn import(session: &Session, path: PathBuf) -> Result<Outcome, Failure> {
    let ids = watched(session, VoiceImport { path }).await?;
    let catalog = session.caller.ask(VoiceCatalogShow {}).await?;
    let mut lines = Vec::new();
    for id in &ids {
        let voice = catalog.voices.iter().find(|voice| voice.id == *id);
        lines.push(match voice.map(|voice| (voice.state, voice.lacks.clone())) {
            Some((VoiceState::Ready, _)) => format!("{id} is installed and was heard."),
            Some((_, lacks)) => format!("{id} is installed, but cannot speak: {}", lacks.unwrap_or_default()),
            None => format!("{id} is installed."),
        });
    }
    Outcome::new(&json!({ "installed": ids, "catalog": catalog }), lines.join("\n"))
}

/// Takes a voice away.
///
/// # Errors
/// What core says.
pub async fn remove(session: &Session, id: String) -> Result<Outcome, Failure> {
    let catalog = session.caller.ask(VoiceRemove { id: id.clone() }).await?;
    Outcome::new(&catalog, format!("{id} is no longer on this machine."))
}

/// Asks, and shows how far it is meanwhile.
async fn watched<A: Ask>(session: &Session, call: A) -> Result<A::Reply, Failure> {
    let bar = if session.chatty() { ProgressBar::new(0) } else { ProgressBar::hidden() };
    let style =
        |template: &str| ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.set_style(style("{msg} {bytes} of {total_bytes} {wide_bar} {eta}"));
    let mut asking = std::pin::pin!(session.caller.ask(call));
    let done = loop {
        tokio::select! {
            biased;
            done = &mut asking => break done,
            () = tokio::time::sleep(DRAW_EVERY) => {}
        }
        let Ok(catalog) = session.caller.home.installed().catalog() else { continue };
        let Some(arriving) = catalog.arriving else { continue };
        bar.set_length(arriving.total.unwrap_or(arriving.done));
        bar.set_position(arriving.done);
        bar.set_message(match arriving.step {
            ArrivingStep::Download => format!("downloading {}", arriving.id),
            ArrivingStep::Copy => format!("copying {}", plain(&arriving.id)),
            ArrivingStep::Listen => format!("listening to {}", plain(&arriving.id)),
        });
    };
    bar.finish_and_clear();
    done
}
