//! Tests of pages of sources.

use super::*;
use crate::ids::{BatchId, ClipId, VariantId};
use crate::library::sources;
use crate::project::{Look, store as projects};
use crate::testkit::{Bench, bench};

/// Sources of these names and lengths, each younger than the one before, with two shots each.
fn stock(bench: &Bench, all: &[(&str, u64)]) -> Vec<SourceId> {
    let probe = serde_json::to_string(&crate::library::probe::plain()).unwrap();
    let made = bench.profile.write::<_, SourceError>(|tx| {
        let mut ids = Vec::new();
        for (n, (name, duration_ms)) in all.iter().enumerate() {
            let id = SourceId::new();
            let path = format!("media/{id}.mp4");
            std::fs::write(bench.profile.root().join(&path), "123").unwrap();
            tx.execute(
                "INSERT INTO sources (id, name, hash, bytes, path, duration_ms, width, height, has_sound, probe,
                                      analysed_at, created_at)
                 VALUES (?1, ?2, ?1, 3, ?3, ?4, 1920, 1080, 1, ?5, 1, ?6)",
                (id, name, path, duration_ms, &probe, n),
            )?;
            for start in [0, 1000] {
                tx.execute(
                    "INSERT INTO shots (id, source_id, start_ms, end_ms, scene, motion, sharpness, contrast, brightness,
                                        phash, anchor_x, anchor_y)
                     VALUES (?1, ?2, ?3, ?3 + 900, 0, 0, 0, 0, 0, 0, 0, 0)",
                    (ShotId::new(), id, start),
                )?;
            }
            ids.push(id);
        }
        Ok(ids)
    });
    made.unwrap()
}

/// A clip that shows the first shot of each of these sources.
fn shown(bench: &Bench, sources: &[SourceId]) -> ClipId {
    let clip = ClipId::new();
    bench
        .profile
        .write::<_, SourceError>(|tx| {
            let project = projects::create(tx, "P", &Look::default(), &[]).unwrap().id;
            let new = projects::NewScript { name: "s".into(), text: "Hello.".into(), ..Default::default() };
            let script = projects::add_script(tx, project, &new).unwrap().id;
            let variant = VariantId::new();
            tx.execute(
                "INSERT INTO variants (id, project_id, script_id, batch_id, number, seed, timeline, created_at)
                 VALUES (?1, ?2, ?3, ?4, 0, 1, '{}', 1)",
                (variant, project, script, BatchId::new()),
            )?;
            tx.execute(
                "INSERT INTO clips (id, variant_id, name, folder, hash, bytes, duration_ms, receipt, created_at)
                 VALUES (?1, ?2, 'c', 'clips/c', 'h', 1, 1, '{}', 1)",
                (clip, variant),
            )?;
            for source in sources {
                tx.execute(
                    "INSERT INTO shot_uses (clip_id, shot_id)
                     SELECT ?1, id FROM shots WHERE source_id = ?2 AND start_ms = 0",
                    (clip, source),
                )?;
            }
            Ok(())
        })
        .unwrap();
    clip
}

fn names(bench: &Bench, filter: &Filter, sort: SourceSort, range: (u32, u32)) -> (u32, Vec<String>) {
    let page = bench.profile.read(|tx| page(&bench.profile, tx, filter, sort, range)).unwrap();
    (page.total, page.sources.into_iter().map(|s| s.name).collect())
}

#[test]
fn a_page_has_what_was_asked_for_in_the_order_asked_for() {
    let bench = bench();
    let ids = stock(&bench, &[("b.mp4", 30), ("Ăla.mp4", 10), ("C.mp4", 20)]);
    shown(&bench, &ids[..2]);
    shown(&bench, &ids[1..2]);
    bench.profile.write(|tx| sources::tag(tx, ids[0], &["oven".into(), "bread".into()], &[])).unwrap();
    bench.profile.write(|tx| sources::tag(tx, ids[2], &["oven".into()], &[])).unwrap();
    let of = |sort| names(&bench, &Filter::default(), sort, (10, 0)).1;
    assert_eq!(of(SourceSort::Newest), ["C.mp4", "Ăla.mp4", "b.mp4"]);
    assert_eq!(of(SourceSort::Oldest), ["b.mp4", "Ăla.mp4", "C.mp4"]);
    assert_eq!(of(SourceSort::Name), ["b.mp4", "C.mp4", "Ăla.mp4"]);
    assert_eq!(of(SourceSort::Longest), ["b.mp4", "C.mp4", "Ăla.mp4"]);
    assert_eq!(of(SourceSort::MostUsed), ["Ăla.mp4", "b.mp4", "C.mp4"]);
    assert_eq!(names(&bench, &Filter::default(), SourceSort::Newest, (1, 1)), (3, vec!["Ăla.mp4".into()]));
    let tagged = |tags: &[&str]| Filter { tags: tags.iter().map(|t| (*t).into()).collect(), text: None };
    assert_eq!(names(&bench, &tagged(&["OVEN "]), SourceSort::Newest, (10, 0)).1, ["C.mp4", "b.mp4"]);
    assert_eq!(names(&bench, &tagged(&["oven", "bread"]), SourceSort::Newest, (10, 0)).1, ["b.mp4"]);
    let text = Filter { tags: vec![], text: Some("ăLA".into()) };
    assert_eq!(names(&bench, &text, SourceSort::Newest, (10, 0)).1, ["Ăla.mp4"]);
    let counted: Vec<_> = bench.profile.read(tags).unwrap().into_iter().map(|t| (t.tag, t.count)).collect();
    assert_eq!(counted, [("oven".into(), 2), ("bread".into(), 1)]);
}

#[test]
fn a_row_says_what_is_used_what_is_left_and_what_is_missing() {
    let bench = bench();
    let ids = stock(&bench, &[("a.mp4", 30), ("b.mp4", 10)]);
    let clip = shown(&bench, &ids);
    shown(&bench, &ids[..1]);
    let row = |n: usize| {
        let all = bench.profile.read(|tx| page(&bench.profile, tx, &Filter::default(), SourceSort::Oldest, (10, 0)));
        all.unwrap().sources[n].clone()
    };
    let first = row(0);
    assert_eq!((first.shots, first.fresh_shots, first.used), (2, 1, 2));
    assert!(first.analysed && first.has_sound && !first.proxy && !first.hdr && !first.missing && first.thumb.is_none());
    // What a removed clip showed is fresh again.
    bench
        .profile
        .write::<_, SourceError>(|tx| Ok(tx.execute("UPDATE clips SET deleted_at = 1 WHERE id = ?1", [clip])?))
        .unwrap();
    assert_eq!((row(0).used, row(1).used, row(1).fresh_shots), (1, 0, 2));
    std::fs::remove_file(bench.profile.root().join(format!("media/{}.mp4", ids[1]))).unwrap();
    assert!(row(1).missing && !row(0).missing);
    // Another file under the name is not the footage either.
    std::fs::write(bench.profile.root().join(format!("media/{}.mp4", ids[0])), "12345").unwrap();
    assert!(row(0).missing);
}
