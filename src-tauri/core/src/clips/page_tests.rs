//! Tests of pages of clips: what is on them, in which order, and that no receipt is read to find that out.

use super::*;
use crate::clips::{self, Triage};
use crate::ids::{BatchId, VariantId};
use crate::project::{Look, store as projects};
use crate::testkit::{Bench, bench};

/// Clips of these names, lengths (ms) and triage, each a millisecond younger than the one before, of a project of its own.
fn stock(bench: &Bench, project: &str, clips: &[(&str, u64, Triage)]) -> (ProjectId, Vec<ClipId>) {
    let made = bench.profile.write::<_, ClipError>(|tx| {
        let project = projects::create(tx, project, &Look::default(), &[]).unwrap().id;
        let new = projects::NewScript { name: "Rețetă".into(), text: "Hello.".into(), ..Default::default() };
        let script = projects::add_script(tx, project, &new).unwrap().id;
        let mut ids = Vec::new();
        for (n, (name, duration_ms, triage)) in clips.iter().enumerate() {
            let (variant, clip) = (VariantId::new(), ClipId::new());
            tx.execute(
                "INSERT INTO variants (id, project_id, script_id, batch_id, number, seed, timeline, created_at)
                 VALUES (?1, ?2, ?3, ?4, 0, 1, '{}', 1)",
                (variant, project, script, BatchId::new()),
            )?;
            tx.execute(
                "INSERT INTO clips (id, variant_id, name, folder, hash, bytes, duration_ms, receipt, triage, created_at,
                                    platform)
                 VALUES (?1, ?2, ?3, ?4, 'h', 1, ?5, '{}', ?6, ?7, 'tiktok')",
                (clip, variant, name, format!("clips/{clip}"), duration_ms, triage, n),
            )?;
            ids.push(clip);
        }
        Ok((project, ids))
    });
    made.unwrap()
}

fn names(bench: &Bench, filter: &ClipFilter, sort: ClipSort, range: (u32, u32)) -> (u32, Vec<String>) {
    let page = bench.profile.read(|tx| page(&bench.profile, tx, filter, sort, range)).unwrap();
    (page.total, page.clips.into_iter().map(|c| c.clip.name).collect())
}

#[test]
fn a_page_has_what_was_asked_for_in_the_order_asked_for() {
    let bench = bench();
    let (project, _) = stock(
        &bench,
        "Bakery",
        &[("b", 30, Triage::New), ("Ăla", 10, Triage::Accepted), ("ăsta", 20, Triage::New), ("C", 5, Triage::Rejected)],
    );
    stock(&bench, "Garage", &[("other", 1, Triage::New)]);
    let all = ClipFilter { project: Some(project), ..ClipFilter::default() };
    let of = |sort| names(&bench, &all, sort, (10, 0)).1;
    assert_eq!(of(ClipSort::Newest), ["C", "ăsta", "Ăla", "b"]);
    assert_eq!(of(ClipSort::Oldest), ["b", "Ăla", "ăsta", "C"]);
    assert_eq!(of(ClipSort::Name), ["b", "C", "Ăla", "ăsta"]);
    assert_eq!(of(ClipSort::Longest), ["b", "ăsta", "Ăla", "C"]);
    assert_eq!(names(&bench, &all, ClipSort::Newest, (2, 1)), (4, vec!["ăsta".into(), "Ăla".into()]));

    let text = |text: &str| ClipFilter { text: Some(text.into()), ..ClipFilter::default() };
    assert_eq!(names(&bench, &text(" ĂSTA "), ClipSort::Newest, (10, 0)), (1, vec!["ăsta".into()]));
    assert_eq!(names(&bench, &text("garage"), ClipSort::Newest, (10, 0)).1, ["other"], "by its project");
    assert_eq!(names(&bench, &text("rețet"), ClipSort::Newest, (10, 0)).0, 5, "by its script");
    let new = ClipFilter { triage: Some(Triage::New), ..all };
    assert_eq!(names(&bench, &new, ClipSort::Oldest, (10, 0)).1, ["b", "ăsta"]);
}

#[test]
fn triage_is_counted_and_said_about_all_or_none() {
    let bench = bench();
    let (_, ids) = stock(&bench, "A", &[("a", 1, Triage::New), ("b", 1, Triage::New), ("c", 1, Triage::New)]);
    let changed = bench.profile.write(|tx| clips::triage(tx, &ids[..2], Triage::Accepted)).unwrap();
    assert!(changed.iter().all(|c| c.triage == Triage::Accepted) && changed.len() == 2);
    let unknown = [ids[2], ClipId::new()];
    let refused = bench.profile.write(|tx| clips::triage(tx, &unknown, Triage::Rejected));
    assert!(matches!(refused, Err(ClipError::NotFound(_))));
    bench
        .profile
        .write::<_, ClipError>(|tx| Ok(tx.execute("UPDATE clips SET deleted_at = 5 WHERE id = ?1", [ids[0]])?))
        .unwrap();
    let counts = bench.profile.read(clips::counts).unwrap();
    assert_eq!((counts.new, counts.accepted, counts.rejected, counts.trashed), (1, 1, 0, 1));
    let trash = bench.profile.read(|tx| trash(&bench.profile, tx)).unwrap();
    assert_eq!((trash.len(), trash[0].clip.id, trash[0].deleted_at), (1, ids[0], Some(5)));
}

#[test]
fn a_list_of_thousands_is_read_from_its_index_alone() {
    let bench = bench();
    for sql in [
        "SELECT id, name, variant_id FROM clips INDEXED BY clips_listed WHERE deleted_at IS NULL
         ORDER BY created_at DESC, id DESC",
        "SELECT triage, count(*) FROM clips INDEXED BY clips_listed WHERE deleted_at IS NULL GROUP BY triage",
        "SELECT id, name FROM sources INDEXED BY sources_listed WHERE deleted_at IS NULL ORDER BY created_at DESC, id DESC",
        "SELECT deleted_at FROM clips INDEXED BY clips_kept WHERE id = 'x'",
    ] {
        let plan: Vec<String> = bench
            .profile
            .read::<_, ClipError>(|tx| {
                let mut query = tx.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
                Ok(query.query_map([], |r| r.get(3))?.collect::<Result<_, _>>()?)
            })
            .unwrap();
        assert!(plan[0].contains("COVERING INDEX"), "{sql}: {plan:?}");
    }
}

#[test]
fn a_list_says_who_spoke_instead_of_whom_also_for_clips_made_before_it_could() {
    let bench = bench();
    let (_, ids) = stock(&bench, "A", &[("plain", 1, Triage::New), ("stepped", 1, Triage::New)]);
    let (george, emma) = (
        serde_json::json!({ "provider": "elevenlabs", "voice": "George" }),
        serde_json::json!({ "provider": "edge", "voice": "Emma" }),
    );
    let step = serde_json::json!({ "voice": george, "code": "provider_quota", "says": "the quota is used up" });
    let receipt = |used: &serde_json::Value| {
        serde_json::json!({
            "voice": { "asked": george, "used": used, "reasons": [] },
            "timeline": { "voice": { "steps": [step] } },
        })
    };
    bench
        .profile
        .write::<_, ClipError>(|tx| {
            for (id, used) in ids.iter().zip([&george, &emma]) {
                tx.execute("UPDATE clips SET receipt = ?2 WHERE id = ?1", (id, receipt(used).to_string()))?;
            }
            // What the migration does to clips that were there before.
            let migration = include_str!("../../../../migrations/profile/0005_voice_of_clips.sql");
            let (_, fill) = migration.split_once("instead));\n").unwrap();
            tx.execute(fill, [])?;
            Ok(())
        })
        .unwrap();
    let page =
        bench.profile.read(|tx| page(&bench.profile, tx, &ClipFilter::default(), ClipSort::Oldest, (10, 0))).unwrap();
    assert_eq!(page.clips[0].instead, None, "the voice that was asked for spoke");
    let instead = page.clips[1].instead.as_ref().unwrap();
    assert_eq!((instead.asked.provider.as_str(), instead.used.provider.as_str()), ("elevenlabs", "edge"));
    assert_eq!(instead.steps[0].code, "provider_quota");
}
