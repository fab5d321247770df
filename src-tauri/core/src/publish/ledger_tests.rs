use super::*;
use crate::ids::{BatchId, ProjectId, PublicationId, ScriptId};
use crate::publish::originality::originality;
use crate::publish::testing::receipt;
use crate::testkit::{Bench, bench};
use crate::time::now_ms;
use crate::variants::compose::tests::planned;

const DAY: i64 = 24 * 60 * 60 * 1000;

/// A clip in the library with this timeline; its file is of no interest here.
fn clip(bench: &Bench, name: &str, timeline: &Timeline) -> (ClipId, VariantId) {
    let (clip, variant) = (ClipId::new(), VariantId::new());
    bench
        .profile
        .write::<_, DbError>(|tx| {
            let (project, script) = (ProjectId::new(), ScriptId::new());
            tx.execute("INSERT INTO projects (id, name, look, created_at) VALUES (?1, 'p', '{}', 0)", [project])?;
            tx.execute(
                "INSERT INTO scripts (id, project_id, name, text, position, created_at) VALUES (?1, ?2, 's', 't', 0, 0)",
                (script, project),
            )?;
            let text = serde_json::to_string(timeline).unwrap();
            tx.execute(
                "INSERT INTO variants (id, project_id, script_id, batch_id, number, seed, timeline, created_at)
                 VALUES (?1, ?2, ?3, ?4, 0, 7, ?5, 0)",
                (variant, project, script, BatchId::new(), &text),
            )?;
            tx.execute(
                "INSERT INTO clips (id, variant_id, name, folder, hash, bytes, duration_ms, receipt, created_at)
                 VALUES (?1, ?2, ?3, ?4, 'h', 1, 1, ?5, 0)",
                (clip, variant, name, format!("clips/{clip}"), receipt(clip, variant, name, timeline).to_string()),
            )?;
            crate::variants::usage::record(tx, clip, timeline)
        })
        .unwrap();
    (clip, variant)
}

/// A publication of a clip in this state, going out then.
fn publish(bench: &Bench, clip: ClipId, state: &str, at: i64) {
    bench
        .profile
        .write::<_, DbError>(|tx| {
            tx.execute(
                "INSERT INTO publications (id, clip_id, clip_hash, account, platform, state, caption, settings, device,
                                           publish_at, created_at)
                 VALUES (?1, ?2, 'h', '{}', 'tiktok', ?3, '', '{}', 'here', ?4, 1)",
                (PublicationId::new(), clip, state, at),
            )?;
            Ok(())
        })
        .unwrap();
}

/// Erases a clip as the trash does, keeping what it showed.
fn erase(bench: &Bench, clip: ClipId) {
    bench
        .profile
        .write::<_, DbError>(|tx| {
            record_if_published(tx, clip)?;
            tx.execute("DELETE FROM clips WHERE id = ?1", [clip])?;
            Ok(())
        })
        .unwrap();
}

fn shots(timeline: &Timeline) -> BTreeSet<ShotId> {
    timeline.segments.iter().map(|s| s.pick.shot).collect()
}

fn since(bench: &Bench, at: i64) -> BTreeSet<ShotId> {
    bench.profile.read(|tx| shown_since(tx, at)).unwrap()
}

#[test]
fn shots_count_as_shown_from_the_day_they_went_out_also_when_the_clip_is_gone() {
    let bench = bench();
    let batch = planned(5, 2).0;
    let (first, _) = clip(&bench, "first", &batch[0]);
    let (second, _) = clip(&bench, "second", &batch[1]);
    publish(&bench, first, "published", 10 * DAY);
    publish(&bench, second, "published", 20 * DAY);
    let both: BTreeSet<ShotId> = shots(&batch[0]).union(&shots(&batch[1])).copied().collect();
    assert_eq!(since(&bench, 10 * DAY), both);
    assert_eq!(since(&bench, 10 * DAY + 1), shots(&batch[1]));
    erase(&bench, second);
    assert_eq!(since(&bench, 10 * DAY + 1), shots(&batch[1]));
    assert!(since(&bench, 20 * DAY + 1).is_empty());
}

#[test]
fn what_failed_or_was_taken_back_was_not_shown_and_what_is_on_its_way_was() {
    let bench = bench();
    let timeline = planned(5, 1).0.remove(0);
    for (state, counts) in [
        ("draft", false),
        ("failed", false),
        ("cancelled", false),
        ("waiting", true),
        ("uploading", true),
        ("sending", true),
        ("unknown", true),
        ("scheduled", true),
        ("published", true),
    ] {
        let (id, _) = clip(&bench, state, &timeline);
        publish(&bench, id, state, 5);
        assert_eq!(!since(&bench, 0).is_empty(), counts, "{state}");
        bench.profile.write::<_, DbError>(|tx| Ok(tx.execute("DELETE FROM publications", [])?)).unwrap();
    }
}

#[test]
fn a_clip_is_needed_while_a_publication_may_still_have_to_send_it() {
    let bench = bench();
    let timeline = planned(5, 1).0.remove(0);
    for (state, needed) in [
        ("waiting", 1),
        ("uploading", 1),
        ("sending", 1),
        ("unknown", 1),
        ("scheduled", 1),
        ("draft", 0),
        ("published", 0),
        ("failed", 0),
        ("cancelled", 0),
    ] {
        let (id, _) = clip(&bench, state, &timeline);
        publish(&bench, id, state, 5);
        assert_eq!(bench.profile.read(|tx| needed_by(tx, id)).unwrap(), needed, "{state}");
        let refused = bench.profile.read(|tx| refuse_if_needed(tx, id, "the clip"));
        assert_eq!(refused.is_err(), needed > 0, "{state}");
    }
}

#[test]
fn a_clip_nobody_published_leaves_nothing_in_the_ledger() {
    let bench = bench();
    let (id, _) = clip(&bench, "private", &planned(5, 1).0[0]);
    erase(&bench, id);
    assert_eq!(bench.profile.read(history).unwrap(), []);
    let count =
        |tx: &Reader<'_>| Ok::<i64, DbError>(tx.query_row("SELECT count(*) FROM published_videos", [], |r| r.get(0))?);
    assert_eq!(bench.profile.read(count).unwrap(), 0);
}

#[test]
fn a_shot_that_was_published_is_not_fresh_again_when_its_clip_is_erased() {
    let bench = bench();
    let timeline = planned(5, 1).0.remove(0);
    let (id, _) = clip(&bench, "out", &timeline);
    publish(&bench, id, "published", 1);
    let used = || bench.profile.read(crate::variants::usage::counts).unwrap();
    let before = used();
    assert!(before.keys().copied().collect::<BTreeSet<_>>() == shots(&timeline) && before.values().all(|n| *n == 1));
    bench.profile.write(|tx| record(tx, id)).unwrap();
    assert_eq!(used(), before, "one video, however often it is written down");
    erase(&bench, id);
    assert_eq!(used(), before);
    // It did not go out after all.
    bench.profile.write::<_, DbError>(|tx| Ok(tx.execute("UPDATE publications SET state = 'failed'", [])?)).unwrap();
    assert!(used().is_empty());
}

#[test]
fn recording_twice_changes_nothing_and_keeps_what_tells_videos_apart() {
    let bench = bench();
    let batch = planned(9, 2).0;
    let (id, _) = clip(&bench, "it", &batch[0]);
    publish(&bench, id, "published", 1);
    let before = bench.profile.read(history).unwrap();
    bench.profile.write(|tx| record(tx, id)).unwrap();
    bench.profile.write(|tx| record(tx, id)).unwrap();
    let after = bench.profile.read(history).unwrap();
    assert_eq!((before.len(), after.len()), (1, 1));
    for other in &batch {
        let apart = |video: &PublishedVideo| crate::variants::distance::parts(&video.timeline, other);
        assert_eq!(apart(&before[0]), apart(&after[0]));
    }
}

#[test]
fn the_meter_shows_the_nearest_published_video_also_one_whose_clip_was_erased() {
    let bench = bench();
    let batch = planned(5, 3).0;
    let (new, _) = clip(&bench, "new", &batch[0]);
    let meter = || originality(&bench.profile, &[new], 30).unwrap().remove(0);
    let nothing = meter();
    assert_eq!((nothing.distance, nothing.nearest, nothing.shown_lately), (None, None, 0));
    assert_eq!(nothing.shots as usize, shots(&batch[0]).len());

    // The same words with other shots, long ago; and nearly the same video, now.
    let (far, _) = clip(&bench, "far", &batch[1]);
    publish(&bench, far, "published", 1);
    assert!((meter().distance.unwrap() - 0.8).abs() < 1e-6);
    let mut alike = batch[0].clone();
    alike.segments[0].pick.shot = ShotId::from_bytes([9; 16]);
    let (near, _) = clip(&bench, "near", &alike);
    let now = now_ms();
    publish(&bench, near, "scheduled", now);
    let seen = meter();
    assert_eq!((seen.nearest.as_deref(), seen.nearest_at), (Some("near"), Some(now)));
    assert!(seen.distance.unwrap() < 0.4 && seen.shown_lately > 0 && seen.shown_lately < seen.shots, "{seen:?}");

    erase(&bench, near);
    assert_eq!(meter(), seen);
}

#[test]
fn the_same_video_on_another_platform_is_no_repetition() {
    let bench = bench();
    let timeline = planned(5, 1).0.remove(0);
    let (first, variant) = clip(&bench, "first", &timeline);
    publish(&bench, first, "published", now_ms());
    let again = originality(&bench.profile, &[first], 30).unwrap().remove(0);
    assert_eq!((again.distance, again.shown_lately), (None, 0));
    let (square, _) = clip(&bench, "square", &timeline);
    bench
        .profile
        .write::<_, DbError>(|tx| {
            tx.execute(
                "UPDATE clips SET variant_id = ?2, receipt = json_set(receipt, '$.variant', ?2) WHERE id = ?1",
                (square, variant),
            )?;
            Ok(())
        })
        .unwrap();
    assert_eq!(originality(&bench.profile, &[square], 30).unwrap()[0].distance, None);
}
