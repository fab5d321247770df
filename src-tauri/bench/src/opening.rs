//! How long it takes to open a profile of 10,000 clips and read the first page of them.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use edit_factory_core::clips;
use edit_factory_core::clips::page::{self, ClipFilter, ClipSort};
use edit_factory_core::home::Home;
use edit_factory_core::host::{Host, Tools};
use edit_factory_core::ids::{ClipId, ProjectId, ScriptId, ShotId, VariantId};
use edit_factory_core::profile::Profile;
use edit_factory_core::profile::db::{DbError, Writer};
use edit_factory_core::profile::secrets::InMemory;

use crate::table::{Aim, Row};
use crate::{BenchError, Place, receipt};

const CLIPS: u32 = 10_000;
const SHOTS_EACH: u32 = 10;
const PAGE: u32 = 200;
const TIMES: usize = 5;

/// Fills a profile, then opens it again and again.
pub fn measure(place: &Place) -> Result<Vec<Row>, BenchError> {
    let root = place.work.join("opening");
    if root.exists() {
        std::fs::remove_dir_all(&root).map_err(BenchError::io(root.display().to_string()))?;
    }
    let open = || open(&root);
    let id = {
        let home = open()?;
        let info = home.create("Many clips", None).map_err(BenchError::product)?;
        fill(&home.profile(info.id).map_err(BenchError::product)?, "video")?;
        info.id
    };
    let mut best = f64::MAX;
    for _ in 0..TIMES {
        let started = Instant::now();
        let home = open()?;
        let profile = home.profile(id).map_err(BenchError::product)?;
        let page = profile.read(|reader| clips::list(reader, PAGE, 0)).map_err(BenchError::product)?;
        best = best.min(started.elapsed().as_secs_f64() * 1000.0);
        if page.len() != PAGE as usize {
            return Err(BenchError::Unexpected(format!("{} clips on a page of {PAGE}", page.len())));
        }
    }
    let profile = open()?.profile(id).map_err(BenchError::product)?;
    let filter = ClipFilter { text: Some("video-9".into()), ..ClipFilter::default() };
    let mut searched = f64::MAX;
    for _ in 0..TIMES {
        let started = Instant::now();
        let page = profile
            .read(|reader| page::page(&profile, reader, &filter, ClipSort::Name, (PAGE, 0)))
            .map_err(BenchError::product)?;
        searched = searched.min(started.elapsed().as_secs_f64() * 1000.0);
        if page.total != 1111 {
            return Err(BenchError::Unexpected(format!("{} clips found", page.total)));
        }
    }
    let found = Row {
        what: format!("a page of {CLIPS} clips, searched and in the order of their names"),
        aim: Aim::AtMost(100.0),
        seen: searched,
        unit: "ms",
        behind: format!("1,111 of them found, {PAGE} on the page, best of {TIMES}"),
    };
    let opened = Row {
        what: format!("a profile of {CLIPS} clips opened, and its first {PAGE} clips read"),
        aim: Aim::AtMost(100.0),
        seen: best,
        unit: "ms",
        behind: format!("home and databases opened anew each time, a receipt each, best of {TIMES}"),
    };
    Ok(vec![opened, found])
}

/// The home in this folder.
pub fn open(root: &Path) -> Result<Home, BenchError> {
    Home::open(Host {
        home: root.to_owned(),
        tools: Tools::default(),
        secrets: Arc::new(InMemory::default()),
        concurrency: 1,
        endpoints: std::collections::BTreeMap::new(),
        demo: None,
        process_name: "the benchmark".into(),
    })
    .map_err(BenchError::product)
}

/// Makes a home with two profiles, "Alpha" and "Beta", of that many clips each, for the measurements of the window.
pub fn two_profiles(root: &Path) -> Result<(), BenchError> {
    let home = open(root)?;
    for name in ["Alpha", "Beta"] {
        let info = home.create(name, None).map_err(BenchError::product)?;
        let profile = home.profile(info.id).map_err(BenchError::product)?;
        fill(&profile, &name.to_lowercase())?;
    }
    Ok(())
}

/// One planned video and clip after another, each with a receipt of the usual size and the shots it shows.
fn fill(profile: &Profile, called: &str) -> Result<(), BenchError> {
    let (project, script) = (ProjectId::new(), ScriptId::new());
    let receipt = receipt::usual(project, script)?;
    profile.write(|tx| rows(tx, called, (project, script), &receipt)).map_err(BenchError::product)
}

fn rows(tx: &Writer<'_>, called: &str, (project, script): (ProjectId, ScriptId), receipt: &str) -> Result<(), DbError> {
    tx.execute(
        "INSERT INTO projects (id, name, look, created_at) VALUES (?1, 'Bench', '{}', 1)",
        [project.to_string()],
    )?;
    tx.execute(
        "INSERT INTO scripts (id, project_id, name, text, position, created_at) VALUES (?1, ?2, 's', 't', 0, 1)",
        (script, project),
    )?;
    let mut variant_row = tx.prepare(
        "INSERT INTO variants (id, project_id, script_id, batch_id, number, seed, timeline, created_at)
         VALUES (?1, ?2, ?3, 'b', ?4, 1, ?5, ?4)",
    )?;
    let mut clip_row = tx.prepare(
        "INSERT INTO clips (id, variant_id, name, folder, hash, bytes, duration_ms, receipt, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, 9000000, 28000, ?6, ?7)",
    )?;
    let mut use_row = tx.prepare("INSERT INTO shot_uses (clip_id, shot_id) VALUES (?1, ?2)")?;
    for number in 0..CLIPS {
        let (variant, clip) = (VariantId::new(), ClipId::new());
        variant_row.execute((variant, project, script, number, receipt))?;
        let folder = format!("clips/{clip}");
        let hash = format!("{number:064x}");
        clip_row.execute((clip, variant, format!("{called}-{number}"), folder, hash, receipt, number))?;
        for _ in 0..SHOTS_EACH {
            use_row.execute((clip, ShotId::new()))?;
        }
    }
    Ok(())
}
