//! `clip`: finished videos.

use std::path::Path;

use edit_factory_core::api::{
    ClipExport, ClipList, ClipRefit, ClipRemove, ClipRerender, ClipRestore, ClipShow, ClipTrash, ClipTriage,
};
use edit_factory_core::error::{Code, Failure};
use edit_factory_core::ids::ClipId;
use edit_factory_core::time::iso;
use serde_json::{Value, json};

use crate::args::finished::Clip;
use crate::output::Outcome;
use crate::session::Session;
use crate::table::{count, length, plain, short, table};

pub async fn run(session: &mut Session, what: Clip) -> Result<Outcome, Failure> {
    session.choose_profile()?;
    let session = &*session;
    let caller = &session.caller;
    match what {
        Clip::List { limit, trash: true } => {
            let mut clips = caller.ask(ClipTrash {}).await?;
            clips.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
            let rows = clips.iter().map(|row| {
                let clip = &row.clip;
                let removed = row.deleted_at.map(iso).unwrap_or_default();
                [clip.name.clone(), length(clip.duration_ms), size(clip.bytes), short(clip.id), removed]
            });
            let text = if clips.is_empty() {
                "The trash is empty.".to_owned()
            } else {
                table(["NAME", "LENGTH", "SIZE", "ID", "REMOVED"], rows)
            };
            Outcome::new(&clips, text)
        }
        Clip::List { limit, trash: false } => {
            let clips = caller.ask(ClipList { limit: Some(limit), offset: 0 }).await?;
            let rows = clips.iter().map(|c| {
                [
                    c.name.clone(),
                    length(c.duration_ms),
                    size(c.bytes),
                    c.triage.to_string(),
                    short(c.id),
                    iso(c.created_at),
                ]
            });
            let text = if clips.is_empty() {
                "There are no clips yet. `edit-factory make` makes some.".to_owned()
            } else {
                table(["NAME", "LENGTH", "SIZE", "", "ID", "MADE"], rows)
            };
            Outcome::new(&clips, text)
        }
        Clip::Show(which) => {
            let detail = caller.ask(ClipShow { id: id(session, &which.which).await? }).await?;
            let clip = &detail.clip;
            let text = format!(
                "{}  {}\nlength    {}\nsize      {}\nmade      {}\nfolder    {}\n\n{:#}",
                plain(&clip.name),
                clip.id,
                length(clip.duration_ms),
                size(clip.bytes),
                iso(clip.created_at),
                session.chosen()?.folder().path(&clip.folder).display(),
                detail.receipt,
            );
            Outcome::new(&detail, text)
        }
        Clip::Triage { which, state } => {
            let mut ids = Vec::new();
            for named in &which {
                ids.push(id(session, named).await?);
            }
            let clips = caller.ask(ClipTriage { ids, triage: state.into() }).await?;
            let lines: Vec<String> = clips.iter().map(|c| format!("{}: {}", plain(&c.name), c.triage)).collect();
            Outcome::new(&clips, lines.join("\n"))
        }
        Clip::Export { which, all, out } => export(session, &which, all, &out).await,
        Clip::Rerender(which) => {
            let again = caller.ask(ClipRerender { id: id(session, &which.which).await? }).await?;
            let differs: String = again.differs.iter().map(|d| format!("\n  {d}")).collect();
            if again.equal {
                return Outcome::new(&again, format!("It came out the same, frame by frame.{differs}"));
            }
            let failure = Failure::new(Code::NotReproduced, format!("It came out different.{differs}"))
                .with(json!({ "differs": again.differs }));
            Ok(Outcome::new(&again, "")?.but(Some(failure)))
        }
        Clip::Refit { which, platform } => {
            let queued = caller.ask(ClipRefit { clip: id(session, &which).await?, platform }).await?;
            Outcome::new(&queued, "It is in the queue. `edit-factory job run` works through it.")
        }
        Clip::Remove(which) => {
            let removed = caller.ask(ClipRemove { id: id(session, &which.which).await? }).await?;
            Outcome::new(&removed, format!("Moved \"{}\" to the profile's trash.", plain(&removed.name)))
        }
        Clip::Restore(which) => {
            let back = caller.ask(ClipRestore { id: removed(session, &which.which).await? }).await?;
            Outcome::new(&back, format!("Put \"{}\" back into the library.", plain(&back.name)))
        }
    }
}

/// The removed video of this name or id.
async fn removed(session: &Session, named: &str) -> Result<ClipId, Failure> {
    if let Ok(id) = named.parse() {
        return Ok(id);
    }
    let clips = session.caller.ask(ClipTrash {}).await?;
    super::find::one("removed clip", named, || Ok(clips.into_iter().map(|c| (c.clip.id, c.clip.name)).collect()))
}

async fn id(session: &Session, named: &str) -> Result<ClipId, Failure> {
    if let Ok(id) = named.parse() {
        return Ok(id);
    }
    let clips = session.caller.ask(ClipList { limit: Some(u32::MAX), offset: 0 }).await?;
    super::find::one("clip", named, || Ok(clips.into_iter().map(|c| (c.id, c.name)).collect()))
}

async fn export(session: &Session, which: &[String], all: bool, out: &Path) -> Result<Outcome, Failure> {
    let ids = if all {
        let clips = session.caller.ask(ClipList { limit: Some(u32::MAX), offset: 0 }).await?;
        clips.into_iter().rev().map(|c| c.id).collect()
    } else {
        let mut ids = Vec::new();
        for named in which {
            ids.push(id(session, named).await?);
        }
        ids
    };
    let mut exported: Vec<Value> = Vec::new();
    let mut lines = Vec::new();
    for id in ids {
        let files = session.caller.ask(ClipExport { id, to: out.to_owned(), name: None }).await?;
        lines.extend(files.iter().map(|f| plain(&f.display().to_string())));
        exported.push(json!({ "clip": id, "files": files.iter().map(|f| f.to_string_lossy()).collect::<Vec<_>>() }));
    }
    lines.push(format!("Copied {}.", count(exported.len(), "video")));
    Outcome::new(&json!({ "exported": exported }), lines.join("\n"))
}

fn size(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}
