//! What making videos costs: one against a single ffmpeg, one again after a changed word, three at once.

use std::path::PathBuf;

use edit_factory_core::profile::db::DbError;
use edit_factory_core::variants::timeline::Timeline;

use crate::product::Product;
use crate::reference::Planned;
use crate::table::{Aim, Row};
use crate::{BenchError, Place, facts, footage};

/// About 28 s when flite speaks it.
const SCRIPT: &str = "This is our earth at night. Every light you see is a city that never sleeps. Down on the square, \
    people cross and pass each other by. A white van waits on the street. Someone takes the short way over the grass in \
    the park. And far away, in a quiet meadow, a rabbit wakes up and stretches. Nobody planned any of this, and nobody \
    gave it a second look. It happens every day, while you look the other way. One script, one folder of footage, and every single video is different.";
/// The word that is changed, near the end, and what becomes of it.
const CHANGED: (&str, &str) = ("single", "finished");
const TIMES: usize = 2;

/// Makes the videos and measures.
pub fn measure(place: &Place) -> Result<Vec<Row>, BenchError> {
    let footage = footage::full_hd_folder(place)?;
    let script = place.work.join("bench.md");
    let write = |text: &str| std::fs::write(&script, text).map_err(BenchError::io(script.display().to_string()));
    write(SCRIPT)?;
    let product = Product::fresh(place, "videos")?;
    let mut memory = product.run(&["source", "add"], &[&footage])?.memory;
    product.run(&["project", "create", "Bench", "--script"], &[&script])?;
    let generate = |variants: &'static str| {
        product.run(&["generate", "Bench", "--variants", variants, "--platform", "tiktok", "--seed", "1"], &[])
    };

    // The same video again and again, each time without the chunks of before, by turns with one ffmpeg.
    let (mut ours, mut all, mut one_go) = (f64::MAX, f64::MAX, f64::MAX);
    let (mut our_cpu, mut their_cpu) = (f64::MAX, f64::MAX);
    let mut planned = None;
    for _ in 0..TIMES {
        product.forget_chunks()?;
        let cost = generate("1")?;
        memory = memory.max(cost.memory);
        all = all.min(cost.wall);
        our_cpu = our_cpu.min(cost.cpu);
        ours = ours.min(product.seconds_of_last("render")?);
        let known = product.look(|profile| Ok(Planned::gather(profile, last_timeline(profile)?)))??;
        let theirs = known.in_one_go(&place.work)?;
        one_go = one_go.min(theirs.wall);
        their_cpu = their_cpu.min(theirs.cpu);
        planned = Some(known);
    }
    let planned = planned.ok_or_else(|| BenchError::Unexpected("nothing was planned".into()))?;
    let finished = product.look(last_video)?;
    let bare = planned.bare_encode(&finished, &place.work)?;

    write(&SCRIPT.replace(CHANGED.0, CHANGED.1))?;
    product.run(&["project", "script", "set", "Bench", "bench"], &[&script])?;
    let again = generate("1")?;

    product.forget_chunks()?;
    let three = generate("3")?;
    memory = memory.max(three.memory);
    let busy = 100.0 * three.cpu / (three.wall * facts::cores() as f64);

    let length = planned.seconds();
    Ok(vec![
        Row {
            what: format!("a 1080x1920 video of {length:.0} s against one ffmpeg with the same graph and settings"),
            aim: Aim::AtMost(1.1),
            seen: ours / one_go,
            unit: "x",
            behind: format!(
                "render {ours:.1} s against {one_go:.1} s on the clock, best of {TIMES}; {our_cpu:.0} CPU s (speaking and \
                 planning counted in) against {their_cpu:.0}"
            ),
        },
        Row {
            what: "the same against encoding its finished frames and nothing else".into(),
            aim: Aim::Recorded,
            seen: ours / bare.wall,
            unit: "x",
            behind: format!("{:.1} s; one ffmpeg with the graph: {:.2} x", bare.wall, one_go / bare.wall),
        },
        Row {
            what: "the same video again after one changed word".into(),
            aim: Aim::AtMost(0.25),
            seen: again.wall / all,
            unit: "x",
            behind: format!("{:.1} s against {all:.1} s, speaking, planning and checking counted in", again.wall),
        },
        Row {
            what: "cores busy while three variants are made".into(),
            aim: Aim::AtLeast(90.0),
            seen: busy,
            unit: "%",
            behind: format!("{:.0} CPU s in {:.1} s, speaking and planning counted in", three.cpu, three.wall),
        },
        Row {
            what: "largest memory of our process, importing and making videos".into(),
            aim: Aim::AtMost(150.0),
            seen: memory,
            unit: "MB",
            behind: "ffmpeg's own memory left out".into(),
        },
    ])
}

fn last_timeline(profile: &edit_factory_core::profile::Profile) -> Result<Timeline, DbError> {
    let text: String = profile.read(|reader| {
        Ok::<_, DbError>(reader.query_row(
            "SELECT timeline FROM variants ORDER BY created_at DESC, id DESC LIMIT 1",
            [],
            |row| row.get(0),
        )?)
    })?;
    serde_json::from_str(&text).map_err(|_| DbError::Damaged {
        path: profile.root().to_owned(),
        found: "a timeline that does not read".into(),
    })
}

fn last_video(profile: &edit_factory_core::profile::Profile) -> Result<PathBuf, DbError> {
    let (folder, name): (String, String) = profile.read(|reader| {
        Ok::<_, DbError>(reader.query_row(
            "SELECT folder, name FROM clips ORDER BY created_at DESC, id DESC LIMIT 1",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?)
    })?;
    Ok(profile.root().join(folder).join(format!("{name}.mp4")))
}
