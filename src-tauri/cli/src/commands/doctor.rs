//! `doctor`: what is missing, and what to do about it.

use edit_factory_core::api::{Doctor, ProfileList};
use edit_factory_core::error::{Code, Failure};
use serde_json::json;

use crate::output::Outcome;
use crate::session::Session;

pub async fn run(session: &mut Session) -> Result<Outcome, Failure> {
    // Looking must not make a first profile; and one that does not open is itself a finding.
    let listed = session.caller.ask(ProfileList {}).await?.iter().any(|p| !p.missing);
    let wanted = listed || session.global.profile.is_some();
    let opened = if wanted { session.choose_profile().map(|p| Some(p.id())) } else { Ok(None) };
    let (profile, unread) = match opened {
        Ok(profile) => (profile, None),
        Err(failure) if session.global.profile.is_some() => return Err(failure),
        Err(failure) => (None, Some(failure)),
    };
    let lines = session.caller.ask(Doctor { profile }).await?;
    let mut text: Vec<String> = Vec::new();
    for line in &lines {
        let mark = match (line.ok, line.todo.is_empty()) {
            (true, true) => "ok  ",
            (true, false) => "note",
            (false, _) => "MISS",
        };
        text.push(format!("{mark}  {:<12} {}", line.name, line.says));
        if !line.todo.is_empty() {
            text.push(format!("                   -> {}", line.todo));
        }
    }
    let missing: Vec<&str> = lines.iter().filter(|l| !l.ok).map(|l| l.name.as_str()).collect();
    let failure = match (unread, missing.len()) {
        (Some(failure), _) => Some(failure),
        (None, 0) => None,
        (None, _) => {
            let says = format!("Not ready to make videos: {}. The lines say what to do.", missing.join(", "));
            Some(Failure::new(Code::ToolMissing, says).with(json!({ "missing": missing })))
        }
    };
    Ok(Outcome::new(&json!({ "lines": lines }), text.join("\n"))?.but(failure))
}
